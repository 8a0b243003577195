//! How far equations are from holding, against the size of their terms.

use super::problem::{Problem, Tangent, Variable};
use super::start::typical_size;

/// Rounding that an unknown quantity brings from its largest equation into its others: this share of the size.
const CARRIED: f64 = 1e-6;

/// The sizes that the values of the equations are compared with: their terms at the starting point, what one deviation
/// of every measurement changes, and the rounding that unknown quantities carry over from larger equations. Terms
/// that the solution makes 0 leave rounding of this size behind.
pub(super) fn natural_sizes(problem: &Problem, start: &[f64]) -> Vec<f64> {
    let (mut tangent, mut scratch) = (Tangent::default(), Vec::new());
    let mut sizes = Vec::with_capacity(problem.equations.len());
    // A soft wish rounds in proportion to the typical size, whatever the quantity itself comes to.
    let mut reach = vec![100.0 * typical_size(problem); problem.variables.len()];
    for equation in &problem.equations {
        equation.tangent(start, &mut tangent, &mut scratch);
        let spread = |(v, slope): &(u32, f64)| {
            problem.variables[*v as usize]
                .measurement()
                .map_or(0.0, |(_, deviation)| (slope * deviation).abs())
        };
        let size = tangent.size + tangent.gradient.iter().map(spread).sum::<f64>();
        let size = if size.is_finite() { size } else { 0.0 };
        for (v, slope) in tangent.gradient.iter().filter(|(v, _)| problem.variables[*v as usize].is_unknown())
        {
            let carried = size / slope.abs();
            if carried.is_finite() {
                reach[*v as usize] = reach[*v as usize].max(carried);
            }
        }
        sizes.push(size);
    }
    if !problem.variables.iter().any(Variable::is_unknown) {
        return sizes;
    }
    for (equation, size) in problem.equations.iter().zip(&mut sizes) {
        equation.tangent(start, &mut tangent, &mut scratch);
        let carried = |(v, slope): &(u32, f64)| CARRIED * slope.abs() * reach[*v as usize];
        let unknown = tangent.gradient.iter().filter(|(v, _)| problem.variables[*v as usize].is_unknown());
        let most = unknown.map(carried).fold(0.0, f64::max);
        if most.is_finite() {
            *size = size.max(most);
        }
    }
    sizes
}

/// Largest relative violation and the equation that has it; infinite where one is not defined.
pub(super) fn worst(problem: &Problem, natural: &[f64], x: &[f64]) -> (f64, Option<usize>) {
    let (mut tangent, mut scratch) = (Tangent::default(), Vec::new());
    let mut worst = (0.0, None);
    for (number, equation) in problem.equations.iter().enumerate() {
        equation.tangent(x, &mut tangent, &mut scratch);
        if !tangent.value.is_finite() {
            return (f64::INFINITY, Some(number));
        }
        let size = tangent.size.max(natural[number]);
        if size > 0.0 && tangent.value.abs() / size > worst.0 {
            worst = (tangent.value.abs() / size, Some(number));
        }
    }
    worst
}
