//! Sparse Gaussian elimination that tells exact cancellation from small numbers.
//!
//! Every entry carries the size of the largest terms it was computed from. What a subtraction leaves is taken as 0
//! when it is small *against those terms*, never because it is small in itself: megatonnes may stand beside kilograms.
//! Equation E-R3 of `docs/equations/reconciliation.md`.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What is left of a subtraction, relative to its terms, that counts as 0.
const CANCELLED: f64 = 1e-11;

/// A pivot may be this much smaller than the largest entry of its column (rows scaled alike).
const THRESHOLD: f64 = 0.1;

/// An entry of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) column: u32,
    pub(super) value: f64,
    pub(super) size: f64,
}

/// A row `Σ value·x = right` in the course of elimination.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// Entries by column, ascending.
    pub(super) entries: Vec<Entry>,
    pub(super) right: f64,
    /// Largest terms that the right side was computed from.
    pub(super) right_size: f64,
    /// The equations it is a sum of, with their factors, ascending; kept only where it was asked for.
    pub(super) combination: Vec<(u32, f64)>,
}

impl Line {
    pub(super) fn value_at(&self, column: u32) -> Option<f64> {
        self.entries.binary_search_by_key(&column, |e| e.column).ok().map(|at| self.entries[at].value)
    }

    /// Largest entry: the scale in which rows are compared.
    fn largest(&self) -> f64 {
        self.entries.iter().fold(0.0, |m, e| m.max(e.value.abs()))
    }

    /// Whether a row without entries says 0 = 0.
    pub(super) fn holds(&self, tolerance: f64) -> bool {
        self.right.abs() <= tolerance * self.right_size
    }

    /// Subtracts `factor` times another row; entry `pivot` vanishes exactly.
    fn subtract(&mut self, factor: f64, other: &Self, pivot: u32, changed: &mut Changed) {
        let mut merged = Vec::with_capacity(self.entries.len() + other.entries.len());
        let mut own = self.entries.iter().peekable();
        for theirs in &other.entries {
            while let Some(entry) = own.next_if(|e| e.column < theirs.column) {
                merged.push(*entry);
            }
            let size = (factor * theirs.value).abs().max((factor * theirs.size).abs());
            match own.next_if(|e| e.column == theirs.column) {
                Some(_) if theirs.column == pivot => changed.lost.push(pivot),
                Some(entry) => {
                    let value = entry.value - factor * theirs.value;
                    let size = size.max(entry.size);
                    if value.abs() > CANCELLED * size {
                        merged.push(Entry { column: entry.column, value, size });
                    } else {
                        changed.lost.push(entry.column);
                    }
                }
                None => {
                    changed.added.push(theirs.column);
                    merged.push(Entry { column: theirs.column, value: -factor * theirs.value, size });
                }
            }
        }
        merged.extend(own);
        self.entries = merged;
        self.right -= factor * other.right;
        self.right_size = self.right_size.max((factor * other.right_size).abs());
        if !other.combination.is_empty() {
            self.combination = sum(&self.combination, -factor, &other.combination);
        }
    }
}

/// Columns that a row got and lost.
#[derive(Default)]
struct Changed {
    added: Vec<u32>,
    lost: Vec<u32>,
}

/// `a + factor·b` of sparse vectors, what cancels left out.
pub(super) fn sum(a: &[(u32, f64)], factor: f64, b: &[(u32, f64)]) -> Vec<(u32, f64)> {
    let mut merged = Vec::with_capacity(a.len() + b.len());
    let mut own = a.iter().peekable();
    for &(index, value) in b {
        while let Some(entry) = own.next_if(|e| e.0 < index) {
            merged.push(*entry);
        }
        let before = own.next_if(|e| e.0 == index).map_or(0.0, |e| e.1);
        let after = before + factor * value;
        if after.abs() > CANCELLED * before.abs().max((factor * value).abs()) {
            merged.push((index, after));
        }
    }
    merged.extend(own);
    merged
}

/// Rows after elimination of the columns that were asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Echelon {
    /// Pivot column and its row, in the order of elimination: a row holds no pivot column of an earlier one.
    pub(super) pivots: Vec<(u32, Line)>,
    /// Columns asked for that got no pivot.
    pub(super) free: Vec<u32>,
    /// Rows free of all columns asked for.
    pub(super) rest: Vec<Line>,
    /// Rows without any entry.
    pub(super) empty: Vec<Line>,
}

/// Eliminates the columns of `stages`, one stage after the other, in every stage the columns of fewest rows first.
pub(super) fn eliminate(lines: Vec<Line>, columns: usize, stages: &[Vec<u32>]) -> Echelon {
    let mut echelon = Echelon::default();
    if stages.iter().all(Vec::is_empty) {
        (echelon.empty, echelon.rest) = lines.into_iter().partition(|line| line.entries.is_empty());
        return echelon;
    }
    let mut work = Elimination::new(lines, columns);
    for stage in stages {
        work.run(stage, &mut echelon);
    }
    let left = work.lines.into_iter().zip(work.active).filter(|(_, active)| *active);
    for (line, _) in left {
        if line.entries.is_empty() {
            echelon.empty.push(line);
        } else {
            echelon.rest.push(line);
        }
    }
    echelon
}

struct Elimination {
    lines: Vec<Line>,
    active: Vec<bool>,
    /// Rows that may hold a column; stale ones are skipped.
    holders: Vec<Vec<u32>>,
    /// Active rows that hold it.
    counts: Vec<u32>,
}

