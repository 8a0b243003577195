//! The sheet of what may be chosen that no table of the workbook holds: statistics, indicators, technologies and materials
//! of the catalogue, and funds that others keep.

use super::book::{Cell, Choice, Sheet, Style};
use super::guide;
use crate::diagnostic::Language;
use crate::input::indicators::{SHIPPED, read_sets, statistic_keys};
use crate::input::{ModelText, catalogue};
use crate::model::TableKind;

/// What a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Keys of statistics.
    Statistics,
    /// Indicators.
    Indicators,
    /// Rows of a table, of the workbook and of elsewhere.
    Rows(TableKind),
}

/// The sheet, and the list that it holds of each thing.
pub(super) struct Offered {
    pub(super) sheet: Sheet,
    pub(super) lists: Vec<(What, Choice)>,
}

/// A list: what it is for, its heading, each entry with what it means.
type List = (What, &'static str, Vec<[String; 2]>);

/// What may be chosen in a workbook of this model.
pub(super) fn offered(model: &ModelText, language: Language) -> Offered {
    let pair = |[zh, en]: [&str; 2], more: &str| [language.pick(zh, en).to_owned(), more.to_owned()];
    let statistics =
        statistic_keys().iter().map(|s| pair([&s.name, &s.key], language.pick(&s.key, &s.name_en)));
    let sets: Vec<String> = SHIPPED.iter().map(|(name, _)| (*name).to_owned()).collect();
    let (definitions, _) = read_sets(&sets, &[]);
    let indicators = definitions.iter().map(|d| pair([&d.name, &d.name_en], &d.key));
    let rows = |kind: TableKind| -> Vec<[String; 2]> {
        let own = own(model, kind).into_iter().map(|id| [id, String::new()]);
        let shipped = catalogue::names(kind);
        let shipped = shipped.iter().map(|[id, zh, en]| pair([zh, id], language.pick(id, en)));
        own.chain(shipped).collect()
    };
    let mut lists: Vec<List> = vec![
        (What::Statistics, language.pick("统计量", "statistics"), statistics.collect()),
        (What::Indicators, language.pick("指标", "indicators"), indicators.collect()),
        (
            What::Rows(TableKind::Technologies),
            language.pick("工艺", "technologies"),
            rows(TableKind::Technologies),
        ),
        (What::Rows(TableKind::Materials), language.pick("物质", "materials"), rows(TableKind::Materials)),
    ];
    for (kind, more) in &model.offered {
        let own = own(model, *kind).into_iter().map(|id| [id, String::new()]);
        let more = more.iter().map(|id| [id.clone(), language.pick("共用", "shared").to_owned()]);
        let heading = language.pick(crate::input::attributes::chinese_name(*kind), kind.stem());
        lists.push((What::Rows(*kind), heading, own.chain(more).collect()));
    }
    let name = language.pick("目录", "catalogue").to_owned();
    let longest = lists.iter().map(|(.., entries)| entries.len()).max().unwrap_or(0);
    let mut table = vec![vec![Cell::default(); lists.len() * 2]; longest + 1];
    let mut areas = Vec::new();
    for (at, (what, heading, entries)) in lists.iter().enumerate() {
        table[0][at * 2] = Cell::text(*heading, Style::Header);
        table[0][at * 2 + 1] = Cell::text("", Style::Header);
        for (row, [entry, more]) in entries.iter().enumerate() {
            table[row + 1][at * 2] = Cell::text(entry, Style::Plain);
            table[row + 1][at * 2 + 1] = Cell::text(more, Style::Plain);
        }
        // At most 26 columns: letters are enough.
        let column = char::from(b'A' + u8::try_from(at * 2).unwrap_or(0));
        let area = format!("='{name}'!${column}$2:${column}${}", entries.len().max(1) + 1);
        areas.push((*what, Choice::Area(area)));
    }
    let sheet = Sheet {
        name,
        rows: table,
        widths: (0..lists.len() * 2).map(|at| if at % 2 == 0 { 30.0 } else { 24.0 }).collect(),
        frozen: (1, 0),
        open_from: Some(u32::try_from(longest + 1).unwrap_or(u32::MAX)),
        landscape: true,
        tab: Some(guide::SECOND),
        ..Sheet::default()
    };
    Offered { sheet, lists: areas }
}

/// The ids that a table of the model has.
fn own(model: &ModelText, kind: TableKind) -> Vec<String> {
    let Some(table) = model.tables.iter().find(|table| table.attributes.table == kind) else {
        return Vec::new();
    };
    let is_id = |header: &String| table.attributes.headed(header).is_some_and(|column| column.key == "id");
    let Some(column) = table.header.iter().position(is_id) else { return Vec::new() };
    let ids = table.rows.iter().filter_map(|row| row.get(column)).map(|id| id.trim().to_owned());
    ids.filter(|id| !id.is_empty()).collect()
}
