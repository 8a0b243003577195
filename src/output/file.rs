//! One file, or one new folder, whole or not at all.

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

/// Writes files into a folder that is not there yet or empty: beside its place first, then renamed.
///
/// # Errors
/// When something stands in the folder, its own folder cannot be made, or the disk refuses; nothing is left then.
pub fn put_folder(target: &Path, files: &[(String, Vec<u8>)], sink: &dyn Sink) -> Result<(), PublishError> {
    let staged = beside(target, "new");
    let failed = |source: io::Error| PublishError::Disk { path: target.to_owned(), source };
    let stands = sink.exists(target);
    if stands && (!sink.is_folder(target) || !sink.entries(target).is_empty()) {
        return Err(failed(io::ErrorKind::AlreadyExists.into()));
    }
    // Left by one that was cut off.
    if sink.exists(&staged) {
        sink.remove_folder(&staged).map_err(failed)?;
    }
    let write = || -> io::Result<()> {
        sink.make_folder(&staged)?;
        for (at, (name, bytes)) in files.iter().enumerate() {
            if files[..at].iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            let mut file = sink.create(&staged.join(name))?;
            file.write_all(bytes)?;
            file.flush()?;
        }
        if stands {
            sink.remove_folder(target)?;
        }
        sink.rename(&staged, target)
    };
    write().map_err(|source| {
        // The first error is what the user must hear of.
        let _ = sink.remove_folder(&staged);
        failed(source)
    })
}
