//! Kind `mix`.

use super::answers::{Answer, Answers, Question, Unanswered};
use crate::case::MixSystem;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::optimise::choice::{Choosing, Chosen, best};

/// The best choice; nothing where no choice is allowed.
pub(super) struct MixAnswers<'a> {
    system: &'a MixSystem,
    chosen: Option<Chosen>,
}

impl<'a> MixAnswers<'a> {
    /// Finds the best choice; without proof there are no answers, and a finding says so.
    pub(super) fn of(system: &'a MixSystem) -> (Option<Self>, Findings) {
        let mut findings = Findings::default();
        let chosen = match best(system) {
            Choosing::Best(chosen) => Some(chosen),
            Choosing::Infeasible => None,
            Choosing::Unproven(words) => {
                findings.push(Diagnostic::new(Code("E749")).with("words", words));
                return (None, findings);
            }
        };
        (Some(Self { system, chosen }), findings)
    }
}

impl Answers for MixAnswers<'_> {
    fn answer(&self, question: &Question<'_>) -> Result<Answer, Unanswered> {
        let number = match (question.quantity, question.what) {
            ("", "objective") => self.chosen.as_ref().map(|chosen| chosen.value),
            ("", _) => return Err(Unanswered::UnknownWhat),
            (key, what) => {
                let at = self.system.choices.iter().position(|choice| choice.key == key);
                let at = at.ok_or(Unanswered::UnknownQuantity)?;
                if what != "value" {
                    return Err(Unanswered::UnknownWhat);
                }
                self.chosen.as_ref().map(|chosen| if chosen.taken[at] { 1.0 } else { 0.0 })
            }
        };
        Ok(Answer::of(number))
    }
}
