//! Statistics of places and targets of indicators.

use super::provenance::Provenance;
use super::series::Series;
use crate::id::PlaceId;
use crate::units::Dimension;

/// A statistic of a place by year. Never filled in between years unless it says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistic {
    /// Key (`gdp_constant`, `water_use`, …).
    pub key: String,
    /// Place.
    pub place: PlaceId,
    /// Dimension of its values.
    pub dimension: Dimension,
    /// Values by year, in base units.
    pub series: Series,
    /// Whether years between given ones are interpolated (an `estimate`).
    pub interpolate: bool,
    /// Share of its subject that the statistic covers, 0–1, if stated.
    pub coverage: Option<f64>,
}

impl Statistic {
    /// Value in a year with whether it was filled in (then of quality `estimate`); `None` when neither
    /// given, nor interpolated between given years, nor grown after the last.
    #[must_use]
    pub fn value(&self, year: i32) -> Option<(f64, bool)> {
        let points = &self.series.points;
        if let Some(given) = points.iter().find(|p| p.year == year) {
            return Some((given.value.central, false));
        }
        let last = points.last()?;
        let filled = if year > last.year { self.series.growth.is_some() } else { self.interpolate };
        if !filled {
            return None;
        }
        self.series.central(year).map(|value| (value, true))
    }
}

/// A target of an indicator.
#[derive(Clone, Debug)]
pub struct Target {
    /// Key of the indicator.
    pub indicator: String,
    /// Place.
    pub place: PlaceId,
    /// Year.
    pub year: i32,
    /// Value in the indicator's own shown unit (a rate of 65 % is 0.65).
    pub value: f64,
    /// Share of the target from which a value counts as basically met, 0–1.
    pub basically_met: f64,
    /// Its row.
    pub provenance: Provenance,
}
