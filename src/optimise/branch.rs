//! A search by branching in which no programme is solved anew: columns are held one after the other where the simplex
//! stands (E-O10). Before it branches it asks of every column that is taken in part what leaving it and what taking it whole would
//! cost; what costs too much is settled.

use super::solver::{Answer, Column, Outcome, Problem, Standing};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// How far from 0 and 1 a value counts as a part.
const PART: f64 = 1e-7;

/// Columns that are asked before a branch: those whose completion costs most.
const ASKED: usize = 24;

/// What a broken row costs a unit, in costs of the dearest column. Rows are scaled, so that a share of 10⁻⁶ broken costs more
/// than any column: less would let the bound down, more would cost digits.
const PRICE: f64 = 3e6;

/// How far an answer may lie outside a row before its whole columns are held and the rest is solved anew.
const NEAR: f64 = 1e-6;

/// The least that a column counts for where branches are chosen, as a share of the bound.
const LEAST: f64 = 1e-6;

/// What is left to be searched: everything with these columns held.
struct Branch {
    held: Vec<(Column, f64)>,
    /// Nothing in it costs less.
    bound: f64,
}

/// The best whole answer that at most `holds` holds find, or `known`, with a bound that holds for all; `None` where no
/// answer is found. Ends when the bound is within `gap`.
///
/// Rows within `firm` can be kept whatever columns are held at; all others may be broken on the way, at a price, since an
/// answer that breaks little is found and judged sooner than it is proven that there is none. Complexity: one programme, and
/// a few steps of the simplex a hold.
#[must_use]
pub fn branch(
    problem: &Problem,
    firm: &Range<usize>,
    gap: f64,
    holds: u64,
    known: Option<Answer>,
) -> Option<Answer> {
    let dearest = problem.costs().into_iter().map(|(_, cost)| cost.abs()).fold(0.0, f64::max);
    let price = PRICE * if dearest > 0.0 { dearest } else { 1.0 };
    let root = problem.yielding(firm, price).standing().ok()?;
    let bound = root.objective();
    let best = known.map(|known| Answer { bound: f64::NEG_INFINITY, ..known });
    let most = most(problem);
    let mut search = Search { problem, gap, best, most, left: f64::INFINITY, holds, open: Vec::new() };
    search.open.push(Branch { held: Vec::new(), bound });
    let root = search.completed(root);
    search.run(root);
    let Search { best, left, open, .. } = search;
    let bound = open.iter().map(|branch| branch.bound).fold(left, f64::min);
    best.map(|best| Answer { bound: bound.min(best.objective), ..best })
}

/// More than any values within the bounds cost.
fn most(problem: &Problem) -> f64 {
    let costs = problem.costs().into_iter().map(|(column, cost)| {
        let (lower, upper) = problem.bounds_of(column);
        cost * if cost > 0.0 { upper } else { lower }
    });
    let most: f64 = costs.sum();
    most + NEAR * most.abs() + NEAR
}

struct Search<'a> {
    problem: &'a Problem,
    gap: f64,
    best: Option<Answer>,
    /// No answer costs this: what does breaks a row.
    most: f64,
    /// Nothing in the branches that were left, or given up, costs less.
    left: f64,
    /// Holds that may still be spent.
    holds: u64,
    open: Vec<Branch>,
}

