//! `optimise`: choices against trying all of them, bounds against simulations, rules, conflicts, the city's 59 projects.

use crate::city;
use crate::hamlet::{self, with};
use circflow::diagnostic::Language;
use circflow::input::{self, InputFile, Loaded};
use circflow::network::generate::{GenerateOptions, generate};
use circflow::optimise::answer::{Answered, Chosen, Optimised, SimulatedPoint};
use circflow::optimise::conflict::Conflict;
use circflow::optimise::effort::Status;
use circflow::optimise::offers::Refusal;
use circflow::optimise::programme::Group;
use circflow::optimise::question::Objective;
use circflow::output::model_tables::model_tables;
use circflow::report::chosen::{text, view};
use circflow::study::StudyOptions;
use circflow::study::optimise::{Asked, optimise};

pub(crate) fn ask(loaded: &Loaded, asked: &Asked) -> Optimised {
    optimise(loaded, asked, &StudyOptions::default()).unwrap_or_else(|findings| {
        let lines: Vec<String> = findings.0.iter().map(|finding| finding.line(Language::En)).collect();
        panic!("{}", lines.join("\n"))
    })
}

fn chosen(of: &Optimised) -> &Chosen {
    match &of.answered {
        Answered::Chosen(chosen) => chosen,
        other => panic!("{other:?}"),
    }
}

fn conflict(of: &Optimised) -> &Conflict {
    match &of.answered {
        Answered::Conflict(conflict) => conflict,
        other => panic!("{other:?}"),
    }
}

fn generated(seed: u64) -> Loaded {
    let options = GenerateOptions {
        processes: 24,
        loop_share: 0.1,
        coupling: 0.0,
        rivalry: 0.4,
        parks: None,
        projects: 4,
        years: 3,
        seed,
    };
    let files = model_tables(&generate(&options)).into_iter();
    input::read_files(files.map(|(name, text)| InputFile::new(name, text.into_bytes())).collect())
}

pub(crate) fn quick(objectives: &[Objective]) -> Asked {
    Asked { objectives: objectives.to_vec(), runs: 300, alternatives: (0, 0.0), ..Asked::default() }
}

/// The programme bounds every mix that can be simulated, and no search finds more than trying all mixes does.
#[test]
fn the_bound_stands_above_all_mixes_and_the_search_below_the_best() {
    let mut enumerated = 0;
    for seed in 1..=12 {
        let loaded = generated(seed);
        let done = ask(&loaded, &quick(&[Objective::Tonnes]));
        let chosen = chosen(&done);
        let Some(all) = &chosen.exhaustive else { continue };
        enumerated += 1;
        let stage = &chosen.choice.stages[0];
        assert_eq!(stage.status, Status::Proven, "seed {seed}");
        let best = all.judged.value(Objective::Tonnes);
        assert_eq!(all.judged.broken, 0.0, "seed {seed}: nothing built breaks nothing");
        assert!(stage.bound >= best * (1.0 - 1e-6), "seed {seed}: {} below {best}", stage.bound);
        assert!(chosen.best.judged.value(Objective::Tonnes) <= best * (1.0 + 1e-9), "seed {seed}");
        assert!(stage.value <= stage.bound * (1.0 + 1e-6), "seed {seed}");
    }
    assert!(enumerated >= 8, "{enumerated} were small enough");
}

/// Threads change nothing.
#[test]
fn one_thread_and_two_choose_the_same() {
    let loaded = generated(3);
    let asked =
        Asked { value_of_money: true, regret: true, ..quick(&[Objective::Tonnes, Objective::PublicMoney]) };
    let [one, two] = [1, 2].map(|threads| {
        let options = StudyOptions { threads: Some(threads) };
        let done = optimise(&loaded, &asked, &options).expect("it is sound");
        serde_json::to_string(&view(&done, Language::En)).expect("it is data")
    });
    assert_eq!(one, two);
}

/// Two lines of 0.5 for 100 wan each; the town has 50 wan, of which line 2 is to get 40. Both are built: 60 % of the spoil
/// can be used only so far as the lines take it.
#[test]
fn the_hamlet_builds_what_it_can_pay() {
    let loaded = hamlet::sound();
    let done = ask(&loaded, &quick(&[Objective::Targets, Objective::PublicMoney]));
    let chosen = chosen(&done);
    // Spoil: 0.15 × 80,000 = 12,000 t; taken at most 20,000 t by three lines, 10,000 t by one. 60 % needs no line.
    assert_eq!(chosen.choice.stages[0].value, 1.0);
    assert_eq!(chosen.choice.stages[1].value, 0.0);
    // Line 3 costs no grant, so that building it is as good as leaving it: line 2 alone is decided.
    assert_eq!(chosen.best.mix[0], None);
    let done = ask(&loaded, &quick(&[Objective::Jobs, Objective::TotalCost]));
    assert_eq!(done.offers.len(), 2);
}

