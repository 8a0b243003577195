//! Rows of the model's own tables that do not say where they come from.

use super::loaded::InputFile;
use super::tables;
use crate::model::TableKind;

/// Rows without source of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsourced {
    /// Table.
    pub table: TableKind,
    /// Its file as the user named it.
    pub file: String,
    /// Lines of the file, ascending; the header is line 1.
    pub rows: Vec<u32>,
}

/// Rows whose `source` is empty, table by table in the order of the manual; the table of sources has no such
/// column. The files are read again as they were written, before scenarios change anything.
#[must_use]
pub fn unsourced(files: &[InputFile]) -> Vec<Unsourced> {
    let tables = tables::again(files);
    let of = |table| {
        let raw = tables.own(table)?;
        raw.attributes.column("source")?;
        let source = raw.column("source");
        let rows: Vec<u32> =
            raw.rows().filter(|row| row.text(source).is_none()).map(|row| row.line()).collect();
        (!rows.is_empty()).then(|| Unsourced { table, file: raw.file.clone(), rows })
    };
    TableKind::ALL.into_iter().filter_map(of).collect()
}
