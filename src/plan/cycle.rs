//! A loop of the dependency graph, compiled for sweeping.

use super::{Rows, Trade};
use crate::id::{Id, MarketId, ProcessId};
use crate::network::Network;
use crate::network::dependencies::{Component, Task};
use crate::network::groups::{Groups, TierKey};
use std::ops::Range;

/// A component of groups that depend on each other, named by its processes.
///
/// Inside, processes and markets have *local* positions: in [`Loop::processes`] and [`Loop::markets`].
#[derive(Clone, Debug)]
pub struct Loop {
    /// Its processes, in order.
    pub processes: Vec<ProcessId>,
    /// Its tiers in the order of a sweep.
    pub tiers: Vec<Tier>,
    /// Markets whose state its processes change or depend on, parents before children.
    pub markets: Vec<LocalMarket>,
    /// What its processes do in these markets, laid end to end by market.
    pub contributions: Vec<Contribution>,
    /// Local positions of the processes whose activity an earlier or the same tier depends on: the next sweep's
    /// result depends on these alone.
    pub feedback: Vec<usize>,
    /// Markets whose remainder belongs to the loop, children first.
    pub remainders: Vec<MarketId>,
}

/// Groups of one tier: all filled from the same positions.
#[derive(Clone, Debug)]
pub struct Tier {
    /// Groups.
    pub groups: Vec<LocalGroup>,
    /// Local markets that must be known before, children first.
    pub markets: Vec<usize>,
}

/// A group in a loop.
#[derive(Clone, Debug)]
pub struct LocalGroup {
    /// Position in the plan's groups.
    pub group: usize,
    /// Local market of each of its queues.
    pub markets: Vec<usize>,
    /// Local position of each of its members.
    pub members: Vec<usize>,
}

/// A market of a loop.
#[derive(Clone, Debug)]
pub struct LocalMarket {
    /// Market.
    pub market: MarketId,
    /// Its part of [`Loop::contributions`].
    pub contributions: Range<usize>,
    /// Local position of the market above when the remainder belongs to the loop.
    pub above: Option<usize>,
}

/// What a process of a loop does in one of its markets.
#[derive(Clone, Copy, Debug)]
pub struct Contribution {
    /// Local position of the process.
    pub process: usize,
    /// Slot of the recipe row.
    pub slot: usize,
    /// How.
    pub kind: ContributionKind,
}

/// How a process changes a market's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContributionKind {
    /// Delivers.
    Deliver,
    /// Draws.
    Draw,
    /// Takes feed in a tier (position in [`Loop::tiers`]).
    Take(usize),
    /// Makes on call in a tier.
    Make(usize),
}

