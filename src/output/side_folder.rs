//! The folder of an answer that is no run: its tables, pictures and further files, stamped, with a data package and a
//! manifest.

use super::package::{self, Described};
use super::publish::{self, MANIFEST, PublishError, Published, WrittenFile};
use super::row::{Rows, head};
use super::sink::Sink;
use super::{CHARTS, Chart, Page, STAMP_BOTH, STAMP_FILE, stamp_text, write_json};
use crate::diagnostic::Language;
use crate::input::Loaded;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// What stands in such a folder.
pub(super) struct SideFolder<'a> {
    /// The model.
    pub(super) loaded: &'a Loaded,
    /// The command that was given.
    pub(super) command: &'a str,
    /// Language of names and words.
    pub(super) language: Language,
    /// Tables with their rows as bytes.
    pub(super) tables: Vec<(Described, Vec<u8>)>,
    /// Pictures, SVG and where it is asked for PNG.
    pub(super) charts: &'a [Chart],
    /// Pages.
    pub(super) pages: &'a [Page],
    /// Further files: path within the folder, bytes.
    pub(super) files: Vec<(String, &'a [u8])>,
    /// Folders that an earlier answer may have left here though this one has none.
    pub(super) folders: &'a [&'a str],
    /// What the manifest tells of this answer alone.
    pub(super) told: Map<String, Value>,
}

impl SideFolder<'_> {
    /// Writes the folder, replacing what stood there once all is written.
    ///
    /// # Errors
    /// When the folder is not ours to replace or the disk refuses; what stood there is then untouched.
    pub(super) fn write(&self, folder: &Path, sink: &dyn Sink) -> Result<Published, PublishError> {
        let names: BTreeSet<String> = self.names();
        publish::publish(folder, sink, &move |_| names.clone(), |staging| {
            for (table, rows) in &self.tables {
                staging.write(&format!("{}.csv", table.name), |file| {
                    file.write_all(&head(table.fields))?;
                    file.write_all(rows)
                })?;
            }
            for (name, bytes) in &self.files {
                staging.write(name, |file| file.write_all(bytes))?;
            }
            for chart in self.charts {
                let name = format!("{CHARTS}/{}", chart.name);
                staging.write(&name, |file| file.write_all(chart.svg.as_bytes()))?;
                if let Some(png) = &chart.png {
                    let name = format!("{}.png", name.strip_suffix(".svg").unwrap_or(&name));
                    staging.write(&name, |file| file.write_all(png))?;
                }
            }
            for page in self.pages {
                staging.write(&page.name, |file| file.write_all(page.html.as_bytes()))?;
            }
            if self.loaded.base.settings.illustrative {
                staging.write(STAMP_FILE, |file| file.write_all(stamp_text(self.loaded).as_bytes()))?;
            }
            let tables = self.tables.iter().map(|(table, _)| *table);
            let package = package::describe_tables(self.loaded, staging.files(), tables);
            staging.write(package::PACKAGE, |file| write_json(file, &package))?;
            let manifest = self.manifest(staging.files());
            staging.write(MANIFEST, |file| write_json(file, &manifest))
        })
    }

    fn manifest(&self, files: &[WrittenFile]) -> Value {
        let settings = &self.loaded.base.settings;
        let digest =
            |name: &str, bytes: u64, sha256: &str| json!({ "name": name, "bytes": bytes, "sha256": sha256 });
        let inputs = self.loaded.inputs.iter().map(|i| digest(&i.name, i.bytes.len() as u64, &i.sha256));
        let files = files.iter().map(|file| digest(&file.name, file.bytes, &file.sha256));
        let mut manifest = Map::new();
        let mut tell = |key: &str, value: Value| manifest.insert(key.to_owned(), value);
        tell("program", json!("circflow"));
        tell("version", json!(env!("CARGO_PKG_VERSION")));
        tell("command", json!(self.command));
        tell("language", json!(self.language.pick("zh", "en")));
        tell("id", json!(settings.id));
        tell("illustrative", json!(settings.illustrative));
        tell("stamp", json!(settings.illustrative.then_some(STAMP_BOTH)));
        manifest.extend(self.told.clone());
        manifest.insert("inputs".to_owned(), inputs.collect());
        manifest.insert("files".to_owned(), files.collect());
        Value::Object(manifest)
    }

    /// What of such a folder the program wrote itself: files of its own, and folders as a whole.
    fn names(&self) -> BTreeSet<String> {
        let mut names: BTreeSet<String> =
            [MANIFEST, package::PACKAGE, CHARTS, STAMP_FILE].map(str::to_owned).into();
        names.extend(self.tables.iter().map(|(table, _)| format!("{}.csv", table.name)));
        names.extend(self.pages.iter().map(|page| page.name.clone()));
        names.extend(self.folders.iter().map(|folder| (*folder).to_owned()));
        names
    }
}

/// How the rows of a table are made from a view.
pub(super) type Fill<V> = fn(&V, &mut Rows);

/// Tables with their rows made from a view.
pub(super) fn filled<V>(tables: &[(Described, Fill<V>)], view: &V) -> Vec<(Described, Vec<u8>)> {
    let of_table = |(table, fill): &(Described, Fill<V>)| {
        let mut rows = Rows::new(table.fields);
        fill(view, &mut rows);
        (*table, rows.end())
    };
    tables.iter().map(of_table).collect()
}

/// The members of a JSON object, in its order.
pub(super) fn told(object: &Value) -> Map<String, Value> {
    object.as_object().cloned().unwrap_or_default()
}
