//! Returns put together: what each changes in its own rows is taken; where two say different things, or one changes
//! what is not its own, nobody is taken and all are told.

use super::owners::Unit;
use super::{cell, columns, key_columns};
use crate::input::{ModelText, TableText};
use crate::model::TableKind;
use std::collections::BTreeMap;

/// A return.
#[derive(Clone, Debug)]
pub struct Returned {
    /// Position of the unit among those of the model.
    pub unit: usize,
    /// Its workbook, as read.
    pub model: ModelText,
}

/// What is remarkable about the returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    /// Two returns say different things of one cell, or of one new row: none is taken.
    Conflict,
    /// A return changes a row that is not its own: not taken.
    NotTheirs,
    /// A return leaves out a row of its own: the row stays.
    LeftOut,
    /// A cell that was changed.
    Changed,
    /// A row that was added.
    Added,
}

/// A cell or row of the returns, with who says what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What it is.
    pub kind: RemarkKind,
    /// Table.
    pub table: TableKind,
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

/// What tells a row of a table, with its number among rows alike.
type Key = (Vec<String>, usize);

/// What returns say of a cell of a row, unit by unit.
type Said = BTreeMap<(TableKind, Key, String), Vec<(usize, String)>>;

/// Puts returns together. Complexity O(cells · log rows).
#[must_use]
pub fn merged(base: &ModelText, units: &[Unit], returns: &[Returned]) -> Merged {
    let mut merged = Merged { model: base.clone(), remarks: Vec::new() };
    let (mut cells, mut added): (Said, Said) = (Said::new(), Said::new());
    for returned in returns {
        let unit = &units[returned.unit];
        for asked in &unit.model.tables {
            let kind = asked.attributes.table;
            let given = returned.model.tables.iter().find(|table| table.attributes.table == kind);
            let none =
                TableText { attributes: asked.attributes, header: asked.header.clone(), rows: Vec::new() };
            of_table(
                base,
                asked,
                given.unwrap_or(&none),
                unit,
                returned.unit,
                &mut cells,
                &mut added,
                &mut merged.remarks,
            );
        }
        // A table that was not asked for holds new rows alone.
        for given in &returned.model.tables {
            let kind = given.attributes.table;
            if !unit.model.tables.iter().any(|table| table.attributes.table == kind) {
                let none = TableText {
                    attributes: given.attributes,
                    header: given.header.clone(),
                    rows: Vec::new(),
                };
                of_table(
                    base,
                    &none,
                    given,
                    unit,
                    returned.unit,
                    &mut cells,
                    &mut added,
                    &mut merged.remarks,
                );
            }
        }
    }
    take(cells, units, &mut merged);
    add(added, units, &mut merged);
    merged
        .remarks
        .sort_by(|a, b| (a.kind, a.table, &a.row, &a.column).cmp(&(b.kind, b.table, &b.row, &b.column)));
    merged
}

/// Rows of a table by key.
fn keyed(table: &TableText) -> BTreeMap<Key, usize> {
    let keys = key_columns(table);
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut rows = BTreeMap::new();
    for (number, row) in table.rows.iter().enumerate() {
        let words: Vec<String> = keys.iter().map(|at| cell(row, *at).to_owned()).collect();
        let count = counts.entry(words.clone()).or_default();
        rows.insert((words, *count), number);
        *count += 1;
    }
    rows
}

/// Cells of a row by the key of their column.
fn named_cells(table: &TableText, row: usize) -> BTreeMap<&'static str, String> {
    let named = columns(table).into_iter().enumerate().filter_map(|(at, column)| Some((column?.key, at)));
    named.map(|(key, at)| (key, cell(&table.rows[row], at).to_owned())).collect()
}

#[allow(clippy::too_many_arguments, reason = "one pass over one table of one return")]
fn of_table(
    base: &ModelText,
    asked: &TableText,
    given: &TableText,
    unit: &Unit,
    position: usize,
    cells: &mut Said,
    added: &mut Said,
    remarks: &mut Vec<Remark>,
) {
    let kind = asked.attributes.table;
    let whole = base.tables.iter().find(|table| table.attributes.table == kind);
    let in_base = whole.map(keyed).unwrap_or_default();
    let (asked_rows, given_rows) = (keyed(asked), keyed(given));
    let own = unit.rows.get(&kind).map_or(&[][..], Vec::as_slice);
    let remark = |kind_of, key: &Key, column: &str, before: String, said: String| Remark {
        kind: kind_of,
        table: kind,
        row: key.0.join(" "),
        column: column.to_owned(),
        before,
        said: vec![(unit.key.clone(), said)],
    };
    for (key, &row) in &given_rows {
        let says = named_cells(given, row);
        let Some(&known) = in_base.get(key) else {
            for (column, text) in says {
                added.entry((kind, key.clone(), column.to_owned())).or_default().push((position, text));
            }
            continue;
        };
        let stands = whole.map(|table| named_cells(table, known)).unwrap_or_default();
        for (column, text) in says {
            let before = stands.get(column).cloned().unwrap_or_default();
            if text == before {
                continue;
            }
            if own.binary_search(&known).is_ok() {
                cells.entry((kind, key.clone(), column.to_owned())).or_default().push((position, text));
            } else {
                remarks.push(remark(RemarkKind::NotTheirs, key, column, before, text));
            }
        }
    }
    for (key, row) in asked_rows {
        if !given_rows.contains_key(&key) && !key.0.iter().all(String::is_empty) {
            let before = asked.rows[row].join(", ");
            remarks.push(remark(RemarkKind::LeftOut, &key, "", before, String::new()));
        }
    }
}

