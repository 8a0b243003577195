//! What two runs are compared in: one flat list of numbers of a year.

use crate::funding::ProjectSchedule;
use crate::gaps::Gaps;
use crate::id::{FundId, Id, MarketId, MaterialId, PlaceId, ProcessId, ProjectId};
use crate::indicators::{Definition, IndicatorValue};
use crate::model::{MaterialKind, Model};
use crate::network::{ArcKind, Network};
use crate::simulate::YearResult;
use crate::units::Dimension;
use std::collections::BTreeMap;

/// What a number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// An indicator (position of its definition) of a place.
    Indicator(usize, PlaceId),
    /// A state of the money at the end of the year, of one fund or of all, fen.
    Money(Money, Option<FundId>),
    /// Months a project was on stream up to the end of the year.
    OnStream(ProjectId),
    /// A flow of a material in the city.
    Flow(MaterialId, Flow),
    /// Activity of a process.
    Activity(ProcessId),
    /// Stock of a market at the end of the year.
    Stock(MarketId),
}

/// States of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the gaps")]
pub enum Money {
    Missing,
    Obligation,
    Financing,
    Short,
    HeldUp,
    PaidIn,
    Paid,
    Held,
}

/// Flows of a material, summed over the city.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are those of the arcs")]
pub enum Flow {
    Given,
    Used,
    FinalDemand,
    Imported,
    Extracted,
    Exported,
    Stored,
    Reclaimed,
    Disposed,
    Discharged,
    Unmet,
}

impl Flow {
    fn of(kind: ArcKind) -> Option<Self> {
        Some(match kind {
            ArcKind::Delivery | ArcKind::Made => Self::Given,
            ArcKind::Take | ArcKind::TakePrior | ArcKind::Draw | ArcKind::DrawPrior => Self::Used,
            ArcKind::Final | ArcKind::FinalPrior => Self::FinalDemand,
            ArcKind::Import => Self::Imported,
            ArcKind::Extraction => Self::Extracted,
            ArcKind::Export => Self::Exported,
            ArcKind::Store | ArcKind::StoredByProcess => Self::Stored,
            ArcKind::ReclaimForDraws | ArcKind::ReclaimForTakers => Self::Reclaimed,
            ArcKind::Dispose => Self::Disposed,
            ArcKind::Discharge => Self::Discharged,
            ArcKind::Unmet | ArcKind::FinalUnmet => Self::Unmet,
            ArcKind::Loss | ArcKind::Recirculated | ArcKind::PassUp | ArcKind::PassDown => return None,
        })
    }
}

/// Numbers by what they are of; what has no value is not there.
pub type Quantities = BTreeMap<What, f64>;

/// The numbers of materials: indicators, flows, activities, stocks.
#[must_use]
pub fn of_materials(network: &Network, year: &YearResult, values: &[IndicatorValue]) -> Quantities {
    let mut quantities = of_indicators(values, year.year);
    for (id, arc) in network.arcs.enumerate() {
        if let Some(flow) = Flow::of(arc.kind) {
            *quantities.entry(What::Flow(arc.material, flow)).or_default() += year.flows[id.index()];
        }
    }
    for (at, activity) in year.activity.iter().enumerate() {
        quantities.insert(What::Activity(ProcessId::from_index(at)), *activity);
    }
    for (id, market) in year.markets.enumerate() {
        quantities.insert(What::Stock(id), market.closing_stock);
    }
    quantities
}

fn of_indicators(values: &[IndicatorValue], year: i32) -> Quantities {
    let of_year = values.iter().filter(|value| value.year == year);
    let known = of_year.filter_map(|value| Some((value, *value.value.as_ref().ok()?)));
    known.map(|(value, number)| (What::Indicator(value.definition, value.place), number)).collect()
}

