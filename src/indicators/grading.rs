//! Values against targets.

use super::definition::{Definition, Direction};
use super::value::Grade;
use crate::id::PlaceId;
use crate::model::{Model, Target};

/// Relative slack in which a value counts as equal to its target: rounding of sums, no more.
const EQUAL: f64 = 1e-9;

/// The target of an indicator in one place and year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// Position of the row it rests on in the model's targets (the last given year at or before).
    pub target: usize,
    /// Value in the definition's unit.
    pub value: f64,
    /// Share from which it counts as basically met.
    pub basically_met: f64,
    /// Whether the text of every row it rests on was checked.
    pub verified: bool,
}

/// The target in a year: linear between given years, held after the last; none before the first.
#[must_use]
pub fn aim(model: &Model, indicator: &str, place: PlaceId, year: i32) -> Option<Aim> {
    let mut rows: Vec<(usize, &Target)> = model
        .targets
        .iter()
        .enumerate()
        .filter(|(_, t)| t.indicator == indicator && t.place == place)
        .collect();
    rows.sort_by_key(|(_, t)| t.year);
    let after = rows.partition_point(|(_, t)| t.year <= year);
    let &(position, before) = rows[..after].last()?;
    let next = rows.get(after).map(|(_, t)| *t).filter(|_| before.year < year);
    let value = next.map_or(before.value, |next| {
        let share = f64::from(year - before.year) / f64::from(next.year - before.year);
        before.value + share * (next.value - before.value)
    });
    let verified = is_verified(model, before) && next.is_none_or(|next| is_verified(model, next));
    Some(Aim { target: position, value, basically_met: before.basically_met, verified })
}

fn is_verified(model: &Model, target: &Target) -> bool {
    target.provenance.source.and_then(|s| model.sources.get(s)).is_some_and(|s| s.verified.is_some())
}

/// Grade of a value: met; basically met when value ÷ target (target ÷ value where less is better) is at
/// least `basically_met`; else not met. `None` for neutral indicators. Reference: docs/equations.md,
/// indicators, E-I8.
#[must_use]
pub fn grade(direction: Direction, value: f64, aim: &Aim) -> Option<Grade> {
    let (better, worse) = match direction {
        Direction::More => (value, aim.value),
        Direction::Less => (aim.value, value),
        Direction::Neutral => return None,
    };
    Some(if better >= worse - EQUAL * worse.abs() {
        Grade::Met
    } else if worse > 0.0 && better / worse >= aim.basically_met - EQUAL {
        Grade::BasicallyMet
    } else {
        Grade::NotMet
    })
}

/// Whether a grade is provisional: the definition's text or the target's was not checked.
#[must_use]
pub fn is_provisional(definition: &Definition, aim: Option<&Aim>) -> bool {
    definition.text_verified.is_none() || aim.is_some_and(|a| !a.verified)
}
