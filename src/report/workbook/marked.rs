//! A faulty workbook given back: a copy with the faulty cells coloured and noted, and a sheet that lists all faults.
//!
//! The copy is the user's own file with the few parts changed that must be; everything else (formats, charts, names,
//! other sheets, what WPS adds) stays byte for byte. A file that is written in an unusual way is not touched: then a
//! new workbook holds the list and the faulty rows.

mod cells;
mod comments;
mod extract;
mod listing;
mod styles;
mod undone;

use super::package::{Package, PackageError, parts};
use crate::diagnostic::{Diagnostic, Findings, Language, Severity};
use crate::input::InputFile;
use crate::input::workbook::{Located, locate};
use std::collections::BTreeMap;

/// Name of the sheet that lists the faults.
pub const LISTING: [&str; 2] = ["问题清单", "findings"];

/// A finding with its cell, where it has one.
#[derive(Clone, Debug)]
struct Told<'a> {
    finding: &'a Diagnostic,
    cell: Option<Located>,
}

/// The marked copy of a workbook and whether it is the user's own file (else a new one).
#[derive(Clone, Debug)]
pub struct Marked {
    /// Bytes of an `.xlsx` file.
    pub bytes: Vec<u8>,
    /// Whether it is a copy of the user's own file.
    pub is_copy: bool,
}

/// Marks every error and warning of a workbook.
///
/// # Errors
/// When not even a new workbook can be made: a fault of the program.
pub fn marked(
    book: &InputFile,
    findings: &Findings,
    language: Language,
) -> Result<Marked, super::xlsx::BookError> {
    let told: Vec<Told<'_>> = findings
        .0
        .iter()
        .filter(|finding| finding.severity() > Severity::Note)
        .map(|finding| Told { finding, cell: None })
        .collect();
    let cells = locate(book, told.iter().map(|told| &told.finding.spot));
    let told: Vec<Told<'_>> = told.into_iter().zip(cells).map(|(told, cell)| Told { cell, ..told }).collect();
    match copy(&book.bytes, &told, language) {
        Ok(bytes) => Ok(Marked { bytes, is_copy: true }),
        Err(_) => {
            let bytes = super::xlsx::bytes(&extract::book(book, &told, language))?;
            Ok(Marked { bytes, is_copy: false })
        }
    }
}

/// What a cell's note says: the message, and what to do.
fn words(finding: &Diagnostic, language: Language) -> String {
    let text = crate::diagnostic::texts::text_of(finding.code);
    let advice = crate::diagnostic::texts::without_values(language.pick(text.explain_zh, text.explain_en));
    format!("{} {}\n{advice}", finding.code.0, finding.message(language))
}

fn copy(bytes: &[u8], told: &[Told<'_>], language: Language) -> Result<Vec<u8>, PackageError> {
    let mut package = Package::read(bytes)?;
    let list = undone::undo(&mut package)?;
    let sheets = parts::sheets(&package)?;
    let mut styles = styles::Styles::read(&package)?;
    let mut by_sheet: BTreeMap<&str, BTreeMap<(u32, u32), Vec<String>>> = BTreeMap::new();
    for told in told {
        if let Some(cell) = &told.cell {
            let of_cell =
                by_sheet.entry(&cell.sheet).or_default().entry((cell.row, cell.column)).or_default();
            of_cell.push(words(told.finding, language));
        }
    }
    for (sheet, cells) in &by_sheet {
        let part = sheets.iter().find(|(name, _)| name == sheet).map(|(_, part)| part.clone());
        let part = part.ok_or_else(|| PackageError::Unusual(format!("no sheet {sheet}")))?;
        let text = package.text(&part)?;
        let text = cells::coloured(&text, cells.keys().copied(), &mut styles)?;
        package.put(&part, text);
        let notes = cells.iter().map(|(cell, words)| (*cell, words.join("\n\n"))).collect();
        comments::add(&mut package, &part, &notes)?;
    }
    listing::add(&mut package, told, &mut styles, list, language)?;
    styles.write(&mut package)?;
    package.bytes()
}
