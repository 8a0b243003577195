//! From the starting point to the solution: linearise, solve, step, until nothing moves.

use super::bounded::Place;
use super::precision::open_directions;
use super::problem::{Knowledge, Problem};
use super::residual::worst;
use super::start::{starting_point, typical_size};
use super::step::{NoStep, Role, SUSPICIOUS, Step, solve};

const ITERATIONS: usize = 300;

/// Rounds in which bounds reached only after others were held are added.
const HELD_AGAIN: usize = 20;

/// Steps below this, in deviations (plus rounding), end the iteration.
const SETTLED: f64 = 1e-10;

/// Largest violation of an equation, relative to its terms, in a solution.
const VIOLATION: f64 = 1e-8;

/// The same before the bounds that were found are held: soft wishes round more.
const ROUGHLY: f64 = 1e-3;

/// The solution and the linearised problem there.
pub(super) struct Solution {
    pub(super) x: Vec<f64>,
    /// Bounds that hold a quantity in place.
    pub(super) places: Vec<Place>,
    pub(super) step: Step,
    pub(super) iterations: usize,
    /// Largest violation of an equation there, relative to its terms.
    pub(super) violation: f64,
}

/// Why there is no solution.
pub(super) enum NoSolution {
    /// Equations that cannot hold together, with or without bounds, near this point.
    Contradictory(Vec<f64>),
    /// Some equation is not defined at the starting point.
    Undefined(Vec<f64>),
    /// Still moving, or not satisfied, after all iterations.
    Unsettled { x: Vec<f64>, iterations: usize },
}

/// Solves the problem, unknown quantities started at `stretch` times their usual size where nothing better is known.
pub(super) fn run(problem: &Problem, natural: &[f64], stretch: f64) -> Result<Solution, NoSolution> {
    let linear = problem.equations.iter().all(super::problem::Equation::is_linear);
    let mut x = starting_point(problem, stretch);
    if !linear {
        soften(problem, &mut x);
    }
    let typical = typical_size(problem);
    let mut walk = Walk { problem, linear, keep: false, typical, stretch, natural, filter: Vec::new() };
    let (mut step, mut iterations) = walk.settle(&mut x)?;
    if walk.bounds_broken(&x, 1e-9) {
        walk.keep = true;
        walk.filter.clear();
        walk.move_inside(&mut x);
        let (kept, more) = walk.settle(&mut x)?;
        (step, iterations) = (kept, iterations + more);
    }
    let unsatisfied = |x: Vec<f64>, contradicts: bool| match linear || contradicts {
        true => NoSolution::Contradictory(x),
        false => NoSolution::Unsettled { x, iterations },
    };
    let mut violation = walk.violation(&x);
    if violation > ROUGHLY {
        return Err(unsatisfied(x, step.contradicts));
    }
    let roughly = x.clone();
    let mut places = step.active();
    let factor = &step.settled.factor;
    let doubtful = factor.smallest_pivot < SUSPICIOUS || factor.largest_left_out > 1e-13;
    if walk.keep || (doubtful && places.iter().any(|p| *p != Place::Between)) {
        walk.keep = false;
        // What is held can bring others to their bounds.
        for _ in 0..HELD_AGAIN {
            step = walk.with_bounds_held(&mut x, &places)?;
            let more = step.active();
            let news = |(old, new): (&Place, &Place)| *old == Place::Between && *new != Place::Between;
            if !places.iter().zip(&more).any(news) {
                break;
            }
            for (old, new) in places.iter_mut().zip(more).filter(|(old, _)| **old == Place::Between) {
                *old = new;
            }
        }
    }
    walk.put_on_bounds(&mut x, &places);
    if x != roughly {
        violation = walk.violation(&x);
    }
    if violation > VIOLATION {
        return Err(unsatisfied(x, step.contradicts));
    }
    Ok(Solution { x, places, step, iterations, violation })
}

