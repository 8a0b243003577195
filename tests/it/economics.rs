//! Recovery costs against figures worked out by hand.

use crate::hamlet::{self, patched, text, with};
use circflow::economics::{RecoveryCosts, recovery_costs};
use circflow::input::{self, Loaded};
use circflow::study::{self, StudyOptions, StudyRun};

fn run(loaded: &Loaded) -> StudyRun {
    study::run(loaded, &StudyOptions::default()).expect("the hamlet runs")
}

/// Costs of the first scenario in a year, with the keys of projects.
fn costs(loaded: &Loaded, year: i32) -> (RecoveryCosts, Vec<String>) {
    let run = run(loaded);
    let scenario = &run.scenarios[0];
    let model = &loaded.models[scenario.model];
    let solved = scenario.trajectory.years.iter().find(|solved| solved.year == year).expect("solved");
    let costs =
        recovery_costs(&loaded.definitions, model, &run.plan.network, &scenario.funding.schedule, solved);
    let keys = costs.projects.iter().map(|r| model.projects[r.project].key.clone()).collect();
    (costs, keys)
}

fn near(found: f64, worked_out: f64) {
    assert!((found - worked_out).abs() <= 1e-9 * worked_out.abs().max(1.0), "{found}, not {worked_out}");
}

/// 80,000 t of rock leave 12,000 t of spoil; capacities 10,000 + 5,000 + 5,000 t share it as they stand: 6,000 + 3,000 +
/// 3,000 t. A line of 100 wan yuan takes 3,000 t: 1,000,000 / 3,000 yuan.
#[test]
fn a_line_of_its_own_takes_what_its_process_takes() {
    let (costs, keys) = costs(&hamlet::sound(), 2018);
    assert_eq!(keys, ["line2", "line3"]);
    for recovery in &costs.projects {
        near(recovery.tonnes, 3_000.0);
        near(recovery.investment, 1.0e6 / 3_000.0);
        assert_eq!(recovery.running, None, "neither cost nor revenue is given");
    }
    assert!(costs.without.is_empty() && costs.not_on_stream.is_empty());
}

/// The second line within the first process: 15,000 of 20,000 t of capacity take 9,000 t, a third of that is its own.
#[test]
fn a_line_within_a_process_takes_its_share_of_the_capacity() {
    let projects = "id,name,class,place,owner,technology,process,added_capacity,capacity_unit,investment,\
         operating_cost,revenue,earliest_start,build_months\n\
         line2,砖厂二线,key,park,works,press,burn,0.5,万t/a,100,6,2,2016-01,12\n\
         line3,砖厂三线,general,park,works,press,,0.5,万t/a,60,,3,2016-01,12\n";
    let mut files = with("projects.csv", projects);
    files.retain(|file| file.name != "financing.csv");
    let financing = "project,fund,amount\nline2,town,40\nline2,own,60\nline3,own,60\n";
    files.push(input::InputFile::new("financing.csv", financing.as_bytes()));
    let loaded = input::read_files(files);
    assert!(!loaded.findings.has_errors(), "{:?}", hamlet::errors(&loaded));
    let (costs, keys) = costs(&loaded, 2018);
    assert_eq!(keys, ["line3", "line2"], "the cheapest first");
    near(costs.projects[1].tonnes, 3_000.0);
    near(costs.projects[1].investment, 1.0e6 / 3_000.0);
    near(costs.projects[1].running.expect("both given"), (60_000.0 - 20_000.0) / 3_000.0);
    near(costs.projects[0].investment, 6.0e5 / 3_000.0);
    assert_eq!(costs.projects[0].running, None, "revenue alone gives no net cost");
}

/// On stream from July 2017, half of the year: capacities 10,000 + 2,500 + 5,000 t take 12,000 t, of which the half line
/// takes 12,000 · 2,500 / 17,500; in a full year it would take twice that, as much as the other line, which costs as much.
#[test]
fn a_part_of_a_year_counts_as_a_full_year() {
    let projects = text("projects.csv").replacen("100,2016-01,12", "100,2016-01,18", 1);
    let loaded = input::read_files(with("projects.csv", &projects));
    let (costs, keys) = costs(&loaded, 2017);
    assert_eq!(keys, ["line2", "line3"], "of equal cost, in the order of the table");
    for recovery in &costs.projects {
        near(recovery.tonnes, 12_000.0 * 5_000.0 / 17_500.0);
    }
}

#[test]
fn statistics_of_use_count_and_others_do_not() {
    let projects = "id,name,class,place,investment,earliest_start,build_months\n\
         road,筑路,key,north,50,2016-01,6\nwater,节水,general,north,50,2016-01,6\n";
    let effects = "project,kind,place,material,statistic,operation,value,unit\n\
         road,statistic,city,,solid_waste_used,+,0.5,万t\nwater,statistic,city,,water_use,+,0.5,万m3\n";
    let statistics =
        "key,place,year,value,unit\nsolid_waste_used,city,2015,2,万t\nwater_use,city,2015,9,万m3\n";
    let mut files = with("projects.csv", projects);
    files.retain(|file| file.name != "financing.csv");
    files.push(input::InputFile::new(
        "financing.csv",
        "project,fund,amount\nroad,own,50\nwater,own,50\n".as_bytes(),
    ));
    files.push(input::InputFile::new("effects.csv", effects.as_bytes()));
    files.push(input::InputFile::new("statistics.csv", statistics.as_bytes()));
    let loaded = input::read_files(files);
    assert!(!loaded.findings.has_errors(), "{:?}", hamlet::errors(&loaded));
    let (costs, keys) = costs(&loaded, 2018);
    assert_eq!(keys, ["road"]);
    near(costs.projects[0].tonnes, 5_000.0);
    near(costs.projects[0].investment, 100.0);
    assert_eq!(costs.without.len(), 1, "the other is told, not dropped");
}

#[test]
fn what_is_not_on_stream_is_told() {
    let late = patched(
        "projects.csv",
        "line3,砖厂三线,general,park,works,press,0.5,万t/a,100,2016-01,12",
        "line3,砖厂三线,general,park,works,press,0.5,万t/a,100,2018-06,12",
    );
    let (costs, keys) = costs(&late, 2018);
    assert_eq!(keys, ["line2"]);
    assert_eq!(costs.not_on_stream.len(), 1);
}

/// The gangue share of fuel goes from its row's amount to 0.35: of what the year takes, the part above the old amount.
#[test]
fn a_greater_share_in_a_recipe_takes_the_difference() {
    use circflow::id::Id;
    use circflow::model::{Amount, EffectTarget};
    let loaded = input::reference_city();
    let run = run(&loaded);
    let mut seen = 0;
    for scenario in &run.scenarios {
        let model = &loaded.models[scenario.model];
        let Some(year) = scenario.trajectory.years.last() else { continue };
        let network = &run.plan.network;
        let costs = recovery_costs(&loaded.definitions, model, network, &scenario.funding.schedule, year);
        for recovery in &costs.projects {
            let project = &model.projects[recovery.project];
            let [effect] = project.effects.as_slice() else { continue };
            let EffectTarget::Coefficient(process, row) = effect.target else { continue };
            let Amount::Given(before) = model.processes[process].rows[row].amount else { continue };
            let circflow::model::Change::Set(after) = effect.change else { continue };
            let coefficient = year.coefficients[process.index()][row];
            let taken = coefficient * year.activity[process.index()];
            near(recovery.tonnes, taken * (after.central - before.central) / after.central);
            seen += 1;
        }
    }
    assert!(seen > 0, "a project of the city changes a recipe's waste");
}
