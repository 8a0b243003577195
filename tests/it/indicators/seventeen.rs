//! Every indicator of the state's 2017 system against an example worked by hand in the comments.

use super::hand::{Hand, assert_close};
use crate::town::Town;
use circflow::model::{MaterialKind, Places, Treatment};
use circflow::network::ArcKind;
use circflow::units::Dimension;

/// A city of statistics alone.
fn statistics(rows: &[(&str, f64)]) -> Hand {
    let mut hand = Hand::new(Town::new());
    for &(key, value) in rows {
        hand.statistic(key, value);
    }
    hand
}

#[test]
fn main_resource_productivity_counts_the_first_form_only() {
    // GDP 6·10⁹ yuan. Raw coal: the mine delivers 1,000,000 t, 200,000 t are imported, 300,000 t exported;
    // the power plant draws 600,000 t, the washery takes 250,000 t, households get 50,000 t: 900,000 t are used.
    // Clean coal from the washery is no main resource. Not modelled: 300,000 t of ore.
    // 6·10⁹ ÷ (900,000 + 300,000) = 5,000 yuan/t. Beside it: 1,000,000 + 200,000 − 300,000 ± 0 = 900,000.
    let mut town = Town::new();
    let coal = town.material("raw_coal", MaterialKind::Resource, &["main_resource"]);
    let clean = town.product("clean_coal");
    let city = town.city();
    let mine = town.process("mine", city).product(coal, 1.0).level(1.0);
    let power = town.process("power", city).input(coal, 1.0).level(1.0);
    let washery = town.process("washery", city).feed(coal, 1.0).product(clean, 0.6).takes();
    let mut hand = Hand::new(town);
    let market = hand.market(coal, city);
    let clean_market = hand.market(clean, city);
    hand.delivery(mine, market, 1_000_000.0);
    hand.at(ArcKind::Import, market, 200_000.0);
    hand.at(ArcKind::Export, market, 300_000.0);
    hand.get(ArcKind::Draw, market, power, 600_000.0);
    hand.get(ArcKind::Take, market, washery, 250_000.0);
    hand.at(ArcKind::Final, market, 50_000.0);
    hand.delivery(washery, clean_market, 150_000.0);
    hand.at(ArcKind::Export, clean_market, 150_000.0);
    hand.statistic("gdp_constant", 6.0e9);
    hand.statistic("main_resource_other", 300_000.0);
    let result = hand.appraise();
    assert_close(result.city("ce2017-01"), 5_000.0);
    let term = |name| result.term("ce2017-01", Places::ROOT, 2015, name);
    let apparent = term("production") + term("imported") - term("exported") - term("stock_change");
    assert_close(apparent, 900_000.0);
    // Coverage: 900,000 of 1,200,000 are modelled.
    let value = result.get("ce2017-01", Places::ROOT, 2015);
    assert_eq!(value.terms.iter().find(|t| t.name == "use").and_then(|t| t.coverage), Some(0.75));
}

#[test]
fn the_composite_is_the_mean_of_five_equal_fifths() {
    // Straw 80/100, solid waste 60/(90+10), recyclables 70/100, kitchen waste 20/100, construction waste 10/100:
    // (0.8 + 0.6 + 0.7 + 0.2 + 0.1) ÷ 5 = 0.48. The amounts differ by powers of ten: the fifths are equal all the same.
    let result = statistics(&[
        ("straw_used", 80.0e4),
        ("straw_collectable", 100.0e4),
        ("solid_waste_used", 60.0e6),
        ("solid_waste_generated", 90.0e6),
        ("solid_waste_used_prior", 10.0e6),
        ("recyclables_recovered", 70.0e3),
        ("recyclables_generated", 100.0e3),
        ("kitchen_waste_treated", 20.0e2),
        ("kitchen_waste_generated", 100.0e2),
        ("construction_waste_treated", 10.0e5),
        ("construction_waste_generated", 100.0e5),
    ])
    .appraise();
    assert_close(result.city("ce2017-02"), 0.48);
    assert_close(result.city("ce2017-06"), 0.8);
    assert_close(result.city("ce2017-07"), 0.6);
    assert_close(result.city("ce2017-09"), 0.7);
    assert_close(result.city("ce2017-10"), 0.2);
    assert_close(result.city("ce2017-11"), 0.1);
}

#[test]
fn productivity_of_energy_water_and_land() {
    // 120·10⁹ yuan ÷ 12·10⁶ tce = 10,000 yuan/tce = 1 万元/tce.
    // 120·10⁹ yuan ÷ 0.8·10⁹ m³ = 150 yuan/m³. 120·10⁹ yuan ÷ 40,000 ha = 3,000,000 yuan/ha = 300 万元/ha.
    let result = statistics(&[
        ("gdp_constant", 120.0e9),
        ("energy_consumption", 12.0e6),
        ("water_use", 0.8e9),
        ("construction_land", 40_000.0),
    ])
    .appraise();
    assert_close(result.city("ce2017-03"), 1.0);
    assert_close(result.city("ce2017-04"), 150.0);
    assert_close(result.city("ce2017-05"), 300.0);
}

