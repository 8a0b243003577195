//! A workbook as it is to be written: sheets of cells, and what Excel is to do with them.

use std::collections::BTreeSet;

/// A workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Book {
    /// Title among the properties of the file.
    pub title: String,
    /// Its sheets in order.
    pub sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Its name; see [`sheet_name`].
    pub name: String,
    /// Cells by row.
    pub rows: Vec<Vec<Cell>>,
    /// Widths of columns, in characters of half width.
    pub widths: Vec<f64>,
    /// Rows and columns that stay in sight.
    pub frozen: (u32, u16),
    /// Which cells of which column take only some words.
    pub choices: Vec<Choices>,
    /// Cells merged from the first to the last column of a row (counted from 0).
    pub merged: Vec<(u32, u16, u16)>,
    /// Rows up to this one may be filled in, everything above is locked; `None`: nothing is locked.
    pub open_from: Option<u32>,
    /// Printed across.
    pub landscape: bool,
    /// Footer in print.
    pub footer: String,
    /// Colour of the tab: red, green, blue.
    pub tab: Option<(u8, u8, u8)>,
    /// Not shown.
    pub hidden: bool,
    /// Rows before which a new printed page begins.
    pub breaks: Vec<u32>,
    /// Charts that the spreadsheet program draws itself.
    pub charts: Vec<Bars>,
    /// Pictures below each other, from the row behind the last.
    pub pictures: Vec<Picture>,
}

/// A bar chart of two columns of a sheet, drawn by the spreadsheet program.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// Title.
    pub title: String,
    /// Column of the words beside the bars, counted from 0.
    pub words: u16,
    /// Columns of the numbers, each with the name of its series.
    pub numbers: Vec<(u16, String)>,
    /// First and last row, counted from 0.
    pub rows: (u32, u32),
    /// Cell of its upper left corner.
    pub at: (u32, u16),
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What it shows: its title, which is its description too.
    pub title: String,
    /// The picture as PNG.
    pub png: Vec<u8>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What it holds.
    pub content: Content,
    /// How it looks.
    pub style: Style,
    /// What a note on it says.
    pub note: Option<String>,
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Content {
    /// Nothing.
    #[default]
    Empty,
    /// Text, also where it begins like a formula.
    Text(String),
    /// A number.
    Number(f64),
    /// A formula and the number it has now; `None` where it has text or none.
    Formula(String, Option<f64>),
    /// Words that lead to another sheet.
    Link(String, String),
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// As it is.
    #[default]
    Plain,
    /// Title of a sheet.
    Title,
    /// Words of explanation, wrapped.
    Words,
    /// Header of a column.
    Header,
    /// Header of a column that must be filled.
    Required,
    /// Headers of columns that every table has.
    Common,
    /// Cell to fill in.
    Input,
    /// A cell in which something is wrong.
    Faulty,
    /// A warning, in the stamp's colour.
    Stamp,
    /// A number with so many digits behind the point.
    Number(u8),
    /// A share shown in percent with so many digits behind the point.
    Percent(u8),
    /// Words that lead elsewhere.
    Link,
    /// Bold words.
    Strong,
}

/// A column whose cells take only some words.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    /// Column, counted from 0.
    pub column: u16,
    /// First and last row, counted from 0.
    pub rows: (u32, u32),
    /// What may be chosen.
    pub from: Choice,
    /// Whether other words are taken after a question; else they are refused.
    pub others: bool,
    /// Title and words shown when a cell is chosen.
    pub prompt: (String, String),
}

/// What may be chosen.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// One of these words; see [`LONGEST_LIST`].
    Words(Vec<String>),
    /// What stands in an area of the workbook, as a formula.
    Area(String),
    /// Anything: only the prompt is shown.
    Anything,
}

/// Most characters of a list of words that Excel keeps with a cell, commas included.
pub const LONGEST_LIST: usize = 255;
/// Longest name of a sheet.
const LONGEST_NAME: usize = 31;

impl Cell {
    /// A cell of text.
    #[must_use]
    pub fn text(text: impl Into<String>, style: Style) -> Self {
        let text = text.into();
        let content = if text.is_empty() { Content::Empty } else { Content::Text(text) };
        Self { content, style, note: None }
    }

    /// A cell of a number.
    #[must_use]
    pub fn number(number: f64, style: Style) -> Self {
        Self { content: Content::Number(number), style, note: None }
    }

    /// The same cell with a note.
    #[must_use]
    pub fn noted(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// A name that Excel takes for a sheet: without `[]:*?/\`, not in apostrophes, of at most 31 characters.
#[must_use]
pub fn sheet_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if "[]:*?/\\".contains(c) { '_' } else { c }).collect();
    let cut: String = plain.trim_start_matches('\'').chars().take(LONGEST_NAME).collect();
    let plain = cut.trim_end_matches('\'');
    if plain.trim().is_empty() { "_".to_owned() } else { plain.to_owned() }
}

/// Names of sheets for some words, none like another or like a reserved one: Excel does not tell case apart.
#[must_use]
pub fn sheet_names<'w>(words: impl Iterator<Item = &'w str>, reserved: &[&str]) -> Vec<String> {
    let mut taken: BTreeSet<String> = reserved.iter().map(|name| name.to_lowercase()).collect();
    let mut unused = |word: &str| {
        let plain = sheet_name(word);
        let numbered = (2..).map(|number| {
            let mark = format!("~{number}");
            plain.chars().take(LONGEST_NAME - mark.len()).collect::<String>() + &mark
        });
        let mut names = std::iter::once(plain.clone()).chain(numbered);
        names.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
    };
    words.map(&mut unused).collect()
}

/// How wide a text is, in characters of half width.
#[must_use]
pub fn width_of(text: &str) -> usize {
    text.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_what_excel_takes_and_differ() {
        let long = "a".repeat(40);
        let words = ["checks", "A1", "a1", long.as_str(), &long[..35], "'quoted'", "x/y", ""];
        let names = sheet_names(words.into_iter(), &["Checks"]);
        assert_eq!(names[..3], ["checks~2", "A1", "a1~2"]);
        assert_eq!((names[3].len(), &names[4][29..]), (31, "~2"));
        assert_eq!(names[5..], ["quoted", "x_y", "_"]);
    }
}
