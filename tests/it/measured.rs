//! Measurements in the model: by hand on the hamlet, on the reference city, and what is wrong with them.

use crate::hamlet::{errors, with};
use circflow::diagnostic::Language;
use circflow::input::{self, InputFile, Loaded, read_files};
use circflow::measured::{Balance, Exchange, ReconciledYear, Subject, System, Unreconciled};
use circflow::model::{Driver, Observed};
use circflow::reconcile::Class;
use circflow::reconcile::problem::Tangent;
use circflow::report::charts::legibility::faults;
use circflow::report::charts::measurements;
use circflow::report::measured::{Reconciled, View, unreconciled, view};
use circflow::study::{self, Reconciliation, StudyOptions};

const HEAD: &str = "process,enterprise,place,what,material,year,value,unit,quality\n";

fn hamlet(rows: &str) -> Loaded {
    read_files(with("measurements.csv", &format!("{HEAD}{rows}")))
}

fn reconciled(loaded: &Loaded) -> Reconciliation {
    study::reconcile(loaded, 2015, 0.95, &StudyOptions::default()).expect("a reconciled year")
}

fn seen(loaded: &Loaded, done: &Reconciliation) -> View {
    let model = &loaded.models[done.model];
    view(&Reconciled { model, plan: &done.plan, year: &done.reconciled, language: Language::En })
}

/// Value, deviation and class of the one quantity of a subject.
fn estimate(
    year: &ReconciledYear,
    wanted: impl Fn(&Subject) -> bool,
) -> (Option<f64>, Option<f64>, Option<Class>) {
    let found: Vec<usize> =
        (0..year.system.subjects.len()).filter(|at| wanted(&year.system.subjects[*at])).collect();
    assert_eq!(found.len(), 1, "one quantity of the kind");
    let estimate = &year.all.estimates[found[0]];
    (estimate.value, estimate.deviation, estimate.class)
}

fn close(found: Option<f64>, expected: f64) {
    let found = found.expect("a value");
    assert!((found - expected).abs() <= 1e-6 * expected.abs(), "{found} is not {expected}");
}

/// 8 万t ± 0.4 of rock and 1.26 万t ± 0.06 of spoil, of which a tonne of rock gives 0.15: as much as 8.4 ± 0.4 of rock.
const QUARRY: &str =
    "dig,,,activity,,,8±0.4,万t,\ndig,,,output,spoil,,1.26±0.06,万t,\nburn,,,input,spoil,,1±0.05,万t,\n";

#[test]
fn a_town_by_hand() {
    let loaded = hamlet(QUARRY);
    assert!(errors(&loaded).is_empty(), "{:?}", errors(&loaded));
    let done = reconciled(&loaded);
    let year = &done.reconciled;
    // The mean of two equally sure figures; the deviation falls by √2; Σ = 2·(0.2/0.4)².
    let (value, deviation, class) = estimate(year, |subject| *subject == Subject::Measurement(0));
    close(value, 82_000.0);
    close(deviation, 4_000.0 / 2.0_f64.sqrt());
    assert_eq!(class, Some(Class::Redundant));
    assert!((year.all.statistic - 0.5).abs() < 1e-9);
    assert_eq!(year.all.degrees, 1);
    let z = seen(&loaded, &done).quantities.iter().filter_map(|row| row.z).collect::<Vec<_>>();
    assert_eq!(z.len(), 2);
    assert!((z[0] + 0.5_f64.sqrt()).abs() < 1e-6 && (z[1] - 0.5_f64.sqrt()).abs() < 1e-6, "{z:?}");
    // What the kiln takes stands as measured; 0.15·82,000 − 10,000 t are left to store, its deviation by Gauss.
    let (_, _, class) = estimate(year, |subject| *subject == Subject::Measurement(2));
    assert_eq!(class, Some(Class::Nonredundant));
    let stored = |subject: &Subject| matches!(subject, Subject::Market(_, Exchange::Stored));
    let (value, deviation, class) = estimate(year, stored);
    close(value, 2_300.0);
    close(deviation, ((0.15 * 4_000.0 / 2.0_f64.sqrt()).powi(2) + 500.0_f64.powi(2)).sqrt());
    assert_eq!(class, Some(Class::Observable));
    // Nobody measured the demand for bricks nor their import: blank, and either would tell the other.
    let demand = |subject: &Subject| matches!(subject, Subject::Market(_, Exchange::Demand));
    assert_eq!(estimate(year, demand), (None, None, Some(Class::Unobservable)));
    assert_eq!(seen(&loaded, &done).one_more.len(), 1);
    assert_eq!(seen(&loaded, &done).one_more[0].len(), 2);
}

