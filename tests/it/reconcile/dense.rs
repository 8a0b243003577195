//! Reconciliation by dense algebra, along another way: the equations solved for some quantities, least squares in the
//! others. Small and slow, shares nothing with the program.

use circflow::reconcile::{ActiveBound, Class, Problem, Reconciliation};
use nalgebra::{DMatrix, DVector};

/// Holds a reconciliation against dense algebra; active bounds count as equations.
pub(super) fn check(problem: &Problem, got: &Reconciliation, case: &str) {
    let active: Vec<(usize, ActiveBound)> =
        got.estimates.iter().enumerate().filter_map(|(v, e)| Some((v, e.bound?))).collect();
    let reference = Reference::new(problem, &active);
    reference.check_classes(problem, got, case);
    if reference.is_empty() {
        return;
    }
    let solved = reference.solve(problem, case);
    let most = reference.measured.iter().map(|v| spread(problem, *v)).fold(0.0, f64::max);
    for (v, estimate) in got.estimates.iter().enumerate() {
        let (Some(value), Some(deviation)) = (estimate.value, estimate.deviation) else { continue };
        let x = solved.x[v];
        let scale = problem.variables[v].measurement().map_or(x.abs().max(1.0), |m| m.1.max(1e-3 * m.0));
        assert!(
            (value - x).abs() <= 2e-5 * scale.max(1e-12 * solved.x.amax()),
            "{case}: value of {v}: {value}, by dense algebra {x}"
        );
        let expected = solved.variance(v).sqrt();
        assert!(
            (deviation - expected).abs() <= 1e-5 * expected + 1e-9 * most,
            "{case}: deviation of {v}: {deviation}, by dense algebra {expected}"
        );
        let own = got.covariance(v, v).unwrap().max(0.0).sqrt();
        assert!((own - deviation).abs() <= 1e-6 * deviation + 1e-9 * most, "{case}: covariance of {v}");
    }
    for (at, (v, bound)) in active.iter().enumerate() {
        let mut others = active.clone();
        others.remove(at);
        released(problem, &others, *v, *bound, case);
    }
}

/// Without a bound that is rightly active its quantity would go beyond it.
fn released(problem: &Problem, others: &[(usize, ActiveBound)], v: usize, bound: ActiveBound, case: &str) {
    let reference = Reference::new(problem, others);
    if reference.is_empty() || !reference.determines(v) {
        return;
    }
    let x = reference.solve(problem, case).x[v];
    let slack = 1e-6 * x.abs().max(1.0);
    let beyond = match bound {
        ActiveBound::Lower => x <= problem.variables[v].lower.unwrap() + slack,
        ActiveBound::Upper => x >= problem.variables[v].upper.unwrap() - slack,
    };
    assert!(beyond, "{case}: the bound of {v} holds nothing back: without it {x}");
}

struct Reference {
    /// Directions that the equations leave open, by column, and a point that satisfies them.
    basis: DMatrix<f64>,
    point: DVector<f64>,
    measured: Vec<usize>,
}

struct Solved {
    x: DVector<f64>,
    basis: DMatrix<f64>,
    inverse: DMatrix<f64>,
}

impl Solved {
    fn variance(&self, v: usize) -> f64 {
        let row = self.basis.rows(v, 1).into_owned();
        (&row * &self.inverse * row.transpose())[(0, 0)].max(0.0)
    }
}

