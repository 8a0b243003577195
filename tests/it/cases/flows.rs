//! Systems of flows that have no steady state, several, or one that is hard to find.

use super::judged::report;
use super::{Files, loop_case, patched};
use circflow::diagnostic::Language;
use circflow::study::verify::{CaseReport, Judgement, Outcome};

/// Codes of what is told of a case, and of the answers that fail.
fn codes(report: &CaseReport) -> Vec<&str> {
    let findings = report.findings.0.iter().map(|finding| finding.code.0);
    let failures = report.failures().filter_map(Judgement::finding).map(|finding| finding.code.0);
    findings.chain(failures).collect()
}

fn lines(report: &CaseReport, language: Language) -> Vec<String> {
    report.findings.0.iter().map(|finding| finding.line(language)).collect()
}

/// A case of one period: nodes, flows, coefficients, relations, expected rows.
fn small(nodes: &str, flows: &str, coefficients: &str, relations: &str, expected: &str) -> Files {
    [
        ("case.toml", "title = \"Small\"\nkind = \"flows\"\nsource = \"by hand\"\n".to_owned()),
        ("nodes.csv", format!("node,kind\n{nodes}")),
        ("flows.csv", format!("flow,from,to,value,lower,upper\n{flows}")),
        ("coefficients.csv", format!("node,flow,layer,value\n{coefficients}")),
        ("relations.csv", format!("relation,flow,factor,constant\n{relations}")),
        ("expected.csv", format!("variant,period,quantity,what,value\n{expected}")),
    ]
    .into()
}

const LOOP: &str = "out,environment\nA,process\nB,process\n";

#[test]
fn the_loop_is_solved() {
    let report = report(&loop_case());
    assert_eq!((report.outcome, codes(&report)), (Outcome::Passed, vec![]));
}

#[test]
fn a_loop_without_outlet_is_named() {
    let flows = "in,out,A,1,,\nab,A,B,,,\nba,B,A,,,\n";
    let report = report(&small(LOOP, flows, "A,ab,,1\nB,ba,,1\n", "", ",,ab,value,1\n"));
    assert_eq!(report.outcome, Outcome::Failed);
    assert_eq!(codes(&report)[..2], ["E731", "E730"], "{:?}", lines(&report, Language::En));
    let line = &lines(&report, Language::En)[0];
    assert!(line.contains("A") && line.contains("B") && line.contains("goods"), "{line}");
    assert!(lines(&report, Language::Zh)[0].contains("没有出口"));
}

#[test]
fn a_loop_that_nothing_enters_is_open() {
    let flows = "in,out,B,0,,\nab,A,B,,,\nba,B,A,,,\n";
    let report = report(&small(LOOP, flows, "A,ab,,1\nB,ba,,1\n", "", ",,ab,value,\n"));
    assert_eq!((report.outcome, codes(&report)), (Outcome::Passed, vec!["N730"]));
}

#[test]
fn shares_that_do_not_add_up_are_told() {
    let flows = "in,out,A,10,,\nx,A,out,,,\ny,A,out,,,\n";
    let report =
        report(&small("out,environment\nA,process\n", flows, "A,x,,0.5\nA,y,,0.4\n", "", ",,x,value,5\n"));
    assert_eq!((report.outcome, codes(&report)), (Outcome::Failed, vec!["E730"]));
    assert_eq!(
        lines(&report, Language::En),
        [
            "error E730: the balance of the node “A” on goods contradicts the other equations; -1.000000e0 is left"
        ]
    );
    assert_eq!(
        lines(&report, Language::Zh),
        ["错误 E730：节点“A”在货物上的平衡与其余各式矛盾，差 -1.000000e0"]
    );
}

#[test]
fn given_flows_that_disagree_are_told() {
    let flows = "in,out,A,10,,\nx,A,out,6,,\ny,A,out,5,,\n";
    let report = report(&small("out,environment\nA,process\n", flows, "", "", ",,x,value,6\n"));
    assert_eq!((report.outcome, codes(&report)), (Outcome::Failed, vec!["E730"]));
}

#[test]
fn relations_that_disagree_are_told() {
    let flows = "in,out,A,10,,\nx,A,out,,,\ny,A,out,,,\n";
    let relations = "one,x,1,4\ntwo,x,1,5\n";
    let report = report(&small("out,environment\nA,process\n", flows, "", relations, ",,x,value,4\n"));
    assert_eq!((report.outcome, codes(&report)), (Outcome::Failed, vec!["E730"]));
    assert!(lines(&report, Language::En)[0].contains("relation"), "{:?}", lines(&report, Language::En));
}

