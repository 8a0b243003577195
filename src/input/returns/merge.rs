//! Returns put together: what each changes in its own rows is taken; where two say different things, or one changes
//! what is not its own, nobody is taken and all are told.

use super::Known;
use super::known::{columns, unit_of};
use super::owners::{Owners, Unit};
use super::put;
use crate::input::ModelText;
use crate::input::attributes::{Kind, Presence};
use crate::input::read::{Column, RawTable, Row};
use crate::model::TableKind;
use crate::quantity::{Written, number, parse};
use std::collections::{BTreeMap, BTreeSet};

/// A return.
#[derive(Clone, Debug)]
pub struct Returned {
    /// Position of the unit among those of the model.
    pub unit: usize,
    /// Its workbook, as read.
    pub model: Known,
}

/// What an empty cell of a return says where the model has something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blanks {
    /// That there is nothing: a whole row was sent out and came back.
    Erase,
    /// Nothing: only what is new was written down.
    Keep,
}

/// On what terms returns are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What an empty cell says.
    pub blanks: Blanks,
    /// The one year whose rows are taken; `None`: rows of every year.
    pub year: Option<i32>,
}

/// What is remarkable about the returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    /// Two returns say different things of one cell or new row, or rows that are alike cannot be told apart: not taken.
    Conflict,
    /// A return changes or adds what is not its own, or changes the settings: not taken.
    NotTheirs,
    /// A number in another unit than the model's: not taken.
    OtherUnit,
    /// A number that cannot be read, or nothing where something must be given: not taken.
    Unreadable,
    /// A row of another year than the one that is asked for: not taken.
    OtherYear,
    /// A row without what names it: not taken.
    Unnamed,
    /// A return leaves out a row of its own: the row stays.
    LeftOut,
    /// A cell that was changed.
    Changed,
    /// A row that was added.
    Added,
}

impl RemarkKind {
    /// Whether it stands in the merged model.
    #[must_use]
    pub fn is_taken(self) -> bool {
        matches!(self, Self::Changed | Self::Added)
    }
}

/// A cell or row of the returns, with who says what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What it is.
    pub kind: RemarkKind,
    /// Table, by the stem of its file; `model` for the settings.
    pub table: String,
    /// What names the row.
    pub row: String,
    /// Column; empty for a whole row.
    pub column: String,
    /// What stands in the model.
    pub before: String,
    /// Ids of units with what each says.
    pub said: Vec<(String, String)>,
}

/// The model with the returns in it.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The model.
    pub model: ModelText,
    /// Conflicts first; in each kind by table, row and column.
    pub remarks: Vec<Remark>,
}

/// What tells a row from others, in the order of [`crate::input::attributes::TableAttributes::identity`].
type Identity = Vec<String>;

/// Something that a return says: who, and in which row of its table.
#[derive(Clone, Copy)]
struct Says<'a> {
    unit: usize,
    row: Row<'a>,
}

/// What all returns say, before it is known whether they agree.
#[derive(Default)]
struct Said<'a> {
    /// By table, row of the model and number of the column.
    cells: BTreeMap<(TableKind, usize, usize), Vec<Says<'a>>>,
    /// By table and identity: new rows.
    rows: BTreeMap<(TableKind, Identity), Vec<Says<'a>>>,
    remarks: Vec<Remark>,
}

