//! What follows from the markets that a model declares, for `check` to say before it surprises.

use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::id::{Id, MarketId, ProcessId};
use crate::model::Model;
use crate::network::Network;

/// Consequences of local markets: a taker in one comes before every taker of the markets above, whatever
/// their priorities, and what a market keeps local no taker above ever sees. Complexity O(markets · depth), and
/// what is told.
#[must_use]
pub fn consequences(model: &Model, network: &Network) -> Findings {
    let mut findings = Findings::default();
    let takers = takers(model, network);
    let at = |market: MarketId| takers[market.index()].as_slice();
    for (id, market) in network.markets.enumerate() {
        let kept = market.rule.is_some_and(|rule| model.market_rules[rule].keep_local);
        for above in above(network, id) {
            for &local in at(id) {
                for &city in at(above) {
                    if model.processes[city].priority < model.processes[local].priority {
                        findings.push(precedes(model, network, id, local, city));
                    }
                }
            }
            if kept && !at(above).is_empty() {
                findings.push(named(model, network, Diagnostic::new(Code("N051")), id));
            }
        }
    }
    findings
}

/// By market, the processes that take from it.
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
) -> Diagnostic {
    let diagnostic = named(model, network, Diagnostic::new(Code("N050")), market);
    let key = |id: ProcessId| model.processes[id].key.clone();
    let priority = |id: ProcessId| model.processes[id].priority.to_string();
    diagnostic
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
