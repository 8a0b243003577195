//! Pictures: legible, safe whatever names stand in the tables, and tied to the tables of results.

use crate::hamlet::{FILES, errors, with};
use crate::results::bytes_below;
use circflow::diagnostic::Language;
use circflow::input::{self, InputFile, Loaded};
use circflow::money::Fen;
use circflow::output::Disk;
use circflow::report::charts::funding_waterfall::{Account, Part};
use circflow::report::charts::legibility::{Fault, faults};
use circflow::report::charts::{self, Chart, Extent};
use circflow::report::summary::{self, Subject};
use circflow::study::{self, StudyOptions, StudyRun};

pub(crate) const BOTH: [Language; 2] = [Language::Zh, Language::En];

pub(crate) fn run(loaded: &Loaded) -> StudyRun {
    assert!(!loaded.findings.has_errors(), "{:?}", errors(loaded));
    study::run(loaded, &StudyOptions::default()).expect("the model runs")
}

pub(crate) fn subject<'a>(loaded: &'a Loaded, run: &'a StudyRun, language: Language) -> Subject<'a> {
    Subject { models: &loaded.models, definitions: &loaded.definitions, run, language }
}

/// Pictures of tables in a language, and why others are left out; flows have tests of their own.
fn pictures(loaded: &Loaded, run: &StudyRun, language: Language) -> (Vec<Chart>, Vec<String>) {
    let subject = subject(loaded, run, language);
    let summary = summary::summarise(&subject);
    let mut drawn = charts::drawn(&subject, &summary, Extent::All);
    drawn.retain(|chart| !chart.name.starts_with("sankey"));
    (drawn, charts::left_out(&subject, &summary))
}

fn unreadable(chart: &Chart) -> Vec<Fault> {
    faults(&chart.drawing)
}

/// Names of the pictures of the base scenario.
fn names(charts: &[Chart]) -> Vec<&str> {
    let known = ["targets", "scenario-comparison", "funding-waterfall", "county-gaps", "project-calendar"];
    let known = known.into_iter().chain(["stock-paths", "recovery-cost"]).map(|name| format!("{name}.svg"));
    let known: Vec<String> = known.collect();
    charts.iter().map(|chart| chart.name.as_str()).filter(|name| known.iter().any(|k| k == name)).collect()
}

#[test]
fn every_picture_of_the_city_is_legible_in_both_languages() {
    let loaded = input::reference_city();
    let run = run(&loaded);
    for language in BOTH {
        let (charts, left_out) = pictures(&loaded, &run, language);
        assert_eq!(names(&charts).len(), 7);
        assert_eq!(left_out, [""; 0]);
        assert!(charts.len() > 7 + run.scenarios.len(), "scenarios have pictures of their own");
        for chart in &charts {
            assert_eq!(unreadable(chart), [], "{}", chart.name);
            assert!(chart.drawing.width <= 1800.0, "{}: {} px wide", chart.name, chart.drawing.width);
        }
    }
}

/// Investment falls to nothing in steps, and every part is what the table of gaps says, to the fen.
#[test]
fn the_waterfall_ties_to_the_table_of_gaps() {
    let loaded = input::reference_city();
    let run = run(&loaded);
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("results");
    crate::results::write(&loaded, &run, &target, &Disk).expect("written");
    let bytes = &bytes_below(&target)[std::path::Path::new("gaps.csv")];
    let mut table = csv::Reader::from_reader(&bytes["\u{feff}".len()..]);
    let header = table.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|h| h == name).expect("a column of gaps.csv");
    let fen = |cell: &str| -> i64 {
        let (yuan, fen) = cell.split_once('.').unwrap_or((cell, "0"));
        yuan.parse::<i64>().unwrap() * 100 + format!("{fen:0<2}").parse::<i64>().unwrap()
    };
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    for scenario in &run.scenarios {
        let model = &loaded.models[scenario.model];
        let gaps = scenario.gaps.last().unwrap();
        let account = Account::of(model, gaps);
        let month = gaps.month.to_string();
        let own = |row: &&csv::StringRecord| {
            row[column("scenario")] == model.scenarios[model.scenario].key && row[column("month")] == month
        };
        let total = rows.iter().filter(own).find(|row| &row[column("of")] == "total").expect("a total");
        let told = |name: &str| Fen(fen(&total[column(name)]));
        assert_eq!(account.sum(Part::Paid), told("paid"));
        assert_eq!(account.sum(Part::HeldUp), told("held_up"));
        assert_eq!(account.sum(Part::Short), told("short"));
        assert_eq!(account.sum(Part::NotYetDue), told("not_yet_due"));
        assert_eq!(account.sum(Part::Financing), told("financing_gap"));
        assert_eq!(account.sum(Part::HeldUp) + account.sum(Part::Short), told("unpaid"));
        assert_eq!(account.obligation(), told("obligation_gap"));
        assert_eq!(account.missing, told("missing"));
        let steps: Fen = account.steps.iter().map(|step| step.amount).sum();
        assert_eq!(steps, account.investment, "the steps end at nothing");
        let financed = account.investment - account.sum(Part::SpentBefore);
        assert_eq!(financed, told("to_finance"));
    }
}

