//! One linearised reconciliation: eliminate what is unknown, settle what is measured, find the unknown again.

use super::bounded::{DEPENDENT, Place, Settled, Wishes, settle};
use super::echelon::{Echelon, Entry, Line, eliminate};
use super::problem::{Problem, Tangent};
use super::reduced::Reduced;
use crate::linear::cholesky::{Factor, SmallPivot};

/// A pivot of the normal matrix below this may hide a dependent row or rows of very different scale.
pub(super) const SUSPICIOUS: f64 = 1e-5;

/// What is left of a right side, relative to its terms, that counts as 0.
pub(super) const HOLDS: f64 = 1e-9;

pub(super) const NONE: u32 = u32::MAX;

/// How a quantity takes part in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Role {
    /// Does not move.
    Held,
    /// Has a wish: a measurement, or an unknown quantity near where it is. Deviation and distance to the wish.
    Weighted { deviation: f64, wish: f64 },
    /// Is found from the others.
    Found,
}

/// The change that solves the linearised problem, and all that is needed to judge it.
pub(super) struct Step {
    /// Change of every quantity.
    pub(super) change: Vec<f64>,
    /// Rows that define found quantities, in the order of elimination.
    pub(super) pivots: Vec<(u32, Line)>,
    /// Found quantities that no equation determines.
    pub(super) free: Vec<u32>,
    pub(super) reduced: Reduced,
    pub(super) settled: Settled,
    /// Column of every weighted quantity, else [`NONE`].
    pub(super) column_of: Vec<u32>,
    pub(super) scale: Vec<f64>,
    /// Whether some row without entries does not hold.
    pub(super) contradicts: bool,
}

/// Why there is no step.
pub(super) enum NoStep {
    /// Some equation is not defined here.
    Undefined,
    /// Equations and bounds cannot hold together; the multipliers of the rows, by their combinations.
    Infeasible(Vec<(u32, f64)>),
}

/// Rows of the equations linearised at `x`, without the quantities held.
pub(super) fn lines_at(
    problem: &Problem,
    x: &[f64],
    roles: &[Role],
    trace: bool,
) -> Result<Vec<Line>, NoStep> {
    let mut tangent = Tangent::default();
    let mut scratch = Vec::new();
    let mut lines = Vec::with_capacity(problem.equations.len());
    for (number, equation) in problem.equations.iter().enumerate() {
        equation.tangent(x, &mut tangent, &mut scratch);
        let finite = tangent.value.is_finite() && tangent.gradient.iter().all(|(_, slope)| slope.is_finite());
        if !finite {
            return Err(NoStep::Undefined);
        }
        let moving =
            tangent.gradient.iter().filter(|(v, slope)| *slope != 0.0 && roles[*v as usize] != Role::Held);
        let mut entries = Vec::with_capacity(tangent.gradient.len());
        entries.extend(moving.map(|&(column, value)| Entry { column, value, size: value.abs() }));
        lines.push(Line {
            entries,
            right: -tangent.value,
            right_size: tangent.size,
            combination: if trace { vec![(number as u32, 1.0)] } else { Vec::new() },
        });
    }
    Ok(lines)
}

/// Solves the problem linearised at `x`, from the multipliers of an earlier step on the same rows where there is one.
/// `trace` keeps of which equations every row is made.
pub(super) fn solve(
    problem: &Problem,
    x: &[f64],
    roles: &[Role],
    trace: bool,
    earlier: Option<&Step>,
) -> Result<Step, NoStep> {
    let n = problem.variables.len();
    let lines = lines_at(problem, x, roles, trace)?;
    let found = columns_of(roles, |role| matches!(role, Role::Found));
    // Unknown quantities with a wish: their rows are kept, but they dominate them, so they are cleared from the rest.
    let wished = columns_of(roles, |role| matches!(role, Role::Weighted { .. }));
    let wished = wished.into_iter().filter(|v| problem.variables[*v as usize].is_unknown()).collect();
    let Echelon { mut pivots, mut free, mut rest, empty } = eliminate(lines, n, &[found, wished]);
    let mut contradicts = empty.iter().any(|line| !line.holds(HOLDS));
    let is_found = |column: u32| roles[column as usize] == Role::Found;
    let mut kept: Vec<Line> = Vec::new();
    let (defining, dominated): (Vec<_>, Vec<_>) =
        pivots.into_iter().partition(|(column, _)| is_found(*column));
    pivots = defining;
    kept.extend(dominated.into_iter().map(|(_, line)| line));
    kept.append(&mut rest);
    free.retain(|column| is_found(*column));

    let weights = Weights::new(problem, x, roles);
    let mut reduced = weights.reduce(&kept);
    let mut factor = full_factor(&reduced);
    if factor.smallest_pivot < SUSPICIOUS || !factor.dependent.is_empty() {
        let careful = eliminate(kept, n, &weights.stages());
        contradicts |= careful.empty.iter().any(|line| !line.holds(HOLDS));
        kept = careful.pivots.into_iter().map(|(_, line)| line).collect();
        reduced = weights.reduce(&kept);
        factor = full_factor(&reduced);
    }
    let wishes =
        Wishes { centre: &weights.centre, lower: &weights.lower, upper: &weights.upper, soft: &weights.soft };
    let multipliers = earlier.map(|step| &step.settled.multipliers[..]);
    let settled = settle(&reduced, &wishes, factor, multipliers).map_err(|infeasible| {
        let rows = kept.iter().zip(&infeasible.ray).zip(&reduced.row_scale);
        let combined = rows.fold(Vec::new(), |total, ((line, weight), scale)| {
            super::echelon::sum(&total, weight * scale, &line.combination)
        });
        NoStep::Infeasible(combined)
    })?;
    let mut change = vec![0.0; n];
    for (column, value) in settled.values.iter().enumerate() {
        change[reduced.columns[column] as usize] = value * weights.scale[column];
    }
    for (column, line) in pivots.iter().rev() {
        change[*column as usize] = defined_by(line, *column, &change);
    }
    let Weights { column_of, scale, .. } = weights;
    Ok(Step { change, pivots, free, reduced, settled, column_of, scale, contradicts })
}

