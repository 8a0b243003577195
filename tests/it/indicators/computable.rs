//! What cannot be computed says so, with its reason, and is never taken as zero.

use super::hand::Hand;
use crate::town::Town;
use circflow::diagnostic::Language;
use circflow::indicators::NotComputable;
use circflow::model::{Places, Quality};

#[test]
fn a_missing_statistic_is_named() {
    let mut hand = Hand::new(Town::new());
    hand.statistic("energy_consumption", 5.0);
    let result = hand.appraise();
    let value = result.get("ce2017-03", Places::ROOT, 2015);
    let reason = value.value.as_ref().expect_err("no GDP");
    assert_eq!(reason.reason(Language::En), "term “gdp” lacks statistics: gdp_constant 2015");
    assert_eq!(reason.reason(Language::Zh), "缺少“gdp”所需的数据：statistics: gdp_constant 2015");
    assert_eq!((value.grade, value.poor_share), (None, None));
}

#[test]
fn a_statistic_is_not_filled_in_unless_its_row_says_so() {
    let mut hand = Hand::new(Town::new());
    hand.statistic_of("gdp_constant", Places::ROOT, &[(2015, 10.0), (2017, 12.0)], Quality::Official, None);
    hand.statistic("energy_consumption", 5.0);
    let result = hand.appraise();
    assert!(result.get("ce2017-03", Places::ROOT, 2015).value.is_ok());
    assert!(result.get("ce2017-03", Places::ROOT, 2016).value.is_err());
    assert!(result.get("ce2017-03", Places::ROOT, 2017).value.is_ok());
    assert!(result.get("ce2017-03", Places::ROOT, 2018).value.is_err());
}

#[test]
fn the_composite_lacks_a_member_rather_than_counting_it_as_zero() {
    let mut hand = Hand::new(Town::new());
    for (key, value) in [
        ("straw_used", 1.0),
        ("straw_collectable", 2.0),
        ("solid_waste_used", 1.0),
        ("solid_waste_generated", 2.0),
        ("solid_waste_used_prior", 0.0),
        ("recyclables_recovered", 1.0),
        ("recyclables_generated", 2.0),
        ("construction_waste_treated", 1.0),
        ("construction_waste_generated", 2.0),
    ] {
        hand.statistic(key, value);
    }
    let result = hand.appraise();
    let value = result.get("ce2017-02", Places::ROOT, 2015);
    assert_eq!(value.value, Err(NotComputable::MissingMember("ce2017-10".into())));
    // The members that do have a value are still shown.
    assert_eq!(value.terms.iter().filter(|t| t.value == Some(0.5)).count(), 4);
}

#[test]
fn a_zero_denominator_is_said() {
    let mut hand = Hand::new(Town::new());
    hand.statistic("straw_used", 0.0);
    hand.statistic("straw_collectable", 0.0);
    let result = hand.appraise();
    assert_eq!(result.get("ce2017-06", Places::ROOT, 2015).value, Err(NotComputable::DivisionByZero));
}

#[test]
fn a_year_without_solution_is_said() {
    let mut hand = Hand::new(Town::new());
    hand.statistic("straw_used", 1.0);
    hand.statistic("straw_collectable", 2.0);
    hand.years = vec![2015, 2016];
    let result = hand.appraise();
    assert_eq!(result.get("ce2017-06", Places::ROOT, 2016).value, Ok(0.5));
    assert_eq!(result.get("ce2017-06", Places::ROOT, 2017).value, Err(NotComputable::NotSolved));
}

#[test]
fn a_statistic_of_another_dimension_is_refused() {
    let mut hand = Hand::new(Town::new());
    hand.statistic("straw_used", 1.0);
    hand.statistic("straw_collectable", 2.0);
    hand.town.model.statistics[0].dimension = circflow::units::Dimension::Volume;
    let result = hand.appraise();
    let reason =
        result.get("ce2017-06", Places::ROOT, 2015).value.clone().expect_err("cubic metres of straw");
    assert_eq!(reason.reason(Language::En), "term “used” lacks straw_used: t (m3)");
}

#[test]
fn every_indicator_is_there_for_the_city_and_each_county_in_each_year() {
    let mut town = Town::new();
    let county = town.county("A");
    let park = town.park("P", county);
    let hand = Hand::new(town);
    let result = hand.appraise();
    for definition in &result.definitions {
        for year in 2015..=2020 {
            for place in [Places::ROOT, county] {
                assert!(result.try_get(&definition.key, place, year).is_some(), "{}", definition.key);
            }
        }
        assert!(result.try_get(&definition.key, park, 2015).is_none());
    }
    let order: Vec<_> = result.values.iter().map(|v| (v.definition, v.place, v.year)).collect();
    assert!(order.is_sorted());
}
