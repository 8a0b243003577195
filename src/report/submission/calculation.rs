//! The calculation sheet of one indicator: its value as a formula over its terms, each term the sum of its parts.

use super::{Filing, SHEETS, formula, head, style_of};
use crate::indicators::{Definition, IndicatorValue, TermValue};
use crate::input::workbook::address;
use crate::report::opened::{booked, place_name, rows_of, sources_in};
use crate::report::workbook::book::sheet_names;
use crate::report::workbook::{Cell, Content, Sheet, Style};
use crate::report::{named, number};

/// Column of values, counted from 0.
const VALUES: u16 = 1;
/// Widths of columns.
const WIDTHS: [f64; 6] = [20.0, 18.0, 12.0, 50.0, 36.0, 26.0];

/// The name of the sheet of an indicator by its id.
pub(super) fn name(filing: &Filing<'_>, key: &str) -> String {
    let definitions = filing.subject.definitions;
    let reserved = SHEETS.map(|words| filing.pick(words[0], words[1]));
    let names = sheet_names(definitions.iter().map(|definition| definition.key.as_str()), &reserved);
    let at = definitions.iter().position(|definition| definition.key == key);
    at.map_or_else(String::new, |at| names[at].clone())
}

/// The cell of an indicator's value, as other sheets refer to it.
pub(super) fn cell(filing: &Filing<'_>, key: &str) -> String {
    let sheet = name(filing, key).replace('\'', "''");
    format!("'{sheet}'!{}", address((value_row(filing) + 1, u32::from(VALUES) + 1)))
}

/// The row of the value, counted from 0: behind the sheet's title, the formula in words and what it rests on.
fn value_row(filing: &Filing<'_>) -> u32 {
    let stamp = u32::from(filing.model().settings.illustrative);
    3 + stamp + 4
}

pub(super) fn sheet(filing: &Filing<'_>, definition: &Definition, value: &IndicatorValue) -> Sheet {
    let language = filing.language();
    let title = format!("{} {}", definition.key, definition.name_in(language));
    let mut sheet = filing.sheet(&name(filing, &definition.key), &title, &WIDTHS);
    let text = |word: &str, text: &str, style| vec![Cell::text(word, Style::Strong), Cell::text(text, style)];
    let place = place_name(filing.model(), value.place, language);
    let checked = match &definition.text_verified {
        Some(who) => who.clone(),
        None => definition.caveat(language).unwrap_or_default().to_owned(),
    };
    let style = if definition.text_verified.is_some() { Style::Plain } else { Style::Stamp };
    sheet.rows.push(text(filing.pick("地点", "place"), place, Style::Plain));
    sheet.rows.push(text(filing.pick("公式", "formula"), &definition.formula.to_string(), Style::Plain));
    sheet.rows.push(text(filing.pick("依据", "regulation"), &definition.regulation, Style::Plain));
    sheet.rows.push(text(filing.pick("定义核对", "definition"), &checked, style));
    debug_assert_eq!(sheet.rows.len() as u32, value_row(filing));
    let terms = Terms::of(value, value_row(filing));
    sheet.rows.push(value_line(filing, definition, value, &terms));
    sheet.rows.push(target_line(filing, definition, value));
    let note = named(language, &definition.note, &definition.note_en);
    sheet.rows.push(text(filing.pick("说明", "note"), note, Style::Words));
    if !note.is_empty() {
        sheet.merged.push((sheet.rows.len() as u32 - 1, VALUES, WIDTHS.len() as u16 - 1));
    }
    sheet.rows.push(Vec::new());
    sheet.rows.push(head(&match language {
        crate::diagnostic::Language::Zh => ["项", "数值", "单位", "含义", "模型覆盖的份额", "要而未得"],
        crate::diagnostic::Language::En => {
            ["term", "value", "unit", "what it is", "share the model covers", "not served"]
        }
    }));
    for (at, term) in value.terms.iter().enumerate() {
        sheet.rows.push(term_line(filing, definition, term, terms.parts[at]));
    }
    sheet.rows.push(Vec::new());
    sheet.rows.push(head(&match language {
        crate::diagnostic::Language::Zh => ["项", "数值", "次级或估算", "组成部分", "所依据的行", "来源"],
        crate::diagnostic::Language::En => ["term", "value", "poor data", "part", "rows", "sources"],
    }));
    for term in &value.terms {
        parts(filing, term, &mut sheet);
    }
    counties(filing, definition, value, &terms, &mut sheet);
    sheet
}

