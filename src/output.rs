//! Results as files: `<out>/<model id>/`, whole or not at all.
//!
//! Every file but the manifest is the same to the byte for the same inputs and version, for any number of
//! threads; the manifest holds what is not (times, threads).

pub mod file;
pub mod graph;
pub mod manifest;
pub mod model_files;
pub mod model_folder;
pub mod model_tables;
pub mod optimised;
pub mod package;
pub mod portable;
pub mod publish;
pub mod reconciled;
pub mod reproduce;
pub mod row;
mod side_folder;
pub mod sink;
pub mod submissions;
pub mod tables;

pub use manifest::Manifest;
pub use publish::{PublishError, Published, WrittenFile};
pub use sink::{Disk, Sink};
pub use tables::{ResultTable, Results, TABLES};

use crate::diagnostic::{Code, Diagnostic, Language};
use crate::input::Loaded;
use crate::outcome::StudyRun;
use publish::{MANIFEST, Staging};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Name of the folder that holds the copy of the inputs.
pub const INPUTS: &str = "inputs";
/// Name of the folder of charts.
pub const CHARTS: &str = "charts";
/// Name that no run may write to: the sample that ships with the program.
pub const SAMPLE: &str = "sample";

/// What stands on everything that is made of invented data, Chinese and English.
pub const STAMP: [&str; 2] = ["示意数据，不得上报", "illustrative data, not to be submitted"];
/// The same in both languages, for files that have one.
pub const STAMP_BOTH: &str = "示意数据，不得上报 / illustrative data, not to be submitted";
/// The file beside result tables of invented data: a table of numbers has no line that could carry the stamp.
pub const STAMP_FILE: &str = "示意数据-不得上报.txt";

/// A chart, drawn.
#[derive(Clone, Debug)]
pub struct Chart {
    /// File name.
    pub name: String,
    /// Title in the language of the run.
    pub title: String,
    /// The picture as SVG.
    pub svg: String,
    /// The picture as PNG, where it is asked for.
    pub png: Option<Vec<u8>>,
    /// Whether the report shows it; the others are files only.
    pub prominent: bool,
}

/// A page, whole in itself.
#[derive(Clone, Debug)]
pub struct Page {
    /// File name.
    pub name: String,
    /// The page as HTML.
    pub html: String,
}

/// What is written beside the numbers.
#[derive(Clone, Debug)]
pub struct Presentation<'a> {
    /// Language of charts and of the summary.
    pub language: Language,
    /// Charts.
    pub charts: &'a [Chart],
    /// Which charts: the word of their extent.
    pub extent: &'a str,
    /// PNG beside SVG: width and name of the font; `None` without.
    pub png: Option<manifest::Bitmap>,
    /// Pages.
    pub pages: &'a [Page],
    /// The command that was given, for the manifest.
    pub command: &'a str,
    /// Where the inputs were read: a path, or `embedded`.
    pub model: &'a str,
}

/// The folder of results of a model: `<out>/<model id>`.
///
/// # Errors
/// When the id cannot name a folder, when it is the sample's, or when a run would overwrite its inputs.
pub fn folder_of(out: &Path, id: &str, inputs: Option<&Path>) -> Result<PathBuf, Box<Diagnostic>> {
    if !can_name_a_folder(id) {
        return Err(Box::new(Diagnostic::new(Code("E056")).with("id", id)));
    }
    let folder = out.join(id);
    if let Some(inputs) = inputs {
        let (target, source) = (absolute(&folder), absolute(inputs));
        if source.starts_with(&target) {
            let diagnostic = Diagnostic::new(Code("E055")).with("path", folder.display().to_string());
            return Err(Box::new(diagnostic.with("inputs", inputs.display().to_string())));
        }
    }
    Ok(folder)
}

/// Whether an id is a plain file name on every system, and not the sample's.
fn can_name_a_folder(id: &str) -> bool {
    portable::is_portable(id) && id.to_lowercase() != SAMPLE
}

/// A path with links and `..` resolved as far as it exists.
fn absolute(path: &Path) -> PathBuf {
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut rest = PathBuf::new();
    let mut stem = full.as_path();
    loop {
        if let Ok(found) = stem.canonicalize() {
            return found.join(rest);
        }
        match (stem.parent(), stem.components().next_back()) {
            (Some(parent), Some(Component::Normal(name))) => {
                rest = if rest.as_os_str().is_empty() { name.into() } else { Path::new(name).join(&rest) };
                stem = parent;
            }
            (Some(parent), Some(_)) => stem = parent,
            _ => return full,
        }
    }
}