/// The numbers of money: gaps in fen, months on stream.
#[must_use]
pub fn of_money(gaps: &Gaps, schedule: &[ProjectSchedule], year: i32) -> Quantities {
    let mut quantities = Quantities::new();
    let mut put = |what, fund, amount: crate::money::Fen| {
        quantities.insert(What::Money(what, fund), amount.0 as f64);
    };
    put(Money::Missing, None, gaps.missing());
    put(Money::Obligation, None, gaps.obligation());
    put(Money::Financing, None, gaps.financing());
    put(Money::Short, None, gaps.short());
    put(Money::HeldUp, None, gaps.held_up());
    for fund in &gaps.funds {
        for (what, amount) in [
            (Money::Obligation, fund.obligation),
            (Money::Short, fund.short),
            (Money::HeldUp, fund.held_up),
            (Money::PaidIn, fund.paid_in),
            (Money::Paid, fund.paid),
            (Money::Held, fund.held),
        ] {
            put(what, Some(fund.fund), amount);
        }
    }
    for (at, project) in schedule.iter().enumerate() {
        let months = project.months_on_stream_until(year);
        quantities.insert(What::OnStream(ProjectId::from_index(at)), f64::from(months));
    }
    quantities
}

/// Numbers of one kind share a yardstick: what a difference is divided by, so that tonnes, yuan, months and points
/// stand in one order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Yard {
    Share,
    Indicator(usize),
    Money(bool),
    Months,
    Flow(&'static str, bool),
    Stock(&'static str),
}

/// What differences of two runs are divided by (docs/compare.md).
#[derive(Clone, Debug)]
pub struct Yardsticks<'a> {
    model: &'a Model,
    network: &'a Network,
    definitions: &'a [Definition],
    largest: BTreeMap<Yard, f64>,
}

impl<'a> Yardsticks<'a> {
    /// Yardsticks of two runs.
    #[must_use]
    pub fn of(
        model: &'a Model,
        network: &'a Network,
        definitions: &'a [Definition],
        runs: [&Quantities; 2],
    ) -> Self {
        let mut yardsticks = Self { model, network, definitions, largest: BTreeMap::new() };
        for (what, value) in runs.into_iter().flatten() {
            let largest = yardsticks.largest.entry(yardsticks.yard(*what)).or_default();
            *largest = largest.max(value.abs());
        }
        yardsticks
    }

    /// The yardstick of a number: the largest value of its kind in either run; 1 for rates.
    #[must_use]
    pub fn get(&self, what: What) -> f64 {
        match self.yard(what) {
            Yard::Share => 1.0,
            yard => self.largest.get(&yard).copied().unwrap_or(0.0),
        }
    }

    fn yard(&self, what: What) -> Yard {
        let of = |material: MaterialId| {
            let material = &self.model.materials[material];
            (material.dimension.symbol(), material.kind == MaterialKind::Waste)
        };
        match what {
            What::Indicator(definition, _) if self.definitions[definition].percent => Yard::Share,
            What::Indicator(definition, _) => Yard::Indicator(definition),
            // Open funds pay whatever is due: their money says little about a gap and would dwarf the public funds'.
            What::Money(_, fund) => Yard::Money(fund.is_some_and(|fund| self.model.funds[fund].open)),
            What::OnStream(_) => Yard::Months,
            What::Flow(material, _) => {
                let (dimension, waste) = of(material);
                Yard::Flow(dimension, waste)
            }
            What::Activity(process) => {
                let process = &self.model.processes[process];
                let (dimension, waste) = of(process.rows[process.reference].material);
                Yard::Flow(dimension, waste)
            }
            What::Stock(market) => Yard::Stock(of(self.network.markets[market].material).0),
        }
    }
}

/// The dimension in which a number of materials is counted.
#[must_use]
pub fn dimension_of(model: &Model, network: &Network, what: What) -> Option<Dimension> {
    let material = match what {
        What::Flow(material, _) => material,
        What::Activity(process) => model.processes[process].rows[model.processes[process].reference].material,
        What::Stock(market) => network.markets[market].material,
        _ => return None,
    };
    Some(model.materials[material].dimension)
}
