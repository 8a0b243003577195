//! Sparse Cholesky factors of a symmetric positive semidefinite matrix.
//!
//! The pattern is analysed once ([`Structure`]); matrices of that pattern are then factored again and again
//! ([`Factor::refactor`]) without allocating. T. A. Davis, "Direct Methods for Sparse Linear Systems", SIAM 2006,
//! chapters 4 and 7 (elimination tree, row subtrees, up-looking factorisation).

use super::ordering::minimum_degree;
use super::tree::{LowerRows, NONE, RowWalk, elimination_tree, inverse, neighbours, postorder, starts_of};

/// The pattern of a symmetric matrix and of its factor, in a fill-reducing order.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Row of the matrix at every place of the order, and the place of every row.
    order: Vec<u32>,
    place: Vec<u32>,
    lower: LowerRows,
    parent: Vec<u32>,
    /// The factor left of its diagonal by rows: columns, each after all that it depends on.
    row_start: Vec<usize>,
    columns: Vec<u32>,
    /// The factor below its diagonal by columns, rows ascending.
    column_start: Vec<usize>,
    rows: Vec<u32>,
}

/// A factor `P A Pᵀ = L Lᵀ`, and the rows that had no pivot of their own.
#[derive(Clone, Debug)]
pub struct Factor {
    values: Vec<f64>,
    /// 1/L_kk by place; 0 for a row without pivot.
    inverse_diagonal: Vec<f64>,
    /// Smallest pivot used, relative to the diagonal entry of its row; 1 where there is none.
    pub smallest_pivot: f64,
    /// Largest pivot that was too small, relative likewise; 0 where there is none.
    pub largest_left_out: f64,
    /// Rows of the matrix taken as combinations of others, ascending.
    pub dependent: Vec<u32>,
}

/// What becomes of a pivot below `threshold` times the diagonal entry it started from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SmallPivot {
    /// The row counts as a combination of others: its unknown is 0, its equation is left out.
    LeaveOut {
        /// Relative size below which a pivot is small.
        threshold: f64,
    },
    /// The pivot is raised to `threshold` (absolute where the diagonal entry is 0).
    Raise {
        /// Relative size below which a pivot is small.
        threshold: f64,
    },
}

impl Structure {
    /// Analyses a matrix of `n` rows whose off-diagonal entry `k` stands at `entries[k]` (row, column), in either
    /// triangle, each once. Every diagonal entry is taken to be there.
    #[must_use]
    pub fn new(n: usize, entries: &[(u32, u32)]) -> Self {
        let (start, near) = neighbours(n, entries);
        let by_degree = minimum_degree(&start, &near);
        let place = inverse(&by_degree);
        let parent = elimination_tree(&LowerRows::new(n, entries, &place));
        // The same tree in postorder: equal fill, neighbouring columns are used together.
        let order: Vec<u32> = postorder(&parent).iter().map(|at| by_degree[*at as usize]).collect();
        let place = inverse(&order);
        let lower = LowerRows::new(n, entries, &place);
        let parent = elimination_tree(&lower);
        let (row_start, columns) = columns_by_row(n, &lower, &parent);
        let (column_start, rows) = rows_by_column(&row_start, &columns);
        Self { order, place, lower, parent, row_start, columns, column_start, rows }
    }

    /// Number of rows.
    #[must_use]
    pub fn n(&self) -> usize {
        self.order.len()
    }

    /// Number of entries of the factor, its diagonal included.
    #[must_use]
    pub fn factor_entries(&self) -> usize {
        self.rows.len() + self.n()
    }

    /// A factor of this pattern to be filled by [`Factor::refactor`].
    #[must_use]
    pub fn factor(&self) -> Factor {
        Factor {
            values: vec![0.0; self.rows.len()],
            inverse_diagonal: vec![0.0; self.n()],
            smallest_pivot: 1.0,
            largest_left_out: 0.0,
            dependent: Vec::new(),
        }
    }
}

