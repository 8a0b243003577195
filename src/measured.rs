//! A year of the model made consistent with what was measured.
//!
//! [`reconcile()`] states the solved year's own network as equations between activities, recipe rows and the exchanges of
//! markets, adds the figures of `measurements` and every cell that has `±`, and solves it by [`crate::reconcile`].
//! What it takes for certain and what not: equations E-R10 to E-R13 of `docs/equations/reconciliation.md`.

pub mod apply;
mod exchanges;
mod layers;
mod observations;
mod processes;
mod system;

pub use apply::{Applied, apply};
pub use exchanges::Exchange;
pub use layers::{LayerClosing, closings};
pub use system::{Balance, Subject, System};

use crate::model::Model;
use crate::plan::Plan;
use crate::reconcile::{self, Contradiction, Outcome, Reconciliation, SerialElimination};
use crate::simulate::YearResult;

/// A reconciled year.
#[derive(Debug)]
pub struct ReconciledYear {
    /// The year.
    pub year: i32,
    /// Confidence of the tests, 0–1.
    pub confidence: f64,
    /// The problem that was solved.
    pub system: System,
    /// With every measurement in.
    pub all: Box<Reconciliation>,
    /// Which measurements do not fit, one after the other, and what remains without them.
    pub course: SerialElimination,
}

impl ReconciledYear {
    /// The reconciliation whose values are to be used: with every measurement, or without the suspects.
    #[must_use]
    pub fn values(&self, without_suspects: bool) -> &Reconciliation {
        match &self.course.remaining {
            Some(remaining) if without_suspects => remaining,
            _ => &self.all,
        }
    }

    /// Number of figures that were measured, uncertain recipe rows and contents included.
    #[must_use]
    pub fn measured(&self) -> usize {
        self.system.problem.variables.iter().filter(|variable| variable.measurement().is_some()).count()
    }

    /// Whether a quantity was taken out as suspect, and as which one: 1 is the first.
    #[must_use]
    pub fn suspect(&self, variable: usize) -> Option<usize> {
        self.course.suspects.iter().position(|suspect| suspect.variable == variable).map(|at| at + 1)
    }
}

/// Why a year could not be reconciled.
#[derive(Debug)]
pub enum Unreconciled {
    /// Nothing was measured in that year.
    NoMeasurement,
    /// Balances and exact figures contradict each other.
    Contradictory(System, Contradiction),
    /// No solution was found; with the balance least satisfied, if one is known.
    Unsolved(System, Option<usize>),
}

/// Reconciles a solved year of a model with its measurements at a confidence of 0–1. Complexity: a few sparse Cholesky
/// factorisations of the balances for each suspect.
///
/// # Errors
/// When nothing was measured, or balances and exact figures contradict each other.
pub fn reconcile(
    plan: &Plan,
    model: &Model,
    year: &YearResult,
    confidence: f64,
) -> Result<ReconciledYear, Box<Unreconciled>> {
    let system = System::of(plan, model, year);
    if !system.has_measurements() {
        return Err(Box::new(Unreconciled::NoMeasurement));
    }
    match reconcile::reconcile(&system.problem) {
        Outcome::Reconciled(all) => {
            let course = reconcile::serial_elimination(&system.problem, &all, confidence);
            Ok(ReconciledYear { year: year.year, confidence, system, all, course })
        }
        Outcome::Contradictory(contradiction) => {
            Err(Box::new(Unreconciled::Contradictory(system, contradiction)))
        }
        Outcome::Undefined { equation } | Outcome::Unsettled { equation, .. } => {
            Err(Box::new(Unreconciled::Unsolved(system, equation)))
        }
        Outcome::Empty | Outcome::Faulty(_) => Err(Box::new(Unreconciled::Unsolved(system, None))),
    }
}
