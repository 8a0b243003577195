//! Dimensions and units. Inside the program every number is in the base unit of its dimension.

mod names;
pub mod written;

use names::{MULTIPLES, NAMED, PERIODS, POWER};
use std::fmt;

/// What is measured; each dimension has one base unit, used everywhere inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// t.
    Mass,
    /// m³ (water, wall products).
    Volume,
    /// Nm³ (gas at normal conditions).
    NormalVolume,
    /// kWh.
    Energy,
    /// tce, tonnes of coal equivalent; 1 kWh = 0.1229 kgce (calorific).
    CoalEquivalent,
    /// yuan.
    Money,
    /// ha.
    Area,
    /// persons.
    Persons,
    /// pieces (blocks, vehicles, machines).
    Pieces,
    /// a pure number.
    Number,
}

impl Dimension {
    /// All dimensions, in order; `dimension as usize` is its position.
    pub const ALL: [Self; 10] = [
        Self::Mass,
        Self::Volume,
        Self::NormalVolume,
        Self::Energy,
        Self::CoalEquivalent,
        Self::Money,
        Self::Area,
        Self::Persons,
        Self::Pieces,
        Self::Number,
    ];

    /// Symbol of the base unit.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Mass => "t",
            Self::Volume => "m3",
            Self::NormalVolume => "Nm3",
            Self::Energy => "kWh",
            Self::CoalEquivalent => "tce",
            Self::Money => "元",
            Self::Area => "ha",
            Self::Persons => "人",
            Self::Pieces => "件",
            Self::Number => "",
        }
    }

    /// What it is called, in Chinese.
    #[must_use]
    pub fn name_zh(self) -> &'static str {
        match self {
            Self::Mass => "质量",
            Self::Volume => "体积",
            Self::NormalVolume => "标准状态体积",
            Self::Energy => "能量",
            Self::CoalEquivalent => "标准煤",
            Self::Money => "金额",
            Self::Area => "面积",
            Self::Persons => "人数",
            Self::Pieces => "件数",
            Self::Number => "纯数",
        }
    }

    /// Base units of `other` in one base unit of `self` that hold for every material: the same dimension, or
    /// energy and coal equivalent; `None` where a material is needed or nothing converts.
    #[must_use]
    pub fn in_terms_of(self, other: Self) -> Option<f64> {
        match (self, other) {
            (a, b) if a == b => Some(1.0),
            (Self::Energy, Self::CoalEquivalent) => Some(TCE_PER_KWH),
            (Self::CoalEquivalent, Self::Energy) => Some(1.0 / TCE_PER_KWH),
            _ => None,
        }
    }
}

/// tce per kWh, calorific: 1 kWh = 0.1229 kgce.
pub const TCE_PER_KWH: f64 = 0.1229e-3;

/// A period that a rate is per.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Per year.
    Year,
    /// Per day of operation.
    Day,
    /// Per hour of operation.
    Hour,
}

/// A unit: so many base units of a dimension, perhaps per another dimension, perhaps per period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Base units (of `numerator` per `denominator` per `per`) in one.
    pub factor: f64,
    /// What is measured.
    pub numerator: Dimension,
    /// Per what, if it is a quotient.
    pub denominator: Option<Dimension>,
    /// Per which period, if it is a rate.
    pub per: Option<Period>,
}

/// Why a text is no unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitFault {
    /// No unit of this name.
    Unknown(String),
    /// More than one quotient or more than one period.
    TooManyParts,
    /// A period alone, such as `/a`.
    NothingMeasured,
}

impl Unit {
    /// The base unit of a dimension.
    #[must_use]
    pub const fn base(dimension: Dimension) -> Self {
        Self { factor: 1.0, numerator: dimension, denominator: None, per: None }
    }

    /// The base unit of a dimension per base unit of another.
    #[must_use]
    pub const fn quotient(numerator: Dimension, denominator: Dimension) -> Self {
        Self { factor: 1.0, numerator, denominator: Some(denominator), per: None }
    }

    /// The same unit per year.
    #[must_use]
    pub const fn yearly(mut self) -> Self {
        self.per = Some(Period::Year);
        self
    }