#[test]
fn most_tonnes_of_the_hamlet_by_hand() {
    let loaded = hamlet::sound();
    let done = ask(&loaded, &quick(&[Objective::Tonnes, Objective::TotalCost]));
    let chosen = chosen(&done);
    // 12,000 t a year; one line takes 10,000 t in 2015 and 2016, from 2017 on one more line takes the rest:
    // 10,000 + 10,000 + 12,000 + 12,000 t, for 100 wan of investment.
    let [tonnes, cost] = [0, 1].map(|at| chosen.choice.stages[at].value);
    assert!((tonnes - 44_000.0).abs() < 1e-3, "{tonnes}");
    assert!((cost - 1_000_000.0).abs() < 1.0, "{cost}");
    assert!((chosen.best.judged.value(Objective::Tonnes) - 44_000.0).abs() < 1e-3);
    assert_eq!(chosen.promise.tonnes.timing(), 0.0);
}

#[test]
fn rules_of_the_tables_and_of_grants_are_kept() {
    let rules = "kind,project,place,from,until,year,count\nmust_have,line2,,,,,\nmust_not,line3,,,,,\n\
                 start_window,line2,,2016-07,2016-12,,\nat_least,,north,,,,1\nstarts_a_year,,,,,2016,1\n";
    let loaded = input::read_files(with("choice_rules.csv", rules));
    let done = ask(&loaded, &quick(&[Objective::Tonnes]));
    let mix = &chosen(&done).best.mix;
    assert!(mix[0].is_some() && mix[1].is_none());
    assert_eq!(done.offers[0].starts[0].month.to_string(), "2016-07");
    assert_eq!(done.offers[1].refused, Some(Refusal::MustNot));
    let grants = "fund,share,cap,unit,not_with\ntown,30%,,,\n";
    let loaded = input::read_files(with("grant_rules.csv", grants));
    let done = ask(&loaded, &quick(&[Objective::Tonnes]));
    assert!(matches!(done.offers[0].refused, Some(Refusal::AboveGrantRule(_))), "40 of 100 is above 30 %");
    let grants = "fund,share,cap,unit,not_with\ntown,,,,own\n";
    let loaded = input::read_files(with("grant_rules.csv", grants));
    let done = ask(&loaded, &quick(&[Objective::Tonnes]));
    assert!(matches!(done.offers[0].refused, Some(Refusal::DoublyFunded(..))));
}

/// 12,000 t of spoil and three lines of 5,000 to 10,000 t: all of it can be used from 2017 on, more than all of it never.
#[test]
fn a_target_out_of_reach_is_a_conflict_and_its_relaxation_holds() {
    let with_target = |value: &str| {
        let targets = format!("indicator,place,year,value\nce2017-07,city,2016,{value}\n");
        input::read_files(with("targets.csv", &targets))
    };
    let asked = Asked { hard: vec![("ce2017-07".to_owned(), None, None)], ..quick(&[Objective::TotalCost]) };
    // In 2016 no line is on stream yet: 10,000 of 12,000 t, 83.3 %.
    let done = ask(&with_target("90%"), &asked);
    let found = conflict(&done);
    assert_eq!(found.members, vec![Group::Goal(0)]);
    let by = found.relaxations[0].expect("giving way helps");
    assert!((by - (0.9 - 10.0 / 12.0) / 0.9).abs() < 1e-6, "{by}");
    let text = text(&view(&done, Language::En), Language::En);
    assert!(text.contains("cannot hold together") && text.contains("83.3"), "{text}");
    let done = ask(&with_target("83.3%"), &asked);
    assert_eq!(chosen(&done).choice.stages[0].value, 0.0);
}

