//! The course of the months: the one place where money moves.

use super::FundingOptions;
use super::credit::{self, Inflow};
use super::instalment::{self, Stage, follows_calendar};
use super::ledger::{Entry, EntryKind, FundingOutcome, Ledger, ProjectSchedule};
use super::matching::gate_of;
use super::needs::Needs;
use super::state::{FundState, ProjectState, RowState, planned};
use crate::calendar::Month;
use crate::id::{FinancingId, FundId, Id, ProjectId, Table};
use crate::model::{Decision, IfMissing, Model, Recurrence};
use crate::money::Fen;

/// All that changes from month to month.
pub(super) struct Course<'a> {
    model: &'a Model,
    inflows: Table<FundId, Inflow>,
    needs: Needs,
    funds: Table<FundId, FundState>,
    rows: Table<FinancingId, RowState>,
    /// `None` for a project that the scenario does not build.
    projects: Table<ProjectId, Option<ProjectState>>,
    /// Built projects in the order in which funds pay.
    paying_order: Vec<ProjectId>,
    schedule: Table<ProjectId, ProjectSchedule>,
    entries: Vec<Entry>,
}

impl<'a> Course<'a> {
    /// The state before the first month.
    pub(super) fn begin(model: &'a Model, decisions: &[Decision], options: &FundingOptions) -> Self {
        let mut rows_of: Vec<Vec<FinancingId>> = vec![Vec::new(); model.projects.len()];
        for (id, row) in model.financing.enumerate() {
            rows_of[row.project.index()].push(id);
        }
        let projects: Table<ProjectId, Option<ProjectState>> = model
            .projects
            .ids()
            .zip(rows_of)
            .map(|(id, rows)| match decisions[id.index()] {
                Decision::Skip => None,
                Decision::Build { delay } => {
                    Some(ProjectState::begin(model, id, delay, options.bridge, rows))
                }
            })
            .collect();
        let rows = model.financing.iter().map(|row| RowState {
            gate: if options.matching { gate_of(model, row.fund, row.project) } else { None },
            ..RowState::default()
        });
        let rows = rows.collect();
        let funds = model.funds.iter().map(|_| FundState::default()).collect();
        let needs = Needs::read(model);
        let schedule = planned(&projects, &needs);
        let mut paying_order: Vec<ProjectId> =
            projects.enumerate().filter(|(_, p)| p.is_some()).map(|(id, _)| id).collect();
        paying_order.sort_by_key(|&id| {
            let project = &model.projects[id];
            let start = projects[id].as_ref().map(|p| p.planned_start);
            (project.class, project.priority, start, project.key.as_str())
        });
        let inflows = credit::inflows(model, options);
        Self { model, inflows, needs, funds, rows, projects, paying_order, schedule, entries: Vec::new() }
    }

    /// All months, to the end of the horizon.
    pub(super) fn run(mut self) -> FundingOutcome {
        let (first, last) = (self.model.settings.first_month(), self.model.settings.last_month());
        for (position, month) in Month::range(first, last).enumerate() {
            self.credit(month, position);
            self.look_at_funds(month);
            self.let_fall_due(month);
            self.go_on_stream(month);
            self.pay(month);
            self.bridge(month);
            self.work(month);
            self.lapse(month);
        }
        let schedule = self.schedule.iter().copied().collect();
        FundingOutcome { ledger: Ledger { entries: self.entries }, schedule }
    }

    /// What was complete before this month is on stream from it on, when all that it needs is.
    fn go_on_stream(&mut self, month: Month) {
        for &id in &self.needs.order {
            let own = &self.schedule[id];
            if own.on_stream.is_some() || own.complete.is_none_or(|complete| complete >= month) {
                continue;
            }
            if self.needs.of[id.index()].iter().all(|&other| self.schedule[other].on_stream.is_some()) {
                self.schedule[id].on_stream = Some(month);
                self.entries.push(Entry::of_project(month, EntryKind::OnStream, id, Fen::ZERO));
            }
        }
    }

