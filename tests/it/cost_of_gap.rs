//! The cost of the missing county money, computed by hand and on random towns.

use std::sync::atomic::{AtomicUsize, Ordering};

use circflow::counterfactual::{GapCost, Measure, Measured, cost_of_gap, sentence};
use circflow::diagnostic::Language;
use circflow::funding::{FundingOptions, ProjectSchedule, fund};
use circflow::id::PlaceId;
use circflow::model::{FundLevel, IfMissing, MatchingRule, Model, ProjectClass};
use circflow::money::Ppm;
use proptest::prelude::*;

use crate::treasury::{Treasury, random};

/// Ten tonnes for every month on stream; a rate of one point for every project on stream at the end.
fn simple(schedule: &[ProjectSchedule]) -> Measured {
    let months: u32 = schedule.iter().map(|p| p.months_on_stream_until(2020)).sum();
    let on_stream = schedule.iter().filter(|p| p.on_stream.is_some()).count();
    Measured {
        tonnes: Some(f64::from(months) * 10.0),
        composite: None,
        solid_waste: Some(on_stream as f64 / 100.0),
    }
}

fn line(table: &[GapCost], matching: bool, bridge: u32, measure: Measure) -> &GapCost {
    let found = table
        .iter()
        .find(|l| l.matching == matching && l.bridge == Some(Ppm(bridge)) && l.measure == measure);
    found.expect("a line for every state and measure")
}

fn total(table: &[GapCost], matching: bool, bridge: u32, measure: Measure) -> f64 {
    line(table, matching, bridge, measure).total.expect("computable")
}

/// A municipal fund of 1,200 under the county rule; `county` owes 300 by July 2016 and pays never; its
/// project (1,200 over 12 months from January 2016) is the municipal fund's.
fn one_county() -> Treasury {
    let mut t = Treasury::new();
    let county = t.town.county("county");
    let municipal = t.municipal();
    t.edit_fund(municipal).matching = MatchingRule::CountyOfProject;
    t.paid_in(municipal, "2016-01", 1_200);
    let own = t.fund("own", FundLevel::County, county);
    t.duty(county, own, 300, "2016-07");
    let project = t.project("works", county, 1_200, "2016-01", 12);
    t.pays(project, municipal, 1_200);
    t
}

#[test]
fn the_first_line_is_the_scenario_as_it_stands() {
    let mut t = one_county();
    t.edit_project(circflow::id::ProjectId(0)).bridge_share = Ppm(300_000);
    let table = cost_of_gap(t.model(), &simple);
    let own = |table: &[GapCost], matching| {
        let found = table
            .iter()
            .find(|l| l.matching == matching && l.bridge.is_none() && l.measure == Measure::ProjectMonths);
        found.expect("a line of the scenario").total
    };
    assert_eq!(own(&table, true), Some(45.0), "its owner bridges 30 %: as in that line");
    assert_eq!(own(&table, false), Some(0.0));
    t.edit_project(circflow::id::ProjectId(0)).bridge_share = Ppm::ONE;
    assert_eq!(own(&cost_of_gap(t.model(), &simple), true), Some(0.0), "its owner bridges all");
    // What the line says is the difference of the scenario with the duties met and as it is.
    let months = |counties_pay: Vec<PlaceId>| -> f64 {
        let options = FundingOptions { counties_pay, ..FundingOptions::of(t.model()) };
        f64::from(
            fund(t.model(), &options).schedule.iter().map(|p| p.months_on_stream_until(2020)).sum::<u32>(),
        )
    };
    let counties = circflow::counterfactual::owing_counties(t.model());
    assert_eq!(own(&cost_of_gap(t.model(), &simple), false), Some(months(counties) - months(Vec::new())));
}

