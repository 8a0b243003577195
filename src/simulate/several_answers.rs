//! Whether a loop has one answer: it is also started from elsewhere.
//!
//! A loop of n processes is started from zero, from capacity, and with each member alone on and alone off: 2n+2
//! starts, with everything upstream as solved. In a loop of more than [`MOST_SINGLE_STARTS`] processes that would
//! take longer than the run itself: there a sample is tried, and the run says so (N301).

use super::block::{Finish, OtherEnds};
use super::fill::FillScratch;
use super::settle::{LoopScratch, settle};
use super::sweep::{Turn, capacity_of};
use crate::units::Dimension;

/// Answers further apart than this share of the scale are different.
pub const DIFFERENT: f64 = 1e-6;

/// In a larger loop only so many members, evenly spaced, are tried alone on and alone off.
pub const MOST_SINGLE_STARTS: usize = 200;

/// The activity at which a process starts "on": its capacity, or zero without one.
fn full(turn: &Turn<'_>, process: usize) -> f64 {
    let capacity = capacity_of(turn, process);
    if capacity.is_finite() { capacity } else { 0.0 }
}

/// Starts the loop from elsewhere and adds to `ends` what differs from the answer in `scratch.activity`, or did not
/// settle; nothing where every start ends at that answer.
pub(super) fn other_ends(
    turn: &Turn<'_>,
    given: [f64; Dimension::ALL.len()],
    finish: Finish,
    number: usize,
    scratch: &mut LoopScratch,
    fill: &mut FillScratch,
    ends: &mut Vec<OtherEnds>,
) {
    let n = turn.cycle.processes.len();
    let answer = scratch.activity[..n].to_vec();
    let alone = n.min(MOST_SINGLE_STARTS);
    let mut found = OtherEnds { number, answer, others: Vec::new(), tried: 2 * alone + 2, unsettled: 0 };
    for start in 0..found.tried {
        // Members tried alone are the n of the definition, or evenly spaced among more.
        let single = |number: usize| number * n / alone;
        for process in 0..n {
            let is_on = match start {
                0 => false,
                1 => true,
                _ if start < alone + 2 => process == single(start - 2),
                _ => process != single(start - alone - 2),
            };
            scratch.activity[process] = if is_on { full(turn, process) } else { 0.0 };
        }
        if settle(turn, given, finish, scratch, fill).is_err() {
            found.unsettled += 1;
            continue;
        }
        let end = &scratch.activity[..n];
        let known = std::iter::once(&found.answer).chain(&found.others);
        if !known.into_iter().any(|known| is_same(turn, given, known, end)) {
            found.others.push(end.to_vec());
        }
    }
    if !found.others.is_empty() || found.unsettled > 0 {
        ends.push(found);
    }
}

/// Whether two answers are apart by no more than [`DIFFERENT`] of the scale, process by process.
fn is_same(turn: &Turn<'_>, given: [f64; Dimension::ALL.len()], known: &[f64], end: &[f64]) -> bool {
    turn.cycle.processes.iter().zip(known.iter().zip(end)).all(|(&process, (&a, &b))| {
        let scale = given[turn.plan.rows.dimension_of(process) as usize];
        (a - b).abs() <= DIFFERENT * if scale > 0.0 { scale } else { a.max(b) }
    })
}
