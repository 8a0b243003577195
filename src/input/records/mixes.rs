//! Mixes: which projects a scenario builds; the matrix form becomes the long form before it is read.

use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::input::attributes::words::DECISION;
use crate::input::names::folded;
use crate::input::read::delimited::Sheet;
use crate::input::read::raw::Cells;
use crate::input::reading::word_of;
use crate::units::written::half_width;

/// Headers of the long form.
const LONG: [&str; 4] = ["scenario", "project", "decision", "delay"];

/// Columns of a matrix that are not scenarios.
const COMMON: [&str; 8] =
    ["source", "quality", "note", "alternative_of", "来源", "数据质量", "备注", "另一来源"];

/// The long form of a matrix (first column projects, every further column a scenario); a table that has a
/// scenario column is left as it is.
pub(in crate::input) fn lengthened(sheet: Sheet, file: &str, findings: &mut Findings) -> Sheet {
    let names: Vec<String> = sheet.header.iter().map(folded).collect();
    let is_long = names.iter().any(|name| name == "scenario" || name == "情景");
    let is_matrix = matches!(names.first().map(String::as_str), Some("project" | "项目"));
    if is_long || !is_matrix {
        return sheet;
    }
    let Sheet { header, line: header_line, rows } = sheet;
    let mut long = Cells::default();
    for row in 0..rows.len() {
        let line = rows.line(row);
        let project = rows.get(row, 0).unwrap_or_default();
        for (at, scenario) in header.iter().enumerate().skip(1) {
            let cell = rows.get(row, at).unwrap_or_default().trim();
            if cell.is_empty() || COMMON.contains(&names[at].as_str()) || scenario.trim().is_empty() {
                continue;
            }
            let Some((decision, delay)) = decision_of(cell) else {
                let spot =
                    Spot { file: file.to_owned(), row: Some(line), column: Some(scenario.trim().to_owned()) };
                findings.push(Diagnostic::new(Code("E142")).at(spot).with("found", cell));
                continue;
            };
            long.push(line, [scenario.trim(), project, decision, &delay]);
        }
    }
    Sheet { header: csv::StringRecord::from(LONG.to_vec()), line: header_line, rows: long }
}

/// What a cell of the matrix says: build, skip, or build after so many months.
fn decision_of(cell: &str) -> Option<(&'static str, String)> {
    if let Some(word) = word_of(DECISION, cell) {
        return Some((word, String::new()));
    }
    let plain = half_width(cell);
    match plain.as_str() {
        "√" | "是" | "yes" => return Some(("build", String::new())),
        "×" | "否" | "no" | "x" | "-" => return Some(("skip", String::new())),
        _ => {}
    }
    let months: u32 = plain.trim_end_matches("个月").trim_end_matches('月').trim().parse().ok()?;
    (months <= 240).then(|| ("build", months.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_becomes_long() {
        let header = csv::StringRecord::from(vec!["项目", "甲", "乙", "备注"]);
        let mut rows = Cells::default();
        rows.push(2, ["p", "建", "不建", "x"]);
        rows.push(3, ["q", "6个月", "", ""]);
        rows.push(4, ["r", "maybe", "0", ""]);
        let mut findings = Findings::default();
        let sheet = Sheet { header, line: 1, rows };
        let Sheet { header, rows, .. } = lengthened(sheet, "mixes.csv", &mut findings);
        assert_eq!(header, LONG.to_vec());
        let rows: Vec<Vec<&str>> = (0..rows.len()).map(|row| rows.row(row).collect()).collect();
        assert_eq!(
            rows,
            [
                ["甲", "p", "build", ""],
                ["乙", "p", "skip", ""],
                ["甲", "q", "build", "6"],
                ["乙", "r", "build", "0"]
            ]
        );
        assert_eq!(findings.0.len(), 1);
        assert_eq!(findings.0[0].spot.column.as_deref(), Some("甲"));
    }
}
