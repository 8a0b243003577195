//! What was measured in a year, and what materials contain.

use super::provenance::{Provenance, Quality};
use crate::id::{EnterpriseId, MaterialId, PlaceId, ProcessId};
use crate::quantity::Quantity;

/// Whose figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reporter {
    /// One process.
    Process(ProcessId),
    /// All processes of an enterprise.
    Enterprise(EnterpriseId),
    /// A place with all that lies in it.
    Place(PlaceId),
}

/// What was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Observed {
    /// Activity of a process, in its reference.
    Activity,
    /// What processes take of the material, as feed or otherwise.
    Input,
    /// What processes give of the material: products, by-products, emissions, losses.
    Output,
    /// Amount of a recipe row (by its position) per unit of activity.
    Coefficient(usize),
    /// Final demand.
    Demand,
    /// Brought in from outside the city.
    Import,
    /// Taken from nature.
    Extraction,
    /// Sold to outside the city.
    Export,
    /// Surplus stored by markets.
    Stored,
    /// Finally disposed of by markets.
    Disposed,
    /// Discharged by markets.
    Discharged,
    /// Prior-year stock used.
    Reclaimed,
    /// Stock at the end of the year.
    ClosingStock,
}

/// One measured figure: a row of `measurements`.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// Whose.
    pub reporter: Reporter,
    /// Of what.
    pub observed: Observed,
    /// Of which material; of an activity that of the reference.
    pub material: MaterialId,
    /// In which year.
    pub year: i32,
    /// The figure with its deviation, in base units (per year, or per unit of activity).
    pub value: Quantity,
    /// Its row.
    pub provenance: Provenance,
}

/// The share of a substance in a material: a row of `contents`.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// Material.
    pub material: MaterialId,
    /// Substance, as the word of the table.
    pub substance: &'static str,
    /// t per t of the material as traded, 0–1.
    pub share: Quantity,
    /// Its row.
    pub provenance: Provenance,
}

/// Relative standard deviation of a figure that does not say its own, by the quality of its row. Conventions of this
/// program, in the order of uncertainty levels as O. Hedbrant, L. Sörme (Water, Air and Soil Pollution: Focus 1 (2001)
/// 43–53) grade sources; whoever knows better writes `±`.
#[must_use]
pub fn usual_spread(quality: Option<Quality>) -> f64 {
    match quality {
        Some(Quality::Measured) => 0.03,
        Some(Quality::Official | Quality::Seed) => 0.05,
        Some(Quality::Published | Quality::Derived) => 0.10,
        Some(Quality::Secondary) => 0.15,
        Some(Quality::Estimate) | None => 0.25,
        Some(Quality::Assumption) => 0.40,
    }
}
