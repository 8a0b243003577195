//! One file, whole or not at all.

use super::publish::{PublishError, beside};
use super::sink::Sink;
use std::io;
use std::path::Path;

/// Writes a file beside its place and puts it there; what stood there stays whole when anything fails.
///
/// # Errors
/// When its folder is not there, the disk refuses, or another program holds the file that is to be replaced.
pub fn put(target: &Path, bytes: &[u8], sink: &dyn Sink) -> Result<(), PublishError> {
    let staged = beside(target, "new");
    let failed = |source: io::Error| PublishError::Disk { path: target.to_owned(), source };
    if target.file_name().is_none() || sink.is_folder(target) {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    let written = sink.create(&staged).and_then(|mut file| {
        file.write_all(bytes)?;
        file.flush()
    });
    let put = written.and_then(|()| sink.rename(&staged, target));
    put.map_err(|source| {
        // The first error is what the user must hear of.
        let _ = sink.remove_file(&staged);
        failed(source)
    })
}
