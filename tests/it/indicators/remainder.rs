//! Statistics, the remainder that the model does not cover, and what projects change.

use super::hand::{Hand, assert_close, row};
use crate::town::Town;
use circflow::calendar::Month;
use circflow::diagnostic::Language;
use circflow::funding::ledger::ProjectSchedule;
use circflow::indicators::definition::{After, TermKind};
use circflow::indicators::{Booked, Definition, findings};
use circflow::model::{
    Change, Effect, EffectTarget, PlaceKind, Places, Project, ProjectClass, Quality, TableKind, Treatment,
};
use circflow::money::{Fen, Ppm};
use circflow::network::ArcKind;
use circflow::quantity::Quantity;

/// A city of which the model has 100 t generated and 40 t used; from 2017 on 60 t are used.
fn modelled() -> Hand {
    let mut town = Town::new();
    let waste = town.waste("waste");
    let city = town.city();
    let maker = town.process("maker", city).byproduct(waste, 1.0).level(1.0);
    let works = town.process("works", city).feed(waste, 1.0).treatment(Treatment::Utilisation).takes();
    let mut hand = Hand::new(town);
    let market = hand.market(waste, city);
    hand.delivery(maker, market, 100.0);
    let take = hand.get(ArcKind::Take, market, works, 40.0);
    hand.from(2017, take, 60.0);
    hand
}

#[test]
fn base_statistic_plus_modelled_change_with_the_remainder_as_a_part() {
    // Statistics: 150 generated, 70 used. Remainder 50 and 30, held. 2015: 70 ÷ 150; 2017: (60 + 30) ÷ 150.
    let mut hand = modelled();
    hand.statistic("solid_waste_generated", 150.0);
    hand.statistic("solid_waste_used", 70.0);
    let result = hand.appraise();
    assert_close(result.city("ce2017-07"), 70.0 / 150.0);
    assert_close(result.of("ce2017-07", Places::ROOT, 2017), 90.0 / 150.0);
    let value = result.get("ce2017-07", Places::ROOT, 2017);
    let used = value.terms.iter().find(|t| t.name == "used").expect("the term");
    let remainder = used.parts.iter().find(|p| p.booked == Booked::Remainder("solid_waste_used".into()));
    assert_eq!(remainder.map(|p| p.value), Some(30.0));
    assert_eq!(used.coverage, Some(60.0 / 90.0));
    // Held beyond the base year it is an estimate, whatever the base year's row was.
    assert_eq!(remainder.map(|p| p.poor), Some(true));
    // Prior-year stock has no statistic: only what is modelled (none) is counted, and coverage says so.
    let prior = value.terms.iter().find(|t| t.name == "prior").expect("the term");
    assert_eq!((prior.value, prior.coverage), (Some(0.0), None));
}

#[test]
fn a_remainder_grows_as_its_row_declares_or_as_the_definition_says() {
    // 50 t of remainder growing by 10 % a year: 2017 60.5; by the definition's 20 %: 72; held: 50.
    let mut hand = modelled();
    hand.statistic_of("solid_waste_generated", Places::ROOT, &[(2015, 150.0)], Quality::Official, Some(0.1));
    let generated = |definitions: Vec<Definition>| {
        let result = hand.appraise_with(definitions);
        result.term("ce2017-07", Places::ROOT, 2017, "generated")
    };
    let with = |after: After| {
        let mut definitions = super::hand::shipped();
        for term in definitions.iter_mut().flat_map(|d| &mut d.terms) {
            if let TermKind::Flows { remainder: Some(remainder), .. } = &mut term.kind {
                remainder.after = after;
            }
        }
        definitions
    };
    assert_close(generated(super::hand::shipped()), 160.5);
    assert_close(generated(with(After::Grown(0.2))), 172.0);
    assert_close(generated(with(After::Held)), 150.0);
}

#[test]
fn a_county_has_the_modelled_part_only_and_says_so() {
    let mut town = Town::new();
    let waste = town.waste("waste");
    let county = town.county("A");
    let maker = town.process("maker", county).byproduct(waste, 1.0).level(1.0);
    let works = town.process("works", county).feed(waste, 1.0).treatment(Treatment::Reuse).takes();
    let mut hand = Hand::new(town);
    let market = hand.market(waste, Places::ROOT);
    hand.delivery(maker, market, 100.0);
    hand.get(ArcKind::Take, market, works, 25.0);
    hand.statistic("solid_waste_generated", 400.0);
    hand.statistic("solid_waste_used", 100.0);
    let result = hand.appraise();
    assert_close(result.of("ce2017-07", county, 2015), 0.25);
    let generated = |place| {
        let value = result.get("ce2017-07", place, 2015);
        value.terms.iter().find(|t| t.name == "generated").expect("the term").coverage
    };
    assert_eq!(generated(county), None);
    assert_eq!(generated(Places::ROOT), Some(0.25));
}

