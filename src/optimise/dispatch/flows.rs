//! Flows of a year in a problem: what every arc of the network is in terms of its columns.

use super::{MarketColumns, Server, YearColumns};
use crate::id::{Id, MarketId, ProcessId};
use crate::model::{MaterialKind, Model, Sink};
use crate::network::{Arc, ArcKind, Node};
use crate::optimise::form::Form;
use crate::optimise::solver::{Column, Problem, Relation};
use crate::plan::{Plan, Trade};

impl YearColumns {
    /// Adds who is served from prior-year stock and who lacks what, at markets of waste and water where that can be.
    pub(super) fn tell_apart(&mut self, problem: &mut Problem, plan: &Plan, model: &Model) {
        let mut served: Vec<Vec<(Server, bool)>> = vec![Vec::new(); self.markets.len()];
        for process in (0..plan.n_processes()).map(ProcessId::from_index) {
            for (row, slot) in plan.rows.of(process).enumerate() {
                match plan.rows.trade[slot] {
                    Trade::Take(market) => served[market.index()].push((Some((process, row)), false)),
                    Trade::Draw(market) => served[market.index()].push((Some((process, row)), true)),
                    _ => {}
                }
            }
        }
        for (market, mut served) in served.into_iter().enumerate() {
            let id = MarketId::from_index(market);
            let kind = model.materials[plan.network.markets[id].material].kind;
            if !matches!(kind, MaterialKind::Waste | MaterialKind::Water) {
                continue;
            }
            if self.demand[market] > 0.0 {
                served.push((None, true));
            }
            let scale = self.scales[self.dimension_of_market[market] as usize];
            let columns = self.markets[market];
            let lacks = problem.bounds_of(columns.unmet).1 > 0.0;
            for (total, draws_alone) in [(columns.reclaimed, false), (lacks.then_some(columns.unmet), true)] {
                let Some(total) = total else { continue };
                let who = served.iter().filter(|(_, draws)| *draws || !draws_alone);
                let parts: Vec<(Server, Column)> =
                    who.map(|(server, _)| (*server, problem.column(0.0, 0.0, f64::INFINITY))).collect();
                let sum = parts.iter().map(|(_, part)| (*part, 1.0)).chain([(total, -1.0)]).collect();
                // What comes down to a child out of stock is told apart there by nobody.
                let relation = if draws_alone { Relation::Equal } else { Relation::AtMost };
                problem.row(sum, relation, 0.0);
                for (server, part) in &parts {
                    let whole = self.whole(plan, *server, market);
                    let mut row = Form::of(*part, scale);
                    row.add(&whole, -1.0);
                    row.row(problem, Relation::AtMost, 0.0, scale);
                }
                if draws_alone { self.lacking[market] = parts } else { self.prior[market] = parts }
            }
            for (server, lacking) in self.lacking[market].clone() {
                let prior = self.prior[market].iter().find(|(of, _)| *of == server);
                let Some((_, prior)) = prior else { continue };
                // What comes out of stock is not missing.
                let mut row = Form::of(*prior, scale);
                row.terms.push((lacking, scale));
                row.add(&self.whole(plan, server, market), -1.0);
                row.row(problem, Relation::AtMost, 0.0, scale);
            }
        }
    }

    /// All that is asked for or taken by a recipe row or by final demand, base units.
    fn whole(&self, plan: &Plan, server: Server, market: usize) -> Form {
        match server {
            Some((process, row)) => self.row(plan, process, row),
            None => Form::constant(self.demand[market]),
        }
    }

    /// The flow of a recipe row, base units of its material.
    fn row(&self, plan: &Plan, process: ProcessId, row: usize) -> Form {
        let slot = plan.rows.of(process).start + row;
        let scale = self.scales[self.dimension_of_activity[process.index()] as usize];
        let mut form = Form::of(self.activity[process.index()], self.coefficients[slot] * scale);
        for (_, moved, change) in self.other.iter().filter(|(of, ..)| *of == process) {
            form.terms.push((*moved, change[row] * scale));
        }
        form.terms.retain(|(_, factor)| *factor != 0.0);
        form
    }

