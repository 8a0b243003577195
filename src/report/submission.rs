//! The submission: one year of one scenario as the superior asks for it, every figure down to its rows and sources.
//!
//! The workbook computes: an indicator is a formula over cells of its own calculation sheet, a term the sum of its
//! parts, so that an auditor recomputes it in the spreadsheet program. `submission.json` says the same to programs.

mod calculation;
mod checks;
mod counties;
mod cover;
mod evidence;
pub mod form;
mod indicators;
mod json;
mod ledgers;
mod parks;
mod projects;
mod revisions;

pub use self::json::{FORM, json};
pub use revisions::{Revision, revisions};

use super::named;
use super::summary::{Subject, stamp};
use super::workbook::book::Picture;
use super::workbook::{Book, Cell, Content, Sheet, Style};
use crate::calendar::Month;
use crate::diagnostic::{Code, Diagnostic, Language};
use crate::gaps::{self, Gaps};
use crate::id::PlaceId;
use crate::indicators::{Definition, IndicatorValue};
use crate::model::{Model, Places};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is submitted.
#[derive(Clone, Copy, Debug)]
pub struct Filing<'a> {
    /// The run.
    pub subject: &'a Subject<'a>,
    /// Position of the scenario.
    pub scenario: usize,
    /// Year.
    pub year: i32,
    /// What is remarkable about the figures.
    pub findings: &'a [Diagnostic],
    /// Figures of earlier submissions that have changed since.
    pub revisions: &'a [Revision],
    /// Pictures of the scenario.
    pub pictures: &'a [Picture],
    /// Name and SHA-256 of every file of the model.
    pub inputs: &'a [(String, String)],
    /// Earlier submissions as they lie on the disk.
    pub earlier: &'a [Frozen],
}

/// A submission that was made before: its folder, its data, and the digests of all its files.
#[derive(Clone, Debug, PartialEq)]
pub struct Frozen {
    /// Name of the folder, such as `2018-01`.
    pub name: String,
    /// Its `submission.json`; `None` where that is missing or damaged.
    pub data: Option<Value>,
    /// Name and SHA-256 of every file in it.
    pub files: Vec<(String, String)>,
}

impl Frozen {
    /// Name and digests.
    fn json(&self) -> Value {
        let files = self.files.iter().map(|(name, digest)| json!({ "name": name, "sha256": digest }));
        json!({ "submission": self.name, "files": files.collect::<Vec<_>>() })
    }
}

/// What is wrong with earlier submissions: data that cannot be read (E806), files that are not what a later submission
/// found them to be (E807).
#[must_use]
pub fn damages(earlier: &[Frozen]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for frozen in earlier.iter().filter(|frozen| frozen.data.is_none()) {
        found.push(Diagnostic::new(Code("E806")).with("submission", &frozen.name));
    }
    // The first that came after it says what it was; that one found the fewest before it.
    let mut recorded: Vec<&Vec<Value>> =
        earlier.iter().filter_map(|later| later.data.as_ref()?["earlier"].as_array()).collect();
    recorded.sort_by_key(|records| records.len());
    let mut seen: BTreeMap<(String, String), bool> = BTreeMap::new();
    for record in recorded.into_iter().flatten() {
        let name = record["submission"].as_str().unwrap_or_default();
        let now = earlier.iter().find(|frozen| frozen.name == name);
        for file in record["files"].as_array().into_iter().flatten() {
            let file_name = file["name"].as_str().unwrap_or_default();
            let same = now.is_some_and(|now| {
                now.files.iter().any(|(name, digest)| name == file_name && file["sha256"] == digest.as_str())
            });
            seen.entry((name.to_owned(), file_name.to_owned())).or_insert(same);
        }
    }
    let changed = seen.into_iter().filter(|(_, same)| !same).map(|(of, _)| of);
    found.extend(
        changed.map(|(name, file)| Diagnostic::new(Code("E807")).with("submission", name).with("file", file)),
    );
    found
}

impl<'a> Filing<'a> {
    fn language(&self) -> Language {
        self.subject.language
    }

