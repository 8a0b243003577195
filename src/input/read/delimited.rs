//! Text to raw tables: delimiter, header in either language, units row, rows.

use super::guard::unguarded;
use super::raw::{Cells, RawTable};
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::input::attributes::{Kind, Presence, TableAttributes};
use crate::input::names::{folded, nearest};
use crate::input::records::mixes::lengthened;
use crate::model::{Shelf, TableKind};
use crate::units::Unit;

/// Header and rows of a table with their lines.
pub(in crate::input) struct Sheet {
    /// The header's cells.
    pub(in crate::input) header: csv::StringRecord,
    /// The header's line.
    pub(in crate::input) line: u32,
    /// The rows below it that are not empty.
    pub(in crate::input) rows: Cells,
}

/// Longest cell that is believed; a longer one is a quotation mark that was never closed.
const LONGEST_CELL: usize = 4000;

/// Reads the text of one table; everything wrong with header and rows goes to the findings.
///
/// A matrix of `mixes` is brought to the long form first.
#[must_use]
pub fn table(
    text: &str,
    attributes: &'static TableAttributes,
    shelf: Shelf,
    file: &str,
    findings: &mut Findings,
) -> RawTable {
    let mut raw = RawTable::empty(attributes, shelf, file.to_owned());
    let Some(mut sheet) = records_of(text, file, findings) else { return raw };
    if attributes.table == TableKind::Mixes {
        sheet = lengthened(sheet, file, findings);
    }
    let Sheet { header, line, rows: mut cells } = sheet;
    let at = |column: Option<&str>| Spot {
        file: file.to_owned(),
        row: Some(line),
        column: column.map(str::to_owned),
    };
    for (position, written) in header.iter().enumerate() {
        let name = folded(written);
        if name.is_empty() {
            if (0..cells.len()).any(|row| cells.get(row, position).is_some_and(|c| !c.trim().is_empty())) {
                let column = (position + 1).to_string();
                findings.push(Diagnostic::new(Code("E104")).at(at(None)).with("column", column));
            }
            continue;
        }
        let found = attributes.header(&name).map(|number| (number, None));
        match found.or_else(|| header_with_unit(attributes, written)) {
            None => {
                let known: Vec<&str> = attributes.all_columns().flat_map(|a| [a.key, a.zh]).collect();
                let finding = Diagnostic::new(Code("E101")).at(at(Some(written)));
                let finding = finding.with("found", written);
                findings.push(finding.with("nearest", nearest(written, known)));
            }
            Some((number, _)) if raw.headers[number].is_some() => {
                findings.push(Diagnostic::new(Code("E102")).at(at(Some(written))).with("found", written));
            }
            Some((number, unit)) => {
                raw.headers[number] = Some((position, written.trim().to_owned()));
                raw.units[number] = unit;
            }
        }
    }
    for (number, attribute) in attributes.all_columns().enumerate() {
        if attribute.presence == Presence::Required && raw.headers[number].is_none() {
            let finding = Diagnostic::new(Code("E103")).at(at(None));
            findings.push(finding.with("column", attribute.key).with("chinese", attribute.zh));
        }
    }
    if !cells.is_empty() && is_units_row(&raw, &cells) {
        for (number, header) in raw.headers.iter().enumerate() {
            let Some((position, _)) = header else { continue };
            let cell = cells.get(0, *position).unwrap_or_default().trim();
            if !cell.is_empty() {
                raw.units[number] = unit_of(cell);
            }
        }
        cells.remove_first();
    }
    raw.cells = cells;
    raw
}