impl Search<'_> {
    /// What costs this or more is not worth looking at.
    fn cutoff(&self) -> f64 {
        self.best.as_ref().map_or(self.most, |best| best.objective - self.gap * best.objective.abs())
    }

    /// Takes the branch of the least bound, again and again. The root moves on with what is settled for all.
    fn run(&mut self, mut root: Standing) {
        loop {
            let least =
                (0..self.open.len()).min_by(|a, b| self.open[*a].bound.total_cmp(&self.open[*b].bound));
            let Some(least) = least else { return };
            if self.open[least].bound >= self.cutoff() || self.holds == 0 {
                return;
            }
            let branch = self.open.swap_remove(least);
            let mut at = Ok(root.clone());
            for (column, value) in &branch.held {
                at = at.and_then(|at| self.hold(at, *column, *value));
            }
            match at {
                Ok(at) => self.plunge(at, branch, &mut root),
                Err(Outcome::Infeasible) => {}
                Err(_) => self.left = self.left.min(branch.bound),
            }
        }
    }

    fn hold(&mut self, at: Standing, column: Column, value: f64) -> Result<Standing, Outcome> {
        self.holds = self.holds.saturating_sub(1);
        at.hold(column, value)
    }

    /// Columns that are taken in part, those first whose completion costs most, then the greatest parts.
    fn parts(&self, at: &Standing) -> Vec<Column> {
        let costs = self.problem;
        let parts = self.problem.whole_columns().filter(|column| {
            let value = at.value(*column);
            value > PART && value < 1.0 - PART
        });
        let mut parts: Vec<(Column, f64, f64)> = parts
            .map(|column| {
                let value = at.value(column);
                (column, costs.cost(column) * (1.0 - value), value)
            })
            .collect();
        parts.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.2.total_cmp(&a.2)));
        parts.into_iter().map(|(column, ..)| column).collect()
    }

    /// Completes all parts, the greatest first, each time from where the simplex then stands: a first answer. Gives back
    /// where it began.
    fn completed(&mut self, root: Standing) -> Standing {
        let mut at = root.clone();
        loop {
            let greatest = self.parts(&at).into_iter().max_by(|a, b| at.value(*a).total_cmp(&at.value(*b)));
            let Some(next) = greatest else { break };
            match self.hold(at, next, 1.0) {
                Ok(held) => at = held,
                Err(_) => return root,
            }
        }
        self.judge(&at);
        root
    }

    /// Follows a branch down to an answer, or to where none is worth it; what is passed by stays open.
    fn plunge(&mut self, mut at: Standing, branch: Branch, root: &mut Standing) {
        let mut held = branch.held;
        let mut bound = branch.bound;
        // What holding a column at 0 and at 1 costs, as it was asked on the way: further holds only make it dearer.
        let mut known: BTreeMap<Column, [f64; 2]> = BTreeMap::new();
        loop {
            bound = at.objective().max(bound);
            if bound >= self.cutoff() {
                self.left = self.left.min(bound);
                return;
            }
            let mut parts = self.parts(&at);
            if parts.is_empty() {
                self.judge(&at);
                self.left = self.left.min(bound);
                return;
            }
            if self.holds == 0 {
                self.open.push(Branch { held, bound });
                return;
            }
            parts.truncate(ASKED);
            self.ask(&at, &parts, bound, &mut known);
            let cutoff = self.cutoff();
            let (mut next, mut settles) = (Vec::new(), false);
            for column in &parts {
                let [without, with] = known[column].map(|cost| cost.max(bound));
                if without.min(with) >= cutoff {
                    self.left = self.left.min(without.min(with));
                    return;
                }
                if without.max(with) >= cutoff {
                    settles = true;
                    self.left = self.left.min(without.max(with));
                    next.push((*column, if without < with { 0.0 } else { 1.0 }));
                }
            }
            if !settles {
                let merit = |column: &Column| {
                    let [without, with] = known[column].map(|cost| (cost - bound).max(bound.abs() * LEAST));
                    without * with
                };
                let Some(column) = parts.into_iter().max_by(|a, b| merit(a).total_cmp(&merit(b))) else {
                    return;
                };
                let [without, with] = known[&column].map(|cost| cost.max(bound));
                let (better, worse) = if without < with { (0.0, 1.0) } else { (1.0, 0.0) };
                let mut other = held.clone();
                other.push((column, worse));
                self.open.push(Branch { held: other, bound: without.max(with) });
                next.push((column, better));
            }
            let is_for_all = settles && held.is_empty();
            for (column, value) in next {
                if !is_for_all {
                    held.push((column, value));
                }
                match self.hold(at, column, value) {
                    Ok(moved) => at = moved,
                    Err(Outcome::Infeasible) => return,
                    Err(_) => {
                        self.left = self.left.min(bound);
                        return;
                    }
                }
            }
            if is_for_all {
                *root = at.clone();
            }
        }
    }

    /// Asks of columns what holding them at 0 and at 1 costs, where it is not known.
    fn ask(&mut self, at: &Standing, parts: &[Column], bound: f64, known: &mut BTreeMap<Column, [f64; 2]>) {
        let new: Vec<Column> = parts.iter().copied().filter(|column| !known.contains_key(column)).collect();
        let questions: Vec<(Column, f64)> =
            new.iter().flat_map(|column| [(*column, 0.0), (*column, 1.0)]).collect();
        self.holds = self.holds.saturating_sub(questions.len() as u64);
        let costs: Vec<f64> = questions
            .into_par_iter()
            .map(|(column, value)| match at.clone().hold(column, value) {
                Ok(held) => held.objective(),
                Err(Outcome::Infeasible) => f64::INFINITY,
                // Nothing is known of it but what is known of all.
                Err(_) => bound,
            })
            .collect();
        known.extend(new.into_iter().zip(costs.chunks(2).map(|both| [both[0], both[1]])));
    }

    /// Takes a whole answer where it is the best so far and keeps all rows.
    fn judge(&mut self, at: &Standing) {
        let mut values = at.values(self.problem.columns());
        for column in self.problem.whole_columns() {
            let value = column.of(&values).round();
            column.put(&mut values, value);
        }
        let objective = self.problem.objective(&values);
        if objective < self.best.as_ref().map_or(f64::INFINITY, |best| best.objective)
            && self.problem.violation(&values) <= NEAR
        {
            self.best = Some(Answer { values, objective, bound: f64::NEG_INFINITY });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimise::solver::Relation;

    /// Works of made-up sizes and costs that treat three wastes, up to a quantity with a loss beyond it; two budgets, and
    /// a row that turns some works against others.
    fn drawn(seed: u64, works: usize) -> Problem {
        let mut state = seed;
        let mut draw = |most: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % most) as f64
        };
        let mut problem = Problem::default();
        let columns: Vec<Column> = (0..works).map(|_| problem.whole(draw(40) - 8.0)).collect();
        for _ in 0..3 {
            let lost = problem.column(3.0, 0.0, 20.0);
            let sizes = columns.iter().map(|column| (*column, draw(12)));
            let row = sizes.chain([(lost, 1.0)]).collect();
            problem.row(row, Relation::AtLeast, 5.0 + draw(30));
        }
        for _ in 0..2 {
            let row = columns.iter().map(|column| (*column, draw(9))).collect();
            problem.row(row, Relation::AtMost, 4.0 * works as f64 * draw(10) / 10.0);
        }
        let against = columns.iter().map(|column| (*column, draw(3) - 1.0)).collect();
        problem.row(against, Relation::Equal, 0.0);
        problem
    }

    /// The least cost by trying every choice; `None` where none keeps the rows.
    fn by_trying(problem: &Problem) -> Option<f64> {
        let columns: Vec<Column> = problem.whole_columns().collect();
        let of_choice = |choice: u32| {
            let mut values = vec![0.0; problem.columns()];
            for (at, column) in columns.iter().enumerate() {
                column.put(&mut values, f64::from(choice >> at & 1));
            }
            match problem.held(&values).solve() {
                Outcome::Optimal(answer) => Some(answer.objective),
                _ => None,
            }
        };
        (0..1 << columns.len()).filter_map(of_choice).min_by(f64::total_cmp)
    }

    #[test]
    fn what_is_found_is_the_best_of_all_choices_and_proven() {
        let (mut found, mut none) = (0, 0);
        for seed in 0..120 {
            let problem = drawn(seed, 3 + (seed % 6) as usize);
            let known = by_trying(&problem);
            let branched = branch(&problem, &(0..0), 0.0, 10_000, None);
            match (&branched, known) {
                (Some(answer), Some(known)) => {
                    found += 1;
                    assert!((answer.objective - known).abs() < 1e-6, "seed {seed}: {known} {answer:?}");
                    assert!(answer.gap() < 1e-6, "seed {seed}: {answer:?}");
                    assert!(problem.violation(&answer.values) < 1e-6, "seed {seed}");
                }
                (None, None) => none += 1,
                other => panic!("seed {seed}: {other:?}"),
            }
        }
        assert!(found > 60 && none > 10, "{found} {none}");
    }

    /// However early a search ends, its answer is one, and nothing costs less than its bound.
    #[test]
    fn a_search_cut_off_has_a_bound_that_holds() {
        let mut open = 0;
        for seed in 0..60 {
            let problem = drawn(seed, 8);
            let Some(known) = by_trying(&problem) else { continue };
            for holds in [0, 3, 10, 40] {
                let Some(answer) = branch(&problem, &(0..0), 0.0, holds, None) else { continue };
                assert!(problem.violation(&answer.values) < 1e-6, "seed {seed}");
                assert!(answer.bound <= known + 1e-6 && known <= answer.objective + 1e-6, "seed {seed}");
                open += usize::from(answer.gap() > 1e-3);
            }
        }
        assert!(open > 10, "{open}");
    }

    #[test]
    fn what_is_known_stands_until_something_better_is_found() {
        let mut problem = Problem::default();
        let [one, other] = [2.0, 3.0].map(|cost| problem.whole(cost));
        problem.row(vec![(one, 4.0), (other, 5.0)], Relation::AtLeast, 4.5);
        let known = |values: [f64; 2], objective: f64| {
            Some(Answer { values: values.to_vec(), objective, bound: f64::NEG_INFINITY })
        };
        let best = known([0.0, 1.0], 3.0);
        let kept = branch(&problem, &(0..0), 0.0, 0, best.clone()).expect("what is known");
        assert_eq!(Some(kept.values), best.map(|best| best.values));
        assert!(kept.bound < 3.0);
        let better = branch(&problem, &(0..0), 0.0, 100, known([1.0, 1.0], 5.0)).expect("the second alone");
        assert_eq!((better.values, better.objective), (vec![0.0, 1.0], 3.0));
    }

    #[test]
    fn what_cannot_be_has_no_answer() {
        let mut problem = Problem::default();
        let work = problem.whole(1.0);
        problem.row(vec![(work, 1.0)], Relation::AtLeast, 2.0);
        assert_eq!(branch(&problem, &(0..0), 0.0, 100, None), None);
    }
}
