//! The identity of the solid-waste account: what was generated went somewhere.
//!
//! generated = (used − of which prior-year stock) + stored + (disposed − of which prior-year stock) +
//! dumped. Reference: docs/equations.md, indicators, E-I9.

use super::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic};
use crate::id::PlaceId;

/// Share of what was generated up to which a difference is rounding: bulletins print two decimals.
pub const TOLERANCE: f64 = 0.005;

/// A solid-waste account of one place and year, in one unit of mass.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SolidWasteAccount {
    /// Generated.
    pub generated: f64,
    /// Used, prior-year stock included.
    pub used: f64,
    /// Of which prior-year stock.
    pub used_prior: f64,
    /// Net addition to storage.
    pub stored: f64,
    /// Disposed of, prior-year stock included.
    pub disposed: f64,
    /// Of which prior-year stock.
    pub disposed_prior: f64,
    /// Dumped.
    pub dumped: f64,
}

impl SolidWasteAccount {
    /// What the destinations of this year's waste sum to.
    #[must_use]
    pub fn accounted(&self) -> f64 {
        (self.used - self.used_prior) + self.stored + (self.disposed - self.disposed_prior) + self.dumped
    }

    /// Generated less accounted: 0 where the identity holds.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.generated - self.accounted()
    }

    /// The difference if prior-year disposal were not taken off: the slip met in real bulletins.
    #[must_use]
    pub fn difference_with_gross_disposal(&self) -> f64 {
        self.difference() - self.disposed_prior
    }

    /// A finding that quantifies the difference; `None` when the identity holds within [`TOLERANCE`].
    #[must_use]
    pub fn check(&self, place: &str, year: i32) -> Option<Diagnostic> {
        let (difference, gross) = (self.difference(), self.difference_with_gross_disposal());
        if difference.abs() <= TOLERANCE * self.generated.abs() {
            return None;
        }
        let share = |d: f64| {
            if self.generated == 0.0 {
                "—".to_owned()
            } else {
                format!("{:.2} %", 100.0 * d / self.generated)
            }
        };
        Some(
            Diagnostic::new(Code("W504"))
                .with("place", place)
                .with("year", year.to_string())
                .with("generated", tonnes(self.generated))
                .with("accounted", tonnes(self.accounted()))
                .with("difference", tonnes(difference))
                .with("share", share(difference))
                .with("gross", tonnes(gross))
                .with("gross_share", share(gross)),
        )
    }

    /// The account that a place's statistics give for a year: generated, used, stored and disposed of
    /// must be given for it; what is not given of the rest is taken as none.
    #[must_use]
    pub fn of_statistics(statistics: &Statistics<'_>, place: PlaceId, year: i32) -> Option<Self> {
        let given = |key: &str| {
            let (value, filled) = statistics.get(key, place)?.value(year)?;
            (!filled).then_some(value)
        };
        Some(Self {
            generated: given("solid_waste_generated")?,
            used: given("solid_waste_used")?,
            used_prior: given("solid_waste_used_prior").unwrap_or(0.0),
            stored: given("solid_waste_stored")?,
            disposed: given("solid_waste_disposed")?,
            disposed_prior: given("solid_waste_disposed_prior").unwrap_or(0.0),
            dumped: given("solid_waste_dumped").unwrap_or(0.0),
        })
    }
}

fn tonnes(value: f64) -> String {
    format!("{value:.0}")
}
