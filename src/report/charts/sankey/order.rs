//! The order of nodes in their columns, so that few links cross.
//!
//! A link over several columns is cut into segments that join neighbouring columns: it passes the columns between as
//! a cell of its own, so that it never runs behind a node. Cells are then swept to and fro by the mean position of
//! their neighbours and swapped with their neighbours while that helps; the best order seen is kept (Sugiyama, Tagawa
//! and Toda 1981).

use super::graph::Graph;
use super::layers::Layers;

/// Sweeps of ordering.
const SWEEPS: usize = 24;
/// Rounds of swapping neighbours.
const ROUNDS: usize = 6;

/// A node, or a link on its way past a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The node of a position.
    Node(usize),
    /// The link of a position.
    Pass(usize),
}

/// A part of a link between neighbouring columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// The link.
    pub link: usize,
    /// Cell on the left.
    pub from: usize,
    /// Cell on the right.
    pub to: usize,
}

/// Cells in columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Cells; nodes first, by their position.
    pub cells: Vec<Cell>,
    /// Cells by column, from top to bottom.
    pub columns: Vec<Vec<usize>>,
    /// Segments by the column on their left.
    pub gaps: Vec<Vec<Segment>>,
    /// Crossings before and after reduction.
    pub crossings: (usize, usize),
}

impl Order {
    /// Cells and segments of a diagram, ordered.
    #[must_use]
    pub fn of(graph: &Graph, layers: &Layers) -> Self {
        let mut order = Self::unordered(graph, layers);
        let weight: Vec<f64> = weights(graph);
        let begin = order.count_crossings();
        let mut best = (order.cost(&weight), order.columns.clone());
        for sweep in 0..SWEEPS {
            order.sweep(sweep % 2 == 0, &weight);
            if sweep + 2 >= SWEEPS || sweep % 6 == 5 {
                order.swap_neighbours(&weight);
            }
            let cost = order.cost(&weight);
            if cost < best.0 {
                best = (cost, order.columns.clone());
            }
        }
        order.columns = best.1;
        order.swap_neighbours(&weight);
        order.crossings = (begin, order.count_crossings());
        order
    }

    fn unordered(graph: &Graph, layers: &Layers) -> Self {
        let mut cells: Vec<Cell> = (0..graph.spots.len()).map(Cell::Node).collect();
        let mut columns: Vec<Vec<usize>> = vec![Vec::new(); layers.count];
        let mut gaps: Vec<Vec<Segment>> = vec![Vec::new(); layers.count];
        for (node, &layer) in layers.of.iter().enumerate() {
            columns[layer].push(node);
        }
        for (position, link) in graph.links.iter().enumerate().filter(|(position, _)| !layers.back[*position])
        {
            let mut from = link.from;
            for between in layers.of[link.from] + 1..layers.of[link.to] {
                cells.push(Cell::Pass(position));
                let pass = cells.len() - 1;
                columns[between].push(pass);
                gaps[between - 1].push(Segment { link: position, from, to: pass });
                from = pass;
            }
            gaps[layers.of[link.to] - 1].push(Segment { link: position, from, to: link.to });
        }
        let drawn = graph.drawn();
        for column in &mut columns {
            let size = |cell: usize| match cells[cell] {
                Cell::Node(node) => drawn[node],
                Cell::Pass(link) => graph.links[link].tonnes,
            };
            column.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(a.cmp(&b)));
        }
        Self { cells, columns, gaps, crossings: (0, 0) }
    }

    /// Position of every cell in its column.
    #[must_use]
    pub fn positions(&self) -> Vec<usize> {
        let mut positions = vec![0; self.cells.len()];
        for column in &self.columns {
            for (position, &cell) in column.iter().enumerate() {
                positions[cell] = position;
            }
        }
        positions
    }

    /// How many pairs of segments cross. Complexity: the square of the segments of a gap.
    #[must_use]
    pub fn count_crossings(&self) -> usize {
        let positions = self.positions();
        self.gaps.iter().map(|gap| pairs(gap).filter(|&(a, b)| cross(&positions, a, b)).count()).sum()
    }

    /// Crossings, each as bad as the thinner of the two is thick.
    fn cost(&self, weight: &[f64]) -> f64 {
        let positions = self.positions();
        self.gaps.iter().map(|gap| gap_cost(gap, &positions, weight)).sum()
    }

    /// Orders every column by the mean position of neighbours on one side.
    fn sweep(&mut self, rightwards: bool, weight: &[f64]) {
        let count = self.columns.len();
        let order: Vec<usize> =
            if rightwards { (1..count).collect() } else { (0..count.saturating_sub(1)).rev().collect() };
        for column in order {
            let positions = self.positions();
            let gap = if rightwards { column - 1 } else { column };
            let wish = |cell: usize| {
                let mut sum = (0.0, 0.0);
                for segment in &self.gaps[gap] {
                    let (here, there) =
                        if rightwards { (segment.to, segment.from) } else { (segment.from, segment.to) };
                    if here == cell {
                        sum = (
                            sum.0 + weight[segment.link] * positions[there] as f64,
                            sum.1 + weight[segment.link],
                        );
                    }
                }
                if sum.1 > 0.0 { sum.0 / sum.1 } else { positions[cell] as f64 }
            };
            let mut wishes: Vec<(f64, usize)> =
                self.columns[column].iter().map(|&cell| (wish(cell), cell)).collect();
            wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
            self.columns[column] = wishes.into_iter().map(|(_, cell)| cell).collect();
        }
    }

    /// Swaps neighbours in a column while that makes crossings less bad.
    fn swap_neighbours(&mut self, weight: &[f64]) {
        for _ in 0..ROUNDS {
            let mut better = false;
            for column in 0..self.columns.len() {
                for upper in 1..self.columns[column].len() {
                    let before = self.cost_around(column, weight);
                    self.columns[column].swap(upper - 1, upper);
                    if self.cost_around(column, weight) + 1e-9 < before {
                        better = true;
                    } else {
                        self.columns[column].swap(upper - 1, upper);
                    }
                }
            }
            if !better {
                break;
            }
        }
    }

    fn cost_around(&self, column: usize, weight: &[f64]) -> f64 {
        let positions = self.positions();
        let left = column.checked_sub(1).map_or(0.0, |left| gap_cost(&self.gaps[left], &positions, weight));
        left + gap_cost(&self.gaps[column], &positions, weight)
    }
}

/// How much a crossing of a link matters: by its share of the largest, with a floor for the thin ones.
fn weights(graph: &Graph) -> Vec<f64> {
    let most = graph.links.iter().map(|link| link.tonnes).fold(0.0, f64::max);
    graph.links.iter().map(|link| 0.02 + link.tonnes / most).collect()
}

fn pairs(gap: &[Segment]) -> impl Iterator<Item = (Segment, Segment)> + '_ {
    gap.iter().enumerate().flat_map(|(at, &a)| gap[at + 1..].iter().map(move |&b| (a, b)))
}

fn cross(positions: &[usize], a: Segment, b: Segment) -> bool {
    let left = positions[a.from].cmp(&positions[b.from]);
    let right = positions[a.to].cmp(&positions[b.to]);
    left.is_ne() && right.is_ne() && left != right
}

fn gap_cost(gap: &[Segment], positions: &[usize], weight: &[f64]) -> f64 {
    let crossing = pairs(gap).filter(|&(a, b)| cross(positions, a, b));
    crossing.map(|(a, b)| weight[a.link].min(weight[b.link])).sum()
}
