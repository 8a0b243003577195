//! Evaluates definitions for all places and years of one trajectory.

use super::booking::Composition;
use super::definition::{Booking, Definition, FlowSelection, OriginFilter, TermKind};
use super::grading;
use super::rows::Rows;
use super::selection::{self, Picks, Viewpoint};
use super::statistics::Statistics;
use super::term::{self, Found, Setting};
use super::value::{Booked, IndicatorValue, NotComputable, TermPart, TermValue};
use crate::funding::ledger::ProjectSchedule;
use crate::id::{Id, MaterialId, PlaceId};
use crate::model::{Model, PlaceKind};
use crate::network::Network;
use crate::plan::Plan;
use crate::simulate::Trajectory;
use crate::units::Dimension;
use std::collections::BTreeMap;

/// [`appraise`] for a compiled plan.
#[must_use]
pub fn evaluate(
    definitions: &[Definition],
    model: &Model,
    plan: &Plan,
    trajectory: &Trajectory,
    schedules: &[ProjectSchedule],
) -> Vec<IndicatorValue> {
    appraise(definitions, model, &plan.network, trajectory, schedules)
}

/// Every definition for the city, its county units and (those that rest on flows alone) all other
/// places, in every year of the model; by definition, place and year.
///
/// A year that the trajectory lacks is "not solved". O(years × places × compiled rows).
#[must_use]
pub fn appraise(
    definitions: &[Definition],
    model: &Model,
    network: &Network,
    trajectory: &Trajectory,
    schedules: &[ProjectSchedule],
) -> Vec<IndicatorValue> {
    let compiled = Compiled::new(definitions, model, network);
    let statistics = Statistics::new(model, schedules);
    let rows = Rows::new(model, network, schedules);
    let places = compiled.places(definitions, model);
    let mut modelled_base = BTreeMap::new();
    let mut values = Vec::new();
    for year in model.settings.years() {
        let Some(result) = trajectory.years.iter().find(|r| r.year == year) else {
            for (place, chosen) in &places {
                values.extend(chosen.iter().map(|&d| not_solved(definitions, model, d, *place, year)));
            }
            continue;
        };
        let composition =
            Composition::of_year(model, network, &result.flows, &|m| compiled.followed[m.index()]);
        for (place, chosen) in &places {
            let within: Vec<bool> = model.places.ids().map(|p| model.places.is_within(p, *place)).collect();
            let viewpoint = Viewpoint { model, network, within: &within, composition: &composition };
            let setting = Setting { viewpoint, result, place: *place, statistics: &statistics, rows: &rows };
            let mut done: BTreeMap<&str, IndicatorValue> = BTreeMap::new();
            for &d in chosen {
                let definition = &definitions[d];
                let found = compiled.terms(definitions, d, &setting, &mut modelled_base);
                let value = conclude(definition, d, found, &setting, &done);
                done.insert(&definition.key, value);
            }
            values.extend(done.into_values());
        }
    }
    values.sort_by_key(|v| (v.definition, v.place, v.year));
    values
}

/// Definitions compiled for one network.
struct Compiled {
    /// By definition and term; empty picks for terms without flows.
    picks: Vec<Vec<Picks>>,
    /// Definitions in an order in which members stand before what they are members of.
    order: Vec<usize>,
    /// Materials whose pools are followed to their producers.
    followed: Vec<bool>,
}

impl Compiled {
    fn new(definitions: &[Definition], model: &Model, network: &Network) -> Self {
        let mut followed = vec![false; model.materials.len()];
        let mut picks = Vec::with_capacity(definitions.len());
        for definition in definitions {
            let mut by_term = Vec::with_capacity(definition.terms.len());
            for t in &definition.terms {
                let TermKind::Flows { flows, .. } = &t.kind else {
                    by_term.push(Picks::default());
                    continue;
                };
                if needs_composition(flows) {
                    for (id, material) in model.materials.enumerate() {
                        let id: MaterialId = id;
                        followed[id.index()] |= selection::selects(&flows.materials, material);
                    }
                }
                by_term.push(selection::compile(definition, flows, t.dimension, model, network));
            }
            picks.push(by_term);
        }
        Self { picks, order: order(definitions), followed }
    }

    /// Places with the definitions that are evaluated for them, members first.
    fn places(&self, definitions: &[Definition], model: &Model) -> Vec<(PlaceId, Vec<usize>)> {
        let mut places = Vec::new();
        for (id, place) in model.places.0.enumerate() {
            let whole = matches!(place.kind, PlaceKind::City | PlaceKind::County);
            let chosen: Vec<usize> =
                self.order.iter().copied().filter(|&d| whole || self.is_for(definitions, d, id)).collect();
            if !chosen.is_empty() {
                places.push((id, chosen));
            }
        }
        places
    }

    /// Whether a park has an indicator: it rests on flows alone and the park is a source of each term.
    fn is_for(&self, definitions: &[Definition], d: usize, place: PlaceId) -> bool {
        let definition = &definitions[d];
        definition.rests_on_flows_alone()
            && definition.formula.terms().iter().all(|&t| match &definition.terms[t].kind {
                TermKind::Flows { .. } => self.picks[d][t].sources[place.index()],
                TermKind::Stock { .. } => true,
                TermKind::Statistic { .. } => false,
            })
    }

