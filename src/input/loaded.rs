//! What reading a model yields.

use super::reading::DefaultUsed;
use super::written::Written;
use crate::diagnostic::{Findings, Language};
use crate::indicators::Definition;
use crate::model::Model;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A model folder, read and checked.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// One model a scenario, in the order of the scenarios; empty when there are errors.
    pub models: Vec<Arc<Model>>,
    /// The model of the base scenario; with errors it is only a fragment, fit for nothing but messages.
    pub base: Arc<Model>,
    /// Definitions of the indicators, of the shipped sets and the model's own.
    pub definitions: Vec<Definition>,
    /// Everything wrong or remarkable, by file, row and column.
    pub findings: Findings,
    /// The files read, in the order of their names.
    pub inputs: Vec<InputFile>,
    /// The language of `model.toml`.
    pub language: Language,
    /// Defaults that stand for empty cells of the user's tables.
    pub defaults: Vec<DefaultUsed>,
    /// How the user wrote the names of tables and columns.
    pub written: Written,
    /// The reconciled year that the scenarios start from, where they do.
    pub start: Option<Start>,
}

impl Loaded {
    /// The same with a last year: what a run says up to it is the same, and nothing is said of later years.
    #[must_use]
    pub fn until(&self, year: i32) -> Self {
        let cut = |model: &Arc<Model>| {
            let mut model = Model::clone(model);
            model.settings.horizon = model.settings.horizon.min(year);
            Arc::new(model)
        };
        Self { models: self.models.iter().map(cut).collect(), base: cut(&self.base), ..self.clone() }
    }
}

/// A reconciled year that scenarios start from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// The year.
    pub year: i32,
    /// Confidence of the tests, 0–1.
    pub confidence: f64,
    /// Figures that were measured.
    pub measured: usize,
    /// Measurements that do not fit the others.
    pub suspects: usize,
    /// Whether the values are those without the suspects.
    pub without_suspects: bool,
    /// Activities of the base scenario that were replaced.
    pub activities: usize,
    /// Final demands.
    pub demands: usize,
    /// Recipe rows.
    pub coefficients: usize,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Its name, without folder.
    pub name: String,
    /// SHA-256 of its bytes in hexadecimal.
    pub sha256: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl InputFile {
    /// A file of a name and its bytes.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        use sha2::Digest as _;
        use std::fmt::Write as _;
        let bytes = bytes.into();
        let mut sha256 = String::with_capacity(64);
        for byte in sha2::Sha256::digest(&bytes) {
            let _ = write!(sha256, "{byte:02x}");
        }
        Self { name: name.into(), sha256, bytes }
    }
}
