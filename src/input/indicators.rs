//! Indicator sets: TOML files become [`Definition`]s, with findings that name file and line.

mod flows;
mod section;

use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::indicators::definition::{
    After, Confidence, Counts, Definition, Direction, Remainder, StockLevel, Switch, Term, TermKind,
};
use crate::indicators::formula::{Formula, FormulaFault};
use crate::units::Dimension;
use section::Section;
use toml::de::DeTable;

/// The sets that ship with the program: name and text.
pub const SHIPPED: [(&str, &str); 2] = [
    ("ce-2017", include_str!("../../catalogue/indicators/ce-2017.toml")),
    ("local", include_str!("../../catalogue/indicators/local.toml")),
];

const VOCABULARY: &str = include_str!("../../catalogue/statistics.csv");

/// A key of `statistics` that the shipped sets know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatisticKey {
    /// Key.
    pub key: String,
    /// Base unit in which a definition counts it.
    pub unit: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// What it counts.
    pub meaning: String,
}

/// The vocabulary of statistic keys, in the order of the catalogue.
///
/// # Panics
/// Never with the shipped file; a test reads it.
#[must_use]
pub fn statistic_keys() -> Vec<StatisticKey> {
    let mut reader = csv::Reader::from_reader(VOCABULARY.trim_start_matches('\u{feff}').as_bytes());
    reader
        .records()
        .map(|record| {
            let record = record.expect("the shipped vocabulary is a table");
            let cell = |i: usize| record.get(i).unwrap_or_default().to_owned();
            StatisticKey { key: cell(0), unit: cell(1), name: cell(2), name_en: cell(3), meaning: cell(4) }
        })
        .collect()
}

/// A definition with where it was read.
struct Read {
    definition: Definition,
    spot: Spot,
}

/// Reads the named shipped sets and the user's own files (`(file, text)`), and checks them together:
/// ids, members, circles of members. Faulty definitions are left out, all faults are told at once.
#[must_use]
pub fn read_sets(names: &[String], own: &[(String, String)]) -> (Vec<Definition>, Findings) {
    let mut findings = Findings::default();
    let mut read = Vec::new();
    for name in names {
        if let Some((stem, text)) = SHIPPED.iter().find(|(stem, _)| stem == name) {
            let file = format!("catalogue/indicators/{stem}.toml");
            read.extend(read_file(&file, text, &mut findings));
        } else if !own.iter().any(|(file, _)| stem_of(file) == name) {
            let known: Vec<&str> = SHIPPED.iter().map(|(stem, _)| *stem).collect();
            findings.push(
                Diagnostic::new(Code("E501"))
                    .with("found", name.clone())
                    .with("known", known.join(", "))
                    .with("nearest", section::nearest(name, &known)),
            );
        }
    }
    for (file, text) in own {
        read.extend(read_file(file, text, &mut findings));
    }
    check_together(&read, &mut findings);
    (read.into_iter().map(|r| r.definition).collect(), findings)
}

/// Reads one file alone.
#[must_use]
pub fn read_set(file: &str, text: &str) -> (Vec<Definition>, Findings) {
    read_sets(&[], &[(file.to_owned(), text.to_owned())])
}

fn stem_of(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name)
}

fn read_file(file: &str, text: &str, findings: &mut Findings) -> Vec<Read> {
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let line = error.span().map(|span| section::line_of(text, span.start));
            let spot = Spot { file: file.to_owned(), row: line, column: None };
            let what = error.message().lines().next().unwrap_or_default().to_owned();
            findings.push(Diagnostic::new(Code("E502")).at(spot).with("fault", what));
            return Vec::new();
        }
    };
    let mut top = Section::new(file, text, table.get_ref(), 0);
    let set = top.text("set").unwrap_or_else(|| stem_of(file).to_owned());
    let regulation = top.optional_text("regulation").unwrap_or_default();
    let sources = top.texts("sources");
    let indicators = top.tables("indicator");
    let mut read = Vec::new();
    for mut section in indicators {
        let spot = section.spot(None);
        let definition = definition(&mut section, &set, &regulation, &sources);
        let faultless = section.close(findings);
        if let Some(definition) = definition.filter(|_| faultless) {
            read.push(Read { definition, spot });
        }
    }
    top.close(findings);
    read
}

