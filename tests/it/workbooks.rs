//! Workbooks: read like folders, written for clerks, given back with their faults marked.

mod given_back;
mod reading;
mod refused;
mod written;

use crate::hamlet::FILES;
use circflow::input::{InputFile, Loaded, read_files};
use rust_xlsxwriter::{Workbook, Worksheet};

/// Chinese names of the hamlet's tables as sheets, by file.
fn sheet_of(file: &str) -> &str {
    match file {
        "model.toml" => "模型",
        "places.csv" => "地点",
        "projects.csv" => "3.项目（2016年）",
        other => other.trim_end_matches(".csv"),
    }
}

/// The cells of a file of the hamlet.
fn cells_of(file: &str) -> Vec<Vec<String>> {
    let text = crate::hamlet::text(file);
    if file.ends_with(".toml") {
        return text
            .lines()
            .map(|line| {
                let (key, value) = line.split_once('=').expect("a key and a value");
                let plain: String = value.chars().filter(|c| !"\"[]".contains(*c)).collect();
                vec![key.trim().to_owned(), plain.trim().to_owned()]
            })
            .collect();
    }
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// Writes cells as a clerk's program would: plain numbers as numbers.
fn fill(page: &mut Worksheet, first: u32, cells: &[Vec<String>]) {
    for (row, cells) in cells.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (first + row as u32, column as u16);
            match cell.parse::<f64>() {
                Ok(number) => page.write_number(row, column, number).map(|_| ()),
                Err(_) if cell.is_empty() => Ok(()),
                Err(_) => page.write_string(row, column, cell).map(|_| ()),
            }
            .unwrap();
        }
    }
}

/// The hamlet as a workbook; a sheet may be filled otherwise.
fn hamlet(mut otherwise: impl FnMut(&str, &mut Worksheet) -> bool) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (file, _) in FILES {
        let page = workbook.add_worksheet();
        page.set_name(sheet_of(file)).unwrap();
        if !otherwise(file, page) {
            fill(page, 0, &cells_of(file));
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn read(bytes: Vec<u8>) -> Loaded {
    read_files(vec![InputFile::new("小村.xlsx", bytes)])
}

/// The same as [`told`] with the files of the hamlet named as sheets of the workbook.
fn told_of_sheets(loaded: &Loaded) -> Vec<String> {
    told(loaded).into_iter().map(|line| line.replace(".csv", "").replacen(' ', " 小村.xlsx!", 1)).collect()
}

/// Places and codes of the findings, in order.
fn told(loaded: &Loaded) -> Vec<String> {
    let shown = |finding: &circflow::diagnostic::Diagnostic| {
        let spot = &finding.spot;
        let row = spot.row.map_or_else(String::new, |row| format!(":{row}"));
        let column = spot.column.as_deref().map_or_else(String::new, |column| format!(":{column}"));
        format!("{} {}{row}{column}", finding.code.0, spot.file)
    };
    loaded.findings.0.iter().map(shown).collect()
}
