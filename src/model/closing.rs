//! Closing a recipe: what goes in weighs what comes out.

use super::material::Material;
use super::recipe::{Amount, RecipeRow, Role};
use crate::id::{MaterialId, Table};

/// Greatest open share of the mass that enters a recipe without a `rest` row: rounding, nothing more.
pub const TOLERANCE: f64 = 1e-9;

/// Why a recipe does not close. Amounts are in tonnes per unit of the recipe's reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ClosingFault {
    /// No `rest` row, and the two sides differ by more than [`TOLERANCE`] of what enters.
    Open {
        /// Tonnes that enter.
        entering: f64,
        /// Tonnes that leave.
        leaving: f64,
    },
    /// The `rest` row would be negative.
    NegativeRest {
        /// Position of the row.
        row: usize,
        /// Its value in base units of its material.
        value: f64,
    },
    /// The material of the `rest` row has no mass per unit.
    RestWithoutMass {
        /// Position of the row.
        row: usize,
    },
    /// More than one `rest` row.
    SeveralRests {
        /// Position of the second.
        row: usize,
    },
}

/// Amounts of the rows with the `rest` row closed, base units per unit of the recipe's reference.
///
/// Rows of materials without a mass per unit and recirculated rows stay outside. A recipe in which no row has a
/// mass closes.
///
/// # Errors
/// See [`ClosingFault`]; storage takers and processes declared open need not close and are not to be asked.
pub fn close(rows: &[RecipeRow], materials: &Table<MaterialId, Material>) -> Result<Vec<f64>, ClosingFault> {
    let mut amounts: Vec<f64> = rows
        .iter()
        .map(|row| match row.amount {
            Amount::Given(quantity) => quantity.central,
            Amount::Rest => 0.0,
        })
        .collect();
    let has_rest = close_rest(rows, materials, &mut amounts)?;
    if !has_rest {
        let (entering, leaving) = masses(rows, materials, &amounts);
        if (leaving - entering).abs() > TOLERANCE * entering {
            return Err(ClosingFault::Open { entering, leaving });
        }
    }
    Ok(amounts)
}

/// Sets the amount of the `rest` row, if there is one, so that mass closes; whether there is one.
///
/// # Errors
/// All of [`ClosingFault`] but `Open`.
pub fn close_rest(
    rows: &[RecipeRow],
    materials: &Table<MaterialId, Material>,
    amounts: &mut [f64],
) -> Result<bool, ClosingFault> {
    let mut rests = rows.iter().enumerate().filter(|(_, row)| row.amount == Amount::Rest).map(|(at, _)| at);
    let Some(rest) = rests.next() else { return Ok(false) };
    if let Some(row) = rests.next() {
        return Err(ClosingFault::SeveralRests { row });
    }
    let mass = materials[rows[rest].material].mass_per_unit.filter(|mass| *mass > 0.0);
    let Some(mass) = mass else { return Err(ClosingFault::RestWithoutMass { row: rest }) };
    amounts[rest] = 0.0;
    let (entering, leaving) = masses(rows, materials, amounts);
    let missing = if rows[rest].role.is_input() { leaving - entering } else { entering - leaving };
    // What rounding leaves of a recipe that closes by itself is no fault.
    let value = if missing.abs() <= 1e-12 * entering.max(leaving) { 0.0 } else { missing / mass };
    if value < 0.0 {
        return Err(ClosingFault::NegativeRest { row: rest, value });
    }
    amounts[rest] = value;
    Ok(true)
}

/// Tonnes that enter and leave, per unit of the recipe's reference.
#[must_use]
pub fn masses(rows: &[RecipeRow], materials: &Table<MaterialId, Material>, amounts: &[f64]) -> (f64, f64) {
    let (mut entering, mut leaving) = (0.0, 0.0);
    for (row, amount) in rows.iter().zip(amounts) {
        let Some(mass) = materials[row.material].mass_per_unit else { continue };
        if row.role.is_input() {
            entering += amount * mass;
        } else if row.role.is_delivery() || row.role == Role::Loss {
            leaving += amount * mass;
        }
    }
    (entering, leaving)
}
