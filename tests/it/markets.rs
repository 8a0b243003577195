//! Nested markets, remainders, limits and defaults on towns small enough to work out by hand.

use crate::ran::{Ran, close_to};
use crate::town::Town;
use circflow::id::{Id, MaterialId, PlaceId};
use circflow::model::{MaterialKind, PlaceKind, Role, Sink};
use circflow::network::{ArcKind, Node};
use circflow::quantity::Quantity;
use circflow::units::Dimension;

/// A city with a county and a park in it; gangue markets at all three levels.
fn nested() -> (Town, MaterialId, [PlaceId; 3]) {
    let mut town = Town::new();
    let city = town.city();
    let county = town.county("county");
    let park = town.park("park", county);
    let gangue = town.waste("gangue");
    town.market(gangue, city);
    (town, gangue, [city, county, park])
}

#[test]
fn a_childs_remainder_goes_up_and_its_shortage_is_covered_from_above() {
    // Park: 50 t arise, 20 taken there, 30 go up to the county, which draws 12 and passes 18 on to the city.
    let (mut town, gangue, [city, county, park]) = nested();
    let brick = town.product("brick");
    town.market(gangue, county);
    town.market(gangue, park);
    town.process("mine", park).open().byproduct(gangue, 1.0).level(50.0);
    town.process("works", park).feed(gangue, 1.0).rest(Role::Product, brick).capacity(20.0).takes();
    town.process("road", county).open().input(gangue, 1.0).level(12.0);
    let other = town.county("other");
    town.market(gangue, other);
    let far = town.process("far", other).open().input(gangue, 1.0).level(10.0);
    let ran = Ran::of(town);
    close_to(ran.at(0, gangue, park).passed_up, 30.0);
    close_to(ran.at(0, gangue, county).passed_up, 18.0);
    close_to(ran.at(0, gangue, other).asked_above, 10.0);
    let (top, below) = (ran.market(gangue, city), ran.market(gangue, other));
    close_to(ran.market_flow(Node::Market(top), Node::Market(below), ArcKind::PassDown), 10.0);
    close_to(ran.flow(far, ArcKind::Draw, gangue), 10.0);
    close_to(ran.at(0, gangue, city).stored, 8.0);
}

#[test]
fn kept_local_and_limited_in_passing_up() {
    // County keeps what the park passes up beyond its limit: park 50 t, passes 15 up, exports 5, disposes 30;
    // the county keeps its 15 in store.
    let (mut town, gangue, [city, county, park]) = nested();
    town.market(gangue, county).keep_local = true;
    let rule = town.market(gangue, park);
    rule.pass_up_limit = Some(Quantity::exact(15.0));
    rule.export_limit = Some(Quantity::exact(5.0));
    rule.sink = Some(Sink::Disposal);
    town.process("mine", park).open().byproduct(gangue, 1.0).level(50.0);
    let ran = Ran::of(town);
    let market = ran.at(0, gangue, park);
    close_to(market.passed_up, 15.0);
    close_to(market.exported, 5.0);
    close_to(market.disposed, 30.0);
    close_to(ran.at(0, gangue, county).stored, 15.0);
    close_to(ran.at(0, gangue, city).from_below, 0.0);
}

#[test]
fn nothing_comes_down_to_a_child_for_its_takers() {
    // The city has 40 t of surplus; the works in the county take from the county's market, which has none.
    let (mut town, gangue, [city, county, _]) = nested();
    let brick = town.product("brick");
    town.market(gangue, county);
    town.process("mine", city).open().byproduct(gangue, 1.0).level(40.0);
    let works =
        town.process("works", county).feed(gangue, 1.0).rest(Role::Product, brick).capacity(20.0).takes();
    let ran = Ran::of(town);
    close_to(ran.activity(works), 0.0);
    close_to(ran.at(0, gangue, city).stored, 40.0);
}

#[test]
fn prior_stock_of_above_colours_the_draws_below() {
    // City: no deliveries, 10 drawn at the city and 30 asked by the county: all 40 from stock. The county has 10 of
    // its own for 40 drawn: 30 of 40 are old.
    let (mut town, gangue, [city, county, _]) = nested();
    town.market(gangue, county);
    let rule = &mut town.model.market_rules[0];
    rule.opening_stock = Some(Quantity::exact(500.0));
    rule.reclaim_limit = Some(Quantity::exact(100.0));
    town.process("mine", county).open().byproduct(gangue, 1.0).level(10.0);
    let road = town.process("road", county).open().input(gangue, 1.0).level(40.0);
    let street = town.process("street", city).open().input(gangue, 1.0).level(10.0);
    let ran = Ran::of(town);
    close_to(ran.flow(road, ArcKind::DrawPrior, gangue), 30.0);
    close_to(ran.flow(road, ArcKind::Draw, gangue), 10.0);
    close_to(ran.flow(street, ArcKind::DrawPrior, gangue), 10.0);
    close_to(ran.at(0, gangue, city).reclaimed_for_draws, 40.0);
}

