//! Cells of a sheet coloured; cells and rows that are not there yet are added in their places.

use super::MarkError;
use super::styles::Styles;
use super::xml::{Edits, Tag, attribute, tags, with};
use crate::input::workbook::{address, position};
use quick_xml::events::BytesStart;
use std::collections::BTreeSet;

/// The text of a sheet with these cells (row and column from 1) in the colour of faults.
pub(super) fn coloured(
    text: &str,
    cells: impl Iterator<Item = (u32, u32)>,
    styles: &mut Styles,
) -> Result<String, MarkError> {
    let mut left: BTreeSet<(u32, u32)> = cells.collect();
    let mut edits = Edits::default();
    let (mut row, mut column) = (0, 0);
    let mut seen = false;
    for (range, tag) in tags(text)? {
        match &tag {
            Tag::Start(start) | Tag::Empty(start) => match start.name().as_ref() {
                "sheetData" => {
                    seen = true;
                    if matches!(tag, Tag::Empty(_)) {
                        let rows = new_rows(&mut left, u32::MAX, styles)?;
                        edits.replace(range, with(start, false, &[]) + &rows + "</sheetData>");
                    }
                }
                "row" if seen => {
                    row = number(start, "r").unwrap_or(row + 1);
                    column = 0;
                    let before = new_rows(&mut left, row, styles)?;
                    if matches!(tag, Tag::Empty(_)) {
                        let cells = new_cells(&mut left, row, u32::MAX, styles)?;
                        if !cells.is_empty() {
                            edits.replace(range, before + &with(start, false, &[]) + &cells + "</row>");
                            continue;
                        }
                    }
                    if !before.is_empty() {
                        edits.insert(range.start, before);
                    }
                }
                "c" if seen => {
                    let at = attribute(start, "r").and_then(|r| position(&r)).map(|(_, column)| column);
                    column = at.unwrap_or(column + 1);
                    let before = new_cells(&mut left, row, column, styles)?;
                    if left.remove(&(row, column)) {
                        let style = styles.marked(number(start, "s").unwrap_or(0) as usize)?;
                        let tag = with(start, matches!(tag, Tag::Empty(_)), &[("s", style.to_string())]);
                        edits.replace(range, before + &tag);
                    } else if !before.is_empty() {
                        edits.insert(range.start, before);
                    }
                }
                _ => {}
            },
            Tag::End(name) if seen => match name.as_str() {
                "row" => edits.insert(range.start, new_cells(&mut left, row, u32::MAX, styles)?),
                "sheetData" => edits.insert(range.start, new_rows(&mut left, u32::MAX, styles)?),
                _ => {}
            },
            Tag::End(_) => {}
        }
    }
    if left.is_empty() { Ok(edits.applied(text)) } else { Err(MarkError::Unusual("no <sheetData>".into())) }
}

fn number(tag: &BytesStart<'_>, key: &str) -> Option<u32> {
    attribute(tag, key)?.parse().ok()
}

/// New cells of a row before a column.
fn new_cells(
    left: &mut BTreeSet<(u32, u32)>,
    row: u32,
    before: u32,
    styles: &mut Styles,
) -> Result<String, MarkError> {
    let cells: Vec<(u32, u32)> = left.range((row, 0)..(row, before)).copied().collect();
    let mut text = String::new();
    for cell in cells {
        left.remove(&cell);
        text.push_str(&format!("<c r=\"{}\" s=\"{}\"/>", address(cell), styles.marked(0)?));
    }
    Ok(text)
}

/// New rows before a row.
fn new_rows(left: &mut BTreeSet<(u32, u32)>, before: u32, styles: &mut Styles) -> Result<String, MarkError> {
    let rows: BTreeSet<u32> = left.range(..(before, 0)).map(|(row, _)| *row).collect();
    let mut text = String::new();
    for row in rows {
        let cells = new_cells(left, row, u32::MAX, styles)?;
        text.push_str(&format!("<row r=\"{row}\">{cells}</row>"));
    }
    Ok(text)
}
