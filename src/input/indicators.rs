//! Indicator sets: TOML files become [`Definition`]s, with findings that name file and line.

mod flows;
mod record;
mod section;

use super::names::folded;
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::indicators::Definition;
use section::Section;
use std::sync::LazyLock;
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
pub fn statistic_keys() -> &'static [StatisticKey] {
    // The vocabulary is part of the program: read once, never changed.
    static KEYS: LazyLock<Vec<StatisticKey>> = LazyLock::new(read_statistic_keys);
    &KEYS
}

/// The key of the one statistic of the vocabulary that has this Chinese or English name; `None` for keys and for what
/// names none or several.
#[must_use]
pub fn statistic_of_name(text: &str) -> Option<&'static str> {
    let known = statistic_keys();
    if known.iter().any(|statistic| statistic.key == text) {
        return None;
    }
    let wanted = folded(text);
    let is_named =
        |statistic: &&StatisticKey| [&statistic.name, &statistic.name_en].iter().any(|n| folded(n) == wanted);
    let mut alike = known.iter().filter(is_named);
    alike.next().map(|statistic| statistic.key.as_str()).filter(|_| alike.next().is_none())
}

fn read_statistic_keys() -> Vec<StatisticKey> {
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
        let definition = record::definition(&mut section, &set, &regulation, &sources);
        let faultless = section.close(findings);
        if let Some(definition) = definition.filter(|_| faultless) {
            read.push(Read { definition, spot });
        }
    }
    top.close(findings);
    read
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
mod tests;