#[test]
fn money_that_is_not_there_is_named() {
    // The county fund has no money, and the owner does not bridge: the line must be built, and cannot.
    let projects = hamlet::text("projects.csv")
        .replace("build_months\n", "build_months,bridge_share\n")
        .replace("2016-01,12\n", "2016-01,12,0\n");
    let mut files = with("projects.csv", &projects);
    let financing =
        "project,fund,amount,payment\nline2,north_fund,40,with_progress\nline2,own,60,\nline3,own,100,\n";
    let at = files.iter().position(|file| file.name == "financing.csv").expect("it is there");
    files[at] = InputFile::new("financing.csv".to_owned(), financing.as_bytes().to_vec());
    let rules = "kind,project,place,from,until,year,count\nmust_have,line2,,,,,\n";
    files.push(InputFile::new("choice_rules.csv".to_owned(), rules.as_bytes().to_vec()));
    let loaded = input::read_files(files);
    let done = ask(&loaded, &quick(&[Objective::Tonnes]));
    let found = conflict(&done);
    let fund = done.model.funds.find(|fund| fund.key == "north_fund").expect("it is there").0;
    assert!(found.members.contains(&Group::Fund(fund)), "{found:?}");
    let at = found.members.iter().position(|member| *member == Group::Fund(fund)).expect("in it");
    let more = found.relaxations[at].expect("money helps");
    assert!((more - 40.0).abs() < 1e-6, "40 wan more, not {more}");
}

#[test]
fn nothing_to_choose_and_nothing_to_judge_are_said() {
    let code = |loaded: &Loaded, asked: &Asked| -> Vec<&'static str> {
        let findings = optimise(loaded, asked, &StudyOptions::default()).expect_err("it is refused");
        findings.0.iter().filter(|f| f.code.0.starts_with("E34")).map(|f| f.code.0).collect()
    };
    let header = |name: &str| hamlet::text(name).lines().next().unwrap_or_default().to_owned() + "\n";
    let mut files = with("projects.csv", &header("projects.csv"));
    let at = files.iter().position(|file| file.name == "financing.csv").expect("it is there");
    files[at] = InputFile::new("financing.csv".to_owned(), header("financing.csv").into_bytes());
    assert_eq!(code(&input::read_files(files), &Asked::default()), ["E340"]);
    let asked = Asked { hard: vec![("ce2017-99".to_owned(), None, None)], ..Asked::default() };
    assert_eq!(code(&hamlet::sound(), &asked), ["E341"]);
    let loaded = input::read_files(with("targets.csv", "indicator,place,year,value\n"));
    assert_eq!(code(&loaded, &Asked::default()), ["E342"]);
}

/// A limit of one node is an answer all the same, with its bound.
#[test]
fn out_of_nodes_still_answers() {
    let loaded = city::loaded();
    let asked = Asked { nodes: Some(1), runs: 50, alternatives: (0, 0.0), ..Asked::default() };
    let done = ask(&loaded, &asked);
    let chosen = chosen(&done);
    assert_eq!(chosen.choice.stages.len(), 2);
    for stage in &chosen.choice.stages {
        assert!(stage.bound.is_finite(), "{stage:?}");
        assert!(stage.objective.cost(stage.bound) <= stage.objective.cost(stage.value) + 1e-6, "{stage:?}");
    }
}

/// The city's 59 projects: proven, confirmed, every rule kept; the simulation falls short of the promise by what is said.
#[test]
fn the_city_is_answered_with_proof() {
    let loaded = city::loaded();
    let asked = Asked { runs: 300, alternatives: (1, 0.02), ..Asked::default() };
    let done = ask(&loaded, &asked);
    let chosen = chosen(&done);
    assert_eq!(done.offers.len(), 59);
    for stage in &chosen.choice.stages {
        assert_eq!(stage.status, Status::Proven, "{stage:?}");
        assert!(stage.gap() <= 0.01, "{stage:?}");
    }
    assert_eq!(chosen.planned.judged.broken, 0.0);
    assert_eq!(chosen.best.judged.broken, 0.0);
    let met = |judged: &circflow::optimise::judge::Judged| judged.value(Objective::Targets);
    assert!(met(&chosen.best.judged) <= chosen.choice.stages[0].bound);
    assert!(met(&chosen.best.judged) >= met(&chosen.planned.judged));
    for figure in chosen.promise.goals.iter().flatten() {
        let parts = figure.promised + figure.timing() + figure.allocation();
        assert!((parts - figure.simulated).abs() <= 1e-9 * figure.simulated.abs().max(1.0));
    }
    // What the promise says of a target counts as met in the programme is so by its own figure.
    let shown = text(&view(&done, Language::Zh), Language::Zh);
    assert!(shown.contains("示意数据，不得上报") && shown.contains("已证明"), "{shown}");
}

