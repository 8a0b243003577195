//! Results of a year for a block of columns, and the scratch memory of solving it.

use super::fill::FillScratch;
use super::settle::LoopScratch;
use super::trajectory::MarketYear;
use crate::id::Id;
use crate::plan::Plan;
use crate::units::Dimension;

/// How a column of a block ended.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Status {
    /// Solved.
    #[default]
    Solved,
    /// A loop has no answer; what stands in the column is not a result.
    Failed(LoopFault),
}

/// Why a loop has no answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoopFault {
    /// Position in the plan's loops.
    pub number: usize,
    /// What was seen.
    pub kind: FaultKind,
    /// Spectral radius of the active-branch matrix, where it could be found.
    pub gain: Option<f64>,
}

/// What a loop without an answer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Gain 1: the branch matrix is singular and what enters has nowhere to go.
    NoOutlet,
    /// Gain above 1: the branch solution is negative, activities grow without end.
    Growing,
    /// An activity passed 10⁶ × the largest given flow of its dimension.
    Unbounded,
    /// Neither settles nor grows.
    Unsettled,
}

/// Results of one year for `width` columns; entry of item `i` in column `c` is `[i * width + c]`.
#[derive(Clone, Debug)]
pub struct ResultBlock {
    /// Number of columns.
    pub width: usize,
    /// Activity by process, reference units.
    pub activity: Vec<f64>,
    /// What happened in each market.
    pub markets: Vec<MarketYear>,
    /// How each column ended.
    pub status: Vec<Status>,
    /// Sweeps spent in loops, by column.
    pub sweeps: Vec<u32>,
}

impl ResultBlock {
    /// An empty block for a plan.
    #[must_use]
    pub fn new(plan: &Plan, width: usize) -> Self {
        Self {
            width,
            activity: vec![0.0; plan.n_processes() * width],
            markets: vec![MarketYear::default(); plan.network.markets.len() * width],
            status: vec![Status::Solved; width],
            sweeps: vec![0; width],
        }
    }
}

/// How loops are brought to their end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Finish {
    /// By sweeps, finished by a Newton step where that is cheaper.
    #[default]
    Newton,
    /// By sweeps alone: the definition itself, for comparison.
    SweepsOnly,
}

/// Scratch memory of [`super::evaluate()`]; allocated once for a plan and used for any number of years.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub(super) fill: FillScratch,
    pub(super) cycle: LoopScratch,
    /// Largest given flow by dimension and column.
    pub(super) given: Vec<f64>,
    /// How loops are finished.
    pub finish: Finish,
}

impl Workspace {
    /// Scratch for a plan and blocks of a width.
    #[must_use]
    pub fn new(plan: &Plan, width: usize) -> Self {
        let members = plan.groups.groups.iter().map(|g| g.members.len()).max().unwrap_or(0);
        let queues = plan.groups.groups.iter().map(|g| g.queues.len()).max().unwrap_or(0);
        Self {
            fill: FillScratch::new(members, queues),
            cycle: LoopScratch::new(plan),
            given: vec![0.0; Dimension::ALL.len() * width],
            finish: Finish::default(),
        }
    }
}

/// Where a loop ends when it is started from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherEnds {
    /// Position in the plan's loops.
    pub number: usize,
    /// The answer of the run, by local process of the loop.
    pub answer: Vec<f64>,
    /// Other answers, each different from all before it, in the order they were met.
    pub others: Vec<Vec<f64>>,
    /// Starts tried.
    pub tried: usize,
    /// Starts that did not settle: no answers, and no proof that there is only one.
    pub unsettled: usize,
}

/// The activities of one column, by process.
#[must_use]
pub fn activity_of(block: &ResultBlock, column: usize) -> Vec<f64> {
    block.activity.iter().skip(column).step_by(block.width).copied().collect()
}

/// The markets of one column.
#[must_use]
pub fn markets_of(block: &ResultBlock, column: usize) -> crate::id::Table<crate::id::MarketId, MarketYear> {
    block.markets.iter().skip(column).step_by(block.width).copied().collect()
}

/// Position of a record in a block.
pub(super) fn at(id: impl Id, width: usize, column: usize) -> usize {
    id.index() * width + column
}
