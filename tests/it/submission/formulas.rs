//! A small spreadsheet: the cells of a book, and the value of a formula by its own reading of it.

use circflow::input::workbook::position;
use circflow::report::workbook::{Book, Content};
use std::collections::BTreeMap;

/// The cells of a book.
pub(super) struct Cells<'a>(BTreeMap<(&'a str, u32, u32), &'a Content>);

impl<'a> Cells<'a> {
    pub(super) fn of(book: &'a Book) -> Self {
        let mut cells = BTreeMap::new();
        for sheet in &book.sheets {
            for (row, line) in sheet.rows.iter().enumerate() {
                for (column, cell) in line.iter().enumerate() {
                    cells.insert((sheet.name.as_str(), row as u32, column as u32), &cell.content);
                }
            }
        }
        Self(cells)
    }

    /// Sheet, row, column and saved number of every formula.
    pub(super) fn formulas(&self) -> impl Iterator<Item = (&'a str, u32, u32, Option<f64>)> {
        self.0.iter().filter_map(|((sheet, row, column), content)| match content {
            Content::Formula(_, saved) => Some((*sheet, *row, *column, *saved)),
            _ => None,
        })
    }

    /// The row of a sheet that begins with a text.
    pub(super) fn row_of(&self, sheet: &str, first: &str) -> u32 {
        let found = self.0.iter().find(|((of, _, column), content)| {
            *of == sheet && *column == 0 && matches!(content, Content::Text(text) if text == first)
        });
        found.unwrap_or_else(|| panic!("{sheet} has no row {first}")).0.1
    }

    pub(super) fn text(&self, sheet: &str, row: u32, column: u32) -> &str {
        match self.0.get(&(sheet, row, column)) {
            Some(Content::Text(text)) => text,
            other => panic!("{sheet} {row} {column} is no text: {other:?}"),
        }
    }

    /// The number of a cell; an empty one is 0, as in a spreadsheet.
    pub(super) fn value(&self, sheet: &str, row: u32, column: u32) -> f64 {
        match self.0.get(&(sheet, row, column)) {
            None | Some(Content::Empty) => 0.0,
            Some(Content::Number(number)) => *number,
            Some(Content::Formula(text, _)) => {
                let mut reader = Reader { cells: self, sheet, text: text.as_bytes(), at: 0 };
                let value = reader.sum();
                assert_eq!(reader.at, text.len(), "{text} is read to its end");
                value
            }
            Some(other) => panic!("{sheet} {row} {column} is no number: {other:?}"),
        }
    }
}

struct Reader<'c, 'a> {
    cells: &'c Cells<'a>,
    sheet: &'c str,
    text: &'c [u8],
    at: usize,
}

impl<'c> Reader<'c, '_> {
    fn next_is(&mut self, sign: u8) -> bool {
        let is = self.text.get(self.at) == Some(&sign);
        self.at += usize::from(is);
        is
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.next_is(b'+') {
                value += self.product();
            } else if self.next_is(b'-') {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.atom();
        loop {
            if self.next_is(b'*') {
                value *= self.atom();
            } else if self.next_is(b'/') {
                value /= self.atom();
            } else if self.next_is(b'^') {
                value = value.powf(self.atom());
            } else {
                return value;
            }
        }
    }

    fn word(&mut self) -> &'c str {
        let begin = self.at;
        while self.text.get(self.at).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.') {
            self.at += 1;
        }
        std::str::from_utf8(&self.text[begin..self.at]).unwrap()
    }

    fn atom(&mut self) -> f64 {
        if self.next_is(b'(') {
            let value = self.sum();
            assert!(self.next_is(b')'));
            return value;
        }
        if self.next_is(b'\'') {
            let begin = self.at;
            while !self.next_is(b'\'') {
                self.at += 1;
            }
            let sheet = std::str::from_utf8(&self.text[begin..self.at - 1]).unwrap();
            assert!(self.next_is(b'!'));
            let (row, column) = position(self.word()).unwrap();
            return self.cells.value(sheet, row - 1, column - 1);
        }
        let word = self.word();
        if self.next_is(b'(') {
            let values = self.arguments();
            return match word {
                "SUM" => values.iter().sum(),
                "ABS" => values[0].abs(),
                "MIN" => values.into_iter().fold(f64::INFINITY, f64::min),
                "MAX" => values.into_iter().fold(f64::NEG_INFINITY, f64::max),
                other => panic!("no function {other}"),
            };
        }
        match position(word) {
            Some((row, column)) => self.cells.value(self.sheet, row - 1, column - 1),
            None => word.parse().unwrap_or_else(|_| panic!("{word} is neither a cell nor a number")),
        }
    }

    fn arguments(&mut self) -> Vec<f64> {
        let mut values = Vec::new();
        loop {
            let begin = self.at;
            let first = position(self.word());
            if self.next_is(b':') {
                let ((top, left), (bottom, right)) = (first.unwrap(), position(self.word()).unwrap());
                for row in top..=bottom {
                    values.extend(
                        (left..=right).map(|column| self.cells.value(self.sheet, row - 1, column - 1)),
                    );
                }
            } else {
                self.at = begin;
                values.push(self.sum());
            }
            if self.next_is(b')') {
                return values;
            }
            assert!(self.next_is(b','));
        }
    }
}
