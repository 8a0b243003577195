//! The parts of a workbook's file, and the few that are changed or added: everything else stays byte for byte.

pub(in crate::report::workbook) mod cells;
pub(in crate::report::workbook) mod parts;
pub(in crate::report::workbook) mod xml;

use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Most bytes that a workbook's file may unpack to.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Why a workbook's file could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// A part is missing or not as expected.
    #[error("{0}")]
    Unusual(String),
    /// It cannot be unpacked or packed.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] std::io::Error),
    /// A part is no proper XML.
    #[error(transparent)]
    Xml(#[from] quick_xml::Error),
}

/// All parts in their order.
pub(in crate::report::workbook) struct Package {
    parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// Unpacks a file.
    pub(in crate::report::workbook) fn read(bytes: &[u8]) -> Result<Self, PackageError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        let mut parts = Vec::with_capacity(archive.len());
        let mut left = LARGEST;
        for index in 0..archive.len() {
            let mut part = archive.by_index(index)?;
            if part.is_dir() {
                continue;
            }
            let mut bytes = Vec::new();
            // A declared size need not be true.
            (&mut part).take(left + 1).read_to_end(&mut bytes)?;
            left = left
                .checked_sub(bytes.len() as u64)
                .ok_or_else(|| PackageError::Unusual("it unpacks to too much".into()))?;
            parts.push((part.name()?.into_owned(), bytes));
        }
        Ok(Self { parts })
    }

    /// Whether there is a part of this name.
    pub(in crate::report::workbook) fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|(part, _)| part == name)
    }

    /// The text of a part, without byte order mark.
    pub(in crate::report::workbook) fn text(&self, name: &str) -> Result<String, PackageError> {
        let part = self.parts.iter().find(|(part, _)| part == name);
        let (_, bytes) = part.ok_or_else(|| PackageError::Unusual(format!("no part {name}")))?;
        let text =
            std::str::from_utf8(bytes).map_err(|_| PackageError::Unusual(format!("{name} is not UTF-8")))?;
        Ok(text.trim_start_matches('\u{feff}').to_owned())
    }

    /// Changes a part, or adds it.
    pub(in crate::report::workbook) fn put(&mut self, name: &str, text: String) {
        match self.parts.iter_mut().find(|(part, _)| part == name) {
            Some((_, bytes)) => *bytes = text.into_bytes(),
            None => self.parts.push((name.to_owned(), text.into_bytes())),
        }
    }

    /// A name `<before><number><after>` that no part has.
    pub(in crate::report::workbook) fn unused(&self, before: &str, after: &str) -> String {
        let mut numbered = (1..).map(|number| format!("{before}{number}{after}"));
        numbered.find(|name| !self.has(name)).unwrap_or_default()
    }

    /// The file; the same parts give the same bytes.
    pub(in crate::report::workbook) fn bytes(self) -> Result<Vec<u8>, PackageError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        for (name, bytes) in self.parts {
            writer.start_file(name, options)?;
            writer.write_all(&bytes)?;
        }
        Ok(writer.finish()?.into_inner())
    }
}
