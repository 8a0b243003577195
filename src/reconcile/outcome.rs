//! What comes out of a reconciliation.

use super::precision::Precision;
use super::problem::Fault;

/// Class of a quantity; constants have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Measured, and determined by the equations and the other measurements too.
    Redundant,
    /// Measured, and by nothing else: the measurement stands as it is.
    Nonredundant,
    /// Not measured, but determined by equations and measurements.
    Observable,
    /// Not measured and not determined: no value.
    Unobservable,
}

impl Class {
    /// The word for it, as cases and result files have it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Redundant => "redundant",
            Self::Nonredundant => "nonredundant",
            Self::Observable => "observable",
            Self::Unobservable => "unobservable",
        }
    }
}

/// A bound that holds a quantity in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActiveBound {
    /// At its lower bound.
    Lower,
    /// At its upper bound.
    Upper,
}

/// A quantity after reconciliation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Reconciled value; none when it is unobservable.
    pub value: Option<f64>,
    /// Standard deviation of the reconciled value, first order; none when it is unobservable.
    pub deviation: Option<f64>,
    /// Class; none for a constant.
    pub class: Option<Class>,
    /// Bound that holds it.
    pub bound: Option<ActiveBound>,
    /// `1 − sd²/s²` of a redundant measurement: the share of its variance that the balances remove; 0 otherwise.
    pub redundancy: f64,
    /// Adjustment (measured − reconciled) in deviations of the measurement; none where not measured.
    pub adjustment: Option<f64>,
}

impl Estimate {
    /// Test of a redundant measurement: (y − x)/√max(s² − sd², floor·s²); positive where the measurement is above
    /// the reconciled value. None where there is nothing to test.
    #[must_use]
    pub fn z(&self, floor: f64) -> Option<f64> {
        let variance = self.redundancy.max(floor);
        let adjustment = self.adjustment.filter(|_| self.class == Some(Class::Redundant))?;
        (variance > 0.0).then(|| adjustment / variance.sqrt())
    }
}

/// A solved reconciliation.
pub struct Reconciliation {
    /// By quantity.
    pub estimates: Vec<Estimate>,
    /// Σ((y − x)/s)² over the measurements.
    pub statistic: f64,
    /// Degrees of redundancy: independent equations (active bounds included) free of unmeasured quantities.
    pub degrees: usize,
    /// Linearised problems solved.
    pub iterations: usize,
    /// Smallest pivot relative to its row: below about 10⁻⁹ deviations and tests have lost digits.
    pub conditioning: f64,
    /// Largest violation of an equation relative to its terms.
    pub residual: f64,
    pub(super) precision: Precision,
}

impl std::fmt::Debug for Reconciliation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reconciliation")
            .field("estimates", &self.estimates)
            .field("statistic", &self.statistic)
            .field("degrees", &self.degrees)
            .finish_non_exhaustive()
    }
}

impl Reconciliation {
    /// P(χ² with as many degrees ≥ statistic); none without redundancy.
    #[must_use]
    pub fn p_value(&self) -> Option<f64> {
        (self.degrees > 0).then(|| super::chi_squared::upper_tail(self.statistic, self.degrees))
    }

    /// Covariance of two reconciled quantities; none when one is unobservable.
    #[must_use]
    pub fn covariance(&self, a: usize, b: usize) -> Option<f64> {
        let known = |v: usize| self.estimates.get(v).is_some_and(|e| e.value.is_some());
        (known(a) && known(b)).then(|| self.precision.covariance(a, b))
    }

    /// Groups of unobservable quantities: measuring any one of a group makes the whole group observable, and nothing
    /// else. Largest first.
    #[must_use]
    pub fn one_more_measurement(&self) -> Vec<Vec<usize>> {
        self.precision.groups()
    }
}

/// Equations, and bounds, that cannot hold together; leaving out any one of the equations mends it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contradiction {
    /// The equations.
    pub equations: Vec<usize>,
    /// Quantities whose bounds take part.
    pub bounded: Vec<usize>,
}

/// How a reconciliation ended.
#[derive(Debug)]
pub enum Outcome {
    /// Solved. Whether anything was redundant or unobservable stands in it.
    Reconciled(Box<Reconciliation>),
    /// Nothing to reconcile: no quantity.
    Empty,
    /// The problem as posed has faults.
    Faulty(Vec<Fault>),
    /// Equations, bounds and constants contradict each other.
    Contradictory(Contradiction),
    /// An equation has no value at the starting point or near the solution (a root or logarithm below 0, a division by 0).
    Undefined {
        /// The equation.
        equation: Option<usize>,
    },
    /// The iteration did not come to rest.
    Unsettled {
        /// Linearised problems solved.
        iterations: usize,
        /// The equation least satisfied where it stopped.
        equation: Option<usize>,
    },
}
