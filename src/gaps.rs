//! Gaps: states at a month's end, queries on the ledger, never added over months.

//!
//! Everything here is derived again from the ledger's entries and the model's static tables; nothing is
//! taken from the state that the money pass carried along.

mod county;
mod holdup;
mod tally;

pub use county::{CountyGap, by_county};
pub use holdup::HoldUp;

use crate::calendar::Month;
use crate::funding::FundingOutcome;
use crate::id::{FundId, Id, ProjectId};
use crate::model::Model;
use crate::money::Fen;
use tally::Tally;

/// All gaps at the end of a month. A month before the first is the state before anything happened.
/// Complexity O(entries + funds · duties + rows).
#[must_use]
pub fn at(model: &Model, outcome: &FundingOutcome, month: Month) -> Gaps {
    let mut tally = Tally::new(model);
    outcome.ledger.entries.iter().take_while(|entry| entry.month <= month).for_each(|entry| tally.add(entry));
    tally.gaps(month, outcome)
}

/// The gaps at every month's end of the horizon: states, not to be added. One pass over the ledger.
#[must_use]
pub fn by_month(model: &Model, outcome: &FundingOutcome) -> Vec<Gaps> {
    let mut tally = Tally::new(model);
    let mut entries = outcome.ledger.entries.iter().peekable();
    Month::range(model.settings.first_month(), model.settings.last_month())
        .map(|month| {
            while let Some(entry) = entries.next_if(|entry| entry.month <= month) {
                tally.add(entry);
            }
            tally.gaps(month, outcome)
        })
        .collect()
}

/// State of one fund at a month's end. due = paid + held_up + short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FundGap {
    /// Fund.
    pub fund: FundId,
    /// Sum of its duties fallen due.
    pub required: Fen,
    /// Paid in so far (gross of what was taken back).
    pub paid_in: Fen,
    /// Promised for months up to now, not paid in: never spent.
    pub committed: Fen,
    /// Asked for, for months up to now: never spent.
    pub requested: Fen,
    /// In the fund now.
    pub held: Fen,
    /// Taken back so far.
    pub taken_back: Fen,
    /// Obligation gap: max(0, required − paid in).
    pub obligation: Fen,
    /// Days since the last day of the month in which the oldest unmet duty was due; 0 when none is unmet.
    pub days_overdue: i64,
    /// Instalments due so far.
    pub due: Fen,
    /// Paid so far.
    pub paid: Fen,
    /// min(dues stopped by a rule, money the fund holds).
    pub held_up: Fen,
    /// The remainder.
    pub short: Fen,
}

impl FundGap {
    /// Of the shortage, what the unmet duty would pay: "of which needed by projects now".
    #[must_use]
    pub fn needed_now(&self) -> Fen {
        self.short.min(self.obligation)
    }
}

/// State of one project at a month's end. I·(1 − progress) = paid + unpaid + not_yet_due + financing gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectGap {
    /// Project.
    pub project: ProjectId,
    /// Investment still to be spent at the begin: I·(1 − progress).
    pub to_finance: Fen,
    /// Paid so far.
    pub paid: Fen,
    /// Due and not paid.
    pub unpaid: Fen,
    /// Of its rows, not yet due.
    pub not_yet_due: Fen,
    /// Bridged by the owner now.
    pub bridged: Fen,
    /// Financing gap F: what no row covers.
    pub financing: Fen,
}

/// All gaps at a month's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gaps {
    /// The month.
    pub month: Month,
    /// By fund, in the model's order.
    pub funds: Vec<FundGap>,
    /// By built project, in the model's order.
    pub projects: Vec<ProjectGap>,
    /// By fund, what stops its dues; only where something does.
    pub hold_ups: Vec<HoldUp>,
}

impl Gaps {
    /// The state of a fund.
    #[must_use]
    pub fn fund(&self, fund: FundId) -> &FundGap {
        &self.funds[fund.index()]
    }

    /// The state of a project; `None` when the scenario does not build it.
    #[must_use]
    pub fn project(&self, project: ProjectId) -> Option<&ProjectGap> {
        self.projects.iter().find(|p| p.project == project)
    }

    /// Sum of the obligation gaps.
    #[must_use]
    pub fn obligation(&self) -> Fen {
        self.funds.iter().map(|f| f.obligation).sum()
    }

    /// Sum of the financing gaps.
    #[must_use]
    pub fn financing(&self) -> Fen {
        self.projects.iter().map(|p| p.financing).sum()
    }

    /// Sum of the short dues.
    #[must_use]
    pub fn short(&self) -> Fen {
        self.funds.iter().map(|f| f.short).sum()
    }

    /// Sum of the dues held up by rules.
    #[must_use]
    pub fn held_up(&self) -> Fen {
        self.funds.iter().map(|f| f.held_up).sum()
    }

    /// Sum of what is promised for months up to now and not paid in.
    #[must_use]
    pub fn committed(&self) -> Fen {
        self.funds.iter().map(|f| f.committed).sum()
    }

    /// Sum of what is asked for, for months up to now.
    #[must_use]
    pub fn requested(&self) -> Fen {
        self.funds.iter().map(|f| f.requested).sum()
    }

    /// Of the shortage, needed by projects now and owed by a duty.
    #[must_use]
    pub fn needed_now(&self) -> Fen {
        self.funds.iter().map(FundGap::needed_now).sum()
    }

    /// Missing money: Σ obligation + Σ financing + Σ max(0, short − obligation) by fund
    /// (docs/equations.md, E-money-08).
    #[must_use]
    pub fn missing(&self) -> Fen {
        let beyond: Fen = self.funds.iter().map(|f| (f.short - f.obligation).max(Fen::ZERO)).sum();
        self.obligation() + self.financing() + beyond
    }
}