#[test]
fn bounds_that_the_steady_state_breaks_are_told() {
    for (bounds, expected) in [("0,", "E732"), (",6", "E732"), ("0,8", ""), (",", "")] {
        let value = if bounds == "0," { 12 } else { 3 };
        let flows = format!("in,out,A,10,,\nx,A,out,{value},,\ny,A,out,,{bounds}\n");
        let rest = 10 - value;
        let report =
            report(&small("out,environment\nA,process\n", &flows, "", "", &format!(",,y,value,{rest}\n")));
        let expected: Vec<&str> = Some(expected).filter(|code| !code.is_empty()).into_iter().collect();
        assert_eq!(codes(&report), expected, "{bounds}: {:?}", lines(&report, Language::En));
    }
}

#[test]
fn unusual_shares_are_warned_of() {
    let flows = "in,out,A,10,,\nx,A,out,,,\ny,A,out,,,\n";
    let coefficients = "A,x,,1.25\nA,y,,rest\n";
    let report = report(&small(
        "out,environment\nA,process\n",
        flows,
        coefficients,
        "",
        ",,x,value,12.5\n,,y,value,-2.5\n",
    ));
    assert_eq!((report.outcome, codes(&report)), (Outcome::Passed, vec!["W730", "W730"]));
}

#[test]
fn a_period_must_be_named_where_there_are_several() {
    let report = report(&patched(loop_case(), "expected.csv", ",1,made,value,8", ",,made,value,8"));
    assert_eq!((report.outcome, codes(&report)), (Outcome::Failed, vec!["E723"]));
}

#[test]
fn quantities_are_found_by_their_form() {
    for (asked, code) in [
        ("level(heap)", None),
        ("level( heap:Fe )", None),
        ("made:Fe", None),
        ("returned", None),
        ("double", None),
        ("level(mound)", Some("E721")),
        ("level(heap:Cu)", Some("E721")),
        ("made:Cu", Some("E721")),
        ("flux(heap)", Some("E721")),
        ("level(heap", Some("E721")),
    ] {
        let files = patched(loop_case(), "expected.csv", ",1,made,value,8", &format!(",1,{asked},value,1e9"));
        let found = report(&files);
        assert_eq!(codes(&found), [code.unwrap_or("E720")], "{asked}");
    }
    let files = patched(loop_case(), "expected.csv", ",1,made,value,8", ",1,made,sd,8");
    assert_eq!(codes(&report(&files)), ["E722"]);
}

#[test]
fn a_variant_is_named_with_what_is_wrong_in_it() {
    let files = patched(loop_case(), "variants.csv", "flow=ore;period=2,value,24", "flow=waste,upper,20");
    let files = patched(files, "variants.csv", "more,flows", "more,flows,flow=ore,value,40\nmore,flows");
    let found = report(&files);
    assert_eq!(codes(&found), ["N731", "E732", "E732"], "{:?}", lines(&found, Language::En));
    assert!(lines(&found, Language::En)[1].contains("period 1"), "{:?}", lines(&found, Language::En));
}

#[test]
fn a_long_chain_with_a_loop_at_its_end_is_solved() {
    // 30,000 processes in a row; each sends a tenth out and the last a half back to the first.
    let count = 30_000;
    let mut files = small("out,environment\n", "in,out,n0,100,,\n", "", "", "");
    let [nodes, flows, coefficients, expected] =
        ["nodes.csv", "flows.csv", "coefficients.csv", "expected.csv"]
            .map(|name| files.iter().position(|(known, _)| *known == name).unwrap());
    for node in 0..count {
        let next = (node + 1) % count;
        files[nodes].1 += &format!("n{node},process\n");
        files[flows].1 += &format!("f{node},n{node},n{next},,,\nleak{node},n{node},out,,,\n");
        let share = if next == 0 { 0.5 } else { 1.0 - 1.0 / f64::from(count) };
        files[coefficients].1 += &format!("n{node},f{node},,{share}\nn{node},leak{node},,rest\n");
    }
    // x₀ = 100/(1 − (1 − 1/n)^(n−1)/2).
    let gain = 0.5 * (1.0 - 1.0 / f64::from(count)).powi(count - 1);
    files[expected].1 += &format!(",,inflow(n0),value,{}\n", 100.0 / (1.0 - gain));
    let found = report(&files);
    assert_eq!(
        (found.outcome, codes(&found)),
        (Outcome::Passed, vec![]),
        "{:?} {:?}",
        lines(&found, Language::En),
        found.worst()
    );
}
