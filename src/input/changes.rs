//! What scenarios change in the raw tables before records are built.

mod years;

use super::attributes::{self, Attribute, ChangeRule, Kind, Presence, words::OPERATION};
use super::collected::Collected;
use super::indicators::statistic_of_name;
use super::names::{Found, Names, nearest};
use super::read::{Column, RawTable, Row};
use super::reading::{word_of, year_of};
use super::tables::Tables;
use crate::calendar::Month;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Shelf, TableKind};
use crate::quantity::{self, Distribution, Quantity, Written};
use crate::units::written::half_width;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// How a cell is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    Set,
    Times,
    Plus,
}

/// Names of the rows of all tables.
pub(super) type AllNames = BTreeMap<TableKind, Names>;

/// The tables with the changes of a chain of scenarios applied, ancestors first; `None` when they change
/// nothing. Faults go to the findings, at the row of `changes`.
pub(super) fn apply(
    tables: &Tables,
    names: &AllNames,
    chain: &[usize],
    horizon: &RangeInclusive<i32>,
    found: &mut Collected,
) -> Option<Tables> {
    let changes = tables.own(TableKind::Changes)?;
    let scenario = changes.column("scenario");
    let mut changed: Option<Tables> = None;
    for of in chain {
        for row in changes.rows() {
            let Some(text) = row.text(scenario) else { continue };
            if names.get(&TableKind::Scenarios).map(|n| n.find(text)) != Some(Found::Row(*of as u32)) {
                continue;
            }
            let into = changed.get_or_insert_with(|| tables.clone());
            change(row, into, names, horizon, found);
        }
    }
    changed
}

/// A cell's text with references by name brought to the id.
pub(super) fn canonical(names: &AllNames, row: Row<'_>, column: Column) -> String {
    let text = row.text(column).unwrap_or_default();
    as_id(names, column.attribute, text)
}

/// A text as the id or word that it stands for.
pub(super) fn as_id(names: &AllNames, attribute: &Attribute, text: &str) -> String {
    match attribute.kind {
        Kind::Reference(table) => match names.get(&table).map(|n| (n, n.find(text))) {
            Some((names, Found::Row(row))) => names.id_of(row).to_owned(),
            _ => text.to_owned(),
        },
        Kind::Choice(words) => word_of(words, text).unwrap_or(text).to_owned(),
        Kind::Statistic => statistic_of_name(text).unwrap_or(text).to_owned(),
        _ => text.to_owned(),
    }
}

