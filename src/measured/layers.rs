//! Substances as layers: what enters a process in its materials leaves it.

use super::system::{Balance, Subject, System};
use crate::id::{MaterialId, ProcessId};
use crate::model::{Model, Process, Role};
use crate::network::build::is_storage_taker;
use crate::reconcile::{Equation, Knowledge};
use std::collections::{BTreeMap, BTreeSet};

/// How a substance closes in a process; t per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerClosing {
    /// Process.
    pub process: ProcessId,
    /// Substance, as the word of the table.
    pub substance: &'static str,
    /// What enters with the materials whose content is given.
    pub enters: f64,
    /// What leaves with the materials whose content is given.
    pub leaves: f64,
    /// The row of no given content, where there is one: it carries the difference.
    pub open_row: Option<usize>,
}

impl LayerClosing {
    /// What enters less what leaves; where a row is open it is what that row carries.
    #[must_use]
    pub fn imbalance(&self) -> f64 {
        self.enters - self.leaves
    }
}

/// A row of a process on a layer: +1 in, −1 out; the quantity and factor that make its mass; its content, if given.
struct Side {
    row: usize,
    sign: f64,
    variable: usize,
    mass: f64,
    content: Option<usize>,
}

/// Adds the balance of every substance in every process in which at most one row has no given content (E-R14). With
/// two or more such rows nothing would follow from it. A content with `±` is a quantity of its own in every row: the coal of
/// one boiler is not that of another, the table gives the mean of both and how far they lie apart.
pub(super) fn add(system: &mut System, model: &Model) {
    let contents = Contents::of(model);
    for (id, process) in model.processes.enumerate() {
        for &substance in &contents.substances {
            let Some(sides) = sides(system, model, &contents, (id, process), substance) else { continue };
            let mut equation = Equation::default();
            let mut balance = 0.0;
            for side in &sides {
                let factor = side.sign * side.mass;
                let simulated = factor * system.simulated[side.variable];
                let Some(content) = side.content else { continue };
                let given = &model.contents[content].share;
                balance += simulated * given.central;
                if given.deviation() > 0.0 {
                    let subject = Subject::Content(content, id, side.row);
                    let knowledge = Knowledge::Measured { value: given.mean(), deviation: given.deviation() };
                    let share = system.add(subject, knowledge, given.central);
                    system.problem.variables[share].upper = Some(1.0);
                    equation.products.push((share, side.variable, factor));
                } else {
                    equation.linear.push((side.variable, factor * given.central));
                }
            }
            if let Some(open) = sides.iter().find(|side| side.content.is_none()) {
                let carried = (-open.sign * balance).max(0.0);
                let subject = Subject::Layer(id, open.row, substance);
                let amount = system.add(subject, Knowledge::Unknown, carried);
                equation.linear.push((amount, open.sign));
            }
            // An activity may stand in several rows: one term for each quantity.
            let merged = Equation::linear(equation.linear, 0.0);
            system.state(Balance::Layer(id, substance), Equation { products: equation.products, ..merged });
        }
    }
}

/// How every layer that takes part closes at given values of the quantities.
#[must_use]
pub fn closings(system: &System, model: &Model, value: &dyn Fn(usize) -> Option<f64>) -> Vec<LayerClosing> {
    let shares: BTreeMap<(usize, ProcessId, usize), f64> = system
        .subjects
        .iter()
        .enumerate()
        .filter_map(|(variable, subject)| match *subject {
            Subject::Content(content, process, row) => Some(((content, process, row), value(variable)?)),
            _ => None,
        })
        .collect();
    let contents = Contents::of(model);
    let layers = system.balances.iter().filter_map(|balance| match balance {
        Balance::Layer(process, substance) => Some((*process, *substance)),
        _ => None,
    });
    layers
        .filter_map(|(process, substance)| {
            let sides = sides(system, model, &contents, (process, &model.processes[process]), substance)?;
            let mut closing = LayerClosing { process, substance, enters: 0.0, leaves: 0.0, open_row: None };
            for side in sides {
                let Some(content) = side.content else {
                    closing.open_row = Some(side.row);
                    continue;
                };
                let given = &model.contents[content].share;
                let share = shares.get(&(content, process, side.row)).copied().unwrap_or(given.central);
                let amount = side.mass * value(side.variable)? * share;
                if side.sign > 0.0 {
                    closing.enters += amount;
                } else {
                    closing.leaves += amount;
                }
            }
            Some(closing)
        })
        .collect()
}

/// The contents of a model to be looked up: rows by material and substance, and all substances in order.
struct Contents {
    rows: BTreeMap<(MaterialId, &'static str), usize>,
    substances: BTreeSet<&'static str>,
}

impl Contents {
    fn of(model: &Model) -> Self {
        let rows = model.contents.iter().enumerate();
        Self {
            rows: rows.map(|(at, content)| ((content.material, content.substance), at)).collect(),
            substances: model.contents.iter().map(|content| content.substance).collect(),
        }
    }
}

/// The rows of a process that may carry a substance; none where its balance says nothing: it does not run, is declared
/// open, stores, carries none of it, or has two rows of no given content.
fn sides(
    system: &System,
    model: &Model,
    contents: &Contents,
    (id, process): (ProcessId, &Process),
    substance: &'static str,
) -> Option<Vec<Side>> {
    system.activity(id)?;
    if process.open || is_storage_taker(process) {
        return None;
    }
    let mut sides = Vec::new();
    for (at, row) in process.rows.iter().enumerate() {
        let Some(mass) = model.materials[row.material].mass_per_unit else { continue };
        let Some((variable, factor)) = system.row(id, at).filter(|(_, factor)| *factor > 0.0) else {
            continue;
        };
        if row.role == Role::Recirculated {
            continue;
        }
        let sign = if row.role.is_input() { 1.0 } else { -1.0 };
        let content = contents.rows.get(&(row.material, substance)).copied();
        sides.push(Side { row: at, sign, variable, mass: mass * factor, content });
    }
    let carries =
        |side: &Side| side.content.is_some_and(|content| model.contents[content].share.central > 0.0);
    let open = sides.iter().filter(|side| side.content.is_none()).count();
    (sides.iter().any(carries) && open <= 1).then_some(sides)
}
