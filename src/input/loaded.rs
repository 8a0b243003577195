//! What reading a model yields.

use crate::diagnostic::{Findings, Language};
use crate::indicators::Definition;
use crate::model::Model;

/// A model as read.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// One model a scenario.
    pub models: Vec<Model>,
    /// The base tables.
    pub base: Model,
    /// Definitions.
    pub definitions: Vec<Definition>,
    /// Findings.
    pub findings: Findings,
    /// Inputs.
    pub inputs: Vec<InputFile>,
    /// Language.
    pub language: Language,
}

/// An input as read.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// Name.
    pub name: String,
    /// SHA-256.
    pub sha256: String,
    /// Content.
    pub bytes: Vec<u8>,
}
