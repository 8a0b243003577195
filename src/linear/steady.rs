//! `x = b + A x`, of any size.

use super::components::components;
use super::dense::{self, LinearFault};
use super::elimination;
use super::rows::Rows;
use super::sweeps::Loop;
use std::ops::Range;

/// Loops of up to this many members are solved by dense elimination.
const SMALL: usize = 96;

/// Greatest residual of an equation, relative to the largest value.
const RESIDUAL: f64 = 1e-10;

/// A solution with its check.
#[derive(Clone, Debug, PartialEq)]
pub struct Steady {
    /// `x`.
    pub solution: Vec<f64>,
    /// Largest |b + A x − x|, relative to the largest |x| (0 where all are 0).
    pub residual: f64,
    /// Number of loops of two and more.
    pub loops: usize,
    /// Members of the largest loop.
    pub largest_loop: usize,
    /// Sweeps through large loops.
    pub sweeps: usize,
}

/// Why there is no solution to report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SteadyFault {
    /// The equations of these rows, which form a loop, have none or many solutions: what enters cannot leave.
    Singular(Vec<usize>),
    /// These rows form a loop that could not be solved accurately.
    Unsettled(Vec<usize>),
}

/// Solves `x = b + A x`.
///
/// # Errors
/// When a loop is singular or does not settle; it is named.
///
/// # Panics
/// When `b` is not as long as `A` has rows.
pub fn steady(a: &Rows, b: &[f64]) -> Result<Steady, SteadyFault> {
    assert_eq!(a.len(), b.len(), "one right-hand side a row");
    let order = components(a);
    let members = order.members();
    let mut place = vec![0; b.len()];
    for (position, member) in members.iter().enumerate() {
        place[*member as usize] = position as u32;
    }
    // From here on everything stands in the order of the solution, next to what it needs.
    let a = a.permuted(members, &place);
    drop(place);
    let b: Vec<f64> = members.iter().map(|member| b[*member as usize]).collect();
    let mut x = vec![0.0; b.len()];
    let (mut loops, mut largest_loop, mut sweeps) = (0, 0, 0);
    let named = |range: Range<usize>| members[range].iter().map(|member| *member as usize).collect();
    for range in order.ranges() {
        if range.len() == 1 {
            x[range.start] =
                alone(&a, &b, range.start, &x).ok_or_else(|| SteadyFault::Singular(named(range.clone())))?;
            continue;
        }
        loops += 1;
        largest_loop = largest_loop.max(range.len());
        let right: Vec<f64> = range.clone().map(|row| b[row] + a.times(row, &x)).collect();
        let solved = if range.len() <= SMALL {
            small_loop(&a, range.clone(), &right)
        } else {
            large_loop(&a, range.clone(), &right, &mut sweeps)
        };
        match solved {
            Ok(values) => x[range].copy_from_slice(&values),
            Err(LinearFault::Singular) => return Err(SteadyFault::Singular(named(range))),
            Err(LinearFault::Inaccurate) => return Err(SteadyFault::Unsettled(named(range))),
        }
    }
    let residual = residual(&a, &b, &x);
    if residual.is_nan() || residual > RESIDUAL {
        return Err(SteadyFault::Unsettled(Vec::new()));
    }
    let mut solution = vec![0.0; b.len()];
    for (member, value) in members.iter().zip(&x) {
        solution[*member as usize] = *value;
    }
    Ok(Steady { solution, residual, loops, largest_loop, sweeps })
}

/// Largest |b + A x − x|, relative to the largest |x|.
fn residual(a: &Rows, b: &[f64], x: &[f64]) -> f64 {
    let largest = x.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let mut worst = 0.0_f64;
    for row in 0..a.len() {
        let off = (b[row] + a.times(row, x) - x[row]).abs();
        if off.is_nan() {
            return off;
        }
        worst = worst.max(off);
    }
    if worst == 0.0 { 0.0 } else { worst / largest }
}

/// A row that depends on no loop but its own weight; `None` where that is 1.
fn alone(a: &Rows, b: &[f64], row: usize, x: &[f64]) -> Option<f64> {
    let (mut sum, mut own) = (b[row], 1.0);
    for (column, value) in a.row(row) {
        if *column as usize == row {
            own -= value;
        } else {
            sum += value * x[*column as usize];
        }
    }
    (own.abs() > f64::EPSILON).then(|| sum / own)
}

/// The entries of a row within a range, counted from its beginning.
fn inside(a: &Rows, row: usize, range: Range<usize>) -> impl Iterator<Item = (usize, f64)> {
    a.row(row).iter().filter_map(move |(column, value)| {
        let column = *column as usize;
        range.contains(&column).then(|| (column - range.start, *value))
    })
}

fn small_loop(a: &Rows, range: Range<usize>, right: &[f64]) -> Result<Vec<f64>, LinearFault> {
    let n = range.len();
    let mut matrix = vec![0.0; n * n];
    for (position, row) in range.clone().enumerate() {
        matrix[position * n + position] += 1.0;
        for (column, value) in inside(a, row, range.clone()) {
            matrix[column * n + position] -= value;
        }
    }
    let (mut factors, mut solution) = (vec![0.0; n * n], vec![0.0; n]);
    dense::solve(&matrix, right, &mut factors, &mut solution)?;
    Ok(solution)
}

/// By sweeps; as a last resort by sparse elimination.
fn large_loop(
    a: &Rows,
    range: Range<usize>,
    right: &[f64],
    sweeps: &mut usize,
) -> Result<Vec<f64>, LinearFault> {
    if let Some(swept) = Loop::of(a, range.clone(), right).and_then(|members| members.solve()) {
        *sweeps += swept.sweeps;
        return Ok(swept.values);
    }
    let mut equations = elimination::Equations::new(range.len());
    for (position, row) in range.clone().enumerate() {
        let terms = inside(a, row, range.clone()).map(|(column, value)| (column, -value));
        equations.push(std::iter::once((position, 1.0)).chain(terms), right[position]);
    }
    let solved = elimination::eliminate(&equations).map_err(|_| LinearFault::Inaccurate)?;
    let values: Option<Vec<f64>> = (0..range.len()).map(|member| solved.value(member)).collect();
    match values {
        Some(values) if solved.contradictions().is_empty() => Ok(values),
        _ => Err(LinearFault::Singular),
    }
}
