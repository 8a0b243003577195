//! Loops of the dependency graph: answers by definition, several answers, and no answer.

use crate::ran::{Ran, close_to};
use crate::town::Town;
use circflow::id::{Id, MaterialId, ProcessId};
use circflow::model::{Role, Treatment};
use circflow::network::generate::{GenerateOptions, generate};
use circflow::plan::{ParameterBlock, compile, parameters};
use circflow::simulate::{Finish, ResultBlock, Status, Workspace, evaluate};

#[test]
fn a_recycling_loop() {
    // Scrap 100 t from outside the loop; the furnace makes 0.2 t of dust per t, the dust plant gives back half.
    // a = 100 + 0.5·d, d = 0.2·a  →  a = 100/0.9, d = 20/0.9.
    let mut town = Town::new();
    let city = town.city();
    let (scrap, dust) = (town.waste("scrap"), town.waste("dust"));
    let steel = town.product("steel");
    town.process("yard", city).open().byproduct(scrap, 1.0).level(100.0);
    let furnace = town
        .process("furnace", city)
        .feed(scrap, 1.0)
        .byproduct(dust, 0.2)
        .rest(Role::Product, steel)
        .takes();
    let plant =
        town.process("plant", city).feed(dust, 1.0).byproduct(scrap, 0.5).rest(Role::Product, steel).takes();
    let ran = Ran::of(town);
    close_to(ran.activity(furnace), 100.0 / 0.9);
    close_to(ran.activity(plant), 20.0 / 0.9);
    assert_eq!(ran.plan.loops.len(), 1);
    assert_eq!(ran.plan.loops[0].processes, [furnace, plant]);
    assert!(ran.year(0).several_answers.is_empty());
    assert!(ran.codes().is_empty());
}

#[test]
fn a_slow_loop_is_finished_exactly() {
    // Gain 0.999: a = 10/(1 − 0.999) = 10 000; sweeps alone would need 25 000 of them.
    let ran = Ran::of(turning(0.999, None).0);
    close_to(ran.year(0).activity[1], 10_000.0);
    assert!(ran.year(0).sweeps < 20, "{} sweeps", ran.year(0).sweeps);
}

/// A source of 10 t, `there` takes x and gives y one to one, `back` takes y and gives `gain` x.
fn turning(gain: f64, capacity: Option<f64>) -> (Town, MaterialId, [ProcessId; 2]) {
    let mut town = Town::new();
    let city = town.city();
    let (x, y) = (town.waste("x"), town.waste("y"));
    town.process("source", city).open().byproduct(x, 1.0).level(10.0);
    let there = town.process("there", city).open().feed(x, 1.0).byproduct(y, 1.0);
    let there = match capacity {
        Some(capacity) => there.capacity(capacity).takes(),
        None => there.takes(),
    };
    let back = town.process("back", city).open().feed(y, 1.0).byproduct(x, gain).takes();
    (town, x, [there, back])
}

#[test]
fn a_loop_of_gain_one_is_named_not_answered() {
    let ran = Ran::of(turning(1.0, None).0);
    assert!(ran.trajectory.years.is_empty());
    assert_eq!(ran.codes(), ["E302"]);
    let values = &ran.trajectory.findings.0[0].values;
    assert!(values.contains(&("loop", "there, back".to_owned())), "{values:?}");
    assert!(values.contains(&("gain", "1.000000".to_owned())), "{values:?}");
}

#[test]
fn a_growing_loop_is_named_with_its_gain() {
    let ran = Ran::of(turning(1.25, None).0);
    assert!(ran.trajectory.years.is_empty());
    assert_eq!(ran.codes(), ["E304"]);
    // Both stand in one tier, so that one turn takes two sweeps: √1.25 a sweep.
    assert!(ran.trajectory.findings.0[0].values.contains(&("gain", "1.118034".to_owned())));
}

