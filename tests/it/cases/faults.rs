//! Every fault of a case: a sound case changed in one place, and where the finding points.

use super::{Files, indicator_case, loop_case, patched, write};
use circflow::diagnostic::{Diagnostic, Language};
use circflow::input::cases;

fn findings(files: &Files) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    cases::read(folder.path(), |_| true).findings.0
}

fn shown(finding: &Diagnostic) -> String {
    let row = finding.spot.row.map_or_else(String::new, |row| format!(":{row}"));
    let column = finding.spot.column.as_ref().map_or_else(String::new, |column| format!(":{column}"));
    format!("{} {}{row}{column}", finding.code.0, finding.spot.file)
}

/// A change of the loop, one finding.
fn check(name: &str, from: &str, to: &str, expected: &str) {
    told(&patched(loop_case(), name, from, to), &[expected]);
}

fn told(files: &Files, expected: &[&str]) {
    let found = findings(files);
    let lines: Vec<String> = found.iter().map(|finding| finding.line(Language::En)).collect();
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected, "{lines:#?}");
    for finding in &found {
        for language in [Language::Zh, Language::En] {
            let line = finding.line(language);
            assert!(
                !["{", "[[", "]]"].iter().any(|sign| line.contains(sign)),
                "a slot is not filled: {line}"
            );
        }
    }
}

#[test]
fn the_cases_themselves_are_sound() {
    told(&loop_case(), &[]);
    told(&indicator_case(), &[]);
}

#[test]
fn settings() {
    check("case.toml", "title = \"A loop\"\n", "", "E702 case.toml");
    check("case.toml", "kind = \"flows\"", "kind = \"flow\"", "E702 case.toml:2");
    check("case.toml", "source = \"by hand\"", "source = \"by hand\"\nrelative = -1", "E702 case.toml:4");
    check("case.toml", "source = \"by hand\"", "source = \"by hand\"\nabsolute = nan", "E702 case.toml:4");
    check("case.toml", "source = \"by hand\"", "source = \"by hand\"\nconfidence = 1", "E702 case.toml:4");
    check("case.toml", "source = \"by hand\"", "source = \"by hand\"\ndraws = 1.5", "E702 case.toml:4");
    check(
        "case.toml",
        "source = \"by hand\"",
        "source = \"by hand\"\nlayers_sum_to_goods = 1",
        "E702 case.toml:4",
    );
    check("case.toml", "source = \"by hand\"", "source = \"by hand\"\ntolerance = 1", "W701 case.toml:4");
    check("case.toml", "source = \"by hand\"", "source = by hand", "E003 case.toml:3");
    let keys =
        "source = \"by hand\"\nrelative = 0\nabsolute = 1e-3\nlayers_sum_to_goods = true\nz_floor = 0.0";
    told(&patched(loop_case(), "case.toml", "source = \"by hand\"", keys), &[]);
}

#[test]
fn files_and_columns() {
    let without =
        |name: &str| -> Files { loop_case().into_iter().filter(|(known, _)| *known != name).collect() };
    told(&without("nodes.csv"), &["E703 "]);
    told(&without("flows.csv"), &["E703 "]);
    told(&without("expected.csv"), &["E703 "]);
    told(
        &patched(loop_case(), "nodes.csv", "node,kind", "node,kinds"),
        &["E705 nodes.csv:1", "W703 nodes.csv:1:kinds"],
    );
    check("nodes.csv", "node,kind", "node,kind,kind", "E102 nodes.csv:1:kind");
    check("nodes.csv", "node,kind", "node,kind,remark", "W703 nodes.csv:1:remark");
    check("nodes.csv", "mill,process", "mill,process,,more", "E014 nodes.csv:3");
    let mut files = loop_case();
    files.push(("stocks.csv", "driver,lifetime,convention\n".into()));
    files.push(("flow.csv", "flow\n".into()));
    files.push(("README.md", "a remark\n".into()));
    told(&files, &["W702 flow.csv", "W704 stocks.csv"]);
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &loop_case());
    std::fs::write(folder.path().join("nodes.csv"), b"PK\x03\x04").unwrap();
    let found = cases::read(folder.path(), |_| true).findings.0;
    assert!(found.iter().any(|finding| shown(finding) == "E017 nodes.csv"), "{found:#?}");
}

