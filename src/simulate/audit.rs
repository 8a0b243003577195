//! The audit: every balance computed again from recipes, activities and stocks alone.
//!
//! Nothing that the engine booked as a remainder is used to show that the engine balances: the audit clears every
//! market a second time by its own reading of the rules and compares arc by arc; the balances of processes,
//! markets, stocks and places are then made from the booked arcs and the stocks.

mod clearing;
pub mod given;
mod in_use;
mod reading;

use super::trajectory::YearResult;
use crate::id::{Id, MaterialId, PlaceId};
use crate::model::{Amount, Driver, Model, Role};
use crate::network::build::is_storage_taker;
use crate::network::{ArcKind, Node};
use crate::plan::Plan;
use crate::units::Dimension;
use reading::{MarketReading, Rules};

/// Whose balance it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A process, a market or a stock.
    Node(Node),
    /// A place with all that lies in it.
    Place(PlaceId),
}

/// One balance of a year: `residual = inflow − outflow − stock_change − open`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// Whose.
    pub subject: Subject,
    /// Material in its base unit; `None` is all mass in tonnes.
    pub material: Option<MaterialId>,
    /// What enters.
    pub inflow: f64,
    /// What leaves.
    pub outflow: f64,
    /// Closing less opening stock.
    pub stock_change: f64,
    /// What recipes declared open leave open; may be negative.
    pub open: f64,
    /// What is not explained.
    pub residual: f64,
}

impl Balance {
    fn closed(mut self) -> Self {
        self.residual = self.inflow - self.outflow - self.stock_change - self.open;
        self
    }

    fn empty(subject: Subject, material: Option<MaterialId>) -> Self {
        Self { subject, material, inflow: 0.0, outflow: 0.0, stock_change: 0.0, open: 0.0, residual: 0.0 }
    }
}

/// All balances of a year: processes (mass), markets, stocks that exist, places (mass). Complexity O(arcs).
#[must_use]
pub fn balances(plan: &Plan, model: &Model, year: &YearResult) -> Vec<Balance> {
    let n_markets = plan.network.markets.len();
    let mut processes: Vec<Balance> = model
        .processes
        .ids()
        .map(|id| {
            let open = open_mass(model, year, id.index());
            // What enters use and what leaves it stays in, or comes out of, the stock between the two.
            let in_use = model.stock_of(id).is_some();
            let [stock_change, open] = if in_use { [open, 0.0] } else { [0.0, open] };
            Balance { stock_change, open, ..Balance::empty(Subject::Node(Node::Process(id)), None) }
        })
        .collect();
    let mut markets: Vec<Balance> = Vec::with_capacity(n_markets);
    let mut stocks: Vec<Balance> = Vec::with_capacity(n_markets);
    for (id, market) in plan.network.markets.enumerate() {
        markets.push(Balance::empty(Subject::Node(Node::Market(id)), Some(market.material)));
        let record = &year.markets[id];
        stocks.push(Balance {
            stock_change: record.closing_stock - record.opening_stock,
            ..Balance::empty(Subject::Node(Node::Stock(id)), Some(market.material))
        });
    }
    let mut places: Vec<Balance> =
        model.places.ids().map(|id| Balance::empty(Subject::Place(id), None)).collect();
    for (arc, &flow) in plan.network.arcs.iter().zip(&year.flows) {
        let mass = model.materials[arc.material].mass_per_unit.map(|mass| mass * flow);
        if arc.kind != ArcKind::Recirculated {
            for (node, leaves) in [(arc.from, true), (arc.to, false)] {
                let (balance, amount) = match node {
                    Node::Process(process) => (&mut processes[process.index()], mass),
                    Node::Market(market) => (&mut markets[market.index()], Some(flow)),
                    Node::Stock(market) => (&mut stocks[market.index()], Some(flow)),
                    _ => continue,
                };
                let side = if leaves { &mut balance.outflow } else { &mut balance.inflow };
                *side += amount.unwrap_or(0.0);
            }
        }
        let Some(mass) = mass else { continue };
        let [from, to] = [place_of(plan, model, arc.from), place_of(plan, model, arc.to)];
        let holds = |outer: PlaceId, inner: Option<PlaceId>| {
            inner.is_some_and(|inner| model.places.is_within(inner, outer))
        };
        for place in from.into_iter().flat_map(|place| model.places.upward(place)) {
            if !holds(place, to) {
                places[place.index()].outflow += mass;
            }
        }
        for place in to.into_iter().flat_map(|place| model.places.upward(place)) {
            if !holds(place, from) {
                places[place.index()].inflow += mass;
            }
        }
    }
    for (balance, process) in processes.iter().zip(&model.processes) {
        for place in model.places.upward(process.place) {
            places[place.index()].open += balance.open;
            places[place.index()].stock_change += balance.stock_change;
        }
    }
    for (stock, market) in stocks.iter().zip(&plan.network.markets) {
        let Some(mass) = model.materials[market.material].mass_per_unit else { continue };
        for place in model.places.upward(market.place) {
            places[place.index()].stock_change += stock.stock_change * mass;
        }
    }
    stocks.retain(|s| s.inflow != 0.0 || s.outflow != 0.0 || s.stock_change != 0.0);
    processes.into_iter().chain(markets).chain(stocks).chain(places).map(Balance::closed).collect()
}

