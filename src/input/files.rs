//! The files of a model folder: which are read, which are refused, and what they are called.

use super::attributes::{self, NOT_YET, TableAttributes};
use super::collected::Collected;
use super::loaded::InputFile;
use super::names::{folded, nearest};
use super::refusals;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::model::TableKind;
use std::path::Path;

/// Greatest size of one table, in bytes; a larger one is refused before it is read.
pub const LARGEST_TABLE: u64 = 64 * 1024 * 1024;

/// The settings file.
pub const SETTINGS: &str = "model.toml";

/// What a file name stands for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning {
    /// `model.toml`.
    Settings,
    /// A table.
    Table(&'static TableAttributes),
    /// The user's own indicator definitions.
    Indicators,
    /// A table that is not read yet.
    NotYet,
    /// A workbook, which is not read yet.
    Workbook,
    /// A `.csv` of an unknown name.
    Unknown,
    /// Something else (a readme, a picture): not ours.
    Other,
}

/// What a file name stands for.
pub(super) fn meaning(name: &str) -> Meaning {
    let lower = folded(name);
    if lower == SETTINGS {
        return Meaning::Settings;
    }
    let Some((stem, ending)) = lower.rsplit_once('.') else { return Meaning::Other };
    match ending {
        "toml" => Meaning::Indicators,
        "xlsx" | "xls" | "ods" | "et" => Meaning::Workbook,
        "csv" => {
            if let Some(table) = attributes::all().find(|t| t.table.stem() == stem || t.zh == stem) {
                Meaning::Table(table)
            } else if NOT_YET.iter().any(|(table, zh)| table.stem() == stem || *zh == stem) {
                Meaning::NotYet
            } else {
                Meaning::Unknown
            }
        }
        _ => Meaning::Other,
    }
}

/// Reads all files of a folder that are ours, in the order of their names.
pub(super) fn read(folder: &Path, found: &mut Collected) -> Vec<InputFile> {
    let shown = folder.display().to_string();
    let fault = |code: &'static str, file: &str, error: &std::io::Error| {
        let finding = Diagnostic::new(Code(code)).at(Spot { file: file.to_owned(), ..Spot::default() });
        refusals::told(finding.with("found", file), ["error_zh", "error_en"], error)
    };
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if folder.is_file() && matches!(meaning(&name), Meaning::Workbook) {
        refuse(&InputFile::new(name, Vec::new()), Meaning::Workbook, found);
        return Vec::new();
    }
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            found.push(fault("E001", &shown, &error));
            return Vec::new();
        }
    };
    let mut names: Vec<String> = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && !name.starts_with(['.', '~']) {
            names.push(name);
        }
    }
    names.sort();
    let mut files = Vec::new();
    for name in names {
        if matches!(meaning(&name), Meaning::Other) {
            continue;
        }
        let path = folder.join(&name);
        match std::fs::metadata(&path) {
            Ok(data) if data.len() > LARGEST_TABLE => {
                let finding = Diagnostic::new(Code("E009")).at(Spot { file: name, ..Spot::default() });
                let finding = finding.with("found", megabytes(data.len()));
                found.push(finding.with("limit", megabytes(LARGEST_TABLE)));
            }
            Ok(_) => match std::fs::read(&path) {
                Ok(bytes) => files.push(InputFile::new(name, bytes)),
                Err(error) => found.push(fault("E008", &name, &error)),
            },
            Err(error) => found.push(fault("E008", &name, &error)),
        }
    }
    files
}

/// A size in MB, rounded up.
pub(super) fn megabytes(bytes: u64) -> String {
    (bytes.div_ceil(1024 * 1024)).to_string()
}

/// Findings about files that are refused.
pub(super) fn refuse(file: &InputFile, meaning: Meaning, found: &mut Collected) {
    let at = || Spot { file: file.name.clone(), ..Spot::default() };
    match meaning {
        Meaning::NotYet => found.push(Diagnostic::new(Code("E007")).at(at())),
        Meaning::Workbook => found.push(Diagnostic::new(Code("E011")).at(at())),
        Meaning::Unknown => {
            let known = TableKind::ALL.into_iter().flat_map(|t| [t.stem(), attributes::chinese_name(t)]);
            let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
            let finding = Diagnostic::new(Code("E006")).at(at()).with("found", file.name.clone());
            found.push(finding.with("nearest", nearest(stem, known)));
        }
        Meaning::Settings | Meaning::Table(_) | Meaning::Indicators | Meaning::Other => {}
    }
}