/// The pattern of the factor left of its diagonal, row after row.
fn columns_by_row(n: usize, lower: &LowerRows, parent: &[u32]) -> (Vec<usize>, Vec<u32>) {
    let mut walk = RowWalk::new(n);
    let (mut start, mut columns) = (Vec::with_capacity(n + 1), Vec::new());
    start.push(0);
    for k in 0..n {
        columns.extend_from_slice(walk.columns_of_row(lower, parent, k));
        start.push(columns.len());
    }
    (start, columns)
}

/// The same by columns, rows ascending.
fn rows_by_column(row_start: &[usize], columns: &[u32]) -> (Vec<usize>, Vec<u32>) {
    let mut counts = vec![0_usize; row_start.len() - 1];
    columns.iter().for_each(|column| counts[*column as usize] += 1);
    let start = starts_of(&counts);
    let mut next = start[..counts.len()].to_vec();
    let mut rows = vec![0; columns.len()];
    for (row, ends) in row_start.windows(2).enumerate() {
        for column in &columns[ends[0]..ends[1]] {
            rows[next[*column as usize]] = row as u32;
            next[*column as usize] += 1;
        }
    }
    (start, rows)
}

impl Factor {
    /// Factors the matrix with the given diagonal (by row) and off-diagonal entries (in the order given to
    /// [`Structure::new`]).
    pub fn refactor(&mut self, structure: &Structure, diagonal: &[f64], off: &[f64], small: SmallPivot) {
        let n = structure.n();
        let mut work = vec![0.0_f64; n];
        let mut filled = structure.column_start[..n].to_vec();
        self.smallest_pivot = 1.0;
        self.largest_left_out = 0.0;
        self.dependent.clear();
        for k in 0..n {
            for &(column, entry) in structure.lower.row(k) {
                work[column as usize] += off[entry as usize];
            }
            let own = diagonal[structure.order[k] as usize];
            let mut pivot = own;
            for &i in &structure.columns[structure.row_start[k]..structure.row_start[k + 1]] {
                let i = i as usize;
                let value = work[i] * self.inverse_diagonal[i];
                work[i] = 0.0;
                let (from, to) = (structure.column_start[i], filled[i]);
                for (row, entry) in structure.rows[from..to].iter().zip(&self.values[from..to]) {
                    work[*row as usize] -= entry * value;
                }
                pivot -= value * value;
                self.values[to] = value;
                filled[i] += 1;
            }
            self.inverse_diagonal[k] = self.accept(structure.order[k], own, pivot, small);
        }
        self.dependent.sort_unstable();
    }

    /// 1/√pivot, after what `small` says of a pivot that is too small.
    fn accept(&mut self, row: u32, own: f64, pivot: f64, small: SmallPivot) -> f64 {
        let relative = if own > 0.0 { pivot / own } else { 0.0 };
        let (SmallPivot::LeaveOut { threshold } | SmallPivot::Raise { threshold }) = small;
        if relative > threshold {
            self.smallest_pivot = self.smallest_pivot.min(relative);
            return 1.0 / pivot.sqrt();
        }
        self.largest_left_out = self.largest_left_out.max(relative.abs());
        self.dependent.push(row);
        match small {
            SmallPivot::LeaveOut { .. } => 0.0,
            SmallPivot::Raise { .. } => 1.0 / (threshold * if own > 0.0 { own } else { 1.0 }).sqrt(),
        }
    }

    /// Solves `A x = b` in place; unknowns of rows left out become 0. `work` is scratch of `n`.
    pub fn solve(&self, structure: &Structure, right: &mut [f64], work: &mut [f64]) {
        let n = structure.n();
        for k in 0..n {
            work[k] = right[structure.order[k] as usize];
        }
        self.solve_lower(structure, work);
        for k in (0..n).rev() {
            let (from, to) = (structure.column_start[k], structure.column_start[k + 1]);
            let column = structure.rows[from..to].iter().zip(&self.values[from..to]);
            let sum: f64 = column.map(|(row, value)| value * work[*row as usize]).sum();
            work[k] = (work[k] - sum) * self.inverse_diagonal[k];
        }
        for k in 0..n {
            right[structure.order[k] as usize] = work[k];
        }
    }

