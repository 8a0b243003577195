//! Indicators against targets, scenario by scenario.

use super::Subject;
use crate::id::PlaceId;
use crate::indicators::{Direction, Grade, IndicatorValue};
use crate::model::Places;
use crate::report::{named, number};
use serde::Serialize;
use std::collections::BTreeSet;

/// One indicator of one place and year against its target.
#[derive(Clone, Debug, Serialize)]
pub struct TargetRow {
    /// Id of the indicator.
    pub indicator: String,
    /// Its name.
    pub name: String,
    /// Id of the place.
    pub place: String,
    /// Name of the place; empty for the city.
    pub place_name: String,
    /// Year.
    pub year: i32,
    /// Shown unit.
    pub unit: String,
    /// The target as shown, with its sense; empty where there is none.
    pub target: String,
    /// Target in the unit of the values.
    pub target_value: Option<f64>,
    /// Whether grades are provisional: definition or target not verified.
    pub provisional: bool,
    /// Whether nobody checked the definition against the regulation.
    pub definition_unchecked: bool,
    /// Outcome by scenario.
    pub outcomes: Vec<Outcome>,
}

/// What one scenario reaches.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// Value; rates are shares 0–1. `None` when not computable.
    pub value: Option<f64>,
    /// Value as shown, without unit.
    pub shown: String,
    /// `met`, `basically_met` or `not_met`.
    pub grade: Option<&'static str>,
    /// Share that rests on poor data, 0–1.
    pub poor_share: Option<f64>,
    /// Why there is no value.
    pub reason: Option<String>,
    /// Whether flows it rests on were asked for and not served.
    pub stained: bool,
}

/// How many targets a scenario meets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Targets looked at.
    pub targets: usize,
    /// Met.
    pub met: usize,
    /// Basically met.
    pub basically_met: usize,
    /// Not met.
    pub not_met: usize,
    /// Without a value.
    pub not_computable: usize,
}

/// Rows with a target given for their year, city first; where the model has no target at all, every
/// indicator of the city in the last year.
pub(super) fn rows(subject: &Subject<'_>) -> Vec<TargetRow> {
    let model = subject.model(0);
    let given: BTreeSet<(&str, PlaceId, i32)> =
        model.targets.iter().map(|target| (target.indicator.as_str(), target.place, target.year)).collect();
    let last = model.settings.horizon;
    let values = &subject.run.scenarios[0].indicators;
    let mut chosen: Vec<usize> = (0..values.len())
        .filter(|&position| {
            let value = &values[position];
            let key = subject.definitions[value.definition].key.as_str();
            if given.is_empty() {
                value.place == Places::ROOT && value.year == last
            } else {
                given.contains(&(key, value.place, value.year))
            }
        })
        .collect();
    chosen.sort_by_key(|&position| {
        let value = &values[position];
        (value.place, std::cmp::Reverse(value.year), value.definition)
    });
    chosen.into_iter().map(|position| row(subject, &values[position])).collect()
}

fn row(subject: &Subject<'_>, first: &IndicatorValue) -> TargetRow {
    let model = subject.model(0);
    let language = subject.language;
    let definition = &subject.definitions[first.definition];
    let same = |value: &&IndicatorValue| {
        value.definition == first.definition && value.place == first.place && value.year == first.year
    };
    let found = subject.run.scenarios.iter().map(|scenario| scenario.indicators.iter().find(same));
    let outcomes: Vec<Outcome> = found.map(|value| outcome(subject, value)).collect();
    let sense = match definition.direction {
        Direction::More => "≥",
        Direction::Less => "≤",
        Direction::Neutral => "",
    };
    let unit = definition.unit_in(language);
    let target = first
        .target_value
        .map_or_else(String::new, |target| format!("{sense}{}", number::indicator(definition, target)));
    let place = &model.places[first.place];
    let in_city = first.place == Places::ROOT;
    TargetRow {
        indicator: definition.key.clone(),
        name: definition.name_in(language).to_owned(),
        place: place.key.clone(),
        place_name: if in_city {
            String::new()
        } else {
            named(language, &place.name, &place.name_en).to_owned()
        },
        year: first.year,
        unit: unit.to_owned(),
        target,
        target_value: first.target_value,
        provisional: first.provisional,
        definition_unchecked: definition.text_verified.is_none(),
        outcomes,
    }
}

fn outcome(subject: &Subject<'_>, value: Option<&IndicatorValue>) -> Outcome {
    let Some(value) = value else {
        let nothing = String::from("—");
        return Outcome {
            value: None,
            shown: nothing,
            grade: None,
            poor_share: None,
            reason: None,
            stained: false,
        };
    };
    let definition = &subject.definitions[value.definition];
    let number = value.value.as_ref().ok().copied();
    Outcome {
        value: number,
        shown: number.map_or_else(|| "—".to_owned(), |number| number::indicator(definition, number)),
        grade: value.grade.map(|grade| match grade {
            Grade::Met => "met",
            Grade::BasicallyMet => "basically_met",
            Grade::NotMet => "not_met",
        }),
        poor_share: value.poor_share,
        reason: value.value.as_ref().err().map(|reason| reason.reason(subject.language)),
        stained: value.is_stained(),
    }
}

/// How many of the city's targets, and of all, each scenario meets.
pub(super) fn tallies(subject: &Subject<'_>, rows: &[TargetRow]) -> Vec<Tally> {
    let with_target: Vec<&TargetRow> = rows.iter().filter(|row| row.target_value.is_some()).collect();
    (0..subject.run.scenarios.len())
        .map(|scenario| {
            let mut tally = Tally { targets: with_target.len(), ..Tally::default() };
            for row in &with_target {
                match row.outcomes[scenario].grade {
                    Some("met") => tally.met += 1,
                    Some("basically_met") => tally.basically_met += 1,
                    Some(_) => tally.not_met += 1,
                    None => tally.not_computable += 1,
                }
            }
            tally
        })
        .collect()
}
