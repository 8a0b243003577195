//! What is wrong with money tables is found all at once, with its row and the words for it.

use circflow::diagnostic::{Language, Severity, texts};
use circflow::funding::check;
use circflow::id::FundId;
use circflow::model::{Decision, FundLevel, MatchingRule, Payment, ProjectClass, RelationKind};
use circflow::money::Ppm;

use crate::treasury::{Treasury, random};

fn codes(treasury: &Treasury) -> Vec<&'static str> {
    check(treasury.model()).0.iter().map(|finding| finding.code.0).collect()
}

/// A town whose money tables are in order.
fn sound() -> Treasury {
    let mut t = Treasury::new();
    let county = t.town.county("county");
    let municipal = t.municipal();
    let own = t.fund("own", FundLevel::County, county);
    t.duty(county, own, 300, "2016-07");
    t.paid_in(municipal, "2016-01", 1_000);
    let project = t.project("works", county, 1_000, "2016-01", 10);
    t.pays(project, municipal, 1_000);
    assert_eq!(codes(&t), [""; 0]);
    t
}

const MUNICIPAL: FundId = FundId(0);
const OWN: FundId = FundId(1);

#[test]
fn one_fault_of_every_kind_is_named() {
    let project = circflow::id::ProjectId(0);
    let case = |change: &dyn Fn(&mut Treasury), expected: &[&str]| {
        let mut t = sound();
        change(&mut t);
        assert_eq!(codes(&t), expected);
    };
    case(&|t| _ = t.pays(project, OWN, 1), &["E401", "W401"]);
    case(&|t| t.edit_fund(MUNICIPAL).eligible_classes = vec![ProjectClass::Key], &["E402"]);
    case(
        &|t| {
            let other = t.town.county("other");
            t.edit_fund(MUNICIPAL).eligible_places = vec![other];
        },
        &["E403"],
    );
    case(&|t| t.relation(project, RelationKind::Needs, &[project]), &["E404"]);
    case(
        &|t| {
            let other = t.town.county("other");
            t.duty(other, OWN, 300, "2016-07");
        },
        &["E405"],
    );
    case(&|t| t.edit_fund(MUNICIPAL).lapse = Some(13), &["E406"]);
    case(&|t| t.edit_fund(MUNICIPAL).lapse = Some(0), &["E406"]);
    case(&|t| second(t, RelationKind::Excludes), &["E407"]);
    case(&|t| t.edit_fund(MUNICIPAL).matching = MatchingRule::Fund(MUNICIPAL), &["E410"]);
    case(&|t| t.edit_project(project).eligible_investment = circflow::money::Fen(500), &["W401"]);
    case(
        &|t| {
            let city = t.town.city();
            let idle = t.fund("idle", FundLevel::Central, city);
            t.paid_in(idle, "2016-01", 1);
        },
        &["W402"],
    );
    case(&|t| t.edit_project(project).investment = circflow::money::Fen(1_001), &["W403"]);
    case(
        &|t| {
            second(t, RelationKind::Needs);
            t.decide(circflow::id::ProjectId(1), Decision::Skip);
        },
        &["W404"],
    );
    case(
        &|t| {
            second(t, RelationKind::NeedsOneOf);
            t.decide(circflow::id::ProjectId(1), Decision::Skip);
        },
        &["E408"],
    );
    case(&|t| t.town.model.duties[0].due = crate::treasury::month("2021-01"), &["W405"]);
    case(
        &|t| {
            t.town.model.duties.clear();
            t.edit_fund(OWN).level = FundLevel::Municipal;
            t.edit_fund(MUNICIPAL).matching = MatchingRule::CountyOfProject;
        },
        &["W406"],
    );
    case(&|t| t.paid_in(OWN, "2021-01", 1), &["W407"]);
    case(&|t| t.edit_fund(MUNICIPAL).open = true, &["W408"]);
}

/// A second project bound to the first by a relation.
fn second(t: &mut Treasury, kind: RelationKind) {
    let place = t.model().duties[0].place;
    let second = t.project("second", place, 100, "2016-01", 1);
    t.pays(second, MUNICIPAL, 100);
    t.relation(circflow::id::ProjectId(0), kind, &[second]);
}

#[test]
fn instalments_must_ascend_to_the_whole() {
    for shares in [
        vec![],
        vec![(0, Ppm(500_000))],
        vec![(3, Ppm(500_000)), (1, Ppm::ONE)],
        vec![(0, Ppm(600_000)), (1, Ppm(500_000)), (2, Ppm::ONE)],
    ] {
        let mut t = sound();
        t.town.model.financing.iter_mut().for_each(|row| row.payment = Payment::Instalments(shares.clone()));
        assert_eq!(codes(&t), ["E409"], "{shares:?}");
    }
}

#[test]
fn a_circle_of_needs_names_every_project_in_it() {
    let mut t = sound();
    second(&mut t, RelationKind::Needs);
    t.relation(circflow::id::ProjectId(1), RelationKind::Needs, &[circflow::id::ProjectId(0)]);
    assert_eq!(codes(&t), ["E404", "E404"]);
    // The money pass still ends, with neither on stream.
    assert!(t.run().schedule.iter().all(|s| s.on_stream.is_none()));
}

#[test]
fn all_faults_are_told_at_once_with_row_and_amounts() {
    let mut t = sound();
    let mut row = t.model().projects.as_slice()[0].clone();
    row.provenance.row = 7;
    row.investment = circflow::money::Fen(123_456_700);
    t.town.model.projects = [row].into_iter().collect();
    t.town.model.financing.iter_mut().for_each(|r| r.amount = circflow::money::Fen(200_000_000));
    t.edit_fund(OWN).lapse = Some(77);
    let findings = check(t.model());
    let lines: Vec<String> = findings.0.iter().map(|f| f.line(Language::En)).collect();
    assert_eq!(findings.0.len(), 3, "{lines:?}");
    assert!(lines[0].contains("lapse month of fund “own” is 77"), "{lines:?}");
    assert!(lines[1].contains("E401 projects.csv line 7 column “investment”"), "{lines:?}");
    assert!(lines[1].contains("sums to 200 wan yuan, more than the 123.4567 wan yuan"), "{lines:?}");
    assert!(findings.0[1].line(Language::Zh).contains("第7行"));
}

#[test]
fn every_text_of_money_has_all_its_slots_filled() {
    let mut t = sound();
    second(&mut t, RelationKind::Excludes);
    t.pays(circflow::id::ProjectId(0), OWN, 1);
    t.edit_fund(OWN).lapse = Some(0);
    for finding in check(t.model()).0 {
        for language in [Language::Zh, Language::En] {
            assert!(!finding.message(language).contains(['{', '}']), "{}", finding.message(language));
        }
    }
    let of_money = texts::all().filter(|text| text.code[1..].starts_with('4'));
    for text in of_money {
        let error = text.code.starts_with('E');
        assert_eq!(error, text.severity == Severity::Error, "{}", text.code);
        assert!(text.explain_zh.chars().count() > 30 && text.explain_en.len() > 80, "{}", text.code);
    }
}

#[test]
fn random_towns_are_free_of_errors() {
    for seed in 0..200 {
        let treasury = random(seed);
        let findings = check(treasury.model());
        assert!(!findings.has_errors(), "{seed}: {:?}", findings.0);
    }
}
