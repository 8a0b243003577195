//! Workbooks that are not read, and cells of them: a message each, never a panic.

use super::{cells_of, fill, hamlet, read, told};
use circflow::diagnostic::Language;
use circflow::input::{InputFile, read_files};
use rust_xlsxwriter::{Formula, Workbook};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn first(bytes: impl Into<Vec<u8>>) -> String {
    let loaded = read(bytes.into());
    assert!(loaded.findings.has_errors());
    told(&loaded).into_iter().find(|line| line.starts_with('E')).expect("an error")
}

/// The hamlet with a table of duties filled by a formula in its cell of money.
fn with_formula(formula: &str, result: &str) -> Vec<u8> {
    hamlet(|file, page| {
        if file == "duties.csv" {
            fill(page, 0, &cells_of(file));
            page.write_formula(1, 2, Formula::new(formula).set_result(result)).unwrap();
        }
        file == "duties.csv"
    })
}

/// A file of parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn protected_old_damaged_and_empty_files() {
    let mut compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    compound.extend([0; 600]);
    assert_eq!(first(compound.clone()), "E022 小村.xlsx");
    compound.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(first(compound), "E021 小村.xlsx");
    assert_eq!(first(*b"not a workbook"), "E023 小村.xlsx");
    assert_eq!(first(hamlet(|_, _| false)[..2000].to_vec()), "E023 小村.xlsx");
    assert_eq!(first(packed(&[("mimetype", b"application/x")])), "E022 小村.xlsx");
    let broken = packed(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<work")]);
    assert_eq!(first(broken), "E023 小村.xlsx");
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("草稿").unwrap();
    assert_eq!(first(workbook.save_to_buffer().unwrap()), "E028 小村.xlsx");
    for ending in ["xls", "et", "ods"] {
        let loaded = read_files(vec![InputFile::new(format!("a.{ending}"), vec![7_u8; 10])]);
        assert!(told(&loaded)[0].starts_with("E02"), "{:?}", told(&loaded));
    }
}

#[test]
fn a_file_that_unpacks_to_too_much_is_not_unpacked() {
    let zeros = vec![b' '; 64 << 20];
    let parts: Vec<(String, &[u8])> = (0..9).map(|n| (format!("xl/sheet{n}.xml"), &zeros[..])).collect();
    let mut all = vec![("[Content_Types].xml", &b"<Types/>"[..])];
    all.extend(parts.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
    let mut bomb = packed(&all);
    assert_eq!(first(bomb.clone()), "E024 小村.xlsx");
    // The same file, saying of itself that its parts are small: 64 MB in little-endian becomes 64 bytes.
    let honest = (64_u32 << 20).to_le_bytes();
    let at: Vec<usize> = (0..bomb.len() - 4).filter(|at| bomb[*at..*at + 4] == honest).collect();
    assert!(at.len() >= 9);
    for at in at {
        bomb[at..at + 4].copy_from_slice(&64_u32.to_le_bytes());
    }
    assert!(["E024", "E023"].contains(&&first(bomb)[..4]));
}

#[test]
fn faults_circles_and_formulas_without_result() {
    assert_eq!(first(with_formula("=C9+#REF!", "#REF!")), "E025 小村.xlsx!duties:2:amount");
    // The cell is empty for the table; that it must not be is not told a second time.
    let failed = read(with_formula("=C9+#REF!", "#REF!"));
    let errors: Vec<String> = told(&failed).into_iter().filter(|line| line.starts_with('E')).collect();
    assert_eq!(errors, ["E025 小村.xlsx!duties:2:amount"]);
    assert_eq!(first(with_formula("=C2+1", "0")), "E027 小村.xlsx!duties:2");
    assert_eq!(first(with_formula("=SUM(C2:C9)", "0")), "E027 小村.xlsx!duties:2");
    let sound = read(with_formula("=100*3", "300"));
    assert!(!sound.findings.has_errors(), "{:?}", told(&sound));
    let without = with_formula("=100*3", "300");
    let without = changed(&without, "xl/worksheets/sheet12.xml", "<v>300</v>", "");
    assert_eq!(first(without), "E026 小村.xlsx!duties:2:amount");
}

/// A file with a text of one part changed.
fn changed(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut text).unwrap();
        if name == part {
            let whole = String::from_utf8(text).unwrap();
            assert_eq!(whole.matches(from).count(), 1, "{from} stands once in {part}");
            text = whole.replace(from, to).into_bytes();
        }
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&text).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn sheets_missing_twice_or_nearly_called_like_a_table() {
    let mut workbook = Workbook::new();
    for (file, _) in crate::hamlet::FILES {
        if file != "processes.csv" {
            let page = workbook.add_worksheet();
            page.set_name(super::sheet_of(file)).unwrap();
            fill(page, 0, &cells_of(file));
        }
    }
    fill(workbook.add_worksheet().set_name("places").unwrap(), 0, &cells_of("places.csv"));
    fill(workbook.add_worksheet().set_name("proceses").unwrap(), 0, &cells_of("processes.csv"));
    workbook.add_worksheet().set_name("我的草稿").unwrap();
    let loaded = read(workbook.save_to_buffer().unwrap());
    let told = told(&loaded);
    for expected in ["E015 小村.xlsx!places", "E029 小村.xlsx", "W020 小村.xlsx!proceses", "N021 小村.xlsx"]
    {
        assert!(told.iter().any(|line| line == expected), "{expected} in {told:?}");
    }
    let near = loaded.findings.0.iter().find(|finding| finding.code.0 == "W020").unwrap();
    assert!(near.message(Language::En).contains("processes"));
}

