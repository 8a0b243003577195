//! Where the user's file cannot be marked: a new workbook with the list and the faulty rows.

use super::{Told, listing, words};
use crate::diagnostic::Language;
use crate::input::workbook::Located;
use crate::input::{InputFile, texts};
use crate::report::workbook::book::{Book, Cell, Content, Sheet, Style, sheet_name};
use std::collections::BTreeMap;

/// The list first, then the header and the faulty rows of every sheet with faults.
pub(super) fn book(book: &InputFile, told: &[Told<'_>], language: Language) -> Book {
    let name = language.pick(super::LISTING[0], super::LISTING[1]);
    let head = listing::headers(language).map(|word| Cell::text(word, Style::Header));
    let mut rows = vec![head.to_vec()];
    let mut faulty: BTreeMap<&str, Vec<(&Located, &Told<'_>)>> = BTreeMap::new();
    for told in told {
        let mut cells = listing::line(told, language).map(|text| Cell::text(text, Style::Words));
        if let Some(cell) = &told.cell {
            faulty.entry(&cell.sheet).or_default().push((cell, told));
            if let Content::Text(text) = &cells[3].content {
                cells[3] = Cell {
                    content: Content::Link(sheet_name(&cell.sheet), text.clone()),
                    style: Style::Link,
                    note: None,
                };
            }
        }
        rows.push(cells.to_vec());
    }
    let widths = vec![8.0, 8.0, 16.0, 10.0, 60.0, 80.0];
    let mut sheets = vec![Sheet {
        name: name.to_owned(),
        rows,
        widths,
        frozen: (1, 0),
        landscape: true,
        ..Sheet::default()
    }];
    let model = texts(std::slice::from_ref(book));
    for (sheet, cells) in faulty {
        let lines: std::collections::BTreeSet<u32> = cells.iter().map(|(cell, _)| cell.row).collect();
        let mut rows = Vec::new();
        for line in lines {
            let of_line = cells.iter().filter(|(cell, _)| cell.row == line);
            let mut row = vec![Cell::number(f64::from(line), Style::Strong)];
            for (cell, told) in of_line {
                let text = format!("{} {}", cell.header, words(told.finding, language));
                row.push(Cell::text(text, Style::Faulty));
            }
            rows.push(row);
        }
        sheets.push(Sheet {
            name: sheet_name(sheet),
            rows,
            widths: vec![8.0, 60.0, 60.0],
            ..Sheet::default()
        });
    }
    Book { title: model.settings.first().map(|(_, value)| value.clone()).unwrap_or_default(), sheets }
}
