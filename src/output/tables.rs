//! The result files: for each its columns and how its rows are made, in one list.
//!
//! The list drives the CSV files, `datapackage.json` and the test that every file has the columns it says.

mod accounts;
mod actors;
mod balances;
mod cost_of_gap;
mod flows;
mod gaps;
mod in_use_stocks;
mod indicator_terms;
mod indicators;
mod ledger;
mod projects;
mod stocks;
mod vintages;

pub use accounts::{Account, Accounts};
pub use flows::kind_word;

use super::row::{Field, Rows};
use crate::indicators::Definition;
use crate::model::Model;
use crate::network::{Network, Node};
use crate::outcome::{ScenarioRun, StudyRun};
use std::sync::Arc;

/// What result files are made of.
#[derive(Clone, Copy, Debug)]
pub struct Results<'a> {
    /// One model a scenario.
    pub models: &'a [Arc<Model>],
    /// Definitions of the indicators.
    pub definitions: &'a [Definition],
    /// The run.
    pub run: &'a StudyRun,
    /// The scenario whose rows are asked for; `None`: those of all.
    pub only: Option<usize>,
}

/// One scenario with all that its rows name.
#[derive(Clone, Copy, Debug)]
pub struct OneScenario<'a> {
    /// Id of the scenario.
    pub key: &'a str,
    /// Its model.
    pub model: &'a Model,
    /// Its run.
    pub run: &'a ScenarioRun,
    /// Network, shared.
    pub network: &'a Network,
}

impl<'a> Results<'a> {
    /// The scenarios in order.
    pub fn scenarios(self) -> impl Iterator<Item = OneScenario<'a>> {
        let asked = self.only.map_or(0..self.run.scenarios.len(), |only| only..only + 1);
        self.run.scenarios[asked].iter().map(move |run| {
            let model = &self.models[run.model];
            let key = model.scenarios[model.scenario].key.as_str();
            OneScenario { key, model, run, network: &self.run.plan.network }
        })
    }

    /// The parts whose rows, one after the other, are those of a table.
    #[must_use]
    pub fn parts(self, table: &ResultTable) -> Vec<Self> {
        if !table.by_scenario {
            return vec![self];
        }
        (0..self.run.scenarios.len()).map(|scenario| Self { only: Some(scenario), ..self }).collect()
    }

    /// The rows of a table, as they stand in its file.
    #[must_use]
    pub fn rows(self, table: &ResultTable) -> Vec<u8> {
        let mut rows = Rows::new(table.fields);
        (table.fill)(self, &mut rows);
        rows.end()
    }
}

/// A result file.
#[derive(Clone, Copy, Debug)]
pub struct ResultTable {
    /// Name without `.csv`.
    pub name: &'static str,
    /// Title, Chinese.
    pub zh: &'static str,
    /// Title, English.
    pub en: &'static str,
    /// Columns.
    pub fields: &'static [Field],
    /// Whether its rows are those of the scenarios one after the other.
    pub by_scenario: bool,
    /// Writes the rows.
    pub fill: fn(Results<'_>, &mut Rows),
}

/// All result files in the order of writing.
pub const TABLES: [ResultTable; 12] = [
    indicators::TABLE,
    indicator_terms::TABLE,
    gaps::TABLE,
    cost_of_gap::TABLE,
    ledger::TABLE,
    flows::TABLE,
    stocks::TABLE,
    in_use_stocks::TABLE,
    vintages::TABLE,
    projects::TABLE,
    actors::TABLE,
    balances::TABLE,
];

/// A node as result files name it: `process:<id>`, `market:<material>@<place>`, `outside`, …
#[must_use]
pub fn node_label(model: &Model, network: &Network, node: Node) -> String {
    let of_market = |kind: &str, market| {
        let market = &network.markets[market];
        format!("{kind}:{}@{}", model.materials[market.material].key, model.places[market.place].key)
    };
    match node {
        Node::Process(process) => format!("process:{}", model.processes[process].key),
        Node::Market(market) => of_market("market", market),
        Node::Stock(market) => of_market("stock", market),
        Node::Demand(market) => of_market("demand", market),
        Node::Nature => "nature".to_owned(),
        Node::Outside => "outside".to_owned(),
        Node::Disposal => "disposal".to_owned(),
        Node::Lost => "lost".to_owned(),
        Node::Missing => "missing".to_owned(),
    }
}
