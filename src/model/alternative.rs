//! What another source says of a number that the model uses.

use super::provenance::Provenance;

/// A number on which sources disagree: the row that is used and the row of the other source. It is shown as a
/// range and enters no computation.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Row that is used.
    pub used_row: Provenance,
    /// Row of the other source.
    pub other_row: Provenance,
    /// Column of the number, as the attribute list names it.
    pub column: &'static str,
    /// Number that is used, in [`unit`](Self::unit).
    pub used: f64,
    /// Number of the other source, in [`unit`](Self::unit).
    pub other: f64,
    /// Unit as the row that is used writes it; empty for a plain number.
    pub unit: String,
}

impl Alternative {
    /// The smaller and the larger of the two numbers.
    #[must_use]
    pub fn range(&self) -> (f64, f64) {
        (self.used.min(self.other), self.used.max(self.other))
    }

    /// Whether the number stands in a row that something rests on.
    #[must_use]
    pub fn concerns(&self, row: &Provenance) -> bool {
        let used = &self.used_row;
        (used.shelf, used.table, used.row) == (row.shelf, row.table, row.row)
    }
}