    /// Reads a unit such as `万t/a`, `kWh/t`, `万元/t`, `MW`, `吨/年`, `%`; the empty text is the pure number.
    ///
    /// # Errors
    /// When a part has no known name, or there are too many parts.
    pub fn parse(text: &str) -> Result<Self, UnitFault> {
        let plain = written::half_width(text);
        if plain.is_empty() {
            return Ok(Self::base(Dimension::Number));
        }
        let plain = plain.replace("每年", "/年").replace("每日", "/日").replace("每天", "/天");
        let compact: String = plain.chars().filter(|c| !matches!(c, '·' | '^' | '•' | '⋅')).collect();
        let mut parts = compact.split('/').map(str::trim);
        let first = parts.next().unwrap_or_default();
        if first.is_empty() {
            return Err(UnitFault::NothingMeasured);
        }
        let mut unit = simple(first)?;
        for part in parts {
            if let Some(period) = period(part) {
                if unit.per.replace(period).is_some() {
                    return Err(UnitFault::TooManyParts);
                }
                continue;
            }
            let below = simple(part)?;
            if unit.denominator.is_some() || below.per.is_some() {
                return Err(UnitFault::TooManyParts);
            }
            unit.factor /= below.factor;
            unit.denominator = Some(below.numerator);
        }
        Ok(unit)
    }

    /// A number in this unit, in base units. Where the factor is the inverse of a whole number it is divided
    /// by it, so that 3.1 kg is 0.0031 t and not its neighbour.
    #[must_use]
    pub fn to_base(&self, number: f64) -> f64 {
        scaled(number, self.factor)
    }

    /// The same unit per year instead of per day or hour of operation; a unit without period is taken as
    /// yearly.
    #[must_use]
    pub fn over_a_year(mut self, days: f64, hours: f64) -> Self {
        self.factor *= match self.per {
            None | Some(Period::Year) => 1.0,
            Some(Period::Day) => days,
            Some(Period::Hour) => hours,
        };
        self.per = Some(Period::Year);
        self
    }

    /// Whether it measures the same as another, whatever the factor.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.numerator == other.numerator && self.denominator == other.denominator && self.per == other.per
    }
}

/// A number times a factor, by division where the factor is the inverse of a whole number.
#[must_use]
pub fn scaled(number: f64, factor: f64) -> f64 {
    if factor.abs() < 1.0 && factor != 0.0 {
        let inverse = (1.0 / factor).round();
        if (inverse * factor - 1.0).abs() < 1.0e-15 {
            return number / inverse;
        }
    }
    number * factor
}

/// The base unit that it is a multiple of.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numerator = self.numerator.symbol();
        f.write_str(if numerator.is_empty() { "1" } else { numerator })?;
        if let Some(denominator) = self.denominator {
            write!(f, "/{}", denominator.symbol())?;
        }
        match self.per {
            None => Ok(()),
            Some(Period::Year) => f.write_str("/a"),
            Some(Period::Day) => f.write_str("/d"),
            Some(Period::Hour) => f.write_str("/h"),
        }
    }
}

fn period(text: &str) -> Option<Period> {
    PERIODS.iter().find(|(names, _)| names.contains(&text)).map(|(_, period)| *period)
}

/// A unit without quotient: a named one, power, or a multiple of one.
fn simple(text: &str) -> Result<Unit, UnitFault> {
    if let Some(unit) = named(text) {
        return Ok(unit);
    }
    for (word, multiple) in MULTIPLES {
        if let Some(mut unit) = text.strip_prefix(word).and_then(|rest| named(rest.trim())) {
            unit.factor *= multiple;
            return Ok(unit);
        }
    }
    Err(UnitFault::Unknown(text.to_owned()))
}

fn named(text: &str) -> Option<Unit> {
    let exact = NAMED.iter().find(|unit| unit.names.contains(&text));
    let loose = || {
        let mut loose = NAMED.iter().filter(|unit| unit.any_case);
        loose.find(|unit| unit.names.iter().any(|name| name.eq_ignore_ascii_case(text)))
    };
    if let Some(found) = exact.or_else(loose) {
        return Some(Unit { factor: found.factor, numerator: found.dimension, denominator: None, per: None });
    }
    POWER.iter().find(|(name, _)| *name == text).map(|(_, kilowatts)| Unit {
        factor: *kilowatts,
        numerator: Dimension::Energy,
        denominator: None,
        per: Some(Period::Hour),
    })
}

