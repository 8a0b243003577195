//! Whose a row is: by the places, enterprises, processes, projects and funds that it names.

use super::{cell, columns};
use crate::input::attributes::Kind;
use crate::input::{ModelText, TableText};
use crate::model::TableKind;
use std::collections::{BTreeMap, BTreeSet};

/// By what a model is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A workbook for each county unit.
    Place,
    /// A workbook for each enterprise.
    Enterprise,
}

/// A county unit or an enterprise, with its rows.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its id.
    pub key: String,
    /// Its name in Chinese.
    pub name: String,
    /// Its rows: table, and numbers of rows in the model's text, ascending.
    pub rows: BTreeMap<TableKind, Vec<usize>>,
    /// The part of the model that is asked of it: settings, its rows, and the places above it.
    pub model: ModelText,
}

impl Unit {
    /// One to whom all rows of a model belong, and of whom nothing is asked.
    #[must_use]
    pub fn of_all(key: &str, model: &ModelText) -> Self {
        let rows = model.tables.iter().map(|table| (table.attributes.table, (0..table.rows.len()).collect()));
        Self { key: key.to_owned(), name: String::new(), rows: rows.collect(), model: ModelText::default() }
    }
}

/// Tables that a unit is asked for.
const ASKED: [TableKind; 15] = [
    TableKind::Places,
    TableKind::Enterprises,
    TableKind::Processes,
    TableKind::Recipes,
    TableKind::Activity,
    TableKind::Markets,
    TableKind::Demand,
    TableKind::Projects,
    TableKind::Effects,
    TableKind::Funds,
    TableKind::Duties,
    TableKind::Appropriations,
    TableKind::Financing,
    TableKind::Statistics,
    TableKind::Targets,
];

/// The units of a model in the order of its tables, each with its rows. A row that names no place, enterprise,
/// process, project or fund is nobody's. Complexity O(cells).
#[must_use]
pub fn units(model: &ModelText, by: By) -> Vec<Unit> {
    let names = Names::of(model);
    let mut units: Vec<Unit> = names.units(model, by);
    let position: BTreeMap<String, usize> =
        units.iter().enumerate().map(|(at, unit)| (unit.key.clone(), at)).collect();
    for table in model.tables.iter().filter(|table| ASKED.contains(&table.attributes.table)) {
        for (number, row) in table.rows.iter().enumerate() {
            let owner = names.owner(table, row, by);
            if let Some(unit) = owner.and_then(|owner| position.get(&owner)) {
                units[*unit].rows.entry(table.attributes.table).or_default().push(number);
            }
        }
    }
    for unit in &mut units {
        unit.model = part(model, unit, &names);
    }
    units
}

/// The part of a model that a unit is asked for.
fn part(model: &ModelText, unit: &Unit, names: &Names) -> ModelText {
    let above: BTreeSet<&str> = match names.place_of_unit(&unit.key) {
        Some(place) => names.upward(place).collect(),
        None => BTreeSet::new(),
    };
    let tables = model.tables.iter().filter_map(|table| {
        let kind = table.attributes.table;
        let own = unit.rows.get(&kind).map_or(&[][..], Vec::as_slice);
        let id = columns(table).iter().position(|column| column.is_some_and(|c| c.kind == Kind::Id));
        let asked = |(number, row): &(usize, &Vec<String>)| {
            // A first row without any id or reference holds the units of the columns.
            let is_above = kind == TableKind::Places && id.is_some_and(|id| above.contains(cell(row, id)));
            own.binary_search(number).is_ok() || is_above || (*number == 0 && is_units_row(table, row))
        };
        let rows: Vec<Vec<String>> =
            table.rows.iter().enumerate().filter(asked).map(|(_, row)| row.clone()).collect();
        (!rows.is_empty()).then(|| TableText {
            attributes: table.attributes,
            header: table.header.clone(),
            rows,
        })
    });
    ModelText { settings: model.settings.clone(), tables: tables.collect(), definitions: Vec::new() }
}

/// Whether a row names nothing: then it holds units.
fn is_units_row(table: &TableText, row: &[String]) -> bool {
    columns(table).iter().enumerate().all(|(at, column)| {
        let names = column.is_some_and(|c| matches!(c.kind, Kind::Id | Kind::Reference(_) | Kind::Text));
        !names || cell(row, at).is_empty()
    })
}

/// What the ids and names of a model stand for.
struct Names {
    /// By id and by name of a place: its id.
    places: BTreeMap<String, String>,
    /// Place above a place.
    parents: BTreeMap<String, String>,
    counties: BTreeSet<String>,
    /// By table, and id or name of a row: place and enterprise, where it says them.
    rows: BTreeMap<(TableKind, String), [Option<String>; 2]>,
    enterprises: BTreeMap<String, String>,
}

/// Tables whose rows lie somewhere or belong to somebody, in the order in which they name each other.
const LYING: [TableKind; 4] =
    [TableKind::Enterprises, TableKind::Funds, TableKind::Processes, TableKind::Projects];

