//! Workbooks: every sheet becomes a file of the model and is then read like a file of a folder.
//!
//! A sheet named like a table (in either language) is that table, a sheet [`SETTINGS_SHEETS`] holds the settings,
//! a sheet `….toml` holds indicator definitions line by line; every other sheet is the clerk's own. The text of a
//! sheet has one line for every row of the sheet, so that a finding's line is the row in Excel.

mod cells;
mod container;
mod formulas;
mod place;
mod settings;
mod sheet;

pub use place::{Located, address, locate, position};

use super::collected::Collected;
use super::files::{Meaning, meaning, plain_sheet_name};
use super::loaded::InputFile;
use super::names::nearest;
use crate::diagnostic::{Code, Diagnostic, Spot};
use calamine::{Reader, SheetType, Xlsx};
use cells::Rows;
use formulas::SheetFormulas;
use std::io::Cursor;

/// Endings of workbooks that are read.
pub const READ: [&str; 2] = ["xlsx", "xlsm"];

/// Endings of workbooks that are told to be saved anew.
pub const OTHERS: [&str; 5] = ["xls", "et", "ods", "xlsb", "ett"];

/// Between the name of a workbook and that of a sheet, as Excel writes it.
pub const MARK: char = '!';

/// Names of the sheet that holds what `model.toml` holds in a folder: a key and its value in each row.
pub const SETTINGS_SHEETS: [&str; 4] = ["model", "模型", "settings", "设置"];

/// What stands behind the name of a marked copy, before its ending and a number.
pub const MARKED: [&str; 2] = ["-问题标记", "-marked"];

/// Whether a file is a copy that was given back with its faults marked: no model of its own in a folder.
#[must_use]
pub fn is_marked_copy(name: &str) -> bool {
    let stem = name.rsplit_once('.').filter(|(_, ending)| is_read(ending)).map(|(stem, _)| stem);
    let plain = stem.map(|stem| stem.trim_end_matches(|c: char| c.is_ascii_digit()));
    plain.is_some_and(|stem| {
        let stem = stem.strip_suffix('-').unwrap_or(stem);
        MARKED.iter().any(|mark| stem.ends_with(mark))
    })
}

/// When a workbook says it was last saved, as `2017-04-28T08:15:00Z`; `None` where it says nothing readable.
#[must_use]
pub fn last_saved(bytes: &[u8]) -> Option<String> {
    container::part(bytes, "docProps/core.xml").and_then(|text| {
        let (_, rest) = text.split_once("<dcterms:modified")?;
        let (_, rest) = rest.split_once('>')?;
        Some(rest.split_once('<')?.0.trim().to_owned())
    })
}

/// Least likeness at which the name of a sheet is told to be nearly that of a table.
const NEAR: f64 = 0.75;

/// What a workbook is called together with one of its sheets.
#[must_use]
pub fn sheet_file(book: &str, sheet: &str) -> String {
    format!("{book}{MARK}{sheet}")
}

/// The workbook and the sheet of a name that [`sheet_file`] made.
#[must_use]
pub fn book_and_sheet(name: &str) -> Option<(&str, &str)> {
    let ends = |book: &str| book.rsplit_once('.').is_some_and(|(_, end)| is_read(end));
    name.match_indices(MARK)
        .map(|(at, _)| (&name[..at], &name[at + MARK.len_utf8()..]))
        .find(|(book, _)| ends(book))
}

/// Whether a file of this ending is read as a workbook.
#[must_use]
pub fn is_read(ending: &str) -> bool {
    READ.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Why a file cannot be opened as a workbook: encrypted, of another kind, or unpacking to too much; `None` where it can.
#[must_use]
pub fn refusal(book: &InputFile) -> Option<Diagnostic> {
    let spot = Spot { file: book.name.clone(), ..Spot::default() };
    container::check(&book.bytes).err().map(|refusal| refusal.told().at(spot))
}

/// The sheets of a workbook as files of a model; everything wrong with it goes to the findings.
pub(super) fn opened(book: &InputFile, found: &mut Collected) -> Vec<InputFile> {
    let at = || Spot { file: book.name.clone(), ..Spot::default() };
    if let Some(refusal) = refusal(book) {
        found.push(refusal);
        return Vec::new();
    }
    let damaged = |error: &dyn std::fmt::Display| {
        Diagnostic::new(Code("E023")).at(at()).with("error", error.to_string())
    };
    let mut workbook: Xlsx<_> = match Xlsx::new(Cursor::new(book.bytes.as_slice())) {
        Ok(workbook) => workbook,
        Err(error) => {
            found.push(damaged(&error));
            return Vec::new();
        }
    };
    if container::holds(&book.bytes, "xl/vbaProject.bin") {
        found.push(Diagnostic::new(Code("N020")).at(at()));
    }
    let sheets = workbook.sheets_metadata().to_vec();
    let mut files = Vec::new();
    let mut left_out = Vec::new();
    let mut formulas = Vec::new();
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let name = sheet_file(&book.name, &sheet.name);
        let meaning = meaning(&name);
        if matches!(meaning, Meaning::Unknown | Meaning::Other | Meaning::Workbook) {
            match nearly(&sheet.name) {
                Some(table) => {
                    let finding = Diagnostic::new(Code("W020")).at(Spot { file: name, ..Spot::default() });
                    found.push(finding.with("nearest", table));
                }
                None => left_out.push(sheet.name.clone()),
            }
            continue;
        }
        match Rows::of(&mut workbook, &sheet.name) {
            Ok(mut rows) => {
                let computed = std::mem::take(&mut rows.formulas);
                formulas.push(SheetFormulas {
                    sheet: sheet.name.clone(),
                    file: Some(name.clone()),
                    formulas: computed,
                });
                let text = match meaning {
                    Meaning::Settings => settings::text(&rows, &name, found),
                    Meaning::Table(attributes) => sheet::text(&rows, attributes, &name, found),
                    _ => sheet::lines(&rows),
                };
                files.push(InputFile::new(name, text));
            }
            Err(error) => found.push(damaged(&error)),
        }
    }
    // A circle may go over sheets that are not read.
    let named = formulas::named_sheets(&formulas);
    for sheet in left_out.iter().filter(|sheet| named.contains(sheet)) {
        if let Ok(rows) = Rows::of(&mut workbook, sheet) {
            let (sheet, formulas_of) = (sheet.clone(), rows.formulas);
            formulas.push(SheetFormulas { sheet, file: None, formulas: formulas_of });
        }
    }
    formulas::check(&formulas, found);
    if files.is_empty() {
        found.push(Diagnostic::new(Code("E028")).at(at()));
    }
    if !left_out.is_empty() {
        found.push(Diagnostic::new(Code("N021")).at(at()).with("sheets", left_out.join("、")));
    }
    files
}

/// The table that a sheet is nearly called.
fn nearly(sheet: &str) -> Option<String> {
    let plain = plain_sheet_name(sheet);
    // A name of a table with more around it is that table to whoever wrote it.
    let held = super::files::table_names().filter(|table| plain.contains(table));
    if let Some(table) = held.max_by_key(|table| table.len()) {
        return Some(table.to_owned());
    }
    let table = nearest(&plain, super::files::table_names());
    (!table.is_empty() && strsim::normalized_damerau_levenshtein(&plain, &table) >= NEAR).then_some(table)
}
