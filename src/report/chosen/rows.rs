//! Rows of the answer.

use super::words::{objective_name, objective_unit, shown, why_not};
use super::{
    AlternativeRow, CalendarRow, EconomicsRow, FrontierRow, MarketRow, MoneyRow, ObjectiveRow, ProjectRow,
    RegretRow, TargetRow, status_word,
};
use crate::calendar::Month;
use crate::diagnostic::Language;
use crate::funding::EntryKind;
use crate::id::{FundId, Id, ProjectId};
use crate::indicators::Direction;
use crate::model::{FundLevel, Model};
use crate::money::Fen;
use crate::optimise::alternatives::distance;
use crate::optimise::answer::{Answered, Chosen, Optimised, Puts};
use crate::optimise::question::Objective;
use crate::report::named;
use std::collections::BTreeMap;

fn project_name(model: &Model, id: ProjectId, language: Language) -> String {
    let project = &model.projects[id];
    named(language, &project.name, &project.name_en).to_owned()
}

pub(super) fn objectives(of: &Optimised, chosen: &Chosen, language: Language) -> Vec<ObjectiveRow> {
    let asked = chosen.choice.stages.iter().map(|stage| stage.objective);
    let rest = Objective::ALL
        .into_iter()
        .filter(|objective| !chosen.choice.stages.iter().any(|stage| stage.objective == *objective));
    asked
        .chain(rest)
        .map(|objective| {
            let stage = chosen.choice.stages.iter().find(|stage| stage.objective == objective);
            let unit = |value: f64| shown(objective, value);
            ObjectiveRow {
                objective: objective.word(),
                name: objective_name(objective, language),
                unit: objective_unit(objective, language),
                status: stage.map_or("none", |stage| status_word(&stage.status)),
                promised: stage.map(|stage| unit(stage.value)),
                bound: stage.map(|stage| unit(stage.bound)),
                gap: stage.map(crate::optimise::lexicographic::Stage::gap),
                simulated: unit(chosen.planned.judged.value(objective)),
                recommended: unit(chosen.best.judged.value(objective)),
                without: unit(of.without.value(objective)),
            }
        })
        .collect()
}

pub(super) fn projects(of: &Optimised, language: Language) -> Vec<ProjectRow> {
    let model = &of.model;
    let chosen = match &of.answered {
        Answered::Chosen(chosen) => Some(chosen),
        _ => None,
    };
    of.offers
        .iter()
        .map(|offer| {
            let (id, at) = (offer.project, offer.project.index());
            let project = &model.projects[id];
            let place = &model.places[project.place];
            let start = chosen.and_then(|chosen| chosen.best.mix[at]).map(|start| offer.starts[start]);
            let on_stream = chosen.and_then(|chosen| chosen.best.judged.on_stream[at]);
            ProjectRow {
                project: project.key.clone(),
                name: project_name(model, id, language),
                place: named(language, &place.name, &place.name_en).to_owned(),
                promised: chosen.is_some_and(|chosen| chosen.choice.mix[at].is_some()),
                recommended: start.is_some(),
                delay: start.map(|start| start.delay),
                start: start.map(|start| start.month.to_string()),
                planned: start.map(|start| start.on_stream.to_string()),
                on_stream: on_stream.map(|month| month.to_string()),
                grants: offer.granted().wan(),
                investment: project.investment.wan(),
                jobs: project.jobs.map(|jobs| jobs.central),
                refused: why_not(model, offer, language),
            }
        })
        .collect()
}

