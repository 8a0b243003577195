//! Cells to values: every kind of the attribute list has one reader here, and every fault one finding.

pub mod measure;
mod numbers;
mod words;

pub use measure::{Conversions, Measure, Mismatch, Wanted};
pub(super) use numbers::number_fault_code;
pub use numbers::year_of;
pub(super) use words::truth_of;
pub(super) use words::word_of;

use super::attributes::{Attribute, Presence};
use super::collected::Collected;
use super::names::{Found, Names};
use super::read::{Column, Row};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{SourceId, Table};
use crate::model::{Parameter, Provenance, Quality, Source, TableKind};
use crate::units::Unit;
use hashbrown::HashMap;
use std::collections::{BTreeMap, BTreeSet};

/// A default that was used, with the lines it was used in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultUsed {
    /// Table.
    pub table: TableKind,
    /// Column.
    pub column: &'static str,
    /// What stands there.
    pub value: String,
    /// Lines of the user's file.
    pub rows: Vec<u32>,
}

/// A value that stands for empty cells, with the lines it stands in.
type Standing = (String, Vec<u32>);

/// A parameter with its unit, if it gives one.
#[derive(Debug)]
pub(super) struct NamedNumber {
    pub(super) parameter: Parameter,
    pub(super) unit: Option<Unit>,
}

/// Everything that reading a cell needs to know, and everything it leaves behind.
#[derive(Debug, Default)]
pub struct Reading {
    /// Findings.
    pub found: Collected,
    /// Names of the rows of every table, both shelves.
    pub(super) names: BTreeMap<TableKind, Names>,
    /// Tables that could not be read: what refers to them is not told.
    pub(super) unread: BTreeSet<TableKind>,
    /// Tables of which a column was not understood: what a row seems to lack is not told.
    pub(super) half_read: BTreeSet<TableKind>,
    /// Sources met so far.
    pub(super) sources: Table<SourceId, Source>,
    pub(super) source_ids: BTreeMap<String, SourceId>,
    /// Sources of the tables that nobody has cited yet.
    pub(super) shelved_sources: BTreeMap<String, Source>,
    /// Named numbers by their row.
    pub(super) parameters: Vec<NamedNumber>,
    /// By table and column: the few values that stand there, each with its lines.
    defaults: HashMap<(TableKind, &'static str), Vec<Standing>>,
}

impl Reading {
    /// Adds a finding at a cell.
    pub fn at(&mut self, code: &'static str, row: Row<'_>, column: Column) -> Adding<'_> {
        Adding { reading: self, finding: Some(Diagnostic::new(Code(code)).at(row.spot(column))) }
    }