#[test]
fn a_capacity_gives_a_loop_of_gain_one_an_outlet() {
    // `there` is full at 50; 50 come back, with the source 60: 10 are stored.
    let (town, x, [there, back]) = turning(1.0, Some(50.0));
    let city = town.city();
    let ran = Ran::of(town);
    close_to(ran.activity(there), 50.0);
    close_to(ran.activity(back), 50.0);
    close_to(ran.at(0, x, city).stored, 10.0);
}

/// 90 of a product are asked for; the maker's by-product (0.4 each) is taken and gives `returned` of the product.
fn maker_with_byproduct(returned: f64) -> (Town, [ProcessId; 2]) {
    let mut town = Town::new();
    let city = town.city();
    let product = town.product("product");
    let raw = town.resource("raw");
    let residue = town.waste("residue");
    let maker = town
        .process("maker", city)
        .open()
        .input(raw, 1.0)
        .product(product, 1.0)
        .byproduct(residue, 0.4)
        .on_call();
    let user = town.process("user", city).open().feed(residue, 1.0).product(product, returned).takes();
    town.demand(product, city, 90.0);
    (town, [maker, user])
}

#[test]
fn a_maker_on_call_with_a_byproduct_in_a_loop() {
    // m = 90 − 0.5·u, u = 0.4·m  →  m = 90/1.2 = 75, u = 30.
    let (town, [maker, user]) = maker_with_byproduct(0.5);
    let ran = Ran::of(town);
    close_to(ran.activity(maker), 75.0);
    close_to(ran.activity(user), 30.0);
}

#[test]
fn a_loop_that_swings_settles_when_the_step_is_halved() {
    // u = 0.4·m, m = 90 − 3·u: gain −1.2. Full sweeps swing between 0 and 90; half steps end at m = 90/2.2.
    let (town, [maker, _]) = maker_with_byproduct(3.0);
    let ran = Ran::of(town);
    close_to(ran.activity(maker), 90.0 / 2.2);
    assert!(ran.year(0).sweeps > 200);
}

/// 50 t of gangue, 60 walls asked for. Gangue brick (priority 2) gives 1 wall per t; power (priority 3) gives
/// 0.8 t of ash per t, ash brick (priority 1) 2 walls per t of ash: each t of brick displaces 1.6 walls of ash brick.
pub(crate) fn displacement() -> (Town, [ProcessId; 3]) {
    let mut town = Town::new();
    let city = town.city();
    let (gangue, ash) = (town.waste("gangue"), town.waste("ash"));
    let wall = town.product("wall");
    town.process("mine", city).open().byproduct(gangue, 1.0).level(50.0);
    let ash_brick = town
        .process("ash_brick", city)
        .open()
        .feed(ash, 1.0)
        .product(wall, 2.0)
        .capacity(100.0)
        .treatment(Treatment::Reuse)
        .both();
    let brick = town
        .process("gangue_brick", city)
        .open()
        .feed(gangue, 1.0)
        .product(wall, 1.0)
        .capacity(100.0)
        .treatment(Treatment::Utilisation)
        .both();
    let power = town
        .process("power", city)
        .open()
        .feed(gangue, 1.0)
        .byproduct(ash, 0.8)
        .capacity(100.0)
        .treatment(Treatment::EnergyRecovery)
        .takes();
    town.demand(wall, city, 60.0);
    (town, [ash_brick, brick, power])
}

