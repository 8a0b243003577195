//! Cells of a sheet coloured.

use super::styles::Styles;
use crate::report::workbook::package::PackageError;
use crate::report::workbook::package::cells::{Change, Put, placed, reference};
use crate::report::workbook::package::xml::{attribute, with};
use quick_xml::events::BytesStart;

/// The text of a sheet with these cells (row and column from 1) in the colour of faults.
pub(super) fn coloured(
    text: &str,
    cells: impl Iterator<Item = (u32, u32)>,
    styles: &mut Styles,
) -> Result<String, PackageError> {
    placed(text, cells, styles)
}

impl Put for Styles {
    fn there(
        &mut self,
        _: (u32, u32),
        tag: &BytesStart<'_>,
        empty: bool,
        _: &[&str],
    ) -> Result<Change, PackageError> {
        let base = attribute(tag, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
        Ok(Change::Tag(with(tag, empty, &[("s", self.marked(base)?.to_string())])))
    }

    fn added(&mut self, cell: (u32, u32)) -> Result<String, PackageError> {
        Ok(format!("<c {} s=\"{}\"/>", reference(cell), self.marked(0)?))
    }
}
