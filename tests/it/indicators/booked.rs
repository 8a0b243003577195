//! Producer booking: nested markets by hand, and what must hold for any system.

use super::hand::{Appraised, Hand, assert_close};
use crate::town::Town;
use circflow::id::{MaterialId, PlaceId, ProcessId};
use circflow::model::{Places, Treatment};
use circflow::network::ArcKind;
use proptest::prelude::*;

const MODELLED: &str = "local-solid-waste-modelled";

fn source(town: &mut Town, place: PlaceId, waste: MaterialId) -> ProcessId {
    town.process("source", place).byproduct(waste, 1.0).level(1.0)
}

fn user(town: &mut Town, place: PlaceId, waste: MaterialId) -> ProcessId {
    town.process("user", place).feed(waste, 1.0).treatment(Treatment::Utilisation).takes()
}

fn parts(result: &Appraised, place: PlaceId) -> (f64, f64, f64) {
    let term = |name| result.term(MODELLED, place, 2015, name);
    (term("used"), term("generated"), term("prior"))
}

#[test]
fn use_is_booked_to_the_producers_through_nested_markets() {
    // County A delivers 60 at the city's market. County B has a market of its own: 100 delivered (park P of
    // B 40, B itself 60), 30 used there, 70 passed up. The city's pool: 60 of A, 70 of B (of which P 28).
    // At the city's market 65 are taken, by a works in county C that generates nothing: half of the pool.
    //   A: used 30 of 60. B: 30 + 35 = 65 of 100. P: 30·0.4 + 65·28/130 = 12 + 14 = 26 of 40. C: nothing.
    let mut town = Town::new();
    let waste = town.waste("waste");
    let (a, b, c) = (town.county("A"), town.county("B"), town.county("C"));
    let park = town.park("P", b);
    let sources = [source(&mut town, a, waste), source(&mut town, b, waste), source(&mut town, park, waste)];
    let at_b = user(&mut town, b, waste);
    let at_c = user(&mut town, c, waste);
    let mut hand = Hand::new(town);
    let city = hand.market(waste, Places::ROOT);
    let below = hand.market(waste, b);
    hand.delivery(sources[0], city, 60.0);
    hand.delivery(sources[1], below, 60.0);
    hand.delivery(sources[2], below, 40.0);
    hand.get(ArcKind::Take, below, at_b, 30.0);
    hand.at(ArcKind::PassUp, below, 70.0);
    hand.get(ArcKind::Take, city, at_c, 65.0);
    hand.at(ArcKind::Store, city, 65.0);
    let result = hand.appraise();
    let expect = |place, used: f64, generated: f64| {
        let (found_used, found_generated, prior) = parts(&result, place);
        assert_close(found_used, used);
        assert_close(found_generated, generated);
        assert_close(prior, 0.0);
    };
    expect(Places::ROOT, 95.0, 160.0);
    expect(a, 30.0, 60.0);
    expect(b, 65.0, 100.0);
    expect(park, 26.0, 40.0);
    assert_close(result.of(MODELLED, park, 2015), 0.65);
    // The county that only uses others' waste has no rate of its own.
    assert!(result.get(MODELLED, c, 2015).value.is_err());
}

#[test]
fn what_comes_down_from_above_keeps_its_producers_and_its_heap() {
    // County B draws 50 and delivers 20; 30 come down from the city's market, which has 40 delivered by A,
    // and uses 10 t of the city's heap for what it sends down: a third of it. So a fifth of B's 50 is prior-year
    // stock, out of the city's heap; the other 40 are 20 of B and 20 of A.
    //   B: used 20 of 20. A: 20 of 40. City: 50 of 60 + 10 prior.
    let mut town = Town::new();
    let waste = town.waste("waste");
    let (a, b) = (town.county("A"), town.county("B"));
    let sources = [source(&mut town, a, waste), source(&mut town, b, waste)];
    let drawer = town.process("drawer", b).input(waste, 1.0).treatment(Treatment::Utilisation).level(50.0);
    let mut hand = Hand::new(town);
    let city = hand.market(waste, Places::ROOT);
    let below = hand.market(waste, b);
    hand.delivery(sources[0], city, 40.0);
    hand.delivery(sources[1], below, 20.0);
    hand.at(ArcKind::ReclaimForDraws, city, 10.0);
    hand.at(ArcKind::PassDown, below, 30.0);
    hand.get(ArcKind::Draw, below, drawer, 40.0);
    hand.get(ArcKind::DrawPrior, below, drawer, 10.0);
    hand.at(ArcKind::Store, city, 20.0);
    let result = hand.appraise();
    let (used, generated, prior) = parts(&result, b);
    assert_close(used, 20.0);
    assert_close(generated, 20.0);
    assert_close(prior, 0.0);
    let (used, generated, prior) = parts(&result, a);
    assert_close(used, 20.0);
    assert_close(generated, 40.0);
    assert_close(prior, 0.0);
    let (used, generated, prior) = parts(&result, Places::ROOT);
    assert_close(used, 50.0);
    assert_close(generated, 60.0);
    assert_close(prior, 10.0);
    assert_close(result.city("ce2017-07"), 50.0 / 70.0);
}

