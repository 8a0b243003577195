//! The rules of a market: what is left for takers, makers, stock and the world.

use super::scalar::{Branches, Scalar};

/// Share of a market's throughput below which a difference of two of its sides is rounding: makers that fill
/// their room leave exactly nothing.
const ROUNDING: f64 = 1e-14;

/// The position of a market as a tier finds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Position<T> {
    /// Deliveries and surplus received from below.
    pub(super) supply: T,
    /// Draws, final demand and shortage of markets below.
    pub(super) drawn: T,
    /// Made on call by all makers.
    pub(super) made: T,
    /// Made on call by tiers before.
    pub(super) made_before: T,
    /// Taken by all takers.
    pub(super) taken: T,
    /// Taken by tiers before.
    pub(super) taken_before: T,
    /// Prior-year stock that may be used.
    pub(super) reclaimable: f64,
}

impl<T: Scalar> Position<T> {
    /// Feed left for a tier of takers: this year's surplus, and (where the tier may) what remains of
    /// reclaimable stock after draws are served, less what earlier tiers took (docs/equations.md, E-03).
    pub(super) fn feed_left(&self, with_stock: bool, branches: &mut Branches) -> T {
        let surplus = self.supply - self.drawn;
        branches.note(u64::from(surplus.value() > 0.0));
        let mut left = surplus.or_zero();
        if with_stock && self.reclaimable > 0.0 {
            left += T::constant(self.reclaimable) - self.reclaimed_for_draws(branches);
        }
        let left = left - self.taken_before;
        branches.note(u64::from(left.value() > 0.0));
        left.or_zero()
    }

    /// Room left for a tier of makers: the shortage less what earlier tiers made (E-04).
    pub(super) fn room_left(&self, branches: &mut Branches) -> T {
        let short = self.drawn - self.supply;
        branches.note(u64::from(short.value() > 0.0));
        let left = short.or_zero() - self.made_before;
        branches.note(u64::from(left.value() > 0.0));
        left.or_zero()
    }

    /// Prior-year stock that serves draws: `r2 = min(R, short − made)` (E-05).
    pub(super) fn reclaimed_for_draws(&self, branches: &mut Branches) -> T {
        if self.reclaimable <= 0.0 {
            return T::constant(0.0);
        }
        let short = (self.drawn - self.supply).or_zero();
        let open = self.above_rounding(short - self.made);
        let all = open.value() > self.reclaimable;
        branches.note(u64::from(open.value() > 0.0) + 2 * u64::from(all));
        if all { T::constant(self.reclaimable) } else { open }
    }

    /// A difference of sides, or zero where it is negative or rounding.
    fn above_rounding(&self, difference: T) -> T {
        let throughput = self.drawn.value() + self.supply.value();
        if difference.value() > ROUNDING * throughput { difference } else { T::constant(0.0) }
    }

    /// Shortage and surplus when all takers and makers are done (E-06).
    pub(super) fn left_over(&self, branches: &mut Branches) -> LeftOver<T> {
        let for_draws = self.reclaimed_for_draws(branches);
        let short = (self.drawn - self.supply).or_zero() - self.made - for_draws;
        let surplus = (self.supply - self.drawn).or_zero() - self.taken;
        let (short, surplus) = (self.above_rounding(short), self.above_rounding(surplus));
        branches.note(u64::from(short.value() > 0.0) + 2 * u64::from(surplus.value() > 0.0));
        LeftOver { for_draws, short, surplus }
    }
}

/// What is left of a market.
#[derive(Clone, Copy, Debug)]
pub(super) struct LeftOver<T> {
    /// Prior-year stock used for draws.
    pub(super) for_draws: T,
    /// Shortage to be covered from above.
    pub(super) short: T,
    /// Surplus that nobody took.
    pub(super) surplus: T,
}
