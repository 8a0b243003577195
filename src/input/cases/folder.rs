//! The files of a case.

use super::columns;
use super::settings::{FILE, Keys};
use super::sheet::Sheet;
use crate::case::Kind;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::input::collected::Collected;
use crate::input::files::{LARGEST_TABLE, megabytes};
use crate::input::names::nearest;
use crate::input::read::encoding::{self, TextFault};
use crate::input::refusals;
use std::collections::BTreeMap;
use std::path::Path;

/// The files of a case, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Folder {
    pub(super) keys: Keys,
    sheets: BTreeMap<&'static str, Sheet>,
}

impl Folder {
    /// Reads the settings of a case folder; the tables follow with [`Folder::read_tables`].
    pub(super) fn open(folder: &Path, found: &mut Collected) -> Option<Self> {
        let bytes = bytes(folder, FILE, found)?;
        Some(Self { keys: Keys::read(&bytes, found)?, sheets: BTreeMap::new() })
    }

    /// Reads the tables of a kind; whether all that it cannot do without are there and could be read.
    pub(super) fn read_tables(&mut self, folder: &Path, kind: Kind, found: &mut Collected) -> bool {
        let mut is_whole = true;
        let mut met = Vec::new();
        for name in names(folder, found) {
            let Some(stem) = name.strip_suffix(".csv") else { continue };
            let at = || Spot { file: name.clone(), ..Spot::default() };
            let Some(table) = columns::of(kind).iter().find(|table| table.name == stem) else {
                let finding = if columns::names().any(|known| known == stem) {
                    Diagnostic::new(Code("W704")).with("kind", kind.word())
                } else {
                    Diagnostic::new(Code("W702")).with("nearest", nearest(stem, columns::names()))
                };
                found.push(finding.at(at()));
                continue;
            };
            met.push(table.name);
            let Some(bytes) = bytes(folder, &name, found) else {
                is_whole = false;
                continue;
            };
            let text = match encoding::decode(&bytes) {
                Ok(text) => text,
                Err(fault) => {
                    let code = if fault == TextFault::Binary { "E017" } else { "E016" };
                    found.push(Diagnostic::new(Code(code)).at(at()));
                    is_whole = false;
                    continue;
                }
            };
            let mut optional = table.optional.to_vec();
            // Its other columns are named by the case.
            let own = if stem == "design" { first_line(&text) } else { Vec::new() };
            optional.extend(own.iter().map(String::as_str));
            match Sheet::read(&text, &name, table.required, &optional, found) {
                Some(sheet) => {
                    self.sheets.insert(table.name, sheet);
                }
                None => is_whole = false,
            }
        }
        for name in columns::needed(kind, &met) {
            if !met.contains(name) {
                let finding = Diagnostic::new(Code("E703")).with("file", format!("{name}.csv"));
                found.push(finding.with("kind", kind.word()));
                is_whole = false;
            }
        }
        is_whole
    }

    /// The kind of the case.
    pub(super) fn kind(&self) -> Option<Kind> {
        self.keys.kind()
    }

    /// A table, if the case has it.
    pub(super) fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.get(name)
    }

    /// A table to be changed.
    pub(super) fn sheet_mut(&mut self, name: &str) -> Option<&mut Sheet> {
        self.sheets.get_mut(name)
    }
}

fn first_line(text: &str) -> Vec<String> {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    line.split(',').map(|name| name.trim().trim_matches('"').to_owned()).collect()
}

/// Names of the files of a folder, in order.
fn names(folder: &Path, found: &mut Collected) -> Vec<String> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let finding = Diagnostic::new(Code("E001")).with("found", folder.display().to_string());
            found.push(refusals::told(finding, ["error_zh", "error_en"], &error));
            return Vec::new();
        }
    };
    let entries = entries.flatten().filter(|entry| !entry.path().is_dir());
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.starts_with(['.', '~']));
    names.sort();
    names
}

fn bytes(folder: &Path, name: &str, found: &mut Collected) -> Option<Vec<u8>> {
    let path = folder.join(name);
    let at = || Spot { file: name.to_owned(), ..Spot::default() };
    let read = std::fs::metadata(&path).and_then(|data| match data.len() {
        size if size > LARGEST_TABLE => Ok(Err(size)),
        _ => std::fs::read(&path).map(Ok),
    });
    match read {
        Ok(Ok(bytes)) => Some(bytes),
        Ok(Err(size)) => {
            let finding = Diagnostic::new(Code("E009")).at(at()).with("found", megabytes(size));
            found.push(finding.with("limit", megabytes(LARGEST_TABLE)));
            None
        }
        Err(error) => {
            let finding = Diagnostic::new(Code("E008")).at(at()).with("found", name);
            found.push(refusals::told(finding, ["error_zh", "error_en"], &error));
            None
        }
    }
}
