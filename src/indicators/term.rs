//! The value of one term for one place and year, opened to its parts.

use super::coverage;
use super::definition::{Booking, FlowSelection, MaterialSelection, Measure, StockLevel, Term, TermKind};
use super::rows::Rows;
use super::selection::{self, Pick, Picks, Viewpoint};
use super::statistics::Statistics;
use super::value::{Booked, TermPart, TermValue};
use crate::id::{Id, PlaceId};
use crate::model::{Model, Provenance};
use crate::simulate::YearResult;
use crate::units::Dimension;
use std::sync::Arc;

/// The place and year a term is found for.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// What of each flow is the place's.
    pub viewpoint: Viewpoint<'a>,
    /// The solved year.
    pub result: &'a YearResult,
    /// The place.
    pub place: PlaceId,
    /// Statistics and projects' effects on them.
    pub statistics: &'a Statistics<'a>,
    /// The rows behind flows.
    pub rows: &'a Rows<'a>,
}

impl Setting<'_> {
    /// The model's base year.
    #[must_use]
    pub fn base_year(&self) -> i32 {
        self.viewpoint.model.settings.base_year
    }
}

/// A term with what it lacks, if it has no value.
#[derive(Clone, Debug)]
pub struct Found {
    /// The opened term.
    pub term: TermValue,
    /// What it lacks.
    pub lacks: Option<String>,
}

/// Σ of parts while a term is put together.
pub(super) struct Sum {
    pub(super) parts: Vec<TermPart>,
    pub(super) total: f64,
}

impl Sum {
    pub(super) fn new() -> Self {
        Self { parts: Vec::new(), total: 0.0 }
    }

    /// Adds a part; nothing is not shown.
    pub(super) fn add(&mut self, booked: Booked, value: f64, rows: impl Into<Arc<[Provenance]>>) {
        if value != 0.0 {
            let rows = rows.into();
            let poor = rows.is_empty() || rows.iter().any(Provenance::is_poor);
            self.total += value;
            self.parts.push(TermPart { booked, value, rows, poor });
        }
    }
}

/// Finds a term; also gives its modelled part alone, which later years need of the year from which their
/// statistic is reckoned.
#[must_use]
pub fn find(term: &Term, picks: &Picks, setting: &Setting<'_>, modelled_base: Option<f64>) -> (Found, f64) {
    match &term.kind {
        TermKind::Flows { flows, remainder } => {
            let mut sum = Sum::new();
            add_flows(&mut sum, flows, &picks.rows, setting);
            let modelled = sum.total;
            let has_flows = has_flows(flows, picks, setting);
            let coverage = match remainder {
                _ if has_flows && picks.lacks.is_some() => Err(picks.lacks.clone().unwrap_or_default()),
                None if has_flows => Ok(Some(1.0)),
                None => Err(materials_named(&flows.materials)),
                Some(remainder) => {
                    let base = has_flows.then(|| modelled_base.unwrap_or(modelled));
                    coverage::add_remainder(&mut sum, remainder, base, modelled, term.dimension, setting)
                }
            };
            let unmet = unmet(flows, picks, setting);
            (found(term, sum, coverage, unmet), modelled)
        }
        TermKind::Stock { materials, level } => {
            let mut sum = Sum::new();
            let outcome = add_stocks(&mut sum, materials, *level, term.dimension, setting);
            (found(term, sum, outcome.map(|()| None), 0.0), 0.0)
        }
        TermKind::Statistic { key, held } => {
            let mut sum = Sum::new();
            let outcome = coverage::add_statistic(&mut sum, key, *held, term.dimension, setting);
            (found(term, sum, outcome.map(|()| None), 0.0), 0.0)
        }
    }
}

fn found(term: &Term, sum: Sum, outcome: Result<Option<f64>, String>, unmet: f64) -> Found {
    let (value, coverage, parts, lacks) = match outcome {
        Ok(coverage) => (Some(sum.total), coverage, sum.parts, None),
        Err(lacks) => (None, None, Vec::new(), Some(lacks)),
    };
    let term = TermValue { name: term.name.clone(), value, parts, coverage, unmet, note: term.note };
    Found { term, lacks }
}

fn materials_named(selection: &MaterialSelection) -> String {
    let names: Vec<&str> = selection.classes.iter().chain(&selection.materials).map(String::as_str).collect();
    format!("flows: {}", names.join(", "))
}

/// Units of the term per base unit in the year; a price that is not given yet counts as none.
fn factor(pick: &Pick, setting: &Setting<'_>) -> f64 {
    factor_in(pick, setting.viewpoint.model, setting.result.year)
}

/// Units of a term per base unit in a year.
pub(super) fn factor_in(pick: &Pick, model: &Model, year: i32) -> f64 {
    let price = pick.price.map(|p| model.prices[p].series.central(year));
    pick.factor * price.map_or(1.0, |p| p.unwrap_or(0.0))
}

fn add_flows(sum: &mut Sum, flows: &FlowSelection, picks: &[Pick], setting: &Setting<'_>) {
    let view = setting.viewpoint;
    for pick in picks {
        let flow = setting.result.flows[pick.arc.index()];
        if flow == 0.0 {
            continue;
        }
        let share = view.weight(flows, &view.network.arcs[pick.arc]);
        let value = flow * factor(pick, setting) * share;
        if value != 0.0 {
            let rows = setting.rows.of(pick.arc, setting.result.year);
            sum.add(Booked::Flow { arc: pick.arc, share }, value, rows);
        }
    }
}

/// Whether the model has such flows of the place at all (they may be zero in a year): for producer
/// booking, whether the place delivers or stores the material; else whether an arc of it is selected.
fn has_flows(flows: &FlowSelection, picks: &Picks, setting: &Setting<'_>) -> bool {
    match flows.booking {
        Booking::Producer => picks.sources[setting.place.index()],
        Booking::Place => {
            let view = setting.viewpoint;
            let arcs = &view.network.arcs;
            // A place that has the material but no such use of it has a true zero.
            picks.sources[setting.place.index()]
                || picks.rows.iter().any(|pick| view.contains(flows, &arcs[pick.arc]))
        }
    }
}

fn unmet(flows: &FlowSelection, picks: &Picks, setting: &Setting<'_>) -> f64 {
    let view = setting.viewpoint;
    picks
        .unmet
        .iter()
        .filter(|pick| view.contains(flows, &view.network.arcs[pick.arc]))
        .map(|pick| setting.result.flows[pick.arc.index()] * factor(pick, setting))
        .sum()
}

fn add_stocks(
    sum: &mut Sum,
    materials: &MaterialSelection,
    level: StockLevel,
    dimension: Dimension,
    setting: &Setting<'_>,
) -> Result<(), String> {
    let Viewpoint { model, network, within, .. } = setting.viewpoint;
    let mut any = false;
    for (id, market) in network.markets.enumerate() {
        let material = &model.materials[market.material];
        if !within[market.place.index()] || !selection::selects(materials, material) {
            continue;
        }
        any = true;
        let (factor, _) = selection::conversion(model, market.material, Measure::Amount, dimension)?;
        let year = &setting.result.markets[id];
        let amount = match level {
            StockLevel::Opening => year.opening_stock,
            StockLevel::Closing => year.closing_stock,
            StockLevel::Change => year.closing_stock - year.opening_stock,
        };
        let rows = [setting.rows.of_market_rule(id)];
        sum.add(Booked::Stock(market.material), amount * factor, rows);
    }
    if any { Ok(()) } else { Err(materials_named(materials)) }
}
