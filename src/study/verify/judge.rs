//! An answer held against what is expected.

use super::answers::{Answer, Answers, Question, Unanswered};
use crate::case::{Case, Expectation, Expected};
use crate::diagnostic::{Code, Diagnostic, Spot};

/// An answer held against what is expected.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Variant; empty for the case as it stands.
    pub variant: String,
    /// Period as the user wrote it; empty without one.
    pub period: String,
    /// What was expected.
    pub expectation: Expectation,
    /// What the program says, or why it says nothing.
    pub answer: Result<Answer, Unanswered>,
    /// |found − expected| where both are numbers.
    pub deviation: Option<f64>,
    /// The widest deviation that passes, where a number is expected.
    pub width: f64,
    /// Whether it passes.
    pub passes: bool,
}

impl Judgement {
    /// Deviation as a multiple of what passes; 0 without deviation.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        match self.deviation {
            None | Some(0.0) => 0.0,
            Some(deviation) => deviation / self.width,
        }
    }

    /// What was asked, as a reader sees it: `F_0_1:Fe`, `p_value`, `sd of m1`.
    #[must_use]
    pub fn asked(&self) -> String {
        let Expectation { quantity, what, region, product, .. } = &self.expectation;
        let mut parts: Vec<&str> = [what.as_str(), quantity, region, product, &self.period, &self.variant]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        if parts.len() > 1 && what == "value" {
            parts.remove(0);
        }
        parts.join(" · ")
    }

    /// Why it does not pass; `None` when it does.
    #[must_use]
    pub fn finding(&self) -> Option<Diagnostic> {
        if self.passes {
            return None;
        }
        let spot = Spot {
            file: "expected.csv".to_owned(),
            row: Some(self.expectation.line),
            column: Some("value".to_owned()),
        };
        let code = match &self.answer {
            Err(Unanswered::UnknownQuantity) => "E721",
            Err(Unanswered::UnknownWhat) => "E722",
            Err(Unanswered::NeedsPeriod) => "E723",
            Ok(Answer::Nothing) => "E724",
            Ok(_) if self.expectation.expected == Expected::Nothing => "E725",
            Ok(_) => "E720",
        };
        let finding = Diagnostic::new(Code(code)).at(spot).with("asked", self.asked());
        let finding = finding.with("what", &self.expectation.what);
        let finding = finding.with("expected", shown_expected(&self.expectation.expected));
        let finding = finding.with("found", self.answer.as_ref().map_or_else(|_| String::new(), shown));
        let deviation = self.deviation.map(|deviation| format!("{deviation:.3e}"));
        let finding = finding.with("deviation", deviation.unwrap_or_default());
        Some(finding.with("width", format!("{:.3e}", self.width)))
    }
}

/// An answer as text.
fn shown(answer: &Answer) -> String {
    match answer {
        Answer::Number(number) => number.to_string(),
        Answer::Word(word) => word.clone(),
        Answer::Nothing => String::new(),
    }
}

fn shown_expected(expected: &Expected) -> String {
    match expected {
        Expected::Number(number) => number.to_string(),
        Expected::Word(word) => word.clone(),
        Expected::Nothing => String::new(),
    }
}

/// Asks a solved case and judges its answer.
pub(super) fn judge(case: &Case, expectation: &Expectation, answers: &dyn Answers) -> Judgement {
    let question = Question {
        period: expectation.period,
        region: &expectation.region,
        product: &expectation.product,
        quantity: &expectation.quantity,
        what: &expectation.what,
    };
    let answer = answers.answer(&question);
    let mut judgement = Judgement {
        variant: case.variant.clone(),
        period: expectation.period.map_or_else(String::new, |period| case.periods[period].clone()),
        expectation: expectation.clone(),
        answer,
        deviation: None,
        width: 0.0,
        passes: false,
    };
    judgement.passes = match (&judgement.answer, &expectation.expected) {
        (Ok(Answer::Number(found)), Expected::Number(expected)) => {
            let deviation = (found - expected).abs();
            judgement.deviation = Some(deviation);
            judgement.width = expectation.tolerance.width(*expected);
            deviation <= judgement.width
        }
        (Ok(Answer::Word(found)), Expected::Word(expected)) => found == expected,
        (Ok(Answer::Nothing), Expected::Nothing) => true,
        _ => false,
    };
    judgement
}
