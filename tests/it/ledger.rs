//! The months of money, computed by hand; amounts in fen. Invariants on random towns are in `ledger_invariants`.

use circflow::funding::{EntryKind, FundingOptions, fund};
use circflow::gaps;
use circflow::id::ProjectId;
use circflow::model::{Decision, FundLevel, IfMissing, Payment, ProjectClass, Recurrence, RelationKind};
use circflow::money::{Fen, Ppm};

use crate::treasury::{Treasury, a_late_county, entries, listed, month, one_project};

#[test]
fn instalments_with_progress_are_rounded_down_and_cost_no_month() {
    let mut t = Treasury::new();
    let city = t.town.city();
    let municipal = t.municipal();
    let project = t.project("works", city, 100, "2015-01", 3);
    t.pays(project, municipal, 100);
    t.paid_in(municipal, "2015-01", 100);
    let outcome = t.run();
    // ⌊100/3⌋ = 33, ⌊200/3⌋ = 66, 100: rises of 33, 33, 34.
    let rises = listed(&[("2015-01", 33), ("2015-02", 33), ("2015-03", 34)]);
    assert_eq!(entries(&outcome, EntryKind::InstalmentDue), rises);
    assert_eq!(entries(&outcome, EntryKind::Payment), rises);
    // The third of a fen that was rounded off is not missing money: three months are three months.
    let schedule = outcome.schedule[0];
    assert_eq!(schedule.complete, Some(month("2015-03")));
    assert_eq!(schedule.on_stream, Some(month("2015-04")));
    assert_eq!(schedule.planned_on_stream, schedule.on_stream);
    assert_eq!(entries(&outcome, EntryKind::OnStream), listed(&[("2015-04", 0)]));
}

#[test]
fn an_advance_is_paid_at_the_start_and_the_rest_after_the_building() {
    let mut t = Treasury::new();
    let city = t.town.city();
    let municipal = t.municipal();
    let project = t.project("works", city, 101, "2015-01", 4);
    t.row(project, municipal, 101, Payment::Advance(Ppm(500_000)));
    t.paid_in(municipal, "2015-01", 101);
    let outcome = t.run();
    // ⌊101/2⌋ = 50 in January; built in April; 51 in May. The owner fronts 51 from January to April.
    assert_eq!(entries(&outcome, EntryKind::Payment), listed(&[("2015-01", 50), ("2015-05", 51)]));
    assert_eq!(entries(&outcome, EntryKind::Fronted), listed(&[("2015-01", 51), ("2015-05", -51)]));
    assert_eq!(entries(&outcome, EntryKind::Complete), listed(&[("2015-04", 0)]));
}

#[test]
fn money_on_completion_is_fronted_in_full_and_never_limits_work() {
    let mut t = Treasury::new();
    let city = t.town.city();
    let municipal = t.municipal();
    let project = t.project("works", city, 1_000, "2015-01", 5);
    t.row(project, municipal, 1_000, Payment::OnCompletion);
    let outcome = t.run();
    // The fund is empty, yet the works stand in May; from June on 1,000 are due and short.
    assert_eq!(outcome.schedule[0].complete, Some(month("2015-05")));
    assert_eq!(entries(&outcome, EntryKind::InstalmentDue), listed(&[("2015-06", 1_000)]));
    assert_eq!(entries(&outcome, EntryKind::Fronted), listed(&[("2015-01", 1_000)]));
    assert_eq!(gaps::at(t.model(), &outcome, month("2015-05")).short(), Fen(0));
    assert_eq!(gaps::at(t.model(), &outcome, month("2015-06")).short(), Fen(1_000));
}

