//! Diagnostics: what is wrong (or remarkable) with the user's data, as data.
//!
//! A diagnostic has a stable [`Code`], a place in the user's tables and named values; its words stand
//! in both languages side by side in [`texts`]. Engine, money and indicators use the same type.

pub mod texts;

use std::fmt::Write as _;

/// The language of everything a user reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Chinese, the first language.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// The one of two texts that is in this language.
    #[must_use]
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Said for information (a default used, a consequence).
    Note,
    /// The model runs, but the user should know.
    Warning,
    /// The model cannot be run as it is.
    Error,
}

/// A stable code such as `E101` or `W204`: the key of its text in [`texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(pub &'static str);

/// Where in the user's tables something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// File (or sheet) as the user knows it; empty when it concerns the whole model.
    pub file: String,
    /// Line of the file, counted from 1 with the header as line 1.
    pub row: Option<u32>,
    /// Column header as written in the file.
    pub column: Option<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind.
    pub code: Code,
    /// Where.
    pub spot: Spot,
    /// Named values that the text's `{name}` slots take.
    pub values: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// A finding without a place.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self { code, spot: Spot::default(), values: Vec::new() }
    }

    /// The same finding at a place.
    #[must_use]
    pub fn at(mut self, spot: Spot) -> Self {
        self.spot = spot;
        self
    }

    /// The same finding with a named value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// How bad it is, from its code's text.
    #[must_use]
    pub fn severity(&self) -> Severity {
        texts::text_of(self.code).severity
    }

    /// The message without its place, in a language. A part in `[[…]]` stands only when all its values are given.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let text = texts::text_of(self.code);
        let mut message = String::new();
        let mut rest = language.pick(text.zh, text.en);
        while let Some((before, after)) = rest.split_once("[[") {
            let (part, after) = after.split_once("]]").unwrap_or((after, ""));
            message.push_str(before);
            if !self.values.iter().any(|(name, value)| value.is_empty() && has_slot(part, name)) {
                message.push_str(part);
            }
            rest = after;
        }
        message.push_str(rest);
        for (name, value) in &self.values {
            message = message.replace(&format!("{{{name}}}"), value);
        }
        message
    }

    /// One line: severity, code, place, message.
    #[must_use]
    pub fn line(&self, language: Language) -> String {
        let mut line = String::new();
        let word = match (self.severity(), language) {
            (Severity::Error, Language::Zh) => "错误",
            (Severity::Error, Language::En) => "error",
            (Severity::Warning, Language::Zh) => "警告",
            (Severity::Warning, Language::En) => "warning",
            (Severity::Note, Language::Zh) => "说明",
            (Severity::Note, Language::En) => "note",
        };
        let _ = write!(line, "{word} {}", self.code.0);
        if !self.spot.file.is_empty() {
            let _ = write!(line, " {}", self.spot.file);
            if let Some(row) = self.spot.row {
                let _ = match language {
                    Language::Zh => write!(line, " 第{row}行"),
                    Language::En => write!(line, " line {row}"),
                };
            }
            if let Some(column) = &self.spot.column {
                let _ = match language {
                    Language::Zh => write!(line, " “{column}”列"),
                    Language::En => write!(line, " column “{column}”"),
                };
            }
        }
        let _ = write!(line, "{}{}", language.pick("：", ": "), self.message(language));
        line
    }
}

/// Whether a text has the slot of a name.
fn has_slot(text: &str, name: &str) -> bool {
    text.split('{').skip(1).any(|part| part.strip_prefix(name).is_some_and(|rest| rest.starts_with('}')))
}

/// Findings gathered while something is read or built.
#[derive(Clone, Debug, Default)]
pub struct Findings(pub Vec<Diagnostic>);

impl Findings {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether any is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity() == Severity::Error)
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}
