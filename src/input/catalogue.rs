//! What ships with the program: the catalogue and the models, embedded.

use super::attributes;
use super::loaded::InputFile;
use super::read::{RawTable, delimited};
use crate::diagnostic::Findings;
use crate::model::{Shelf, TableKind};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

static CATALOGUE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/catalogue");
static SCENARIOS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// The tables that the catalogue may hold.
const TABLES: [TableKind; 5] = [
    TableKind::Materials,
    TableKind::Technologies,
    TableKind::Recipes,
    TableKind::Parameters,
    TableKind::Sources,
];

/// The tables of the catalogue, with what is wrong with them (nothing, as a test shows).
#[must_use]
pub fn tables() -> (BTreeMap<TableKind, RawTable>, Findings) {
    let mut findings = Findings::default();
    let mut tables = BTreeMap::new();
    for kind in TABLES {
        let Some(attributes) = attributes::of(kind) else { continue };
        let Some(file) = CATALOGUE.get_file(format!("{}.csv", kind.stem())) else { continue };
        let text = file.contents_utf8().unwrap_or_default().trim_start_matches('\u{feff}');
        let name = format!("catalogue/{}.csv", kind.stem());
        tables.insert(kind, delimited::table(text, attributes, Shelf::Catalogue, &name, &mut findings));
    }
    (tables, findings)
}

/// Id, Chinese and English name of the rows of a table of the catalogue, in its order.
#[must_use]
pub fn names(kind: TableKind) -> Vec<[String; 3]> {
    let (tables, _) = tables();
    let Some(table) = tables.get(&kind) else { return Vec::new() };
    let columns = ["id", "name", "name_en"].map(|key| table.column(key));
    table.rows().map(|row| columns.map(|column| row.text(column).unwrap_or_default().to_owned())).collect()
}

/// The files of a shipped model (`coal-city`, `minimal`), by name; `None` when there is none of that name.
#[must_use]
pub fn shipped(model: &str) -> Option<Vec<InputFile>> {
    let folder = SCENARIOS.get_dir(model)?;
    let mut files: Vec<InputFile> = folder
        .files()
        .map(|file| {
            let name = file.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
            InputFile::new(name, file.contents())
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Some(files)
}

/// Writes the files of a shipped model into a folder that does not exist or is empty.
///
/// # Errors
/// When the folder holds files already, or cannot be written.
pub fn copy(model: &str, folder: &std::path::Path) -> std::io::Result<Vec<String>> {
    let files = shipped(model).ok_or(std::io::ErrorKind::NotFound)?;
    if folder.exists() && std::fs::read_dir(folder)?.next().is_some() {
        return Err(std::io::ErrorKind::AlreadyExists.into());
    }
    std::fs::create_dir_all(folder)?;
    let mut written = Vec::new();
    for file in files {
        // A byte order mark lets spreadsheet programs open the Chinese text as it is.
        let mark: &[u8] = if file.name.ends_with(".csv") && !file.bytes.starts_with(b"\xef\xbb\xbf") {
            b"\xef\xbb\xbf"
        } else {
            b""
        };
        std::fs::write(folder.join(&file.name), [mark, &file.bytes].concat())?;
        written.push(file.name);
    }
    Ok(written)
}
