//! Measurements: each a quantity of its own that equals what it is of.

use super::exchanges::Exchange;
use super::system::{Balance, Subject, System};
use crate::id::{Id, MarketId, ProcessId};
use crate::model::{Measurement, Model, Observed, Reporter, Role};
use crate::network::build::is_storage_taker;
use crate::plan::Plan;
use crate::quantity::Quantity;
use crate::reconcile::{Equation, Knowledge};
use crate::simulate::YearResult;
use std::collections::BTreeMap;

/// Adds the measurements of the year and the activities and demands that the tables give with `±` (E-R13).
pub(super) fn add(system: &mut System, plan: &Plan, model: &Model, year: &YearResult) {
    for (at, measurement) in model.measurements.iter().enumerate().filter(|(_, m)| m.year == year.year) {
        let (terms, constant) = of(system, plan, model, year, measurement);
        if terms.is_empty() {
            system.left_out.push(at);
            continue;
        }
        let knowledge = known(&measurement.value);
        observe(system, Subject::Measurement(at), Balance::Measurement(at), knowledge, terms, constant);
    }
    for (id, process) in model.processes.enumerate() {
        let point = process.activity.points.iter().find(|point| point.year == year.year);
        let (Some(point), Some(activity)) = (point, system.activity(id)) else { continue };
        if point.value.deviation() > 0.0 && process.runs_in(year.year) {
            let (subject, balance) = (Subject::GivenActivity(id), Balance::GivenActivity(id));
            observe(system, subject, balance, known(&point.value), vec![(activity, 1.0)], 0.0);
        }
    }
    given_demands(system, plan, model, year.year);
}

/// The final demand of every market where a row of it has `±`: the sum of its rows, their variances added.
fn given_demands(system: &mut System, plan: &Plan, model: &Model, year: i32) {
    let mut given: BTreeMap<MarketId, (f64, f64)> = BTreeMap::new();
    for (demand, market) in model.demands.iter().zip(&plan.network.demands) {
        let (value, variance) = given.entry(*market).or_default();
        *value += demand.series.central(year).unwrap_or(0.0);
        let point = demand.series.points.iter().find(|point| point.year == year);
        let deviation = point.map_or(0.0, |point| point.value.deviation());
        *variance += deviation * deviation;
    }
    for (market, (value, variance)) in given.into_iter().filter(|(_, (_, variance))| *variance > 0.0) {
        let Some(variable) = system.exchange(market, Exchange::Demand) else { continue };
        let knowledge = Knowledge::Measured { value, deviation: variance.sqrt() };
        let (subject, balance) = (Subject::GivenDemand(market), Balance::GivenDemand(market));
        observe(system, subject, balance, knowledge, vec![(variable, 1.0)], 0.0);
    }
}

fn known(quantity: &Quantity) -> Knowledge {
    let deviation = quantity.deviation();
    if deviation > 0.0 {
        Knowledge::Measured { value: quantity.mean(), deviation }
    } else {
        Knowledge::Exact(quantity.central)
    }
}

/// Adds a quantity that equals `constant + Σ factor·x`.
fn observe(
    system: &mut System,
    subject: Subject,
    balance: Balance,
    knowledge: Knowledge,
    terms: Vec<(usize, f64)>,
    constant: f64,
) {
    let simulated = terms.iter().fold(constant, |sum, (x, factor)| sum + factor * system.simulated[*x]);
    let figure = system.add(subject, knowledge, simulated);
    if constant == 0.0 {
        // What it is the sum of is not negative; a second bound would only be a second reason.
        system.problem.variables[figure].lower = None;
    }
    let mut equation: Vec<(usize, f64)> = terms.into_iter().map(|(x, factor)| (x, -factor)).collect();
    equation.push((figure, 1.0));
    system.state(balance, Equation::linear(equation, constant));
}

