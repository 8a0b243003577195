//! Rows of result files: typed cells, one way to write each, safe in a spreadsheet.

use crate::calendar::Month;
use crate::money::Fen;
use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};

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
    /// The cell as it stands in the file.
    #[must_use]
    pub fn written(&self) -> Cow<'_, str> {
        if let Self::Text(text) = self {
            return safe_text(text);
        }
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut text);
        Cow::Owned(text)
    }

    /// Adds the cell as it stands in the file.
    fn write(&self, to: &mut String) -> fmt::Result {
        use fmt::Write as _;
        match self {
            Self::Text(text) => to.write_str(&safe_text(text)),
            Self::Number(number) => write_shortest(*number, to),
            Self::Integer(number) => write!(to, "{number}"),
            Self::Truth(truth) => to.write_str(if *truth { "true" } else { "false" }),
            Self::Month(month) => write!(to, "{month}"),
            Self::Money(amount) => write_yuan(*amount, to),
            Self::Empty => Ok(()),
        }
    }
}

/// A number in the shortest form that reads back as the same; both zeros alike.
fn write_shortest(number: f64, to: &mut String) -> fmt::Result {
    use fmt::Write as _;
    let number = if number == 0.0 { 0.0 } else { number };
    let magnitude = number.abs();
    // A positional form of a very small or large number would be a long string of zeros.
    if magnitude != 0.0 && !(1.0e-6..1.0e17).contains(&magnitude) {
        return write!(to, "{number:e}");
    }
    write!(to, "{number}")
}

/// Yuan with two decimals, exact.
fn write_yuan(amount: Fen, to: &mut String) -> fmt::Result {
    use fmt::Write as _;
    let sign = if amount.0 < 0 { "-" } else { "" };
    let fen = amount.0.unsigned_abs();
    write!(to, "{sign}{}.{:02}", fen / 100, fen % 100)
}

/// Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers never come here.
fn safe_text(text: &str) -> Cow<'_, str> {
    match text.as_bytes().first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r') => Cow::Owned(format!("'{text}")),
        _ => Cow::Borrowed(text),
    }
}

/// Writer of the rows of one file.
pub struct Rows<'a> {
    writer: csv::Writer<&'a mut dyn Write>,
    width: usize,
    /// Scratch of one cell.
    buffer: String,
}

impl<'a> Rows<'a> {
    /// Begins a file: byte order mark (so that a spreadsheet takes it for UTF-8) and header.
    ///
    /// # Errors
    /// As the writer says.
    pub fn begin(file: &'a mut dyn Write, fields: &[Field]) -> io::Result<Self> {
        file.write_all("\u{feff}".as_bytes())?;
        let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(file);
        writer.write_record(fields.iter().map(|f| f.name)).map_err(io_error)?;
        Ok(Self { writer, width: fields.len(), buffer: String::new() })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// As the writer says.
    ///
    /// # Panics
    /// When the row has not as many cells as the table has columns: a fault of the program.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        assert_eq!(cells.len(), self.width, "a row has a cell for every column");
        for cell in cells {
            let text = match cell {
                Cell::Text(text) => safe_text(text),
                cell => {
                    self.buffer.clear();
                    // Writing to a string does not fail.
                    let _ = cell.write(&mut self.buffer);
                    Cow::Borrowed(self.buffer.as_str())
                }
            };
            self.writer.write_field(text.as_bytes()).map_err(io_error)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(io_error)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// As the writer says.
    pub fn end(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
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
}
