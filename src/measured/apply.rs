//! The reconciled year as the base of scenarios.

use super::exchanges::Exchange;
use super::{ReconciledYear, Subject};
use crate::id::{Id, MarketId, ProcessId};
use crate::model::series::Point;
use crate::model::{Amount, Driver, Model, Provenance, Series};
use crate::plan::Plan;
use crate::quantity::Quantity;

/// What was changed in a model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Activities of `level` processes.
    pub activities: usize,
    /// Final demands.
    pub demands: usize,
    /// Recipe rows.
    pub coefficients: usize,
}

/// The model with the reconciled values in place of those of its year (E-R15): activities of `level` processes, final
/// demand, and the recipe rows that were uncertain or measured. Later years that are given stay as given; what grows or is
/// held goes on from the reconciled value. What is unobservable stays as it was.
#[must_use]
pub fn apply(
    plan: &Plan,
    model: &Model,
    reconciled: &ReconciledYear,
    without_suspects: bool,
) -> (Model, Applied) {
    let mut changed = model.clone();
    let mut applied = Applied::default();
    let values = reconciled.values(without_suspects);
    let system = &reconciled.system;
    for ((subject, estimate), &simulated) in
        system.subjects.iter().zip(&values.estimates).zip(&system.simulated)
    {
        let Some(value) = estimate.value else { continue };
        let value = value.max(0.0);
        match *subject {
            // What enters and leaves use follows from the tables of the stock.
            Subject::Activity(process) if model.stock_of(process).is_some() => {}
            Subject::Activity(process) if model.processes[process].driver == Driver::Level => {
                set_activity(&mut changed, process, reconciled.year, (simulated, value));
                applied.activities += 1;
            }
            Subject::Coefficient(process, row) => {
                set_coefficient(&mut changed, process, row, (simulated, value));
                applied.coefficients += 1;
            }
            Subject::Market(market, Exchange::Demand) => {
                applied.demands += scale_demand(&mut changed, plan, market, reconciled.year, value);
            }
            _ => {}
        }
    }
    (changed, applied)
}

/// What the table must say so that the year has the reconciled value: projects on stream in it change what the table says
/// once more, in the same proportion as in the simulated year.
fn before_effects(table: f64, (simulated, value): (f64, f64)) -> f64 {
    let same = (table - simulated).abs() <= 1e-9 * simulated;
    if same || simulated <= 0.0 { value } else { table * (value / simulated) }
}

fn set_activity(model: &mut Model, process: ProcessId, year: i32, change: (f64, f64)) {
    let record = &mut model.processes[process];
    let provenance = record.provenance;
    let table = record.activity.central(year).unwrap_or(change.0);
    set(&mut record.activity, year, before_effects(table, change), provenance);
}

/// Puts an exact value at a year of a series; its row stays that of the point it replaces.
fn set(series: &mut Series, year: i32, value: f64, provenance: Provenance) {
    let quantity = Quantity::exact(value);
    match series.points.iter_mut().find(|point| point.year == year) {
        Some(point) => point.value = quantity,
        None => {
            let at = series.points.partition_point(|point| point.year < year);
            series.points.insert(at, Point { year, value: quantity, provenance });
        }
    }
}

/// A recipe row is given per its recipe's reference amount.
fn set_coefficient(model: &mut Model, process: ProcessId, row: usize, change: (f64, f64)) {
    let record = &mut model.processes[process];
    let central = |row: usize| match record.rows[row].amount {
        Amount::Given(quantity) => Some(quantity.central),
        Amount::Rest => None,
    };
    let reference = central(record.reference).unwrap_or(1.0);
    let table = central(row).map_or(change.0, |amount| amount / reference);
    let value = before_effects(table, change) * reference;
    record.rows[row].amount = Amount::Given(Quantity::exact(value));
}

/// Rows of one market keep their proportions; gives how many were changed.
fn scale_demand(model: &mut Model, plan: &Plan, market: MarketId, year: i32, value: f64) -> usize {
    let rows: Vec<usize> =
        (0..model.demands.len()).filter(|row| plan.network.demands[*row].index() == market.index()).collect();
    let of = |model: &Model, row: usize| model.demands[row].series.central(year).unwrap_or(0.0);
    let total: f64 = rows.iter().map(|&row| of(model, row)).sum();
    for &row in &rows {
        let share = if total > 0.0 { of(model, row) / total } else { 1.0 / rows.len() as f64 };
        let series = &mut model.demands[row].series;
        if let Some(provenance) = series.points.first().map(|point| point.provenance) {
            set(series, year, value * share, provenance);
        }
    }
    rows.len()
}