fn change(
    row: Row<'_>,
    tables: &mut Tables,
    names: &AllNames,
    horizon: &RangeInclusive<i32>,
    found: &mut Collected,
) {
    let columns = ["table", "row", "column", "operation", "value", "years"].map(|key| row.table.column(key));
    let [table, selector, column, operation, value, years] = columns;
    let mut fault = |code: &'static str, at: Column, values: &[(&'static str, String)]| {
        let mut finding = Diagnostic::new(Code(code)).at(row.spot(at));
        for (name, value) in values {
            finding = finding.with(name, value.clone());
        }
        found.push(finding);
    };
    let [Some(table_text), Some(selector_text), Some(column_text), Some(value_text)] =
        [table, selector, column, value].map(|column| row.text(column))
    else {
        for needed in [table, selector, column, value].into_iter().filter(|c| row.text(*c).is_none()) {
            fault("E105", needed, &[]);
        }
        return;
    };
    let operation = match word_of(OPERATION, row.text(operation).unwrap_or("=")) {
        Some("×") => Operation::Times,
        Some("+") => Operation::Plus,
        Some(_) => Operation::Set,
        None => {
            let text = row.text(operation).unwrap_or_default().to_owned();
            let allowed = "=、×、+".to_owned();
            return fault(
                "E110",
                operation,
                &[("found", text), ("allowed", allowed), ("nearest", String::new())],
            );
        }
    };
    let Some(attributes) = attributes::all().find(|t| t.table.stem() == table_text || t.zh == table_text)
    else {
        let known = attributes::all().flat_map(|t| [t.table.stem(), t.zh]);
        let near = nearest(table_text, known);
        return fault("E151", table, &[("found", table_text.to_owned()), ("nearest", near)]);
    };
    let find = |text: &str| {
        let text = text.trim();
        attributes.all_columns().find(|a| a.key == text || a.zh == text)
    };
    let unknown = |text: &str| {
        let near = nearest(text, attributes.all_columns().flat_map(|a| [a.key, a.zh]));
        [("found", text.trim().to_owned()), ("table", attributes.table.stem().to_owned()), ("nearest", near)]
    };
    let Some(attribute) = find(column_text) else {
        return fault("E152", column, &unknown(column_text));
    };
    if attribute.change == ChangeRule::Never {
        return fault("E153", column, &[("found", column_text.to_owned())]);
    }
    let mut tests: Vec<(&'static Attribute, String)> = Vec::new();
    for part in selector_text.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()) {
        if part == "*" {
            continue;
        }
        let Some((key, wanted)) = part.split_once('=') else {
            return fault("E154", selector, &[("found", part.to_owned())]);
        };
        let Some(tested) = find(key) else { return fault("E152", selector, &unknown(key)) };
        tests.push((tested, as_id(names, tested, wanted.trim())));
    }
    let span = match row.text(years) {
        None => None,
        Some(text) => match span_of(text) {
            Some(span) if attributes.column("year").is_some() => Some(span),
            Some(_) => return fault("E155", years, &[("table", attributes.table.stem().to_owned())]),
            None => return fault("E156", years, &[("found", text.to_owned())]),
        },
    };
    let change = Change { attribute, operation, value: value_text, tests: &tests, span };
    if let (Some(span), Some(target)) = (span, tables.changeable(attributes.table, Shelf::Model))
        && let Err(cell) = years::pin(target, attribute, &tests, span, horizon, names)
    {
        return fault("E161", years, &[("found", cell), ("column", attribute.key.to_owned())]);
    }
    let mut met = 0;
    for shelf in [Shelf::Model, Shelf::Catalogue] {
        let Some(target) = tables.both(attributes.table).find(|t| t.shelf == shelf) else { continue };
        match change.edits(target, names) {
            Ok(edits) if edits.is_empty() => {}
            Ok(edits) => {
                met += edits.len();
                let Some(target) = tables.changeable(attributes.table, shelf) else { continue };
                let column = target.column(attribute.key);
                for (at, text) in edits {
                    target.set(at, column, text);
                }
            }
            Err((code, cell)) => {
                let of = change.value.to_owned();
                return fault(
                    code,
                    value,
                    &[("found", cell), ("value", of), ("column", attribute.key.to_owned())],
                );
            }
        }
    }
    // Where the rows of a table were not understood that was told.
    let unread =
        tables.unread().contains(&attributes.table) || tables.half_read().contains(&attributes.table);
    if met == 0 && !unread {
        fault(
            "E157",
            selector,
            &[("found", selector_text.to_owned()), ("table", attributes.table.stem().to_owned())],
        );
    }
}

struct Change<'a> {
    attribute: &'static Attribute,
    operation: Operation,
    value: &'a str,
    tests: &'a [(&'static Attribute, String)],
    span: Option<(i32, i32)>,
}

impl Change<'_> {
    /// The cells that are changed, with their new text.
    fn edits(
        &self,
        table: &RawTable,
        names: &AllNames,
    ) -> Result<Vec<(usize, String)>, (&'static str, String)> {
        let tests: Vec<(Column, &str)> = self
            .tests
            .iter()
            .map(|(attribute, wanted)| (table.column(attribute.key), wanted.as_str()))
            .collect();
        let column = table.column(self.attribute.key);
        let year =
            table.attributes.column("year").map(|(number, attribute)| table.numbered(number, attribute));
        let mut edits = Vec::new();
        for row in table.rows() {
            let fits = tests.iter().all(|(column, wanted)| matches(wanted, &canonical(names, row, *column)));
            let in_span = self.span.is_none_or(|(first, last)| {
                let own = year.and_then(|year| row.text(year)).and_then(year_of);
                own.is_some_and(|own| (first..=last).contains(&own))
            });
            if !fits || !in_span {
                continue;
            }
            let cell = row.text(column);
            if cell.is_none() && self.attribute.change == ChangeRule::GivenValue {
                return Err(("E158", row.line().to_string()));
            }
            let text = match (self.operation, cell) {
                (Operation::Set, _) => self.value.to_owned(),
                (operation, cell) => {
                    let usual = match self.attribute.presence {
                        Presence::Default(value) => Some(value),
                        _ => None,
                    };
                    let Some(cell) = cell.or(usual) else { return Err(("E158", row.line().to_string())) };
                    computed(self.attribute.kind, cell, operation, self.value)
                        .ok_or_else(|| ("E159", cell.to_owned()))?
                }
            };
            edits.push((row.number, text));
        }
        Ok(edits)
    }
}

