//! `manifest.json`: what was run, from what, how well it balances, how long it took.

use super::publish::{WrittenFile, hex};
use super::{CHARTS, Presentation};
use crate::diagnostic::Language;
use crate::input::{Loaded, Start};
use crate::outcome::StudyRun;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The manifest of a run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// `circflow`.
    pub program: String,
    /// Version of the program.
    pub version: String,
    /// Target of the build, such as `x86_64-linux`: bytes are the same per target.
    pub target: String,
    /// The command.
    pub command: String,
    /// Language of charts and summary: `zh` or `en`.
    pub language: String,
    /// Where the model was read: a path, or `embedded`.
    pub model: String,
    /// Id of the model.
    pub id: String,
    /// Whether its data are invented for illustration.
    pub illustrative: bool,
    /// What then stands on everything made of them.
    pub stamp: Option<String>,
    /// Seed of draws.
    pub seed: u64,
    /// Scenarios in order.
    pub scenarios: Vec<String>,
    /// Every input with its digest.
    pub inputs: Vec<Digest>,
    /// Every file written, but this one.
    pub files: Vec<Digest>,
    /// Number of pictures among them.
    pub charts: usize,
    /// Which charts were asked for: `none`, `default` or `all`.
    #[serde(default = "usual")]
    pub extent: String,
    /// PNG beside SVG, where asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub png: Option<Bitmap>,
    /// The reconciled year that the scenarios start from, where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reconciled: Option<Start>,
    /// Worst audited residual of a balance, scaled.
    pub worst_balance_residual: f64,
    /// Years in which a loop has several answers, by scenario.
    pub several_answers: BTreeMap<String, Vec<i32>>,
    /// Years without an answer, by scenario.
    pub unsolved: BTreeMap<String, Vec<i32>>,
    /// Threads used. Changes no result.
    pub threads: usize,
    /// Seconds by phase.
    pub seconds: Vec<(String, f64)>,
}

/// A file by its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// Path, with `/`.
    pub name: String,
    /// Number of bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// How PNG were drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bitmap {
    /// Width in pixels.
    pub width: u32,
    /// Name of the font: their bytes hang on it.
    pub font: String,
    /// The file that was given as font; `None` where it was found on the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// The extent of manifests that do not say it.
fn usual() -> String {
    "default".to_owned()
}

impl From<&WrittenFile> for Digest {
    fn from(file: &WrittenFile) -> Self {
        Self { name: file.name.clone(), bytes: file.bytes, sha256: file.sha256.clone() }
    }
}

impl Manifest {
    /// The manifest of a run that wrote these files.
    #[must_use]
    pub fn of(
        loaded: &Loaded,
        run: &StudyRun,
        presentation: &Presentation<'_>,
        files: &[WrittenFile],
    ) -> Self {
        let mut several_answers: BTreeMap<String, Vec<i32>> = BTreeMap::new();
        let mut unsolved = BTreeMap::new();
        for scenario in &run.scenarios {
            let model = &loaded.models[scenario.model];
            let key = &model.scenarios[model.scenario].key;
            let years = &scenario.trajectory.years;
            let several = years.iter().filter(|year| !year.several_answers.is_empty()).map(|year| year.year);
            let several: Vec<i32> = several.collect();
            if !several.is_empty() {
                several_answers.insert(key.clone(), several);
            }
            let missing: Vec<i32> = model.settings.years().skip(years.len()).collect();
            if !missing.is_empty() {
                unsolved.insert(key.clone(), missing);
            }
        }
        let settings = &loaded.base.settings;
        let scenarios = loaded.models.iter().map(|model| model.scenarios[model.scenario].key.clone());
        Self {
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            target: format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS),
            command: presentation.command.to_owned(),
            language: presentation.language.pick("zh", "en").to_owned(),
            model: presentation.model.to_owned(),
            id: settings.id.clone(),
            illustrative: settings.illustrative,
            stamp: settings.illustrative.then(|| super::STAMP_BOTH.to_owned()),
            seed: settings.seed,
            scenarios: scenarios.collect(),
            inputs: loaded.inputs.iter().map(digest_of_input).collect(),
            files: files.iter().map(Digest::from).collect(),
            charts: files.iter().filter(|file| file.name.starts_with(CHARTS)).count(),
            extent: presentation.extent.to_owned(),
            png: presentation.png.clone(),
            reconciled: loaded.start,
            worst_balance_residual: run.worst_residual(),
            several_answers,
            unsolved,
            threads: run.threads,
            seconds: run.seconds.iter().map(|&(phase, seconds)| (phase.to_owned(), seconds)).collect(),
        }
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// When the file cannot be read or is not a manifest.
    pub fn read(path: &Path) -> io::Result<Self> {
        let bytes = std::fs::read(path)?;
        serde_json::from_slice(&bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    /// The language the run spoke.
    #[must_use]
    pub fn spoken(&self) -> Language {
        if self.language == "en" { Language::En } else { Language::Zh }
    }
}

fn digest_of_input(input: &crate::input::InputFile) -> Digest {
    Digest { name: input.name.clone(), bytes: input.bytes.len() as u64, sha256: input.sha256.clone() }
}

/// SHA-256 of bytes in hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    hex(&sha2::Sha256::digest(bytes))
}
