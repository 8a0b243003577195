//! Where nodes and links of a Sankey diagram stand.
//!
//! Arcs that go back are found by ordering nodes greedily (sources first, sinks last, else the node that
//! gives most more than it takes: Eades, Lin and Smyth 1993); layers are longest paths over the other arcs;
//! inside a layer nodes are ordered by the mean height of their neighbours, swept to and fro.

use super::graph::{Graph, Sort};
use std::cmp::Reverse;

/// Width of a node.
pub(super) const NODE: f64 = 12.0;
/// Distance of layers.
pub(super) const LAYER: f64 = 160.0;
/// Least height that a node with its label needs: a line of amount and one or two of name.
pub(super) const PITCH: f64 = 50.0;
/// Height for the flows of the fullest layer, in pixels, without gaps.
const FULL: f64 = 520.0;
/// Distance of two lanes of what goes back.
const LANE_GAP: f64 = 7.0;
/// Sweeps of ordering.
const SWEEPS: usize = 24;

/// A node placed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Placed {
    pub(super) layer: usize,
    pub(super) top: f64,
    pub(super) height: f64,
}

/// Heights at which a link leaves and arrives (its middle), and its lane when it goes back.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) thick: f64,
    pub(super) lane: Option<f64>,
}

/// A diagram placed; heights begin at 0.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) nodes: Vec<Placed>,
    pub(super) ends: Vec<Ends>,
    pub(super) layers: usize,
    pub(super) height: f64,
}

/// Places a diagram.
pub(super) fn place(graph: &Graph) -> Layout {
    let rank = ranks(graph);
    let back: Vec<bool> = graph.links.iter().map(|link| rank[link.from] >= rank[link.to]).collect();
    let layer = layers(graph, &back);
    let layers = layer.iter().max().map_or(0, |most| most + 1);
    let through = graph.throughput();
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); layers];
    for (node, &layer) in layer.iter().enumerate() {
        columns[layer].push(node);
    }
    let fullest = columns.iter().map(|c| c.iter().map(|&n| through[n]).sum::<f64>()).fold(0.0, f64::max);
    let scale = if fullest > 0.0 { FULL / fullest } else { 0.0 };
    let heights: Vec<f64> = through.iter().map(|t| (t * scale).max(2.0)).collect();
    let mut tops = vec![0.0; layer.len()];
    for column in &mut columns {
        column.sort_by(|&a, &b| through[b].total_cmp(&through[a]).then(a.cmp(&b)));
        stack(column, &heights, &mut tops);
    }
    for sweep in 0..SWEEPS {
        let downwards = sweep % 2 == 0;
        let order: Vec<usize> = if downwards { (0..layers).collect() } else { (0..layers).rev().collect() };
        for position in order {
            let middle = |n: usize, tops: &[f64]| tops[n] + heights[n] / 2.0;
            let wish = |node: usize, tops: &[f64]| {
                let mut sum = (0.0, 0.0);
                for (link, _) in graph.links.iter().zip(&back).filter(|(_, back)| !**back) {
                    let other = match (link.from == node, link.to == node) {
                        (true, _) => link.to,
                        (_, true) => link.from,
                        _ => continue,
                    };
                    sum = (sum.0 + link.tonnes * middle(other, tops), sum.1 + link.tonnes);
                }
                if sum.1 > 0.0 { sum.0 / sum.1 } else { middle(node, tops) }
            };
            let mut wishes: Vec<(f64, usize)> =
                columns[position].iter().map(|&node| (wish(node, &tops), node)).collect();
            wishes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            columns[position] = wishes.iter().map(|&(_, node)| node).collect();
            settle(&wishes, &heights, &mut tops);
        }
    }
    let highest = tops.iter().copied().fold(f64::INFINITY, f64::min);
    tops.iter_mut().for_each(|top| *top -= highest);
    let bottom = tops.iter().zip(&heights).map(|(top, height)| top + height.max(PITCH)).fold(0.0, f64::max);
    let nodes: Vec<Placed> =
        (0..layer.len()).map(|n| Placed { layer: layer[n], top: tops[n], height: heights[n] }).collect();
    let (ends, height) = attach(graph, &back, &nodes, scale, bottom);
    Layout { nodes, ends, layers, height }
}

/// Rank of every node in an order in which as little as possible goes back.
fn ranks(graph: &Graph) -> Vec<usize> {
    let count = graph.spots.len();
    let mut open = vec![true; count];
    let (mut first, mut last) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (mut gives, mut takes) = (vec![0.0; count], vec![0.0; count]);
        for link in graph.links.iter().filter(|link| open[link.from] && open[link.to] && link.from != link.to)
        {
            gives[link.from] += link.tonnes;
            takes[link.to] += link.tonnes;
        }
        let left = || (0..count).filter(|&n| open[n]);
        let supply = left().find(|&n| graph.spots[n].sort == Sort::Supply);
        let end = left().find(|&n| graph.spots[n].sort == Sort::End || gives[n] == 0.0);
        let source = supply.or_else(|| left().find(|&n| takes[n] == 0.0));
        let (node, at_end) = match (source, end) {
            (Some(source), _) => (source, false),
            (None, Some(end)) => (end, true),
            (None, None) => {
                let by_surplus = |&a: &usize, &b: &usize| {
                    (gives[a] - takes[a]).total_cmp(&(gives[b] - takes[b])).then(b.cmp(&a))
                };
                match left().max_by(by_surplus) {
                    Some(node) => (node, false),
                    None => break,
                }
            }
        };
        open[node] = false;
        if at_end { last.push(node) } else { first.push(node) }
    }
    last.reverse();
    let mut rank = vec![0; count];
    for (position, node) in first.into_iter().chain(last).enumerate() {
        rank[node] = position;
    }
    rank
}

