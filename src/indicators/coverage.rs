//! What the model does not cover of a term: statistics and the declared remainder (其他).

use super::definition::{After, Counts, Remainder};
use super::statistics::{Figure, estimated};
use super::term::{Setting, Sum};
use super::value::Booked;
use crate::id::PlaceId;
use crate::units::Dimension;

/// Adds what the statistic of a remainder covers and the model does not, and what projects change in
/// it. `modelled_base` is the modelled part in the year from which the statistic is reckoned (the base year, or the last
/// one that is known as it happened), `None` where the model has no such flows
/// at all (then the statistic stands for itself). Gives the share of the total that is modelled;
/// `None` where the place has no statistic, so that only the modelled part is known.
///
/// Reference: docs/equations.md, indicators, E-I5.
///
/// # Errors
/// Names the statistic when there is neither it nor anything modelled, when it lacks the base year,
/// or when it has another dimension than the term.
pub(super) fn add_remainder(
    sum: &mut Sum,
    remainder: &Remainder,
    modelled_base: Option<f64>,
    modelled: f64,
    dimension: Dimension,
    setting: &Setting<'_>,
) -> Result<Option<f64>, String> {
    let key = remainder.statistic.as_str();
    let Some(statistic) = setting.statistics.get(key, setting.place) else {
        return match modelled_base {
            Some(_) => Ok(None),
            None => Err(named(key, setting.result.year)),
        };
    };
    if statistic.dimension != dimension {
        return Err(format!("{key}: {} ({})", dimension.symbol(), statistic.dimension.symbol()));
    }
    match (modelled_base, remainder.counts) {
        (None, _) | (Some(_), Counts::Rest) => {
            let figure = outright(remainder, setting).ok_or_else(|| named(key, setting.result.year))?;
            let booked = match modelled_base {
                None => Booked::Statistic(key.to_owned()),
                Some(_) => Booked::Remainder(key.to_owned()),
            };
            sum.add(booked, figure.value, figure.rows);
        }
        (Some(modelled_base), Counts::Total) => {
            let figure = uncovered(remainder, modelled_base, setting)
                .ok_or_else(|| named(key, anchor(key, setting)))?;
            sum.add(Booked::Remainder(key.to_owned()), figure.value, figure.rows);
        }
    }
    add_effects(sum, key, setting);
    Ok(Some(if sum.total == 0.0 { 1.0 } else { modelled / sum.total }))
}

/// Adds a statistic of the place and what projects change in it.
///
/// # Errors
/// Names the statistic and year when it is not given, or the dimensions when they differ.
pub(super) fn add_statistic(
    sum: &mut Sum,
    key: &str,
    held: bool,
    dimension: Dimension,
    setting: &Setting<'_>,
) -> Result<(), String> {
    let (place, year) = (setting.place, setting.result.year);
    let statistic = setting.statistics.get(key, place).ok_or_else(|| named(key, year))?;
    if statistic.dimension != dimension {
        return Err(format!("{key}: {} ({})", dimension.symbol(), statistic.dimension.symbol()));
    }
    let figure = if held {
        setting.statistics.figure_or_held(key, place, year)
    } else {
        setting.statistics.figure(key, place, year)
    };
    let figure = figure.ok_or_else(|| named(key, year))?;
    sum.add(Booked::Statistic(key.to_owned()), figure.value, figure.rows);
    add_effects(sum, key, setting);
    Ok(())
}

fn named(key: &str, year: i32) -> String {
    format!("statistics: {key} {year}")
}

/// The year from which a statistic is reckoned in the year that is found.
fn anchor(key: &str, setting: &Setting<'_>) -> i32 {
    setting.statistics.anchor(key, setting.place, setting.result.year)
}

/// What projects change, beyond what the figure of a year that is known as it happened holds already.
fn add_effects(sum: &mut Sum, key: &str, setting: &Setting<'_>) {
    let (place, anchor) = (setting.place, anchor(key, setting));
    let held = match anchor > setting.base_year() {
        true => setting.statistics.effects(key, place, anchor),
        false => Vec::new(),
    };
    for effect in setting.statistics.effects(key, place, setting.result.year) {
        let before: f64 = held.iter().filter(|h| h.project == effect.project).map(|h| h.value).sum();
        sum.add(Booked::Effect(effect.project), effect.value - before, effect.rows);
    }
}

/// The statistic itself in the year: as given, interpolated or grown by its row; else as the
/// definition says.
fn outright(remainder: &Remainder, setting: &Setting<'_>) -> Option<Figure> {
    let (key, place, year) = (remainder.statistic.as_str(), setting.place, setting.result.year);
    match remainder.after {
        After::AsStatistic | After::Held => setting.statistics.figure_or_held(key, place, year),
        After::Grown(rate) => setting.statistics.figure(key, place, year).or_else(|| {
            let from = anchor(key, setting);
            Some(grown(setting.statistics.figure(key, place, from)?, rate, from, setting))
        }),
    }
}

/// The remainder: the statistic of the year from which it is reckoned less the modelled part of that year, held or grown.
fn uncovered(remainder: &Remainder, modelled_base: f64, setting: &Setting<'_>) -> Option<Figure> {
    let (key, place): (&str, PlaceId) = (&remainder.statistic, setting.place);
    let from = anchor(key, setting);
    let mut base = setting.statistics.figure(key, place, from)?;
    base.value -= modelled_base;
    let rate = match remainder.after {
        After::Held => 0.0,
        After::Grown(rate) => rate,
        After::AsStatistic => setting.statistics.growth(key, place).unwrap_or(0.0),
    };
    // A model that has more than the statistic keeps its excess: growing it would mean nothing.
    Some(grown(base.clone(), if base.value < 0.0 { 0.0 } else { rate }, from, setting))
}

fn grown(base: Figure, rate: f64, from: i32, setting: &Setting<'_>) -> Figure {
    if setting.result.year == from {
        return base;
    }
    let mut value = base.value;
    for _ in from..setting.result.year {
        value *= 1.0 + rate;
    }
    Figure { value, rows: base.rows.into_iter().map(estimated).collect() }
}