    /// (1) Duties fall due, paid-in money is credited; what is only promised or asked for is noted.
    fn credit(&mut self, month: Month, position: usize) {
        for fund in self.model.funds.ids() {
            let inflow = &self.inflows[fund];
            let (duty, credit) = (inflow.duty[position], inflow.credit[position]);
            let state = &mut self.funds[fund];
            state.required += duty;
            state.paid_in += credit;
            state.held += credit;
            let noted = [
                (EntryKind::DutyDue, duty),
                (EntryKind::Credit, credit),
                (EntryKind::Committed, inflow.committed[position]),
                (EntryKind::Requested, inflow.requested[position]),
            ];
            for (kind, amount) in noted.into_iter().filter(|(_, amount)| *amount != Fen::ZERO) {
                self.entries.push(Entry::of_fund(month, kind, fund, amount));
            }
        }
    }

    /// (2) Which funds are established. An open fund always is: it pays what is due.
    fn look_at_funds(&mut self, month: Month) {
        for (fund, given) in self.model.funds.enumerate() {
            let state = &mut self.funds[fund];
            let reached = state.paid_in > Fen::ZERO && state.paid_in >= state.required;
            if reached && !state.established && !given.open {
                self.entries.push(Entry::of_fund(month, EntryKind::Established, fund, state.paid_in));
            }
            state.established = reached || given.open;
        }
    }

    /// (3) Projects start and instalments fall due.
    fn let_fall_due(&mut self, month: Month) {
        for (id, state) in self.model.projects.ids().zip(self.projects.iter_mut()) {
            let Some(state) = state else { continue };
            if self.schedule[id].start.is_none() {
                let held_back = |&row: &FinancingId| {
                    let row = &self.model.financing[row];
                    row.if_missing == IfMissing::Drop && !self.funds[row.fund].established
                };
                if month < state.planned_start || state.rows.iter().any(held_back) {
                    continue;
                }
                self.schedule[id].start = Some(month);
                self.entries.push(Entry::of_project(month, EntryKind::Start, id, Fen::ZERO));
                if state.work.is_complete() {
                    // All was spent before: it was complete before the month it would have started in.
                    self.schedule[id].complete = Some(month.plus(-1));
                    self.entries.push(Entry::of_project(month, EntryKind::Complete, id, Fen::ZERO));
                }
            }
            let schedule = &self.schedule[id];
            let Some(start) = schedule.start else { continue };
            let stage = Stage {
                since_start: u32::try_from(month.since(start)).expect("started before"),
                build_months: state.months_left,
                built: schedule.complete.is_some_and(|complete| complete < month),
            };
            for &row in &state.rows {
                let due = instalment::due(&self.model.financing[row], stage);
                let rise = due.amount - self.rows[row].due;
                self.rows[row].due = due.amount;
                self.rows[row].rounded_off = due.rounded_off;
                if rise != Fen::ZERO {
                    self.entries.push(entry_of_row(self.model, month, EntryKind::InstalmentDue, row, rise));
                }
            }
        }
    }

    /// (4) Funds pay, key projects first, then by priority, start and id; what a rule stops stays due.
    fn pay(&mut self, month: Month) {
        for &project in &self.paying_order {
            let Some(state) = &self.projects[project] else { continue };
            for &id in &state.rows {
                let fund = self.model.financing[id].fund;
                let row = &mut self.rows[id];
                let gate_open =
                    row.gate.as_ref().is_none_or(|gate| gate.is_open(|f| self.funds[f].established));
                if gate_open && row.unpaid() > Fen::ZERO {
                    let purse = &mut self.funds[fund];
                    if self.model.funds[fund].open && purse.held < row.unpaid() {
                        let more = row.unpaid() - purse.held;
                        purse.held += more;
                        purse.paid_in += more;
                        self.entries.push(Entry::of_fund(month, EntryKind::Credit, fund, more));
                    }
                    let amount = row.unpaid().min(purse.held);
                    if amount > Fen::ZERO {
                        purse.held -= amount;
                        row.paid += amount;
                        self.entries.push(entry_of_row(self.model, month, EntryKind::Payment, id, amount));
                    }
                }
                let stopped = if gate_open { Fen::ZERO } else { row.unpaid() };
                if stopped != row.stopped {
                    let rise = stopped - row.stopped;
                    row.stopped = stopped;
                    self.entries.push(entry_of_row(self.model, month, EntryKind::HeldUp, id, rise));
                }
            }
        }
    }

