//! Where nodes and links of a Sankey diagram stand.

use super::graph::{Graph, Link};
use super::label;
use super::layers::Layers;
use super::order::{Cell, Order, Segment};

/// Gap between two nodes.
const NODE_GAP: f64 = 14.0;
/// Gap around a link that passes a column.
const PASS_GAP: f64 = 5.0;
/// Height the fullest column shall have.
const HEIGHT: f64 = 600.0;
/// Least height for the flows of the fullest column.
const LEAST: f64 = 200.0;
/// Width the picture shall have, without margins.
const WIDTH: f64 = 1452.0;
/// Width it may have at most where many columns and thick flows back need more.
const WIDEST: f64 = 1740.0;
/// Widths of nodes: least and most.
const NODE: (f64, f64) = (97.0, 210.0);
/// Widths between columns: least and most, without what goes back.
const BETWEEN: (f64, f64) = (32.0, 260.0);
/// Room between two tracks of what goes back, and radius of its inner turns.
pub const TRACK: f64 = 6.0;
/// Sweeps of placing.
const SWEEPS: usize = 40;

/// A node placed; heights begin at 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Placed {
    /// Column.
    pub layer: usize,
    /// Top of its bar.
    pub top: f64,
    /// Height of its bar, to scale.
    pub height: f64,
}

/// The way of a link.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// Forward: its middle at its ends and where it passes columns between, each with the column.
    Forward(Vec<(usize, f64)>),
    /// Back: its middle where it leaves and arrives, of its lane below, and of its tracks right of where it leaves and
    /// left of where it arrives, both as distances from the node.
    Back {
        /// Where it leaves.
        from: f64,
        /// Where it arrives.
        to: f64,
        /// Of its lane.
        lane: f64,
        /// Distances of its tracks.
        tracks: (f64, f64),
    },
}

/// A diagram placed.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Nodes.
    pub nodes: Vec<Placed>,
    /// Links: way and thickness.
    pub links: Vec<(Way, f64)>,
    /// Left edge of every column.
    pub columns: Vec<f64>,
    /// Width of a node.
    pub node_width: f64,
    /// Width of all.
    pub width: f64,
    /// Height of all.
    pub height: f64,
    /// Height of what goes forward.
    pub bottom: f64,
    /// Pixels a t.
    pub scale: f64,
    /// Crossings before and after reduction.
    pub crossings: (usize, usize),
}

/// Room a cell takes above and below the top of its bar.
#[derive(Clone, Copy, Debug, Default)]
struct Room {
    above: f64,
    below: f64,
    gap: f64,
}

/// Places a diagram.
#[must_use]
pub fn place(graph: &Graph) -> Layout {
    let layers = Layers::of(graph);
    let order = Order::of(graph, &layers);
    let drawn = graph.drawn();
    let amount = |cell: usize| match order.cells[cell] {
        Cell::Node(node) => drawn[node],
        Cell::Pass(link) => graph.links[link].tonnes,
    };
    let node_width = node_width(layers.count);
    let labels: Vec<f64> = graph
        .spots
        .iter()
        .map(|spot| label::height(label::lines(&spot.name, spot.through, node_width).len()))
        .collect();
    let room = |cell: usize, height: f64| room(order.cells[cell], height, &labels);
    let scale = narrowed(graph, &layers, scale(&order, &amount, &room), node_width);
    let heights: Vec<f64> = (0..order.cells.len()).map(|cell| amount(cell) * scale).collect();
    let rooms: Vec<Room> = (0..order.cells.len()).map(|cell| room(cell, heights[cell])).collect();
    let ports = Ports::of(graph, &layers, &order, scale);
    let tops = settled(graph, &order, &rooms, &ports);
    let nodes: Vec<Placed> = (0..graph.spots.len())
        .map(|node| Placed { layer: layers.of[node], top: tops[node], height: heights[node] })
        .collect();
    let bottom = tops.iter().zip(&rooms).map(|(top, room)| top + room.below).fold(0.0, f64::max);
    let (columns, width, tracks) = across(graph, &layers, scale, node_width);
    let mut links: Vec<(Way, f64)> =
        graph.links.iter().map(|link| (Way::Forward(Vec::new()), link.tonnes * scale)).collect();
    for gap in &order.gaps {
        for segment in gap {
            let (leaves, arrives) =
                (tops[segment.from] + ports.outward(segment), tops[segment.to] + ports.inward(segment));
            if let Way::Forward(points) = &mut links[segment.link].0 {
                let column = |cell: usize| match order.cells[cell] {
                    Cell::Node(node) => layers.of[node],
                    Cell::Pass(_) => usize::MAX,
                };
                if points.is_empty() {
                    points.push((column(segment.from), leaves));
                }
                let next = points.last().map_or(0, |&(column, _)| column + 1);
                points.push((next, arrives));
            }
        }
    }
    let mut y = bottom + 16.0;
    for link in lanes(graph, &layers) {
        let Link { from, to, .. } = graph.links[link];
        let thick = links[link].1;
        let lane = y + thick.max(1.0) / 2.0;
        let (from, to) = (tops[from] + ports.back_out[link], tops[to] + ports.back_in[link]);
        links[link].0 = Way::Back { from, to, lane, tracks: tracks[link] };
        y += thick.max(1.0) + TRACK;
    }
    let height = y;
    Layout { nodes, links, columns, node_width, width, height, bottom, scale, crossings: order.crossings }
}

