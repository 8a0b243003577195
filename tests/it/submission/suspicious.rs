//! What is pointed out: each by a figure that has it, and not by one that has not.

use super::Ran;
use circflow::diagnostic::{Language, Severity};
use circflow::indicators::suspicion::{Examined, suspicions};
use circflow::indicators::{Definition, IndicatorValue};
use circflow::model::{Places, Quality};
use circflow::simulate::YearResult;
use std::sync::Arc;

/// Codes told of the city's figures of 2018, after a change of definitions, values and years.
fn codes(
    ran: &Ran,
    change: impl Fn(&mut Vec<Definition>, &mut Vec<IndicatorValue>, &mut Vec<YearResult>),
) -> Vec<&'static str> {
    let run = &ran.run.scenarios[0];
    let (mut definitions, mut values) = (ran.loaded.definitions.clone(), run.indicators.clone());
    let mut years = run.trajectory.years.clone();
    change(&mut definitions, &mut values, &mut years);
    let model = &ran.loaded.models[run.model];
    let network = &ran.run.plan.network;
    let (definitions, values, years) = (&definitions, &values, &years);
    let examined = Examined { definitions, model, values, years, network, year: 2018, band: 0.5 };
    let mut codes: Vec<&str> = suspicions(&examined).0.iter().map(|finding| finding.code.0).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The city's use of solid waste in a year.
fn rate<'v>(
    values: &'v mut [IndicatorValue],
    definitions: &[Definition],
    year: i32,
) -> &'v mut IndicatorValue {
    let at = definitions.iter().position(|definition| definition.key == "ce2017-07").unwrap();
    values.iter_mut().find(|v| v.definition == at && v.place == Places::ROOT && v.year == year).unwrap()
}

#[test]
fn each_suspicion_is_told_where_it_is_and_not_elsewhere() {
    let ran = Ran::of(crate::hamlet::sound());
    // Nobody has checked the definitions; the rows of the hamlet have no sources; most of the 17 lack their data.
    let always = ["W804", "W805", "W806"];
    assert_eq!(codes(&ran, |_, _, _| ()), always);
    let told = |change: &dyn Fn(&mut IndicatorValue)| {
        let all = codes(&ran, |definitions, values, _| change(rate(values, definitions, 2018)));
        all.into_iter().filter(|code| !always.contains(code)).collect::<Vec<_>>()
    };
    assert_eq!(told(&|value| value.value = Ok(1.2)), ["E801"]);
    let last = ran.run.scenarios[0].indicators.clone();
    let before = *rate(&mut last.clone(), &ran.loaded.definitions, 2017).value.as_ref().unwrap();
    assert_eq!(told(&|value| value.value = Ok(before * 0.4)), ["W801"]);
    assert_eq!(told(&|value| value.value = Ok(before * 0.6)), [""; 0], "within the band");
    for slip in [10.0, 0.001, 9_500.0] {
        let slipped =
            |value: &mut IndicatorValue| value.terms[0].value = value.terms[0].value.map(|term| term * slip);
        assert_eq!(told(&slipped), ["W802"], "{slip}");
    }
    let doubled =
        |value: &mut IndicatorValue| value.terms[0].value = value.terms[0].value.map(|term| term * 2.0);
    assert_eq!(told(&doubled), [""; 0]);
    let assumed = |value: &mut IndicatorValue| {
        for part in value.terms.iter_mut().flat_map(|term| &mut term.parts) {
            let rows: Vec<_> = part
                .rows
                .iter()
                .map(|row| {
                    let mut row = *row;
                    row.quality = Some(Quality::Assumption);
                    row
                })
                .collect();
            part.rows = Arc::from(rows);
        }
    };
    assert_eq!(told(&assumed), ["W803"]);
    let negative = codes(&ran, |_, _, years| {
        let year = years.iter_mut().find(|year| year.year == 2018).unwrap();
        let market = year.markets.iter_mut().next().unwrap();
        market.closing_stock = -5.0;
    });
    assert!(negative.contains(&"E802"), "{negative:?}");
}

