//! The incomplete gamma function, for the mean survival of a Weibull law.

/// Terms of a series or fraction at most; far fewer settle it.
const MOST_TERMS: usize = 10_000;

/// `Γ(s)·(Q(s, x) − Q(s, y))`: the integral of `t^(s−1) e^(−t)` from `x` to `y`, for `s > 0` and `0 ≤ x ≤ y`.
///
/// Small arguments by the series of the lower function, large ones by the continued fraction of the upper one, so that
/// a tail keeps its figures. Reference: docs/equations/stocks.md, E-stock-08.
pub(super) fn between(s: f64, x: f64, y: f64) -> f64 {
    let border = s + 1.0;
    if y <= border {
        lower(s, y) - lower(s, x)
    } else if x >= border {
        upper(s, x) - upper(s, y)
    } else {
        // The whole less both ends.
        libm::tgamma(s) - lower(s, x) - upper(s, y)
    }
}

/// `x^s e^(−x)`.
fn weight(s: f64, x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { libm::exp(s * libm::log(x) - x) }
}

/// The integral from 0 to `x`: `x^s e^(−x) Σ x^n / (s (s+1) … (s+n))`.
fn lower(s: f64, x: f64) -> f64 {
    let mut term = 1.0 / s;
    let mut sum = term;
    for n in 1..MOST_TERMS {
        term *= x / (s + n as f64);
        sum += term;
        if term <= sum * 1e-17 {
            break;
        }
    }
    weight(s, x) * sum
}

/// The integral from `x` on, by Lentz's evaluation of the continued fraction; for `x > s`.
fn upper(s: f64, x: f64) -> f64 {
    if x.is_infinite() {
        return 0.0;
    }
    let smallest = f64::MIN_POSITIVE / f64::EPSILON;
    let mut b = x + 1.0 - s;
    let mut c = 1.0 / smallest;
    let mut d = 1.0 / b;
    let mut product = d;
    for n in 1..MOST_TERMS {
        let a = -(n as f64) * (n as f64 - s);
        b += 2.0;
        d = a * d + b;
        c = b + a / c;
        if d.abs() < smallest {
            d = smallest;
        }
        if c.abs() < smallest {
            c = smallest;
        }
        d = 1.0 / d;
        let step = c * d;
        product *= step;
        if (step - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    weight(s, x) * product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_integrals() {
        let close =
            |found: f64, known: f64| assert!((found - known).abs() <= 4e-15 * known, "{found} {known}");
        // s = 1: e^(−x) − e^(−y).
        for (x, y) in [(0.0_f64, 0.5_f64), (0.5, 3.0), (3.0, 9.0), (20.0, 21.0)] {
            close(between(1.0, x, y), (-x).exp() - (-y).exp());
        }
        // s = 2: (1 + x) e^(−x) − (1 + y) e^(−y).
        for (x, y) in [(0.0_f64, 1.0_f64), (1.0, 8.0), (30.0, 40.0)] {
            close(between(2.0, x, y), (1.0 + x) * (-x).exp() - (1.0 + y) * (-y).exp());
        }
        // s = ½: √π (erfc √x − erfc √y).
        let half = |x: f64| std::f64::consts::PI.sqrt() * libm::erfc(x.sqrt());
        for (x, y) in [(0.0, 0.1), (0.1, 1.4), (1.6, 5.0), (25.0, 36.0)] {
            close(between(0.5, x, y), half(x) - half(y));
        }
        close(between(0.5, 0.0, f64::INFINITY), std::f64::consts::PI.sqrt());
    }
}
