//! Which equations cannot hold together: a smallest set, found from the elimination.
//!
//! A row that elimination leaves as `0 = c` is a sum of equations; as the others in the sum are independent, leaving
//! out any one of them removes the contradiction. Where bounds take part, the equations of the ray along which the
//! dual grows are tried without one after the other (E-R9 of `docs/equations/reconciliation.md`).

use super::echelon::eliminate;
use super::outcome::Contradiction;
use super::problem::{Problem, Variable};
use super::start::typical_size;
use super::step::{HOLDS, NoStep, Role, lines_at, solve};

/// Larger sets are not thinned out: every equation in them costs a solution.
const THINNED: usize = 400;

/// The contradiction of a problem near `x`, smallest that the elimination shows.
pub(super) fn find(problem: &Problem, x: &[f64]) -> Contradiction {
    let n = problem.variables.len();
    let moving = |want_unknown: bool| -> Vec<u32> {
        let fits = |v: &Variable| v.constant().is_none() && v.is_unknown() == want_unknown;
        (0..n as u32).filter(|v| fits(&problem.variables[*v as usize])).collect()
    };
    let roles: Vec<Role> = problem
        .variables
        .iter()
        .map(|v| if v.constant().is_some() { Role::Held } else { Role::Found })
        .collect();
    let Ok(lines) = lines_at(problem, x, &roles, true) else { return Contradiction::default() };
    let echelon = eliminate(lines, n, &[moving(true), moving(false)]);
    let shortest = echelon
        .empty
        .iter()
        .filter(|line| !line.holds(HOLDS))
        .map(|line| line.combination.iter().map(|(equation, _)| *equation as usize).collect::<Vec<_>>())
        .min_by_key(Vec::len);
    match shortest {
        Some(equations) => Contradiction { equations, bounded: Vec::new() },
        None => with_bounds(problem, x),
    }
}

/// A contradiction in which bounds take part.
fn with_bounds(problem: &Problem, x: &[f64]) -> Contradiction {
    let mut part = problem.clone();
    let Some(ray) = ray(&part, x) else { return Contradiction::default() };
    let mut kept: Vec<usize> = ray;
    part.equations = kept.iter().map(|e| problem.equations[*e].clone()).collect();
    if kept.len() <= THINNED {
        let mut at = 0;
        while at < kept.len() {
            let removed = part.equations.remove(at);
            if ray_exists(&part, x) {
                kept.remove(at);
            } else {
                part.equations.insert(at, removed);
                at += 1;
            }
        }
    }
    let mut taking_part: Vec<usize> = part.equations.iter().flat_map(|e| e.variables()).collect();
    taking_part.sort_unstable();
    taking_part.dedup();
    let bounded = |v: &usize| problem.variables[*v].lower.is_some() || problem.variables[*v].upper.is_some();
    taking_part.retain(|v| problem.variables[*v].constant().is_none() && bounded(v));
    if taking_part.len() <= THINNED {
        taking_part.retain(|v| {
            let before = part.variables[*v];
            part.variables[*v] = Variable::free(before.knowledge);
            let needed = !ray_exists(&part, x);
            if needed {
                part.variables[*v] = before;
            }
            needed
        });
    }
    Contradiction { equations: kept, bounded: taking_part }
}

/// Whether equations and bounds cannot hold together.
fn ray_exists(problem: &Problem, x: &[f64]) -> bool {
    matches!(attempt(problem, x, false), Err(NoStep::Infeasible(_)))
}

/// The equations of a ray along which the dual grows without end.
fn ray(problem: &Problem, x: &[f64]) -> Option<Vec<usize>> {
    match attempt(problem, x, true) {
        Err(NoStep::Infeasible(combination)) => {
            let largest = combination.iter().map(|(_, factor)| factor.abs()).fold(0.0, f64::max);
            let takes_part = |(_, factor): &&(u32, f64)| factor.abs() > 1e-9 * largest;
            Some(combination.iter().filter(takes_part).map(|(e, _)| *e as usize).collect())
        }
        _ => None,
    }
}

/// One step in which every quantity has a wish of its own size.
fn attempt(problem: &Problem, x: &[f64], trace: bool) -> Result<(), NoStep> {
    let typical = typical_size(problem);
    let role = |(variable, x): (&Variable, &f64)| match variable.constant() {
        Some(_) => Role::Held,
        None => Role::Weighted { deviation: x.abs().max(1e-3 * typical), wish: 0.0 },
    };
    let roles: Vec<Role> = problem.variables.iter().zip(x).map(role).collect();
    solve(problem, x, &roles, trace, None).map(|_| ())
}
