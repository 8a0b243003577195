//! What of a financing row is due, and what of a project is still to be financed.

use crate::model::{Financing, Payment, Project};
use crate::money::{Fen, Ppm};

/// What rows have to cover: `⌊I · (1 − progress)⌋` fen (docs/equations.md, E-money-01).
#[must_use]
pub fn to_finance(project: &Project) -> Fen {
    project.investment.scaled_down(1_000_000 - i64::from(project.progress.0), 1_000_000)
}

/// Build months still to go at the start: `⌈B · (1 − progress)⌉` (docs/equations.md, E-money-01).
#[must_use]
pub fn build_months_left(project: &Project) -> u32 {
    let left = u64::from(project.build_months) * u64::from(1_000_000 - project.progress.0.min(1_000_000));
    u32::try_from(left.div_ceil(1_000_000)).expect("not more than the build months")
}

/// Parts of a fen by which instalments of a project with `months` build months left may be rounded down
/// are whole multiples of `1 / fractions(months)`.
pub(super) fn fractions(months: u32) -> i64 {
    i64::from(months.max(1)) * i64::from(Ppm::ONE.0)
}

/// Where a project stands when its rows are asked what is due.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stage {
    /// Months since the start, the start month being 0.
    pub(super) since_start: u32,
    /// Build months at the start.
    pub(super) build_months: u32,
    /// Whether work reached B in a month before this one.
    pub(super) built: bool,
}

/// What is due of a row in all, and what it was rounded down by, in parts of a fen
/// (docs/equations.md, E-money-02).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub(super) amount: Fen,
    /// Of [`fractions`] parts.
    pub(super) rounded_off: i128,
}

/// Whether the row follows the calendar; the other ones are fronted by the owner until paid.
pub(super) fn follows_calendar(payment: &Payment) -> bool {
    matches!(payment, Payment::WithProgress | Payment::Instalments(_))
}

/// Cumulative due of a row at a stage.
pub(super) fn due(row: &Financing, stage: Stage) -> Due {
    let whole = |amount| Due { amount, rounded_off: 0 };
    match &row.payment {
        Payment::WithProgress => {
            let (k, months) = (stage.since_start + 1, stage.build_months);
            if k >= months {
                return whole(row.amount);
            }
            let (k, months) = (i64::from(k), i64::from(months));
            let left = (i128::from(row.amount.0) * i128::from(k)).rem_euclid(i128::from(months));
            Due { amount: row.amount.scaled_down(k, months), rounded_off: left * i128::from(Ppm::ONE.0) }
        }
        Payment::Instalments(shares) => {
            let reached = shares.iter().filter(|(month, _)| *month <= stage.since_start);
            let share = reached.map(|(_, share)| *share).max().unwrap_or_default();
            let left = (i128::from(row.amount.0) * i128::from(share.0)).rem_euclid(i128::from(Ppm::ONE.0));
            Due { amount: share.of(row.amount), rounded_off: left * i128::from(stage.build_months.max(1)) }
        }
        Payment::Advance(_) | Payment::OnCompletion if stage.built => whole(row.amount),
        Payment::Advance(share) => whole(share.of(row.amount)),
        Payment::OnCompletion => whole(Fen::ZERO),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{FundId, ProjectId};
    use crate::model::{IfMissing, Provenance, TableKind};

    fn row(amount: i64, payment: Payment) -> Financing {
        Financing {
            project: ProjectId(0),
            fund: FundId(0),
            amount: Fen(amount),
            payment,
            if_missing: IfMissing::Wait,
            provenance: Provenance::made(TableKind::Financing),
        }
    }

    fn amounts(row: &Financing, build_months: u32, built_after: u32) -> Vec<i64> {
        let stage = |since_start| Stage { since_start, build_months, built: since_start >= built_after };
        (0..6).map(|month| due(row, stage(month)).amount.0).collect()
    }

    #[test]
    fn with_progress_is_rounded_down_and_whole_at_the_end() {
        // 100 fen over 3 months: ⌊33.3⌋, ⌊66.7⌋, 100.
        assert_eq!(amounts(&row(100, Payment::WithProgress), 3, 9), [33, 66, 100, 100, 100, 100]);
        let stage = Stage { since_start: 0, build_months: 3, built: false };
        let first = due(&row(100, Payment::WithProgress), stage);
        assert_eq!(first.rounded_off * 3, i128::from(fractions(3)), "a third of a fen");
    }

    #[test]
    fn an_advance_waits_for_the_building() {
        let advance = row(101, Payment::Advance(Ppm(500_000)));
        assert_eq!(amounts(&advance, 3, 4), [50, 50, 50, 50, 101, 101]);
        assert_eq!(amounts(&row(101, Payment::OnCompletion), 3, 4), [0, 0, 0, 0, 101, 101]);
    }

    #[test]
    fn instalments_replace_the_months() {
        let shares = vec![(0, Ppm(200_000)), (3, Ppm(333_333)), (5, Ppm::ONE)];
        assert_eq!(amounts(&row(100, Payment::Instalments(shares)), 2, 9), [20, 20, 20, 33, 33, 100]);
    }
}
