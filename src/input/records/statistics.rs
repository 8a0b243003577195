//! Statistics of places, and targets of indicators.

use super::series::{Points, growth, year_within};
use crate::id::PlaceId;
use crate::indicators::Definition;
use crate::input::build::Build;
use crate::input::indicators::statistic_keys;
use crate::input::names::nearest;
use crate::input::read::{Column, Row};
use crate::input::reading::{CommonColumns, Wanted};
use crate::model::{Statistic, TableKind, Target};
use crate::quantity;
use crate::units::{Dimension, Unit};
use std::collections::BTreeMap;

/// Reads `statistics` and `targets`.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    statistics(build);
    targets(build);
}

/// Dimension and factor of the unit in which a statistic is counted where no unit is given: the vocabulary's,
/// else that of the row itself. A key that no indicator reads gets a warning.
pub(in crate::input) fn usual_unit(
    build: &mut Build<'_>,
    row: Row<'_>,
    column: Column,
    key: &str,
) -> Option<(Dimension, f64)> {
    let vocabulary = statistic_keys();
    if let Some(known) = vocabulary.iter().find(|known| known.key == key) {
        let unit = Unit::parse(&known.unit).ok()?;
        return Some((unit.numerator, unit.factor));
    }
    let near = nearest(key, vocabulary.iter().map(|known| known.key.as_str()));
    build.reading.at("W102", row, column).with("found", key).with("nearest", near);
    let own = row.text(row.table.column("unit")).and_then(|text| Unit::parse(text).ok());
    Some((own.map_or(Dimension::Number, |unit| unit.numerator), 1.0))
}

#[derive(Default)]
struct Gathered {
    points: Points,
    dimension: Option<(Dimension, f64)>,
    interpolate: bool,
    coverage: Option<f64>,
}

fn statistics(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Statistics) else { return };
    let columns = ["key", "place", "year", "value", "coverage", "interpolate", "growth"];
    let [key, place, year, value, coverage, interpolate, growth_column] =
        columns.map(|key| table.column(key));
    let common = CommonColumns::of(table);
    // Years before the base year are history and welcome; later than the horizon nothing is computed.
    let years = 1900..=build.model.settings.horizon;
    let mut units: BTreeMap<String, Option<(Dimension, f64)>> = BTreeMap::new();
    let mut series: BTreeMap<(String, PlaceId), Gathered> = BTreeMap::new();
    for row in table.rows() {
        let name = build.reading.text(row, key);
        let at = build.reading.reference(row, place, TableKind::Places);
        let year = year_within(&mut build.reading, row, year, &years);
        let coverage = build.reading.share(row, coverage);
        let interpolate =
            row.text(interpolate).is_some() && build.reading.flag(row, interpolate) == Some(true);
        let growth = growth(&mut build.reading, row, growth_column);
        let provenance = build.reading.provenance(row, &common);
        let Some(name) = name else { continue };
        let unit = match units.get(name) {
            Some(unit) => *unit,
            None => {
                let unit = usual_unit(build, row, key, name);
                units.insert(name.to_owned(), unit);
                unit
            }
        };
        let Some((dimension, factor)) = unit else { continue };
        let wanted = Wanted::plain(dimension).default_factor(factor).yearly(365.0, 8760.0);
        let value = build.reading.quantity(row, value, &wanted);
        let (Some(at), Some(year), Some(value)) = (at, year, value) else { continue };
        let gathered = series.entry((name.to_owned(), build.place(at))).or_default();
        gathered.points.add(year, value, growth, provenance);
        gathered.dimension = unit;
        gathered.interpolate |= interpolate;
        gathered.coverage = coverage.or(gathered.coverage);
    }
    for ((key, place), gathered) in series {
        build.model.statistics.push(Statistic {
            key,
            place,
            dimension: gathered.dimension.map_or(Dimension::Number, |(dimension, _)| dimension),
            series: gathered.points.series(),
            interpolate: gathered.interpolate,
            coverage: gathered.coverage,
        });
    }
}

fn targets(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Targets) else { return };
    let columns = ["indicator", "place", "year", "value", "unit", "basically_met"];
    let [indicator, place, year, value, unit, basically_met] = columns.map(|key| table.column(key));
    let common = CommonColumns::of(table);
    let years = build.model.settings.base_year..=build.model.settings.horizon;
    for row in table.rows() {
        let wanted = build.reading.text(row, indicator);
        let at = build.reading.reference(row, place, TableKind::Places);
        let year = year_within(&mut build.reading, row, year, &years);
        let basically_met = build.reading.share(row, basically_met);
        let provenance = build.reading.provenance(row, &common);
        let Some(wanted) = wanted else { continue };
        let definitions = build.definitions;
        let found = definitions.iter().find(|d| d.key == wanted || d.name == wanted || d.name_en == wanted);
        let Some(definition) = found else {
            // Where a whole set is missing or unreadable that was told already.
            let sets = &build.model.settings.indicator_sets;
            if sets.iter().any(|set| !definitions.iter().any(|d| d.set == *set)) {
                continue;
            }
            let known = definitions.iter().flat_map(|d| [d.key.as_str(), d.name.as_str()]);
            let near = nearest(wanted, known);
            build.reading.at("E239", row, indicator).with("found", wanted).with("nearest", near);
            continue;
        };
        let number = target_value(build, row, value, unit, definition);
        if let (Some(at), Some(year), Some(number), Some(basically_met)) = (at, year, number, basically_met) {
            build.model.targets.push(Target {
                indicator: definition.key.clone(),
                place: build.place(at),
                year,
                value: number,
                basically_met,
                provenance,
            });
        }
    }
}

/// A target in the indicator's own unit.
fn target_value(
    build: &mut Build<'_>,
    row: Row<'_>,
    value: Column,
    unit: Column,
    definition: &Definition,
) -> Option<f64> {
    let text = build.reading.text(row, value)?;
    let number = build.reading.exact(row, value, text)?;
    let own = if definition.percent { Unit::base(Dimension::Number) } else { unit_of(definition) };
    // `85%` beside the unit `%` says it twice, and no share of 1 is a target in another unit.
    let is_percentage = quantity::is_percentage(text);
    if is_percentage && own.numerator != Dimension::Number {
        let adding = build.reading.at("E241", row, value).with("found", text);
        adding.with("expected", &definition.unit).with("indicator", &definition.key);
        return None;
    }
    let number = match (row.text(unit), value.unit) {
        _ if is_percentage => number,
        (Some(text), _) if text == definition.unit && !definition.percent => number,
        (Some(text), _) => {
            let given = build.reading.unit(row, unit, text)?;
            if !given.is_like(&own) {
                let adding = build.reading.at("E241", row, unit).with("found", text);
                adding.with("expected", &definition.unit).with("indicator", &definition.key);
                return None;
            }
            number * given.factor / own.factor
        }
        (None, Some(given)) if given.is_like(&own) => number * given.factor / own.factor,
        (None, _) => number,
    };
    if definition.percent && !(0.0..=1.0).contains(&number) {
        build.reading.at("E242", row, value).with("found", text).with("indicator", &definition.key);
        return None;
    }
    Some(number)
}

/// The unit of an indicator, where it is one of the grammar; else a pure number.
fn unit_of(definition: &Definition) -> Unit {
    Unit::parse(&definition.unit).unwrap_or(Unit::base(Dimension::Number))
}
