//! Cells of tables that a spreadsheet program would run as a formula: written with an apostrophe in front, read without.

use std::borrow::Cow;

/// Whether a text, apostrophes before it left aside, begins like a formula.
fn runs(text: &str) -> bool {
    let plain = text.trim_start_matches('\'');
    plain.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell as it is written into a table of text: with an apostrophe where a spreadsheet program would run it. Numbers
/// stay as they are.
pub(crate) fn guarded(cell: &str) -> Cow<'_, str> {
    if runs(cell) && crate::quantity::number(cell).is_err() {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell that [`guarded`] wrote.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for cell in [
            "=1+1", "+x", "-y", "@z", "\tt", "'=1", "''=1", "'quoted'", "plain", "", "-5", "+3%", "=ash", "'",
        ] {
            assert_eq!(unguarded(&guarded(cell)), cell);
            assert!(!guarded(cell).starts_with(['=', '@', '\t']), "{cell}");
        }
        assert_eq!(guarded("-5"), "-5");
        assert_eq!(guarded("-x"), "'-x");
    }
}
