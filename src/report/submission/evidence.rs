//! The evidence: every row that a figure of the city or of one of its places rests on, with its quality and source, and the figures it bears.

use super::{Filing, head};
use crate::diagnostic::Language;
use crate::model::{Provenance, Shelf};
use crate::report::opened::{quality_name, table_name};
use crate::report::workbook::{Cell, Sheet, Style};
use std::collections::BTreeMap;

pub(super) fn sheet(filing: &Filing<'_>) -> Sheet {
    let (model, language) = (filing.model(), filing.language());
    let title = filing.pick("依据：行 → 数据质量 → 来源", "Evidence: row → quality → source");
    let widths = [10.0, 18.0, 8.0, 14.0, 18.0, 46.0, 40.0, 34.0];
    let mut sheet = filing.sheet(filing.pick("依据", "evidence"), title, &widths);
    sheet.rows.push(head(&match language {
        Language::Zh => ["出处", "表", "行", "数据质量", "来源", "来源名称", "地址", "用于指标"],
        Language::En => ["shelf", "table", "row", "quality", "source", "title", "address", "used by"],
    }));
    sheet.frozen = (sheet.rows.len() as u32, 0);
    for (row, used) in rows(filing) {
        let source = row.source.map(|id| &model.sources[id]);
        let shelf = match row.shelf {
            Shelf::Model => filing.pick("模型", "model"),
            Shelf::Catalogue => filing.pick("目录", "catalogue"),
        };
        let quality = match row.quality {
            Some(quality) => Cell::text(quality_name(quality, language), Style::Plain),
            None => Cell::text(filing.pick("未注明", "not given"), Style::Stamp),
        };
        let key = match source {
            Some(source) => Cell::text(source.key.as_str(), Style::Plain),
            None => Cell::text(filing.pick("缺来源", "no source"), Style::Stamp),
        };
        sheet.rows.push(vec![
            Cell::text(shelf, Style::Plain),
            Cell::text(table_name(row.table, language), Style::Plain),
            Cell::number(f64::from(row.row), Style::Number(0)),
            quality,
            key,
            Cell::text(source.map_or("", |source| source.title.as_str()), Style::Words),
            Cell::text(source.and_then(|source| source.address.as_deref()).unwrap_or_default(), Style::Words),
            Cell::text(used.join(", "), Style::Words),
        ]);
    }
    sheet
}

/// The rows behind the figures of the year, ascending, with the indicators that rest on them.
pub(super) fn rows<'a>(filing: &Filing<'a>) -> BTreeMap<Provenance, Vec<&'a str>> {
    let mut rows: BTreeMap<Provenance, Vec<&str>> = BTreeMap::new();
    let of_city = filing.of_city().map(|(_, value)| value);
    for value in of_city.chain(filing.of_places()) {
        let definition = &filing.subject.definitions[value.definition];
        for row in value.terms.iter().flat_map(|term| &term.parts).flat_map(|part| part.rows.iter()) {
            let used = rows.entry(*row).or_default();
            if row.row > 0 && !used.contains(&definition.key.as_str()) {
                used.push(&definition.key);
            }
        }
    }
    rows.retain(|row, _| row.row > 0);
    rows
}
