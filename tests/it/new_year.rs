//! A year that has ended: actual figures into the tables, plan against actual.

use crate::hamlet::FILES;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn circflow(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_circflow")).args(words).current_dir(folder).output().unwrap()
}

/// The hamlet in the folder `hamlet`, and actual figures of 2016 in `actuals`.
fn hamlet_with(actuals: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["hamlet", "actuals"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    for (name, text) in FILES {
        fs::write(folder.path().join("hamlet").join(name), text).unwrap();
    }
    for (name, text) in actuals {
        fs::write(folder.path().join("actuals").join(name), text).unwrap();
    }
    folder
}

const WORDS: [&str; 7] = ["new-year", "hamlet", "next", "--year", "2016", "--actuals", "actuals"];

/// More was dug than planned, a line began half a year late, and a county's money came.
const ACTUALS: [(&str, &str); 3] = [
    ("activity.csv", "process,year,level,unit\ndig,2016,9.5,万t/a\n"),
    (
        "projects.csv",
        "id,name,class,place,owner,technology,added_capacity,capacity_unit,investment,earliest_start,build_months\n\
         line2,砖厂二线,key,park,works,press,0.5,万t/a,100,2016-07,12\n",
    ),
    ("appropriations.csv", "fund,month,amount,state\nnorth_fund,2016-09,300,paid_in\n"),
];

#[test]
fn actual_figures_go_into_the_tables_and_stand_against_the_plan() {
    let folder = hamlet_with(&ACTUALS);
    let output = circflow(folder.path(), &[&WORDS[..], &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // One cell of a project, one row of activity, one of appropriations.
    assert_eq!((&told["remarks"]["changed"], &told["remarks"]["added"]), (&1.into(), &2.into()));
    assert_eq!(told["remarks"]["conflicts"], 0);
    let read = |name: &str| fs::read_to_string(folder.path().join("next").join(name)).unwrap();
    assert!(read("model.toml").contains("horizon = 2019"), "{}", read("model.toml"));
    assert!(
        read("activity.csv").contains("dig,2015,8,万t/a")
            && read("activity.csv").contains("dig,2016,9.5,万t/a")
    );
    assert!(read("projects.csv").contains("line2,砖厂二线") && read("projects.csv").contains("2016-07"));
    assert!(read("projects.csv").contains("line3"), "what the actual figures do not name stays");
    let of = |list: &str, key: &str, id: &str| {
        let rows = told[list].as_array().unwrap();
        rows.iter().find(|row| row[key] == id).unwrap_or_else(|| panic!("{list} has no {id}")).clone()
    };
    let line2 = of("projects", "project", "line2");
    assert_eq!(line2["months_late"], 6);
    assert_eq!(of("projects", "project", "line3")["months_late"], 0);
    // Waste dug: 15 % of 9.5 instead of 8, with the same presses at work in 2016: the rate falls by 8 / 9.5.
    let rate = of("indicators", "indicator", "ce2017-07");
    let [planned, actual] = ["planned", "actual"].map(|key| rate[key].as_f64().unwrap());
    assert!((actual - planned * 8.0 / 9.5).abs() < 1e-9, "{planned} {actual}");
    let table = fs::read_to_string(folder.path().join("next.plan-actual.csv")).unwrap();
    assert!(table.contains("project,line2,砖厂二线,on_stream,2017-01,2017-07"), "{table}");
    assert_eq!(circflow(folder.path(), &["check", "next", "--quiet"]).status.code(), Some(0));
}

#[test]
fn the_statistic_of_a_year_that_has_ended_is_its_figure_and_later_years_start_from_it() {
    let actuals = [
        ACTUALS[0],
        ("statistics.csv", "key,place,year,value,unit\nsolid_waste_generated,city,2016,2.5,万t\n"),
    ];
    let folder = hamlet_with(&actuals);
    let table = "key,place,year,value,unit\nsolid_waste_generated,city,2015,2,万t\n";
    fs::write(folder.path().join("hamlet/statistics.csv"), table).unwrap();
    let activity = "process,year,level,unit\ndig,2015,8,万t/a\ndig,2017,10,万t/a\n";
    fs::write(folder.path().join("hamlet/activity.csv"), activity).unwrap();
    let output = circflow(folder.path(), &[&WORDS[..], &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let settings = fs::read_to_string(folder.path().join("next/model.toml")).unwrap();
    assert!(settings.contains("actual_until = 2016"), "{settings}");
    let generated = |model: &str, year: &str| {
        let words = ["indicators", model, "--open", "ce2017-07", "--year", year, "--format", "json"];
        let told: serde_json::Value =
            serde_json::from_slice(&circflow(folder.path(), &words).stdout).unwrap();
        let terms = told["terms"].as_array().unwrap().clone();
        let term = terms.iter().find(|term| term["term"] == "generated").expect("the term").clone();
        term["value"].as_f64().unwrap()
    };
    // Planned: 2万t in 2015, and 0.15 t a tonne dug more: 8 → 9 → 10万t.
    assert!((generated("hamlet", "2016") - (20_000.0 + 0.15 * 10_000.0)).abs() < 1e-6);
    // What happened: 2.5万t with 9.5万t dug; then 0.15 t a tonne of the 0.5万t dug more.
    assert!((generated("next", "2016") - 25_000.0).abs() < 1e-6);
    assert!((generated("next", "2017") - (25_000.0 + 0.15 * 5_000.0)).abs() < 1e-6);
    // The same row without the line is a forecast that takes no part.
    fs::write(folder.path().join("next/model.toml"), settings.replace("actual_until = 2016\n", "")).unwrap();
    assert!((generated("next", "2016") - (20_000.0 + 0.15 * 15_000.0)).abs() < 1e-6);
}

#[test]
fn a_new_year_of_a_series_goes_on_growing() {
    let folder =
        hamlet_with(&[("statistics.csv", "年份,地点,数值,key,单位\n2016,市,130,gdp_constant,亿元\n")]);
    let table = "key,place,year,value,unit,growth\ngdp_constant,city,2015,100,亿元,0.1\nenergy_consumption,city,2015,9,万tce,0\n";
    fs::write(folder.path().join("hamlet/statistics.csv"), table).unwrap();
    let output = circflow(folder.path(), &[&WORDS[..], &["--lang", "en"]].concat());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.contains("1 new rows give no growth"), "{said}");
    let new = fs::read_to_string(folder.path().join("next/statistics.csv")).unwrap();
    assert!(new.contains("gdp_constant,市,2016,130,亿元,0.1"), "{new}");
    // 130 × 1.1³ in 2019, over 9万tce: what the last year can be computed from is still there.
    let indicators =
        circflow(folder.path(), &["indicators", "next", "--open", "ce2017-03", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_slice(&indicators.stdout).unwrap();
    let value = told["value"].as_f64().unwrap();
    assert!((value - 130.0 * 1.331 / 9.0).abs() < 1e-9, "{value}");
}

#[test]
fn both_languages_say_it_in_a_table_and_bad_input_is_refused() {
    let folder = hamlet_with(&ACTUALS);
    for (language, out, words) in [("zh", "a", "计划与实际"), ("en", "b", "planned and actual")] {
        let mut all = WORDS.to_vec();
        all[2] = out;
        let output = circflow(folder.path(), &[&all[..], &["--lang", language]].concat());
        assert!(String::from_utf8_lossy(&output.stdout).contains(words));
    }
    let refused = |words: &[&str], code: i32, told: &str| {
        let output = circflow(folder.path(), words);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(told), "{said}");
    };
    refused(&WORDS.map(|word| if word == "next" { "a" } else { word }), 3, "E062");
    refused(&WORDS.map(|word| if word == "2016" { "2099" } else { word }), 2, "E804");
    refused(&WORDS.map(|word| if word == "actuals" { "nowhere" } else { word }), 3, "E001");
    fs::write(folder.path().join("actuals/activity.csv"), "process,year,level,unit\ndig,2016,minus,万t/a\n")
        .unwrap();
    refused(&WORDS, 1, "activity.csv");
    assert!(!folder.path().join("next").exists(), "nothing is written, so that the next try is not refused");
    fs::write(folder.path().join("actuals/activity.csv"), "process,year,levle\ndig,2016,9\n").unwrap();
    refused(&WORDS, 1, "E101");
    // What is not taken is told by the exit code; the record says which.
    fs::write(folder.path().join("actuals/activity.csv"), "process,year,level,unit\ndig,2015,80000,t/a\n")
        .unwrap();
    let output = circflow(folder.path(), &WORDS);
    assert_eq!(output.status.code(), Some(1));
    let record = fs::read_to_string(folder.path().join("next.actuals.csv")).unwrap();
    assert!(record.contains("其他年份的行，未采用,activity,dig 2015"), "{record}");
}

#[test]
fn rows_of_another_year_are_told_and_not_taken() {
    let folder = hamlet_with(&[(
        "activity.csv",
        "process,year,level,unit\ndig,2015,8,万t/a\ndig,2016,9.5,万t/a\ndig,2017,99,万t/a\n",
    )]);
    let output = circflow(folder.path(), &[&WORDS[..], &["--lang", "en"]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("another year"), "{told}");
    let activity = fs::read_to_string(folder.path().join("next/activity.csv")).unwrap();
    assert!(activity.contains("dig,2016,9.5") && !activity.contains("99"), "{activity}");
}