#[test]
fn the_rule_alone_carries_the_cost() {
    let t = one_county();
    let table = cost_of_gap(t.model(), &simple);
    assert_eq!(table.len(), 2 * 4 * 4);
    for bridge in [0, 300_000, 1_000_000] {
        assert_eq!(total(&table, false, bridge, Measure::ProjectMonths), 0.0);
    }
    // With the rule: established in July 2016, work July to June, on stream from July 2017:
    // 6 months of 2017 and 3 · 12 of 2018 to 2020 = 42; without the county's money never.
    let months = line(&table, true, 0, Measure::ProjectMonths);
    assert_eq!((months.total, months.at_least), (Some(42.0), true));
    assert_eq!((months.counties[0].alone, months.counties[0].shapley), (42.0, 42.0));
    assert_eq!(total(&table, true, 0, Measure::Tonnes), 420.0);
    let points = line(&table, true, 0, Measure::SolidWastePoints);
    assert_eq!(
        (points.total, points.at_least),
        (Some(1.0), false),
        "a rate of the last year is no lower bound"
    );
    // With 30 % bridged, work is 1, 2, 3, 3.6 in April, and stands until July: then 4.6 … 11.6 in February
    // 2017 and 12 in March: on stream from April, 9 + 36 months.
    assert_eq!(total(&table, true, 300_000, Measure::ProjectMonths), 45.0);
    // With all bridged nobody waits.
    assert_eq!(total(&table, true, 1_000_000, Measure::ProjectMonths), 0.0);
    // What is not computable has no total and no counties.
    let composite = line(&table, true, 0, Measure::CompositePoints);
    assert_eq!((composite.total, composite.counties.len()), (None, 0));
    let zh = sentence(&table, t.model(), Language::Zh);
    assert!(
        zh.contains("全部代价来自") && zh.contains("≥ 45个项目月") && zh.contains("业主全额垫付时代价为零"),
        "{zh}"
    );
    let en = sentence(&table, t.model(), Language::En);
    assert!(
        en.contains("All of it comes from the matching rule") && en.contains("≥ 45 project-months"),
        "{en}"
    );
}

#[test]
fn the_bridge_carries_the_cost_where_no_rule_is_written() {
    let mut t = Treasury::new();
    let county = t.town.county("county");
    let own = t.fund("own", FundLevel::County, county);
    t.duty(county, own, 300, "2016-07");
    let project = t.project("works", county, 1_000, "2016-01", 10);
    t.pays(project, own, 300);
    let bank = t.fund("bank", FundLevel::Bank, county);
    t.edit_fund(bank).open = true;
    t.pays(project, bank, 700);
    let table = cost_of_gap(t.model(), &simple);
    // Of 100 due a month the bank pays 70 and the county 30. Without a bridge work stands at 7 of 10 months
    // for ever. If the county pays in July, work is 0.7, 1.4 … 4.2 in June and then one a month: 5.2 in
    // July … 9.2 in November, 10 in December; on stream 2017 to 2020: 48 months.
    for matching in [false, true] {
        let months = line(&table, matching, 0, Measure::ProjectMonths);
        assert_eq!((months.total, months.at_least), (Some(48.0), true));
        assert_eq!(total(&table, matching, 300_000, Measure::ProjectMonths), 0.0);
    }
    let en = sentence(&table, t.model(), Language::En);
    assert!(en.contains("how much owners can bridge") && en.contains("owners pay first"), "{en}");
}

#[test]
fn a_gap_that_nobody_waits_for_costs_nothing_and_is_said_to() {
    let mut t = one_county();
    t.town.model.funds[circflow::id::FundId(0)].matching = MatchingRule::None;
    let table = cost_of_gap(t.model(), &simple);
    assert!(table.iter().all(|l| l.total.is_none_or(|total| total == 0.0)));
    assert!(sentence(&table, t.model(), Language::En).contains("costs nothing"));
    // Nobody owes anything: no table, no sentence.
    t.town.model.duties.clear();
    let table = cost_of_gap(t.model(), &simple);
    assert!(table.is_empty() && sentence(&table, t.model(), Language::Zh).is_empty());
}

