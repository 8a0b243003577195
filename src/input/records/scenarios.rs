//! Scenarios and the decisions of their mixes.

use crate::id::{Id, ScenarioId};
use crate::input::build::Build;
use crate::input::reading::CommonColumns;
use crate::model::{Decision, Provenance, Scenario, TableKind};

/// Reads `scenarios` and `mixes`; without scenarios there is one, the base.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    let chains = scenarios(build);
    decisions(build, &chains);
    changed(build);
}

/// Every row of `changes` belongs to a scenario that there is; what it changes is read with that scenario.
fn changed(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Changes) else { return };
    let scenario = table.column("scenario");
    for row in table.rows() {
        build.reading.reference(row, scenario, TableKind::Scenarios);
    }
}

/// For every scenario: itself and those it is based on, the first ancestor first.
fn scenarios(build: &mut Build<'_>) -> Vec<Vec<usize>> {
    let table = build.tables.own(TableKind::Scenarios).filter(|table| !table.is_empty());
    let Some(table) = table else {
        build.model.scenarios.push(only());
        return vec![vec![0]];
    };
    let keys = ["id", "name", "name_en", "based_on", "base", "matching", "why", "why_en"];
    let [id, name, name_en, based_on, base, matching, why, why_en] = keys.map(|key| table.column(key));
    let common = CommonColumns::of(table);
    let mut above: Vec<Option<usize>> = Vec::new();
    let mut switches: Vec<Option<bool>> = Vec::new();
    let mut first_base: Option<u32> = None;
    for row in table.rows() {
        let reading = &mut build.reading;
        let of = reading.reference(row, based_on, TableKind::Scenarios);
        above.push(of.map(|number| number as usize));
        switches.push(reading.flag(row, matching));
        let is_base = row.text(base).is_some() && reading.flag(row, base) == Some(true);
        if let (true, Some(first)) = (is_base, first_base) {
            reading.at("E143", row, base).with("first", first.to_string());
        } else if is_base {
            first_base = Some(row.line());
        }
        let called = reading.text(row, name).unwrap_or_default().to_owned();
        let reason = reading.text(row, why).unwrap_or_default().to_owned();
        let scenario = Scenario {
            key: row.text(id).unwrap_or_default().to_owned(),
            name_en: reading.text(row, name_en).unwrap_or(&called).to_owned(),
            name: called,
            why_en: reading.text(row, why_en).unwrap_or(&reason).to_owned(),
            why: reason,
            base: is_base,
            matching: false,
            decisions: Vec::new(),
            provenance: reading.provenance(row, &common),
        };
        build.model.scenarios.push(scenario);
    }
    if first_base.is_none() {
        build.model.scenarios[ScenarioId::from_index(0)].base = true;
    }
    let mut chains = Vec::new();
    for row in table.rows() {
        let chain = chain_of(row.number, &above);
        if chain.is_none() {
            let found = row.text(id).unwrap_or_default();
            build.reading.at("E144", row, based_on).with("found", found);
        }
        let chain = chain.unwrap_or_else(|| vec![row.number]);
        let matching = chain.iter().rev().find_map(|number| switches[*number]).unwrap_or(false);
        build.model.scenarios[ScenarioId::from_index(row.number)].matching = matching;
        chains.push(chain);
    }
    chains
}

fn only() -> Scenario {
    Scenario {
        key: "base".into(),
        name: "基准".into(),
        name_en: "Base".into(),
        why: "没有情景表：按各表原样计算".into(),
        why_en: "no scenarios are given: the tables as they are".into(),
        base: true,
        matching: false,
        decisions: Vec::new(),
        provenance: Provenance::made(TableKind::Scenarios),
    }
}

/// A scenario and those it is based on, the first ancestor first; `None` when they go in a circle.
pub(in crate::input) fn chain_of(number: usize, above: &[Option<usize>]) -> Option<Vec<usize>> {
    let mut chain = vec![number];
    let mut at = number;
    while let Some(parent) = above.get(at).copied().flatten() {
        if chain.len() > above.len() {
            return None;
        }
        chain.push(parent);
        at = parent;
    }
    chain.reverse();
    Some(chain)
}

/// What the rows of one scenario decide.
#[derive(Clone, Debug, Default)]
struct Mix {
    all: Option<Decision>,
    single: Vec<(usize, Decision)>,
}

/// Mixes down the chain: rows for `*` before rows for a project, ancestors before descendants.
fn decisions(build: &mut Build<'_>, chains: &[Vec<usize>]) {
    let projects = build.model.projects.len();
    let mut given: Vec<Mix> = vec![Mix::default(); chains.len()];
    if let Some(table) = build.tables.own(TableKind::Mixes) {
        let keys = ["scenario", "project", "decision", "delay"];
        let [scenario, project, decision, delay] = keys.map(|key| table.column(key));
        for row in table.rows() {
            let reading = &mut build.reading;
            let of = reading.reference(row, scenario, TableKind::Scenarios);
            let all = row.text(project) == Some("*");
            let project = if all { None } else { reading.reference(row, project, TableKind::Projects) };
            let word = reading.choice(row, decision);
            let delay = reading.whole(row, delay).and_then(|months| u32::try_from(months).ok());
            let decision = match word {
                Some("skip") => Decision::Skip,
                _ => Decision::Build { delay: delay.unwrap_or(0) },
            };
            let Some(of) = of.map(|number| number as usize).filter(|number| *number < given.len()) else {
                continue;
            };
            match project {
                _ if all => given[of].all = Some(decision),
                Some(project) if (project as usize) < projects => {
                    given[of].single.push((project as usize, decision));
                }
                _ => {}
            }
        }
    }
    for (number, chain) in chains.iter().enumerate() {
        let mut decided = vec![Decision::Build { delay: 0 }; projects];
        for ancestor in chain {
            let Mix { all, single } = &given[*ancestor];
            if let Some(all) = all {
                decided.fill(*all);
            }
            for (project, decision) in single {
                decided[*project] = *decision;
            }
        }
        let id = ScenarioId::from_index(number);
        if number < build.model.scenarios.len() {
            build.model.scenarios[id].decisions = decided;
        }
    }
}