#[test]
fn a_displacement_loop_of_gain_above_one_has_the_answer_that_sweeps_reach_and_names_the_other() {
    // From zero: no ash, so gangue brick takes all 50 t, power none; 10 walls are brought in. That solves the year.
    // So does: power 50, ash 40, ash brick 30 (its 60 walls are all), no gangue brick. Between them lies a point that
    // repels (b = 60 − 1.6·(50 − b), b = 33⅓), which is no answer.
    let (town, [ash_brick, brick, power]) = displacement();
    let ran = Ran::of(town);
    close_to(ran.activity(brick), 50.0);
    close_to(ran.activity(power), 0.0);
    close_to(ran.activity(ash_brick), 0.0);
    for year in &ran.trajectory.years {
        assert_eq!(year.several_answers, [0]);
    }
    assert_eq!(ran.codes(), ["W302"]);
    let values = &ran.trajectory.findings.0[0].values;
    assert!(values.contains(&("count", "2".to_owned())), "{values:?}");
    assert!(values.contains(&("loop", "ash_brick, gangue_brick, power".to_owned())), "{values:?}");
    assert!(values.contains(&("answer", "ash_brick 0, gangue_brick 50, power 0".to_owned())), "{values:?}");
    assert!(values.contains(&("other", "ash_brick 30, gangue_brick 0, power 50".to_owned())), "{values:?}");
}

#[test]
fn starts_from_which_a_loop_runs_away_are_no_answers_and_are_told() {
    // x → 1.5 y → x without anything from outside: from zero nothing runs, which is the answer. Once the capped
    // sorter is put on, every round makes half as much again and nothing stops it: no answer, and no silence.
    let mut town = Town::new();
    let city = town.city();
    let (x, y) = (town.waste("x"), town.waste("y"));
    town.process("sorter", city).open().feed(y, 1.0).byproduct(x, 1.0).capacity(100.0).takes();
    let growing = town.process("growing", city).open().feed(x, 1.0).byproduct(y, 1.5);
    growing.treatment(Treatment::Reuse).takes();
    let returning = town.process("returning", city).open().feed(y, 1.0).byproduct(x, 1.0);
    returning.treatment(Treatment::Reuse).takes();
    let ran = Ran::of(town);
    assert!(ran.year(0).several_answers.is_empty());
    assert!(ran.year(0).activity.iter().all(|activity| *activity == 0.0));
    assert_eq!(ran.codes(), ["N302"]);
    let values = &ran.trajectory.findings.0[0].values;
    // Of eight starts, those with the sorter on: from capacity, it alone on, and each of the others alone off.
    assert!(values.contains(&("unsettled", "4".to_owned())), "{values:?}");
    assert!(values.contains(&("tried", "8".to_owned())), "{values:?}");
}

#[test]
fn what_runs_goes_on_running() {
    // The same, but gangue brick opens in 2016: power runs in 2015 and is then not displaced.
    let (mut town, [ash_brick, brick, power]) = displacement();
    town.model.processes[brick].from = Some(2016);
    let ran = Ran::of(town);
    for year in &ran.trajectory.years {
        close_to(year.activity[power.index()], 50.0);
        close_to(year.activity[ash_brick.index()], 30.0);
        close_to(year.activity[brick.index()], 0.0);
    }
    // In 2015 brick has no capacity and there is one answer; from 2016 there are two.
    assert!(ran.year(0).several_answers.is_empty());
    assert_eq!(ran.year(1).several_answers, [0]);
}

#[test]
fn stock_that_serves_draws_first_ties_takers_to_makers() {
    // Slag: 20 arise, 30 drawn, so 10 short; a maker on call (capacity 4) makes 4, stock (limit 16) serves 6 and
    // 10 remain for the works, which give 0.1 t of slag back per t: a loop through the market's own stock.
    // short s = 30 − 20 − 0.1·w; r2 = s − 4; w = 16 − r2 = 16 − (6 − 0.1·w) = 10 + 0.1·w  →  w = 100/9.
    let mut town = Town::new();
    let city = town.city();
    let slag = town.waste("slag");
    let raw = town.resource("raw");
    town.process("smelter", city).open().byproduct(slag, 1.0).level(20.0);
    town.process("mill", city).open().input(slag, 1.0).level(30.0);
    let maker = town.process("maker", city).input(raw, 1.0).product(slag, 1.0).capacity(4.0).on_call();
    let works =
        town.process("works", city).open().feed(slag, 1.0).byproduct(slag, 0.1).capacity(50.0).takes();
    let rule = town.market(slag, city);
    rule.opening_stock = Some(circflow::quantity::Quantity::exact(16.0));
    rule.reclaim_limit = Some(circflow::quantity::Quantity::exact(16.0));
    let ran = Ran::of(town);
    close_to(ran.activity(maker), 4.0);
    close_to(ran.activity(works), 100.0 / 9.0);
    close_to(ran.at(0, slag, city).reclaimed_for_draws, 6.0 - 10.0 / 9.0);
    close_to(ran.at(0, slag, city).closing_stock, 0.0);
}