#[test]
fn a_checked_definition_and_rows_with_sources_are_not_told() {
    let ran = Ran::of(crate::hamlet::sound());
    let with_source = |sourced: bool| {
        codes(&ran, |definitions, values, _| {
            for definition in definitions.iter_mut() {
                definition.text_verified = Some("somebody, 2026-11-26, page 3".to_owned());
            }
            let mut kept = rate(values, definitions, 2018).clone();
            for part in kept.terms.iter_mut().flat_map(|term| &mut term.parts) {
                let rows: Vec<_> = part
                    .rows
                    .iter()
                    .map(|row| {
                        let mut row = *row;
                        row.source = sourced.then_some(circflow::id::SourceId(0));
                        row.quality = Some(Quality::Measured);
                        row
                    })
                    .collect();
                assert!(!rows.is_empty());
                part.rows = Arc::from(rows);
            }
            values.retain(|value| value.year != 2018);
            values.push(kept);
        })
    };
    assert_eq!(with_source(true), [""; 0]);
    assert_eq!(with_source(false), ["W804"]);
}

#[test]
fn counties_are_looked_at_too_and_errors_stand_before_warnings() {
    let ran = Ran::of(crate::hamlet::sound());
    let run = &ran.run.scenarios[0];
    let model = &ran.loaded.models[run.model];
    let (years, mut values) = (&run.trajectory.years, run.indicators.clone());
    let north = model.places.0.find(|place| place.key == "north").unwrap().0;
    let of_north = values.iter_mut().rev().find(|v| {
        v.place == north && v.year == 2018 && v.value.is_ok() && ran.loaded.definitions[v.definition].percent
    });
    of_north.expect("the county has a rate").value = Ok(1.5);
    let definitions = &ran.loaded.definitions;
    let network = &ran.run.plan.network;
    let examined = Examined { definitions, model, values: &values, years, network, year: 2018, band: 0.5 };
    let findings = suspicions(&examined).0;
    assert_eq!((findings[0].code.0, findings[0].severity()), ("E801", Severity::Error));
    assert!(findings[0].message(Language::Zh).contains("北县"), "{:?}", findings[0]);
    assert!(findings.iter().skip(1).all(|finding| finding.severity() != Severity::Error));
    assert!(findings.iter().any(|finding| finding.severity() == Severity::Warning));
}

/// Lines of a code told of 2018, of the hamlet with another table.
fn lines_with(table: &str, text: &str, code: &str) -> Vec<String> {
    let ran = Ran::of(circflow::input::read_files(crate::hamlet::with(table, text)));
    let run = &ran.run.scenarios[0];
    let examined = Examined {
        definitions: &ran.loaded.definitions,
        model: &ran.loaded.models[run.model],
        values: &run.indicators,
        years: &run.trajectory.years,
        network: &ran.run.plan.network,
        year: 2018,
        band: 0.5,
    };
    let found = suspicions(&examined).0.into_iter().filter(|finding| finding.code.0 == code);
    found.map(|finding| finding.line(Language::En)).collect()
}

#[test]
fn a_row_that_slipped_by_a_unit_is_named() {
    let activity = |level: &str| {
        let rows = format!("dig,2015,8,万t/a\ndig,2017,8.2,万t/a\ndig,2018,{level},万t/a\n");
        lines_with("activity.csv", &format!("process,year,level,unit\n{rows}"), "W808")
    };
    assert_eq!(activity("8.4"), [""; 0]);
    for level in ["0.84", "84", "0.00083"] {
        let told = activity(level);
        assert_eq!(told.len(), 1, "{level}");
        assert!(told[0].contains("activity.csv line 4"), "{told:?}");
    }
}

#[test]
fn a_figure_that_was_given_and_is_not_used_is_told() {
    let told = |figure: &str| {
        let rows =
            format!("solid_waste_generated,city,2015,2,万t\nsolid_waste_generated,city,2018,{figure},万t\n");
        lines_with("statistics.csv", &format!("key,place,year,value,unit\n{rows}"), "W810")
    };
    // 8,000 t besides the 12,000 t that the model makes, in every year.
    assert_eq!(told("2"), [""; 0]);
    let apart = told("5");
    let row = |line: &String| line.contains("ce2017-07") && line.contains("statistics.csv line 3");
    assert!(apart.iter().any(row), "{apart:?}");
    assert!(apart[0].contains("50000") && apart[0].contains("20000"), "{apart:?}");
}
