//! A solved year as a problem of reconciliation: its quantities and the balances between them.

use super::exchanges::{self, Exchange};
use super::{layers, observations, processes};
use crate::id::{Id, MarketId, ProcessId};
use crate::model::Model;
use crate::plan::Plan;
use crate::reconcile::{Equation, Knowledge, Problem, Variable};
use crate::simulate::YearResult;
use std::collections::BTreeMap;

/// What a quantity of the problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Activity of a process, reference units per year.
    Activity(ProcessId),
    /// Amount of a recipe row per unit of activity, where it is uncertain.
    Coefficient(ProcessId, usize),
    /// Amount of such a row, or of a `rest`, per year.
    Amount(ProcessId, usize),
    /// What a market exchanges, per year.
    Market(MarketId, Exchange),
    /// Content (a row of the model's contents) of the material in a row of a process.
    Content(usize, ProcessId, usize),
    /// Amount of a substance (by its content word) in a row of which no content is given, t per year.
    Layer(ProcessId, usize, &'static str),
    /// A row of the model's measurements.
    Measurement(usize),
    /// The activity that the tables give with `±`.
    GivenActivity(ProcessId),
    /// The final demand that the tables give with `±`.
    GivenDemand(MarketId),
}

/// What an equation of the problem says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Balance {
    /// What enters a market leaves it.
    Market(MarketId),
    /// The mass that enters a process leaves it.
    Mass(ProcessId),
    /// A row is its coefficient times the activity.
    Row(ProcessId, usize),
    /// The substance that enters a process leaves it.
    Layer(ProcessId, &'static str),
    /// A measurement is what it is of.
    Measurement(usize),
    /// The same of a figure of the tables.
    GivenActivity(ProcessId),
    /// The same of a final demand of the tables.
    GivenDemand(MarketId),
}

/// Quantities and balances of a year, side by side with the problem that they make.
#[derive(Debug)]
pub struct System {
    /// The problem.
    pub problem: Problem,
    /// What each of its quantities is.
    pub subjects: Vec<Subject>,
    /// What each of its equations says.
    pub balances: Vec<Balance>,
    /// Value of each quantity in the year as it was simulated; of a measurement what the simulated year has for it.
    pub simulated: Vec<f64>,
    /// Measurements (rows of the model's list) of what does not run, or does not happen, in that year.
    pub left_out: Vec<usize>,
    /// Activity of every process that takes part.
    activity: Vec<Option<usize>>,
    /// By process and row: the quantity and the factor that make the row's amount.
    rows: Vec<Vec<(usize, f64)>>,
    exchanges: BTreeMap<(MarketId, Exchange), usize>,
}

impl System {
    /// States a solved year (E-R10): every process that runs or was measured, every exchange that happens or was measured.
    /// At the simulated values every balance but those of substances holds. Complexity O(rows + markets).
    #[must_use]
    pub fn of(plan: &Plan, model: &Model, year: &YearResult) -> Self {
        let mut system = Self {
            problem: Problem::default(),
            subjects: Vec::new(),
            balances: Vec::new(),
            simulated: Vec::new(),
            left_out: Vec::new(),
            activity: vec![None; model.processes.len()],
            rows: vec![Vec::new(); model.processes.len()],
            exchanges: BTreeMap::new(),
        };
        processes::add(&mut system, model, year);
        exchanges::add(&mut system, plan, model, year);
        system.add_market_balances(plan, model);
        observations::add(&mut system, plan, model, year);
        layers::add(&mut system, model);
        system
    }

    /// Whether anything but recipe rows was measured.
    #[must_use]
    pub fn has_measurements(&self) -> bool {
        let measured = |subject: &Subject| {
            matches!(subject, Subject::Measurement(_) | Subject::GivenActivity(_) | Subject::GivenDemand(_))
        };
        self.subjects.iter().any(measured)
    }

    /// Adds a quantity with its simulated value; it is never negative.
    pub(super) fn add(&mut self, subject: Subject, knowledge: Knowledge, simulated: f64) -> usize {
        let seen = match knowledge {
            Knowledge::Measured { value, .. } => value.abs(),
            Knowledge::Exact(_) | Knowledge::Unknown => 0.0,
        };
        let size = simulated.abs().max(seen);
        let variable = Variable {
            knowledge,
            start: Some(simulated),
            size: (size > 0.0).then_some(size),
            lower: if matches!(knowledge, Knowledge::Exact(_)) { None } else { Some(0.0) },
            upper: None,
        };
        self.subjects.push(subject);
        self.simulated.push(simulated);
        self.problem.add(variable)
    }

    /// Adds an equation.
    pub(super) fn state(&mut self, balance: Balance, equation: Equation) {
        self.balances.push(balance);
        self.problem.equations.push(equation);
    }

    /// Enters the activity of a process and what makes the amounts of its rows.
    pub(super) fn enter(&mut self, process: ProcessId, activity: usize, rows: Vec<(usize, f64)>) {
        self.activity[process.index()] = Some(activity);
        self.rows[process.index()] = rows;
    }

    /// Enters an exchange of a market.
    pub(super) fn enter_exchange(&mut self, market: MarketId, exchange: Exchange, variable: usize) {
        self.exchanges.insert((market, exchange), variable);
    }

    /// The quantity that is the activity of a process, where it takes part.
    #[must_use]
    pub fn activity(&self, process: ProcessId) -> Option<usize> {
        self.activity[process.index()]
    }

    /// The quantity and factor that make the amount of a row, where its process takes part.
    #[must_use]
    pub fn row(&self, process: ProcessId, row: usize) -> Option<(usize, f64)> {
        self.rows[process.index()].get(row).copied()
    }

    /// The quantity of an exchange, where there is one.
    #[must_use]
    pub fn exchange(&self, market: MarketId, exchange: Exchange) -> Option<usize> {
        self.exchanges.get(&(market, exchange)).copied()
    }

    /// Σ in = Σ out of every market (E-R11).
    fn add_market_balances(&mut self, plan: &Plan, model: &Model) {
        let mut terms: Vec<Vec<(usize, f64)>> = vec![Vec::new(); plan.network.markets.len()];
        for (id, process) in model.processes.enumerate() {
            for (at, (row, market)) in process.rows.iter().zip(&plan.network.trades[id.index()]).enumerate() {
                let (Some(market), Some((variable, factor))) = (market, self.row(id, at)) else { continue };
                let sign = if row.role.is_input() { -1.0 } else { 1.0 };
                terms[market.index()].push((variable, sign * factor));
            }
        }
        for (&(market, exchange), &variable) in &self.exchanges {
            terms[market.index()].push((variable, exchange.sign()));
            if let (true, Some(parent)) = (exchange.is_with_parent(), plan.network.parent[market.index()]) {
                terms[parent.index()].push((variable, -exchange.sign()));
            }
        }
        for (market, terms) in plan.network.markets.ids().zip(terms) {
            if !terms.is_empty() {
                self.state(Balance::Market(market), Equation::linear(terms, 0.0));
            }
        }
    }
}
