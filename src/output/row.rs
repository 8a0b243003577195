//! Rows of result files: typed cells, one way to write each, safe in a spreadsheet.

use crate::calendar::Month;
use crate::money::Fen;
use std::borrow::Cow;
use std::io::Write;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text; an id of the model mostly.
    Text,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Truth,
    /// A month, `2016-07`.
    Month,
    /// Yuan with two decimals, exact.
    Yuan,
}

/// A column of a result file.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Header.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Meaning, Chinese.
    pub zh: &'static str,
    /// Meaning, English.
    pub en: &'static str,
}

/// A column; short so that a table's columns read as a list.
#[must_use]
pub const fn field(name: &'static str, kind: Kind, zh: &'static str, en: &'static str) -> Field {
    Field { name, kind, zh, en }
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A number, written in the shortest form that reads back as the same.
    Number(f64),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Truth(bool),
    /// A month.
    Month(Month),
    /// Money, written in yuan with two decimals.
    Money(Fen),
    /// Nothing: missing, or no matter here.
    Empty,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}
impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}
impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}
impl From<i32> for Cell<'_> {
    fn from(number: i32) -> Self {
        Self::Integer(i64::from(number))
    }
}
impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}
impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Integer(i64::from(number))
    }
}
impl From<bool> for Cell<'_> {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}
impl From<Month> for Cell<'_> {
    fn from(month: Month) -> Self {
        Self::Month(month)
    }
}
impl From<Fen> for Cell<'_> {
    fn from(amount: Fen) -> Self {
        Self::Money(amount)
    }
}
impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl Cell<'_> {
    /// The cell as it stands in the file, without the quotes of a CSV file.
    #[must_use]
    pub fn written(&self) -> String {
        let mut bytes = Vec::new();
        match self {
            Self::Text(text) => bytes.extend([guard(text).as_bytes(), text.as_bytes()].concat()),
            cell => cell.put(&mut bytes),
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Adds the cell as it stands in the file.
    fn put(&self, to: &mut Vec<u8>) {
        match self {
            Self::Text(text) => put_text(text, to),
            Self::Number(number) => put_shortest(*number, to),
            Self::Integer(number) => put_integer(*number, to),
            Self::Truth(truth) => to.extend_from_slice(if *truth { b"true" } else { b"false" }),
            // Writing to a vector does not fail.
            Self::Month(month) => drop(write!(to, "{month}")),
            Self::Money(amount) => put_yuan(*amount, to),
            Self::Empty => {}
        }
    }
}

/// A number in the shortest form that reads back as the same; both zeros alike.
fn put_shortest(number: f64, to: &mut Vec<u8>) {
    if number == 0.0 {
        to.push(b'0');
        return;
    }
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format(number);
    // The library writes a whole number as `1.0` and takes to exponents at other magnitudes than we do: a positional
    // form of a very small or large number would be a long string of zeros. Writing to a vector does not fail.
    if !(1.0e-6..1.0e17).contains(&number.abs()) {
        drop(write!(to, "{number:e}"));
    } else if text.contains('e') {
        drop(write!(to, "{number}"));
    } else {
        to.extend_from_slice(text.strip_suffix(".0").unwrap_or(text).as_bytes());
    }
}

fn put_integer(number: i64, to: &mut Vec<u8>) {
    to.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Yuan with two decimals, exact.
fn put_yuan(amount: Fen, to: &mut Vec<u8>) {
    if amount.0 < 0 {
        to.push(b'-');
    }
    let fen = amount.0.unsigned_abs();
    to.extend_from_slice(itoa::Buffer::new().format(fen / 100).as_bytes());
    let [tens, ones] = [fen % 100 / 10, fen % 10].map(|digit| b"0123456789"[digit as usize]);
    to.extend_from_slice(&[b'.', tens, ones]);
}

/// An apostrophe before text that a spreadsheet would run as a formula; numbers never come here.
fn guard(text: &str) -> &'static str {
    match text.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => "'",
        _ => "",
    }
}

/// Text as a CSV file has it: in quotes where a comma, a quote or a line's end is in it.
fn put_text(text: &str, to: &mut Vec<u8>) {
    let guard = guard(text);
    if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        to.extend_from_slice(guard.as_bytes());
        to.extend_from_slice(text.as_bytes());
        return;
    }
    to.push(b'"');
    to.extend_from_slice(guard.as_bytes());
    for byte in text.bytes() {
        if byte == b'"' {
            to.push(b'"');
        }
        to.push(byte);
    }
    to.push(b'"');
}

