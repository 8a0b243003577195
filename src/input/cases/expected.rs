//! `expected.csv`.

use super::cells::Cells;
use super::folder::Folder;
use super::periods::Periods;
use super::variants;
use crate::case::{Expectation, Expected, Settings, Tolerance};
use crate::diagnostic::{Code, Diagnostic};
use crate::quantity;

/// What is answered by a word.
const WORDS: [&str; 2] = ["class", "bound"];

/// What is expected of a variant; rows of no variant at all are told.
pub(super) fn read(
    folder: &Folder,
    variant: &str,
    periods: &Periods,
    settings: &Settings,
    cells: &mut Cells,
) -> Vec<Expectation> {
    let Some(sheet) = folder.sheet("expected") else { return Vec::new() };
    let [of, quantity, what, value] = ["variant", "quantity", "what", "value"].map(|name| sheet.column(name));
    let [relative, absolute, region, product] =
        ["relative", "absolute", "region", "product"].map(|name| sheet.column(name));
    let mut expectations = Vec::new();
    for row in (0..sheet.len()).filter(|row| sheet.text(*row, of) == variant) {
        let Some(period) = periods.of_row(cells, sheet, row) else { continue };
        let asked = match sheet.text(row, what) {
            "" => "value",
            word => word,
        };
        let text = sheet.text(row, value);
        let expected = match (text, WORDS.contains(&asked)) {
            ("", _) => Expected::Nothing,
            (word, true) => Expected::Word(word.to_owned()),
            (number, false) => match quantity::number(number) {
                Ok(number) => Expected::Number(number),
                Err(fault) => {
                    let code = crate::input::reading::number_fault_code(fault);
                    cells.fault(sheet, row, value, Diagnostic::new(code).with("found", number));
                    continue;
                }
            },
        };
        let mut own = [None; 2];
        for (place, column) in own.iter_mut().zip([relative, absolute]) {
            *place = cells.number(sheet, row, column).flatten();
            if place.is_some_and(|width| width < 0.0) {
                let finding = Diagnostic::new(Code("E109")).with("found", sheet.text(row, column));
                cells.fault(sheet, row, column, finding);
            }
        }
        let [relative, absolute] = own;
        let tolerance = match own {
            [None, None] => settings.tolerance,
            _ => Tolerance { relative, absolute },
        };
        let [region, product] = [region, product].map(|column| sheet.text(row, column).to_owned());
        let (quantity, what) = (sheet.text(row, quantity).to_owned(), asked.to_owned());
        let line = sheet.line(row);
        expectations.push(Expectation { period, region, product, quantity, what, expected, tolerance, line });
    }
    expectations
}

/// The variants of which something is expected, in the order of `names`, the case as it stands (an empty name) first;
/// rows of variants that are not there are told.
pub(super) fn variants_asked(folder: &Folder, names: &[String], cells: &mut Cells) -> Vec<String> {
    let Some(sheet) = folder.sheet("expected") else { return Vec::new() };
    let of = sheet.column("variant");
    let mut asked = vec![false; names.len() + 1];
    for row in 0..sheet.len() {
        let name = sheet.text(row, of);
        if name.is_empty() {
            asked[0] = true;
        } else if let Some(position) = names.iter().position(|known| known == name) {
            asked[position + 1] = true;
        } else {
            cells.found.push(variants::unknown(sheet.spot(row, of), name, names));
        }
    }
    let all = std::iter::once(String::new()).chain(names.iter().cloned());
    all.zip(asked).filter(|(_, asked)| *asked).map(|(name, _)| name).collect()
}
