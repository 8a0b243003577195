//! Filling, tiers and stocks on towns small enough to work out by hand.

use crate::ran::{Ran, close_to, project_with};
use crate::town::Town;
use circflow::calendar::Month;
use circflow::funding::ProjectSchedule;
use circflow::id::Id;
use circflow::model::{Role, Sink, Treatment};
use circflow::network::ArcKind;
use circflow::plan::compile;
use circflow::quantity::Quantity;

#[test]
fn a_full_taker_passes_on_its_share() {
    // 100 t of gangue; brick and cement share it 30 : 90, so 25 : 75. Cement is full at 60: brick goes on to 40.
    let mut town = Town::new();
    let city = town.city();
    let gangue = town.waste("gangue");
    let brick = town.product("brick");
    let clinker = town.product("clinker");
    let coal = town.resource("coal");
    let mine = town.process("mine", city).open().product(coal, 1.0).byproduct(gangue, 0.1).level(1000.0);
    let works = town
        .process("brickworks", city)
        .feed(gangue, 1.0)
        .rest(Role::Product, brick)
        .share(30.0)
        .capacity(80.0)
        .treatment(Treatment::Utilisation)
        .takes();
    let kiln = town
        .process("kiln", city)
        .feed(gangue, 1.0)
        .rest(Role::Product, clinker)
        .share(90.0)
        .capacity(60.0)
        .treatment(Treatment::Utilisation)
        .takes();
    let ran = Ran::of(town);
    close_to(ran.activity(mine), 1000.0);
    close_to(ran.activity(kiln), 60.0);
    close_to(ran.activity(works), 40.0);
    assert!(ran.plan.loops.is_empty());
    close_to(ran.at(0, gangue, city).stored, 0.0);
}

#[test]
fn tiers_go_by_priority_and_the_rest_is_stored() {
    // 100 t: utilisation (priority 2, 30 t) before backfill (4, 50 t); 20 t remain and are stored, year by year.
    let mut town = Town::new();
    let city = town.city();
    let gangue = town.waste("gangue");
    let brick = town.product("brick");
    let filled = town.emission("filled");
    let mine = town.process("mine", city).open().product(brick, 0.0).byproduct(gangue, 1.0).level(100.0);
    let fill = town
        .process("backfill", city)
        .feed(gangue, 1.0)
        .rest(Role::Emission, filled)
        .capacity(50.0)
        .treatment(Treatment::Backfill)
        .takes();
    let works = town
        .process("brickworks", city)
        .feed(gangue, 1.0)
        .rest(Role::Product, brick)
        .capacity(30.0)
        .treatment(Treatment::Utilisation)
        .takes();
    // The mine's reference row must not be zero: count it in gangue.
    town.model.processes[mine].reference = 1;
    let ran = Ran::of(town);
    close_to(ran.activity(works), 30.0);
    close_to(ran.activity(fill), 50.0);
    for year in 0..3 {
        let market = ran.at(year, gangue, city);
        close_to(market.stored, 20.0);
        close_to(market.closing_stock, 20.0 * (year as f64 + 1.0));
    }
}

#[test]
fn rival_brick_works_for_one_brick_market() {
    // 100 units of brick are asked for. Gangue works A (gangue 50, priority 2) and B (another gangue market with
    // 30) sell to the one market; both rise together by capacity (40 : 80). A stops at 40 = its capacity when
    // B would be at 80; but B's gangue ends at 30. Then A is at 15 and goes on to its 40; 30 are left: clay brick
    // (demand, no treatment) makes them.
    let mut town = Town::new();
    let city = town.city();
    let (near, far) = (town.county("near"), town.county("far"));
    let gangue = town.waste("gangue");
    let brick = town.product("brick");
    let clay = town.nature("clay");
    town.market(gangue, near).keep_local = true;
    town.market(gangue, far).keep_local = true;
    for (key, place, amount) in [("mine_near", near, 50.0), ("mine_far", far, 30.0)] {
        town.process(key, place).open().byproduct(gangue, 1.0).level(amount);
    }
    let mut works = |key: &str, place, capacity| {
        town.process(key, place)
            .feed(gangue, 1.0)
            .product(brick, 1.0)
            .capacity(capacity)
            .treatment(Treatment::Utilisation)
            .both()
    };
    let (a, b) = (works("works_near", near, 40.0), works("works_far", far, 80.0));
    let kiln =
        town.process("clay_brick", city).input(clay, 1.0).product(brick, 1.0).capacity(500.0).on_call();
    town.demand(brick, city, 100.0);
    let ran = Ran::of(town);
    close_to(ran.activity(b), 30.0);
    close_to(ran.activity(a), 40.0);
    close_to(ran.activity(kiln), 30.0);
    close_to(ran.flow(a, ArcKind::Made, brick), 40.0);
    close_to(ran.at(0, clay, city).extracted, 30.0);
    close_to(ran.at(0, gangue, near).stored, 10.0);
    close_to(ran.at(0, brick, city).imported, 0.0);
}

