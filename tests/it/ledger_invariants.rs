//! What holds in every month of every town: random funds, duties and projects.

use circflow::calendar::Month;
use circflow::funding::{EntryKind, FundingOptions, FundingOutcome, check, fund};
use circflow::gaps::{self, Gaps};
use circflow::id::{FinancingId, FundId, ProjectId};
use circflow::model::{AppropriationState, FundLevel, IfMissing, Model, Payment};
use circflow::money::{Fen, Ppm};
use proptest::prelude::*;

use crate::treasury::{Dice, random};

/// The states of the assumptions that a seed is run under.
fn options(seed: u64, model: &Model) -> FundingOptions {
    let mut dice = Dice(seed ^ 0xF00D);
    let counties = model.places.counties().filter(|_| dice.one_in(3)).collect();
    let bridge = [None, Some(Ppm(0)), Some(Ppm(300_000)), Some(Ppm::ONE)][dice.below(4) as usize];
    FundingOptions { matching: !dice.one_in(3), bridge, counties_pay: counties }
}

/// Sum of the amounts of the entries up to a month for which `test` holds.
fn sum(outcome: &FundingOutcome, month: Month, test: impl Fn(&circflow::funding::Entry) -> bool) -> Fen {
    outcome.ledger.entries.iter().filter(|e| e.month <= month && test(e)).map(|e| e.amount).sum()
}

fn check_fund(model: &Model, outcome: &FundingOutcome, gaps: &Gaps, id: FundId) {
    let gap = gaps.fund(id);
    // Every fen in = spent + held + taken back; nothing is negative.
    assert_eq!(gap.paid_in, gap.paid + gap.held + gap.taken_back);
    assert!(gap.held >= Fen::ZERO && gap.taken_back >= Fen::ZERO);
    // due = paid + held up + short.
    assert_eq!(gap.due, gap.paid + gap.held_up + gap.short);
    assert!(gap.held_up >= Fen::ZERO && gap.short >= Fen::ZERO);
    assert!(gap.held_up <= gap.held);
    assert_eq!(gap.obligation, (gap.required - gap.paid_in).max(Fen::ZERO));
    assert!((gap.obligation > Fen::ZERO) || gap.days_overdue == 0);
    // Totals kept = totals derived again, by another way: each kind of entry filtered from the ledger.
    let of = |kind| sum(outcome, gaps.month, |e| e.kind == kind && e.fund == Some(id));
    assert_eq!(gap.paid_in, of(EntryKind::Credit));
    assert_eq!(gap.due, of(EntryKind::InstalmentDue));
    assert_eq!(gap.paid, of(EntryKind::Payment));
    assert_eq!(gap.required, of(EntryKind::DutyDue));
    assert_eq!(gap.taken_back, of(EntryKind::TakenBack));
    if model.funds[id].open {
        assert_eq!((gap.held, gap.short), (Fen::ZERO, Fen::ZERO));
    }
}

fn check_project(model: &Model, outcome: &FundingOutcome, gaps: &Gaps, id: ProjectId) {
    let Some(gap) = gaps.project(id) else { return };
    let project = &model.projects[id];
    let spent_before = project.investment - gap.to_finance;
    assert_eq!(project.investment, spent_before + gap.paid + gap.unpaid + gap.not_yet_due + gap.financing);
    for part in [gap.paid, gap.unpaid, gap.not_yet_due, gap.financing, gap.bridged] {
        assert!(part >= Fen::ZERO);
    }
    // The bridge, from what each row owes.
    let of_row =
        |row: FinancingId, kind| sum(outcome, gaps.month, |e| e.financing == Some(row) && e.kind == kind);
    let (mut covered, mut public, mut most) = (Fen::ZERO, Fen::ZERO, Fen::ZERO);
    for (row, given) in model.financing.enumerate().filter(|(_, row)| row.project == id) {
        let (due, paid) = (of_row(row, EntryKind::InstalmentDue), of_row(row, EntryKind::Payment));
        assert!(Fen::ZERO <= paid && paid <= due && due <= given.amount);
        let fronted = matches!(given.payment, Payment::Advance(_) | Payment::OnCompletion);
        let covers = given.if_missing == IfMissing::OwnerCovers;
        let level = model.funds[given.fund].level;
        match (fronted, covers) {
            (true, _) => {}
            (false, true) => covered += due - paid,
            (false, false) if level.is_public() => public += due - paid,
            (false, false) => {}
        }
        most += given.amount;
    }
    assert!(covered <= gap.bridged && gap.bridged <= covered + public && gap.bridged <= most);
    // A project with a financing gap is never complete.
    let schedule = outcome.schedule[id.0 as usize];
    assert!(gap.financing == Fen::ZERO || schedule.complete.is_none());
}

