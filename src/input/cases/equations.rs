//! Variables, equations, outputs and an evaluated design: kinds `reconcile`, `ensemble` and `sensitivity`.

use super::cells::{Cells, Ids};
use super::folder::Folder;
use super::outputs;
use super::sheet::Column;
use crate::case::equations::{Design, DesignPoint, Equation, EquationSystem, Variable};
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::expression::Name;

/// Reads the system of a folder; what is faulty is told and left out.
pub(super) fn read(folder: &Folder, cells: &mut Cells) -> EquationSystem {
    let mut ids = Ids::of("variables");
    let variables = variables(folder, &mut ids, cells);
    let known: Vec<&str> = ids.iter().collect();
    let equations = equations(folder, &ids, cells);
    let outputs = outputs::read(folder, cells, &known, &mut |name, layer| match layer {
        None => ids.symbol(name),
        Some(_) => None,
    });
    let mut system = EquationSystem { variables, equations, outputs, design: None };
    system.design = design(folder, &system, cells);
    system
}

fn variables(folder: &Folder, ids: &mut Ids, cells: &mut Cells) -> Vec<Variable> {
    let mut variables = Vec::new();
    let Some(sheet) = folder.sheet("variables") else { return variables };
    let [variable, value, start] = ["variable", "value", "start"].map(|name| sheet.column(name));
    let [lower, upper] = ["lower", "upper"].map(|name| sheet.column(name));
    for row in 0..sheet.len() {
        if ids.issue(cells, sheet, row, variable).is_none() {
            continue;
        }
        let value = cells.value(sheet, row, value).flatten();
        let start = cells.number(sheet, row, start).flatten();
        let [lower, upper] = cells.bounds(sheet, row, lower, upper).unwrap_or_default();
        let (key, line) = (sheet.text(row, variable).to_owned(), sheet.line(row));
        variables.push(Variable { key, value, start, lower, upper, line });
    }
    variables
}

fn equations(folder: &Folder, variables: &Ids, cells: &mut Cells) -> Vec<Equation> {
    let Some(sheet) = folder.sheet("equations") else { return Vec::new() };
    let [equation, expression] = ["equation", "expression"].map(|name| sheet.column(name));
    let (mut ids, mut equations) = (Ids::of("equations"), Vec::new());
    for row in 0..sheet.len() {
        if ids.issue(cells, sheet, row, equation).is_none() {
            continue;
        }
        let mut symbol = |name: Name<'_>| match name {
            Name::Plain(word) => variables.symbol(word),
            _ => None,
        };
        if let Some(expression) = cells.expression(sheet, row, expression, &mut symbol, variables.iter()) {
            equations.push(Equation {
                key: sheet.text(row, equation).to_owned(),
                expression,
                line: sheet.line(row),
            });
        }
    }
    equations
}

fn design(folder: &Folder, system: &EquationSystem, cells: &mut Cells) -> Option<Design> {
    let sheet = folder.sheet("design")?;
    let trajectory = sheet.column("trajectory");
    let mut columns: [Vec<Column<'_>>; 2] = [Vec::new(), Vec::new()];
    let variables = system.variables.iter().map(|variable| (0, &variable.key));
    let outputs = system.outputs.iter().map(|output| (1, &output.key));
    for (side, key) in variables.chain(outputs) {
        if sheet.header().iter().any(|name| name == key) {
            columns[side].push(sheet.column(key));
        } else {
            let at = Spot { file: sheet.file.clone(), row: Some(1), column: None };
            cells.found.push(Diagnostic::new(Code("E705")).at(at).with("column", key));
        }
    }
    let (mut ids, mut design) = (Ids::of("design"), Design::default());
    for row in 0..sheet.len() {
        let Some(key) = cells.id(sheet, row, trajectory) else { continue };
        let (number, is_new) = ids.add(key);
        if is_new {
            design.trajectories.push(Vec::new());
        }
        let [variables, outputs] = [0, 1].map(|side| {
            let mut values = Vec::with_capacity(columns[side].len());
            for column in &columns[side] {
                let given = cells.word(sheet, row, *column).is_some();
                let value = if given { cells.number(sheet, row, *column).flatten() } else { None };
                values.push(value.unwrap_or_default());
            }
            values
        });
        design.trajectories[number].push(DesignPoint { variables, outputs });
    }
    Some(design)
}
