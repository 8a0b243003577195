//! Who goes short: the claims on a market that nobody can serve in full.
//!
//! Final demand is served first, then draws by priority, ties pro rata. A child market serves its own claims
//! from its own supply in the same order; what it leaves open goes up as claims of the same ranks.

use super::trajectory::YearResult;
use crate::id::{Id, MarketId};
use crate::model::Model;
use crate::plan::{Plan, Trade};
use std::collections::BTreeMap;

/// Rank of final demand; processes have their priority.
const FINAL: i32 = i32::MIN;

/// What is not served.
#[derive(Clone, Debug)]
pub(super) struct Shortfall {
    /// By slot: the part of a draw.
    pub(super) rows: Vec<f64>,
    /// By market: the part of final demand.
    pub(super) demand: Vec<f64>,
    /// By market: the part of what it asked from above.
    pub(super) asked: Vec<f64>,
    /// By market: all of it.
    pub(super) total: Vec<f64>,
}

/// Amounts by rank, best first.
type Ranked = BTreeMap<i32, f64>;

/// Attributes the shortage of every root market to its claimants. Complexity O(rows) where anything is unmet,
/// else O(markets).
pub(super) fn shortfall(plan: &Plan, model: &Model, year: &YearResult) -> Shortfall {
    let n_markets = plan.network.markets.len();
    let mut shortfall = Shortfall {
        rows: vec![0.0; plan.rows.len()],
        demand: vec![0.0; n_markets],
        asked: vec![0.0; n_markets],
        total: vec![0.0; n_markets],
    };
    if year.markets.iter().all(|market| market.unmet <= 0.0) {
        return shortfall;
    }
    // Claims at every market by rank, and what it leaves open: children first.
    let mut claims: Vec<Ranked> = vec![Ranked::new(); n_markets];
    for (id, process) in model.processes.enumerate() {
        for (slot, coefficient) in plan.rows.of(id).zip(&year.coefficients[id.index()]) {
            if let Trade::Draw(market) = plan.rows.trade[slot] {
                *claims[market.index()].entry(process.priority).or_default() +=
                    coefficient * year.activity[id.index()];
            }
        }
    }
    let mut open: Vec<Ranked> = vec![Ranked::new(); n_markets];
    for market in plan.network.markets.ids().rev() {
        let record = &year.markets[market];
        *claims[market.index()].entry(FINAL).or_default() += record.demanded;
        let supply = record.delivered + record.from_below + record.made + record.reclaimed_for_draws;
        open[market.index()] = serve(&claims[market.index()], supply);
        if let Some(above) = plan.network.parent[market.index()] {
            for (rank, amount) in open[market.index()].clone() {
                *claims[above.index()].entry(rank).or_default() += amount;
            }
        }
    }
    // Unmet at every market by rank: from the root down.
    let mut unmet: Vec<Ranked> = vec![Ranked::new(); n_markets];
    for market in plan.network.markets.ids() {
        let at = market.index();
        unmet[at] = match plan.network.parent[at] {
            None if year.markets[market].unmet > 0.0 => {
                let record = &year.markets[market];
                serve(&open[at], record.imported + record.extracted)
            }
            None => Ranked::new(),
            Some(above) => open[at]
                .iter()
                .map(|(rank, amount)| (*rank, amount * share(&unmet, &claims, above, *rank)))
                .collect(),
        };
        shortfall.asked[at] = unmet[at].values().sum();
        shortfall.total[at] = shortfall.asked[at];
        shortfall.demand[at] = year.markets[market].demanded * share(&unmet, &claims, market, FINAL);
    }
    for (id, process) in model.processes.enumerate() {
        for (slot, coefficient) in plan.rows.of(id).zip(&year.coefficients[id.index()]) {
            if let Trade::Draw(market) = plan.rows.trade[slot] {
                shortfall.rows[slot] = coefficient
                    * year.activity[id.index()]
                    * share(&unmet, &claims, market, process.priority);
            }
        }
    }
    shortfall
}

/// Serves claims by rank from a supply; what stays open, by rank.
fn serve(claims: &Ranked, mut supply: f64) -> Ranked {
    let mut open = Ranked::new();
    for (&rank, &amount) in claims {
        let served = amount.min(supply);
        supply -= served;
        open.insert(rank, amount - served);
    }
    open
}

/// Share of the claims of a rank at a market that is not served, 0–1.
fn share(unmet: &[Ranked], claims: &[Ranked], market: MarketId, rank: i32) -> f64 {
    let claimed = claims[market.index()].get(&rank).copied().unwrap_or(0.0);
    let missing = unmet[market.index()].get(&rank).copied().unwrap_or(0.0);
    if claimed > 0.0 { (missing / claimed).min(1.0) } else { 0.0 }
}
