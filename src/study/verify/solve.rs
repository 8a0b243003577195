//! Which kinds are built, and who solves them.

use super::answers::Answers;
use super::indicator::IndicatorAnswers;
use crate::case::{Case, Kind, Problem};
use crate::diagnostic::Findings;

/// Whether cases of a kind are solved.
#[must_use]
pub fn is_built(kind: Kind) -> bool {
    matches!(kind, Kind::Indicator | Kind::Reconcile)
}

/// Solves a variant; without answers the findings say why.
pub(super) fn solve(case: &Case) -> (Option<Box<dyn Answers + '_>>, Findings) {
    if case.kind == Kind::Reconcile {
        return super::reconcile::solve(case);
    }
    match &case.problem {
        Problem::Indicators(system) => (Some(Box::new(IndicatorAnswers::of(system))), Findings::default()),
        Problem::Flows(_) | Problem::Equations(_) => (None, Findings::default()),
    }
}
