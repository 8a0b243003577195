//! A model's texts with a scenario more: the mix that was chosen, to be run like any other.

use super::attributes;
use super::names::folded;
use super::texts::{ModelText, TableText};
use crate::model::{Decision, TableKind};

/// The scenario that is added.
#[derive(Clone, Debug)]
pub struct NewScenario<'a> {
    /// Id.
    pub id: &'a str,
    /// Names, Chinese and English.
    pub names: [&'a str; 2],
    /// Id of the scenario it is based on.
    pub based_on: &'a str,
    /// Whether matching rules are applied.
    pub matching: bool,
    /// Why, Chinese and English.
    pub why: [&'a str; 2],
    /// By project: id and decision.
    pub decisions: Vec<(&'a str, Decision)>,
}

/// Puts the scenario into the texts, in the place of one of the same id.
pub fn with_scenario(model: &mut ModelText, scenario: &NewScenario<'_>) {
    let yes = |is: bool| if is { "yes" } else { "no" };
    let based_on = scenario.based_on;
    put(
        model,
        TableKind::Scenarios,
        "id",
        scenario.id,
        vec![vec![
            ("id", scenario.id),
            ("name", scenario.names[0]),
            ("name_en", scenario.names[1]),
            ("based_on", based_on),
            ("base", "no"),
            ("matching", yes(scenario.matching)),
            ("why", scenario.why[0]),
            ("why_en", scenario.why[1]),
            ("quality", "assumption"),
        ]],
    );
    let delays: Vec<String> = scenario
        .decisions
        .iter()
        .map(|(_, decision)| match decision {
            Decision::Build { delay } => delay.to_string(),
            Decision::Skip => "0".to_owned(),
        })
        .collect();
    let rows = scenario.decisions.iter().zip(&delays).map(|((project, decision), delay)| {
        let word = if *decision == Decision::Skip { "skip" } else { "build" };
        vec![
            ("scenario", scenario.id),
            ("project", *project),
            ("decision", word),
            ("delay", delay.as_str()),
            ("quality", "assumption"),
        ]
    });
    put(model, TableKind::Mixes, "scenario", scenario.id, rows.collect());
}

/// Rows of a table under its own headers; those that a key tells to be of the same are taken out before.
fn put(model: &mut ModelText, kind: TableKind, key: &str, value: &str, rows: Vec<Vec<(&str, &str)>>) {
    if !model.tables.iter().any(|table| table.attributes.table == kind) {
        let Some(attributes) = attributes::all().find(|of| of.table == kind) else { return };
        model.tables.push(TableText { attributes, header: Vec::new(), rows: Vec::new() });
    }
    let Some(table) = model.tables.iter_mut().find(|table| table.attributes.table == kind) else { return };
    if let Some(at) = column(table, key) {
        table.rows.retain(|row| row.get(at).is_none_or(|cell| cell.trim() != value));
    }
    for cells in rows {
        let mut row = vec![String::new(); table.header.len()];
        for (key, text) in cells {
            let at = column(table, key).unwrap_or_else(|| {
                table.header.push(key.to_owned());
                table.header.len() - 1
            });
            row.resize(row.len().max(at + 1), String::new());
            text.clone_into(&mut row[at]);
        }
        table.rows.push(row);
    }
    let width = table.header.len();
    table.rows.iter_mut().for_each(|row| row.resize(row.len().max(width), String::new()));
}

/// Where a column stands, by its key or its Chinese header.
fn column(table: &TableText, key: &str) -> Option<usize> {
    let chinese = table.attributes.columns.iter().find(|column| column.key == key).map(|column| column.zh);
    table.header.iter().position(|header| {
        let header = folded(header);
        header == key || chinese.is_some_and(|chinese| header == folded(chinese))
    })
}
