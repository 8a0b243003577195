//! What can be chosen: projects, the half-years in which each may start, and the public money each needs before it
//! comes on stream.

use super::question::Question;
use crate::calendar::Month;
use crate::funding::{self, FundingOptions, build_months_left, gate_of, to_finance};
use crate::id::{FundId, Id, ProjectId, Table};
use crate::model::{ChoiceRuleKind, Decision, Financing, IfMissing, Model, Payment};
use crate::money::Fen;

/// A start that may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// Months after the earliest start, as `mixes` says it.
    pub delay: u32,
    /// First month of work.
    pub month: Month,
    /// First month on stream, if money is never short and what it needs is there.
    pub on_stream: Month,
}

/// Why a project is never chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A rule says so.
    MustNot,
    /// No row pays this much of its investment: it would never be complete.
    FinancingGap(Fen),
    /// Begun as early as it may be, it is not on stream within the horizon; or its window has no start.
    TooLate,
    /// A fund that it waits for is never set up, and its row says that it is dropped then.
    Dropped(FundId),
    /// A fund that has money may not, or cannot ever, pay what it is asked.
    NeverPaid(FundId),
    /// Its row of this fund is above what the fund's rule allows.
    AboveGrantRule(FundId),
    /// Two funds that may not pay for the same project.
    DoublyFunded(FundId, FundId),
}

/// A project that can be chosen.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Project.
    pub project: ProjectId,
    /// Starts, the earliest first; empty where it is refused.
    pub starts: Vec<Start>,
    /// Public money without which it does not come on stream: what its rows of public funds fall due before, beyond
    /// what its owner bridges.
    pub need: Fen,
    /// Funds that can pay towards the need: the fund, the most it pays, the first month in which it may.
    pub payers: Vec<(FundId, Fen, Month)>,
    /// Grants of public funds, by fund.
    pub grants: Vec<(FundId, Fen)>,
    /// Why it is never chosen.
    pub refused: Option<Refusal>,
    /// By how much its owner's bridge and the funds that ever have money do not reach what it needs: the programme
    /// holds it, so that it can tell which fund stops it, and a search does not try it.
    pub lacks: Option<Fen>,
}

impl Offer {
    /// Σ grants.
    #[must_use]
    pub fn granted(&self) -> Fen {
        self.grants.iter().map(|(_, amount)| *amount).sum()
    }
}

/// Funds as they come in, whatever is chosen.
#[derive(Clone, Debug)]
pub struct Purse {
    /// Months of the horizon.
    pub first: Month,
    /// By fund, paid in by the end of each month; open funds have none.
    pub paid_in: Table<FundId, Vec<Fen>>,
    /// By fund, the month from which it is established.
    pub established: Table<FundId, Option<Month>>,
}

impl Purse {
    /// Reads what comes in.
    #[must_use]
    pub fn of(model: &Model, options: &FundingOptions) -> Self {
        let first = model.settings.first_month();
        let inflows = funding::inflows(model, options);
        let mut established = Table::with_capacity(model.funds.len());
        let mut paid_in = Table::with_capacity(model.funds.len());
        for inflow in &inflows {
            let (mut paid, mut required) = (Fen::ZERO, Fen::ZERO);
            let mut since = None;
            let mut by_month = Vec::with_capacity(inflow.credit.len());
            for (at, (credit, duty)) in inflow.credit.iter().zip(&inflow.duty).enumerate() {
                paid += *credit;
                required += *duty;
                let is = if required > Fen::ZERO { paid >= required } else { paid > Fen::ZERO };
                // A fund set up every year may fall behind again; from when it first stands it may pay.
                if is && since.is_none() {
                    since = Some(first.plus(at as i32));
                }
                by_month.push(paid);
            }
            established.push(since);
            paid_in.push(by_month);
        }
        Self { first, paid_in, established }
    }

    /// Paid in by the end of a month.
    #[must_use]
    pub fn by(&self, fund: FundId, month: Month) -> Fen {
        let at = month.since(self.first);
        let by_month = &self.paid_in[fund];
        let at = usize::try_from(at).ok().map(|at| at.min(by_month.len().saturating_sub(1)));
        at.and_then(|at| by_month.get(at)).copied().unwrap_or(Fen::ZERO)
    }

    /// Paid in over the horizon.
    #[must_use]
    pub fn total(&self, fund: FundId) -> Fen {
        self.paid_in[fund].last().copied().unwrap_or(Fen::ZERO)
    }
}

/// Whether work waits for a row: rows that are fronted until paid never limit it.
fn limits_work(row: &Financing) -> bool {
    matches!(row.payment, Payment::WithProgress | Payment::Instalments(_))
        && row.if_missing != IfMissing::OwnerCovers
}

/// All projects as offers, in the model's order. Complexity O(projects × (financing rows + half-years)).
#[must_use]
pub fn offers(model: &Model, options: &FundingOptions, question: &Question, purse: &Purse) -> Vec<Offer> {
    let mut rows: Vec<Vec<&Financing>> = vec![Vec::new(); model.projects.len()];
    for row in &model.financing {
        rows[row.project.index()].push(row);
    }
    model.projects.ids().map(|id| offer(model, options, question, purse, id, &rows[id.index()])).collect()
}