#[test]
fn given_instalments_replace_the_months() {
    let mut t = Treasury::new();
    let city = t.town.city();
    let municipal = t.municipal();
    let project = t.project("works", city, 1_000, "2015-01", 10);
    let shares = vec![(0, Ppm(200_000)), (6, Ppm(600_000)), (11, Ppm::ONE)];
    t.row(project, municipal, 1_000, Payment::Instalments(shares));
    t.paid_in(municipal, "2015-01", 1_000);
    let outcome = t.run();
    let expected = listed(&[("2015-01", 200), ("2015-07", 400), ("2015-12", 400)]);
    assert_eq!(entries(&outcome, EntryKind::Payment), expected);
    // 20 % pays for 2 months of 10: work stands from March to June. July to October bring it to 6 = 60 %,
    // where it stands again until December: 7 in December, 8, 9, 10 in January to March 2016.
    assert_eq!(outcome.schedule[0].complete, Some(month("2016-03")));
}

#[test]
fn the_bridge_rises_and_falls_with_what_is_unpaid() {
    let (mut t, municipal, project) = one_project();
    t.edit_project(project).bridge_share = Ppm(300_000);
    t.paid_in(municipal, "2015-07", 1_200);
    let outcome = t.run();
    // Unpaid 100, 200, 300, 400 …: the bridge stops at 30 % of 1,200 = 360, and falls to 0 in July.
    let expected =
        listed(&[("2015-01", 100), ("2015-02", 100), ("2015-03", 100), ("2015-04", 60), ("2015-07", -360)]);
    assert_eq!(entries(&outcome, EntryKind::Bridge), expected);
    // Work 1, 2, 3, then 12 · 360/1,200 = 3.6 until June; July 4.6, and so on: 11.6 in February 2016, 12 in March.
    assert_eq!(outcome.schedule[0].complete, Some(month("2016-03")));
    let june = gaps::at(t.model(), &outcome, month("2015-06"));
    let state = june.project(project).unwrap();
    assert_eq!((state.unpaid, state.bridged, state.not_yet_due), (Fen(600), Fen(360), Fen(600)));
}

#[test]
fn an_owner_who_bridges_all_needs_no_fund_but_stays_owed() {
    let (t, _, _) = one_project();
    let options = FundingOptions { bridge: Some(Ppm::ONE), ..FundingOptions::default() };
    let outcome = fund(t.model(), &options);
    assert_eq!(outcome.schedule[0].complete, Some(month("2015-12")));
    let last = gaps::at(t.model(), &outcome, month("2020-12"));
    assert_eq!((last.short(), last.projects[0].bridged), (Fen(1_200), Fen(1_200)));
}

#[test]
fn owner_covers_bridges_its_row_without_limit() {
    let mut t = Treasury::new();
    let city = t.town.city();
    let (municipal, central) = (t.municipal(), t.fund("central", FundLevel::Central, city));
    let project = t.project("works", city, 1_200, "2015-01", 12);
    let row = t.pays(project, municipal, 1_100);
    t.if_missing(row, IfMissing::OwnerCovers);
    t.pays(project, central, 100);
    t.edit_project(project).bridge_share = Ppm(50_000);
    let outcome = t.run();
    // 1,100 are covered without limit, of the other row's 100 only 5 % of 1,200 = 60: work stops at
    // 12 · 1,160/1,200 = 11.6 months.
    assert_eq!(outcome.schedule[0].complete, None);
    assert_eq!(gaps::at(t.model(), &outcome, month("2020-12")).projects[0].bridged, Fen(1_160));
    t.paid_in(central, "2016-06", 40);
    // Forty more and all is there: 40 paid + min(60, 60 unpaid) bridged.
    assert_eq!(t.run().schedule[0].complete, Some(month("2016-06")));
}

#[test]
fn unspent_money_is_taken_back_at_lapse() {
    let (mut t, municipal, _) = one_project();
    t.edit_fund(municipal).lapse = Some(6);
    t.paid_in(municipal, "2015-05", 1_000);
    t.paid_in(municipal, "2016-05", 1_000);
    // Set up once: by the end of June 2015, 600 are due and paid; 400 are taken back, later money is not.
    let outcome = t.run();
    assert_eq!(entries(&outcome, EntryKind::TakenBack), listed(&[("2015-06", 400)]));
    let gap = gaps::at(t.model(), &outcome, month("2020-12")).funds[0];
    assert_eq!(
        (gap.paid_in, gap.paid, gap.held, gap.taken_back),
        (Fen(2_000), Fen(1_200), Fen(400), Fen(400))
    );
    // Set up every year: what is left in June 2016 goes too.
    t.edit_fund(municipal).recurrence = Recurrence::Yearly;
    let outcome = t.run();
    assert_eq!(entries(&outcome, EntryKind::TakenBack), listed(&[("2015-06", 400), ("2016-06", 400)]));
}

