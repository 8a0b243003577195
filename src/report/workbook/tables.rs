//! Tables of a model as sheets: headers with units and notes, drop-down lists, and the rows.

use super::book::{Book, Cell, Sheet, Style, sheet_names, width_of};
use super::{cells, guide, lists, offered};
use crate::diagnostic::Language;
use crate::input::attributes::{self, Attribute, COMMON, DefaultUnit, Presence, TableAttributes};
use crate::input::settings::{CHINESE_KEYS, KEYS};
use crate::input::workbook::SETTINGS_SHEETS;
use crate::input::{ModelText, TableText};
use crate::model::TableKind;

/// Narrowest and widest column.
const WIDTHS: (usize, usize) = (8, 42);
/// Tables that a clerk fills in first.
const FIRST_SHELF: [TableKind; 11] = [
    TableKind::Places,
    TableKind::Enterprises,
    TableKind::Processes,
    TableKind::Projects,
    TableKind::Funds,
    TableKind::Duties,
    TableKind::Appropriations,
    TableKind::Financing,
    TableKind::Statistics,
    TableKind::Targets,
    TableKind::Scenarios,
];

/// How the names of sheets with indicator definitions end.
const DEFINITIONS: &str = ".toml";
/// Characters of such a name before its ending and the mark of one that is alike.
const SHORT: usize = 22;

/// In which words choices (`key`, `yes`) stand in the cells of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// As they were written, so that nothing of the model is lost; lists then offer the words of both languages.
    AsWritten,
    /// In the language of the workbook, for whoever is to fill it in.
    Translated,
}

/// A workbook of a model: a guide, the settings, every table (those that are not given empty), the clerk's tables
/// first. With nothing given it is the template.
#[must_use]
pub fn book(model: &ModelText, wording: Wording, language: Language) -> Book {
    let sheets: Vec<(TableKind, String)> =
        ordered().map(|t| (t.table, language.pick(t.zh, t.table.stem()).to_owned())).collect();
    let offered = offered::offered(model, language);
    let known = lists::Known { sheets: &sheets, offered: &offered.lists, wording };
    let mut book = Book { title: title(model, language), sheets: Vec::new() };
    book.sheets.push(guide::sheet(&sheets, language));
    book.sheets.push(settings(&model.settings, language));
    for attributes in ordered() {
        let filled = model.tables.iter().find(|filled| filled.attributes.table == attributes.table);
        book.sheets.push(table(attributes, filled, known, language));
    }
    book.sheets.push(offered.sheet);
    // The ending says what the sheet holds: a long name is cut before it.
    let short = |name: &str| -> String { name.trim_end_matches(DEFINITIONS).chars().take(SHORT).collect() };
    let stems: Vec<String> = model.definitions.iter().map(|(name, _)| short(name)).collect();
    let names = sheet_names(stems.iter().map(String::as_str), &[]);
    for ((_, text), name) in model.definitions.iter().zip(names) {
        let rows = text.lines().map(|line| vec![Cell::text(line, Style::Plain)]).collect();
        let name = format!("{name}{DEFINITIONS}");
        book.sheets.push(Sheet { name, rows, widths: vec![100.0], ..Sheet::default() });
    }
    book
}

fn title(model: &ModelText, language: Language) -> String {
    let name = model.settings.iter().find(|(key, _)| key == language.pick("name", "name_en"));
    name.map_or_else(|| language.pick("填报模板", "Template").to_owned(), |(_, name)| name.clone())
}

/// The tables in the order of a clerk's work.
fn ordered() -> impl Iterator<Item = &'static TableAttributes> {
    let first = FIRST_SHELF.into_iter().chain([TableKind::Mixes]).filter_map(attributes::of);
    let rest = attributes::all().filter(|t| t.table != TableKind::Mixes && !FIRST_SHELF.contains(&t.table));
    first.chain(rest)
}

