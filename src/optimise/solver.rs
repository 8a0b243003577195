//! Linear programmes, some of their variables whole: `minimise Σ cost·x` under rows and bounds. Nothing outside this
//! file's folder names a solver crate.
//!
//! A [`Problem`] is built column by column and row by row, a solution is a value of [`Outcome`]; nobody who builds or
//! reads one knows who solves it. The solver (microlp, a simplex in Rust) draws no random numbers and is given no limit
//! of time: the same problem has the same answer. It keeps rows and bounds to an absolute 10⁻⁹, so that a
//! problem should be posed in units in which its large values are near 1; [`Problem::violation`] tells what an answer
//! keeps, from the rows alone.

#[cfg(feature = "highs")]
mod with_highs;
mod with_microlp;

pub use with_microlp::Standing;

use std::collections::BTreeSet;
use std::ops::Range;

/// How far an answer may lie outside a row or bound, absolute.
const TOLERANCE: f64 = 1e-9;

/// How far two figures of one answer may be apart, as a share of the larger: rounding of whole columns.
const AGREES: f64 = 1e-6;

/// A variable of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column(usize);

impl Column {
    /// Its value in an answer.
    #[must_use]
    pub fn of(self, values: &[f64]) -> f64 {
        values[self.0]
    }

    /// Puts its value into an answer.
    pub fn put(self, values: &mut [f64], value: f64) {
        values[self.0] = value;
    }
}

/// How a row's sum stands to its right side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// At most the right side.
    AtMost,
    /// Equal to it.
    Equal,
    /// At least the right side.
    AtLeast,
}

/// A row `Σ factor·x (≤, =, ≥) right`; a column may occur more than once, its factors add up.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Columns with their factors.
    pub terms: Vec<(Column, f64)>,
    /// Relation.
    pub relation: Relation,
    /// Right side.
    pub right: f64,
}

/// A linear programme.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    costs: Vec<f64>,
    bounds: Vec<(f64, f64)>,
    /// Columns that are 0 or 1.
    whole: Vec<bool>,
    rows: Vec<Row>,
}

/// Values that keep all rows and bounds, with what is proven of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// By column.
    pub values: Vec<f64>,
    /// Σ cost·x.
    pub objective: f64,
    /// No values cost less than this.
    pub bound: f64,
}

impl Answer {
    /// How far the bound lies below the objective, as a share of the larger of the two; 0 for both 0.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let scale = self.objective.abs().max(self.bound.abs());
        if scale > 0.0 { ((self.objective - self.bound) / scale).max(0.0) } else { 0.0 }
    }
}

/// How a problem ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Solved with proof: the bound is the objective, within the gap that was asked for.
    Optimal(Answer),
    /// The limit came first: the best values so far, and the bound so far.
    Feasible(Answer),
    /// No values keep all rows and bounds.
    Infeasible,
    /// The sum of costs falls without end.
    Unbounded,
    /// The limit came before any values were found.
    Limit,
    /// The solver failed, with its words: numbers that are none, or rounding it could not master.
    Failed(String),
}

/// How long to search, and from where. Limits are counted in work and not in seconds, so that a run repeats.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Most nodes of the search for whole columns; `None` no limit.
    pub nodes: Option<u64>,
    /// Gap at which the search may end, as a share of the objective.
    pub gap: f64,
    /// Values of whole columns to start from; ignored where they do not keep the rows.
    pub start: Vec<(Column, f64)>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { nodes: None, gap: 0.0, start: Vec::new() }
    }
}

impl Problem {
    /// Adds a variable; bounds may be infinite on the side they leave open.
    pub fn column(&mut self, cost: f64, lower: f64, upper: f64) -> Column {
        self.costs.push(cost);
        self.bounds.push((lower, upper));
        self.whole.push(false);
        Column(self.costs.len() - 1)
    }

    /// Adds a variable that is 0 or 1.
    pub fn whole(&mut self, cost: f64) -> Column {
        let column = self.column(cost, 0.0, 1.0);
        self.whole[column.0] = true;
        column
    }

