//! Recipes: what a process takes and gives per unit of activity.

use super::material::Basis;
use super::process::{Driver, Treatment};
use super::provenance::Provenance;
use crate::id::MaterialId;
use crate::quantity::Quantity;

/// What a row of a recipe is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The input taken as feed by `feed` and `both` processes (an ordinary draw for the others).
    Feed,
    /// Another input: a draw.
    Input,
    /// Main product: a delivery, or made on call.
    Product,
    /// By-product: a delivery.
    Byproduct,
    /// Goes round inside the process: counted, not traded, outside the closing.
    Recirculated,
    /// Emission: a delivery of an emission material.
    Emission,
    /// Leaves the system at once.
    Loss,
}

impl Role {
    /// Whether the row enters the process.
    #[must_use]
    pub fn is_input(self) -> bool {
        matches!(self, Self::Feed | Self::Input)
    }

    /// Whether the row leaves the process for a market.
    #[must_use]
    pub fn is_delivery(self) -> bool {
        matches!(self, Self::Product | Self::Byproduct | Self::Emission)
    }
}

/// The amount of a recipe row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// Given.
    Given(Quantity),
    /// What closes the mass balance.
    Rest,
}

/// One row of a recipe, per unit of the recipe's own reference.
#[derive(Clone, Debug, PartialEq)]
pub struct RecipeRow {
    /// What it is.
    pub role: Role,
    /// Material.
    pub material: MaterialId,
    /// Base units of the material per unit of the recipe's reference; ≥ 0.
    pub amount: Amount,
    /// Basis in which the amount is written.
    pub basis: Basis,
    /// Its row.
    pub provenance: Provenance,
}

/// A technology: a recipe with usual settings, of the catalogue or of the model.
#[derive(Clone, Debug)]
pub struct Technology {
    /// Id (`R01`, …).
    pub key: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Rows of its recipe.
    pub rows: Vec<RecipeRow>,
    /// Whether the mass balance is declared open.
    pub open: bool,
    /// Usual driver.
    pub driver: Option<Driver>,
    /// Usual treatment.
    pub treatment: Treatment,
    /// Material of the usual reference row.
    pub reference: Option<MaterialId>,
    /// Material of the usual called row.
    pub called: Option<MaterialId>,
    /// Investment per unit of yearly capacity, yuan per base unit of the reference.
    pub capital_per_capacity: Option<Quantity>,
    /// Jobs per unit of yearly capacity.
    pub jobs_per_capacity: Option<Quantity>,
    /// Its row.
    pub provenance: Provenance,
}