#[test]
fn the_brick_market_stops_works_that_have_feed_left() {
    // 45 units asked, capacities 40 : 80, feed plenty: both rise together to 15 : 30.
    let mut town = Town::new();
    let city = town.city();
    let gangue = town.waste("gangue");
    let brick = town.product("brick");
    town.process("mine", city).open().byproduct(gangue, 1.0).level(1000.0);
    let mut works = |key: &str, capacity| {
        town.process(key, city).feed(gangue, 1.0).product(brick, 1.0).capacity(capacity).both()
    };
    let (a, b) = (works("a", 40.0), works("b", 80.0));
    town.demand(brick, city, 45.0);
    let ran = Ran::of(town);
    close_to(ran.activity(a), 15.0);
    close_to(ran.activity(b), 30.0);
    close_to(ran.at(0, gangue, city).stored, 955.0);
}

#[test]
fn old_stock_serves_draws_first_then_tops_up_takers_to_priority_six() {
    // 10 t of slag arise, 25 t are drawn by a cement mill: short 15. Reclaim limit 40: 15 for draws, 25 left for
    // the brickworks (priority 2), nothing for disposal (priority 8).
    let mut town = Town::new();
    let city = town.city();
    let slag = town.waste("slag");
    let cement = town.product("cement");
    let brick = town.product("brick");
    let gone = town.emission("gone");
    town.process("smelter", city).open().byproduct(slag, 1.0).level(10.0);
    let mill = town.process("mill", city).open().product(cement, 1.0).input(slag, 0.25).level(100.0);
    let works = town
        .process("works", city)
        .feed(slag, 1.0)
        .rest(Role::Product, brick)
        .capacity(100.0)
        .treatment(Treatment::Utilisation)
        .takes();
    let dump = town
        .process("dump", city)
        .feed(slag, 1.0)
        .rest(Role::Emission, gone)
        .capacity(100.0)
        .treatment(Treatment::Disposal)
        .takes();
    let rule = town.market(slag, city);
    rule.opening_stock = Some(Quantity::exact(100.0));
    rule.reclaim_limit = Some(Quantity::exact(40.0));
    let ran = Ran::of(town);
    let market = ran.at(0, slag, city);
    close_to(market.reclaimed_for_draws, 15.0);
    close_to(market.reclaimed_for_takers, 25.0);
    close_to(ran.activity(works), 25.0);
    close_to(ran.activity(dump), 0.0);
    close_to(market.closing_stock, 60.0);
    close_to(ran.flow(works, ArcKind::TakePrior, slag), 25.0);
    close_to(ran.flow(works, ArcKind::Take, slag), 0.0);
    // Of what serves the mill, 15 of 25 t are old.
    close_to(ran.flow(mill, ArcKind::DrawPrior, slag), 15.0);
    close_to(ran.flow(mill, ArcKind::Draw, slag), 10.0);
    // The second year has 60 t: again 15 + 25; the third only 20: 15 + 5.
    close_to(ran.at(2, slag, city).reclaimed_for_takers, 5.0);
    close_to(ran.at(3, slag, city).closing_stock, 0.0);
    // From then on 15 t are missing, which for a waste means unmet.
    close_to(ran.at(4, slag, city).unmet, 15.0);
}

#[test]
fn a_surplus_is_taken_before_stock_tops_up() {
    // 30 t arise, nothing is drawn; reclaim up to half of the stock of 40. Works of priority 1 take 20 (all fresh),
    // those of priority 2 take 25: 10 fresh and 15 old.
    let mut town = Town::new();
    let city = town.city();
    let slag = town.waste("slag");
    let brick = town.product("brick");
    town.process("smelter", city).open().byproduct(slag, 1.0).level(30.0);
    let mut works = |key: &str, priority, capacity| {
        town.process(key, city)
            .feed(slag, 1.0)
            .rest(Role::Product, brick)
            .capacity(capacity)
            .priority(priority)
            .takes()
    };
    let (first, second) = (works("first", 1, 20.0), works("second", 2, 25.0));
    let rule = town.market(slag, city);
    rule.opening_stock = Some(Quantity::exact(40.0));
    rule.reclaim_share = Some(Quantity::exact(0.5));
    let ran = Ran::of(town);
    close_to(ran.flow(first, ArcKind::Take, slag), 20.0);
    close_to(ran.flow(first, ArcKind::TakePrior, slag), 0.0);
    close_to(ran.flow(second, ArcKind::Take, slag), 10.0);
    close_to(ran.flow(second, ArcKind::TakePrior, slag), 15.0);
    close_to(ran.at(0, slag, city).closing_stock, 25.0);
}