    /// Adds a row.
    pub fn row(&mut self, terms: Vec<(Column, f64)>, relation: Relation, right: f64) {
        self.rows.push(Row { terms, relation, right });
    }

    /// Number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.costs.len()
    }

    /// Its rows, in the order in which they were added.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Σ cost·x.
    #[must_use]
    pub fn objective(&self, values: &[f64]) -> f64 {
        self.costs.iter().zip(values).map(|(cost, value)| cost * value).sum()
    }

    /// How far values lie outside the worst kept row or bound, absolute; 0 where all hold, infinite where a value is
    /// no number. Complexity O(entries).
    #[must_use]
    pub fn violation(&self, values: &[f64]) -> f64 {
        let bounds = self.bounds.iter().zip(values);
        let beyond = bounds.map(|((lower, upper), value)| (lower - value).max(value - upper));
        let rows = self.rows.iter().map(|row| {
            let sum: f64 = row.terms.iter().map(|(column, factor)| factor * column.of(values)).sum();
            match row.relation {
                Relation::AtMost => sum - row.right,
                Relation::Equal => (sum - row.right).abs(),
                Relation::AtLeast => row.right - sum,
            }
        });
        let broken = values.iter().any(|value| value.is_nan());
        if broken { f64::INFINITY } else { beyond.chain(rows).fold(0.0, f64::max) }
    }

    /// Solves the problem to its optimum.
    #[must_use]
    pub fn solve(&self) -> Outcome {
        self.solve_within(&Limits::default())
    }

    /// Solves the problem within limits.
    #[must_use]
    pub fn solve_within(&self, limits: &Limits) -> Outcome {
        #[cfg(feature = "highs")]
        if self.whole.contains(&true) {
            return with_highs::solve(self, limits);
        }
        with_microlp::solve(self, limits)
    }

    /// Adds to the cost of a column.
    pub fn add_cost(&mut self, column: Column, cost: f64) {
        self.costs[column.0] += cost;
    }

    /// Changes the bounds of a column.
    pub fn set_bounds(&mut self, column: Column, lower: f64, upper: f64) {
        self.bounds[column.0] = (lower, upper);
    }

    /// The bounds of a column.
    #[must_use]
    pub fn bounds_of(&self, column: Column) -> (f64, f64) {
        self.bounds[column.0]
    }

    /// Columns that cost something.
    #[must_use]
    pub fn costs(&self) -> Vec<(Column, f64)> {
        let costs = self.costs.iter().enumerate().filter(|(_, cost)| **cost != 0.0);
        costs.map(|(at, cost)| (Column(at), *cost)).collect()
    }

    /// The cost of a column.
    #[must_use]
    pub fn cost(&self, column: Column) -> f64 {
        self.costs[column.0]
    }

    /// Sets all costs to nothing.
    pub fn clear_costs(&mut self) {
        self.costs.fill(0.0);
    }

    /// Columns that are 0 or 1.
    pub fn whole_columns(&self) -> impl Iterator<Item = Column> {
        self.whole.iter().enumerate().filter(|(_, whole)| **whole).map(|(at, _)| Column(at))
    }

    /// Changes the right side of a row, by its position.
    pub fn set_right(&mut self, row: usize, right: f64) {
        self.rows[row].right = right;
    }

    /// The same with every whole column held at a rounded value: what is left is continuous, and an answer to it is an
    /// answer to this. Claimed optima are checked with it.
    #[must_use]
    pub fn held(&self, values: &[f64]) -> Self {
        let mut held = self.clone();
        for column in self.whole_columns() {
            let value = column.of(values).round();
            held.bounds[column.0] = (value, value);
            held.whole[column.0] = false;
        }
        held
    }

    /// The same without some rows, by position.
    #[must_use]
    pub fn without(&self, rows: &BTreeSet<usize>) -> Self {
        let kept = self.rows.iter().enumerate().filter(|(at, _)| !rows.contains(at));
        Self { rows: kept.map(|(_, row)| row.clone()).collect(), ..self.clone() }
    }

    /// The same with some rows, by position, asking nothing: positions of rows stay as they are.
    #[must_use]
    pub fn open(&self, rows: &BTreeSet<usize>) -> Self {
        let mut open = self.clone();
        for row in rows {
            let row = &mut open.rows[*row];
            *row = Row { terms: Vec::new(), relation: Relation::AtMost, right: 0.0 };
        }
        open
    }

    /// Adds a column to a row that is there, by position.
    pub fn extend(&mut self, row: usize, column: Column, factor: f64) {
        self.rows[row].terms.push((column, factor));
    }

    /// The same with every column continuous, its optimum found: to be solved again from there with columns held.
    ///
    /// # Errors
    /// How it ended that has no optimum.
    pub fn standing(&self) -> Result<Standing, Outcome> {
        Standing::of(self)
    }

    /// The same with every column continuous, where rows outside `firm` may be broken at a price a unit: columns for what is
    /// broken come behind the others. An optimum costs no more than one that keeps all rows.
    #[must_use]
    pub fn yielding(&self, firm: &Range<usize>, price: f64) -> Self {
        let mut yielding = self.relaxed();
        for row in (0..self.rows.len()).filter(|row| !firm.contains(row)) {
            let signs: &[f64] = match self.rows[row].relation {
                Relation::AtMost => &[-1.0],
                Relation::Equal => &[-1.0, 1.0],
                Relation::AtLeast => &[1.0],
            };
            for sign in signs {
                let broken = yielding.column(price, 0.0, f64::INFINITY);
                yielding.extend(row, broken, *sign);
            }
        }
        yielding
    }

    /// The same with every column continuous.
    #[must_use]
    pub fn relaxed(&self) -> Self {
        Self { whole: vec![false; self.whole.len()], ..self.clone() }
    }

    /// What the values of an answer amount to; whole columns are rounded. What the solver calls proven is so only where
    /// its bound is as near as was asked.
    fn answer(&self, mut values: Vec<f64>, bound: Option<f64>, gap: f64, proven: bool) -> Outcome {
        for (value, _) in values.iter_mut().zip(&self.whole).filter(|(_, whole)| **whole) {
            *value = value.round();
        }
        let objective = self.objective(&values);
        // A bound that rounding lifts above the objective is the objective.
        let bound = bound.unwrap_or(if proven { objective } else { f64::NEG_INFINITY }).min(objective);
        let answer = Answer { values, objective, bound };
        let is_near = objective - bound <= gap.max(AGREES) * objective.abs().max(bound.abs()).max(1.0);
        if proven && is_near { Outcome::Optimal(answer) } else { Outcome::Feasible(answer) }
    }
}

