//! The year as a linear programme: the simulated year is one of its feasible points, its optimum keeps every balance and
//! costs no more.

use crate::city;
use crate::ran::close_to;
use crate::town::Town;
use circflow::funding::{self, ProjectSchedule};
use circflow::model::Model;
use circflow::network::ArcKind;
use circflow::network::generate::{GenerateOptions, generate};
use circflow::optimise::allocation::Allocation;
use circflow::optimise::dispatch::{Levers, Penalties, YearColumns, add_decided_year, add_year, given};
use circflow::optimise::solver::{Answer, Outcome, Problem};
use circflow::plan::{ParameterBlock, Plan, compile};
use circflow::quantity::Quantity;
use circflow::simulate::{Trajectory, run_quietly};

/// A simulated year beside its programme.
pub(crate) struct Posed {
    pub(crate) block: ParameterBlock,
    pub(crate) rules: Allocation,
    problem: Problem,
    columns: YearColumns,
}

impl Posed {
    pub(crate) fn of(
        plan: &Plan,
        model: &Model,
        schedule: &[ProjectSchedule],
        trajectory: &Trajectory,
        at: usize,
    ) -> Self {
        let block = given(plan, model, schedule, trajectory, at).expect("the year closes");
        let rules = Allocation::of(plan, &trajectory.years[at]);
        let mut problem = Problem::default();
        let columns = add_year(&mut problem, plan, model, &block, 0, &Penalties::default());
        Self { block, rules, problem, columns }
    }

    /// The simulated year as values of the programme.
    fn simulated(&self) -> Vec<f64> {
        let mut values = vec![0.0; self.problem.columns()];
        self.columns.write(&self.rules, &mut values);
        values
    }

    /// Rows, bounds and balances of the simulated year, each relative to its scale.
    fn check_rules(&self, plan: &Plan, what: &str) {
        let violation = self.problem.violation(&self.simulated());
        assert!(violation <= 1e-9, "{what}: a row or bound of the programme is off by {violation:e}");
        let imbalance = self.rules.imbalance(plan, &self.block, 0);
        assert!(imbalance <= 1e-9, "{what}: the simulated year is out of balance by {imbalance:e}");
    }

    /// The optimum, checked.
    pub(crate) fn least_cost(&self, plan: &Plan, what: &str) -> (Allocation, f64) {
        let Outcome::Optimal(Answer { values, objective, .. }) = self.problem.solve() else {
            panic!("{what}: {:?}", self.problem.solve())
        };
        let violation = self.problem.violation(&values);
        assert!(violation <= 1e-7, "{what}: {violation:e} outside a row or bound");
        let year = self.columns.read(&values);
        let imbalance = year.imbalance(plan, &self.block, 0);
        assert!(imbalance <= 1e-7, "{what}: the optimum is out of balance by {imbalance:e}");
        let rules = self.rules_cost();
        assert!(
            objective <= rules * (1.0 + 1e-9) + 1e-6,
            "{what}: {objective} at least, {rules} by the rules"
        );
        (year, objective)
    }

    pub(crate) fn rules_cost(&self) -> f64 {
        self.problem.objective(&self.simulated())
    }
}

fn generated(seed: u64) -> Model {
    generate(&GenerateOptions {
        processes: 10 + (seed as usize * 7) % 120,
        loop_share: 0.15,
        coupling: 0.3,
        rivalry: 0.2,
        years: 2,
        ..GenerateOptions::bench(0, seed)
    })
}

#[test]
fn the_simulated_year_of_generated_systems_is_feasible_and_the_optimum_costs_no_more() {
    let (mut years, mut cheaper) = (0, 0);
    for seed in 0..60 {
        let model = generated(seed);
        let plan = compile(&model).expect("compiles");
        let trajectory = run_quietly(&plan, &model, &[]);
        for at in 0..trajectory.years.len() {
            let what = format!("seed {seed}, year {at}");
            let posed = Posed::of(&plan, &model, &[], &trajectory, at);
            posed.check_rules(&plan, &what);
            let (_, cost) = posed.least_cost(&plan, &what);
            years += 1;
            cheaper += usize::from(cost < posed.rules_cost() * (1.0 - 1e-6));
        }
    }
    assert!(years >= 110, "{years} years were solved");
    assert!(cheaper > 0, "free choice is sometimes cheaper");
}

#[test]
fn every_year_of_every_scenario_of_the_city_is_feasible() {
    let loaded = city::loaded();
    for model in &loaded.models {
        let plan = compile(model).expect("the city's structure holds");
        let funded = funding::fund(model, &funding::FundingOptions::of(model));
        let trajectory = run_quietly(&plan, model, &funded.schedule);
        for at in 0..trajectory.years.len() {
            let what = format!("{} {}", model.scenarios[model.scenario].key, trajectory.years[at].year);
            Posed::of(&plan, model, &funded.schedule, &trajectory, at).check_rules(&plan, &what);
        }
    }
}

