//! What a year allocates: activities, and what happens at every market apart from recipes and final demand.

use crate::id::{Id, MarketId, ProcessId, Table};
use crate::network::{ArcKind, Node};
use crate::plan::{ParameterBlock, Plan, Trade};
use crate::simulate::YearResult;
use crate::units::Dimension;

/// What happens at a market apart from recipes and final demand; base units a year, ≥ 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MarketArcs {
    /// Brought in from outside, or taken from nature.
    pub brought_in: f64,
    /// Exported.
    pub exported: f64,
    /// Stored, disposed of or discharged.
    pub sunk: f64,
    /// Passed to the market above.
    pub passed_up: f64,
    /// Received from the market above.
    pub came_down: f64,
    /// Taken from prior-year stock.
    pub reclaimed: f64,
    /// Drawn or demanded here and not there.
    pub unmet: f64,
}

/// Activities and arcs of a year, however they were found.
#[derive(Clone, Debug)]
pub struct Allocation {
    /// By process, reference units.
    pub activity: Vec<f64>,
    /// By market.
    pub markets: Table<MarketId, MarketArcs>,
}

impl Allocation {
    /// That of a simulated year, as it was booked.
    #[must_use]
    pub fn of(plan: &Plan, year: &YearResult) -> Self {
        let mut markets: Table<MarketId, MarketArcs> =
            year.markets.iter().map(|_| MarketArcs::default()).collect();
        let market_of = |node: Node| match node {
            Node::Market(market) | Node::Demand(market) | Node::Stock(market) => Some(market),
            _ => None,
        };
        for (arc, &flow) in plan.network.arcs.iter().zip(&year.flows) {
            let lacking = arc.row.and_then(|(process, row)| plan.network.trades[process.index()][row]);
            let (from, to) = (market_of(arc.from), market_of(arc.to));
            let (market, pick): (_, fn(&mut MarketArcs) -> &mut f64) = match arc.kind {
                ArcKind::Import | ArcKind::Extraction => (to, |arcs| &mut arcs.brought_in),
                ArcKind::Export => (from, |arcs| &mut arcs.exported),
                ArcKind::Store | ArcKind::Dispose | ArcKind::Discharge => (from, |arcs| &mut arcs.sunk),
                ArcKind::PassUp => (from, |arcs| &mut arcs.passed_up),
                ArcKind::PassDown => (to, |arcs| &mut arcs.came_down),
                ArcKind::ReclaimForDraws | ArcKind::ReclaimForTakers => (from, |arcs| &mut arcs.reclaimed),
                ArcKind::Unmet => (lacking, |arcs| &mut arcs.unmet),
                ArcKind::FinalUnmet => (to, |arcs| &mut arcs.unmet),
                _ => continue,
            };
            if let Some(market) = market {
                *pick(&mut markets[market]) += flow;
            }
        }
        Self { activity: year.activity.clone(), markets }
    }

    /// The worst imbalance of a market (E-11), relative to the largest flow of its dimension: every balance made
    /// again from activities and arcs, without the programme. Complexity O(recipe rows + markets).
    #[must_use]
    pub fn imbalance(&self, plan: &Plan, parameters: &ParameterBlock, column: usize) -> f64 {
        let width = parameters.width;
        let mut open = vec![0.0; self.markets.len()];
        let mut largest = [0.0_f64; Dimension::ALL.len()];
        let mut flow_at = |market: MarketId, flow: f64, is_source: bool| {
            open[market.index()] += if is_source { flow } else { -flow };
            let largest = &mut largest[plan.market_dimensions[market.index()] as usize];
            *largest = largest.max(flow);
        };
        for (process, activity) in self.activity.iter().enumerate() {
            for slot in plan.rows.of(ProcessId::from_index(process)) {
                let flow = parameters.coefficient[slot * width + column] * activity;
                match plan.rows.trade[slot] {
                    Trade::Take(market) | Trade::Store(market) | Trade::Draw(market) => {
                        flow_at(market, flow, false);
                    }
                    Trade::Deliver(market) | Trade::Make(market) => flow_at(market, flow, true),
                    Trade::None => {}
                }
            }
        }
        for (market, arcs) in self.markets.enumerate() {
            for source in [arcs.brought_in, arcs.came_down, arcs.reclaimed, arcs.unmet] {
                flow_at(market, source, true);
            }
            let demanded = parameters.demand[market.index() * width + column];
            for use_ in [arcs.exported, arcs.sunk, arcs.passed_up, demanded] {
                flow_at(market, use_, false);
            }
            if let Some(above) = plan.network.parent[market.index()] {
                flow_at(above, arcs.passed_up, true);
                flow_at(above, arcs.came_down, false);
            }
        }
        let relative = open.iter().zip(&plan.market_dimensions).map(|(open, dimension)| {
            let largest = largest[*dimension as usize];
            if largest > 0.0 { open.abs() / largest } else { open.abs() }
        });
        relative.fold(0.0, f64::max)
    }
}
