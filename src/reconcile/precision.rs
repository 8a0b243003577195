//! Classes, deviations and covariances, first order, from the linearised problem at the solution.
//!
//! With P the projection onto what the reduced rows leave open, a quantity of derivative g by the measurements (in
//! deviations) has variance |P g|²; for a measurement itself that is `s²(1 − r_i S⁻¹ r_i)`, of which only entries of
//! S⁻¹ are needed where S has entries (equations E-R6, E-R7 of `docs/equations/reconciliation.md`).

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::bounded::Place;
use super::iterate::Solution;
use super::outcome::{ActiveBound, Class, Estimate};
use super::problem::Problem;
use super::start::scatter;
use super::step::{NONE, Step};

/// Null directions tried to tell what stays open: two would tell parallel from crossing ones, three make chance
/// coincidences impossible in practice.
const DIRECTIONS: usize = 3;

/// What is left of a null direction, relative to its terms, that counts as 0.
const CANCELLED: f64 = 1e-9;

/// A variance below this share of what it is the difference of, divided by the smallest pivot, has lost digits …
const LOST: f64 = 1e-8;

/// … and below this in any case.
const LOST_AT_MOST: f64 = 1e-3;

/// The linearised problem at the solution, ready to answer for pairs of quantities.
pub(super) struct Precision {
    step: Step,
    /// Place in the order of elimination of every found quantity, else [`NONE`].
    pivot_of: Vec<u32>,
    /// How far every unobservable quantity moves along each null direction.
    open: Vec<(u32, [f64; DIRECTIONS])>,
}

impl Precision {
    /// Takes the solution and gives the estimates, the degrees of redundancy and what answers later.
    pub(super) fn of(problem: &Problem, solution: Solution) -> (Vec<Estimate>, usize, Self) {
        let Solution { x, places, step, .. } = solution;
        let mut pivot_of = vec![NONE; x.len()];
        for (at, (column, _)) in step.pivots.iter().enumerate() {
            pivot_of[*column as usize] = at as u32;
        }
        let open = open_directions(&step, x.len());
        let precision = Self { step, pivot_of, open };
        let redundancy = precision.redundancies();
        let mut degrees = precision.step.reduced.rows() - precision.step.settled.factor.dependent.len();
        let mut estimates = Vec::with_capacity(x.len());
        for (number, variable) in problem.variables.iter().enumerate() {
            let bound = match places[number] {
                Place::Between => None,
                Place::Lower => Some(ActiveBound::Lower),
                Place::Upper => Some(ActiveBound::Upper),
            };
            let mut estimate = Estimate {
                value: Some(x[number]),
                deviation: Some(0.0),
                class: None,
                bound,
                redundancy: 0.0,
                adjustment: None,
            };
            if let Some((value, deviation)) = variable.measurement() {
                estimate.adjustment = Some((value - x[number]) / deviation);
                if bound.is_some() {
                    degrees += 1;
                    estimate.class = Some(Class::Redundant);
                    estimate.redundancy = 1.0;
                } else {
                    precision.judge_measured(number, value, deviation, &redundancy, &mut estimate);
                }
            } else if variable.is_unknown() {
                estimate.class = Some(Class::Observable);
            }
            estimates.push(estimate);
        }
        for (number, _) in &precision.open {
            let estimate = &mut estimates[*number as usize];
            (estimate.value, estimate.deviation) = (None, None);
            estimate.class = Some(Class::Unobservable);
        }
        precision.judge_found(&mut estimates);
        precision.judge_again(problem, &mut estimates);
        (estimates, degrees, precision)
    }

    fn judge_measured(
        &self,
        number: usize,
        value: f64,
        deviation: f64,
        redundancy: &[f64],
        estimate: &mut Estimate,
    ) {
        let column = self.step.column_of[number] as usize;
        if self.step.column_of[number] == NONE || self.step.reduced.column(column).is_empty() {
            (estimate.value, estimate.adjustment) = (Some(value), Some(0.0));
            estimate.deviation = Some(deviation);
            estimate.class = Some(Class::Nonredundant);
        } else {
            let share = redundancy[column].clamp(0.0, 1.0);
            estimate.redundancy = share;
            estimate.deviation = Some(deviation * (1.0 - share).sqrt());
            estimate.class = Some(Class::Redundant);
        }
    }

    /// `r S⁻¹ r` of every column: the share of its variance that the rows remove.
    fn redundancies(&self) -> Vec<f64> {
        let reduced = &self.step.reduced;
        let factor = &self.step.settled.factor;
        let (diagonal, off) = factor.inverse_entries(&reduced.structure, reduced.off_diagonal());
        let one = |column: usize| {
            let entries = reduced.column(column);
            let mut pairs = reduced.pairs_of(column).iter();
            let mut sum = 0.0;
            for (at, &(row, value)) in entries.iter().enumerate() {
                sum += value * value * diagonal[row as usize];
                for &(_, other) in &entries[at + 1..] {
                    sum += 2.0 * value * other * pairs.next().map_or(0.0, |number| off[*number as usize]);
                }
            }
            sum
        };
        (0..reduced.columns.len()).map(one).collect()
    }

