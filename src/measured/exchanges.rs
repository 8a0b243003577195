//! What markets exchange beyond the processes that trade in them.

use super::observations::markets_of;
use super::system::{Subject, System};
use crate::id::{Id, MarketId};
use crate::model::{Model, Observed, Sink};
use crate::network::build::may_reclaim;
use crate::plan::Plan;
use crate::reconcile::Knowledge;
use crate::simulate::{MarketYear, YearResult};
use std::collections::BTreeSet;

/// What a market exchanges, base units per year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exchange {
    /// Surplus passed to the market above.
    PassedUp,
    /// Shortage asked of the market above.
    Asked,
    /// Final demand.
    Demand,
    /// Brought in from outside.
    Import,
    /// Taken from nature.
    Extraction,
    /// Shortage that nobody covers.
    Unmet,
    /// Sold to outside.
    Export,
    /// Surplus stored.
    Stored,
    /// Finally disposed of.
    Disposed,
    /// Discharged.
    Discharged,
    /// Prior-year stock used.
    Reclaimed,
}

impl Exchange {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::PassedUp,
        Self::Asked,
        Self::Demand,
        Self::Import,
        Self::Extraction,
        Self::Unmet,
        Self::Export,
        Self::Stored,
        Self::Disposed,
        Self::Discharged,
        Self::Reclaimed,
    ];

    /// +1 for what enters the market, −1 for what leaves it.
    #[must_use]
    pub fn sign(self) -> f64 {
        match self {
            Self::Asked | Self::Import | Self::Extraction | Self::Unmet | Self::Reclaimed => 1.0,
            Self::PassedUp
            | Self::Demand
            | Self::Export
            | Self::Stored
            | Self::Disposed
            | Self::Discharged => -1.0,
        }
    }

    /// Whether the other side is the market above.
    #[must_use]
    pub fn is_with_parent(self) -> bool {
        matches!(self, Self::PassedUp | Self::Asked)
    }

    /// The exchange that a measurement is of.
    #[must_use]
    pub fn of(observed: Observed) -> Option<Self> {
        Some(match observed {
            Observed::Demand => Self::Demand,
            Observed::Import => Self::Import,
            Observed::Extraction => Self::Extraction,
            Observed::Export => Self::Export,
            Observed::Stored => Self::Stored,
            Observed::Disposed => Self::Disposed,
            Observed::Discharged => Self::Discharged,
            Observed::Reclaimed => Self::Reclaimed,
            Observed::Activity
            | Observed::Input
            | Observed::Output
            | Observed::Coefficient(_)
            | Observed::ClosingStock => return None,
        })
    }

    /// How much of it a solved market year has.
    #[must_use]
    pub fn in_year(self, year: &MarketYear) -> f64 {
        match self {
            Self::PassedUp => year.passed_up,
            Self::Asked => year.asked_above,
            Self::Demand => year.demanded,
            Self::Import => year.imported,
            Self::Extraction => year.extracted,
            Self::Unmet => year.unmet,
            Self::Export => year.exported,
            Self::Stored => year.stored,
            Self::Disposed => year.disposed,
            Self::Discharged => year.discharged,
            Self::Reclaimed => year.reclaimed_for_draws + year.reclaimed_for_takers,
        }
    }

    /// Whether a market can have it at all.
    fn is_possible(self, plan: &Plan, model: &Model, id: MarketId) -> bool {
        let market = &plan.network.markets[id];
        let is_root = plan.network.parent[id.index()].is_none();
        let from_nature = model.materials[market.material].is_from_nature();
        let sinks = |sink| market.surplus.has_exits && market.surplus.sink == sink;
        match self {
            Self::PassedUp => market.surplus.passes_up,
            Self::Asked => !is_root,
            Self::Demand => plan.network.demands.contains(&id),
            Self::Import => is_root && !from_nature,
            Self::Extraction => is_root && from_nature,
            Self::Unmet => is_root,
            Self::Export => market.surplus.has_exits,
            Self::Stored => sinks(Sink::Storage),
            Self::Disposed => sinks(Sink::Disposal),
            Self::Discharged => sinks(Sink::Discharge),
            Self::Reclaimed => may_reclaim(model, market),
        }
    }
}

/// Adds every exchange that the solved year has, or that was measured and can be (E-R11).
pub(super) fn add(system: &mut System, plan: &Plan, model: &Model, year: &YearResult) {
    let mut measured: BTreeSet<(MarketId, Exchange)> = BTreeSet::new();
    for measurement in model.measurements.iter().filter(|m| m.year == year.year) {
        let of_stock = [Exchange::Stored, Exchange::Reclaimed];
        let one = Exchange::of(measurement.observed);
        let both = of_stock.iter().filter(|_| measurement.observed == Observed::ClosingStock).copied();
        for exchange in one.into_iter().chain(both) {
            measured.extend(markets_of(plan, model, measurement).map(|market| (market, exchange)));
        }
    }
    for market in plan.network.markets.ids() {
        for exchange in Exchange::ALL {
            let value = exchange.in_year(&year.markets[market]);
            let asked = measured.contains(&(market, exchange)) && exchange.is_possible(plan, model, market);
            if value > 0.0 || asked {
                let variable = system.add(Subject::Market(market, exchange), Knowledge::Unknown, value);
                system.enter_exchange(market, exchange, variable);
            }
        }
    }
}
