//! Scenarios: which projects are built, under which rule.

use super::provenance::Provenance;

/// What a scenario does with one project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Built, starting this many months after its earliest start.
    Build {
        /// Months of delay.
        delay: u32,
    },
    /// Not built.
    Skip,
}

/// A scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Id as the user wrote it.
    pub key: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Why it is looked at (Chinese).
    pub why: String,
    /// Why it is looked at (English).
    pub why_en: String,
    /// Whether it is the base of the cost of the gap.
    pub base: bool,
    /// Whether funds' matching rules are applied.
    pub matching: bool,
    /// Decision by project, in the order of the model's projects.
    pub decisions: Vec<Decision>,
    /// Its row.
    pub provenance: Provenance,
}
