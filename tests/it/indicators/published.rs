//! Published figures, fed through the shipped formulas.

use super::hand::{Appraised, Hand, assert_close};
use crate::town::Town;
use circflow::diagnostic::Language;
use circflow::indicators::findings;
use circflow::indicators::identity::SolidWasteAccount;
use circflow::model::{MaterialKind, Places, Quality, Treatment};
use circflow::network::ArcKind;

/// One waste of a class, generated and used (of which prior-year stock), as flows.
fn rate(class: &str, generated: f64, used: f64, prior: f64) -> Appraised {
    let mut town = Town::new();
    let waste = town.material("waste", MaterialKind::Waste, &[class, "general_industrial_solid_waste"]);
    let city = town.city();
    let maker = town.process("maker", city).byproduct(waste, 1.0).level(1.0);
    let user = town.process("user", city).feed(waste, 1.0).treatment(Treatment::Utilisation).takes();
    let mut hand = Hand::new(town);
    let market = hand.market(waste, city);
    hand.delivery(maker, market, generated);
    hand.get(ArcKind::Take, market, user, used - prior);
    hand.get(ArcKind::TakePrior, market, user, prior);
    hand.at(ArcKind::ReclaimForTakers, market, prior);
    hand.at(ArcKind::Store, market, generated - (used - prior));
    hand.appraise()
}

/// Percent, rounded to so many decimals.
fn percent(value: f64, decimals: usize) -> String {
    format!("{:.decimals$}", value * 100.0)
}

#[test]
fn the_country_in_2018_gangue_and_fly_ash() {
    // http://nengyuanchn.com/xxny/taiyangneng/76956.html: gangue 3.5·10⁸ t generated, 1.9·10⁸ used, of which
    // 380.8·10⁴ t prior-year stock; published 53.7 %. Without the prior term it would be 54.3 %.
    let gangue = rate("coal_gangue", 3.5e8, 1.9e8, 3.808e6);
    assert_eq!(percent(gangue.city("local-gangue"), 1), "53.7");
    assert_eq!(percent(1.9 / 3.5, 1), "54.3");
    // Fly ash 5.3·10⁸, 4.0·10⁸, prior 320.5·10⁴: published 74.9 %; the rounded inputs give 75.0 %.
    let ash = rate("coal_ash", 5.3e8, 4.0e8, 3.205e6);
    let value = 100.0 * ash.city("local-solid-waste-modelled");
    assert!((value - 74.9).abs() <= 0.15, "{value}");
    // The inputs are rounded to 0.1·10⁸ t: the published rate lies between what their ends give.
    let low = rate("coal_ash", 5.35e8, 3.95e8, 3.205e6).city("local-solid-waste-modelled");
    let high = rate("coal_ash", 5.25e8, 4.05e8, 3.205e6).city("local-solid-waste-modelled");
    assert!(low < 0.749 && 0.749 < high, "{low} {high}");
}

#[test]
fn a_coal_city_2018_to_2021() {
    // Published gangue used and generated (10⁴ t) with the published rates; prior-year stock is not given apart.
    for (year, used, generated, published) in [
        (2018, 393.72, 962.26, "40.92"),
        (2019, 437.43, 1050.19, "41.65"),
        (2020, 377.93, 981.4, "38.51"),
        (2021, 663.0, 1311.0, "50.57"),
    ] {
        let result = rate("coal_gangue", generated * 1.0e4, used * 1.0e4, 0.0);
        assert_eq!(percent(result.city("local-gangue"), 2), published, "{year}");
    }
}

/// Yuxi's bulletin of 2023, 10⁴ t.
const YUXI: SolidWasteAccount = SolidWasteAccount {
    generated: 2310.94,
    used: 1822.23,
    used_prior: 1.89,
    stored: 15.72,
    disposed: 475.4,
    disposed_prior: 439.7,
    dumped: 0.0,
};

#[test]
fn a_city_bulletin_of_2023_gives_its_rate_and_fails_the_identity() {
    // https://www.yuxi.gov.cn/yxgovfront/bulletin/content.jspx?contentId=1539666 prints 78.7 %;
    // 1822.23 ÷ (2310.94 + 1.89) = 78.79 %.
    let mut hand = Hand::new(Town::new());
    for (key, value) in [
        ("solid_waste_generated", YUXI.generated),
        ("solid_waste_used", YUXI.used),
        ("solid_waste_used_prior", YUXI.used_prior),
        ("solid_waste_stored", YUXI.stored),
        ("solid_waste_disposed", YUXI.disposed),
        ("solid_waste_disposed_prior", YUXI.disposed_prior),
    ] {
        hand.statistic_of(key, Places::ROOT, &[(2015, value * 1.0e4)], Quality::Published, None);
    }
    let result = hand.appraise();
    assert_eq!(percent(result.city("ce2017-07"), 2), "78.79");

    // 1820.34 + 15.72 + 35.7 = 1871.76, not 2310.94; without taking off the 439.7 it would be 2311.46.
    assert_close(YUXI.accounted(), 1871.76);
    assert!((YUXI.difference() - 439.18).abs() < 1e-9);
    assert!((YUXI.difference_with_gross_disposal() + 0.52).abs() < 1e-9);
    let found = findings(&result.definitions, &hand.town.model, &result.values);
    let lines: Vec<String> = found.0.iter().map(|d| d.line(Language::En)).collect();
    assert_eq!(
        lines,
        [
            "warning W504: city 2015: the solid waste account does not close: generated 23109400 t, by destination \
          18717600 t, difference 4391800 t (19.00 %); without taking off prior-year disposal it would be \
          -5200 t (-0.02 %)"
        ]
    );
}

#[test]
fn an_account_that_closes_is_not_remarked() {
    let closed = SolidWasteAccount { disposed_prior: 0.52, ..YUXI };
    assert_eq!(closed.check("city", 2023), None);
    assert!(YUXI.check("city", 2023).is_some());
}