impl Names {
    fn of(model: &ModelText) -> Self {
        let mut names = Self {
            places: BTreeMap::new(),
            parents: BTreeMap::new(),
            counties: BTreeSet::new(),
            rows: BTreeMap::new(),
            enterprises: BTreeMap::new(),
        };
        let of_kind = |kind| model.tables.iter().filter(move |table| table.attributes.table == kind);
        for table in of_kind(TableKind::Places) {
            let [id, name, kind, parent] = at(table, ["id", "name", "kind", "parent"]);
            for row in &table.rows {
                let key = text(row, id).to_owned();
                names.places.insert(text(row, name).to_owned(), key.clone());
                names.places.insert(key.clone(), key.clone());
                if ["county", "县区", "县"].contains(&text(row, kind)) {
                    names.counties.insert(key.clone());
                }
                names.parents.insert(key, text(row, parent).to_owned());
            }
        }
        for kind in LYING {
            for table in of_kind(kind) {
                let [id, name, ..] = at(table, ["id", "name", "", ""]);
                for row in &table.rows {
                    let key = text(row, id).to_owned();
                    let [place, mut enterprise] = names.place_and_enterprise(table, row);
                    if kind == TableKind::Enterprises {
                        names.enterprises.insert(text(row, name).to_owned(), key.clone());
                        names.enterprises.insert(key.clone(), key.clone());
                        enterprise = Some(key.clone());
                    }
                    let of_row = [place, enterprise];
                    names.rows.insert((kind, text(row, name).to_owned()), of_row.clone());
                    names.rows.insert((kind, key), of_row);
                }
            }
        }
        names
    }

    fn units(&self, model: &ModelText, by: By) -> Vec<Unit> {
        let kind = match by {
            By::Place => TableKind::Places,
            By::Enterprise => TableKind::Enterprises,
        };
        let tables = model.tables.iter().filter(|table| table.attributes.table == kind);
        let mut units = Vec::new();
        for table in tables {
            let [id, name, ..] = at(table, ["id", "name", "", ""]);
            for row in &table.rows {
                let key = text(row, id);
                if key.is_empty() || (by == By::Place && !self.counties.contains(key)) {
                    continue;
                }
                let (key, name) = (key.to_owned(), text(row, name).to_owned());
                units.push(Unit { key, name, rows: BTreeMap::new(), model: ModelText::default() });
            }
        }
        units
    }

    /// The unit that a row belongs to.
    fn owner(&self, table: &TableText, row: &[String], by: By) -> Option<String> {
        let kind = table.attributes.table;
        let [id, ..] = at(table, ["id", "", "", ""]);
        let [place, enterprise] = match kind {
            TableKind::Places => [self.places.get(text(row, id)).cloned(), None],
            TableKind::Enterprises => self.rows.get(&(kind, text(row, id).to_owned()))?.clone(),
            _ => self.place_and_enterprise(table, row),
        };
        match by {
            By::Enterprise => enterprise,
            By::Place => self.upward(&place?).find(|place| self.counties.contains(*place)).map(str::to_owned),
        }
    }

    /// Where a row lies and whose it is: what it says itself, else what it names says.
    fn place_and_enterprise(&self, table: &TableText, row: &[String]) -> [Option<String>; 2] {
        let (mut place, mut enterprise) = (None, None);
        for (at, column) in columns(table).iter().enumerate() {
            let (Some(column), word) = (column, cell(row, at)) else { continue };
            let Kind::Reference(kind) = column.kind else { continue };
            let found = match kind {
                TableKind::Places => [self.places.get(word).cloned(), None],
                _ => self.rows.get(&(kind, word.to_owned())).cloned().unwrap_or_default(),
            };
            let [of_place, of_enterprise] = found;
            // A project lies where it says; its owner may have its seat elsewhere.
            place = if kind == TableKind::Places { of_place.or(place) } else { place.or(of_place) };
            enterprise = enterprise.or(of_enterprise);
        }
        [place, enterprise]
    }

    /// The place of a unit: a county itself, or where an enterprise lies.
    fn place_of_unit(&self, key: &str) -> Option<&str> {
        let of_enterprise = self.rows.get(&(TableKind::Enterprises, key.to_owned()));
        match of_enterprise {
            Some([place, _]) => place.as_deref(),
            None => self.places.get(key).map(String::as_str),
        }
    }

    /// A place and those above it. A circle, which `check` tells, ends where it began.
    fn upward<'a>(&'a self, place: &'a str) -> impl Iterator<Item = &'a str> {
        let mut seen = BTreeSet::new();
        let mut next = Some(place);
        std::iter::from_fn(move || {
            let place = next.filter(|place| !place.is_empty() && seen.insert(*place))?;
            let parent = self.parents.get(place).map(String::as_str);
            next = parent.map(|parent| self.places.get(parent).map_or(parent, String::as_str));
            Some(place)
        })
    }
}

/// Positions of columns of these keys; none for an empty key or a column that the file lacks.
fn at(table: &TableText, keys: [&str; 4]) -> [Option<usize>; 4] {
    let columns = columns(table);
    keys.map(|key| columns.iter().position(|column| column.is_some_and(|c| c.key == key)))
}

fn text(row: &[String], at: Option<usize>) -> &str {
    at.map_or("", |at| cell(row, at))
}
