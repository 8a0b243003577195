//! A section of the answer: sentences, tables, lists and pictures, the same for a terminal and for a page.

use crate::report::grid::{Listed, Side};
use crate::report::number::{figure, grouped};

/// A part of a section.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// A paragraph.
    Says(String),
    /// A table; not shown without rows.
    Table(Table),
    /// A list.
    Notes(Vec<String>),
    /// A picture, by the stem of its file name; on a page alone.
    Picture(&'static str),
}

/// A table with what a page says of it beyond a terminal.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// The table.
    pub(super) listed: Listed,
    /// Its caption, where the section has others.
    pub(super) caption: Option<&'static str>,
    /// Where the last column holds a grade, by row its class.
    pub(super) classes: Vec<&'static str>,
}

/// A section; one without parts is not shown.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    /// Anchor on a page.
    pub(super) anchor: &'static str,
    /// Title on a page.
    pub(super) title: &'static str,
    /// What stands in it.
    pub(super) parts: Vec<Part>,
    /// Files of results that hold all of it, to be named on a page.
    pub(super) rows: Option<&'static str>,
}

impl Section {
    pub(super) fn of(anchor: &'static str, title: &'static str) -> Self {
        Self { anchor, title, parts: Vec::new(), rows: None }
    }

    pub(super) fn says(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Says(text.into()));
        self
    }

    pub(super) fn table(self, listed: Listed) -> Self {
        self.tabled(Table { listed, caption: None, classes: Vec::new() })
    }

    pub(super) fn captioned(self, caption: &'static str, listed: Listed) -> Self {
        self.tabled(Table { listed, caption: Some(caption), classes: Vec::new() })
    }

    pub(super) fn graded(self, listed: Listed, classes: Vec<&'static str>) -> Self {
        self.tabled(Table { listed, caption: None, classes })
    }

    fn tabled(mut self, table: Table) -> Self {
        if !table.listed.rows.is_empty() {
            self.parts.push(Part::Table(table));
        }
        self
    }

    pub(super) fn rows_in(mut self, files: &'static str) -> Self {
        self.rows = Some(files);
        self
    }

    pub(super) fn notes(mut self, notes: Vec<String>) -> Self {
        self.parts.push(Part::Notes(notes));
        self
    }

    pub(super) fn picture(mut self, stem: &'static str) -> Self {
        self.parts.push(Part::Picture(stem));
        self
    }
}

pub(super) fn columns(words: &[(&str, Side)]) -> Listed {
    Listed {
        header: words.iter().map(|(word, _)| (*word).to_owned()).collect(),
        sides: words.iter().map(|(_, side)| *side).collect(),
        rows: Vec::new(),
    }
}

pub(super) fn optional(value: Option<f64>) -> String {
    optionally(value, tidy)
}

pub(super) fn optionally(value: Option<f64>, shown: impl FnOnce(f64) -> String) -> String {
    value.map_or_else(|| "–".to_owned(), shown)
}

/// A figure; what is left of rounding is nothing.
pub(super) fn tidy(value: f64) -> String {
    figure(if value.abs() < 5e-4 { 0.0 } else { value })
}

/// A figure of an objective: one that is whole has no decimals.
pub(super) fn counted(value: f64) -> String {
    let whole = value.round();
    if (value - whole).abs() < 1e-6 { grouped(whole, 0) } else { tidy(value) }
}
