//! One sweep over a loop: tier by tier, positions recomputed before each.

use super::clearing::Position;
use super::fill::FillScratch;
use super::scalar::{Branches, Scalar};
use crate::id::Id;
use crate::network::dependencies::LAST_PRIORITY_WITH_STOCK;
use crate::network::groups::Side;
use crate::plan::cycle::{ContributionKind, Loop};
use crate::plan::{ParameterBlock, Plan};

/// What a market of a loop has from upstream, before the loop's own processes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Upstream {
    pub(super) supply: f64,
    pub(super) drawn: f64,
    pub(super) made: f64,
    pub(super) taken: f64,
    pub(super) reclaimable: f64,
    pub(super) pass_up_limit: f64,
}

/// A loop with the numbers of one column.
#[derive(Clone, Copy)]
pub(super) struct Turn<'a> {
    pub(super) plan: &'a Plan,
    pub(super) cycle: &'a Loop,
    pub(super) parameters: &'a ParameterBlock,
    pub(super) column: usize,
    pub(super) upstream: &'a [Upstream],
}

/// Scratch of a sweep.
#[derive(Clone, Debug)]
pub(super) struct SweepScratch<T> {
    positions: Vec<Position<T>>,
    left: Vec<T>,
    filled: Vec<T>,
}

impl<T: Scalar> SweepScratch<T> {
    pub(super) fn new(markets: usize, queues: usize, members: usize) -> Self {
        let zero = T::constant(0.0);
        let position = Position {
            supply: zero,
            drawn: zero,
            made: zero,
            made_before: zero,
            taken: zero,
            taken_before: zero,
            reclaimable: 0.0,
        };
        Self { positions: vec![position; markets], left: vec![zero; queues], filled: vec![zero; members] }
    }
}

/// Sweeps once: `activity` (local) is moved by `step` of the way to what filling gives. Returns the branches
/// taken. Complexity O(rows of the loop's processes), and what filling costs.
pub(super) fn sweep<T: Scalar>(
    turn: &Turn<'_>,
    activity: &mut [T],
    step: f64,
    scratch: &mut SweepScratch<T>,
    fill: &mut FillScratch,
) -> Branches {
    let mut branches = Branches::START;
    for (number, tier) in turn.cycle.tiers.iter().enumerate() {
        positions(turn, number, &tier.markets, activity, scratch, &mut branches);
        for local in &tier.groups {
            let group = &turn.plan.groups.groups[local.group];
            for (at, (&queue, &market)) in group.queues.iter().zip(&local.markets).enumerate() {
                let position = &scratch.positions[market];
                scratch.left[at] = match turn.plan.groups.queues[queue].side {
                    Side::Feed => {
                        let with_stock = group.key.priority <= LAST_PRIORITY_WITH_STOCK;
                        position.feed_left(with_stock, &mut branches)
                    }
                    Side::Called => position.room_left(&mut branches),
                };
            }
            fill.load(group, &turn.plan.rows, turn.parameters, turn.column);
            let members = group.members.len();
            let left = &mut scratch.left[..group.queues.len()];
            fill.fill(members, left, &mut scratch.filled, &mut branches);
            for (&member, &filled) in local.members.iter().zip(&scratch.filled) {
                let old = activity[member];
                activity[member] = if step < 1.0 { old + (filled - old) * step } else { filled };
            }
        }
    }
    branches
}

/// Positions of the markets a tier looks at, children first.
fn positions<T: Scalar>(
    turn: &Turn<'_>,
    tier: usize,
    markets: &[usize],
    activity: &[T],
    scratch: &mut SweepScratch<T>,
    branches: &mut Branches,
) {
    let width = turn.parameters.width;
    for &market in markets {
        let from = &turn.upstream[market];
        scratch.positions[market] = Position {
            supply: T::constant(from.supply),
            drawn: T::constant(from.drawn),
            made: T::constant(from.made),
            made_before: T::constant(from.made),
            taken: T::constant(from.taken),
            taken_before: T::constant(from.taken),
            reclaimable: from.reclaimable,
        };
    }
    for &market in markets {
        let local = &turn.cycle.markets[market];
        let mut position = scratch.positions[market];
        for contribution in &turn.cycle.contributions[local.contributions.clone()] {
            let coefficient = turn.parameters.coefficient[contribution.slot * width + turn.column];
            let flow = activity[contribution.process] * coefficient;
            match contribution.kind {
                ContributionKind::Deliver => position.supply += flow,
                ContributionKind::Draw => position.drawn += flow,
                ContributionKind::Take(at) => {
                    position.taken += flow;
                    if at < tier {
                        position.taken_before += flow;
                    }
                }
                ContributionKind::Make(at) => {
                    position.made += flow;
                    if at < tier {
                        position.made_before += flow;
                    }
                }
            }
        }
        scratch.positions[market] = position;
        if let Some(above) = local.above {
            let left = position.left_over(branches);
            let limit = turn.upstream[market].pass_up_limit;
            branches.note(u64::from(left.surplus.value() > limit));
            let passed = if left.surplus.value() > limit { T::constant(limit) } else { left.surplus };
            scratch.positions[above].supply += passed;
            scratch.positions[above].drawn += left.short;
        }
    }
}

/// Flow of the reference row of a local process at capacity; infinite without cap.
pub(super) fn capacity_of(turn: &Turn<'_>, process: usize) -> f64 {
    let id = turn.cycle.processes[process];
    turn.parameters.capacity[id.index() * turn.parameters.width + turn.column]
}