#[test]
fn more_in_the_model_than_in_the_statistic_is_told() {
    let mut hand = modelled();
    hand.statistic("solid_waste_generated", 90.0);
    let result = hand.appraise();
    // The base year equals the statistic, the change is the model's.
    assert_close(result.term("ce2017-07", Places::ROOT, 2015, "generated"), 90.0);
    let found = findings(&result.definitions, &hand.town.model, &result.values);
    let lines: Vec<String> = found.0.iter().map(|d| d.line(Language::En)).collect();
    assert_eq!(
        lines,
        [
            "warning W502: city: in the base year the model has 100 t of “generated” (indicator ce2017-07), more than \
          the statistic 90; the remainder is negative and kept so"
        ]
    );
}

fn project(change: Change, key: &str, place: circflow::id::PlaceId) -> Project {
    Project {
        key: "P".into(),
        name: "项目".into(),
        name_en: "Project".into(),
        class: ProjectClass::Key,
        programme: None,
        place,
        owner: None,
        investment: Fen(1),
        eligible_investment: Fen(1),
        earliest_start: Month::january(2016),
        build_months: 1,
        progress: Ppm(0),
        status: None,
        priority: 1,
        bridge_share: Ppm(0),
        jobs: None,
        operating_cost: None,
        revenue: None,
        effects: vec![Effect {
            target: EffectTarget::Statistic(key.into(), place),
            change,
            provenance: row(TableKind::Effects, Quality::Derived),
        }],
        provenance: row(TableKind::Projects, Quality::Derived),
    }
}

fn on_stream(month: Option<Month>) -> ProjectSchedule {
    ProjectSchedule {
        built: true,
        start: month,
        complete: month.map(|m| m.plus(-1)),
        on_stream: month,
        planned_on_stream: month,
    }
}

#[test]
fn projects_change_statistics_by_their_months_on_stream() {
    // Straw used 100 of 200, held. A county's project adds 24 t a year from October 2016 on: 6 t in 2016, 24 t after.
    // A second one, never on stream, adds nothing.
    let mut town = Town::new();
    let county = town.place("A", PlaceKind::County, Some(Places::ROOT));
    let add = Change::Add(Quantity::exact(24.0));
    town.project(project(add, "straw_used", county));
    town.project(project(add, "straw_used", county));
    let mut hand = Hand::new(town);
    hand.schedules = vec![on_stream(Month::new(2016, 10)), on_stream(None)];
    hand.statistic("straw_used", 100.0);
    hand.statistic("straw_collectable", 200.0);
    let result = hand.appraise();
    for (year, expected) in [(2015, 100.0), (2016, 106.0), (2017, 124.0)] {
        assert_close(result.of("ce2017-06", Places::ROOT, year), expected / 200.0);
    }
    let value = result.get("ce2017-06", Places::ROOT, 2017);
    assert!(value.terms[0].parts.iter().any(|p| matches!(p.booked, Booked::Effect(_)) && p.value == 24.0));
}

#[test]
fn factors_on_one_statistic_multiply() {
    // 1,000 tce; two projects save 10 % each, on stream the whole of 2017: 1,000·0.9·0.9 = 810.
    let mut town = Town::new();
    let city = town.city();
    let save = Change::Multiply(Quantity::exact(0.9));
    town.project(project(save, "energy_consumption", city));
    town.project(project(save, "energy_consumption", city));
    let mut hand = Hand::new(town);
    hand.schedules = vec![on_stream(Month::new(2016, 7)); 2];
    hand.statistic_of("gdp_constant", city, &[(2015, 8.1e6)], Quality::Official, Some(0.0));
    hand.statistic("energy_consumption", 1_000.0);
    let result = hand.appraise();
    assert_close(result.of("ce2017-03", city, 2017), 1.0);
    // Half a year of each in 2016: 1,000·0.95·0.95.
    assert_close(result.term("ce2017-03", city, 2016, "energy"), 902.5);
}

#[test]
fn a_factor_on_a_statistic_that_nobody_gave_is_told() {
    let mut town = Town::new();
    let county = town.county("A");
    town.project(project(Change::Multiply(Quantity::exact(0.9)), "energy_consumption", county));
    town.project(project(Change::Add(Quantity::exact(1.0)), "energy_consumption", county));
    let mut hand = Hand::new(town);
    hand.schedules = vec![on_stream(Month::new(2016, 1)); 2];
    hand.statistic_of("gdp_constant", Places::ROOT, &[(2015, 100.0)], Quality::Official, Some(0.0));
    hand.statistic("energy_consumption", 9.0);
    let result = hand.appraise();
    // The city's statistic takes the amount added by the county's project, not the factor on nothing.
    assert_close(result.term("ce2017-03", Places::ROOT, 2016, "energy"), 10.0);
    let found = findings(&result.definitions, &hand.town.model, &result.values);
    let codes: Vec<&str> = found.0.iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["W505"]);
}
