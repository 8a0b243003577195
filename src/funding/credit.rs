//! Money coming into the funds and duties falling due, month by month.

use super::FundingOptions;
use crate::calendar::Month;
use crate::id::{FundId, Id, Table};
use crate::model::{AppropriationState, Duty, Model, Recurrence};
use crate::money::Fen;

/// By fund, what comes in and what falls due in every month of the horizon.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inflow {
    /// Money paid in.
    pub(crate) credit: Vec<Fen>,
    /// Money promised for the month, never spent.
    pub(crate) committed: Vec<Fen>,
    /// Money asked for, for the month, never spent.
    pub(crate) requested: Vec<Fen>,
    /// Duties falling due.
    pub(crate) duty: Vec<Fen>,
}

/// The months in which a duty falls due up to `last`: its due month, and the same month of every later
/// year when the fund is set up every year.
pub(crate) fn due_months(model: &Model, duty: &Duty, last: Month) -> impl Iterator<Item = Month> + use<> {
    let times = match model.funds[duty.fund].recurrence {
        Recurrence::Once => 1,
        Recurrence::Yearly => usize::MAX,
    };
    std::iter::successors(Some(duty.due), |month| Some(month.plus(12)))
        .take(times)
        .take_while(move |&month| month <= last)
}

/// What comes into every fund: the paid-in appropriations, and for the duties of counties that pay
/// `paid in(t) = max(actual, required)`; later actual money fills that advance before it adds to it
/// (docs/equations.md, E-money-03).
pub(crate) fn inflows(model: &Model, options: &FundingOptions) -> Table<FundId, Inflow> {
    let (first, last) = (model.settings.first_month(), model.settings.last_month());
    let months = usize::try_from(last.since(first) + 1).unwrap_or(0);
    let position = |month: Month| usize::try_from(month.since(first)).unwrap_or(0);
    let blank = || {
        let zeros = || vec![Fen::ZERO; months];
        Inflow { credit: zeros(), committed: zeros(), requested: zeros(), duty: zeros() }
    };
    let mut inflows: Table<FundId, Inflow> = model.funds.iter().map(|_| blank()).collect();
    let mut pledged: Vec<Option<Vec<Fen>>> = vec![None; model.funds.len()];

    for put in model.appropriations.iter().filter(|put| put.month <= last) {
        let inflow = &mut inflows[put.fund];
        let months = match put.state {
            AppropriationState::PaidIn => &mut inflow.credit,
            AppropriationState::Committed => &mut inflow.committed,
            AppropriationState::Requested => &mut inflow.requested,
        };
        months[position(put.month)] += put.amount;
    }
    for duty in &model.duties {
        let pays = options.counties_pay.contains(&duty.place);
        for month in due_months(model, duty, last) {
            inflows[duty.fund].duty[position(month)] += duty.amount;
            if pays {
                let pledged = &mut pledged[duty.fund.index()];
                pledged.get_or_insert_with(|| vec![Fen::ZERO; months])[position(month)] += duty.amount;
            }
        }
    }
    for (fund, pledged) in model.funds.ids().zip(pledged) {
        let Some(pledged) = pledged else { continue };
        let (mut actual, mut required, mut before) = (Fen::ZERO, Fen::ZERO, Fen::ZERO);
        for (credit, pledge) in inflows[fund].credit.iter_mut().zip(pledged) {
            actual += *credit;
            required += pledge;
            let paid_in = actual.max(required);
            *credit = paid_in - before;
            before = paid_in;
        }
    }
    inflows
}