#[test]
fn scenarios_start_from_the_reconciled_year() {
    let loaded = hamlet(&format!("{QUARRY},,,demand,brick,,1.9±0.1,万m3,\n"));
    let done = reconciled(&loaded);
    let started = study::start_from(loaded.clone(), &done, false);
    let model = &started.models[0];
    let dig = model.processes.iter().find(|process| process.key == "dig").unwrap();
    assert!((dig.activity.central(2015).unwrap() - 82_000.0).abs() < 1e-3);
    assert!((dig.activity.central(2018).unwrap() - 82_000.0).abs() < 1e-3, "held after the last year");
    assert!((model.demands[0].series.central(2016).unwrap() - 19_000.0).abs() < 1e-3);
    let start = started.start.expect("the run says what it starts from");
    assert_eq!((start.activities, start.demands, start.year, start.suspects), (1, 1, 2015, 0));
    assert!(started.findings.0.iter().any(|finding| finding.code.0 == "N320"));
    let run = study::run(&started, &StudyOptions::default()).expect("a run");
    let activity = run.scenarios[0].trajectory.years[0].activity[0];
    assert!((activity - 82_000.0).abs() < 1e-3);
}

#[test]
fn a_measured_coefficient_takes_the_place_of_an_exact_one() {
    // 0.15 of the table gives way: 80,000 t and 12,600 t say 0.1575, the measured 0.16 ± 0.01 is near it.
    let loaded = hamlet(
        "dig,,,activity,,,8±0.08,万t,\ndig,,,output,spoil,,1.26±0.0126,万t,\ndig,,,coefficient,spoil,,0.16±0.01,,\n",
    );
    let done = reconciled(&loaded);
    let (value, ..) = estimate(&done.reconciled, |subject| matches!(subject, Subject::Coefficient(..)));
    let value = value.unwrap();
    assert!(value > 0.1575 && value < 0.1585, "{value}");
    let started = study::start_from(loaded, &done, false);
    let run = study::run(&started, &StudyOptions::default()).expect("a run");
    let year = &run.scenarios[0].trajectory.years[0];
    assert!((year.coefficients[0][2] - value).abs() < 1e-12, "the recipe row, the rest closed again");
    assert!(year.worst_residual < 1e-12);
}

#[test]
fn a_wrong_figure_is_named_and_kept_unless_asked() {
    // Thrice the same, once ten times too large.
    let rows =
        "dig,,,activity,,,8±0.4,万t,\n,mine,,output,rock,,8.1±0.4,万t,\n,,park,output,spoil,,12.0±0.6,万t,\n";
    let loaded = hamlet(rows);
    let done = reconciled(&loaded);
    let seen = seen(&loaded, &done);
    assert_eq!(seen.suspects.len(), 1);
    let suspect = &seen.suspects[0];
    assert_eq!(
        (suspect.table.as_deref(), suspect.row, suspect.name.as_str()),
        (Some("measurements"), Some(4), "园区: 弃渣 output")
    );
    assert!((suspect.ratio.unwrap() - 9.94).abs() < 0.01, "{suspect:?}");
    let with = study::start_from(loaded.clone(), &done, false);
    let without = study::start_from(loaded, &done, true);
    let level =
        |loaded: &Loaded| loaded.models[0].processes.iter().next().unwrap().activity.central(2015).unwrap();
    assert!(level(&with) > 83_000.0, "the suspect still counts");
    assert!((level(&without) - 80_500.0).abs() < 1.0);
}

#[test]
fn exact_figures_that_contradict_each_other_name_their_balances() {
    let loaded =
        hamlet("dig,,,activity,,,8±0,万t,\ndig,,,output,spoil,,1.3±0,万t,\n,,,stored,spoil,,0.2±0.05,万t,\n");
    let findings = study::reconcile(&loaded, 2015, 0.95, &StudyOptions::default()).unwrap_err();
    let told = findings.0.iter().find(|finding| finding.code.0 == "E321").expect("E321").line(Language::En);
    assert!(told.contains("采石场: activity") && told.contains("采石场: 弃渣 output"), "{told}");
    assert!(!told.contains("stored"), "{told}");
}

