//! Nothing happens unseen: recipes under projects, storage, idle rules, and the audit that watches mass.

use crate::ran::project_with;
use crate::town::Town;
use circflow::calendar::Month;
use circflow::diagnostic::Findings;
use circflow::funding::ProjectSchedule;
use circflow::id::ProcessId;
use circflow::model::{Change, EffectTarget, Model, Role, Treatment};
use circflow::plan::compile;
use circflow::quantity::Quantity;
use circflow::simulate::audit::given::worst_given;
use circflow::simulate::audit::{balances, worst_residual};
use circflow::simulate::run_quietly;

fn codes(findings: &Findings) -> Vec<&'static str> {
    findings.0.iter().map(|finding| finding.code.0).collect()
}

/// A works of gangue 1 → ceramsite 0.6 and ash 0.4, without a `rest` row.
fn works(town: &mut Town) -> ProcessId {
    let city = town.city();
    let (gangue, ceramsite, ash) = (town.waste("gangue"), town.product("ceramsite"), town.waste("ash"));
    town.process("mine", city).open().byproduct(gangue, 1.0).level(100.0);
    let process = town.process("works", city).feed(gangue, 1.0).product(ceramsite, 0.6).byproduct(ash, 0.4);
    process.capacity(50.0).takes()
}

#[test]
fn a_project_that_opens_a_recipe_is_an_error_before_anything_runs() {
    let mut town = Town::new();
    let process = works(&mut town);
    assert!(compile(&town.model).is_ok());
    let doubled = (EffectTarget::Coefficient(process, 1), Change::Multiply(Quantity::exact(2.0)));
    let project = project_with(&town, vec![doubled]);
    town.project(project);
    assert_eq!(codes(&compile(&town.model).expect_err("mass would appear")), ["E310"]);
}

#[test]
fn a_project_that_moves_mass_from_one_product_to_another_is_none() {
    let mut town = Town::new();
    let process = works(&mut town);
    let more = (EffectTarget::Coefficient(process, 1), Change::Add(Quantity::exact(0.3)));
    let less = (EffectTarget::Coefficient(process, 2), Change::Add(Quantity::exact(-0.3)));
    let project = project_with(&town, vec![more, less]);
    town.project(project);
    assert!(compile(&town.model).is_ok());
}

#[test]
fn a_rest_that_a_project_drives_below_zero_is_an_error_before_anything_runs() {
    let mut town = Town::new();
    let city = town.city();
    let (gangue, brick, smoke) = (town.waste("gangue"), town.product("brick"), town.emission("smoke"));
    let process =
        town.process("works", city).feed(gangue, 1.0).product(brick, 0.8).rest(Role::Emission, smoke);
    let process = process.capacity(50.0).takes();
    let too_much = (EffectTarget::Coefficient(process, 1), Change::Set(Quantity::exact(1.2)));
    let project = project_with(&town, vec![too_much]);
    town.project(project);
    assert_eq!(codes(&compile(&town.model).expect_err("more out than in")), ["E308"]);
}

#[test]
fn a_storage_process_makes_nothing() {
    let mut town = Town::new();
    let city = town.city();
    let (gangue, ceramsite) = (town.waste("gangue"), town.product("ceramsite"));
    let heap = town.process("heap", city).feed(gangue, 1.0).product(ceramsite, 0.5);
    heap.treatment(Treatment::Storage).capacity(50.0).takes();
    assert_eq!(codes(&compile(&town.model).expect_err("mass twice")), ["E311"]);
}

/// A project halves the clay of a works from July 2016 on; a heap is filled year by year.
fn changed() -> (Model, Vec<ProjectSchedule>) {
    let mut town = Town::new();
    let city = town.city();
    let (gangue, clay, brick) = (town.waste("gangue"), town.nature("clay"), town.product("brick"));
    town.process("mine", city).open().byproduct(gangue, 1.0).level(100.0);
    let process = town.process("works", city).feed(gangue, 1.0).input(clay, 0.8).rest(Role::Product, brick);
    let process = process.capacity(40.0).takes();
    let halved = (EffectTarget::Coefficient(process, 1), Change::Multiply(Quantity::exact(0.5)));
    let project = project_with(&town, vec![halved]);
    town.project(project);
    let on_stream = Month::new(2016, 7);
    let schedule = ProjectSchedule {
        built: true,
        start: Month::new(2016, 1),
        complete: Month::new(2016, 6),
        on_stream,
        planned_on_stream: on_stream,
    };
    (town.model, vec![schedule])
}

