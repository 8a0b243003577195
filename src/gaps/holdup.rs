//! Money that lies in a fund because a rule stops it, reported by whose missing money stops it.

use super::FundGap;
use super::tally::Tally;
use crate::funding::{Gate, gate_of};
use crate::id::{FundId, PlaceId, ProjectId};
use crate::model::Model;
use crate::money::Fen;

/// Dues of one fund that one rule stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldUp {
    /// The fund in which the money lies.
    pub fund: FundId,
    /// The fund that is not established: the first one of the rule; `None` when the county has none.
    pub by: Option<FundId>,
    /// The county whose fund it is; `None` under a rule that names a fund.
    pub county: Option<PlaceId>,
    /// Dues that the rule stops.
    pub stopped: Fen,
    /// Of these, what the fund holds: its money held up, split pro rata so that it sums to the fund's.
    pub held_up: Fen,
}

/// By fund and by what stops its dues; in the order of funds and rows. Only what is stopped stands in the
/// list. Complexity O(stopped rows · hold-ups).
pub(super) fn of(model: &Model, tally: &Tally<'_>, funds: &[FundGap]) -> Vec<HoldUp> {
    let mut found: Vec<HoldUp> = Vec::new();
    for fund in funds.iter().filter(|fund| tally.stopped_in(fund.fund) != Fen::ZERO) {
        let begin = found.len();
        for (id, row) in model.financing.enumerate().filter(|(_, row)| row.fund == fund.fund) {
            let stopped = tally.stopped(id);
            if stopped == Fen::ZERO {
                continue;
            }
            let (by, county) = stopper(model, row.fund, row.project);
            match found[begin..].iter_mut().find(|h| h.by == by && h.county == county) {
                Some(holdup) => holdup.stopped += stopped,
                None => found.push(HoldUp { fund: fund.fund, by, county, stopped, held_up: Fen::ZERO }),
            }
        }
        let weights: Vec<Fen> = found[begin..].iter().map(|h| h.stopped).collect();
        for (holdup, part) in found[begin..].iter_mut().zip(fund.held_up.split(&weights)) {
            holdup.held_up = part;
        }
    }
    found
}

fn stopper(model: &Model, fund: FundId, project: ProjectId) -> (Option<FundId>, Option<PlaceId>) {
    match gate_of(model, fund, project) {
        Some(Gate::Fund(other)) => (Some(other), None),
        Some(Gate::County { county, funds, .. }) => (funds.first().copied(), Some(county)),
        None => (None, None),
    }
}