#[test]
fn expected_values() {
    check("expected.csv", ",1,made,value,8\nmore,2,made,value,32\n", "", "E704 expected.csv");
    check("expected.csv", ",1,made,value,8", ",1,made,value,eight", "E108 expected.csv:2:value");
    check("expected.csv", ",1,made,value,8", ",1,made,value,NaN", "E131 expected.csv:2:value");
    check("expected.csv", ",1,made,value,8", ",3,made,value,8", "E106 expected.csv:2:period");
    check("expected.csv", "more,2", "most,2", "E106 expected.csv:3:variant");
    let mut files = patched(loop_case(), "expected.csv", "what,value", "what,value,relative");
    files = patched(files, "expected.csv", ",1,made,value,8", ",1,made,value,8,-1");
    told(&files, &["E109 expected.csv:2:relative"]);
}

#[test]
fn nodes_and_flows() {
    check("nodes.csv", "heap,stock", "heap,stock\nheap,stock", "E128 nodes.csv:6:node");
    check("nodes.csv", "heap,stock", "heap,store", "E110 nodes.csv:5:kind");
    check("outputs.csv", "double,", "dou;ble,", "E112 outputs.csv:2:output");
    check("flows.csv", "made,mill,sort", "made,mill,sart", "E106 flows.csv:4:to");
    check("flows.csv", "ore,out,mill,12,2", "ore,out,sort,12,2", "E713 flows.csv:3:to");
    check(
        "flows.csv",
        "ore,out,mill,12,2,,",
        "ore,out,mill,12,2,,\nore,out,mill,1,2.0,,",
        "E130 flows.csv:4:flow",
    );
    check("flows.csv", "dust,heap,out", "dust,heap,", "E105 flows.csv:7:to");
    check("flows.csv", "ore,out,mill,12,2", "ore,out,mill,inf,2", "E131 flows.csv:3:value");
    check("flows.csv", "ore,out,mill,12,2", "ore,out,mill,rest,2", "E118 flows.csv:3:value");
    check("flows.csv", "ore,out,mill,12,2", "ore,out,mill,=x,2", "E108 flows.csv:3:value");
    check("flows.csv", "ore,out,mill,12,2", "ore,out,mill,12±-1,2", "E135 flows.csv:3:value");
    check("flows.csv", "ore,out,mill,12,2", "ore,out,mill,\"uniform(2, 1)\",2", "E134 flows.csv:3:value");
    check("flows.csv", "ore,out,mill,12,2,,", "ore,out,mill,12,2,5,1", "E711 flows.csv:3:upper");
    check("flows.csv", "waste,sort,heap,,,0,", "waste,sort,heap,,,0±1,", "E124 flows.csv:6:lower");
}

#[test]
fn coefficients_and_contents() {
    check("coefficients.csv", "sort,waste,,rest", "sort,made,,rest", "E714 coefficients.csv:3:flow");
    check("coefficients.csv", "sort,waste,,rest", "sort,wast,,rest", "E106 coefficients.csv:3:flow");
    check("coefficients.csv", "sort,waste,,rest", "sort,back,,rest", "E130 coefficients.csv:3:flow");
    check("coefficients.csv", "0.25,,returned", "rest,,returned", "E716 coefficients.csv:3:value");
    check("coefficients.csv", "Fe,0.5,made", "Fe,0.5,ore", "E715 coefficients.csv:4:of");
    check("coefficients.csv", "Fe,0.5,made", "Fe,\"lognormal(-1, 2)\",made", "E136 coefficients.csv:4:value");
    check("layers.csv", "ore,Fe,0.1,share", "ore,Fe,0.1,shares", "E110 layers.csv:2:as");
    check("layers.csv", "ore,Fe,0.1,share", "ore,,0.1,share", "E105 layers.csv:2:layer");
    let rows = "relation,flow,factor,constant\neven,made,1,0\neven,back,-4,2\n";
    check("relations.csv", "relation,flow,factor,constant\n", rows, "E717 relations.csv:3:constant");
    let rows = "relation,flow,factor,constant\neven,made,,0\n";
    check("relations.csv", "relation,flow,factor,constant\n", rows, "E105 relations.csv:2:factor");
}