#[test]
fn a_project_with_a_drop_row_waits_for_the_fund_to_start() {
    let (mut t, own) = a_late_county();
    let project = ProjectId(0);
    t.edit_project(project).investment = Fen(1_500);
    let row = t.pays(project, own, 300);
    t.if_missing(row, IfMissing::Drop);
    let outcome = t.run();
    // The county fund is established in October 2016: dues begin then, not in January.
    assert_eq!(outcome.schedule[0].start, Some(month("2016-10")));
    assert_eq!(outcome.schedule[0].complete, Some(month("2017-09")));
    assert_eq!(outcome.schedule[0].planned_on_stream, Some(month("2017-01")));
    t.town.model.appropriations.pop();
    let never = t.run();
    assert_eq!(never.schedule[0].start, None);
    let gap = gaps::at(t.model(), &never, month("2020-12"));
    assert_eq!((gap.projects[0].not_yet_due, gap.projects[0].unpaid), (Fen(1_500), Fen(0)));
}

#[test]
fn a_project_with_a_financing_gap_never_completes() {
    let (mut t, municipal, project) = one_project();
    t.paid_in(municipal, "2015-01", 5_000);
    t.edit_project(project).investment = Fen(1_300);
    t.edit_project(project).bridge_share = Ppm::ONE;
    let outcome = t.run();
    let last = gaps::at(t.model(), &outcome, month("2020-12"));
    assert_eq!(outcome.schedule[0].complete, None);
    assert_eq!((last.financing(), last.missing(), last.projects[0].unpaid), (Fen(100), Fen(100), Fen(0)));
}

#[test]
fn key_projects_are_paid_first_then_priority_then_start_then_id() {
    let mut t = Treasury::new();
    let city = t.town.city();
    let municipal = t.municipal();
    let mut one = |key: &str, start: &str, class, priority| {
        let project = t.project(key, city, 100, start, 1);
        t.edit_project(project).class = class;
        t.edit_project(project).priority = priority;
        t.pays(project, municipal, 100);
    };
    one("d", "2015-02", ProjectClass::General, 2);
    one("c", "2015-02", ProjectClass::General, 2);
    one("b", "2015-01", ProjectClass::General, 2);
    one("a", "2015-03", ProjectClass::General, 1);
    one("z", "2015-03", ProjectClass::Key, 9);
    for position in 0..5 {
        t.town.model.appropriations.clear();
        t.paid_in(municipal, "2015-04", 100 * (position + 1));
        let complete = |p: usize| t.run().schedule[p].complete.is_some();
        let order: Vec<usize> = (0..5).filter(|&p| complete(p)).collect();
        // z (key), then a (priority 1), b (earlier start), c before d (id).
        let expected: &[usize] =
            [&[4][..], &[3, 4], &[2, 3, 4], &[1, 2, 3, 4], &[0, 1, 2, 3, 4]][position as usize];
        assert_eq!(order, expected);
    }
}

#[test]
fn what_needs_another_is_not_on_stream_before_it() {
    let (mut t, municipal, first) = one_project();
    let city = t.town.city();
    t.paid_in(municipal, "2015-01", 1_400);
    let second = t.project("second", city, 100, "2015-01", 2);
    t.pays(second, municipal, 100);
    let third = t.project("third", city, 100, "2015-01", 14);
    t.pays(third, municipal, 100);
    t.relation(second, RelationKind::Needs, &[first]);
    t.relation(third, RelationKind::Needs, &[second]);
    let outcome = t.run();
    assert_eq!(outcome.schedule[1].complete, Some(month("2015-02")));
    assert_eq!(outcome.schedule[1].on_stream, Some(month("2016-01")), "the month the first is on stream");
    assert_eq!(outcome.schedule[2].on_stream, Some(month("2016-03")), "its own fourteen months are longer");
    assert_eq!(outcome.schedule[1].planned_on_stream, Some(month("2016-01")));
    t.decide(first, Decision::Skip);
    let without = t.run();
    assert_eq!((without.schedule[1].on_stream, without.schedule[2].on_stream), (None, None));
    assert_eq!(without.schedule[1].planned_on_stream, None);
    assert!(!without.schedule[0].built && without.schedule[1].complete.is_some());
}

