//! The answer of `optimise`, ready to be shown: names, units, words; nothing is computed here that was not asked for.

mod answer;
mod beside;
mod conflict;
mod page;
mod rows;
mod section;
mod sections;
mod text;
mod words;
mod worth;

pub use answer::{
    AlternativeRow, CalendarRow, ConflictRow, EconomicsRow, FrontierRow, MarketRow, MoneyRow, ObjectiveRow,
    ProjectRow, RegretRow, TargetRow, View,
};
pub use page::page;
pub use text::text;

use crate::diagnostic::Language;
use crate::model::Model;
use crate::optimise::answer::{Answered, Optimised};
use crate::optimise::effort::Status;
use crate::optimise::question::Objective;
use crate::optimise::solver::SOLVER;
use crate::report::recovery::Recovered;
use crate::report::summary;

/// Everything of an answer.
#[must_use]
pub fn view(of: &Optimised, language: Language) -> View {
    let model: &Model = &of.model;
    let scenario = &model.scenarios[model.scenario];
    let mut view = View {
        name: super::named(language, &model.settings.name, &model.settings.name_en).to_owned(),
        scenario: super::named(language, &scenario.name, &scenario.name_en).to_owned(),
        stamp: model.settings.illustrative.then(|| summary::stamp(language)),
        ending: "failed",
        failed: None,
        solver: SOLVER,
        size: None,
        tried: None,
        settled: None,
        enumerated: None,
        objectives: Vec::new(),
        projects: rows::projects(of, language),
        targets: rows::targets(of, language),
        markets: Vec::new(),
        tonnes: None,
        alternatives: Vec::new(),
        frontier: Vec::new(),
        frontier_of: None,
        no_frontier: false,
        money: Vec::new(),
        regret: Vec::new(),
        economics: Vec::new(),
        recovery: None,
        appraising: None,
        calendar: Vec::new(),
        conflict: Vec::new(),
        conflict_more: false,
    };
    match &of.answered {
        Answered::Failed(words) => view.failed = Some(words.clone()),
        Answered::Conflict(found) => {
            view.ending = "conflict";
            view.conflict = conflict::rows(of, found, language);
            view.conflict_more = found.more;
        }
        Answered::Chosen(chosen) => {
            view.ending = "chosen";
            view.size = Some(chosen.size);
            view.tried = Some(chosen.best.tried);
            view.settled = Some(chosen.best.is_settled);
            view.enumerated = chosen.exhaustive.as_ref().map(|found| found.tried);
            view.objectives = rows::objectives(of, chosen, language);
            view.markets = rows::markets(of, chosen, language);
            let tonnes = chosen.promise.tonnes;
            view.tonnes = Some([tonnes.promised, tonnes.timing(), tonnes.allocation(), tonnes.simulated]);
            view.alternatives = rows::alternatives(of, chosen, language);
            view.frontier = rows::frontier(chosen);
            view.no_frontier = chosen.no_frontier;
            view.frontier_of = chosen.frontier.first().and_then(|point| {
                let stages = &point.point.choice.stages;
                let second = stages.iter().map(|stage| stage.objective);
                let both: Vec<Objective> = second.collect();
                let ends = chosen.frontier.last()?;
                let first = ends.point.choice.stages.first()?.objective;
                let second = both.into_iter().find(|objective| *objective != first)?;
                Some([first.word(), second.word()])
            });
            view.money = rows::money(of, chosen, language);
            view.regret = rows::regret(of, chosen, language);
            view.economics = rows::economics(of, chosen, language);
            let recovery = chosen.recovery.as_ref();
            view.recovery = recovery.and_then(|costs| Recovered::of(model, costs, language));
            view.appraising = Some((chosen.appraising.rate, chosen.appraising.life));
            view.calendar = rows::calendar(of, chosen, language);
        }
    }
    view
}

/// Name of an objective by its word.
pub(super) fn objective_name(word: &str, language: Language) -> &'static str {
    Objective::of(word).map_or("", |objective| words::objective_name(objective, language))
}

/// Unit of an objective by its word.
pub(super) fn objective_unit(word: &str, language: Language) -> &'static str {
    Objective::of(word).map_or("", |objective| words::objective_unit(objective, language))
}

/// The word of a status in results.
fn status_word(status: &Status) -> &'static str {
    match status {
        Status::Proven => "proven",
        Status::Limited => "limited",
        Status::Start => "start",
        Status::Unconfirmed => "unconfirmed",
    }
}