#[test]
fn a_year_that_breaks_a_limit_is_not_feasible() {
    // What makes the property above worth something: each kind of arc and every activity is held by some row.
    let model = generated(3);
    let plan = compile(&model).expect("compiles");
    let trajectory = run_quietly(&plan, &model, &[]);
    let posed = Posed::of(&plan, &model, &[], &trajectory, 0);
    let right = posed.simulated();
    assert!(posed.problem.violation(&right) <= 1e-9);
    for at in 0..right.len() {
        let mut wrong = right.clone();
        wrong[at] += 0.01;
        let violation = posed.problem.violation(&wrong);
        let flows = posed
            .problem
            .rows()
            .iter()
            .any(|row| row.terms.iter().any(|t| t.0.of(&indicator(at, right.len())) > 0.0));
        assert!(violation > 1e-6 || !flows, "column {at} is free to move");
    }
}

/// A vector that is 1 at one place.
fn indicator(at: usize, count: usize) -> Vec<f64> {
    let mut values = vec![0.0; count];
    values[at] = 1.0;
    values
}

#[test]
fn the_optimum_of_the_city_keeps_every_balance() {
    let loaded = city::loaded();
    let model = city::model(&loaded, "as-found");
    let plan = compile(model).expect("the city's structure holds");
    let funded = funding::fund(model, &funding::FundingOptions::of(model));
    let trajectory = run_quietly(&plan, model, &funded.schedule);
    for at in 0..trajectory.years.len() {
        let posed = Posed::of(&plan, model, &funded.schedule, &trajectory, at);
        let (year, _) = posed.least_cost(&plan, &trajectory.years[at].year.to_string());
        let unmet: f64 = year.markets.iter().map(|arcs| arcs.unmet).sum();
        assert_eq!(unmet, 0.0, "free choice leaves nothing missing either");
    }
}

#[test]
fn one_folder_alone_names_the_solver() {
    let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![src];
    let mut naming = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read_to_string(&path).is_ok_and(|text| text.contains("microlp")) {
                naming.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    naming.sort();
    assert_eq!(naming, ["solver.rs", "with_microlp.rs"]);
}

/// A mill asks for 25 t of slag, 10 t arise, 8 t lie in stock. What comes out of stock is not missing too: what the mill
/// gets fresh is never less than nothing, and all 25 t are told of once.
#[test]
fn what_comes_out_of_stock_is_not_missing() {
    let mut town = Town::new();
    let city = town.city();
    let slag = town.waste("slag");
    let cement = town.product("cement");
    town.process("smelter", city).open().byproduct(slag, 1.0).level(10.0);
    let mill = town.process("mill", city).open().product(cement, 1.0).input(slag, 0.25).level(100.0);
    let rule = town.market(slag, city);
    rule.opening_stock = Some(Quantity::exact(8.0));
    rule.reclaim_limit = Some(Quantity::exact(8.0));
    let model = town.model;
    let plan = compile(&model).expect("compiles");
    let trajectory = run_quietly(&plan, &model, &[]);
    let block = given(&plan, &model, &[], &trajectory, 0).expect("the year closes");
    let mut problem = Problem::default();
    let levers = Levers { told_apart: true, ..Levers::default() };
    let year = add_decided_year(&mut problem, &plan, &model, &block, 0, &Penalties::default(), &levers);
    let flow = |kind: ArcKind| {
        let of_mill = |arc: &&circflow::network::Arc| {
            arc.kind == kind && arc.row.is_some_and(|(process, _)| process == mill)
        };
        year.flow(&plan, plan.network.arcs.iter().find(of_mill).expect("an arc of the mill"))
    };
    let least = |kind: ArcKind, sign: f64| {
        let mut problem = problem.clone();
        let mut form = circflow::optimise::form::Form::default();
        form.add(&flow(kind), sign);
        form.minimise(&mut problem, 1.0);
        let Outcome::Optimal(answer) = problem.solve() else { panic!("{kind:?}") };
        let told =
            [ArcKind::Draw, ArcKind::DrawPrior, ArcKind::Unmet].map(|kind| flow(kind).value(&answer.values));
        close_to(told.iter().sum(), 25.0);
        assert!(told.iter().all(|part| *part >= -1e-9), "{kind:?}: {told:?}");
        sign * form.value(&answer.values)
    };
    close_to(least(ArcKind::Draw, 1.0), 0.0);
    close_to(least(ArcKind::Draw, -1.0), 18.0);
    close_to(least(ArcKind::DrawPrior, -1.0), 8.0);
    close_to(least(ArcKind::Unmet, 1.0), 7.0);
}
