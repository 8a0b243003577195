//! `outputs.csv`: expressions over flows or variables.

use super::cells::{Cells, Ids};
use super::folder::Folder;
use crate::case::Output;
use crate::expression::Name;

/// Reads the outputs; `symbol` knows a name, perhaps with a layer.
pub(super) fn read(
    folder: &Folder,
    cells: &mut Cells,
    known: &[&str],
    symbol: &mut dyn FnMut(&str, Option<&str>) -> Option<usize>,
) -> Vec<Output> {
    let Some(sheet) = folder.sheet("outputs") else { return Vec::new() };
    let [output, expression] = ["output", "expression"].map(|name| sheet.column(name));
    let has_design = folder.sheet("design").is_some();
    let (mut ids, mut outputs) = (Ids::of("outputs"), Vec::new());
    for row in 0..sheet.len() {
        if ids.issue(cells, sheet, row, output).is_none() {
            continue;
        }
        let key = sheet.text(row, output).to_owned();
        let line = sheet.line(row);
        if sheet.text(row, expression).is_empty() && has_design {
            outputs.push(Output { key, expression: None, line });
            continue;
        }
        let mut resolve = |name: Name<'_>| match name {
            Name::Plain(word) => symbol(word, None),
            Name::Layered(word, layer) => symbol(word, Some(layer)),
            Name::Bracketed(_) => None,
        };
        let read = cells.expression(sheet, row, expression, &mut resolve, known.iter().copied());
        if let Some(expression) = read {
            outputs.push(Output { key, expression: Some(expression), line });
        }
    }
    outputs
}
