//! Running years: from a plan and parameters to a trajectory.

pub mod trajectory;

pub use trajectory::{MarketYear, Trajectory, YearResult};
