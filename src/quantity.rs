//! A number as the user knows it: a central value and, where given, how uncertain it is.

pub mod grammar;

pub use grammar::{QuantityFault, Written, is_percentage, number, parse};

use crate::id::ParameterId;
use crate::units::scaled;

/// A distribution in the base unit of its column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distribution {
    /// Normal, one standard deviation.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        deviation: f64,
    },
    /// Lognormal, by mean and standard deviation of the distribution itself.
    Lognormal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        deviation: f64,
    },
    /// Triangular.
    Triangular {
        /// Least value.
        low: f64,
        /// Mode.
        mode: f64,
        /// Greatest value.
        high: f64,
    },
    /// Uniform.
    Uniform {
        /// Least value.
        low: f64,
        /// Greatest value.
        high: f64,
    },
    /// Trapezoid.
    Trapezoid {
        /// Least value.
        a: f64,
        /// Begin of the plateau.
        b: f64,
        /// End of the plateau.
        c: f64,
        /// Greatest value.
        d: f64,
    },
}

impl Distribution {
    /// The same distribution of a number multiplied by a factor > 0.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        let x = |number: f64| scaled(number, factor);
        match self {
            Self::Normal { mean, deviation } => Self::Normal { mean: x(mean), deviation: x(deviation) },
            Self::Lognormal { mean, deviation } => Self::Lognormal { mean: x(mean), deviation: x(deviation) },
            Self::Triangular { low, mode, high } => {
                Self::Triangular { low: x(low), mode: x(mode), high: x(high) }
            }
            Self::Uniform { low, high } => Self::Uniform { low: x(low), high: x(high) },
            Self::Trapezoid { a, b, c, d } => Self::Trapezoid { a: x(a), b: x(b), c: x(c), d: x(d) },
        }
    }

    /// The same distribution of a number to which another is added; a lognormal is moved as a whole.
    #[must_use]
    pub fn plus(self, shift: f64) -> Self {
        match self {
            Self::Normal { mean, deviation } => Self::Normal { mean: mean + shift, deviation },
            Self::Lognormal { mean, deviation } => Self::Lognormal { mean: mean + shift, deviation },
            Self::Triangular { low, mode, high } => {
                Self::Triangular { low: low + shift, mode: mode + shift, high: high + shift }
            }
            Self::Uniform { low, high } => Self::Uniform { low: low + shift, high: high + shift },
            Self::Trapezoid { a, b, c, d } => {
                Self::Trapezoid { a: a + shift, b: b + shift, c: c + shift, d: d + shift }
            }
        }
    }

    /// Its mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Normal { mean, .. } | Self::Lognormal { mean, .. } => mean,
            Self::Triangular { low, mode, high } => low + ((mode - low) + (high - low)) / 3.0,
            Self::Uniform { low, high } => low + (high - low) / 2.0,
            Self::Trapezoid { a, b, c, d } => grammar::trapezoid_mean(a, b, c, d),
        }
    }

    /// Its standard deviation.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        match *self {
            Self::Normal { deviation, .. } | Self::Lognormal { deviation, .. } => deviation,
            Self::Triangular { low, mode, high } => {
                let (u, v) = (mode - low, high - low);
                ((u * u + v * v - u * v) / 18.0).sqrt()
            }
            Self::Uniform { low, high } => (high - low) / 12.0_f64.sqrt(),
            Self::Trapezoid { a, b, c, d } => {
                // Second moment from `a`, so that large offsets cost no figures.
                let (u, v, w) = (b - a, c - a, d - a);
                let mean = grammar::trapezoid_mean(0.0, u, v, w);
                let square =
                    ((w * w * w + w * w * v + w * v * v + v * v * v) - u * u * u) / (6.0 * (w + v - u));
                (square - mean * mean).max(0.0).sqrt()
            }
        }
    }

    /// Share of the distribution that lies below 0, in 0–1.
    #[must_use]
    pub fn mass_below_zero(&self) -> f64 {
        match *self {
            Self::Normal { mean, deviation } => 0.5 * libm::erfc(mean / deviation / std::f64::consts::SQRT_2),
            Self::Lognormal { .. } => 0.0,
            Self::Triangular { low, mode, high } => trapezoid_below_zero(low, mode, mode, high),
            Self::Uniform { low, high } => trapezoid_below_zero(low, low, high, high),
            Self::Trapezoid { a, b, c, d } => trapezoid_below_zero(a, b, c, d),
        }
    }
}

