//! Variants: the case with cells replaced and rows added.

use super::columns;
use super::folder::Folder;
use super::sheet::{Sheet, VARIANTS};
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::input::collected::Collected;
use crate::input::names::nearest;

/// Tables that no variant replaces.
const FIXED: [&str; 2] = ["variants", "expected"];

/// Names of the variants, in order of appearance.
pub(super) fn names(folder: &Folder) -> Vec<String> {
    let Some(sheet) = folder.sheet("variants") else { return Vec::new() };
    let column = sheet.column("variant");
    let mut names: Vec<String> = Vec::new();
    for row in 0..sheet.len() {
        let name = sheet.text(row, column);
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// A copy of the folder with what a variant replaces.
pub(super) fn applied(folder: &Folder, variant: &str, found: &mut Collected) -> Folder {
    let mut changed = folder.clone();
    let Some(sheet) = folder.sheet("variants") else { return changed };
    let column = sheet.column("variant");
    for row in 0..sheet.len() {
        if sheet.text(row, column) == variant
            && let Err(finding) = apply(sheet, row, &mut changed)
        {
            found.push(finding);
        }
    }
    changed
}

/// Rows of no variant at all.
pub(super) fn unnamed(folder: &Folder, found: &mut Collected) {
    let Some(sheet) = folder.sheet("variants") else { return };
    let column = sheet.column("variant");
    for row in (0..sheet.len()).filter(|row| sheet.text(*row, column).is_empty()) {
        found.push(Diagnostic::new(Code("E105")).at(sheet.spot(row, column)));
    }
}

fn apply(sheet: &Sheet, row: usize, folder: &mut Folder) -> Result<(), Diagnostic> {
    let cell = |name| sheet.text(row, sheet.column(name));
    let at = |name| sheet.spot(row, sheet.column(name));
    let (table, line, value) = (cell("table"), sheet.line(row), cell("value"));
    if table == "case" {
        return folder.keys.set(cell("column"), value).map_err(|finding| finding.at(at("column")));
    }
    let (name, adds) = table.strip_prefix('+').map_or((table, false), |name| (name, true));
    let tables = folder.kind().map_or(&[][..], columns::of);
    let known = tables.iter().find(|table| table.name == name && !FIXED.contains(&name));
    let (Some(known), Some(target)) = (known, folder.sheet_mut(name)) else {
        let near = nearest(name, tables.iter().map(|table| table.name).filter(|name| !FIXED.contains(name)));
        let finding = Diagnostic::new(Code("E708")).at(at("table")).with("found", table);
        return Err(finding.with("nearest", near));
    };
    if adds {
        return add(target, value, line).map_err(|finding| finding.at(at("value")));
    }
    let column = cell("column");
    let is_known = known.required.iter().chain(known.optional).any(|known| *known == column);
    if !is_known && !target.header().iter().any(|known| known == column) {
        let near = nearest(column, known.required.iter().chain(known.optional).copied());
        return Err(Diagnostic::new(Code("E101"))
            .at(at("column"))
            .with("found", column)
            .with("nearest", near));
    }
    let key = cell("key");
    let mut conditions = Vec::new();
    for condition in key.split(';').map(str::trim).filter(|condition| !condition.is_empty()) {
        let Some((column, text)) = condition.split_once('=') else {
            return Err(Diagnostic::new(Code("E709")).at(at("key")).with("found", condition));
        };
        conditions.push((column.trim(), text.trim()));
    }
    let rows = target.matching(&conditions).map_err(|column| {
        let near = nearest(column, target.header().iter().map(String::as_str));
        Diagnostic::new(Code("E101")).at(at("key")).with("found", column).with("nearest", near)
    })?;
    if rows.is_empty() {
        let finding = Diagnostic::new(Code("E710")).at(at("key"));
        return Err(finding.with("table", name).with("key", key));
    }
    for row in rows {
        target.replace(row, column, value, line);
    }
    Ok(())
}

/// Adds the row that a cell holds as CSV.
fn add(target: &mut Sheet, text: &str, line: u32) -> Result<(), Diagnostic> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    // Text in memory that is UTF-8 already gives no error, whatever stands in it.
    reader.read_record(&mut record).unwrap_or(false);
    let (found, expected) = (record.len(), target.header().len());
    if found == 0 {
        return Err(Diagnostic::new(Code("E105")));
    }
    if found > expected {
        let finding = Diagnostic::new(Code("E014")).with("found", found.to_string());
        return Err(finding.with("expected", expected.to_string()));
    }
    target.add(record.iter().map(str::to_owned).collect(), line);
    Ok(())
}

/// Where the row of an expectation names a variant that is not there.
pub(super) fn unknown(spot: Spot, found: &str, names: &[String]) -> Diagnostic {
    let finding = Diagnostic::new(Code("E106")).at(spot).with("table", VARIANTS).with("found", found);
    finding.with("nearest", nearest(found, names.iter().map(String::as_str)))
}