/// Whether all say the same.
fn agree(said: &[(usize, String)]) -> bool {
    said.windows(2).all(|pair| pair[0].1 == pair[1].1)
}

fn who(said: Vec<(usize, String)>, units: &[Unit]) -> Vec<(String, String)> {
    said.into_iter().map(|(unit, text)| (units[unit].key.clone(), text)).collect()
}

/// Takes changes of cells on which nobody disagrees.
fn take(cells: Said, units: &[Unit], merged: &mut Merged) {
    for ((kind, key, column), said) in cells {
        let Some(table) = merged.model.tables.iter_mut().find(|table| table.attributes.table == kind) else {
            continue;
        };
        let Some(&row) = keyed(table).get(&key) else { continue };
        let place = columns(table).iter().position(|c| c.is_some_and(|c| c.key == column));
        let at = place.unwrap_or_else(|| {
            table.header.push(column.clone());
            table.header.len() - 1
        });
        let before = cell(&table.rows[row], at).to_owned();
        let kind_of = if agree(&said) { RemarkKind::Changed } else { RemarkKind::Conflict };
        if kind_of == RemarkKind::Changed {
            let cells = &mut table.rows[row];
            cells.resize(cells.len().max(at + 1), String::new());
            cells[at].clone_from(&said[0].1);
        }
        let row = key.0.join(" ");
        merged.remarks.push(Remark {
            kind: kind_of,
            table: kind,
            row,
            column,
            before,
            said: who(said, units),
        });
    }
}

/// Adds new rows on which nobody disagrees.
fn add(added: Said, units: &[Unit], merged: &mut Merged) {
    let mut rows: BTreeMap<(TableKind, Key), BTreeMap<usize, BTreeMap<String, String>>> = BTreeMap::new();
    for ((kind, key, column), said) in added {
        for (unit, text) in said {
            rows.entry((kind, key.clone()))
                .or_default()
                .entry(unit)
                .or_default()
                .insert(column.clone(), text);
        }
    }
    for ((kind, key), by_unit) in rows {
        let same = by_unit.values().zip(by_unit.values().skip(1)).all(|(a, b)| a == b);
        let said = by_unit.iter().map(|(unit, cells)| {
            let filled = cells.iter().filter(|(_, text)| !text.is_empty());
            (
                units[*unit].key.clone(),
                filled.map(|(key, text)| format!("{key}={text}")).collect::<Vec<_>>().join(", "),
            )
        });
        let kind_of = if same { RemarkKind::Added } else { RemarkKind::Conflict };
        let row = key.0.join(" ");
        let (before, column) = (String::new(), String::new());
        merged.remarks.push(Remark { kind: kind_of, table: kind, row, column, before, said: said.collect() });
        let Some(cells) = by_unit.into_values().next().filter(|_| same) else { continue };
        let table = match merged.model.tables.iter().position(|table| table.attributes.table == kind) {
            Some(at) => &mut merged.model.tables[at],
            None => {
                let Some(attributes) = crate::input::attributes::of(kind) else { continue };
                let header = attributes.all_columns().map(|column| column.key.to_owned()).collect();
                merged.model.tables.push(TableText { attributes, header, rows: Vec::new() });
                merged.model.tables.last_mut().expect("pushed just now")
            }
        };
        for column in cells.iter().filter(|(_, text)| !text.is_empty()).map(|(column, _)| column) {
            if !columns(table).iter().any(|c| c.is_some_and(|c| c.key == column)) {
                table.header.push(column.clone());
            }
        }
        let row = columns(table)
            .iter()
            .map(|c| c.and_then(|c| cells.get(c.key).cloned()).unwrap_or_default())
            .collect();
        table.rows.push(row);
    }
}
