//! The network: processes, markets and stocks as nodes, and every structural arc between them.
//!
//! The list of [`Arc`]s is the shape of the flow array: one entry an arc, for every year, scenario and
//! draw. All values are ≥ 0; direction is the arc's.

pub mod build;
pub mod dependencies;
pub mod generate;
pub mod groups;

pub use build::build;

use crate::id::{ArcId, MarketId, MaterialId, ProcessId, Table};
use crate::model::Market;
use petgraph::graph::DiGraph;

/// A node of the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A process.
    Process(ProcessId),
    /// A market.
    Market(MarketId),
    /// The storage stock of a market.
    Stock(MarketId),
    /// Final demand at a market.
    Demand(MarketId),
    /// Nature: extraction, air, discharge.
    Nature,
    /// Outside the city: import and export.
    Outside,
    /// Final disposal.
    Disposal,
    /// Losses of processes.
    Lost,
    /// The pseudo-node of what is missing.
    Missing,
}

/// What an arc is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArcKind {
    /// Market → process: feed taken, of this year's surplus.
    Take,
    /// Market → process: feed taken, topped up from prior-year stock.
    TakePrior,
    /// Market → process: a draw served from this year's flows.
    Draw,
    /// Market → process: the part of a draw served from prior-year stock.
    DrawPrior,
    /// Missing → process: the part of a draw that nobody serves.
    Unmet,
    /// Process → market: product, by-product or emission delivered.
    Delivery,
    /// Process → market: product made on call.
    Made,
    /// Process → lost: leaves at once.
    Loss,
    /// Process → itself: counted, not traded.
    Recirculated,
    /// Storage taker → stock: stored by a process.
    StoredByProcess,
    /// Market → demand: final demand served from this year's flows.
    Final,
    /// Market → demand: final demand served from prior-year stock.
    FinalPrior,
    /// Missing → demand: final demand not served.
    FinalUnmet,
    /// Market → market above: surplus passed up.
    PassUp,
    /// Market above → market: shortage covered from above (this year's flows and stock of above).
    PassDown,
    /// Outside → market.
    Import,
    /// Nature → market.
    Extraction,
    /// Market → outside.
    Export,
    /// Market → stock: surplus stored.
    Store,
    /// Market → disposal.
    Dispose,
    /// Market → nature.
    Discharge,
    /// Stock → market: prior-year stock used for draws.
    ReclaimForDraws,
    /// Stock → market: prior-year stock used by takers.
    ReclaimForTakers,
}

/// A structural arc: one entry of the flow array, in base units of its material per year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Where it comes from.
    pub from: Node,
    /// Where it goes.
    pub to: Node,
    /// Material.
    pub material: MaterialId,
    /// What it is.
    pub kind: ArcKind,
    /// The recipe row it comes from: process and position in its rows.
    pub row: Option<(ProcessId, usize)>,
}

/// The network of a model's structure.
#[derive(Clone, Debug)]
pub struct Network {
    /// Markets with their defaults filled in; children stand after their parents.
    pub markets: Table<MarketId, Market>,
    /// The next market of the same material above each market; `None` at the root.
    pub parent: Vec<Option<MarketId>>,
    /// For every process and row of its recipe: the market it trades in; `None` for losses, recirculation.
    pub trades: Vec<Vec<Option<MarketId>>>,
    /// For every row of the model's final demand: the market it draws on.
    pub demands: Vec<MarketId>,
    /// All arcs in a fixed order.
    pub arcs: Table<ArcId, Arc>,
    /// The same as a graph, for exports and walks: nodes that have arcs, one edge an arc.
    pub graph: DiGraph<Node, ArcId>,
}
