//! Kind `indicator`.

use super::answers::{Answer, Answers, Question, Unanswered};
use crate::case::IndicatorSystem;
use crate::expression::Undefined;

/// Indicators with their values; `None` where a term is missing or the arithmetic has no result.
pub(super) struct IndicatorAnswers {
    values: Vec<(String, Option<f64>)>,
}

impl IndicatorAnswers {
    /// Evaluates all formulas.
    pub(super) fn of(system: &IndicatorSystem) -> Self {
        let values = system.formulas.iter().map(|formula| {
            // A missing term ends the evaluation as an undefined operation does.
            let term =
                |term: usize| system.terms[term].value.map(|value| value.central).ok_or(Undefined::NotReal);
            (formula.key.clone(), formula.expression.value(term).ok())
        });
        Self { values: values.collect() }
    }
}

impl Answers for IndicatorAnswers {
    fn answer(&self, question: &Question<'_>) -> Result<Answer, Unanswered> {
        let found = self.values.iter().find(|(key, _)| key == question.quantity);
        let (_, value) = found.ok_or(Unanswered::UnknownQuantity)?;
        match question.what {
            "value" => Ok(Answer::of(*value)),
            _ => Err(Unanswered::UnknownWhat),
        }
    }
}
