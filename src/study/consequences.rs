//! What follows from the markets that a model declares, for `check` to say before it surprises.

use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::id::{Id, MarketId, ProcessId};
use crate::model::Model;
use crate::network::Network;

/// Consequences of local markets: a taker in one comes before every taker of the markets above, whatever
/// their priorities, and what a market keeps local no taker above ever sees. Complexity O(takers²) at worst.
#[must_use]
pub fn consequences(model: &Model, network: &Network) -> Findings {
    let mut findings = Findings::default();
    let takers = takers(model, network);
    for (id, market) in network.markets.enumerate() {
        let kept = market.rule.is_some_and(|rule| model.market_rules[rule].keep_local);
        for above in above(network, id) {
            for &(local, at) in takers.iter().filter(|(_, at)| *at == id) {
                for &(city, _) in takers.iter().filter(|(_, at)| *at == above) {
                    if model.processes[city].priority < model.processes[local].priority {
                        findings.push(precedes(model, network, at, local, city));
                    }
                }
            }
            if kept && takers.iter().any(|(_, at)| *at == above) {
                findings.push(named(model, network, Diagnostic::new(Code("N051")), id));
            }
        }
    }
    findings
}

/// Processes with the market they take from.
fn takers(model: &Model, network: &Network) -> Vec<(ProcessId, MarketId)> {
    let of = |(id, process): (ProcessId, &crate::model::Process)| {
        let market = network.trades[id.index()][process.taken()?]?;
        Some((id, market))
    };
    model.processes.enumerate().filter_map(of).collect()
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
