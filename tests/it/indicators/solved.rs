//! Indicators of years that the engine solved.

use super::hand::{assert_close, shipped};
use crate::town::Town;
use circflow::funding::ledger::ProjectSchedule;
use circflow::id::PlaceId;
use circflow::indicators::{Booked, IndicatorValue, evaluate};
use circflow::model::{Model, Places, Treatment};
use circflow::quantity::Quantity;
use circflow::{plan, simulate};
use proptest::prelude::*;

const MODELLED: &str = "local-solid-waste-modelled";

/// Values of the modelled solid-waste rate.
fn run(model: &Model) -> Vec<IndicatorValue> {
    let definitions = shipped();
    let plan = plan::compile(model).expect("a plan");
    let schedules: Vec<ProjectSchedule> = Vec::new();
    let trajectory = simulate::run_quietly(&plan, model, &schedules);
    assert!(!trajectory.findings.has_errors());
    let wanted = definitions.iter().position(|d| d.key == MODELLED).expect("a shipped definition");
    evaluate(&definitions, model, &plan, &trajectory, &schedules)
        .into_iter()
        .filter(|v| v.definition == wanted)
        .collect()
}

fn term(values: &[IndicatorValue], place: PlaceId, year: i32, name: &str) -> f64 {
    let value = values.iter().find(|v| v.place == place && v.year == year).expect("evaluated");
    let term = value.terms.iter().find(|t| t.name == name).expect("a term");
    term.value.unwrap_or(0.0)
}

#[test]
fn a_heap_above_serves_a_county_and_is_booked_to_the_city() {
    // The county delivers 20 and draws 50; the city's market has 10 from elsewhere and may reclaim 15 of its
    // heap: 5 stay unmet. Used 20 + 10 + 15 = 45 of 30 generated + 15 prior: all of it.
    let mut town = Town::new();
    let waste = town.waste("waste");
    let county = town.county("A");
    town.process("here", county).byproduct(waste, 1.0).open().level(20.0);
    town.process("elsewhere", Places::ROOT).byproduct(waste, 1.0).open().level(10.0);
    town.process("works", county).input(waste, 1.0).open().treatment(Treatment::Utilisation).level(50.0);
    let heap = town.market(waste, Places::ROOT);
    heap.opening_stock = Some(Quantity::exact(15.0));
    heap.reclaim_limit = Some(Quantity::exact(100.0));
    town.market(waste, county);
    let values = run(&town.model);
    let at = |place, name| term(&values, place, 2015, name);
    assert_close(at(Places::ROOT, "used"), 45.0);
    assert_close(at(Places::ROOT, "generated"), 30.0);
    assert_close(at(Places::ROOT, "prior"), 15.0);
    // The county's own 20 t are used; the heap and the 10 t are not its.
    assert_close(at(county, "used"), 20.0);
    assert_close(at(county, "prior"), 0.0);
    let value = values.iter().find(|v| v.place == county && v.year == 2015).expect("evaluated");
    assert!(value.is_stained(), "5 t of the county's draw are unmet");
    // The heap is empty afterwards.
    assert_close(term(&values, Places::ROOT, 2016, "prior"), 0.0);
}

#[test]
fn every_value_opens_to_flows_that_sum_to_it_with_their_rows() {
    let mut town = Town::new();
    let waste = town.waste("waste");
    let county = town.county("A");
    town.process("mine", county).byproduct(waste, 1.0).open().level(100.0);
    town.process("brick", county)
        .feed(waste, 1.0)
        .open()
        .treatment(Treatment::Utilisation)
        .capacity(30.0)
        .takes();
    let values = run(&town.model);
    for value in &values {
        for term in &value.terms {
            let sum: f64 = term.parts.iter().map(|p| p.value).sum();
            assert_close(sum, term.value.unwrap_or(0.0));
            for part in &term.parts {
                assert!(!part.rows.is_empty());
                assert!(matches!(part.booked, Booked::Flow { share, .. } if share > 0.0));
            }
        }
    }
    assert_close(values[0].value.clone().expect("computable"), 0.3);
}

#[derive(Clone, Debug)]
struct Works {
    place: usize,
    treatment: Treatment,
    capacity: f64,
    draws: bool,
}

