//! The equations of a period.

use super::period::PeriodState;
use super::shares::{Group, groups};
use super::unknowns::Numbering;
use crate::case::FlowSystem;
use crate::case::system::{ContentMeasure, NodeKind};
use crate::id::{FlowId, Id, LayerId, NodeId, PeriodId};
use std::collections::{BTreeMap, BTreeSet};

/// What an equation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// What enters a process leaves it (E-S1).
    Balance(NodeId, Option<LayerId>),
    /// A throughput is the sum of what enters (E-S2).
    Throughput(NodeId, Option<LayerId>),
    /// A flow is a share of what enters its node (E-S3).
    Share(FlowId, Option<LayerId>),
    /// A layer is a share of the goods of a flow (E-S4).
    Content(FlowId, LayerId),
    /// The layers of a flow add up to its goods (E-S5).
    Layers(FlowId),
    /// A relation, by its position (E-S6).
    Relation(usize),
    /// A flow is what its stock releases of earlier inflows (E-S7).
    Release(FlowId, Option<LayerId>),
}

/// Σ factor·quantity = right, for one period.
#[derive(Clone, Debug)]
pub(super) struct PeriodEquations {
    pub(super) numbering: Numbering,
    /// Given amounts, by the number of the quantity.
    pub(super) given: Vec<Option<f64>>,
    pub(super) labels: Vec<Label>,
    /// The quantity that each equation is naturally solved for.
    pub(super) defines: Vec<Option<usize>>,
    starts: Vec<usize>,
    terms: Vec<(usize, f64)>,
    right: Vec<f64>,
}

impl PeriodEquations {
    fn push(
        &mut self,
        label: Label,
        defines: Option<usize>,
        terms: impl IntoIterator<Item = (usize, f64)>,
        right: f64,
    ) {
        self.terms.extend(terms.into_iter().filter(|(_, factor)| *factor != 0.0));
        self.starts.push(self.terms.len());
        self.right.push(right);
        self.labels.push(label);
        self.defines.push(defines);
    }

    /// Number of equations.
    pub(super) fn len(&self) -> usize {
        self.right.len()
    }

    /// The terms of an equation, given ones included.
    pub(super) fn terms(&self, equation: usize) -> &[(usize, f64)] {
        &self.terms[self.starts[equation]..self.starts[equation + 1]]
    }

    /// Its right-hand side.
    pub(super) fn right(&self, equation: usize) -> f64 {
        self.right[equation]
    }
}

/// What entered nodes on a layer; `None` where it is not known.
type Entered = BTreeMap<(NodeId, Option<LayerId>), Option<f64>>;

/// What entered the stocks that release something, period by period.
#[derive(Clone, Debug, Default)]
pub(super) struct Past(Vec<Entered>);

impl Past {
    /// Notes what entered the stocks that release something.
    pub(super) fn push(&mut self, system: &FlowSystem, ends: &Ends, period: &PeriodState) {
        let numbering = Numbering::of(system);
        let nodes: BTreeSet<NodeId> = system.releases.iter().map(|release| release.node).collect();
        let inflows = nodes.iter().flat_map(|node| {
            numbering.channels().map(|layer| ((*node, layer), period.inflow(ends, *node, layer)))
        });
        self.0.push(inflows.collect());
    }

    /// What entered some periods ago: `Some(0.0)` before the first, `None` where it is not known.
    fn inflow(&self, age: u32, node: NodeId, layer: Option<LayerId>) -> Option<f64> {
        let Some(period) = self.0.len().checked_sub(age as usize) else { return Some(0.0) };
        self.0.get(period)?.get(&(node, layer)).copied().flatten()
    }
}

/// The equations of a period.
pub(super) fn of(
    system: &FlowSystem,
    ends: &Ends,
    id: PeriodId,
    layers_sum_to_goods: bool,
    past: &Past,
) -> PeriodEquations {
    let numbering = Numbering::of(system);
    let period = &system.periods[id];
    let mut equations = PeriodEquations {
        numbering,
        given: vec![None; numbering.len()],
        labels: Vec::new(),
        defines: Vec::new(),
        starts: vec![0],
        terms: Vec::new(),
        right: Vec::new(),
    };
    for (flow, given) in period.flows.enumerate() {
        equations.given[numbering.flow(flow, None)] = given.value.map(|value| value.central);
    }
    for content in period.contents.iter().filter(|content| content.measure == ContentMeasure::Amount) {
        if let Some(amount) = content.value {
            equations.given[numbering.flow(content.flow, Some(content.layer))] = Some(amount.central);
        }
    }
    let groups = groups(system, id);
    throughputs(system, ends, &groups, &mut equations);
    for group in &groups {
        share(group, &mut equations);
    }
    balances(system, ends, &mut equations);
    for content in period.contents.iter().filter(|content| content.measure == ContentMeasure::Share) {
        let Some(share) = content.value else { continue };
        let [layer, goods] = [Some(content.layer), None].map(|channel| numbering.flow(content.flow, channel));
        let defines = if equations.given[layer].is_none() { layer } else { goods };
        let terms = [(layer, 1.0), (goods, -share.central)];
        equations.push(Label::Content(content.flow, content.layer), Some(defines), terms, 0.0);
    }
    if layers_sum_to_goods && !system.layers.is_empty() {
        for flow in system.flows.ids() {
            let goods = numbering.flow(flow, None);
            let layers = system.layers.ids().map(|layer| (numbering.flow(flow, Some(layer)), -1.0));
            equations.push(
                Label::Layers(flow),
                Some(goods),
                std::iter::once((goods, 1.0)).chain(layers),
                0.0,
            );
        }
    }
    for (position, relation) in system.relations.iter().enumerate() {
        let terms = relation.terms.iter().map(|(flow, factor)| (numbering.flow(*flow, None), *factor));
        equations.push(Label::Relation(position), None, terms, relation.constant);
    }
    releases(system, ends, past, &mut equations);
    equations
}

