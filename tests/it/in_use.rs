//! In-use stocks in a model, by hand: bricks become houses, houses become spoil.

use crate::hamlet::{FILES, with};
use circflow::funding::{self, FundingOptions};
use circflow::id::{Id, StockId};
use circflow::input::{InputFile, Loaded, read_files};
use circflow::plan::compile;
use circflow::simulate::audit::{Subject, balances, given::worst_given};
use circflow::simulate::{Trajectory, run_quietly};
use circflow::stock::in_use::{courses, vintages};

const STOCKS: &str = "id,name,place,material_in,material_out,lifetime,convention,driver\n\
                      houses,房屋,north,brick,spoil,fixed(2),end_of_period_age,inflow\n";
const YEARS: &str = "stock,year,amount,unit,growth\nhouses,2015,100,m3/a,0.1\n";
const COHORTS: &str = "stock,entered,amount,unit\nhouses,2014,30,m3\nhouses,,40,m3\n";

fn hamlet(patches: &[(&str, &str)]) -> Loaded {
    let mut files: Vec<InputFile> =
        FILES.iter().map(|(file, text)| InputFile::new(*file, text.as_bytes())).collect();
    for (name, text) in patches {
        files.retain(|file| file.name != *name);
        files.push(InputFile::new(*name, text.as_bytes()));
    }
    let loaded = read_files(files);
    assert!(!loaded.findings.has_errors(), "{:?}", loaded.findings);
    loaded
}

fn ran(loaded: &Loaded) -> Trajectory {
    let plan = compile(&loaded.base).expect("compiles");
    let funded = funding::fund(&loaded.base, &FundingOptions::of(&loaded.base));
    run_quietly(&plan, &loaded.base, &funded.schedule)
}

fn level(loaded: &Loaded, trajectory: &Trajectory, key: &str) -> Vec<f64> {
    let (id, _) = loaded.base.processes.find(|process| process.key == key).expect("a process of the stock");
    trajectory.years.iter().map(|year| year.activity[id.index()]).collect()
}

fn close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-9, "{found} against {expected}");
    }
}

#[test]
fn what_enters_leaves_two_years_later_with_its_mass() {
    let loaded = hamlet(&[("stocks.csv", STOCKS), ("stock_years.csv", YEARS), ("cohorts.csv", COHORTS)]);
    let trajectory = ran(&loaded);
    close(&level(&loaded, &trajectory, "houses:in"), &[100.0, 110.0, 121.0, 133.1]);
    // Of 40 without years half entered in 2013 and half in 2014; with fixed(2), by the end of the year, those of 2013
    // leave in 2015, those of 2014 in 2016 with the 30 that are known to be of it. 1.5 t a m3.
    close(
        &level(&loaded, &trajectory, "houses:out"),
        &[20.0 * 1.5, (20.0 + 30.0) * 1.5, 100.0 * 1.5, 110.0 * 1.5],
    );
    // What leaves is offered to the brickworks with the spoil of the quarry, 12,000 t.
    let plan = compile(&loaded.base).expect("compiles");
    let spoil = loaded.base.materials.find(|material| material.key == "spoil").expect("spoil").0;
    let (market, _) =
        plan.network.markets.enumerate().find(|(_, market)| market.material == spoil).expect("its market");
    let year = &trajectory.years[2];
    assert!((year.markets[market].delivered - 12_150.0).abs() < 1e-6);
    assert!(trajectory.years.iter().all(|year| year.worst_residual < 1e-12));
}

