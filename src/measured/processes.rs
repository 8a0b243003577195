//! Activities and recipe rows as quantities.

use super::system::{Balance, Subject, System};
use crate::id::{Id, ProcessId};
use crate::model::{Amount, Measurement, Model, Observed, Process, Reporter, Role};
use crate::plan::Plan;
use crate::reconcile::{Equation, Knowledge};
use crate::simulate::YearResult;

/// Adds every process that runs in the year, or of which something was measured (E-R12): a row of an exact coefficient is
/// that times the activity; an uncertain or measured coefficient is a quantity of its own, its row a
/// product; a `rest` beside uncertain rows
/// closes the mass.
pub(super) fn add(system: &mut System, plan: &Plan, model: &Model, year: &YearResult) {
    for (id, process) in model.processes.enumerate() {
        let activity = year.activity[id.index()];
        if activity > 0.0 || is_measured(model, id, year.year) {
            add_process(system, plan, model, year, id, process);
        }
    }
}

/// Whether a figure of this very process stands in the measurements of the year.
fn is_measured(model: &Model, id: ProcessId, year: i32) -> bool {
    model.measurements.iter().any(|m| m.year == year && m.reporter == Reporter::Process(id))
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
    plan: &Plan,
    model: &Model,
    year: &YearResult,
    id: ProcessId,
    process: &Process,
) {
    let activity = year.activity[id.index()];
    let coefficients = &year.coefficients[id.index()];
    let variable = system.add(Subject::Activity(id), Knowledge::Unknown, activity);
    let weighs = |at: usize| model.materials[process.rows[at].material].mass_per_unit;
    let measured = |at: usize| {
        let of =
            |m: &Measurement| m.reporter == Reporter::Process(id) && m.observed == Observed::Coefficient(at);
        model.measurements.iter().any(|m| m.year == year.year && of(m))
    };
    let uncertain: Vec<bool> = (0..process.rows.len())
        .map(|at| coefficients[at] > 0.0 && (spread(process, at) > 0.0 || measured(at)))
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
    debug_assert_eq!(rows.len(), plan.rows.of(id).len());
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