#[test]
fn progress_shortens_the_months_and_the_money() {
    let mut t = Treasury::new();
    let city = t.town.city();
    let municipal = t.municipal();
    let project = t.project("works", city, 1_001, "2015-01", 10);
    t.edit_project(project).progress = Ppm(250_000);
    // ⌊1,001 · 0.75⌋ = 750 to finance (251 spent), over ⌈10 · 0.75⌉ = 8 months.
    t.pays(project, municipal, 750);
    t.paid_in(municipal, "2015-01", 750);
    let outcome = t.run();
    assert_eq!(outcome.schedule[0].complete, Some(month("2015-08")));
    // ⌊750 · k / 8⌋ = 93, 187, 281, …
    assert_eq!(
        entries(&outcome, EntryKind::InstalmentDue)[..3],
        listed(&[("2015-01", 93), ("2015-02", 94), ("2015-03", 94)])
    );
    let gap = gaps::at(t.model(), &outcome, month("2020-12")).projects[0];
    assert_eq!((gap.to_finance, gap.paid, gap.financing), (Fen(750), Fen(750), Fen(0)));
    // All spent before: on stream from the month it would have started in.
    t.edit_project(project).progress = Ppm::ONE;
    t.town.model.financing = circflow::id::Table::new();
    assert_eq!(t.run().schedule[0].on_stream, Some(month("2015-01")));
}

#[test]
fn what_lies_before_the_horizon_counts_in_its_first_month() {
    let (mut t, municipal, project) = one_project();
    t.edit_project(project).earliest_start = month("2013-05");
    t.paid_in(municipal, "2012-01", 1_200);
    let county = t.town.county("county");
    let own = t.fund("own", FundLevel::County, county);
    t.duty(county, own, 300, "2014-11");
    let outcome = t.run();
    assert_eq!(outcome.schedule[0].start, Some(month("2015-01")));
    assert_eq!(outcome.schedule[0].complete, Some(month("2015-12")));
    // Days overdue count from the real due month: 31 in December, 31 in January.
    let gap = *gaps::at(t.model(), &outcome, month("2015-01")).fund(own);
    assert_eq!((gap.obligation, gap.days_overdue), (Fen(300), 62));
}

#[test]
fn a_delay_moves_the_start_and_a_skipped_project_owes_nothing() {
    let (mut t, municipal, project) = one_project();
    t.paid_in(municipal, "2015-01", 1_200);
    t.decide(project, Decision::Build { delay: 5 });
    assert_eq!(t.run().schedule[0].start, Some(month("2015-06")));
    t.decide(project, Decision::Skip);
    let outcome = t.run();
    assert_eq!(entries(&outcome, EntryKind::InstalmentDue), []);
    assert!(gaps::at(t.model(), &outcome, month("2020-12")).projects.is_empty());
}

#[test]
fn missing_money_counts_a_duty_and_the_dues_it_would_pay_once() {
    let mut t = Treasury::new();
    let county = t.town.county("county");
    let own = t.fund("own", FundLevel::County, county);
    t.duty(county, own, 300, "2015-01");
    let project = t.project("works", county, 1_000, "2015-01", 1);
    t.pays(project, own, 500);
    let outcome = t.run();
    let gap = gaps::at(t.model(), &outcome, month("2015-01"));
    // Obligation 300, financing 500, short 500, of which 300 are the duty's: 300 + 500 + 200.
    assert_eq!((gap.obligation(), gap.financing(), gap.short()), (Fen(300), Fen(500), Fen(500)));
    assert_eq!((gap.needed_now(), gap.missing()), (Fen(300), Fen(1_000)));
}
