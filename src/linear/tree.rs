//! The elimination tree of a symmetric matrix and walks along it.

/// No vertex.
pub(super) const NONE: u32 = u32::MAX;

/// Neighbours of every vertex, both directions, from a list of edges.
pub(super) fn neighbours(n: usize, entries: &[(u32, u32)]) -> (Vec<usize>, Vec<u32>) {
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

/// Entries left of the diagonal by row of a permuted matrix: column and number of the off-diagonal entry.
#[derive(Clone, Debug)]
pub(super) struct LowerRows {
    start: Vec<usize>,
    entries: Vec<(u32, u32)>,
}

impl LowerRows {
    /// The off-diagonal entries at their places in the order.
    pub(super) fn new(n: usize, entries: &[(u32, u32)], place: &[u32]) -> Self {
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
        Self { start, entries: rows }
    }

    pub(super) fn row(&self, k: usize) -> &[(u32, u32)] {
        &self.entries[self.start[k]..self.start[k + 1]]
    }
}

/// The parent of every column in the elimination tree; [`NONE`] of a root.
pub(super) fn elimination_tree(rows: &LowerRows) -> Vec<u32> {
    let n = rows.start.len() - 1;
    let mut parent = vec![NONE; n];
    let mut ancestor = vec![NONE; n];
    for k in 0..n {
        for &(column, _) in rows.row(k) {
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

/// The vertices of a forest, children before their parent.
pub(super) fn postorder(parent: &[u32]) -> Vec<u32> {
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

/// The place of every row in an order.
pub(super) fn inverse(order: &[u32]) -> Vec<u32> {
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, row)| place[*row as usize] = at as u32);
    place
}

/// Where segments of given lengths start, and where the last ends.
pub(crate) fn starts_of(counts: &[usize]) -> Vec<usize> {
    let mut start = Vec::with_capacity(counts.len() + 1);
    let mut total = 0;
    start.push(0);
    for count in counts {
        total += count;
        start.push(total);
    }
    start
}

/// Walks the row subtrees of the elimination tree.
pub(super) struct RowWalk {
    mark: Vec<u32>,
    path: Vec<u32>,
    reach: Vec<u32>,
}

impl RowWalk {
    pub(super) fn new(n: usize) -> Self {
        Self { mark: vec![NONE; n], path: Vec::new(), reach: Vec::new() }
    }

    /// Columns of row `k` of the factor, left of the diagonal, each after all that it depends on.
    pub(super) fn columns_of_row(&mut self, rows: &LowerRows, parent: &[u32], k: usize) -> &[u32] {
        self.reach.clear();
        self.mark[k] = k as u32;
        for &(column, _) in rows.row(k) {
            let mut i = column;
            self.path.clear();
            while self.mark[i as usize] != k as u32 {
                self.mark[i as usize] = k as u32;
                self.path.push(i);
                i = parent[i as usize];
            }
            // Deeper paths were walked first; what is found now comes before them.
            self.reach.extend(self.path.iter().rev());
        }
        self.reach.reverse();
        &self.reach
    }
}