#[test]
fn waste_brought_in_is_left_out_and_a_heap_is_its_places() {
    // 40 of 100 in the pool are imported; 50 are taken, 30 of them the city's own; the county's heap gives 5.
    let mut town = Town::new();
    let waste = town.waste("waste");
    let county = town.county("A");
    let maker = source(&mut town, Places::ROOT, waste);
    let (here, there) = (user(&mut town, Places::ROOT, waste), user(&mut town, county, waste));
    let mut hand = Hand::new(town);
    let city = hand.market(waste, Places::ROOT);
    let below = hand.market(waste, county);
    hand.delivery(maker, city, 60.0);
    hand.at(ArcKind::Import, city, 40.0);
    hand.get(ArcKind::Take, city, here, 50.0);
    hand.at(ArcKind::Store, city, 50.0);
    hand.at(ArcKind::ReclaimForTakers, below, 5.0);
    hand.get(ArcKind::TakePrior, below, there, 5.0);
    let result = hand.appraise();
    let (used, generated, prior) = parts(&result, Places::ROOT);
    assert_close(used, 35.0);
    assert_close(generated, 60.0);
    assert_close(prior, 5.0);
    // The county's rate: 5 used ÷ (0 generated + 5 prior).
    assert_close(result.of(MODELLED, county, 2015), 1.0);
}

#[test]
fn what_nobody_served_stains_the_value() {
    let mut town = Town::new();
    let waste = town.waste("waste");
    let maker = source(&mut town, Places::ROOT, waste);
    let works = town.process("works", Places::ROOT).input(waste, 1.0).level(30.0);
    let mut hand = Hand::new(town);
    let market = hand.market(waste, Places::ROOT);
    hand.delivery(maker, market, 20.0);
    hand.get(ArcKind::Draw, market, works, 20.0);
    let missing = hand.unmet(works, waste, 0.0);
    hand.from(2016, missing, 10.0);
    let result = hand.appraise();
    assert!(!result.get(MODELLED, Places::ROOT, 2015).is_stained());
    let value = result.get(MODELLED, Places::ROOT, 2016);
    assert!(value.is_stained());
    assert_eq!(value.terms.iter().find(|t| t.name == "used").map(|t| t.unmet), Some(10.0));
    assert_eq!(value.value, Ok(1.0));
}

/// A random two-level system whose pools balance: deliveries per county, what is used below and above, heaps.
#[derive(Clone, Debug)]
struct County {
    delivered: f64,
    used_here: f64,
    reclaimed: f64,
}

fn counties() -> impl Strategy<Value = (Vec<County>, f64, f64)> {
    let county =
        (0.0..1000.0_f64, 0.0..=1.0_f64, 0.0..100.0_f64).prop_map(|(delivered, share, reclaimed)| County {
            delivered,
            used_here: delivered * share,
            reclaimed,
        });
    (prop::collection::vec(county, 1..6), 0.0..=1.0_f64, 0.0..500.0_f64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn rates_lie_between_0_and_1_and_counties_sum_to_the_city(
        (counties, share_above, imported) in counties()
    ) {
        let mut town = Town::new();
        let waste = town.waste("waste");
        let places: Vec<PlaceId> =
            (0..counties.len()).map(|i| town.county(&format!("c{i}"))).collect();
        let makers: Vec<ProcessId> = places.iter().map(|&p| source(&mut town, p, waste)).collect();
        let users: Vec<ProcessId> = places.iter().map(|&p| user(&mut town, p, waste)).collect();
        let above = user(&mut town, Places::ROOT, waste);
        let mut hand = Hand::new(town);
        let city = hand.market(waste, Places::ROOT);
        let mut pool = imported;
        for (i, county) in counties.iter().enumerate() {
            let market = hand.market(waste, places[i]);
            hand.delivery(makers[i], market, county.delivered);
            hand.get(ArcKind::Take, market, users[i], county.used_here);
            hand.get(ArcKind::TakePrior, market, users[i], county.reclaimed);
            hand.at(ArcKind::ReclaimForTakers, market, county.reclaimed);
            hand.at(ArcKind::PassUp, market, county.delivered - county.used_here);
            pool += county.delivered - county.used_here;
        }
        hand.at(ArcKind::Import, city, imported);
        hand.get(ArcKind::Take, city, above, pool * share_above);
        hand.at(ArcKind::Store, city, pool * (1.0 - share_above));
        let result = hand.appraise();
        let mut sums = (0.0, 0.0, 0.0);
        for &place in places.iter().chain([&Places::ROOT]) {
            if let Ok(rate) = result.get(MODELLED, place, 2015).value {
                prop_assert!((-1e-12..=1.0 + 1e-12).contains(&rate), "{rate}");
            }
            if place != Places::ROOT {
                let (used, generated, prior) = parts(&result, place);
                sums = (sums.0 + used, sums.1 + generated, sums.2 + prior);
            }
        }
        let (used, generated, prior) = parts(&result, Places::ROOT);
        for (sum, whole) in [(sums.0, used), (sums.1, generated), (sums.2, prior)] {
            prop_assert!((sum - whole).abs() <= 1e-9 * whole.max(1.0), "{sum} {whole}");
        }
    }
}
