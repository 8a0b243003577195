//! Cells of a sheet's text changed in their places; cells and rows that are not there yet are added.

use super::PackageError;
use super::xml::{Edits, Tag, attribute, tags, with};
use crate::input::workbook::{address, position};
use quick_xml::events::BytesStart;
use std::collections::BTreeSet;

/// What becomes of a cell that is there.
pub(in crate::report::workbook) enum Change {
    /// Another tag at its begin; what it holds stays.
    Tag(String),
    /// Another element in its place.
    Whole(String),
    /// It stays as it is.
    None,
}

/// How cells are changed.
pub(in crate::report::workbook) trait Put {
    /// What becomes of a cell (row and column from 1) that is there; `empty` when it holds nothing.
    fn there(
        &mut self,
        cell: (u32, u32),
        tag: &BytesStart<'_>,
        empty: bool,
        inside: &[&str],
    ) -> Result<Change, PackageError>;
    /// The element of a cell that is not there yet.
    fn added(&mut self, cell: (u32, u32)) -> Result<String, PackageError>;
}

/// The text of a sheet with these cells (row and column from 1) changed. Complexity O(length of the text).
pub(in crate::report::workbook) fn placed(
    text: &str,
    cells: impl Iterator<Item = (u32, u32)>,
    put: &mut dyn Put,
) -> Result<String, PackageError> {
    let mut left: BTreeSet<(u32, u32)> = cells.collect();
    let mut edits = Edits::default();
    let (mut row, mut column) = (0, 0);
    let mut seen = false;
    let all = tags(text)?;
    for (at, (range, tag)) in all.iter().enumerate() {
        match tag {
            Tag::Start(start) | Tag::Empty(start) => match start.name().as_ref() {
                "sheetData" => {
                    seen = true;
                    if matches!(tag, Tag::Empty(_)) {
                        let rows = new_rows(&mut left, u32::MAX, put)?;
                        edits.replace(range.clone(), with(start, false, &[]) + &rows + "</sheetData>");
                    }
                }
                "row" if seen => {
                    row = number(start, "r").unwrap_or(row + 1);
                    column = 0;
                    let before = new_rows(&mut left, row, put)?;
                    if matches!(tag, Tag::Empty(_)) {
                        let cells = new_cells(&mut left, row, u32::MAX, put)?;
                        if !cells.is_empty() {
                            edits.replace(
                                range.clone(),
                                before + &with(start, false, &[]) + &cells + "</row>",
                            );
                            continue;
                        }
                    }
                    if !before.is_empty() {
                        edits.insert(range.start, before);
                    }
                }
                "c" if seen => {
                    let given = attribute(start, "r").and_then(|r| position(&r)).map(|(_, column)| column);
                    column = given.unwrap_or(column + 1);
                    let before = new_cells(&mut left, row, column, put)?;
                    let change = match left.remove(&(row, column)) {
                        true => {
                            let empty = matches!(tag, Tag::Empty(_));
                            let end = if empty { at } else { end_of(&all, at) };
                            let inside = all[at..end].iter().skip(1).filter_map(|(_, tag)| opened(tag));
                            let change =
                                put.there((row, column), start, empty, &inside.collect::<Vec<_>>())?;
                            (change, range.start..all[end].0.end)
                        }
                        false => (Change::None, range.clone()),
                    };
                    match change {
                        (Change::Tag(tag), _) => edits.replace(range.clone(), before + &tag),
                        (Change::Whole(element), whole) => edits.replace(whole, before + &element),
                        (Change::None, _) if !before.is_empty() => edits.insert(range.start, before),
                        (Change::None, _) => {}
                    }
                }
                _ => {}
            },
            Tag::End(name) if seen => match name.as_str() {
                "row" => edits.insert(range.start, new_cells(&mut left, row, u32::MAX, put)?),
                "sheetData" => edits.insert(range.start, new_rows(&mut left, u32::MAX, put)?),
                _ => {}
            },
            Tag::End(_) => {}
        }
    }
    if left.is_empty() {
        Ok(edits.applied(text))
    } else {
        Err(PackageError::Unusual("no <sheetData>".into()))
    }
}

/// The name of an element that a tag opens.
fn opened<'t>(tag: &'t Tag<'_>) -> Option<&'t str> {
    match tag {
        Tag::Start(start) | Tag::Empty(start) => Some(start.name().into_inner()),
        Tag::End(_) => None,
    }
}

/// Position of the tag that closes the cell opened at a position; cells hold no cells.
fn end_of(tags: &[(std::ops::Range<usize>, Tag<'_>)], at: usize) -> usize {
    let found = tags[at..].iter().position(|(_, tag)| matches!(tag, Tag::End(name) if name == "c"));
    found.map_or(at, |after| at + after)
}

fn number(tag: &BytesStart<'_>, key: &str) -> Option<u32> {
    attribute(tag, key)?.parse().ok()
}

/// New cells of a row before a column.
fn new_cells(
    left: &mut BTreeSet<(u32, u32)>,
    row: u32,
    before: u32,
    put: &mut dyn Put,
) -> Result<String, PackageError> {
    let cells: Vec<(u32, u32)> = left.range((row, 0)..(row, before)).copied().collect();
    let mut text = String::new();
    for cell in cells {
        left.remove(&cell);
        text.push_str(&put.added(cell)?);
    }
    Ok(text)
}

/// New rows before a row.
fn new_rows(left: &mut BTreeSet<(u32, u32)>, before: u32, put: &mut dyn Put) -> Result<String, PackageError> {
    let rows: BTreeSet<u32> = left.range(..(before, 0)).map(|(row, _)| *row).collect();
    let mut text = String::new();
    for row in rows {
        let cells = new_cells(left, row, u32::MAX, put)?;
        text.push_str(&format!("<row r=\"{row}\">{cells}</row>"));
    }
    Ok(text)
}

/// The reference of a cell (row and column from 1) as an attribute.
pub(in crate::report::workbook) fn reference(cell: (u32, u32)) -> String {
    format!("r=\"{}\"", address(cell))
}
