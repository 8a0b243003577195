//! Whose a row is: by the places, enterprises, processes, projects and funds that it names.

use super::Known;
use super::known::columns;
use crate::input::attributes::Kind;
use crate::input::read::{RawTable, Row};
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
    /// By what it is a unit; `None` for one to whom everything belongs.
    pub by: Option<By>,
    /// Its rows: table, and numbers of rows below header and units, ascending.
    pub rows: BTreeMap<TableKind, Vec<usize>>,
    /// The part of the model that is asked of it: settings, its rows, and the places above it.
    pub model: ModelText,
}

impl Unit {
    /// One to whom all rows of a model belong, and of whom nothing is asked.
    #[must_use]
    pub fn of_all(key: &str, model: &Known) -> Self {
        let rows = model.raw.iter().map(|(kind, table)| (*kind, (0..table.len()).collect())).collect();
        Self { key: key.to_owned(), name: String::new(), by: None, rows, model: ModelText::default() }
    }

    pub(super) fn owns(&self, kind: TableKind, row: usize) -> bool {
        self.rows.get(&kind).is_some_and(|rows| rows.binary_search(&row).is_ok())
    }
}

/// Tables that a unit is asked for.
const ASKED: [TableKind; 19] = [
    TableKind::Places,
    TableKind::Enterprises,
    TableKind::Processes,
    TableKind::Recipes,
    TableKind::Activity,
    TableKind::Markets,
    TableKind::Demand,
    TableKind::Stocks,
    TableKind::StockYears,
    TableKind::Cohorts,
    TableKind::Projects,
    TableKind::Effects,
    TableKind::Funds,
    TableKind::Duties,
    TableKind::Appropriations,
    TableKind::Financing,
    TableKind::Statistics,
    TableKind::Targets,
    TableKind::Measurements,
];

/// The units of a model in the order of its tables, each with its rows. A row that names no place, enterprise,
/// process, project or fund is nobody's. Complexity O(cells).
#[must_use]
pub fn units(model: &Known, by: By) -> Vec<Unit> {
    let owners = Owners::of(model);
    let mut units = owners.units(by);
    let position: BTreeMap<String, usize> =
        units.iter().enumerate().map(|(at, unit)| (unit.key.clone(), at)).collect();
    for kind in ASKED {
        for row in model.raw.get(&kind).into_iter().flat_map(RawTable::rows) {
            if let Some(unit) = owners.owner(row, by).and_then(|owner| position.get(&owner)) {
                units[*unit].rows.entry(kind).or_default().push(row.number);
            }
        }
    }
    for unit in &mut units {
        unit.model = owners.part(unit);
    }
    units
}

/// Where the rows of a model lie, and to whom they belong.
pub(super) struct Owners<'a> {
    model: &'a Known,
    /// Place above a place.
    parents: BTreeMap<String, String>,
    counties: BTreeSet<String>,
    /// By table and id of a row: place and enterprise, where it says them.
    rows: BTreeMap<(TableKind, String), [Option<String>; 2]>,
}

/// Tables whose rows lie somewhere or belong to somebody, in the order in which they name each other.
const LYING: [TableKind; 5] =
    [TableKind::Enterprises, TableKind::Funds, TableKind::Processes, TableKind::Stocks, TableKind::Projects];

impl<'a> Owners<'a> {
    pub(super) fn of(model: &'a Known) -> Self {
        let mut owners =
            Self { model, parents: BTreeMap::new(), counties: BTreeSet::new(), rows: BTreeMap::new() };
        for row in model.raw.get(&TableKind::Places).into_iter().flat_map(RawTable::rows) {
            let key = owners.text(row, "id");
            if owners.text(row, "kind") == "county" {
                owners.counties.insert(key.clone());
            }
            owners.parents.insert(key, owners.text(row, "parent"));
        }
        for kind in LYING {
            for row in model.raw.get(&kind).into_iter().flat_map(RawTable::rows) {
                let key = owners.text(row, "id");
                let of_row = owners.place_and_enterprise(row);
                owners.rows.insert((kind, key), of_row);
            }
        }
        owners
    }

    /// A cell by the key of its column, a reference as the id that it stands for.
    fn text(&self, row: Row<'_>, key: &str) -> String {
        self.model.plain(row, row.table.column(key))
    }

    fn units(&self, by: By) -> Vec<Unit> {
        let kind = match by {
            By::Place => TableKind::Places,
            By::Enterprise => TableKind::Enterprises,
        };
        let rows = self.model.raw.get(&kind).into_iter().flat_map(RawTable::rows);
        let named = rows.map(|row| (self.text(row, "id"), self.text(row, "name")));
        let is_unit = |key: &str| !key.is_empty() && (by == By::Enterprise || self.counties.contains(key));
        let unit = |(key, name)| Unit {
            key,
            name,
            by: Some(by),
            rows: BTreeMap::new(),
            model: ModelText::default(),
        };
        named.filter(|(key, _)| is_unit(key)).map(unit).collect()
    }

