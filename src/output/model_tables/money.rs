//! The tables of projects and their money, as far as generated systems have them: projects that add capacity, funds
//! without rules of their own, financing with progress.

use super::{line, number};
use crate::model::{AppropriationState, Change, Decision, EffectTarget, FundLevel, Model, ProjectClass};
use crate::money::Fen;
use crate::output::row::Cell;

/// Tables by the stem of their file, with header and rows.
pub(super) fn tables(model: &Model) -> [(&'static str, String); 7] {
    [
        ("projects", projects(model)),
        ("effects", effects(model)),
        ("funds", funds(model)),
        ("duties", duties(model)),
        ("appropriations", appropriations(model)),
        ("financing", financing(model)),
        ("mixes", mixes(model)),
    ]
}

fn amount(amount: Fen) -> [String; 2] {
    [Cell::from(amount).written(), "元".to_owned()]
}

fn projects(model: &Model) -> String {
    let mut table = String::from(
        "id,name,name_en,class,place,investment,unit,earliest_start,build_months,priority,bridge_share\n",
    );
    for project in &model.projects {
        let class = match project.class {
            ProjectClass::Key => "key",
            ProjectClass::General => "general",
        };
        let [investment, unit] = amount(project.investment);
        line(
            &mut table,
            &[
                &project.key,
                &project.name,
                &project.name_en,
                class,
                &model.places[project.place].key,
                &investment,
                &unit,
                &project.earliest_start.to_string(),
                &project.build_months.to_string(),
                &project.priority.to_string(),
                &(project.bridge_share.0 as f64 / 1.0e6).to_string(),
            ],
        );
    }
    table
}

fn effects(model: &Model) -> String {
    let mut table = String::from("project,kind,process,operation,value\n");
    for project in &model.projects {
        for effect in &project.effects {
            let EffectTarget::Capacity(process) = effect.target else { continue };
            let (operation, value) = match effect.change {
                Change::Add(value) => ("+", value),
                Change::Multiply(value) => ("×", value),
                Change::Set(value) => ("=", value),
            };
            let process = &model.processes[process].key;
            line(&mut table, &[&project.key, "capacity", process, operation, &number(value)]);
        }
    }
    table
}

fn funds(model: &Model) -> String {
    let mut table = String::from("id,name,name_en,level,place,open\n");
    for fund in &model.funds {
        let level = match fund.level {
            FundLevel::Central => "central",
            FundLevel::Provincial => "provincial",
            FundLevel::Municipal => "municipal",
            FundLevel::County => "county",
            FundLevel::Enterprise => "enterprise",
            FundLevel::Bank => "bank",
            FundLevel::Social => "social",
        };
        let (place, open) = (&model.places[fund.place].key, if fund.open { "yes" } else { "no" });
        line(&mut table, &[&fund.key, &fund.name, &fund.name_en, level, place, open]);
    }
    table
}

fn duties(model: &Model) -> String {
    let mut table = String::from("place,fund,amount,unit,due\n");
    for duty in &model.duties {
        let [least, unit] = amount(duty.amount);
        let (place, fund) = (&model.places[duty.place].key, &model.funds[duty.fund].key);
        line(&mut table, &[place, fund, &least, &unit, &duty.due.to_string()]);
    }
    table
}

fn appropriations(model: &Model) -> String {
    let mut table = String::from("fund,month,amount,unit,state\n");
    for put in &model.appropriations {
        let state = match put.state {
            AppropriationState::PaidIn => "paid_in",
            AppropriationState::Committed => "committed",
            AppropriationState::Requested => "requested",
        };
        let [sum, unit] = amount(put.amount);
        line(&mut table, &[&model.funds[put.fund].key, &put.month.to_string(), &sum, &unit, state]);
    }
    table
}

fn financing(model: &Model) -> String {
    let mut table = String::from("project,fund,amount,unit\n");
    for row in &model.financing {
        let [sum, unit] = amount(row.amount);
        line(&mut table, &[&model.projects[row.project].key, &model.funds[row.fund].key, &sum, &unit]);
    }
    table
}

/// Decisions that are not the usual one, which is to build without delay; one row where nothing is built.
fn mixes(model: &Model) -> String {
    let mut table = String::from("scenario,project,decision,delay\n");
    for scenario in &model.scenarios {
        if !scenario.decisions.is_empty() && scenario.decisions.iter().all(|d| *d == Decision::Skip) {
            line(&mut table, &[&scenario.key, "*", "skip", "0"]);
            continue;
        }
        for (project, decision) in model.projects.iter().zip(&scenario.decisions) {
            let (word, delay) = match decision {
                Decision::Build { delay: 0 } => continue,
                Decision::Build { delay } => ("build", *delay),
                Decision::Skip => ("skip", 0),
            };
            line(&mut table, &[&scenario.key, &project.key, word, &delay.to_string()]);
        }
    }
    table
}