/// Two counties share a municipal fund that is too small for both: the second has paid, the first has not.
/// Once the first pays, its key project of 2,400 takes most of what there was for the second's of 1,200.
fn a_fund_too_small() -> Treasury {
    let mut t = Treasury::new();
    let (first, second) = (t.town.county("first"), t.town.county("second"));
    let municipal = t.municipal();
    t.edit_fund(municipal).matching = MatchingRule::CountyOfProject;
    t.paid_in(municipal, "2016-01", 1_200);
    for (county, key) in [(first, "own1"), (second, "own2")] {
        let own = t.fund(key, FundLevel::County, county);
        t.duty(county, own, 300, "2016-01");
    }
    t.paid_in(circflow::id::FundId(2), "2016-01", 300);
    let large = t.project("large", first, 2_400, "2016-01", 12);
    t.edit_project(large).class = ProjectClass::Key;
    t.pays(large, municipal, 2_400);
    let small = t.project("small", second, 1_200, "2016-01", 12);
    t.pays(small, municipal, 1_200);
    t
}

#[test]
fn a_share_may_be_negative_and_the_reason_is_given() {
    let t = a_fund_too_small();
    let table = cost_of_gap(t.model(), &simple);
    // Actual: the second's project is paid 100 a month and on stream from January 2017: 48 months.
    // With the first paying: 200 + 100 a month, the fund is empty after April, neither is ever built.
    let months = line(&table, true, 0, Measure::ProjectMonths);
    assert_eq!(months.total, Some(-48.0));
    assert_eq!(months.counties[0].shapley, -48.0);
    assert_eq!((months.counties[1].alone, months.counties[1].shapley), (0.0, 0.0), "it has paid already");
    let en = sentence(&table, t.model(), Language::En);
    assert!(
        en.contains("The share of first is negative with the matching rule") && en.contains("“municipal”"),
        "{en}"
    );
    let zh = sentence(&table, t.model(), Language::Zh);
    assert!(zh.contains("first的分摊份额") && zh.contains("“municipal”"), "{zh}");
}

#[test]
fn a_negative_share_in_the_materials_is_not_blamed_on_money() {
    let t = one_county();
    let displacing = |schedule: &[ProjectSchedule]| {
        let months: u32 = schedule.iter().map(|p| p.months_on_stream_until(2020)).sum();
        Measured { tonnes: Some(-f64::from(months)), composite: None, solid_waste: None }
    };
    let table = cost_of_gap(t.model(), &displacing);
    assert!(total(&table, true, 0, Measure::Tonnes) < 0.0);
    assert!(sentence(&table, t.model(), Language::En).contains("the loss is in the materials"));
}

#[test]
fn two_counties_whose_money_is_needed_together_share_the_total() {
    let mut t = Treasury::new();
    let city = t.town.city();
    let project = t.project("joint", city, 1_200, "2016-01", 12);
    for key in ["a", "b"] {
        let county = t.town.county(key);
        let own = t.fund(key, FundLevel::County, county);
        t.duty(county, own, 600, "2016-01");
        t.pays(project, own, 600);
    }
    let table = cost_of_gap(t.model(), &simple);
    let months = line(&table, false, 0, Measure::ProjectMonths);
    // Neither alone completes it; both do, on stream 2017 to 2020: 48 months, 24 each.
    assert_eq!(months.total, Some(48.0));
    for county in &months.counties {
        assert_eq!((county.alone, county.shapley), (0.0, 24.0));
    }
}

#[test]
fn every_distinct_schedule_is_run_once() {
    let t = a_fund_too_small();
    let runs = AtomicUsize::new(0);
    let counted = |schedule: &[ProjectSchedule]| {
        runs.fetch_add(1, Ordering::Relaxed);
        simple(schedule)
    };
    let table = cost_of_gap(t.model(), &counted);
    let distinct = all_schedules(t.model());
    assert_eq!(runs.load(Ordering::Relaxed), distinct);
    assert!(distinct < 32, "eight states of four subsets share {distinct} schedules");
    assert_eq!(table.len(), 32);
}

/// Number of distinct vectors of months on stream over all states and subsets of two counties.
fn all_schedules(model: &Model) -> usize {
    let counties: Vec<PlaceId> = model.places.counties().collect();
    let mut met = std::collections::BTreeSet::new();
    for matching in [false, true] {
        for bridge in circflow::counterfactual::BRIDGES {
            for subset in [vec![], vec![counties[0]], vec![counties[1]], counties.clone()] {
                let options = FundingOptions { matching, bridge, counties_pay: subset };
                let schedule = fund(model, &options).schedule;
                met.insert(schedule.iter().map(|p| p.on_stream).collect::<Vec<_>>());
            }
        }
    }
    met.len()
}

