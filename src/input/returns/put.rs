//! Cells and rows of returns written into the text of the model, as it is laid out.

use super::Known;
use super::known::{columns, unit_of};
use crate::input::read::{Column, RawTable, Row};
use crate::input::{ModelText, TableText};
use crate::model::TableKind;

/// Puts a text into the cell of a row, in the place of the column in the model's own file.
pub(super) fn cell(model: &mut ModelText, table: &RawTable, row: usize, column: Column, text: &str) {
    let kind = table.attributes.table;
    let Some(written) = written(model, kind, table) else { return };
    let at = position(written, column.attribute.key);
    // A units row stands above the rows of the table.
    let number = row + written.rows.len().saturating_sub(table.len());
    let cells = &mut written.rows[number];
    cells.resize(cells.len().max(at + 1), String::new());
    text.clone_into(&mut cells[at]);
}

/// Whether the numbers of a new row are in units that the model's file can say: in a column for it, or the same as
/// those of its columns.
pub(super) fn fits(base: &Known, row: Row<'_>) -> bool {
    let Some(table) = base.raw.get(&row.table.attributes.table) else { return true };
    columns(row.table).into_iter().all(|column| {
        if !column.attribute.is_measured() || row.text(column).is_none() {
            return true;
        }
        let own = table.numbered(column.number, column.attribute);
        // Said in the row itself: it is carried over with the row.
        let of_row =
            column.attribute.unit.column.is_some_and(|key| row.text(row.table.column(key)).is_some());
        of_row
            || own.unit == column.unit
            || (own.unit.is_none() && unit_of(row, column) == default_of(column))
    })
}

/// The unit of a column where nobody says any.
fn default_of(column: Column) -> Result<Option<crate::units::Unit>, String> {
    match column.attribute.unit.default {
        crate::input::attributes::DefaultUnit::Text(text) if !text.is_empty() => {
            crate::units::Unit::parse(text).map(Some).map_err(|_| text.to_owned())
        }
        _ => Ok(None),
    }
}

/// Adds a row, its cells under the headers of the model's own file; headers that it lacks are added.
pub(super) fn row(model: &mut ModelText, base: &Known, row: Row<'_>) {
    let kind = row.table.attributes.table;
    let filled: Vec<(&'static str, &str)> = columns(row.table)
        .into_iter()
        .filter_map(|column| Some((column.attribute.key, row.text(column)?)))
        .collect();
    let own = match base.raw.get(&kind) {
        Some(table) => written(model, kind, table),
        None => {
            if !model.tables.iter().any(|table| table.attributes.table == kind) {
                let header = filled.iter().map(|(key, _)| (*key).to_owned()).collect();
                model.tables.push(TableText { attributes: row.table.attributes, header, rows: Vec::new() });
            }
            model.tables.iter_mut().find(|table| table.attributes.table == kind)
        }
    };
    let Some(own) = own else { return };
    let mut cells = Vec::new();
    for (key, text) in filled {
        let at = position(own, key);
        cells.resize(cells.len().max(at + 1), String::new());
        cells[at] = text.to_owned();
    }
    cells.resize(cells.len().max(own.header.len()), String::new());
    own.rows.push(cells);
}

/// The text of a table; a matrix of mixes is laid out with a row for each cell first, as its rows are counted.
fn written<'m>(model: &'m mut ModelText, kind: TableKind, table: &RawTable) -> Option<&'m mut TableText> {
    let text = model.tables.iter_mut().find(|text| text.attributes.table == kind)?;
    let is_matrix =
        kind == TableKind::Mixes && !text.header.iter().any(|h| headed(text, h) == Some("scenario"));
    if is_matrix {
        let columns = columns(table);
        text.header = columns.iter().map(|column| column.attribute.key.to_owned()).collect();
        let cells =
            |row: Row<'_>| columns.iter().map(|c| row.text(*c).unwrap_or_default().to_owned()).collect();
        text.rows = table.rows().map(cells).collect();
    }
    Some(text)
}

fn headed(table: &TableText, header: &str) -> Option<&'static str> {
    table.attributes.headed(header).map(|attribute| attribute.key)
}

/// The position of a column in a table's text; it is added where it is not there.
fn position(table: &mut TableText, key: &str) -> usize {
    if let Some(at) = table.header.iter().position(|header| headed(table, header) == Some(key)) {
        return at;
    }
    table.header.push(key.to_owned());
    table.header.len() - 1
}
