//! Changes of some years: the values of the others are pinned first, so that only the years named move.
//!
//! Between given years a series is linear, after the last it is held or grown; a change of one given year would
//! bend the years on both sides. Rows are therefore added for the years of the change and its two neighbours, with
//! the values that the series has there.

use super::{AllNames, canonical, matches};
use crate::input::attributes::Attribute;
use crate::input::read::{Column, RawTable};
use crate::input::reading::year_of;
use crate::model::TableKind;
use crate::quantity::{self, Written};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Tables whose values stand between and after given years. Statistics are never filled in, so that there a change
/// meets given years alone.
const SERIES: [TableKind; 4] =
    [TableKind::Activity, TableKind::Demand, TableKind::Prices, TableKind::StockYears];

/// Adds the rows that keep a change of `span` to its years, in every series that the tests meet.
///
/// # Errors
/// The text of a cell between which and its neighbour there is no straight line: an uncertain value, another unit.
pub(super) fn pin(
    table: &mut RawTable,
    attribute: &'static Attribute,
    tests: &[(&'static Attribute, String)],
    span: (i32, i32),
    horizon: &RangeInclusive<i32>,
    names: &AllNames,
) -> Result<(), String> {
    if !SERIES.contains(&table.attributes.table) {
        return Ok(());
    }
    let (value, year, growth) = (table.column(attribute.key), table.column("year"), table.column("growth"));
    for rows in series(table, tests, year, names) {
        let added = missing(table, &rows, [value, year, growth], span, horizon)?;
        for (after, of_year, text) in added {
            let row = table.repeat(after);
            table.set(row, year, of_year.to_string());
            table.set(row, value, text);
        }
    }
    Ok(())
}

/// Rows of every series that the tests meet: what is alike but for the year, in the order of years.
fn series(
    table: &RawTable,
    tests: &[(&'static Attribute, String)],
    year: Column,
    names: &AllNames,
) -> Vec<Vec<(i32, usize)>> {
    let keys: Vec<Column> =
        table.attributes.unique.iter().filter(|key| **key != "year").map(|key| table.column(key)).collect();
    let tests: Vec<(Column, &str)> = tests
        .iter()
        .filter(|(attribute, _)| attribute.key != "year")
        .map(|(attribute, wanted)| (table.column(attribute.key), wanted.as_str()))
        .collect();
    let mut series: BTreeMap<Vec<String>, Vec<(i32, usize)>> = BTreeMap::new();
    for row in table.rows() {
        let fits = tests.iter().all(|(column, wanted)| matches(wanted, &canonical(names, row, *column)));
        let Some(of_year) = row.text(year).and_then(year_of).filter(|_| fits) else { continue };
        let key = keys.iter().map(|column| canonical(names, row, *column)).collect();
        series.entry(key).or_default().push((of_year, row.number));
    }
    let mut series: Vec<_> = series.into_values().collect();
    series.iter_mut().for_each(|rows| rows.sort_unstable());
    series
}

/// The years without a row that the change needs: the row to repeat, the year, the value.
fn missing(
    table: &RawTable,
    rows: &[(i32, usize)],
    [value, _, growth]: [Column; 3],
    (first, last): (i32, i32),
    horizon: &RangeInclusive<i32>,
) -> Result<Vec<(usize, i32, String)>, String> {
    let text = |row: usize, column: Column| table.row(row).text(column).unwrap_or_default();
    let number = |row: usize| match quantity::parse(text(row, value)) {
        Ok(Written::Number(number)) if number.distribution.is_none() => Ok(number.central),
        _ => Err(text(row, value).to_owned()),
    };
    let unit = value.attribute.unit.column.map(|key| table.column(key));
    let mut added = Vec::new();
    for year in (first - 1).max(*horizon.start())..=(last + 1).min(*horizon.end()) {
        if rows.iter().any(|(given, _)| *given == year) {
            continue;
        }
        let after = rows.partition_point(|(given, _)| *given < year);
        let Some(&(before, row)) = after.checked_sub(1).and_then(|at| rows.get(at)) else { continue };
        let at = match rows.get(after) {
            Some(&(next, other)) => {
                if unit.is_some_and(|unit| text(row, unit) != text(other, unit)) {
                    return Err(text(other, value).to_owned());
                }
                let share = f64::from(year - before) / f64::from(next - before);
                number(row)? + share * (number(other)? - number(row)?)
            }
            None => {
                let rate = quantity::number(text(row, growth)).unwrap_or(0.0);
                (before..year).fold(number(row)?, |value, _| value * (1.0 + rate))
            }
        };
        added.push((row, year, at.to_string()));
    }
    Ok(added)
}
