//! Submissions on disk: a folder each, numbered, never written again; `<out>/<model id>/<year>-<number>/`.

use super::sink::Sink;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The file of a submission for programs.
pub const DATA: &str = "submission.json";

/// What was submitted before of a model: names of folders with their data, in the order of their names. What is no
/// submission is passed over.
#[must_use]
pub fn earlier(folder: &Path, sink: &dyn Sink) -> Vec<(String, Value)> {
    let read = |path: &PathBuf| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        let text = std::fs::read(path.join(DATA)).ok().filter(|_| !name.starts_with('.'))?;
        Some((name, serde_json::from_slice(&text).ok()?))
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
