//! The mean of the survival over a span of ages, in closed form.

use super::gamma;
use super::{Lifetime, above, of_logarithm};

/// 1/√(2π).
const PEAK: f64 = 0.398_942_280_401_432_7;

/// Density of a standard normal.
fn density(x: f64) -> f64 {
    PEAK * libm::exp(-0.5 * x * x)
}

/// `∫ Q(z) dz` from `x` to `y`, where `Q` is the share of a standard normal above: `z Q(z) − φ(z)` between them.
fn above_between(x: f64, y: f64) -> f64 {
    if x >= 0.0 {
        return overshoot(x) - overshoot(y);
    }
    // Below 0 the share is 1 less that of the other side, which keeps the figures of both.
    if y <= 0.0 {
        return (y - x) - (overshoot(-y) - overshoot(-x));
    }
    above_between(x, 0.0) + above_between(0.0, y)
}

/// `∫ Q(z) dz` from `x ≥ 0` on: `φ(x) − x Q(x)`. Far out, where the difference loses its figures, by its continued
/// series `φ(x) (1/x² − 3/x⁴ + 15/x⁶ − …)`.
fn overshoot(x: f64) -> f64 {
    if x < 12.0 {
        return density(x) - x * above(x);
    }
    let square = 1.0 / (x * x);
    let (mut term, mut sum) = (square, square);
    for n in 1..12 {
        term *= -(2.0 * f64::from(n) + 1.0) * square;
        sum += term;
    }
    density(x) * sum
}

impl Lifetime {
    /// The mean of [`Lifetime::survival`] over the ages from `from` to `to`, for `0 ≤ from < to`.
    #[must_use]
    pub fn mean_survival(&self, from: f64, to: f64) -> f64 {
        let span = to - from;
        let integral = match *self {
            Self::Fixed(length) => length.clamp(from, to) - from,
            Self::Normal { mean, deviation } => normal(mean, deviation, from, to),
            Self::FoldedNormal { mean, deviation } => {
                normal(mean, deviation, from, to) + normal(-mean, deviation, from, to)
            }
            Self::Lognormal { mean, deviation } => lognormal(mean, deviation, from, to),
            // With t = (a/scale)^shape: scale/shape ∫ t^(1/shape − 1) e^(−t) dt.
            Self::Weibull { shape, scale } => {
                let power = |age: f64| libm::pow(age / scale, shape);
                scale / shape * gamma::between(1.0 / shape, power(from), power(to))
            }
        };
        (integral / span).clamp(0.0, 1.0)
    }
}

fn normal(mean: f64, deviation: f64, from: f64, to: f64) -> f64 {
    deviation * above_between((from - mean) / deviation, (to - mean) / deviation)
}

/// `∫ S da = [a S(a)] + ∫ a f(a) da`, whose second part is the share above of a normal shifted by its deviation.
fn lognormal(mean: f64, deviation: f64, from: f64, to: f64) -> f64 {
    let (mu, sigma) = of_logarithm(mean, deviation);
    let scaled = |age: f64| if age > 0.0 { (libm::log(age) - mu) / sigma } else { f64::NEG_INFINITY };
    let (x, y) = (scaled(from), scaled(to));
    let upper = if y.is_finite() { to * above(y) } else { 0.0 };
    (upper - from * above(x)) + mean * (above(x - sigma) - above(y - sigma))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gauss–Legendre of ten points on 400 pieces.
    fn quadrature(law: Lifetime, from: f64, to: f64) -> f64 {
        const NODES: [(f64, f64); 5] = [
            (0.148_874_338_981_631_2, 0.295_524_224_714_752_9),
            (0.433_395_394_129_247_2, 0.269_266_719_309_996_3),
            (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
            (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
            (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
        ];
        let pieces = 400;
        let width = (to - from) / f64::from(pieces);
        let mut sum = 0.0;
        for piece in 0..pieces {
            let middle = from + (f64::from(piece) + 0.5) * width;
            for (place, weight) in NODES {
                let reach = 0.5 * width * place;
                sum += weight * (law.survival(middle - reach) + law.survival(middle + reach));
            }
        }
        0.5 * sum / f64::from(pieces)
    }

    #[test]
    fn closed_forms_agree_with_quadrature() {
        for law in [
            Lifetime::Normal { mean: 5.0, deviation: 1.5 },
            Lifetime::Normal { mean: 40.0, deviation: 2.0 },
            Lifetime::FoldedNormal { mean: 3.0, deviation: 4.0 },
            Lifetime::FoldedNormal { mean: 0.0, deviation: 2.0 },
            Lifetime::Lognormal { mean: 8.0, deviation: 3.0 },
            Lifetime::Lognormal { mean: 2.0, deviation: 5.0 },
            Lifetime::Weibull { shape: 1.2, scale: 1.0 },
            Lifetime::Weibull { shape: 3.5, scale: 12.0 },
            Lifetime::Weibull { shape: 0.7, scale: 4.0 },
        ] {
            for k in [0.0, 1.0, 2.0, 4.0, 7.0, 12.0, 20.0] {
                let (found, known) = (law.mean_survival(k, k + 1.0), quadrature(law, k, k + 1.0));
                // At age 0 the survival of a Weibull bends too sharply for the quadrature.
                let allowed = if k == 0.0 { 1e-7 } else { 1e-12 };
                assert!((found - known).abs() <= allowed * known + 1e-16, "{law:?} {k}: {found} {known}");
            }
        }
    }

    #[test]
    fn tails_keep_their_figures() {
        for (law, k) in [
            (Lifetime::Normal { mean: 5.0, deviation: 1.0 }, 19.0),
            (Lifetime::Normal { mean: 5.0, deviation: 1.0 }, 25.0),
            (Lifetime::Weibull { shape: 2.0, scale: 3.0 }, 25.0),
        ] {
            let (found, known) = (law.mean_survival(k, k + 1.0), quadrature(law, k, k + 1.0));
            assert!(found > 0.0 && (found - known).abs() < 1e-10 * known, "{law:?}: {found} {known}");
        }
    }
}