impl Row {
    /// Its terms with every column once, in the order of columns.
    fn merged(&self) -> Vec<(Column, f64)> {
        let mut terms = self.terms.clone();
        terms.sort_by_key(|(column, _)| *column);
        terms.dedup_by(|later, kept| {
            let same = later.0 == kept.0;
            if same {
                kept.1 += later.1;
            }
            same
        });
        terms
    }
}

/// Name of the solver of whole columns that the program carries.
pub const SOLVER: &str = if cfg!(feature = "highs") { "HiGHS" } else { "microlp" };

/// Whether that solver cuts, rounds and settles columns by itself, so that a search of our own would be work done twice.
pub const SEARCHES_WELL: bool = cfg!(feature = "highs");

#[cfg(test)]
mod tests {
    use super::*;

    /// Two products of 3 and 5, hours 4, 12 and 18: G. B. Dantzig's kind of example, optimum 36 at (2, 6).
    fn products() -> (Problem, [Column; 2]) {
        let mut problem = Problem::default();
        let [x, y] = [-3.0, -5.0].map(|cost| problem.column(cost, 0.0, f64::INFINITY));
        problem.row(vec![(x, 1.0)], Relation::AtMost, 4.0);
        problem.row(vec![(y, 2.0)], Relation::AtMost, 12.0);
        problem.row(vec![(x, 1.0), (y, 2.0), (x, 2.0)], Relation::AtMost, 18.0);
        (problem, [x, y])
    }

