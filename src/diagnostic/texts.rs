//! The words of every diagnostic, both languages side by side, one file a subject.
//!
//! A test checks that every code used in the sources stands here, once, in both languages, with an
//! explanation, and that both texts have the same `{slots}`.

mod cases;
mod changes;
mod engine;
mod files;
mod indicators;
mod model;
mod money;
mod quality;
mod results;
mod submissions;
mod tables;
mod workbooks;

use super::{Code, Severity};

/// The words of one code.
#[derive(Debug)]
pub struct Text {
    /// The code, such as `E101`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One line in Chinese with `{slots}`.
    pub zh: &'static str,
    /// One line in English with the same slots.
    pub en: &'static str,
    /// What `explain` says in Chinese: why, and how to mend it.
    pub explain_zh: &'static str,
    /// What `explain` says in English.
    pub explain_en: &'static str,
}

/// All texts, subject by subject.
pub fn all() -> impl Iterator<Item = &'static Text> {
    [
        files::TEXTS,
        workbooks::TEXTS,
        tables::TEXTS,
        changes::TEXTS,
        model::TEXTS,
        engine::TEXTS,
        money::TEXTS,
        indicators::TEXTS,
        quality::TEXTS,
        results::TEXTS,
        submissions::TEXTS,
        cases::TEXTS,
    ]
    .into_iter()
    .flatten()
}

/// The text of a code given as the user types it (`E101`, `e101`).
#[must_use]
pub fn find(code: &str) -> Option<&'static Text> {
    let code = code.trim();
    all().find(|text| text.code.eq_ignore_ascii_case(code))
}

/// The words of a text where there is nothing to put into its slots: `…` stands for each of them.
#[must_use]
pub fn without_values(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        plain.push_str(&rest[..open]);
        plain.push('…');
        rest = rest[open..].split_once('}').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain.replace("[[", "").replace("]]", "")
}

/// The text of a code used in the program.
///
/// # Panics
/// When the code has no text: a fault of the program, kept out by a test.
#[must_use]
pub fn text_of(code: Code) -> &'static Text {
    find(code.0).unwrap_or_else(|| panic!("diagnostic {} has no text", code.0))
}