    /// (5) Owners bridge what is due and unpaid, and front what is paid only at the end
    /// (docs/equations.md, E-money-05).
    fn bridge(&mut self, month: Month) {
        for (id, state) in self.model.projects.ids().zip(self.projects.iter_mut()) {
            let Some(state) = state else { continue };
            if self.schedule[id].start.is_none() {
                continue;
            }
            let (mut covered, mut public, mut fronted) = (Fen::ZERO, Fen::ZERO, Fen::ZERO);
            for &row in &state.rows {
                let given = &self.model.financing[row];
                if !follows_calendar(&given.payment) {
                    fronted += given.amount - self.rows[row].paid;
                } else if given.if_missing == IfMissing::OwnerCovers {
                    covered += self.rows[row].unpaid();
                } else if self.model.funds[given.fund].level.is_public() {
                    public += self.rows[row].unpaid();
                }
            }
            let bridge = covered + public.min(state.bridge_limit);
            for (kind, before, now) in [
                (EntryKind::Bridge, &mut state.bridge, bridge),
                (EntryKind::Fronted, &mut state.fronted, fronted),
            ] {
                if *before != now {
                    self.entries.push(Entry::of_project(month, kind, id, now - *before));
                    *before = now;
                }
            }
        }
    }

    /// (6) Work as far as the money reaches, (7) completion.
    fn work(&mut self, month: Month) {
        for (id, state) in self.model.projects.ids().zip(self.projects.iter_mut()) {
            let Some(state) = state else { continue };
            let schedule = &mut self.schedule[id];
            if schedule.start.is_none() || schedule.complete.is_some() {
                continue;
            }
            if self.model.projects[id].investment == Fen::ZERO {
                state.work.go_on_freely();
            } else {
                let rows = || state.rows.iter().map(|&row| &self.rows[row]);
                let paid: Fen = rows().map(|row| row.paid).sum();
                let calendar =
                    state.rows.iter().filter(|&&r| follows_calendar(&self.model.financing[r].payment));
                let unpaid: Fen = calendar.map(|&row| self.rows[row].unpaid()).sum();
                // A part of a fen that an instalment was rounded down by is not money that is missing.
                let fraction =
                    if unpaid == state.bridge { rows().map(|row| row.rounded_off).sum() } else { 0 };
                state.work.go_on(state.spent_before + paid + state.bridge + state.fronted, fraction);
            }
            if state.work.is_complete() {
                schedule.complete = Some(month);
                self.entries.push(Entry::of_project(month, EntryKind::Complete, id, Fen::ZERO));
            }
        }
    }

    /// (8) At the end of its lapse month what a fund holds is taken back: every year, or of a fund that is
    /// set up once, in the first lapse month after money came in.
    fn lapse(&mut self, month: Month) {
        for (fund, given) in self.model.funds.enumerate() {
            let state = &mut self.funds[fund];
            let over = state.lapsed && given.recurrence == Recurrence::Once;
            if given.lapse != Some(month.month()) || state.paid_in == Fen::ZERO || over {
                continue;
            }
            state.lapsed = true;
            if state.held > Fen::ZERO {
                self.entries.push(Entry::of_fund(month, EntryKind::TakenBack, fund, state.held));
                state.held = Fen::ZERO;
            }
        }
    }
}

fn entry_of_row(model: &Model, month: Month, kind: EntryKind, row: FinancingId, amount: Fen) -> Entry {
    let given = &model.financing[row];
    Entry { month, kind, fund: Some(given.fund), project: Some(given.project), financing: Some(row), amount }
}
