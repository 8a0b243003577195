//! Indicators from terms.

use crate::expression::Expression;
use crate::quantity::Quantity;

/// Terms and the formulas over them.
#[derive(Clone, Debug, Default)]
pub struct IndicatorSystem {
    /// Terms; formulas name them by their position.
    pub terms: Vec<Term>,
    /// Formulas.
    pub formulas: Vec<Formula>,
}

/// A term.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Id as the user wrote it.
    pub key: String,
    /// Its value; `None` is missing, and so is every indicator that needs it.
    pub value: Option<Quantity>,
    /// Its unit, for the reader alone.
    pub unit: String,
}

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// Id of the indicator.
    pub key: String,
    /// Its arithmetic over the terms.
    pub expression: Expression,
}