    /// The flow of an arc, base units a year. What a market reclaims is booked to its draws.
    #[must_use]
    pub fn flow(&self, plan: &Plan, arc: &Arc) -> Form {
        let market_of = |node: Node| match node {
            Node::Market(market) | Node::Demand(market) | Node::Stock(market) => Some(market),
            _ => None,
        };
        let traded = arc.row.and_then(|(process, row)| plan.network.trades[process.index()][row]);
        let market = traded.or(market_of(arc.to)).or(market_of(arc.from));
        let part = |parts: &[Vec<(Server, Column)>], server: Server| {
            let market = market.map_or(usize::MAX, Id::index);
            let column = parts.get(market).and_then(|of| of.iter().find(|(who, _)| *who == server));
            let scale = self.dimension_of_market.get(market).map_or(1.0, |d| self.scales[*d as usize]);
            column.map_or_else(Form::default, |(_, column)| Form::of(*column, scale))
        };
        let served = |server: Server| {
            let mut form = self.whole(plan, server, market.map_or(0, Id::index));
            form.add(&part(&self.prior, server), -1.0);
            form.add(&part(&self.lacking, server), -1.0);
            form
        };
        let of_market = |market: Option<MarketId>, pick: fn(&MarketColumns) -> Option<Column>| {
            let Some(market) = market else { return Form::default() };
            let scale = self.scales[self.dimension_of_market[market.index()] as usize];
            pick(&self.markets[market.index()]).map_or_else(Form::default, |column| Form::of(column, scale))
        };
        let (from, to) = (market_of(arc.from), market_of(arc.to));
        match arc.kind {
            ArcKind::Take | ArcKind::Draw => served(arc.row),
            ArcKind::Final => served(None),
            ArcKind::TakePrior | ArcKind::DrawPrior => part(&self.prior, arc.row),
            ArcKind::FinalPrior => part(&self.prior, None),
            ArcKind::Unmet => part(&self.lacking, arc.row),
            ArcKind::FinalUnmet => part(&self.lacking, None),
            ArcKind::Delivery
            | ArcKind::Made
            | ArcKind::Loss
            | ArcKind::Recirculated
            | ArcKind::StoredByProcess => {
                arc.row.map_or_else(Form::default, |(process, row)| self.row(plan, process, row))
            }
            ArcKind::PassUp => of_market(from, |columns| columns.passed_up),
            ArcKind::PassDown => of_market(to, |columns| columns.came_down),
            ArcKind::Import | ArcKind::Extraction => of_market(to, |columns| columns.brought_in),
            ArcKind::Export => of_market(from, |columns| columns.exported),
            ArcKind::Store | ArcKind::Dispose | ArcKind::Discharge => of_market(from, |columns| columns.sunk),
            ArcKind::ReclaimForDraws => of_market(from, |columns| columns.reclaimed),
            ArcKind::ReclaimForTakers => Form::default(),
        }
    }

    /// What a market reclaims from prior-year stock, base units.
    #[must_use]
    pub fn reclaimed(&self, market: MarketId) -> Form {
        let scale = self.scales[self.dimension_of_market[market.index()] as usize];
        self.markets[market.index()].reclaimed.map_or_else(Form::default, |column| Form::of(column, scale))
    }

    /// What is put into the stock of a market that stores, base units.
    #[must_use]
    pub fn stored(&self, plan: &Plan, market: MarketId) -> Form {
        let mut stored = Form::default();
        let scale = self.scales[self.dimension_of_market[market.index()] as usize];
        if plan.network.markets[market].surplus.sink == Sink::Storage
            && let Some(column) = self.markets[market.index()].sunk
        {
            stored.terms.push((column, scale));
        }
        for process in (0..plan.n_processes()).map(ProcessId::from_index) {
            for (row, slot) in plan.rows.of(process).enumerate() {
                if plan.rows.trade[slot] == Trade::Store(market) {
                    stored.add(&self.row(plan, process, row), 1.0);
                }
            }
        }
        stored
    }
}
