//! Published cases solved and held against what somebody else found.
//!
//! A kind of case is built when `solve` has an arm for it; its module gives [`Answers`] to the questions of
//! `expected.csv`. A kind without one is skipped, which is no pass.

mod answers;
mod flows;
mod indicator;
mod judge;
mod mix;
mod reconcile;
mod solve;
mod stock;

pub use answers::{Answer, Answers, Question, Unanswered};
pub use judge::Judgement;
pub use solve::is_built;

use crate::case::Case;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::input::cases::{self, Head};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything expected was found.
    Passed,
    /// Something was not, or the case could not be read or solved.
    Failed,
    /// Its kind is not built.
    Skipped,
}

/// A case and how it ended.
#[derive(Clone, Debug)]
pub struct CaseReport {
    /// Its folder.
    pub folder: PathBuf,
    /// What it is.
    pub head: Head,
    /// How it ended.
    pub outcome: Outcome,
    /// Every answer held against what was expected, in the order of variants and rows.
    pub judgements: Vec<Judgement>,
    /// Wall time of reading, solving and comparing, in seconds.
    pub seconds: f64,
    /// What was wrong or remarkable.
    pub findings: Findings,
}

impl CaseReport {
    /// The answer that came nearest to its tolerance, or went farthest beyond it; `None` without numbers.
    #[must_use]
    pub fn worst(&self) -> Option<&Judgement> {
        let numbers = self.judgements.iter().filter(|judgement| judgement.deviation.is_some());
        numbers.fold(None, |worst: Option<&Judgement>, next| match worst {
            Some(worst) if worst.ratio() >= next.ratio() => Some(worst),
            _ => Some(next),
        })
    }

    /// Answers that do not pass.
    pub fn failures(&self) -> impl Iterator<Item = &Judgement> {
        self.judgements.iter().filter(|judgement| !judgement.passes)
    }
}

/// Solves the cases found at any depth below folders, one after the other; `each` is told of every one as it ends.
/// The findings are about the folders themselves.
pub fn verify(folders: &[PathBuf], each: &mut dyn FnMut(&CaseReport)) -> (Vec<CaseReport>, Findings) {
    let (found, findings) = cases::find(folders);
    let reports = found.iter().map(|folder| {
        let report = verify_case(folder);
        each(&report);
        report
    });
    (reports.collect(), findings)
}

/// Solves one case.
#[must_use]
pub fn verify_case(folder: &Path) -> CaseReport {
    let begin = Instant::now();
    let read = cases::read(folder, is_built);
    let mut report = CaseReport {
        folder: folder.to_path_buf(),
        head: read.head,
        outcome: Outcome::Failed,
        judgements: Vec::new(),
        seconds: 0.0,
        findings: read.findings,
    };
    if report.head.kind.is_some_and(|kind| !is_built(kind)) && !report.findings.has_errors() {
        report.outcome = Outcome::Skipped;
    }
    for case in &read.cases {
        let (judgements, findings) = judged(case);
        report.judgements.extend(judgements);
        report.findings.extend(findings);
    }
    let all_pass = report.judgements.iter().all(|judgement| judgement.passes);
    if !report.judgements.is_empty() && all_pass && !report.findings.has_errors() {
        report.outcome = Outcome::Passed;
    }
    report.seconds = begin.elapsed().as_secs_f64();
    report
}

/// One variant: its answers held against what is expected.
fn judged(case: &Case) -> (Vec<Judgement>, Findings) {
    let (answers, mut findings) = solve::solve(case);
    if !findings.0.is_empty() && !case.variant.is_empty() {
        let note = Diagnostic::new(Code("N731")).with("variant", &case.variant);
        findings.0.insert(0, note.with("count", findings.0.len().to_string()));
    }
    let Some(answers) = answers else { return (Vec::new(), findings) };
    let judge = |expectation| judge::judge(case, expectation, answers.as_ref());
    (case.expectations.iter().map(judge).collect(), findings)
}
