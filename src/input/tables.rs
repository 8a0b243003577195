//! The raw tables of a model and the catalogue's, side by side.

use super::attributes::{self, Kind, TableAttributes};
use super::catalogue;
use super::collected::Collected;
use super::files::{Meaning, SETTINGS, meaning, refuse};
use super::indicators::statistic_of_name;
use super::loaded::InputFile;
use super::read::encoding::{TextFault, decode};
use super::read::{RawTable, delimited};
use super::{records, workbook};
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::model::{Shelf, TableKind};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All raw tables; a scenario's copy shares those it does not change.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    own: BTreeMap<TableKind, Arc<RawTable>>,
    catalogue: BTreeMap<TableKind, Arc<RawTable>>,
    /// Of the model's own tables, the rows of other sources: shown, not computed with.
    alternatives: Vec<Arc<RawTable>>,
    unread: BTreeSet<TableKind>,
    half_read: BTreeSet<TableKind>,
}

impl Tables {
    /// The model's own and the catalogue's table of a kind, where there are any.
    pub(super) fn both(&self, kind: TableKind) -> impl Iterator<Item = &RawTable> {
        let own = self.own.get(&kind).map(Arc::as_ref);
        own.into_iter().chain(self.catalogue.get(&kind).map(Arc::as_ref))
    }

    /// The model's own table of a kind.
    #[must_use]
    pub(super) fn own(&self, kind: TableKind) -> Option<&RawTable> {
        self.own.get(&kind).map(Arc::as_ref)
    }

    /// Of the model's own tables, the rows of other sources.
    pub(super) fn alternatives(&self) -> impl Iterator<Item = &RawTable> {
        self.alternatives.iter().map(Arc::as_ref)
    }

    /// Tables that are needed and missing, or that could not be read: told once, not at every row that names
    /// them.
    pub(super) fn unread(&self) -> &BTreeSet<TableKind> {
        &self.unread
    }

    /// Tables of which a column was not understood or is missing: what a row seems to lack may stand in it.
    pub(super) fn half_read(&self) -> &BTreeSet<TableKind> {
        &self.half_read
    }

    /// A table to change; it is copied first when another scenario shares it.
    pub(super) fn changeable(&mut self, kind: TableKind, shelf: Shelf) -> Option<&mut RawTable> {
        let shelf = match shelf {
            Shelf::Model => &mut self.own,
            Shelf::Catalogue => &mut self.catalogue,
        };
        shelf.get_mut(&kind).map(Arc::make_mut)
    }
}

/// The finding that a file is missing, among those of a folder or as a sheet of a workbook.
pub(super) fn missing(files: &[InputFile], file: &str, chinese: &str) -> Diagnostic {
    let book = files.iter().find_map(|file| workbook::book_and_sheet(&file.name)).map(|(book, _)| book);
    let Some(book) = book else {
        return Diagnostic::new(Code("E002")).with("file", file).with("chinese", chinese);
    };
    let sheet = |name: &str| name.split('.').next().unwrap_or(name).to_owned();
    let chinese = if file == SETTINGS { workbook::SETTINGS_SHEETS[1] } else { chinese };
    let spot = Spot { file: book.to_owned(), ..Spot::default() };
    Diagnostic::new(Code("E029")).at(spot).with("sheet", sheet(file)).with("chinese", sheet(chinese))
}

/// The tables of a model that was read before, as they were written: before scenarios change anything.
pub(super) fn again(files: &[InputFile]) -> Tables {
    let mut found = Collected::default();
    let sheets = super::sheets(files, &mut found);
    read(sheets.as_deref().unwrap_or(files), &mut found)
}

/// Cells of a workbook whose formula failed, was never computed, or goes in a circle.
pub(super) const CELLS: [&str; 3] = ["E025", "E026", "E027"];

