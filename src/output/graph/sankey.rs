//! floWeaver's `sankey-v2` JSON: nodes in layers, links in tonnes.

use super::{Wanted, sort};
use crate::id::MaterialId;
use crate::network::Node;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The flows of the year as a Sankey diagram. Flows of one material between the same two nodes are one link; what has
/// no mass is left out and counted in the metadata.
#[must_use]
pub fn sankey(wanted: &Wanted<'_>) -> Value {
    let mut links: BTreeMap<(End, End, MaterialId), f64> = BTreeMap::new();
    let mut left_out = 0_usize;
    for edge in wanted.edges() {
        let Some(mass) = wanted.model.materials[edge.material].mass_per_unit else {
            left_out += 1;
            continue;
        };
        let ends = (End::of(edge.from, false), End::of(edge.to, true), edge.material);
        *links.entry(ends).or_default() += edge.quantity.unwrap_or(0.0) * mass;
    }
    let mut nodes: Vec<End> = links.keys().flat_map(|&(from, to, _)| [from, to]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let time = wanted.year.map(|year| year.year.to_string());
    let scenario = &wanted.model.scenarios[wanted.model.scenario].key;
    json!({
        "format": "sankey-v2",
        "metadata": {
            "title": wanted.heading(),
            "authors": [],
            "layers": layers(wanted, &nodes, links.keys().map(|&(from, to, _)| (from, to))),
            "unit": "t",
            "scenario": scenario,
            "year": wanted.year.map(|year| year.year),
            "left_out_without_mass": left_out,
        },
        "nodes": nodes.iter().map(|&node| json!({
            "id": node.id(wanted),
            "title": wanted.title(node.node),
            "style": { "direction": "r", "hidden": false, "type": sort(node.node) },
        })).collect::<Vec<_>>(),
        "links": links.iter().map(|(&(from, to, material), &tonnes)| json!({
            "source": from.id(wanted),
            "target": to.id(wanted),
            "type": wanted.model.materials[material].key,
            "title": wanted.material(material),
            "time": time,
            "link_width": tonnes,
            "data": { "value": tonnes },
            "style": { "color": null, "opacity": 1.0 },
        })).collect::<Vec<_>>(),
        "groups": [],
    })
}

/// An end of a link. Nature and the outside give and take: they are two nodes, else all would be one circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct End {
    node: Node,
    /// Whether it is the taking one of two.
    takes: bool,
}

impl End {
    fn of(node: Node, is_target: bool) -> Self {
        Self { node, takes: is_target && Self::is_twofold(node) }
    }

    fn is_twofold(node: Node) -> bool {
        matches!(node, Node::Nature | Node::Outside)
    }

    fn id(self, wanted: &Wanted<'_>) -> String {
        let id = wanted.label(self.node);
        match (Self::is_twofold(self.node), self.takes) {
            (false, _) => id,
            (true, false) => format!("{id}:in"),
            (true, true) => format!("{id}:out"),
        }
    }
}

/// Layers of one band each: a node stands one layer after the last of those before it; nodes that lie on one circle
/// stand in one layer.
fn layers(
    wanted: &Wanted<'_>,
    nodes: &[End],
    links: impl Iterator<Item = (End, End)>,
) -> Vec<[Vec<String>; 1]> {
    let mut graph: DiGraph<End, ()> = DiGraph::new();
    let at: BTreeMap<End, NodeIndex> = nodes.iter().map(|&node| (node, graph.add_node(node))).collect();
    for (from, to) in links {
        graph.add_edge(at[&from], at[&to], ());
    }
    // Circles come in reverse order of flow: the last ones first.
    let circles = tarjan_scc(&graph);
    let mut layer = vec![0_usize; nodes.len()];
    for circle in circles.iter().rev() {
        let before =
            circle.iter().flat_map(|&node| graph.neighbors_directed(node, petgraph::Direction::Incoming));
        let outside = before.filter(|node| !circle.contains(node));
        let own = outside.map(|node| layer[node.index()] + 1).max().unwrap_or(0);
        circle.iter().for_each(|node| layer[node.index()] = own);
    }
    let mut layers: Vec<[Vec<String>; 1]> =
        (0..layer.iter().max().map_or(0, |most| most + 1)).map(|_| [Vec::new()]).collect();
    for (index, &node) in nodes.iter().enumerate() {
        layers[layer[index]][0].push(node.id(wanted));
    }
    layers
}
