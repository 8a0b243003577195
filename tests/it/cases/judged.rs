//! What passes, what fails, and what is said of it.

use super::{Files, indicator_case, patched, write};
use circflow::diagnostic::Language;
use circflow::study::verify::{CaseReport, Judgement, Outcome, verify_case};

pub(super) fn report(files: &Files) -> CaseReport {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    verify_case(folder.path())
}

/// The rate of the indicators (0.75) with other words in `expected.csv`.
fn rate(header: &str, row: &str) -> CaseReport {
    let text = format!("variant,period,quantity,what,value{header}\n{row}\n");
    let mut files = indicator_case();
    files.retain(|(name, _)| *name != "expected.csv");
    files.push(("expected.csv", text));
    report(&files)
}

fn codes(report: &CaseReport) -> Vec<&str> {
    report.failures().filter_map(Judgement::finding).map(|finding| finding.code.0).collect()
}

#[test]
fn a_number_passes_within_either_tolerance() {
    for (header, row, passes) in [
        ("", ",,rate,value,0.75", true),
        ("", ",,rate,,0.75", true),
        ("", ",,rate,value,0.7500007", true),
        ("", ",,rate,value,0.7500008", false),
        (",relative,absolute", ",,rate,value,0.755,,0.01", true),
        (",relative,absolute", ",,rate,value,0.77,,0.01", false),
        // A row is judged by what it fills alone: the case's own relative width would let this pass.
        (",relative,absolute", ",,rate,value,0.7500001,,1e-9", false),
        (",relative,absolute", ",,rate,value,0.7500001,0,", false),
        (",relative,absolute", ",,rate,value,0.75,0,0", true),
        (",relative,absolute", ",,rate,value,0.8,0.1,0", true),
    ] {
        let report = rate(header, row);
        assert_eq!(report.outcome == Outcome::Passed, passes, "{row}: {report:#?}");
        assert_eq!(codes(&report), if passes { vec![] } else { vec!["E720"] }, "{row}");
    }
}

#[test]
fn what_is_asked_in_vain_is_said() {
    for (row, code) in [
        (",,rates,value,0.75", "E721"),
        (",,,value,0.75", "E721"),
        (",,rate,sd,0.1", "E722"),
        (",,whole,value,1", "E724"),
        (",,rate,value,", "E725"),
    ] {
        let report = rate("", row);
        assert_eq!((report.outcome, codes(&report)), (Outcome::Failed, vec![code]), "{row}");
        for language in [Language::Zh, Language::En] {
            for finding in report.failures().filter_map(Judgement::finding) {
                let line = finding.line(language);
                assert!(!["{", "[["].iter().any(|sign| line.contains(sign)), "{line}");
            }
        }
    }
}

#[test]
fn the_worst_is_the_one_nearest_to_its_tolerance() {
    let rows = ",,rate,value,0.7500001,,1\n,,rate,value,0.7500002,,1e-6\n,,whole,value,,,";
    let report = rate(",relative,absolute", rows);
    let worst = report.worst().unwrap();
    assert_eq!((worst.expectation.line, report.judgements.len()), (3, 3));
    assert!((worst.ratio() - 0.2).abs() < 1e-6, "{}", worst.ratio());
    assert_eq!(report.outcome, Outcome::Passed);
}

#[test]
fn a_faulty_case_fails() {
    let files = patched(indicator_case(), "terms.csv", "made,80±5", "made,NaN");
    let report = report(&files);
    assert_eq!((report.outcome, report.judgements.len()), (Outcome::Failed, 0));
    assert!(report.findings.has_errors());
}
