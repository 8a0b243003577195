//! What the missing county money costs: the same scenario with the county duties met.

use crate::id::PlaceId;
use crate::money::Ppm;

/// What a cost is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Project-months on stream lost within the horizon.
    ProjectMonths,
    /// Tonnes of general industrial solid waste not used, over the horizon.
    Tonnes,
    /// Points (percentage points) of the composite rate of the city in the last year.
    CompositePoints,
    /// Points of the solid-waste rate of the city in the last year.
    SolidWastePoints,
}

/// Cost of one county's missing money, in one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct CountyCost {
    /// County unit.
    pub county: PlaceId,
    /// Gain if this county alone paid.
    pub alone: f64,
    /// Shapley share of the total; may be negative.
    pub shapley: f64,
}

/// One line of the table: a state of the assumptions and a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct GapCost {
    /// Whether the matching rules are applied.
    pub matching: bool,
    /// Bridge share of all owners in this column of the table.
    pub bridge: Ppm,
    /// Measure.
    pub measure: Measure,
    /// Gain if all counties paid; `None` when the measure is not computable.
    pub total: Option<f64>,
    /// Whether the total is a lower bound (a project never comes on stream within the horizon).
    pub at_least: bool,
    /// By county.
    pub counties: Vec<CountyCost>,
}