    fn model(&self) -> &'a Model {
        self.subject.model(self.scenario)
    }

    /// One of two words.
    fn pick<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        self.language().pick(zh, en)
    }

    /// The value of an indicator for a place and year.
    fn value(&self, definition: usize, place: PlaceId, year: i32) -> Option<&'a IndicatorValue> {
        let values = &self.subject.run.scenarios[self.scenario].indicators;
        values.iter().find(|v| v.definition == definition && v.place == place && v.year == year)
    }

    /// The city's indicators of the year in the order of their definitions.
    fn of_city(&self) -> impl Iterator<Item = (&'a Definition, &'a IndicatorValue)> {
        let definitions = self.subject.definitions.iter().enumerate();
        definitions.filter_map(|(at, definition)| {
            self.value(at, Places::ROOT, self.year).map(|value| (definition, value))
        })
    }

    /// The values of the year of all places but the city, in the order of the run.
    fn of_places(&self) -> impl Iterator<Item = &'a IndicatorValue> {
        let values = self.subject.run.scenarios[self.scenario].indicators.iter();
        values.filter(|value| value.place != Places::ROOT && value.year == self.year)
    }

    /// The state of the money at the end of the year.
    fn gaps(&self) -> Gaps {
        let outcome = &self.subject.run.scenarios[self.scenario].funding;
        gaps::at(self.model(), outcome, Month::december(self.year))
    }

    /// A sheet that begins with its title, what it is of, and the stamp of invented data.
    fn sheet(&self, name: &str, title: &str, widths: &[f64]) -> Sheet {
        let scenario = self.subject.scenario_name(self.scenario);
        let settings = &self.model().settings;
        let city = named(self.language(), &settings.name, &settings.name_en);
        let of = format!("{city} · {} · {scenario}", self.year);
        let mut rows = vec![vec![Cell::text(title, Style::Title)], vec![Cell::text(&of, Style::Plain)]];
        if settings.illustrative {
            rows.push(vec![Cell::text(stamp(self.language()), Style::Stamp)]);
        }
        rows.push(Vec::new());
        let footer = match settings.illustrative {
            true => format!("{title} · {of} · {}", stamp(self.language())),
            false => format!("{title} · {of}"),
        };
        Sheet {
            name: super::workbook::book::sheet_name(name),
            rows,
            widths: widths.to_vec(),
            landscape: true,
            footer,
            ..Sheet::default()
        }
    }
}

/// Names of the sheets that every submission has, in both languages.
const SHEETS: [[&str; 2]; 11] = [
    ["封面", "cover"],
    ["指标", "indicators"],
    ["县区", "counties"],
    ["项目", "projects"],
    ["园区", "parks"],
    ["园区表", "park forms"],
    ["物质流台账", "flows"],
    ["资金台账", "money"],
    ["依据", "evidence"],
    ["核对", "checks"],
    ["图", "pictures"],
];

/// The workbook of a submission.
#[must_use]
pub fn book(filing: &Filing<'_>) -> Book {
    let mut sheets = vec![cover::sheet(filing), indicators::sheet(filing)];
    sheets.extend(filing.of_city().map(|(definition, value)| calculation::sheet(filing, definition, value)));
    sheets.push(counties::sheet(filing));
    sheets.push(projects::sheet(filing));
    sheets.extend(parks::sheet(filing));
    sheets.extend(parks::form_sheet(filing));
    sheets.push(ledgers::flows(filing));
    sheets.push(ledgers::money(filing));
    sheets.push(evidence::sheet(filing));
    sheets.push(checks::sheet(filing));
    sheets.extend(pictures(filing));
    let settings = &filing.model().settings;
    let name = named(filing.language(), &settings.name, &settings.name_en);
    let title = format!("{name} {} {}", filing.year, filing.pick("循环经济指标报送", "indicator submission"));
    Book { title, sheets }
}

fn pictures(filing: &Filing<'_>) -> Option<Sheet> {
    if filing.pictures.is_empty() {
        return None;
    }
    let mut sheet = filing.sheet(filing.pick("图", "pictures"), filing.pick("图", "Pictures"), &[14.0; 8]);
    let note = match filing.language() {
        Language::Zh => format!("各图画到 {} 年末。", filing.year),
        Language::En => format!("Pictures go to the end of {}.", filing.year),
    };
    sheet.rows.push(vec![Cell::text(note, Style::Plain)]);
    sheet.pictures = filing.pictures.to_vec();
    sheet.landscape = false;
    Some(sheet)
}

/// Cells of a header.
fn head(words: &[&str]) -> Vec<Cell> {
    words.iter().map(|word| Cell::text(*word, Style::Header)).collect()
}

/// A formula with the number it has now.
fn formula(text: String, value: Option<f64>, style: Style) -> Cell {
    Cell { content: Content::Formula(text, value), style, note: None }
}

/// How a value of an indicator is shown.
fn style_of(definition: &Definition, value: f64) -> Style {
    if definition.percent {
        return Style::Percent(2);
    }
    Style::Number(super::number::decimals_for(value.abs()) as u8)
}
