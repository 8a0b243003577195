//! Growth carried on: a new year at the end of a series goes on growing as the year before it did.

use super::Known;
use super::put;
use crate::input::ModelText;
use crate::input::read::{RawTable, Row};
use std::collections::BTreeMap;

/// Gives the last year of every series its growth, where that year is new and says none and the last one of the base
/// does: growth is what holds after the last given year. How many rows were given one. Complexity O(rows · log rows).
#[must_use]
pub fn carry_growth(base: &Known, merged: &Known, text: &mut ModelText) -> usize {
    let mut carried = 0;
    for (kind, table) in &merged.raw {
        let Some(given) = base.raw.get(kind) else { continue };
        let Some(((number, attribute), _)) =
            table.attributes.column("growth").zip(table.attributes.column("year"))
        else {
            continue;
        };
        let (before, after) = (last_years(base, given), last_years(merged, table));
        for (series, row) in after {
            let Some(old) = before.get(&series) else { continue };
            let year = |known: &Known, row: Row<'_>| known.plain(row, row.table.column("year"));
            let is_new = year(base, *old) != year(merged, row);
            let growth = old.text(given.numbered(number, attribute));
            let (column, says) =
                (table.numbered(number, attribute), row.text(table.numbered(number, attribute)));
            if let Some(growth) = growth.filter(|_| is_new && says.is_none()) {
                put::cell(text, table, row.number, column, growth);
                carried += 1;
            }
        }
    }
    carried
}

/// The row of the last year of every series of a table, by what names the series.
fn last_years<'t>(known: &Known, table: &'t RawTable) -> BTreeMap<Vec<String>, Row<'t>> {
    let named = |row: Row<'_>| -> Vec<String> {
        let keys = table.attributes.identity().filter(|key| *key != "year");
        let cell = |key| table.attributes.column(key).map(|(number, of)| table.numbered(number, of));
        keys.map(|key| cell(key).map_or_else(String::new, |column| known.plain(row, column))).collect()
    };
    let year = |row: Row<'_>| row.text(table.column("year")).and_then(|text| text.trim().parse::<i32>().ok());
    let mut last: BTreeMap<Vec<String>, Row<'t>> = BTreeMap::new();
    for row in table.rows() {
        let place = last.entry(named(row)).or_insert(row);
        if year(row) > year(*place) {
            *place = row;
        }
    }
    last
}
