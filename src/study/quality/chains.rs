//! Chains that hardly move their material.

use super::{Runs, listed, spot};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{Id, MaterialId, ProcessId, TechnologyId};
use crate::input::Loaded;
use crate::model::Model;
use crate::outcome::StudyRun;
use crate::simulate::YearResult;
use std::collections::BTreeMap;

/// Share of its material below which a chain hardly moves it.
const THIN: f64 = 0.01;

/// A chain: the processes of one technology (or one process with a recipe of its own) that take one material.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Chain {
    material: MaterialId,
    technology: Option<TechnologyId>,
    own: Option<ProcessId>,
}

/// Notes on chains that take less than 1 % of what the city has of their material (all deliveries and prior-year
/// stock used) in every year of every scenario. Chains that stand still are told as idle, not here; a year without
/// any of the material tells nothing.
pub(super) fn thin(loaded: &Loaded, run: &StudyRun, runs: &Runs) -> Vec<Diagnostic> {
    let model = &*loaded.base;
    let mut chains: BTreeMap<Chain, Vec<ProcessId>> = BTreeMap::new();
    for (id, process) in model.processes.enumerate().filter(|(id, _)| !runs.is_still(*id)) {
        let Some(taken) = process.taken() else { continue };
        let own = if process.technology.is_none() { Some(id) } else { None };
        let chain = Chain { material: process.rows[taken].material, technology: process.technology, own };
        chains.entry(chain).or_default().push(id);
    }
    let mut most: BTreeMap<Chain, (f64, usize, i32)> = BTreeMap::new();
    for (scenario, year) in run.years() {
        let supply = supply(model, run, year);
        for (chain, members) in &chains {
            let there = supply[chain.material.index()];
            if there <= super::STILL {
                continue;
            }
            // The row taken is the reference: activity is counted in it.
            let taken: f64 = members.iter().map(|id| year.activity[id.index()]).sum();
            let entry = most.entry(*chain).or_insert((f64::NEG_INFINITY, scenario, year.year));
            if taken / there > entry.0 {
                *entry = (taken / there, scenario, year.year);
            }
        }
    }
    let thin = most.into_iter().filter(|(_, (share, _, _))| *share < THIN);
    thin.map(|(chain, (share, scenario, year))| {
        let of_scenario = &loaded.models[run.scenarios[scenario].model];
        let members = &chains[&chain];
        let keys: Vec<&str> = members.iter().map(|id| model.processes[*id].key.as_str()).collect();
        let technology = chain.technology.map_or(keys[0], |id| model.technologies[id].key.as_str());
        Diagnostic::new(Code("N076"))
            .at(spot(model.processes[members[0]].provenance))
            .with("technology", technology)
            .with("material", model.materials[chain.material].key.clone())
            .with("share", format!("{:.2} %", share * 100.0))
            .with("scenario", of_scenario.scenarios[of_scenario.scenario].key.clone())
            .with("year", year.to_string())
            .with("processes", listed(&keys))
    })
    .collect()
}

/// What the city has of every material in a year: deliveries of processes and prior-year stock used.
fn supply(model: &Model, run: &StudyRun, year: &YearResult) -> Vec<f64> {
    let mut supply = vec![0.0; model.materials.len()];
    for (id, market) in year.markets.enumerate() {
        let at = run.plan.network.markets[id].material.index();
        supply[at] += market.delivered + market.reclaimed_for_takers + market.reclaimed_for_draws;
    }
    supply
}
