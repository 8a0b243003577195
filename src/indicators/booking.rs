//! Producer booking: whose material a market's pool is made of.
//!
//! The statistical rule books what is used to the place that produced it, also when another place or
//! firm uses it. A pool's composition is its deliveries (and what was made on call) by producer's
//! place, the surplus of markets below with *their* composition, what came down from above with the
//! composition of above, and what came from outside; everything that leaves the pool leaves it pro rata.
//! Stock used is booked to the place of the heap. Reference: docs/equations.md, indicators, E-I3.

use crate::id::{Id, MarketId, MaterialId, PlaceId};
use crate::model::Model;
use crate::network::{ArcKind, Network, Node};
use std::collections::BTreeMap;

/// Whose material it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Produced this year in a place.
    Current(PlaceId),
    /// Out of the heap of a place.
    Prior(PlaceId),
    /// Brought in from outside the city.
    Outside,
}

/// What a pool is made of: shares by origin, ascending, summing to 1 (or empty when nothing was in it).
pub type Shares = Vec<(Origin, f64)>;

/// Compositions of all markets in one year.
#[derive(Clone, Debug)]
pub struct Composition {
    pools: Vec<Shares>,
}

/// What flows into a pool while it is being built: amounts by origin.
#[derive(Clone, Default)]
struct Inflow(BTreeMap<Origin, f64>);

impl Inflow {
    fn add(&mut self, origin: Origin, amount: f64) {
        if amount > 0.0 {
            *self.0.entry(origin).or_insert(0.0) += amount;
        }
    }

    fn add_mixed(&mut self, shares: &Shares, amount: f64) {
        for &(origin, share) in shares {
            self.add(origin, share * amount);
        }
    }

    fn shares(&self) -> Shares {
        let total: f64 = self.0.values().sum();
        if total > 0.0 {
            self.0.iter().map(|(&origin, &a)| (origin, a / total)).collect()
        } else {
            Vec::new()
        }
    }
}

/// The flows between markets and out of stocks that the composition follows, by market.
#[derive(Clone, Copy, Default)]
struct Vertical {
    passed_up: f64,
    passed_down: f64,
    reclaimed_for_draws: f64,
    drawn_prior: f64,
}

impl Composition {
    /// Follows the material of every market whose material is `wanted` through one year's flows.
    /// O(arcs + markets × places that deliver).
    #[must_use]
    pub fn of_year(
        model: &Model,
        network: &Network,
        flows: &[f64],
        wanted: &dyn Fn(MaterialId) -> bool,
    ) -> Self {
        let n_markets = network.markets.len();
        let mut own = vec![Inflow::default(); n_markets];
        let mut vertical = vec![Vertical::default(); n_markets];
        for (arc, &flow) in network.arcs.iter().zip(flows) {
            if flow <= 0.0 || !wanted(arc.material) {
                continue;
            }
            match (arc.kind, arc.from, arc.to) {
                (ArcKind::Delivery | ArcKind::Made, Node::Process(p), Node::Market(m)) => {
                    own[m.index()].add(Origin::Current(model.processes[p].place), flow);
                }
                (ArcKind::Extraction, _, Node::Market(m)) => {
                    own[m.index()].add(Origin::Current(network.markets[m].place), flow);
                }
                (ArcKind::Import, _, Node::Market(m)) => own[m.index()].add(Origin::Outside, flow),
                (ArcKind::PassUp, Node::Market(m), _) => vertical[m.index()].passed_up += flow,
                (ArcKind::PassDown, Node::Market(above), Node::Market(m)) => {
                    vertical[m.index()].passed_down += flow;
                    debug_assert_eq!(network.parent[m.index()], Some(above));
                }
                (ArcKind::ReclaimForDraws, _, Node::Market(m)) => {
                    vertical[m.index()].reclaimed_for_draws += flow;
                }
                (ArcKind::DrawPrior | ArcKind::FinalPrior, Node::Market(m), _) => {
                    vertical[m.index()].drawn_prior += flow;
                }
                _ => {}
            }
        }
        pass_up(network, &mut own, &vertical);
        Self { pools: pass_down(network, own, &vertical) }
    }

    /// Shares of a market's pool of this year.
    #[must_use]
    pub fn of(&self, market: MarketId) -> &Shares {
        &self.pools[market.index()]
    }

    /// Share of a market's pool whose origin passes a test, 0–1.
    #[must_use]
    pub fn share(&self, market: MarketId, counts: &dyn Fn(Origin) -> bool) -> f64 {
        self.of(market).iter().filter(|(origin, _)| counts(*origin)).map(|(_, share)| share).sum()
    }
}

/// A surplus goes up with the composition of what was delivered below, children before parents.
fn pass_up(network: &Network, own: &mut [Inflow], vertical: &[Vertical]) {
    for market in network.markets.ids().rev() {
        let amount = vertical[market.index()].passed_up;
        if let Some(parent) = network.parent[market.index()].filter(|_| amount > 0.0) {
            let shares = own[market.index()].shares();
            own[parent.index()].add_mixed(&shares, amount);
        }
    }
}

/// A shortage is covered from above with the composition of above (this year's pool, and of its stock
/// what its own draws did not use), parents before children.
fn pass_down(network: &Network, mut own: Vec<Inflow>, vertical: &[Vertical]) -> Vec<Shares> {
    let mut sent_down = vec![0.0; own.len()];
    for market in network.markets.ids() {
        if let Some(parent) = network.parent[market.index()] {
            sent_down[parent.index()] += vertical[market.index()].passed_down;
        }
    }
    let mut pools: Vec<Shares> = Vec::with_capacity(own.len());
    for market in network.markets.ids() {
        let amount = vertical[market.index()].passed_down;
        if let Some(parent) = network.parent[market.index()].filter(|_| amount > 0.0) {
            let above = vertical[parent.index()];
            let prior = (above.reclaimed_for_draws - above.drawn_prior).max(0.0);
            let prior_share = (prior / sent_down[parent.index()]).min(1.0);
            let heap = Origin::Prior(network.markets[parent].place);
            let inflow = &mut own[market.index()];
            if pools[parent.index()].is_empty() {
                inflow.add(heap, amount);
            } else {
                inflow.add(heap, amount * prior_share);
                inflow.add_mixed(&pools[parent.index()], amount * (1.0 - prior_share));
            }
        }
        pools.push(own[market.index()].shares());
    }
    pools
}
