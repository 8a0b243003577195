//! Funds, rows and projects as they stand between two months.

use super::instalment::{self, build_months_left, to_finance};
use super::ledger::ProjectSchedule;
use super::matching::Gate;
use super::needs::Needs;
use super::work::Work;
use crate::calendar::Month;
use crate::id::{FinancingId, Id, ProjectId, Table};
use crate::model::Model;
use crate::money::{Fen, Ppm};

/// A fund on its way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FundState {
    pub(super) held: Fen,
    pub(super) paid_in: Fen,
    pub(super) required: Fen,
    pub(super) established: bool,
    pub(super) lapsed: bool,
}

/// A financing row on its way.
#[derive(Clone, Debug, Default)]
pub(super) struct RowState {
    pub(super) due: Fen,
    pub(super) rounded_off: i128,
    pub(super) paid: Fen,
    pub(super) stopped: Fen,
    /// What must be established before its fund pays; `None` where no rule is applied.
    pub(super) gate: Option<Gate>,
}

impl RowState {
    /// Due and not paid.
    pub(super) fn unpaid(&self) -> Fen {
        self.due - self.paid
    }
}

/// A built project on its way.
#[derive(Clone, Debug)]
pub(super) struct ProjectState {
    pub(super) planned_start: Month,
    pub(super) months_left: u32,
    pub(super) spent_before: Fen,
    pub(super) bridge_limit: Fen,
    pub(super) work: Work,
    pub(super) bridge: Fen,
    pub(super) fronted: Fen,
    pub(super) rows: Vec<FinancingId>,
}

impl ProjectState {
    /// The state before the first month; a start before the horizon counts in its first month.
    pub(super) fn begin(
        model: &Model,
        id: ProjectId,
        delay: u32,
        bridge: Option<Ppm>,
        rows: Vec<FinancingId>,
    ) -> Self {
        let project = &model.projects[id];
        let delay = i32::try_from(delay).unwrap_or(i32::MAX / 4);
        let months_left = build_months_left(project);
        let spent_before = project.investment - to_finance(project);
        let fractions = instalment::fractions(months_left);
        Self {
            planned_start: project.earliest_start.plus(delay).max(model.settings.first_month()),
            months_left,
            spent_before,
            bridge_limit: bridge.unwrap_or(project.bridge_share).of(project.investment),
            work: Work::begin(project.build_months, project.investment, project.progress, fractions),
            bridge: Fen::ZERO,
            fronted: Fen::ZERO,
            rows,
        }
    }
}

/// The schedule before the first month: what is built, and when it would be on stream if money were no
/// matter (never, where something it needs is not built).
pub(super) fn planned(
    projects: &Table<ProjectId, Option<ProjectState>>,
    needs: &Needs,
) -> Table<ProjectId, ProjectSchedule> {
    let mut schedule: Table<ProjectId, ProjectSchedule> = projects
        .iter()
        .map(|state| ProjectSchedule {
            built: state.is_some(),
            start: None,
            complete: None,
            on_stream: None,
            planned_on_stream: None,
        })
        .collect();
    for &id in &needs.order {
        let Some(state) = &projects[id] else { continue };
        let own = state.planned_start.plus(i32::try_from(state.months_left).unwrap_or(i32::MAX / 4));
        let mut others = needs.of[id.index()].iter().map(|&other| schedule[other].planned_on_stream);
        schedule[id].planned_on_stream = others.try_fold(own, |latest, other| other.map(|o| latest.max(o)));
    }
    schedule
}
