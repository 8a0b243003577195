//! What people read: the summary of a run as text or JSON, and charts.

pub mod charts;
pub mod chosen;
pub mod comparison;
pub mod grid;
pub mod measured;
pub mod money;
pub mod number;
pub mod opened;
pub mod page;
pub mod plan_actual;
pub mod recovery;
pub mod submission;
pub mod summary;
pub mod text;
pub mod workbook;

pub use summary::Summary;

use crate::diagnostic::Language;

/// A name in two languages, of which one is shown.
pub(crate) fn named<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    let chosen = language.pick(zh, en);
    if chosen.is_empty() { zh } else { chosen }
}
