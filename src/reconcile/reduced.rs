//! The rows that hold weighted quantities only, scaled, and their normal matrix.
//!
//! A column is a quantity in units of its standard deviation, a row has length 1: the normal matrix `S = R Rᵀ` of all
//! columns then has a diagonal of ones (equation E-R4 of `docs/equations/reconciliation.md`).

use super::echelon::Line;
use crate::linear::cholesky::{Factor, SmallPivot, Structure};
use crate::linear::tree::starts_of;

/// Scaled rows by columns, with the pattern of their normal matrix.
pub(super) struct Reduced {
    /// The quantity of every column.
    pub(super) columns: Vec<u32>,
    start: Vec<usize>,
    entries: Vec<(u32, f64)>,
    /// Right sides, scaled as the rows.
    pub(super) right: Vec<f64>,
    /// What every right side is small against, scaled likewise.
    pub(super) right_size: Vec<f64>,
    /// Factor by which every row was multiplied.
    pub(super) row_scale: Vec<f64>,
    pub(super) structure: Structure,
    /// Number of the off-diagonal entry of every pair of rows that share a column, column by column.
    pair_start: Vec<usize>,
    pairs: Vec<u32>,
    off_diagonal: usize,
}

impl Reduced {
    /// `columns` are the weighted quantities, `column_of` the column of every quantity, `scale` the deviation of
    /// every column. Entries of quantities without a column must not occur.
    pub(super) fn new(lines: &[Line], columns: Vec<u32>, column_of: &[u32], scale: &[f64]) -> Self {
        let rows = lines.len();
        let mut row_scale = Vec::with_capacity(rows);
        let mut counts = vec![0_usize; columns.len() + 1];
        for line in lines {
            let mut square = 0.0;
            for entry in &line.entries {
                let column = column_of[entry.column as usize] as usize;
                counts[column + 1] += 1;
                let value = entry.value * scale[column];
                square += value * value;
            }
            row_scale.push(if square > 0.0 { 1.0 / square.sqrt() } else { 1.0 });
        }
        for column in 0..columns.len() {
            counts[column + 1] += counts[column];
        }
        let start = counts.clone();
        let mut entries = vec![(0, 0.0); start[columns.len()]];
        for (row, line) in lines.iter().enumerate() {
            for entry in &line.entries {
                let column = column_of[entry.column as usize] as usize;
                entries[counts[column]] = (row as u32, entry.value * scale[column] * row_scale[row]);
                counts[column] += 1;
            }
        }
        let (pair_start, pairs, off) = number_pairs(rows, &start, &entries);
        let scaled = |value: fn(&Line) -> f64| {
            lines.iter().zip(&row_scale).map(|(line, s)| value(line) * s).collect::<Vec<f64>>()
        };
        Self {
            columns,
            right: scaled(|line| line.right),
            right_size: scaled(|line| line.right_size),
            row_scale,
            structure: Structure::new(rows, &off),
            start,
            entries,
            pair_start,
            pairs,
            off_diagonal: off.len(),
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.right.len()
    }

    pub(super) fn off_diagonal(&self) -> usize {
        self.off_diagonal
    }

    /// Rows and scaled values of a column.
    pub(super) fn column(&self, column: usize) -> &[(u32, f64)] {
        &self.entries[self.start[column]..self.start[column + 1]]
    }

    /// Numbers of the off-diagonal entries of the pairs (first, second), (first, third), … of a column's rows.
    pub(super) fn pairs_of(&self, column: usize) -> &[u32] {
        &self.pairs[self.pair_start[column]..self.pair_start[column + 1]]
    }

    /// Factors the normal matrix of the columns that `counts` accepts.
    pub(super) fn factor(&self, factor: &mut Factor, small: SmallPivot, counts: impl Fn(usize) -> bool) {
        let mut diagonal = vec![0.0; self.rows()];
        let mut off = vec![0.0; self.off_diagonal];
        for column in (0..self.columns.len()).filter(|c| counts(*c)) {
            let entries = self.column(column);
            let mut pair = self.pairs_of(column).iter();
            for (at, &(row, value)) in entries.iter().enumerate() {
                diagonal[row as usize] += value * value;
                for &(_, other) in &entries[at + 1..] {
                    if let Some(number) = pair.next() {
                        off[*number as usize] += value * other;
                    }
                }
            }
        }
        factor.refactor(&self.structure, &diagonal, &off, small);
    }

    /// `Rᵀ λ` of one column.
    pub(super) fn pull(&self, column: usize, multipliers: &[f64]) -> f64 {
        self.column(column).iter().map(|(row, value)| value * multipliers[*row as usize]).sum()
    }

    /// `R t − right`.
    pub(super) fn residual(&self, t: &[f64], residual: &mut [f64]) {
        residual.iter_mut().zip(&self.right).for_each(|(r, b)| *r = -b);
        for (column, value) in t.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            for &(row, entry) in self.column(column) {
                residual[row as usize] += entry * value;
            }
        }
    }
}

/// Numbers the pairs of rows that share a column: pairs by column, and the list of different ones, by the later row,
/// then the earlier. Complexity O(pairs) and the sorting of the pairs of one row.
fn number_pairs(
    rows: usize,
    start: &[usize],
    entries: &[(u32, f64)],
) -> (Vec<usize>, Vec<u32>, Vec<(u32, u32)>) {
    let mut pair_start = Vec::with_capacity(start.len());
    pair_start.push(0);
    let mut counts = vec![0_usize; rows];
    let mut total = 0;
    for column in start.windows(2) {
        // Rows of a column ascend: the later one is the larger.
        for (at, (second, _)) in entries[column[0]..column[1]].iter().enumerate() {
            counts[*second as usize] += at;
            total += at;
        }
        pair_start.push(total);
    }
    let by_row = starts_of(&counts);
    let mut next = by_row[..rows].to_vec();
    let mut keys = vec![(0_u32, 0_u32); total];
    let mut number = 0;
    for column in start.windows(2) {
        let rows = &entries[column[0]..column[1]];
        for (at, first) in rows.iter().enumerate() {
            for second in &rows[at + 1..] {
                let next = &mut next[second.0 as usize];
                keys[*next] = (first.0, number);
                *next += 1;
                number += 1;
            }
        }
    }
    let mut pairs = vec![0; total];
    let mut off: Vec<(u32, u32)> = Vec::with_capacity(total);
    for (later, ends) in by_row.windows(2).enumerate() {
        let keys = &mut keys[ends[0]..ends[1]];
        keys.sort_unstable();
        let mut last = None;
        for &(earlier, number) in &*keys {
            if last != Some(earlier) {
                off.push((later as u32, earlier));
                last = Some(earlier);
            }
            pairs[number as usize] = off.len() as u32 - 1;
        }
    }
    (pair_start, pairs, off)
}