/// Puts returns together. Complexity O(cells · log rows), and squares of the numbers of rows alike.
#[must_use]
pub fn merged(base: &Known, units: &[Unit], returns: &[Returned], terms: Terms) -> Merged {
    let owners = Owners::of(base);
    let mut said = Said::default();
    for returned in returns {
        let of =
            OneReturn { base, owners: &owners, unit: &units[returned.unit], number: returned.unit, terms };
        let own = Owners::of(&returned.model);
        of.settings(&returned.model, &mut said);
        let kinds: BTreeSet<TableKind> =
            of.unit.rows.keys().chain(returned.model.raw.keys()).copied().collect();
        for kind in kinds {
            of.table(kind, returned.model.raw.get(&kind), &own, &mut said);
        }
    }
    let (mut model, mut remarks) = (base.text.clone(), said.remarks);
    let who = |says: &Says<'_>| units[says.unit].key.clone();
    for ((kind, row, number), all) in said.cells {
        let (table, says) = (&base.raw[&kind], all[0]);
        let column_of = |of: &Says<'_>| {
            of.row.table.numbered(
                number,
                says.row.table.attributes.all_columns().nth(number).expect("a number of this table"),
            )
        };
        let words = |of: &Says<'_>| of.row.text(column_of(of)).unwrap_or_default().to_owned();
        let agree = all
            .iter()
            .all(|other| base.plain(other.row, column_of(other)) == base.plain(says.row, column_of(&says)));
        let column = column_of(&says);
        if agree {
            put::cell(&mut model, table, row, column, &words(&says));
        }
        remarks.push(Remark {
            kind: if agree { RemarkKind::Changed } else { RemarkKind::Conflict },
            table: kind.stem().to_owned(),
            row: identity(base, table.row(row)).join(" ").trim().to_owned(),
            column: column.attribute.key.to_owned(),
            before: table
                .row(row)
                .text(table.numbered(number, column.attribute))
                .unwrap_or_default()
                .to_owned(),
            said: all.iter().map(|of| (who(of), words(of))).collect(),
        });
    }
    for ((kind, identity), all) in said.rows {
        // The rows of one return that are alike go together; another return must say the same of all of them.
        let mut by_unit: BTreeMap<usize, Vec<Row<'_>>> = BTreeMap::new();
        for says in &all {
            by_unit.entry(says.unit).or_default().push(says.row);
        }
        let plain = |rows: &[Row<'_>]| -> Vec<String> { rows.iter().map(|row| whole(base, *row)).collect() };
        let first = by_unit.values().next().expect("somebody says it").clone();
        // One return that says two things of what there can be one of says nothing.
        let single = base.has_one_row_of_an_identity(kind);
        let agree = by_unit.values().all(|rows| plain(rows) == plain(&first) && !(single && rows.len() > 1));
        let fits = first.iter().all(|row| put::fits(base, *row));
        if agree && fits {
            first.iter().for_each(|row| put::row(&mut model, base, *row));
        }
        let kind_of = match (agree, fits) {
            (false, _) => RemarkKind::Conflict,
            (true, false) => RemarkKind::OtherUnit,
            (true, true) => RemarkKind::Added,
        };
        remarks.push(Remark {
            kind: kind_of,
            table: kind.stem().to_owned(),
            row: identity.join(" ").trim().to_owned(),
            column: String::new(),
            before: String::new(),
            said: all.iter().map(|of| (who(of), whole(base, of.row))).collect(),
        });
    }
    remarks.sort_by(|a, b| (a.kind, &a.table, &a.row, &a.column).cmp(&(b.kind, &b.table, &b.row, &b.column)));
    // What several say of one place that is none of theirs stands side by side.
    remarks.dedup_by(|later, first| {
        let place = |r: &Remark| (r.kind, r.table.clone(), r.row.clone(), r.column.clone(), r.before.clone());
        let alike = later.kind == RemarkKind::NotTheirs && place(later) == place(first);
        if alike {
            first.said.append(&mut later.said);
        }
        alike
    });
    Merged { model, remarks }
}

/// What tells a row from others of its table.
fn identity(base: &Known, row: Row<'_>) -> Identity {
    let attributes = row.table.attributes;
    let cell = |key| attributes.column(key).map(|(number, attribute)| row.table.numbered(number, attribute));
    attributes
        .identity()
        .map(|key| cell(key).map_or_else(String::new, |column| base.plain(row, column)))
        .collect()
}

/// A row in words: what its cells say.
fn whole(base: &Known, row: Row<'_>) -> String {
    let cells = columns(row.table).into_iter().map(|column| (column.attribute.key, base.plain(row, column)));
    let filled = cells.filter(|(_, text)| !text.is_empty()).map(|(key, text)| format!("{key}={text}"));
    filled.collect::<Vec<_>>().join(", ")
}

/// One return, looked at beside the model.
struct OneReturn<'a> {
    base: &'a Known,
    owners: &'a Owners<'a>,
    unit: &'a Unit,
    number: usize,
    terms: Terms,
}

