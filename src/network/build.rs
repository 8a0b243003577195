//! From a model to its network: markets with their defaults, trades and arcs.

use super::{Arc, ArcKind, Network, Node};
use crate::id::{Id, MarketId, MaterialId, PlaceId, Table};
use crate::model::{
    Driver, Market, MaterialKind, Model, Places, Process, Role, Sink, SurplusRule, Treatment,
};
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// Builds the network of a model. Complexity O((rows + markets) log markets).
#[must_use]
pub fn build(model: &Model) -> Network {
    let (markets, at) = markets(model);
    let parent: Vec<Option<MarketId>> = markets
        .iter()
        .map(|market| {
            let above = model.places[market.place].parent?;
            Some(nearest(model, &at, market.material, above))
        })
        .collect();
    let trades: Vec<Vec<Option<MarketId>>> = model
        .processes
        .iter()
        .map(|process| {
            process
                .rows
                .iter()
                .map(|row| {
                    let traded = !matches!(row.role, Role::Loss | Role::Recirculated);
                    traded.then(|| nearest(model, &at, row.material, process.place))
                })
                .collect()
        })
        .collect();
    let demands: Vec<MarketId> =
        model.demands.iter().map(|demand| nearest(model, &at, demand.material, demand.place)).collect();
    let arcs = arcs(model, &markets, &parent, &trades, &demands);
    let graph = graph(&arcs);
    Network { markets, parent, trades, demands, arcs, graph }
}

/// Markets by material: the places (ascending) of each material's markets, with the first market's number.
struct MarketAt {
    places: Vec<Vec<PlaceId>>,
    first: Vec<usize>,
}

impl MarketAt {
    fn get(&self, material: MaterialId, place: PlaceId) -> Option<MarketId> {
        let at = self.places[material.index()].binary_search(&place).ok()?;
        Some(MarketId::from_index(self.first[material.index()] + at))
    }
}

/// All markets, by material and then place: places have parents first, so markets have them too.
fn markets(model: &Model) -> (Table<MarketId, Market>, MarketAt) {
    let mut places: Vec<Vec<PlaceId>> = vec![Vec::new(); model.materials.len()];
    let rows = model.processes.iter().flat_map(|process| &process.rows);
    let traded = rows.filter(|row| !matches!(row.role, Role::Loss | Role::Recirculated));
    let demanded = model.demands.iter().map(|demand| demand.material);
    for material in traded.map(|row| row.material).chain(demanded) {
        let places = &mut places[material.index()];
        if places.is_empty() {
            places.push(Places::ROOT);
        }
    }
    let mut rules = BTreeMap::new();
    for (at, rule) in model.market_rules.iter().enumerate() {
        places[rule.material.index()].extend([Places::ROOT, rule.place]);
        rules.entry((rule.material, rule.place)).or_insert(at);
    }
    let mut markets = Table::new();
    let mut first = Vec::with_capacity(places.len());
    let mut count = 0;
    for places in &mut places {
        places.sort_unstable();
        places.dedup();
        first.push(count);
        count += places.len();
    }
    let keys = model.materials.ids().zip(&places);
    for key @ (material, place) in keys.flat_map(|(m, places)| places.iter().map(move |&place| (m, place))) {
        let rule = rules.get(&key).copied();
        let given = rule.map(|rule| &model.market_rules[rule]);
        let is_root = place == Places::ROOT;
        let keeps = given.is_some_and(|rule| rule.keep_local);
        let limited = given.is_some_and(|rule| rule.pass_up_limit.is_some());
        let surplus = SurplusRule {
            passes_up: !is_root && !keeps,
            has_exits: is_root || keeps || limited,
            sink: given
                .and_then(|rule| rule.sink)
                .unwrap_or_else(|| default_sink(model.materials[material].kind)),
        };
        markets.push(Market { material, place, rule, surplus });
    }
    (markets, MarketAt { places, first })
}

/// Where a surplus of a kind ends by default.
fn default_sink(kind: MaterialKind) -> Sink {
    match kind {
        MaterialKind::Water | MaterialKind::Emission => Sink::Discharge,
        // Products reach a sink only where their export is limited; they are then kept in store.
        MaterialKind::Waste | MaterialKind::Resource | MaterialKind::Product | MaterialKind::Energy => {
            Sink::Storage
        }
    }
}

/// The nearest market of a material at or above a place.
fn nearest(model: &Model, at: &MarketAt, material: MaterialId, place: PlaceId) -> MarketId {
    model
        .places
        .upward(place)
        .find_map(|place| at.get(material, place))
        .expect("every traded material has a root market")
}

/// Whether a process is a storage taker: what it takes goes into the stock of the market it takes from.
#[must_use]
pub fn is_storage_taker(process: &Process) -> bool {
    process.driver == Driver::Feed && process.treatment == Treatment::Storage
}

/// Position of the product a process makes on call, if any.
#[must_use]
pub fn made_on_call(process: &Process) -> Option<usize> {
    match process.driver {
        Driver::Demand => Some(process.called.unwrap_or(process.reference)),
        Driver::Both => process.called,
        Driver::Level | Driver::Feed => None,
    }
}