pub(super) fn targets(of: &Optimised, language: Language) -> Vec<TargetRow> {
    let model = &of.model;
    let chosen = match &of.answered {
        Answered::Chosen(chosen) => Some(chosen),
        _ => None,
    };
    of.question
        .goals
        .iter()
        .enumerate()
        .map(|(at, goal)| {
            let definition = &of.definitions[goal.definition];
            let place = &model.places[goal.place];
            let shown = |value: f64| definition.shown(value);
            let figure = chosen.and_then(|chosen| chosen.promise.goals[at]);
            TargetRow {
                indicator: definition.key.clone(),
                name: definition.name_in(language).to_owned(),
                place: named(language, &place.name, &place.name_en).to_owned(),
                year: goal.year,
                unit: definition.unit_in(language).to_owned(),
                less_is_better: definition.direction == Direction::Less,
                hard: goal.hard,
                target: shown(goal.value),
                without: of.without.goals[at].value.map(shown),
                promised: figure.map(|figure| shown(figure.promised)),
                timing: figure.map(|figure| shown(figure.timing())),
                allocation: figure.map(|figure| shown(figure.allocation())),
                simulated: chosen.and_then(|chosen| chosen.planned.judged.goals[at].value).map(shown),
                recommended: chosen.and_then(|chosen| chosen.best.judged.goals[at].value).map(shown),
                met: chosen.is_some_and(|chosen| chosen.best.judged.goals[at].met),
                least_shortfall: of.reach[at].0,
            }
        })
        .collect()
}

pub(super) fn markets(of: &Optimised, chosen: &Chosen, language: Language) -> Vec<MarketRow> {
    let (model, network) = (&of.model, &of.plan.network);
    let rows = chosen.promise.markets.iter().map(|row| {
        let market = &network.markets[row.market];
        let (material, place) = (&model.materials[market.material], &model.places[market.place]);
        MarketRow {
            material: named(language, &material.name, &material.name_en).to_owned(),
            place: named(language, &place.name, &place.name_en).to_owned(),
            year: row.year,
            promised: row.figure.promised,
            timing: row.figure.timing(),
            allocation: row.figure.allocation(),
            simulated: row.figure.simulated,
        }
    });
    rows.filter(|row| row.promised != 0.0 || row.simulated != 0.0).collect()
}

pub(super) fn alternatives(of: &Optimised, chosen: &Chosen, language: Language) -> Vec<AlternativeRow> {
    let model = &of.model;
    let ids: Vec<ProjectId> = model.projects.ids().collect();
    let listed = |has: &dyn Fn(usize) -> bool| -> Vec<String> {
        ids.iter().filter(|id| has(id.index())).map(|id| project_name(model, *id, language)).collect()
    };
    chosen
        .alternatives
        .iter()
        .enumerate()
        .map(|(number, other)| {
            let (mix, first) = (&other.mix, &chosen.choice.mix);
            let mut values = other.judged.values;
            for objective in Objective::ALL {
                let at = objective as usize;
                values[at] = shown(objective, values[at]);
            }
            AlternativeRow {
                number: number + 1,
                differing: distance(first, mix),
                adds: listed(&|at| mix[at].is_some() && first[at].is_none()),
                leaves_out: listed(&|at| mix[at].is_none() && first[at].is_some()),
                values,
                holds: other.judged.broken == 0.0,
            }
        })
        .collect()
}

pub(super) fn frontier(chosen: &Chosen) -> Vec<FrontierRow> {
    let Some(last) = chosen.frontier.last().and_then(|point| point.point.choice.stages.first()) else {
        return Vec::new();
    };
    let first = last.objective;
    chosen
        .frontier
        .iter()
        .filter_map(|point| {
            let stages = &point.point.choice.stages;
            let one = stages.iter().find(|stage| stage.objective == first)?;
            let other = stages.iter().find(|stage| stage.objective != first)?;
            let simulated = [first, other.objective].map(|of| shown(of, point.judged.value(of)));
            Some(FrontierRow {
                limit: shown(other.objective, point.point.limit),
                promised: [shown(first, one.value), shown(other.objective, other.value)],
                bound: shown(first, one.bound),
                simulated,
                projects: point.point.choice.mix.iter().flatten().count(),
                status: status_word(&one.status),
            })
        })
        .collect()
}