/// The flows at each node.
#[derive(Clone, Debug)]
pub struct Ends {
    entering: Vec<Vec<FlowId>>,
    leaving: Vec<Vec<FlowId>>,
}

impl Ends {
    /// Flows that enter a node.
    #[must_use]
    pub fn entering(&self, node: NodeId) -> &[FlowId] {
        &self.entering[node.index()]
    }

    /// Flows that leave a node.
    #[must_use]
    pub fn leaving(&self, node: NodeId) -> &[FlowId] {
        &self.leaving[node.index()]
    }

    /// The flows at each node of a system.
    #[must_use]
    pub fn of(system: &FlowSystem) -> Self {
        let mut ends = Self {
            entering: vec![Vec::new(); system.nodes.len()],
            leaving: vec![Vec::new(); system.nodes.len()],
        };
        for (id, flow) in system.flows.enumerate() {
            ends.entering[flow.to.index()].push(id);
            ends.leaving[flow.from.index()].push(id);
        }
        ends
    }
}

/// A throughput for every node and layer of which a share is taken.
fn throughputs(system: &FlowSystem, ends: &Ends, groups: &[Group], equations: &mut PeriodEquations) {
    let numbering = equations.numbering;
    let mut wanted = vec![false; numbering.len()];
    for group in groups.iter().filter(|group| group.of_everything != 0.0) {
        wanted[numbering.throughput(group.node, group.layer)] = true;
    }
    for (node, layer) in
        system.nodes.ids().flat_map(|node| numbering.channels().map(move |layer| (node, layer)))
    {
        let throughput = numbering.throughput(node, layer);
        if wanted[throughput] {
            let entering = ends.entering(node).iter().map(|flow| (numbering.flow(*flow, layer), -1.0));
            let terms = std::iter::once((throughput, 1.0)).chain(entering);
            equations.push(Label::Throughput(node, layer), Some(throughput), terms, 0.0);
        } else {
            // Nothing asks for it, so that it is no unknown.
            equations.given[throughput] = Some(0.0);
        }
    }
}

/// flow = share·throughput + Σ share·inflow.
fn share(group: &Group, equations: &mut PeriodEquations) {
    let numbering = equations.numbering;
    let flow = numbering.flow(group.flow, group.layer);
    let throughput = numbering.throughput(group.node, group.layer);
    let of = group.of.iter().map(|(inflow, share)| (numbering.flow(*inflow, group.layer), -share));
    let terms: Vec<(usize, f64)> =
        [(flow, 1.0), (throughput, -group.of_everything)].into_iter().chain(of).collect();
    equations.push(Label::Share(group.flow, group.layer), Some(flow), terms, 0.0);
}

/// What enters a process leaves it, on goods and on every layer.
fn balances(system: &FlowSystem, ends: &Ends, equations: &mut PeriodEquations) {
    let numbering = equations.numbering;
    for (node, _) in system.nodes.enumerate().filter(|(_, node)| node.kind == NodeKind::Process) {
        for layer in numbering.channels() {
            // A flow from the node to itself enters and leaves.
            let entering = ends.entering(node).iter().map(|flow| (*flow, 1.0));
            let leaving = ends.leaving(node).iter().map(|flow| (*flow, -1.0));
            let other = entering.chain(leaving).filter(|(flow, _)| {
                let flow = &system.flows[*flow];
                flow.from != flow.to
            });
            let terms: Vec<(usize, f64)> =
                other.map(|(flow, factor)| (numbering.flow(flow, layer), factor)).collect();
            equations.push(Label::Balance(node, layer), None, terms, 0.0);
        }
    }
}

/// A flow that releases what entered its stock: share by age times what entered that long ago.
fn releases(system: &FlowSystem, ends: &Ends, past: &Past, equations: &mut PeriodEquations) {
    let numbering = equations.numbering;
    let mut by_flow: BTreeMap<FlowId, (NodeId, Vec<(u32, f64)>)> = BTreeMap::new();
    for release in &system.releases {
        let (_, ages) = by_flow.entry(release.flow).or_insert_with(|| (release.node, Vec::new()));
        ages.push((release.age, release.value.central));
    }
    for (flow, (node, ages)) in by_flow {
        for layer in numbering.channels() {
            let released = numbering.flow(flow, layer);
            let now: f64 = ages.iter().filter(|(age, _)| *age == 0).map(|(_, share)| share).sum();
            let earlier = ages.iter().filter(|(age, share)| *age > 0 && *share != 0.0);
            let right: Option<f64> =
                earlier.map(|(age, share)| Some(share * past.inflow(*age, node, layer)?)).sum();
            // What rests on an inflow that is not known is not known either.
            let Some(right) = right else { continue };
            let entering = ends.entering(node).iter().map(|inflow| (numbering.flow(*inflow, layer), -now));
            let terms = std::iter::once((released, 1.0)).chain(entering);
            equations.push(Label::Release(flow, layer), Some(released), terms, right);
        }
    }
}
