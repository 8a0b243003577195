//! Nodes and flows: kinds `flows`, `reconcile` and `ensemble`.

use super::equations::Output;
use crate::id::{FlowId, LayerId, NodeId, PeriodId, Table};
use crate::quantity::Quantity;

/// A system of nodes and flows over its periods.
#[derive(Clone, Debug, Default)]
pub struct FlowSystem {
    /// Nodes.
    pub nodes: Table<NodeId, Node>,
    /// Flows.
    pub flows: Table<FlowId, Flow>,
    /// Names of the layers; each applies to every flow.
    pub layers: Table<LayerId, String>,
    /// What is given in each period.
    pub periods: Table<PeriodId, Period>,
    /// Exact linear relations between goods flows, in every period.
    pub relations: Vec<Relation>,
    /// Release of what entered stocks.
    pub releases: Vec<Release>,
    /// Expressions over flows; see [`FlowSystem::symbol`] for their names.
    pub outputs: Vec<Output>,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Id as the user wrote it.
    pub key: String,
    /// What balance it has.
    pub kind: NodeKind,
}

/// What balance a node has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// What enters leaves, on goods and on every layer.
    Process,
    /// What enters and does not leave accumulates.
    Stock,
    /// None.
    Environment,
}

/// A flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Id as the user wrote it.
    pub key: String,
    /// Where it leaves.
    pub from: NodeId,
    /// Where it enters; may be the same node.
    pub to: NodeId,
}

/// What is given in one period.
#[derive(Clone, Debug, Default)]
pub struct Period {
    /// As the user wrote it; empty where the case has no periods.
    pub name: String,
    /// Of every flow.
    pub flows: Table<FlowId, Given>,
    /// Shares of what enters nodes.
    pub coefficients: Vec<Coefficient>,
    /// Contents of layers.
    pub contents: Vec<Content>,
}

/// How a row is drawn in an ensemble.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sampled {
    /// One draw of the row for all its periods.
    #[default]
    Once,
    /// One draw for each period.
    Each,
}

/// What is given of a flow in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Given {
    /// Given (exact) or measured (with a deviation) amount of goods; `None` is to be found.
    pub value: Option<Quantity>,
    /// Least amount.
    pub lower: Option<f64>,
    /// Greatest amount.
    pub upper: Option<f64>,
    /// How it is drawn.
    pub sampled: Sampled,
    /// Line of `flows.csv`, with which rows are told apart; 0 where the flow has none in this period.
    pub line: u32,
}

/// The share of what enters a node that leaves by one of its flows.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    /// The node.
    pub node: NodeId,
    /// The flow that leaves it.
    pub flow: FlowId,
    /// On which layer; `None` is goods.
    pub layer: Option<LayerId>,
    /// The one inflow it is the share of; `None` is everything that enters. Of several rows of one node, flow and
    /// layer with different inflows each gives its part of the flow.
    pub of: Option<FlowId>,
    /// Name of the share as a quantity.
    pub id: Option<String>,
    /// The share.
    pub share: Share,
    /// How it is drawn.
    pub sampled: Sampled,
    /// Line of `coefficients.csv`.
    pub line: u32,
}

/// A share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Share {
    /// To be found.
    Unknown,
    /// One minus the other shares of the same node, layer and inflow.
    Rest,
    /// Given or measured.
    Given(Quantity),
}

/// The content of a layer in a flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The flow.
    pub flow: FlowId,
    /// The layer.
    pub layer: LayerId,
    /// What the value is.
    pub measure: ContentMeasure,
    /// Name of the share as a quantity.
    pub id: Option<String>,
    /// The value; `None` is to be found.
    pub value: Option<Quantity>,
    /// How it is drawn.
    pub sampled: Sampled,
    /// Line of `layers.csv`.
    pub line: u32,
}

/// What the value of a content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentMeasure {
    /// A share of the goods flow.
    Share,
    /// An amount.
    Amount,
}

/// Σ factor·flow = constant, exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Id as the user wrote it.
    pub key: String,
    /// Flows with their factors.
    pub terms: Vec<(FlowId, f64)>,
    /// Right-hand side.
    pub constant: f64,
    /// Line of its first row in `relations.csv`.
    pub line: u32,
}

/// The share of what entered a stock in a period that leaves by a flow some periods later.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Release {
    /// The stock.
    pub node: NodeId,
    /// The flow that leaves it.
    pub flow: FlowId,
    /// How many periods later; 0 is the same period.
    pub age: u32,
    /// The share.
    pub value: Quantity,
    /// Line of `release.csv`.
    pub line: u32,
}

impl FlowSystem {
    /// The number under which outputs name the goods (`None`) or a layer of a flow:
    /// `flow · (1 + layers) + (0 | 1 + layer)`.
    #[must_use]
    pub fn symbol(&self, flow: FlowId, layer: Option<LayerId>) -> usize {
        use crate::id::Id as _;
        flow.index() * (1 + self.layers.len()) + layer.map_or(0, |layer| 1 + layer.index())
    }

    /// The flow and layer of a symbol.
    #[must_use]
    pub fn named(&self, symbol: usize) -> (FlowId, Option<LayerId>) {
        use crate::id::Id as _;
        let width = 1 + self.layers.len();
        let layer = (symbol % width).checked_sub(1).map(LayerId::from_index);
        (FlowId::from_index(symbol / width), layer)
    }
}
