//! Linear programmes, some of their variables whole: `minimise Σ cost·x` under rows and bounds. The one file that names the solver crate.
//!
//! A [`Problem`] is built column by column and row by row, a solution is a value of [`Outcome`]; nobody who builds or
//! reads one knows who solves it. The solver (microlp, a simplex in Rust) draws no random numbers and is given no limit
//! of time: the same problem has the same answer. It keeps rows and bounds to an absolute 10⁻⁹, so that a
//! problem should be posed in units in which its large values are near 1; [`Problem::violation`] tells what an answer
//! keeps, from the rows alone.

use microlp::{ComparisonOp, Error, OptimizationDirection, SolutionStatus, SolveOptions, SolveOutcome};

/// How far an answer may lie outside a row or bound, absolute.
const TOLERANCE: f64 = 1e-9;

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

/// How a problem ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Solved.
    Optimal {
        /// By column.
        values: Vec<f64>,
        /// Σ cost·x.
        objective: f64,
    },
    /// No values keep all rows and bounds.
    Infeasible,
    /// The sum of costs falls without end.
    Unbounded,
    /// The solver stopped before it could prove an optimum.
    Limit,
    /// The solver failed, with its words: numbers that are none, or rounding it could not master.
    Failed(String),
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

    /// Solves the problem.
    #[must_use]
    pub fn solve(&self) -> Outcome {
        let mut problem = microlp::Problem::new(OptimizationDirection::Minimize);
        let columns: Vec<microlp::Variable> = self
            .costs
            .iter()
            .zip(&self.bounds)
            .zip(&self.whole)
            .map(|((cost, bounds), whole)| match whole {
                true => problem.add_binary_var(*cost),
                false => problem.add_var(*cost, *bounds),
            })
            .collect();
        for row in &self.rows {
            // Columns that occur twice become one entry.
            let mut terms = row.terms.clone();
            terms.sort_by_key(|(column, _)| *column);
            terms.dedup_by(|later, kept| {
                let same = later.0 == kept.0;
                if same {
                    kept.1 += later.1;
                }
                same
            });
            let terms = terms.into_iter().map(|(column, factor)| (columns[column.0], factor));
            let relation = match row.relation {
                Relation::AtMost => ComparisonOp::Le,
                Relation::Equal => ComparisonOp::Eq,
                Relation::AtLeast => ComparisonOp::Ge,
            };
            problem.add_constraint(terms.collect::<microlp::LinearExpr>(), relation, row.right);
        }
        let mut options = SolveOptions::default();
        options.tolerances.feasibility = TOLERANCE;
        match problem.solve_with(options) {
            Ok(SolveOutcome::Solution(solution)) if solution.status() == SolutionStatus::Optimal => {
                let values: Vec<f64> = columns.iter().map(|column| solution.var_value(*column)).collect();
                Outcome::Optimal { objective: self.objective(&values), values }
            }
            Ok(_) => Outcome::Limit,
            Err(Error::Infeasible) => Outcome::Infeasible,
            Err(Error::Unbounded) => Outcome::Unbounded,
            Err(error) => Outcome::Failed(error.to_string()),
        }
    }
}

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
        let Outcome::Optimal { values, objective } = problem.solve() else { panic!("solved") };
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
