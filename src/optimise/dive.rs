//! Whole answers from continuous ones: what a continuous answer takes in parts is rounded, one column after the other,
//! and what is left is solved again (E-O10). Quick where nodes of a search are slow; its first answer is a bound.

use super::solver::{Answer, Column, Outcome, Problem};
use rayon::prelude::*;

/// How far from 0 and 1 a value counts as a part.
const PART: f64 = 1e-7;

/// Which column is rounded next, and where to.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// The greatest part becomes 1.
    Greatest,
    /// The part becomes 1 that costs least to complete.
    Cheapest,
}

/// The best whole answer of a few dives, with the bound of the continuous problem; `None` where no dive ends in one.
/// Ends at the first answer within `gap` of the bound. Complexity: one linear programme a column that is rounded.
#[must_use]
pub fn dive(problem: &Problem, gap: f64) -> Option<Answer> {
    let relaxed = problem.relaxed();
    let Outcome::Optimal(first) = relaxed.solve() else { return None };
    // What is taken in parts is taken whole at once: where that costs nothing, nothing is left to be found.
    let mut all_up = first.values.clone();
    for column in problem.whole_columns().filter(|column| column.of(&first.values) > PART) {
        column.put(&mut all_up, 1.0);
    }
    let all_up = match problem.held(&all_up).solve() {
        Outcome::Optimal(answer) => Some(Answer { bound: first.bound.min(answer.objective), ..answer }),
        _ => None,
    };
    if let Some(answer) = all_up.as_ref().filter(|answer| answer.gap() <= gap) {
        return Some(answer.clone());
    }
    let mut costs = vec![0.0; problem.columns()];
    for (column, cost) in problem.costs() {
        column.put(&mut costs, cost);
    }
    let rules = [Rule::Greatest, Rule::Cheapest];
    let ends: Vec<Option<Answer>> =
        rules.par_iter().map(|rule| down(problem, &relaxed, &first, &costs, *rule)).collect();
    let best = ends.into_iter().flatten().chain(all_up).min_by(|a, b| a.objective.total_cmp(&b.objective))?;
    Some(Answer { bound: first.bound.min(best.objective), ..best })
}

fn down(problem: &Problem, relaxed: &Problem, first: &Answer, costs: &[f64], rule: Rule) -> Option<Answer> {
    let mut left = relaxed.clone();
    let mut answer = first.clone();
    loop {
        let parts = problem.whole_columns().filter(|column| {
            let value = column.of(&answer.values);
            value > PART && value < 1.0 - PART
        });
        let merit = |column: &Column| {
            let value = column.of(&answer.values);
            match rule {
                Rule::Greatest => value,
                Rule::Cheapest => -(1.0 - value) * column.of(costs),
            }
        };
        let Some(next) = parts.max_by(|a, b| merit(a).total_cmp(&merit(b))) else {
            // Rounding of what is whole but for the solver's own must keep every row.
            let Outcome::Optimal(held) = problem.held(&answer.values).solve() else { return None };
            return Some(held);
        };
        for column in problem.whole_columns().filter(|column| column.of(&answer.values) >= 1.0 - PART) {
            left.set_bounds(column, 1.0, 1.0);
        }
        // Up first: what is taken in parts is needed, and what is left of it is not needed in full.
        let solved = [1.0, 0.0].into_iter().find_map(|value| {
            left.set_bounds(next, value, value);
            match left.solve() {
                Outcome::Optimal(answer) => Some(answer),
                _ => None,
            }
        });
        answer = solved?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimise::solver::Relation;

    /// Six works of these sizes and costs must treat a quantity; what they cost at least is found by trying all mixes.
    #[test]
    fn a_dive_covers_what_is_asked_and_its_bound_holds() {
        let works = [(7.0, 5.0), (6.0, 4.5), (5.0, 3.0), (3.0, 2.5), (2.0, 1.0), (1.0, 0.9)];
        for needed in 1..=24 {
            let needed = f64::from(needed);
            let mut problem = Problem::default();
            let columns = works.map(|(_, cost)| problem.whole(cost));
            let sizes = columns.iter().zip(works).map(|(column, (size, _))| (*column, size)).collect();
            problem.row(sizes, Relation::AtLeast, needed);
            let least = (0..64_u32)
                .map(|mix| works.iter().enumerate().filter(move |(at, _)| mix >> at & 1 == 1))
                .filter(|mix| mix.clone().map(|(_, (size, _))| size).sum::<f64>() >= needed)
                .map(|mix| mix.map(|(_, (_, cost))| cost).sum::<f64>())
                .fold(f64::INFINITY, f64::min);
            let dived = dive(&problem, 0.0).expect("all works together treat 24");
            assert!(problem.violation(&dived.values) < 1e-9, "{needed}");
            assert!(
                dived.bound <= least + 1e-9 && least <= dived.objective + 1e-9,
                "{needed} {least} {dived:?}"
            );
            // One row leaves one part, whose completion costs no more than the dearest work.
            assert!(dived.objective <= least + 5.0 + 1e-9, "{needed} {least} {dived:?}");
        }
    }

    #[test]
    fn what_cannot_be_has_no_dive() {
        let mut problem = Problem::default();
        let work = problem.whole(1.0);
        problem.row(vec![(work, 1.0)], Relation::AtLeast, 2.0);
        assert_eq!(dive(&problem, 0.0), None);
    }

    /// Half of either would do, and neither may be with the other: rounding one up turns the other down.
    #[test]
    fn what_excludes_another_is_rounded_one_way() {
        let mut problem = Problem::default();
        let [one, other] = [2.0, 3.0].map(|cost| problem.whole(cost));
        problem.row(vec![(one, 1.0), (other, 1.0)], Relation::Equal, 1.0);
        problem.row(vec![(one, 1.0), (other, -1.0)], Relation::AtLeast, -0.5);
        let dived = dive(&problem, 0.0).expect("the first alone");
        assert_eq!((one.of(&dived.values), dived.objective), (1.0, 2.0));
    }
}
