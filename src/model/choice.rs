//! What a choice of projects has to keep to, as the tables give it.

use super::provenance::Provenance;
use crate::calendar::Month;
use crate::id::{FundId, PlaceId, ProjectId};
use crate::money::{Fen, Ppm};

/// A rule of choosing.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceRule {
    /// What it asks.
    pub kind: ChoiceRuleKind,
    /// Its row.
    pub provenance: Provenance,
}

/// What a rule of choosing asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChoiceRuleKind {
    /// A project must be chosen.
    MustHave(ProjectId),
    /// A project must not be chosen.
    MustNot(ProjectId),
    /// A project may start only from one month to another.
    StartWindow(ProjectId, Option<Month>, Option<Month>),
    /// At most so many projects may start in a year; in every year where none is named.
    StartsAYear(Option<i32>, u32),
    /// At least so many projects in a place; in every county unit where none is named.
    AtLeast(Option<PlaceId>, u32),
}

/// A rule of a fund on how much it may grant.
#[derive(Clone, Debug, PartialEq)]
pub struct GrantRule {
    /// Fund.
    pub fund: FundId,
    /// Greatest share of the eligible investment; `None` no such limit.
    pub share: Option<Ppm>,
    /// Greatest amount a project; `None` no such limit.
    pub cap: Option<Fen>,
    /// Funds that may not pay for the same project (no double funding).
    pub not_with: Vec<FundId>,
    /// Its row.
    pub provenance: Provenance,
}
