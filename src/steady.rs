//! The steady state of a system of flows: what its equations determine, period by period.
//!
//! Unknown are the amounts of every flow on goods and on every layer, and what enters nodes whose outflows are shares
//! of it. Every equation is linear: balances, shares, contents, relations, releases of what entered before. Where each
//! unknown has an equation that defines it, the linear kernel solves them and the others are checks; else elimination
//! tells what is determined, what is not, and which equation contradicts the others. `docs/equations/steady.md` has
//! the numbers (E-S1 …).

mod contradictions;
mod equations;
mod pairing;
mod period;
mod shares;
mod unknowns;

pub use equations::{Ends, Label};
pub use period::PeriodState;
pub use shares::share_of;

use crate::case::FlowSystem;
use crate::diagnostic::Findings;
use crate::id::{PeriodId, Table};
use equations::Past;

/// The steady state of every period.
#[derive(Clone, Debug, Default)]
pub struct SteadyState {
    /// Of every period.
    pub periods: Table<PeriodId, PeriodState>,
}

/// Solves every period in order; `layers_sum_to_goods` adds that on every flow the layers add up to the goods. The
/// findings say what contradicts what, with an error, and which loops leave their level open, with a note.
#[must_use]
pub fn solve(system: &FlowSystem, layers_sum_to_goods: bool) -> (SteadyState, Findings) {
    let (mut state, mut findings) = (SteadyState::default(), Findings::default());
    shares::warn(system, &mut findings);
    let ends = Ends::of(system);
    let mut past = Past::default();
    for (id, period) in system.periods.enumerate() {
        let equations = equations::of(system, &ends, id, layers_sum_to_goods, &past);
        let solved = period::solve(system, period, &equations, &mut findings);
        past.push(system, &ends, &solved);
        state.periods.push(solved);
    }
    (state, findings)
}