/// The cell of an indicator's value for the county unit of a number, as other sheets refer to it.
pub(super) fn county_cell(filing: &Filing<'_>, key: &str, of_city: &IndicatorValue, county: usize) -> String {
    let sheet = name(filing, key).replace('\'', "''");
    let row = Terms::of(of_city, value_row(filing)).counties + county as u32;
    format!("'{sheet}'!{}", address((row + 1, u32::from(VALUES) + 1)))
}

/// The same indicator for the county units: a line each, its value a formula over the terms in the line.
fn counties(
    filing: &Filing<'_>,
    definition: &Definition,
    of_city: &IndicatorValue,
    terms: &Terms,
    sheet: &mut Sheet,
) {
    let (model, language) = (filing.model(), filing.language());
    let names: Vec<&str> = of_city.terms.iter().map(|term| term.name.as_str()).collect();
    sheet.rows.push(Vec::new());
    let first = [filing.pick("县级单位", "county unit"), filing.pick("指标值", "value")];
    sheet.rows.push(head(&first.into_iter().chain(names.iter().copied()).collect::<Vec<_>>()));
    debug_assert_eq!(sheet.rows.len() as u32, terms.counties);
    for place in model.places.counties() {
        let row = sheet.rows.len() as u32 + 1;
        let mut cells = vec![Cell::text(place_name(model, place, language), Style::Plain)];
        if let Some(value) = filing.value(of_city.definition, place, filing.year) {
            let of =
                |name: &str| value.terms.iter().find(|term| term.name == name).and_then(|term| term.value);
            let column = |name: &str| names.iter().position(|known| *known == name).unwrap_or_default();
            let cell = |name: &str| address((row, column(name) as u32 + u32::from(VALUES) + 2));
            cells.push(match &value.value {
                Ok(number) => {
                    let term = |at: usize| cell(&definition.terms[at].name);
                    let computed =
                        scaled(definition, definition.formula.spreadsheet(&term, &|key| cell(key)));
                    formula(computed, Some(*number), style_of(definition, *number))
                }
                Err(reason) => Cell::text("—", Style::Plain).noted(reason.reason(language)),
            });
            cells.extend(names.iter().map(|name| match of(name) {
                Some(number) => Cell::number(number, figure_style(number)),
                None => Cell::text("—", Style::Plain),
            }));
        }
        sheet.rows.push(cells);
    }
}

/// A formula brought to the unit of the indicator.
fn scaled(definition: &Definition, computed: String) -> String {
    if definition.scale == 1.0 { computed } else { format!("{computed}/{}", definition.scale) }
}

/// Where terms and their parts stand.
struct Terms {
    /// Row of the first term, counted from 0.
    first: u32,
    /// First and last row of the parts of every term, counted from 0; `None` without parts.
    parts: Vec<Option<(u32, u32)>>,
    /// Row of the first county unit, counted from 0.
    counties: u32,
}

impl Terms {
    fn of(value: &IndicatorValue, value_row: u32) -> Self {
        let first = value_row + 5;
        let mut next = first + value.terms.len() as u32 + 2;
        let parts = value.terms.iter().map(|term| {
            let begin = next;
            next += term.parts.len() as u32;
            (next > begin).then(|| (begin, next - 1))
        });
        let parts = parts.collect();
        Self { first, parts, counties: next + 2 }
    }

    fn cell(&self, at: usize) -> String {
        address((self.first + at as u32 + 1, u32::from(VALUES) + 1))
    }
}

