//! What a run says at first sight: an answer, scenarios side by side, the cost of the gap, what to mind.
//!
//! The summary is data in one language; [`super::text`] and JSON print the same.

mod answer;
mod cost;
mod head;
mod money;
mod notes;
mod targets;

pub use cost::{Cost, CostLine, CountyLine};
pub use head::ScenarioHead;
pub use money::{Money, MoneyRow};
pub use targets::{Outcome, Tally, TargetRow};

use super::named;
use crate::diagnostic::Language;
use crate::indicators::Definition;
use crate::model::Model;
use crate::outcome::StudyRun;
use crate::output::STAMP;
use serde::Serialize;
use std::sync::Arc;

/// The summary of a run.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Id of the model.
    pub model: String,
    /// Name of the model.
    pub name: String,
    /// Whether the data are invented: then `stamp` says so.
    pub illustrative: bool,
    /// The stamp of invented data.
    pub stamp: Option<&'static str>,
    /// First and last year.
    pub years: (i32, i32),
    /// The answer in a few sentences.
    pub answer: Vec<String>,
    /// Scenarios in order: columns of all that follows.
    pub scenarios: Vec<ScenarioHead>,
    /// Indicators against targets.
    pub targets: Vec<TargetRow>,
    /// How many targets each scenario meets.
    pub tallies: Vec<Tally>,
    /// Gaps at the months that matter.
    pub money: Vec<Money>,
    /// Cost of the gap; `None` without county duties.
    pub cost_of_gap: Option<Cost>,
    /// What to mind: several answers, poor data, definitions not checked.
    pub notes: Vec<String>,
    /// Folder of the results; `None` when nothing was written.
    pub folder: Option<String>,
    /// Files in it.
    pub files: Vec<String>,
}

/// What a summary is made of.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// One model a scenario.
    pub models: &'a [Arc<Model>],
    /// Definitions of the indicators.
    pub definitions: &'a [Definition],
    /// The run.
    pub run: &'a StudyRun,
    /// Language of words.
    pub language: Language,
}

impl<'a> Subject<'a> {
    /// The model of a scenario by its position.
    #[must_use]
    pub fn model(&self, scenario: usize) -> &'a Model {
        &self.models[self.run.scenarios[scenario].model]
    }

    /// The name of a scenario by its position.
    #[must_use]
    pub fn scenario_name(&self, scenario: usize) -> &'a str {
        let model = self.model(scenario);
        let record = &model.scenarios[model.scenario];
        named(self.language, &record.name, &record.name_en)
    }
}

/// The stamp on whatever is made of invented data.
#[must_use]
pub fn stamp(language: Language) -> &'static str {
    let [zh, en] = STAMP;
    language.pick(zh, en)
}

/// Summarises a run. The files are added by whoever writes them.
///
/// # Panics
/// When the run has no scenario: a model without one is refused before.
#[must_use]
pub fn summarise(subject: &Subject<'_>) -> Summary {
    let settings = &subject.models[0].settings;
    let targets = targets::rows(subject);
    let tallies = targets::tallies(subject, &targets);
    let money = money::at_months(subject);
    let cost_of_gap = cost::cost(subject);
    Summary {
        model: settings.id.clone(),
        name: named(subject.language, &settings.name, &settings.name_en).to_owned(),
        illustrative: settings.illustrative,
        stamp: settings.illustrative.then(|| stamp(subject.language)),
        years: (settings.base_year, settings.horizon),
        answer: answer::sentences(subject, &targets, &tallies, &money, cost_of_gap.as_ref()),
        scenarios: head::heads(subject),
        tallies,
        money,
        notes: notes::notes(subject, &targets),
        cost_of_gap,
        targets,
        folder: None,
        files: Vec::new(),
    }
}
