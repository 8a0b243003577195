//! What decisions change in a year: capacities, levels, recipes.

use crate::id::{MarketId, ProcessId};
use crate::optimise::solver::Column;

/// What decisions change in a year: columns of a problem with what each adds where it is 1.
#[derive(Clone, Debug, Default)]
pub struct Levers {
    /// Capacity, reference units, by process.
    pub capacity: Vec<(ProcessId, Vec<(Column, f64)>)>,
    /// Given activity, reference units, by process.
    pub level: Vec<(ProcessId, Vec<(Column, f64)>)>,
    /// Other recipes.
    pub recipes: Vec<OtherRecipe>,
    /// Whether the shares of prior-year stock and of what is missing are told apart by who is served.
    pub told_apart: bool,
    /// Markets whose prior-year stock is limited by rows over several years and not here.
    pub reclaimed_elsewhere: Vec<MarketId>,
}

/// A recipe that decisions put in the place of a process's own.
#[derive(Clone, Debug)]
pub struct OtherRecipe {
    /// Process.
    pub process: ProcessId,
    /// What each column moves to the other recipe, as a share of the activity.
    pub shares: Vec<(Column, f64)>,
    /// Change of the amount per unit of activity, by slot of the process.
    pub change: Vec<f64>,
}

impl Levers {
    pub(super) fn of(list: &[(ProcessId, Vec<(Column, f64)>)], process: ProcessId) -> &[(Column, f64)] {
        list.iter().find(|(of, _)| *of == process).map_or(&[], |(_, columns)| columns)
    }

    /// The most that columns can take away, ≤ 0.
    pub(super) fn least(columns: &[(Column, f64)]) -> f64 {
        columns.iter().map(|(_, by)| by.min(0.0)).sum()
    }

    /// The most that columns can add.
    pub(super) fn most(columns: &[(Column, f64)]) -> f64 {
        columns.iter().map(|(_, by)| by.max(0.0)).sum()
    }
}
