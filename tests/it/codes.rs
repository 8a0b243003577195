//! Every code of the catalogue, produced: a sound model patched in one place, and where the finding points.
//!
//! What no table can produce (a disk, a command line, a model built in code) is listed in [`elsewhere`] with its reason
//! and the test that produces it. A code in neither list fails the test.

mod cells;
mod elsewhere;
mod engine;
mod indicators;
mod records;
mod scenarios;
mod stocks;
mod towns;

use crate::hamlet::FILES;
use circflow::diagnostic::{Diagnostic, Findings, Language, Severity, texts};
use circflow::input::{InputFile, read_files};
use circflow::plan;
use circflow::study::{self, StudyOptions};
use indicators::OWN;
use std::collections::{BTreeMap, BTreeSet};

/// One change of the hamlet's files.
#[derive(Clone, Copy, Debug)]
enum Patch {
    /// In a file, a text that stands there once becomes another.
    Text(&'static str, &'static str, &'static str),
    /// A text at the end of a file, or a new file.
    Added(&'static str, &'static str),
    /// At the end of a file a text, and after it another many times.
    Repeated(&'static str, &'static str, &'static str, usize),
    /// A file has another text.
    Whole(&'static str, &'static str),
    /// A file is not there.
    Without(&'static str),
    /// The model has an indicator file of its own, in which a text becomes another.
    Own(&'static str, &'static str),
}

/// A code with the patch that produces it.
#[derive(Clone, Copy, Debug)]
struct Example {
    code: &'static str,
    patches: &'static [Patch],
    /// Where all findings of the code point: `file`, `file:row`, `file:row:column`; empty for the whole model.
    at: &'static [&'static str],
    /// Codes of errors that rightly follow from the same fault.
    also: &'static [&'static str],
}

fn examples() -> impl Iterator<Item = &'static Example> {
    let all = [
        cells::EXAMPLES,
        records::EXAMPLES,
        scenarios::EXAMPLES,
        indicators::EXAMPLES,
        engine::EXAMPLES,
        stocks::EXAMPLES,
    ];
    all.into_iter().flatten()
}

fn files_of(example: &Example) -> Vec<InputFile> {
    let mut files: BTreeMap<&str, String> =
        FILES.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    let replace = |files: &mut BTreeMap<&'static str, String>, name: &'static str, from: &str, to: &str| {
        let text = files.get(name).unwrap_or_else(|| panic!("{}: no file {name}", example.code));
        assert_eq!(text.matches(from).count(), 1, "{}: {from:?} stands once in {name}", example.code);
        let text = text.replace(from, to);
        files.insert(name, text);
    };
    for patch in example.patches {
        match *patch {
            Patch::Text(name, from, to) => replace(&mut files, name, from, to),
            Patch::Added(name, text) => files.entry(name).or_default().push_str(text),
            Patch::Repeated(name, before, text, times) => {
                let end = files.entry(name).or_default();
                end.push_str(before);
                end.push_str(&text.repeat(times));
            }
            Patch::Whole(name, text) => {
                files.insert(name, text.to_owned());
            }
            Patch::Without(name) => {
                files.remove(name).unwrap_or_else(|| panic!("{}: no file {name}", example.code));
            }
            Patch::Own(from, to) => {
                files.insert("own.toml", OWN.to_owned());
                replace(&mut files, "own.toml", from, to);
            }
        }
    }
    files.into_iter().map(|(name, text)| InputFile::new(name, text)).collect()
}

/// All that `check` and `run` would tell of these files.
fn findings_of(files: Vec<InputFile>) -> Findings {
    let loaded = read_files(files);
    let mut findings = loaded.findings.clone();
    if findings.has_errors() {
        return findings;
    }
    match study::run_scenarios(&loaded, &StudyOptions { threads: Some(1) }) {
        Ok(run) => {
            findings = run.findings;
            findings.extend(loaded.written.named(study::consequences(&loaded.base, &run.plan.network)));
        }
        Err(more) => findings = more,
    }
    findings
}

