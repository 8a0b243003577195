//! The result of running all years of one scenario.

use crate::diagnostic::Findings;
use crate::id::{MarketId, Table};

/// All years of one scenario.
#[derive(Clone, Debug)]
pub struct Trajectory {
    /// One result a year, base year first.
    pub years: Vec<YearResult>,
    /// Loops with several answers, levels cut at capacity, and the like; an error stops the years after it.
    pub findings: Findings,
}

/// One solved year. All quantities are per year, in base units, ≥ 0.
#[derive(Clone, Debug)]
pub struct YearResult {
    /// The year.
    pub year: i32,
    /// Activity by process, in reference units.
    pub activity: Vec<f64>,
    /// Capacity by process in this year (installed and projects); infinite without cap.
    pub capacity: Vec<f64>,
    /// Amount by process and recipe row **per unit of activity** (the reference row is 1), after
    /// projects' effects and with `rest` rows closed.
    pub coefficients: Vec<Vec<f64>>,
    /// The flow array, by arc of the network.
    pub flows: Vec<f64>,
    /// What happened in each market.
    pub markets: Table<MarketId, MarketYear>,
    /// Sweeps spent in loops.
    pub sweeps: u32,
    /// Loops (by number in the plan) that have several answers in this year.
    pub several_answers: Vec<usize>,
    /// Worst audited residual, scaled as `docs/equations.md` says.
    pub worst_residual: f64,
}

/// What happened in one market in one year, base units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MarketYear {
    /// Deliveries of processes (without what was made on call).
    pub delivered: f64,
    /// Surplus received from markets below.
    pub from_below: f64,
    /// Draws of processes (unmet ones included).
    pub drawn: f64,
    /// Final demand (unmet included).
    pub demanded: f64,
    /// Shortage of markets below that this market was asked to cover.
    pub asked_from_below: f64,
    /// Made on call.
    pub made: f64,
    /// Taken by takers from this year's surplus.
    pub taken: f64,
    /// Prior-year stock used for draws.
    pub reclaimed_for_draws: f64,
    /// Prior-year stock used by takers.
    pub reclaimed_for_takers: f64,
    /// Surplus passed up.
    pub passed_up: f64,
    /// Shortage passed up (asked of the market above).
    pub asked_above: f64,
    /// Brought in from outside.
    pub imported: f64,
    /// Taken from nature.
    pub extracted: f64,
    /// Missing here at the root: shortage nobody covers.
    pub unmet: f64,
    /// Exported.
    pub exported: f64,
    /// Surplus stored.
    pub stored: f64,
    /// Stored by storage takers.
    pub stored_by_takers: f64,
    /// Finally disposed of.
    pub disposed: f64,
    /// Discharged.
    pub discharged: f64,
    /// Stock at the begin of the year.
    pub opening_stock: f64,
    /// Stock at the end of the year.
    pub closing_stock: f64,
}
