//! Which row is which: the ids and names of all tables, and rows that say the same thing twice.

use super::attributes;
use super::changes::canonical;
use super::collected::Collected;
use super::names::Names;
use super::read::Row;
use super::tables::Tables;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Shelf, TableKind};
use hashbrown::HashMap;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Tables whose rows are referred to, with the column that holds their names.
const NAMED: [(TableKind, &str); 11] = [
    (TableKind::Sources, "title"),
    (TableKind::Parameters, "name"),
    (TableKind::Places, "name"),
    (TableKind::Enterprises, "name"),
    (TableKind::Materials, "name"),
    (TableKind::Technologies, "name"),
    (TableKind::Processes, "name"),
    (TableKind::Projects, "name"),
    (TableKind::Stocks, "name"),
    (TableKind::Funds, "name"),
    (TableKind::Scenarios, "name"),
];

/// The ids and names of all tables, made side by side, and what is wrong with them.
pub(super) fn names(tables: &Tables) -> Vec<(TableKind, (Names, Collected))> {
    NAMED.par_iter().map(|&(kind, name_key)| (kind, names_of(tables, kind, name_key))).collect()
}

/// The ids and names of the rows of a table, and what is wrong with them.
fn names_of(tables: &Tables, kind: TableKind, name_key: &str) -> (Names, Collected) {
    let (mut names, mut findings) = (Names::default(), Collected::default());
    let mut tell = |code, row: Row<'_>, column, values: &[(&'static str, &str)]| {
        let finding = Diagnostic::new(Code(code)).at(row.spot(column));
        findings.push(values.iter().fold(finding, |finding, (name, value)| finding.with(name, *value)));
    };
    let mut number = 0;
    for table in tables.both(kind) {
        let (id, name) = (table.column("id"), table.column(name_key));
        for row in table.rows() {
            let key = row.text(id).unwrap_or_default();
            if key.is_empty() && table.has(id) {
                tell("E105", row, id, &[]);
            }
            if key.contains([';', '；', '、', '|', '=', '*', '\n']) {
                tell("E112", row, id, &[("found", key)]);
            }
            let first = key.is_empty() || names.add_id(key, number);
            if key.is_empty() {
                names.add_nameless();
            }
            if !first && table.shelf == Shelf::Model {
                tell("E128", row, id, &[("found", key)]);
            }
            if let Some(text) = row.text(name).filter(|_| first) {
                let near = names.add_name(text, number);
                if let Some(other) = near.filter(|_| table.shelf == Shelf::Model) {
                    tell("W101", row, name, &[("found", text), ("other", names.id_of(other))]);
                }
            }
            number += 1;
        }
    }
    (names, findings)
}

/// Rows that say the same thing twice, in tables without an id.
pub(super) fn repeated(tables: &Tables, names: &BTreeMap<TableKind, Names>) -> Collected {
    let all: Vec<_> = attributes::all().collect();
    let found = all.par_iter().map(|attributes| {
        let mut findings = Collected::default();
        let Some(table) = tables.own(attributes.table) else { return findings };
        if attributes.unique.is_empty() || attributes.unique == ["id"] {
            return findings;
        }
        let columns: Vec<_> = attributes.unique.iter().map(|key| table.column(key)).collect();
        // Only looked into, never gone through: the order of a hash is no matter.
        let mut seen: HashMap<String, u32> = HashMap::new();
        for row in table.rows() {
            let parts = |between: &str| {
                let parts = columns.iter().map(|column| canonical(names, row, *column));
                parts.collect::<Vec<_>>().join(between)
            };
            let key = parts("\u{1f}");
            if let Some(first) = seen.get(&key) {
                let last = *columns.last().expect("not empty");
                let finding = Diagnostic::new(Code("E130")).at(row.spot(last));
                findings.push(finding.with("first", first.to_string()).with("found", parts(", ")));
            } else {
                seen.insert(key, row.line());
            }
        }
        findings
    });
    let mut all = Collected::default();
    found.collect::<Vec<_>>().into_iter().for_each(|found| all.absorb(found));
    all
}
