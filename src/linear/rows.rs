//! Sparse rows.

/// A sparse square matrix, row by row. Several entries at one place add up.
///
/// Column and value of an entry lie together, so that a row at random is one look into memory.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Where each row begins; one more than there are rows.
    starts: Vec<u32>,
    entries: Vec<(u32, f64)>,
}

impl Rows {
    /// The rows of `count` that hold these entries `(row, column, value)`, in their order within each row. Entries are
    /// gone through twice. Complexity O(rows + entries).
    ///
    /// # Panics
    /// When a row or column is not below `count`, or there are 2³² entries.
    #[must_use]
    pub fn of(count: usize, entries: impl Iterator<Item = (u32, u32, f64)> + Clone) -> Self {
        let mut starts = vec![0_u32; count + 2];
        let mut total = 0_usize;
        for (row, column, _) in entries.clone() {
            assert!((column as usize) < count, "a column of the matrix");
            starts[row as usize + 2] += 1;
            total += 1;
        }
        assert!(u32::try_from(total).is_ok(), "fewer than 2^32 entries");
        for row in 1..starts.len() {
            starts[row] += starts[row - 1];
        }
        let mut sorted = vec![(0_u32, 0.0); total];
        for (row, column, value) in entries {
            let next = &mut starts[row as usize + 1];
            sorted[*next as usize] = (column, value);
            *next += 1;
        }
        starts.pop();
        Self { starts, entries: sorted }
    }

    /// Number of rows and columns.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All entries `(column, value)`, row after row.
    #[must_use]
    pub fn entries(&self) -> &[(u32, f64)] {
        &self.entries
    }

    /// Where each row begins among the entries; one more than there are rows.
    #[must_use]
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The entries `(column, value)` of a row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[(u32, f64)] {
        &self.entries[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    /// Σ value·x of a row.
    #[must_use]
    pub fn times(&self, row: usize, x: &[f64]) -> f64 {
        self.row(row).iter().map(|(column, value)| value * x[*column as usize]).sum()
    }

    /// The same matrix with row and column `order[p]` in place `p`; `place` is the inverse of `order`.
    #[must_use]
    pub(super) fn permuted(&self, order: &[u32], place: &[u32]) -> Self {
        let mut starts = Vec::with_capacity(order.len() + 1);
        let mut entries = Vec::with_capacity(self.entries.len());
        starts.push(0);
        for row in order {
            let moved =
                self.row(*row as usize).iter().map(|(column, value)| (place[*column as usize], *value));
            entries.extend(moved);
            starts.push(entries.len() as u32);
        }
        Self { starts, entries }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_sorted_into_rows_and_kept_in_order() {
        let entries = [(2, 0, 1.0), (0, 1, 2.0), (2, 2, 3.0), (2, 0, 4.0)];
        let rows = Rows::of(3, entries.into_iter());
        assert_eq!((rows.len(), rows.entries().len()), (3, 4));
        assert_eq!(rows.row(0), [(1, 2.0)]);
        assert_eq!(rows.row(1), []);
        assert_eq!(rows.row(2), [(0, 1.0), (2, 3.0), (0, 4.0)]);
        assert_eq!(rows.times(2, &[1.0, 10.0, 100.0]), 305.0);
        assert!(Rows::of(0, std::iter::empty()).is_empty());
        // Rows 2, 0, 1 in places 0, 1, 2.
        let moved = rows.permuted(&[2, 0, 1], &[1, 2, 0]);
        assert_eq!(moved.row(0), [(1, 1.0), (0, 3.0), (1, 4.0)]);
        assert_eq!(moved.row(1), [(2, 2.0)]);
    }
}
