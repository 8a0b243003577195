//! What to mind when reading the figures.

use super::{Subject, TargetRow};
use crate::diagnostic::{Language, Severity};
use crate::report::number;
use std::collections::BTreeMap;

/// From this share on, a row that rests on poor data is named.
const MOSTLY_POOR: f64 = 0.5;

/// Reasons why rows have no value that are told one by one.
const REASONS: usize = 6;

pub(super) fn notes(subject: &Subject<'_>, targets: &[TargetRow]) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(without_value(subject, targets));
    notes.extend(unchecked(subject.language, targets));
    notes.extend(mostly_poor(subject, targets));
    notes.extend(stained(subject.language, targets));
    notes.extend(several_answers(subject));
    notes.extend(findings(subject));
    notes
}

/// Why rows have no value, each reason once.
fn without_value(subject: &Subject<'_>, targets: &[TargetRow]) -> Vec<String> {
    let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in targets {
        if let Some(reason) = row.outcomes.iter().find_map(|outcome| outcome.reason.as_deref()) {
            reasons.entry(reason).or_default().push(format!("{} {}", row.name, row.year));
        }
    }
    let word = subject.language.pick("不可计算", "not computable");
    let join = subject.language.pick("、", ", ");
    let mut notes: Vec<String> =
        reasons.iter().map(|(reason, rows)| format!("{word} {}: {reason}", rows.join(join))).collect();
    if notes.len() > REASONS {
        let more = notes.len() - REASONS;
        notes.truncate(REASONS);
        notes.push(match subject.language {
            Language::Zh => format!("{word}的还有 {more} 种原因，见 circflow indicators。"),
            Language::En => format!("{word}: {more} more reasons, see circflow indicators."),
        });
    }
    notes
}

fn unchecked(language: Language, targets: &[TargetRow]) -> Option<String> {
    let count = targets.iter().filter(|row| row.definition_unchecked).count();
    (count > 0).then(|| match language {
        Language::Zh => format!("{count} 行的定义未经原文核对，评价是暂定的（*）。"),
        Language::En => format!(
            "{count} rows rest on a definition not checked against the regulation; their grades are provisional (*)."
        ),
    })
}

fn mostly_poor(subject: &Subject<'_>, targets: &[TargetRow]) -> Option<String> {
    let base = subject.run.base.unwrap_or(0);
    let poor = targets.iter().filter_map(|row| row.outcomes[base].poor_share).filter(|&s| s >= MOSTLY_POOR);
    let count = poor.count();
    (count > 0).then(|| {
        let percent = number::grouped(MOSTLY_POOR * 100.0, 0);
        match subject.language {
            Language::Zh => format!("{count} 行有 {percent}% 以上依据次级资料、估算或假设（“估”列）。"),
            Language::En => format!(
                "{count} rows rest by {percent} % or more on secondary data, estimates or assumptions (column “poor”)."
            ),
        }
    })
}

fn stained(language: Language, targets: &[TargetRow]) -> Option<String> {
    let is_stained = |row: &&TargetRow| row.outcomes.iter().any(|outcome| outcome.stained);
    let rows: Vec<&str> = targets.iter().filter(is_stained).map(|row| row.name.as_str()).collect();
    (!rows.is_empty()).then(|| match language {
        Language::Zh => format!("有的物料要而未得，影响：{}。", rows.join("、")),
        Language::En => format!("Material was asked for and not served; this touches: {}.", rows.join(", ")),
    })
}

fn several_answers(subject: &Subject<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for (position, run) in subject.run.scenarios.iter().enumerate() {
        let years = run.trajectory.years.iter().filter(|year| !year.several_answers.is_empty());
        let years: Vec<String> = years.map(|year| year.year.to_string()).collect();
        if !years.is_empty() {
            let (name, years) = (subject.scenario_name(position), years.join(", "));
            notes.push(match subject.language {
                Language::Zh => format!("“{name}”在 {years} 年有的环有不止一个解；给出的是从上一年延续的那个。"),
                Language::En => format!(
                    "“{name}” has a loop with several answers in {years}; the one given goes on from the year before."
                ),
            });
        }
    }
    notes
}

/// Errors in full, warnings by number.
fn findings(subject: &Subject<'_>) -> Vec<String> {
    let findings = &subject.run.findings.0;
    let of = |severity| findings.iter().filter(move |finding| finding.severity() == severity);
    let mut notes: Vec<String> = of(Severity::Error).map(|finding| finding.line(subject.language)).collect();
    let warnings = of(Severity::Warning).count();
    if warnings > 0 {
        notes.push(match subject.language {
            Language::Zh => format!("另有 {warnings} 条警告，见 circflow check。"),
            Language::En => format!("{warnings} more warnings: see circflow check."),
        });
    }
    notes
}
