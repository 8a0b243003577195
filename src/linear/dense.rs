//! Small dense systems, solved in place with a checked residual.
//!
//! Everything works on column-major slices that the caller owns, so that a solve allocates nothing.

use nalgebra::{DMatrix, DMatrixViewMut, DVectorViewMut, linalg};

/// A system that has no usable solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinearFault {
    /// No pivot: the matrix is singular to working precision.
    Singular,
    /// Solved, but the residual is larger than the tolerance.
    Inaccurate,
}

/// Greatest residual accepted, relative to `|A||x| + |b|` row by row.
const RESIDUAL: f64 = 1e-10;

/// Smallest pivot accepted, relative to the largest entry of the matrix.
const PIVOT: f64 = 1e-13;

/// Solves `A x = b` by Gaussian elimination with partial pivoting and checks the residual.
///
/// `matrix` is column-major `n × n` and kept; `factors` (`n × n`) is scratch; `right` holds `b` on entry and is
/// kept; `solution` gets `x`. Allocates nothing. Complexity O(n³).
///
/// # Errors
/// [`LinearFault::Singular`] without a usable pivot, [`LinearFault::Inaccurate`] when the checked residual
/// exceeds 10⁻¹⁰ of its row.
pub fn solve(
    matrix: &[f64],
    right: &[f64],
    factors: &mut [f64],
    solution: &mut [f64],
) -> Result<(), LinearFault> {
    let n = right.len();
    factors[..n * n].copy_from_slice(&matrix[..n * n]);
    solution[..n].copy_from_slice(right);
    let largest = matrix[..n * n].iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    let mut view = DMatrixViewMut::from_slice(&mut factors[..n * n], n, n);
    for i in 0..n {
        let pivot = view.view_range(i.., i).icamax() + i;
        let diagonal = view[(pivot, i)];
        if diagonal.is_nan() || diagonal.abs() <= PIVOT * largest {
            return Err(LinearFault::Singular);
        }
        if pivot == i {
            linalg::gauss_step(&mut view, diagonal, i);
        } else {
            solution.swap(i, pivot);
            view.view_range_mut(.., ..i).swap_rows(i, pivot);
            linalg::gauss_step_swap(&mut view, diagonal, i, pivot);
        }
    }
    let mut x = DVectorViewMut::from_slice(&mut solution[..n], n);
    let lower = view.solve_lower_triangular_with_diag_mut(&mut x, 1.0);
    if !lower || !view.solve_upper_triangular_mut(&mut x) {
        return Err(LinearFault::Singular);
    }
    for row in 0..n {
        let (mut sum, mut size) = (-right[row], right[row].abs());
        for column in 0..n {
            let product = matrix[column * n + row] * solution[column];
            sum += product;
            size += product.abs();
        }
        if sum.is_nan() || sum.abs() > RESIDUAL * size {
            return Err(LinearFault::Inaccurate);
        }
    }
    Ok(())
}

/// Whether the powers of a column-major `n × n` matrix vanish: its spectral radius is below 1.
///
/// Squares until the norm falls below 1 (then it is) or has not done so after 2²⁴ powers (then it is not, as far
/// as a run can tell). `a` and `b` (`n × n`) are scratch. Complexity O(n³) a squaring, usually none.
pub fn contracts(matrix: &[f64], n: usize, a: &mut [f64], b: &mut [f64]) -> bool {
    a[..n * n].copy_from_slice(&matrix[..n * n]);
    for _ in 0..24 {
        let norm = (0..n)
            .map(|column| a[column * n..(column + 1) * n].iter().map(|v| v.abs()).sum::<f64>())
            .fold(0.0, f64::max);
        if norm < 1.0 {
            return true;
        }
        if norm.is_nan() || norm > 1e12 {
            return false;
        }
        for column in 0..n {
            for row in 0..n {
                b[column * n + row] = (0..n).map(|k| a[k * n + row] * a[column * n + k]).sum();
            }
        }
        a[..n * n].copy_from_slice(&b[..n * n]);
    }
    false
}

/// Spectral radius of a column-major `n × n` matrix; `None` when the eigenvalues cannot be found.
/// Allocates; meant for diagnostics.
#[must_use]
pub fn spectral_radius(matrix: &[f64], n: usize) -> Option<f64> {
    if n == 0 {
        return Some(0.0);
    }
    if matrix[..n * n].iter().any(|v| !v.is_finite()) {
        return None;
    }
    let schur = nalgebra::Schur::try_new(DMatrix::from_column_slice(n, n, &matrix[..n * n]), 1e-14, 10_000)?;
    let values = schur.complex_eigenvalues();
    Some(values.iter().map(|v| libm::hypot(v.re, v.im)).fold(0.0, f64::max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_that_needs_a_swap_is_solved() {
        // Rows: 0x + 2y = 4; 3x + y = 5  →  y = 2, x = 1. Column-major.
        let matrix = [0.0, 3.0, 2.0, 1.0];
        let (mut factors, mut x) = ([0.0; 4], [0.0; 2]);
        solve(&matrix, &[4.0, 5.0], &mut factors, &mut x).unwrap();
        assert!((x[0] - 1.0).abs() < 1e-14 && (x[1] - 2.0).abs() < 1e-14, "{x:?}");
    }

    #[test]
    fn a_larger_system_gives_back_the_vector_it_was_made_from() {
        let n = 12;
        // Entries of no pattern, so that pivots are swapped again and again.
        let mut stream = crate::network::generate::Stream::new(7);
        let matrix: Vec<f64> = (0..n * n).map(|_| stream.between(-1.0, 1.0)).collect();
        let known: Vec<f64> = (0..n).map(|i| i as f64 - 3.5).collect();
        let right: Vec<f64> =
            (0..n).map(|row| (0..n).map(|c| matrix[c * n + row] * known[c]).sum()).collect();
        let (mut factors, mut x) = (vec![0.0; n * n], vec![0.0; n]);
        solve(&matrix, &right, &mut factors, &mut x).unwrap();
        for (found, expected) in x.iter().zip(&known) {
            assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        }
    }

    #[test]
    fn a_singular_system_is_named() {
        let matrix = [1.0, 2.0, 2.0, 4.0];
        let (mut factors, mut x) = ([0.0; 4], [0.0; 2]);
        assert_eq!(solve(&matrix, &[1.0, 1.0], &mut factors, &mut x), Err(LinearFault::Singular));
    }

    #[test]
    fn powers_vanish_only_below_gain_one() {
        let (mut a, mut b) = ([0.0; 4], [0.0; 4]);
        // Gain √(0.9·1.1) < 1 although one entry is above 1; then a turn with gain 1.
        assert!(contracts(&[0.0, 1.1, 0.9, 0.0], 2, &mut a, &mut b));
        assert!(!contracts(&[0.0, 1.0, 1.0, 0.0], 2, &mut a, &mut b));
        assert!((spectral_radius(&[0.0, 4.0, 1.0, 0.0], 2).unwrap() - 2.0).abs() < 1e-12);
    }
}
