//! Whether recipes close, told at the row of the technology or process.

use super::build::Build;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::id::Id;
use crate::model::closing::{ClosingFault, close, masses};
use crate::model::{Amount, RecipeRow, Role};

/// A `rest` row below this share of what enters is too small to absorb what others leave open.
const SMALL: f64 = 0.01;

/// Class of the ashes of coal: what indicators count as made and used, and so never what closes a balance.
const COAL_ASH: &str = "coal_ash";

/// Checks that a recipe closes, and that its `rest` row is a fit one. A faulty material was told already, and
/// nothing can be said of its mass.
pub(super) fn check(build: &mut Build<'_>, rows: &[RecipeRow], spot: &Spot, recipe: &str) {
    if rows.iter().any(|row| build.unsound_materials.contains(&row.material)) {
        return;
    }
    let materials = &build.model.materials;
    let key = |row: usize| materials[rows[row].material].key.clone();
    let finding = |code| Diagnostic::new(Code(code)).at(spot.clone()).with("recipe", recipe);
    let amounts = match close(rows, materials) {
        Ok(amounts) => amounts,
        Err(fault) => {
            let told = match fault {
                ClosingFault::Open { entering, leaving } => finding("E209")
                    .with("entering", shown(entering))
                    .with("leaving", shown(leaving))
                    .with("difference", shown((leaving - entering).abs())),
                ClosingFault::NegativeRest { row, value } => {
                    finding("E210").with("material", key(row)).with("value", shown(value))
                }
                ClosingFault::RestWithoutMass { row } => finding("E211").with("material", key(row)),
                ClosingFault::SeveralRests { row } => finding("E212").with("material", key(row)),
            };
            build.reading.found.push(told);
            return;
        }
    };
    for (at, row) in rows.iter().enumerate() {
        if row.role != Role::Recirculated
            && materials[row.material].mass_per_unit.is_none()
            && weighs(build, row)
        {
            build.reading.found.push(finding("E213").with("material", key(at)));
        }
    }
    let (entering, _) = masses(rows, materials, &amounts);
    let Some(rest) = rows.iter().position(|row| row.amount == Amount::Rest) else {
        if entering > 0.0 && rows.iter().any(uncertain) {
            build.reading.found.push(finding("E243"));
        }
        return;
    };
    let material = &materials[rows[rest].material];
    let mass = amounts[rest] * material.mass_per_unit.unwrap_or(0.0);
    if rows[rest].role == Role::Product || material.classes.iter().any(|class| class == COAL_ASH) {
        build.reading.found.push(finding("E214").with("material", key(rest)));
    } else if mass < SMALL * entering {
        let share = format!("{:.2}", 100.0 * mass / entering);
        build.reading.found.push(finding("E240").with("material", key(rest)).with("share", share));
    }
}

/// Whether a row's material is of a dimension that has mass.
fn weighs(build: &Build<'_>, row: &RecipeRow) -> bool {
    use crate::units::Dimension;
    let dimension = build.drafts[row.material.index()].dimension;
    matches!(dimension, Dimension::Mass | Dimension::Volume | Dimension::NormalVolume | Dimension::Pieces)
}

fn uncertain(row: &RecipeRow) -> bool {
    matches!(row.amount, Amount::Given(quantity) if quantity.distribution.is_some())
}

/// A number with up to six figures, for messages.
fn shown(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
