//! A large loop: sweeps in order, sped up by minimising the residual of what the order tears.
//!
//! Members stand in an order in which most of what a member needs stands before it. A sweep goes through them once and
//! takes what stands behind from the sweep before (Gauss–Seidel). With the torn values `y` this is a linear map
//! `y ↦ M y + c`; `(I − M) y = c` is solved by GMRES, which needs no contraction, on vectors that are as long as there
//! are torn values. Each of its steps costs one sweep.

use super::rows::Rows;
use std::ops::Range;

/// Largest change of a torn value that counts as settled, relative to the largest value.
const SETTLED: f64 = 1e-12;
/// At which the search for a better solution ends, relative to the norm of the torn values.
const SOUGHT: f64 = 1e-14;
/// Steps of one search at most.
const STEPS: usize = 48;
/// Searches at most.
const SEARCHES: usize = 12;
/// Numbers that the directions of one search may hold together.
const DIRECTIONS: usize = 1 << 24;

/// A loop, with its members numbered in their order.
#[derive(Debug)]
pub(super) struct Loop<'a> {
    starts: Vec<u32>,
    columns: Vec<u32>,
    values: Vec<f64>,
    /// 1 / (1 − the member's weight on itself).
    own: Vec<f64>,
    right: &'a [f64],
    /// Members that one before them needs.
    torn: Vec<u32>,
}

/// How a large loop was solved.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Swept {
    /// Values of the members, in their order.
    pub(super) values: Vec<f64>,
    /// Number of sweeps.
    pub(super) sweeps: usize,
}

impl<'a> Loop<'a> {
    /// The loop of the rows of a range, which stand in the order of the sweeps; `right` is what each member gets from
    /// outside the loop. `None` where a member is wholly its own.
    pub(super) fn of(rows: &Rows, range: Range<usize>, right: &'a [f64]) -> Option<Self> {
        let count = range.len();
        let most = (rows.starts()[range.end] - rows.starts()[range.start]) as usize;
        let mut starts = Vec::with_capacity(count + 1);
        let (mut columns, mut values) = (Vec::with_capacity(most), Vec::with_capacity(most));
        let mut own = vec![1.0; count];
        let mut is_torn = vec![false; count];
        starts.push(0);
        for (position, row) in range.clone().enumerate() {
            for (column, value) in rows.row(row) {
                let Some(other) = (*column as usize).checked_sub(range.start).filter(|other| *other < count)
                else {
                    continue;
                };
                if other == position {
                    own[position] -= value;
                    continue;
                }
                is_torn[other] |= other > position;
                columns.push(other as u32);
                values.push(*value);
            }
            starts.push(columns.len() as u32);
        }
        if own.iter().any(|own| own.abs() <= f64::EPSILON) {
            return None;
        }
        own.iter_mut().for_each(|own| *own = 1.0 / *own);
        let torn = (0..count as u32).filter(|member| is_torn[*member as usize]).collect();
        Some(Self { starts, columns, values, own, right, torn })
    }

    /// One sweep over `x`, whose torn members hold the values of the sweep before; `with_right` is 0 for the linear part
    /// alone.
    fn sweep(&self, x: &mut [f64], with_right: f64) {
        let mut begin = 0_usize;
        for (position, end) in self.starts[1..].iter().enumerate() {
            let end = *end as usize;
            let mut sum = with_right * self.right[position];
            for (column, value) in self.columns[begin..end].iter().zip(&self.values[begin..end]) {
                sum += value * x[*column as usize];
            }
            x[position] = sum * self.own[position];
            begin = end;
        }
    }

    fn gather(&self, x: &[f64], torn: &mut [f64]) {
        for (value, member) in torn.iter_mut().zip(&self.torn) {
            *value = x[*member as usize];
        }
    }

    fn scatter(&self, torn: &[f64], x: &mut [f64]) {
        for (value, member) in torn.iter().zip(&self.torn) {
            x[*member as usize] = *value;
        }
    }

