//! The gaps of a month by county unit.

use super::Gaps;
use crate::id::PlaceId;
use crate::model::{FundLevel, Model};
use crate::money::Fen;

/// What is missing in one county unit at a month's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountyGap {
    /// County unit; `None` for what belongs to no county.
    pub county: Option<PlaceId>,
    /// Required of its county-level funds.
    pub required: Fen,
    /// Paid into them; an open fund, which merely pays what falls due, is left out.
    pub paid_in: Fen,
    /// Their obligation gaps.
    pub obligation: Fen,
    /// Days since the oldest of their unmet duties was due; 0 when none is unmet.
    pub days_overdue: i64,
    /// Short in them.
    pub short: Fen,
    /// Of that, needed by projects now: min(short, obligation) by fund.
    pub needed_now: Fen,
    /// Dues of other funds to projects, stopped because this county's fund is not established.
    pub stopped: Fen,
    /// Of these, the money that lies in those funds.
    pub held_up: Fen,
    /// Built projects in the county.
    pub projects: u32,
    /// Their dues not paid, by whichever fund.
    pub unpaid: Fen,
    /// Bridged by their owners now.
    pub bridged: Fen,
    /// Their financing gaps.
    pub financing: Fen,
}

/// The gaps of a month by county unit in the order of places, with a last row for what belongs to none
/// (the city's own funds and projects outside any county).
///
/// Funds count where they are of county level and lie in the county; every other fund counts in the
/// last row, so that obligation, short and financing sum to the city's.
#[must_use]
pub fn by_county(model: &Model, gaps: &Gaps) -> Vec<CountyGap> {
    let counties = model.places.counties().map(Some).chain([None]);
    counties.map(|county| of_county(model, gaps, county)).collect()
}

fn of_county(model: &Model, gaps: &Gaps, county: Option<PlaceId>) -> CountyGap {
    let mut sum = CountyGap {
        county,
        required: Fen::ZERO,
        paid_in: Fen::ZERO,
        obligation: Fen::ZERO,
        days_overdue: 0,
        short: Fen::ZERO,
        needed_now: Fen::ZERO,
        stopped: Fen::ZERO,
        held_up: Fen::ZERO,
        projects: 0,
        unpaid: Fen::ZERO,
        bridged: Fen::ZERO,
        financing: Fen::ZERO,
    };
    for gap in &gaps.funds {
        let fund = &model.funds[gap.fund];
        let home = model.places.county_of(fund.place).filter(|_| fund.level == FundLevel::County);
        if home == county {
            sum.required += gap.required;
            if !fund.open {
                sum.paid_in += gap.paid_in;
            }
            sum.obligation += gap.obligation;
            sum.days_overdue = sum.days_overdue.max(gap.days_overdue);
            sum.short += gap.short;
            sum.needed_now += gap.needed_now();
        }
    }
    for holdup in gaps.hold_ups.iter().filter(|h| h.county == county) {
        sum.stopped += holdup.stopped;
        sum.held_up += holdup.held_up;
    }
    for gap in &gaps.projects {
        if model.places.county_of(model.projects[gap.project].place) == county {
            sum.projects += 1;
            sum.unpaid += gap.unpaid;
            sum.bridged += gap.bridged;
            sum.financing += gap.financing;
        }
    }
    sum
}
