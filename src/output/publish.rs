//! Results whole or not at all: written into a folder beside the target, then renamed.

use super::sink::Sink;
use crate::diagnostic::{Code, Diagnostic};
use crate::input::refusals;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Name of the file by which a folder of results is known.
pub const MANIFEST: &str = "manifest.json";

/// Why results could not be written; what stood there before is untouched.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The disk refused.
    #[error("cannot write {}: {source}", path.display())]
    Disk {
        /// What was being written.
        path: PathBuf,
        /// What the disk said.
        source: io::Error,
    },
    /// The target is not ours to replace.
    #[error("refused: {}", .0.code.0)]
    Refused(Box<Diagnostic>),
}

impl PublishError {
    /// The error as a finding with its path.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Refused(diagnostic) => (**diagnostic).clone(),
            Self::Disk { path, source } => {
                let diagnostic = Diagnostic::new(code_of(source)).with("path", path.display().to_string());
                if diagnostic.code.0 == "E050" {
                    refusals::told(diagnostic, ["reason_zh", "reason_en"], source)
                } else {
                    diagnostic
                }
            }
        }
    }
}

/// The code that tells the user best what to do about an error of the disk.
fn code_of(error: &io::Error) -> Code {
    /// `ERROR_SHARING_VIOLATION` and `ERROR_LOCK_VIOLATION` of Windows: a file held open by Excel.
    const HELD: [i32; 2] = [32, 33];
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Code("E052")
        }
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => Code("E053"),
        _ if cfg!(windows) && error.raw_os_error().is_some_and(|code| HELD.contains(&code)) => Code("E053"),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Code("E051"),
        _ => Code("E050"),
    }
}

/// One file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFile {
    /// Path within the folder of results, with `/`.
    pub name: String,
    /// Number of bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// What was put in place.
#[derive(Clone, Debug)]
pub struct Published {
    /// The folder.
    pub folder: PathBuf,
    /// Its files in the order of writing.
    pub files: Vec<WrittenFile>,
    /// What is remarkable (old results that could not be removed).
    pub findings: Vec<Diagnostic>,
}

/// The folder beside the target, while it is being filled.
pub struct Staging<'a> {
    sink: &'a dyn Sink,
    folder: PathBuf,
    files: Vec<WrittenFile>,
}

impl Staging<'_> {
    /// Files written so far.
    #[must_use]
    pub fn files(&self) -> &[WrittenFile] {
        &self.files
    }

    /// Writes one file; `name` is its path within the folder, with `/`.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(
        &mut self,
        name: &str,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), PublishError> {
        let path = within(&self.folder, name);
        let failed = |source| PublishError::Disk { path: path.clone(), source };
        if let Some(folder) = path.parent() {
            self.sink.make_folder(folder).map_err(failed)?;
        }
        let mut file =
            Counted { inner: self.sink.create(&path).map_err(failed)?, bytes: 0, digest: Sha256::new() };
        fill(&mut file).and_then(|()| file.flush()).map_err(failed)?;
        let (bytes, sha256) = (file.bytes, hex(&file.digest.finalize()));
        self.files.push(WrittenFile { name: name.to_owned(), bytes, sha256 });
        Ok(())
    }
}

/// A file of a folder by its name with `/`, which is not everywhere the sign between folders.
#[must_use]
pub fn within(folder: &Path, name: &str) -> PathBuf {
    name.split('/').fold(folder.to_owned(), |path, part| path.join(part))
}

/// A writer that counts and digests what passes.
struct Counted {
    inner: Box<dyn Write>,
    bytes: u64,
    digest: Sha256,
}

