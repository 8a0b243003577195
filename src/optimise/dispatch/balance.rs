//! The rows of a year: the balance of every market (E-11), what is called for, what can be missing.

use super::YearColumns;
use crate::id::{Id, ProcessId};
use crate::optimise::solver::{Column, Problem, Relation};
use crate::plan::{Plan, Trade};

impl YearColumns {
    /// Adds the rows of every market to a problem.
    pub(super) fn balance(&self, problem: &mut Problem, plan: &Plan) {
        let mut balances: Vec<Vec<(Column, f64)>> = vec![Vec::new(); self.markets.len()];
        let mut draws: Vec<Vec<(Column, f64)>> = vec![Vec::new(); self.markets.len()];
        let mut made: Vec<Vec<(Column, f64)>> = vec![Vec::new(); self.markets.len()];
        let own_recipes = self.activity.iter().enumerate().map(|(process, activity)| {
            let id = ProcessId::from_index(process);
            (id, *activity, &self.coefficients[plan.rows.of(id)])
        });
        let other_recipes =
            self.other.iter().map(|(process, moved, change)| (*process, *moved, change.as_slice()));
        for (process, activity, amounts) in own_recipes.chain(other_recipes) {
            let own = self.scales[plan.rows.dimension_of(process) as usize];
            for (slot, amount) in plan.rows.of(process).zip(amounts) {
                let (market, sign) = match plan.rows.trade[slot] {
                    Trade::Take(market) | Trade::Store(market) | Trade::Draw(market) => (market, -1.0),
                    Trade::Deliver(market) | Trade::Make(market) => (market, 1.0),
                    Trade::None => continue,
                };
                if *amount == 0.0 {
                    continue;
                }
                let factor = amount * own / self.scales[plan.market_dimensions[market.index()] as usize];
                balances[market.index()].push((activity, sign * factor));
                match plan.rows.trade[slot] {
                    Trade::Draw(market) => draws[market.index()].push((activity, -factor)),
                    Trade::Make(market) => made[market.index()].push((activity, factor)),
                    _ => {}
                }
            }
        }
        for (market, columns) in self.markets.iter().enumerate() {
            balances[market].extend(columns.sources().map(|column| (column, 1.0)));
            balances[market].extend(columns.uses().map(|column| (column, -1.0)));
            if let Some(above) = plan.network.parent[market] {
                balances[above.index()].extend(columns.passed_up.map(|column| (column, 1.0)));
                balances[above.index()].extend(columns.came_down.map(|column| (column, -1.0)));
                if !made[above.index()].is_empty() {
                    made[above.index()].extend(columns.came_down.map(|column| (column, -1.0)));
                }
            }
        }
        for (market, columns) in self.markets.iter().enumerate() {
            let demand = self.demand[market] / self.scales[plan.market_dimensions[market] as usize];
            problem.row(std::mem::take(&mut balances[market]), Relation::Equal, demand);
            let mut drawn = std::mem::take(&mut draws[market]);
            let mut called = std::mem::take(&mut made[market]);
            if !called.is_empty() {
                called.extend(&drawn);
                problem.row(called, Relation::AtMost, demand);
            }
            // Only what is drawn or demanded here can be missing here.
            drawn.push((columns.unmet, 1.0));
            problem.row(drawn, Relation::AtMost, demand);
        }
    }
}
