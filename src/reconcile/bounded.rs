//! Least squares under the reduced rows and bounds: Newton's method on the dual.
//!
//! Minimise `½|t − c|²` under `R t = b`, `lower ≤ t ≤ upper`. For multipliers λ the best t is
//! `t(λ) = clamp(c − Rᵀλ)`; the dual is concave and piecewise quadratic, its gradient `R t(λ) − b`, its curvature the
//! normal matrix of the columns that are not clamped. Newton steps with an exact search along them end after
//! finitely many, each one factorisation (equation E-R5 of `docs/equations/reconciliation.md`; W. Li, J. Swetits,
//! SIAM J. Optim. 7 (1997) 595–619). The clamped columns are the active set.

use super::reduced::Reduced;
use crate::linear::cholesky::{Factor, SmallPivot};

/// Where a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Between,
    Lower,
    Upper,
}

/// A pivot that is this small, relative to its row, belongs to a row that depends on others.
pub(super) const DEPENDENT: f64 = 1e-11;

/// Pivots of rows whose columns are all clamped are raised to this: smaller would make multipliers so large that their
/// rounding tells.
const PUSH: f64 = 1e-9;

const ITERATIONS: usize = 200;
const RESIDUAL: f64 = 1e-12;

/// Residuals of this size are accepted once they no longer fall.
const ROUNDING: f64 = 1e-9;

/// A column whose wish lies less than this beyond its bound is not held by it.
const TOUCHES: f64 = 1e-8;

/// Wishes and bounds of the columns, in units of their deviation; infinite where there is no bound.
pub(super) struct Wishes<'a> {
    pub(super) centre: &'a [f64],
    pub(super) lower: &'a [f64],
    pub(super) upper: &'a [f64],
    /// Columns that only wish to stay near where they are, for want of a measurement.
    pub(super) soft: &'a [bool],
}

impl Wishes<'_> {
    fn at(&self, column: usize, pull: f64) -> (f64, Place) {
        let wish = self.centre[column] - pull;
        if wish < self.lower[column] {
            (self.lower[column], Place::Lower)
        } else if wish > self.upper[column] {
            (self.upper[column], Place::Upper)
        } else {
            (wish, Place::Between)
        }
    }
}

/// The point found.
pub(super) struct Settled {
    /// Values of the columns, in deviations.
    pub(super) values: Vec<f64>,
    pub(super) places: Vec<Place>,
    pub(super) multipliers: Vec<f64>,
    /// Factor of the normal matrix of the columns between their bounds.
    pub(super) factor: Factor,
}

/// No point keeps rows and bounds: along `ray` the dual grows without end.
pub(super) struct Infeasible {
    pub(super) ray: Vec<f64>,
}

/// Solves from the multipliers given (none: 0); `factor` is that of all columns.
pub(super) fn settle(
    reduced: &Reduced,
    wishes: &Wishes,
    factor: Factor,
    multipliers: Option<&[f64]>,
) -> Result<Settled, Infeasible> {
    let mut search = Search::new(reduced, wishes, factor, multipliers);
    let mut raised = false;
    let (mut best, mut stalled) = (f64::INFINITY, 0);
    for _ in 0..ITERATIONS {
        let (kept, left_out) = search.errors();
        let error = kept.max(left_out);
        if error <= RESIDUAL || (stalled > 5 && best <= ROUNDING) {
            break;
        }
        stalled = if error < 0.5 * best { 0 } else { stalled + 1 };
        best = best.min(error);
        if !search.factored {
            search.factor_again(SmallPivot::LeaveOut { threshold: DEPENDENT });
            raised = false;
        } else if !raised && left_out > RESIDUAL && (kept <= ROUNDING || stalled > 0) {
            // Only rows whose columns are all clamped are left: they must push until one comes off its bound.
            search.factor_again(SmallPivot::Raise { threshold: PUSH });
            raised = true;
        }
        search.advance()?;
    }
    Ok(search.finish())
}

struct Search<'a> {
    reduced: &'a Reduced,
    wishes: &'a Wishes<'a>,
    factor: Factor,
    /// Whether the factor is that of the columns now between their bounds.
    factored: bool,
    multipliers: Vec<f64>,
    values: Vec<f64>,
    places: Vec<Place>,
    residual: Vec<f64>,
    direction: Vec<f64>,
    /// `Rᵀ λ` and `Rᵀ direction` by column.
    pull: Vec<f64>,
    slope: Vec<f64>,
    work: Vec<f64>,
}

impl<'a> Search<'a> {
    fn new(
        reduced: &'a Reduced,
        wishes: &'a Wishes<'a>,
        factor: Factor,
        multipliers: Option<&[f64]>,
    ) -> Self {
        let (rows, columns) = (reduced.rows(), reduced.columns.len());
        let mut search = Self {
            reduced,
            wishes,
            factor,
            factored: true,
            multipliers: vec![0.0; rows],
            values: vec![0.0; columns],
            places: vec![Place::Between; columns],
            residual: vec![0.0; rows],
            direction: vec![0.0; rows],
            pull: vec![0.0; columns],
            slope: vec![0.0; columns],
            work: vec![0.0; rows],
        };
        if let Some(given) = multipliers.filter(|given| given.len() == rows) {
            search.multipliers.copy_from_slice(given);
            search.pull_columns();
        }
        search.place_columns();
        search
    }

