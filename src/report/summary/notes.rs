//! What to mind when reading the figures.

use super::{Subject, TargetRow};
use crate::diagnostic::{Language, Severity};
use crate::outcome::ScenarioRun;
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
    notes.extend(same_results(subject));
    notes.extend(several_answers(subject));
    notes.extend(disagreements(subject));
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

/// Scenarios that come out the same in everything: money, schedules, flows.
fn same_results(subject: &Subject<'_>) -> Vec<String> {
    let runs = &subject.run.scenarios;
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for scenario in 0..runs.len() {
        match groups.iter_mut().find(|group| is_same(&runs[group[0]], &runs[scenario])) {
            Some(group) => group.push(scenario),
            None => groups.push(vec![scenario]),
        }
    }
    let told = groups.iter().filter(|group| group.len() > 1).map(|group| {
        let names: Vec<String> = group.iter().map(|&s| format!("“{}”", subject.scenario_name(s))).collect();
        match subject.language {
            Language::Zh => format!("{}的结果完全相同：资金、投运月份和物料流都一样。", names.join("、")),
            Language::En => format!(
                "{} come out exactly the same: money, months on stream and material flows.",
                names.join(", ")
            ),
        }
    });
    told.collect()
}

/// Whether two runs have the same ledger, schedules, flows and indicators.
fn is_same(a: &ScenarioRun, b: &ScenarioRun) -> bool {
    let years = || a.trajectory.years.iter().zip(&b.trajectory.years);
    a.funding.schedule == b.funding.schedule
        && a.funding.ledger.entries == b.funding.ledger.entries
        && a.trajectory.years.len() == b.trajectory.years.len()
        && years().all(|(a, b)| a.flows == b.flows)
        && a.indicators.len() == b.indicators.len()
        && a.indicators.iter().zip(&b.indicators).all(|(a, b)| (&a.value, a.grade) == (&b.value, b.grade))
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

/// That sources disagree, with the place where each range stands.
fn disagreements(subject: &Subject<'_>) -> Option<String> {
    let count = subject.model(subject.run.base.unwrap_or(0)).alternatives.len();
    (count > 0).then(|| match subject.language {
        Language::Zh => format!("{count} 个输入的来源不一致，采用其一，范围见 circflow check（N105）。"),
        Language::En => format!(
            "Sources disagree on {count} inputs; one is used, the ranges stand in circflow check (N105)."
        ),
    })
}

/// Errors in full, warnings by number.
fn findings(subject: &Subject<'_>) -> Vec<String> {
    let findings = &subject.run.findings.0;
    let of = |severity| findings.iter().filter(move |finding| finding.severity() == severity);
    let mut notes: Vec<String> = of(Severity::Error).map(|finding| finding.line(subject.language)).collect();
    // What the whole run rests on is said with it.
    let start = of(Severity::Note).filter(|finding| finding.code.0 == "N320");
    notes.extend(start.map(|finding| finding.line(subject.language)));
    let warnings = of(Severity::Warning).count();
    if warnings > 0 {
        notes.push(match subject.language {
            Language::Zh => format!("另有 {warnings} 条警告，见 circflow check。"),
            Language::En => format!("{warnings} more warnings: see circflow check."),
        });
    }
    notes
}