#[test]
fn vintages_add_up_and_say_when_they_entered() {
    let loaded = hamlet(&[("stocks.csv", STOCKS), ("stock_years.csv", YEARS), ("cohorts.csv", COHORTS)]);
    let course = &courses(&loaded.base, &[])[StockId::from_index(0)];
    let stock = &loaded.base.stocks[StockId::from_index(0)];
    close(&[course.opening(2015), course.closing(2015), course.closing(2016)], &[70.0, 150.0, 210.0]);
    let found = vintages(stock, course, 2015);
    let shown: Vec<(Option<i32>, f64)> = found.iter().map(|v| (v.entered, v.left.round())).collect();
    assert_eq!(shown, [(None, 20.0), (Some(2014), 30.0), (Some(2015), 100.0)]);
    for year in 2015..=2018 {
        let sum: f64 = vintages(stock, course, year).iter().map(|vintage| vintage.left).sum();
        assert!((sum - course.closing(year)).abs() < 1e-9, "{year}");
    }
}

#[test]
fn balances_book_the_stock_between_its_two_processes() {
    let loaded = hamlet(&[("stocks.csv", STOCKS), ("stock_years.csv", YEARS), ("cohorts.csv", COHORTS)]);
    let model = &loaded.base;
    let plan = compile(model).expect("compiles");
    let trajectory = ran(&loaded);
    let found = balances(&plan, model, &trajectory.years[0]);
    let (north, _) = model.places.0.enumerate().find(|(_, place)| place.key == "north").expect("north");
    let place = found.iter().find(|b| b.subject == Subject::Place(north)).expect("its balance");
    // 100 m3 enter and 30 t leave: 120 t more in use; nothing is left open or unexplained.
    let enters = model.stocks[StockId::from_index(0)].enters;
    let use_change: f64 = found
        .iter()
        .filter(|balance| match balance.subject {
            Subject::Node(circflow::network::Node::Process(id)) => id >= enters,
            _ => false,
        })
        .map(|balance| balance.stock_change)
        .sum();
    assert!((use_change - 120.0).abs() < 1e-9, "{use_change}");
    assert!(place.open.abs() < 1e-9 && place.residual.abs() < 1e-6, "{place:?}");
}

#[test]
fn a_project_moves_a_stock_by_its_months() {
    let effects = "project,kind,stock,operation,value,unit\nline3,level,houses,+,24,m3\n";
    let stocks = STOCKS.replace("inflow", "stock");
    let years = "stock,year,amount,unit\nhouses,2015,80,m3\n";
    let loaded = hamlet(&[
        ("stocks.csv", &stocks),
        ("stock_years.csv", years),
        ("cohorts.csv", COHORTS),
        ("effects.csv", effects),
    ]);
    let model = &loaded.base;
    let funded = funding::fund(model, &FundingOptions::of(model));
    let months: Vec<u32> = (2015..=2018).map(|year| funded.schedule[1].months_on_stream(year)).collect();
    assert_eq!(months, [0, 0, 12, 12], "line3 is built in 2016");
    let course = &courses(model, &funded.schedule)[StockId::from_index(0)];
    let closing: Vec<f64> = (2015..=2018).map(|year| course.closing(year)).collect();
    close(&closing, &[80.0, 80.0, 104.0, 104.0]);
    // 70 stand there; 20, then 50 leave: 30 enter in 2015, 50 in 2016, and so on two years later with 24 more in 2017.
    let inflow: Vec<f64> = (2015..=2018).map(|year| course.inflow(year)).collect();
    close(&inflow, &[30.0, 50.0, 54.0, 50.0]);
}

#[test]
fn a_stock_that_falls_too_fast_leaves_early_in_one_proportion() {
    let stocks = STOCKS.replace("inflow", "stock").replace("fixed(2)", "fixed(10)");
    let years = "stock,year,amount,unit\nhouses,2015,100,m3\nhouses,2016,40,m3\nhouses,2017,60,m3\n";
    let cohorts = "stock,entered,amount,unit\nhouses,2014,80,m3\n";
    let loaded = hamlet(&[("stocks.csv", &stocks), ("stock_years.csv", years), ("cohorts.csv", cohorts)]);
    let trajectory = ran(&loaded);
    close(&level(&loaded, &trajectory, "houses:in"), &[20.0, 0.0, 20.0, 0.0]);
    close(&level(&loaded, &trajectory, "houses:out"), &[0.0, 90.0, 0.0, 0.0]);
    assert!(trajectory.findings.0.iter().any(|finding| finding.code.0 == "W306"));
    assert!(trajectory.years.iter().all(|year| year.worst_residual < 1e-12));
    let course = &courses(&loaded.base, &[])[StockId::from_index(0)];
    assert!((course.left_early(2016) - 0.6).abs() < 1e-12);
}

