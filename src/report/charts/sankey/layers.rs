//! Which links go back and in which column every node stands.
//!
//! Links that go back are found by ordering nodes greedily (sources first, sinks last, else the node that gives most
//! more than it takes: Eades, Lin and Smyth 1993); columns are longest paths over the other links.

use super::graph::{Graph, Sort};
use std::cmp::Reverse;

/// Columns of a diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct Layers {
    /// Column by node.
    pub of: Vec<usize>,
    /// Number of columns.
    pub count: usize,
    /// By link: whether it goes back to a column that is not further right.
    pub back: Vec<bool>,
}

impl Layers {
    /// The columns of a diagram. Complexity O(nodes · (nodes + links)).
    #[must_use]
    pub fn of(graph: &Graph) -> Self {
        let rank = ranks(graph);
        let back: Vec<bool> = graph.links.iter().map(|link| rank[link.from] >= rank[link.to]).collect();
        let of = columns(graph, &back);
        let count = of.iter().max().map_or(0, |most| most + 1);
        // What only goes back may have come to stand further left than what it feeds.
        let back = graph.links.iter().map(|link| of[link.from] >= of[link.to]).collect();
        Self { of, count, back }
    }
}

/// Rank of every node in an order in which as little as possible goes back.
fn ranks(graph: &Graph) -> Vec<usize> {
    let count = graph.spots.len();
    let mut open = vec![true; count];
    let (mut first, mut last) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (mut gives, mut takes) = (vec![0.0; count], vec![0.0; count]);
        let between = graph.links.iter().filter(|link| link.from != link.to);
        for link in between.filter(|link| open[link.from] && open[link.to]) {
            gives[link.from] += link.tonnes;
            takes[link.to] += link.tonnes;
        }
        let left = || (0..count).filter(|&node| open[node]);
        let supply = left().find(|&node| graph.spots[node].sort == Sort::Supply);
        let end = left().find(|&node| graph.spots[node].sort == Sort::End || gives[node] == 0.0);
        let source = supply.or_else(|| left().find(|&node| takes[node] == 0.0));
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

/// Longest path over links that do not go back; then what nothing feeds stands just before what it feeds, and the
/// ends stand last.
fn columns(graph: &Graph, back: &[bool]) -> Vec<usize> {
    let forward: Vec<_> = graph.links.iter().zip(back).filter(|(_, back)| !**back).map(|(l, _)| l).collect();
    let mut column = vec![0_usize; graph.spots.len()];
    for _ in 0..graph.spots.len() {
        let mut moved = false;
        for link in &forward {
            if column[link.to] <= column[link.from] {
                column[link.to] = column[link.from] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    let last = column.iter().copied().max().unwrap_or(0);
    // From the right, so that a chain of supplies follows what it supplies.
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_by_key(|&node| Reverse(column[node]));
    for node in order {
        let next = forward.iter().filter(|link| link.from == node).map(|link| column[link.to]).min();
        let fed = forward.iter().any(|link| link.to == node);
        match next {
            Some(next) if !fed => column[node] = next - 1,
            None if graph.spots[node].sort == Sort::End => column[node] = last,
            _ => {}
        }
    }
    let first = column.iter().copied().min().unwrap_or(0);
    column.iter_mut().for_each(|column| *column -= first);
    column
}
