//! Reconciliation: measurements that contradict each other, made consistent with the balances by least squares.
//!
//! [`reconcile`] takes a [`Problem`] and gives an [`Outcome`]: values with deviations, classes, the global test.
//! [`serial_elimination`] then names the measurements that do not fit. Equations with their sources:
//! `docs/equations/reconciliation.md` (E-R1 …).

mod bounded;
pub mod chi_squared;
mod contradiction;
mod echelon;
mod iterate;
pub mod outcome;
mod precision;
pub mod problem;
mod reduced;
mod residual;
mod start;
mod step;
mod suspects;

pub use outcome::{ActiveBound, Class, Contradiction, Estimate, Outcome, Reconciliation};
pub use problem::{Equation, Fault, Function, Knowledge, Problem, Variable};
pub use suspects::{SerialElimination, Suspect, serial_elimination};

use iterate::{NoSolution, Solution};
use precision::Precision;
use problem::Tangent;
use residual::natural_sizes;
use start::starting_point;

/// Starting sizes, and slack of unknown quantities near their bounds, tried as multiples of the usual ones.
const STRETCHES: [f64; 5] = [1.0, 0.1, 10.0, 0.01, 100.0];

/// Reconciles: the x nearest the measurements, in their deviations, at which every equation and bound holds
/// (E-R1), with classes and first-order deviations.
#[must_use]
pub fn reconcile(problem: &Problem) -> Outcome {
    let solution = match solve(problem) {
        Ok(solution) => solution,
        Err(outcome) => return outcome,
    };
    let (iterations, residual) = (solution.iterations, solution.violation);
    let (estimates, degrees, precision) = Precision::of(problem, solution);
    let statistic = estimates.iter().filter_map(|e| e.adjustment).map(|t| t * t).sum();
    let conditioning = precision.conditioning();
    Outcome::Reconciled(Box::new(Reconciliation {
        estimates,
        statistic,
        degrees,
        iterations,
        conditioning,
        residual,
        precision,
    }))
}

/// The reconciled values alone, also of what is not determined: [`reconcile`] without classes and deviations.
///
/// # Errors
/// The outcome, where there is no solution.
pub fn adjust(problem: &Problem) -> Result<Vec<f64>, Outcome> {
    solve(problem).map(|solution| solution.x)
}

fn solve(problem: &Problem) -> Result<Solution, Outcome> {
    let faults = problem.faults();
    if !faults.is_empty() {
        return Err(Outcome::Faulty(faults));
    }
    if problem.variables.is_empty() {
        return Err(Outcome::Empty);
    }
    let natural = natural_sizes(problem, &starting_point(problem, 1.0));
    let worst = |x: &[f64]| residual::worst(problem, &natural, x);
    let mut failure = None;
    for stretch in STRETCHES {
        let outcome = match iterate::run(problem, &natural, stretch) {
            Ok(solution) => return Ok(solution),
            Err(NoSolution::Contradictory(x)) => {
                let found = contradiction::find(problem, &x);
                if !found.equations.is_empty() || !found.bounded.is_empty() {
                    return Err(Outcome::Contradictory(found));
                }
                Outcome::Unsettled { iterations: 1, equation: worst(&x).1 }
            }
            Err(NoSolution::Undefined(x)) => Outcome::Undefined { equation: worst(&x).1 },
            Err(NoSolution::Unsettled { x, iterations }) => {
                Outcome::Unsettled { iterations, equation: worst(&x).1 }
            }
        };
        // Another start may lead where the first did not; what is told is how the first ended.
        failure.get_or_insert(outcome);
    }
    Err(failure.unwrap_or(Outcome::Empty))
}

/// Test of one equation from the measurements alone: its imbalance over the deviation of that imbalance. None when a
/// quantity in it is unmeasured, when it is not linear, or when nothing in it is uncertain.
#[must_use]
pub fn equation_test(problem: &Problem, equation: usize) -> Option<f64> {
    let equation = problem.equations.get(equation).filter(|e| e.is_linear())?;
    let known = |v: &Variable| v.measurement().map(|m| m.0).or(v.constant()).unwrap_or(f64::NAN);
    let values: Vec<f64> = problem.variables.iter().map(known).collect();
    let (mut tangent, mut scratch) = (Tangent::default(), Vec::new());
    equation.tangent(&values, &mut tangent, &mut scratch);
    let deviation = |(v, factor): &(u32, f64)| {
        problem.variables[*v as usize].measurement().map_or(0.0, |(_, deviation)| factor * deviation)
    };
    let variance: f64 = tangent.gradient.iter().map(|term| deviation(term) * deviation(term)).sum();
    (variance > 0.0 && tangent.value.is_finite()).then(|| tangent.value / variance.sqrt())
}
