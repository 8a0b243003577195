//! A model as text: what its files hold, before anything is understood.

use super::attributes::TableAttributes;
use super::collected::Collected;
use super::files::{Meaning, meaning};
use super::loaded::InputFile;
use super::read::{delimited, encoding};
use crate::diagnostic::Findings;
use crate::model::TableKind;

/// What a table holds, as text.
#[derive(Clone, Debug)]
pub struct TableText {
    /// Its columns and units.
    pub attributes: &'static TableAttributes,
    /// Header as written.
    pub header: Vec<String>,
    /// Rows below it that are not empty, as wide as the header at least; a row of units is one of them.
    pub rows: Vec<Vec<String>>,
}

/// A model's settings, tables and own indicator definitions, as text.
#[derive(Clone, Debug, Default)]
pub struct ModelText {
    /// Keys and values of the settings.
    pub settings: Vec<(String, String)>,
    /// Its tables, in the order of its files.
    pub tables: Vec<TableText>,
    /// File names and texts of indicator definitions.
    pub definitions: Vec<(String, String)>,
    /// Ids of rows that others keep and that may be referred to.
    pub offered: Vec<(TableKind, Vec<String>)>,
}

/// The texts of a model's files, a folder's or a workbook's; files that are no text are left out.
#[must_use]
pub fn texts(files: &[InputFile]) -> ModelText {
    let sheets = super::sheets(files, &mut Collected::default());
    let mut model = ModelText::default();
    for file in sheets.as_deref().unwrap_or(files) {
        let Ok(text) = encoding::decode(&file.bytes) else { continue };
        match meaning(&file.name) {
            Meaning::Settings => model.settings = settings(&text),
            Meaning::Table(attributes) => {
                let sheet = delimited::records_of(&text, &file.name, &mut Findings::default());
                let Some(sheet) = sheet else { continue };
                // As wide as the header: empty cells at the end of a row are written or not, and mean the same.
                let row = |row| {
                    let mut cells: Vec<String> = sheet.rows.row(row).map(str::to_owned).collect();
                    let given =
                        cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
                    cells.resize(sheet.header.len().max(given), String::new());
                    cells
                };
                model.tables.push(TableText {
                    attributes,
                    header: sheet.header.iter().map(str::to_owned).collect(),
                    rows: (0..sheet.rows.len()).map(row).collect(),
                });
            }
            Meaning::Indicators => {
                let name =
                    super::workbook::book_and_sheet(&file.name).map_or(&*file.name, |(_, sheet)| sheet);
                model.definitions.push((name.to_owned(), text));
            }
            _ => {}
        }
    }
    model
}

/// Keys and values of `model.toml`; several values of one key are separated by semicolons.
fn settings(text: &str) -> Vec<(String, String)> {
    let plain = |value: &toml::Value| match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(values) => {
            let texts =
                values.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
            texts.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    };
    let table: toml::Table = text.parse().unwrap_or_default();
    table.iter().map(|(key, value)| (key.clone(), plain(value))).collect()
}
