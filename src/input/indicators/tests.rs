//! The shipped sets, and what a faulty file is told.

use super::*;
use crate::diagnostic::Language;
use crate::indicators::TermKind;
use crate::units::Dimension;

#[test]
fn the_shipped_sets_are_without_fault() {
    let names: Vec<String> = SHIPPED.iter().map(|(name, _)| (*name).to_owned()).collect();
    let (definitions, findings) = read_sets(&names, &[]);
    let lines: Vec<String> = findings.0.iter().map(|d| d.line(Language::En)).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    let numbers: Vec<&str> =
        definitions.iter().filter(|d| d.set == "ce-2017").map(|d| d.number.as_str()).collect();
    let expected = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17a 17b 17c 17d";
    assert_eq!(numbers.join(" "), expected);
    assert!(definitions.iter().any(|d| d.key == "local-gangue"));
}

#[test]
fn nothing_shipped_claims_to_be_checked_against_the_regulation() {
    let (definitions, _) = read_sets(&["ce-2017".to_owned()], &[]);
    for definition in &definitions {
        let caveat = definition.caveat(Language::Zh);
        assert_eq!(caveat, Some("定义未经原文核对"), "{}", definition.key);
        assert!(!definition.sources.is_empty() && !definition.regulation.is_empty());
    }
}

#[test]
fn keys_of_the_vocabulary_stand_once_with_a_base_unit() {
    let keys = statistic_keys();
    assert!(keys.len() >= 27);
    for (position, key) in keys.iter().enumerate() {
        assert!(!keys[..position].iter().any(|k| k.key == key.key), "{} stands twice", key.key);
        assert!(Dimension::ALL.iter().any(|d| d.symbol() == key.unit), "{}: {}", key.key, key.unit);
        assert!(!key.name.is_empty() && !key.name_en.is_empty() && !key.meaning.is_empty());
    }
}

#[test]
fn a_term_counts_its_statistic_in_the_unit_of_the_vocabulary() {
    let keys = statistic_keys();
    let (definitions, _) = read_sets(&["ce-2017".to_owned()], &[]);
    for term in definitions.iter().flat_map(|d| &d.terms) {
        let key = match &term.kind {
            TermKind::Statistic { key, .. } => Some(key),
            TermKind::Flows { remainder, .. } => remainder.as_ref().map(|r| &r.statistic),
            TermKind::Stock { .. } => None,
        };
        if let Some(key) = key {
            let unit = &keys.iter().find(|k| k.key == *key).expect("in the vocabulary").unit;
            assert_eq!(unit, term.dimension.symbol(), "{key}");
        }
    }
}

/// Classes that shipped terms name for chains that no shipped material has yet.
const RESERVED: [&str; 4] =
    ["industrial_wastewater", "chemical_oxygen_demand", "ammonia_nitrogen", "nitrogen_oxides"];

#[test]
fn the_classes_of_shipped_terms_are_those_of_the_catalogue_or_reserved() {
    let mut reader = csv::Reader::from_reader(include_str!("../../../catalogue/materials.csv").as_bytes());
    let column = reader.headers().unwrap().iter().position(|h| h == "classes").unwrap();
    let mut known = std::collections::BTreeSet::new();
    for record in reader.records() {
        known.extend(record.unwrap()[column].split(';').map(|class| class.trim().to_owned()));
    }
    let names: Vec<String> = SHIPPED.iter().map(|(name, _)| (*name).to_owned()).collect();
    for term in read_sets(&names, &[]).0.iter().flat_map(|d| &d.terms) {
        let materials = match &term.kind {
            TermKind::Flows { flows, .. } => &flows.materials,
            TermKind::Stock { materials, .. } => materials,
            TermKind::Statistic { .. } => continue,
        };
        for class in &materials.classes {
            let reserved = RESERVED.contains(&class.as_str());
            assert!(known.contains(class) != reserved, "{class} of {}", term.name);
        }
    }
}

const SMALL: &str = r#"
set = "own"

[[indicator]]
id = "own-1"
number = "1"
name = "率"
name_en = "rate"
unit = "%"
percent = true
direction = "more"
confidence = "low"
formula = "used / made"