    /// Deviations of what was found from the measurements.
    fn judge_found(&self, estimates: &mut [Estimate]) {
        let observable =
            |v: &usize| self.pivot_of[*v] != NONE && estimates[*v].class == Some(Class::Observable);
        let found: Vec<usize> = (0..estimates.len()).filter(observable).collect();
        let deviations: Vec<f64> = found
            .par_iter()
            .map_init(|| vec![0.0; self.step.reduced.rows()], |work, v| self.deviation(*v, work))
            .collect();
        for (variable, deviation) in found.into_iter().zip(deviations) {
            estimates[variable].deviation = Some(deviation);
        }
    }

    /// Deviations of measurements of which the rows leave so little that the difference has lost digits.
    fn judge_again(&self, problem: &Problem, estimates: &mut [Estimate]) {
        let doubtful = |v: &usize| {
            let estimate = &estimates[*v];
            estimate.class == Some(Class::Redundant)
                && estimate.bound.is_none()
                && 1.0 - estimate.redundancy <= self.lost()
        };
        let found: Vec<usize> = (0..estimates.len()).filter(doubtful).collect();
        if found.is_empty() {
            return;
        }
        let rows = self.rows_between();
        let lengths: Vec<f64> = found
            .par_iter()
            .map_init(
                || vec![0.0; self.step.reduced.rows()],
                |work, v| self.length_left(&self.by_others(self.step.column_of[*v], &rows), work),
            )
            .collect();
        for (variable, length) in found.into_iter().zip(lengths) {
            let (_, deviation) = problem.variables[variable].measurement().unwrap_or((0.0, 0.0));
            estimates[variable].deviation = Some(deviation * length);
        }
    }

    /// The rows over the columns between their bounds.
    fn rows_between(&self) -> Vec<Vec<(u32, f64)>> {
        let mut rows = vec![Vec::new(); self.step.reduced.rows()];
        for column in (0..self.step.scale.len()).filter(|c| self.step.settled.places[*c] == Place::Between) {
            for &(row, value) in self.step.reduced.column(column) {
                rows[row as usize].push((column as u32, value));
            }
        }
        rows
    }

    /// A column by the others of the row that it dominates most: what P leaves of the two is the same.
    fn by_others(&self, column: u32, rows: &[Vec<(u32, f64)>]) -> Vec<(u32, f64)> {
        let own = self.step.reduced.column(column as usize);
        let share = |(row, value): &(u32, f64)| {
            let total: f64 = rows[*row as usize].iter().map(|(_, v)| v * v).sum();
            (value * value / total, *row, *value)
        };
        let most = own.iter().map(share).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((_, row, value)) = most else { return vec![(column, 1.0)] };
        let others = rows[row as usize].iter().filter(|(c, _)| *c != column);
        others.map(|(c, v)| (*c, -v / value)).collect()
    }

    /// Derivative of a quantity by the measurements between their bounds, in deviations, by column.
    fn gradient(&self, variable: usize) -> Vec<(u32, f64)> {
        let mut by_column: BTreeMap<u32, f64> = BTreeMap::new();
        let mut waiting: BTreeMap<u32, f64> = BTreeMap::new();
        let mut add = |number: u32, slope: f64, waiting: &mut BTreeMap<u32, f64>| {
            let (pivot, column) = (self.pivot_of[number as usize], self.step.column_of[number as usize]);
            if pivot != NONE {
                *waiting.entry(pivot).or_insert(0.0) += slope;
            } else if column != NONE && self.step.settled.places[column as usize] == Place::Between {
                *by_column.entry(column).or_insert(0.0) += slope * self.step.scale[column as usize];
            }
        };
        add(variable as u32, 1.0, &mut waiting);
        while let Some((pivot, slope)) = waiting.pop_first() {
            let (column, line) = &self.step.pivots[pivot as usize];
            let own = line.value_at(*column).unwrap_or(1.0);
            for entry in line.entries.iter().filter(|e| e.column != *column) {
                add(entry.column, -slope * entry.value / own, &mut waiting);
            }
        }
        by_column.into_iter().collect()
    }

    fn deviation(&self, variable: usize, work: &mut [f64]) -> f64 {
        self.length_left(&self.gradient(variable), work)
    }

    /// |P g|, from |g|² − |L⁻¹ R g|² while that keeps its digits.
    fn length_left(&self, gradient: &[(u32, f64)], work: &mut [f64]) -> f64 {
        let reduced = &self.step.reduced;
        let mut right: Vec<(u32, f64)> = Vec::new();
        for &(column, slope) in gradient {
            right.extend(reduced.column(column as usize).iter().map(|(row, value)| (*row, value * slope)));
        }
        let half = self.step.settled.factor.half_solve(&reduced.structure, &right, work);
        let all: f64 = gradient.iter().map(|(_, slope)| slope * slope).sum();
        let removed: f64 = half.iter().map(|(_, value)| value * value).sum();
        if all - removed > self.lost() * all {
            (all - removed).sqrt()
        } else {
            length(&self.projected(gradient))
        }
    }

