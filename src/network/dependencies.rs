//! Which group must be filled before which: the dependency graph and its condensation.
//!
//! Pairs of groups are never listed: every market has two nodes of its own, its *position* (what is delivered
//! to it and drawn on it) and its *remainder* (what is left when its takers and makers are done), so that the
//! graph has as many edges as the recipes have rows, within a small factor.

use super::Network;
use super::build::may_reclaim;
use super::groups::{Groups, Side};
use crate::id::{Id, MarketId};
use crate::model::Model;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

/// A node of the dependency graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// A group is filled.
    Fill(usize),
    /// Deliveries, draws and what children pass up are known.
    Position(MarketId),
    /// Takers and makers are done: what is left goes up, out or into store.
    Remainder(MarketId),
}

/// A component of the condensation.
#[derive(Clone, Debug)]
pub struct Component {
    /// Its tasks, in order.
    pub tasks: Vec<Task>,
    /// Whether its groups depend on themselves.
    pub is_loop: bool,
}

/// Highest priority number whose takers may be topped up from prior-year stock.
pub const LAST_PRIORITY_WITH_STOCK: i32 = 6;

/// The condensation in topological order: what a component needs stands before it.
/// Complexity O(rows + markets + groups).
#[must_use]
pub fn condense(model: &Model, network: &Network, groups: &Groups) -> Vec<Component> {
    let graph = graph(model, network, groups);
    let mut components: Vec<Component> = kosaraju_scc(&graph)
        .into_iter()
        .map(|nodes| {
            let mut tasks: Vec<Task> = nodes.iter().map(|&node| graph[node]).collect();
            tasks.sort_unstable();
            let fills = tasks.iter().any(|task| matches!(task, Task::Fill(_)));
            let turns = nodes.len() > 1 || graph.contains_edge(nodes[0], nodes[0]);
            Component { is_loop: fills && turns, tasks }
        })
        .collect();
    // Kosaraju lists components before what points at them.
    components.reverse();
    components
}

/// The dependency graph: an edge leads from what is needed to what needs it.
fn graph(model: &Model, network: &Network, groups: &Groups) -> DiGraph<Task, ()> {
    let (n_groups, n_markets) = (groups.groups.len(), network.markets.len());
    let fill = NodeIndex::new;
    let position = |market: MarketId| NodeIndex::new(n_groups + market.index());
    let remainder = |market: MarketId| NodeIndex::new(n_groups + n_markets + market.index());
    let mut graph = DiGraph::with_capacity(n_groups + 2 * n_markets, 4 * n_groups + 2 * n_markets);
    for group in 0..n_groups {
        graph.add_node(Task::Fill(group));
    }
    for market in network.markets.ids() {
        graph.add_node(Task::Position(market));
    }
    for market in network.markets.ids() {
        graph.add_node(Task::Remainder(market));
    }
    for (id, process) in model.processes.enumerate() {
        let Some(group) = groups.of[id.index()] else { continue };
        let called = super::build::made_on_call(process);
        for (row, market) in network.trades[id.index()].iter().enumerate() {
            let Some(market) = *market else { continue };
            if process.taken() != Some(row) && called != Some(row) {
                graph.add_edge(fill(group), position(market), ());
            }
        }
    }
    for market in network.markets.ids() {
        graph.add_edge(position(market), remainder(market), ());
        if let Some(above) = network.parent[market.index()] {
            graph.add_edge(remainder(market), position(above), ());
        }
    }
    // Queues are sorted by market, side and tier, so that neighbours in the list are neighbours in the chain.
    for (at, queue) in groups.queues.iter().enumerate() {
        let same = |other: usize| {
            groups.queues.get(other).filter(|q| q.market == queue.market && q.side == queue.side)
        };
        match at.checked_sub(1).and_then(same) {
            Some(before) => graph.add_edge(fill(before.group), fill(queue.group), ()),
            None => graph.add_edge(position(queue.market), fill(queue.group), ()),
        };
        if same(at + 1).is_none() {
            graph.add_edge(fill(queue.group), remainder(queue.market), ());
        }
    }
    for (at, queue) in groups.queues.iter().enumerate() {
        let last_maker = queue.side == Side::Called
            && groups
                .queues
                .get(at + 1)
                .is_none_or(|next| next.market != queue.market || next.side != queue.side);
        if !last_maker || !may_reclaim(model, &network.markets[queue.market]) {
            continue;
        }
        // What makers leave short is served from stock first: takers of stock wait for them.
        let first_taker = groups.queues.partition_point(|q| (q.market, q.side) < (queue.market, Side::Feed));
        let topped_up = groups.queues.get(first_taker).filter(|q| {
            q.market == queue.market && q.side == Side::Feed && q.key.priority <= LAST_PRIORITY_WITH_STOCK
        });
        if let Some(taker) = topped_up {
            graph.add_edge(fill(queue.group), fill(taker.group), ());
        }
    }
    graph
}