[indicator.terms.used]
name = "用"
name_en = "used"
unit = "t"
flows = ["take", "draw"]
classes = ["straw"]

[indicator.terms.made]
name = "产"
name_en = "made"
unit = "t"
statistic = "straw_collectable"
"#;

/// Lines of the findings of the small file after one replacement.
fn patched(from: &str, to: &str) -> Vec<String> {
    assert!(SMALL.contains(from), "{from}");
    let (_, findings) = read_set("own.toml", &SMALL.replacen(from, to, 1));
    findings.0.iter().map(|d| d.line(Language::En)).collect()
}

#[test]
fn a_faultless_file_has_no_findings() {
    let (definitions, findings) = read_set("own.toml", SMALL);
    assert!(findings.0.is_empty());
    assert_eq!(definitions.len(), 1);
    assert_eq!(definitions[0].formula.to_string(), "used / made");
}

#[test]
fn each_fault_names_its_line_and_what_was_expected() {
    for (from, to, expected) in [
        (
            "used / made",
            "used / mad",
            "error E507 own.toml line 13 column “formula”: “mad” at character 8 of the formula “used / mad” is no term of the indicator; the nearest is made",
        ),
        (
            "used / made",
            "used",
            "error E509 own.toml line 13 column “formula”: the term “made” does not stand in the formula and is not marked note = true",
        ),
        (
            "used / made",
            "used / made + [own-2]",
            "error E513 own.toml line 4: the formula names the indicator “own-2”, which does not exist; the nearest is own-1",
        ),
        (
            "used / made",
            "used / made + [own-1]",
            "error E514 own.toml line 4: indicators name each other in a circle: own-1 → own-1",
        ),
        (
            "direction = \"more\"",
            "direction = \"up\"",
            "error E505 own.toml line 11 column “direction”: found “up”, expected more, less, neutral",
        ),
        (
            "percent = true",
            "precent = true",
            "error E503 own.toml line 10 column “precent”: unknown key “precent”; the nearest is percent",
        ),
        ("number = \"1\"\n", "", "error E504 own.toml line 4: the key “number” is missing"),
        (
            "\"draw\"]",
            "\"drew\"]",
            "error E505 own.toml line 19 column “flows”: found “drew”, expected take, take_prior, draw, draw_prior, unmet, delivery, made, loss, recirculated, stored_by_process, final, final_prior, final_unmet, pass_up, pass_down, import, extraction, export, store, dispose, discharge, reclaim",
        ),
        (
            "straw_collectable",
            "straw_colectable",
            "warning W501 own.toml line 26 column “statistic”: the statistic key “straw_colectable” is not in the vocabulary; the nearest is straw_collectable",
        ),
        (
            "classes = [\"straw\"]",
            "classes = []",
            "error E515 own.toml line 20 column “classes”: no material is selected: give classes or materials",
        ),
    ] {
        assert_eq!(patched(from, to), [expected]);
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let text =
        SMALL.replace("direction = \"more\"", "direction = 3").replace("unit = \"t\"", "unit = \"kg\"");
    let (definitions, findings) = read_set("own.toml", &text);
    assert!(definitions.is_empty());
    let codes: Vec<&str> = findings.0.iter().map(|d| d.code.0).collect();
    assert_eq!(codes, ["E505", "E505", "E505"]);
}

#[test]
fn a_file_that_is_no_toml_names_the_line() {
    let lines = patched("percent = true", "percent = ");
    assert_eq!(lines.len(), 1);
    assert!(lines[0].starts_with("error E502 own.toml line 10:"), "{}", lines[0]);
}

#[test]
fn an_unknown_set_names_the_nearest() {
    let (_, findings) = read_sets(&["ce-2071".to_owned()], &[]);
    assert_eq!(
        findings.0[0].message(Language::En),
        "there is no indicator set “ce-2071”; known are ce-2017, local; the nearest is ce-2017"
    );
    let own = vec![("indicators/own.toml".to_owned(), SMALL.to_owned())];
    let (definitions, findings) = read_sets(&["own".to_owned()], &own);
    assert_eq!((definitions.len(), findings.0.len()), (1, 0));
}