impl Reference {
    fn new(problem: &Problem, active: &[(usize, ActiveBound)]) -> Self {
        let n = problem.variables.len();
        let rows = problem.equations.len() + active.len();
        let (mut a, mut right) = (DMatrix::zeros(rows, n), DVector::zeros(rows));
        for (row, equation) in problem.equations.iter().enumerate() {
            equation.linear.iter().for_each(|(v, factor)| a[(row, *v)] += factor);
            right[row] = -equation.constant;
        }
        for (at, (v, bound)) in active.iter().enumerate() {
            let row = problem.equations.len() + at;
            a[(row, *v)] = 1.0;
            right[row] = match bound {
                ActiveBound::Lower => problem.variables[*v].lower.unwrap(),
                ActiveBound::Upper => problem.variables[*v].upper.unwrap(),
            };
        }
        // What is least certain is solved for first: the rest then keeps its digits.
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|a, b| spread(problem, *b).total_cmp(&spread(problem, *a)));
        let (basis, point) = null_space(&a, &right, &order);
        let measured = (0..n).filter(|v| problem.variables[*v].measurement().is_some()).collect();
        Self { basis, point, measured }
    }

    fn is_empty(&self) -> bool {
        self.measured.is_empty() || self.basis.ncols() == 0
    }

    fn rank_of(&self, rows: &[usize]) -> usize {
        rank(&DMatrix::from_fn(rows.len(), self.basis.ncols(), |r, c| self.basis[(rows[r], c)]))
    }

    /// Whether equations and the measurements of others determine a quantity.
    fn determines(&self, v: usize) -> bool {
        let mut rows: Vec<usize> = self.measured.iter().copied().filter(|m| *m != v).collect();
        let without = self.rank_of(&rows);
        rows.push(v);
        self.rank_of(&rows) == without
    }

    fn check_classes(&self, problem: &Problem, got: &Reconciliation, case: &str) {
        let degrees = self.measured.len() - self.rank_of(&self.measured);
        assert_eq!(got.degrees, degrees, "{case}: degrees of redundancy");
        for (v, estimate) in got.estimates.iter().enumerate() {
            let expected = match (problem.variables[v].is_unknown(), self.determines(v)) {
                (true, true) => Class::Observable,
                (true, false) => Class::Unobservable,
                (false, true) => Class::Redundant,
                (false, false) => Class::Nonredundant,
            };
            assert_eq!(estimate.class, Some(expected), "{case}: class of {v}");
        }
    }

    fn solve(&self, problem: &Problem, case: &str) -> Solved {
        let mut basis = self.basis.clone();
        for k in 0..basis.ncols() {
            let length: f64 = self
                .measured
                .iter()
                .map(|m| (basis[(*m, k)] / spread(problem, *m)).powi(2))
                .sum::<f64>()
                .sqrt();
            if length > 0.0 {
                let mut column = basis.column_mut(k);
                column /= length;
            }
        }
        let (rows, columns) = (self.measured.len(), basis.ncols());
        let weighted = DMatrix::from_fn(rows, columns, |r, c| {
            basis[(self.measured[r], c)] / spread(problem, self.measured[r])
        });
        let distance = DVector::from_fn(rows, |r, _| {
            let (value, deviation) = problem.variables[self.measured[r]].measurement().unwrap();
            (value - self.point[self.measured[r]]) / deviation
        });
        let normal = (weighted.transpose() * &weighted).symmetric_eigen();
        let largest = normal.eigenvalues.max();
        let kept: Vec<usize> = (0..columns).filter(|k| normal.eigenvalues[*k] > 1e-10 * largest).collect();
        let least = kept.iter().map(|k| normal.eigenvalues[*k]).fold(f64::INFINITY, f64::min);
        assert!(least > 1e-7 * largest, "{case}: dense algebra has lost its digits");
        let inverse = DMatrix::from_fn(columns, columns, |r, c| {
            let term = |k: &usize| {
                normal.eigenvectors[(r, *k)] * normal.eigenvectors[(c, *k)] / normal.eigenvalues[*k]
            };
            kept.iter().map(term).sum::<f64>()
        });
        let steps = &inverse * (weighted.transpose() * distance);
        Solved { x: &self.point + &basis * steps, basis, inverse }
    }
}

fn spread(problem: &Problem, v: usize) -> f64 {
    problem.variables[v].measurement().map_or(f64::INFINITY, |m| m.1)
}

fn rank(matrix: &DMatrix<f64>) -> usize {
    if matrix.is_empty() {
        return 0;
    }
    matrix.clone().svd(false, false).singular_values.iter().filter(|v| **v > 1e-9).count()
}

/// Null space and a point by full elimination in the given order of columns (exact for balances: all entries are
/// −1, 0, 1).
fn null_space(a: &DMatrix<f64>, right: &DVector<f64>, order: &[usize]) -> (DMatrix<f64>, DVector<f64>) {
    let (mut m, mut b, n) = (a.clone(), right.clone(), a.ncols());
    let mut basic: Vec<(usize, usize)> = Vec::new();
    for &c in order {
        let used = basic.len();
        let Some(p) = (used..m.nrows()).find(|r| m[(*r, c)].abs() > 1e-9) else { continue };
        m.swap_rows(used, p);
        b.swap_rows(used, p);
        let pivot = m[(used, c)];
        for k in 0..n {
            m[(used, k)] /= pivot;
        }
        b[used] /= pivot;
        for r in 0..m.nrows() {
            let f = m[(r, c)];
            if r != used && f != 0.0 {
                for k in 0..n {
                    let v = m[(used, k)];
                    m[(r, k)] -= f * v;
                }
                let v = b[used];
                b[r] -= f * v;
            }
        }
        basic.push((used, c));
    }
    let free: Vec<usize> = order.iter().copied().filter(|c| basic.iter().all(|(_, b)| b != c)).collect();
    let mut basis = DMatrix::zeros(n, free.len());
    let mut x0 = DVector::zeros(n);
    for (k, &f) in free.iter().enumerate() {
        basis[(f, k)] = 1.0;
        for &(r, c) in &basic {
            basis[(c, k)] = -m[(r, f)];
        }
    }
    for &(r, c) in &basic {
        x0[c] = b[r];
    }
    (basis, x0)
}
