//! Projects, budgets, uses and relations: kind `mix`.

use super::cells::{Cells, Ids};
use super::folder::Folder;
use super::sheet::{Column, Sheet};
use crate::case::mix::{Bond, BondKind, Budget, Choice, MixSystem, Use};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{BudgetId, ChoiceId, Id};
use std::collections::BTreeMap;

/// Reads the choice of a folder; what is faulty is told and left out.
pub(super) fn read(folder: &Folder, cells: &mut Cells) -> MixSystem {
    let mut system = MixSystem::default();
    let mut projects = Ids::of("projects");
    if let Some(sheet) = folder.sheet("projects") {
        let [project, value] = ["project", "value"].map(|name| sheet.column(name));
        for row in 0..sheet.len() {
            let known = projects.issue(cells, sheet, row, project).is_some();
            let value = exact(cells, sheet, row, value);
            if known {
                // A value that cannot be read is told; the project stands, so that others may name it.
                let key = sheet.text(row, project).to_owned();
                system.choices.push(Choice { key, value: value.unwrap_or(0.0) });
            }
        }
    }
    let mut budgets = Ids::of("budgets");
    if let Some(sheet) = folder.sheet("budgets") {
        let [budget, amount] = ["budget", "amount"].map(|name| sheet.column(name));
        for row in 0..sheet.len() {
            let known = budgets.issue(cells, sheet, row, budget).is_some();
            let amount = exact(cells, sheet, row, amount);
            if known {
                let key = sheet.text(row, budget).to_owned();
                system.budgets.push(Budget { key, amount: amount.unwrap_or(0.0) });
            }
        }
    }
    if let Some(sheet) = folder.sheet("uses") {
        let [project, budget, amount] = ["project", "budget", "amount"].map(|name| sheet.column(name));
        let mut lines: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        for row in 0..sheet.len() {
            let choice = projects.refer(cells, sheet, row, project);
            let of = budgets.refer(cells, sheet, row, budget);
            let amount = exact(cells, sheet, row, amount);
            let (Some(choice), Some(of), Some(amount)) = (choice, of, amount) else { continue };
            if let Some(first) = lines.insert((choice, of), sheet.line(row)) {
                let finding = Diagnostic::new(Code("E130")).with("first", first.to_string());
                let found = format!("{}, {}", sheet.text(row, project), sheet.text(row, budget));
                cells.fault(sheet, row, budget, finding.with("found", found));
                continue;
            }
            let (choice, budget) = (ChoiceId::from_index(choice), BudgetId::from_index(of));
            system.uses.push(Use { choice, budget, amount });
        }
    }
    if let Some(sheet) = folder.sheet("relations") {
        let [project, relation, other] = ["project", "relation", "other"].map(|name| sheet.column(name));
        let words = [("needs", BondKind::Needs), ("excludes", BondKind::Excludes)];
        for row in 0..sheet.len() {
            let choice = projects.refer(cells, sheet, row, project);
            let kind = cells.choice(sheet, row, relation, &words);
            let other = projects.refer(cells, sheet, row, other);
            if let (Some(choice), Some(kind), Some(other)) = (choice, kind, other) {
                let [choice, other] = [choice, other].map(ChoiceId::from_index);
                system.bonds.push(Bond { choice, kind, other });
            }
        }
    }
    system
}

/// An exact number that must be there.
fn exact(cells: &mut Cells, sheet: &Sheet, row: usize, column: Column<'_>) -> Option<f64> {
    let number = cells.number(sheet, row, column)?;
    if number.is_none() {
        cells.fault(sheet, row, column, Diagnostic::new(Code("E105")));
    }
    number
}
