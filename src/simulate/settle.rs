//! Bringing a loop to its end: sweeps by definition, a Newton step where it is cheaper, faults named.

use super::block::{FaultKind, Finish};
use super::fill::FillScratch;
use super::scalar::{Branches, Dual};
use super::sweep::{SweepScratch, Turn, Upstream, sweep};
use crate::linear;
use crate::plan::Plan;
use crate::units::Dimension;

/// A loop is settled when no activity moved by more than this share of the scale of its dimension.
pub const SETTLED: f64 = 1e-11;
/// The step is halved after so many sweeps,
pub const SWEEPS_A_STEP: u32 = 200;
/// so many times.
pub const HALVINGS: u32 = 4;
/// An activity above this multiple of the largest given flow of its dimension has no outlet.
pub const UNBOUNDED: f64 = 1e6;
/// Newton steps are taken for loops of up to so many unknowns.
const MOST_UNKNOWNS: usize = 512;

/// Scratch for the largest loop of a plan.
#[derive(Clone, Debug)]
pub(super) struct LoopScratch {
    /// Activities by local process: the start on entry, the answer on return.
    pub(super) activity: Vec<f64>,
    /// What the loop's markets have from upstream.
    pub(super) upstream: Vec<Upstream>,
    previous: Vec<f64>,
    candidate: Vec<f64>,
    duals: Vec<Dual>,
    jacobian: Vec<f64>,
    factors: Vec<f64>,
    squares: Vec<f64>,
    right: Vec<f64>,
    step: Vec<f64>,
    everyone: Vec<usize>,
    plain: SweepScratch<f64>,
    dual: SweepScratch<Dual>,
}

impl LoopScratch {
    pub(super) fn new(plan: &Plan) -> Self {
        let most = |count: fn(&crate::plan::Loop) -> usize| plan.loops.iter().map(count).max().unwrap_or(0);
        let processes = most(|l| l.processes.len());
        let markets = most(|l| l.markets.len());
        let groups = || plan.loops.iter().flat_map(|l| &l.tiers).flat_map(|t| &t.groups);
        let queues = groups().map(|g| g.markets.len()).max().unwrap_or(0);
        let members = groups().map(|g| g.members.len()).max().unwrap_or(0);
        let unknowns = processes.min(MOST_UNKNOWNS);
        let square = || vec![0.0; unknowns * unknowns];
        Self {
            activity: vec![0.0; processes],
            upstream: vec![Upstream::default(); markets],
            previous: vec![0.0; processes],
            candidate: vec![0.0; processes],
            duals: vec![Dual::default(); processes],
            jacobian: square(),
            factors: square(),
            squares: square(),
            right: vec![0.0; unknowns],
            step: vec![0.0; unknowns],
            everyone: (0..processes).collect(),
            plain: SweepScratch::new(markets, queues, members),
            dual: SweepScratch::new(markets, queues, members),
        }
    }
}

/// Scale of every dimension: its largest given flow, or the largest activity seen where none is given.
struct Scales {
    given: [f64; Dimension::ALL.len()],
    seen: [f64; Dimension::ALL.len()],
}

impl Scales {
    fn new(given: [f64; Dimension::ALL.len()]) -> Self {
        Self { given, seen: [0.0; Dimension::ALL.len()] }
    }

    fn see(&mut self, turn: &Turn<'_>, activity: &[f64]) {
        for (&process, &value) in turn.cycle.processes.iter().zip(activity) {
            let seen = &mut self.seen[turn.plan.rows.dimension_of(process) as usize];
            *seen = seen.max(value);
        }
    }

    fn of(&self, dimension: Dimension) -> f64 {
        let given = self.given[dimension as usize];
        if given > 0.0 { given } else { self.seen[dimension as usize] }
    }