fn value_line(
    filing: &Filing<'_>,
    definition: &Definition,
    value: &IndicatorValue,
    terms: &Terms,
) -> Vec<Cell> {
    let word = Cell::text(filing.pick("指标值", "value"), Style::Strong);
    let unit = Cell::text(definition.unit_in(filing.language()), Style::Words);
    match &value.value {
        Err(reason) => {
            let reason = reason.reason(filing.language());
            vec![word, Cell::text("—", Style::Plain), Cell::text(reason, Style::Stamp)]
        }
        Ok(number) => {
            let place =
                |name: &str| value.terms.iter().position(|term| term.name == name).unwrap_or_default();
            let term = |at: usize| terms.cell(place(&definition.terms[at].name));
            let member = |key: &str| terms.cell(place(key));
            let computed = scaled(definition, definition.formula.spreadsheet(&term, &member));
            let style = style_of(definition, *number);
            let by_program = Cell::number(*number, style);
            let words = filing.pick(
                "右边是程序算得的值，应与公式相同",
                "on the right the program's own value, which must be the same",
            );
            vec![
                word,
                formula(computed, Some(*number), style),
                unit,
                Cell::text(words, Style::Words),
                by_program,
            ]
        }
    }
}

fn target_line(filing: &Filing<'_>, definition: &Definition, value: &IndicatorValue) -> Vec<Cell> {
    let word = Cell::text(filing.pick("目标", "target"), Style::Strong);
    let target = value.target_value.map_or_else(Cell::default, |t| Cell::number(t, style_of(definition, t)));
    let provisional = if value.provisional { filing.pick("（暂定）", " (provisional)") } else { "" };
    let grade =
        value.grade.map_or_else(String::new, |g| format!("{}{provisional}", g.word(filing.language())));
    vec![word, target, Cell::text(grade, Style::Strong)]
}

fn term_line(
    filing: &Filing<'_>,
    definition: &Definition,
    term: &TermValue,
    parts: Option<(u32, u32)>,
) -> Vec<Cell> {
    let language = filing.language();
    let record = definition.term(&term.name);
    let member = filing.subject.definitions.iter().find(|other| record.is_none() && other.key == term.name);
    let label = match (record, member) {
        (Some(record), _) => record.label_in(language).to_owned(),
        (None, Some(member)) => member.name_in(language).to_owned(),
        (None, None) => term.name.clone(),
    };
    let unit = match (record, member) {
        (Some(record), _) => record.dimension.symbol(),
        (None, Some(member)) if member.percent => "%",
        (None, Some(member)) => member.unit_in(language),
        (None, None) => "",
    };
    let value = match (term.value, parts, member) {
        (None, ..) => Cell::text("—", Style::Plain),
        (Some(value), _, Some(member)) => {
            formula(cell(filing, &member.key), Some(value), style_of(member, value))
        }
        (Some(value), Some((first, last)), None) => {
            let column = u32::from(VALUES) + 1;
            let range = format!("{}:{}", address((first + 1, column)), address((last + 1, column)));
            formula(format!("SUM({range})"), Some(value), figure_style(value))
        }
        (Some(value), None, None) => Cell::number(value, figure_style(value)),
    };
    let coverage = term.coverage.map_or_else(Cell::default, |share| Cell::number(share, Style::Percent(1)));
    let unmet =
        if term.unmet > 0.0 { Cell::number(term.unmet, figure_style(term.unmet)) } else { Cell::default() };
    let name = if term.note {
        format!("{} {}", term.name, filing.pick("（旁列，不入公式）", "(beside, not in the formula)"))
    } else {
        term.name.clone()
    };
    vec![
        Cell::text(name, Style::Plain),
        value,
        Cell::text(unit, Style::Words),
        Cell::text(label, Style::Words),
        coverage,
        unmet,
    ]
}

fn parts(filing: &Filing<'_>, term: &TermValue, sheet: &mut Sheet) {
    let (model, language) = (filing.model(), filing.language());
    let network = &filing.subject.run.plan.network;
    for part in &term.parts {
        let poor = if part.poor { filing.pick("是", "yes") } else { "" };
        sheet.rows.push(vec![
            Cell::text(term.name.as_str(), Style::Plain),
            Cell { content: Content::Number(part.value), style: figure_style(part.value), note: None },
            Cell::text(poor, Style::Words),
            Cell::text(booked(model, network, part, language), Style::Words),
            Cell::text(rows_of(&part.rows, language), Style::Words),
            Cell::text(sources_in(model, &part.rows), Style::Words),
        ]);
    }
}

/// How a figure of a term is shown.
fn figure_style(value: f64) -> Style {
    Style::Number(number::decimals_for(value.abs()) as u8)
}
