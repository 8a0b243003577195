//! What the cells of a column may hold, as drop-down lists and prompts from the attribute list.

use super::book::{Choice, Choices, LONGEST_LIST};
use super::offered::What;
use super::tables::Wording;
use crate::diagnostic::Language;
use crate::input::attributes::{self, Attribute, Kind, Presence, Word};
use crate::model::TableKind;
use std::borrow::Cow;

/// Row, counted from 0, up to which lists reach and cells may be filled in.
pub const LAST_ROW: u32 = 4999;

/// Where lists stand.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// Names of the sheets that hold ids, by table.
    pub(super) sheets: &'a [(TableKind, String)],
    /// Lists of what no table of the workbook holds.
    pub(super) offered: &'a [(What, Choice)],
    /// In which words choices stand in the cells.
    pub(super) wording: Wording,
}

/// The list and the prompt of a column.
#[must_use]
pub(super) fn of(
    attribute: &Attribute,
    column: u16,
    first: u32,
    known: Known<'_>,
    language: Language,
) -> Choices {
    let words = |words: Vec<String>| {
        if words.join(",").chars().count() <= LONGEST_LIST { Choice::Words(words) } else { Choice::Anything }
    };
    // Those of the workbook's language first.
    let in_words = |pairs: Vec<[&'static str; 2]>| -> Vec<String> {
        let own = pairs.iter().map(|[zh, en]| language.pick(zh, en));
        let other = pairs.iter().map(|[zh, en]| language.pick(en, zh));
        let other = other.filter(|_| known.wording == Wording::AsWritten);
        own.chain(other).map(str::to_owned).collect()
    };
    let offered =
        |what: What| known.offered.iter().find(|(of, _)| *of == what).map(|(_, choice)| choice.clone());
    let ids = |table: TableKind| {
        known.sheets.iter().find(|(of, _)| *of == table).map_or(Choice::Anything, |(_, sheet)| {
            let sheet = format!("'{}'", sheet.replace('\'', "''"));
            // As many rows as are filled; empty cells would stand in the list otherwise.
            Choice::Area(format!(
                "=OFFSET({sheet}!$A${0},0,0,MAX(1,COUNTA({sheet}!$A${0}:$A${1})),1)",
                first + 1,
                LAST_ROW + 1
            ))
        })
    };
    let (from, others) = match attribute.kind {
        Kind::Choice(choice) => {
            (words(in_words(choice.iter().map(|word| [word.zh, word.word]).collect())), false)
        }
        Kind::Flag => (words(in_words(vec![["是", "yes"], ["否", "no"]])), false),
        // Unique names, and ids of the catalogue, are taken too.
        Kind::Reference(table) => (offered(What::Rows(table)).unwrap_or_else(|| ids(table)), true),
        Kind::Statistic => (offered(What::Statistics).unwrap_or(Choice::Anything), true),
        Kind::Indicator => (offered(What::Indicators).unwrap_or(Choice::Anything), true),
        Kind::TableName => {
            let names = attributes::all().map(|t| language.pick(t.zh, t.table.stem()).to_owned());
            (words(names.collect()), true)
        }
        _ => (Choice::Anything, true),
    };
    let title = language.pick(attribute.zh, attribute.key).to_owned();
    Choices { column, rows: (first, LAST_ROW), from, others, prompt: (title, meaning(attribute, language)) }
}

/// What a column means, whether it must be filled and what stands for an empty cell.
#[must_use]
pub fn meaning(attribute: &Attribute, language: Language) -> String {
    let mut text = language.pick(attribute.meaning_zh, attribute.meaning_en).to_owned();
    let more = match attribute.presence {
        Presence::Required => language.pick("必填", "required").to_owned(),
        Presence::Optional => String::new(),
        Presence::Default(value) => match language {
            Language::Zh => format!("空则为 {}", shown(attribute, value)),
            Language::En => format!("when empty: {value}"),
        },
        Presence::FromTechnology => {
            language.pick("空则随工艺", "when empty, as the technology says").to_owned()
        }
    };
    let form = form(attribute.kind, language);
    for part in [more.as_str(), form] {
        if !part.is_empty() {
            if !text.is_empty() {
                text.push_str(language.pick("；", "; "));
            }
            text.push_str(part);
        }
    }
    text
}

/// A cell as the drop-down list of its column calls it: words of a choice in the language of the workbook.
#[must_use]
pub(super) fn worded<'t>(attribute: &Attribute, text: &'t str, language: Language) -> Cow<'t, str> {
    match attribute.kind {
        Kind::Choice(known) => {
            let is_it = |word: &&Word| word.word == text.trim() || word.zh == text.trim();
            let word = known.iter().find(is_it);
            word.map_or(Cow::Borrowed(text), |word| Cow::Borrowed(language.pick(word.zh, word.word)))
        }
        Kind::Flag => match text.trim() {
            "yes" | "是" => language.pick("是", "yes").into(),
            "no" | "否" => language.pick("否", "no").into(),
            _ => text.into(),
        },
        _ => text.into(),
    }
}

/// A default as the drop-down list shows it.
fn shown(attribute: &Attribute, value: &str) -> String {
    match attribute.kind {
        Kind::Choice(words) | Kind::Choices(words) => {
            words.iter().find(|word| word.word == value).map_or(value, |word| word.zh).to_owned()
        }
        Kind::Flag => String::from(if value == "yes" { "是" } else { "否" }),
        _ => value.to_owned(),
    }
}

/// How a cell of a kind is written.
fn form(kind: Kind, language: Language) -> &'static str {
    let [zh, en] = match kind {
        Kind::References(_) => ["可填多个，用分号隔开", "several, separated by semicolons"],
        Kind::Choices(_) => ["可填多个，用分号隔开", "several, separated by semicolons"],
        Kind::Month => ["填年月，如 2016-07 或 2016年7月", "a month, such as 2016-07"],
        Kind::Year => ["填年份，如 2018", "a year, such as 2018"],
        Kind::Years => ["如 2018 或 2017..2020", "such as 2018 or 2017..2020"],
        Kind::Quantity | Kind::SignedQuantity => {
            ["可写误差，如 0.18±0.02", "may carry an uncertainty, such as 0.18±0.02"]
        }
        Kind::QuantityOrRest => {
            ["可写误差；rest 表示平衡余量", "may carry an uncertainty; rest closes the balance"]
        }
        Kind::Share => ["0 到 1，或带 %", "0 to 1, or with %"],
        _ => ["", ""],
    };
    language.pick(zh, en)
}