fn arcs(
    model: &Model,
    markets: &Table<MarketId, Market>,
    parent: &[Option<MarketId>],
    trades: &[Vec<Option<MarketId>>],
    demands: &[MarketId],
) -> Table<crate::id::ArcId, Arc> {
    // Room for about what comes of it: a row makes one to three arcs, a market as many as its rules allow.
    let rows: usize = model.processes.iter().map(|process| process.rows.len()).sum();
    let mut arcs = Table::with_capacity(2 * rows + 6 * markets.len());
    for (id, process) in model.processes.enumerate() {
        let node = Node::Process(id);
        for (at, row) in process.rows.iter().enumerate() {
            let mut add = |from, to, kind| {
                arcs.push(Arc { from, to, material: row.material, kind, row: Some((id, at)) });
            };
            let market = trades[id.index()][at];
            match (row.role, market) {
                (Role::Loss, _) => add(node, Node::Lost, ArcKind::Loss),
                (Role::Recirculated, _) | (_, None) => add(node, node, ArcKind::Recirculated),
                (Role::Feed | Role::Input, Some(market)) if process.taken() == Some(at) => {
                    add(Node::Market(market), node, ArcKind::Take);
                    add(Node::Market(market), node, ArcKind::TakePrior);
                    if is_storage_taker(process) {
                        add(node, Node::Stock(market), ArcKind::StoredByProcess);
                    }
                }
                (Role::Feed | Role::Input, Some(market)) => {
                    add(Node::Market(market), node, ArcKind::Draw);
                    add(Node::Market(market), node, ArcKind::DrawPrior);
                    add(Node::Missing, node, ArcKind::Unmet);
                }
                (Role::Product | Role::Byproduct | Role::Emission, Some(market)) => {
                    let called = made_on_call(process) == Some(at);
                    add(node, Node::Market(market), if called { ArcKind::Made } else { ArcKind::Delivery });
                }
            }
        }
    }
    let with_demand: BTreeSet<MarketId> = demands.iter().copied().collect();
    for (id, market) in markets.enumerate() {
        let node = Node::Market(id);
        let mut add = |from, to, kind| {
            arcs.push(Arc { from, to, material: market.material, kind, row: None });
        };
        if with_demand.contains(&id) {
            add(node, Node::Demand(id), ArcKind::Final);
            add(node, Node::Demand(id), ArcKind::FinalPrior);
            add(Node::Missing, Node::Demand(id), ArcKind::FinalUnmet);
        }
        if let Some(above) = parent[id.index()] {
            if market.surplus.passes_up {
                add(node, Node::Market(above), ArcKind::PassUp);
            }
            add(Node::Market(above), node, ArcKind::PassDown);
        } else if model.materials[market.material].is_from_nature() {
            add(Node::Nature, node, ArcKind::Extraction);
        } else {
            add(Node::Outside, node, ArcKind::Import);
        }
        if market.surplus.has_exits {
            add(node, Node::Outside, ArcKind::Export);
            match market.surplus.sink {
                Sink::Storage => add(node, Node::Stock(id), ArcKind::Store),
                Sink::Disposal => add(node, Node::Disposal, ArcKind::Dispose),
                Sink::Discharge => add(node, Node::Nature, ArcKind::Discharge),
            }
        }
        if may_reclaim(model, market) {
            add(Node::Stock(id), node, ArcKind::ReclaimForDraws);
            add(Node::Stock(id), node, ArcKind::ReclaimForTakers);
        }
    }
    arcs
}

/// Whether prior-year stock of a market may be used at all.
#[must_use]
pub fn may_reclaim(model: &Model, market: &Market) -> bool {
    market.rule.is_some_and(|rule| {
        let rule = &model.market_rules[rule];
        rule.reclaim_limit.is_some() || rule.reclaim_share.is_some()
    })
}

fn graph(arcs: &Table<crate::id::ArcId, Arc>) -> DiGraph<Node, crate::id::ArcId> {
    let mut graph = DiGraph::with_capacity(arcs.len() / 3, arcs.len());
    let mut index: Vec<Option<NodeIndex>> = Vec::new();
    for (id, arc) in arcs.enumerate() {
        let [from, to] = [arc.from, arc.to].map(|node| {
            let at = number(node);
            if at >= index.len() {
                index.resize(at + 1, None);
            }
            *index[at].get_or_insert_with(|| graph.add_node(node))
        });
        graph.add_edge(from, to, id);
    }
    graph
}

/// A dense number for every node: kinds are interleaved.
fn number(node: Node) -> usize {
    match node {
        Node::Nature => 0,
        Node::Outside => 1,
        Node::Disposal => 2,
        Node::Lost => 3,
        Node::Missing => 4,
        Node::Process(process) => 5 + 4 * process.index(),
        Node::Market(market) => 6 + 4 * market.index(),
        Node::Stock(market) => 7 + 4 * market.index(),
        Node::Demand(market) => 8 + 4 * market.index(),
    }
}
