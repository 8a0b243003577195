//! Choices of projects: faults of their tables, and what is answered.

use super::{Files, patched, write};
use circflow::study::verify::{CaseReport, Outcome, verify_case};

/// Three projects, of which two fit: b with c is 9, a alone is 6, a needs c.
fn mix_case() -> Files {
    [
        ("case.toml", "title = \"A choice\"\nkind = \"mix\"\nsource = \"by hand\"\n"),
        ("projects.csv", "project,value\na,6\nb,5\nc,4\n"),
        ("budgets.csv", "budget,amount\nmoney,10\n"),
        ("uses.csv", "project,budget,amount\na,money,7\nb,money,5\nc,money,4\n"),
        ("relations.csv", "project,relation,other\na,needs,c\n"),
        (
            "expected.csv",
            "variant,period,quantity,what,value\n,,,objective,9\n,,a,value,0\n,,b,value,1\n,,c,value,1\n\
             poor,,,objective,\npoor,,a,value,\nrich,,,objective,15\napart,,,objective,5\n",
        ),
        (
            "variants.csv",
            "variant,table,key,column,value\npoor,budgets,,amount,-1\nrich,budgets,,amount,16\n\
             apart,+relations,,,\"b,excludes,c\"\n",
        ),
    ]
    .map(|(name, text)| (name, text.to_owned()))
    .into()
}

fn report(files: &Files) -> CaseReport {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    verify_case(folder.path())
}

#[test]
fn a_choice_by_hand_with_a_negative_budget_a_rich_one_and_rivals() {
    let found = report(&mix_case());
    assert_eq!(found.outcome, Outcome::Passed, "{:?} {:?}", found.findings, found.judgements);
    let wrong = patched(mix_case(), "expected.csv", ",,,objective,9", ",,,objective,10");
    assert_eq!(report(&wrong).outcome, Outcome::Failed);
}

#[test]
fn faults_of_the_tables_are_told_where_they_stand() {
    for (name, from, to, expected) in [
        ("projects.csv", "b,5", "a,5", "E128 projects.csv:3:project"),
        ("projects.csv", "b,5", "b,", "E105 projects.csv:3:value"),
        ("projects.csv", "b,5", "b,5±1", "E124 projects.csv:3:value"),
        ("budgets.csv", "money,10", "money,much", "E108 budgets.csv:2:amount"),
        ("uses.csv", "c,money,4", "d,money,4", "E106 uses.csv:4:project"),
        ("uses.csv", "c,money,4", "c,gold,4", "E106 uses.csv:4:budget"),
        ("uses.csv", "c,money,4", "b,money,4", "E130 uses.csv:4:budget"),
        ("relations.csv", "needs", "wants", "E110 relations.csv:2:relation"),
    ] {
        let found = report(&patched(mix_case(), name, from, to));
        assert_eq!(found.outcome, Outcome::Failed, "{name}: {to}");
        let told: Vec<String> = found
            .findings
            .0
            .iter()
            .map(|finding| {
                let spot = &finding.spot;
                let row = spot.row.map_or_else(String::new, |row| format!(":{row}"));
                let column = spot.column.as_deref().map_or_else(String::new, |column| format!(":{column}"));
                format!("{} {}{row}{column}", finding.code.0, spot.file)
            })
            .collect();
        assert!(told.iter().any(|line| line == expected), "{expected} in {told:?}");
    }
}

#[test]
fn a_budget_broken_by_less_than_the_solver_sees_is_broken() {
    // a is beyond the budget by 10⁻¹⁰: not taken, though it is worth most.
    let files = patched(mix_case(), "uses.csv", "b,money,5", "b,money,10.0000000001");
    let files = patched(files, "projects.csv", "b,5", "b,50");
    let files = patched(
        files,
        "expected.csv",
        ",,,objective,9\n,,a,value,0\n,,b,value,1\n,,c,value,1\n",
        ",,,objective,4\n,,b,value,0\n",
    );
    let files = patched(files, "expected.csv", "rich,,,objective,15\napart,,,objective,5\n", "");
    let found = report(&files);
    assert_eq!(found.outcome, Outcome::Passed, "{:?} {:?}", found.findings, found.judgements);
    // Eight of that kind allow 255 choices within the rounding: that is said, and nothing is answered.
    let mut files = mix_case();
    for (name, text) in &mut files {
        let lines = |line: &dyn Fn(usize) -> String| (0..8).map(line).collect::<Vec<_>>().concat();
        match *name {
            "projects.csv" => *text = format!("project,value\n{}", lines(&|at| format!("p{at},1\n"))),
            "budgets.csv" => *text = format!("budget,amount\n{}", lines(&|at| format!("b{at},10\n"))),
            "uses.csv" => {
                *text =
                    format!("project,budget,amount\n{}", lines(&|at| format!("p{at},b{at},10.0000000001\n")));
            }
            "expected.csv" => *text = "variant,period,quantity,what,value\n,,,objective,0\n".to_owned(),
            _ => {}
        }
    }
    files.retain(|(name, _)| !["relations.csv", "variants.csv"].contains(name));
    let found = report(&files);
    assert_eq!(found.outcome, Outcome::Failed);
    assert!(found.findings.0.iter().any(|finding| finding.code.0 == "E749"), "{:?}", found.findings);
}
