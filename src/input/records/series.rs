//! Rows of years to series.

use crate::input::read::{Column, Row};
use crate::input::reading::{Reading, Wanted};
use crate::model::series::Point;
use crate::model::{Provenance, Series};
use crate::quantity::Quantity;
use crate::units::Dimension;
use std::ops::RangeInclusive;

/// Points of one series while its rows are read.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Points {
    points: Vec<(Point, Option<f64>)>,
}

impl Points {
    /// Adds a year.
    pub(in crate::input) fn add(
        &mut self,
        year: i32,
        value: Quantity,
        growth: Option<f64>,
        provenance: Provenance,
    ) {
        self.points.push((Point { year, value, provenance }, growth));
    }

    /// The series: by year, with the growth of the last year.
    pub(in crate::input) fn series(mut self) -> Series {
        self.points.sort_by_key(|(point, _)| point.year);
        // A year given twice was told already; the first stands.
        self.points.dedup_by_key(|(point, _)| point.year);
        let growth = self.points.last().and_then(|(_, growth)| *growth);
        Series { points: self.points.into_iter().map(|(point, _)| point).collect(), growth }
    }
}

/// A year of a series, within the years that are allowed.
pub(in crate::input) fn year_within(
    reading: &mut Reading,
    row: Row<'_>,
    column: Column,
    years: &RangeInclusive<i32>,
) -> Option<i32> {
    let year = reading.year(row, column)?;
    if years.contains(&year) {
        return Some(year);
    }
    let adding = reading.at("E215", row, column).with("found", year.to_string());
    adding.with("first", years.start().to_string()).with("last", years.end().to_string());
    None
}

/// A yearly growth as a share; above −100 %.
pub(in crate::input) fn growth(reading: &mut Reading, row: Row<'_>, column: Column) -> Option<f64> {
    let growth = reading.number(row, column, &Wanted::plain(Dimension::Number))?;
    if growth > -1.0 && growth < 10.0 {
        return Some(growth);
    }
    let text = row.text(column).unwrap_or_default();
    reading.at("E140", row, column).with("found", text);
    None
}