impl OneReturn<'_> {
    fn remark(
        &self,
        kind: RemarkKind,
        table: &str,
        row: &str,
        column: &str,
        before: String,
        said: String,
    ) -> Remark {
        let [table, row, column] = [table, row.trim(), column].map(str::to_owned);
        Remark { kind, table, row, column, before, said: vec![(self.unit.key.clone(), said)] }
    }

    /// Settings and definitions are the model's: a return that has others is told.
    fn settings(&self, returned: &Known, said: &mut Said<'_>) {
        for (key, value) in &returned.text.settings {
            let stands =
                self.base.text.settings.iter().find(|(known, _)| known == key).map(|(_, value)| value);
            if stands != Some(value) {
                let before = stands.cloned().unwrap_or_default();
                said.remarks.push(self.remark(
                    RemarkKind::NotTheirs,
                    "model",
                    "",
                    key,
                    before,
                    value.clone(),
                ));
            }
        }
        for (name, text) in &returned.text.definitions {
            if !self
                .base
                .text
                .definitions
                .iter()
                .any(|(known, other)| known == name && other.trim() == text.trim())
            {
                let words = text.lines().next().unwrap_or_default().to_owned();
                said.remarks.push(self.remark(RemarkKind::NotTheirs, name, "", "", String::new(), words));
            }
        }
    }

    /// One table: rows of the model and of the return of one identity are matched, those that are the same first.
    fn table<'r>(&self, kind: TableKind, given: Option<&'r RawTable>, own: &Owners<'_>, said: &mut Said<'r>) {
        let stands = self.base.raw.get(&kind);
        let mut pairs: BTreeMap<Identity, (Vec<Row<'_>>, Vec<Row<'r>>)> = BTreeMap::new();
        for row in stands.into_iter().flat_map(RawTable::rows) {
            pairs.entry(identity(self.base, row)).or_default().0.push(row);
        }
        for row in given.into_iter().flat_map(RawTable::rows) {
            pairs.entry(identity(self.base, row)).or_default().1.push(row);
        }
        let asked = self.unit.model.tables.iter().any(|table| table.attributes.table == kind);
        for (identity, (mut base_rows, mut rows)) in pairs {
            rows.retain(|row| match base_rows.iter().position(|base| self.same(*base, *row)) {
                Some(at) => {
                    base_rows.remove(at);
                    false
                }
                None => true,
            });
            let name = identity.join(" ");
            rows.retain(|row| {
                let other = self.is_of_another_year(*row);
                if other {
                    let words = whole(self.base, *row);
                    let remark =
                        self.remark(RemarkKind::OtherYear, kind.stem(), &name, "", String::new(), words);
                    said.remarks.push(remark);
                }
                !other
            });
            match (base_rows.as_slice(), rows.as_slice()) {
                (left_out, []) => {
                    for row in left_out.iter().filter(|row| asked && self.unit.owns(kind, row.number)) {
                        let before = whole(self.base, *row);
                        let remark =
                            self.remark(RemarkKind::LeftOut, kind.stem(), &name, "", before, String::new());
                        said.remarks.push(remark);
                    }
                }
                (_, rows) if identity.iter().all(String::is_empty) => {
                    for row in rows {
                        let words = whole(self.base, *row);
                        said.remarks.push(self.remark(
                            RemarkKind::Unnamed,
                            kind.stem(),
                            "",
                            "",
                            String::new(),
                            words,
                        ));
                    }
                }
                ([], rows) => {
                    for row in rows {
                        self.new_row(kind, &identity, *row, own, said);
                    }
                }
                ([stands], [row]) => self.cells(kind, *stands, *row, said),
                (stands, rows) => {
                    let words = |rows: &[Row<'_>]| {
                        rows.iter().map(|row| whole(self.base, *row)).collect::<Vec<_>>().join(" | ")
                    };
                    let (before, now) = (words(stands), words(rows));
                    said.remarks.push(self.remark(RemarkKind::Conflict, kind.stem(), &name, "", before, now));
                }
            }
        }
    }

    /// Whether a row of the return says nothing else than one of the model.
    fn same(&self, stands: Row<'_>, row: Row<'_>) -> bool {
        columns(row.table).into_iter().all(|column| self.differs(stands, row, column).is_none())
    }

    /// What a cell of a return says otherwise; `None` where it says the same, or nothing that counts.
    fn differs(&self, stands: Row<'_>, row: Row<'_>, column: Column) -> Option<RemarkKind> {
        let before = stands.table.numbered(column.number, column.attribute);
        let (old, new) = (self.base.plain(stands, before), self.base.plain(row, column));
        if new.is_empty() && (old.is_empty() || self.terms.blanks == Blanks::Keep) {
            return None;
        }
        if is_unit_column(row.table, column) {
            // A unit is no statement of its own where there are numbers: it is looked at with them.
            let free = unit_is_free(stands, column.attribute.key) && old != new;
            return free.then_some(RemarkKind::Changed);
        }
        let measured = column.attribute.is_measured() && !new.is_empty();
        let free = column.attribute.unit.column.is_some_and(|key| unit_is_free(stands, key));
        if measured && !free && unit_of(stands, before) != unit_of(row, column) {
            return Some(RemarkKind::OtherUnit);
        }
        (old != new).then_some(RemarkKind::Changed)
    }

    fn cells<'r>(&self, kind: TableKind, stands: Row<'_>, row: Row<'r>, said: &mut Said<'r>) {
        let moved = self
            .unit
            .by
            .is_some_and(|by| self.owners.owner(row, by).is_some_and(|owner| owner != self.unit.key));
        let own = self.unit.owns(kind, stands.number) && !moved;
        for column in columns(row.table) {
            let Some(difference) = self.differs(stands, row, column) else { continue };
            if own && difference == RemarkKind::Changed && is_readable(row, column) {
                let says = Says { unit: self.number, row };
                said.cells.entry((kind, stands.number, column.number)).or_default().push(says);
                continue;
            }
            let text = |row: Row<'_>, column: Column| {
                let unit = column.attribute.unit.column.and_then(|key| row.text(row.table.column(key)));
                format!("{} {}", row.text(column).unwrap_or_default(), unit.unwrap_or_default())
                    .trim()
                    .to_owned()
            };
            let kind_of = match (own, difference) {
                (false, _) => RemarkKind::NotTheirs,
                (true, RemarkKind::Changed) => RemarkKind::Unreadable,
                (true, other) => other,
            };
            let before = text(stands, stands.table.numbered(column.number, column.attribute));
            let name = identity(self.base, stands).join(" ");
            let key = column.attribute.key;
            said.remarks.push(self.remark(kind_of, kind.stem(), &name, key, before, text(row, column)));
        }
    }

    /// Whether a row says that it is of another year than the one whose rows are taken.
    fn is_of_another_year(&self, row: Row<'_>) -> bool {
        let Some(year) = self.terms.year else { return false };
        let mut of = columns(row.table).into_iter().filter(|column| column.attribute.key == "year");
        of.any(|column| row.text(column).is_some_and(|_| self.base.plain(row, column) != year.to_string()))
    }

    /// A row that the model has not: taken where it is the unit's, by the model or by what is new in the same return. A
    /// source belongs to nobody and harms nobody. What belongs to no unit, such as figures of the city, is not theirs.
    fn new_row<'r>(
        &self,
        kind: TableKind,
        identity: &Identity,
        row: Row<'r>,
        own: &Owners<'_>,
        said: &mut Said<'r>,
    ) {
        let is_theirs = self.unit.by.is_none_or(|by| {
            let owner = self.owners.owner(row, by).or_else(|| self.owners.owner_of_new(own, row, by));
            owner.map_or(kind == TableKind::Sources, |owner| owner == self.unit.key)
        });
        if is_theirs {
            said.rows.entry((kind, identity.clone())).or_default().push(Says { unit: self.number, row });
            return;
        }
        let words = whole(self.base, row);
        said.remarks.push(self.remark(
            RemarkKind::NotTheirs,
            kind.stem(),
            &identity.join(" "),
            "",
            String::new(),
            words,
        ));
    }
}

/// Whether a cell can stand in the model: a number is one, and what must be given is.
fn is_readable(row: Row<'_>, column: Column) -> bool {
    let text = row.text(column).unwrap_or_default();
    if text.is_empty() {
        return column.attribute.presence != Presence::Required;
    }
    match column.attribute.kind {
        Kind::Quantity | Kind::SignedQuantity => parse(text).is_ok_and(|written| written != Written::Rest),
        Kind::QuantityOrRest => parse(text).is_ok(),
        kind => !kind.is_number() || number(text).is_ok(),
    }
}

/// Whether a row has no number yet in the columns whose unit this column holds, nor those columns a unit of their own:
/// then a unit may be set.
fn unit_is_free(row: Row<'_>, unit: &str) -> bool {
    let of_unit = columns(row.table).into_iter().filter(|column| column.attribute.unit.column == Some(unit));
    of_unit.into_iter().all(|column| row.text(column).is_none() && column.unit.is_none())
}

/// Whether a column holds the units of another one.
fn is_unit_column(table: &RawTable, column: Column) -> bool {
    table.attributes.columns.iter().any(|other| other.unit.column == Some(column.attribute.key))
}
