//! `case.toml`.

use crate::case::{Kind, Settings};
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::input::collected::Collected;
use crate::input::names::nearest;
use crate::input::read::encoding;
use toml::{Table, Value};

/// The file that makes a folder a case.
pub(super) const FILE: &str = "case.toml";

/// What a key must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Text,
    Kind,
    /// 0 or more.
    Width,
    /// Between 0 and 1, 0 taken in where the flag says so.
    Share {
        zero: bool,
    },
    Switch,
    /// A whole number of at least this.
    Count(i64),
}

const KEYS: [(&str, Wanted); 14] = [
    ("title", Wanted::Text),
    ("kind", Wanted::Kind),
    ("source", Wanted::Text),
    ("unit", Wanted::Text),
    ("note", Wanted::Text),
    ("relative", Wanted::Width),
    ("absolute", Wanted::Width),
    ("confidence", Wanted::Share { zero: false }),
    ("z_floor", Wanted::Share { zero: true }),
    ("layers_sum_to_goods", Wanted::Switch),
    ("draws", Wanted::Count(1)),
    ("samples", Wanted::Count(1)),
    ("trajectories", Wanted::Count(1)),
    ("levels", Wanted::Count(2)),
];

/// Keys that every case has.
const REQUIRED: [&str; 3] = ["title", "kind", "source"];

impl Wanted {
    /// In both languages.
    fn words(self) -> [String; 2] {
        let both = |zh: &str, en: &str| [zh.to_owned(), en.to_owned()];
        match self {
            Self::Text => both("文字", "a text"),
            Self::Kind => {
                let words: Vec<&str> = Kind::ALL.into_iter().map(Kind::word).collect();
                [format!("{} 之一", words.join("、")), format!("one of {}", words.join(", "))]
            }
            Self::Width => both("0 或正数", "a number of 0 or more"),
            Self::Share { zero: true } => both("0 到 1 的数（不含 1）", "a number from 0 to below 1"),
            Self::Share { zero: false } => both("0 与 1 之间的数", "a number between 0 and 1"),
            Self::Switch => both("true 或 false", "true or false"),
            Self::Count(least) => {
                [format!("{least} 或更大的整数"), format!("a whole number of {least} or more")]
            }
        }
    }

    fn accepts(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_str(),
            Self::Kind => kind_of(value).is_some(),
            Self::Width => number(value).is_some_and(|number| number >= 0.0),
            Self::Share { zero } => {
                number(value).is_some_and(|number| number < 1.0 && (number > 0.0 || zero && number == 0.0))
            }
            Self::Switch => value.is_bool(),
            Self::Count(least) => count(value).is_some_and(|count| i64::from(count) >= least),
        }
    }
}

/// The keys of a case, as a variant may replace them.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    table: Table,
    text: String,
}

impl Keys {
    /// Reads the bytes of the file; `None` when they are no TOML.
    pub(super) fn read(bytes: &[u8], found: &mut Collected) -> Option<Self> {
        let at = |row| Spot { file: FILE.to_owned(), row, column: None };
        let Ok(text) = encoding::decode(bytes) else {
            found.push(Diagnostic::new(Code("E016")).at(at(None)));
            return None;
        };
        let table: Table = match text.parse() {
            Ok(table) => table,
            Err(error) => {
                let error: toml::de::Error = error;
                let before = error.span().and_then(|span| text.get(..span.start));
                let line = before.and_then(|before| u32::try_from(before.matches('\n').count() + 1).ok());
                let said = error.message().lines().next().unwrap_or_default().to_owned();
                found.push(Diagnostic::new(Code("E003")).at(at(line)).with("error", said));
                return None;
            }
        };
        let keys = Self { table, text };
        for (key, value) in &keys.table {
            match KEYS.iter().find(|(known, _)| known == key) {
                None => {
                    let near = nearest(key, KEYS.iter().map(|(known, _)| *known));
                    let finding = Diagnostic::new(Code("W701")).at(keys.spot(key)).with("found", key);
                    found.push(finding.with("nearest", near));
                }
                Some((_, wanted)) if !wanted.accepts(value) => {
                    found.push(wrong(key, &value.to_string(), *wanted).at(keys.spot(key)));
                }
                Some(_) => {}
            }
        }
        for key in REQUIRED.iter().filter(|key| !keys.table.contains_key(**key)) {
            let wanted =
                KEYS.iter().find(|(known, _)| known == key).map_or(Wanted::Text, |(_, wanted)| *wanted);
            found.push(wrong(key, "", wanted).at(at(None)));
        }
        Some(keys)
    }

    /// Sets a key as a variant does.
    ///
    /// # Errors
    /// When there is no such key, or it cannot hold this.
    pub(super) fn set(&mut self, key: &str, text: &str) -> Result<(), Diagnostic> {
        let Some((_, wanted)) = KEYS.iter().find(|(known, _)| *known == key) else {
            let near = nearest(key, KEYS.iter().map(|(known, _)| *known));
            return Err(Diagnostic::new(Code("E707")).with("found", key).with("nearest", near));
        };
        let value = match wanted {
            Wanted::Text | Wanted::Kind => Value::String(text.to_owned()),
            Wanted::Switch => text.parse().map_or(Value::String(text.to_owned()), Value::Boolean),
            _ => text.parse().map_or(Value::String(text.to_owned()), Value::Float),
        };
        if !wanted.accepts(&value) || *wanted == Wanted::Kind {
            return Err(wrong(key, text, *wanted));
        }
        self.table.insert(key.to_owned(), value);
        Ok(())
    }

    /// A text; empty where it is not given.
    pub(super) fn text(&self, key: &str) -> String {
        self.table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// The kind; `None` where it is not given or not known.
    pub(super) fn kind(&self) -> Option<Kind> {
        self.table.get("kind").and_then(kind_of)
    }

    /// Everything else, defaults where nothing is given.
    pub(super) fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        let number = |key: &str| self.table.get(key).and_then(number);
        let count = |key: &str| self.table.get(key).and_then(count);
        settings.tolerance.relative = number("relative").or(settings.tolerance.relative);
        settings.tolerance.absolute = number("absolute").or(settings.tolerance.absolute);
        settings.confidence = number("confidence").unwrap_or(settings.confidence);
        settings.z_floor = number("z_floor").unwrap_or(settings.z_floor);
        settings.layers_sum_to_goods =
            self.table.get("layers_sum_to_goods").and_then(Value::as_bool).unwrap_or_default();
        settings.draws = count("draws");
        settings.samples = count("samples");
        settings.trajectories = count("trajectories");
        settings.levels = count("levels");
        settings
    }

    /// Where a key stands.
    pub(super) fn spot(&self, key: &str) -> Spot {
        let stands = |line: &str| {
            line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        let row = self.text.lines().position(stands).and_then(|at| u32::try_from(at + 1).ok());
        Spot { file: FILE.to_owned(), row, column: None }
    }
}

fn wrong(key: &str, found: &str, wanted: Wanted) -> Diagnostic {
    let [zh, en] = wanted.words();
    let finding = Diagnostic::new(Code("E702")).with("key", key).with("found", found);
    finding.with("expected_zh", zh).with("expected_en", en)
}

fn kind_of(value: &Value) -> Option<Kind> {
    let word = value.as_str()?.trim();
    Kind::ALL.into_iter().find(|kind| kind.word() == word)
}

/// A finite number, whole or not.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(whole) => Some(*whole as f64),
        Value::Float(number) => Some(*number).filter(|number| number.is_finite()),
        _ => None,
    }
}

fn count(value: &Value) -> Option<u32> {
    let number = number(value)?;
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}
