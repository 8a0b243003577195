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
    /// Lines with their cells.
    pub(super) rows: Vec<(u32, csv::StringRecord)>,
    /// Cells that a scenario changed, by row and attribute.
    changed: BTreeMap<(usize, usize), String>,
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
            rows: Vec::new(),
            changed: BTreeMap::new(),
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

    /// The rows in order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.rows.len()).map(move |number| Row { table: self, number })
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
        self.table.rows[self.number].0
    }

    /// The text of a cell, trimmed; `None` when it is empty.
    #[must_use]
    pub fn text(&self, column: Column) -> Option<&'a str> {
        if !self.table.changed.is_empty()
            && let Some(text) = self.table.changed.get(&(self.number, column.number))
        {
            return (!text.is_empty()).then_some(text.as_str());
        }
        let cell = self.table.rows[self.number].1.get(column.position?)?.trim();
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