fn shown(finding: &Diagnostic) -> String {
    let spot = &finding.spot;
    let row = spot.row.map(|row| row.to_string());
    let mut text = spot.file.clone();
    if row.is_some() || spot.column.is_some() {
        text.push(':');
        text.push_str(&row.unwrap_or_default());
    }
    if let Some(column) = &spot.column {
        text.push(':');
        text.push_str(column);
    }
    text
}

#[test]
fn every_example_is_told_where_it_stands_and_nothing_else_is() {
    let mut wrong = Vec::new();
    for example in examples() {
        let findings = findings_of(files_of(example)).0;
        let of_code = |code: &&Diagnostic| code.code.0 == example.code;
        let found: Vec<String> = findings.iter().filter(of_code).map(shown).collect();
        let others = findings.iter().filter(|f| f.severity() == Severity::Error && f.code.0 != example.code);
        let others: BTreeSet<&str> = others.map(|finding| finding.code.0).collect();
        let allowed: BTreeSet<&str> = example.also.iter().copied().collect();
        if found != example.at || others != allowed {
            let lines: Vec<String> = findings.iter().map(|f| f.line(Language::En)).collect();
            wrong.push(format!(
                "{}: at {found:?}, expected {:?}; also {others:?}, expected {allowed:?}\n  {}",
                example.code,
                example.at,
                lines.join("\n  ")
            ));
        }
        for finding in findings.iter().filter(of_code) {
            for language in [Language::Zh, Language::En] {
                let line = finding.line(language);
                let slots = ["{", "[[", "]]"].into_iter().any(|sign| line.contains(sign));
                // Formulas and TOML may show braces of the user's own.
                if slots && !finding.values.iter().any(|(_, value)| value.contains(['{', '['])) {
                    wrong.push(format!("{}: a slot is not filled: {line}", example.code));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_produced_by_an_example_or_by_a_test_that_is_named() {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("it");
    let by_example: BTreeSet<&str> = examples().map(|example| example.code).collect();
    let mut elsewhere = BTreeSet::new();
    for (code, test, why) in elsewhere::ELSEWHERE {
        assert!(elsewhere.insert(*code), "{code} stands twice");
        assert!(!by_example.contains(code), "{code} has an example: strike it from the list");
        assert!(why.len() > 10, "{code}: why");
        let text = std::fs::read_to_string(test.split('/').fold(tests.clone(), |path, part| path.join(part)));
        let text = text.unwrap_or_else(|error| panic!("{code}: {test}: {error}"));
        assert!(text.contains(code), "{code} is not named in {test}");
    }
    let known: BTreeSet<&str> = texts::all().map(|text| text.code).collect();
    let told: BTreeSet<&str> = by_example.union(&elsewhere).copied().collect();
    assert_eq!(known.difference(&told).collect::<Vec<_>>(), [&""; 0], "codes without an example");
    assert_eq!(told.difference(&known).collect::<Vec<_>>(), [&""; 0], "examples of codes that are not there");
}

#[test]
fn the_files_stay_as_the_user_named_them() {
    // The engine and the money know tables by their English names; what is told names the user's own.
    let example = Example {
        code: "E301",
        patches: &[
            Patch::Without("processes.csv"),
            Patch::Added(
                "工序.csv",
                "编号,名称,企业,工艺,能力,能力单位,份额\ndig,采石场,mine,quarry,10,万t/a,\nburn,砖厂一线,works,press,,,\n",
            ),
        ],
        at: &[],
        also: &[],
    };
    let findings = findings_of(files_of(&example)).0;
    let first = findings.iter().find(|finding| finding.code.0 == "E301").map(shown);
    assert_eq!(first.as_deref(), Some("工序.csv:3:份额"));
}

/// A plan is compiled from the hamlet without a finding, so that whatever an example shows is the patch's doing.
#[test]
fn the_hamlet_itself_is_told_nothing_but_notes() {
    let files = files_of(&Example { code: "", patches: &[], at: &[], also: &[] });
    let loaded = read_files(files.clone());
    assert!(plan::compile(&loaded.base).is_ok());
    let findings = findings_of(files);
    let told: BTreeSet<&str> =
        findings.0.iter().filter(|f| f.severity() > Severity::Note).map(|f| f.code.0).collect();
    assert_eq!(told, BTreeSet::new());
}
