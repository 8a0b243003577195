//! How a quantity is written in a cell.

use super::{Distribution, Quantity};
use crate::units::written::half_width;

/// What a cell of a measured column says.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// A number, perhaps uncertain, in the unit of the column.
    Number(Quantity),
    /// `=name`: a row of `parameters`.
    Parameter(String),
    /// `rest`: what closes the mass balance.
    Rest,
}

/// Why a text is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuantityFault {
    /// Nothing a number can be read from.
    NotANumber,
    /// `NaN`, infinite, or too large to hold.
    NotFinite,
    /// A distribution that is not known.
    UnknownDistribution,
    /// Too few or too many numbers in the brackets.
    WrongCount,
    /// Bounds not in ascending order, or all the same.
    NotAscending,
    /// A negative standard deviation.
    NegativeDeviation,
    /// A lognormal whose mean is not above 0.
    MeanNotPositive,
    /// `5%±1%`: relative or absolute?
    AmbiguousPercent,
}

/// Reads a cell: `0.18`, `0.18±0.02`, `0.18±10%`, `0.18+-0.02`, `normal(0.18, 0.02)`, `lognormal(0.18, 10%)`,
/// `triangular(0.15, 0.18, 0.22)`, `uniform(0.15, 0.22)`, `trapezoid(a, b, c, d)`, `=name`, `rest`.
///
/// A deviation in percent is relative to the mean. Never panics.
///
/// # Errors
/// When it is none of these; see [`QuantityFault`].
pub fn parse(text: &str) -> Result<Written, QuantityFault> {
    if let Some(plain) = plainly_written(text) {
        return Ok(Written::Number(Quantity::exact(plain)));
    }
    let plain = half_width(text);
    if let Some(name) = plain.strip_prefix('=') {
        let name = name.trim();
        if name.is_empty() {
            return Err(QuantityFault::NotANumber);
        }
        return Ok(Written::Parameter(name.to_owned()));
    }
    if plain.eq_ignore_ascii_case("rest") || plain == "余量" || plain == "其余" {
        return Ok(Written::Rest);
    }
    if let Some(bracket) = plain.find('(') {
        return distribution(&plain, bracket).map(Written::Number);
    }
    for sign in ["±", "+/-", "+-"] {
        if let Some((mean, deviation)) = plain.split_once(sign) {
            return mean_and_deviation(mean, deviation).map(Written::Number);
        }
    }
    Ok(Written::Number(Quantity::exact(number(&plain)?)))
}

/// The number of a cell that holds digits, point, sign and exponent alone, as nearly all do.
fn plainly_written(text: &str) -> Option<f64> {
    let plain = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
    if plain { text.parse::<f64>().ok().filter(|number| number.is_finite()) } else { None }
}

/// Reads an exact number, with thousands separators, exponent or `%`.
///
/// # Errors
/// When it is none, or not finite.
pub fn number(text: &str) -> Result<f64, QuantityFault> {
    let plain = half_width(text);
    let (digits, percent) = match plain.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), true),
        None => (plain.as_str(), false),
    };
    let lower = digits.trim_start_matches(['+', '-']).to_ascii_lowercase();
    if matches!(lower.as_str(), "nan" | "inf" | "infinity" | "∞") {
        return Err(QuantityFault::NotFinite);
    }
    let joined = without_separators(digits).ok_or(QuantityFault::NotANumber)?;
    let plausible =
        joined.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !plausible || !joined.bytes().any(|b| b.is_ascii_digit()) {
        return Err(QuantityFault::NotANumber);
    }
    let value: f64 = joined.parse().map_err(|_| QuantityFault::NotANumber)?;
    if !value.is_finite() {
        return Err(QuantityFault::NotFinite);
    }
    Ok(if percent { value / 100.0 } else { value })
}