impl Write for Counted {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(buffer)?;
        self.bytes += written as u64;
        self.digest.update(&buffer[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Fills a folder beside `target` and puts it in the target's place; what stood there before stays whole
/// until then, and stays when anything fails. Entries of the old folder that the program did not write
/// (`ours` says which it did) are carried over.
///
/// # Errors
/// When the target is not a folder of results, or the disk refuses.
pub fn publish(
    target: &Path,
    sink: &dyn Sink,
    ours: &dyn Fn(&Path) -> BTreeSet<String>,
    fill: impl FnOnce(&mut Staging<'_>) -> Result<(), PublishError>,
) -> Result<Published, PublishError> {
    let empty = sink.is_folder(target) && sink.entries(target).is_empty();
    if sink.exists(target) && !empty && !sink.exists(&target.join(MANIFEST)) {
        return Err(refused(Diagnostic::new(Code("E054")).with("path", target.display().to_string())));
    }
    let (staged, old) = (beside(target, "new"), beside(target, "old"));
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| PublishError::Disk { path, source }
    };
    if sink.exists(&staged) {
        sink.remove_folder(&staged).map_err(failed(&staged))?;
    }
    let mut staging = Staging { sink, folder: staged.clone(), files: Vec::new() };
    let filled = sink.make_folder(&staged).map_err(failed(&staged)).and_then(|()| fill(&mut staging));
    let put = filled.and_then(|()| replace(target, &staged, &old, ours, sink));
    if let Err(error) = put {
        // The first error is what the user must hear of; a second one on cleaning up adds nothing.
        let _ = sink.remove_folder(&staged);
        return Err(in_terms_of(target, &staged, error));
    }
    let findings = if sink.exists(&old) { carry_over(target, &old, &ours(&old), sink) } else { Vec::new() };
    Ok(Published { folder: target.to_owned(), files: staging.files, findings })
}

fn refused(diagnostic: Diagnostic) -> PublishError {
    PublishError::Refused(Box::new(diagnostic))
}

/// `<parent>/.<name>.<suffix>`: on the same disk, so that a rename is all it takes.
pub(super) fn beside(target: &Path, suffix: &str) -> PathBuf {
    let name = target.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    target.with_file_name(format!(".{name}.{suffix}"))
}

/// An error on a staged file, told with the name the file was to have.
fn in_terms_of(target: &Path, staged: &Path, error: PublishError) -> PublishError {
    match error {
        PublishError::Disk { path, source } => {
            let path = path.strip_prefix(staged).map_or_else(
                |_| path.clone(),
                |rest| if rest.as_os_str().is_empty() { target.to_owned() } else { target.join(rest) },
            );
            PublishError::Disk { path, source }
        }
        other => other,
    }
}

/// Puts the staged folder in the target's place, moving what stood there to `old`.
fn replace(
    target: &Path,
    staged: &Path,
    old: &Path,
    ours: &dyn Fn(&Path) -> BTreeSet<String>,
    sink: &dyn Sink,
) -> Result<(), PublishError> {
    let failed = |source| PublishError::Disk { path: target.to_owned(), source };
    if sink.exists(old) && sink.exists(target) {
        // Left by a run that could not clean up after its results stood; what is the user's is kept.
        carry_over(target, old, &ours(old), sink);
        if sink.exists(old) {
            return Err(PublishError::Disk {
                path: old.to_owned(),
                source: io::ErrorKind::ResourceBusy.into(),
            });
        }
    }
    let had_old = sink.exists(target);
    if had_old {
        sink.rename(target, old).map_err(|source| held(target, source, sink))?;
    }
    if let Err(source) = sink.rename(staged, target) {
        if had_old {
            sink.rename(old, target).map_err(failed)?;
        }
        return Err(held(target, source, sink));
    }
    Ok(())
}

/// Why a folder could not be renamed. Windows says "access denied" of a folder in which a file is open; the folder
/// beside it was just written, so it is no want of permission. The file is named where it can be found.
fn held(target: &Path, source: io::Error, sink: &dyn Sink) -> PublishError {
    let source = match source.kind() {
        io::ErrorKind::PermissionDenied => io::ErrorKind::ResourceBusy.into(),
        _ => source,
    };
    let path = if code_of(&source).0 == "E053" { first_held(target, sink) } else { None };
    PublishError::Disk { path: path.unwrap_or_else(|| target.to_owned()), source }
}

/// The first file of a folder of results that another program holds.
fn first_held(folder: &Path, sink: &dyn Sink) -> Option<PathBuf> {
    sink.entries(folder).into_iter().find_map(|path| {
        if sink.is_folder(&path) { first_held(&path, sink) } else { sink.is_held(&path).then_some(path) }
    })
}

/// Moves the user's own files from the old folder to the new one and removes the old one.
fn carry_over(target: &Path, old: &Path, ours: &BTreeSet<String>, sink: &dyn Sink) -> Vec<Diagnostic> {
    let mut moved = true;
    for entry in sink.entries(old) {
        let Some(name) = entry.file_name().map(|n| n.to_string_lossy().into_owned()) else { continue };
        let goal = target.join(&name);
        if !ours.contains(&name) && !sink.exists(&goal) {
            moved &= sink.rename(&entry, &goal).is_ok();
        }
    }
    if moved && sink.remove_folder(old).is_ok() {
        return Vec::new();
    }
    vec![Diagnostic::new(Code("W050")).with("path", old.display().to_string())]
}
