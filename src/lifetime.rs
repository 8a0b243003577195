//! How long things stay in use: laws of the lifetime, and the share of a cohort that is still there.
//!
//! Survival `S(a)` is the share that lives longer than age `a` (E-stock-01 … 05 of `docs/equations/stocks.md`). What
//! of it counts at the end of a period depends on when in its period a cohort enters: see [`Convention`].

mod gamma;
mod given;
mod integral;
mod written;

pub use given::{Ageing, Driver, NegativeInflow, Opening};
pub use written::{LAWS, LifetimeFault, parse};

use std::f64::consts::SQRT_2;

/// A law of the lifetime. All numbers are in periods.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lifetime {
    /// Everything lives exactly so long.
    Fixed(f64),
    /// Normal, not truncated: a part of it lies below age 0.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation, above 0.
        deviation: f64,
    },
    /// The absolute value of a normal, by the parameters before folding.
    FoldedNormal {
        /// Mean before folding.
        mean: f64,
        /// Standard deviation before folding, above 0.
        deviation: f64,
    },
    /// Lognormal, by mean and standard deviation of the distribution itself.
    Lognormal {
        /// Mean, above 0.
        mean: f64,
        /// Standard deviation, above 0.
        deviation: f64,
    },
    /// Weibull.
    Weibull {
        /// Shape, above 0.
        shape: f64,
        /// Scale, above 0.
        scale: f64,
    },
}

/// What of the survival counts at the end of the `k`-th period after a cohort entered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Convention {
    /// `S(k)`: everything enters at the end of its period.
    #[default]
    EndOfPeriodAge,
    /// `S(k + ½)`: everything enters in the middle.
    MidPeriodAge,
    /// The mean of `S` over `k … k + 1`: everything enters evenly.
    Average,
}

impl Convention {
    /// All conventions with their words.
    pub const WORDS: [(&'static str, Self); 3] = [
        ("end_of_period_age", Self::EndOfPeriodAge),
        ("mid_period_age", Self::MidPeriodAge),
        ("average", Self::Average),
    ];
}

/// Share of a standard normal above `x`.
fn above(x: f64) -> f64 {
    0.5 * libm::erfc(x / SQRT_2)
}

/// Mean and deviation of the logarithm of a lognormal, from those of the distribution itself.
fn of_logarithm(mean: f64, deviation: f64) -> (f64, f64) {
    let ratio = deviation / mean;
    let variance = libm::log1p(ratio * ratio);
    (libm::log(mean) - 0.5 * variance, variance.sqrt())
}

impl Lifetime {
    /// `S(age)`, for an age of 0 or more.
    #[must_use]
    pub fn survival(&self, age: f64) -> f64 {
        match *self {
            Self::Fixed(length) => f64::from(u8::from(age < length)),
            Self::Normal { mean, deviation } => above((age - mean) / deviation),
            Self::FoldedNormal { mean, deviation } => {
                above((age - mean) / deviation) + above((age + mean) / deviation)
            }
            Self::Lognormal { .. } if age <= 0.0 => 1.0,
            Self::Lognormal { mean, deviation } => {
                let (mu, sigma) = of_logarithm(mean, deviation);
                above((libm::log(age) - mu) / sigma)
            }
            Self::Weibull { shape, scale } => libm::exp(-libm::pow(age / scale, shape)),
        }
    }

    /// The share of a cohort still in stock at the end of the `k`-th period after it entered.
    #[must_use]
    pub fn share(&self, convention: Convention, k: f64) -> f64 {
        match convention {
            Convention::EndOfPeriodAge => self.survival(k),
            Convention::MidPeriodAge => self.survival(k + 0.5),
            Convention::Average => self.mean_survival(k, k + 1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAWS: [Lifetime; 6] = [
        Lifetime::Fixed(5.0),
        Lifetime::Normal { mean: 5.0, deviation: 1.5 },
        Lifetime::FoldedNormal { mean: 3.0, deviation: 4.0 },
        Lifetime::Lognormal { mean: 8.0, deviation: 3.0 },
        Lifetime::Weibull { shape: 1.2, scale: 1.0 },
        Lifetime::Weibull { shape: 0.6, scale: 7.0 },
    ];

    #[test]
    fn survival_falls_from_one_to_nothing() {
        for law in LAWS {
            let mut before = 1.0;
            for step in 0..600 {
                let survival = law.survival(f64::from(step) * 0.1);
                assert!((0.0..=before).contains(&survival), "{law:?} at {step}");
                before = survival;
            }
            assert!(law.survival(10_000.0) < 1e-12, "{law:?}");
            let begin = law.survival(0.0);
            let truncated = matches!(law, Lifetime::Normal { .. });
            assert!(truncated || (begin - 1.0).abs() < 1e-15, "{law:?} at 0: {begin}");
        }
    }

    #[test]
    fn survival_at_known_points() {
        // The normal loses Φ(−10/3) before it enters.
        let begin = LAWS[1].survival(0.0);
        assert!((begin - 0.999_570_939_666_803).abs() < 1e-14, "{begin}");
        assert_eq!(LAWS[1].survival(5.0), 0.5);
        assert_eq!(LAWS[0].survival(4.999), 1.0);
        assert_eq!(LAWS[0].survival(5.0), 0.0);
        assert!((LAWS[4].survival(1.0) - (-1.0_f64).exp()).abs() < 1e-16);
        // The median of a lognormal is exp(μ) = mean²/√(mean² + deviation²).
        let median = 64.0 / 73.0_f64.sqrt();
        assert!((LAWS[3].survival(median) - 0.5).abs() < 1e-14);
    }

    #[test]
    fn shares_follow_their_convention() {
        let law = LAWS[1];
        assert_eq!(law.share(Convention::EndOfPeriodAge, 3.0), law.survival(3.0));
        assert_eq!(law.share(Convention::MidPeriodAge, 3.0), law.survival(3.5));
        // Of what enters evenly and lives 5.25, the part of the sixth period that is left is a quarter.
        assert_eq!(Lifetime::Fixed(5.25).share(Convention::Average, 5.0), 0.25);
        assert_eq!(Lifetime::Fixed(5.25).share(Convention::Average, 4.0), 1.0);
        assert_eq!(Lifetime::Fixed(5.25).share(Convention::Average, 6.0), 0.0);
    }
}
