//! Which unit a number is wanted in, and how a given unit gets there.

use crate::units::{Dimension, Unit};

/// Base units of a material in one base unit of each dimension; `None` where nothing is known.
///
/// A material traded in t with a density of 0.55 kg/Nm³ has 1 at mass and 0.00055 at normal volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conversions(pub [Option<f64>; 10]);

impl Conversions {
    /// Those of a material of which nothing but its dimension is known.
    #[must_use]
    pub fn of(dimension: Dimension) -> Self {
        let mut per = [None; 10];
        for other in Dimension::ALL {
            per[other as usize] = other.in_terms_of(dimension);
        }
        Self(per)
    }

    /// Base units of the material in one base unit of a dimension.
    #[must_use]
    pub fn from(&self, dimension: Dimension) -> Option<f64> {
        self.0[dimension as usize]
    }
}

/// What one side of a wanted unit measures.
#[derive(Clone, Copy, Debug)]
pub enum Measure<'a> {
    /// A dimension.
    Plain(Dimension),
    /// A material, in its base unit.
    Material {
        /// Its dimension.
        dimension: Dimension,
        /// What converts into it.
        conversions: &'a Conversions,
        /// Its id, for messages.
        key: &'a str,
    },
}

impl<'a> Measure<'a> {
    /// Its dimension.
    #[must_use]
    pub fn dimension(self) -> Dimension {
        match self {
            Self::Plain(dimension) | Self::Material { dimension, .. } => dimension,
        }
    }

    fn factor_from(self, given: Dimension) -> Option<f64> {
        match self {
            Self::Plain(dimension) => given.in_terms_of(dimension),
            Self::Material { conversions, .. } => conversions.from(given),
        }
    }

    fn key(self) -> Option<&'a str> {
        match self {
            Self::Plain(_) => None,
            Self::Material { key, .. } => Some(key),
        }
    }
}

/// The unit in which a number is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// What is counted.
    pub numerator: Measure<'a>,
    /// Per what.
    pub denominator: Option<Measure<'a>>,
    /// For yearly numbers: days and hours of operation in a year; `None` for numbers that are not per time.
    pub yearly: Option<(f64, f64)>,
    /// Factor of the unit that stands where none is given.
    pub default: f64,
}

/// Why a unit cannot be brought to the wanted one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// It measures something else.
    Dimension,
    /// It could be, if the material said how (a density, a calorific value).
    MaterialSaysNotHow(String),
}

impl<'a> Wanted<'a> {
    /// A plain number of a dimension in its base unit.
    #[must_use]
    pub fn plain(dimension: Dimension) -> Self {
        Self { numerator: Measure::Plain(dimension), denominator: None, yearly: None, default: 1.0 }
    }

    /// An amount of a measure in its base unit.
    #[must_use]
    pub fn of(numerator: Measure<'a>) -> Self {
        Self { numerator, denominator: None, yearly: None, default: 1.0 }
    }

    /// The same per a measure.
    #[must_use]
    pub fn per(mut self, denominator: Measure<'a>) -> Self {
        self.denominator = Some(denominator);
        self
    }

    /// The same per year, a year having so many days and hours of operation.
    #[must_use]
    pub fn yearly(mut self, days: f64, hours: f64) -> Self {
        self.yearly = Some((days, hours));
        self
    }

    /// The same with another unit where none is given: so many base units.
    #[must_use]
    pub fn default_factor(mut self, factor: f64) -> Self {
        self.default = factor;
        self
    }

    /// The factor that brings numbers of a unit to this one.
    ///
    /// # Errors
    /// When the unit measures something else, or the material does not say how to convert.
    pub fn factor(&self, unit: Unit) -> Result<f64, Mismatch> {
        let unit = match (self.yearly, unit.per) {
            (Some((days, hours)), _) => unit.over_a_year(days, hours),
            (None, None) => unit,
            (None, Some(_)) => return Err(Mismatch::Dimension),
        };
        let above = side(self.numerator, unit.numerator)?;
        match (self.denominator, unit.denominator) {
            (None, None) => Ok(unit.factor * above),
            (Some(wanted), Some(given)) => Ok(unit.factor * above / side(wanted, given)?),
            _ => Err(Mismatch::Dimension),
        }
    }

    /// The wanted unit, for messages.
    #[must_use]
    pub fn symbol(&self) -> String {
        let unit = Unit {
            factor: 1.0,
            numerator: self.numerator.dimension(),
            denominator: self.denominator.map(Measure::dimension),
            per: self.yearly.map(|_| crate::units::Period::Year),
        };
        unit.to_string()
    }
}

fn side(wanted: Measure<'_>, given: Dimension) -> Result<f64, Mismatch> {
    if let Some(factor) = wanted.factor_from(given) {
        return Ok(factor);
    }
    let physical = |d: Dimension| {
        matches!(
            d,
            Dimension::Mass
                | Dimension::Volume
                | Dimension::NormalVolume
                | Dimension::Energy
                | Dimension::CoalEquivalent
                | Dimension::Pieces
        )
    };
    match wanted.key() {
        Some(key) if physical(given) && physical(wanted.dimension()) => {
            Err(Mismatch::MaterialSaysNotHow(key.to_owned()))
        }
        _ => Err(Mismatch::Dimension),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> Unit {
        Unit::parse(text).unwrap()
    }

    #[test]
    fn units_meet_through_the_material() {
        let mut gas = Conversions::of(Dimension::Mass);
        gas.0[Dimension::NormalVolume as usize] = Some(0.00045);
        let gas = Measure::Material { dimension: Dimension::Mass, conversions: &gas, key: "gas" };
        let yearly = Wanted::of(gas).yearly(330.0, 8000.0);
        // 1000 Nm³/h × 8000 h × 0.45 kg/Nm³ = 3600 t.
        assert!((yearly.factor(unit("Nm3/h")).unwrap() * 1000.0 - 3600.0).abs() < 1e-9);
        assert_eq!(yearly.factor(unit("万t")).unwrap(), 1.0e4);
        assert_eq!(yearly.factor(unit("m3")), Err(Mismatch::MaterialSaysNotHow("gas".into())));
        assert_eq!(yearly.factor(unit("人")), Err(Mismatch::Dimension));
        let price = Wanted::plain(Dimension::Money).per(gas);
        assert!((price.factor(unit("元/Nm3")).unwrap() - 1.0 / 0.00045).abs() < 1e-6);
        assert_eq!(price.factor(unit("元")), Err(Mismatch::Dimension));
        assert_eq!(price.symbol(), "元/t");
    }
}
