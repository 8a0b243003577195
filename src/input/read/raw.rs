//! A table as it was read: cells as text, with their line and header.

use crate::diagnostic::Spot;
use crate::input::attributes::{Attribute, TableAttributes};
use crate::model::Shelf;
use crate::units::Unit;
use std::collections::BTreeMap;

/// A table as it was read.
#[derive(Clone, Debug)]
pub struct RawTable {
    /// Its columns by the attribute list.
    pub attributes: &'static TableAttributes,
    /// The user's own or the catalogue's.
    pub shelf: Shelf,
    /// File as the user knows it.
    pub file: String,
    /// For every attribute: its position in the file and its header as written.
    pub(super) headers: Vec<Option<(usize, String)>>,
    /// For every attribute: its unit in the units row.
    pub(super) units: Vec<Option<Unit>>,
    /// Its rows.
    pub(super) cells: Cells,
    /// Cells that a scenario changed, by row and attribute.
    changed: BTreeMap<(usize, usize), String>,
}

/// The cells of all rows in one text: a table of a million cells is a handful of allocations.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    text: String,
    /// End of every cell in the text.
    ends: Vec<u32>,
    /// Of every row: its line, and where its cells begin in `ends`.
    rows: Vec<(u32, u32)>,
}

impl Cells {
    /// Adds a row.
    pub fn push<'a>(&mut self, line: u32, cells: impl IntoIterator<Item = &'a str>) {
        self.rows.push((line, narrow(self.ends.len())));
        for cell in cells {
            self.text.push_str(cell);
            self.ends.push(narrow(self.text.len()));
        }
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The line of a row.
    #[must_use]
    pub fn line(&self, row: usize) -> u32 {
        self.rows[row].0
    }

    /// A cell; `None` where the row is shorter.
    #[must_use]
    pub fn get(&self, row: usize, position: usize) -> Option<&str> {
        let first = self.rows[row].1 as usize;
        let after = self.rows.get(row + 1).map_or(self.ends.len(), |(_, next)| *next as usize);
        let cell = first + position;
        if cell >= after {
            return None;
        }
        let begin = if cell == 0 { 0 } else { self.ends[cell - 1] as usize };
        self.text.get(begin..self.ends[cell] as usize)
    }

    /// The cells of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        (0..).map_while(move |position| self.get(row, position))
    }

    /// Adds a copy of a row.
    pub fn repeat(&mut self, row: usize) {
        let cells: Vec<String> = self.row(row).map(str::to_owned).collect();
        self.push(self.line(row), cells.iter().map(String::as_str));
    }

    /// Keeps the rows of these numbers, in their order.
    fn keep(&mut self, mut keep: impl FnMut(usize) -> bool) {
        let mut kept = Self::default();
        for row in (0..self.len()).filter(|row| keep(*row)) {
            kept.push(self.line(row), self.row(row));
        }
        *self = kept;
    }

    /// Removes the first row (the units).
    pub fn remove_first(&mut self) {
        self.rows.remove(0);
    }
}

/// Tables above 64 MB are refused before they are read, so that every position fits.
fn narrow(position: usize) -> u32 {
    u32::try_from(position).expect("a table is smaller than 4 GB")
}

/// A column of a raw table: the attribute, where it stands, its unit of the units row.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The attribute.
    pub attribute: &'static Attribute,
    /// Its number in the attribute list.
    pub number: usize,
    /// Unit of the units row.
    pub unit: Option<Unit>,
    position: Option<usize>,
}

/// A row of a raw table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its table.
    pub table: &'a RawTable,
    /// Its number, from 0.
    pub number: usize,
}

impl RawTable {
    /// An empty table, as if its file had the header alone.
    #[must_use]
    pub fn empty(attributes: &'static TableAttributes, shelf: Shelf, file: String) -> Self {
        let count = attributes.all_columns().count();
        Self {
            attributes,
            shelf,
            file,
            headers: vec![None; count],
            units: vec![None; count],
            cells: Cells::default(),
            changed: BTreeMap::new(),
        }
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.len() == 0
    }

    /// The rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.cells.len()).map(move |number| Row { table: self, number })
    }

    /// A row by its number.
    #[must_use]
    pub fn row(&self, number: usize) -> Row<'_> {
        Row { table: self, number }
    }

    /// Adds a copy of a row, with its line and what changes have set in it; its number.
    pub fn repeat(&mut self, row: usize) -> usize {
        let number = self.cells.len();
        self.cells.repeat(row);
        let set: Vec<(usize, String)> = self
            .changed
            .range((row, 0)..=(row, usize::MAX))
            .map(|((_, column), text)| (*column, text.clone()))
            .collect();
        self.changed.extend(set.into_iter().map(|(column, text)| ((number, column), text)));
        number
    }

    /// Keeps the rows of these numbers. For a table as it was read, before scenarios change it.
    pub fn retain(&mut self, keep: impl FnMut(usize) -> bool) {
        debug_assert!(self.changed.is_empty(), "changes go by the number of the row");
        self.cells.keep(keep);
    }

    /// A column by its key.
    ///
    /// # Panics
    /// When the attribute list has no such key: a fault of the program.
    #[must_use]
    pub fn column(&self, key: &str) -> Column {
        let found = self.attributes.column(key);
        let (number, attribute) =
            found.unwrap_or_else(|| panic!("table {} has no column {key}", self.attributes.table.stem()));
        self.numbered(number, attribute)
    }

    /// The column of an attribute.
    #[must_use]
    pub fn numbered(&self, number: usize, attribute: &'static Attribute) -> Column {
        let position = self.headers[number].as_ref().map(|(position, _)| *position);
        Column { attribute, number, unit: self.units[number], position }
    }

    /// Whether the file has the column.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        column.position.is_some()
    }

    /// Sets a cell, as a scenario's change does.
    pub fn set(&mut self, row: usize, column: Column, text: String) {
        self.changed.insert((row, column.number), text);
    }

    /// The header of a column as written in the file, else its key.
    #[must_use]
    pub fn header(&self, column: Column) -> &str {
        self.headers[column.number].as_ref().map_or(column.attribute.key, |(_, header)| header)
    }

    /// The place of the table as a whole.
    #[must_use]
    pub fn spot(&self) -> Spot {
        Spot { file: self.file.clone(), row: None, column: None }
    }
}

impl<'a> Row<'a> {
    /// Its line in the file; the header is line 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.table.cells.line(self.number)
    }

    /// The text of a cell, trimmed; `None` when it is empty.
    #[must_use]
    pub fn text(&self, column: Column) -> Option<&'a str> {
        if !self.table.changed.is_empty()
            && let Some(text) = self.table.changed.get(&(self.number, column.number))
        {
            return (!text.is_empty()).then_some(text.as_str());
        }
        let cell = self.table.cells.get(self.number, column.position?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// The place of a cell.
    #[must_use]
    pub fn spot(&self, column: Column) -> Spot {
        let header = self.table.header(column).to_owned();
        Spot { file: self.table.file.clone(), row: Some(self.line()), column: Some(header) }
    }

    /// The place of the row.
    #[must_use]
    pub fn row_spot(&self) -> Spot {
        Spot { file: self.table.file.clone(), row: Some(self.line()), column: None }
    }
}
