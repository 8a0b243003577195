//! How hard to search for one objective, and the best that is found for it.

use super::branch::branch;
use super::programme::Programme;
use super::solver::{Answer, Column, Limits, Outcome, SEARCHES_WELL};
use std::collections::BTreeSet;

/// How an objective ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Proven to be the best, and found again by solving the continuous part with the choice held.
    Proven,
    /// The best found within the limit of nodes.
    Limited,
    /// The solver found nothing better within its limit than the mix it was given to start from.
    Start,
    /// Solving the continuous part again did not come to what the solver claimed.
    Unconfirmed,
}

/// How hard to search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Most nodes an objective: of the solver's search, or columns held by our own.
    pub nodes: u64,
    /// Gap at which an objective counts as proven, as a share.
    pub gap: f64,
    /// Whether our own search comes first (`branch`).
    pub branches: bool,
}

impl Effort {
    /// What aims at a minute on a small machine (docs/performance.md): fewer nodes where a node is more work, and our own
    /// search where a node of the solver's is more work than the continuous programme.
    #[must_use]
    pub fn for_size(programme: &Programme) -> Self {
        const NODES: f64 = 5_000.0;
        const SMALL: f64 = 10_000.0;
        const LARGE: f64 = 15_000.0;
        const HOLDS: f64 = 6_000.0;
        let size = (programme.problem.columns() + programme.problem.rows().len()) as f64;
        let branches = size > LARGE && !SEARCHES_WELL;
        let share = SMALL / size.max(SMALL);
        let nodes = if branches { HOLDS * LARGE / size } else { NODES * share * share * share };
        Self { nodes: nodes.max(20.0) as u64, gap: 1e-4, branches }
    }

    /// A part of it, for questions beside the first.
    #[must_use]
    pub fn part(&self, share: u64, gap: f64) -> Self {
        Self { nodes: (self.nodes / share).max(20), gap, ..*self }
    }
}

/// Nodes or holds for what a given start leaves open.
const COMPLETING: u64 = 1_000;

/// Nodes of the solver's search where our own has no answer.
const NODES_IN_VAIN: u64 = 20;

/// The best answer that can be found for the costs as they are, with how it was found.
///
/// # Errors
/// How the search ended that has none.
pub fn best_answer(
    programme: &Programme,
    effort: &Effort,
    from: &[(Column, f64)],
) -> Result<(Answer, Status), Outcome> {
    let problem = &programme.problem;
    if effort.branches {
        let known = completed(programme, effort, from);
        let found = branch(problem, &programme.firm, effort.gap, effort.nodes, known.clone());
        if let Some(answer) = found {
            let is_given = known.is_some_and(|known| known.objective <= answer.objective);
            let status = match (answer.gap() <= effort.gap, is_given) {
                (true, _) => Status::Proven,
                (false, true) => Status::Start,
                (false, false) => Status::Limited,
            };
            return Ok((answer, status));
        }
    }
    let nodes = if effort.branches { NODES_IN_VAIN } else { effort.nodes };
    match problem.solve_within(&Limits { nodes: Some(nodes), gap: effort.gap, start: from.to_vec() }) {
        Outcome::Optimal(answer) => Ok((answer, Status::Proven)),
        Outcome::Feasible(answer) => Ok((answer, Status::Limited)),
        Outcome::Unbounded => Err(Outcome::Unbounded),
        // What is known stands, also where the solver's rounding denies it.
        ended => {
            let start = completed(programme, effort, from);
            let unbounded = |answer: Answer| Answer { bound: f64::NEG_INFINITY, ..answer };
            start.map(|answer| (unbounded(answer), Status::Start)).ok_or(ended)
        }
    }
}

/// The best answer in which some whole columns are held; the others are few.
fn completed(programme: &Programme, effort: &Effort, held: &[(Column, f64)]) -> Option<Answer> {
    if held.is_empty() {
        return None;
    }
    let mut problem = programme.problem.clone();
    for (column, value) in held {
        problem.set_bounds(*column, *value, *value);
    }
    let given: BTreeSet<Column> = held.iter().map(|(column, _)| *column).collect();
    let all_are = problem.whole_columns().all(|column| given.contains(&column));
    if effort.branches && !all_are {
        return branch(&problem, &programme.firm, effort.gap, COMPLETING, None);
    }
    let limits = Limits { nodes: Some(COMPLETING), ..Limits::default() };
    let ended = if all_are { problem.relaxed().solve() } else { problem.solve_within(&limits) };
    match ended {
        Outcome::Optimal(answer) | Outcome::Feasible(answer) => Some(answer),
        _ => None,
    }
}
