//! The cells of a sheet as they are stored: text, numbers, dates, faults, and where formulas stand.

use crate::calendar::Month;
use calamine::{CellErrorType, DataRef, Dimensions, Xlsx, XlsxError};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

/// First and last day, counted as Excel counts them, that a plain number in a column of months is believed to be:
/// 1 January 1990 and 31 December 2149.
const DAYS: std::ops::RangeInclusive<f64> = 32_874.0..=91_312.0;
/// Days between the two ways of counting them.
const EPOCHS_APART: f64 = 1462.0;

/// Last row and column that a sheet of Excel has.
const LAST: (u32, u32) = (1_048_576, 16_384);

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// A number shown as a date, as Excel counts days from 1900.
    Day(f64),
    /// Yes or no.
    Flag(bool),
    /// A fault such as `#REF!`.
    Fault(CellErrorType),
    /// Nothing, where a formula stands.
    NotComputed,
}

/// Rows and columns of one sheet that hold something, counted from 1.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Rows ascending, each with its cells by column.
    pub(super) rows: Vec<(u32, Vec<(u32, Value)>)>,
    /// Formulas by row and column.
    pub(super) formulas: BTreeMap<(u32, u32), String>,
    /// Merged cells that go over more than one row.
    pub(super) merged: Vec<Dimensions>,
    /// Cells, by row and column, that hold the value of the merged cell they are covered by.
    pub(super) covered: BTreeSet<(u32, u32)>,
    /// Whether days are counted from 1904.
    pub(super) from_1904: bool,
}

impl Rows {
    /// Reads a sheet.
    ///
    /// # Errors
    /// When the sheet's part of the file cannot be read.
    pub(super) fn of(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Self, XlsxError> {
        let mut merged = workbook.merge_cells_by_sheet_name(sheet)?;
        merged.retain(|area| area.end.0 > area.start.0);
        let mut read = Self { merged, from_1904: workbook.has_1904_epoch(), ..Self::default() };
        let mut reader = workbook.worksheet_cells_reader(sheet)?;
        while let Some(cell) = reader.next_cell_with_formula()? {
            let (row, column) = (cell.pos.0.saturating_add(1), cell.pos.1.saturating_add(1));
            if row > LAST.0 || column > LAST.1 {
                return Err(XlsxError::Unexpected("a cell beyond the last row or column of a sheet"));
            }
            let value = match cell.value {
                DataRef::Empty if cell.formula.is_some() => Value::NotComputed,
                DataRef::Empty => continue,
                value => Value::of(value, read.from_1904),
            };
            // Blanks are what a clerk leaves behind in cleared cells.
            if value.is_blank() && cell.formula.is_none() {
                continue;
            }
            if let Some(formula) = cell.formula {
                read.formulas.insert((row, column), formula);
            }
            match read.rows.last_mut() {
                Some((last, cells)) if *last == row => cells.push((column, value)),
                _ => read.rows.push((row, vec![(column, value)])),
            }
        }
        // Programs other than Excel need not write rows and cells in order.
        read.rows.sort_by_key(|(row, _)| *row);
        read.fill_merged();
        Ok(read)
    }

    /// Merged cells going down hold their value in every row they cover.
    fn fill_merged(&mut self) {
        for area in std::mem::take(&mut self.merged) {
            let (first, column) = (area.start.0 + 1, area.start.1 + 1);
            let Some(value) = self.value(first, column).cloned() else { continue };
            for row in first + 1..=area.end.0 + 1 {
                if let Ok(at) = self.rows.binary_search_by_key(&row, |(row, _)| *row) {
                    let cells = &mut self.rows[at].1;
                    let before = cells.partition_point(|(c, _)| *c < column);
                    if cells.get(before).is_none_or(|(c, _)| *c != column) {
                        cells.insert(before, (column, value.clone()));
                        self.covered.insert((row, column));
                    }
                }
            }
            self.merged.push(area);
        }
    }

    /// What a cell holds.
    pub(super) fn value(&self, row: u32, column: u32) -> Option<&Value> {
        let at = self.rows.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        let cells = &self.rows[at].1;
        cells.iter().find(|(c, _)| *c == column).map(|(_, value)| value)
    }
}

impl Value {
    fn of(data: DataRef<'_>, from_1904: bool) -> Self {
        match data {
            DataRef::Int(number) => Self::Number(number as f64),
            DataRef::Float(number) => Self::Number(number),
            DataRef::String(text) => Self::Text(text),
            DataRef::SharedString(text) => Self::Text(text.to_owned()),
            DataRef::Bool(flag) => Self::Flag(flag),
            DataRef::DateTime(date) if date.is_datetime() => {
                Self::Day(date.as_f64() + if from_1904 { EPOCHS_APART } else { 0.0 })
            }
            DataRef::DateTime(date) => Self::Number(date.as_f64()),
            DataRef::DateTimeIso(text) => Self::Text(text.split('T').next().unwrap_or(&text).to_owned()),
            DataRef::DurationIso(text) => Self::Text(text),
            DataRef::Error(fault) => Self::Fault(fault),
            DataRef::Empty => Self::NotComputed,
        }
    }

    /// Whether it is blank text.
    pub(super) fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// The cell as a clerk would have typed it into a table of text; a number in a column of months that can be a
    /// day is one.
    pub(super) fn written(&self, of_months: bool, from_1904: bool) -> String {
        match self {
            Self::Text(text) => text.replace(['\r', '\n'], " "),
            Self::Number(number) if of_months => {
                let day = number + if from_1904 { EPOCHS_APART } else { 0.0 };
                day_written(day).unwrap_or_else(|| number.to_string())
            }
            Self::Day(day) => day_written(*day).unwrap_or_else(|| day.to_string()),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => String::from(if *flag { "yes" } else { "no" }),
            Self::Fault(_) | Self::NotComputed => String::new(),
        }
    }
}

/// A day counted by Excel as `2016-07-31`; `None` where the number is none that is believed.
fn day_written(day: f64) -> Option<String> {
    if !DAYS.contains(&day) {
        return None;
    }
    // Day 32,874 is 1 January 1990.
    let mut left = day.floor() as i64 - *DAYS.start() as i64;
    let mut month = Month::new(1990, 1)?;
    while left >= i64::from(month.days()) {
        left -= i64::from(month.days());
        month = month.plus(1);
    }
    Some(format!("{month}-{:02}", left + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_excel_does() {
        assert_eq!(day_written(42_582.0).as_deref(), Some("2016-07-31"));
        assert_eq!(day_written(42_582.9).as_deref(), Some("2016-07-31"));
        assert_eq!(day_written(32_874.0).as_deref(), Some("1990-01-01"));
        assert_eq!(day_written(36_585.0).as_deref(), Some("2000-02-29"));
        assert_eq!(day_written(201_607.0), None);
        assert_eq!(Value::Number(41_120.0).written(true, true), "2016-07-31");
        assert_eq!(Value::Number(42_582.0).written(false, false), "42582");
        assert_eq!(Value::Day(42_582.0).written(false, false), "2016-07-31", "what is shown as a day is one");
    }
}