/// A name with all that could break a picture, 200 characters and more.
fn hostile() -> String {
    let wicked = "<script>alert(\"1\")</script> & 'x'\n\u{202e}反向\u{200f}，甲\t";
    wicked.chars().cycle().take(200).collect()
}

/// The hamlet with every name replaced, and a second scenario.
pub(crate) fn with_hostile_names() -> Loaded {
    let name = format!("\"{}\"", hostile().replace('"', "\"\""));
    let mut files: Vec<InputFile> = Vec::new();
    for (file, text) in FILES {
        let mut text = text.to_owned();
        let plain = [
            "北县",
            "园区",
            "示例矿",
            "示例砖厂",
            "弃渣",
            "砖厂二线",
            "砖厂三线",
            "市级资金",
            "北县资金",
            "自筹",
        ];
        for (number, old) in plain.into_iter().enumerate() {
            let own = format!("\"{number}{}", &name[1..]);
            text = text.replace(&format!(",{old},"), &format!(",{own},"));
        }
        files.push(InputFile::new(file, text.as_bytes()));
    }
    let scenarios = format!("id,name,base,why\none,{name},yes,{name}\ntwo,\"2{},no,{name}\n", &name[1..]);
    files.push(InputFile::new("scenarios.csv", scenarios.as_bytes()));
    input::read_files(files)
}

#[test]
fn hostile_names_stay_words() {
    let loaded = with_hostile_names();
    let run = run(&loaded);
    for language in BOTH {
        let (charts, _) = pictures(&loaded, &run, language);
        assert_eq!(names(&charts).len(), 7, "{:?}", names(&charts));
        for chart in &charts {
            assert_eq!(unreadable(chart), [], "{}", chart.name);
            let svg = charts::render::svg(&chart.drawing);
            let shown = svg.contains("&lt;script&gt;");
            assert!(shown || chart.name.starts_with("stock"), "{}: the name is shown, escaped", chart.name);
            assert!(!svg.contains("<script") && !svg.contains('\u{202e}') && !svg.contains('\u{200f}'));
        }
    }
}

/// What is drawn of a model, and that it is legible.
fn drawn_of(files: Vec<InputFile>) -> (Vec<String>, Vec<String>) {
    let loaded = input::read_files(files);
    let run = run(&loaded);
    let mut both = Vec::new();
    for language in BOTH {
        let (charts, left_out) = pictures(&loaded, &run, language);
        for chart in &charts {
            assert_eq!(unreadable(chart), [], "{}", chart.name);
        }
        for sentence in &left_out {
            assert!(sentence.ends_with(['。', '.']), "{sentence}");
        }
        both.push((names(&charts).into_iter().map(str::to_owned).collect::<Vec<_>>(), left_out));
    }
    assert_eq!(both[0].0, both[1].0, "the same in both languages");
    assert_eq!(both[0].1.len() + both[0].0.len(), 7, "drawn, or told why not: {:?}", both[0]);
    both.swap_remove(0)
}

/// The hamlet without some of its files.
fn without(names: &[&str]) -> Vec<InputFile> {
    let kept = FILES.iter().filter(|(name, _)| !names.contains(name));
    kept.map(|(name, text)| InputFile::new(*name, text.as_bytes())).collect()
}

#[test]
fn one_scenario_is_not_compared() {
    let (drawn, left_out) = drawn_of(without(&[]));
    assert!(!drawn.contains(&"scenario-comparison.svg".to_owned()));
    assert_eq!(left_out, ["情景对比图略去：只有一个情景。"]);
}

#[test]
fn without_targets_there_is_no_chart_of_them() {
    let (drawn, left_out) = drawn_of(without(&["targets.csv"]));
    assert!(!drawn.contains(&"targets.svg".to_owned()));
    assert!(left_out[0].contains("模型没有给出目标"));
}

