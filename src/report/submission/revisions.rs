//! What was submitted before, against what is computed now: every figure that changed, and why.

use super::super::summary::Subject;
use super::Frozen;
use super::json::{self, part_key};
use crate::calendar::Month;
use crate::diagnostic::Language;
use crate::gaps;
use crate::indicators::IndicatorValue;
use crate::model::Places;
use crate::report::number;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Relative difference up to which two figures are the same.
const SAME: f64 = 1.0e-9;
/// Most parts that are named as reasons.
const MOST: usize = 4;

/// A figure of an earlier submission that is another one now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Revision {
    /// The earlier submission: its folder.
    pub submission: String,
    /// Whose figure: an indicator's id, with `@` and the place where it is not the city's; `county:`, `park:` or `project:`
    /// and an id.
    pub of: String,
    /// Which figure of it: `value`, `target`, or what the money is; amounts are in fen.
    pub figure: String,
    /// Year.
    pub year: i32,
    /// What was submitted; `None` when it was not computable.
    pub before: Option<f64>,
    /// What it is now; `None` when it is not computable, or no longer there.
    pub now: Option<f64>,
    /// Parts that changed, the largest first, and files of the model that did.
    pub why: Vec<String>,
}

/// The figures of earlier submissions (folder and `submission.json`, oldest first) that changed or are no longer there,
/// each with the last submission that said so. An earlier
/// year is looked up among the values of this run, in the scenario of the same id. Complexity O(figures × values).
#[must_use]
pub fn revisions(subject: &Subject<'_>, earlier: &[Frozen], inputs: &[(String, String)]) -> Vec<Revision> {
    let read = earlier.iter().filter_map(|frozen| Some((&frozen.name, frozen.data.as_ref()?)));
    let mut all: Vec<Revision> =
        read.flat_map(|(name, filed)| Filed::of(subject, name, filed, inputs).revisions()).collect();
    // What several submissions said alike is listed once, with the last of them.
    let mut seen = BTreeSet::new();
    let mut latest: Vec<bool> = all
        .iter()
        .rev()
        .map(|r| seen.insert((r.year, r.of.clone(), r.figure.clone(), r.before.map(f64::to_bits))))
        .collect();
    latest.reverse();
    let mut latest = latest.into_iter();
    all.retain(|_| latest.next().unwrap_or(true));
    all
}

/// An earlier submission, looked at beside this run.
struct Filed<'a> {
    subject: &'a Subject<'a>,
    name: &'a str,
    filed: &'a Value,
    year: i32,
    /// The scenario of the same id; `None` when there is none any more.
    scenario: Option<usize>,
    /// The files of the model that changed.
    files: Vec<String>,
}

impl<'a> Filed<'a> {
    fn of(subject: &'a Subject<'a>, name: &'a str, filed: &'a Value, inputs: &[(String, String)]) -> Self {
        let scenario = (0..subject.run.scenarios.len()).find(|&at| {
            let model = subject.model(at);
            filed["scenario"] == model.scenarios[model.scenario].key.as_str()
        });
        let year = filed["year"].as_i64().and_then(|year| i32::try_from(year).ok()).unwrap_or_default();
        let files = changed_files(filed, inputs, subject.language);
        Self { subject, name, filed, year, scenario, files }
    }

    fn revisions(&self) -> Vec<Revision> {
        let mut found = Vec::new();
        let lists = [&self.filed["indicators"], &self.filed["places"]];
        for figure in lists.into_iter().filter_map(Value::as_array).flatten() {
            let Some(indicator) = figure["indicator"].as_str() else { continue };
            let place = figure["place"].as_str().unwrap_or_default();
            let now = self.now(indicator, place);
            let is_city = self.subject.model(0).places[Places::ROOT].key == place;
            let key = &if is_city { indicator.to_owned() } else { format!("{indicator}@{place}") };
            let value = now.and_then(|now| now.value.as_ref().ok().copied());
            let why = match (self.scenario, now) {
                (Some(scenario), Some(now)) => changed_parts(self.subject, scenario, figure, now),
                _ => vec![self.subject.language.pick("模型中已没有", "no longer in the model").to_owned()],
            };
            found.extend(self.revision(key, "value", figure["value"].as_f64(), value, &why));
            let target = now.and_then(|now| now.target_value);
            found.extend(self.revision(key, "target", figure["target"].as_f64(), target, &[]));
        }
        if let Some(scenario) = self.scenario {
            let parks = json::parks(self.subject, scenario, self.year);
            found.extend(self.amounts("parks", "park", &parks));
        }
        let (counties, projects) = self.money();
        found.extend(self.amounts("counties", "county", &counties));
        found.extend(self.amounts("projects", "project", &projects));
        found
    }

    /// The value of an indicator for a place in the year that was submitted.
    fn now(&self, key: &str, place: &str) -> Option<&IndicatorValue> {
        let definition = self.subject.definitions.iter().position(|definition| definition.key == key)?;
        let scenario = self.scenario?;
        let places = &self.subject.model(scenario).places;
        let values = &self.subject.run.scenarios[scenario].indicators;
        let same = |v: &&IndicatorValue| {
            v.definition == definition && v.year == self.year && places[v.place].key == place
        };
        values.iter().find(same)
    }

    /// The money of counties and projects at the end of the year that was submitted; none outside the horizon.
    fn money(&self) -> (Vec<Value>, Vec<Value>) {
        let Some(scenario) = self.scenario else { return Default::default() };
        let model = self.subject.model(scenario);
        if !model.settings.years().any(|year| year == self.year) {
            return Default::default();
        }
        let outcome = &self.subject.run.scenarios[scenario].funding;
        let gaps = gaps::at(model, outcome, Month::december(self.year));
        (json::counties(model, &gaps), json::projects(model, &gaps))
    }

    /// Amounts of a list that changed, row by row of the same id.
    fn amounts(&self, list: &str, id: &str, now: &[Value]) -> Vec<Revision> {
        let mut found = Vec::new();
        for row in self.filed[list].as_array().into_iter().flatten() {
            let same = now.iter().find(|other| other[id] == row[id]);
            let of = format!("{id}:{}", row[id].as_str().unwrap_or("—"));
            for (figure, before) in
                row.as_object().into_iter().flatten().filter(|(_, value)| value.is_number())
            {
                let value = same.and_then(|row| row[figure].as_f64());
                found.extend(self.revision(&of, figure, before.as_f64(), value, &[]));
            }
        }
        found
    }

    fn revision(
        &self,
        of: &str,
        figure: &str,
        before: Option<f64>,
        now: Option<f64>,
        why: &[String],
    ) -> Option<Revision> {
        let same = match (before, now) {
            (Some(a), Some(b)) => (a - b).abs() <= SAME * a.abs().max(b.abs()),
            (a, b) => a.is_none() && b.is_none(),
        };
        (!same).then(|| Revision {
            submission: self.name.to_owned(),
            of: of.to_owned(),
            figure: figure.to_owned(),
            year: self.year,
            before,
            now,
            why: why.iter().chain(&self.files).cloned().collect(),
        })
    }
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