#[test]
fn a_draw_nobody_serves_is_unmet_final_demand_first_then_by_priority() {
    // 60 t of slag. Final demand 20, a draw of priority 1 of 30, two of priority 2 of 20 and 10 (one of them in a
    // county). Served: 20, 30, then 10 of 30: two thirds of priority 2 are unmet.
    let mut town = Town::new();
    let city = town.city();
    let county = town.county("county");
    let slag = town.waste("slag");
    town.market(slag, county);
    town.process("smelter", city).open().byproduct(slag, 1.0).level(60.0);
    let first = town.process("first", city).open().input(slag, 1.0).priority(1).level(30.0);
    let second = town.process("second", city).open().input(slag, 1.0).priority(2).level(20.0);
    let third = town.process("third", county).open().input(slag, 1.0).priority(2).level(10.0);
    town.demand(slag, city, 20.0);
    let ran = Ran::of(town);
    close_to(ran.at(0, slag, city).unmet, 20.0);
    let top = ran.market(slag, city);
    close_to(ran.market_flow(Node::Missing, Node::Demand(top), ArcKind::FinalUnmet), 0.0);
    close_to(ran.flow(first, ArcKind::Unmet, slag), 0.0);
    close_to(ran.flow(second, ArcKind::Unmet, slag), 40.0 / 3.0);
    close_to(ran.flow(third, ArcKind::Unmet, slag), 20.0 / 3.0);
    close_to(ran.flow(third, ArcKind::Draw, slag), 10.0 / 3.0);
    // A draw is never limited by supply: activity is as given.
    close_to(ran.activity(second), 20.0);
}

#[test]
fn defaults_bring_in_extract_discharge_and_export() {
    let mut town = Town::new();
    let city = town.city();
    let coal = town.resource("coal");
    let air = town.nature("air");
    let heat = town.material_in("heat", MaterialKind::Energy, &[], Dimension::Energy);
    let smoke = town.emission("smoke");
    let water = town.material_in("water", MaterialKind::Water, &[], Dimension::Volume);
    let boiler = town
        .process("boiler", city)
        .input(coal, 1.0)
        .input(air, 8.0)
        .input(water, 2.0)
        .product(heat, 5000.0)
        .rest(Role::Emission, smoke)
        .level(10.0);
    let ran = Ran::of(town);
    close_to(ran.at(0, coal, city).imported, 10.0);
    close_to(ran.at(0, air, city).extracted, 80.0);
    close_to(ran.at(0, smoke, city).discharged, 90.0);
    close_to(ran.at(0, heat, city).exported, 50_000.0);
    close_to(ran.at(0, water, city).unmet, 20.0);
    close_to(ran.flow(boiler, ArcKind::Unmet, water), 20.0);
    close_to(ran.flow(boiler, ArcKind::Draw, water), 0.0);
}

#[test]
fn limits_of_import_and_export() {
    // Coal: 100 drawn, import limited to 70: 30 unmet. Steel: 50 made, export limited to 20, no sink: 30 stored
    // with a warning.
    let mut town = Town::new();
    let city = town.city();
    let coal = town.resource("coal");
    let steel = town.product("steel");
    town.process("mill", city).open().product(steel, 1.0).input(coal, 2.0).level(50.0);
    town.market(coal, city).import_limit = Some(Quantity::exact(70.0));
    town.market(steel, city).export_limit = Some(Quantity::exact(20.0));
    let ran = Ran::of(town);
    close_to(ran.at(0, coal, city).imported, 70.0);
    close_to(ran.at(0, coal, city).unmet, 30.0);
    close_to(ran.at(0, steel, city).exported, 20.0);
    close_to(ran.at(0, steel, city).stored, 30.0);
    assert_eq!(ran.codes(), ["W303"]);
}

#[test]
fn a_park_kind_does_not_matter_to_markets() {
    // A market of a zone below a county is nested like a park's.
    let (mut town, gangue, [city, county, _]) = nested();
    let zone = town.place("zone", PlaceKind::Zone, Some(county));
    town.market(gangue, zone);
    town.process("mine", zone).open().byproduct(gangue, 1.0).level(7.0);
    let ran = Ran::of(town);
    let (zone, top) = (ran.market(gangue, zone), ran.market(gangue, city));
    assert_eq!(ran.plan.network.parent[zone.index()], Some(top));
    close_to(ran.at(0, gangue, city).from_below, 7.0);
}
