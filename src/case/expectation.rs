//! What somebody else found.

use crate::id::PeriodId;

/// A row of `expected.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// Period; `None` where the case has only one, or the quantity none.
    pub period: Option<PeriodId>,
    /// Region of a stock; empty is the sum over all.
    pub region: String,
    /// Product of a stock; empty is the sum over all.
    pub product: String,
    /// What is asked of: a flow, `flow:layer`, `level(node)`, an id …; empty is the case as a whole.
    pub quantity: String,
    /// What of it: `value`, `sd`, `class` …
    pub what: String,
    /// What was found.
    pub expected: Expected,
    /// How near the program must come.
    pub tolerance: Tolerance,
    /// Line of `expected.csv`.
    pub line: u32,
}

/// An expected answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// A number.
    Number(f64),
    /// A word, such as a class.
    Word(String),
    /// That there is no number to report.
    Nothing,
}

/// A number passes within either of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Share of |expected|.
    pub relative: Option<f64>,
    /// In the unit of the number.
    pub absolute: Option<f64>,
}

impl Tolerance {
    /// The widest deviation that passes.
    #[must_use]
    pub fn width(&self, expected: f64) -> f64 {
        let relative = self.relative.map_or(0.0, |relative| relative * expected.abs());
        relative.max(self.absolute.unwrap_or(0.0))
    }
}
