//! Sparse Cholesky factors of a symmetric positive semidefinite matrix.
//!
//! The pattern is analysed once ([`Structure`]); matrices of that pattern are then factored again and again
//! ([`Factor::refactor`]) without allocating. T. A. Davis, "Direct Methods for Sparse Linear Systems", SIAM 2006,
//! chapters 4 and 7 (elimination tree, row subtrees, up-looking factorisation).

use super::ordering::minimum_degree;

const NONE: u32 = u32::MAX;

/// The pattern of a symmetric matrix and of its factor, in a fill-reducing order.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Row of the matrix at every place of the order, and the place of every row.
    order: Vec<u32>,
    place: Vec<u32>,
    /// Entries left of the diagonal by row of the permuted matrix: column and number of the off-diagonal entry.
    row_start: Vec<usize>,
    row_entries: Vec<(u32, u32)>,
    parent: Vec<u32>,
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
        let (row_start, row_entries) = lower_rows(n, entries, &place);
        let parent = elimination_tree(&row_start, &row_entries);
        // The same tree in postorder: equal fill, neighbouring columns are used together.
        let order: Vec<u32> = postorder(&parent).iter().map(|at| by_degree[*at as usize]).collect();
        let place = inverse(&order);
        let (row_start, row_entries) = lower_rows(n, entries, &place);
        let parent = elimination_tree(&row_start, &row_entries);
        let mut structure =
            Self { order, place, row_start, row_entries, parent, column_start: Vec::new(), rows: Vec::new() };
        structure.lay_out_factor();
        structure
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

    fn lay_out_factor(&mut self) {
        let n = self.n();
        let mut walk = RowWalk::new(n);
        let mut counts = vec![0_usize; n];
        for k in 0..n {
            walk.columns_of_row(self, k).iter().for_each(|i| counts[*i as usize] += 1);
        }
        self.column_start = starts_of(&counts);
        self.rows = vec![0; self.column_start[n]];
        let mut next = self.column_start[..n].to_vec();
        let mut walk = RowWalk::new(n);
        for k in 0..n {
            for &i in walk.columns_of_row(self, k) {
                self.rows[next[i as usize]] = k as u32;
                next[i as usize] += 1;
            }
        }
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

impl Factor {
    /// Factors the matrix with the given diagonal (by row) and off-diagonal entries (in the order given to
    /// [`Structure::new`]).
    pub fn refactor(&mut self, structure: &Structure, diagonal: &[f64], off: &[f64], small: SmallPivot) {
        let n = structure.n();
        let mut walk = RowWalk::new(n);
        let mut work = vec![0.0_f64; n];
        let mut filled = structure.column_start[..n].to_vec();
        self.smallest_pivot = 1.0;
        self.largest_left_out = 0.0;
        self.dependent.clear();
        for k in 0..n {
            for &(column, entry) in &structure.row_entries[structure.row_start[k]..structure.row_start[k + 1]]
            {
                work[column as usize] += off[entry as usize];
            }
            let own = diagonal[structure.order[k] as usize];
            let mut pivot = own;
            for &i in walk.columns_of_row(structure, k) {
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
                for q in structure.column_start[k]..structure.column_start[k + 1] {
                    let i = structure.rows[q] as usize;
                    if mark[i] == j as u32 {
                        sum += column[i] * inverse[q];
                        sums[i] += factor * inverse[q];
                    }
                }
                sums[k] += sum;
            }
            let mut diagonal = own * own;
            for p in from..to {
                let i = structure.rows[p] as usize;
                inverse[p] = -own * sums[i];
                diagonal -= own * self.values[p] * inverse[p];
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
            for &(column, entry) in &structure.row_entries[structure.row_start[k]..structure.row_start[k + 1]]
            {
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

/// Walks the row subtrees of the elimination tree.
struct RowWalk {
    mark: Vec<u32>,
    path: Vec<u32>,
    reach: Vec<u32>,
}

impl RowWalk {
    fn new(n: usize) -> Self {
        Self { mark: vec![NONE; n], path: Vec::new(), reach: Vec::new() }
    }

    /// Columns of row `k` of the factor, left of the diagonal, each after all that it depends on.
    fn columns_of_row(&mut self, structure: &Structure, k: usize) -> &[u32] {
        self.reach.clear();
        self.mark[k] = k as u32;
        for &(column, _) in &structure.row_entries[structure.row_start[k]..structure.row_start[k + 1]] {
            let mut i = column;
            self.path.clear();
            while self.mark[i as usize] != k as u32 {
                self.mark[i as usize] = k as u32;
                self.path.push(i);
                i = structure.parent[i as usize];
            }
            // Deeper paths were walked first; what is found now comes before them.
            self.reach.extend(self.path.iter().rev());
        }
        self.reach.reverse();
        &self.reach
    }
}

fn neighbours(n: usize, entries: &[(u32, u32)]) -> (Vec<usize>, Vec<u32>) {
    let mut counts = vec![0_usize; n];
    for &(a, b) in entries {
        counts[a as usize] += 1;
        counts[b as usize] += 1;
    }
    let start = starts_of(&counts);
    let mut next = start[..n].to_vec();
    let mut near = vec![0; start[n]];
    for &(a, b) in entries {
        for (from, to) in [(a, b), (b, a)] {
            near[next[from as usize]] = to;
            next[from as usize] += 1;
        }
    }
    (start, near)
}

fn lower_rows(n: usize, entries: &[(u32, u32)], place: &[u32]) -> (Vec<usize>, Vec<(u32, u32)>) {
    let ends = |(a, b): (u32, u32)| {
        let (a, b) = (place[a as usize], place[b as usize]);
        (a.max(b), a.min(b))
    };
    let mut counts = vec![0_usize; n];
    entries.iter().for_each(|e| counts[ends(*e).0 as usize] += 1);
    let start = starts_of(&counts);
    let mut next = start[..n].to_vec();
    let mut rows = vec![(0, 0); entries.len()];
    for (number, entry) in entries.iter().enumerate() {
        let (row, column) = ends(*entry);
        rows[next[row as usize]] = (column, number as u32);
        next[row as usize] += 1;
    }
    (start, rows)
}

fn elimination_tree(row_start: &[usize], row_entries: &[(u32, u32)]) -> Vec<u32> {
    let n = row_start.len() - 1;
    let mut parent = vec![NONE; n];
    let mut ancestor = vec![NONE; n];
    for k in 0..n {
        for &(column, _) in &row_entries[row_start[k]..row_start[k + 1]] {
            let mut i = column as usize;
            while i < k {
                let next = ancestor[i];
                ancestor[i] = k as u32;
                if next == NONE {
                    parent[i] = k as u32;
                    break;
                }
                i = next as usize;
            }
        }
    }
    parent
}

fn postorder(parent: &[u32]) -> Vec<u32> {
    let n = parent.len();
    let (mut head, mut next) = (vec![NONE; n], vec![NONE; n]);
    for i in (0..n).rev().filter(|i| parent[*i] != NONE) {
        next[i] = head[parent[i] as usize];
        head[parent[i] as usize] = i as u32;
    }
    let mut order = Vec::with_capacity(n);
    let mut stack = Vec::new();
    for root in (0..n).filter(|i| parent[*i] == NONE) {
        stack.push(root as u32);
        while let Some(&top) = stack.last() {
            let child = head[top as usize];
            if child == NONE {
                order.push(top);
                stack.pop();
            } else {
                head[top as usize] = next[child as usize];
                stack.push(child);
            }
        }
    }
    order
}

fn inverse(order: &[u32]) -> Vec<u32> {
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, row)| place[*row as usize] = at as u32);
    place
}

fn starts_of(counts: &[usize]) -> Vec<usize> {
    let mut start = Vec::with_capacity(counts.len() + 1);
    let mut total = 0;
    start.push(0);
    for count in counts {
        total += count;
        start.push(total);
    }
    start
}
