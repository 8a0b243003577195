//! Kind `reconcile`: what has no answer says why, and asks for no number.

use super::Files;
use super::judged::report;
use circflow::study::verify::{CaseReport, Outcome};

fn case(tables: &[(&'static str, &str)], expected: &str) -> CaseReport {
    let mut files: Files =
        vec![("case.toml", "title = \"t\"\nkind = \"reconcile\"\nsource = \"by hand\"\n".to_owned())];
    files.extend(tables.iter().map(|(name, text)| (*name, (*text).to_owned())));
    files.push(("expected.csv", format!("variant,period,quantity,what,value\n{expected}")));
    report(&files)
}

fn codes(report: &CaseReport) -> Vec<&str> {
    report.findings.0.iter().map(|finding| finding.code.0).collect()
}

const NODES: (&str, &str) = ("nodes.csv", "node,kind\nout,environment\nmill,process\n");

#[test]
fn exact_values_that_do_not_balance_name_the_balance() {
    let flows = ("flows.csv", "flow,from,to,value\nin,out,mill,100\nmade,mill,out,60\nwaste,mill,out,50±0\n");
    let report = case(&[NODES, flows], ",,in,value,\n,,,statistic,\n");
    assert_eq!((report.outcome, codes(&report)), (Outcome::Passed, vec!["W720"]), "{report:#?}");
    let said = &report.findings.0[0];
    assert_eq!(value(said, "equations"), "nodes.csv mill");
}

#[test]
fn bounds_that_leave_no_room_are_named_too() {
    let flows = (
        "flows.csv",
        "flow,from,to,value,lower,upper\nin,out,mill,100±5,,90\nmade,mill,out,60±5,70,\nwaste,mill,out,50±5,40,\n",
    );
    let report = case(&[NODES, flows], ",,in,value,\n");
    assert_eq!((report.outcome, codes(&report)), (Outcome::Passed, vec!["W720"]), "{report:#?}");
    let said = &report.findings.0[0];
    assert_eq!(value(said, "equations"), "nodes.csv mill");
    assert_eq!(value(said, "bounded"), "in, made, waste");
}

#[test]
fn equations_without_value_or_rest_are_named() {
    let root = [
        ("variables.csv", "variable,value,start\nx,-4,\ny,,\n"),
        ("equations.csv", "equation,expression\ne,sqrt(x) - y\n"),
    ];
    let report = case(&root, ",,y,value,\n");
    assert_eq!((report.outcome, codes(&report)), (Outcome::Passed, vec!["W721"]), "{report:#?}");
    let apart = [
        ("variables.csv", "variable,value\nx,1±0.1\n"),
        ("equations.csv", "equation,expression\ne,x^2 + 1\n"),
    ];
    let report = case(&apart, ",,x,value,\n");
    assert_eq!((report.outcome, codes(&report)), (Outcome::Passed, vec!["W722"]), "{report:#?}");
}

#[test]
fn a_constant_outside_its_bounds_cannot_be_posed() {
    let flows = ("flows.csv", "flow,from,to,value,lower\nin,out,mill,100,110\nmade,mill,out,60±3,\n");
    let report = case(&[NODES, flows], ",,in,value,\n");
    assert_eq!((report.outcome, codes(&report)), (Outcome::Passed, vec!["W723"]), "{report:#?}");
}

#[test]
fn measurements_without_deviation_at_both_ends_are_constants() {
    let flows = ("flows.csv", "flow,from,to,value\nin,out,mill,100±0\nmade,mill,out,100±0\n");
    let report = case(&[NODES, flows], ",,in,value,100\n,,in,sd,0\n,,,dof,0\n,,,p_value,\n,,mill,nodal,\n");
    assert_eq!((report.outcome, codes(&report)), (Outcome::Passed, vec![]), "{report:#?}");
}

#[test]
fn nodes_are_asked_by_what_enters_and_leaves() {
    let nodes = ("nodes.csv", "node,kind\nout,environment\nmill,process\nheap,stock\n");
    let flows = (
        "flows.csv",
        "flow,from,to,value\nin,out,mill,100±3\nmade,mill,out,70±4\nwaste,mill,heap,\nback,heap,out,5±1\n",
    );
    // waste = 100 − 70, its deviation 5; the heap grows by 25 with deviation √26.
    let expected = ",,inflow(mill),value,100\n,,outflow(mill),value,100\n,,outflow(mill),sd,3\n,,change(heap),value,25\n\
                    ,,level( heap ),sd,5.0990195135927845\n,,change(heap),class,observable\n,,waste,sd,5\n";
    let report = case(&[nodes, flows], expected);
    assert_eq!((report.outcome, codes(&report)), (Outcome::Passed, vec![]), "{report:#?}");
}

#[test]
fn a_share_rests_on_the_others() {
    // Two measured shares and the rest of a splitter: 100 → 50, 30, 20; the rest is 1 − 0.5 − 0.3 ± √(0.02² + 0.01²).
    let flows = ("flows.csv", "flow,from,to,value\nin,out,mill,100\na,mill,out,\nb,mill,out,\nc,mill,out,\n");
    let shares = (
        "coefficients.csv",
        "node,flow,layer,value,id\nmill,a,,0.5±0.02,ka\nmill,b,,0.3±0.01,kb\nmill,c,,rest,kc\n",
    );
    let expected = ",,kc,value,0.2\n,,kc,sd,0.0223606797749979\n,,kc,class,observable\n,,c,value,20\n\
                    ,,c,sd,2.23606797749979\n,,ka,class,nonredundant\n,,,dof,0\n";
    let report = case(&[NODES, flows, shares], expected);
    assert_eq!((report.outcome, codes(&report)), (Outcome::Passed, vec![]), "{report:#?}");
}

fn value<'a>(said: &'a circflow::diagnostic::Diagnostic, name: &str) -> &'a str {
    said.values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
}
