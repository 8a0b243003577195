//! Published cases: problems that somebody solved, with the answer, read and checked.
//!
//! A [`Case`] is one variant of a case folder. References are typed ids, expressions are parsed, and every number is
//! finite; what the format leaves open (an unknown value, a blank bound) is an `Option`.

pub mod equations;
pub mod expectation;
pub mod indicators;
pub mod mix;
pub mod stocks;
pub mod system;

pub use equations::{Design, Equation, EquationSystem, Output, Variable};
pub use expectation::{Expectation, Expected, Tolerance};
pub use indicators::IndicatorSystem;
pub use mix::MixSystem;
pub use stocks::StockSystem;
pub use system::FlowSystem;

use crate::id::{PeriodId, Table};

/// What a case asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The steady state of every period.
    Flows,
    /// Weighted least squares under exact equations.
    Reconcile,
    /// Cohorts of in-use stocks.
    Stock,
    /// Statistics over draws.
    Ensemble,
    /// Sobol' indices and Morris effects.
    Sensitivity,
    /// The proven best choice of projects.
    Mix,
    /// Indicators from terms.
    Indicator,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::Flows,
        Self::Reconcile,
        Self::Stock,
        Self::Ensemble,
        Self::Sensitivity,
        Self::Mix,
        Self::Indicator,
    ];

    /// Its word in `case.toml`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Flows => "flows",
            Self::Reconcile => "reconcile",
            Self::Stock => "stock",
            Self::Ensemble => "ensemble",
            Self::Sensitivity => "sensitivity",
            Self::Mix => "mix",
            Self::Indicator => "indicator",
        }
    }
}

/// What `case.toml` says beside title, kind and source.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Tolerance of expected numbers that fill none of their own.
    pub tolerance: Tolerance,
    /// Confidence of the serial elimination, in 0–1.
    pub confidence: f64,
    /// Least denominator of a measurement's test, as a share of its own variance.
    pub z_floor: f64,
    /// Whether on every flow the layers add up to the goods.
    pub layers_sum_to_goods: bool,
    /// Draws of an ensemble.
    pub draws: Option<u32>,
    /// Base points of Sobol' indices.
    pub samples: Option<u32>,
    /// Morris trajectories.
    pub trajectories: Option<u32>,
    /// Morris levels.
    pub levels: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            tolerance: Tolerance { relative: Some(1e-6), absolute: Some(1e-9) },
            confidence: 0.95,
            z_floor: 0.0,
            layers_sum_to_goods: false,
            draws: None,
            samples: None,
            trajectories: None,
            levels: None,
        }
    }
}

/// The problem of a case.
#[derive(Clone, Debug)]
pub enum Problem {
    /// Nodes and flows: kinds `flows`, `reconcile` and `ensemble`.
    Flows(FlowSystem),
    /// Variables: kinds `reconcile`, `ensemble` and `sensitivity`.
    Equations(EquationSystem),
    /// Stocks with their series: kind `stock`.
    Stocks(StockSystem),
    /// Terms and formulas: kind `indicator`.
    Indicators(IndicatorSystem),
    /// Projects and budgets: kind `mix`.
    Mix(MixSystem),
}

/// One variant of a case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Name of the variant; empty for the case as it stands.
    pub variant: String,
    /// What is asked.
    pub kind: Kind,
    /// Tolerances and sizes.
    pub settings: Settings,
    /// Periods in order; one without a name where the case has none.
    pub periods: Table<PeriodId, String>,
    /// The problem.
    pub problem: Problem,
    /// What somebody else found.
    pub expectations: Vec<Expectation>,
}
