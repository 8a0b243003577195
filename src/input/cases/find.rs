//! Where cases lie: every folder with a `case.toml`, at any depth.

use super::settings::FILE;
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::input::refusals;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The case folders at or below the given ones, in the order given and below each by name, none twice; what cannot be
/// opened, and a folder without a case, goes to the findings.
#[must_use]
pub fn find(folders: &[PathBuf]) -> (Vec<PathBuf>, Findings) {
    let mut search = Search::default();
    for folder in folders {
        let before = (search.cases.len(), search.findings.0.len());
        let seen = search.seen.len();
        search.below(folder.clone());
        let is_again = search.seen.len() == seen;
        if (search.cases.len(), search.findings.0.len()) == before && !is_again {
            let finding = Diagnostic::new(Code("E701")).with("found", folder.display().to_string());
            search.findings.push(finding);
        }
    }
    (search.cases, search.findings)
}

#[derive(Default)]
struct Search {
    cases: Vec<PathBuf>,
    findings: Findings,
    /// Folders by their own path, so that a link that leads back ends.
    seen: BTreeSet<PathBuf>,
}

impl Search {
    /// Without recursion, so that no depth is too deep.
    fn below(&mut self, folder: PathBuf) {
        let mut open = vec![folder];
        while let Some(folder) = open.pop() {
            match std::fs::canonicalize(&folder) {
                Ok(own) => {
                    if !self.seen.insert(own) {
                        continue;
                    }
                }
                Err(error) => {
                    self.refused(&folder, &error);
                    continue;
                }
            }
            let entries = match std::fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.refused(&folder, &error);
                    continue;
                }
            };
            let mut inner: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            inner.sort();
            if inner.iter().any(|path| path.file_name().is_some_and(|name| name == FILE) && path.is_file()) {
                self.cases.push(folder);
            }
            open.extend(inner.into_iter().filter(|path| path.is_dir()).rev());
        }
    }

    fn refused(&mut self, folder: &Path, error: &std::io::Error) {
        let finding = Diagnostic::new(Code("E001")).at(Spot::default());
        let finding = finding.with("found", folder.display().to_string());
        self.findings.push(refusals::told(finding, ["error_zh", "error_en"], error));
    }
}
