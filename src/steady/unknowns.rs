//! How unknowns are numbered.

use crate::case::FlowSystem;
use crate::id::{FlowId, Id, LayerId, NodeId};

/// A quantity of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    /// Amount of a flow on a layer; `None` is goods.
    Flow(FlowId, Option<LayerId>),
    /// Everything that enters a node on a layer.
    Throughput(NodeId, Option<LayerId>),
}

/// Quantities by number: flows first, as [`FlowSystem::symbol`] counts them, then throughputs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbering {
    flows: usize,
    nodes: usize,
    width: usize,
}

impl Numbering {
    pub(super) fn of(system: &FlowSystem) -> Self {
        Self { flows: system.flows.len(), nodes: system.nodes.len(), width: 1 + system.layers.len() }
    }

    /// Number of quantities.
    pub(super) fn len(self) -> usize {
        (self.flows + self.nodes) * self.width
    }

    /// Goods and all layers.
    pub(super) fn channels(self) -> impl Iterator<Item = Option<LayerId>> {
        (0..self.width).map(channel)
    }

    pub(super) fn flow(self, flow: FlowId, layer: Option<LayerId>) -> usize {
        flow.index() * self.width + offset(layer)
    }

    pub(super) fn throughput(self, node: NodeId, layer: Option<LayerId>) -> usize {
        (self.flows + node.index()) * self.width + offset(layer)
    }

    pub(super) fn quantity(self, number: usize) -> Quantity {
        let (item, layer) = (number / self.width, channel(number % self.width));
        match item.checked_sub(self.flows) {
            None => Quantity::Flow(FlowId::from_index(item), layer),
            Some(node) => Quantity::Throughput(NodeId::from_index(node), layer),
        }
    }
}

fn offset(layer: Option<LayerId>) -> usize {
    layer.map_or(0, |layer| 1 + layer.index())
}

fn channel(offset: usize) -> Option<LayerId> {
    offset.checked_sub(1).map(LayerId::from_index)
}
