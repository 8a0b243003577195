//! Texts of tables as cells: a plain number becomes one where nothing is lost by it.

use super::book::{Cell, Content, Style};

/// Greatest whole number that Excel keeps to the last digit.
const EXACT: f64 = 999_999_999_999_999.0;

/// A cell of a table's text.
pub(super) fn of(text: &str, style: Style) -> Cell {
    let text = text.trim();
    let content = match text.parse::<f64>() {
        _ if text.is_empty() => Content::Empty,
        // Other ways of writing a number (`1e5`, `007`, `0.10`) stay as they were written.
        Ok(number) if number.abs() <= EXACT && number.to_string() == text => Content::Number(number),
        _ => Content::Text(text.to_owned()),
    };
    Cell { content, style, note: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_numbers_become_numbers() {
        for (text, number) in [("12", 12.0), ("0.5", 0.5), ("-3", -3.0)] {
            assert_eq!(of(text, Style::Plain).content, Content::Number(number));
        }
        for text in
            ["007", "1e5", "0.10", "=ash", "inf", "NaN", "12345678901234567890", "0.18±0.02", "@x", "+1"]
        {
            assert_eq!(of(text, Style::Plain).content, Content::Text(text.to_owned()), "{text}");
        }
        assert_eq!(of(" ", Style::Plain).content, Content::Empty);
    }
}