/// Longest path over arcs that do not go back; supplies stand just before what they supply, ends last.
fn layers(graph: &Graph, back: &[bool]) -> Vec<usize> {
    let forward: Vec<_> = graph.links.iter().zip(back).filter(|(_, back)| !**back).map(|(l, _)| l).collect();
    let mut layer = vec![0_usize; graph.spots.len()];
    for _ in 0..graph.spots.len() {
        let mut moved = false;
        for link in &forward {
            if layer[link.to] <= layer[link.from] {
                layer[link.to] = layer[link.from] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    let last = layer.iter().copied().max().unwrap_or(0);
    // From the right, so that a chain of supplies follows what it supplies.
    let mut order: Vec<usize> = (0..layer.len()).collect();
    order.sort_by_key(|&node| Reverse(layer[node]));
    for node in order {
        let next = forward.iter().filter(|link| link.from == node).map(|link| layer[link.to]).min();
        let fed = forward.iter().any(|link| link.to == node);
        match next {
            Some(next) if !fed => layer[node] = next - 1,
            None if graph.spots[node].sort == Sort::End => layer[node] = last,
            _ => {}
        }
    }
    layer
}

/// Nodes one under the other.
fn stack(column: &[usize], heights: &[f64], tops: &mut [f64]) {
    let mut y = 0.0;
    for &node in column {
        tops[node] = y;
        y += heights[node].max(PITCH) + 8.0;
    }
}

/// Puts every node as near to its wished middle as the others allow: nodes that would overlap are joined
/// into a block that stands where its members' wishes balance.
fn settle(wishes: &[(f64, usize)], heights: &[f64], tops: &mut [f64]) {
    struct Block {
        begin: usize,
        end: usize,
        top: f64,
        tall: f64,
        wish: f64,
    }
    let room = |node: usize| heights[node].max(PITCH) + 8.0;
    let mut blocks: Vec<Block> = Vec::new();
    for (position, &(wish, node)) in wishes.iter().enumerate() {
        let top = wish - heights[node] / 2.0;
        blocks.push(Block { begin: position, end: position + 1, top, tall: room(node), wish: top });
        while let [.., above, below] = blocks.as_slice() {
            if above.top + above.tall <= below.top {
                break;
            }
            let count = |block: &Block| (block.end - block.begin) as f64;
            let wish = (above.wish * count(above) + (below.wish - above.tall) * count(below))
                / (count(above) + count(below));
            let joined =
                Block { begin: above.begin, end: below.end, top: wish, tall: above.tall + below.tall, wish };
            blocks.truncate(blocks.len() - 2);
            blocks.push(joined);
        }
    }
    for block in &blocks {
        let mut y = block.top;
        for &(_, node) in &wishes[block.begin..block.end] {
            tops[node] = y;
            y += room(node);
        }
    }
}

/// Attaches links to their nodes in the order of the other end's height; what goes back runs below.
fn attach(graph: &Graph, back: &[bool], nodes: &[Placed], scale: f64, bottom: f64) -> (Vec<Ends>, f64) {
    let mut ends: Vec<Ends> =
        graph.links.iter().map(|link| Ends { thick: link.tonnes * scale, ..Ends::default() }).collect();
    let middle = |n: usize| nodes[n].top + nodes[n].height / 2.0;
    for (node, placed) in nodes.iter().enumerate() {
        for outward in [true, false] {
            let here = |l: usize| if outward { graph.links[l].from } else { graph.links[l].to };
            let there = |l: usize| if outward { graph.links[l].to } else { graph.links[l].from };
            let mut of_node: Vec<usize> = (0..graph.links.len()).filter(|&l| here(l) == node).collect();
            of_node.sort_by(|&a, &b| {
                let height = |l: usize| if back[l] { f64::INFINITY } else { middle(there(l)) };
                height(a).total_cmp(&height(b)).then(a.cmp(&b))
            });
            let mut y = placed.top;
            for l in of_node {
                let at = y + ends[l].thick / 2.0;
                *(if outward { &mut ends[l].from } else { &mut ends[l].to }) = at;
                y += ends[l].thick;
            }
        }
    }
    let mut lanes: Vec<usize> = (0..back.len()).filter(|&l| back[l]).collect();
    let reach = |l: usize| nodes[graph.links[l].from].layer.abs_diff(nodes[graph.links[l].to].layer);
    lanes.sort_by_key(|&l| (reach(l), l));
    let mut y = bottom + 14.0;
    for l in lanes {
        let thick = ends[l].thick.max(1.0);
        ends[l].lane = Some(y + thick / 2.0);
        y += thick + LANE_GAP;
    }
    (ends, y)
}
