//! Running totals of the ledger, from its entries alone.

use super::{FundGap, Gaps, ProjectGap, holdup};
use crate::calendar::Month;
use crate::funding::{Entry, EntryKind, FundingOutcome, due_months, to_finance};
use crate::id::{FinancingId, FundId, Id, ProjectId, Table};
use crate::model::Model;
use crate::money::Fen;

/// Totals of one fund.
#[derive(Clone, Copy, Debug, Default)]
struct FundTotals {
    required: Fen,
    paid_in: Fen,
    committed: Fen,
    requested: Fen,
    taken_back: Fen,
    due: Fen,
    paid: Fen,
    stopped: Fen,
}

/// Totals of one project.
#[derive(Clone, Copy, Debug, Default)]
struct ProjectTotals {
    due: Fen,
    paid: Fen,
    bridged: Fen,
}

/// Totals up to some month.
#[derive(Clone, Debug)]
pub(super) struct Tally<'a> {
    model: &'a Model,
    funds: Table<FundId, FundTotals>,
    projects: Table<ProjectId, ProjectTotals>,
    /// Dues stopped by a rule, by financing row.
    stopped: Table<FinancingId, Fen>,
    /// By project, the sum of its rows.
    rows: Vec<Fen>,
    /// By fund, its duties' due months and amounts, the oldest first.
    duties: Vec<Vec<(Month, Fen)>>,
}

impl<'a> Tally<'a> {
    /// Nothing has happened yet.
    pub(super) fn new(model: &'a Model) -> Self {
        let mut rows = vec![Fen::ZERO; model.projects.len()];
        for row in &model.financing {
            rows[row.project.index()] += row.amount;
        }
        let mut duties = vec![Vec::new(); model.funds.len()];
        for duty in &model.duties {
            let months = due_months(model, duty, model.settings.last_month());
            duties[duty.fund.index()].extend(months.map(|month| (month, duty.amount)));
        }
        duties.iter_mut().for_each(|of_fund| of_fund.sort_unstable());
        Self {
            model,
            funds: model.funds.iter().map(|_| FundTotals::default()).collect(),
            projects: model.projects.iter().map(|_| ProjectTotals::default()).collect(),
            stopped: model.financing.iter().map(|_| Fen::ZERO).collect(),
            rows,
            duties,
        }
    }

    /// Adds the next entry of the ledger.
    pub(super) fn add(&mut self, entry: &Entry) {
        let amount = entry.amount;
        if let Some(fund) = entry.fund {
            let totals = &mut self.funds[fund];
            match entry.kind {
                EntryKind::Credit => totals.paid_in += amount,
                EntryKind::Committed => totals.committed += amount,
                EntryKind::Requested => totals.requested += amount,
                EntryKind::DutyDue => totals.required += amount,
                EntryKind::TakenBack => totals.taken_back += amount,
                EntryKind::InstalmentDue => totals.due += amount,
                EntryKind::Payment => totals.paid += amount,
                EntryKind::HeldUp => totals.stopped += amount,
                _ => {}
            }
        }
        if let Some(project) = entry.project {
            let totals = &mut self.projects[project];
            match entry.kind {
                EntryKind::InstalmentDue => totals.due += amount,
                EntryKind::Payment => totals.paid += amount,
                EntryKind::Bridge => totals.bridged += amount,
                _ => {}
            }
        }
        if let (EntryKind::HeldUp, Some(row)) = (entry.kind, entry.financing) {
            self.stopped[row] += amount;
        }
    }

    /// Dues of a row that a rule stops now.
    pub(super) fn stopped(&self, row: FinancingId) -> Fen {
        self.stopped[row]
    }

    /// Dues of a fund that rules stop now.
    pub(super) fn stopped_in(&self, fund: FundId) -> Fen {
        self.funds[fund].stopped
    }

    /// The gaps as they stand at the end of `month`.
    pub(super) fn gaps(&self, month: Month, outcome: &FundingOutcome) -> Gaps {
        let funds: Vec<FundGap> = self.model.funds.ids().map(|fund| self.fund(fund, month)).collect();
        let hold_ups = holdup::of(self.model, self, &funds);
        let built = self.model.projects.ids().zip(&outcome.schedule).filter(|(_, s)| s.built);
        let projects = built.map(|(project, _)| self.project(project)).collect();
        Gaps { month, funds, projects, hold_ups }
    }

    /// E-money-06: due = paid + held up + short; E-money-07: the obligation gap and its age.
    fn fund(&self, fund: FundId, month: Month) -> FundGap {
        let totals = self.funds[fund];
        let held = totals.paid_in - totals.paid - totals.taken_back;
        let held_up = totals.stopped.min(held);
        let mut owed = Fen::ZERO;
        let unmet =
            self.duties[fund.index()].iter().take_while(|(due, _)| *due <= month).find(|(_, amount)| {
                owed += *amount;
                owed > totals.paid_in
            });
        FundGap {
            fund,
            required: totals.required,
            paid_in: totals.paid_in,
            committed: totals.committed,
            requested: totals.requested,
            held,
            taken_back: totals.taken_back,
            obligation: (totals.required - totals.paid_in).max(Fen::ZERO),
            days_overdue: unmet.map_or(0, |(due, _)| month.days_since(*due)),
            due: totals.due,
            paid: totals.paid,
            held_up,
            short: totals.due - totals.paid - held_up,
        }
    }

    /// E-money-09: what is to be financed = paid + unpaid + not yet due + financing gap.
    fn project(&self, project: ProjectId) -> ProjectGap {
        let totals = self.projects[project];
        let rows = self.rows[project.index()];
        let to_finance = to_finance(&self.model.projects[project]);
        ProjectGap {
            project,
            to_finance,
            paid: totals.paid,
            unpaid: totals.due - totals.paid,
            not_yet_due: rows - totals.due,
            bridged: totals.bridged,
            financing: to_finance - rows,
        }
    }
}
