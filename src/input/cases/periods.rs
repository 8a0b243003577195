//! Periods: their order, and which of them a row is of.

use super::cells::{Cells, Ids};
use super::folder::Folder;
use super::sheet::Sheet;
use crate::id::{Id, PeriodId, Table};
use std::cmp::Ordering;

/// The periods of a case.
#[derive(Clone, Debug)]
pub(super) struct Periods {
    /// As the user wrote them; one without a name where the case has none.
    pub(super) names: Table<PeriodId, String>,
    ids: Ids,
}

impl Periods {
    /// One period without a name.
    pub(super) fn single() -> Self {
        Self { names: std::iter::once(String::new()).collect(), ids: Ids::of("periods") }
    }

    /// Those of `periods.csv` in its order, else those of the tables, ascending, else one without a name.
    pub(super) fn of(folder: &Folder, tables: &[&str], cells: &mut Cells) -> Self {
        let mut names: Vec<String> = Vec::new();
        let mut ids = Ids::of("periods");
        if let Some(sheet) = folder.sheet("periods") {
            let column = sheet.column("period");
            for row in 0..sheet.len() {
                let Some(text) = cells.id(sheet, row, column) else { continue };
                if ids.add(&plain(text)).1 {
                    names.push(text.to_owned());
                } else {
                    use crate::diagnostic::{Code, Diagnostic};
                    cells.fault(sheet, row, column, Diagnostic::new(Code("E128")).with("found", text));
                }
            }
        } else {
            let mut met = Ids::of("periods");
            for sheet in tables.iter().filter_map(|table| folder.sheet(table)) {
                let column = sheet.column("period");
                for row in 0..sheet.len() {
                    let text = sheet.text(row, column);
                    if !text.is_empty() && met.add(&plain(text)).1 {
                        names.push(text.to_owned());
                    }
                }
            }
            names.sort_by(|a, b| ascending(a, b));
            for name in &names {
                ids.add(&plain(name));
            }
        }
        if names.is_empty() {
            return Self::single();
        }
        Self { names: names.into_iter().collect(), ids }
    }

    /// The period of a row: `Some(None)` where it names none, `None` where it names one that is not there.
    pub(super) fn of_row(&self, cells: &mut Cells, sheet: &Sheet, row: usize) -> Option<Option<PeriodId>> {
        let column = sheet.column("period");
        let text = sheet.text(row, column);
        if text.is_empty() {
            return Some(None);
        }
        if let Some(number) = self.ids.get(&plain(text)) {
            return Some(Some(PeriodId::from_index(number)));
        }
        self.ids.refer(cells, sheet, row, column);
        None
    }

    /// Number of periods.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }
}

/// A period as it is looked up: `1980.0` is `1980`.
fn plain(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => number.to_string(),
        _ => text.to_owned(),
    }
}

/// Numbers by size, before words in the order of their letters.
fn ascending(a: &str, b: &str) -> Ordering {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(x), Ok(y)) => x.total_cmp(&y),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}
