//! `compare`: signed differences of two scenarios, and reasons that hold when they are tried.

use circflow::compare::lever::{Lever, between, switch};
use circflow::compare::quantities::{Flow, Money, What};
use circflow::compare::{Comparison, Difference};
use circflow::input::{Loaded, reference_city};
use circflow::study::{self, StudyOptions};
use std::path::Path;
use std::process::{Command, Output};

fn circflow(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_circflow")).args(words).current_dir(folder).output().unwrap()
}

fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let exit = output.status.code().expect("ends by itself");
    format!("exit: {exit}\n--- stdout\n{}--- stderr\n{}", text(&output.stdout), text(&output.stderr))
}

fn position(loaded: &Loaded, key: &str) -> usize {
    let is = |model: &std::sync::Arc<circflow::model::Model>| model.scenarios[model.scenario].key == key;
    loaded.models.iter().position(is).unwrap_or_else(|| panic!("no scenario {key}"))
}

fn compared(loaded: &Loaded, first: &str, second: &str, year: i32) -> Comparison {
    let scenarios = [position(loaded, first), position(loaded, second)];
    study::compare(loaded, scenarios, year, &StudyOptions::default()).expect("both are solved").1
}

fn find(comparison: &Comparison, what: What) -> Option<&Difference> {
    comparison.differences.iter().find(|difference| difference.what == what)
}

#[test]
fn the_parts_that_differ_make_up_the_whole_difference_of_every_scenario() {
    let loaded = reference_city();
    for second in &loaded.models {
        let key = &second.scenarios[second.scenario].key;
        let comparison = compared(&loaded, "as-found", key, 2018);
        assert!(comparison.complete, "{key}");
        assert_eq!(comparison.differences.is_empty(), key == "as-found", "{key}");
        let weights: Vec<f64> = comparison.differences.iter().map(|d| d.weight).collect();
        assert!(weights.windows(2).all(|pair| pair[0] >= pair[1]), "{key}: largest first");
    }
}

#[test]
fn differences_change_their_sign_when_the_scenarios_change_places() {
    let loaded = reference_city();
    let there = compared(&loaded, "as-found", "county-on-time", 2018);
    let back = compared(&loaded, "county-on-time", "as-found", 2018);
    assert_eq!(there.differences.len(), back.differences.len());
    for difference in &there.differences {
        let other = find(&back, difference.what).expect("differs both ways");
        assert_eq!((difference.first, difference.second), (other.second, other.first));
        assert_eq!(difference.since, other.since);
    }
}

#[test]
fn the_missing_money_is_the_county_funds_that_pay() {
    let loaded = reference_city();
    let comparison = compared(&loaded, "as-found", "county-on-time", 2016);
    let missing = find(&comparison, What::Money(Money::Obligation, None)).expect("duties are met");
    assert_eq!(missing.since, 2016);
    assert!(missing.second < missing.first);
    for cause in &missing.causes {
        let Lever::Fund(fund) = cause.lever else { panic!("{cause:?}") };
        assert!(loaded.base.funds[fund].key.starts_with("county-"), "{cause:?}");
        assert!(cause.alone < 0.0, "a county that pays alone lowers the gap: {cause:?}");
    }
}

#[test]
fn a_shrinking_market_is_traced_to_its_demand_and_to_its_year() {
    let loaded = reference_city();
    let comparison = compared(&loaded, "county-on-time", "brick-market-shrinks", 2018);
    let brick = loaded.base.materials.find(|material| material.key == "brick").expect("brick").0;
    assert_eq!(comparison.levers, [Lever::Demand(brick)]);
    let demand = find(&comparison, What::Flow(brick, Flow::FinalDemand)).expect("demand differs");
    assert_eq!(demand.since, 2016);
    let cause = &demand.causes[0];
    assert_eq!(cause.lever, Lever::Demand(brick));
    let whole = demand.second.unwrap() - demand.first.unwrap();
    assert!(
        (cause.alone - whole).abs() <= 1e-9 * whole.abs(),
        "the only part that differs is the whole reason"
    );
    assert!(cause.market.is_some());
}

#[test]
fn a_reason_holds_when_it_is_tried() {
    // Every part alone, taken over by hand, gives the change that the comparison says.
    let loaded = reference_city();
    let [first, second] = ["as-found", "no-bridge"].map(|key| loaded.models[position(&loaded, key)].clone());
    let comparison = compared(&loaded, "as-found", "no-bridge", 2018);
    assert_eq!(comparison.levers, between(&first, &second));
    assert_eq!(comparison.levers, [Lever::Bridge]);
    let mut by_hand = (*first).clone();
    switch(&Lever::Bridge, &mut by_hand, &second);
    let schedule = |model: &circflow::model::Model| {
        circflow::funding::fund(model, &circflow::funding::FundingOptions::of(model)).schedule
    };
    assert_eq!(schedule(&by_hand), schedule(&second));
    let moved = comparison.differences.iter().filter(|d| matches!(d.what, What::OnStream(_)));
    for difference in moved {
        let change = difference.second.unwrap() - difference.first.unwrap();
        assert_eq!(difference.causes[0].alone, change);
        assert_eq!(difference.causes[0].last, change);
    }
}

#[test]
fn a_scenario_compared_to_itself_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let same = circflow(folder.path(), &["compare", "as-found", "如讲话所见"]);
    assert_eq!(same.status.code(), Some(0));
    assert!(told(&same).contains("同一个情景"), "{}", told(&same));
}

#[test]
fn scenarios_and_years_that_are_not_there_are_told_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    for (words, near) in [
        (&["compare", "as-fund", "no-bridge", "--lang", "en"][..], "as-found"),
        (&["compare", "as-found", "no-brigde", "--lang", "en"], "no-bridge"),
        (&["compare", "as-found", "no-bridge", "--year", "2099", "--lang", "en"], "20"),
    ] {
        let refused = circflow(folder.path(), words);
        assert_eq!(refused.status.code(), Some(2), "{words:?}");
        assert!(told(&refused).contains("E061") && told(&refused).contains(near), "{}", told(&refused));
    }
}

#[test]
fn a_comparison_reads_in_both_languages_and_as_json() {
    let folder = tempfile::tempdir().unwrap();
    let made = circflow(
        folder.path(),
        &["lab", "generate", "sys", "--processes", "40", "--projects", "6", "--quiet"],
    );
    assert!(made.status.success(), "{}", told(&made));
    let words = ["compare", "nothing", "base", "sys", "--limit", "5"];
    insta::assert_snapshot!("compare_zh", told(&circflow(folder.path(), &words)));
    let mut english = words.to_vec();
    english.extend(["--lang", "en"]);
    insta::assert_snapshot!("compare_en", told(&circflow(folder.path(), &english)));
    english.extend(["--format", "json"]);
    let json = circflow(folder.path(), &english);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(value["results"].as_array().unwrap().len(), 5);
    assert_eq!(value["complete"], true);
    for row in value["results"].as_array().unwrap() {
        let [first, second] = ["first", "second"].map(|key| row[key].as_f64().unwrap());
        assert_eq!(row["difference"].as_f64().unwrap(), second - first);
    }
    assert!(json.stderr.is_empty());
}
