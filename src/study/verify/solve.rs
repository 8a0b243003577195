//! Which kinds are built, and who solves them.

use super::answers::Answers;
use super::flows::FlowAnswers;
use super::indicator::IndicatorAnswers;
use super::mix::MixAnswers;
use super::stock::StockAnswers;
use crate::case::{Case, Kind, Problem};
use crate::diagnostic::Findings;

/// Whether cases of a kind are solved.
#[must_use]
pub fn is_built(kind: Kind) -> bool {
    matches!(kind, Kind::Flows | Kind::Reconcile | Kind::Stock | Kind::Indicator | Kind::Mix)
}

/// Answers of a solved variant.
type Solved<'a> = Option<Box<dyn Answers + 'a>>;

/// Solves a variant; without answers the findings say why.
pub(super) fn solve(case: &Case) -> (Solved<'_>, Findings) {
    if case.kind == Kind::Reconcile {
        return super::reconcile::solve(case);
    }
    match &case.problem {
        Problem::Flows(system) if case.kind == Kind::Flows => {
            let (answers, findings) = FlowAnswers::of(case, system);
            (answers.map(|answers| Box::new(answers) as Box<dyn Answers>), findings)
        }
        Problem::Stocks(system) => {
            let (answers, findings) = StockAnswers::of(case, system);
            (answers.map(|answers| Box::new(answers) as Box<dyn Answers>), findings)
        }
        Problem::Mix(system) => {
            let (answers, findings) = MixAnswers::of(system);
            (answers.map(|answers| Box::new(answers) as Box<dyn Answers>), findings)
        }
        Problem::Indicators(system) => (Some(Box::new(IndicatorAnswers::of(system))), Findings::default()),
        Problem::Flows(_) | Problem::Equations(_) => (None, Findings::default()),
    }
}