/// Pixels a t, such that the fullest column is as high as wished.
fn scale(order: &Order, amount: &impl Fn(usize) -> f64, room: &impl Fn(usize, f64) -> Room) -> f64 {
    let fullest = |scale: f64| {
        let height = |column: &Vec<usize>| {
            let room = |&cell: &usize| room(cell, amount(cell) * scale);
            column.iter().map(room).map(|room| room.above + room.below + room.gap).sum::<f64>()
        };
        order.columns.iter().map(height).fold(0.0, f64::max)
    };
    let most =
        order.columns.iter().map(|c| c.iter().map(|&cell| amount(cell)).sum::<f64>()).fold(0.0, f64::max);
    if most <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (LEAST / most, HEIGHT / most);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if fullest(middle) > HEIGHT { high = middle } else { low = middle }
    }
    low
}

/// The room of a cell of a height: a node lower than its label carries it above its bar.
fn room(cell: Cell, height: f64, labels: &[f64]) -> Room {
    match cell {
        Cell::Node(node) if height < labels[node] => {
            Room { above: labels[node] + label::GAP, below: height.max(2.0), gap: NODE_GAP }
        }
        Cell::Node(_) => Room { above: 0.0, below: height, gap: NODE_GAP },
        Cell::Pass(_) => Room { above: PASS_GAP, below: height + PASS_GAP, gap: 0.0 },
    }
}

/// Where links touch their cells: distance of their middle from the top of the cell's bar.
struct Ports {
    leaves: Vec<Vec<(usize, f64)>>,
    arrives: Vec<Vec<(usize, f64)>>,
    back_out: Vec<f64>,
    back_in: Vec<f64>,
}

impl Ports {
    /// In the order of the other ends, so that links of one node never cross beside it; what goes back is lowest.
    fn of(graph: &Graph, layers: &Layers, order: &Order, scale: f64) -> Self {
        let positions = order.positions();
        let cells = order.cells.len();
        let (mut leaves, mut arrives) = (vec![Vec::new(); cells], vec![Vec::new(); cells]);
        for segment in order.gaps.iter().flatten() {
            leaves[segment.from].push((positions[segment.to], segment.link));
            arrives[segment.to].push((positions[segment.from], segment.link));
        }
        let mut ports = Self {
            leaves: Vec::new(),
            arrives: Vec::new(),
            back_out: vec![0.0; graph.links.len()],
            back_in: vec![0.0; graph.links.len()],
        };
        for cell in 0..cells {
            for outward in [true, false] {
                let list = if outward { &mut leaves[cell] } else { &mut arrives[cell] };
                list.sort_unstable();
                let mut y = 0.0;
                let mut placed = Vec::with_capacity(list.len());
                for &(_, link) in list.iter() {
                    let thick = graph.links[link].tonnes * scale;
                    placed.push((link, y + thick / 2.0));
                    y += thick;
                }
                let Cell::Node(node) = order.cells[cell] else {
                    (if outward { &mut ports.leaves } else { &mut ports.arrives }).push(placed);
                    continue;
                };
                for (link, of) in graph.links.iter().enumerate().filter(|(link, _)| layers.back[*link]) {
                    if (if outward { of.from } else { of.to }) == node {
                        let thick = of.tonnes * scale;
                        (if outward { &mut ports.back_out } else { &mut ports.back_in })[link] =
                            y + thick / 2.0;
                        y += thick;
                    }
                }
                (if outward { &mut ports.leaves } else { &mut ports.arrives }).push(placed);
            }
        }
        ports
    }

