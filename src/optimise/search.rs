//! Local search on the simulator: add a project, drop one, shift its start, swap two; what is better stands.

use super::judge::{Judge, Judged};
use super::offers::{Mix, Offer};
use rayon::prelude::*;
use std::cmp::Ordering;

/// What a search came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The mix.
    pub mix: Mix,
    /// What it comes to.
    pub judged: Judged,
    /// Mixes that were simulated.
    pub tried: usize,
    /// Whether no single move betters it; else the limit came first.
    pub is_settled: bool,
}

/// Which of two mixes is better: the one that breaks less, then by the objectives one after the other.
#[must_use]
pub fn better(judge: &Judge<'_>, one: &Judged, other: &Judged) -> Ordering {
    let compared = |a: f64, b: f64| {
        if (a - b).abs() <= 1e-9 * a.abs().max(b.abs()) { Ordering::Equal } else { a.total_cmp(&b) }
    };
    let objectives = judge.question.objectives.iter();
    let mut order = compared(one.broken, other.broken);
    for objective in objectives {
        let cost = |judged: &Judged| objective.cost(judged.value(*objective));
        order = order.then_with(|| compared(cost(one), cost(other)));
    }
    order
}

/// Betters a mix until no move does, or about `most` mixes were simulated. Moves are tried side by side and taken in a
/// fixed order, so that the answer does not depend on the number of threads.
#[must_use]
pub fn improve(judge: &Judge<'_>, from: &Mix, most: usize) -> Found {
    let mut mix = from.clone();
    let mut judged = judge.judge(&mix);
    let mut tried = 1;
    loop {
        let before = judged.clone();
        for moves in [single_moves(judge, &mix), swaps(judge, &mix)] {
            // Swaps are many: they are looked at only where nothing simpler helps.
            if better(judge, &judged, &before) == Ordering::Less {
                break;
            }
            let room = most.saturating_sub(tried);
            let moves: Vec<Mix> = moves.into_iter().take(room).collect();
            tried += moves.len();
            let mut better_ones: Vec<(Mix, Judged)> = moves
                .into_par_iter()
                .map(|mix| (judge.judge(&mix), mix))
                .filter(|(of, _)| better(judge, of, &judged) == Ordering::Less)
                .map(|(of, mix)| (mix, of))
                .collect();
            better_ones.sort_by(|(_, a), (_, b)| better(judge, a, b));
            let origin = mix.clone();
            for (candidate, alone) in better_ones.into_iter().take(MOST_TOGETHER) {
                // The best stands as it is; those after it are tried on top of what was taken.
                let together = if mix == origin { candidate } else { on_top(&origin, &candidate, &mix) };
                let of = if mix == origin {
                    alone
                } else {
                    tried += 1;
                    judge.judge(&together)
                };
                if better(judge, &of, &judged) == Ordering::Less {
                    (mix, judged) = (together, of);
                }
            }
        }
        let is_settled = better(judge, &judged, &before) != Ordering::Less && tried < most;
        if is_settled || tried >= most {
            return Found { mix, judged, tried, is_settled };
        }
    }
}

/// Moves of a round that are tried on top of its best.
const MOST_TOGETHER: usize = 24;

/// What a candidate changes of the origin, changed in another mix.
fn on_top(origin: &Mix, candidate: &Mix, mix: &Mix) -> Mix {
    let changed = origin.iter().zip(candidate).zip(mix);
    changed.map(|((before, after), now)| if before == after { *now } else { *after }).collect()
}

/// Every project left out, or at any other of its starts; what it needs is taken along.
fn single_moves(judge: &Judge<'_>, mix: &Mix) -> Vec<Mix> {
    let mut moves = Vec::new();
    for (at, offer) in judge.offers.iter().enumerate().filter(|(_, offer)| offer.lacks.is_none()) {
        let others = (0..offer.starts.len()).map(Some).chain([None]);
        for to in others.filter(|to| *to != mix[at]) {
            let mut moved = mix.clone();
            moved[at] = to;
            moves.push(moved);
        }
    }
    moves
}

/// Whether a project can be chosen, and comes on stream if it is.
fn can_start(offer: &Offer) -> bool {
    offer.lacks.is_none() && !offer.starts.is_empty()
}

/// One project out, another in at its first start.
fn swaps(judge: &Judge<'_>, mix: &Mix) -> Vec<Mix> {
    let mut moves = Vec::new();
    for out in (0..mix.len()).filter(|at| mix[*at].is_some()) {
        for into in (0..mix.len()).filter(|at| mix[*at].is_none() && can_start(&judge.offers[*at])) {
            let mut moved = mix.clone();
            (moved[out], moved[into]) = (None, Some(0));
            moves.push(moved);
        }
    }
    moves
}

/// The best of all mixes, by trying each; for few projects and starts.
#[must_use]
pub fn exhaustive(judge: &Judge<'_>) -> Option<Found> {
    const MOST: usize = 1 << 17;
    let sizes: Vec<usize> =
        judge.offers.iter().map(|of| if can_start(of) { of.starts.len() + 1 } else { 1 }).collect();
    let count = sizes.iter().try_fold(1_usize, |count, size| count.checked_mul(*size))?;
    if count > MOST {
        return None;
    }
    let mix = |mut number: usize| -> Mix {
        let digit = |size: &usize| {
            let digit = number % size;
            number /= size;
            digit.checked_sub(1)
        };
        sizes.iter().map(digit).collect()
    };
    let best = (0..count)
        .into_par_iter()
        .map(|number| (number, judge.judge(&mix(number))))
        .min_by(|(m, a), (n, b)| better(judge, a, b).then(m.cmp(n)))?;
    Some(Found { mix: mix(best.0), judged: best.1, tried: count, is_settled: true })
}
