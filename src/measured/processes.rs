//! Activities and recipe rows as quantities.

use super::system::{Balance, Subject, System};
use crate::id::{Id, ProcessId};
use crate::model::{Amount, Model, Observed, Process, Reporter, Role};
use crate::reconcile::{Equation, Knowledge};
use crate::simulate::YearResult;
use std::collections::BTreeSet;

/// Adds every process that runs in the year, or of which something was measured (E-R12): a row of an exact coefficient is
/// that times the activity; an uncertain or measured coefficient is a quantity of its own, its row a product; a `rest`
/// beside uncertain rows closes the mass. Complexity O(rows · log measurements).
pub(super) fn add(system: &mut System, model: &Model, year: &YearResult) {
    let figures = model.measurements.iter().filter(|measurement| measurement.year == year.year);
    // What was measured of single processes, by process.
    let measured: BTreeSet<(ProcessId, Observed)> = figures
        .filter_map(|measurement| match measurement.reporter {
            Reporter::Process(process) => Some((process, measurement.observed)),
            Reporter::Enterprise(_) | Reporter::Place(_) => None,
        })
        .collect();
    for (id, process) in model.processes.enumerate() {
        let is_measured = measured.range((id, Observed::Activity)..).next().is_some_and(|(of, _)| *of == id);
        if year.activity[id.index()] > 0.0 || is_measured {
            add_process(system, model, year, id, process, &measured);
        }
    }
}

/// Relative standard deviation of a recipe row; 0 where it is exact, is the reference or the rest.
fn spread(process: &Process, at: usize) -> f64 {
    match process.rows[at].amount {
        Amount::Given(quantity) if at != process.reference && quantity.central > 0.0 => {
            quantity.deviation() / quantity.central
        }
        Amount::Given(_) | Amount::Rest => 0.0,
    }
}

fn add_process(
    system: &mut System,
    model: &Model,
    year: &YearResult,
    id: ProcessId,
    process: &Process,
    measured: &BTreeSet<(ProcessId, Observed)>,
) {
    let activity = year.activity[id.index()];
    let coefficients = &year.coefficients[id.index()];
    let variable = system.add(Subject::Activity(id), Knowledge::Unknown, activity);
    let weighs = |at: usize| model.materials[process.rows[at].material].mass_per_unit;
    let uncertain: Vec<bool> = (0..process.rows.len())
        .map(|at| {
            coefficients[at] > 0.0
                && (spread(process, at) > 0.0 || measured.contains(&(id, Observed::Coefficient(at))))
        })
        .collect();
    let moves_rest = (0..process.rows.len()).any(|at| uncertain[at] && weighs(at).is_some());
    let mut rows = Vec::with_capacity(process.rows.len());
    let mut rest = false;
    for (at, &coefficient) in coefficients.iter().enumerate() {
        if uncertain[at] {
            let deviation = coefficient * spread(process, at);
            // The table's exact number gives way to what was measured.
            let knowledge = match deviation > 0.0 {
                true => Knowledge::Measured { value: coefficient, deviation },
                false => Knowledge::Unknown,
            };
            let per_unit = system.add(Subject::Coefficient(id, at), knowledge, coefficient);
            let amount = system.add(Subject::Amount(id, at), Knowledge::Unknown, coefficient * activity);
            let linear = vec![(amount, -1.0)];
            let products = vec![(per_unit, variable, 1.0)];
            let equation = Equation { linear, products, ..Equation::default() };
            system.state(Balance::Row(id, at), equation);
            rows.push((amount, 1.0));
        } else if process.rows[at].amount == Amount::Rest && moves_rest {
            rest = true;
            let amount = system.add(Subject::Amount(id, at), Knowledge::Unknown, coefficient * activity);
            rows.push((amount, 1.0));
        } else {
            rows.push((variable, coefficient));
        }
    }
    if rest {
        let mut terms = Vec::new();
        for (at, &(variable, factor)) in rows.iter().enumerate() {
            let role = process.rows[at].role;
            let (Some(mass), false) = (weighs(at), role == Role::Recirculated) else { continue };
            let sign = if role.is_input() { 1.0 } else { -1.0 };
            terms.push((variable, sign * mass * factor));
        }
        system.state(Balance::Mass(id), Equation::linear(terms, 0.0));
    }
    system.enter(id, variable, rows);
}