fn offer(
    model: &Model,
    options: &FundingOptions,
    question: &Question,
    purse: &Purse,
    id: ProjectId,
    rows: &[&Financing],
) -> Offer {
    let project = &model.projects[id];
    let public: Vec<&Financing> =
        rows.iter().copied().filter(|row| model.funds[row.fund].level.is_public()).collect();
    let grants = public.iter().map(|row| (row.fund, row.amount)).collect();
    let mut offer = Offer {
        project: id,
        starts: Vec::new(),
        need: Fen::ZERO,
        payers: Vec::new(),
        grants,
        refused: None,
        lacks: None,
    };
    // The month from which a fund may pay the project; `None` never.
    let pays_from = |fund: FundId| {
        let gate = if options.matching { gate_of(model, fund, id) } else { None };
        let Some(gate) = gate else { return Some(purse.first) };
        let months = model.funds.ids().filter_map(|fund| purse.established[fund]);
        let mut months: Vec<Month> = months.collect();
        months.sort();
        months
            .into_iter()
            .find(|month| gate.is_open(|fund| purse.established[fund].is_some_and(|e| e <= *month)))
    };
    let bridge = options.bridge.unwrap_or(project.bridge_share).of(project.investment);
    let closed = public.iter().copied().filter(|row| !model.funds[row.fund].open);
    let limiting: Vec<&Financing> = closed.clone().filter(|row| limits_work(row)).collect();
    let asked: Fen = limiting.iter().map(|row| row.amount).sum();
    offer.need = (asked - bridge).max(Fen::ZERO);
    for row in &limiting {
        if let Some(from) = pays_from(row.fund) {
            offer.payers.push((row.fund, row.amount, from));
        }
    }
    let most: Fen = offer.payers.iter().map(|(fund, amount, _)| (*amount).min(purse.total(*fund))).sum();
    offer.lacks = (offer.need > most).then(|| offer.need - most);
    offer.refused = refusal(model, question, purse, id, rows, &offer, &pays_from);
    if offer.refused.is_none() {
        offer.starts = starts(model, question, id);
        if offer.starts.is_empty() {
            offer.refused = Some(Refusal::TooLate);
        }
    }
    offer
}

fn refusal(
    model: &Model,
    question: &Question,
    purse: &Purse,
    id: ProjectId,
    rows: &[&Financing],
    offer: &Offer,
    pays_from: &dyn Fn(FundId) -> Option<Month>,
) -> Option<Refusal> {
    if question.rules.iter().any(|rule| rule.kind == ChoiceRuleKind::MustNot(id)) {
        return Some(Refusal::MustNot);
    }
    let project = &model.projects[id];
    for rule in &model.grant_rules {
        let amount: Fen = rows.iter().filter(|row| row.fund == rule.fund).map(|row| row.amount).sum();
        if amount == Fen::ZERO {
            continue;
        }
        let above_share = rule.share.is_some_and(|share| amount > share.of(project.eligible_investment));
        if above_share || rule.cap.is_some_and(|cap| amount > cap) {
            return Some(Refusal::AboveGrantRule(rule.fund));
        }
        let other = rows.iter().find(|row| row.amount > Fen::ZERO && rule.not_with.contains(&row.fund));
        if let Some(other) = other {
            return Some(Refusal::DoublyFunded(rule.fund, other.fund));
        }
    }
    let covered: Fen = rows.iter().map(|row| row.amount).sum();
    let gap = to_finance(project) - covered;
    if gap > Fen::ZERO {
        return Some(Refusal::FinancingGap(gap));
    }
    let dropped = rows.iter().find(|row| {
        let fund = &model.funds[row.fund];
        row.if_missing == IfMissing::Drop && !fund.open && purse.established[row.fund].is_none()
    });
    if let Some(row) = dropped {
        return Some(Refusal::Dropped(row.fund));
    }
    let never = offer.grants.iter().find(|(fund, amount)| {
        question.kept.contains(fund) && (*amount > purse.total(*fund) || pays_from(*fund).is_none())
    });
    never.map(|(fund, _)| Refusal::NeverPaid(*fund))
}

/// The half-years in which a project may start: at its earliest start, then every January and July from which it is
/// on stream within the horizon.
fn starts(model: &Model, question: &Question, id: ProjectId) -> Vec<Start> {
    let project = &model.projects[id];
    let (first, last) = (model.settings.first_month(), model.settings.last_month());
    let months = i32::try_from(build_months_left(project)).unwrap_or(i32::MAX / 4);
    let earliest = project.earliest_start;
    let allowed = |month: Month| {
        question.rules.iter().all(|rule| match &rule.kind {
            ChoiceRuleKind::StartWindow(of, from, until) if *of == id => {
                from.is_none_or(|from| month >= from) && until.is_none_or(|until| month <= until)
            }
            _ => true,
        })
    };
    let begin = earliest.max(first);
    let half_years = Month::range(begin, last).filter(|month| *month == begin || month.month() % 6 == 1);
    let start = |month: Month| {
        // A start before the horizon counts in its first month: no delay is needed to say so.
        let delay = u32::try_from(month.since(earliest)).unwrap_or(0);
        let delay = if month == begin { 0 } else { delay };
        Start { delay, month, on_stream: month.plus(months) }
    };
    half_years.filter(|month| allowed(*month)).map(start).filter(|start| start.on_stream <= last).collect()
}

/// A mix: by project the chosen start, as a position in its offer's starts.
pub type Mix = Vec<Option<usize>>;

/// A mix as the decisions of a scenario.
#[must_use]
pub fn decisions(offers: &[Offer], mix: &Mix) -> Vec<Decision> {
    offers
        .iter()
        .zip(mix)
        .map(|(offer, chosen)| match chosen {
            Some(at) => Decision::Build { delay: offer.starts[*at].delay },
            None => Decision::Skip,
        })
        .collect()
}