    /// Greatest move between two states, in shares of the scale; 0 where nothing moved.
    fn movement(&self, turn: &Turn<'_>, from: &[f64], to: &[f64]) -> f64 {
        let mut greatest = 0.0_f64;
        for ((&process, from), to) in turn.cycle.processes.iter().zip(from).zip(to) {
            let moved = (to - from).abs();
            if moved > 0.0 {
                greatest = greatest.max(moved / self.of(turn.plan.rows.dimension_of(process)));
            }
        }
        greatest
    }

    fn is_unbounded(&self, turn: &Turn<'_>, activity: &[f64]) -> bool {
        turn.cycle.processes.iter().zip(activity).any(|(&process, &value)| {
            let given = self.given[turn.plan.rows.dimension_of(process) as usize];
            !value.is_finite() || (given > 0.0 && value > UNBOUNDED * given)
        })
    }
}

/// Brings a loop from the start in `scratch.activity` to its end, which replaces it. Returns the sweeps spent.
///
/// # Errors
/// What the loop does instead of settling, and its gain where it could be found.
pub(super) fn settle(
    turn: &Turn<'_>,
    given: [f64; Dimension::ALL.len()],
    finish: Finish,
    scratch: &mut LoopScratch,
    fill: &mut FillScratch,
) -> Result<u32, (FaultKind, Option<f64>)> {
    let n = turn.cycle.processes.len();
    let mut scales = Scales::new(given);
    let mut sweeps = 0;
    scales.see(turn, &scratch.activity[..n]);
    for halving in 0..=HALVINGS {
        let step = 1.0 / f64::from(1_u32 << halving);
        let mut last: Option<(Branches, f64)> = None;
        let mut refused: Option<Branches> = None;
        for count in 0..SWEEPS_A_STEP {
            scratch.previous[..n].copy_from_slice(&scratch.activity[..n]);
            let branches = sweep(turn, &mut scratch.activity[..n], step, &mut scratch.plain, fill);
            sweeps += 1;
            if scales.is_unbounded(turn, &scratch.activity[..n]) {
                let gain = gain(turn, scratch, fill);
                return Err((FaultKind::Unbounded, gain));
            }
            scales.see(turn, &scratch.activity[..n]);
            let moved = scales.movement(turn, &scratch.previous[..n], &scratch.activity[..n]);
            if moved <= SETTLED {
                return Ok(sweeps);
            }
            if count % 50 == 49 {
                refused = None;
            }
            let same = last.filter(|(before, _)| *before == branches && refused != Some(branches));
            if let (Finish::Newton, Some((_, moved_before))) = (finish, same) {
                let unknowns = unknowns(turn, step);
                if unknowns <= MOST_UNKNOWNS && sweeps_to_go(moved, moved_before) > 2 * unknowns as u32 + 3 {
                    if newton(turn, step, branches, &scales, scratch, fill) {
                        return Ok(sweeps + 2);
                    }
                    refused = Some(branches);
                }
            }
            last = Some((branches, moved));
        }
    }
    let gain = gain(turn, scratch, fill);
    let kind = match gain {
        Some(gain) if (gain - 1.0).abs() <= 1e-9 => FaultKind::NoOutlet,
        Some(gain) if gain > 1.0 => FaultKind::Growing,
        _ => FaultKind::Unsettled,
    };
    Err((kind, gain))
}

/// Sweeps still needed at the contraction seen between two of them.
fn sweeps_to_go(moved: f64, before: f64) -> u32 {
    let rate = moved / before;
    if rate >= 1.0 || !rate.is_finite() {
        return u32::MAX;
    }
    if rate <= 0.0 {
        return 0;
    }
    let count = libm::log(SETTLED / moved) / libm::log(rate);
    if count < 1e6 { count.max(0.0) as u32 } else { u32::MAX }
}

/// Number of unknowns of a Newton step. A damped sweep keeps a part of every old activity.
fn unknowns(turn: &Turn<'_>, step: f64) -> usize {
    if step < 1.0 { turn.cycle.processes.len() } else { turn.cycle.feedback.len() }
}

