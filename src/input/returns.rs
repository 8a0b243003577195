//! Returns: the rows of one county unit or enterprise, asked for in a workbook of their own, and what comes back.

mod merge;
mod owners;

pub use merge::{Merged, Remark, RemarkKind, Returned, merged};
pub use owners::{By, Unit, units};

use super::TableText;
use super::attributes::{Attribute, Kind};

/// The columns of a table's text; `None` for a header that names none.
fn columns(table: &TableText) -> Vec<Option<&'static Attribute>> {
    table.header.iter().map(|header| table.attributes.headed(header)).collect()
}

/// What tells a row from the others of its table: the columns that the attribute list names, else all that name other
/// rows, years and months.
fn key_columns(table: &TableText) -> Vec<usize> {
    let columns = columns(table);
    let unique = table.attributes.unique;
    let is_key = |attribute: &Attribute| match unique {
        [] => matches!(
            attribute.kind,
            Kind::Id | Kind::Reference(_) | Kind::Year | Kind::Years | Kind::Month | Kind::Choice(_)
        ),
        unique => unique.contains(&attribute.key),
    };
    let keys = columns.iter().enumerate().filter(|(_, column)| column.is_some_and(is_key));
    keys.map(|(at, _)| at).collect()
}

/// The cell of a row, trimmed; empty where the row is shorter.
fn cell(row: &[String], at: usize) -> &str {
    row.get(at).map_or("", |cell| cell.trim())
}
