//! A model's texts as the files of a folder.

use crate::input::ModelText;
use crate::input::read::guarded;
use std::fmt::Write as _;

/// A byte order mark lets spreadsheet programs open Chinese text as it is.
const MARK: &str = "\u{feff}";

/// File names with their bytes: `model.toml`, one CSV a table, indicator definitions; by name.
#[must_use]
pub fn model_files(model: &ModelText) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("model.toml".to_owned(), settings(&model.settings))];
    for table in &model.tables {
        let mut text = String::from(MARK);
        for row in std::iter::once(&table.header).chain(&table.rows) {
            line(&mut text, row);
        }
        files.push((format!("{}.csv", table.attributes.table.stem()), text));
    }
    files.extend(model.definitions.iter().cloned());
    files.sort();
    files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect()
}

fn settings(settings: &[(String, String)]) -> String {
    let mut text = String::new();
    for (key, value) in settings {
        let value = match key.as_str() {
            "indicator_sets" => {
                // A model may ask for no set at all.
                let sets = value.split(';').map(str::trim).filter(|set| !set.is_empty());
                let sets = sets.map(|set| toml::Value::from(set).to_string());
                format!("[{}]", sets.collect::<Vec<_>>().join(", "))
            }
            "base_year" | "horizon" | "actual_until" | "seed" | "draws" | "format" | "illustrative" => {
                value.clone()
            }
            _ => toml::Value::from(value.as_str()).to_string(),
        };
        let _ = writeln!(text, "{key} = {value}");
    }
    text
}

/// One line of cells; a cell with a comma, a quote or a line break is quoted, one that a spreadsheet program would run has
/// an apostrophe in front, which is taken off when it is read.
fn line(text: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().map(|cell| guarded(cell)).enumerate() {
        if at > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            let _ = write!(text, "\"{}\"", cell.replace('"', "\"\""));
        } else {
            text.push_str(&cell);
        }
    }
    text.push('\n');
}
