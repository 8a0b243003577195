//! The sheet that lists every fault, with a link to its cell.

use super::styles::Styles;
use super::{LISTING, PackageError, Told, parts};
use crate::diagnostic::{Language, Severity, texts};
use crate::input::workbook::{address, book_and_sheet};
use crate::report::workbook::book::width_of;
use crate::report::workbook::package::Package;
use crate::report::workbook::package::xml::escaped;

/// Headers of the list.
const HEADERS: [[&str; 2]; 6] = [
    ["程度", "severity"],
    ["代码", "code"],
    ["工作表", "sheet"],
    ["格子", "cell"],
    ["问题", "what is wrong"],
    ["怎么改", "what to do"],
];
/// Widths of its columns, in characters of half width.
const WIDTHS: [u32; HEADERS.len()] = [8, 8, 16, 10, 60, 80];

/// One line of the list: severity, code, sheet, cell, message, advice.
pub(super) fn line(told: &Told<'_>, language: Language) -> [String; HEADERS.len()] {
    let severity = match told.finding.severity() {
        Severity::Error => language.pick("错误", "error"),
        Severity::Warning => language.pick("警告", "warning"),
        Severity::Note => language.pick("说明", "note"),
    };
    let spot = &told.finding.spot;
    let sheet = book_and_sheet(&spot.file).map_or_else(|| spot.file.clone(), |(_, sheet)| sheet.to_owned());
    let cell = told.cell.as_ref().map_or_else(String::new, |cell| address((cell.row, cell.column)));
    let text = texts::text_of(told.finding.code);
    let advice = texts::without_values(language.pick(text.explain_zh, text.explain_en));
    [severity.to_owned(), told.finding.code.0.to_owned(), sheet, cell, told.finding.message(language), advice]
}

/// The headers in a language.
pub(super) fn headers(language: Language) -> [&'static str; HEADERS.len()] {
    HEADERS.map(|[zh, en]| language.pick(zh, en))
}

/// Adds the sheet, or puts it in the place of `old`, the list of an earlier copy.
pub(super) fn add(
    package: &mut Package,
    told: &[Told<'_>],
    styles: &mut Styles,
    old: Option<String>,
    language: Language,
) -> Result<(), PackageError> {
    let wrapped = styles.like(
        0,
        &[("applyAlignment", "1".to_owned())],
        Some("<alignment vertical=\"top\" wrapText=\"1\"/>"),
    )?;
    let head = styles.marked(0)?;
    let mut rows = row(1, headers(language).map(str::to_owned), head);
    let mut links = String::new();
    for (number, told) in told.iter().enumerate() {
        let at = number as u32 + 2;
        rows.push_str(&row(at, line(told, language), wrapped));
        if let Some(cell) = &told.cell {
            let target = format!("'{}'!{}", cell.sheet.replace('\'', "''"), address((cell.row, cell.column)));
            links.push_str(&format!("<hyperlink ref=\"D{at}\" location=\"{}\"/>", escaped(&target)));
        }
    }
    let columns: String = WIDTHS
        .iter()
        .enumerate()
        .map(|(at, width)| {
            format!("<col min=\"{0}\" max=\"{0}\" width=\"{width}\" customWidth=\"1\"/>", at + 1)
        })
        .collect();
    let links = if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") };
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheetPr><tabColor rgb=\"FFD55E00\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <cols>{columns}</cols><sheetData>{rows}</sheetData>{links}\
         <pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>\
         <pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>"
    );
    match old {
        Some(part) => package.put(&part, text),
        None => drop(parts::add_sheet(package, language.pick(LISTING[0], LISTING[1]), text)?),
    }
    Ok(())
}

fn row(number: u32, texts: [String; HEADERS.len()], style: usize) -> String {
    let cells: String = texts
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let cell = address((number, at as u32 + 1));
            let text = escaped(text);
            format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
        })
        .collect();
    let lines =
        texts.iter().zip(WIDTHS).map(|(text, width)| width_of(text).div_ceil(width as usize - 1).max(1));
    let height = 15 * lines.max().unwrap_or(1);
    format!("<row r=\"{number}\" ht=\"{height}\" customHeight=\"1\">{cells}</row>")
}