    /// Solves `L y = P b` in place of a vector by place of the order.
    fn solve_lower(&self, structure: &Structure, work: &mut [f64]) {
        for k in 0..structure.n() {
            if work[k] == 0.0 {
                continue;
            }
            let value = work[k] * self.inverse_diagonal[k];
            work[k] = value;
            let (from, to) = (structure.column_start[k], structure.column_start[k + 1]);
            for (row, entry) in structure.rows[from..to].iter().zip(&self.values[from..to]) {
                work[*row as usize] -= entry * value;
            }
        }
    }

    /// `L⁻¹ P b` of a sparse `b` given as (row, value): its entries that may differ from 0, by place, ascending.
    /// `work` (n zeros) is scratch and left as zeros. Complexity: the columns on the paths to the root.
    #[must_use]
    pub fn half_solve(
        &self,
        structure: &Structure,
        right: &[(u32, f64)],
        work: &mut [f64],
    ) -> Vec<(u32, f64)> {
        let mut reached: Vec<u32> = Vec::new();
        for &(row, value) in right {
            let mut at = structure.place[row as usize];
            work[at as usize] += value;
            while at != NONE {
                reached.push(at);
                at = structure.parent[at as usize];
            }
            reached.sort_unstable();
            reached.dedup();
        }
        let mut answer = Vec::with_capacity(reached.len());
        for &k in &reached {
            let k = k as usize;
            let value = work[k] * self.inverse_diagonal[k];
            work[k] = 0.0;
            answer.push((k as u32, value));
            let (from, to) = (structure.column_start[k], structure.column_start[k + 1]);
            for (row, entry) in structure.rows[from..to].iter().zip(&self.values[from..to]) {
                work[*row as usize] -= entry * value;
            }
        }
        answer
    }

    /// Entries of `A⁻¹` on the diagonal (by row) and at the off-diagonal entries, in the order given to
    /// [`Structure::new`]; 0 in rows left out. Only entries where the factor has any are computed: K. Takahashi,
    /// J. Fagan, M.-S. Chin 1973; A. M. Erisman, W. F. Tinney, Commun. ACM 18 (1975) 177–179.
    #[must_use]
    pub fn inverse_entries(&self, structure: &Structure, entries: usize) -> (Vec<f64>, Vec<f64>) {
        let n = structure.n();
        let mut inverse = vec![0.0_f64; self.values.len()];
        let mut inverse_diagonal = vec![0.0_f64; n];
        let mut sums = vec![0.0_f64; n];
        let mut column = vec![0.0_f64; n];
        let mut mark = vec![NONE; n];
        for j in (0..n).rev() {
            let (from, to) = (structure.column_start[j], structure.column_start[j + 1]);
            let own = self.inverse_diagonal[j];
            for p in from..to {
                let i = structure.rows[p] as usize;
                mark[i] = j as u32;
                column[i] = self.values[p];
                sums[i] = 0.0;
            }
            for p in from..to {
                let k = structure.rows[p] as usize;
                let factor = self.values[p];
                let mut sum = factor * inverse_diagonal[k];
                let later = structure.column_start[k]..structure.column_start[k + 1];
                for (row, entry) in structure.rows[later.clone()].iter().zip(&inverse[later]) {
                    let i = *row as usize;
                    if mark[i] == j as u32 {
                        sum += column[i] * entry;
                        sums[i] += factor * entry;
                    }
                }
                sums[k] += sum;
            }
            let mut diagonal = own * own;
            let rows = structure.rows[from..to].iter().zip(&self.values[from..to]);
            for ((row, value), entry) in rows.zip(&mut inverse[from..to]) {
                *entry = -own * sums[*row as usize];
                diagonal -= own * value * *entry;
            }
            inverse_diagonal[j] = diagonal;
        }
        self.pick(structure, entries, &inverse, &inverse_diagonal)
    }

