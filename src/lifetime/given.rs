//! How a stock is given: what drives it, how it ages, what stands there before the first period.

use super::{Convention, Lifetime};

/// Which quantity is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// What enters in each period.
    Inflow,
    /// What is in stock at the end of each period.
    Stock,
}

/// What happens where a stock falls faster than its cohorts leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NegativeInflow {
    /// The inflow is negative.
    #[default]
    Allow,
    /// The inflow is 0, and all cohorts present shrink by one factor so that the stock is met.
    Zero,
}

/// How a stock ages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ageing {
    /// Law of the lifetime, in periods.
    pub lifetime: Lifetime,
    /// When in its period a cohort enters.
    pub convention: Convention,
}

impl Ageing {
    /// The share of a cohort that is left `k` after it entered.
    #[must_use]
    pub fn share(&self, k: f64) -> f64 {
        self.lifetime.share(self.convention, k)
    }
}

/// A part of the opening stock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opening {
    /// Its age at the end of the period before the first, by `k`; `None`: the ages are not known.
    pub age: Option<f64>,
    /// How much it is.
    pub value: f64,
}