#[test]
fn above_eight_counties_the_drawn_shares_still_sum_to_the_total() {
    let mut t = Treasury::new();
    let municipal = t.municipal();
    t.edit_fund(municipal).matching = MatchingRule::CountyOfProject;
    t.paid_in(municipal, "2016-01", 4_000);
    for position in 0..10 {
        let county = t.town.county(&format!("county{position}"));
        let own = t.fund(&format!("own{position}"), FundLevel::County, county);
        t.duty(county, own, 300, "2016-07");
        // One starts after the other, so that those that pay early use up what the later ones need.
        let start = circflow::calendar::Month::january(2016).plus(3 * position as i32).to_string();
        let project = t.project(&format!("works{position}"), county, 500 + position * 70, &start, 12);
        t.pays(project, municipal, 500 + position * 70);
    }
    let table = cost_of_gap(t.model(), &simple);
    let months = line(&table, true, 0, Measure::ProjectMonths);
    let sum: f64 = months.counties.iter().map(|c| c.shapley).sum();
    assert_eq!(months.counties.len(), 10);
    let total = months.total.unwrap();
    assert!(total > 0.0 && (sum - total).abs() <= 1e-9 * total, "{sum} {total}");
    assert!(
        months.counties.iter().any(|c| (c.alone - c.shapley).abs() > 0.1),
        "the fund is too small for all"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_sum_to_the_total(seed in any::<u64>()) {
        let treasury = random(seed);
        let uneven = |schedule: &[ProjectSchedule]| {
            let tonnes = schedule.iter().zip(1..).map(|(p, n)| {
                let months = f64::from(p.months_on_stream_until(2020));
                months * months * 1.0e4 / f64::from(n)
            });
            Measured { tonnes: Some(tonnes.sum()), composite: Some(0.1), solid_waste: None }
        };
        let table = cost_of_gap(treasury.model(), &uneven);
        for line in &table {
            let Some(total) = line.total else { continue };
            let sum: f64 = line.counties.iter().map(|c| c.shapley).sum();
            let scale = line.counties.iter().map(|c| c.shapley.abs()).fold(total.abs(), f64::max);
            prop_assert!((sum - total).abs() <= 1e-9 * scale, "{sum} {total}");
            if let [only] = line.counties.as_slice() {
                prop_assert_eq!(only.alone, total);
            }
        }
        let said = sentence(&table, treasury.model(), Language::Zh);
        prop_assert_eq!(said.is_empty(), table.is_empty());
    }
}

#[test]
fn the_table_is_the_same_for_any_number_of_threads() {
    for seed in 0..20 {
        let treasury = random(seed);
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| cost_of_gap(treasury.model(), &simple))
        };
        assert_eq!(with(1), with(4));
    }
}

#[test]
fn what_bridging_cannot_mend_is_not_said_to_cost_nothing() {
    let mut t = one_county();
    // A second project that does not start before the county's fund is there, whoever bridges.
    let (county, own) = (t.town.model.projects[circflow::id::ProjectId(0)].place, circflow::id::FundId(1));
    let waiting = t.project("waiting", county, 100, "2016-01", 2);
    let row = t.pays(waiting, own, 100);
    t.town.model.financing[row].if_missing = IfMissing::Drop;
    let table = cost_of_gap(t.model(), &|schedule| Measured { tonnes: Some(0.0), ..simple(&schedule[..1]) });
    // Started in July 2016, built in August, on stream from September: 4 + 48 months.
    assert_eq!(total(&table, false, 1_000_000, Measure::ProjectMonths), 52.0);
    let zh = sentence(&table, t.model(), Language::Zh);
    assert!(!zh.contains("代价为零") && zh.contains("业主全额垫付时仍少投产≥ 52个项目月：“waiting”"), "{zh}");
    let en = sentence(&table, t.model(), Language::En);
    assert!(!en.contains("the cost is zero") && en.contains("still ≥ 52 project-months"), "{en}");
}
