//! Tables of a page: columns, groups of rows, cells that may be links or grades.

use super::markup::Html;
use crate::report::grid::{Listed, Side};

/// A column: its header, and whether it holds numbers.
#[derive(Clone, Debug)]
pub(super) struct Column {
    header: String,
    number: bool,
}

/// A column of words.
pub(super) fn words(header: impl Into<String>) -> Column {
    Column { header: header.into(), number: false }
}

/// A column of numbers.
pub(super) fn numbers(header: impl Into<String>) -> Column {
    Column { header: header.into(), number: true }
}

/// Columns of a table that a terminal prints as well.
fn columns_of(listed: &Listed) -> Vec<Column> {
    let sides = listed.header.iter().zip(&listed.sides);
    sides.map(|(header, side)| Column { header: header.clone(), number: *side == Side::Right }).collect()
}

/// A cell: pieces of text, some of which lead elsewhere.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pieces: Vec<(String, Option<String>)>,
    /// Class of a grade that stands below the text, with its word.
    grade: Option<(&'static str, String)>,
}

impl Cell {
    /// Plain text.
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self { pieces: vec![(text.into(), None)], grade: None }
    }

    /// More text behind it.
    pub(super) fn and(mut self, text: impl Into<String>) -> Self {
        self.pieces.push((text.into(), None));
        self
    }

    /// The last piece leads to an element of the page.
    pub(super) fn to(mut self, anchor: &str) -> Self {
        if let Some((_, link)) = self.pieces.last_mut() {
            *link = Some(format!("#{anchor}"));
        }
        self
    }

    /// The last piece leads to an element of the page, if there is one.
    pub(super) fn maybe_to(self, anchor: Option<&str>) -> Self {
        match anchor {
            Some(anchor) => self.to(anchor),
            None => self,
        }
    }

    /// An address, leading to it where it is one.
    pub(super) fn address(text: &str) -> Self {
        Self { pieces: vec![(text.to_owned(), super::markup::href(text))], grade: None }
    }

    /// The same with a grade.
    pub(super) fn graded(mut self, class: &'static str, word: impl Into<String>) -> Self {
        self.grade = Some((class, word.into()));
        self
    }

    /// Adds the pieces and the grade.
    pub(super) fn fill(&self, html: &mut Html) {
        for (text, link) in &self.pieces {
            match link {
                Some(link) if link.starts_with('#') => html.leaf("a", &[("href", link)], text),
                Some(link) => html.leaf("a", &[("href", link), ("rel", "noreferrer")], text),
                None => html.text(text),
            }
        }
        if let Some((class, word)) = &self.grade {
            html.text(if self.pieces.is_empty() { "" } else { " " });
            html.leaf("span", &[("class", class)], word);
        }
    }
}

/// A row of cells, or the title of the group of rows below it.
#[derive(Clone, Debug)]
pub(super) enum Line {
    Group(String),
    Cells(Vec<Cell>),
}

impl Line {
    /// A row of plain texts.
    pub(super) fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::Cells(texts.into_iter().map(Cell::of).collect())
    }
}

/// From so many columns on a table is set narrower.
const MANY: usize = 9;

/// Adds a table; nothing where there are no rows. What the first column holds names its row.
pub(super) fn table(html: &mut Html, caption: &str, columns: &[Column], lines: &[Line]) {
    framed(html, caption, Some(caption), columns, lines);
}

/// The same with a name for readers that do not see it and a caption that may be left out.
fn framed(html: &mut Html, name: &str, caption: Option<&str>, columns: &[Column], lines: &[Line]) {
    if !lines.iter().any(|line| matches!(line, Line::Cells(_))) {
        return;
    }
    let class = if columns.len() >= MANY { "wide many" } else { "wide" };
    html.element(
        "div",
        &[("class", class), ("tabindex", "0"), ("role", "group"), ("aria-label", name)],
        |html| {
            html.element("table", &[], |html| {
                if let Some(caption) = caption {
                    html.leaf("caption", &[], caption);
                }
                html.element("thead", &[], |html| {
                    html.element("tr", &[], |html| {
                        for column in columns {
                            let class: &[(&str, &str)] = if column.number { &[("class", "n")] } else { &[] };
                            html.leaf("th", &[&[("scope", "col")], class].concat(), &column.header);
                        }
                    });
                });
                html.element("tbody", &[], |html| lines.iter().for_each(|line| one(html, columns, line)));
            });
        },
    );
}

fn one(html: &mut Html, columns: &[Column], line: &Line) {
    match line {
        Line::Group(title) => html.element("tr", &[("class", "group")], |html| {
            let span = columns.len().to_string();
            html.leaf("th", &[("colspan", &span), ("scope", "colgroup")], title);
        }),
        Line::Cells(cells) => html.element("tr", &[], |html| {
            for (at, (cell, column)) in cells.iter().zip(columns).enumerate() {
                let class: &[(&str, &str)] = if column.number { &[("class", "n")] } else { &[] };
                if at == 0 {
                    html.element("th", &[&[("scope", "row")], class].concat(), |html| cell.fill(html));
                } else {
                    html.element("td", class, |html| cell.fill(html));
                }
            }
        }),
    }
}

/// Adds a table that a terminal prints as well, with links: by row and column of the table, the element that a figure leads to.
pub(super) fn linked(
    html: &mut Html,
    caption: &str,
    listed: &Listed,
    to: impl Fn(usize, usize) -> Option<String>,
) {
    let columns = columns_of(listed);
    let line = |(row, cells): (usize, &Vec<String>)| match cells.as_slice() {
        [title] if columns.len() > 1 => Line::Group(title.trim_matches(['[', ']']).to_owned()),
        cells => {
            let cell = |(column, text): (usize, &String)| {
                Cell::of(text).maybe_to(to(row, column).as_deref().filter(|_| !text.is_empty()))
            };
            Line::Cells(cells.iter().enumerate().map(cell).collect())
        }
    };
    table(html, caption, &columns, &listed.rows.iter().enumerate().map(line).collect::<Vec<_>>());
}

/// Adds a table that a terminal prints as well below a title that already says what it is: a caption of its own only
/// where there is one. With classes, by row, its last column is a grade.
pub(super) fn below_title(
    html: &mut Html,
    title: &str,
    caption: Option<&str>,
    listed: &Listed,
    classes: &[&'static str],
) {
    let line = |(row, cells): (usize, &Vec<String>)| {
        let mut cells: Vec<Cell> = cells.iter().map(Cell::of).collect();
        if let (Some(class), Some(last)) = (classes.get(row), listed.rows[row].last()) {
            cells.pop();
            cells.push(Cell::default().graded(class, last));
        }
        Line::Cells(cells)
    };
    let lines: Vec<Line> = listed.rows.iter().enumerate().map(line).collect();
    framed(html, caption.unwrap_or(title), caption, &columns_of(listed), &lines);
}