    /// Solves the loop; `None` when it does not settle.
    pub(super) fn solve(&self) -> Option<Swept> {
        let mut x = vec![0.0; self.right.len()];
        let mut torn = vec![0.0; self.torn.len()];
        let mut swept = vec![0.0; self.torn.len()];
        let mut sweeps = 0;
        let mut last = f64::INFINITY;
        for _ in 0..SEARCHES {
            // Two plain sweeps bring the shape of the solution in.
            for _ in 0..2 {
                self.gather(&x, &mut torn);
                self.sweep(&mut x, 1.0);
                sweeps += 1;
            }
            self.gather(&x, &mut swept);
            let largest = x.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
            let change =
                swept.iter().zip(&torn).fold(0.0_f64, |worst, (new, old)| worst.max((new - old).abs()));
            if !largest.is_finite() || !change.is_finite() {
                return None;
            }
            if change <= SETTLED * largest {
                return Some(Swept { values: x, sweeps });
            }
            // A search that does not bring the change down by half leads nowhere.
            if change > 0.5 * last {
                return None;
            }
            last = change;
            let residual: Vec<f64> = swept.iter().zip(&torn).map(|(new, old)| new - old).collect();
            let size = norm(&swept);
            sweeps += self.search(&residual, size, &mut torn, &mut x);
            self.scatter(&torn, &mut x);
        }
        None
    }

    /// Moves `torn` to where the residual `c + M y − y`, which `residual` is at the beginning, is least; `x` is
    /// scratch. The number of sweeps.
    fn search(&self, residual: &[f64], size: f64, torn: &mut [f64], x: &mut [f64]) -> usize {
        let count = residual.len();
        let steps = (DIRECTIONS / count.max(1)).clamp(4, STEPS);
        let begin = norm(residual);
        let mut directions: Vec<Vec<f64>> = vec![residual.iter().map(|value| value / begin).collect()];
        let mut triangle = Triangle::new(begin);
        let mut sweeps = 0;
        while triangle.len() < steps {
            let newest = &directions[triangle.len()];
            // Members that are not torn are overwritten before they are read.
            self.scatter(newest, x);
            self.sweep(x, 0.0);
            sweeps += 1;
            let mut next = vec![0.0; count];
            self.gather(x, &mut next);
            for (value, old) in next.iter_mut().zip(newest) {
                *value = old - *value;
            }
            let mut column = Vec::with_capacity(directions.len() + 1);
            for direction in &directions {
                let along: f64 = dot(direction, &next);
                for (value, part) in next.iter_mut().zip(direction) {
                    *value -= along * part;
                }
                column.push(along);
            }
            let length = norm(&next);
            column.push(length);
            triangle.push(column);
            if length == 0.0 || triangle.residual() <= SOUGHT * size {
                break;
            }
            next.iter_mut().for_each(|value| *value /= length);
            directions.push(next);
        }
        for (weight, direction) in triangle.weights().iter().zip(&directions) {
            for (value, part) in torn.iter_mut().zip(direction) {
                *value += weight * part;
            }
        }
        sweeps
    }
}

/// Four sums at once, so that no addition waits for the one before; always in the same order.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (blocks_a, blocks_b) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = blocks_a.remainder().iter().zip(blocks_b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in blocks_a.zip(blocks_b) {
        for lane in 0..4 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// The small least-squares problem of a search, kept triangular by plane rotations.
#[derive(Debug)]
struct Triangle {
    columns: Vec<Vec<f64>>,
    rotations: Vec<[f64; 2]>,
    right: Vec<f64>,
}

impl Triangle {
    fn new(begin: f64) -> Self {
        Self { columns: Vec::new(), rotations: Vec::new(), right: vec![begin] }
    }

    fn len(&self) -> usize {
        self.columns.len()
    }

    /// Adds a column, which is one longer than there were columns and one.
    fn push(&mut self, mut column: Vec<f64>) {
        for (row, [cosine, sine]) in self.rotations.iter().enumerate() {
            let (a, b) = (column[row], column[row + 1]);
            column[row] = cosine * a + sine * b;
            column[row + 1] = cosine * b - sine * a;
        }
        let last = column.len() - 2;
        let (a, b) = (column[last], column[last + 1]);
        let radius = libm::hypot(a, b);
        let rotation = if radius == 0.0 { [1.0, 0.0] } else { [a / radius, b / radius] };
        column[last] = radius;
        column.pop();
        let begin = self.right[last];
        self.right[last] = rotation[0] * begin;
        self.right.push(-rotation[1] * begin);
        self.rotations.push(rotation);
        self.columns.push(column);
    }

    /// Norm of what is left.
    fn residual(&self) -> f64 {
        self.right.last().map_or(0.0, |value| value.abs())
    }

    /// Weights of the directions; a direction that changes nothing gets none.
    fn weights(&self) -> Vec<f64> {
        let mut weights = vec![0.0; self.len()];
        for row in (0..self.len()).rev() {
            let sum: f64 =
                (row + 1..self.len()).map(|column| self.columns[column][row] * weights[column]).sum();
            let diagonal = self.columns[row][row];
            weights[row] = if diagonal == 0.0 { 0.0 } else { (self.right[row] - sum) / diagonal };
        }
        weights
    }
}
