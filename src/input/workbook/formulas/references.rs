//! What a formula refers to: cells, areas, whole columns and rows, of its own sheet or another.

use crate::input::workbook::place::position;

/// First and last row and column of an area, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

/// An area that a formula names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// The sheet that is named; `None` of the formula's own.
    pub(super) sheet: Option<String>,
    /// The area.
    pub(super) area: Area,
}

/// Functions that ask where a cell stands and not what it holds.
const OF_PLACE: [&str; 4] = ["ROW", "ROWS", "COLUMN", "COLUMNS"];

/// The areas that a formula names; those of other workbooks are left out. A reference is read as Excel writes it:
/// `A1`, `$A$1:B2`, `C:C`, `3:3`, each with or without `Sheet!` or `'My sheet'!` in front.
pub(super) fn references(formula: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut rest = formula;
    let mut sheet: Option<String> = None;
    let mut elsewhere = false;
    while let Some(sign) = rest.chars().next() {
        match sign {
            '"' => rest = behind(rest, '"').1,
            '\'' => {
                let (name, after) = behind(rest, '\'');
                rest = after;
                if let Some(after) = rest.strip_prefix('!') {
                    elsewhere = name.contains('[');
                    sheet = Some(name);
                    rest = after;
                }
            }
            '[' => {
                rest = rest.split_once(']').map_or("", |(_, after)| after);
                elsewhere = true;
            }
            _ if is_of_word(sign) => {
                let (word, after) = word(rest);
                rest = after;
                if let Some(after) = rest.strip_prefix('!') {
                    sheet = Some(word.to_owned());
                    rest = after;
                    continue;
                }
                if let Some(after) = rest.strip_prefix('(') {
                    rest = if OF_PLACE.iter().any(|f| word.eq_ignore_ascii_case(f)) {
                        closed(after)
                    } else {
                        after
                    };
                } else {
                    let second = rest.strip_prefix(':').map(self::word);
                    let area = match second {
                        Some((last, after)) if between(word, last).is_some() => {
                            rest = after;
                            between(word, last)
                        }
                        _ => cell(word).map(|cell| Area { first: cell, last: cell }),
                    };
                    if let Some(area) = area.filter(|_| !elsewhere) {
                        found.push(Reference { sheet: sheet.take(), area });
                    }
                }
                sheet = None;
                elsewhere = false;
            }
            _ => rest = &rest[sign.len_utf8()..],
        }
    }
    found
}

fn is_of_word(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | '.' | '$')
}

/// A word and what comes after it.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(|sign| !is_of_word(sign)).unwrap_or(text.len());
    text.split_at(end)
}

/// What stands between quotes, doubled ones inside made single, and what comes after them.
fn behind(text: &str, quote: char) -> (String, &str) {
    let mut name = String::new();
    let mut rest = &text[quote.len_utf8()..];
    while let Some(end) = rest.find(quote) {
        name.push_str(&rest[..end]);
        rest = &rest[end + quote.len_utf8()..];
        match rest.strip_prefix(quote) {
            Some(after) => {
                name.push(quote);
                rest = after;
            }
            None => return (name, rest),
        }
    }
    (name, "")
}

/// What comes after the parenthesis that closes an open one.
fn closed(text: &str) -> &str {
    let mut depth = 1;
    for (at, sign) in text.char_indices() {
        match sign {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[at + 1..];
        }
    }
    ""
}

fn cell(word: &str) -> Option<(u32, u32)> {
    position(&word.replace('$', ""))
}

/// The area between two ends: cells, whole columns or whole rows.
fn between(first: &str, last: &str) -> Option<Area> {
    let plain = |word: &str| word.replace('$', "");
    let (a, b) = (plain(first), plain(last));
    let ends = if let (Some(a), Some(b)) = (position(&a), position(&b)) {
        (a, b)
    } else if let (Ok(a), Ok(b)) = (a.parse::<u32>(), b.parse::<u32>()) {
        ((a, 1), (b, u32::MAX))
    } else {
        // A column is where its first cell is.
        let column = |word: &str| {
            let letters = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
            position(&format!("{word}1")).filter(|_| letters).map(|(_, column)| column)
        };
        ((1, column(&a)?), (u32::MAX, column(&b)?))
    };
    let (a, b) = ends;
    Some(Area { first: (a.0.min(b.0), a.1.min(b.1)), last: (a.0.max(b.0), a.1.max(b.1)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(formula: &str) -> Vec<String> {
        let one = |reference: Reference| {
            let Area { first, last } = reference.area;
            format!("{}{first:?}-{last:?}", reference.sheet.map_or(String::new(), |sheet| sheet + "!"))
        };
        references(formula).into_iter().map(one).collect()
    }

    #[test]
    fn formulas_name_areas() {
        assert_eq!(shown("A1+$B$2*SUM(C3:D4)"), ["(1, 1)-(1, 1)", "(2, 2)-(2, 2)", "(3, 3)-(4, 4)"]);
        assert_eq!(shown("LOG10(A1)+D4:C3"), ["(1, 1)-(1, 1)", "(3, 3)-(4, 4)"]);
        assert_eq!(shown("SUM(C:C)+SUM(2:2)"), ["(1, 3)-(4294967295, 3)", "(2, 1)-(2, 4294967295)"]);
        assert_eq!(
            shown("Sheet2!A1+'其他 ''表'!B2:B3&\"C3\"+统计!$D$3"),
            ["Sheet2!(1, 1)-(1, 1)", "其他 '表!(2, 2)-(3, 2)", "统计!(3, 4)-(3, 4)"]
        );
        assert_eq!(shown("[1]Sheet1!A1+'C:\\[b.xlsx]x'!B2+B3"), ["(3, 2)-(3, 2)"]);
        assert_eq!(shown("492.41+0*ROW(D2)+COLUMNS($A$1:D9)"), [""; 0]);
        assert_eq!(shown("ROW(INDEX(A1,1))+E5"), ["(5, 5)-(5, 5)"]);
    }
}