#[test]
fn a_storage_taker_adds_to_the_stock_of_its_market() {
    let mut town = Town::new();
    let city = town.city();
    let ash = town.waste("ash");
    town.process("plant", city).open().byproduct(ash, 1.0).level(100.0);
    let yard = town.process("yard", city).feed(ash, 1.0).capacity(60.0).treatment(Treatment::Storage).takes();
    town.market(ash, city).sink = Some(Sink::Disposal);
    let ran = Ran::of(town);
    close_to(ran.flow(yard, ArcKind::Take, ash), 60.0);
    close_to(ran.flow(yard, ArcKind::StoredByProcess, ash), 60.0);
    close_to(ran.at(0, ash, city).disposed, 40.0);
    close_to(ran.at(1, ash, city).closing_stock, 120.0);
}

#[test]
fn a_level_above_capacity_is_cut_with_a_warning() {
    let mut town = Town::new();
    let city = town.city();
    let coal = town.resource("coal");
    let mine = town.process("mine", city).open().product(coal, 1.0).capacity(80.0).level(100.0);
    let ran = Ran::of(town);
    close_to(ran.activity(mine), 80.0);
    assert_eq!(ran.codes(), ["W301"]);
    let finding = &ran.trajectory.findings.0[0];
    assert!(finding.values.contains(&("years", "2015, 2016, 2017, 2018, 2019, 2020".to_owned())));
}

#[test]
fn gangue_burnt_makes_ash_that_is_used() {
    // 200 t of gangue; power takes 150 (energy recovery), its ash of 0.6 t/t feeds bricks: 90 t, 40 of it taken.
    let mut town = Town::new();
    let city = town.city();
    let gangue = town.waste("gangue");
    let ash = town.waste("ash");
    let brick = town.product("brick");
    let smoke = town.emission("smoke");
    town.process("mine", city).open().byproduct(gangue, 1.0).level(200.0);
    let plant = town
        .process("plant", city)
        .feed(gangue, 1.0)
        .byproduct(ash, 0.6)
        .rest(Role::Emission, smoke)
        .capacity(150.0)
        .treatment(Treatment::EnergyRecovery)
        .takes();
    let works = town.process("works", city).feed(ash, 1.0).rest(Role::Product, brick).capacity(40.0).takes();
    let ran = Ran::of(town);
    close_to(ran.activity(plant), 150.0);
    close_to(ran.activity(works), 40.0);
    close_to(ran.at(0, ash, city).stored, 50.0);
    close_to(ran.at(0, gangue, city).stored, 50.0);
    close_to(ran.at(0, smoke, city).discharged, 60.0);
    assert!(ran.plan.loops.is_empty());
}

#[test]
fn uncapped_rivals_need_shares() {
    let mut town = Town::new();
    let city = town.city();
    let gangue = town.waste("gangue");
    let brick = town.product("brick");
    town.process("mine", city).open().byproduct(gangue, 1.0).level(200.0);
    town.process("capped", city).feed(gangue, 1.0).rest(Role::Product, brick).capacity(10.0).takes();
    town.process("free", city).feed(gangue, 1.0).rest(Role::Product, brick).takes();
    let findings = compile(&town.model).expect_err("shares are missing");
    let codes: Vec<_> = findings.0.iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["E301", "E301"]);
}

#[test]
fn projects_count_by_months_in_their_first_year() {
    // +120 t/a of capacity on stream from October 2016: 3/12 in 2016, all of it from 2017. The same project cuts the
    // clay per brick from 0.8 to 0.4 (× 0.5): in 2016 × (1 − 0.5·3/12) = 0.875, so clay 0.7.
    let mut town = Town::new();
    let city = town.city();
    let gangue = town.waste("gangue");
    let clay = town.nature("clay");
    let brick = town.product("brick");
    town.process("mine", city).open().byproduct(gangue, 1.0).level(1000.0);
    let works = town
        .process("works", city)
        .feed(gangue, 1.0)
        .input(clay, 0.8)
        .rest(Role::Product, brick)
        .capacity(40.0)
        .takes();
    let project = project_with(
        &town,
        vec![
            (
                circflow::model::EffectTarget::Capacity(works),
                circflow::model::Change::Add(Quantity::exact(120.0)),
            ),
            (
                circflow::model::EffectTarget::Coefficient(works, 1),
                circflow::model::Change::Multiply(Quantity::exact(0.5)),
            ),
        ],
    );
    town.project(project);
    let on_stream = Month::new(2016, 10);
    let schedule = [ProjectSchedule {
        built: true,
        start: Month::new(2016, 1),
        complete: Month::new(2016, 9),
        on_stream,
        planned_on_stream: on_stream,
    }];
    let ran = Ran::with(town, &schedule);
    for (year, activity, clay_used, brick_made) in
        [(0, 40.0, 0.8, 1.8), (1, 70.0, 0.7, 1.7), (2, 160.0, 0.4, 1.4)]
    {
        close_to(ran.year(year).activity[works.index()], activity);
        close_to(ran.at(year, clay, city).extracted, clay_used * activity);
        // The rest row (brick) is closed again: what goes in comes out.
        close_to(ran.at(year, brick, city).exported, brick_made * activity);
    }
}
