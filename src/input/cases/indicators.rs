//! Terms and formulas: kind `indicator`.

use super::cells::{Cells, Ids};
use super::folder::Folder;
use crate::case::indicators::{Formula, IndicatorSystem, Term};
use crate::expression::Name;

/// Reads the terms and formulas of a folder; what is faulty is told and left out.
pub(super) fn read(folder: &Folder, cells: &mut Cells) -> IndicatorSystem {
    let mut system = IndicatorSystem::default();
    let mut ids = Ids::of("terms");
    if let Some(sheet) = folder.sheet("terms") {
        let [term, value, unit] = ["term", "value", "unit"].map(|name| sheet.column(name));
        for row in 0..sheet.len() {
            if ids.issue(cells, sheet, row, term).is_some() {
                let value = cells.value(sheet, row, value).flatten();
                let [key, unit] = [term, unit].map(|column| sheet.text(row, column).to_owned());
                system.terms.push(Term { key, value, unit });
            }
        }
    }
    let Some(sheet) = folder.sheet("formulas") else { return system };
    let [indicator, formula] = ["indicator", "formula"].map(|name| sheet.column(name));
    let mut indicators = Ids::of("formulas");
    for row in 0..sheet.len() {
        if indicators.issue(cells, sheet, row, indicator).is_none() {
            continue;
        }
        let mut symbol = |name: Name<'_>| match name {
            Name::Plain(word) => ids.symbol(word),
            _ => None,
        };
        if let Some(expression) = cells.expression(sheet, row, formula, &mut symbol, ids.iter()) {
            let key = sheet.text(row, indicator).to_owned();
            system.formulas.push(Formula { key, expression });
        }
    }
    system
}
