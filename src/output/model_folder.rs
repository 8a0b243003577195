//! A model as a new folder, whole or not at all.

use super::publish::{PublishError, within};
use super::sink::Sink;
use crate::diagnostic::{Code, Diagnostic};
use std::io;
use std::path::{Path, PathBuf};

/// What lets spreadsheet programs open the Chinese text of a CSV as it is.
const MARK: &str = "\u{feff}";

/// Writes files of a model into a folder that does not exist or is empty: beside it first, then renamed.
///
/// # Errors
/// When the folder holds files already (E062), or the disk refuses; then nothing is left behind.
pub fn write(folder: &Path, sink: &dyn Sink, files: &[(String, String)]) -> Result<(), PublishError> {
    let stands = sink.exists(folder);
    if stands && !(sink.is_folder(folder) && sink.entries(folder).is_empty()) {
        let refused = Diagnostic::new(Code("E062")).with("path", folder.display().to_string());
        return Err(PublishError::Refused(Box::new(refused)));
    }
    // A name such as `.` or `..` has no file name to stand beside.
    let full = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = full.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let staged = full.with_file_name(format!(".{name}.new"));
    let filled = fill(&staged, sink, files).and_then(|()| {
        let failed = |source| PublishError::Disk { path: folder.to_owned(), source };
        if stands {
            sink.remove_folder(&full).map_err(failed)?;
        }
        sink.rename(&staged, &full).map_err(failed)
    });
    if filled.is_err() {
        // The first error is what the user must hear of.
        let _ = sink.remove_folder(&staged);
    }
    filled
}

fn fill(staged: &Path, sink: &dyn Sink, files: &[(String, String)]) -> Result<(), PublishError> {
    let failed = |path: PathBuf| move |source: io::Error| PublishError::Disk { path, source };
    if sink.exists(staged) {
        sink.remove_folder(staged).map_err(failed(staged.to_owned()))?;
    }
    sink.make_folder(staged).map_err(failed(staged.to_owned()))?;
    for (name, text) in files {
        let path = within(staged, name);
        let mark = if name.ends_with(".csv") && !text.starts_with(MARK) { MARK } else { "" };
        let write = || {
            let mut file = sink.create(&path)?;
            file.write_all(mark.as_bytes())?;
            file.write_all(text.as_bytes())?;
            file.flush()
        };
        write().map_err(failed(path.clone()))?;
    }
    Ok(())
}