#[test]
fn solid_waste_used_from_flows_with_prior_stock_and_the_backfill_switch() {
    // Gangue: 100 t delivered. Brick takes 20, backfill 25, blending (no treatment) draws 5, a landfill
    // (disposal) takes 10; 8 t of the old heap go to brick; 30 t are exported, 10 stored.
    // Used = 20 + 25 + 5 + 8 = 58 with prior 8: 58 ÷ 108. Without backfill: 33 ÷ 108.
    let mut town = Town::new();
    let gangue = town.waste("gangue");
    let city = town.city();
    let mine = town.process("mine", city).byproduct(gangue, 1.0).level(1.0);
    let brick = town.process("brick", city).feed(gangue, 1.0).treatment(Treatment::Utilisation).takes();
    let backfill = town.process("backfill", city).feed(gangue, 1.0).treatment(Treatment::Backfill).takes();
    let blend = town.process("blend", city).input(gangue, 1.0).level(5.0);
    let landfill = town.process("landfill", city).feed(gangue, 1.0).treatment(Treatment::Disposal).takes();
    let mut hand = Hand::new(town);
    let market = hand.market(gangue, city);
    hand.delivery(mine, market, 100.0);
    hand.get(ArcKind::Take, market, brick, 20.0);
    hand.get(ArcKind::TakePrior, market, brick, 8.0);
    hand.get(ArcKind::Take, market, backfill, 25.0);
    hand.get(ArcKind::Draw, market, blend, 5.0);
    hand.get(ArcKind::Take, market, landfill, 10.0);
    hand.at(ArcKind::ReclaimForTakers, market, 8.0);
    hand.at(ArcKind::Export, market, 30.0);
    hand.at(ArcKind::Store, market, 10.0);
    let result = hand.appraise();
    assert_close(result.city("ce2017-07"), 58.0 / 108.0);
    // #14 counts the landfill's 10 t; the 10 t stored stand beside it. Shown in 万吨.
    assert_close(result.city("ce2017-14") * 1.0e4, 10.0);
    assert_close(result.term("ce2017-14", Places::ROOT, 2015, "stored"), 10.0);

    // What leaves the city counts only where its market says as what: 30 t used, or 30 t more in store.
    hand.town.market(gangue, city).export_as = Some(Treatment::Utilisation);
    hand.network.markets[market].rule = Some(0);
    let used = hand.appraise();
    assert_close(used.city("ce2017-07"), 88.0 / 108.0);
    assert_close(used.term("ce2017-14", Places::ROOT, 2015, "stored"), 10.0);
    hand.town.model.market_rules[0].export_as = Some(Treatment::Storage);
    let stored = hand.appraise();
    assert_close(stored.city("ce2017-07"), 58.0 / 108.0);
    assert_close(stored.term("ce2017-14", Places::ROOT, 2015, "stored"), 40.0);

    hand.town.model.market_rules[0].export_as = None;
    let without = super::hand::shipped()
        .into_iter()
        .map(|d| d.with_switch("backfill_counts", false).unwrap_or(d))
        .collect();
    assert_close(hand.appraise_with(without).city("ce2017-07"), 33.0 / 108.0);
}

#[test]
fn gangue_burnt_for_power_is_used_and_its_ash_is_new_waste() {
    // 100 t gangue, all burnt for energy; 60 t ash made of it, 15 t of which go to cement:
    // used 100 + 15 = 115, generated 100 + 60 = 160.
    let mut town = Town::new();
    let (gangue, ash) = (town.waste("gangue"), town.waste("ash"));
    let city = town.city();
    let mine = town.process("mine", city).byproduct(gangue, 1.0).level(1.0);
    let power = town
        .process("power", city)
        .feed(gangue, 1.0)
        .byproduct(ash, 0.6)
        .treatment(Treatment::EnergyRecovery)
        .takes();
    let cement = town.process("cement", city).input(ash, 1.0).treatment(Treatment::Utilisation).level(1.0);
    let mut hand = Hand::new(town);
    let (gangue_market, ash_market) = (hand.market(gangue, city), hand.market(ash, city));
    hand.delivery(mine, gangue_market, 100.0);
    hand.get(ArcKind::Take, gangue_market, power, 100.0);
    hand.delivery(power, ash_market, 60.0);
    hand.get(ArcKind::Draw, ash_market, cement, 15.0);
    hand.at(ArcKind::Store, ash_market, 45.0);
    assert_close(hand.appraise().city("ce2017-07"), 115.0 / 160.0);
}

#[test]
fn water_reuse_divides_by_reuse_plus_fresh() {
    // 900 reused, 100 fresh: 900 ÷ 1,000 = 90 %, not 900 %.
    let result =
        statistics(&[("industrial_water_reused", 900.0), ("industrial_water_fresh", 100.0)]).appraise();
    assert_close(result.city("ce2017-08"), 0.9);
}