/// Solves the base year of a model with a way of finishing loops.
fn solved(model: &circflow::model::Model, finish: Finish) -> (Vec<f64>, Status, u32) {
    let plan = compile(model).expect("compiles");
    let mut block = ParameterBlock::new(&plan, 1);
    parameters(&plan, model, 2015, &[], None, &mut block, 0).expect("closes");
    let (mut result, mut workspace) = (ResultBlock::new(&plan, 1), Workspace::new(&plan, 1));
    workspace.finish = finish;
    evaluate(&plan, &block, &mut result, &mut workspace);
    (result.activity.clone(), result.status[0], result.sweeps[0])
}

#[test]
fn newton_finishes_where_sweeps_alone_would_end() {
    let (mut compared, mut quicker) = (0, 0);
    for seed in 0..300 {
        let options = GenerateOptions {
            processes: 24 + (seed as usize % 40),
            loop_share: 0.2,
            coupling: 0.35,
            years: 1,
            ..GenerateOptions::bench(0, seed)
        };
        let model = generate(&options);
        let (by_sweeps, status, sweeps) = solved(&model, Finish::SweepsOnly);
        let (by_newton, newton_status, fewer) = solved(&model, Finish::Newton);
        if status != Status::Solved {
            // Sweeps alone give up on slow loops; Newton may finish those.
            continue;
        }
        assert_eq!(newton_status, Status::Solved, "seed {seed}");
        compared += 1;
        quicker += usize::from(fewer < sweeps);
        for (process, (a, b)) in by_sweeps.iter().zip(&by_newton).enumerate() {
            assert!(
                (a - b).abs() <= 1e-6 * 400.0,
                "seed {seed}, process {process}: {a} by sweeps, {b} by Newton"
            );
        }
    }
    assert!(compared >= 250, "only {compared} systems settled");
    assert!(quicker >= 20, "Newton helped only {quicker} times");
}

/// A ring of works that each pass on 0.99 t of what they take; 100 t enter at the first.
fn ring(works: usize) -> Town {
    let mut town = Town::new();
    let city = town.city();
    let smoke = town.emission("smoke");
    let wastes: Vec<_> = (0..works).map(|at| town.waste(&format!("waste{at}"))).collect();
    town.process("source", city).open().byproduct(wastes[0], 1.0).level(100.0);
    for at in 0..works {
        let passed = wastes[(at + 1) % works];
        let member = town.process(&format!("works{at}"), city).feed(wastes[at], 1.0).byproduct(passed, 0.99);
        member.rest(Role::Emission, smoke).treatment(Treatment::Utilisation).capacity(1.0e6).takes();
    }
    town
}

#[test]
fn a_long_ring_has_the_answer_of_its_gain() {
    // What enters the first works is 100 + 0.99ⁿ of it: 100 / (1 − 0.99ⁿ).
    for works in [20, 70, 100, 300] {
        let town = ring(works);
        let plan = compile(&town.model).expect("compiles");
        assert_eq!(plan.loops.len(), 1);
        let trajectory = circflow::simulate::run_quietly(&plan, &town.model, &[]);
        let year = trajectory.years.first().unwrap_or_else(|| panic!("{works}: {:?}", trajectory.findings.0));
        let first = 100.0 / (1.0 - 0.99_f64.powi(works as i32));
        let off = (year.activity[1] / first - 1.0).abs();
        assert!(off < 1e-9, "{works} works: {} instead of {first}", year.activity[1]);
        assert!(year.worst_residual < 1e-9);
    }
}