pub(super) fn money(of: &Optimised, chosen: &Chosen, language: Language) -> Vec<MoneyRow> {
    let rows = chosen.money.iter().map(|step| {
        let (fund, duty) = match step.puts {
            Puts::Further(fund) => (fund, false),
            Puts::Duty(fund) => (fund, true),
        };
        MoneyRow {
            fund: fund_name(&of.model, fund, language),
            duty,
            amount: step.amount.wan(),
            targets: step.targets,
            points: step.points,
            tonnes: step.tonnes,
        }
    });
    rows.collect()
}

fn fund_name(model: &Model, fund: FundId, language: Language) -> String {
    let fund = &model.funds[fund];
    named(language, &fund.name, &fund.name_en).to_owned()
}

pub(super) fn regret(of: &Optimised, chosen: &Chosen, language: Language) -> Vec<RegretRow> {
    let Some(regret) = &chosen.regret else { return Vec::new() };
    let mut rows = Vec::new();
    for (at, scenario) in regret.scenarios.iter().enumerate() {
        let id = of.model.scenarios.ids().nth(*scenario);
        let name = id.map_or_else(String::new, |id| {
            let scenario = &of.model.scenarios[id];
            named(language, &scenario.name, &scenario.name_en).to_owned()
        });
        for mix in 0..regret.asked {
            rows.push(RegretRow {
                scenario: name.clone(),
                mix: mix + 1,
                objective: regret.objective.word(),
                value: shown(regret.objective, regret.values[at][mix]),
                regret: shown(regret.objective, regret.regret(at, mix)),
                worst: shown(regret.objective, regret.worst(mix)),
            });
        }
    }
    rows
}

pub(super) fn economics(of: &Optimised, chosen: &Chosen, language: Language) -> Vec<EconomicsRow> {
    let recovery = chosen.recovery.as_ref();
    let rows = chosen.returns.iter().map(|row| {
        let recovered = recovery.and_then(|costs| costs.projects.iter().find(|of| of.project == row.project));
        EconomicsRow {
            project: of.model.projects[row.project].key.clone(),
            name: project_name(&of.model, row.project, language),
            tonnes: recovered.map(|of| of.tonnes),
            investment_per_tonne: recovered.map(|of| of.investment),
            running_per_tonne: recovered.and_then(|of| of.running),
            npv: row.npv.map(|yuan| yuan / 1e4),
            irr: row.irr,
            payback: row.payback,
            jobs_per_million: row.jobs_per_million,
        }
    });
    rows.collect()
}

pub(super) fn calendar(of: &Optimised, chosen: &Chosen, language: Language) -> Vec<CalendarRow> {
    let mut sums: BTreeMap<(FundId, Month), [Fen; 2]> = BTreeMap::new();
    for entry in &chosen.funding.ledger.entries {
        let at = match entry.kind {
            EntryKind::Payment => 0,
            EntryKind::InstalmentDue => 1,
            _ => continue,
        };
        if let Some(fund) = entry.fund {
            sums.entry((fund, entry.month)).or_default()[at] += entry.amount;
        }
    }
    let rows = sums.into_iter().map(|((fund, month), [paid, due])| CalendarRow {
        fund: of.model.funds[fund].key.clone(),
        name: fund_name(&of.model, fund, language),
        level: level(of.model.funds[fund].level, language).to_owned(),
        month: month.to_string(),
        paid: paid.wan(),
        due: due.wan(),
    });
    rows.collect()
}

fn level(level: FundLevel, language: Language) -> &'static str {
    match level {
        FundLevel::Central => language.pick("中央", "central"),
        FundLevel::Provincial => language.pick("省级", "provincial"),
        FundLevel::Municipal => language.pick("市级", "municipal"),
        FundLevel::County => language.pick("县级", "county"),
        FundLevel::Enterprise => language.pick("企业", "enterprise"),
        FundLevel::Bank => language.pick("银行", "bank"),
        FundLevel::Social => language.pick("社会资本", "social"),
    }
}
