//! Materials and the rules of their markets.

use super::process::Treatment;
use super::provenance::Provenance;
use crate::id::{MaterialId, PlaceId};
use crate::quantity::Quantity;
use crate::units::Dimension;

/// Kind of a material: decides what happens on shortage and on surplus by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MaterialKind {
    /// Resource: brought in on shortage, exported on surplus.
    Resource,
    /// Product: the same.
    Product,
    /// Waste: unmet on shortage, stored on surplus.
    Waste,
    /// Water: unmet on shortage (unless from nature), discharged on surplus.
    Water,
    /// Energy: brought in, exported.
    Energy,
    /// Emission: unmet, discharged.
    Emission,
}

/// Wet (as received) or dry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// As received.
    #[default]
    Wet,
    /// Dry.
    Dry,
}

/// Class of materials that are taken from nature when short.
pub const FROM_NATURE: &str = "from_nature";

/// A material. Its flows are in the base unit of its dimension.
#[derive(Clone, Debug)]
pub struct Material {
    /// Id as the user wrote it.
    pub key: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Kind.
    pub kind: MaterialKind,
    /// Classes (`general_industrial_solid_waste`, `main_resource`, `from_nature`, …), sorted.
    pub classes: Vec<String>,
    /// Dimension in which it is traded.
    pub dimension: Dimension,
    /// Basis in which it is traded.
    pub basis: Basis,
    /// Water content of the wet material, 0–1.
    pub moisture: Option<f64>,
    /// t per base unit: 1 for mass, the density for volumes and pieces; `None` for energy and where unknown.
    pub mass_per_unit: Option<f64>,
    /// tce per base unit.
    pub tce_per_unit: Option<f64>,
    /// t CO₂ per base unit when used.
    pub co2_per_unit: Option<f64>,
    /// Its row.
    pub provenance: Provenance,
}

impl Material {
    /// Whether it is of a class.
    #[must_use]
    pub fn is_of(&self, class: &str) -> bool {
        self.classes.iter().any(|c| c == class)
    }

    /// Whether a shortage is taken from nature (an extraction, not an import).
    #[must_use]
    pub fn is_from_nature(&self) -> bool {
        self.is_of(FROM_NATURE)
    }
}

/// Where a surplus ends that is neither passed up nor exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sink {
    /// Added to the market's stock.
    Storage,
    /// Finally disposed of.
    Disposal,
    /// Discharged to nature.
    Discharge,
}

/// The rules of one market as the user gave them (a row of `markets`).
#[derive(Clone, Debug, PartialEq)]
pub struct MarketRule {
    /// Material.
    pub material: MaterialId,
    /// Place.
    pub place: PlaceId,
    /// Greatest import per year; `None` the kind's default.
    pub import_limit: Option<Quantity>,
    /// Greatest export per year; `None` the kind's default.
    pub export_limit: Option<Quantity>,
    /// Import price, yuan per base unit.
    pub import_price: Option<Quantity>,
    /// Export price, yuan per base unit.
    pub export_price: Option<Quantity>,
    /// Where a remaining surplus ends; `None` the kind's default.
    pub sink: Option<Sink>,
    /// Stock at the begin of the base year.
    pub opening_stock: Option<Quantity>,
    /// Greatest reclaim per year, base units.
    pub reclaim_limit: Option<Quantity>,
    /// Greatest reclaim per year as a share of the year's opening stock, 0–1 (used when no limit is given).
    pub reclaim_share: Option<Quantity>,
    /// The treatment as which indicators count what is exported; `None`: neither used nor stored.
    pub export_as: Option<Treatment>,
    /// Whether a surplus stays (is not passed up).
    pub keep_local: bool,
    /// Greatest surplus passed up per year; `None` without limit.
    pub pass_up_limit: Option<Quantity>,
    /// Its row.
    pub provenance: Provenance,
}

/// A market with every default filled in: what the engine works with.
#[derive(Clone, Debug)]
pub struct Market {
    /// Material.
    pub material: MaterialId,
    /// Place.
    pub place: PlaceId,
    /// Row it was given by; `None` when all is default.
    pub rule: Option<usize>,
    /// What happens to a surplus.
    pub surplus: SurplusRule,
}

/// What a market may do with what is left over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurplusRule {
    /// Whether it may pass up at all (never at the root).
    pub passes_up: bool,
    /// Whether it has exits of its own (root, keep-local or limited in passing up).
    pub has_exits: bool,
    /// Where what is neither passed up nor exported ends.
    pub sink: Sink,
}
