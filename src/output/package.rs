//! `datapackage.json`: the result files described for machines (Frictionless Data Package).

use super::STAMP_BOTH;
use super::publish::WrittenFile;
use super::row::{Field, Kind};
use super::tables::TABLES;
use crate::input::Loaded;
use serde_json::{Value, json};

/// Name of the file.
pub const PACKAGE: &str = "datapackage.json";

/// A result file as it is described.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    /// Name without `.csv`.
    pub name: &'static str,
    /// Title, Chinese.
    pub zh: &'static str,
    /// Title, English.
    pub en: &'static str,
    /// Columns.
    pub fields: &'static [Field],
}

/// The description of a folder of results, from the one list of result files.
#[must_use]
pub fn describe(loaded: &Loaded, files: &[WrittenFile]) -> Value {
    let tables = TABLES.iter().map(|table| Described {
        name: table.name,
        zh: table.zh,
        en: table.en,
        fields: table.fields,
    });
    describe_tables(loaded, files, tables)
}

/// The description of a folder that holds these tables.
#[must_use]
pub fn describe_tables(
    loaded: &Loaded,
    files: &[WrittenFile],
    tables: impl Iterator<Item = Described>,
) -> Value {
    let settings = &loaded.base.settings;
    let resources: Vec<Value> = tables
        .filter_map(|table| {
            let path = format!("{}.csv", table.name);
            let file = files.iter().find(|file| file.name == path)?;
            let fields: Vec<Value> = table
                .fields
                .iter()
                .map(|field| {
                    json!({ "name": field.name, "type": type_of(field.kind), "title": field.zh, "description": field.en })
                })
                .collect();
            Some(json!({
                "name": table.name.replace('_', "-"),
                "path": path,
                "title": table.zh,
                "description": stamped(table.en, settings.illustrative),
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": file.bytes,
                "hash": format!("sha256:{}", file.sha256),
                "dialect": { "delimiter": ",", "header": true },
                "schema": { "fields": fields, "missingValues": [""] },
            }))
        })
        .collect();
    json!({
        "profile": "tabular-data-package",
        "name": format!("circflow-{}", slug(&settings.id)),
        "title": settings.name,
        "description": settings.name_en,
        "version": env!("CARGO_PKG_VERSION"),
        "illustrative": settings.illustrative,
        "stamp": settings.illustrative.then_some(STAMP_BOTH),
        "note": NOTE,
        "resources": resources,
    })
}

/// A description, with the stamp in front where the data are invented.
fn stamped(text: &str, illustrative: bool) -> String {
    if illustrative { format!("[{}] {text}", STAMP_BOTH) } else { text.to_owned() }
}

const NOTE: &str = "Files begin with a byte order mark. Text beginning with = + - @ has an apostrophe in front, \
                    so that no spreadsheet runs it. Flows and balances of zero are left out.";

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Number | Kind::Yuan => "number",
        Kind::Integer => "integer",
        Kind::Truth => "boolean",
        Kind::Month => "yearmonth",
    }
}

/// Lower case letters, digits, `-`, `_`, `.`: what the format allows in a name.
fn slug(id: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    id.to_lowercase().chars().map(|c| if plain(c) { c } else { '-' }).collect()
}