/// Moves the starting point onto the linear equations, every unknown quantity with its own size as deviation.
fn soften(problem: &Problem, x: &mut [f64]) {
    let linear = problem.equations.iter().filter(|e| e.is_linear()).cloned().collect();
    let part = Problem { variables: problem.variables.clone(), equations: linear };
    let typical = typical_size(problem);
    let role = |(number, variable): (usize, &super::problem::Variable)| match variable.knowledge {
        Knowledge::Measured { deviation, .. } if deviation > 0.0 => Role::Weighted { deviation, wish: 0.0 },
        Knowledge::Unknown => {
            let size = x[number].abs();
            Role::Weighted {
                deviation: if size > 0.0 { size } else { variable.size.unwrap_or(typical) },
                wish: 0.0,
            }
        }
        _ => Role::Held,
    };
    let roles: Vec<Role> = part.variables.iter().enumerate().map(role).collect();
    if let Ok(step) = solve(&part, x, &roles, false, None) {
        x.iter_mut().zip(&step.change).for_each(|(x, change)| *x += change);
    }
}

struct Walk<'a> {
    problem: &'a Problem,
    linear: bool,
    /// Whether unknown quantities must keep their bounds at every step; before, they are only looked at.
    keep: bool,
    typical: f64,
    /// How far soft wishes reach, as a multiple of the usual.
    stretch: f64,
    /// Sizes against which the equations are judged.
    natural: &'a [f64],
    /// Violation and distance of the points passed: a new one must improve on one of the two.
    filter: Vec<(f64, f64)>,
}

