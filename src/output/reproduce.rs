//! Compares a folder of results with the same run made again, byte by byte.

use super::manifest::{Manifest, sha256};
use super::publish::{MANIFEST, within};
use super::{INPUTS, Published};
use crate::diagnostic::{Code, Diagnostic};
use crate::input::refusals;
use std::path::{Path, PathBuf};

/// A folder of results that is to be made again.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// The folder.
    pub folder: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
}

impl Earlier {
    /// Opens a manifest, or the folder that holds it.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn open(path: &Path) -> Result<Self, Box<Diagnostic>> {
        let file = if path.is_dir() { path.join(MANIFEST) } else { path.to_owned() };
        let manifest = Manifest::read(&file).map_err(|error| {
            let diagnostic = Diagnostic::new(Code("E057")).with("path", file.display().to_string());
            Box::new(refusals::told(diagnostic, ["reason_zh", "reason_en"], &error))
        })?;
        let folder = file.parent().map(Path::to_owned).unwrap_or_default();
        Ok(Self { folder, manifest })
    }

    /// Where its copy of the inputs lies.
    #[must_use]
    pub fn inputs(&self) -> PathBuf {
        self.folder.join(INPUTS)
    }

    /// Inputs that are not what the manifest says.
    #[must_use]
    pub fn changed_inputs(&self) -> Vec<Diagnostic> {
        let mut changed = Vec::new();
        for input in &self.manifest.inputs {
            let found = std::fs::read(self.inputs().join(&input.name))
                .map_or_else(|error| error.to_string(), |bytes| sha256(&bytes));
            if found != input.sha256 {
                let diagnostic = Diagnostic::new(Code("E058")).with("file", input.name.clone());
                changed.push(diagnostic.with("expected", input.sha256.clone()).with("found", found));
            }
        }
        changed
    }

    /// Files of either folder that are not the same in both, the manifest aside.
    #[must_use]
    pub fn differences(&self, again: &Published) -> Vec<Diagnostic> {
        let mut names: Vec<&str> = self.manifest.files.iter().map(|file| file.name.as_str()).collect();
        names.extend(again.files.iter().map(|file| file.name.as_str()));
        names.sort_unstable();
        names.dedup();
        names.retain(|name| *name != MANIFEST);
        names.into_iter().filter_map(|name| self.difference(again, name)).collect()
    }

    fn difference(&self, again: &Published, name: &str) -> Option<Diagnostic> {
        let read = |folder: &Path| std::fs::read(within(folder, name));
        let how = match (read(&self.folder), read(&again.folder)) {
            (Ok(here), Ok(there)) if here == there => return None,
            (Ok(here), Ok(there)) => {
                let at = here.iter().zip(&there).take_while(|(a, b)| a == b).count();
                let line = here[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
                format!("{} / {} bytes, line {line}", here.len(), there.len())
            }
            (Err(error), _) | (_, Err(error)) => error.to_string(),
        };
        Some(Diagnostic::new(Code("E059")).with("file", name).with("how", how))
    }
}
