//! Where results are written: the disk, or in tests a disk that is full or locked.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What writing results needs of a disk.
pub trait Sink {
    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// As the disk says.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Opens a new file for writing.
    ///
    /// # Errors
    /// As the disk says.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Write>>;

    /// Renames a file or folder.
    ///
    /// # Errors
    /// As the disk says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a folder with all it holds.
    ///
    /// # Errors
    /// As the disk says.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// As the disk says.
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    /// Whether something stands at a path.
    fn exists(&self, path: &Path) -> bool;

    /// Whether a folder stands at a path.
    fn is_folder(&self, path: &Path) -> bool;

    /// Whether another program holds a file, so that it cannot be replaced.
    fn is_held(&self, path: &Path) -> bool {
        let _ = path;
        false
    }

    /// Names of what stands in a folder, sorted; none when it cannot be read.
    fn entries(&self, folder: &Path) -> Vec<PathBuf>;
}

/// The disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Sink for Disk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Write>> {
        Ok(Box::new(BufWriter::with_capacity(1 << 16, File::create(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }

    fn exists(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok()
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn is_held(&self, path: &Path) -> bool {
        // Opening for writing changes nothing; a spreadsheet program that shows the file refuses it.
        fs::OpenOptions::new().write(true).open(path).is_err()
    }

    fn entries(&self, folder: &Path) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = fs::read_dir(folder)
            .map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path()).collect())
            .unwrap_or_default();
        paths.sort();
        paths
    }
}
