//! Running years: from a plan and parameters to a trajectory.

pub mod audit;
pub mod block;
pub mod booking;
mod claims;
mod clearing;
pub mod evaluate;
mod fill;
pub mod run;
mod scalar;
pub mod settle;
pub mod several_answers;
mod sweep;
pub mod trajectory;

pub use block::{FaultKind, Finish, LoopFault, OtherEnds, ResultBlock, Status, Workspace};
pub use evaluate::{evaluate, evaluate_with_other_starts, fill_once};
pub use run::{run, run_quietly};
pub use trajectory::{MarketYear, Trajectory, YearResult};