/// What a measurement is of: terms and a constant. No terms where nothing of it happens in the year.
fn of(
    system: &System,
    plan: &Plan,
    model: &Model,
    year: &YearResult,
    measurement: &Measurement,
) -> (Vec<(usize, f64)>, f64) {
    let material = measurement.material;
    let on_side = |process: ProcessId, at: usize, out: bool| {
        let row = &model.processes[process].rows[at];
        let fits = if out { row.role.is_delivery() || row.role == Role::Loss } else { row.role.is_input() };
        fits && row.material == material
    };
    let of_processes = |out: bool| -> Vec<(usize, f64)> {
        let processes = processes_of(model, measurement.reporter);
        let rows = processes.flat_map(|id| (0..model.processes[id].rows.len()).map(move |at| (id, at)));
        rows.filter(|&(id, at)| on_side(id, at, out)).filter_map(|(id, at)| system.row(id, at)).collect()
    };
    match (measurement.observed, measurement.reporter) {
        (Observed::Activity, Reporter::Process(process)) => {
            (system.activity(process).map(|activity| (activity, 1.0)).into_iter().collect(), 0.0)
        }
        (Observed::Coefficient(row), Reporter::Process(process)) => (coefficient(system, process, row), 0.0),
        (Observed::Activity | Observed::Coefficient(_), _) => (Vec::new(), 0.0),
        (Observed::Input, _) => (of_processes(false), 0.0),
        (Observed::Output, _) => (of_processes(true), 0.0),
        (Observed::ClosingStock, _) => {
            let (mut terms, mut opening) = (Vec::new(), 0.0);
            for market in markets_of(plan, model, measurement) {
                opening += year.markets[market].opening_stock;
                let exchange = |exchange| system.exchange(market, exchange);
                terms.extend(exchange(Exchange::Stored).map(|x| (x, 1.0)));
                terms.extend(exchange(Exchange::Reclaimed).map(|x| (x, -1.0)));
                terms.extend(stored_by_processes(system, plan, model, market));
            }
            (terms, opening)
        }
        (observed, _) => {
            let exchange = Exchange::of(observed);
            let markets = markets_of(plan, model, measurement);
            let found = markets.filter_map(|market| system.exchange(market, exchange?));
            (found.map(|x| (x, 1.0)).collect(), 0.0)
        }
    }
}

/// The coefficient of a row, where it is a quantity: an exact one cannot be measured against itself.
fn coefficient(system: &System, process: ProcessId, row: usize) -> Vec<(usize, f64)> {
    let wanted = Subject::Coefficient(process, row);
    let found = system.subjects.iter().position(|subject| *subject == wanted);
    found.map(|x| (x, 1.0)).into_iter().collect()
}

/// What storage processes put into the stock of a market.
fn stored_by_processes<'a>(
    system: &'a System,
    plan: &'a Plan,
    model: &'a Model,
    market: MarketId,
) -> impl Iterator<Item = (usize, f64)> + 'a {
    let storing = model.processes.enumerate().filter(|(_, process)| is_storage_taker(process));
    storing.filter_map(move |(id, process)| {
        let at = process.taken()?;
        (plan.network.trades[id.index()][at] == Some(market)).then(|| system.row(id, at))?
    })
}

fn processes_of(model: &Model, reporter: Reporter) -> impl Iterator<Item = ProcessId> + '_ {
    let all = model.processes.enumerate();
    all.filter(move |(id, process)| match reporter {
        Reporter::Process(one) => *id == one,
        Reporter::Enterprise(enterprise) => process.enterprise == Some(enterprise),
        Reporter::Place(place) => model.places.is_within(process.place, place),
    })
    .map(|(id, _)| id)
}

/// The markets of a measurement's material at its place and below.
pub(super) fn markets_of<'a>(
    plan: &'a Plan,
    model: &'a Model,
    measurement: &'a Measurement,
) -> impl Iterator<Item = MarketId> + 'a {
    let within = move |place| match measurement.reporter {
        Reporter::Place(outer) => model.places.is_within(place, outer),
        Reporter::Process(_) | Reporter::Enterprise(_) => false,
    };
    let markets = plan.network.markets.enumerate();
    markets.filter(move |(_, m)| m.material == measurement.material && within(m.place)).map(|(id, _)| id)
}
