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
use crate::id::{Id, PlaceId};
use crate::model::{Model, Place, PlaceKind};
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

/// [`Appraisal::of`] for one trajectory.
#[must_use]
pub fn appraise(
    definitions: &[Definition],
    model: &Model,
    network: &Network,
    trajectory: &Trajectory,
    schedules: &[ProjectSchedule],
) -> Vec<IndicatorValue> {
    Appraisal::new(definitions, model, network).of(trajectory, schedules)
}

/// Definitions compiled for one model and network; serves any number of trajectories.
#[derive(Debug)]
pub struct Appraisal<'a> {
    pub(super) definitions: &'a [Definition],
    pub(super) model: &'a Model,
    pub(super) network: &'a Network,
    /// By definition and term; empty picks for terms without flows.
    pub(super) picks: Vec<Vec<Picks>>,
    /// Materials whose pools are followed to their producers.
    pub(super) followed: Vec<bool>,
    /// Places that are evaluated.
    views: Vec<View>,
}

/// A place that is evaluated.
#[derive(Debug)]
struct View {
    place: PlaceId,
    /// For every place whether it lies in this one.
    within: Vec<bool>,
    /// Its definitions, members before what they are members of.
    chosen: Vec<usize>,
}

/// Modelled parts of terms that a statistic completes, by definition, term, place and year, of the years from which
/// statistics are reckoned.
type ModelledBase = BTreeMap<(usize, usize, PlaceId, i32), f64>;

impl<'a> Appraisal<'a> {
    /// Compiles definitions. O(terms × arcs + places²).
    #[must_use]
    pub fn new(definitions: &'a [Definition], model: &'a Model, network: &'a Network) -> Self {
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
                        followed[id.index()] |= selection::selects(&flows.materials, material);
                    }
                }
                by_term.push(selection::compile(definition, flows, t.dimension, model, network));
            }
            picks.push(by_term);
        }
        let mut appraisal = Self { definitions, model, network, picks, followed, views: Vec::new() };
        appraisal.views = appraisal.views();
        appraisal
    }

    /// Every definition for the city, its county units and (those that rest on flows alone) all other
    /// places, in every year of the model; by definition, place and year.
    ///
    /// A year that the trajectory lacks is "not solved". O(years × places × compiled rows).
    #[must_use]
    pub fn of(&self, trajectory: &Trajectory, schedules: &[ProjectSchedule]) -> Vec<IndicatorValue> {
        let (model, network) = (self.model, self.network);
        let statistics = Statistics::new(model, schedules);
        let rows = Rows::new(model, network, schedules);
        let mut base = ModelledBase::new();
        let mut values = Vec::new();
        for year in model.settings.years() {
            let Some(result) = trajectory.years.iter().find(|r| r.year == year) else {
                for view in &self.views {
                    values.extend(view.chosen.iter().map(|&d| self.not_solved(d, view.place, year)));
                }
                continue;
            };
            let composition =
                Composition::of_year(model, network, &result.flows, &|m| self.followed[m.index()]);
            for view in &self.views {
                let viewpoint = Viewpoint { model, network, within: &view.within, composition: &composition };
                let setting =
                    Setting { viewpoint, result, place: view.place, statistics: &statistics, rows: &rows };
                let mut done: BTreeMap<&str, IndicatorValue> = BTreeMap::new();
                for &d in &view.chosen {
                    let found = self.terms(d, &setting, &mut base);
                    let value = conclude(&self.definitions[d], d, found, &setting, &done);
                    done.insert(&self.definitions[d].key, value);
                }
                values.extend(done.into_values());
            }
        }
        values.sort_by_key(|v| (v.definition, v.place, v.year));
        values
    }

    /// The same for some places alone.
    #[must_use]
    pub fn at(mut self, places: &[PlaceId]) -> Self {
        self.views.retain(|view| places.contains(&view.place));
        self
    }

    fn views(&self) -> Vec<View> {
        let order = order(self.definitions);
        let places = &self.model.places;
        let view = |(place, record): (PlaceId, &Place)| {
            let whole = matches!(record.kind, PlaceKind::City | PlaceKind::County);
            let chosen: Vec<usize> =
                order.iter().copied().filter(|&d| whole || self.is_for(d, place)).collect();
            (!chosen.is_empty()).then(|| {
                let within = places.ids().map(|p| places.is_within(p, place)).collect();
                View { place, within, chosen }
            })
        };
        places.0.enumerate().filter_map(view).collect()
    }

    /// Whether a park has an indicator: it rests on flows alone and the park is a source of each term.
    fn is_for(&self, d: usize, place: PlaceId) -> bool {
        let definition = &self.definitions[d];
        definition.rests_on_flows_alone()
            && definition.formula.terms().iter().all(|&t| match &definition.terms[t].kind {
                TermKind::Flows { .. } => self.picks[d][t].sources[place.index()],
                TermKind::Stock { .. } => true,
                TermKind::Statistic { .. } => false,
            })
    }

    fn terms(&self, d: usize, setting: &Setting<'_>, base: &mut ModelledBase) -> Vec<Found> {
        let records = self.definitions[d].terms.iter().enumerate();
        let (place, year) = (setting.place, setting.result.year);
        let known = self.model.settings.actual_until.unwrap_or(setting.base_year());
        records
            .map(|(t, record)| {
                let TermKind::Flows { remainder: Some(remainder), .. } = &record.kind else {
                    return term::find(record, &self.picks[d][t], setting, None).0;
                };
                let from = setting.statistics.anchor(&remainder.statistic, place, year);
                let modelled_then = base.get(&(d, t, place, from)).copied();
                let (found, modelled) = term::find(record, &self.picks[d][t], setting, modelled_then);
                if year <= known {
                    base.insert((d, t, place, year), modelled);
                }
                found
            })
            .collect()
    }

    fn not_solved(&self, d: usize, place: PlaceId, year: i32) -> IndicatorValue {
        let aim = grading::aim(self.model, &self.definitions[d].key, place, year);
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
            provisional: grading::is_provisional(&self.definitions[d], aim.as_ref()),
        }
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
    let part = |value| TermPart { booked: Booked::Indicator(key.to_owned()), value, rows: [].into(), poor };
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