fn full_factor(reduced: &Reduced) -> Factor {
    let mut factor = reduced.structure.factor();
    reduced.factor(&mut factor, SmallPivot::LeaveOut { threshold: DEPENDENT }, |_| true);
    factor
}

/// The value that a row gives its pivot column, all others being known.
fn defined_by(line: &Line, column: u32, values: &[f64]) -> f64 {
    let (mut sum, mut own) = (line.right, 1.0);
    for entry in &line.entries {
        if entry.column == column {
            own = entry.value;
        } else {
            sum -= entry.value * values[entry.column as usize];
        }
    }
    sum / own
}

fn columns_of(roles: &[Role], wanted: impl Fn(&Role) -> bool) -> Vec<u32> {
    (0..roles.len() as u32).filter(|v| wanted(&roles[*v as usize])).collect()
}

impl Step {
    /// The bounds that hold quantities in place.
    pub(super) fn active(&self) -> Vec<Place> {
        let place = |column: &u32| match *column {
            NONE => Place::Between,
            column => self.settled.places[column as usize],
        };
        self.column_of.iter().map(place).collect()
    }
}

/// Deviations, wishes and bounds of the weighted quantities.
struct Weights {
    columns: Vec<u32>,
    column_of: Vec<u32>,
    scale: Vec<f64>,
    centre: Vec<f64>,
    lower: Vec<f64>,
    upper: Vec<f64>,
    soft: Vec<bool>,
}

impl Weights {
    fn new(problem: &Problem, x: &[f64], roles: &[Role]) -> Self {
        let mut weights = Self {
            columns: Vec::new(),
            column_of: vec![NONE; roles.len()],
            scale: Vec::new(),
            centre: Vec::new(),
            lower: Vec::new(),
            upper: Vec::new(),
            soft: Vec::new(),
        };
        for (number, role) in roles.iter().enumerate() {
            let Role::Weighted { deviation, wish } = *role else { continue };
            let variable = &problem.variables[number];
            weights.column_of[number] = weights.columns.len() as u32;
            weights.columns.push(number as u32);
            weights.scale.push(deviation);
            weights.centre.push(wish / deviation);
            weights.soft.push(variable.is_unknown());
            let room = |bound: Option<f64>, none: f64| bound.map_or(none, |b| (b - x[number]) / deviation);
            weights.lower.push(room(variable.lower, f64::NEG_INFINITY));
            weights.upper.push(room(variable.upper, f64::INFINITY));
        }
        weights
    }

    fn reduce(&self, lines: &[Line]) -> Reduced {
        Reduced::new(lines, self.columns.clone(), &self.column_of, &self.scale)
    }

    /// The columns by thousandfold classes of their deviation, largest first: what dominates is cleared first.
    fn stages(&self) -> Vec<Vec<u32>> {
        let largest = self.scale.iter().fold(0.0_f64, |m, s| m.max(*s));
        let mut stages: Vec<Vec<u32>> = Vec::new();
        for (column, scale) in self.columns.iter().zip(&self.scale) {
            let class = (libm::log10(largest / scale) / 3.0) as usize;
            if stages.len() <= class {
                stages.resize(class + 1, Vec::new());
            }
            stages[class].push(*column);
        }
        stages
    }
}
