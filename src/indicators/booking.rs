//! Producer booking: whose material a market's pool is made of.
//!
//! The statistical rule books what is used to the place that produced it, also when another place or
//! firm uses it. A pool's composition is its deliveries (and what was made on call) by producer's
//! place, the surplus of markets below with *their* composition, what came down from above with the
//! composition of above, and what came from outside; everything that leaves the pool leaves it pro rata.
//! Stock used is booked to the place of the heap, also where it came down from the heap of a market
//! above. Reference: docs/equations.md, indicators, E-I3.

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
    /// What this year's flows at each market are made of.
    current: Vec<Shares>,
    /// What the prior-year stock that serves draws at each market is made of.
    prior: Vec<Shares>,
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

    fn total(&self) -> f64 {
        self.0.values().sum()
    }

    fn shares(&self) -> Shares {
        let total = self.total();
        if total > 0.0 {
            self.0.iter().map(|(&origin, &a)| (origin, a / total)).collect()
        } else {
            Vec::new()
        }
    }
}

/// The flows at a market that the composition follows besides deliveries.
#[derive(Clone, Copy, Default)]
struct Vertical {
    /// Passed up to the market above.
    passed_up: f64,
    /// Come down from the market above.
    came_down: f64,
    /// Sent down to markets below.
    sent_down: f64,
    /// Own stock used for draws.
    reclaimed_for_draws: f64,
    /// Draws and final demand served here, of this year or prior years.
    served_here: f64,
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
        let mut own = vec![Inflow::default(); network.markets.len()];
        let mut vertical = vec![Vertical::default(); network.markets.len()];
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
                    vertical[m.index()].came_down += flow;
                    vertical[above.index()].sent_down += flow;
                }
                (ArcKind::ReclaimForDraws, _, Node::Market(m)) => {
                    vertical[m.index()].reclaimed_for_draws += flow;
                }
                (
                    ArcKind::Draw | ArcKind::DrawPrior | ArcKind::Final | ArcKind::FinalPrior,
                    Node::Market(m),
                    _,
                ) => vertical[m.index()].served_here += flow,
                _ => {}
            }
        }
        pass_up(network, &mut own, &vertical);
        pass_down(network, own, &vertical)
    }

    /// Share of a market's flows of this year whose origin passes a test, 0–1.
    #[must_use]
    pub fn share(&self, market: MarketId, counts: &dyn Fn(Origin) -> bool) -> f64 {
        share(&self.current[market.index()], counts)
    }

    /// Share of the prior-year stock serving a market's draws whose origin passes a test, 0–1.
    #[must_use]
    pub fn prior_share(&self, market: MarketId, counts: &dyn Fn(Origin) -> bool) -> f64 {
        share(&self.prior[market.index()], counts)
    }
}

fn share(shares: &Shares, counts: &dyn Fn(Origin) -> bool) -> f64 {
    shares.iter().filter(|(origin, _)| counts(*origin)).map(|(_, share)| share).sum()
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

/// A shortage is covered from above with the mixture that serves every draw there: this year's flows
/// and prior-year stock, each with its composition; parents before children.
fn pass_down(network: &Network, mut own: Vec<Inflow>, vertical: &[Vertical]) -> Composition {
    let n_markets = own.len();
    let mut composition =
        Composition { current: Vec::with_capacity(n_markets), prior: Vec::with_capacity(n_markets) };
    // Share of prior-year stock in what serves the draws of each market.
    let mut prior_served = vec![0.0; n_markets];
    for (id, market) in network.markets.enumerate() {
        let at = id.index();
        let here = vertical[at];
        let mut heap = Inflow::default();
        heap.add(Origin::Prior(market.place), here.reclaimed_for_draws);
        if let Some(parent) = network.parent[at].filter(|_| here.came_down > 0.0) {
            let old = here.came_down * prior_served[parent.index()];
            heap.add_mixed(&composition.prior[parent.index()], old);
            own[at].add_mixed(&composition.current[parent.index()], here.came_down - old);
        }
        let served = here.served_here + here.sent_down;
        if served > 0.0 {
            prior_served[at] = (heap.total() / served).min(1.0);
        }
        composition.current.push(own[at].shares());
        composition.prior.push(heap.shares());
    }
    composition
}
