//! Processes.

use super::provenance::Provenance;
use super::recipe::RecipeRow;
use super::series::Series;
use crate::id::{EnterpriseId, PlaceId, TechnologyId};
use crate::quantity::Quantity;

/// What sets a process's activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Driver {
    /// Given by `activity`.
    Level,
    /// As much as its feed market leaves it.
    Feed,
    /// As much as its called market asks for.
    Demand,
    /// Bound on both sides.
    Both,
}

/// What a process does with waste: the statistical treatment, and the default priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Treatment {
    /// Reuse.
    Reuse,
    /// Material utilisation.
    Utilisation,
    /// Energy recovery.
    EnergyRecovery,
    /// Backfill and land building.
    Backfill,
    /// None.
    #[default]
    None,
    /// Treatment without use.
    Treatment,
    /// Storage: adds to its market's stock.
    Storage,
    /// Final disposal.
    Disposal,
}

impl Treatment {
    /// Default priority, 1 (first) to 8 (last).
    #[must_use]
    pub fn priority(self) -> i32 {
        match self {
            Self::Reuse => 1,
            Self::Utilisation => 2,
            Self::EnergyRecovery => 3,
            Self::Backfill => 4,
            Self::None => 5,
            Self::Treatment => 6,
            Self::Storage => 7,
            Self::Disposal => 8,
        }
    }
}

/// A process: a technology at work in an enterprise.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    /// Id as the user wrote it.
    pub key: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Its enterprise, if any.
    pub enterprise: Option<EnterpriseId>,
    /// Where it is (its enterprise's place).
    pub place: PlaceId,
    /// Its technology; `None` with a recipe of its own.
    pub technology: Option<TechnologyId>,
    /// Its recipe, moisture rows included; amounts per unit of the recipe's own reference.
    pub rows: Vec<RecipeRow>,
    /// Whether its mass balance is declared open.
    pub open: bool,
    /// What sets its activity.
    pub driver: Driver,
    /// Position in `rows` of the reference: activity is counted in units of this row.
    pub reference: usize,
    /// Position in `rows` of the product made on call (`demand`: the reference; `both`: the second row).
    pub called: Option<usize>,
    /// Installed capacity in reference units per year; `None` without cap.
    pub capacity: Option<Quantity>,
    /// Given activity (`level` only) in reference units per year.
    pub activity: Series,
    /// Treatment.
    pub treatment: Treatment,
    /// Order in its markets, 1 first.
    pub priority: i32,
    /// Share in its tier, in activity; `None` the year's capacity.
    pub share: Option<Quantity>,
    /// First year it runs.
    pub from: Option<i32>,
    /// Last year it runs.
    pub until: Option<i32>,
    /// Its row.
    pub provenance: Provenance,
}

impl Process {
    /// Position in `rows` of the feed taken from the market (`feed` and `both` only).
    #[must_use]
    pub fn taken(&self) -> Option<usize> {
        matches!(self.driver, Driver::Feed | Driver::Both).then_some(self.reference)
    }

    /// Whether it runs in a year by its own dates.
    #[must_use]
    pub fn runs_in(&self, year: i32) -> bool {
        self.from.is_none_or(|from| from <= year) && self.until.is_none_or(|until| year <= until)
    }
}
