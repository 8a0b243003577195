//! How a lifetime is written in a cell.

use super::Lifetime;
use crate::quantity::{QuantityFault, number};
use crate::units::written::half_width;

/// Why a text is no lifetime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LifetimeFault {
    /// No law of that name, or no brackets.
    UnknownLaw,
    /// Too few or too many numbers in the brackets.
    WrongCount,
    /// A number that is none.
    Number(QuantityFault),
    /// A number that must be above 0 and is not.
    NotPositive,
}

/// Words of the laws.
pub const LAWS: [&str; 5] = ["fixed", "normal", "folded_normal", "lognormal", "weibull"];

/// Reads `fixed(5)`, `normal(mean, sd)`, `folded_normal(mu, sigma)`, `lognormal(mean, sd)` or `weibull(shape, scale)`.
///
/// # Errors
/// When it is none of these; see [`LifetimeFault`].
pub fn parse(text: &str) -> Result<Lifetime, LifetimeFault> {
    let plain = half_width(text);
    let (law, rest) = plain.split_once('(').ok_or(LifetimeFault::UnknownLaw)?;
    let inside = rest.trim_end().strip_suffix(')').ok_or(LifetimeFault::UnknownLaw)?;
    let law = law.trim();
    if !LAWS.contains(&law) {
        return Err(LifetimeFault::UnknownLaw);
    }
    let numbers: Result<Vec<f64>, QuantityFault> =
        inside.split([',', ';', '、']).map(|part| number(part.trim())).collect();
    let numbers = numbers.map_err(LifetimeFault::Number)?;
    let lifetime = match (law, numbers[..].as_ref()) {
        ("fixed", &[length]) => Lifetime::Fixed(length),
        ("normal", &[mean, deviation]) => Lifetime::Normal { mean, deviation },
        ("folded_normal", &[mean, deviation]) => Lifetime::FoldedNormal { mean, deviation },
        ("lognormal", &[mean, deviation]) => Lifetime::Lognormal { mean, deviation },
        ("weibull", &[shape, scale]) => Lifetime::Weibull { shape, scale },
        _ => return Err(LifetimeFault::WrongCount),
    };
    let positive: &[f64] = match lifetime {
        Lifetime::Fixed(length) => &[length],
        Lifetime::Normal { deviation, .. } | Lifetime::FoldedNormal { deviation, .. } => &[deviation],
        Lifetime::Lognormal { mean, deviation } => &[mean, deviation],
        Lifetime::Weibull { shape, scale } => &[shape, scale],
    };
    if positive.iter().all(|number| *number > 0.0) { Ok(lifetime) } else { Err(LifetimeFault::NotPositive) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_are_read() {
        assert_eq!(parse("fixed(5)"), Ok(Lifetime::Fixed(5.0)));
        assert_eq!(parse(" normal( 5 , 1.5 ) "), Ok(Lifetime::Normal { mean: 5.0, deviation: 1.5 }));
        assert_eq!(
            parse("folded_normal（-3，4）"),
            Ok(Lifetime::FoldedNormal { mean: -3.0, deviation: 4.0 })
        );
        assert_eq!(parse("weibull(1.2, 1)"), Ok(Lifetime::Weibull { shape: 1.2, scale: 1.0 }));
    }

    #[test]
    fn what_is_no_lifetime_is_said() {
        for (text, fault) in [
            ("5", LifetimeFault::UnknownLaw),
            ("gamma(1, 2)", LifetimeFault::UnknownLaw),
            ("fixed(5", LifetimeFault::UnknownLaw),
            ("fixed(5, 1)", LifetimeFault::WrongCount),
            ("normal(5)", LifetimeFault::WrongCount),
            ("fixed()", LifetimeFault::Number(QuantityFault::NotANumber)),
            ("fixed(NaN)", LifetimeFault::Number(QuantityFault::NotFinite)),
            ("fixed(0)", LifetimeFault::NotPositive),
            ("normal(5, 0)", LifetimeFault::NotPositive),
            ("lognormal(-5, 1)", LifetimeFault::NotPositive),
            ("weibull(0, 1)", LifetimeFault::NotPositive),
        ] {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
    }
}
