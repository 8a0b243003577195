//! Where in a workbook something stands: addresses of cells, and the cell that a finding speaks of.

use super::{book_and_sheet, opened};
use crate::diagnostic::{Findings, Spot};
use crate::input::collected::Collected;
use crate::input::loaded::InputFile;
use crate::input::read::{delimited, encoding};

/// The cell that a finding speaks of; rows and columns are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Sheet.
    pub sheet: String,
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
    /// Header of the column; empty where a row as a whole is meant.
    pub header: String,
}

/// For every spot the cell of a workbook that it speaks of; none for what concerns a sheet or the file as a whole.
/// A row as a whole is shown at its first column (a setting at its value), a column at its header.
pub fn locate<'a>(book: &InputFile, spots: impl Iterator<Item = &'a Spot>) -> Vec<Option<Located>> {
    let sheets = opened(book, &mut Collected::default());
    let heads: Vec<(&str, Option<delimited::Sheet>)> = sheets
        .iter()
        .map(|file| {
            let text = encoding::decode(&file.bytes).unwrap_or_default();
            (file.name.as_str(), delimited::records_of(&text, &file.name, &mut Findings::default()))
        })
        .collect();
    let of = |spot: &Spot| {
        let (_, sheet) = book_and_sheet(&spot.file)?;
        let head = heads.iter().find(|(name, _)| *name == spot.file).and_then(|(_, head)| head.as_ref());
        let wanted = spot.column.as_deref();
        let column = head.and_then(|head| head.header.iter().position(|h| Some(h.trim()) == wanted));
        let row = spot.row.or_else(|| column.and(head).map(|head| head.line))?;
        Some(Located {
            sheet: sheet.to_owned(),
            row,
            column: column.map_or(if is_settings(sheet) { 2 } else { 1 }, |column| column as u32 + 1),
            header: column.and(spot.column.clone()).unwrap_or_default(),
        })
    };
    spots.map(of).collect()
}

/// Whether a sheet is the one of settings: keys in the first column, values in the second.
fn is_settings(sheet: &str) -> bool {
    super::SETTINGS_SHEETS.contains(&crate::input::files::plain_sheet_name(sheet).as_str())
}

/// Address of a cell, `C12`.
#[must_use]
pub fn address((row, column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}

/// Row and column of an address; `None` where it is none.
#[must_use]
pub fn position(address: &str) -> Option<(u32, u32)> {
    cell_at(address).filter(|(_, length)| *length == address.len()).map(|(cell, _)| cell)
}

/// A cell such as `$C$12` at the beginning of a text, and its length; none where a function or a name goes on.
pub(super) fn cell_at(text: &str) -> Option<((u32, u32), usize)> {
    let bytes = text.as_bytes();
    let mut at = usize::from(bytes.first() == Some(&b'$'));
    let begin = at;
    let mut column = 0_u32;
    while at < bytes.len() && bytes[at].is_ascii_alphabetic() && at - begin < 3 {
        column = column * 26 + u32::from(bytes[at].to_ascii_uppercase() - b'A') + 1;
        at += 1;
    }
    if at == begin {
        return None;
    }
    at += usize::from(bytes.get(at) == Some(&b'$'));
    let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let row: u32 = text.get(at..at + digits)?.parse().ok().filter(|row| *row > 0)?;
    at += digits;
    let goes_on = text[at..].chars().next().is_some_and(|c| c.is_alphanumeric() || "_(!.".contains(c));
    (!goes_on).then_some(((row, column), at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_in_excel() {
        for (cell, written) in [((12, 3), "C12"), ((1, 26), "Z1"), ((1, 27), "AA1"), ((1, 703), "AAA1")] {
            assert_eq!(address(cell), written);
            assert_eq!(position(written), Some(cell));
        }
        assert_eq!(position("C12:D13"), None);
    }
}
