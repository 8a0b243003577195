//! Matching rules and duties, computed by hand; amounts in fen.

use circflow::funding::{EntryKind, FundingOptions, fund};
use circflow::gaps;
use circflow::model::{FundLevel, MatchingRule, Recurrence};
use circflow::money::Fen;

use crate::treasury::{Treasury, a_late_county, entries, listed, month, one_project};

#[test]
fn what_a_rule_withholds_is_not_lost_and_paid_from_the_month_of_establishment() {
    let (t, own) = a_late_county();
    // Without the rule nobody waits.
    assert_eq!(t.run().schedule[0].complete, Some(month("2016-12")));
    let outcome = t.run_matching();
    let september = gaps::at(t.model(), &outcome, month("2016-09"));
    let municipal = september.funds[0];
    // Nine instalments of 100 are due and stopped; the fund holds 1,200: all held up, nothing short.
    assert_eq!((municipal.due, municipal.paid, municipal.held), (Fen(900), Fen(0), Fen(1_200)));
    assert_eq!((municipal.held_up, municipal.short), (Fen(900), Fen(0)));
    // The county's 300 are missing since the end of July: 31 + 30 days; they are all that is missing.
    let county = september.fund(own);
    assert_eq!((county.obligation, county.days_overdue), (Fen(300), 61));
    assert_eq!(september.missing(), Fen(300));
    let holdup = september.hold_ups[0];
    assert_eq!((holdup.by, holdup.held_up), (Some(own), Fen(900)));
    let by_county = gaps::by_county(t.model(), &september);
    assert_eq!((by_county[0].obligation, by_county[0].held_up), (Fen(300), Fen(900)));
    assert_eq!((by_county[1].county, by_county[1].obligation), (None, Fen(0)));
    // October: ten instalments at once; work begins in October and takes twelve months.
    assert_eq!(entries(&outcome, EntryKind::Payment)[0], ("2016-10".to_owned(), 1_000));
    assert_eq!(outcome.schedule[0].complete, Some(month("2017-09")));
    let october = gaps::at(t.model(), &outcome, month("2016-10"));
    assert_eq!(
        (october.held_up(), october.obligation(), october.fund(own).days_overdue),
        (Fen(0), Fen(0), 0)
    );
}

#[test]
fn a_county_that_pays_does_so_in_its_due_month() {
    let (t, _) = a_late_county();
    let county = t.model().duties[0].place;
    let options = FundingOptions { matching: true, bridge: None, counties_pay: vec![county] };
    let outcome = fund(t.model(), &options);
    // Established in July, not before: the project begins then.
    assert_eq!(outcome.schedule[0].complete, Some(month("2017-06")));
    let credits = entries(&outcome, EntryKind::Credit);
    assert_eq!(credits, listed(&[("2016-01", 1_200), ("2016-07", 300)]));
}

#[test]
fn later_money_moves_forward_and_is_not_added() {
    let mut t = Treasury::new();
    let county = t.town.county("county");
    let own = t.fund("own", FundLevel::County, county);
    t.duty(county, own, 300, "2015-07");
    t.paid_in(own, "2015-03", 50);
    t.paid_in(own, "2016-01", 200);
    t.paid_in(own, "2016-02", 150);
    let options = FundingOptions { counties_pay: vec![county], ..FundingOptions::default() };
    let credits = entries(&fund(t.model(), &options), EntryKind::Credit);
    // 50 as before; 250 in July make 300; January's 200 are in it; of February's 150, 50 were in it.
    assert_eq!(credits, listed(&[("2015-03", 50), ("2015-07", 250), ("2016-02", 100)]));
}

#[test]
fn a_fund_that_waits_for_a_named_fund() {
    let (mut t, municipal, _) = one_project();
    let city = t.town.city();
    let central = t.fund("central", FundLevel::Central, city);
    t.edit_fund(municipal).matching = MatchingRule::Fund(central);
    t.paid_in(municipal, "2015-01", 1_200);
    t.paid_in(central, "2015-05", 1);
    // Nothing is required of the central fund: it is established when anything is paid in.
    assert_eq!(entries(&t.run_matching(), EntryKind::Payment)[0], ("2015-05".to_owned(), 500));
}

#[test]
fn projects_outside_any_county_are_not_subject_to_the_county_rule() {
    let (mut t, municipal, _) = one_project();
    t.edit_fund(municipal).matching = MatchingRule::CountyOfProject;
    t.paid_in(municipal, "2015-01", 1_200);
    assert_eq!(t.run_matching().schedule[0].complete, Some(month("2015-12")));
}

#[test]
fn yearly_duties_fall_due_every_year() {
    let mut t = Treasury::new();
    let county = t.town.county("county");
    let own = t.fund("own", FundLevel::County, county);
    t.edit_fund(own).recurrence = Recurrence::Yearly;
    t.duty(county, own, 300, "2015-07");
    t.paid_in(own, "2015-07", 300);
    t.paid_in(own, "2017-01", 300);
    let outcome = t.run();
    let at = |when: &str| {
        let gap = *gaps::at(t.model(), &outcome, month(when)).fund(own);
        (gap.required.0, gap.obligation.0, gap.days_overdue)
    };
    assert_eq!(at("2015-07"), (300, 0, 0));
    assert_eq!(at("2016-07"), (600, 300, 0));
    assert_eq!(at("2016-09"), (600, 300, 61));
    assert_eq!(at("2017-01"), (600, 0, 0));
    assert_eq!(at("2018-08"), (1_200, 600, 396), "the oldest unmet duty is that of July 2017");
    // Established in July 2015, no longer in July 2016, again in January 2017.
    let established = listed(&[("2015-07", 300), ("2017-01", 600)]);
    assert_eq!(entries(&outcome, EntryKind::Established), established);
}

#[test]
fn a_rule_stops_again_when_a_yearly_duty_is_missed() {
    let (mut t, own) = a_late_county();
    t.edit_fund(own).recurrence = Recurrence::Yearly;
    t.paid_in(own, "2016-07", 300);
    // 600 of 300 required: established to June 2017 and, with 600 required, in July 2017 too.
    assert_eq!(t.run_matching().schedule[0].complete, Some(month("2017-06")));
    t.town.model.appropriations.pop();
    t.town.model.appropriations[1].month = month("2016-07");
    t.town.model.appropriations[0].amount = Fen(2_400);
    let second = t.project("second", t.model().duties[0].place, 1_200, "2017-06", 12);
    t.pays(second, circflow::id::FundId(0), 1_200);
    let outcome = t.run_matching();
    // Paid in June 2017, stopped from July 2017 on: the second project has one month's money.
    assert_eq!(outcome.schedule[1].complete, None);
    let last = gaps::at(t.model(), &outcome, month("2020-12"));
    assert_eq!(last.project(second).unwrap().paid, Fen(100));
    assert_eq!(last.held_up(), Fen(1_100));
}