    fn outward(&self, segment: &Segment) -> f64 {
        find(&self.leaves[segment.from], segment.link)
    }

    fn inward(&self, segment: &Segment) -> f64 {
        find(&self.arrives[segment.to], segment.link)
    }
}

fn find(ports: &[(usize, f64)], link: usize) -> f64 {
    ports.iter().find(|(of, _)| *of == link).map_or(0.0, |(_, at)| *at)
}

/// Tops of all bars: every cell as near to where its links are level as the others of its column allow.
fn settled(graph: &Graph, order: &Order, rooms: &[Room], ports: &Ports) -> Vec<f64> {
    let mut tops = vec![0.0; order.cells.len()];
    for column in &order.columns {
        let mut y = 0.0;
        for &cell in column {
            tops[cell] = y + rooms[cell].above;
            y = tops[cell] + rooms[cell].below + rooms[cell].gap;
        }
        // Columns begin centred on the same height.
        column.iter().for_each(|&cell| tops[cell] += (HEIGHT - y) / 2.0);
    }
    for sweep in 0..SWEEPS {
        let count = order.columns.len();
        let columns: Vec<usize> =
            if sweep % 2 == 0 { (0..count).collect() } else { (0..count).rev().collect() };
        for column in columns {
            let sides = if sweep + 6 >= SWEEPS { (true, true) } else { (sweep % 2 == 0, sweep % 2 == 1) };
            let wishes: Vec<(f64, f64, usize)> = order.columns[column]
                .iter()
                .map(|&cell| wish(graph, order, ports, &tops, column, cell, sides))
                .collect();
            settle(&wishes, rooms, &mut tops);
        }
    }
    let highest = tops.iter().zip(rooms).map(|(top, room)| top - room.above).fold(f64::INFINITY, f64::min);
    tops.iter_mut().for_each(|top| *top -= highest);
    tops
}

/// Where a cell wants its top, how much, and itself.
fn wish(
    graph: &Graph,
    order: &Order,
    ports: &Ports,
    tops: &[f64],
    column: usize,
    cell: usize,
    (left, right): (bool, bool),
) -> (f64, f64, usize) {
    let mut sum = (0.0, 0.0);
    let mut add = |at: f64, segment: &Segment| {
        let weight = graph.links[segment.link].tonnes * straightness(order, segment);
        sum = (sum.0 + weight * at, sum.1 + weight);
    };
    if let Some(gap) = column.checked_sub(1).filter(|_| left) {
        for segment in order.gaps[gap].iter().filter(|segment| segment.to == cell) {
            add(tops[segment.from] + ports.outward(segment) - ports.inward(segment), segment);
        }
    }
    if right {
        for segment in order.gaps[column].iter().filter(|segment| segment.from == cell) {
            add(tops[segment.to] + ports.inward(segment) - ports.outward(segment), segment);
        }
    }
    if sum.1 > 0.0 { (sum.0 / sum.1, sum.1, cell) } else { (tops[cell], 1e-6, cell) }
}

/// How much a segment wants to be level: most where it joins two passes of one link, which would else be a staircase.
fn straightness(order: &Order, segment: &Segment) -> f64 {
    let passes =
        [segment.from, segment.to].into_iter().filter(|&cell| matches!(order.cells[cell], Cell::Pass(_)));
    [1.0, 3.0, 12.0][passes.count()]
}

