//! `lab verify`: published cases, solved and held against what somebody else found.

use crate::cli::exit::Exit;
use crate::cli::terminal::{Terminal, finding_json};
use crate::diagnostic::Severity;
use crate::report::number::scientific;
use crate::study::verify::{self, Answer, CaseReport, Judgement, Outcome};
use clap::Args;
use serde_json::{Value, json};
use std::io;
use std::path::PathBuf;

/// Failures of a case that are told one by one.
const TOLD: usize = 8;

/// Words of `lab verify`.
#[derive(Clone, Debug, Args)]
pub(crate) struct VerifyWords {
    /// 含有算例的文件夹，各级子文件夹都会找到 / folders with cases, at any depth
    #[arg(required = true, value_name = "DIR")]
    pub(crate) folders: Vec<PathBuf>,
}

pub(crate) fn verified(words: &VerifyWords, terminal: &mut Terminal) -> io::Result<Exit> {
    let mut printed = Ok(());
    let (reports, findings) = verify::verify(&words.folders, &mut |report| {
        if printed.is_ok() && !terminal.is_json() {
            printed = terminal.print(&line(report, terminal));
        }
        tell(report, terminal);
    });
    printed?;
    terminal.say_findings(&findings, Severity::Note);
    let count = |outcome| reports.iter().filter(|report| report.outcome == outcome).count();
    let [passed, failed, skipped] = [Outcome::Passed, Outcome::Failed, Outcome::Skipped].map(count);
    if terminal.is_json() {
        let cases: Vec<Value> = reports.iter().map(|report| as_json(report, terminal)).collect();
        let findings: Vec<Value> = findings.0.iter().map(|f| finding_json(f, terminal.language())).collect();
        terminal.print_json(
            &json!({ "passed": passed, "failed": failed, "skipped": skipped, "cases": cases, "findings": findings }),
        )?;
    } else {
        terminal.print(&match terminal.language() {
            crate::diagnostic::Language::Zh => {
                format!("算例 {} 个：通过 {passed}，失败 {failed}，跳过 {skipped}。", reports.len())
            }
            crate::diagnostic::Language::En => {
                format!("{} cases: {passed} passed, {failed} failed, {skipped} skipped.", reports.len())
            }
        })?;
    }
    let is_unreadable = findings.0.iter().any(|finding| finding.code.0 == "E001");
    Ok(match (is_unreadable, failed > 0 || findings.has_errors()) {
        (true, _) => Exit::CannotReadOrWrite,
        (false, true) => Exit::ModelHasErrors,
        (false, false) => Exit::Done,
    })
}

/// The line of a case: outcome, kind, worst deviation against its tolerance, seconds, rows, folder.
fn line(report: &CaseReport, terminal: &Terminal) -> String {
    let kind = report.head.kind.map_or("?", |kind| kind.word());
    let worst = match (report.outcome, report.worst()) {
        (Outcome::Skipped, _) => terminal.pick("这类算例还不能求解", "kind not built yet").to_owned(),
        (_, Some(worst)) => deviation(worst, terminal),
        (_, None) => "–".to_owned(),
    };
    let rows = report.judgements.len();
    format!(
        "{}  {kind:<11}  {worst}  {:.3} s  {rows}{}  {}",
        word(report.outcome, terminal),
        report.seconds,
        terminal.pick(" 项", " rows"),
        report.folder.display()
    )
}

fn word(outcome: Outcome, terminal: &Terminal) -> &'static str {
    match outcome {
        Outcome::Passed => terminal.language().pick("通过", "passed "),
        Outcome::Failed => terminal.language().pick("失败", "failed "),
        Outcome::Skipped => terminal.language().pick("跳过", "skipped"),
    }
}

fn deviation(worst: &Judgement, terminal: &Terminal) -> String {
    let [found, width] = [worst.deviation.unwrap_or_default(), worst.width].map(scientific);
    match terminal.language() {
        crate::diagnostic::Language::Zh => format!("最大偏差 {found}（容差 {width}，{}）", worst.asked()),
        crate::diagnostic::Language::En => format!("worst {found} of {width} ({})", worst.asked()),
    }
}

/// What must be heard of a case.
fn tell(report: &CaseReport, terminal: &Terminal) {
    let mut lines: Vec<String> =
        report.findings.0.iter().map(|finding| finding.line(terminal.language())).collect();
    let failures = report.failures().filter_map(Judgement::finding);
    lines.extend(failures.take(TOLD).map(|finding| finding.line(terminal.language())));
    let untold = report.failures().count().saturating_sub(TOLD);
    if untold > 0 {
        lines.push(match terminal.language() {
            crate::diagnostic::Language::Zh => format!("另有 {untold} 项不符，用 --format json 可以全部列出"),
            crate::diagnostic::Language::En => {
                format!("{untold} more do not agree; --format json lists them all")
            }
        });
    }
    if !lines.is_empty() {
        terminal.say(&format!("{}:", report.folder.display()));
        lines.iter().for_each(|line| terminal.say(&format!("  {line}")));
    }
}

fn as_json(report: &CaseReport, terminal: &Terminal) -> Value {
    let outcome = match report.outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::Skipped => "skipped",
    };
    let findings: Vec<Value> =
        report.findings.0.iter().map(|finding| finding_json(finding, terminal.language())).collect();
    let failures: Vec<Value> = report.failures().map(|judgement| row(judgement, terminal)).collect();
    json!({
        "folder": report.folder.display().to_string(),
        "title": report.head.title,
        "kind": report.head.kind.map(|kind| kind.word()),
        "source": report.head.source,
        "outcome": outcome,
        "rows": report.judgements.len(),
        "worst": report.worst().map(|worst| row(worst, terminal)),
        "failures": failures,
        "seconds": report.seconds,
        "findings": findings,
    })
}

fn row(judgement: &Judgement, terminal: &Terminal) -> Value {
    let expectation = &judgement.expectation;
    let found = match &judgement.answer {
        Ok(Answer::Number(number)) => json!(number),
        Ok(Answer::Word(word)) => json!(word),
        Ok(Answer::Nothing) | Err(_) => Value::Null,
    };
    json!({
        "variant": judgement.variant,
        "period": judgement.period,
        "quantity": expectation.quantity,
        "what": expectation.what,
        "line": expectation.line,
        "found": found,
        "deviation": judgement.deviation,
        "tolerance": judgement.deviation.map(|_| judgement.width),
        "message": judgement.finding().map(|finding| finding.message(terminal.language())),
    })
}