#[test]
fn the_audit_reads_coefficients_and_stocks_for_itself() {
    let (model, schedule) = changed();
    let plan = compile(&model).expect("compiles");
    let years = run_quietly(&plan, &model, &schedule).years;
    for (at, year) in years.iter().enumerate() {
        assert!(year.worst_residual < 1e-12, "{}: {:e}", year.year, year.worst_residual);
        assert!(worst_given(&plan, &model, &schedule, &years[..at], year) < 1e-12);
    }
    // A coefficient that is not what the project makes of it.
    let mut wrong = years[1].clone();
    wrong.coefficients[1][1] *= 1.01;
    assert!(worst_given(&plan, &model, &schedule, &years[..1], &wrong) > 1e-4);
    // A stock that is not what the year before left.
    let mut wrong = years[1].clone();
    for market in wrong.markets.iter_mut() {
        market.opening_stock += 1.0;
    }
    assert!(worst_given(&plan, &model, &schedule, &years[..1], &wrong) > 1e-4);
}

#[test]
fn mass_that_no_recipe_declares_open_shows_as_a_residual() {
    let mut town = Town::new();
    let process = works(&mut town);
    let plan = compile(&town.model).expect("compiles");
    let mut year = run_quietly(&plan, &town.model, &[]).years.remove(0);
    year.coefficients[1][1] *= 2.0;
    let product = |arc: &circflow::network::Arc| arc.row == Some((process, 1));
    for (arc, flow) in plan.network.arcs.iter().zip(&mut year.flows) {
        if product(arc) {
            *flow *= 2.0;
        }
    }
    // 50 t of gangue make 60 t of ceramsite and 20 t of ash: 30 t from nowhere.
    let node = circflow::simulate::audit::Subject::Node(circflow::network::Node::Process(process));
    let of_works = balances(&plan, &town.model, &year).into_iter().find(|b| b.subject == node);
    assert!((of_works.expect("its balance").residual + 30.0).abs() < 1e-9);
    assert!(worst_residual(&plan, &town.model, &year) > 0.1);
}

#[test]
fn a_scenario_of_another_structure_is_not_run_on_the_plan_of_the_others() {
    let mut town = Town::new();
    works(&mut town);
    let plan = compile(&town.model).expect("compiles");
    assert!(plan.misfits(&town.model).0.is_empty());
    let (gangue, city) = (circflow::id::MaterialId(0), town.city());
    town.market(gangue, city).sink = Some(circflow::model::Sink::Disposal);
    assert_eq!(codes(&plan.misfits(&town.model)), ["E312"]);
}

#[test]
fn market_rules_that_cannot_act_are_told() {
    let told = |edit: fn(&mut circflow::model::MarketRule)| {
        let mut town = Town::new();
        works(&mut town);
        let county = town.county("county");
        edit(town.market(circflow::id::MaterialId(0), county));
        codes(&compile(&town.model).expect("compiles").findings)
    };
    assert_eq!(told(|_| {}), [""; 0]);
    assert_eq!(
        told(|rule| {
            rule.export_limit = Some(Quantity::exact(3.0));
            rule.sink = Some(circflow::model::Sink::Disposal);
        }),
        ["W304", "W304"]
    );
    assert_eq!(
        told(|rule| {
            rule.keep_local = true;
            rule.pass_up_limit = Some(Quantity::exact(3.0));
        }),
        ["W304"]
    );
    assert_eq!(
        told(|rule| {
            rule.opening_stock = Some(Quantity::exact(10.0));
            rule.reclaim_limit = Some(Quantity::exact(3.0));
            rule.reclaim_share = Some(Quantity::exact(0.5));
        }),
        ["W304"]
    );
    let mut town = Town::new();
    works(&mut town);
    let city = town.city();
    town.demand(circflow::id::MaterialId(1), city, 5.0);
    town.model.demands[0].series.points[0].year = 2017;
    assert_eq!(codes(&compile(&town.model).expect("compiles").findings), ["W305"]);
}
