//! Funds, duties, appropriations and financing, as given.

use super::project::ProjectClass;
use super::provenance::Provenance;
use crate::calendar::Month;
use crate::id::{FundId, PlaceId, ProjectId};
use crate::money::{Fen, Ppm};

/// Level of a fund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FundLevel {
    /// Central government.
    Central,
    /// Province.
    Provincial,
    /// City.
    Municipal,
    /// County unit.
    County,
    /// The owner's own money.
    Enterprise,
    /// Bank loan.
    Bank,
    /// Other social capital.
    Social,
}

impl FundLevel {
    /// Whether it is public money (rows of it count for the bridge by share).
    #[must_use]
    pub fn is_public(self) -> bool {
        matches!(self, Self::Central | Self::Provincial | Self::Municipal | Self::County)
    }
}

/// Whether a fund is set up once or every year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Recurrence {
    /// Once.
    #[default]
    Once,
    /// Every year: duties fall due and lapse recurs each year.
    Yearly,
}

/// Rule under which a fund pays only if another fund is established.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MatchingRule {
    /// None.
    #[default]
    None,
    /// The county fund of the project's county.
    CountyOfProject,
    /// A named fund.
    Fund(FundId),
}

/// A fund.
#[derive(Clone, Debug, PartialEq)]
pub struct Fund {
    /// Id as the user wrote it.
    pub key: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Level.
    pub level: FundLevel,
    /// The place whose fund it is.
    pub place: PlaceId,
    /// Whether it pays whatever is due (enterprise, bank, social).
    pub open: bool,
    /// Once or every year.
    pub recurrence: Recurrence,
    /// Calendar month (1–12) at whose end what is not spent is taken back; `None` never.
    pub lapse: Option<u32>,
    /// Classes it may pay; empty all.
    pub eligible_classes: Vec<ProjectClass>,
    /// Places (with what lies in them) it may pay for; empty all.
    pub eligible_places: Vec<PlaceId>,
    /// Matching rule; applied only in scenarios that switch it on.
    pub matching: MatchingRule,
    /// Its row.
    pub provenance: Provenance,
}

/// A duty to set up a fund.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// Who owes it.
    pub place: PlaceId,
    /// The fund to be set up.
    pub fund: FundId,
    /// Least amount.
    pub amount: Fen,
    /// Month by whose end it is due.
    pub due: Month,
    /// Its row.
    pub provenance: Provenance,
}

/// State of an appropriation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AppropriationState {
    /// In the fund: the only money that is spent.
    PaidIn,
    /// Promised.
    Committed,
    /// Asked for.
    Requested,
}

/// Money put into a fund.
#[derive(Clone, Debug, PartialEq)]
pub struct Appropriation {
    /// Fund.
    pub fund: FundId,
    /// Month.
    pub month: Month,
    /// Amount.
    pub amount: Fen,
    /// State.
    pub state: AppropriationState,
    /// Its row.
    pub provenance: Provenance,
}

/// When a financing row falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payment {
    /// With the months of the calendar from the start.
    WithProgress,
    /// This share at the start, the rest in the month after work reaches B.
    Advance(Ppm),
    /// All of it in the month after work reaches B (先建后补).
    OnCompletion,
    /// Cumulative shares by months after the start, ascending, last one whole: replace k/B.
    Instalments(Vec<(u32, Ppm)>),
}

/// What happens when the money of a row is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IfMissing {
    /// Work waits (beyond the owner's bridge).
    #[default]
    Wait,
    /// The owner bridges this row without limit.
    OwnerCovers,
    /// The project does not start while the fund is not established.
    Drop,
}

/// One row of financing: which fund pays how much of which project.
#[derive(Clone, Debug, PartialEq)]
pub struct Financing {
    /// Project.
    pub project: ProjectId,
    /// Fund.
    pub fund: FundId,
    /// Amount A.
    pub amount: Fen,
    /// When it falls due.
    pub payment: Payment,
    /// What happens when it is missing.
    pub if_missing: IfMissing,
    /// Its row.
    pub provenance: Provenance,
}