/// Whether the central number of a cell is written with `%`: `65%`, `65%±0.02`.
#[must_use]
pub fn is_percentage(text: &str) -> bool {
    let plain = half_width(text);
    let mean = ["±", "+/-", "+-"].iter().find_map(|sign| plain.split_once(sign)).map(|(mean, _)| mean);
    !plain.contains('(') && mean.unwrap_or(&plain).trim_end().ends_with('%')
}

/// Takes `,` and spaces out where they stand between groups of three digits; `None` where they stand elsewhere.
fn without_separators(text: &str) -> Option<String> {
    if !text.contains([',', ' ', '\'']) {
        return Some(text.to_owned());
    }
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut groups = whole.split([',', ' ', '\'']);
    let first = groups.next()?;
    let lead = first.trim_start_matches(['+', '-']).len();
    if !(1..=3).contains(&lead) || rest.contains([',', ' ', '\'']) {
        return None;
    }
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != 3 || !group.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        joined.push_str(group);
    }
    Some(joined + rest)
}

fn deviation_of(mean: f64, text: &str) -> Result<f64, QuantityFault> {
    let deviation = number(text)?;
    if deviation < 0.0 {
        return Err(QuantityFault::NegativeDeviation);
    }
    Ok(if text.trim_end().ends_with('%') { deviation * mean.abs() } else { deviation })
}

fn mean_and_deviation(mean: &str, deviation: &str) -> Result<Quantity, QuantityFault> {
    if mean.trim_end().ends_with('%') && deviation.trim_end().ends_with('%') {
        return Err(QuantityFault::AmbiguousPercent);
    }
    let mean = number(mean)?;
    let deviation = deviation_of(mean, deviation)?;
    Ok(uncertain(mean, Distribution::Normal { mean, deviation }))
}

fn uncertain(central: f64, distribution: Distribution) -> Quantity {
    let exact = matches!(
        distribution,
        Distribution::Normal { deviation, .. } | Distribution::Lognormal { deviation, .. } if deviation == 0.0
    );
    Quantity { central, distribution: (!exact).then_some(distribution), parameter: None }
}

fn distribution(plain: &str, bracket: usize) -> Result<Quantity, QuantityFault> {
    let name = plain[..bracket].trim().to_ascii_lowercase();
    let inside = plain[bracket + 1..].strip_suffix(')').ok_or(QuantityFault::NotANumber)?;
    let parts: Vec<&str> = inside.split([',', ';', '、']).map(str::trim).collect();
    let exactly = |count: usize| if parts.len() == count { Ok(()) } else { Err(QuantityFault::WrongCount) };
    let all = || parts.iter().map(|part| number(part)).collect::<Result<Vec<f64>, _>>();
    match name.as_str() {
        "normal" | "正态" => {
            exactly(2)?;
            mean_and_deviation(parts[0], parts[1])
        }
        "lognormal" | "对数正态" => {
            exactly(2)?;
            let mean = number(parts[0])?;
            if mean <= 0.0 {
                return Err(QuantityFault::MeanNotPositive);
            }
            let deviation = deviation_of(mean, parts[1])?;
            Ok(uncertain(mean, Distribution::Lognormal { mean, deviation }))
        }
        "triangular" | "三角" => {
            exactly(3)?;
            let bounds = ascending(all()?)?;
            let (low, mode, high) = (bounds[0], bounds[1], bounds[2]);
            Ok(uncertain(mode, Distribution::Triangular { low, mode, high }))
        }
        "uniform" | "均匀" => {
            exactly(2)?;
            let bounds = ascending(all()?)?;
            let (low, high) = (bounds[0], bounds[1]);
            Ok(uncertain(low + (high - low) / 2.0, Distribution::Uniform { low, high }))
        }
        "trapezoid" | "梯形" => {
            exactly(4)?;
            let bounds = ascending(all()?)?;
            let (a, b, c, d) = (bounds[0], bounds[1], bounds[2], bounds[3]);
            Ok(uncertain(trapezoid_mean(a, b, c, d), Distribution::Trapezoid { a, b, c, d }))
        }
        _ => Err(QuantityFault::UnknownDistribution),
    }
}