/// The place a node lies in; final demand and what lies beyond the city are in none.
fn place_of(plan: &Plan, model: &Model, node: Node) -> Option<PlaceId> {
    match node {
        Node::Process(process) => Some(model.processes[process].place),
        Node::Market(market) | Node::Stock(market) => Some(plan.network.markets[market].place),
        _ => None,
    }
}

/// Tonnes that the recipe of a process declared `open` leaves open in a year; nobody else may leave any.
fn open_mass(model: &Model, year: &YearResult, process: usize) -> f64 {
    let record = &model.processes.as_slice()[process];
    if !record.open || record.rows.iter().any(|row| row.amount == Amount::Rest) {
        return 0.0;
    }
    let mut open = 0.0;
    for (at, (row, coefficient)) in record.rows.iter().zip(&year.coefficients[process]).enumerate() {
        let Some(mass) = model.materials[row.material].mass_per_unit else { continue };
        let stored = is_storage_taker(record) && record.taken() == Some(at);
        if row.role.is_input() && !stored {
            open += mass * coefficient;
        } else if row.role.is_delivery() || row.role == Role::Loss {
            open -= mass * coefficient;
        }
    }
    open * year.activity[process]
}

/// Worst residual of a year, divided, dimension by dimension, by the smaller of the largest flow and 10³ × the
/// largest given flow (docs/equations.md, E-09). Complexity O(arcs).
#[must_use]
pub fn worst_residual(plan: &Plan, model: &Model, year: &YearResult) -> f64 {
    let scales = scales(plan, model, year);
    let mut worst = 0.0_f64;
    let mut see = |dimension: Dimension, residual: f64| {
        let scale = scales[dimension as usize];
        if scale > 0.0 {
            worst = worst.max(residual.abs() / scale);
        }
    };
    for balance in balances(plan, model, year) {
        let dimension =
            balance.material.map_or(Dimension::Mass, |material| model.materials[material].dimension);
        see(dimension, balance.residual);
    }
    // Every recipe row is booked in full.
    let mut booked = vec![0.0; plan.rows.len()];
    for (arc, &flow) in plan.network.arcs.iter().zip(&year.flows) {
        if let Some((process, row)) = arc.row.filter(|_| arc.kind != ArcKind::StoredByProcess) {
            booked[plan.rows.first[process.index()] as usize + row] += flow;
        }
    }
    for id in model.processes.ids() {
        for (slot, coefficient) in plan.rows.of(id).zip(&year.coefficients[id.index()]) {
            let amount = coefficient * year.activity[id.index()];
            see(plan.rows.dimension[slot], booked[slot] - amount);
        }
    }
    let again = clearing::cleared_again(plan, model, year);
    for (id, again) in again.enumerate() {
        let dimension = model.materials[plan.network.markets[id].material].dimension;
        for difference in clearing::differences(&again.year, &year.markets[id]) {
            see(dimension, difference);
        }
        see(dimension, again.beyond_surplus);
        see(dimension, again.beyond_shortage);
    }
    // What final demand asks for is booked in full, as served or as unmet.
    let mut asked: Vec<f64> = again.iter().map(|again| again.year.demanded).collect();
    for (arc, &flow) in plan.network.arcs.iter().zip(&year.flows) {
        if let Node::Demand(market) = arc.to {
            asked[market.index()] -= flow;
        }
    }
    for (market, open) in plan.network.markets.iter().zip(asked) {
        see(model.materials[market.material].dimension, open);
    }
    worst
}

/// Scale of residuals by dimension.
fn scales(plan: &Plan, model: &Model, year: &YearResult) -> [f64; Dimension::ALL.len()] {
    let mut largest = [0.0_f64; Dimension::ALL.len()];
    let mut given = [0.0_f64; Dimension::ALL.len()];
    for (arc, &flow) in plan.network.arcs.iter().zip(&year.flows) {
        let material = &model.materials[arc.material];
        let dimension = material.dimension as usize;
        largest[dimension] = largest[dimension].max(flow);
        let is_given = match arc.row {
            Some((process, _)) => model.processes[process].driver == Driver::Level,
            None => matches!(arc.kind, ArcKind::Final | ArcKind::FinalPrior | ArcKind::FinalUnmet),
        };
        if is_given {
            given[dimension] = given[dimension].max(flow);
        }
    }
    let rules = Rules::of(model);
    for (id, market) in plan.network.markets.enumerate() {
        let dimension = model.materials[market.material].dimension as usize;
        let reclaim = MarketReading::of(model, &rules, market).reclaim(year.markets[id].opening_stock);
        given[dimension] = given[dimension].max(reclaim);
    }
    std::array::from_fn(|d| if given[d] > 0.0 { largest[d].min(1e3 * given[d]) } else { largest[d] })
}
