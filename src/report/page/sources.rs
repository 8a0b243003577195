//! Sources by number, and rows of tables with links to what they cite.

use super::table::{Cell, Line, numbers, table, words};
use super::{Context, markup::Html};
use crate::diagnostic::Language;
use crate::id::SourceId;
use crate::model::{Model, Provenance, Shelf, Source};
use crate::report::opened::{quality_name, table_name};
use crate::report::summary::Subject;
use std::collections::BTreeMap;

/// Longest name of a source that stands beside a row; longer ones are told by number.
const SHORT: usize = 24;

/// All sources that any scenario cites, by key: the same ones whatever the scenario.
#[derive(Clone, Debug)]
pub(super) struct Sources<'a> {
    by_key: BTreeMap<&'a str, (usize, &'a Source)>,
}

impl<'a> Sources<'a> {
    /// Those of all scenarios.
    pub(super) fn of(subject: &'a Subject<'a>) -> Self {
        let all = subject.models.iter().flat_map(|model| &model.sources);
        let mut by_key: BTreeMap<&str, (usize, &Source)> =
            all.map(|source| (source.key.as_str(), (0, source))).collect();
        for (number, (position, _)) in by_key.values_mut().enumerate() {
            *position = number + 1;
        }
        Self { by_key }
    }

    fn number(&self, model: &Model, id: SourceId) -> usize {
        self.by_key.get(model.sources[id].key.as_str()).map_or(0, |(number, _)| *number)
    }
}

fn anchor_of(number: usize) -> String {
    format!("source-{number}")
}

/// A row as `activity 12 (derived, source)`, behind what a cell holds already; nothing for a record that the
/// program made itself.
fn row(cell: Cell, context: &Context<'_>, model: &Model, row: &Provenance, first: bool) -> Cell {
    let language = context.subject.language;
    let join = if first { "" } else { language.pick("、", ", ") };
    let shelf = if row.shelf == Shelf::Catalogue { language.pick("目录 ", "catalogue ") } else { "" };
    let quality = row.quality.map_or("?", |quality| quality_name(quality, language));
    let head = format!("{join}{shelf}{} {} ({quality}", table_name(row.table, language), row.row);
    match row.source {
        None => cell.and(format!("{head})")),
        Some(id) => {
            let (number, key) = (context.sources.number(model, id), model.sources[id].key.as_str());
            let short = key.chars().count() <= SHORT;
            let name = if short { key.to_owned() } else { format!("[{number}]") };
            cell.and(format!("{head}, ")).and(name).to(&anchor_of(number)).and(")")
        }
    }
}

/// Rows in one cell, with links to their sources.
pub(super) fn rows<'r>(
    context: &Context<'_>,
    model: &Model,
    rows: impl IntoIterator<Item = &'r Provenance>,
) -> Cell {
    let mut cell = Cell::default();
    for (at, provenance) in rows.into_iter().filter(|row| row.row > 0).enumerate() {
        cell = row(cell, context, model, provenance, at == 0);
    }
    cell
}

/// The header of a column of rows.
pub(super) fn rows_header(language: Language) -> &'static str {
    language.pick("所依据的行：表、行号（质量、来源）", "Rows: table, line (quality, source)")
}

/// All sources, numbered.
pub(super) fn all(html: &mut Html, context: &Context<'_>) {
    let language = context.subject.language;
    if context.sources.by_key.is_empty() {
        return;
    }
    html.leaf("h3", &[("id", "sources")], language.pick("来源", "Sources"));
    html.element("ol", &[("class", "sources")], |html| {
        for (number, source) in context.sources.by_key.values() {
            html.element("li", &[("id", &anchor_of(*number))], |html| {
                if source.key != source.title && source.key.chars().count() <= SHORT {
                    html.leaf("b", &[], &source.key);
                    html.text("  ");
                }
                html.text(&source.title);
                if let Some(address) = &source.address {
                    html.text("  ");
                    Cell::address(address).fill(html);
                }
                if let Some(read) = &source.read {
                    html.text(&format!("  {} {read}", language.pick("阅读于", "read on")));
                }
                if let Some(verified) = &source.verified {
                    html.text(&format!("  {} {verified}", language.pick("已核对：", "verified: ")));
                }
            });
        }
    });
}

/// Input files with their digests.
pub(super) fn inputs(html: &mut Html, context: &Context<'_>) {
    let language = context.subject.language;
    let columns =
        [words(language.pick("文件", "File")), numbers(language.pick("字节", "Bytes")), words("SHA-256")];
    let lines: Vec<Line> = (context.loaded.inputs.iter())
        .map(|input| Line::texts([input.name.clone(), input.bytes.len().to_string(), input.sha256.clone()]))
        .collect();
    html.element("details", &[], |html| {
        html.leaf("summary", &[], &format!("{} ({})", language.pick("输入文件", "Inputs"), lines.len()));
        table(html, language.pick("输入文件", "Inputs"), &columns, &lines);
    });
}
