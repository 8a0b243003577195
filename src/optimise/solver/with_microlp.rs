//! The solver of the default build, microlp: a simplex and a branch and bound in Rust.

use super::{Column, Limits, Outcome, Problem, Relation, TOLERANCE};
use microlp::{ComparisonOp, Error, OptimizationDirection, Solution, SolutionStatus, SolveOptions};
use microlp::{SolveOutcome, TerminationReason, Variable};
use std::sync::Arc;

pub(super) fn solve(of: &Problem, limits: &Limits) -> Outcome {
    let (problem, columns) = posed(of);
    let mut options = SolveOptions::default();
    options.tolerances.feasibility = TOLERANCE;
    options.node_limit = limits.nodes;
    options.mip_gap = limits.gap;
    let start = limits.start.iter().map(|(column, value)| (columns[column.0], *value));
    options.warm_start = (!limits.start.is_empty()).then(|| start.collect());
    match problem.solve_with(options) {
        Ok(SolveOutcome::Solution(solution)) => {
            let values = columns.iter().map(|column| solution.var_value(*column)).collect();
            let proven = solution.status() == SolutionStatus::Optimal
                || solution.termination_reason() == TerminationReason::MipGap;
            let bound = solution.stats().best_bound;
            of.answer(values, bound, limits.gap, proven)
        }
        Ok(SolveOutcome::Interrupted(_)) => Outcome::Limit,
        Err(error) => ended_without(&error),
    }
}

/// The problem in the solver's terms, with its columns.
fn posed(of: &Problem) -> (microlp::Problem, Vec<Variable>) {
    let mut problem = microlp::Problem::new(OptimizationDirection::Minimize);
    let columns = of.costs.iter().zip(&of.bounds).zip(&of.whole);
    let columns: Vec<Variable> = columns
        .map(|((cost, bounds), whole)| match whole {
            true => problem.add_integer_var(*cost, (bounds.0 as i32, bounds.1 as i32)),
            false => problem.add_var(*cost, *bounds),
        })
        .collect();
    for row in &of.rows {
        let terms = row.merged().into_iter().map(|(column, factor)| (columns[column.0], factor));
        let relation = match row.relation {
            Relation::AtMost => ComparisonOp::Le,
            Relation::Equal => ComparisonOp::Eq,
            Relation::AtLeast => ComparisonOp::Ge,
        };
        problem.add_constraint(terms.collect::<microlp::LinearExpr>(), relation, row.right);
    }
    (problem, columns)
}

/// The optimum of a continuous programme, as the simplex left it: with one more column held it is solved again in a few
/// steps, where a new programme takes thousands.
#[derive(Clone)]
pub struct Standing {
    solution: Solution,
    columns: Arc<[Variable]>,
}

impl Standing {
    pub(super) fn of(problem: &Problem) -> Result<Self, Outcome> {
        let (posed, columns) = posed(&problem.relaxed());
        let mut options = SolveOptions::default();
        options.tolerances.feasibility = TOLERANCE;
        let solution = optimum(posed.solve_with(options))?;
        Ok(Self { solution, columns: columns.into() })
    }

    /// Σ cost·x.
    #[must_use]
    pub fn objective(&self) -> f64 {
        self.solution.objective()
    }

    /// Value of a column.
    #[must_use]
    pub fn value(&self, column: Column) -> f64 {
        self.solution.var_value(self.columns[column.0])
    }

    /// The values of the first `count` columns.
    #[must_use]
    pub fn values(&self, count: usize) -> Vec<f64> {
        (0..count).map(|at| self.value(Column(at))).collect()
    }

    /// Solves it again with one more column held at a value within its bounds.
    ///
    /// # Errors
    /// How it ended that has no optimum.
    pub fn hold(self, column: Column, value: f64) -> Result<Self, Outcome> {
        let Self { solution, columns } = self;
        let solution = optimum(solution.fix_var(columns[column.0], value))?;
        Ok(Self { solution, columns })
    }
}

/// The optimum of a continuous programme, or how it ended without.
fn optimum(ended: Result<SolveOutcome, Error>) -> Result<Solution, Outcome> {
    match ended {
        Ok(SolveOutcome::Solution(solution)) => Ok(solution),
        Ok(SolveOutcome::Interrupted(_)) => Err(Outcome::Limit),
        Err(error) => Err(ended_without(&error)),
    }
}

fn ended_without(error: &Error) -> Outcome {
    match error {
        Error::Infeasible => Outcome::Infeasible,
        Error::Unbounded => Outcome::Unbounded,
        error => Outcome::Failed(error.to_string()),
    }
}
