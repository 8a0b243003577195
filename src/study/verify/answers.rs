//! Questions of `expected.csv` and what a solved case answers.

use crate::id::PeriodId;

/// What is asked of a solved case.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Period, if one is named.
    pub period: Option<PeriodId>,
    /// Region of a stock; empty is the sum over all.
    pub region: &'a str,
    /// Product of a stock; empty is the sum over all.
    pub product: &'a str,
    /// Of which quantity; empty is the case as a whole.
    pub quantity: &'a str,
    /// What of it: `value`, `sd`, `class` …
    pub what: &'a str,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// A finite number.
    Number(f64),
    /// A word, such as a class.
    Word(String),
    /// There is no number to report.
    Nothing,
}

/// Why a question has no answer at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// No such quantity.
    UnknownQuantity,
    /// Nothing of this word is known of the quantity.
    UnknownWhat,
    /// The quantity has a value in every period, and none is named.
    NeedsPeriod,
}

/// A solved case.
pub trait Answers {
    /// Answers a question.
    ///
    /// # Errors
    /// When the question makes no sense for this case.
    fn answer(&self, question: &Question<'_>) -> Result<Answer, Unanswered>;
}

impl Answer {
    /// A number, or nothing where there is none or none that can be held.
    #[must_use]
    pub fn of(number: Option<f64>) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Nothing, Self::Number)
    }
}

impl Question<'_> {
    /// The quantity taken apart as `function(argument)`, such as `level(node)`.
    #[must_use]
    pub fn call(&self) -> Option<(&str, &str)> {
        let (function, rest) = self.quantity.split_once('(')?;
        Some((function.trim(), rest.strip_suffix(')')?.trim()))
    }
}
