//! The files of a model folder: which are read, which are refused, and what they are called.

use super::attributes::{self, NOT_YET, TableAttributes};
use super::collected::Collected;
use super::loaded::InputFile;
use super::names::{folded, nearest};
use super::{refusals, workbook};
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
    /// A workbook.
    Workbook,
    /// A `.csv` or a sheet of an unknown name.
    Unknown,
    /// Something else (a readme, a picture): not ours.
    Other,
}

/// What a file name stands for.
pub(super) fn meaning(name: &str) -> Meaning {
    if let Some((_, sheet)) = workbook::book_and_sheet(name) {
        return meaning_of_sheet(sheet);
    }
    let lower = folded(name);
    if lower == SETTINGS {
        return Meaning::Settings;
    }
    let Some((stem, ending)) = lower.rsplit_once('.') else { return Meaning::Other };
    match ending {
        "toml" => Meaning::Indicators,
        _ if workbook::is_read(ending) || workbook::OTHERS.contains(&ending) => Meaning::Workbook,
        "csv" => table_called(stem),
        _ => Meaning::Other,
    }
}

fn table_called(stem: &str) -> Meaning {
    if let Some(table) = attributes::all().find(|t| t.table.stem() == stem || t.zh == stem) {
        Meaning::Table(table)
    } else if NOT_YET.iter().any(|(table, zh)| table.stem() == stem || *zh == stem) {
        Meaning::NotYet
    } else {
        Meaning::Unknown
    }
}

/// What the name of a sheet stands for.
fn meaning_of_sheet(sheet: &str) -> Meaning {
    let plain = plain_sheet_name(sheet);
    if workbook::SETTINGS_SHEETS.contains(&plain.as_str()) {
        return Meaning::Settings;
    }
    // `2017.toml` begins with what is taken for a number in front.
    if folded(sheet).ends_with(".toml") { Meaning::Indicators } else { table_called(&plain) }
}

/// The name of a sheet without what clerks put around it: `3.项目（2016）`, `项目表`, `2016年项目` are `项目`.
pub(super) fn plain_sheet_name(sheet: &str) -> String {
    let lower = folded(sheet);
    let number = |c: char| c.is_ascii_digit() || " .-_、".contains(c);
    let plain = lower.split(['(', '（']).next().unwrap_or(&lower).trim();
    let plain = plain.trim_start_matches(number).trim_start_matches('年').trim_start_matches('度');
    let plain = plain.trim_end_matches(|c: char| number(c) || "年度".contains(c)).trim_start_matches(number);
    let is_table = |name: &str| table_names().any(|table| table == name);
    let shorter = ["一览表", "清单", "表"].iter().filter_map(|ending| plain.strip_suffix(ending));
    let named = shorter.map(|name| name.trim_end_matches(|c: char| number(c) || "年度".contains(c)));
    let mut named = named.filter(|name| is_table(name));
    named.next().unwrap_or(plain).to_owned()
}

/// The names of all tables, in both languages.
pub(super) fn table_names() -> impl Iterator<Item = &'static str> {
    TableKind::ALL.into_iter().flat_map(|table| [table.stem(), attributes::chinese_name(table)])
}

/// Reads all files of a folder that are ours, in the order of their names.
pub(super) fn read(folder: &Path, found: &mut Collected) -> Vec<InputFile> {
    let shown = folder.display().to_string();
    if folder.is_file() {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if matches!(meaning(&name), Meaning::Workbook) {
            return read_one(folder, name, found).into_iter().collect();
        }
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
        if entry.path().is_file() && !name.starts_with(['.', '~']) && !workbook::is_marked_copy(&name) {
            names.push(name);
        }
    }
    names.sort();
    let mut files = Vec::new();
    for name in names {
        if matches!(meaning(&name), Meaning::Other) {
            continue;
        }
        files.extend(read_one(&folder.join(&name), name, found));
    }
    files
}

/// Reads one file, unless it is too large or cannot be read.
fn read_one(path: &Path, name: String, found: &mut Collected) -> Option<InputFile> {
    let bytes = match std::fs::metadata(path) {
        Ok(data) if data.len() > LARGEST_TABLE => {
            let finding = Diagnostic::new(Code("E009")).at(Spot { file: name, ..Spot::default() });
            let finding = finding.with("found", megabytes(data.len()));
            found.push(finding.with("limit", megabytes(LARGEST_TABLE)));
            return None;
        }
        Ok(_) => std::fs::read(path),
        Err(error) => Err(error),
    };
    match bytes {
        Ok(bytes) => Some(InputFile::new(name, bytes)),
        Err(error) => {
            found.push(fault("E008", &name, &error));
            None
        }
    }
}

/// The finding that a file or folder cannot be read.
fn fault(code: &'static str, file: &str, error: &std::io::Error) -> Diagnostic {
    let finding = Diagnostic::new(Code(code)).at(Spot { file: file.to_owned(), ..Spot::default() });
    refusals::told(finding.with("found", file), ["error_zh", "error_en"], error)
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
            let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
            let finding = Diagnostic::new(Code("E006")).at(at()).with("found", file.name.clone());
            found.push(finding.with("nearest", nearest(stem, table_names())));
        }
        Meaning::Settings | Meaning::Table(_) | Meaning::Indicators | Meaning::Other => {}
    }
}
