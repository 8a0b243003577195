//! Where iterations begin: measurements where they are, unknown quantities where the equations put them.

use super::problem::{Equation, Knowledge, Problem, Tangent, Variable};

/// A starting point: known values and given starts; then, equation by equation, what only one unknown is left to
/// determine; what remains gets its usual size, times `stretch`.
pub(super) fn starting_point(problem: &Problem, stretch: f64) -> Vec<f64> {
    let typical = typical_size(problem);
    let mut known = vec![false; problem.variables.len()];
    let mut x: Vec<f64> = Vec::with_capacity(known.len());
    for (number, variable) in problem.variables.iter().enumerate() {
        let value = match variable.knowledge {
            Knowledge::Exact(value) => Some(value),
            Knowledge::Measured { value, .. } => variable.start.or(Some(value)),
            Knowledge::Unknown => variable.start,
        };
        known[number] = value.is_some();
        // No two alike, so that nothing cancels by chance in what the equations leave open.
        let size = stretch * variable.size.unwrap_or(typical) * (1.0 + 0.3 * scatter(number as u64));
        let begin = value.unwrap_or(size);
        let inside = within(variable.lower, variable.upper, begin);
        x.push(if variable.is_unknown() { inside } else { begin });
    }
    if known.contains(&false) {
        propagate(problem, &mut x, &mut known);
    }
    x
}

/// Finds unknown quantities one by one from equations in which they are the last unknown.
fn propagate(problem: &Problem, x: &mut [f64], known: &mut [bool]) {
    let mut holders = vec![Vec::new(); x.len()];
    let mut left: Vec<usize> = Vec::with_capacity(problem.equations.len());
    for (number, equation) in problem.equations.iter().enumerate() {
        let mut unknown: Vec<usize> = equation.variables().filter(|v| !known[*v]).collect();
        unknown.sort_unstable();
        unknown.dedup();
        unknown.iter().for_each(|v| holders[*v].push(number));
        left.push(unknown.len());
    }
    let mut ready: Vec<usize> = (0..left.len()).rev().filter(|e| left[*e] == 1).collect();
    while let Some(number) = ready.pop() {
        let equation = &problem.equations[number];
        let Some(variable) = equation.variables().find(|v| !known[*v]) else { continue };
        let bounds = &problem.variables[variable];
        if let Some(value) = root(equation, x, variable) {
            let inside = within(bounds.lower, bounds.upper, value);
            // A value of 0 starts badly where it multiplies something.
            x[variable] = if inside == 0.0 && value != 0.0 { x[variable] } else { inside };
        }
        known[variable] = true;
        for &other in &holders[variable] {
            left[other] -= 1;
            if left[other] == 1 {
                ready.push(other);
            }
        }
    }
}

/// The value of one quantity that solves an equation, by Newton's method; none where that leads nowhere.
fn root(equation: &Equation, x: &mut [f64], variable: usize) -> Option<f64> {
    let (begin, mut scratch, mut tangent) = (x[variable], Vec::new(), Tangent::default());
    let mut answer = None;
    for _ in 0..40 {
        equation.tangent(x, &mut tangent, &mut scratch);
        let slope = tangent.gradient.iter().find(|(v, _)| *v as usize == variable).map_or(0.0, |g| g.1);
        let next = x[variable] - tangent.value / slope;
        if !next.is_finite() {
            break;
        }
        let moved = (next - x[variable]).abs();
        x[variable] = next;
        if moved <= 1e-9 * next.abs() {
            answer = Some(next);
            break;
        }
    }
    x[variable] = begin;
    answer
}

/// Median of the absolute values known; 1 where there is none.
pub(super) fn typical_size(problem: &Problem) -> f64 {
    let value = |variable: &Variable| match variable.knowledge {
        Knowledge::Exact(value) | Knowledge::Measured { value, .. } => Some(value.abs()),
        Knowledge::Unknown => variable.start.map(f64::abs),
    };
    let known = problem.variables.iter().filter_map(value);
    let mut sizes: Vec<f64> = known.filter(|size| *size > 0.0).collect();
    if sizes.is_empty() {
        return 1.0;
    }
    let middle = sizes.len() / 2;
    *sizes.select_nth_unstable_by(middle, f64::total_cmp).1
}

fn within(lower: Option<f64>, upper: Option<f64>, value: f64) -> f64 {
    let inside = match (lower, upper) {
        (Some(low), Some(high)) if value <= low || value >= high => 0.5 * (low + high),
        (Some(low), None) if value < low => low + value.abs().max(low.abs()),
        (None, Some(high)) if value > high => high - value.abs().max(high.abs()),
        _ => value,
    };
    if inside.is_finite() { inside } else { value }
}

/// A number in 0..1 of no pattern, the same for the same seed (splitmix64).
pub(super) fn scatter(seed: u64) -> f64 {
    let mut z = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}
