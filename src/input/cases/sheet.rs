//! A table of a case as it was read, with what a variant replaces in it.

use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::input::collected::Collected;
use crate::input::names::nearest;
use crate::input::read::delimited::records_of;
use crate::input::read::raw::Cells;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The file of the variants, which is where a replaced cell stands.
pub(super) const VARIANTS: &str = "variants.csv";

/// A table of a case.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Name of its file.
    pub(super) file: String,
    header: Arc<Vec<String>>,
    cells: Arc<Cells>,
    /// Rows that a variant adds, with their line in its file.
    added: Vec<(u32, Vec<String>)>,
    /// Cells that a variant replaces, by row and column: the text and its line in the variant's file.
    replaced: BTreeMap<(usize, usize), (String, u32)>,
    /// Columns that the file lacks and a variant fills.
    filled: Vec<String>,
}

/// A column of a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'a> {
    pub(super) name: &'a str,
    position: Option<usize>,
}

impl Sheet {
    /// Reads the text of a table; `None` without a header, or without a column that is required.
    pub(super) fn read(
        text: &str,
        file: &str,
        required: &[&str],
        optional: &[&str],
        found: &mut Collected,
    ) -> Option<Self> {
        let mut findings = Findings::default();
        let sheet = records_of(text, file, &mut findings);
        found.extend(findings);
        let sheet = sheet?;
        let cells = sheet.rows;
        let header: Vec<String> = sheet.header.iter().map(|name| name.trim().to_owned()).collect();
        let at = |column: Option<&str>| Spot {
            file: file.to_owned(),
            row: Some(1),
            column: column.map(str::to_owned),
        };
        for (position, name) in header.iter().enumerate() {
            if name.is_empty() {
                let has_content = |row| cells.get(row, position).is_some_and(|cell| !cell.trim().is_empty());
                if (0..cells.len()).any(has_content) {
                    let finding = Diagnostic::new(Code("E104")).at(at(None));
                    found.push(finding.with("column", (position + 1).to_string()));
                }
            } else if header[..position].contains(name) {
                found.push(Diagnostic::new(Code("E102")).at(at(Some(name))).with("found", name.clone()));
            } else if !required.contains(&name.as_str()) && !optional.contains(&name.as_str()) {
                let near = nearest(name, required.iter().chain(optional).copied());
                let finding = Diagnostic::new(Code("W703")).at(at(Some(name))).with("found", name.clone());
                found.push(finding.with("nearest", near));
            }
        }
        let missing: Vec<&&str> =
            required.iter().filter(|name| !header.iter().any(|known| known == **name)).collect();
        for name in &missing {
            found.push(Diagnostic::new(Code("E705")).at(at(None)).with("column", **name));
        }
        missing.is_empty().then(|| Self {
            file: file.to_owned(),
            header: Arc::new(header),
            cells: Arc::new(cells),
            ..Self::default()
        })
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.cells.len() + self.added.len()
    }

    /// A column.
    pub(super) fn column<'a>(&self, name: &'a str) -> Column<'a> {
        Column { name, position: self.position(name) }
    }

    /// The headers of the file.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    fn position(&self, name: &str) -> Option<usize> {
        let own = self.header.iter().position(|known| known == name);
        own.or_else(|| self.filled.iter().position(|known| known == name).map(|at| at + self.header.len()))
    }

    /// The text of a cell, trimmed; empty where there is none.
    pub(super) fn text(&self, row: usize, column: Column<'_>) -> &str {
        column.position.map_or("", |position| self.cell(row, position))
    }

    fn cell(&self, row: usize, position: usize) -> &str {
        if let Some((text, _)) = self.replaced.get(&(row, position)) {
            return text;
        }
        let own = match row.checked_sub(self.cells.len()) {
            None => self.cells.get(row, position),
            Some(added) => self.added[added].1.get(position).map(String::as_str),
        };
        own.unwrap_or_default().trim()
    }

    /// Line of a row in the file; of a row that a variant adds, its line there.
    pub(super) fn line(&self, row: usize) -> u32 {
        match row.checked_sub(self.cells.len()) {
            None => self.cells.line(row),
            Some(added) => self.added[added].0,
        }
    }

    /// The place of a cell.
    pub(super) fn spot(&self, row: usize, column: Column<'_>) -> Spot {
        let replaced = column.position.and_then(|position| self.replaced.get(&(row, position)));
        let by_variant =
            |line: u32| Spot { file: VARIANTS.to_owned(), row: Some(line), column: Some("value".to_owned()) };
        match replaced {
            Some((_, line)) => by_variant(*line),
            None if row >= self.cells.len() => by_variant(self.line(row)),
            None => Spot {
                file: self.file.clone(),
                row: Some(self.line(row)),
                column: Some(column.name.to_owned()),
            },
        }
    }

    /// Rows that meet all conditions `(column, text)`; `Err` with the first column that is not there.
    pub(super) fn matching<'a>(&self, conditions: &[(&'a str, &str)]) -> Result<Vec<usize>, &'a str> {
        let mut wanted = Vec::with_capacity(conditions.len());
        for (column, text) in conditions {
            wanted.push((self.position(column).ok_or(*column)?, *text));
        }
        let meets = |row: &usize| wanted.iter().all(|(position, text)| self.cell(*row, *position) == *text);
        Ok((0..self.len()).filter(meets).collect())
    }

    /// Replaces a cell; `line` is that of the variant's row.
    pub(super) fn replace(&mut self, row: usize, column: &str, text: &str, line: u32) {
        let position = self.position(column).unwrap_or_else(|| {
            self.filled.push(column.to_owned());
            self.header.len() + self.filled.len() - 1
        });
        self.replaced.insert((row, position), (text.trim().to_owned(), line));
    }

    /// Adds a row in the order of the header; `line` is that of the variant's row.
    pub(super) fn add(&mut self, cells: Vec<String>, line: u32) {
        self.added.push((line, cells));
    }
}
