//! Numbers a sweep can be run with: plain, or carrying a derivative.

use std::ops::{Add, AddAssign, Div, Mul, Sub};

/// A plain number or a dual number. Comparisons look at the value alone.
pub(super) trait Scalar:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + AddAssign
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
    + std::fmt::Debug
{
    /// A number that depends on nothing.
    fn constant(value: f64) -> Self;
    /// Its value.
    fn value(self) -> f64;
    /// The number, or zero where it is negative.
    fn or_zero(self) -> Self {
        if self.value() > 0.0 { self } else { Self::constant(0.0) }
    }
}

impl Scalar for f64 {
    fn constant(value: f64) -> Self {
        value
    }
    fn value(self) -> f64 {
        self
    }
}

/// A value with its derivative in one direction.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dual {
    pub(super) value: f64,
    pub(super) slope: f64,
}

impl Scalar for Dual {
    fn constant(value: f64) -> Self {
        Self { value, slope: 0.0 }
    }
    fn value(self) -> f64 {
        self.value
    }
}

impl Add for Dual {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { value: self.value + other.value, slope: self.slope + other.slope }
    }
}

impl Sub for Dual {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { value: self.value - other.value, slope: self.slope - other.slope }
    }
}

impl AddAssign for Dual {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Mul<f64> for Dual {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self { value: self.value * factor, slope: self.slope * factor }
    }
}

impl Div<f64> for Dual {
    type Output = Self;
    fn div(self, divisor: f64) -> Self {
        Self { value: self.value / divisor, slope: self.slope / divisor }
    }
}

/// A fingerprint of the branches a sweep took: two sweeps with the same one are the same affine map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Branches(pub(super) u64);

impl Branches {
    pub(super) const START: Self = Self(0xcbf2_9ce4_8422_2325);

    pub(super) fn note(&mut self, branch: u64) {
        // FNV-1a over the branch number.
        self.0 = (self.0 ^ branch).wrapping_mul(0x0000_0100_0000_01b3);
        self.0 ^= self.0 >> 29;
    }
}
