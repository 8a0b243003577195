//! Two allocations of one year, market by market.

use super::allocation::Allocation;
use crate::id::{Id, MarketId, ProcessId, Table};
use crate::plan::{ParameterBlock, Plan, Trade};

/// What becomes of a material at a market; base units a year.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fate {
    /// Taken and drawn by processes that turn it into something, without what was missing.
    pub used: f64,
    /// Brought in from outside, or taken from nature.
    pub brought_in: f64,
    /// Exported.
    pub exported: f64,
    /// Stored, disposed of or discharged, also by processes that store.
    pub put_away: f64,
    /// Drawn or demanded and not there.
    pub unmet: f64,
}

impl Fate {
    /// The five quantities, in the order of their fields.
    #[must_use]
    pub fn quantities(&self) -> [f64; 5] {
        [self.used, self.brought_in, self.exported, self.put_away, self.unmet]
    }

    /// The largest difference of a quantity to another fate.
    #[must_use]
    pub fn apart(&self, other: &Self) -> f64 {
        let pairs = self.quantities().into_iter().zip(other.quantities());
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }
}

/// Fates by market under an allocation. Complexity O(recipe rows + markets).
#[must_use]
pub fn fates(
    plan: &Plan,
    parameters: &ParameterBlock,
    column: usize,
    allocation: &Allocation,
) -> Table<MarketId, Fate> {
    let mut fates: Table<MarketId, Fate> = allocation
        .markets
        .iter()
        .map(|arcs| Fate {
            used: 0.0,
            brought_in: arcs.brought_in,
            exported: arcs.exported,
            put_away: arcs.sunk,
            unmet: arcs.unmet,
        })
        .collect();
    let mut missing_here: Vec<f64> = allocation.markets.iter().map(|arcs| arcs.unmet).collect();
    for (process, activity) in allocation.activity.iter().enumerate() {
        for slot in plan.rows.of(ProcessId::from_index(process)) {
            let flow = parameters.coefficient[slot * parameters.width + column] * activity;
            match plan.rows.trade[slot] {
                Trade::Take(market) => fates[market].used += flow,
                Trade::Draw(market) => {
                    // Final demand is served first: what is missing is missing to the draws.
                    let missing = flow.min(missing_here[market.index()]);
                    missing_here[market.index()] -= missing;
                    fates[market].used += flow - missing;
                }
                Trade::Store(market) => fates[market].put_away += flow,
                Trade::Deliver(_) | Trade::Make(_) | Trade::None => {}
            }
        }
    }
    fates
}
