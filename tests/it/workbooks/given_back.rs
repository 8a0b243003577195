//! A faulty workbook comes back as the user's own file with the faults marked.

use super::{cells_of, fill, hamlet, read};
use circflow::diagnostic::Language;
use circflow::input::{InputFile, read_files};
use circflow::report::workbook::marked::marked;
use rust_xlsxwriter::{Chart, ChartType, Format, Note};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// Parts of a file by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut text = Vec::new();
            part.read_to_end(&mut text).unwrap();
            (part.name().unwrap().into_owned(), String::from_utf8_lossy(&text).into_owned())
        })
        .collect()
}

/// The hamlet with two faults: an enterprise that is not there (with a note of the clerk's own), and a capacity that
/// is no number, beside a chart and a format that must stay.
fn faulty() -> InputFile {
    let bytes = hamlet(|file, page| {
        if file == "processes.csv" {
            fill(page, 0, &cells_of(file));
            page.write_string_with_format(1, 2, "nobody", &Format::new().set_italic()).unwrap();
            page.insert_note(1, 2, &Note::new("问过矿上")).unwrap();
            page.write_string(2, 4, "很多").unwrap();
            let mut chart = Chart::new(ChartType::Column);
            chart.add_series().set_values(("processes", 1, 4, 2, 4));
            page.insert_chart(10, 1, &chart).unwrap();
        }
        file == "processes.csv"
    });
    InputFile::new("小村.xlsx", bytes)
}

#[test]
fn faulty_cells_are_coloured_noted_and_listed_and_all_else_stays() {
    let book = faulty();
    let loaded = read(book.bytes.clone());
    for language in [Language::Zh, Language::En] {
        let back = marked(&book, &loaded.findings, language).unwrap();
        assert!(back.is_copy);
        let (before, after) = (parts(&book.bytes), parts(&back.bytes));
        let changed: Vec<&str> =
            before.iter().filter(|(name, text)| after[*name] != **text).map(|(n, _)| n.as_str()).collect();
        assert_eq!(
            changed,
            [
                "[Content_Types].xml",
                "xl/_rels/workbook.xml.rels",
                "xl/comments1.xml",
                "xl/drawings/vmlDrawing1.vml",
                "xl/styles.xml",
                "xl/workbook.xml",
                "xl/worksheets/sheet7.xml",
            ]
        );
        let notes = &after["xl/comments1.xml"];
        assert!(notes.contains("问过矿上") && notes.contains("E106") && notes.contains("E108"), "{notes}");
        assert_eq!(notes.matches("<comment ref=\"C2\"").count(), 1, "one note a cell");
        // What is read from the copy is what was read before, faults and all.
        let again = read_files(vec![InputFile::new("小村.xlsx", back.bytes)]);
        let told = |loaded: &circflow::input::Loaded| {
            let mut told = super::told(loaded);
            told.retain(|line| !line.starts_with("N021"));
            told
        };
        assert_eq!(told(&again), told(&loaded));
        let listed = &after["xl/worksheets/sheet16.xml"];
        assert!(listed.contains("location=\"&apos;processes&apos;!C2\""), "{listed}");
    }
}

#[test]
fn an_unusual_file_gives_a_new_workbook_with_the_list() {
    let book = faulty();
    let loaded = read(book.bytes.clone());
    let mut archive = zip::ZipArchive::new(Cursor::new(&book.bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        if archive.by_index(index).unwrap().name().unwrap() != "xl/styles.xml" {
            writer.raw_copy_file(archive.by_index_raw(index).unwrap()).unwrap();
        }
    }
    let bare = InputFile::new("小村.xlsx", writer.finish().unwrap().into_inner());
    let back = marked(&bare, &loaded.findings, Language::Zh).unwrap();
    assert!(!back.is_copy);
    let parts = parts(&back.bytes);
    assert!(parts["xl/workbook.xml"].contains("问题清单") && parts["xl/workbook.xml"].contains("processes"));
    assert!(parts["xl/sharedStrings.xml"].contains("E106"));
}
