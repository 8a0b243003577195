//! Tables for a terminal, with Chinese counted as two columns wide.

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, Row, Table, TableComponent, Width,
};

/// Widest line that is printed.
pub const WIDTH: u16 = 116;

/// A column of figures is at least so wide, so that its header breaks into few lines.
const NARROWEST: u16 = 8;

/// Which side a column leans to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Left: words.
    Left,
    /// Right: numbers.
    Right,
}

/// A table before it is printed: for a terminal as lines, for a page as HTML.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Header, a cell a column.
    pub header: Vec<String>,
    /// Which side each column leans to.
    pub sides: Vec<Side>,
    /// Rows; one of a single cell is the title of those below it.
    pub rows: Vec<Vec<String>>,
}

impl Listed {
    /// As lines for a terminal; empty without rows.
    #[must_use]
    pub fn text(&self) -> String {
        if self.rows.is_empty() { String::new() } else { render(&self.header, &self.sides, &self.rows) }
    }
}

/// A table as lines, no wider than [`WIDTH`]: a header, a rule, rows. A row may be of fewer cells than the
/// header.
#[must_use]
pub fn render(header: &[String], sides: &[Side], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(WIDTH);
    table.load_preset("                   ");
    table.set_style(TableComponent::HeaderLines, '─');
    table.set_style(TableComponent::MiddleHeaderIntersections, '─');
    table.set_header(Row::from(header.iter().zip(sides).map(cell).collect::<Vec<_>>()));
    for row in rows {
        table.add_row(Row::from(row.iter().zip(sides).map(cell).collect::<Vec<_>>()));
    }
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| unicode_width::UnicodeWidthStr::width(cell.as_str())).max().unwrap_or(0)
    };
    let header_width = |column: usize| unicode_width::UnicodeWidthStr::width(header[column].as_str());
    let natural: usize = (0..header.len()).map(|c| widest(c).max(header_width(c)) + 1).sum();
    for (position, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 1));
        // Figures never break; a long header breaks over them instead. Words give way when there is no room.
        if natural > usize::from(WIDTH) && sides[position] == Side::Right {
            let cells = u16::try_from(widest(position).max(longest_word(&header[position]))).unwrap_or(WIDTH);
            let wide = cells.clamp(NARROWEST, WIDTH / 4) + 1;
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(wide)));
        }
    }
    let lines = table.lines().map(|line| line.trim_end().to_owned());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Width of the longest word that may not be broken: Chinese may be broken anywhere.
fn longest_word(text: &str) -> usize {
    text.split(|c: char| !c.is_ascii() || c == ' ').map(str::len).max().unwrap_or(0)
}

fn cell((text, side): (&String, &Side)) -> Cell {
    let alignment = match side {
        Side::Left => CellAlignment::Left,
        Side::Right => CellAlignment::Right,
    };
    Cell::new(text).set_alignment(alignment)
}

/// Text broken into lines of at most [`WIDTH`] columns, further lines indented.
#[must_use]
pub fn wrapped(text: &str, indent: &str) -> String {
    let room = usize::from(WIDTH);
    let mut lines = vec![String::new()];
    let mut width = 0;
    for word in pieces(text) {
        let word_width = unicode_width::UnicodeWidthStr::width(word);
        let fits = width + unicode_width::UnicodeWidthStr::width(word.trim_end()) <= room;
        if !fits && width > indent.len() {
            lines.push(indent.to_owned());
            width = indent.len();
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
        }
        width += word_width;
    }
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// Pieces between which a line may break: after spaces, and between Chinese characters but not before
/// punctuation that closes.
fn pieces(text: &str) -> Vec<&str> {
    const NOT_FIRST: &str = "，。、；：？！）”》％…,.;:?!)%";
    let mut pieces = Vec::new();
    let mut begin = 0;
    let mut previous: Option<char> = None;
    for (at, c) in text.char_indices() {
        let wide = |c: char| unicode_width::UnicodeWidthChar::width(c) == Some(2);
        let may = previous.is_some_and(|p| p == ' ' || (wide(p) && !"（“《".contains(p)) || wide(c));
        if at > begin && may && !NOT_FIRST.contains(c) && previous.is_none_or(|p| !"（“《(".contains(p)) {
            pieces.push(&text[begin..at]);
            begin = at;
        }
        previous = Some(c);
    }
    pieces.push(&text[begin..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn no_line_is_too_wide_and_columns_stand_under_each_other() {
        let header = ["指标".to_owned(), "目标".to_owned(), "scenario".to_owned()];
        let rows = vec![
            vec!["主要废弃物循环利用率".to_owned(), "≥54.6%".to_owned(), "51.2".to_owned()],
            vec!["x".repeat(200), "1".to_owned(), "2".to_owned()],
        ];
        let text = render(&header, &[Side::Left, Side::Right, Side::Right], &rows);
        assert!(text.lines().all(|line| line.width() <= usize::from(WIDTH)), "{text}");
        let ends: Vec<usize> = text.lines().filter(|l| l.ends_with("51.2")).map(|l| l.width()).collect();
        let header_end = text.lines().next().map(|l| l.width());
        assert_eq!(Some(ends[0]), header_end, "{text}");
    }

    #[test]
    fn text_breaks_between_characters_but_not_before_a_comma() {
        let text = wrapped(&"资金缺口，".repeat(40), "  ");
        assert!(text.lines().count() > 2);
        for line in text.lines() {
            assert!(line.width() <= usize::from(WIDTH), "{line}");
            assert!(!line.trim_start().starts_with('，'), "{line}");
        }
    }
}