fn ascending(bounds: Vec<f64>) -> Result<Vec<f64>, QuantityFault> {
    let rising = bounds.windows(2).all(|pair| pair[0] <= pair[1]);
    if rising && bounds.first() < bounds.last() { Ok(bounds) } else { Err(QuantityFault::NotAscending) }
}

/// Mean of a trapezoid: its moments taken from `a`, so that large offsets cost no figures.
pub(super) fn trapezoid_mean(a: f64, b: f64, c: f64, d: f64) -> f64 {
    let (u, v, w) = (b - a, c - a, d - a);
    let area = 3.0 * (w + v - u);
    a + (w * w + v * w + v * v - u * u) / area
}

#[cfg(test)]
mod tests {
    use super::*;

    fn central(text: &str) -> f64 {
        match parse(text) {
            Ok(Written::Number(quantity)) => quantity.central,
            other => panic!("{text}: {other:?}"),
        }
    }

    fn shape(text: &str) -> Distribution {
        match parse(text) {
            Ok(Written::Number(Quantity { distribution: Some(distribution), .. })) => distribution,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn numbers_in_every_written_form() {
        for (text, value) in [
            ("0.18", 0.18),
            (" ０．１８ ", 0.18),
            ("1,234,567.5", 1_234_567.5),
            ("1，234", 1234.0),
            ("1 234", 1234.0),
            ("65%", 0.65),
            ("65 ％", 0.65),
            ("1.2e3", 1200.0),
            ("－5", -5.0),
            (".5", 0.5),
        ] {
            assert_eq!(central(text), value, "{text}");
        }
    }

    #[test]
    fn uncertain_numbers() {
        let normal = Distribution::Normal { mean: 0.5, deviation: 0.25 };
        for text in [
            "0.5±0.25",
            "0.5+-0.25",
            "0.5 +/- 0.25",
            "０．５±５０％",
            "normal(0.5, 0.25)",
            "正态（0.5，50%）",
        ] {
            assert_eq!(shape(text), normal, "{text}");
        }
        assert_eq!(shape("lognormal(2; 10%)"), Distribution::Lognormal { mean: 2.0, deviation: 0.2 });
        assert_eq!(central("triangular(0.15, 0.18, 0.22)"), 0.18);
        assert_eq!(central("uniform(1, 3)"), 2.0);
        // Moments of the trapezoid (0, 1, 2, 3): symmetric about 1.5.
        assert!((central("trapezoid(0, 1, 2, 3)") - 1.5).abs() < 1e-12);
        // A right triangle (0, 0, 0, 3) has its mean at a third.
        assert!((central("trapezoid(0, 0, 0, 3)") - 1.0).abs() < 1e-12);
        assert_eq!(parse("5±0").unwrap(), Written::Number(Quantity::exact(5.0)));
    }

    #[test]
    fn names_and_rest() {
        assert_eq!(parse("= ash_content").unwrap(), Written::Parameter("ash_content".into()));
        assert_eq!(parse("Rest").unwrap(), Written::Rest);
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        use QuantityFault::*;
        for (text, fault) in [
            ("", NotANumber),
            ("abc", NotANumber),
            ("1,23", NotANumber),
            ("12,34,567", NotANumber),
            ("1.234.5", NotANumber),
            ("3000万", NotANumber),
            ("NaN", NotFinite),
            ("-inf", NotFinite),
            ("1e999", NotFinite),
            ("0x10", NotANumber),
            ("=", NotANumber),
            ("beta(1, 2)", UnknownDistribution),
            ("normal(1)", WrongCount),
            ("triangular(3, 2, 1)", NotAscending),
            ("uniform(1, 1)", NotAscending),
            ("1±-2", NegativeDeviation),
            ("lognormal(0, 1)", MeanNotPositive),
            ("5%±1%", AmbiguousPercent),
            ("normal(1, 2", NotANumber),
            ("±", NotANumber),
            ("e", NotANumber),
        ] {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
    }
}
