//! The cases that ship with the program.

use circflow::diagnostic::Language;
use circflow::study::verify::{Judgement, Outcome, is_built, verify};
use std::path::Path;

#[test]
fn every_shipped_case_of_a_built_kind_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("cases");
    let (reports, findings) = verify(&[folder], &mut |_| {});
    assert!(findings.0.is_empty(), "{findings:?}");
    assert!(reports.len() >= 15, "{} cases", reports.len());
    let mut wrong = Vec::new();
    for report in &reports {
        let kind = report.head.kind.expect("a kind");
        assert!(report.head.source.len() > 20, "{}: a citation", report.folder.display());
        let expected = if is_built(kind) { Outcome::Passed } else { Outcome::Skipped };
        if report.outcome != expected || !report.findings.0.is_empty() {
            let findings = report.findings.0.iter().cloned();
            let all = findings.chain(report.failures().filter_map(Judgement::finding));
            let lines: Vec<String> = all.map(|finding| finding.line(Language::En)).collect();
            wrong.push(format!(
                "{}: {:?}\n  {}",
                report.folder.display(),
                report.outcome,
                lines.join("\n  ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
