//! Every market cleared a second time, by the audit's own reading of who trades where and of the rules.

use super::reading::{MarketPlaces, MarketReading, Rules, Side};
use crate::id::{Id, MarketId, Table};
use crate::model::{Model, Sink};
use crate::plan::Plan;
use crate::simulate::trajectory::{MarketYear, YearResult};

/// A market cleared a second time.
pub(super) struct Again {
    pub(super) year: MarketYear,
    /// Takers took more than there was.
    pub(super) beyond_surplus: f64,
    /// Makers made more than was asked.
    pub(super) beyond_shortage: f64,
}

/// Clears every market again from recipes, activities, final demand and opening stocks, children first.
pub(super) fn cleared_again(plan: &Plan, model: &Model, year: &YearResult) -> Table<MarketId, Again> {
    let mut again: Table<MarketId, Again> = plan
        .network
        .markets
        .ids()
        .map(|id| Again {
            year: MarketYear { opening_stock: year.markets[id].opening_stock, ..MarketYear::default() },
            beyond_surplus: 0.0,
            beyond_shortage: 0.0,
        })
        .collect();
    let places = MarketPlaces::of(&plan.network.markets);
    for demand in &model.demands {
        let market = places.nearest(model, demand.material, demand.place);
        again[market].year.demanded += demand.series.central(year.year).unwrap_or(0.0);
    }
    for (id, process) in model.processes.enumerate() {
        for (at, (row, coefficient)) in process.rows.iter().zip(&year.coefficients[id.index()]).enumerate() {
            let side = Side::of(process, at);
            if side == Side::None {
                continue;
            }
            let flow = coefficient * year.activity[id.index()];
            let record = &mut again[places.nearest(model, row.material, process.place)].year;
            match side {
                Side::Take => record.taken += flow,
                Side::Store => {
                    record.taken += flow;
                    record.stored_by_takers += flow;
                }
                Side::Draw => record.drawn += flow,
                Side::Deliver => record.delivered += flow,
                Side::Make => record.made += flow,
                Side::None => {}
            }
        }
    }
    let rules = Rules::of(model);
    for id in places.deepest_first(model) {
        let market = &plan.network.markets[id];
        let rule = MarketReading::of(model, &rules, market);
        let above = places.above(model, market);
        let reclaim = rule.reclaim(again[id].year.opening_stock);
        let record = &mut again[id];
        let cleared = &mut record.year;
        let net = cleared.delivered + cleared.from_below
            - cleared.drawn
            - cleared.demanded
            - cleared.asked_from_below;
        let taken = cleared.taken;
        if net >= 0.0 {
            cleared.taken = taken.min(net);
            cleared.reclaimed_for_takers = taken - cleared.taken;
            record.beyond_shortage = cleared.made;
            record.beyond_surplus = (cleared.reclaimed_for_takers - reclaim).max(0.0);
            let mut rest = net - cleared.taken;
            cleared.passed_up = rest.min(rule.pass_up);
            rest -= cleared.passed_up;
            cleared.exported = rest.min(rule.export);
            rest -= cleared.exported;
            match rule.sink {
                Sink::Storage => cleared.stored = rest,
                Sink::Disposal => cleared.disposed = rest,
                Sink::Discharge => cleared.discharged = rest,
            }
        } else {
            cleared.taken = 0.0;
            cleared.reclaimed_for_takers = taken;
            let open = -net - cleared.made;
            record.beyond_shortage = (-open).max(0.0);
            cleared.reclaimed_for_draws = open.max(0.0).min(reclaim);
            record.beyond_surplus = (taken + cleared.reclaimed_for_draws - reclaim).max(0.0);
            let asked = open.max(0.0) - cleared.reclaimed_for_draws;
            if above.is_some() {
                cleared.asked_above = asked;
            } else {
                let brought = asked.min(rule.import);
                let from_nature = model.materials[market.material].is_from_nature();
                *if from_nature { &mut cleared.extracted } else { &mut cleared.imported } = brought;
                cleared.unmet = asked - brought;
            }
        }
        cleared.closing_stock = cleared.opening_stock + cleared.stored + cleared.stored_by_takers
            - cleared.reclaimed_for_draws
            - cleared.reclaimed_for_takers;
        let (passed, asked) = (cleared.passed_up, cleared.asked_above);
        if let Some(above) = above {
            again[above].year.from_below += passed;
            again[above].year.asked_from_below += asked;
        }
    }
    again
}

/// What two readings of one market differ by, figure by figure.
pub(super) fn differences(a: &MarketYear, b: &MarketYear) -> [f64; 20] {
    [
        a.delivered - b.delivered,
        a.from_below - b.from_below,
        a.drawn - b.drawn,
        a.demanded - b.demanded,
        a.asked_from_below - b.asked_from_below,
        a.made - b.made,
        a.taken - b.taken,
        a.reclaimed_for_draws - b.reclaimed_for_draws,
        a.reclaimed_for_takers - b.reclaimed_for_takers,
        a.passed_up - b.passed_up,
        a.asked_above - b.asked_above,
        a.imported - b.imported,
        a.extracted - b.extracted,
        a.unmet - b.unmet,
        a.exported - b.exported,
        a.stored - b.stored,
        a.stored_by_takers - b.stored_by_takers,
        a.disposed - b.disposed,
        a.discharged - b.discharged,
        a.closing_stock - b.closing_stock,
    ]
}
