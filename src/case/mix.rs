//! Choices of projects under budgets.

use crate::id::{BudgetId, ChoiceId, Table};

/// Projects to take or leave, each whole: Σ value of those taken is to be greatest.
#[derive(Clone, Debug, Default)]
pub struct MixSystem {
    /// Projects.
    pub choices: Table<ChoiceId, Choice>,
    /// Budgets.
    pub budgets: Table<BudgetId, Budget>,
    /// What projects take of budgets; no row is nothing.
    pub uses: Vec<Use>,
    /// How projects hang together.
    pub bonds: Vec<Bond>,
}

/// A project.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Id as the user wrote it.
    pub key: String,
    /// Its value.
    pub value: f64,
}

/// A budget: what is taken of it is at most its amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// Id as the user wrote it.
    pub key: String,
    /// Its amount.
    pub amount: f64,
}

/// What a project takes of a budget.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Use {
    /// Project.
    pub choice: ChoiceId,
    /// Budget.
    pub budget: BudgetId,
    /// Amount.
    pub amount: f64,
}

/// How two projects hang together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bond {
    /// The one.
    pub choice: ChoiceId,
    /// How.
    pub kind: BondKind,
    /// The other.
    pub other: ChoiceId,
}

/// Kinds of bonds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BondKind {
    /// The one is not taken without the other.
    Needs,
    /// Not both.
    Excludes,
}
