//! How hard to search for one objective, and the best that is found for it.

use super::dive::dive;
use super::programme::Programme;
use super::solver::{Answer, Column, Limits, Outcome, Problem, SEARCHES_BY_ROUNDING};

/// How an objective ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Proven to be the best, and found again by solving the continuous part with the choice held.
    Proven,
    /// The best found, by dives or within the limit of nodes.
    Limited,
    /// The solver found nothing better within its limit than the mix it was given to start from.
    Start,
    /// Solving the continuous part again did not come to what the solver claimed.
    Unconfirmed,
}

/// How hard to search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Most nodes an objective; none of them where dives come first and find an answer.
    pub nodes: u64,
    /// Gap at which an objective counts as proven, as a share.
    pub gap: f64,
    /// Whether dives come before the search.
    pub dives: bool,
}

impl Effort {
    /// What aims at a minute on a small machine (docs/performance.md): fewer nodes where a node is more work, and dives
    /// alone where a node is more work than a dive.
    #[must_use]
    pub fn for_size(programme: &Programme) -> Self {
        const NODES: f64 = 5_000.0;
        const SMALL: f64 = 10_000.0;
        const LARGE: f64 = 25_000.0;
        let size = (programme.problem.columns() + programme.problem.rows().len()) as f64;
        let share = SMALL / size.max(SMALL);
        let nodes = (NODES * share * share * share).max(20.0) as u64;
        let dives = size > LARGE && !SEARCHES_BY_ROUNDING;
        Self { nodes: if dives { 0 } else { nodes }, gap: 1e-4, dives }
    }

    /// A part of it, for questions beside the first.
    #[must_use]
    pub fn part(&self, share: u64, gap: f64) -> Self {
        let nodes = if self.dives { self.nodes / share } else { (self.nodes / share).max(20) };
        Self { nodes, gap, ..*self }
    }
}

/// Nodes of a search for which dives had no answer.
const NODES_AFTER_DIVES: u64 = 20;

/// The best answer that can be found for the costs as they are, with how it was found.
///
/// # Errors
/// How the search ended that has none.
pub fn best_answer(
    problem: &Problem,
    effort: &Effort,
    from: &[(Column, f64)],
) -> Result<(Answer, Status), Outcome> {
    let bounded = |answer: Answer, bound: f64| Answer { bound: bound.min(answer.objective), ..answer };
    let (mut best, mut bound) = (None, f64::NEG_INFINITY);
    if effort.dives
        && let Some(dived) = dive(problem, effort.gap)
    {
        bound = dived.bound;
        let given = completed(problem, effort, from).filter(|given| given.objective < dived.objective);
        let is_given = given.is_some();
        let answer = bounded(given.unwrap_or(dived), bound);
        let status = match (answer.gap() <= effort.gap, is_given) {
            (true, _) => Status::Proven,
            (false, true) => Status::Start,
            (false, false) => Status::Limited,
        };
        if status == Status::Proven || effort.nodes == 0 {
            return Ok((answer, status));
        }
        best = Some((answer, status));
    }
    let whole = |answer: &Answer| -> Vec<(Column, f64)> {
        problem.whole_columns().map(|column| (column, column.of(&answer.values).round())).collect()
    };
    let start = best.as_ref().map_or_else(|| from.to_vec(), |(answer, _)| whole(answer));
    let nodes = if effort.dives { effort.nodes.max(NODES_AFTER_DIVES) } else { effort.nodes };
    match problem.solve_within(&Limits { nodes: Some(nodes), gap: effort.gap, start }) {
        Outcome::Optimal(answer) => Ok((answer, Status::Proven)),
        Outcome::Unbounded => Err(Outcome::Unbounded),
        Outcome::Feasible(answer) => {
            let bound = bound.max(answer.bound);
            let known = best.filter(|(best, _)| best.objective < answer.objective);
            let (answer, status) = known.unwrap_or((answer, Status::Limited));
            Ok((bounded(answer, bound), status))
        }
        // What is known stands, also where the solver's rounding denies it.
        ended => {
            let start =
                || completed(problem, effort, from).map(|answer| (bounded(answer, bound), Status::Start));
            best.or_else(start).ok_or(ended)
        }
    }
}

/// The best answer in which some whole columns are held; the others are few.
fn completed(problem: &Problem, effort: &Effort, held: &[(Column, f64)]) -> Option<Answer> {
    if held.is_empty() {
        return None;
    }
    let mut problem = problem.clone();
    for (column, value) in held {
        problem.set_bounds(*column, *value, *value);
    }
    if effort.dives {
        return dive(&problem, effort.gap);
    }
    match problem.solve_within(&Limits { nodes: Some(1_000), ..Limits::default() }) {
        Outcome::Optimal(answer) | Outcome::Feasible(answer) => Some(answer),
        _ => None,
    }
}
