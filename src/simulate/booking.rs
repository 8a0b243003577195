//! Booking a solved year onto the arcs of the network.

use super::claims::{Shortfall, shortfall};
use super::trajectory::YearResult;
use crate::id::{Id, MarketId};
use crate::model::Model;
use crate::network::groups::Side;
use crate::network::{Arc, ArcKind, Node};
use crate::plan::Plan;

/// The flow array of a solved year, by arc; base units, ≥ 0. Complexity O(arcs).
///
/// What serves a market's draws is a mixture: of this year's flows and of prior-year stock, also of what came
/// down from above; every draw and final demand there gets the same mixture (docs/equations.md, E-08).
#[must_use]
pub fn flows(plan: &Plan, model: &Model, year: &YearResult) -> Vec<f64> {
    let shortfall = shortfall(plan, model, year);
    let prior_served = prior_served(plan, year, &shortfall);
    let prior_taken = prior_taken(plan, year);
    let books = Books { plan, year, shortfall, prior_served, prior_taken };
    plan.network.arcs.iter().map(|arc| books.flow(arc)).collect()
}

struct Books<'a> {
    plan: &'a Plan,
    year: &'a YearResult,
    shortfall: Shortfall,
    /// By market: share of prior-year stock in what serves its draws.
    prior_served: Vec<f64>,
    /// By process: share of prior-year stock in what it takes.
    prior_taken: Vec<f64>,
}

impl Books<'_> {
    fn flow(&self, arc: &Arc) -> f64 {
        match arc.row {
            Some((process, row)) => {
                let index = process.index();
                let slot = self.plan.rows.first[index] as usize + row;
                let amount = self.year.coefficients[index][row] * self.year.activity[index];
                let unmet = self.shortfall.rows[slot].min(amount);
                match arc.kind {
                    ArcKind::Take => amount * (1.0 - self.prior_taken[index]),
                    ArcKind::TakePrior => amount * self.prior_taken[index],
                    ArcKind::Draw => (amount - unmet) * (1.0 - self.mixture(arc.from)),
                    ArcKind::DrawPrior => (amount - unmet) * self.mixture(arc.from),
                    ArcKind::Unmet => unmet,
                    _ => amount,
                }
            }
            None => self.market_flow(arc),
        }
    }

    fn mixture(&self, node: Node) -> f64 {
        market_of(node).map_or(0.0, |market| self.prior_served[market.index()])
    }

    fn market_flow(&self, arc: &Arc) -> f64 {
        // Imports and extractions end in the market, what comes down is the child's; all else starts there.
        let own = match arc.kind {
            ArcKind::Import
            | ArcKind::Extraction
            | ArcKind::PassDown
            | ArcKind::FinalUnmet
            | ArcKind::ReclaimForDraws
            | ArcKind::ReclaimForTakers => arc.to,
            _ => arc.from,
        };
        let Some(market) = market_of(own) else { return 0.0 };
        let (at, year) = (market.index(), &self.year.markets[market]);
        let served = year.demanded - self.shortfall.demand[at].min(year.demanded);
        match arc.kind {
            ArcKind::Final => served * (1.0 - self.prior_served[at]),
            ArcKind::FinalPrior => served * self.prior_served[at],
            ArcKind::FinalUnmet => self.shortfall.demand[at].min(year.demanded),
            ArcKind::PassUp => year.passed_up,
            ArcKind::PassDown => (year.asked_above - self.shortfall.asked[at]).max(0.0),
            ArcKind::Import => year.imported,
            ArcKind::Extraction => year.extracted,
            ArcKind::Export => year.exported,
            ArcKind::Store => year.stored,
            ArcKind::Dispose => year.disposed,
            ArcKind::Discharge => year.discharged,
            ArcKind::ReclaimForDraws => year.reclaimed_for_draws,
            ArcKind::ReclaimForTakers => year.reclaimed_for_takers,
            _ => 0.0,
        }
    }
}

/// The market that a node is, or is a part of.
fn market_of(node: Node) -> Option<MarketId> {
    match node {
        Node::Market(market) | Node::Stock(market) | Node::Demand(market) => Some(market),
        _ => None,
    }
}

/// Share of prior-year stock in what serves each market's draws, from the root down.
fn prior_served(plan: &Plan, year: &YearResult, shortfall: &Shortfall) -> Vec<f64> {
    let mut shares = vec![0.0; plan.network.markets.len()];
    for market in plan.network.markets.ids() {
        let at = market.index();
        let record = &year.markets[market];
        let above = plan.network.parent[at].map_or(0.0, |above| shares[above.index()]);
        let came_down = (record.asked_above - shortfall.asked[at]).max(0.0);
        let prior = record.reclaimed_for_draws + above * came_down;
        let drawn = record.drawn + record.demanded + record.asked_from_below;
        let served = drawn - shortfall.total[at];
        if prior > 0.0 && served > 0.0 {
            shares[at] = (prior / served).min(1.0);
        }
    }
    shares
}

/// Share of prior-year stock in what each process takes: tiers take this year's surplus first, in order.
fn prior_taken(plan: &Plan, year: &YearResult) -> Vec<f64> {
    let mut taken = vec![0.0; plan.groups.queues.len()];
    let mut queue_of = vec![None; plan.n_processes()];
    for group in &plan.groups.groups {
        for member in &group.members {
            let Some((queue, row)) = member.feed else { continue };
            let at = member.process.index();
            taken[group.queues[queue]] += year.coefficients[at][row] * year.activity[at];
            queue_of[at] = Some(group.queues[queue]);
        }
    }
    let mut shares = vec![0.0; plan.groups.queues.len()];
    for market in plan.network.markets.ids() {
        let record = &year.markets[market];
        if record.reclaimed_for_takers <= 0.0 {
            continue;
        }
        let mut surplus = record.taken;
        for queue in plan.queues_of(market, Side::Feed) {
            let fresh = surplus.min(taken[queue]);
            surplus -= fresh;
            if taken[queue] > 0.0 {
                shares[queue] = 1.0 - fresh / taken[queue];
            }
        }
    }
    queue_of.into_iter().map(|queue| queue.map_or(0.0, |queue: usize| shares[queue])).collect()
}
