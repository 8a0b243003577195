//! Who the columns are.

use super::Subject;
use crate::report::named;
use serde::Serialize;

/// A scenario as a column.
#[derive(Clone, Debug, Serialize)]
pub struct ScenarioHead {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Why it is looked at.
    pub why: String,
    /// Whether the cost of the gap is measured on it.
    pub base: bool,
    /// Whether the matching rule is applied.
    pub matching: bool,
    /// Projects it builds.
    pub built: usize,
    /// Of these, on stream within the horizon.
    pub on_stream: usize,
    /// Months late against money being no matter, summed over its projects that come on stream.
    pub months_late: i32,
}

pub(super) fn heads(subject: &Subject<'_>) -> Vec<ScenarioHead> {
    (0..subject.run.scenarios.len()).map(|position| head(subject, position)).collect()
}

fn head(subject: &Subject<'_>, position: usize) -> ScenarioHead {
    let model = subject.model(position);
    let scenario = &model.scenarios[model.scenario];
    let schedule = &subject.run.scenarios[position].funding.schedule;
    let late = schedule.iter().filter_map(|s| Some(s.on_stream?.since(s.planned_on_stream?)));
    ScenarioHead {
        id: scenario.key.clone(),
        name: named(subject.language, &scenario.name, &scenario.name_en).to_owned(),
        why: named(subject.language, &scenario.why, &scenario.why_en).to_owned(),
        base: subject.run.base == Some(position),
        matching: scenario.matching,
        built: schedule.iter().filter(|s| s.built).count(),
        on_stream: schedule.iter().filter(|s| s.built && s.on_stream.is_some()).count(),
        months_late: late.sum(),
    }
}