#[test]
fn water_reuse_counts_modelled_plants_above_scale_only() {
    // Two plants, one above scale with 300 going round and 100 drawn, one below with 50 and 50: 300 ÷ 400.
    let mut town = Town::new();
    let water = town.material_in(
        "water",
        MaterialKind::Water,
        &["industrial_water", "from_nature"],
        Dimension::Volume,
    );
    let city = town.city();
    let plants = [true, false].map(|above_scale| {
        let plant = town.process("plant", city).input(water, 1.0).recirculated(water, 3.0).level(1.0);
        let enterprise = town.model.enterprises.push(circflow::model::Enterprise {
            key: "firm".into(),
            name: "企业".into(),
            name_en: "Firm".into(),
            place: city,
            sector: None,
            above_scale,
            provenance: circflow::model::Provenance::made(circflow::model::TableKind::Enterprises),
        });
        town.model.processes[plant].enterprise = Some(enterprise);
        plant
    });
    let mut hand = Hand::new(town);
    let market = hand.market(water, city);
    hand.at(ArcKind::Extraction, market, 150.0);
    hand.get(ArcKind::Draw, market, plants[0], 100.0);
    hand.get(ArcKind::Draw, market, plants[1], 50.0);
    hand.round(plants[0], water, 300.0);
    hand.round(plants[1], water, 50.0);
    assert_close(hand.appraise().city("ce2017-08"), 0.75);
}

#[test]
fn reclaimed_water_divides_by_sewage_treated() {
    // 12·10⁶ m³ used of 80·10⁶ m³ treated: 15 %. A modelled plant that already takes 2·10⁶ m³ (booked in tonnes,
    // 1 t of water is 1 m³) is part of the 12; when it takes 6·10⁶ from 2017 on, the whole is 16: 20 %.
    let mut town = Town::new();
    let water = town.material("reclaimed", MaterialKind::Water, &["reclaimed_water"]);
    let city = town.city();
    let plant = town.process("plant", city).product(water, 1.0).level(1.0);
    let power = town.process("power", city).input(water, 1.0).level(1.0);
    let mut hand = Hand::new(town);
    let market = hand.market(water, city);
    hand.delivery(plant, market, 6.0e6);
    let draw = hand.get(ArcKind::Draw, market, power, 2.0e6);
    hand.from(2017, draw, 6.0e6);
    hand.statistic("reclaimed_water_used", 12.0e6);
    hand.statistic("sewage_treated", 80.0e6);
    let result = hand.appraise();
    assert_close(result.city("ce2017-12"), 0.15);
    assert_close(result.of("ce2017-12", Places::ROOT, 2017), 0.2);
}

#[test]
fn output_and_the_reference_indicators_are_shown_in_the_states_units() {
    // 5.5·10⁹ yuan = 55 亿元; tonnes ÷ 10⁴ = 万吨. The four pollutants stand apart.
    let result = statistics(&[
        ("recycling_industry_output", 5.5e9),
        ("solid_waste_disposed", 1.2e6),
        ("industrial_wastewater", 65.0e6),
        ("msw_landfilled", 0.3e6),
        ("cod_discharged", 40_000.0),
        ("ammonia_nitrogen_discharged", 4_000.0),
        ("so2_emitted", 200_000.0),
        ("nox_emitted", 120_000.0),
    ])
    .appraise();
    for (key, expected) in [
        ("ce2017-13", 55.0),
        ("ce2017-14", 120.0),
        ("ce2017-15", 6_500.0),
        ("ce2017-16", 30.0),
        ("ce2017-17a", 4.0),
        ("ce2017-17b", 0.4),
        ("ce2017-17c", 20.0),
        ("ce2017-17d", 12.0),
    ] {
        assert_close(result.city(key), expected);
    }
}

#[test]
fn a_modelled_chain_is_added_to_the_pollutants_of_the_county_that_emits() {
    // Two counties, 30 and 10 t of SO₂ of the modelled class, discharged at the city's market: booked back.
    let mut town = Town::new();
    let so2 = town.material("so2", MaterialKind::Emission, &["sulphur_dioxide"]);
    let (one, two) = (town.county("one"), town.county("two"));
    let a = town.process("a", one).product(so2, 1.0).level(1.0);
    let b = town.process("b", two).product(so2, 1.0).level(1.0);
    let mut hand = Hand::new(town);
    let market = hand.market(so2, Places::ROOT);
    hand.delivery(a, market, 30.0);
    hand.delivery(b, market, 10.0);
    hand.at(ArcKind::Discharge, market, 40.0);
    hand.statistic("so2_emitted", 100.0);
    let result = hand.appraise();
    let tonnes = |place| result.of("ce2017-17c", place, 2015) * 1.0e4;
    assert_close(tonnes(Places::ROOT), 100.0);
    assert_close(tonnes(one), 30.0);
    assert_close(tonnes(two), 10.0);
}