#[test]
fn macros_are_left_alone() {
    let plain = hamlet(|_, _| false);
    let mut archive = zip::ZipArchive::new(Cursor::new(&plain)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        writer.raw_copy_file(archive.by_index_raw(index).unwrap()).unwrap();
    }
    writer.start_file("xl/vbaProject.bin", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"macro").unwrap();
    let loaded = read(writer.finish().unwrap().into_inner());
    assert!(!loaded.findings.has_errors());
    assert!(told(&loaded).contains(&"N020 小村.xlsx".to_owned()), "{:?}", told(&loaded));
}

#[test]
fn circles_over_sheets_and_places_asked_for() {
    // 责任!C2 takes from the clerk's own sheet, which takes from it.
    let over = |own: &str| {
        let mut workbook = Workbook::new();
        for (file, _) in crate::hamlet::FILES {
            let page = workbook.add_worksheet();
            page.set_name(super::sheet_of(file)).unwrap();
            fill(page, 0, &cells_of(file));
            if file == "duties.csv" {
                page.write_formula(1, 2, Formula::new("=草稿!A1").set_result("300")).unwrap();
            }
        }
        let page = workbook.add_worksheet();
        page.set_name("草稿").unwrap();
        page.write_formula(0, 0, Formula::new(own).set_result("300")).unwrap();
        workbook.save_to_buffer().unwrap()
    };
    assert_eq!(first(over("=duties!C2+1")), "E027 小村.xlsx!duties:2");
    assert!(!read(over("=B1+300")).findings.has_errors());
    assert_eq!(first(with_formula("=duties!C2", "0")), "E027 小村.xlsx!duties:2");
    assert_eq!(first(with_formula("=SUM(C:C)", "0")), "E027 小村.xlsx!duties:2");
    assert!(!read(with_formula("=300+0*ROW(C2)", "300")).findings.has_errors());
}

#[test]
fn twenty_thousand_running_sums_are_looked_at_one_after_the_other() {
    let rows = 20_000;
    let bytes = hamlet(|file, page| {
        if file == "duties.csv" {
            fill(page, 0, &cells_of(file));
            for row in 1..rows {
                let formula = format!("=SUM(Z$1:Z{row})");
                page.write_formula(row, 25, Formula::new(formula).set_result("0")).unwrap();
            }
        }
        file == "duties.csv"
    });
    let begin = std::time::Instant::now();
    let loaded = read(bytes);
    let seconds = begin.elapsed().as_secs_f64();
    assert!(!told(&loaded).iter().any(|line| line.starts_with("E027")));
    assert!(seconds < 20.0, "{seconds} s");
}

#[test]
fn a_cell_where_no_sheet_has_any_is_told_and_costs_nothing() {
    let bytes = with_formula("=100*3", "300");
    let far = changed(
        &bytes,
        "xl/worksheets/sheet12.xml",
        "</sheetData>",
        "<row r=\"4000000000\"><c r=\"A4000000000\"><v>1</v></c></row></sheetData>",
    );
    assert!(first(far).starts_with("E023"));
}

#[test]
fn a_refused_file_is_not_unpacked_to_be_marked() {
    let folder = tempfile::tempdir().unwrap();
    let zeros = vec![b' '; 64 << 20];
    let parts: Vec<(String, &[u8])> = (0..9).map(|n| (format!("xl/sheet{n}.xml"), &zeros[..])).collect();
    let mut all = vec![("[Content_Types].xml", &b"<Types/>"[..])];
    all.extend(parts.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
    std::fs::write(folder.path().join("bomb.xlsx"), packed(&all)).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_circflow"))
        .args(["check", "bomb.xlsx", "--lang", "en"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("E024")
            || String::from_utf8_lossy(&output.stderr).contains("E024")
    );
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["bomb.xlsx"], "no copy");
}
