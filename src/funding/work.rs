//! Work done on a project, exactly.

use crate::money::{Fen, Ppm};

/// Work in months as an exact fraction: all fields are months × `scale`.
///
/// `work(t) = min(work(t−1) + 1, B · money / I)`, complete at B (docs/equations.md, E-money-04). The scale is
/// I · D, where D makes the parts of a fen that instalments were rounded down by whole numbers, so that the
/// comparison needs neither floats nor rounding.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    done: i128,
    whole: i128,
    month: i128,
    build_months: i128,
    fractions: i128,
}

impl Work {
    /// Work at the start: `progress` of it was done before. `fractions`, the parts of a fen that are counted,
    /// is a multiple of a million, or there is no progress; so that the share is exact.
    ///
    /// `investment` zero needs no money: only time limits the work then.
    pub(super) fn begin(build_months: u32, investment: Fen, progress: Ppm, fractions: i64) -> Self {
        let (build_months, fractions) = (i128::from(build_months), i128::from(fractions));
        let month = i128::from(investment.0.max(1)) * fractions;
        let whole = build_months * month;
        let done = whole / i128::from(Ppm::ONE.0) * i128::from(progress.0);
        Self { done, whole, month, build_months, fractions }
    }

    /// One month of work under the money there is: `money` in fen plus `fraction` parts of a fen
    /// (of which `fractions` make one). Work done is never undone.
    pub(super) fn go_on(&mut self, money: Fen, fraction: i128) {
        let paid_for = self.build_months * (i128::from(money.0) * self.fractions + fraction);
        self.done = self.done.max((self.done + self.month).min(paid_for)).min(self.whole);
    }

    /// One month of work when money is no matter.
    pub(super) fn go_on_freely(&mut self) {
        self.done = (self.done + self.month).min(self.whole);
    }

    /// Whether the project is built.
    pub(super) fn is_complete(&self) -> bool {
        self.done >= self.whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fen_too_little_does_not_complete() {
        // I = 100 fen, B = 3: 99 fen pay for 2.97 months, 100 for 3.
        let mut work = Work::begin(3, Fen(100), Ppm(0), 1);
        for _ in 0..5 {
            work.go_on(Fen(99), 0);
        }
        assert!(!work.is_complete());
        work.go_on(Fen(100), 0);
        assert!(work.is_complete());
    }

    #[test]
    fn a_month_is_a_month_however_much_money_there_is() {
        let mut work = Work::begin(2, Fen(100), Ppm(0), 1);
        work.go_on(Fen(100), 0);
        assert!(!work.is_complete());
        work.go_on(Fen(100), 0);
        assert!(work.is_complete());
    }

    #[test]
    fn parts_of_a_fen_count_exactly() {
        // A third of a fen three times is a fen: I = 1 fen in 3 months.
        let mut work = Work::begin(3, Fen(1), Ppm(0), 3);
        work.go_on(Fen::ZERO, 1);
        work.go_on(Fen::ZERO, 2);
        assert!(!work.is_complete());
        work.go_on(Fen(1), 0);
        assert!(work.is_complete());
    }

    #[test]
    fn the_largest_amounts_do_not_overflow() {
        let investment = Fen(i64::MAX / 2);
        let mut work = Work::begin(1200, investment, Ppm(0), 1200 * 1_000_000);
        work.go_on(investment, 0);
        assert!(!work.is_complete());
    }
}