    /// `P g`: the derivative less what the rows remove, by column; applied twice where rounding could tell.
    fn projected(&self, gradient: &[(u32, f64)]) -> Vec<f64> {
        let reduced = &self.step.reduced;
        let mut dense = vec![0.0; reduced.columns.len()];
        gradient.iter().for_each(|(column, slope)| dense[*column as usize] = *slope);
        let mut work = vec![0.0; reduced.rows()];
        for _ in 0..if self.conditioning() > 1e-4 { 1 } else { 2 } {
            let mut right = vec![0.0; reduced.rows()];
            for (column, slope) in dense.iter().enumerate().filter(|(_, slope)| **slope != 0.0) {
                reduced.column(column).iter().for_each(|(row, value)| right[*row as usize] += value * slope);
            }
            self.step.settled.factor.solve(&reduced.structure, &mut right, &mut work);
            for (column, slope) in dense.iter_mut().enumerate() {
                if self.step.settled.places[column] == Place::Between {
                    *slope -= reduced.pull(column, &right);
                }
            }
        }
        dense
    }

    pub(super) fn covariance(&self, a: usize, b: usize) -> f64 {
        // Both projected: what they have in common survives even where little is left of either.
        let (a, b) = (self.projected(&self.gradient(a)), self.projected(&self.gradient(b)));
        a.iter().zip(&b).map(|(a, b)| a * b).sum()
    }

    /// Unobservable quantities by the line along which they can move.
    pub(super) fn groups(&self) -> Vec<Vec<usize>> {
        let mut lines: Vec<([f64; DIRECTIONS], u32)> =
            self.open.iter().map(|(number, moves)| (unit(*moves), *number)).collect();
        lines.sort_by(|a, b| {
            let by_line = a.0.iter().zip(&b.0).map(|(a, b)| a.total_cmp(b));
            by_line.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then).then(a.1.cmp(&b.1))
        });
        let mut groups: Vec<([f64; DIRECTIONS], Vec<usize>)> = Vec::new();
        for (line, number) in lines {
            let near = |other: &[f64; DIRECTIONS]| line.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-7);
            match groups.iter_mut().rev().find(|(other, _)| near(other)) {
                Some((_, group)) => group.push(number as usize),
                None => groups.push((line, vec![number as usize])),
            }
        }
        let mut groups: Vec<Vec<usize>> = groups.into_iter().map(|(_, group)| group).collect();
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.sort_by_key(|group| (usize::MAX - group.len(), group.first().copied()));
        groups
    }

    fn lost(&self) -> f64 {
        (LOST / self.conditioning()).min(LOST_AT_MOST)
    }

    pub(super) fn conditioning(&self) -> f64 {
        self.step.settled.factor.smallest_pivot
    }
}

/// Found quantities that can move while everything measured stays, and how far along a few null directions.
pub(super) fn open_directions(step: &Step, n: usize) -> Vec<(u32, [f64; DIRECTIONS])> {
    if step.free.is_empty() {
        return Vec::new();
    }
    let mut moves = vec![[0.0; DIRECTIONS]; n];
    for &column in &step.free {
        for (at, value) in moves[column as usize].iter_mut().enumerate() {
            *value = 0.5 + scatter(u64::from(column) * DIRECTIONS as u64 + at as u64);
        }
    }
    for (column, line) in step.pivots.iter().rev() {
        let own = line.value_at(*column).unwrap_or(1.0);
        let (mut sum, mut size) = ([0.0; DIRECTIONS], [0.0_f64; DIRECTIONS]);
        for entry in line.entries.iter().filter(|e| e.column != *column) {
            for at in 0..DIRECTIONS {
                let term = entry.value * moves[entry.column as usize][at];
                sum[at] -= term;
                size[at] = size[at].max(term.abs());
            }
        }
        let still = (0..DIRECTIONS).all(|at| sum[at].abs() <= CANCELLED * size[at]);
        moves[*column as usize] = if still { [0.0; DIRECTIONS] } else { sum.map(|s| s / own) };
    }
    let open = |number: &usize| moves[*number].iter().any(|m| *m != 0.0);
    (0..n).filter(open).map(|number| (number as u32, moves[number])).collect()
}

fn length(vector: &[f64]) -> f64 {
    vector.iter().map(|v| v * v).sum::<f64>().sqrt()
}

/// The line of a vector: length 1, first component not negative.
fn unit(moves: [f64; DIRECTIONS]) -> [f64; DIRECTIONS] {
    let length = moves.iter().map(|m| m * m).sum::<f64>().sqrt();
    let sign = if moves[0] < 0.0 { -1.0 } else { 1.0 };
    moves.map(|m| sign * m / length)
}
