//! What `check` says of a model: its findings and the defaults that stand in it.

use super::attributes;
use super::loaded::Loaded;
use crate::diagnostic::{Language, Severity};

/// How many lines of a file are named where a default stands in many.
const NAMED: usize = 8;

/// One line a finding, by file, row and column.
#[must_use]
pub fn findings(loaded: &Loaded, language: Language) -> Vec<String> {
    loaded.findings.0.iter().map(|finding| finding.line(language)).collect()
}

/// Errors, warnings and notes, counted.
#[must_use]
pub fn counted(loaded: &Loaded) -> [usize; 3] {
    let count = |severity| loaded.findings.0.iter().filter(|f| f.severity() == severity).count();
    [count(Severity::Error), count(Severity::Warning), count(Severity::Note)]
}

/// One line a default: table, column, what stands there, and in which lines of the file.
#[must_use]
pub fn defaults(loaded: &Loaded, language: Language) -> Vec<String> {
    let mut lines = Vec::with_capacity(loaded.defaults.len());
    for used in &loaded.defaults {
        let attribute = attributes::of(used.table).and_then(|table| table.column(used.column));
        let column = attribute.map_or(used.column, |(_, a)| language.pick(a.zh, a.key));
        let table = language.pick(attributes::chinese_name(used.table), used.table.stem());
        let mut rows: Vec<String> = used.rows.iter().take(NAMED).map(u32::to_string).collect();
        if used.rows.len() > NAMED {
            rows.push("…".to_owned());
        }
        let (rows, count) = (rows.join(", "), used.rows.len());
        lines.push(match language {
            Language::Zh => format!("{table}·{column} = {}（{count} 行：{rows}）", used.value),
            Language::En => format!("{table}.{column} = {} ({count} rows: {rows})", used.value),
        });
    }
    lines
}