/// The begin of a file: byte order mark (so that a spreadsheet takes it for UTF-8) and header.
#[must_use]
pub fn head(fields: &[Field]) -> Vec<u8> {
    let mut rows = Rows { bytes: "\u{feff}".as_bytes().to_vec(), width: fields.len() };
    rows.row(&fields.iter().map(|field| field.name.into()).collect::<Vec<_>>());
    rows.end()
}

/// Rows of a table, or of a part of it, in memory. A table has two columns at least.
#[derive(Debug)]
pub struct Rows {
    bytes: Vec<u8>,
    width: usize,
}

impl Rows {
    /// No rows yet.
    #[must_use]
    pub fn new(fields: &[Field]) -> Self {
        Self { bytes: Vec::new(), width: fields.len() }
    }

    /// Adds one row.
    ///
    /// # Panics
    /// When the row has not as many cells as the table has columns: a fault of the program.
    pub fn row(&mut self, cells: &[Cell<'_>]) {
        assert_eq!(cells.len(), self.width, "a row has a cell for every column");
        for (position, cell) in cells.iter().enumerate() {
            if position > 0 {
                self.bytes.push(b',');
            }
            cell.put(&mut self.bytes);
        }
        self.bytes.push(b'\n');
    }

    /// The rows as they stand in the file.
    #[must_use]
    pub fn end(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_one_written_form() {
        assert_eq!(Cell::from(0.1 + 0.2).written(), "0.30000000000000004");
        assert_eq!(Cell::from(-0.0).written(), "0");
        assert_eq!(Cell::from(1.0e-9).written(), "1e-9");
        assert_eq!(Cell::from(12_000_000.0).written(), "12000000");
        assert_eq!(Cell::from(Fen(-1_05)).written(), "-1.05");
        assert_eq!(Cell::from(Fen(300_000_000)).written(), "3000000.00");
        assert_eq!(Cell::from(None::<f64>).written(), "");
    }

    #[test]
    fn text_never_becomes_a_formula() {
        assert_eq!(Cell::from("=HYPERLINK(1)").written(), "'=HYPERLINK(1)");
        assert_eq!(Cell::from("-ash").written(), "'-ash");
        assert_eq!(Cell::from("ash").written(), "ash");
        assert_eq!(Cell::from(-1.5).written(), "-1.5", "a number keeps its sign");
    }

    #[test]
    fn rows_are_quoted_as_the_reader_of_tables_expects() {
        let texts = [
            "plain",
            "煤矸石",
            "",
            "a,b",
            "say \"no\"",
            "two\nlines",
            "=1,2",
            "-\"",
            " both ends ",
            "\r",
            "'",
        ];
        let fields = [field("a", Kind::Text, "", ""), field("b", Kind::Text, "", "")];
        let mut rows = Rows::new(&fields);
        let mut by_library = csv::Writer::from_writer(Vec::new());
        for text in texts {
            rows.row(&[text.into(), 1.5.into()]);
            by_library.write_record([format!("{}{text}", guard(text)), "1.5".to_owned()]).unwrap();
        }
        let [ours, theirs] =
            [rows.end(), by_library.into_inner().unwrap()].map(|b| String::from_utf8(b).unwrap());
        assert_eq!(ours, theirs);
        assert_eq!(String::from_utf8(head(&fields)).unwrap(), "\u{feff}a,b\n");
    }

    proptest::proptest! {
        #[test]
        fn numbers_are_written_as_shortly_as_they_read_back_the_same(bits: u64, whole: i64, part in -1e9..1e9_f64) {
            let whole = (whole >> 8) as f64;
            for number in [f64::from_bits(bits), whole, part, part.round(), part / 1000.0, part * 1e10, part * 1e-13] {
                if !number.is_finite() || number == 0.0 {
                    continue;
                }
                let written = Cell::from(number).written();
                let positional = (1.0e-6..1.0e17).contains(&number.abs());
                let by_library = if positional { format!("{number}") } else { format!("{number:e}") };
                // Of two equally near and short ones either will do: 0.25 as 0.2 or 0.3, were there no more digits.
                proptest::prop_assert_eq!(written.len(), by_library.len());
                proptest::prop_assert_eq!(written.parse::<f64>(), Ok(number));
            }
        }
    }
}
