//! Projects, what they change, and how they hang together.

use super::provenance::Provenance;
use crate::calendar::Month;
use crate::id::{EnterpriseId, PlaceId, ProcessId, ProjectId, StockId};
use crate::money::{Fen, Ppm};
use crate::quantity::Quantity;

/// Class of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProjectClass {
    /// Key project: paid first.
    Key,
    /// General project.
    General,
}

/// A project.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// Id as the user wrote it.
    pub key: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Class.
    pub class: ProjectClass,
    /// Programme it belongs to, free text.
    pub programme: Option<String>,
    /// Where it is.
    pub place: PlaceId,
    /// Owner.
    pub owner: Option<EnterpriseId>,
    /// Total investment I.
    pub investment: Fen,
    /// Part of the investment that grants may count.
    pub eligible_investment: Fen,
    /// First month it may start.
    pub earliest_start: Month,
    /// Months of building B, ≥ 1.
    pub build_months: u32,
    /// Share of the investment spent before the horizon.
    pub progress: Ppm,
    /// Status as written (`planned`, `approved`, `under_construction`, …), for showing.
    pub status: Option<String>,
    /// Order among projects of the same class, 1 first.
    pub priority: i32,
    /// Bridge share of the owner.
    pub bridge_share: Ppm,
    /// Jobs created.
    pub jobs: Option<Quantity>,
    /// Operating cost, yuan per year.
    pub operating_cost: Option<Quantity>,
    /// Revenue, yuan per year.
    pub revenue: Option<Quantity>,
    /// What it changes when on stream.
    pub effects: Vec<Effect>,
    /// Its row.
    pub provenance: Provenance,
}

/// One change that a project brings when on stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// What is changed.
    pub target: EffectTarget,
    /// How.
    pub change: Change,
    /// Its row.
    pub provenance: Provenance,
}

/// What an effect changes.
#[derive(Clone, Debug, PartialEq)]
pub enum EffectTarget {
    /// Capacity of a process, reference units per year.
    Capacity(ProcessId),
    /// Amount of a recipe row (position in the process's rows).
    Coefficient(ProcessId, usize),
    /// Level of a `level` process.
    Level(ProcessId),
    /// What drives an in-use stock.
    InUse(StockId),
    /// A statistic of a place.
    Statistic(String, PlaceId),
}

/// How a value is changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// Added.
    Add(Quantity),
    /// Multiplied.
    Multiply(Quantity),
    /// Replaced (two on one coefficient are an error).
    Set(Quantity),
}

impl Change {
    /// Replaced first, then multiplied, then added to.
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Self::Set(_) => 0,
            Self::Multiply(_) => 1,
            Self::Add(_) => 2,
        }
    }

    /// A value with a share of the change, at its central value; never below 0.
    #[must_use]
    pub fn on(self, value: f64, share: f64) -> f64 {
        let full = match self {
            Self::Add(quantity) => value + quantity.central,
            Self::Multiply(quantity) => value * quantity.central,
            Self::Set(quantity) => quantity.central,
        };
        (value + (full - value) * share).max(0.0)
    }
}

/// Kind of relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// The one is not on stream before the other.
    Needs,
    /// Not both.
    Excludes,
    /// At least one of several must be built.
    NeedsOneOf,
}

/// A relation between projects.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The project that is bound.
    pub project: ProjectId,
    /// How.
    pub kind: RelationKind,
    /// The others.
    pub others: Vec<ProjectId>,
    /// Its row.
    pub provenance: Provenance,
}