    /// Adds a finding at a row.
    pub fn at_row(&mut self, code: &'static str, row: Row<'_>) -> Adding<'_> {
        Adding { reading: self, finding: Some(Diagnostic::new(Code(code)).at(row.row_spot())) }
    }

    /// The text of a cell: as written, or its default (which is then noted); a finding where it must be given.
    pub fn text<'a>(&mut self, row: Row<'a>, column: Column) -> Option<&'a str> {
        if let Some(text) = row.text(column) {
            return Some(text);
        }
        match column.attribute.presence {
            Presence::Required => {
                // A column that is missing altogether was told once, at the header.
                if row.table.has(column) {
                    self.at("E105", row, column);
                }
                None
            }
            Presence::Default(value) => {
                self.note_default(row, column.attribute, value);
                Some(value)
            }
            Presence::Optional | Presence::FromTechnology => None,
        }
    }

    /// Notes that a default stands for an empty cell of the user's own table.
    pub fn note_default(&mut self, row: Row<'_>, attribute: &'static Attribute, value: &str) {
        if row.table.shelf == crate::model::Shelf::Model {
            let values = self.defaults.entry((row.table.attributes.table, attribute.key)).or_default();
            match values.iter_mut().find(|(known, _)| known == value) {
                Some((_, rows)) => rows.push(row.line()),
                None => values.push((value.to_owned(), vec![row.line()])),
            }
        }
    }

    /// The defaults used, by table and column.
    #[must_use]
    pub fn defaults(&self) -> Vec<DefaultUsed> {
        let mut columns: Vec<_> = self.defaults.iter().collect();
        columns.sort_unstable_by_key(|(column, _)| **column);
        let used = columns.into_iter().flat_map(|(column, values)| values.iter().map(move |v| (column, v)));
        used.map(|((table, column), (value, rows))| DefaultUsed {
            table: *table,
            column,
            value: value.clone(),
            rows: rows.clone(),
        })
        .collect()
    }

    /// The row of a table that a cell refers to, by id or unique name.
    pub fn reference(&mut self, row: Row<'_>, column: Column, table: TableKind) -> Option<u32> {
        let text = self.text(row, column)?;
        self.resolve(row, column, table, text)
    }

    /// The rows of a table that a cell refers to.
    pub fn references(&mut self, row: Row<'_>, column: Column, table: TableKind) -> Vec<u32> {
        let Some(text) = self.text(row, column) else { return Vec::new() };
        let parts = text.split([';', '；', '、', '|']).map(str::trim).filter(|part| !part.is_empty());
        parts.filter_map(|part| self.resolve(row, column, table, part)).collect()
    }

    /// The row of a table that a text refers to; a finding where there is none or several.
    pub fn resolve(&mut self, row: Row<'_>, column: Column, table: TableKind, text: &str) -> Option<u32> {
        let names = self.names.entry(table).or_default();
        let code = match names.find(text) {
            Found::Row(found) => return Some(found),
            Found::Ambiguous => "E107",
            Found::Nothing if self.unread.contains(&table) => return None,
            Found::Nothing => "E106",
        };
        let spot = row.spot(column);
        let told = self.found.would_tell(Code(code), &spot);
        let nearest = if told && code == "E106" { names.nearest(text) } else { String::new() };
        let finding = Diagnostic::new(Code(code)).at(spot).with("found", text);
        let finding = finding.with("table", table.stem());
        let finding = if code == "E106" { finding.with("nearest", nearest) } else { finding };
        self.found.push(finding);
        None
    }

    /// Where a row comes from.
    pub fn provenance(&mut self, row: Row<'_>, common: &CommonColumns) -> Provenance {
        let quality = common.quality.and_then(|column| self.choice(row, column));
        let quality =
            quality.and_then(|word| Quality::WORDS.iter().find(|(w, _)| *w == word).map(|(_, q)| *q));
        let source = common.source.and_then(|column| row.text(column)).map(|text| self.source(text));
        let attributes = row.table.attributes;
        Provenance { shelf: row.table.shelf, table: attributes.table, row: row.line(), quality, source }
    }

    /// The source of a text: a row of `sources` by id or title, else the free text itself.
    fn source(&mut self, text: &str) -> SourceId {
        if let Some(id) = self.source_ids.get(text) {
            return *id;
        }
        let source = self.shelved_sources.get(text).cloned().unwrap_or_else(|| Source {
            key: text.to_owned(),
            title: text.to_owned(),
            address: None,
            read: None,
            verified: None,
        });
        let id = self.sources.push(source);
        self.source_ids.insert(text.to_owned(), id);
        id
    }
}

/// The columns `source` and `quality` of a table.
#[derive(Clone, Copy, Debug)]
pub struct CommonColumns {
    source: Option<Column>,
    quality: Option<Column>,
}

impl CommonColumns {
    /// Those of a raw table, where its file has them.
    #[must_use]
    pub fn of(table: &super::read::RawTable) -> Self {
        let column = |key| {
            let (number, attribute) = table.attributes.column(key)?;
            Some(table.numbered(number, attribute)).filter(|c| table.has(*c))
        };
        Self { source: column("source"), quality: column("quality") }
    }
}

/// A finding that is being worded; it is added when it is dropped.
#[derive(Debug)]
pub struct Adding<'a> {
    reading: &'a mut Reading,
    finding: Option<Diagnostic>,
}

impl Adding<'_> {
    /// Gives it a named value.
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.finding = self.finding.take().map(|finding| finding.with(name, value));
        self
    }
}

impl Drop for Adding<'_> {
    fn drop(&mut self) {
        if let Some(finding) = self.finding.take() {
            self.reading.found.push(finding);
        }
    }
}