/// Mass below 0 of a trapezoid: height 2/(d+c−b−a) on the plateau.
fn trapezoid_below_zero(a: f64, b: f64, c: f64, d: f64) -> f64 {
    let height = 2.0 / (d + c - b - a);
    if a >= 0.0 {
        0.0
    } else if b > 0.0 {
        height * a * a / (2.0 * (b - a))
    } else if c > 0.0 {
        height * ((b - a) / 2.0 - b)
    } else if d > 0.0 {
        1.0 - height * d * d / (2.0 * (d - c))
    } else {
        1.0
    }
}

/// A measured or assumed number, in base units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// The value of a plain run: of a triangular the mode, else the mean.
    pub central: f64,
    /// How uncertain it is; `None` is exact.
    pub distribution: Option<Distribution>,
    /// The named parameter it was taken from (`=name`), so that one draw serves many rows.
    pub parameter: Option<ParameterId>,
}

impl Quantity {
    /// Greatest share of a distribution of a non-negative column that may lie below 0.
    pub const BELOW_ZERO: f64 = 1.0e-3;

    /// An exact number.
    #[must_use]
    pub fn exact(central: f64) -> Self {
        Self { central, distribution: None, parameter: None }
    }

    /// Its mean: of a skewed triangular not the central value.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.distribution.map_or(self.central, |distribution| distribution.mean())
    }

    /// Its standard deviation; 0 of an exact number.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        self.distribution.map_or(0.0, |distribution| distribution.deviation())
    }

    /// The same number in another unit: multiplied by a factor > 0.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self {
            central: scaled(self.central, factor),
            distribution: self.distribution.map(|d| d.times(factor)),
            parameter: self.parameter,
        }
    }

    /// Whether it is ≥ 0 and at most [`Self::BELOW_ZERO`] of its distribution lies below 0.
    #[must_use]
    pub fn is_non_negative(&self) -> bool {
        self.central >= 0.0 && self.distribution.is_none_or(|d| d.mass_below_zero() <= Self::BELOW_ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(text: &str) -> f64 {
        match parse(text) {
            Ok(Written::Number(Quantity { distribution: Some(distribution), .. })) => {
                distribution.mass_below_zero()
            }
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn mass_below_zero_by_hand() {
        // Φ(−1) of the normal.
        assert!((below("1±1") - 0.158_655_253_931_457).abs() < 1e-12);
        // Triangle (−1, 0, 1) and (−1, 1, 1): a half and (1²)/(2·2) = a quarter.
        assert!((below("triangular(-1, 0, 1)") - 0.5).abs() < 1e-12);
        assert!((below("triangular(-1, 1, 1)") - 0.25).abs() < 1e-12);
        assert!((below("triangular(-1, -1, 1)") - 0.75).abs() < 1e-12);
        assert!((below("uniform(-1, 3)") - 0.25).abs() < 1e-12);
        // Trapezoid (−2, −1, 1, 2): symmetric.
        assert!((below("trapezoid(-2, -1, 1, 2)") - 0.5).abs() < 1e-12);
        assert_eq!(below("uniform(0, 3)"), 0.0);
        assert_eq!(below("lognormal(1, 5)"), 0.0);
    }

    #[test]
    fn means_and_deviations_by_hand() {
        let of = |text: &str| match parse(text) {
            Ok(Written::Number(quantity)) => (quantity.mean(), quantity.deviation()),
            other => panic!("{text}: {other:?}"),
        };
        let close = |text: &str, mean: f64, variance: f64| {
            let (found, deviation) = of(text);
            assert!((found - mean).abs() < 1e-12, "{text}: {found}");
            assert!((deviation * deviation - variance).abs() < 1e-12, "{text}: {deviation}");
        };
        close("5", 5.0, 0.0);
        close("5±2", 5.0, 4.0);
        close("lognormal(4, 25%)", 4.0, 1.0);
        close("uniform(1, 7)", 4.0, 3.0);
        // (0, 3, 6): variance 36/24; skewed (0, 0, 6): mean 2, variance 36/18.
        close("triangular(0, 3, 6)", 3.0, 1.5);
        close("triangular(0, 0, 6)", 2.0, 2.0);
        // A plateau of no width is the triangle, one of full width the uniform distribution.
        close("trapezoid(0, 3, 3, 6)", 3.0, 1.5);
        close("trapezoid(1, 1, 7, 7)", 4.0, 3.0);
        // Sum of uniform(0, 1) and uniform(0, 3): mean 2, variance 1/12 + 9/12.
        close("trapezoid(0, 1, 3, 4)", 2.0, 10.0 / 12.0);
    }

    #[test]
    fn the_limit_is_a_thousandth() {
        let quantity = |text: &str| match parse(text) {
            Ok(Written::Number(quantity)) => quantity,
            other => panic!("{other:?}"),
        };
        assert!(quantity("0.31±0.1").is_non_negative());
        assert!(!quantity("0.30±0.1").is_non_negative());
        assert!(!quantity("-1").is_non_negative());
    }
}
