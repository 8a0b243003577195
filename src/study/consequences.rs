//! What follows from the markets that a model declares, for `check` to say before it surprises.

use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::id::{Id, MarketId, ProcessId};
use crate::model::Model;
use crate::network::Network;

/// Consequences of local markets, a note a market and a market above it: a taker in one comes before every taker of the markets above, whatever
/// their priorities, and what a market keeps local no taker above ever sees. Complexity O(takers²) at worst.
#[must_use]
pub fn consequences(model: &Model, network: &Network) -> Findings {
    let mut findings = Findings::default();
    let takers = takers(model, network);
    for (id, market) in network.markets.enumerate() {
        let kept = market.rule.is_some_and(|rule| model.market_rules[rule].keep_local);
        for above in above(network, id) {
            let of = |market: MarketId| takers[market.index()].as_slice();
            let later = |local: ProcessId| {
                let before = move |city: &&ProcessId| {
                    model.processes[**city].priority < model.processes[local].priority
                };
                of(above).iter().filter(before).map(move |&city| (local, city))
            };
            let mut pairs = of(id).iter().flat_map(|&local| later(local));
            if let Some((local, city)) = pairs.next() {
                findings.push(precedes(model, network, id, local, city, pairs.count()));
            }
            if kept && !of(above).is_empty() {
                findings.push(named(model, network, Diagnostic::new(Code("N051")), id));
            }
        }
    }
    findings
}

/// Processes by the market they take from.
fn takers(model: &Model, network: &Network) -> Vec<Vec<ProcessId>> {
    let mut takers = vec![Vec::new(); network.markets.len()];
    for (id, process) in model.processes.enumerate() {
        let market = process.taken().and_then(|row| network.trades[id.index()][row]);
        if let Some(market) = market {
            takers[market.index()].push(id);
        }
    }
    takers
}

/// The markets above a market, nearest first.
fn above(network: &Network, market: MarketId) -> impl Iterator<Item = MarketId> + '_ {
    std::iter::successors(network.parent[market.index()], |&next| network.parent[next.index()])
}

fn precedes(
    model: &Model,
    network: &Network,
    market: MarketId,
    local: ProcessId,
    city: ProcessId,
    more: usize,
) -> Diagnostic {
    let diagnostic = named(model, network, Diagnostic::new(Code("N050")), market);
    let key = |id: ProcessId| model.processes[id].key.clone();
    let priority = |id: ProcessId| model.processes[id].priority.to_string();
    diagnostic
        .with("more", if more > 0 { more.to_string() } else { String::new() })
        .with("local", key(local))
        .with("local_priority", priority(local))
        .with("above", key(city))
        .with("above_priority", priority(city))
}

fn named(model: &Model, network: &Network, diagnostic: Diagnostic, market: MarketId) -> Diagnostic {
    let market = &network.markets[market];
    // The row that declares the market; the city's own needs none.
    let declared = market.rule.map(|rule| model.market_rules[rule].provenance);
    let spot = declared.map(|declared| Spot {
        file: format!("{}.csv", declared.table.stem()),
        row: (declared.row > 0).then_some(declared.row),
        column: None,
    });
    diagnostic
        .at(spot.unwrap_or_default())
        .with("material", model.materials[market.material].key.clone())
        .with("place", model.places[market.place].key.clone())
}
