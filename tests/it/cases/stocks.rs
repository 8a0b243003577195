//! Faults of stocks, and what is answered of several at once.

use super::judged::report;
use super::{Files, patched};
use circflow::diagnostic::{Diagnostic, Language};
use circflow::study::verify::{CaseReport, Judgement, Outcome};

/// Two regions of one product, stock-driven and inflow-driven.
fn stock_case() -> Files {
    [
        ("case.toml", "title = \"Stocks\"\nkind = \"stock\"\nsource = \"by hand\"\n"),
        (
            "series.csv",
            "period,quantity,value,region\n2000,stock,6,north\n2001,stock,8,north\n2000,inflow,3,south\n\
             2001,inflow,1,south\n",
        ),
        (
            "stocks.csv",
            "driver,lifetime,convention,negative_inflow,region\nstock,fixed(2),end_of_period_age,,north\n\
             inflow,fixed(1),end_of_period_age,,\n",
        ),
        ("opening.csv", "age,value,region\n0,2,north\n"),
        (
            "expected.csv",
            "variant,period,quantity,what,value,region\n,2000,inflow,value,4,north\n,2001,outflow,value,2,north\n\
             ,2001,stock,value,9,\n,2001,cumulative_inflow,value,12,\n,,opening_inflow(0),value,2,\n\
             ,2001,stock(2000),value,4,\n,2001,outflow(2000),value,3,\n,2000,change,value,7,\n\
             ,2001,cumulative_outflow,value,5,\n",
        ),
    ]
    .map(|(name, text)| (name, text.to_owned()))
    .into()
}

fn shown(finding: &Diagnostic) -> String {
    let row = finding.spot.row.map_or_else(String::new, |row| format!(":{row}"));
    let column = finding.spot.column.as_ref().map_or_else(String::new, |column| format!(":{column}"));
    format!("{} {}{row}{column}", finding.code.0, finding.spot.file)
}

fn told(report: &CaseReport) -> Vec<String> {
    let failures = report.failures().filter_map(Judgement::finding);
    let all: Vec<Diagnostic> = report.findings.0.iter().cloned().chain(failures).collect();
    for finding in &all {
        for language in [Language::Zh, Language::En] {
            let line = finding.line(language);
            assert!(
                !["{", "[[", "]]"].iter().any(|sign| line.contains(sign)),
                "a slot is not filled: {line}"
            );
        }
    }
    all.iter().map(shown).collect()
}

fn check(name: &str, from: &str, to: &str, expected: &str) {
    let report = report(&patched(stock_case(), name, from, to));
    assert_eq!(told(&report), [expected], "{from} → {to}");
    assert_eq!(report.outcome, Outcome::Failed);
}

#[test]
fn stocks_are_followed_and_added_up() {
    let report = report(&stock_case());
    assert_eq!(told(&report), [""; 0]);
    assert_eq!((report.outcome, report.judgements.len()), (Outcome::Passed, 9));
}

#[test]
fn faults_of_series() {
    check("series.csv", "2001,stock,8,north", "2001,stock,-8,north", "E109 series.csv:3:value");
    check("series.csv", "2001,stock,8,north", "2000,stock,8,north", "E130 series.csv:3:value");
    check("series.csv", "2001,stock,8,north", "2001,stocks,8,north", "E110 series.csv:3:quantity");
    check("series.csv", "2001,stock,8,north", "2001,stock,,north", "E105 series.csv:3:value");
    check("series.csv", "2001,stock,8,north", "2001,stock,inf,north", "E131 series.csv:3:value");
    check("series.csv", "2001,stock,8,north", ",stock,8,north", "E105 series.csv:3:period");
    check("series.csv", "2001,stock,8,north", "2001,inflow,8,north", "E740 stocks.csv:2:driver");
}

#[test]
fn faults_of_lifetimes() {
    check("stocks.csv", "fixed(2)", "fixe(2)", "E741 stocks.csv:2:lifetime");
    check("stocks.csv", "fixed(2)", "2", "E741 stocks.csv:2:lifetime");
    check("stocks.csv", "fixed(2)", "normal(2)", "E133 stocks.csv:2:lifetime");
    check("stocks.csv", "fixed(2)", "\"normal(2, 0)\"", "E742 stocks.csv:2:lifetime");
    check("stocks.csv", "fixed(2)", "fixed(two)", "E108 stocks.csv:2:lifetime");
    check("stocks.csv", "fixed(2)", "fixed(inf)", "E131 stocks.csv:2:lifetime");
    check("stocks.csv", "end_of_period_age,,north", "middle,,north", "E110 stocks.csv:2:convention");
    check(
        "stocks.csv",
        "end_of_period_age,,north",
        "average,none,north",
        "E110 stocks.csv:2:negative_inflow",
    );
    check("stocks.csv", "end_of_period_age,,north", "end_of_period_age,,", "E130 stocks.csv:3:driver");
    check(
        "stocks.csv",
        "inflow,fixed(1),end_of_period_age,,",
        "inflow,fixed(1),average,,west",
        "E743 series.csv:4:quantity",
    );
    let laws = "driver,lifetime,convention,negative_inflow,region,product\nstock,fixed(2),average,,north,\n\
                stock,fixed(2),average,,,coal\ninflow,fixed(1),average,,south,\n";
    let mut files = stock_case();
    for (name, text) in &mut files {
        match *name {
            "stocks.csv" => *text = laws.to_owned(),
            "series.csv" => {
                *text = "period,quantity,value,region,product\n2000,stock,6,north,coal\n".to_owned()
            }
            "opening.csv" => *text = "age,value\n".to_owned(),
            "expected.csv" => *text = "variant,period,quantity,what,value\n,2000,stock,value,6\n".to_owned(),
            _ => {}
        }
    }
    assert_eq!(told(&report(&files)), ["E744 series.csv:2:quantity"]);
}

#[test]
fn faults_of_opening_stocks() {
    check("opening.csv", "0,2,north", "0,2,west", "E745 opening.csv:2:value");
    check("opening.csv", "0,2,north", "0,-2,north", "E109 opening.csv:2:value");
    check("opening.csv", "0,2,north", "-1,2,north", "E109 opening.csv:2:age");
    check("opening.csv", "0,2,north", "5,2,north", "E747 stocks.csv:2:lifetime");
    check(
        "stocks.csv",
        "fixed(2),end_of_period_age",
        "fixed(0.5),mid_period_age",
        "E746 stocks.csv:2:lifetime",
    );
    let files = patched(stock_case(), "opening.csv", "0,2,north", ",2,north");
    let files = patched(files, "stocks.csv", "fixed(2)", "\"lognormal(5, 50000)\"");
    assert_eq!(told(&report(&files)), ["E748 stocks.csv:2:lifetime"]);
}

#[test]
fn what_is_asked_in_vain_is_said() {
    for (row, code) in [
        (",2001,stock,value,9,west", "E721"),
        (",2001,stock(1990),value,9,", "E721"),
        (",2001,level,value,9,", "E721"),
        (",,stock,value,9,", "E723"),
        (",2001,stock,sd,9,", "E722"),
        (",,opening_inflow(7),value,9,", "E721"),
    ] {
        let files = patched(stock_case(), "expected.csv", ",2001,stock,value,9,", row);
        assert_eq!(told(&report(&files)), [format!("{code} expected.csv:4:value")], "{row}");
    }
}