#[derive(Clone, Debug)]
struct System {
    /// Place of each source (0 the city, 1–3 counties, 4–5 parks) and its amount.
    sources: Vec<(usize, f64)>,
    works: Vec<Works>,
    /// Places with a market of their own: opening stock, reclaim limit, kept local.
    markets: Vec<(usize, f64, f64, bool)>,
    /// Import limit of the root's market.
    imports: f64,
}

fn systems() -> impl Strategy<Value = System> {
    let treatment = prop::sample::select(vec![
        Treatment::Reuse,
        Treatment::Utilisation,
        Treatment::EnergyRecovery,
        Treatment::Backfill,
        Treatment::None,
        Treatment::Treatment,
        Treatment::Storage,
        Treatment::Disposal,
    ]);
    let works = (0_usize..6, treatment, 1.0..200.0_f64, any::<bool>())
        .prop_map(|(place, treatment, capacity, draws)| Works { place, treatment, capacity, draws });
    (
        prop::collection::vec((0_usize..6, 0.0..300.0_f64), 1..6),
        prop::collection::vec(works, 0..8),
        prop::collection::vec((0_usize..6, 0.0..200.0_f64, 0.0..80.0_f64, any::<bool>()), 0..6),
        0.0..100.0_f64,
    )
        .prop_map(|(sources, works, markets, imports)| System { sources, works, markets, imports })
}

fn build(system: &System) -> (Model, Vec<PlaceId>) {
    let mut town = Town::new();
    let waste = town.waste("waste");
    let mut places = vec![Places::ROOT];
    for key in ["A", "B", "C"] {
        places.push(town.county(key));
    }
    places.push(town.park("P", places[1]));
    places.push(town.park("Q", places[2]));
    for (at, &(place, amount)) in system.sources.iter().enumerate() {
        town.process(&format!("source{at}"), places[place]).byproduct(waste, 1.0).open().level(amount);
    }
    for (at, works) in system.works.iter().enumerate() {
        let key = format!("works{at}");
        let process = town.process(&key, places[works.place]).treatment(works.treatment).open();
        if works.draws {
            process.input(waste, 1.0).level(works.capacity);
        } else {
            process.feed(waste, 1.0).capacity(works.capacity).takes();
        }
    }
    let mut with_market = Vec::new();
    for &(place, stock, limit, keep_local) in &system.markets {
        if with_market.contains(&place) {
            continue;
        }
        with_market.push(place);
        let rule = town.market(waste, places[place]);
        rule.opening_stock = Some(Quantity::exact(stock));
        rule.reclaim_limit = Some(Quantity::exact(limit));
        rule.keep_local = keep_local && place != 0;
        if place == 0 {
            rule.import_limit = Some(Quantity::exact(system.imports));
        }
    }
    (town.model, places)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn on_any_solved_system_rates_lie_between_0_and_1_and_places_sum_up(system in systems()) {
        let (model, places) = build(&system);
        let values = run(&model);
        for value in &values {
            if let Ok(rate) = value.value {
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&rate), "{rate} in {system:?}");
            }
        }
        for year in [2015, 2018] {
            for name in ["used", "generated", "prior"] {
                let at = |place: PlaceId| {
                    let value = values.iter().find(|v| v.place == place && v.year == year);
                    value.and_then(|v| v.terms.iter().find(|t| t.name == name)).and_then(|t| t.value)
                };
                // What is not in a county is the city's own: never negative, and nothing is counted twice.
                let city = at(Places::ROOT).unwrap_or(0.0);
                let counties: f64 = places[1..4].iter().filter_map(|&p| at(p)).sum();
                prop_assert!(counties <= city + 1e-9 * city.max(1.0), "{name} {year} {counties} {city}");
                let own = system.sources.iter().any(|s| s.0 == 0) || system.markets.iter().any(|m| m.0 == 0);
                // A city whose sources and heaps all lie in counties has nothing of its own; its market
                // begins empty and may only hold what was stored later, never reclaimed without a rule.
                if !own {
                    prop_assert!((counties - city).abs() <= 1e-9 * city.max(1.0), "{name} {year}");
                }
                for (park, county) in [(4, 1), (5, 2)] {
                    if let (Some(park), Some(county)) = (at(places[park]), at(places[county])) {
                        prop_assert!(park <= county + 1e-9 * county.max(1.0));
                    }
                }
            }
        }
    }
}