/// The header and the rows that are not empty, with their lines; `None` when there is no header.
pub(in crate::input) fn records_of(text: &str, file: &str, findings: &mut Findings) -> Option<Sheet> {
    // Old Macs end a line with a carriage return alone.
    let mac = (text.contains('\r') && !text.contains('\n')).then(|| text.replace('\r', "\n"));
    let text = mac.as_deref().unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut header: Option<(csv::StringRecord, u32)> = None;
    let mut cells = Cells::default();
    let mut record = csv::StringRecord::new();
    // Text in memory that is UTF-8 already gives no error, whatever stands in it.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = record.position().map_or(0, |position| line_of(text, position));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.iter().any(|cell| cell.len() > LONGEST_CELL) {
            let spot = Spot { file: file.to_owned(), row: Some(line), column: None };
            findings.push(Diagnostic::new(Code("E013")).at(spot));
            continue;
        }
        let Some((header, _)) = &header else {
            header = Some((record.clone(), line));
            continue;
        };
        if record.len() > header.len() && record.iter().skip(header.len()).any(|c| !c.trim().is_empty()) {
            let spot = Spot { file: file.to_owned(), row: Some(line), column: None };
            let finding = Diagnostic::new(Code("E014")).at(spot);
            let finding = finding.with("found", record.len().to_string());
            findings.push(finding.with("expected", header.len().to_string()));
        }
        if record.iter().any(|cell| cell.starts_with('\'')) {
            record = record.iter().map(unguarded).collect();
        }
        cells.push(line, &record);
    }
    if header.is_none() {
        let spot = Spot { file: file.to_owned(), row: None, column: None };
        findings.push(Diagnostic::new(Code("E012")).at(spot));
    }
    header.map(|(header, line)| Sheet { header, line, rows: cells })
}

/// The line a record begins on. The reader's position is that behind the record before: line ends that it skips then
/// (empty lines, the second sign of a Windows line end) are not counted yet.
fn line_of(text: &str, position: &csv::Position) -> u32 {
    let rest = usize::try_from(position.byte()).ok().and_then(|byte| text.as_bytes().get(byte..));
    let ends = rest.unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let skipped = ends.filter(|byte| **byte == b'\n').count() as u64;
    u32::try_from(position.line() + skipped).unwrap_or(u32::MAX)
}

/// The separator that the header holds most of: `,`, `;`, tab, or the full-width comma's row of a clerk.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |byte: u8| header.bytes().filter(|b| *b == byte).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|byte| (count(*byte), u8::from(*byte == b','))).unwrap_or(b',')
}

/// A header that carries its unit, `投资（万元）`: the column and the unit.
fn header_with_unit(attributes: &'static TableAttributes, written: &str) -> Option<(usize, Option<Unit>)> {
    let (name, rest) = written.trim().split_once(['(', '（'])?;
    let unit = unit_of(rest.strip_suffix([')', '）'])?)?;
    let (number, attribute) = attributes.all_columns().enumerate().nth(attributes.header(&folded(name))?)?;
    (attribute.is_measured() || attribute.kind == Kind::Share).then_some((number, Some(unit)))
}

/// A unit as clerks write it under or behind a header: alone, in parentheses, or after 单位.
fn unit_of(cell: &str) -> Option<Unit> {
    let cell = cell.trim().trim_start_matches(['(', '（']).trim_end_matches([')', '）']).trim();
    let cell = cell.strip_prefix("单位").unwrap_or(cell).trim_start_matches([':', '：']).trim();
    Unit::parse(cell).ok()
}

/// Whether a cell of a units row says that its column has no unit, or that it counts years or months.
fn is_written_for_a_unit(cell: &str) -> bool {
    const WORDS: [&str; 10] = ["年", "月", "个月", "年月", "无", "—", "－", "-", "/", "\\"];
    let cell = cell.trim().trim_start_matches(['(', '（']).trim_end_matches([')', '）']).trim();
    let cell = cell.strip_prefix("单位").unwrap_or(cell).trim_start_matches([':', '：']).trim();
    WORDS.contains(&cell)
}

/// Whether a first row holds nothing but units, at least one of them under a measured column.
fn is_units_row(raw: &RawTable, cells: &Cells) -> bool {
    let mut units = 0;
    for (number, attribute) in raw.attributes.all_columns().enumerate() {
        let Some((position, _)) = &raw.headers[number] else { continue };
        let cell = cells.get(0, *position).unwrap_or_default().trim();
        if cell.is_empty() {
            continue;
        }
        let measured = attribute.is_measured() || attribute.kind == Kind::Share;
        if !measured && is_written_for_a_unit(cell) {
            continue;
        }
        if !measured || cell.parse::<f64>().is_ok() || unit_of(cell).is_none() {
            return false;
        }
        units += 1;
    }
    units > 0
}
