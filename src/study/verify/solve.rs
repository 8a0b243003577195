//! Which kinds are built, and who solves them.

use super::answers::Answers;
use super::flows::FlowAnswers;
use super::indicator::IndicatorAnswers;
use super::stock::StockAnswers;
use crate::case::{Case, Kind, Problem};
use crate::diagnostic::Findings;

/// Whether cases of a kind are solved.
#[must_use]
pub fn is_built(kind: Kind) -> bool {
    matches!(kind, Kind::Flows | Kind::Stock | Kind::Indicator)
}

/// Solves a variant; without answers the findings say why.
pub(super) fn solve(case: &Case) -> (Option<Box<dyn Answers + '_>>, Findings) {
    match &case.problem {
        Problem::Flows(system) if case.kind == Kind::Flows => {
            let (answers, findings) = FlowAnswers::of(case, system);
            (answers.map(|answers| Box::new(answers) as Box<dyn Answers + '_>), findings)
        }
        Problem::Stocks(system) => {
            let (answers, findings) = StockAnswers::of(case, system);
            (answers.map(|answers| Box::new(answers) as Box<dyn Answers + '_>), findings)
        }
        Problem::Indicators(system) => (Some(Box::new(IndicatorAnswers::of(system))), Findings::default()),
        Problem::Flows(_) | Problem::Equations(_) => (None, Findings::default()),
    }
}
