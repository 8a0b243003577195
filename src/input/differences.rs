//! In which cells the tables of two scenarios differ.

use super::build::Build;
use super::collected::Collected;
use super::loaded::Loaded;
use super::read::{RawTable, Row};
use super::{based_on, changes, records, tables};
use crate::model::{Decision, Shelf, TableKind};
use serde::Serialize;
use std::collections::BTreeMap;

/// A cell, a decision or a rule that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellDifference {
    /// Table, by the stem of its file.
    pub table: &'static str,
    /// File as the user named it; empty for decisions and rules, which may stand in several rows.
    pub file: String,
    /// Line of the row; 0 for decisions and rules.
    pub line: u32,
    /// What names the row: its id, else the cells that tell it from others.
    pub row: String,
    /// Header of the column as the user wrote it.
    pub column: String,
    /// Text in the first scenario.
    pub first: String,
    /// Text in the second.
    pub second: String,
}

/// Every difference between the inputs of two scenarios (positions in the list of models): decisions and matching
/// rules, then cells table by table. The files are read again as they were written.
#[must_use]
pub fn differences(loaded: &Loaded, first: usize, second: usize) -> Vec<CellDifference> {
    let mut found = rules_and_decisions(loaded, first, second);
    let raw = tables::again(&loaded.inputs);
    let settings = &loaded.base.settings;
    let build = Build::new(&raw, settings, &loaded.definitions);
    let above = based_on(&raw, &build);
    let horizon = settings.base_year..=settings.horizon;
    let of = |scenario: usize| {
        let chain = records::scenarios::chain_of(scenario, &above).unwrap_or_else(|| vec![scenario]);
        let names = &build.reading.names;
        changes::apply(&raw, names, &chain, &horizon, &mut Collected::default())
            .unwrap_or_else(|| raw.clone())
    };
    let (first, second) = (of(first), of(second));
    for kind in TableKind::ALL {
        for shelf in [Shelf::Model, Shelf::Catalogue] {
            let find = |tables: &tables::Tables| tables.both(kind).find(|t| t.shelf == shelf).cloned();
            if let (Some(a), Some(b)) = (find(&first), find(&second)) {
                found.extend(of_table(kind, &a, &b));
            }
        }
    }
    found
}

fn rules_and_decisions(loaded: &Loaded, first: usize, second: usize) -> Vec<CellDifference> {
    let [a, b] = [first, second].map(|scenario| {
        let model = &loaded.models[scenario];
        &model.scenarios[model.scenario]
    });
    let mut found = Vec::new();
    let mut push = |table, row: &str, column: &str, first: String, second: String| {
        if first != second {
            let (row, column) = (row.to_owned(), column.to_owned());
            found.push(CellDifference { table, file: String::new(), line: 0, row, column, first, second });
        }
    };
    let rule = |on: bool| if on { "yes" } else { "no" }.to_owned();
    push("scenarios", "", "matching", rule(a.matching), rule(b.matching));
    for (project, (a, b)) in loaded.base.projects.iter().zip(a.decisions.iter().zip(&b.decisions)) {
        push("mixes", &project.key, "decision", decided(*a), decided(*b));
    }
    found
}

fn decided(decision: Decision) -> String {
    match decision {
        Decision::Skip => "skip".to_owned(),
        Decision::Build { delay: 0 } => "build".to_owned(),
        Decision::Build { delay } => format!("build +{delay}"),
    }
}

/// Rows by line and year: a change of some years adds rows with the line of the row they repeat.
fn rows(table: &RawTable) -> BTreeMap<(u32, String), Row<'_>> {
    let year = table.attributes.column("year").map(|(number, attribute)| table.numbered(number, attribute));
    let key =
        |row: &Row<'_>| (row.line(), year.and_then(|year| row.text(year)).unwrap_or_default().to_owned());
    table.rows().map(|row| (key(&row), row)).collect()
}

fn of_table(kind: TableKind, a: &RawTable, b: &RawTable) -> Vec<CellDifference> {
    let (of_a, of_b) = (rows(a), rows(b));
    let mut keys: Vec<&(u32, String)> = of_a.keys().chain(of_b.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut found = Vec::new();
    for key in keys {
        let (row_a, row_b) = (of_a.get(key), of_b.get(key));
        for (number, attribute) in a.attributes.all_columns().enumerate() {
            let column = a.numbered(number, attribute);
            let text =
                |row: Option<&Row<'_>>| row.and_then(|row| row.text(column)).unwrap_or_default().to_owned();
            let (first, second) = (text(row_a), text(row_b));
            // Of a row that only one has, the measured value is what counts.
            let counts = row_a.is_some() && row_b.is_some()
                || ["level", "quantity", "price", "value", "amount"].contains(&attribute.key);
            if first != second && counts {
                found.push(CellDifference {
                    table: kind.stem(),
                    file: a.file.clone(),
                    line: key.0,
                    row: row_a.or(row_b).map_or_else(String::new, |row| named(a, row)),
                    column: a.header(column).to_owned(),
                    first,
                    second,
                });
            }
        }
    }
    found
}

/// The id of a row, else the cells by which its table tells rows apart, else its first two cells.
fn named(table: &RawTable, row: &Row<'_>) -> String {
    let of_key = |key: &str| row.text(table.column(key)).map(str::to_owned);
    let keys: Vec<String> = table.attributes.unique.iter().filter_map(|key| of_key(key)).collect();
    if !keys.is_empty() {
        return keys.join(" ");
    }
    let columns = table.attributes.all_columns().enumerate();
    let cells = columns.filter_map(|(number, attribute)| row.text(table.numbered(number, attribute)));
    cells.take(2).collect::<Vec<_>>().join(" ")
}
