//! What was submitted before, against what is computed now: every figure that changed, and why.

use super::super::summary::Subject;
use super::json::part_key;
use crate::diagnostic::Language;
use crate::indicators::IndicatorValue;
use crate::model::Places;
use crate::report::number;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// Relative difference up to which two figures are the same.
const SAME: f64 = 1.0e-9;
/// Most parts that are named as reasons.
const MOST: usize = 4;

/// A figure of an earlier submission that is another one now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Revision {
    /// The earlier submission: its folder.
    pub submission: String,
    /// Id of the indicator.
    pub indicator: String,
    /// Year.
    pub year: i32,
    /// What was submitted; `None` when it was not computable.
    pub before: Option<f64>,
    /// What it is now.
    pub now: Option<f64>,
    /// Parts that changed, the largest first, and files of the model that did.
    pub why: Vec<String>,
}

/// The figures of earlier submissions (folder and `submission.json`) that changed. An earlier year is looked up among
/// the values of this run, scenario by scenario of the same id. Complexity O(figures submitted × values).
#[must_use]
pub fn revisions(
    subject: &Subject<'_>,
    earlier: &[(String, Value)],
    inputs: &[(String, String)],
) -> Vec<Revision> {
    let mut found = Vec::new();
    for (name, filed) in earlier {
        let scenario = (0..subject.run.scenarios.len()).find(|&at| {
            let model = subject.model(at);
            filed["scenario"] == model.scenarios[model.scenario].key.as_str()
        });
        let Some(scenario) = scenario else { continue };
        let files = changed_files(filed, inputs, subject.language);
        for figure in filed["indicators"].as_array().into_iter().flatten() {
            let (Some(key), Some(year)) = (figure["indicator"].as_str(), figure["year"].as_i64()) else {
                continue;
            };
            let Some(definition) = subject.definitions.iter().position(|d| d.key == key) else { continue };
            let values = &subject.run.scenarios[scenario].indicators;
            let now = values
                .iter()
                .find(|v| v.definition == definition && v.place == Places::ROOT && i64::from(v.year) == year);
            let Some(now) = now else { continue };
            let (before, value) = (figure["value"].as_f64(), now.value.as_ref().ok().copied());
            let same = match (before, value) {
                (Some(a), Some(b)) => (a - b).abs() <= SAME * a.abs().max(b.abs()),
                (a, b) => a.is_none() && b.is_none(),
            };
            if !same {
                let mut why = changed_parts(subject, scenario, figure, now);
                why.extend(files.clone());
                found.push(Revision {
                    submission: name.clone(),
                    indicator: key.to_owned(),
                    year: now.year,
                    before,
                    now: value,
                    why,
                });
            }
        }
    }
    found
}

/// Which parts of the terms are others now.
fn changed_parts(
    subject: &Subject<'_>,
    scenario: usize,
    figure: &Value,
    now: &IndicatorValue,
) -> Vec<String> {
    let (model, network) = (subject.model(scenario), &subject.run.plan.network);
    // By term and part: then and now.
    let mut parts: BTreeMap<(String, String), [f64; 2]> = BTreeMap::new();
    for term in figure["terms"].as_array().into_iter().flatten() {
        for part in term["parts"].as_array().into_iter().flatten() {
            let name = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            parts.entry((name(&term["term"]), name(&part["key"]))).or_default()[0] +=
                part["value"].as_f64().unwrap_or(0.0);
        }
    }
    for term in &now.terms {
        for part in &term.parts {
            parts.entry((term.name.clone(), part_key(model, network, part))).or_default()[1] += part.value;
        }
    }
    let mut changed: Vec<_> = parts
        .into_iter()
        .filter(|(_, [then, now])| (then - now).abs() > SAME * then.abs().max(now.abs()))
        .collect();
    changed.sort_by(|(_, a), (_, b)| (b[1] - b[0]).abs().total_cmp(&(a[1] - a[0]).abs()));
    let more = changed.len().saturating_sub(MOST);
    let mut words: Vec<String> = changed
        .into_iter()
        .take(MOST)
        .map(|((term, part), [then, now])| {
            format!("{term}, {part}: {} → {}", number::figure(then), number::figure(now))
        })
        .collect();
    if more > 0 {
        words.push(format!("{} {more}", subject.language.pick("另有", "and")));
    }
    words
}

/// Files of the model that are not what they were.
fn changed_files(filed: &Value, inputs: &[(String, String)], language: Language) -> Vec<String> {
    let then: BTreeMap<&str, &str> = filed["inputs"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|file| Some((file["name"].as_str()?, file["sha256"].as_str()?)))
        .collect();
    let now: BTreeMap<&str, &str> =
        inputs.iter().map(|(name, digest)| (name.as_str(), digest.as_str())).collect();
    let mut names: Vec<&str> = then.keys().chain(now.keys()).copied().collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| then.get(name) != now.get(name));
    if names.is_empty() {
        return Vec::new();
    }
    vec![format!("{}: {}", language.pick("改动的文件", "files changed"), names.join(", "))]
}