/// Whether a text fits a pattern in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(part) = last.replace(part) {
            let part: &str = part;
            let Some(at) = rest.find(part) else { return false };
            rest = &rest[at + part.len()..];
        }
    }
    match last {
        None => rest.is_empty(),
        Some(end) => rest.len() >= end.len() && rest.ends_with(end),
    }
}

/// First and last year of `2017..2020` or `2017`.
fn span_of(text: &str) -> Option<(i32, i32)> {
    let plain = half_width(text);
    let (first, last) = plain.split_once("..").unwrap_or((&plain, &plain));
    let (first, last) = (year_of(first)?, year_of(last)?);
    (first <= last).then_some((first, last))
}

/// A cell's text multiplied by a number, or with one added; `None` when it is no number.
fn computed(kind: Kind, cell: &str, operation: Operation, value: &str) -> Option<String> {
    let by = quantity::number(value).ok()?;
    if kind == Kind::Month {
        let months = (operation == Operation::Plus && by.fract() == 0.0).then_some(by as i32)?;
        return Some(Month::parse(&half_width(cell))?.plus(months).to_string());
    }
    let Written::Number(number) = quantity::parse(cell).ok()? else { return None };
    let result = match operation {
        Operation::Times if by > 0.0 => number.times(by),
        Operation::Times if by == 0.0 => Quantity::exact(0.0),
        Operation::Plus => Quantity {
            central: number.central + by,
            distribution: match number.distribution {
                // A moved lognormal is none any more.
                Some(Distribution::Lognormal { .. }) => return None,
                other => other.map(|d| d.plus(by)),
            },
            parameter: None,
        },
        Operation::Times | Operation::Set => return None,
    };
    Some(written(&result))
}

/// A quantity in the grammar of cells.
fn written(quantity: &Quantity) -> String {
    match quantity.distribution {
        None => quantity.central.to_string(),
        Some(Distribution::Normal { mean, deviation }) => format!("normal({mean}, {deviation})"),
        Some(Distribution::Lognormal { mean, deviation }) => format!("lognormal({mean}, {deviation})"),
        Some(Distribution::Triangular { low, mode, high }) => format!("triangular({low}, {mode}, {high})"),
        Some(Distribution::Uniform { low, high }) => format!("uniform({low}, {high})"),
        Some(Distribution::Trapezoid { a, b, c, d }) => format!("trapezoid({a}, {b}, {c}, {d})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards() {
        for (pattern, text) in [
            ("county-*", "county-a"),
            ("*", ""),
            ("*", "x"),
            ("a*c", "abc"),
            ("a*c", "ac"),
            ("*b*", "abc"),
            ("x", "x"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("county-*", "a"), ("a*c", "ab"), ("x", "xy"), ("ab*b", "ab"), ("a*b*c", "acb")]
        {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn cells_are_computed() {
        let times = |cell: &str, by: &str| computed(Kind::Quantity, cell, Operation::Times, by);
        assert_eq!(times("1,000", "1.5").as_deref(), Some("1500"));
        assert_eq!(times("2±10%", "2").as_deref(), Some("normal(4, 0.4)"));
        assert_eq!(times("=ash", "2"), None);
        assert_eq!(times("2", "-1"), None);
        assert_eq!(computed(Kind::Month, "2016-07", Operation::Plus, "5").as_deref(), Some("2016-12"));
        assert_eq!(
            computed(Kind::Quantity, "uniform(1, 2)", Operation::Plus, "1").as_deref(),
            Some("uniform(2, 3)")
        );
        assert_eq!(span_of("2017..2020"), Some((2017, 2020)));
        assert_eq!(span_of("2017"), Some((2017, 2017)));
        assert_eq!(span_of("2020..2017"), None);
    }
}