fn check_schedule(model: &Model, outcome: &FundingOutcome) {
    for (id, schedule) in model.projects.ids().zip(&outcome.schedule) {
        let months = [schedule.start, schedule.complete.map(|m| m.plus(1)), schedule.on_stream];
        assert!(
            months.windows(2).all(|pair| pair[1].is_none_or(|later| pair[0].is_some_and(|m| m <= later)))
        );
        if let (Some(on_stream), Some(planned)) = (schedule.on_stream, schedule.planned_on_stream) {
            assert!(planned <= on_stream, "money never makes it earlier than planned");
        }
        assert!(schedule.on_stream.is_none() || schedule.planned_on_stream.is_some());
        for relation in model.relations.iter().filter(|r| r.project == id) {
            for other in &relation.others {
                let other = outcome.schedule[other.0 as usize].on_stream;
                assert!(schedule.on_stream.is_none() || other.is_some_and(|o| Some(o) <= schedule.on_stream));
            }
        }
    }
    assert!(outcome.ledger.entries.is_sorted_by_key(|entry| entry.month));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_ledger_balances_at_every_months_end(seed in any::<u64>()) {
        let treasury = random(seed);
        let model = treasury.model();
        prop_assert!(!check(model).has_errors());
        let outcome = fund(model, &options(seed, model));
        for gaps in gaps::by_month(model, &outcome) {
            model.funds.ids().for_each(|id| check_fund(model, &outcome, &gaps, id));
            model.projects.ids().for_each(|id| check_project(model, &outcome, &gaps, id));
            let beyond: i64 = gaps.funds.iter().map(|f| (f.short.0 - f.obligation.0).max(0)).sum();
            prop_assert_eq!(gaps.missing().0, gaps.obligation().0 + gaps.financing().0 + beyond);
            prop_assert!(gaps.needed_now() <= gaps.obligation().min(gaps.short()));
            prop_assert_eq!(gaps.hold_ups.iter().map(|h| h.held_up).sum::<Fen>(), gaps.held_up());
            let by_county = gaps::by_county(model, &gaps);
            prop_assert_eq!(by_county.iter().map(|c| c.obligation).sum::<Fen>(), gaps.obligation());
            prop_assert_eq!(by_county.iter().map(|c| c.short).sum::<Fen>(), gaps.short());
            prop_assert_eq!(by_county.iter().map(|c| c.held_up).sum::<Fen>(), gaps.held_up());
            prop_assert_eq!(by_county.iter().map(|c| c.financing).sum::<Fen>(), gaps.financing());
        }
        check_schedule(model, &outcome);
    }

    #[test]
    fn only_paid_in_money_is_credited_and_all_of_it(seed in any::<u64>()) {
        let treasury = random(seed);
        let model = treasury.model();
        let outcome = fund(model, &FundingOptions { counties_pay: Vec::new(), ..options(seed, model) });
        let last = gaps::at(model, &outcome, model.settings.last_month());
        for id in model.funds.ids().filter(|&id| !model.funds[id].open) {
            let put = |state| {
                let rows = model.appropriations.iter();
                let rows = rows.filter(|a| a.fund == id && a.state == state && a.month <= last.month);
                rows.map(|a| a.amount).sum::<circflow::money::Fen>()
            };
            let fund = last.fund(id);
            prop_assert_eq!(fund.paid_in, put(AppropriationState::PaidIn));
            // Promised and asked for: noted to the fen, and in no sum of money that can be spent.
            prop_assert_eq!(fund.committed, put(AppropriationState::Committed));
            prop_assert_eq!(fund.requested, put(AppropriationState::Requested));
            prop_assert_eq!(fund.held, fund.paid_in - fund.paid - fund.taken_back);
        }
    }

    #[test]
    fn counties_that_pay_leave_no_obligation_and_take_no_money_away(seed in any::<u64>()) {
        let treasury = random(seed);
        let model = treasury.model();
        let counties_pay = model.places.counties().collect();
        let plain = fund(model, &FundingOptions::default());
        let paid = fund(model, &FundingOptions { counties_pay, ..FundingOptions::default() });
        let pairs = gaps::by_month(model, &plain).into_iter().zip(gaps::by_month(model, &paid));
        for (plain, paid) in pairs {
            for id in model.funds.ids().filter(|&id| model.funds[id].level == FundLevel::County) {
                prop_assert_eq!(paid.fund(id).obligation, Fen::ZERO);
                prop_assert_eq!(paid.fund(id).paid_in, plain.fund(id).paid_in.max(plain.fund(id).required));
            }
        }
    }

    #[test]
    fn more_money_never_delays_the_only_project(seed in any::<u64>()) {
        let mut treasury = random(seed);
        treasury.town.model.relations.clear();
        let kept = ProjectId(0);
        for id in treasury.model().projects.ids().skip(1) {
            treasury.decide(id, circflow::model::Decision::Skip);
        }
        let mut options = options(seed, treasury.model());
        // A county that is made to pay tops up to what it owes: money that came earlier, and lapsed, counts
        // towards it, so more of it can leave less to spend. The property is about money that is just put in.
        options.counties_pay.clear();
        // A fund set up once lapses in the first lapse month after money came in: more money earlier may be
        // taken back where the same later is not. Only funds whose lapse does not hang on that are compared.
        for id in treasury.model().funds.ids() {
            treasury.edit_fund(id).recurrence = circflow::model::Recurrence::Yearly;
        }
        // A yearly fund owes its duties every year; duties do not change with money.
        let before = fund(treasury.model(), &options).schedule[kept.0 as usize];
        let mut dice = Dice(seed ^ 0xBEEF);
        let id = FundId(dice.below(treasury.model().funds.len() as u64) as u32);
        let when = Month::january(2015).plus(dice.below(60) as i32);
        let amount = dice.below(2_000) as i64;
        treasury.put(id, when, amount, AppropriationState::PaidIn);
        let after = fund(treasury.model(), &options).schedule[kept.0 as usize];
        if let Some(complete) = before.complete {
            prop_assert!(after.complete.is_some_and(|later| later <= complete), "{before:?} {after:?}");
        }
    }

    #[test]
    fn the_same_town_gives_the_same_ledger(seed in any::<u64>()) {
        let treasury = random(seed);
        let options = options(seed, treasury.model());
        let (one, other) = (fund(treasury.model(), &options), fund(treasury.model(), &options));
        prop_assert_eq!(one.ledger.entries, other.ledger.entries);
        prop_assert_eq!(one.schedule, other.schedule);
    }

    #[test]
    fn the_order_of_projects_in_the_table_does_not_matter(seed in any::<u64>()) {
        let treasury = random(seed);
        let model = treasury.model();
        let last = model.projects.len() - 1;
        let turned = |p: ProjectId| ProjectId((last - p.0 as usize) as u32);
        let mut reversed = model.clone();
        reversed.projects = model.projects.iter().rev().cloned().collect();
        for row in reversed.financing.iter_mut() {
            row.project = turned(row.project);
        }
        for relation in &mut reversed.relations {
            relation.project = turned(relation.project);
            relation.others.iter_mut().for_each(|other| *other = turned(*other));
        }
        reversed.scenarios[reversed.scenario].decisions.reverse();
        let options = options(seed, model);
        let mut found = fund(&reversed, &options).schedule;
        found.reverse();
        prop_assert_eq!(found, fund(model, &options).schedule);
    }
}

#[test]
fn the_random_towns_meet_every_kind_of_entry() {
    let mut met = std::collections::BTreeSet::new();
    let (mut complete, mut stuck) = (0, 0);
    for seed in 0..200 {
        let treasury = random(seed);
        let outcome = fund(treasury.model(), &options(seed, treasury.model()));
        met.extend(outcome.ledger.entries.iter().map(|entry| entry.kind));
        complete += outcome.schedule.iter().filter(|s| s.complete.is_some()).count();
        stuck += outcome.schedule.iter().filter(|s| s.start.is_some() && s.complete.is_none()).count();
    }
    assert_eq!(met.len(), 14, "{met:?}");
    assert!(complete > 100 && stuck > 100, "{complete} complete, {stuck} not");
}
