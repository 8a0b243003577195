//! Rows of another source: what they say of the row that is used.

use crate::input::build::Build;
use crate::input::changes::canonical;
use crate::input::names::nearest;
use crate::input::read::{Column, RawTable, Row};
use crate::input::reading::CommonColumns;
use crate::model::Alternative;
use crate::quantity::{self, Written};
use crate::units::{Dimension, Unit, written::half_width};

/// Column that marks a row as another source's.
pub(in crate::input) const COLUMN: &str = "alternative_of";

/// Reads the rows that are shown beside others and not computed with.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    let tables = build.tables;
    for others in tables.alternatives() {
        let Some(used) = tables.own(others.attributes.table) else { continue };
        let keys = others.attributes.unique;
        for row in others.rows() {
            let key = |build: &Build<'_>, row: Row<'_>| -> Vec<String> {
                keys.iter().map(|key| canonical(&build.reading.names, row, row.table.column(key))).collect()
            };
            let wanted = key(build, row);
            let same: Vec<Row<'_>> = used.rows().filter(|row| key(build, *row) == wanted).collect();
            one_row(build, row, &same);
        }
    }
}

/// One row of another source, with the rows that are used and say the same thing.
fn one_row(build: &mut Build<'_>, row: Row<'_>, same: &[Row<'_>]) {
    let mark = row.table.column(COLUMN);
    let cited = row.text(mark).unwrap_or_default();
    let source = |row: &Row<'_>| row.text(row.table.column("source")).unwrap_or_default().to_owned();
    let Some(used) = same.iter().find(|used| half_width(&source(used)) == half_width(cited)) else {
        let sources: Vec<String> = same.iter().map(source).collect();
        let near = nearest(cited, sources.iter().map(String::as_str));
        let near = if near.is_empty() { sources.first().cloned().unwrap_or_default() } else { near };
        let adding = build.reading.at("E163", row, mark).with("found", cited);
        adding.with("columns", row.table.attributes.unique.join(", ")).with("nearest", near);
        return;
    };
    let used_row = build.reading.provenance(*used, &CommonColumns::of(used.table));
    let other_row = build.reading.provenance(row, &CommonColumns::of(row.table));
    let mut differs = false;
    for (number, attribute) in row.table.attributes.all_columns().enumerate() {
        let is_key = row.table.attributes.unique.contains(&attribute.key);
        let (ours, theirs) = (used.table.numbered(number, attribute), row.table.numbered(number, attribute));
        let Some(text) = row.text(theirs).filter(|_| attribute.is_measured() && !is_key) else { continue };
        let Some((value, other)) = compared(*used, ours, row, theirs) else {
            let used_text = used.text(ours).unwrap_or_default();
            build.reading.at("E164", row, theirs).with("found", text).with("used", used_text);
            differs = true;
            continue;
        };
        if value == other {
            continue;
        }
        differs = true;
        let unit = unit_text(*used, ours);
        let found = Alternative { used_row, other_row, column: attribute.key, used: value, other, unit };
        let (low, high) = found.range();
        let adding = build.reading.at("N105", row, theirs).with("low", low.to_string());
        let adding = adding.with("high", high.to_string()).with("unit", found.unit.clone());
        adding.with("used", value.to_string()).with("line", used.line().to_string());
        build.model.alternatives.push(found);
    }
    if !differs {
        build.reading.at_row("W103", row).with("line", used.line().to_string());
    }
}

/// The numbers of both rows in the unit of the first; `None` where one is no plain number or they measure
/// different things.
fn compared(used: Row<'_>, ours: Column, row: Row<'_>, theirs: Column) -> Option<(f64, f64)> {
    let ((value, unit), (other, other_unit)) = (in_unit(used, ours)?, in_unit(row, theirs)?);
    other_unit.is_like(&unit).then(|| (value, other * other_unit.factor / unit.factor))
}

/// A cell's number as written, with its unit; `None` where it is no plain number or the unit is none.
fn in_unit(row: Row<'_>, column: Column) -> Option<(f64, Unit)> {
    let Ok(Written::Number(number)) = quantity::parse(row.text(column)?) else { return None };
    let unit = match own_unit(row, column) {
        Some(text) => Unit::parse(text).ok()?,
        None => column.unit.unwrap_or(Unit::base(Dimension::Number)),
    };
    Some((number.central, unit))
}

fn own_unit<'a>(row: Row<'a>, column: Column) -> Option<&'a str> {
    row.text(row.table.column(column.attribute.unit.column?))
}

fn unit_text(row: Row<'_>, column: Column) -> String {
    let from_row = |column: Column| column.unit.map(|unit| unit.to_string()).unwrap_or_default();
    own_unit(row, column).map_or_else(|| from_row(column), str::to_owned)
}

/// Takes the rows of other sources out of a table: nothing is computed with them.
pub(in crate::input) fn split(table: &mut RawTable) -> Option<RawTable> {
    table.attributes.column(COLUMN)?;
    let mark = table.column(COLUMN);
    if !table.has(mark) {
        return None;
    }
    let others: Vec<bool> = table.rows().map(|row| row.text(mark).is_some()).collect();
    let mut split = table.clone();
    split.retain(|row| others[row]);
    table.retain(|row| !others[row]);
    (!split.is_empty()).then_some(split)
}