/// The exact derivative of a sweep at `scratch.activity` into `scratch.jacobian` (column-major over the
/// unknowns), and the residual `F(a) − a` into `scratch.right`. `None` when a pass took other branches.
fn linearise(
    turn: &Turn<'_>,
    step: f64,
    expected: Option<Branches>,
    scratch: &mut LoopScratch,
    fill: &mut FillScratch,
) -> Option<()> {
    let n = turn.cycle.processes.len();
    let unknowns = unknowns(turn, step);
    let LoopScratch { activity, duals, jacobian, right, everyone, dual, .. } = scratch;
    let list: &[usize] = if step < 1.0 { &everyone[..n] } else { &turn.cycle.feedback };
    for (column, &direction) in list.iter().enumerate() {
        for (at, (dual, &value)) in duals[..n].iter_mut().zip(&activity[..n]).enumerate() {
            *dual = Dual { value, slope: f64::from(u8::from(at == direction)) };
        }
        let branches = sweep(turn, &mut duals[..n], step, dual, fill);
        if expected.is_some_and(|expected| expected != branches) {
            return None;
        }
        for (row, &process) in list.iter().enumerate() {
            jacobian[column * unknowns + row] = duals[process].slope;
            right[row] = duals[process].value - activity[process];
        }
    }
    Some(())
}

/// Solves the active branch for its fixed point. Taken only if sweeps from here would be drawn to it, it solves
/// the year, and no branch changed; then `scratch.activity` is the answer.
fn newton(
    turn: &Turn<'_>,
    step: f64,
    branches: Branches,
    scales: &Scales,
    scratch: &mut LoopScratch,
    fill: &mut FillScratch,
) -> bool {
    let n = turn.cycle.processes.len();
    let unknowns = unknowns(turn, step);
    if linearise(turn, step, Some(branches), scratch, fill).is_none() {
        return false;
    }
    let LoopScratch {
        activity,
        previous,
        candidate,
        jacobian,
        factors,
        squares,
        right,
        step: delta,
        everyone,
        plain,
        ..
    } = scratch;
    // A repelling point is an answer of the equations, but not the limit of sweeps.
    if !linear::contracts(jacobian, unknowns, factors, squares) {
        return false;
    }
    for column in 0..unknowns {
        for row in 0..unknowns {
            let one = f64::from(u8::from(row == column));
            jacobian[column * unknowns + row] = one - jacobian[column * unknowns + row];
        }
    }
    if linear::solve(jacobian, &right[..unknowns], factors, delta).is_err() {
        return false;
    }
    candidate[..n].copy_from_slice(&activity[..n]);
    let list: &[usize] = if step < 1.0 { &everyone[..n] } else { &turn.cycle.feedback };
    for (&process, delta) in list.iter().zip(&delta[..unknowns]) {
        let value = activity[process] + delta;
        let scale = scales.of(turn.plan.rows.dimension_of(turn.cycle.processes[process]));
        if value.is_nan() || value < -SETTLED * scale {
            return false;
        }
        candidate[process] = value.max(0.0);
    }
    // The first sweep brings the others along, the second confirms.
    if sweep(turn, &mut candidate[..n], step, plain, fill) != branches {
        return false;
    }
    previous[..n].copy_from_slice(&candidate[..n]);
    let confirmed = sweep(turn, &mut candidate[..n], step, plain, fill) == branches
        && scales.movement(turn, &previous[..n], &candidate[..n]) <= SETTLED;
    if confirmed {
        activity[..n].copy_from_slice(&candidate[..n]);
    }
    confirmed
}

/// Spectral radius of the undamped sweep where the loop stands.
fn gain(turn: &Turn<'_>, scratch: &mut LoopScratch, fill: &mut FillScratch) -> Option<f64> {
    let unknowns = unknowns(turn, 1.0);
    if unknowns > MOST_UNKNOWNS {
        return None;
    }
    linearise(turn, 1.0, None, scratch, fill)?;
    linear::spectral_radius(&scratch.jacobian, unknowns)
}
