//! The audit of what a year was given: coefficients from recipes and projects, opening stocks from the year before.
//!
//! Everything is read again from the model and the months on stream; nothing of the plan's own parameters is used.

use super::{in_use, scales};
use crate::funding::ProjectSchedule;
use crate::id::{Id, ProcessId};
use crate::model::{Amount, Change, EffectTarget, Model, Process, Role};
use crate::plan::Plan;
use crate::simulate::trajectory::YearResult;
use std::collections::BTreeMap;

/// Worst difference between what a year used and what it should have been given, scaled as in
/// [`super::worst_residual`]: flows at the coefficients of the audit's own reading, opening stocks.
/// Complexity O(rows + effects).
#[must_use]
pub fn worst_given(
    plan: &Plan,
    model: &Model,
    schedule: &[ProjectSchedule],
    before: &[YearResult],
    year: &YearResult,
) -> f64 {
    let scales = scales(plan, model, year);
    let mut worst = 0.0_f64;
    let mut see = |dimension: usize, difference: f64| {
        if scales[dimension] > 0.0 {
            worst = worst.max(difference.abs() / scales[dimension]);
        }
    };
    let changes = coefficient_changes(model, schedule, year.year);
    for (id, process) in model.processes.enumerate() {
        let own = coefficients(model, process, changes.get(&id).map_or(&[], Vec::as_slice));
        for ((row, own), used) in process.rows.iter().zip(own).zip(&year.coefficients[id.index()]) {
            let dimension = model.materials[row.material].dimension as usize;
            see(dimension, (own - used) * year.activity[id.index()]);
        }
    }
    let opening: BTreeMap<_, f64> = model
        .market_rules
        .iter()
        .filter_map(|rule| Some(((rule.material, rule.place), rule.opening_stock?.central)))
        .collect();
    for (id, market) in plan.network.markets.enumerate() {
        let opening = match before.last() {
            Some(before) => before.markets[id].closing_stock,
            None => opening.get(&(market.material, market.place)).copied().unwrap_or(0.0),
        };
        see(model.materials[market.material].dimension as usize, opening - year.markets[id].opening_stock);
    }
    in_use::differences(model, schedule, before, year, &mut see);
    worst
}

/// By process: recipe row, change and share of the year of every effect on a coefficient, in the order of projects.
fn coefficient_changes(
    model: &Model,
    schedule: &[ProjectSchedule],
    year: i32,
) -> BTreeMap<ProcessId, Vec<(usize, Change, f64)>> {
    let mut changes: BTreeMap<ProcessId, Vec<(usize, Change, f64)>> = BTreeMap::new();
    for (project, schedule) in model.projects.iter().zip(schedule) {
        let share = f64::from(schedule.months_on_stream(year)) / 12.0;
        for effect in project.effects.iter().filter(|_| share > 0.0) {
            if let EffectTarget::Coefficient(process, row) = effect.target {
                changes.entry(process).or_default().push((row, effect.change, share));
            }
        }
    }
    changes
}

/// Amounts per unit of activity with the projects on stream: new values first, then factors, then sums, each for
/// its share of the year; then the `rest` row by mass.
fn coefficients(model: &Model, process: &Process, changes: &[(usize, Change, f64)]) -> Vec<f64> {
    let given = |amount| match amount {
        Amount::Given(quantity) => quantity.central,
        Amount::Rest => 0.0,
    };
    let mut amounts: Vec<f64> = process.rows.iter().map(|row| given(row.amount)).collect();
    for turn in 0..3 {
        for &(row, change, share) in changes {
            let old = amounts[row];
            let new = match (turn, change) {
                (0, Change::Set(value)) => value.central,
                (1, Change::Multiply(factor)) => old * factor.central,
                (2, Change::Add(term)) => old + term.central,
                _ => continue,
            };
            amounts[row] = (old + (new - old) * share).max(0.0);
        }
    }
    if let Some(rest) = process.rows.iter().position(|row| row.amount == Amount::Rest) {
        let mut open = 0.0;
        for (row, amount) in process.rows.iter().zip(&amounts) {
            let mass = model.materials[row.material].mass_per_unit.unwrap_or(0.0) * amount;
            match row.role {
                Role::Feed | Role::Input => open += mass,
                Role::Product | Role::Byproduct | Role::Emission | Role::Loss => open -= mass,
                Role::Recirculated => {}
            }
        }
        let side = if process.rows[rest].role.is_input() { -open } else { open };
        amounts[rest] = side / model.materials[process.rows[rest].material].mass_per_unit.unwrap_or(1.0);
    }
    let reference = amounts[process.reference];
    amounts.into_iter().map(|amount| amount / reference).collect()
}
