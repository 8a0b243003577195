//! The money of the funds (E-O3, E-O4): what must have been paid before a project is on stream comes out of what a fund
//! has by then, and, where nothing may be owed in the end, all grants out of what it ever has.

use super::projects::HALF_YEAR;
use super::{Group, Programme};
use crate::calendar::Month;
use crate::id::FundId;
use crate::model::Recurrence;
use crate::money::Fen;
use crate::optimise::judge::Judge;
use crate::optimise::solver::{Column, Relation};
use std::collections::BTreeMap;

/// A payment before a project is on stream: its column, its amount where that is 1, the begin and the end of the time in
/// which it may be made.
struct Payment {
    column: Column,
    amount: f64,
    start: Month,
    by: Month,
}

/// The largest grant, 10⁴ yuan: rows of money are posed in shares of it, so that their figures are near 1.
pub(super) fn unit(judge: &Judge<'_>) -> f64 {
    let grants = judge.offers.iter().flat_map(|offer| offer.grants.iter().map(|(_, amount)| amount.wan()));
    let largest = grants.fold(0.0, f64::max);
    if largest > 0.0 { largest } else { 1.0 }
}

pub(super) fn add(programme: &mut Programme, judge: &Judge<'_>) {
    let unit = programme.purse_unit;
    let last = judge.model.settings.last_month();
    let mut payments: BTreeMap<FundId, Vec<Payment>> = BTreeMap::new();
    for (at, offer) in judge.offers.iter().enumerate().filter(|(_, offer)| offer.need > Fen::ZERO) {
        for (start, column) in offer.starts.iter().zip(programme.chosen[at].clone()) {
            let by = start.on_stream.plus(HALF_YEAR).min(last);
            let payers: Vec<&(FundId, Fen, Month)> =
                offer.payers.iter().filter(|(_, _, from)| *from <= by).collect();
            let need = offer.need.wan() / unit;
            match payers.as_slice() {
                [] => programme.problem.row(vec![(column, 1.0)], Relation::AtMost, 0.0),
                [(fund, ..)] => {
                    let payment = Payment { column, amount: need, start: start.month, by };
                    payments.entry(*fund).or_default().push(payment);
                }
                several => {
                    let mut sum = vec![(column, -need)];
                    for (fund, most, _) in several {
                        let most = most.wan() / unit;
                        let part = programme.problem.column(0.0, 0.0, most);
                        programme.problem.row(vec![(part, 1.0), (column, -most)], Relation::AtMost, 0.0);
                        sum.push((part, 1.0));
                        let payment = Payment { column: part, amount: 1.0, start: start.month, by };
                        payments.entry(*fund).or_default().push(payment);
                    }
                    programme.problem.row(sum, Relation::AtLeast, 0.0);
                }
            }
        }
    }
    for (fund, payments) in &payments {
        let from = programme.problem.rows().len();
        in_time(programme, judge, *fund, payments);
        programme.group(Group::Fund(*fund), from);
    }
    for fund in judge.question.kept.clone() {
        let from = programme.problem.rows().len();
        in_full(programme, judge, fund);
        programme.group(Group::Fund(fund), from);
    }
    if let Some(most) = judge.question.most_public {
        let from = programme.problem.rows().len();
        let offers = judge.offers.iter().zip(&programme.chosen);
        let row =
            offers.flat_map(|(offer, columns)| columns.iter().map(|c| (*c, offer.granted().wan() / unit)));
        programme.problem.row(row.collect(), Relation::AtMost, most / 1e4 / unit);
        programme.group(Group::MostPublic, from);
    }
}

/// What has been paid by a month is at most what has come in by then; what lapsed before a start pays nothing of it.
fn in_time(programme: &mut Programme, judge: &Judge<'_>, fund: FundId, payments: &[Payment]) {
    let mut months: Vec<Month> = payments.iter().map(|payment| payment.by).collect();
    months.sort();
    months.dedup();
    let mut since: Vec<Option<Month>> = vec![None];
    since.extend(lapses(judge, fund).into_iter().map(Some));
    for lapsed in since {
        for by in &months {
            let within =
                |payment: &&Payment| payment.by <= *by && lapsed.is_none_or(|lapsed| payment.start > lapsed);
            let row: Vec<(Column, f64)> =
                payments.iter().filter(within).map(|payment| (payment.column, payment.amount)).collect();
            let before = lapsed.map_or(Fen::ZERO, |lapsed| judge.purse.by(fund, lapsed));
            let held = judge.purse.by(fund, *by) - before;
            if !row.is_empty() {
                programme.problem.row(row, Relation::AtMost, held.wan() / programme.purse_unit);
            }
        }
    }
}

/// All grants of a fund that must keep its promises, in full.
fn in_full(programme: &mut Programme, judge: &Judge<'_>, fund: FundId) {
    let held = judge.purse.total(fund);
    let mut since: Vec<Option<Month>> = vec![None];
    since.extend(lapses(judge, fund).into_iter().map(Some));
    for lapsed in since {
        let mut row = Vec::new();
        for (offer, columns) in judge.offers.iter().zip(&programme.chosen) {
            let granted: Fen =
                offer.grants.iter().filter(|(of, _)| *of == fund).map(|(_, amount)| *amount).sum();
            let starts = offer.starts.iter().zip(columns);
            let later = starts.filter(|(start, _)| lapsed.is_none_or(|lapsed| start.month > lapsed));
            row.extend(
                later
                    .map(|(_, column)| (*column, granted.wan() / programme.purse_unit))
                    .filter(|(_, by)| *by > 0.0),
            );
        }
        let before = lapsed.map_or(Fen::ZERO, |lapsed| judge.purse.by(fund, lapsed));
        if !row.is_empty() {
            let held = (held - before).wan() / programme.purse_unit;
            programme.problem.row(row, Relation::AtMost, held);
        }
    }
}

/// Months at whose end what a fund holds is taken back.
fn lapses(judge: &Judge<'_>, fund: FundId) -> Vec<Month> {
    let record = &judge.model.funds[fund];
    let Some(lapse) = record.lapse else { return Vec::new() };
    let (first, last) = (judge.model.settings.first_month(), judge.model.settings.last_month());
    let months = Month::range(first, last)
        .filter(|month| month.month() == lapse && judge.purse.by(fund, *month) > Fen::ZERO);
    match record.recurrence {
        Recurrence::Once => months.take(1).collect(),
        Recurrence::Yearly => months.collect(),
    }
}