impl Walk<'_> {
    fn roles(&self, x: &[f64]) -> Vec<Role> {
        let role = |(number, variable): (usize, &super::problem::Variable)| match variable.measurement() {
            Some((value, deviation)) => Role::Weighted { deviation, wish: value - x[number] },
            None if variable.constant().is_some() => Role::Held,
            None if self.keep && (variable.lower.is_some() || variable.upper.is_some()) => Role::Weighted {
                deviation: self.stretch * 10.0 * x[number].abs().max(variable.size.unwrap_or(self.typical)),
                wish: 0.0,
            },
            None => Role::Found,
        };
        self.problem.variables.iter().enumerate().map(role).collect()
    }

    /// Steps until nothing moves.
    fn settle(&mut self, x: &mut Vec<f64>) -> Result<(Step, usize), NoSolution> {
        // Rows stay the same from step to step where all is linear.
        let mut earlier: Option<Step> = None;
        let mut shortest = f64::INFINITY;
        let mut stalled = 0;
        for iteration in 1..=ITERATIONS {
            let step = match solve(self.problem, x, &self.roles(x), false, earlier.as_ref()) {
                Ok(step) => step,
                Err(NoStep::Undefined) => return Err(NoSolution::Undefined(x.clone())),
                Err(NoStep::Infeasible(_)) => return Err(NoSolution::Contradictory(x.clone())),
            };
            if self.linear && step.contradicts {
                return Err(NoSolution::Contradictory(x.clone()));
            }
            let length = self.length(x, &step.change);
            if length.is_nan() {
                return Err(NoSolution::Unsettled { x: x.clone(), iterations: iteration });
            }
            let whole = self.linear || length < 1e-6;
            *x = if whole { moved(x, &step.change, 1.0) } else { self.search(x, &step.change) };
            // Where all is linear the bounds found are enough: the last step, with them held, is exact.
            let settled = if self.linear { 1e-8 } else { SETTLED };
            let done = length <= settled || (self.linear && !self.keep);
            stalled = if length < 0.9 * shortest { 0 } else { stalled + 1 };
            shortest = shortest.min(length);
            if done || (stalled > 8 && length < if self.linear { 1e-4 } else { 1e-7 }) {
                return Ok((step, iteration));
            }
            earlier = Some(step).filter(|_| self.linear);
        }
        Err(NoSolution::Unsettled { x: x.clone(), iterations: ITERATIONS })
    }

    /// Largest change, in deviations; beside what rounding alone may move.
    fn length(&self, x: &[f64], change: &[f64]) -> f64 {
        let one = |number: usize| {
            let usual = self.problem.variables[number].size.unwrap_or(self.typical);
            let size = x[number].abs().max(1e-3 * usual);
            let unit = self.problem.variables[number].measurement().map_or(size, |(_, d)| d.max(1e-4 * size));
            (change[number] / unit).abs()
        };
        (0..x.len())
            .map(one)
            .fold(0.0, |most, length| if length.is_nan() { length } else { f64::max(most, length) })
    }

    /// The first of the lengths 1, ½, ¼ … at which the point improves on all points passed in violation or distance.
    fn search(&mut self, x: &[f64], change: &[f64]) -> Vec<f64> {
        let here = (self.violation(x), self.distance(x));
        self.filter.push(here);
        let mut share = 1.0;
        let mut best: Option<(f64, Vec<f64>)> = None;
        for _ in 0..25 {
            let trial = moved(x, change, share);
            let (violation, distance) = (self.violation(&trial), self.distance(&trial));
            if violation.is_finite() {
                let improves =
                    |&(v, d): &(f64, f64)| violation < 0.999 * v || distance < d - 1e-4 * v - 1e-12;
                if violation <= 1e-12 || self.filter.iter().all(improves) {
                    return trial;
                }
                if best.as_ref().is_none_or(|(least, _)| violation < *least) {
                    best = Some((violation, trial));
                }
            }
            share *= 0.5;
        }
        best.map_or_else(|| x.to_vec(), |(_, trial)| trial)
    }

    /// Largest violation of an equation relative to its terms; infinite where one is not defined.
    fn violation(&self, x: &[f64]) -> f64 {
        worst(self.problem, self.natural, x).0
    }

    /// Σ of the squared distances from the measurements, in deviations.
    fn distance(&self, x: &[f64]) -> f64 {
        let one = |(variable, x): (&super::problem::Variable, &f64)| {
            variable.measurement().map_or(0.0, |(value, deviation)| {
                let t = (value - x) / deviation;
                t * t
            })
        };
        self.problem.variables.iter().zip(x).map(one).sum()
    }

    /// Whether an unknown quantity stands outside its bounds.
    fn bounds_broken(&self, x: &[f64], relative: f64) -> bool {
        self.problem.variables.iter().zip(x).filter(|(v, _)| v.is_unknown()).any(|(variable, x)| {
            let slack = relative * x.abs().max(variable.size.unwrap_or(self.typical));
            variable.lower.is_some_and(|l| *x < l - slack) || variable.upper.is_some_and(|u| *x > u + slack)
        })
    }

    fn move_inside(&self, x: &mut [f64]) {
        for (variable, x) in self.problem.variables.iter().zip(x).filter(|(v, _)| v.is_unknown()) {
            *x = x.max(variable.lower.unwrap_or(f64::MIN)).min(variable.upper.unwrap_or(f64::MAX));
        }
    }

    /// Exactly onto the bounds that hold, without the rounding of the steps.
    fn put_on_bounds(&self, x: &mut [f64], places: &[Place]) {
        for ((x, variable), place) in x.iter_mut().zip(&self.problem.variables).zip(places) {
            let bound = match place {
                Place::Between => None,
                Place::Lower => variable.lower,
                Place::Upper => variable.upper,
            };
            *x = bound.unwrap_or(*x);
        }
    }

    /// The problem linearised once more, with the quantities at active bounds as constants.
    fn with_bounds_held(&self, x: &mut Vec<f64>, places: &[Place]) -> Result<Step, NoSolution> {
        let free = Walk { keep: false, filter: Vec::new(), ..*self };
        self.put_on_bounds(x, places);
        let mut roles = free.roles(x);
        for (role, _) in roles.iter_mut().zip(places).filter(|(_, place)| **place != Place::Between) {
            *role = Role::Held;
        }
        let step =
            solve(self.problem, x, &roles, false, None).map_err(|_| NoSolution::Contradictory(x.clone()))?;
        // What no equation determines may go anywhere: it has no value in the end.
        let mut polished = moved(x, &step.change, 1.0);
        let open = open_directions(&step, x.len());
        let mut determined = polished.clone();
        let mut change = step.change.clone();
        for (number, _) in &open {
            determined[*number as usize] = x[*number as usize];
            change[*number as usize] = 0.0;
        }
        if self.length(x, &change) < 1e-3 && !self.bounds_broken(&determined, 1e-6) {
            std::mem::swap(x, &mut polished);
        }
        Ok(step)
    }
}

fn moved(x: &[f64], change: &[f64], share: f64) -> Vec<f64> {
    x.iter().zip(change).map(|(x, change)| x + share * change).collect()
}
