//! Exact money: whole fen.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount of money in fen (1 yuan = 100 fen); exact, may be negative only as a difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(pub i64);

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Rounds yuan to the nearest fen, halves away from zero; `None` when it is not finite or does not fit.
    #[must_use]
    pub fn from_yuan(yuan: f64) -> Option<Self> {
        let fen = (yuan * 100.0).round();
        (fen.is_finite() && fen.abs() < 9.0e18).then_some(Self(fen as i64))
    }

    /// The amount in yuan, for showing and for ratios; exact below 2^53 fen.
    #[must_use]
    pub fn yuan(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// The amount in wan yuan (10⁴ yuan), for showing.
    #[must_use]
    pub fn wan(self) -> f64 {
        self.0 as f64 / 1.0e6
    }

    /// The smaller amount.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }

    /// The larger amount.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// `⌊self · numerator / denominator⌋`, exact.
    ///
    /// # Panics
    /// When the denominator is not positive.
    #[must_use]
    pub fn scaled_down(self, numerator: i64, denominator: i64) -> Self {
        assert!(denominator > 0, "a share has a positive denominator");
        let product = i128::from(self.0) * i128::from(numerator);
        Self(product.div_euclid(i128::from(denominator)) as i64)
    }

    /// Parts of a non-negative amount in proportion to non-negative weights, rounded to the fen so that
    /// they sum to the whole: the fen left over go to the largest remainders, the first of equal ones first.
    /// Nothing is given out where all weights are zero. Complexity O(n log n).
    #[must_use]
    pub fn split(self, weights: &[Self]) -> Vec<Self> {
        let total: i128 = weights.iter().map(|w| i128::from(w.0)).sum();
        if total <= 0 {
            return vec![Self::ZERO; weights.len()];
        }
        let products: Vec<i128> = weights.iter().map(|w| i128::from(self.0) * i128::from(w.0)).collect();
        let mut parts: Vec<Self> = products.iter().map(|p| Self(p.div_euclid(total) as i64)).collect();
        let left = self - parts.iter().copied().sum();
        let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
        by_remainder.sort_by_key(|&i| (std::cmp::Reverse(products[i].rem_euclid(total)), i));
        for &i in by_remainder.iter().take(usize::try_from(left.0).unwrap_or(0)) {
            parts[i] += Self(1);
        }
        parts
    }
}

impl Add for Fen {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl Sub for Fen {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl Neg for Fen {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl AddAssign for Fen {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
impl SubAssign for Fen {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}
impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.map(|a| a.0).sum())
    }
}

/// An exact share of whole, in parts per million (bridge share, spent-before share, match share).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ppm(pub u32);

impl Ppm {
    /// The whole.
    pub const ONE: Self = Self(1_000_000);

    /// Rounds a share to parts per million; `None` outside 0–1.
    #[must_use]
    pub fn from_share(share: f64) -> Option<Self> {
        (0.0..=1.0).contains(&share).then(|| Self((share * 1.0e6).round() as u32))
    }

    /// The share as a number 0–1.
    #[must_use]
    pub fn share(self) -> f64 {
        f64::from(self.0) / 1.0e6
    }

    /// `⌊share · amount⌋`.
    #[must_use]
    pub fn of(self, amount: Fen) -> Fen {
        amount.scaled_down(i64::from(self.0), 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_sum_to_the_whole() {
        assert_eq!(Fen(100).split(&[Fen(1), Fen(1), Fen(1)]), [Fen(34), Fen(33), Fen(33)]);
        assert_eq!(Fen(10).split(&[Fen(0), Fen(5), Fen(1)]), [Fen(0), Fen(8), Fen(2)]);
        assert_eq!(Fen(10).split(&[Fen(0), Fen(0)]), [Fen(0), Fen(0)]);
    }
}