#[test]
fn figures_that_no_share_can_make_fit_are_told() {
    // Spoil is all iron, of which bricks, 0.9 t per t of it, can hold 0.9: the kiln could only stand still, and is measured.
    let mut files = with("measurements.csv", &format!("{HEAD}burn,,,activity,,,1±0,万t,\n"));
    files.push(InputFile::new(
        "contents.csv",
        "material,substance,share\nspoil,iron,1\nbrick,iron,0.8±0.1\nvapour,iron,0\n".as_bytes(),
    ));
    let loaded = read_files(files);
    assert!(errors(&loaded).is_empty(), "{:?}", errors(&loaded));
    let findings = study::reconcile(&loaded, 2015, 0.95, &StudyOptions::default()).unwrap_err();
    let told: Vec<String> = findings.0.iter().map(|finding| finding.line(Language::En)).collect();
    let found = told.iter().find(|line| line.contains("E321"));
    assert!(found.is_some_and(|line| line.contains("iron of 砖厂一线")), "{told:?}");
}

#[test]
fn a_year_without_solution_names_the_balance_furthest_from_holding() {
    let loaded = hamlet(QUARRY);
    let done = reconciled(&loaded);
    let model = &loaded.models[done.model];
    let system = System::of(&done.plan, model, &done.simulated);
    let of_spoil = |balance: &Balance| *balance == Balance::Measurement(1);
    let worst = system.balances.iter().position(of_spoil);
    let finding = unreconciled(&done.plan, model, 2015, &Unreconciled::Unsolved(system, worst));
    assert_eq!(finding.code.0, "E322");
    assert!(finding.line(Language::Zh).contains("采石场：弃渣 产出量"), "{}", finding.line(Language::Zh));
    assert!(finding.line(Language::En).contains("采石场: 弃渣 output"), "{}", finding.line(Language::En));
}

#[test]
fn nothing_measured_and_nothing_that_happens() {
    let codes = |loaded: &Loaded, year: i32| -> Vec<&'static str> {
        match study::reconcile(loaded, year, 0.95, &StudyOptions::default()) {
            Ok(done) => done.findings.0.iter().map(|finding| finding.code.0).collect(),
            Err(findings) => {
                findings.0.iter().map(|finding| finding.code.0).filter(|code| code.starts_with('E')).collect()
            }
        }
    };
    assert_eq!(codes(&hamlet(""), 2015), ["E320"]);
    assert_eq!(codes(&hamlet(QUARRY), 2016), ["E320"], "measured in the base year alone");
    // Line 2 comes on stream in 2017.
    let idle = format!("{QUARRY}line2,,,input,spoil,,0.1±0.01,万t,\n");
    assert_eq!(codes(&hamlet(&idle), 2015), ["W321"; 0]);
    let never = format!("{QUARRY},,,reclaimed,spoil,,0.1±0.01,万t,\n");
    assert_eq!(codes(&hamlet(&never), 2015), ["W321"]);
}

#[test]
fn figures_without_a_deviation_take_that_of_their_quality() {
    let loaded = hamlet("dig,,,activity,,,8,万t,measured\ndig,,,output,spoil,,1.2,万t,estimate\n");
    let of = |row: usize| loaded.models[0].measurements[row].value.deviation();
    assert!((of(0) - 0.03 * 80_000.0).abs() < 1e-9);
    assert!((of(1) - 0.25 * 12_000.0).abs() < 1e-9);
    let defaults: Vec<&str> = loaded
        .defaults
        .iter()
        .filter(|default| default.table.stem() == "measurements" && default.column == "value")
        .map(|default| default.value.as_str())
        .collect();
    assert_eq!(defaults, ["±3%", "±25%"]);
}

#[test]
fn every_balance_of_the_city_holds_in_the_simulated_year() {
    let loaded = input::reference_city();
    let done =
        study::reconcile(&loaded, loaded.base.settings.base_year, 0.95, &StudyOptions::default()).unwrap();
    let system = &done.reconciled.system;
    let (mut tangent, mut scratch) = (Tangent::default(), Vec::new());
    let mut checked = 0;
    for (balance, equation) in system.balances.iter().zip(&system.problem.equations) {
        equation.tangent(&system.simulated, &mut tangent, &mut scratch);
        if !matches!(balance, Balance::Layer(..)) {
            assert!(
                tangent.value.abs() <= 1e-9 * tangent.size,
                "{balance:?}: {} of {}",
                tangent.value,
                tangent.size
            );
            checked += 1;
        }
    }
    assert!(checked > 300, "{checked}");
}