fn settings(given: &[(String, String)], language: Language) -> Sheet {
    let [key, value, means] = match language {
        Language::Zh => ["项", "值", "含义"],
        Language::En => ["key", "value", "meaning"],
    };
    let head = [key, value, means].map(|word| Cell::text(word, Style::Header));
    let mut rows = vec![head.to_vec()];
    for ((key, zh, en), chinese) in KEYS.into_iter().zip(CHINESE_KEYS) {
        let value = given.iter().find(|(k, _)| k == key).map_or("", |(_, value)| value);
        rows.push(vec![
            Cell::text(language.pick(chinese, key), Style::Strong),
            cells::of(value, Style::Input),
            Cell::text(language.pick(zh, en), Style::Words),
        ]);
    }
    let name = language.pick(SETTINGS_SHEETS[1], SETTINGS_SHEETS[0]).to_owned();
    Sheet {
        name,
        rows,
        widths: vec![14.0, 36.0, 60.0],
        frozen: (1, 1),
        tab: Some(guide::FIRST),
        ..Sheet::default()
    }
}

fn table(
    attributes: &'static TableAttributes,
    filled: Option<&TableText>,
    known: lists::Known<'_>,
    language: Language,
) -> Sheet {
    let header: Vec<String> = match filled {
        Some(filled) => filled.header.clone(),
        None => attributes.all_columns().map(|a| a.key.to_owned()).collect(),
    };
    let columns: Vec<Option<&'static Attribute>> =
        header.iter().map(|text| attributes.headed(text)).collect();
    let mut choices = Vec::new();
    let mut head = Vec::new();
    for (position, (text, column)) in header.iter().zip(&columns).enumerate() {
        head.push(match column {
            Some(attribute) => {
                choices.push(lists::of(attribute, position as u16, 1, known, language));
                let words = heading(attribute, text, filled.is_none(), language);
                Cell::text(words, style_of(attribute)).noted(lists::meaning(attribute, language))
            }
            None => Cell::text(text, Style::Header),
        });
    }
    let mut rows = vec![head];
    for row in filled.map_or(&[][..], |filled| &filled.rows) {
        let worded = row.iter().zip(&columns).map(|(text, column)| match column {
            Some(attribute) if known.wording == Wording::Translated => {
                cells::of(&lists::worded(attribute, text, language), Style::Input)
            }
            _ => cells::of(text, Style::Input),
        });
        rows.push(worded.collect());
    }
    let widths = (0..header.len()).map(|position| width(&rows, position)).collect();
    let shelf = FIRST_SHELF.contains(&attributes.table) || attributes.table == TableKind::Mixes;
    Sheet {
        name: super::book::sheet_name(language.pick(attributes.zh, attributes.table.stem())),
        rows,
        widths,
        frozen: (1, 1),
        choices,
        open_from: Some(1),
        landscape: true,
        tab: Some(if shelf { guide::FIRST } else { guide::SECOND }),
        ..Sheet::default()
    }
}

/// The header in the language of the workbook: the unit that a written one has stays, a template's is the default.
fn heading(attribute: &Attribute, written: &str, template: bool, language: Language) -> String {
    let name = language.pick(attribute.zh, attribute.key);
    let unit = match (template, written.find(['(', '（'])) {
        (false, Some(at)) => written[at..].trim_end_matches('*').to_owned(),
        (false, None) => String::new(),
        (true, _) => match (attribute.unit.column, attribute.unit.default) {
            (None, DefaultUnit::Text(unit)) if !unit.is_empty() => match language {
                Language::Zh => format!("（{unit}）"),
                Language::En => format!(" ({unit})"),
            },
            _ => String::new(),
        },
    };
    let required = if attribute.presence == Presence::Required { "*" } else { "" };
    format!("{name}{unit}{required}")
}

fn style_of(attribute: &Attribute) -> Style {
    if COMMON.iter().any(|common| common.key == attribute.key) {
        Style::Common
    } else if attribute.presence == Presence::Required {
        Style::Required
    } else {
        Style::Header
    }
}

/// A width that shows most cells of a column without hiding the others.
fn width(rows: &[Vec<Cell>], position: usize) -> f64 {
    let text = |cell: &Cell| match &cell.content {
        super::Content::Text(text) => width_of(text),
        super::Content::Number(number) => number.to_string().len(),
        _ => 0,
    };
    let widest = rows.iter().filter_map(|row| row.get(position)).map(text).max().unwrap_or(0);
    (widest + 2).clamp(WIDTHS.0, WIDTHS.1) as f64
}
