//! The ledger: entries in fen; everything else said about money is a query on it.

use crate::calendar::Month;
use crate::id::{FinancingId, FundId, ProjectId};
use crate::money::Fen;

/// What an entry says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// Money paid into a fund.
    Credit,
    /// Money promised for this month, not paid in: shown, never spent.
    Committed,
    /// Money asked for, for this month: shown, never spent.
    Requested,
    /// A duty fell due: the fund's required total rises.
    DutyDue,
    /// The fund reached its required amount (amount: its paid-in total).
    Established,
    /// A project starts (amount zero).
    Start,
    /// An instalment of a financing row fell due.
    InstalmentDue,
    /// A fund pays an instalment.
    Payment,
    /// What is due but stopped by a matching rule rises (positive) or falls (negative).
    HeldUp,
    /// The owner's bridge rises (positive) or falls (negative).
    Bridge,
    /// What the owner fronts until completion-bound rows are paid rises or falls.
    Fronted,
    /// A project is complete (amount zero).
    Complete,
    /// A project is on stream from this month on (amount zero).
    OnStream,
    /// Unspent money is taken back at lapse.
    TakenBack,
}

impl EntryKind {
    /// Its word in result files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::Committed => "committed",
            Self::Requested => "requested",
            Self::DutyDue => "duty_due",
            Self::Established => "established",
            Self::Start => "start",
            Self::InstalmentDue => "instalment_due",
            Self::Payment => "payment",
            Self::HeldUp => "held_up",
            Self::Bridge => "bridge",
            Self::Fronted => "fronted",
            Self::Complete => "complete",
            Self::OnStream => "on_stream",
            Self::TakenBack => "taken_back",
        }
    }
}

/// One entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Month.
    pub month: Month,
    /// What it says.
    pub kind: EntryKind,
    /// Fund, where one is concerned.
    pub fund: Option<FundId>,
    /// Project, where one is concerned.
    pub project: Option<ProjectId>,
    /// Financing row, where one is concerned.
    pub financing: Option<FinancingId>,
    /// Amount; negative only for `HeldUp`, `Bridge` and `Fronted`.
    pub amount: Fen,
}

impl Entry {
    /// An entry about a fund alone.
    #[must_use]
    pub fn of_fund(month: Month, kind: EntryKind, fund: FundId, amount: Fen) -> Self {
        Self { month, kind, fund: Some(fund), project: None, financing: None, amount }
    }

    /// An entry about a project alone.
    #[must_use]
    pub fn of_project(month: Month, kind: EntryKind, project: ProjectId, amount: Fen) -> Self {
        Self { month, kind, fund: None, project: Some(project), financing: None, amount }
    }
}

/// All entries, by month and in the order of the month.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Entries.
    pub entries: Vec<Entry>,
}

/// When things happen to a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectSchedule {
    /// Whether the scenario builds it.
    pub built: bool,
    /// Month it starts; `None` when it never does within the horizon.
    pub start: Option<Month>,
    /// Month at whose end it is complete; `None` when it never is within the horizon.
    pub complete: Option<Month>,
    /// First month on stream; `None` when there is none within the horizon.
    pub on_stream: Option<Month>,
    /// First month on stream if money were no matter, which may lie after the horizon; `None` when it is
    /// not built, or something it needs is not.
    pub planned_on_stream: Option<Month>,
}

impl ProjectSchedule {
    /// Months on stream up to December of `horizon`.
    #[must_use]
    pub fn months_on_stream_until(&self, horizon: i32) -> u32 {
        let Some(first) = self.on_stream else { return 0 };
        u32::try_from(Month::december(horizon).since(first) + 1).unwrap_or(0)
    }

    /// Months on stream in a year, 0–12.
    #[must_use]
    pub fn months_on_stream(&self, year: i32) -> u32 {
        let Some(first) = self.on_stream else { return 0 };
        let december = Month::december(year);
        u32::try_from(december.since(first) + 1).unwrap_or(0).min(12)
    }
}

/// What the money pass yields.
#[derive(Clone, Debug)]
pub struct FundingOutcome {
    /// The ledger.
    pub ledger: Ledger,
    /// By project.
    pub schedule: Vec<ProjectSchedule>,
}
