//! Where data and talk go.

use super::arguments::{Common, Format};
use super::console::{Encoding, write_out, write_talk};
use crate::diagnostic::{Diagnostic, Findings, Language, Severity};
use crate::report::grid::wrapped;
use serde_json::{Value, json};
use std::io;
use std::path::Path;

/// stdout and stderr with the words' settings.
pub(crate) struct Terminal {
    asked: Option<Language>,
    language: Language,
    format: Format,
    quiet: bool,
    encoding: Encoding,
}

impl Terminal {
    /// A terminal as the command line asks.
    pub(crate) fn of(common: &Common) -> Self {
        let asked = common.lang.map(Language::from);
        let (format, quiet, encoding) = (common.format, common.quiet, common.encoding);
        Self { asked, language: asked.unwrap_or_default(), format, quiet, encoding }
    }

    /// From now on in the model's language, unless the command line asks for another.
    pub(crate) fn follow(&mut self, language: Language) {
        self.language = self.asked.unwrap_or(language);
    }

    /// The language to speak.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// The one of two texts in the language.
    pub(crate) fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.language.pick(zh, en)
    }

    /// Whether JSON is asked for.
    pub(crate) fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// Data.
    pub(crate) fn print(&self, text: &str) -> io::Result<()> {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        write_out(&format!("{text}{end}"), self.encoding)
    }

    /// Data as JSON, which is UTF-8 whatever the encoding of text.
    pub(crate) fn print_json(&self, value: &impl serde::Serialize) -> io::Result<()> {
        write_out(&format!("{}\n", serde_json::to_string_pretty(value)?), Encoding::Utf8)
    }

    /// Says what was written where: a file or folder, and what is in it. The keys are those of both in JSON.
    pub(crate) fn print_written(&self, keys: [&str; 2], path: &Path, names: &[&str]) -> io::Result<()> {
        let [of_path, of_names] = keys;
        if self.is_json() {
            return self.print_json(&json!({ of_path: path.display().to_string(), of_names: names }));
        }
        let word = self.pick("已写出", "Written:");
        self.print(&wrapped(&format!("{word} {} ({})", path.display(), names.join(", ")), "  "))
    }

    /// Talk: progress and hints, silent with `--quiet`.
    pub(crate) fn talk(&self, text: &str) {
        if !self.quiet {
            self.say(text);
        }
    }

    /// What must be heard, `--quiet` or not.
    pub(crate) fn say(&self, text: &str) {
        write_talk(&format!("{text}\n"), self.encoding);
    }

    /// Findings of at least a severity, one a line, to stderr.
    pub(crate) fn say_findings(&self, findings: &Findings, least: Severity) {
        for finding in findings.0.iter().filter(|finding| finding.severity() >= least) {
            self.say(&finding.line(self.language));
        }
    }
}

/// A finding as JSON.
pub(crate) fn finding_json(finding: &Diagnostic, language: Language) -> Value {
    let severity = match finding.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    json!({
        "severity": severity,
        "code": finding.code.0,
        "file": finding.spot.file,
        "row": finding.spot.row,
        "column": finding.spot.column,
        "message": finding.message(language),
        "values": finding.values.iter().map(|(name, value)| (*name, value)).collect::<std::collections::BTreeMap<_, _>>(),
    })
}