    fn pick(
        &self,
        structure: &Structure,
        entries: usize,
        inverse: &[f64],
        inverse_diagonal: &[f64],
    ) -> (Vec<f64>, Vec<f64>) {
        let mut diagonal = vec![0.0; structure.n()];
        let mut off = vec![0.0; entries];
        for k in 0..structure.n() {
            diagonal[structure.order[k] as usize] = inverse_diagonal[k];
            for &(column, entry) in structure.lower.row(k) {
                let c = column as usize;
                let rows = &structure.rows[structure.column_start[c]..structure.column_start[c + 1]];
                if let Ok(at) = rows.binary_search(&(k as u32)) {
                    off[entry as usize] = inverse[structure.column_start[c] + at];
                }
            }
        }
        (diagonal, off)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Edges of a ladder with a rung to the first vertex now and then.
    fn ladder(n: u32) -> Vec<(u32, u32)> {
        let mut edges: Vec<(u32, u32)> = (1..n).map(|i| (i, i - 1)).collect();
        edges.extend((5..n).step_by(5).map(|i| (0, i)));
        edges
    }

    #[test]
    fn factor_solution_and_inverse_agree() {
        let (n, edges) = (40_u32, ladder(40));
        let structure = Structure::new(n as usize, &edges);
        let diagonal: Vec<f64> = (0..n).map(|i| 8.0 + f64::from(i % 3)).collect();
        let off: Vec<f64> = (0..edges.len()).map(|k| if k % 2 == 0 { -1.0 } else { 0.7 }).collect();
        let mut factor = structure.factor();
        factor.refactor(&structure, &diagonal, &off, SmallPivot::LeaveOut { threshold: 1e-12 });
        let (inverse_diagonal, inverse_off) = factor.inverse_entries(&structure, edges.len());
        let mut work = vec![0.0; n as usize];
        for row in 0..n as usize {
            let mut column = vec![0.0; n as usize];
            column[row] = 1.0;
            factor.solve(&structure, &mut column, &mut work);
            assert!((column[row] - inverse_diagonal[row]).abs() < 1e-14);
            for (&(a, b), entry) in edges.iter().zip(&inverse_off).filter(|(e, _)| e.0 as usize == row) {
                assert!((column[b as usize] - entry).abs() < 1e-14, "{a} {b}");
            }
            let half = factor.half_solve(&structure, &[(row as u32, 1.0)], &mut vec![0.0; n as usize]);
            let length: f64 = half.iter().map(|(_, value)| value * value).sum();
            assert!((length - inverse_diagonal[row]).abs() < 1e-14, "|L⁻¹e|² is the diagonal of the inverse");
            // The matrix times the column of the inverse is the unit vector.
            let mut product: Vec<f64> = diagonal.iter().zip(&column).map(|(d, x)| d * x).collect();
            for (&(a, b), value) in edges.iter().zip(&off) {
                product[a as usize] += value * column[b as usize];
                product[b as usize] += value * column[a as usize];
            }
            product[row] -= 1.0;
            assert!(product.iter().all(|p| p.abs() < 1e-13), "{product:?}");
        }
    }

    #[test]
    fn a_dependent_row_is_left_out() {
        // A closed ring of balances: the last is minus the sum of the others.
        let edges = [(1, 0), (2, 1), (0, 2)];
        let structure = Structure::new(3, &edges);
        let mut factor = structure.factor();
        factor.refactor(&structure, &[2.0; 3], &[-1.0; 3], SmallPivot::LeaveOut { threshold: 1e-12 });
        assert_eq!(factor.dependent.len(), 1);
        let mut right = [1.0, -3.0, 2.0];
        factor.solve(&structure, &mut right, &mut [0.0; 3]);
        let [a, b, c] = right;
        assert!((2.0 * a - b - c - 1.0).abs() < 1e-14 && (2.0 * b - a - c + 3.0).abs() < 1e-14, "{right:?}");
    }
}
