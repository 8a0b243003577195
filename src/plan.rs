//! The plan: a network compiled for running, shared by all scenarios and draws.
//!
//! A [`Plan`] is structure only; all numbers of a year stand in a [`ParameterBlock`], one column a scenario or
//! draw.

pub mod compile;
pub mod cycle;
pub mod effects;
pub mod parameters;

pub use compile::compile;
pub use cycle::Loop;
pub use parameters::{ParameterBlock, parameters, parameters_with};

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::id::{Id, MarketId, ProcessId};
use crate::network::Network;
use crate::network::groups::{Groups, Side};
use crate::units::Dimension;

/// The structure of a model, compiled.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Network.
    pub network: Network,
    /// Loops of the dependency graph, in the order in which they are solved.
    pub loops: Vec<Loop>,
    /// Remarks on the structure (no errors).
    pub findings: Findings,
    /// Groups and queues.
    pub groups: Groups,
    /// What is done in which order to solve a year.
    pub steps: Vec<Step>,
    /// Recipe rows of all processes, one slot each.
    pub rows: Rows,
    /// `level` processes.
    pub levels: Vec<ProcessId>,
    /// Dimension of every market's material.
    pub market_dimensions: Vec<Dimension>,
    /// Whether a market's shortage is taken from nature.
    pub from_nature: Vec<bool>,
}

/// One step of solving a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Fill a lone group.
    Fill(usize),
    /// Clear what is left of a market.
    Remainder(MarketId),
    /// Solve a loop.
    Loop(usize),
}

/// What a recipe row does in its market.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trade {
    /// Takes feed.
    Take(MarketId),
    /// Takes feed and puts it into the market's stock.
    Store(MarketId),
    /// Draws.
    Draw(MarketId),
    /// Delivers.
    Deliver(MarketId),
    /// Delivers on call.
    Make(MarketId),
    /// Is not traded.
    None,
}

/// Recipe rows of all processes laid end to end; a *slot* is a position in them.
#[derive(Clone, Debug)]
pub struct Rows {
    /// First slot of every process, and the number of slots at the end.
    pub first: Vec<u32>,
    /// What the row of a slot does.
    pub trade: Vec<Trade>,
    /// Dimension of the row's material.
    pub dimension: Vec<Dimension>,
    /// Slot of the reference row of every process.
    pub reference: Vec<u32>,
}

impl Rows {
    /// Slots of a process.
    #[must_use]
    pub fn of(&self, process: ProcessId) -> std::ops::Range<usize> {
        self.first[process.index()] as usize..self.first[process.index() + 1] as usize
    }

    /// Number of slots.
    #[must_use]
    pub fn len(&self) -> usize {
        self.trade.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.trade.is_empty()
    }

    /// Dimension in which the activity of a process is counted.
    #[must_use]
    pub fn dimension_of(&self, process: ProcessId) -> Dimension {
        self.dimension[self.reference[process.index()] as usize]
    }
}

impl Plan {
    /// Number of processes.
    #[must_use]
    pub fn n_processes(&self) -> usize {
        self.rows.reference.len()
    }

    /// Whether a model has the structure this plan was compiled from: the same rows, markets and arcs. Models of
    /// the scenarios of one city have; a change of a sink or of `keep_local` is a change of structure.
    #[must_use]
    pub fn fits(&self, model: &crate::model::Model) -> bool {
        let other = crate::network::build(model);
        other.arcs.as_slice() == self.network.arcs.as_slice()
            && other.markets.len() == self.network.markets.len()
            && other.markets.iter().zip(&self.network.markets).all(|(a, b)| a.surplus == b.surplus)
            && crate::network::groups::find(model, &other).queues == self.groups.queues
    }

    /// What keeps a scenario's model from being run on this plan: another structure (E312), recipes that its
    /// projects open (E308 to E310).
    #[must_use]
    pub fn misfits(&self, model: &crate::model::Model) -> Findings {
        let mut findings = Findings(effects::check(model));
        if !self.fits(model) {
            let scenario = model.scenarios[model.scenario].key.clone();
            findings.push(Diagnostic::new(Code("E312")).with("scenario", scenario));
        }
        findings
    }

    /// Queues of a market on one side, by tier: positions in `groups.queues`.
    #[must_use]
    pub fn queues_of(&self, market: MarketId, side: Side) -> std::ops::Range<usize> {
        let queues = &self.groups.queues;
        let start = queues.partition_point(|q| (q.market, q.side) < (market, side));
        let end = queues.partition_point(|q| (q.market, q.side) <= (market, side));
        start..end
    }
}