#[test]
fn releases() {
    check("release.csv", "heap,dust,1,0.2", "heap,dust,1,0.95", "E719 release.csv:3:value");
    check("release.csv", "heap,dust,1,0.2", "heap,dust,1,-0.2", "E109 release.csv:3:value");
    check("release.csv", "heap,dust,1,0.2", "heap,dust,0,0.2", "E130 release.csv:3:flow");
    check("release.csv", "heap,dust,1,0.2", "heap,dust,0.5,0.2", "E111 release.csv:3:age");
    check("release.csv", "heap,dust,1,0.2", "heap,dust,1,", "E105 release.csv:3:value");
    check("release.csv", "heap,dust,1,0.2", "sort,waste,1,0.2", "E718 release.csv:3:node");
}

#[test]
fn expressions() {
    check("outputs.csv", "2*made + ore:Fe", "2*mode + ore:Fe", "E712 outputs.csv:2:expression");
    check("outputs.csv", "2*made + ore:Fe", "2*made + ore:Cu", "E712 outputs.csv:2:expression");
    check("outputs.csv", "2*made + ore:Fe", "2*made +", "E506 outputs.csv:2:expression");
    check("outputs.csv", "2*made + ore:Fe", "tan(made)", "E508 outputs.csv:2:expression");
    check("outputs.csv", "2*made + ore:Fe", "2made", "E510 outputs.csv:2:expression");
    check("outputs.csv", "2*made + ore:Fe", &"(".repeat(100), "E511 outputs.csv:2:expression");
    check("outputs.csv", "2*made + ore:Fe", "", "E105 outputs.csv:2:expression");
    let unknown = patched(indicator_case(), "formulas.csv", "used/made", "used/mode");
    told(&unknown, &["E712 formulas.csv:2:formula"]);
    let other = patched(indicator_case(), "formulas.csv", "used + stored", "rate + stored");
    told(&other, &["E712 formulas.csv:3:formula"]);
}

#[test]
fn variants() {
    let row = "more,flows,flow=ore;period=2,value,24";
    check("variants.csv", row, "more,flow,flow=ore;period=2,value,24", "E708 variants.csv:2:table");
    check("variants.csv", row, "more,expected,,value,24", "E708 variants.csv:2:table");
    check("variants.csv", row, "more,+stocks,,,\"a,b\"", "E708 variants.csv:2:table");
    check("variants.csv", row, "more,flows,flow=are;period=2,value,24", "E710 variants.csv:2:key");
    check("variants.csv", row, "more,flows,flows=ore,value,24", "E101 variants.csv:2:key");
    check("variants.csv", row, "more,flows,flow,value,24", "E709 variants.csv:2:key");
    check("variants.csv", row, "more,flows,flow=ore;period=2,values,24", "E101 variants.csv:2:column");
    check("variants.csv", row, "more,flows,flow=ore;period=2,value,much", "E108 variants.csv:2:value");
    check("variants.csv", row, "more,+relations,,,\"a,made,1,0,5\"", "E014 variants.csv:2:value");
    check("variants.csv", row, "more,+relations,,,\"a,mode,1,0\"", "E106 variants.csv:2:value");
    check("variants.csv", row, "more,+relations,,,", "E105 variants.csv:2:value");
    check("variants.csv", row, "more,case,,relatives,0.1", "E707 variants.csv:2:column");
    check("variants.csv", row, "more,case,,relative,small", "E702 variants.csv:2:column");
    check("variants.csv", row, "more,case,,kind,stock", "E702 variants.csv:2:column");
    // A column that the file lacks but the format has may be filled.
    told(&patched(loop_case(), "variants.csv", row, "more,coefficients,flow=waste,sampled,each"), &[]);
}