#[test]
fn the_audit_sums_cohorts_for_itself() {
    let loaded = hamlet(&[("stocks.csv", STOCKS), ("stock_years.csv", YEARS), ("cohorts.csv", COHORTS)]);
    let model = &loaded.base;
    let plan = compile(model).expect("compiles");
    let years = ran(&loaded).years;
    let funded = funding::fund(model, &FundingOptions::of(model));
    assert!(worst_given(&plan, model, &funded.schedule, &years[..2], &years[2]) < 1e-12);
    let stock = &model.stocks[StockId::from_index(0)];
    for process in [stock.enters, stock.leaves] {
        let mut wrong = years[2].clone();
        wrong.activity[process.index()] *= 1.01;
        assert!(worst_given(&plan, model, &funded.schedule, &years[..2], &wrong) > 1e-5);
    }
}

#[test]
fn the_table_is_refused_without_its_stocks() {
    let loaded = read_files(with("cohorts.csv", COHORTS));
    let told: Vec<&str> = loaded
        .findings
        .0
        .iter()
        .filter(|f| f.severity() == circflow::diagnostic::Severity::Error)
        .map(|f| f.code.0)
        .collect();
    assert_eq!(told, ["E106", "E106"]);
}

#[test]
fn in_the_city_scrap_and_construction_waste_come_from_what_is_in_use() {
    let loaded = circflow::input::reference_city();
    let model = &loaded.base;
    let trajectory = ran(&loaded);
    let year = &trajectory.years[0];
    let leaving = |material: &str| -> f64 {
        let stocks = model.stocks.iter().filter(|s| model.materials[s.material_out].key == material);
        stocks.map(|stock| year.activity[stock.leaves.index()]).sum()
    };
    for (material, least, most) in [
        ("end_of_life_vehicle", 14_000.0, 15_000.0),
        ("end_of_life_appliance", 8_000.0, 9_000.0),
        ("construction_waste", 900_000.0, 1_050_000.0),
    ] {
        assert!((least..most).contains(&leaving(material)), "{material}: {}", leaving(material));
    }
    let buses = model.stocks.iter().find(|stock| stock.key == "hydrogen-buses").expect("hydrogen buses");
    let entered: f64 = trajectory.years.iter().map(|year| year.activity[buses.enters.index()]).sum();
    assert!((45.0..46.0).contains(&entered), "{entered} buses by the project");
}

#[test]
fn the_tables_of_the_page_run_in_the_minimal_model() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join("stocks.md");
    let page = std::fs::read_to_string(page).unwrap().replace("\r\n", "\n");
    let minimal = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join("minimal");
    let mut files: Vec<InputFile> = std::fs::read_dir(minimal)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv" || ending == "toml"))
        .map(|path| {
            InputFile::new(path.file_name().unwrap().to_str().unwrap(), std::fs::read(&path).unwrap())
        })
        .collect();
    let blocks = page.split("```csv ").skip(1).map(|block| block.split_once("```").expect("is closed").0);
    let mut tables = 0;
    for (name, text) in blocks.map(|block| block.split_once('\n').expect("a name and lines")) {
        files.push(InputFile::new(name.trim(), text.as_bytes()));
        tables += 1;
    }
    assert_eq!(tables, 3);
    let loaded = read_files(files);
    assert!(!loaded.findings.has_errors(), "{:?}", loaded.findings);
    let trajectory = ran(&loaded);
    let cars = level(&loaded, &trajectory, "cars:out");
    assert!(cars[0] > 0.0 && cars.last() > cars.first(), "{cars:?}");
}