    fn terms(
        &self,
        definitions: &[Definition],
        d: usize,
        setting: &Setting<'_>,
        modelled_base: &mut BTreeMap<(usize, usize, PlaceId), f64>,
    ) -> Vec<Found> {
        let definition = &definitions[d];
        definition
            .terms
            .iter()
            .enumerate()
            .map(|(t, record)| {
                let key = (d, t, setting.place);
                let (found, modelled) =
                    term::find(record, &self.picks[d][t], setting, modelled_base.get(&key).copied());
                if setting.is_base_year() {
                    modelled_base.insert(key, modelled);
                }
                found
            })
            .collect()
    }
}

fn needs_composition(flows: &FlowSelection) -> bool {
    flows.booking == Booking::Producer || flows.origin != OriginFilter::Any
}

/// Members before what they are members of; a circle keeps the order of the list, so that its
/// definitions find a member without a value.
fn order(definitions: &[Definition]) -> Vec<usize> {
    let mut order = Vec::with_capacity(definitions.len());
    let mut placed = vec![false; definitions.len()];
    loop {
        let ready = (0..definitions.len()).find(|&d| {
            !placed[d]
                && definitions[d]
                    .formula
                    .members()
                    .iter()
                    .all(|m| definitions.iter().position(|o| o.key == *m).is_none_or(|o| placed[o]))
        });
        match ready.or_else(|| placed.iter().position(|p| !p)) {
            Some(d) => {
                placed[d] = true;
                order.push(d);
            }
            None => return order,
        }
    }
}

fn not_solved(
    definitions: &[Definition],
    model: &Model,
    d: usize,
    place: PlaceId,
    year: i32,
) -> IndicatorValue {
    let definition = &definitions[d];
    let aim = grading::aim(model, &definition.key, place, year);
    IndicatorValue {
        definition: d,
        place,
        year,
        value: Err(NotComputable::NotSolved),
        terms: Vec::new(),
        poor_share: None,
        target: aim.map(|a| a.target),
        grade: None,
        target_value: aim.map(|a| a.value),
        provisional: grading::is_provisional(definition, aim.as_ref()),
    }
}

/// Puts terms and members together to the opened value.
fn conclude(
    definition: &Definition,
    d: usize,
    found: Vec<Found>,
    setting: &Setting<'_>,
    done: &BTreeMap<&str, IndicatorValue>,
) -> IndicatorValue {
    let members = definition.formula.members();
    let value = definition
        .formula
        .value(
            &|t| match &found[t].lacks {
                None => Ok(found[t].term.value.unwrap_or(0.0)),
                Some(lacks) => Err(NotComputable::MissingTerm {
                    term: definition.terms[t].name.clone(),
                    lacks: lacks.clone(),
                }),
            },
            &|key| {
                let member = done.get(key).and_then(|v| v.value.as_ref().ok());
                member.copied().ok_or_else(|| NotComputable::MissingMember(key.to_owned()))
            },
        )
        .map(|v| v / definition.scale);
    let poor_share = value.is_ok().then(|| poor_share(definition, &found, &members, done));
    let mut terms: Vec<TermValue> = found.into_iter().map(|f| f.term).collect();
    terms.extend(members.iter().map(|key| member_term(key, done.get(key))));
    let (model, year) = (setting.viewpoint.model, setting.result.year);
    let aim = grading::aim(model, &definition.key, setting.place, year);
    let grade = match (&value, &aim) {
        (Ok(value), Some(aim)) => grading::grade(definition.direction, *value, aim),
        _ => None,
    };
    IndicatorValue {
        definition: d,
        place: setting.place,
        year,
        value,
        terms,
        poor_share,
        target: aim.map(|a| a.target),
        grade,
        target_value: aim.map(|a| a.value),
        provisional: grading::is_provisional(definition, aim.as_ref()),
    }
}

/// Another indicator as a term of this one.
fn member_term(key: &str, member: Option<&IndicatorValue>) -> TermValue {
    let value = member.and_then(|m| m.value.as_ref().ok().copied());
    let poor = member.and_then(|m| m.poor_share).is_none_or(|share| share > 0.0);
    let part = |value| TermPart { booked: Booked::Indicator(key.to_owned()), value, rows: Vec::new(), poor };
    TermValue {
        name: key.to_owned(),
        value,
        parts: value.map(part).into_iter().collect(),
        coverage: None,
        unmet: 0.0,
        note: false,
    }
}

/// Σ|poor parts| ÷ Σ|parts| over the terms of the formula, numerator and denominator alike; a member
/// counts with its own share. Parts of different dimensions cannot be added: then the share is the mean
/// of the dimensions' shares. Reference: docs/equations.md, indicators, E-I7.
fn poor_share(
    definition: &Definition,
    found: &[Found],
    members: &[&str],
    done: &BTreeMap<&str, IndicatorValue>,
) -> f64 {
    let mut sums: BTreeMap<Option<Dimension>, (f64, f64)> = BTreeMap::new();
    for t in definition.formula.terms() {
        for part in &found[t].term.parts {
            let sum = sums.entry(Some(definition.terms[t].dimension)).or_default();
            sum.1 += part.value.abs();
            if part.poor {
                sum.0 += part.value.abs();
            }
        }
    }
    for member in members.iter().filter_map(|key| done.get(key)) {
        if let (Ok(value), Some(share)) = (&member.value, member.poor_share) {
            let sum = sums.entry(None).or_default();
            sum.0 += value.abs() * share;
            sum.1 += value.abs();
        }
    }
    let shares: Vec<f64> = sums.values().filter(|s| s.1 > 0.0).map(|s| s.0 / s.1).collect();
    if shares.is_empty() { 0.0 } else { shares.iter().sum::<f64>() / shares.len() as f64 }
}