    fn place_columns(&mut self) {
        for column in 0..self.values.len() {
            let (value, place) = self.wishes.at(column, self.pull[column]);
            self.factored &= place == self.places[column];
            self.values[column] = value;
            self.places[column] = place;
        }
        self.reduced.residual(&self.values, &mut self.residual);
    }

    /// Largest residual of the rows in the factor, and of those left out of it, relative to the right sides.
    fn errors(&self) -> (f64, f64) {
        let relative = |row: usize| self.residual[row].abs() / (1.0 + self.reduced.right_size[row].abs());
        let mut errors = (0.0_f64, 0.0_f64);
        let mut dependent = self.factor.dependent.iter().peekable();
        for row in 0..self.residual.len() {
            if dependent.next_if(|d| **d as usize == row).is_some() {
                errors.1 = errors.1.max(relative(row));
            } else {
                errors.0 = errors.0.max(relative(row));
            }
        }
        errors
    }

    fn factor_again(&mut self, small: SmallPivot) {
        let places = &self.places;
        self.reduced.factor(&mut self.factor, small, |column| places[column] == Place::Between);
        self.factored = true;
    }

    /// One Newton step with a search along it.
    fn advance(&mut self) -> Result<(), Infeasible> {
        self.direction.copy_from_slice(&self.residual);
        self.factor.solve(&self.reduced.structure, &mut self.direction, &mut self.work);
        for column in 0..self.slope.len() {
            self.slope[column] = self.reduced.pull(column, &self.direction);
        }
        let length = self.length()?;
        for (multiplier, d) in self.multipliers.iter_mut().zip(&self.direction) {
            *multiplier += length * d;
        }
        self.pull_columns();
        self.place_columns();
        Ok(())
    }

    fn pull_columns(&mut self) {
        for column in 0..self.pull.len() {
            self.pull[column] = self.reduced.pull(column, &self.multipliers);
        }
    }

    /// Slope of the dual at a length along the direction: falls from positive to 0 at the best length.
    fn slope_at(&self, length: f64) -> f64 {
        let fixed: f64 = self.direction.iter().zip(&self.reduced.right).map(|(d, b)| d * b).sum();
        let moving = (0..self.slope.len()).filter(|column| self.slope[*column] != 0.0);
        let sum: f64 = moving
            .map(|column| {
                let pull = self.pull[column] + length * self.slope[column];
                self.slope[column] * self.wishes.at(column, pull).0
            })
            .sum();
        sum - fixed
    }

    fn length(&self) -> Result<f64, Infeasible> {
        let begin = self.slope_at(0.0);
        let full = self.slope_at(1.0);
        if begin <= 0.0 || full.abs() <= 0.1 * begin {
            return Ok(1.0);
        }
        let (mut low, mut high, mut at_low, mut at_high) = (0.0, 1.0, begin, full);
        while at_high > 0.0 {
            if high > 1e15 {
                // A slope that never falls: the rows ask for more than the bounds allow.
                let (kept, left_out) = self.errors();
                if at_high > 1e-9 * begin && kept.max(left_out) > ROUNDING {
                    return Err(Infeasible { ray: self.direction.clone() });
                }
                return Ok(1.0);
            }
            (low, at_low) = (high, at_high);
            high *= 8.0;
            at_high = self.slope_at(high);
        }
        for _ in 0..60 {
            let guess = low + (high - low) * (at_low / (at_low - at_high)).clamp(0.05, 0.95);
            let slope = self.slope_at(guess);
            if slope.abs() <= 0.05 * begin || guess <= low || guess >= high {
                return Ok(guess);
            }
            if slope > 0.0 {
                (low, at_low) = (guess, slope);
            } else {
                (high, at_high) = (guess, slope);
            }
        }
        Ok(0.5 * (low + high))
    }

    /// The point, with columns that only touch their bound counted as between.
    fn finish(mut self) -> Settled {
        // Soft wishes push with the way they still have to go: a bound held by no more than that is not held.
        let soft = self.values.iter().zip(self.wishes.soft).filter(|(_, soft)| **soft);
        let touches = soft.fold(TOUCHES, |most, (value, _)| most.max(3.0 * value.abs()));
        for column in 0..self.places.len() {
            let wish = self.wishes.centre[column] - self.pull[column];
            if self.places[column] != Place::Between && (wish - self.values[column]).abs() < touches {
                self.places[column] = Place::Between;
                self.factored = false;
            }
        }
        if !self.factored || !self.factor.dependent.is_empty() {
            self.factor_again(SmallPivot::LeaveOut { threshold: DEPENDENT });
        }
        Settled {
            values: self.values,
            places: self.places,
            multipliers: self.multipliers,
            factor: self.factor,
        }
    }
}
