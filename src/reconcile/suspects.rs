//! Serial elimination: which measurements do not fit, one after the other.
//!
//! J. A. Romagnoli, M. C. Sánchez, "Data Processing and Reconciliation for Chemical Process Operations", Academic
//! Press 1999, chapter 7; R. W. Serth, W. A. Heenan, AIChE J. 32 (1986) 733–742.

use super::chi_squared::quantile;
use super::outcome::{Class, Outcome, Reconciliation};
use super::problem::{Knowledge, Problem};

/// Values of |z| this close to each other, relatively, are equal: the first quantity is taken.
const TIE: f64 = 1e-9;

/// A measurement taken out because it does not fit the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suspect {
    /// The quantity.
    pub variable: usize,
    /// Its test value when it was taken out.
    pub z: f64,
    /// The value that would fit what remains at that stage.
    pub fitting: Option<f64>,
    /// The standard deviation of that value.
    pub fitting_deviation: Option<f64>,
}

/// The course of a serial elimination.
#[derive(Debug)]
pub struct SerialElimination {
    /// In the order in which they were taken out.
    pub suspects: Vec<Suspect>,
    /// The reconciliation of what remains; none when nothing was taken out.
    pub remaining: Option<Box<Reconciliation>>,
    /// How it ended when a reconciliation on the way had no solution.
    pub stopped: Option<Outcome>,
}

/// While the statistic is above the χ² quantile at `confidence`, the redundant measurement of largest |z| is a
/// suspect and becomes unmeasured. `first` is the reconciliation of all measurements.
#[must_use]
pub fn serial_elimination(problem: &Problem, first: &Reconciliation, confidence: f64) -> SerialElimination {
    let mut course = SerialElimination { suspects: Vec::new(), remaining: None, stopped: None };
    let mut problem = problem.clone();
    loop {
        let current = course.remaining.as_deref().unwrap_or(first);
        if current.degrees == 0 || current.statistic <= quantile(confidence, current.degrees) {
            return course;
        }
        let Some((variable, z)) = least_fitting(current) else { return course };
        problem.variables[variable].knowledge = Knowledge::Unknown;
        // What held with the measurement holds without it: a good point to begin from.
        let estimated = problem.variables.iter_mut().zip(&current.estimates);
        for (unknown, estimate) in estimated.filter(|(variable, _)| variable.is_unknown()) {
            unknown.start = estimate.value.or(unknown.start);
        }
        let outcome = super::reconcile(&problem);
        let mut suspect = Suspect { variable, z, fitting: None, fitting_deviation: None };
        if let Outcome::Reconciled(next) = outcome {
            suspect.fitting = next.estimates[variable].value;
            suspect.fitting_deviation = next.estimates[variable].deviation;
            course.remaining = Some(next);
            course.suspects.push(suspect);
        } else {
            course.suspects.push(suspect);
            course.stopped = Some(outcome);
            return course;
        }
    }
}

fn least_fitting(reconciliation: &Reconciliation) -> Option<(usize, f64)> {
    let tested = reconciliation.estimates.iter().enumerate();
    let tests: Vec<(usize, f64)> = tested
        .filter(|(_, e)| e.class == Some(Class::Redundant))
        .filter_map(|(variable, e)| Some((variable, e.z(0.0)?)))
        .collect();
    let largest = tests.iter().map(|(_, z)| z.abs()).fold(0.0, f64::max);
    tests.into_iter().find(|(_, z)| z.abs() >= largest * (1.0 - TIE) && largest > 0.0)
}
