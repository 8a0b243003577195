//! A sheet as the text of a table: the header found among title rows, one line for every row.

use super::cells::{Rows, Value};
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::input::attributes::{Attribute, Kind, TableAttributes};
use crate::input::collected::Collected;
use crate::input::names::folded;
use crate::input::read::guarded;

/// How many rows that hold something are looked through for the header.
const LOOKED_THROUGH: usize = 20;
/// First cells of rows that sum up, and beginnings of rows of notes.
const SUMS: [&str; 7] = ["合计", "总计", "小计", "共计", "total", "sum", "subtotal"];
const NOTES: [&str; 5] = ["注：", "注:", "备注", "说明", "note:"];

/// The text of a table's sheet; cells that cannot be read go to the findings.
pub(super) fn text(
    rows: &Rows,
    attributes: &'static TableAttributes,
    file: &str,
    found: &mut Collected,
) -> String {
    let Some(header) = header_row(rows, attributes) else { return String::new() };
    let (header_line, header_cells) = &rows.rows[header];
    let headers: Vec<(u32, String)> =
        header_cells.iter().map(|(column, value)| (*column, value.written(false, false))).collect();
    let attribute = |column: u32| {
        let header = headers.iter().find(|(c, _)| *c == column)?;
        let number = attributes.header(&folded(&header.1))?;
        attributes.all_columns().nth(number)
    };
    let width = headers.last().map_or(0, |(column, _)| *column);
    let of = |pick: fn(&Attribute) -> bool| -> Vec<bool> {
        (1..=width).map(|column| attribute(column).is_some_and(pick)).collect()
    };
    let (months, measured) = (of(|a| a.kind == Kind::Month), of(Attribute::is_measured));
    let is = |list: &[bool], column: u32| list.get(column as usize - 1).copied().unwrap_or(false);
    let mut text = Text::default();
    text.row(*header_line, headers.iter().map(|(column, header)| (*column, header.clone())));
    for (line, cells) in &rows.rows[header + 1..] {
        if is_aside(cells) {
            let spot = Spot { file: file.to_owned(), row: Some(*line), column: None };
            let shown = cells.first().map(|(_, value)| value.written(false, false)).unwrap_or_default();
            found.push(Diagnostic::new(Code("N022")).at(spot).with("found", shown));
            continue;
        }
        let spot = |column: u32| Spot {
            file: file.to_owned(),
            row: Some(*line),
            column: headers.iter().find(|(c, _)| *c == column).map(|(_, header)| header.trim().to_owned()),
        };
        // One number merged over several rows is one number: it is not counted again in the rows below.
        let again = |column: u32, value: &Value| {
            matches!(value, Value::Number(_))
                && is(&measured, column)
                && rows.covered.contains(&(*line, column))
        };
        for (column, value) in cells {
            match value {
                // Shown as 2017.10 it is stored as 2017.1 all the same.
                Value::Number(number) if is(&months, *column) && is_tenth_of_a_year(*number) => {
                    let finding = Diagnostic::new(Code("W024")).at(spot(*column));
                    found.push(finding.with("found", number.to_string()));
                }
                Value::Number(number) if again(*column, value) => {
                    let finding = Diagnostic::new(Code("W023")).at(spot(*column));
                    found.push(finding.with("found", number.to_string()));
                }
                Value::Fault(fault) => {
                    let finding = Diagnostic::new(Code("E025")).at(spot(*column));
                    found.push(finding.with("found", fault.to_string()));
                }
                Value::NotComputed => {
                    found.push(Diagnostic::new(Code("E026")).at(spot(*column)));
                }
                _ => {}
            }
        }
        let once = cells.iter().filter(|(column, value)| !again(*column, value));
        let written =
            once.map(|(column, value)| (*column, value.written(is(&months, *column), rows.from_1904)));
        text.row(*line, written);
    }
    text.text
}

/// The lines of a sheet of plain text: the first cell of every row.
pub(super) fn lines(rows: &Rows) -> String {
    let mut text = String::new();
    let mut written = 1;
    for (line, cells) in &rows.rows {
        while written < *line {
            text.push('\n');
            written += 1;
        }
        if let Some((_, value)) = cells.first() {
            text.push_str(&value.written(false, false));
        }
    }
    text.push('\n');
    text
}

/// The row, among the first, of which most cells are headers of the table; the first row where none is.
fn header_row(rows: &Rows, attributes: &'static TableAttributes) -> Option<usize> {
    let looked_through = rows.rows.iter().enumerate().filter(|(_, (_, cells))| !is_blank(cells));
    let mut best: Option<(usize, usize)> = None;
    for (number, (_, cells)) in looked_through.take(LOOKED_THROUGH) {
        let known = cells.iter().filter(|(_, value)| match value {
            Value::Text(text) => {
                let name = text.split(['(', '（']).next().unwrap_or(text);
                attributes.header(&folded(text)).or_else(|| attributes.header(&folded(name))).is_some()
            }
            _ => false,
        });
        let known = known.count();
        if best.is_none_or(|(_, most)| known > most) {
            best = Some((number, known));
        }
    }
    best.map(|(number, _)| number)
}

fn is_blank(cells: &[(u32, Value)]) -> bool {
    cells.iter().all(|(_, value)| value.is_blank())
}

/// Whether a row below the header is no row of the table: a sum, which is followed by nothing but numbers, or a note that
/// stands alone.
fn is_aside(cells: &[(u32, Value)]) -> bool {
    let mut written = cells.iter().map(|(_, value)| value).filter(|value| !value.is_blank());
    let Some(Value::Text(first)) = written.next() else { return false };
    let first = folded(first);
    let rest: Vec<&Value> = written.collect();
    let sums = !rest.iter().any(|value| matches!(value, Value::Text(text) if !is_number(text)));
    (sums && SUMS.contains(&first.as_str()))
        || (rest.is_empty() && NOTES.iter().any(|note| first.starts_with(note)))
}

/// Whether a number in a column of months is a year and `.1`: January, or October with its last digit lost.
fn is_tenth_of_a_year(number: f64) -> bool {
    (1900.0..2200.0).contains(&number) && ((number.fract() - 0.1).abs() < 1e-6)
}

/// Whether a text is a number as clerks type it, with or without thousands and percent.
fn is_number(text: &str) -> bool {
    let plain = folded(text).replace([',', '%'], "");
    plain.parse::<f64>().is_ok()
}

/// Comma-separated text whose lines are the rows of the sheet.
#[derive(Debug, Default)]
struct Text {
    text: String,
    lines: u32,
}

impl Text {
    /// Adds a row at its line; cells by column, ascending.
    fn row(&mut self, line: u32, cells: impl IntoIterator<Item = (u32, String)>) {
        while self.lines + 1 < line {
            self.text.push('\n');
            self.lines += 1;
        }
        let mut at = 1;
        for (column, cell) in cells {
            while at < column {
                self.text.push(',');
                at += 1;
            }
            // As in a table of text, so that a text is the same in both.
            let cell = guarded(&cell);
            if cell.contains([',', '"']) {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(&cell);
            }
        }
        self.text.push('\n');
        self.lines = line;
    }
}
