//! Which values a page opens, and where: scenarios in which a value came about alike share one opening.

use super::markup::anchor;
use crate::id::PlaceId;
use crate::indicators::{IndicatorValue, TermValue};
use crate::model::Places;
use crate::report::Summary;
use crate::report::summary::Subject;
use std::collections::BTreeMap;

/// Indicator (position of its definition), place and year.
pub(super) type Which = (usize, PlaceId, i32);

/// Scenarios in which a value came about in the same way.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    /// Their positions.
    pub(super) scenarios: Vec<usize>,
    /// The value.
    pub(super) value: &'a IndicatorValue,
}

/// One value of the page, opened.
#[derive(Clone, Debug)]
pub(super) struct Opening<'a> {
    /// What it is.
    pub(super) which: Which,
    /// Groups of scenarios, that of the base scenario first.
    pub(super) groups: Vec<Group<'a>>,
    /// Whether it stands in the table of targets; all others are of the base scenario alone.
    pub(super) in_targets: bool,
}

/// All values that the page opens.
#[derive(Clone, Debug)]
pub(super) struct Openings<'a> {
    /// In the order of the page.
    pub(super) list: Vec<Opening<'a>>,
    by_which: BTreeMap<Which, usize>,
}

impl<'a> Openings<'a> {
    /// The rows of the table of targets for every scenario, then every indicator of the city and the county units in
    /// the last year for the base scenario.
    pub(super) fn of(subject: &'a Subject<'a>, summary: &Summary) -> Self {
        let base = subject.run.base.unwrap_or(0);
        let model = subject.model(base);
        let mut all = Self { list: Vec::new(), by_which: BTreeMap::new() };
        let mut scenarios: Vec<usize> = (0..subject.run.scenarios.len()).collect();
        scenarios.sort_by_key(|&scenario| (scenario != base, scenario));
        for row in &summary.targets {
            let definition = subject.definitions.iter().position(|d| d.key == row.indicator);
            let place = model.places.ids().find(|&id| model.places[id].key == row.place);
            if let (Some(definition), Some(place)) = (definition, place) {
                all.add(subject, (definition, place, row.year), &scenarios, true);
            }
        }
        for place in std::iter::once(Places::ROOT).chain(model.places.counties()) {
            for definition in 0..subject.definitions.len() {
                all.add(subject, (definition, place, model.settings.horizon), &[base], false);
            }
        }
        all
    }

    fn add(&mut self, subject: &'a Subject<'a>, which: Which, scenarios: &[usize], in_targets: bool) {
        if self.by_which.contains_key(&which) {
            return;
        }
        let mut groups: Vec<Group<'a>> = Vec::new();
        for &scenario in scenarios {
            let values = &subject.run.scenarios[scenario].indicators;
            let Some(value) = values.iter().find(|v| (v.definition, v.place, v.year) == which) else {
                continue;
            };
            match groups.iter_mut().find(|group| came_about_alike(group.value, value)) {
                Some(group) => group.scenarios.push(scenario),
                None => groups.push(Group { scenarios: vec![scenario], value }),
            }
        }
        if !groups.is_empty() {
            self.by_which.insert(which, self.list.len());
            self.list.push(Opening { which, groups, in_targets });
        }
    }

    /// Where the value of a scenario is opened; `None` where it is not.
    pub(super) fn anchor(&self, subject: &Subject<'_>, which: Which, scenario: usize) -> Option<String> {
        let opening = &self.list[*self.by_which.get(&which)?];
        let group = opening.groups.iter().position(|group| group.scenarios.contains(&scenario))?;
        Some(opening.anchor(subject, group))
    }
}

impl Opening<'_> {
    /// The element that a group is opened in.
    pub(super) fn anchor(&self, subject: &Subject<'_>, group: usize) -> String {
        let (definition, place, year) = self.which;
        let model = subject.model(0);
        let (year, place) = (year.to_string(), model.places[place].key.as_str());
        let mut parts = vec!["open", subject.definitions[definition].key.as_str(), place, &year];
        if group > 0 {
            let scenario = subject.model(self.groups[group].scenarios[0]);
            parts.push(scenario.scenarios[scenario.scenario].key.as_str());
        }
        anchor(&parts)
    }
}

/// Whether two values are equal down to their parts.
fn came_about_alike(a: &IndicatorValue, b: &IndicatorValue) -> bool {
    let same = |(a, b): (&TermValue, &TermValue)| alike(a, b);
    (&a.value, a.grade, a.target_value) == (&b.value, b.grade, b.target_value)
        && a.terms.len() == b.terms.len()
        && a.terms.iter().zip(&b.terms).all(same)
}

/// Whether two terms are equal down to their parts.
pub(super) fn alike(a: &TermValue, b: &TermValue) -> bool {
    (a.value, a.unmet, a.coverage) == (b.value, b.unmet, b.coverage)
        && a.parts.len() == b.parts.len()
        && a.parts
            .iter()
            .zip(&b.parts)
            .all(|(a, b)| (a.value, &a.booked, &a.rows, a.poor) == (b.value, &b.booked, &b.rows, b.poor))
}