/// All names of units, for the nearest one to a name that is not known.
pub fn known_names() -> impl Iterator<Item = &'static str> {
    NAMED.iter().flat_map(|unit| unit.names.iter().copied()).chain(POWER.iter().map(|(name, _)| *name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (f64, String) {
        let unit = Unit::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        (unit.factor, unit.to_string())
    }

    #[test]
    fn every_unit_of_the_manual_is_read() {
        for (text, factor, base) in [
            ("t", 1.0, "t"),
            ("kt", 1e3, "t"),
            ("万t", 1e4, "t"),
            ("万吨", 1e4, "t"),
            ("Mt", 1e6, "t"),
            ("kg", 1e-3, "t"),
            ("m³", 1.0, "m3"),
            ("m3", 1.0, "m3"),
            ("Nm³", 1.0, "Nm3"),
            ("万m³", 1e4, "m3"),
            ("亿m³", 1e8, "m3"),
            ("亿立方米", 1e8, "m3"),
            ("L", 1e-3, "m3"),
            ("tce", 1.0, "tce"),
            ("kgce", 1e-3, "tce"),
            ("万tce", 1e4, "tce"),
            ("万吨标准煤", 1e4, "tce"),
            ("kWh", 1.0, "kWh"),
            ("万kWh", 1e4, "kWh"),
            ("亿kWh", 1e8, "kWh"),
            ("亿千瓦时", 1e8, "kWh"),
            ("元", 1.0, "元"),
            ("万元", 1e4, "元"),
            ("亿元", 1e8, "元"),
            ("ha", 1.0, "ha"),
            ("公顷", 1.0, "ha"),
            ("km²", 100.0, "ha"),
            ("m²", 1e-4, "ha"),
            ("人", 1.0, "人"),
            ("万人", 1e4, "人"),
            ("块", 1.0, "件"),
            ("万块", 1e4, "件"),
            ("辆", 1.0, "件"),
            ("台", 1.0, "件"),
            ("%", 0.01, "1"),
            ("", 1.0, "1"),
            ("万t/a", 1e4, "t/a"),
            ("万吨／年", 1e4, "t/a"),
            ("t/d", 1.0, "t/d"),
            ("Nm3/h", 1.0, "Nm3/h"),
            ("MW", 1e3, "kWh/h"),
            ("kWh/t", 1.0, "kWh/t"),
            ("元/t", 1.0, "元/t"),
            ("万元/t", 1e4, "元/t"),
            ("元／吨", 1.0, "元/t"),
            ("kW·h", 1.0, "kWh"),
            ("人/万t", 1e-4, "人/t"),
            ("t/t/a", 1.0, "t/t/a"),
        ] {
            assert_eq!(parsed(text), (factor, base.to_owned()), "{text}");
        }
        assert!((parsed("亩").0 * 15.0 - 1.0).abs() < 1e-12);
        assert!((parsed("GJ").0 - 277.777_777_777_777_8).abs() < 1e-9);
    }

    #[test]
    fn what_is_no_unit_is_refused() {
        for text in ["吨煤当量", "mt", "t/t/t", "t/a/d", "/a", "MW/a", "x", "万", "t/", "千", "//"] {
            assert!(Unit::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rates_become_yearly() {
        let daily = Unit::parse("t/d").unwrap().over_a_year(330.0, 7200.0);
        assert_eq!((daily.factor, daily.per), (330.0, Some(Period::Year)));
        let power = Unit::parse("MW").unwrap().over_a_year(330.0, 5000.0);
        assert_eq!(power.factor, 5.0e6);
        assert_eq!(Unit::parse("万t").unwrap().over_a_year(330.0, 1.0).to_string(), "t/a");
    }

    #[test]
    fn energy_and_coal_equivalent_convert() {
        let tce = Dimension::Energy.in_terms_of(Dimension::CoalEquivalent).unwrap();
        assert!((tce * 1.0e4 - 1.229).abs() < 1e-12);
        assert_eq!(Dimension::Mass.in_terms_of(Dimension::Volume), None);
    }

    #[test]
    fn small_units_keep_the_written_number() {
        assert_eq!(Unit::parse("kg").unwrap().to_base(3.1), 0.0031);
        assert_eq!(Unit::parse("%").unwrap().to_base(65.0), 0.65);
    }
}