/// Writes everything into `folder`, replacing what stood there once all is written.
///
/// # Errors
/// When the folder is not ours to replace or the disk refuses; what stood there is then untouched.
pub fn write(
    folder: &Path,
    sink: &dyn Sink,
    loaded: &Loaded,
    run: &StudyRun,
    presentation: &Presentation<'_>,
) -> Result<Published, PublishError> {
    let results = Results { models: &loaded.models, definitions: &loaded.definitions, run, only: None };
    publish::publish(folder, sink, &written_by_us, |staging| {
        write_tables(staging, results)?;
        for chart in presentation.charts {
            let name = format!("{CHARTS}/{}", portable::portable(&chart.name));
            staging.write(&name, |file| file.write_all(chart.svg.as_bytes()))?;
            if let Some(png) = &chart.png {
                let name = format!("{}.png", name.strip_suffix(".svg").unwrap_or(&name));
                staging.write(&name, |file| file.write_all(png))?;
            }
        }
        for page in presentation.pages {
            staging.write(&page.name, |file| file.write_all(page.html.as_bytes()))?;
        }
        for input in &loaded.inputs {
            staging.write(&format!("{INPUTS}/{}", input.name), |file| file.write_all(&input.bytes))?;
        }
        if loaded.base.settings.illustrative {
            staging.write(STAMP_FILE, |file| file.write_all(stamp_text(loaded).as_bytes()))?;
        }
        let package = package::describe(loaded, staging.files());
        staging.write(package::PACKAGE, |file| write_json(file, &package))?;
        let manifest = Manifest::of(loaded, run, presentation, staging.files());
        staging.write(MANIFEST, |file| write_json(file, &manifest))
    })
}

/// Writes all tables. The rows of a table's parts are made side by side, those of the next table while one is
/// written, and written in order: the bytes are the same for any number of threads, and no more than two tables are
/// held in memory.
fn write_tables(staging: &mut Staging<'_>, results: Results<'_>) -> Result<(), PublishError> {
    let rows = |table: &ResultTable| -> Vec<Vec<u8>> {
        results.parts(table).into_par_iter().map(|part| part.rows(table)).collect()
    };
    let mut made = Vec::new();
    for position in 0..=TABLES.len() {
        let written = std::mem::take(&mut made);
        let before = position.checked_sub(1).map(|before| &TABLES[before]);
        made = std::thread::scope(|scope| {
            let next = TABLES.get(position).map(|table| scope.spawn(move || rows(table)));
            if let Some(table) = before {
                staging.write(&format!("{}.csv", table.name), |file| {
                    file.write_all(&row::head(table.fields))?;
                    written.iter().try_for_each(|part: &Vec<u8>| file.write_all(part))
                })?;
            }
            let joined = next.map_or(Ok(Vec::new()), std::thread::ScopedJoinHandle::join);
            Ok(joined.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })?;
    }
    Ok(())
}

/// Says of the whole folder what no line of a CSV can say.
fn stamp_text(loaded: &Loaded) -> String {
    let settings = &loaded.base.settings;
    let [zh, en] = STAMP;
    format!(
        "\u{feff}{zh}\r\n本文件夹中的所有文件由示意模型“{}”算出，数据是虚构的，不是任何地方的统计数。\r\n\r\n\
         {en}\r\nAll files of this folder were computed from the illustrative model “{}”; its data are invented and no \
         place's statistics.\r\n",
        settings.name, settings.name_en
    )
}

fn write_json(file: &mut dyn io::Write, value: &impl serde::Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *file, value)?;
    file.write_all(b"\n")
}

/// What of a folder of results the program wrote itself: by its manifest, at the top level.
fn written_by_us(folder: &Path) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = [MANIFEST, package::PACKAGE, INPUTS, CHARTS].map(str::to_owned).into();
    names.extend(TABLES.iter().map(|table| format!("{}.csv", table.name)));
    if let Ok(manifest) = Manifest::read(&folder.join(MANIFEST)) {
        let top = |name: &str| name.split('/').next().unwrap_or_default().to_owned();
        names.extend(manifest.files.iter().map(|file| top(&file.name)));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_become_folders() {
        for id in ["coal-city", "煤城", "a.b", "com10"] {
            assert!(can_name_a_folder(id), "{id}");
        }
        for id in ["", "..", "a/b", "a\\b", "sample", "Sample", "con", "COM1", "nul.txt", "a:b", " a", "a."] {
            assert!(!can_name_a_folder(id), "{id}");
        }
    }

    #[test]
    fn inputs_are_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let model = folder.path().join("city");
        std::fs::create_dir_all(model.join("deep")).unwrap();
        let refused = |out: &Path, inputs: &Path| folder_of(out, "city", Some(inputs)).unwrap_err().code.0;
        assert_eq!(refused(folder.path(), &model), "E055");
        assert_eq!(refused(&model.join(".."), &model.join("deep")), "E055");
        assert!(folder_of(&model, "city", Some(&model)).is_ok(), "a folder inside the inputs is no harm");
    }
}
