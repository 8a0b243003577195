//! Submissions on disk: a folder each, numbered, never written again; `<out>/<model id>/<year>-<number>/`.

use super::manifest::sha256;
use super::sink::Sink;
use crate::report::submission::{FORM, Frozen};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The file of a submission for programs.
pub const DATA: &str = "submission.json";

/// What was submitted before of a model, in the order of the names of folders: those called `<year>-<number>`. Whatever
/// else lies there is passed over.
#[must_use]
pub fn earlier(folder: &Path, sink: &dyn Sink) -> Vec<Frozen> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let read = |path: &PathBuf| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        let (year, number) = name.split_once('-')?;
        if !is_number(year) || !is_number(number) || !sink.is_folder(path) {
            return None;
        }
        let data = std::fs::read(path.join(DATA)).ok();
        let data = data.and_then(|text| serde_json::from_slice::<Value>(&text).ok());
        let data = data.filter(|data| data["format"] == FORM);
        let digest = |file: PathBuf| {
            let name = file.file_name()?.to_string_lossy().into_owned();
            Some((name, sha256(&std::fs::read(&file).ok()?)))
        };
        let files = sink.entries(path).into_iter().filter_map(digest).collect();
        Some(Frozen { name, data, files })
    };
    sink.entries(folder).iter().filter_map(read).collect()
}

/// The name of the next submission of a year.
#[must_use]
pub fn next_name(folder: &Path, year: i32, sink: &dyn Sink) -> String {
    let numbers = sink.entries(folder).into_iter().filter_map(|path| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        name.strip_prefix(&format!("{year}-"))?.parse::<u32>().ok()
    });
    format!("{year}-{:02}", numbers.max().unwrap_or(0) + 1)
}