/// Reads the tables among the files; everything wrong goes to the findings.
pub(super) fn read(files: &[InputFile], found: &mut Collected) -> Tables {
    let mut own: BTreeMap<TableKind, Arc<RawTable>> = BTreeMap::new();
    let mut alternatives = Vec::new();
    // Cells that hold no value in a workbook: what follows from their being empty is not told a second time.
    let faulty = found.files_with(&CELLS).filter_map(|name| match meaning(name) {
        Meaning::Table(attributes) => Some(attributes.table),
        _ => None,
    });
    let mut half_read: BTreeSet<TableKind> = faulty.collect();
    let refused = found.files_with(&["E008", "E009"]).filter_map(|name| match meaning(name) {
        Meaning::Table(attributes) => Some(attributes.table),
        _ => None,
    });
    let mut unread: BTreeSet<TableKind> = refused.collect();
    // The texts are read side by side; what is wrong with them is told in the order of the files.
    let texts = files.par_iter().map(|file| match meaning(&file.name) {
        Meaning::Table(attributes) => Some(text_of(file, attributes)),
        _ => None,
    });
    for (file, text) in files.iter().zip(texts.collect::<Vec<_>>()) {
        let meaning = meaning(&file.name);
        let (Meaning::Table(attributes), Some(text)) = (meaning, text) else {
            refuse(file, meaning, found);
            continue;
        };
        let spot = Spot { file: file.name.clone(), ..Spot::default() };
        if let Some(other) = own.get(&attributes.table) {
            let finding = Diagnostic::new(Code("E015")).at(spot);
            found.push(finding.with("other", other.file.clone()));
            continue;
        }
        let (mut table, findings) = match text {
            Ok(read) => read,
            Err(fault) => {
                let code = if fault == TextFault::Binary { "E017" } else { "E016" };
                found.push(Diagnostic::new(Code(code)).at(spot));
                let empty = RawTable::empty(attributes, Shelf::Model, file.name.clone());
                own.insert(attributes.table, Arc::new(empty));
                unread.insert(attributes.table);
                continue;
            }
        };
        if findings.0.iter().any(|finding| ["E101", "E103", "E104"].contains(&finding.code.0)) {
            half_read.insert(attributes.table);
        }
        found.extend(findings);
        name_statistics(&mut table);
        alternatives.extend(records::alternatives::split(&mut table).map(Arc::new));
        own.insert(attributes.table, Arc::new(table));
    }
    let is_missing = |table: &TableKind| !own.contains_key(table) && !unread.contains(table);
    let absent: Vec<_> = attributes::all().filter(|t| t.required && is_missing(&t.table)).collect();
    for attributes in absent {
        let [file, chinese] = [attributes.table.stem(), attributes.zh].map(|name| format!("{name}.csv"));
        found.push(missing(files, &file, &chinese));
        unread.insert(attributes.table);
    }
    let (catalogue, findings) = catalogue::tables();
    found.extend(findings);
    let catalogue = catalogue.into_iter().map(|(kind, table)| (kind, Arc::new(table))).collect();
    Tables { own, catalogue, alternatives, unread, half_read }
}

/// Puts the keys of statistics for their names, so that a row is the same however it calls its statistic.
pub(super) fn name_statistics(table: &mut RawTable) {
    let keyed = table.attributes.all_columns().filter(|column| column.kind == Kind::Statistic);
    for column in keyed.map(|column| table.column(column.key)).collect::<Vec<_>>() {
        let rows = table.rows().filter_map(|row| Some((row.number, statistic_of_name(row.text(column)?)?)));
        for (row, key) in rows.collect::<Vec<_>>() {
            table.set(row, column, key.to_owned());
        }
    }
}

/// The raw table of a file and what is wrong with it.
fn text_of(
    file: &InputFile,
    attributes: &'static TableAttributes,
) -> Result<(RawTable, Findings), TextFault> {
    let mut findings = Findings::default();
    let text = decode(&file.bytes)?;
    let table = delimited::table(&text, attributes, Shelf::Model, &file.name, &mut findings);
    Ok((table, findings))
}