/// Puts every cell as near to its wish as the others allow: cells that would overlap are joined into a block that
/// stands where its members' wishes balance by their weight.
fn settle(wishes: &[(f64, f64, usize)], rooms: &[Room], tops: &mut [f64]) {
    struct Block {
        begin: usize,
        end: usize,
        wish: f64,
        weight: f64,
        tall: f64,
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (position, &(wish, weight, cell)) in wishes.iter().enumerate() {
        let room = rooms[cell];
        let tall = room.above + room.below + room.gap;
        let mut block = Block {
            begin: position,
            end: position + 1,
            wish: wish - room.above,
            weight: weight + 1e-9,
            tall,
        };
        while let Some(above) = blocks.pop() {
            if above.wish + above.tall <= block.wish {
                blocks.push(above);
                break;
            }
            let weight = above.weight + block.weight;
            let wish = (above.wish * above.weight + (block.wish - above.tall) * block.weight) / weight;
            block = Block { begin: above.begin, end: block.end, wish, weight, tall: above.tall + block.tall };
        }
        blocks.push(block);
    }
    for block in &blocks {
        let mut y = block.wish;
        for &(_, _, cell) in &wishes[block.begin..block.end] {
            tops[cell] = y + rooms[cell].above;
            y += rooms[cell].above + rooms[cell].below + rooms[cell].gap;
        }
    }
}

/// Links that go back, the shortest way first: it takes the highest lane.
fn lanes(graph: &Graph, layers: &Layers) -> Vec<usize> {
    let mut lanes: Vec<usize> = (0..graph.links.len()).filter(|&link| layers.back[link]).collect();
    let reach = |link: usize| layers.of[graph.links[link].from] - layers.of[graph.links[link].to];
    lanes.sort_by_key(|&link| (reach(link), link));
    lanes
}

type Across = (Vec<f64>, f64, Vec<(f64, f64)>);

/// Width of a node for a number of columns.
fn node_width(count: usize) -> f64 {
    (WIDTH / (1.8 * count as f64 - 0.8).max(1.0)).clamp(NODE.0, NODE.1)
}

/// The scale, or a lesser one where what goes back is so thick that its tracks would make the picture too wide to read.
fn narrowed(graph: &Graph, layers: &Layers, scale: f64, node_width: f64) -> f64 {
    let width = |scale: f64| across(graph, layers, scale, node_width).1;
    let lesser = (0..20).map(|step| scale * libm::pow(0.9, f64::from(step)));
    lesser.into_iter().find(|&scale| width(scale) <= WIDEST).unwrap_or(scale)
}

/// Left edges of columns, width of all, and tracks of what goes back: gaps are as wide as these need.
fn across(graph: &Graph, layers: &Layers, scale: f64, node_width: f64) -> Across {
    let count = layers.count.max(1);
    let mut tracks = vec![(0.0, 0.0); graph.links.len()];
    // Room of tracks left and right of every column.
    let mut beside = vec![(0.0_f64, 0.0_f64); count];
    for link in lanes(graph, layers) {
        let Link { from, to, tonnes, .. } = graph.links[link];
        let thick = (tonnes * scale).max(1.0);
        let right = &mut beside[layers.of[from]].1;
        tracks[link].0 = *right + TRACK + thick / 2.0;
        *right += TRACK + thick;
        let left = &mut beside[layers.of[to]].0;
        tracks[link].1 = *left + TRACK + thick / 2.0;
        *left += TRACK + thick;
    }
    let room: f64 = beside.iter().map(|(left, right)| left + right).sum();
    let gaps = (count - 1).max(1) as f64;
    let between = ((WIDTH - room - node_width * count as f64) / gaps).clamp(BETWEEN.0, BETWEEN.1);
    let mut columns = Vec::with_capacity(count);
    let mut x = 0.0;
    for (column, (left, right)) in beside.iter().enumerate() {
        x += left + if column == 0 && *left > 0.0 { TRACK } else { 0.0 };
        columns.push(x);
        x += node_width
            + right
            + if column + 1 < count {
                between
            } else if *right > 0.0 {
                TRACK
            } else {
                0.0
            };
    }
    (columns, x, tracks)
}
