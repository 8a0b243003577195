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

/// The file with a text of one part changed.
fn with_text(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts(bytes) {
        writer.start_file(&*name, zip::write::SimpleFileOptions::default()).unwrap();
        let text = if name == part { text.replacen(from, to, 1) } else { text };
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn data_bars_and_pictures_of_headers_stay_whole() {
    // Excel writes a data bar with a list of extensions inside the rule, and the picture of a header as a drawing of boxes.
    let bytes = hamlet(|file, page| {
        if file == "processes.csv" {
            fill(page, 0, &cells_of(file));
            page.write_string(2, 4, "很多").unwrap();
        }
        file == "processes.csv"
    });
    let sheet = "xl/worksheets/sheet7.xml";
    let rule = "</sheetData><conditionalFormatting sqref=\"E2:E3\"><cfRule type=\"dataBar\" priority=\"1\"><dataBar><cfvo type=\"min\"/>\
                <cfvo type=\"max\"/><color rgb=\"FF638EC6\"/></dataBar><extLst><ext uri=\"{B025F937}\"/></extLst></cfRule></conditionalFormatting>";
    let bytes = with_text(&bytes, sheet, "</sheetData>", rule);
    let heading = "<legacyDrawingHF xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"rId9\"/></worksheet>";
    let bytes = with_text(&bytes, sheet, "</worksheet>", heading);
    let mut writer = zip::ZipWriter::new_append(Cursor::new(bytes)).unwrap();
    let mut put = |name: &str, text: &str| {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    };
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing";
    put(
        "xl/worksheets/_rels/sheet7.xml.rels",
        &format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId9\" Type=\"{kind}\" Target=\"../drawings/hf.vml\"/></Relationships>"
        ),
    );
    put("xl/drawings/hf.vml", "<xml><v:shape id=\"LH\"/></xml>");
    let book = InputFile::new("小村.xlsx", writer.finish().unwrap().into_inner());
    let loaded = read(book.bytes.clone());
    let back = marked(&book, &loaded.findings, Language::Zh).unwrap();
    assert!(back.is_copy);
    let after = parts(&back.bytes);
    assert_eq!(after["xl/drawings/hf.vml"], "<xml><v:shape id=\"LH\"/></xml>", "the picture of the header");
    let text = &after[sheet];
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("no {what} in {text}"));
    assert!(at("</conditionalFormatting>") < at("<legacyDrawing "), "outside the rule");
    assert!(at("<legacyDrawing ") < at("<legacyDrawingHF"));
    assert!(after.keys().any(
        |name| name.starts_with("xl/drawings/vmlDrawing") && after[name].contains("ObjectType=\"Note\"")
    ));
}

#[test]
fn a_setting_is_marked_at_its_value_and_read_in_full_width() {
    let with_year = |year: &str| {
        hamlet(|file, page| {
            if file == "model.toml" {
                fill(page, 0, &cells_of(file));
                page.write_string(2, 1, year).unwrap();
            }
            file == "model.toml"
        })
    };
    let sound = read(with_year("２０１５年"));
    assert!(!sound.findings.has_errors(), "{:?}", super::told(&sound));
    let book = InputFile::new("小村.xlsx", with_year("前年"));
    let loaded = read(book.bytes.clone());
    let back = marked(&book, &loaded.findings, Language::Zh).unwrap();
    let after = parts(&back.bytes);
    let notes: Vec<&String> =
        after.iter().filter(|(n, _)| n.starts_with("xl/comments")).map(|(_, t)| t).collect();
    assert!(notes.iter().any(|text| text.contains("<comment ref=\"B3\"")), "{notes:?}");
}

#[test]
fn the_day_a_workbook_was_saved_stands_in_it() {
    let saved = circflow::input::workbook::last_saved(&hamlet(|_, _| false));
    assert!(saved.is_some_and(|saved| saved.starts_with("20") && saved.ends_with('Z')));
    assert_eq!(circflow::input::workbook::last_saved(b"no workbook"), None);
}

#[test]
fn a_copy_that_is_marked_again_has_the_marks_of_now_alone() {
    let book = faulty();
    let loaded = read(book.bytes.clone());
    let copy = marked(&book, &loaded.findings, Language::Zh).unwrap();
    // One of the two faults is mended in the copy: the enterprise in C2, which has a note of the clerk's own.
    let before = parts(&copy.bytes);
    let mended: Vec<(String, String)> =
        before.iter().map(|(name, text)| (name.clone(), text.replace("nobody", "mine"))).collect();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in &mended {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
    }
    let second = InputFile::new("小村-问题标记.xlsx", writer.finish().unwrap().into_inner());
    let loaded = read_files(vec![second.clone()]);
    let errors: Vec<&str> =
        loaded.findings.0.iter().map(|f| f.code.0).filter(|code| code.starts_with('E')).collect();
    assert_eq!(errors, ["E108"], "{:?}", super::told(&loaded));
    let again = marked(&second, &loaded.findings, Language::Zh).unwrap();
    assert!(again.is_copy);
    let after = parts(&again.bytes);
    let notes = &after["xl/comments1.xml"];
    assert!(notes.contains("问过矿上") && !notes.contains("E106"), "{notes}");
    assert_eq!(notes.matches("E108").count(), 1, "{notes}");
    assert_eq!(after["xl/drawings/vmlDrawing1.vml"].matches("ObjectType=\"Note\"").count(), 2);
    // The list is one sheet, of what is wrong now; the mended cell has its own style again.
    assert_eq!(after["xl/workbook.xml"].matches("问题清单").count(), 1);
    assert!(!after.values().any(|text| text.contains("<worksheet") && text.contains("E106")));
    let style = |parts: &BTreeMap<String, String>, cell: &str| {
        let text = &parts["xl/worksheets/sheet7.xml"];
        let at = text.find(&format!("<c r=\"{cell}\"")).unwrap();
        text[at..at + 60].split("s=\"").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned())
    };
    let original = parts(&book.bytes);
    assert_eq!(style(&after, "C2"), style(&original, "C2"));
    assert_ne!(style(&before, "C2"), style(&original, "C2"));
    assert_ne!(style(&after, "E3"), style(&original, "E3"), "what is still wrong is marked");
}

#[test]
fn a_copy_that_was_worked_in_stays_and_is_no_model_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let check = |name: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_circflow"))
            .args(["check", name, "--lang", "zh"])
            .current_dir(folder.path())
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    };
    let path = folder.path().join("城市.xlsx");
    std::fs::write(&path, faulty().bytes).unwrap();
    assert!(check("城市.xlsx").contains("城市-问题标记.xlsx"));
    assert!(check("城市.xlsx").contains("城市-问题标记.xlsx"), "one that nobody touched is written again");
    // The clerk corrects in the copy, then checks the first file once more.
    let copy = folder.path().join("城市-问题标记.xlsx");
    std::fs::write(&copy, "worked in").unwrap();
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(60);
    std::fs::File::options().write(true).open(&copy).unwrap().set_modified(later).unwrap();
    assert!(check("城市.xlsx").contains("城市-问题标记-2.xlsx"));
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), "worked in");
    // Copies beside a workbook are not read with it.
    let told = check(".");
    assert!(told.contains("E106") && !told.contains("E011"), "{told}");
    // A workbook with macros keeps its ending, by which Excel knows it.
    std::fs::rename(&path, folder.path().join("城市.xlsm")).unwrap();
    assert!(check("城市.xlsm").contains("城市-问题标记.xlsm"));
}
