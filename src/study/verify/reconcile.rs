//! Kind `reconcile`: the case posed as a problem, and the answers read off its reconciliation.

mod equations;
mod flows;
mod posed;

use super::answers::{Answer, Answers, Question, Unanswered};
use crate::case::{Case, Problem};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::reconcile::{
    ActiveBound, Class, Estimate, Outcome, Reconciliation, SerialElimination, equation_test, reconcile,
    serial_elimination,
};
use posed::Posed;

/// A reconciled case. Without a reconciliation nothing has a number.
pub(super) struct ReconcileAnswers<'a> {
    case: &'a Case,
    posed: Posed,
    solved: Option<Box<Reconciliation>>,
    suspects: Vec<usize>,
}

/// Reconciles a case; the findings say why there is no number where there is none.
pub(super) fn solve(case: &Case) -> (Option<Box<dyn Answers + '_>>, Findings) {
    let posed = match &case.problem {
        Problem::Flows(system) => flows::pose(case, system),
        Problem::Equations(system) => equations::pose(system),
        Problem::Stocks(_) | Problem::Indicators(_) | Problem::Mix(_) => return (None, Findings::default()),
    };
    let mut findings = Findings::default();
    let solved = match reconcile(&posed.problem) {
        Outcome::Reconciled(solved) => Some(solved),
        failure => {
            findings.push(why(&posed, &failure));
            None
        }
    };
    let asks_suspects = case.expectations.iter().any(|expectation| expectation.what == "suspect");
    let mut suspects = Vec::new();
    if let Some(solved) = solved.as_deref().filter(|_| asks_suspects) {
        let SerialElimination { suspects: named, stopped, .. } =
            serial_elimination(&posed.problem, solved, case.settings.confidence);
        suspects.extend(named.iter().map(|suspect| suspect.variable));
        if let Some(failure) = stopped {
            findings.push(why(&posed, &failure));
        }
    }
    (Some(Box::new(ReconcileAnswers { case, posed, solved, suspects })), findings)
}

/// Why there is no reconciliation.
fn why(posed: &Posed, failure: &Outcome) -> Diagnostic {
    let equation = |number: &Option<usize>| number.map_or(String::new(), |e| posed.labels[e].clone());
    match failure {
        Outcome::Contradictory(contradiction) => {
            let equations: Vec<&str> =
                contradiction.equations.iter().map(|e| posed.labels[*e].as_str()).collect();
            let bounded: Vec<String> = contradiction.bounded.iter().map(|v| posed.name_of(*v)).collect();
            Diagnostic::new(Code("W720"))
                .with("equations", equations.join(", "))
                .with("bounded", bounded.join(", "))
        }
        Outcome::Undefined { equation: number } => {
            Diagnostic::new(Code("W721")).with("equation", equation(number))
        }
        Outcome::Unsettled { iterations, equation: number } => Diagnostic::new(Code("W722"))
            .with("iterations", iterations.to_string())
            .with("equation", equation(number)),
        _ => Diagnostic::new(Code("W723")),
    }
}

impl ReconcileAnswers<'_> {
    /// Of the case as a whole.
    fn overall(&self, what: &str) -> Result<Answer, Unanswered> {
        let solved = self.solved.as_deref();
        match what {
            "statistic" => Ok(Answer::of(solved.map(|s| s.statistic))),
            "dof" => Ok(Answer::of(solved.map(|s| s.degrees as f64))),
            "p_value" => Ok(Answer::of(solved.and_then(Reconciliation::p_value))),
            _ => Err(Unanswered::UnknownWhat),
        }
    }

    /// Of one quantity; nothing where the case has no solution.
    fn of(&self, variable: usize, what: &str) -> Result<Answer, Unanswered> {
        let estimate = self.solved.as_deref().map(|s| s.estimates[variable]);
        let word = |word: fn(&Estimate) -> Option<&'static str>| {
            let found = estimate.as_ref().and_then(word);
            Ok(found.map_or(Answer::Nothing, |word| Answer::Word(word.to_owned())))
        };
        match what {
            "value" => Ok(Answer::of(estimate.and_then(|e| e.value))),
            "sd" => Ok(Answer::of(estimate.and_then(|e| e.deviation))),
            "z" => Ok(Answer::of(estimate.and_then(|e| e.z(self.case.settings.z_floor)))),
            "suspect" => {
                let suspected = f64::from(u8::from(self.suspects.contains(&variable)));
                Ok(Answer::of(estimate.map(|_| suspected)))
            }
            "class" => word(|e| e.class.map(Class::word)),
            "bound" => word(|e| {
                Some(match e.bound {
                    None => "none",
                    Some(ActiveBound::Lower) => "lower",
                    Some(ActiveBound::Upper) => "upper",
                })
            }),
            _ => Err(Unanswered::UnknownWhat),
        }
    }
}

impl Answers for ReconcileAnswers<'_> {
    fn answer(&self, question: &Question<'_>) -> Result<Answer, Unanswered> {
        if question.quantity.is_empty() {
            return self.overall(question.what);
        }
        if question.what == "nodal" {
            let balance = self.posed.balances.get(question.quantity).ok_or(Unanswered::UnknownQuantity)?;
            return Ok(Answer::of(equation_test(&self.posed.problem, *balance)));
        }
        let variable = self.posed.find(question.quantity).ok_or(Unanswered::UnknownQuantity)?;
        self.of(variable, question.what)
    }
}