impl Loop {
    /// Compiles a component that turns.
    pub(super) fn compile(component: &Component, network: &Network, groups: &Groups, rows: &Rows) -> Self {
        let mut members: Vec<usize> = Vec::new();
        let mut touched: Vec<MarketId> = Vec::new();
        let mut remainders: Vec<MarketId> = Vec::new();
        let mut positions: Vec<MarketId> = Vec::new();
        for task in &component.tasks {
            match *task {
                Task::Fill(group) => {
                    members.push(group);
                    touched.extend(groups.groups[group].queues.iter().map(|&q| groups.queues[q].market));
                }
                Task::Position(market) => positions.push(market),
                Task::Remainder(market) => remainders.push(market),
            }
        }
        touched.extend(positions.iter().chain(&remainders));
        touched.sort_unstable();
        touched.dedup();
        positions.sort_unstable();
        remainders.sort_unstable_by(|a, b| b.cmp(a));
        let local = |market: MarketId| touched.binary_search(&market).ok();
        let mut processes: Vec<ProcessId> =
            members.iter().flat_map(|&g| groups.groups[g].members.iter().map(|m| m.process)).collect();
        processes.sort_unstable();
        let local_process = |process: ProcessId| processes.binary_search(&process).expect("a member");

        let mut keys: Vec<TierKey> = members.iter().map(|&g| groups.groups[g].key).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut tiers: Vec<Tier> =
            keys.iter().map(|_| Tier { groups: Vec::new(), markets: Vec::new() }).collect();
        members.sort_unstable();
        let mut tier_of = vec![0; processes.len()];
        for &group in &members {
            let record = &groups.groups[group];
            let tier = keys.binary_search(&record.key).expect("listed");
            let locals: Vec<usize> = record.members.iter().map(|m| local_process(m.process)).collect();
            for &process in &locals {
                tier_of[process] = tier;
            }
            let markets = record
                .queues
                .iter()
                .map(|&q| local(groups.queues[q].market).expect("queue markets are local"))
                .collect();
            tiers[tier].groups.push(LocalGroup { group, markets, members: locals });
        }

        let mut by_market: Vec<Vec<Contribution>> = vec![Vec::new(); touched.len()];
        for (at, &process) in processes.iter().enumerate() {
            for slot in rows.of(process) {
                let (market, kind) = match rows.trade[slot] {
                    Trade::Take(market) | Trade::Store(market) => {
                        (market, ContributionKind::Take(tier_of[at]))
                    }
                    Trade::Make(market) => (market, ContributionKind::Make(tier_of[at])),
                    Trade::Deliver(market) => (market, ContributionKind::Deliver),
                    Trade::Draw(market) => (market, ContributionKind::Draw),
                    Trade::None => continue,
                };
                if let Some(market) = local(market) {
                    by_market[market].push(Contribution { process: at, slot, kind });
                }
            }
        }
        let mut contributions = Vec::new();
        let markets: Vec<LocalMarket> = touched
            .iter()
            .zip(by_market)
            .map(|(&market, list)| {
                let start = contributions.len();
                contributions.extend(list);
                let above = remainders
                    .contains(&market)
                    .then(|| network.parent[market.index()])
                    .flatten()
                    .filter(|above| positions.binary_search(above).is_ok())
                    .and_then(local);
                LocalMarket { market, contributions: start..contributions.len(), above }
            })
            .collect();
        for tier in &mut tiers {
            let mut needed = vec![false; markets.len()];
            for group in &tier.groups {
                for &market in &group.markets {
                    needed[market] = true;
                }
            }
            // Parents stand before children: one pass downwards finds every child that passes something up.
            for at in 0..markets.len() {
                if markets[at].above.is_some_and(|above| needed[above]) {
                    needed[at] = true;
                }
            }
            tier.markets = (0..markets.len()).rev().filter(|&at| needed[at]).collect();
        }
        let feedback = feedback(&tiers, &markets, &contributions, &tier_of);
        Self { processes, tiers, markets, contributions, feedback, remainders }
    }
}

/// Processes whose old activity a sweep looks at before it is renewed.
fn feedback(
    tiers: &[Tier],
    markets: &[LocalMarket],
    contributions: &[Contribution],
    tier_of: &[usize],
) -> Vec<usize> {
    // First tier that looks at a market's position, and at its remainder (through a market above).
    let mut position_seen = vec![usize::MAX; markets.len()];
    let mut remainder_seen = vec![usize::MAX; markets.len()];
    for (number, tier) in tiers.iter().enumerate() {
        for &at in &tier.markets {
            position_seen[at] = position_seen[at].min(number);
            if markets[at].above.is_some_and(|above| tier.markets.contains(&above)) {
                remainder_seen[at] = remainder_seen[at].min(number);
            }
        }
    }
    let mut fed_back = vec![false; tier_of.len()];
    for (at, market) in markets.iter().enumerate() {
        for contribution in &contributions[market.contributions.clone()] {
            let seen = match contribution.kind {
                // What is taken counts for later tiers of the market only, and for what is left.
                ContributionKind::Take(_) => remainder_seen[at],
                _ => position_seen[at],
            };
            if seen <= tier_of[contribution.process] {
                fed_back[contribution.process] = true;
            }
        }
    }
    (0..tier_of.len()).filter(|&process| fed_back[process]).collect()
}