/// More of the second objective never costs any of the first.
#[test]
fn the_frontier_of_the_city_rises() {
    let loaded = city::loaded();
    let frontier = Some((Objective::Tonnes, Objective::PublicMoney, 4));
    let asked = Asked { frontier, ..quick(&[Objective::Tonnes]) };
    let done = ask(&loaded, &asked);
    let points = &chosen(&done).frontier;
    assert!(points.len() >= 3, "{}", points.len());
    let of = |point: &SimulatedPoint, objective: Objective| {
        let stages = &point.point.choice.stages;
        stages.iter().find(|stage| stage.objective == objective).expect("both are solved").value
    };
    for pair in points.windows(2) {
        let [before, after] = [&pair[0], &pair[1]];
        assert!(of(after, Objective::Tonnes) >= of(before, Objective::Tonnes) * (1.0 - 1e-4), "{after:?}");
        assert!(of(after, Objective::PublicMoney) <= after.point.limit * (1.0 + 1e-6) + 1.0, "{after:?}");
    }
}

/// A frontier of targets counts them, whatever else is asked for.
#[test]
fn a_frontier_counts_targets_that_no_objective_does() {
    let frontier = Some((Objective::Targets, Objective::TotalCost, 3));
    let asked = Asked { frontier, ..quick(&[Objective::Tonnes]) };
    let targets = "indicator,place,year,value\nce2017-07,city,2018,95%\n";
    let done = ask(&input::read_files(with("targets.csv", targets)), &asked);
    // 10,000 of 12,000 t without a line, all with one: nothing met for nothing, one target for 100 wan.
    let points = &chosen(&done).frontier;
    let of = |point: &SimulatedPoint| point.judged.value(Objective::Targets);
    assert_eq!((points.first().map(of), points.last().map(of)), (Some(0.0), Some(1.0)));
}

/// Line 2 takes nearly all capacity away and line 3 would give much more; both may not be. A target that is no must keeps
/// no project out, however far it is missed.
#[test]
fn a_soft_target_forbids_nothing() {
    let mut files = with("targets.csv", "indicator,place,year,value\nce2017-07,city,2018,60%\n");
    let mut add = |name: &str, text: &str| {
        files.push(InputFile::new(name.to_owned(), text.as_bytes().to_vec()));
    };
    add(
        "effects.csv",
        "project,kind,process,operation,value\nline2,capacity,burn,×,0.05\nline3,capacity,burn,×,30\n",
    );
    add("relations.csv", "project,kind,others\nline2,excludes,line3\n");
    add("choice_rules.csv", "kind,project,place,from,until,year,count\nmust_have,line2,,,,,\n");
    add("scenarios.csv", "id,name,why\nbase,基准,试算\n");
    add("mixes.csv", "scenario,project,decision\nbase,line3,skip\n");
    let done = ask(&input::read_files(files), &quick(&[Objective::Targets]));
    let mix = &chosen(&done).choice.mix;
    assert!(mix[0].is_some() && mix[1].is_none(), "{mix:?}");
}

/// Two factors of 0.3 leave 0.09 of a capacity; added they would leave less than nothing, and no year.
#[test]
fn factors_that_add_up_to_more_than_all_leave_a_year() {
    let mut files = with(
        "effects.csv",
        "project,kind,process,operation,value\nline2,capacity,burn,×,0.3\nline3,capacity,burn,×,0.3\n",
    );
    let rules = "kind,project,place,from,until,year,count\nmust_have,line2,,,,,\nmust_have,line3,,,,,\n";
    files.push(InputFile::new("choice_rules.csv".to_owned(), rules.as_bytes().to_vec()));
    let done = ask(&input::read_files(files), &quick(&[Objective::Tonnes]));
    assert_eq!(chosen(&done).choice.mix.iter().flatten().count(), 2);
}

/// A later start of a line that adds to a statistic above the line only loses; below the line it may win, and is offered.
#[test]
fn a_later_start_is_left_out_where_being_early_only_helps() {
    let open = |statistic: &str| {
        let mut files = with("effects.csv", statistic);
        let rows = "key,place,year,value,unit\nsolid_waste_used,city,2015,8000,t\nsolid_waste_generated,city,2015,12500,t\n";
        files.push(InputFile::new("statistics.csv".to_owned(), rows.as_bytes().to_vec()));
        chosen(&ask(&input::read_files(files), &quick(&[Objective::Targets]))).size[1]
    };
    let header = "project,kind,statistic,place,operation,value,unit\n";
    let none = open(header);
    let above = open(&format!("{header}line3,statistic,solid_waste_used,city,+,100,t\n"));
    let below = open(&format!("{header}line3,statistic,solid_waste_generated,city,+,100,t\n"));
    assert_eq!(above, none);
    assert!(below > above, "{below} {above}");
}
