//! The rows of the user's tables that a flow is the product of.

use crate::funding::ledger::ProjectSchedule;
use crate::id::{ArcId, Id, MarketId, ProcessId, ProjectId};
use crate::model::{Amount, Driver, Effect, EffectTarget, Model, Provenance};
use crate::network::{Arc, ArcKind, Network, Node};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync;

/// Finds the rows behind flows.
#[derive(Debug)]
pub struct Rows<'a> {
    model: &'a Model,
    network: &'a Network,
    schedules: &'a [ProjectSchedule],
    /// Positions of final demands by market.
    demands: BTreeMap<MarketId, Vec<usize>>,
    /// Effects on processes.
    effects: BTreeMap<ProcessId, Vec<(ProjectId, &'a Effect)>>,
    /// What was found: a flow stands in the terms of many places and definitions.
    known: RefCell<Known>,
}

/// Rows by year and flow.
type Known = BTreeMap<i32, Vec<Option<sync::Arc<[Provenance]>>>>;

impl<'a> Rows<'a> {
    /// Orders demands by market and effects by process. O(n log n).
    #[must_use]
    pub fn new(model: &'a Model, network: &'a Network, schedules: &'a [ProjectSchedule]) -> Self {
        let mut demands: BTreeMap<MarketId, Vec<usize>> = BTreeMap::new();
        for (position, market) in network.demands.iter().enumerate() {
            demands.entry(*market).or_default().push(position);
        }
        let mut effects: BTreeMap<ProcessId, Vec<_>> = BTreeMap::new();
        for (project, record) in model.projects.enumerate() {
            for effect in &record.effects {
                match effect.target {
                    EffectTarget::Capacity(p) | EffectTarget::Coefficient(p, _) | EffectTarget::Level(p) => {
                        effects.entry(p).or_default().push((project, effect));
                    }
                    EffectTarget::InUse(stock) => {
                        let stock = &model.stocks[stock];
                        for process in [stock.enters, stock.leaves] {
                            effects.entry(process).or_default().push((project, effect));
                        }
                    }
                    EffectTarget::Statistic(..) => {}
                }
            }
        }
        Self { model, network, schedules, demands, effects, known: RefCell::default() }
    }

    /// The rows that the flow of an arc rests on in a year, ascending, none twice.
    ///
    /// A flow at a process rests on its recipe row (all rows of the recipe where the amount closes the
    /// balance), on the activity rows of a `level` process (or the years and cohorts of its in-use stock), on the
    /// process's own row (capacity) for the others, and on the effects of projects on stream. Final demand rests on its rows, what a market
    /// does on the market's row or, without one, on its material's.
    #[must_use]
    pub fn of(&self, id: ArcId, year: i32) -> sync::Arc<[Provenance]> {
        let mut known = self.known.borrow_mut();
        let of_year = known.entry(year).or_insert_with(|| vec![None; self.network.arcs.len()]);
        sync::Arc::clone(of_year[id.index()].get_or_insert_with(|| self.found(id, year).into()))
    }

    fn found(&self, id: ArcId, year: i32) -> Vec<Provenance> {
        let arc = &self.network.arcs[id];
        let mut rows = match (arc.row, arc.to) {
            (Some((process, row)), _) => self.of_process(process, row, year),
            (None, Node::Demand(market)) => self.of_demand(market, year),
            (None, _) => vec![self.of_market(arc)],
        };
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    fn of_process(&self, id: ProcessId, row: usize, year: i32) -> Vec<Provenance> {
        let process = &self.model.processes[id];
        let mut rows: Vec<Provenance> = match process.rows.get(row) {
            Some(r) if matches!(r.amount, Amount::Rest) => {
                process.rows.iter().map(|r| r.provenance).collect()
            }
            Some(r) => vec![r.provenance],
            None => Vec::new(),
        };
        match process.driver {
            Driver::Level => {
                rows.extend(process.activity.rests_on(year).iter().map(|p| p.provenance));
                rows.extend(self.of_stock(id, year));
            }
            Driver::Feed | Driver::Demand | Driver::Both => rows.push(process.provenance),
        }
        for (project, effect) in self.effects.get(&id).map_or(&[][..], Vec::as_slice) {
            let on_stream = self.schedules.get(project.index()).is_some_and(|s| s.months_on_stream(year) > 0);
            let touches = !matches!(effect.target, EffectTarget::Coefficient(_, other) if other != row);
            if on_stream && touches {
                rows.push(effect.provenance);
            }
        }
        rows
    }

    /// What enters or leaves an in-use stock rests on what was given up to the year and on the opening cohorts.
    fn of_stock(&self, process: ProcessId, year: i32) -> Vec<Provenance> {
        let Some(stock) = self.model.stock_of(process) else { return Vec::new() };
        let stock = &self.model.stocks[stock];
        let mut rows: Vec<Provenance> = stock.opening.iter().map(|cohort| cohort.provenance).collect();
        rows.extend(
            self.model
                .settings
                .years()
                .take_while(|of| *of <= year)
                .flat_map(|year| stock.given.rests_on(year).iter().map(|point| point.provenance)),
        );
        rows
    }

    fn of_demand(&self, market: MarketId, year: i32) -> Vec<Provenance> {
        let positions = self.demands.get(&market).map_or(&[][..], Vec::as_slice);
        let series = positions.iter().map(|&i| &self.model.demands[i].series);
        series.flat_map(|s| s.rests_on(year)).map(|p| p.provenance).collect()
    }

    fn of_market(&self, arc: &Arc) -> Provenance {
        let market = match (arc.from, arc.to) {
            (Node::Market(m) | Node::Stock(m) | Node::Demand(m), _)
            | (_, Node::Market(m) | Node::Stock(m) | Node::Demand(m)) => Some(m),
            _ => None,
        };
        // What a market passes down rests on the rule of the one above, everything else on its own.
        let market = if arc.kind == ArcKind::PassDown { market_of(arc.from).or(market) } else { market };
        market.map_or(self.model.materials[arc.material].provenance, |m| self.of_market_rule(m))
    }

    /// The row a market was given by, or its material's.
    #[must_use]
    pub fn of_market_rule(&self, market: MarketId) -> Provenance {
        let market = &self.network.markets[market];
        let rule = market.rule.and_then(|position| self.model.market_rules.get(position));
        rule.map_or(self.model.materials[market.material].provenance, |r| r.provenance)
    }
}

fn market_of(node: Node) -> Option<MarketId> {
    match node {
        Node::Market(m) | Node::Stock(m) | Node::Demand(m) => Some(m),
        _ => None,
    }
}