impl Elimination {
    fn new(lines: Vec<Line>, columns: usize) -> Self {
        let mut holders = vec![Vec::new(); columns];
        let mut counts = vec![0; columns];
        for (row, line) in lines.iter().enumerate() {
            for entry in &line.entries {
                holders[entry.column as usize].push(row as u32);
                counts[entry.column as usize] += 1;
            }
        }
        Self { active: vec![true; lines.len()], lines, holders, counts }
    }

    fn run(&mut self, stage: &[u32], echelon: &mut Echelon) {
        let mut queue: BinaryHeap<Reverse<(u32, u32)>> =
            stage.iter().map(|c| Reverse((self.counts[*c as usize], *c))).collect();
        while let Some(Reverse((count, column))) = queue.pop() {
            if count != self.counts[column as usize] {
                queue.push(Reverse((self.counts[column as usize], column)));
                continue;
            }
            match self.pivot_row(column) {
                Some(row) => {
                    let line = self.clear(column, row);
                    echelon.pivots.push((column, line));
                }
                None => echelon.free.push(column),
            }
        }
    }

    /// The active rows of a column, ascending, each once.
    fn rows_of(&mut self, column: u32) -> Vec<u32> {
        let mut rows = std::mem::take(&mut self.holders[column as usize]);
        rows.sort_unstable();
        rows.dedup();
        rows.retain(|r| self.active[*r as usize] && self.lines[*r as usize].value_at(column).is_some());
        rows
    }

    /// The shortest row whose entry is large enough; ties go to the first.
    fn pivot_row(&mut self, column: u32) -> Option<u32> {
        let rows = self.rows_of(column);
        let relative = |row: u32| {
            let line = &self.lines[row as usize];
            line.value_at(column).map_or(0.0, |v| v.abs()) / line.largest()
        };
        let best = if rows.len() > 1 {
            let largest = rows.iter().map(|r| relative(*r)).fold(0.0, f64::max);
            let fit = rows.iter().copied().filter(|r| relative(*r) >= THRESHOLD * largest);
            fit.min_by_key(|r| (self.lines[*r as usize].entries.len(), *r))
        } else {
            rows.first().copied()
        };
        self.holders[column as usize] = rows;
        best
    }

    /// Takes the pivot row out and its column out of all other rows.
    fn clear(&mut self, column: u32, row: u32) -> Line {
        let pivot = std::mem::take(&mut self.lines[row as usize]);
        self.active[row as usize] = false;
        for entry in &pivot.entries {
            self.counts[entry.column as usize] -= 1;
        }
        let value = pivot.value_at(column).unwrap_or(1.0);
        let mut changed = Changed::default();
        for other in std::mem::take(&mut self.holders[column as usize]) {
            if other == row {
                continue;
            }
            let line = &mut self.lines[other as usize];
            let Some(entry) = line.value_at(column) else { continue };
            line.subtract(entry / value, &pivot, column, &mut changed);
            for c in changed.lost.drain(..) {
                self.counts[c as usize] -= 1;
            }
            for c in changed.added.drain(..) {
                self.holders[c as usize].push(other);
                self.counts[c as usize] += 1;
            }
        }
        pivot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(terms: &[(u32, f64)], right: f64, origin: u32) -> Line {
        Line {
            entries: terms
                .iter()
                .map(|&(column, value)| Entry { column, value, size: value.abs() })
                .collect(),
            right,
            right_size: right.abs(),
            combination: vec![(origin, 1.0)],
        }
    }

    #[test]
    fn eliminating_merges_two_balances_across_their_flow() {
        // x0 = x1 + 5, x1 = x2: with x1 unknown, x0 = x2 + 5 remains.
        let lines = vec![line(&[(0, 1.0), (1, -1.0)], 5.0, 0), line(&[(1, 1.0), (2, -1.0)], 0.0, 1)];
        let echelon = eliminate(lines, 3, &[vec![1]]);
        assert_eq!(echelon.pivots.len(), 1);
        assert_eq!(echelon.rest.len(), 1);
        let rest = &echelon.rest[0];
        let terms: Vec<(u32, f64)> = rest.entries.iter().map(|e| (e.column, e.value.abs())).collect();
        assert_eq!(terms, [(0, 1.0), (2, 1.0)]);
        assert_eq!(rest.combination.len(), 2);
    }

    #[test]
    fn cancellation_is_told_from_small_numbers() {
        // Row 1 − row 0 leaves exactly the kilogram terms; the megatonne terms vanish.
        let lines = vec![
            line(&[(0, 1e9), (1, -0.1e9), (2, 1e-4)], 0.0, 0),
            line(&[(0, 1e9 * 3.0), (1, -0.3e9), (3, 1e-4)], 0.0, 1),
        ];
        let echelon = eliminate(lines, 4, &[vec![0]]);
        let columns: Vec<u32> = echelon.rest[0].entries.iter().map(|e| e.column).collect();
        assert_eq!(columns, [2, 3]);
    }

    #[test]
    fn a_dependent_row_is_left_empty_and_says_of_what_it_is_made() {
        let lines = vec![
            line(&[(0, 1.0), (1, 1.0)], 1.0, 0),
            line(&[(1, 1.0), (2, 1.0)], 1.0, 1),
            line(&[(0, 1.0), (2, -1.0)], 7.0, 2),
        ];
        let echelon = eliminate(lines, 3, &[vec![0, 1, 2]]);
        assert_eq!(echelon.pivots.len(), 2);
        assert_eq!(echelon.free.len(), 1);
        assert_eq!(echelon.empty.len(), 1);
        assert!(!echelon.empty[0].holds(1e-9));
        assert_eq!(echelon.empty[0].combination.len(), 3);
    }
}