    #[test]
    fn an_optimum_known_by_hand() {
        let (problem, [x, y]) = products();
        let Outcome::Optimal(Answer { values, objective, bound }) = problem.solve() else { panic!("solved") };
        assert_eq!(bound, objective);
        assert!((objective + 36.0).abs() < 1e-9, "{objective}");
        assert!((x.of(&values) - 2.0).abs() < 1e-9 && (y.of(&values) - 6.0).abs() < 1e-9, "{values:?}");
        assert!(problem.violation(&values) < 1e-9);
    }

    #[test]
    fn what_has_no_optimum_says_so() {
        let (mut problem, [x, _]) = products();
        problem.row(vec![(x, 1.0)], Relation::AtLeast, 5.0);
        assert_eq!(problem.solve(), Outcome::Infeasible);
        let mut free = Problem::default();
        let [x, y] = [-1.0, 0.0].map(|cost| free.column(cost, 0.0, f64::INFINITY));
        free.row(vec![(x, 1.0), (y, -1.0)], Relation::Equal, 1.0);
        assert_eq!(free.solve(), Outcome::Unbounded);
        let mut faulty = Problem::default();
        faulty.column(f64::NAN, 0.0, 1.0);
        assert!(matches!(faulty.solve(), Outcome::Failed(_)));
    }

    #[test]
    fn holding_columns_one_after_the_other_is_solving_anew() {
        let (problem, [x, y]) = products();
        let standing = problem.standing().expect("an optimum");
        assert!((standing.objective() + 36.0).abs() < 1e-9);
        let held = standing.clone().hold(x, 1.0).expect("within its bounds");
        assert!((held.objective() + 33.0).abs() < 1e-9 && (held.value(y) - 6.0).abs() < 1e-9);
        let both = held.hold(y, 5.0).expect("less of the other");
        assert_eq!(both.values(2).iter().map(|value| value.round()).collect::<Vec<_>>(), [1.0, 5.0]);
        assert_eq!(standing.hold(x, 5.0).err(), Some(Outcome::Infeasible), "row of four");
    }

    #[test]
    fn a_row_that_may_be_broken_costs_its_price() {
        let (mut problem, [x, _]) = products();
        problem.row(vec![(x, 1.0)], Relation::AtLeast, 5.0);
        assert_eq!(problem.solve(), Outcome::Infeasible);
        // One hour too few or too many at the same price: 4 of the first product leave room for 3 of the second.
        let broken = problem.yielding(&(1..3), 1e4).standing().expect("at a price");
        assert!((broken.objective() - (1e4 - 12.0 - 15.0)).abs() < 1e-6, "{}", broken.objective());
    }

    #[test]
    fn violations_are_measured_at_every_kind_of_row_and_bound() {
        let (mut problem, [x, y]) = products();
        assert_eq!(problem.violation(&[2.0, 6.0]), 0.0);
        assert_eq!(problem.violation(&[4.5, 0.0]), 0.5);
        assert_eq!(problem.violation(&[-0.25, 0.0]), 0.25);
        problem.row(vec![(x, 1.0), (y, 1.0)], Relation::Equal, 8.0);
        assert_eq!(problem.violation(&[1.0, 6.0]), 1.0);
        problem.row(vec![(x, 1.0)], Relation::AtLeast, 4.0);
        assert_eq!(problem.violation(&[2.0, 6.0]), 2.0);
        assert_eq!(problem.violation(&[f64::NAN, 6.0]), f64::INFINITY);
        assert_eq!((problem.columns(), problem.rows().len()), (2, 5));
    }
}
