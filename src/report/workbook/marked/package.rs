//! The parts of a workbook's file, and the few that are changed or added.

use super::MarkError;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// All parts in their order.
pub(super) struct Package {
    parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// Unpacks a file.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, MarkError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        let mut parts = Vec::with_capacity(archive.len());
        for index in 0..archive.len() {
            let mut part = archive.by_index(index)?;
            if part.is_dir() {
                continue;
            }
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes)?;
            parts.push((part.name()?.into_owned(), bytes));
        }
        Ok(Self { parts })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|(part, _)| part == name)
    }

    /// The text of a part, without byte order mark.
    pub(super) fn text(&self, name: &str) -> Result<String, MarkError> {
        let part = self.parts.iter().find(|(part, _)| part == name);
        let (_, bytes) = part.ok_or_else(|| MarkError::Unusual(format!("no part {name}")))?;
        let text =
            std::str::from_utf8(bytes).map_err(|_| MarkError::Unusual(format!("{name} is not UTF-8")))?;
        Ok(text.trim_start_matches('\u{feff}').to_owned())
    }

    /// Changes a part, or adds it.
    pub(super) fn put(&mut self, name: &str, text: String) {
        match self.parts.iter_mut().find(|(part, _)| part == name) {
            Some((_, bytes)) => *bytes = text.into_bytes(),
            None => self.parts.push((name.to_owned(), text.into_bytes())),
        }
    }

    /// A name `<before><number><after>` that no part has.
    pub(super) fn unused(&self, before: &str, after: &str) -> String {
        let mut numbered = (1..).map(|number| format!("{before}{number}{after}"));
        numbered.find(|name| !self.has(name)).unwrap_or_default()
    }

    /// The file; the same parts give the same bytes.
    pub(super) fn bytes(self) -> Result<Vec<u8>, MarkError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        for (name, bytes) in self.parts {
            writer.start_file(name, options)?;
            writer.write_all(&bytes)?;
        }
        Ok(writer.finish()?.into_inner())
    }
}