#[test]
fn the_city_names_the_errors_that_were_put_into_it_and_its_substances_close() {
    let loaded = input::reference_city();
    let done =
        study::reconcile(&loaded, loaded.base.settings.base_year, 0.95, &StudyOptions::default()).unwrap();
    let model = &loaded.models[done.model];
    let suspects: Vec<String> = done
        .reconciled
        .course
        .suspects
        .iter()
        .map(|suspect| match done.reconciled.system.subjects[suspect.variable] {
            Subject::Measurement(row) => {
                let measurement = &model.measurements[row];
                assert_eq!(measurement.observed, Observed::Output);
                model.materials[measurement.material].key.clone()
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(suspects, ["slag_powder", "coke"]);
    let seen = seen(&loaded, &done);
    assert!(seen.without_suspects.unwrap().p_value.unwrap() > 0.05);
    for substance in ["ash", "sulphur", "carbon", "iron"] {
        let layers: Vec<_> = seen.layers.iter().filter(|row| row.substance == substance).collect();
        assert!(layers.iter().any(|row| row.imbalance.is_some()), "{substance}");
        for [_, after] in layers.iter().filter_map(|row| row.imbalance) {
            assert!(after.abs() < 1e-9, "{substance}: {after}");
        }
    }
    // Levels of the run are those of the reconciled year.
    let started = study::start_from(loaded, &done, true);
    let levels = started.models[0].processes.iter().filter(|process| process.driver == Driver::Level).count();
    let start = started.start.unwrap();
    assert!(start.activities > 10 && start.activities <= levels, "{start:?}");
}

#[test]
fn the_language_of_names() {
    let loaded = hamlet(QUARRY);
    let done = reconciled(&loaded);
    let model = &loaded.models[done.model];
    let shown = Reconciled { model, plan: &done.plan, year: &done.reconciled, language: Language::Zh };
    let names: Vec<String> = view(&shown).quantities.into_iter().map(|row| row.name).collect();
    assert!(names.contains(&"采石场：弃渣 产出量".to_owned()), "{names:?}");
}

#[test]
fn projects_on_stream_in_that_year_change_the_reconciled_value_no_second_time() {
    // Line three doubles the quarry from March 2015 on: 8 · (1 + 10/12) = 14.67 万t, of which 15 were counted.
    let mut files = with("measurements.csv", &format!("{HEAD}dig,,,activity,,,15±0.5,万t,\n"));
    let projects = crate::hamlet::text("projects.csv").replace("2016-01,12", "2015-01,2");
    let effects = "project,kind,process,operation,value\nline3,level,dig,×,2\n";
    let activity = "process,year,level,unit\ndig,2015,8,万t/a\n";
    for (name, text) in
        [("projects.csv", projects.as_str()), ("effects.csv", effects), ("activity.csv", activity)]
    {
        files.retain(|file| file.name != name);
        files.push(InputFile::new(name, text.as_bytes()));
    }
    let processes = crate::hamlet::text("processes.csv").replace("quarry,10,", "quarry,20,");
    files.retain(|file| file.name != "processes.csv");
    files.push(InputFile::new("processes.csv", processes.as_bytes()));
    let loaded = read_files(files);
    assert!(errors(&loaded).is_empty(), "{:?}", errors(&loaded));
    let done = reconciled(&loaded);
    let simulated =
        estimate(&done.reconciled, |subject| matches!(subject, Subject::Activity(id) if id.0 == 0));
    close(simulated.0, 150_000.0);
    let started = study::start_from(loaded, &done, false);
    let run = study::run(&started, &StudyOptions::default()).expect("a run");
    close(Some(run.scenarios[0].trajectory.years[0].activity[0]), 150_000.0);
}

#[test]
fn the_picture_is_legible_in_both_languages_and_absent_where_nothing_can_be_checked() {
    let loaded = input::reference_city();
    let done = study::reconcile(&loaded, 2015, 0.95, &StudyOptions::default()).unwrap();
    for language in [Language::Zh, Language::En] {
        let model = &loaded.models[done.model];
        let shown = Reconciled { model, plan: &done.plan, year: &done.reconciled, language };
        let chart = measurements::chart(&view(&shown), language).expect("a picture");
        let unreadable = faults(&chart.drawing);
        assert!(unreadable.is_empty(), "{unreadable:?}");
        assert!(chart.drawing.width <= 1800.0);
    }
    let alone = hamlet("burn,,,input,spoil,,1±0.05,万t,\n");
    let done = reconciled(&alone);
    assert!(measurements::chart(&seen(&alone, &done), Language::En).is_none());
}