#[test]
fn without_projects_there_is_no_calendar_no_waterfall_and_no_cost() {
    let (drawn, left_out) = drawn_of(without(&["projects.csv", "financing.csv"]));
    assert_eq!(drawn, ["targets.svg", "county-gaps.svg", "stock-paths.svg"]);
    assert_eq!(left_out.len(), 4);
}

#[test]
fn without_funds_projects_wait_for_money_and_gaps_by_county_are_left_out() {
    let (drawn, left_out) =
        drawn_of(without(&["funds.csv", "financing.csv", "duties.csv", "appropriations.csv"]));
    assert!(drawn.contains(&"funding-waterfall.svg".to_owned()), "all of it is a financing gap");
    assert!(drawn.contains(&"project-calendar.svg".to_owned()), "nothing is ever built");
    assert!(left_out.iter().any(|sentence| sentence.contains("模型没有资金")));
    assert!(left_out.iter().any(|sentence| sentence.contains("回收成本")));
}

/// A scenario equal to another is drawn beside it, and shares its line.
#[test]
fn equal_scenarios_stand_side_by_side() {
    let mut files = without(&[]);
    let scenarios = "id,name,base,why\none,其一,yes,基准\ntwo,其二,no,同上\nthree,其三,no,同上\n";
    files.push(InputFile::new("scenarios.csv", scenarios.as_bytes()));
    let (drawn, left_out) = drawn_of(files);
    assert_eq!((drawn.len(), left_out.len()), (7, 0));
}

/// Twenty scenarios, of which ten differ, and a horizon of thirty years.
#[test]
fn many_scenarios_and_years_are_legible() {
    let mut scenarios = String::from("id,name,name_en,base,why\n");
    let mut changes = String::from("scenario,table,row,column,operation,value\n");
    for number in 0..20 {
        let base = if number == 7 { "yes" } else { "no" };
        scenarios.push_str(&format!(
            "s{number},第{number}号很长的情景名称一个,Scenario number {number} of twenty,{base},试算\n"
        ));
        let level = 8.0 + f64::from(number / 2) * 0.15;
        if number > 1 {
            changes.push_str(&format!("s{number},activity,process=dig,level,=,{level}\n"));
        }
    }
    let settings = FILES[0].1.replace("horizon = 2018", "horizon = 2045");
    let mut files = with("model.toml", &settings);
    files.push(InputFile::new("scenarios.csv", scenarios.as_bytes()));
    files.push(InputFile::new("changes.csv", changes.as_bytes()));
    let (drawn, _) = drawn_of(files);
    assert_eq!(drawn.len(), 7);
}

/// A target of nothing divides nothing: the row stands without a mark.
#[test]
fn a_target_of_zero_is_legible_and_no_figure_is_infinite() {
    let loaded = input::read_files(with_a_target_of_zero());
    let run = run(&loaded);
    for language in BOTH {
        let (charts, _) = pictures(&loaded, &run, language);
        assert!(names(&charts).contains(&"targets.svg"));
        for chart in &charts {
            assert_eq!(unreadable(chart), [], "{}", chart.name);
            let svg = charts::render::svg(&chart.drawing);
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", chart.name);
        }
    }
}

/// The hamlet with a target of nothing.
pub(crate) fn with_a_target_of_zero() -> Vec<InputFile> {
    with("targets.csv", "indicator,place,year,value\nce2017-07,city,2018,0%\n")
}

#[test]
fn a_city_of_one_enterprise_has_what_can_be_drawn() {
    let (drawn, left_out) = drawn_of(of_one_enterprise());
    assert_eq!(drawn, ["stock-paths.svg"]);
    assert_eq!(left_out.len(), 6);
}

/// One enterprise with one process and nothing else to tell.
pub(crate) fn of_one_enterprise() -> Vec<InputFile> {
    vec![
        InputFile::new("model.toml", FILES[0].1.as_bytes()),
        InputFile::new("places.csv", "id,name,kind,parent\ncity,市,city,\n".as_bytes()),
        InputFile::new("enterprises.csv", "id,name,place\nmine,示例矿,city\n".as_bytes()),
        InputFile::new("materials.csv", crate::hamlet::text("materials.csv").as_bytes()),
        InputFile::new("technologies.csv", crate::hamlet::text("technologies.csv").as_bytes()),
        InputFile::new("recipes.csv", crate::hamlet::text("recipes.csv").as_bytes()),
        InputFile::new(
            "processes.csv",
            "id,name,enterprise,technology,capacity,capacity_unit\ndig,采石场,mine,quarry,10,万t/a\n"
                .as_bytes(),
        ),
        InputFile::new("activity.csv", crate::hamlet::text("activity.csv").as_bytes()),
    ]
}