    /// The unit that a row belongs to.
    pub(super) fn owner(&self, row: Row<'_>, by: By) -> Option<String> {
        let [place, enterprise] = match row.table.attributes.table {
            TableKind::Places => [Some(self.text(row, "id")), None],
            _ => self.place_and_enterprise(row),
        };
        match by {
            By::Enterprise => enterprise,
            By::Place => self.upward(&place?).find(|place| self.counties.contains(*place)).map(str::to_owned),
        }
    }

    /// The unit that a row belongs to which names what is new in the same return: `new` knows those rows, and this one
    /// where they lie.
    pub(super) fn owner_of_new(&self, new: &Self, row: Row<'_>, by: By) -> Option<String> {
        let [place, enterprise] = match row.table.attributes.table {
            TableKind::Places => [new.parents.get(&new.text(row, "id")).cloned(), None],
            _ => new.place_and_enterprise(row),
        };
        match by {
            By::Enterprise => enterprise,
            By::Place => {
                let place = place?;
                let known = new.upward(&place).find(|place| self.parents.contains_key(*place))?.to_owned();
                self.upward(&known).find(|place| self.counties.contains(*place)).map(str::to_owned)
            }
        }
    }

    /// Where a row lies and whose it is: what it says itself, else what it names says.
    fn place_and_enterprise(&self, row: Row<'_>) -> [Option<String>; 2] {
        let (mut place, mut enterprise) = (None, None);
        if row.table.attributes.table == TableKind::Enterprises {
            enterprise = Some(self.text(row, "id"));
        }
        for column in columns(row.table) {
            let Kind::Reference(kind) = column.attribute.kind else { continue };
            let id = self.model.plain(row, column);
            if id.is_empty() {
                continue;
            }
            let [of_place, of_enterprise] = match kind {
                TableKind::Places => [Some(id), None],
                _ => self.rows.get(&(kind, id)).cloned().unwrap_or_default(),
            };
            // A project lies where it says; its owner may have its seat elsewhere.
            place = if kind == TableKind::Places { of_place.or(place) } else { place.or(of_place) };
            enterprise = enterprise.or(of_enterprise);
        }
        [place, enterprise]
    }

    /// The part of the model that a unit is asked for.
    fn part(&self, unit: &Unit) -> ModelText {
        let place = match unit.by {
            Some(By::Enterprise) => self
                .rows
                .get(&(TableKind::Enterprises, unit.key.clone()))
                .and_then(|[place, _]| place.clone()),
            Some(By::Place) | None => Some(unit.key.clone()),
        };
        let above: BTreeSet<&str> =
            place.as_deref().map(|place| self.upward(place).collect()).unwrap_or_default();
        let tables = self.model.text.tables.iter().filter_map(|table| {
            let kind = table.attributes.table;
            let raw = self.model.raw.get(&kind)?;
            let units_rows = table.rows.len().saturating_sub(raw.len());
            let is_asked = |row: Row<'_>| {
                unit.owns(kind, row.number)
                    || (kind == TableKind::Places && above.contains(&*self.text(row, "id")))
            };
            let asked: Vec<usize> = raw.rows().filter(|row| is_asked(*row)).map(|row| row.number).collect();
            if asked.is_empty() {
                return None;
            }
            // The units of the columns go with the rows.
            let rows = (0..units_rows).chain(asked.into_iter().map(|row| row + units_rows));
            let rows = rows.map(|row| table.rows[row].clone()).collect();
            Some(TableText { attributes: table.attributes, header: table.header.clone(), rows })
        });
        ModelText {
            settings: self.model.text.settings.clone(),
            tables: tables.collect(),
            definitions: Vec::new(),
            offered: vec![(TableKind::Funds, self.shared_funds(unit, &above))],
        }
    }

    /// Funds that others keep and the unit may be paid from: of places above it, and of none.
    fn shared_funds(&self, unit: &Unit, above: &BTreeSet<&str>) -> Vec<String> {
        let funds = self.model.raw.get(&TableKind::Funds).into_iter().flat_map(RawTable::rows);
        funds
            .filter(|row| !unit.owns(TableKind::Funds, row.number))
            .filter(|row| {
                let place = self.text(*row, "place");
                place.is_empty() || above.contains(&*place)
            })
            .map(|row| self.text(row, "id"))
            .collect()
    }

    /// A place and those above it. A circle, which `check` tells, ends where it began.
    fn upward<'p>(&'p self, place: &'p str) -> impl Iterator<Item = &'p str> {
        let mut seen = BTreeSet::new();
        let mut next = Some(place);
        std::iter::from_fn(move || {
            let place = next.filter(|place| !place.is_empty() && seen.insert(*place))?;
            next = self.parents.get(place).map(String::as_str);
            Some(place)
        })
    }
}