fn definition(
    section: &mut Section<'_>,
    set: &str,
    regulation: &str,
    sources: &[String],
) -> Option<Definition> {
    let key = section.text("id");
    let number = section.text("number");
    let name = section.text("name");
    let name_en = section.text("name_en");
    let unit = section.text("unit");
    let unit_en = section.optional_text("unit_en").or_else(|| unit.clone());
    let scale = section.positive("scale").unwrap_or(1.0);
    let percent = section.truth("percent").unwrap_or(false);
    let direction = section.word(
        "direction",
        &[("more", Direction::More), ("less", Direction::Less), ("neutral", Direction::Neutral)],
    );
    let confidence = section.word(
        "confidence",
        &[("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)],
    );
    let switches =
        section.truths("switches").into_iter().map(|(name, on)| Switch { name, on }).collect::<Vec<_>>();
    let (terms, names) = terms(section, &switches);
    let formula = formula(section, &names);
    let regulation = section.optional_text("regulation").unwrap_or_else(|| regulation.to_owned());
    let own_sources = section.texts("sources");
    let text_verified = section.optional_text("text_verified");
    let note = section.optional_text("note").unwrap_or_default();
    let note_en = section.optional_text("note_en").unwrap_or_default();
    let formula = formula?;
    // Positions are those of all names: they are those of the terms when no term was faulty.
    for (position, term) in terms.iter().enumerate().filter(|_| terms.len() == names.len()) {
        if !term.note && !formula.terms().contains(&position) {
            section.fault(Diagnostic::new(Code("E509")).with("term", term.name.clone()), "formula");
        }
    }
    Some(Definition {
        key: key?,
        set: set.to_owned(),
        number: number?,
        name: name?,
        name_en: name_en?,
        unit: unit?,
        unit_en: unit_en?,
        scale,
        percent,
        direction: direction?,
        terms,
        formula,
        switches,
        regulation,
        sources: if own_sources.is_empty() { sources.to_vec() } else { own_sources },
        text_verified,
        confidence: confidence?,
        note,
        note_en,
    })
}

/// The formula over all named terms, faulty ones included: their own faults say enough.
fn formula(section: &mut Section<'_>, names: &[String]) -> Option<Formula> {
    let text = section.text("formula")?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match Formula::parse(&text, &|name| names.iter().position(|n| *n == name)) {
        Ok(formula) => Some(formula),
        Err(error) => {
            let diagnostic = match error.fault {
                FormulaFault::Unexpected(found) => Diagnostic::new(Code("E506")).with("found", found),
                FormulaFault::UnknownName(found) => Diagnostic::new(Code("E507"))
                    .with("nearest", section::nearest(&found, &names))
                    .with("found", found),
                FormulaFault::UnknownFunction(found) => Diagnostic::new(Code("E508")).with("found", found),
                FormulaFault::BadNumber(found) => Diagnostic::new(Code("E510")).with("found", found),
                FormulaFault::TooDeep => Diagnostic::new(Code("E511")),
            };
            let position = error.position.to_string();
            section.fault(diagnostic.with("formula", text).with("position", position), "formula");
            None
        }
    }
}

/// The terms without fault, and the names of all.
fn terms(section: &mut Section<'_>, switches: &[Switch]) -> (Vec<Term>, Vec<String>) {
    let (mut terms, mut names) = (Vec::new(), Vec::new());
    for (name, mut inner) in section.named_tables("terms") {
        names.push(name.clone());
        if let Some(term) = term(&name, &mut inner, switches) {
            terms.push(term);
        }
        section.adopt(inner);
    }
    (terms, names)
}

fn term(name: &str, section: &mut Section<'_>, switches: &[Switch]) -> Option<Term> {
    let label = section.text("name");
    let label_en = section.text("name_en");
    let units: Vec<(&str, Dimension)> = Dimension::ALL
        .iter()
        .filter(|d| **d != Dimension::Number)
        .map(|&d| (d.symbol(), d))
        .chain([("m³", Dimension::Volume), ("yuan", Dimension::Money), ("number", Dimension::Number)])
        .collect();
    let dimension = section.word("unit", &units);
    let note = section.truth("note").unwrap_or(false);
    let kind = if section.has("flows") {
        let flows = flows::selection(section, switches);
        let remainder = remainder(section);
        flows.map(|flows| TermKind::Flows { flows, remainder })
    } else if section.has("stock") {
        let level = section.word(
            "stock",
            &[
                ("opening", StockLevel::Opening),
                ("closing", StockLevel::Closing),
                ("change", StockLevel::Change),
            ],
        );
        let materials = flows::materials(section);
        level.zip(materials).map(|(level, materials)| TermKind::Stock { materials, level })
    } else {
        let held = section.truth("held").unwrap_or(false);
        statistic(section).map(|key| TermKind::Statistic { key, held })
    };
    Some(Term {
        name: name.to_owned(),
        label: label?,
        label_en: label_en?,
        dimension: dimension?,
        kind: kind?,
        note,
    })
}

/// The key of a statistic; one that is not of the vocabulary may be the user's own and is only remarked.
fn statistic(section: &mut Section<'_>) -> Option<String> {
    let key = section.text("statistic")?;
    let known = statistic_keys();
    if !known.iter().any(|k| k.key == key) {
        let keys: Vec<&str> = known.iter().map(|k| k.key.as_str()).collect();
        let nearest = section::nearest(&key, &keys);
        let remark = Diagnostic::new(Code("W501")).with("found", key.clone()).with("nearest", nearest);
        section.remark(remark, "statistic");
    }
    Some(key)
}

fn remainder(section: &mut Section<'_>) -> Option<Remainder> {
    if !section.has("statistic") {
        return None;
    }
    let statistic = statistic(section)?;
    let counts = if section.has("counts") {
        section.word("counts", &[("total", Counts::Total), ("rest", Counts::Rest)])?
    } else {
        Counts::Total
    };
    let growth = section.number("growth");
    let after = match growth {
        Some(rate) => After::Grown(rate),
        None if section.truth("held").unwrap_or(false) => After::Held,
        None => After::AsStatistic,
    };
    Some(Remainder { statistic, counts, after })
}

/// Ids stand once, members exist, and no indicator is a member of itself.
fn check_together(read: &[Read], findings: &mut Findings) {
    let keys: Vec<&str> = read.iter().map(|r| r.definition.key.as_str()).collect();
    for (position, entry) in read.iter().enumerate() {
        let key = keys[position];
        if let Some(first) = keys[..position].iter().position(|k| *k == key) {
            let before = &read[first].spot;
            let place = format!("{}:{}", before.file, before.row.unwrap_or(0));
            findings.push(
                Diagnostic::new(Code("E512")).at(entry.spot.clone()).with("found", key).with("first", place),
            );
        }
        for member in entry.definition.formula.members() {
            if !keys.contains(&member) {
                findings.push(
                    Diagnostic::new(Code("E513"))
                        .at(entry.spot.clone())
                        .with("found", member)
                        .with("nearest", section::nearest(member, &keys)),
                );
            }
        }
        if let Some(circle) = circle_through(read, &keys, position) {
            findings.push(Diagnostic::new(Code("E514")).at(entry.spot.clone()).with("circle", circle));
        }
    }
}

/// The circle of members through a definition, as text, if it is the first of its members in the list.
fn circle_through(read: &[Read], keys: &[&str], start: usize) -> Option<String> {
    let mut path = vec![start];
    let mut seen = vec![false; read.len()];
    fn walk(read: &[Read], keys: &[&str], path: &mut Vec<usize>, seen: &mut [bool]) -> bool {
        let at = path[path.len() - 1];
        for member in read[at].definition.formula.members() {
            let Some(next) = keys.iter().position(|k| *k == member) else { continue };
            if next == path[0] {
                return true;
            }
            if next > path[0] && !seen[next] {
                seen[next] = true;
                path.push(next);
                if walk(read, keys, path, seen) {
                    return true;
                }
                path.pop();
            }
        }
        false
    }
    walk(read, keys, &mut path, &mut seen).then(|| {
        let names = path.iter().chain([&start]).map(|&i| keys[i]);
        names.collect::<Vec<_>>().join(" → ")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

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
}
