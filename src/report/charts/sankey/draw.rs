//! Draws a placed Sankey diagram.

use super::graph::{Class, Graph, Sort};
use super::label;
use super::layout::{Layout, Way};
use crate::report::charts::canvas::{Anchor, Canvas, Drawing, Point, picture};
use crate::report::charts::frame::{Frame, HEAD, MARGIN};
use crate::report::charts::palette::Colour;
use crate::report::charts::words::text_width;

/// Points of a curve.
const POINTS: usize = 20;
/// Opacity of links.
const LINK: f64 = 0.5;
/// Height of a line of the legend.
const LEGEND: f64 = 24.0;
/// Width of a diagram at least: head and foot need it.
const LEAST: f64 = 900.0;

/// The picture.
#[must_use]
pub fn draw(graph: &Graph, layout: &Layout, frame: &Frame) -> Drawing {
    let width = (layout.width + 2.0 * MARGIN).max(LEAST);
    let legend = legend(graph, frame, width);
    let lines = legend.iter().map(|(line, ..)| line + 1).max().unwrap_or(0);
    let top = HEAD + lines as f64 * LEGEND + 14.0;
    let height = top + layout.height + 14.0 + frame.foot_height(width);
    let left = (width - layout.width) / 2.0;
    let pen = Pen { graph, layout, left, top };
    picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        for (line, x, class, words) in legend {
            let y = HEAD + 8.0 + line as f64 * LEGEND;
            canvas.rectangle((x, y - 6.0), (x + 20.0, y + 6.0), class.colour(), LINK + 0.15);
            canvas.text(words, (x + 26.0, y), 13.0, Anchor::Start, Colour::INK);
        }
        let mut order: Vec<usize> = (0..graph.links.len()).collect();
        // Thick ones first, so that thin ones stay visible on top.
        order.sort_by(|&a, &b| graph.links[b].tonnes.total_cmp(&graph.links[a].tonnes).then(a.cmp(&b)));
        order.iter().for_each(|&link| pen.link(canvas, link));
        (0..graph.spots.len()).for_each(|node| pen.node(canvas, node));
    })
}

type LegendEntry = (usize, f64, Class, &'static str);

/// Classes that flow, in lines that keep to the width.
fn legend(graph: &Graph, frame: &Frame, width: f64) -> Vec<LegendEntry> {
    let (mut line, mut x) = (0, MARGIN);
    let mut entries = Vec::new();
    for class in Class::ALL {
        if graph.links.iter().all(|link| link.class != class) {
            continue;
        }
        let words = class.name(frame.language);
        let wide = text_width(words, 13.0) + 26.0;
        if x + wide > width - MARGIN && x > MARGIN {
            (line, x) = (line + 1, MARGIN);
        }
        entries.push((line, x, class, words));
        x += wide + 24.0;
    }
    entries
}

struct Pen<'a> {
    graph: &'a Graph,
    layout: &'a Layout,
    left: f64,
    top: f64,
}

impl Pen<'_> {
    fn x(&self, column: usize) -> f64 {
        self.left + self.layout.columns[column]
    }

    fn link(&self, canvas: &Canvas<'_>, link: usize) {
        let colour = self.graph.links[link].class.colour();
        let (way, thick) = &self.layout.links[link];
        let thick = *thick;
        match way {
            Way::Forward(points) => {
                let middle = self.forward(points);
                if thick < 1.2 {
                    canvas.line(&middle, colour, thick.max(0.8), 0.75);
                } else {
                    band(canvas, &middle, thick, colour);
                }
            }
            &Way::Back { from, to, lane, tracks } => {
                let ends = self.graph.links[link];
                let out = self.x(self.layout.nodes[ends.from].layer) + self.layout.node_width;
                let into = self.x(self.layout.nodes[ends.to].layer);
                let (from, to) = ((out, self.top + from), (into, self.top + to));
                back(canvas, from, to, self.top + lane, (out + tracks.0, into - tracks.1), thick, colour);
            }
        }
    }

    /// The middle of a link: level across columns, curved between them.
    fn forward(&self, points: &[(usize, f64)]) -> Vec<Point> {
        let mut middle: Vec<Point> = Vec::new();
        for ends in points.windows(2) {
            let from = (self.x(ends[0].0) + self.layout.node_width, self.top + ends[0].1);
            let to = (self.x(ends[1].0), self.top + ends[1].1);
            middle.extend(curve(from, to));
        }
        middle
    }

    fn node(&self, canvas: &Canvas<'_>, node: usize) {
        let (spot, placed) = (&self.graph.spots[node], self.layout.nodes[node]);
        let (x, wide) = (self.x(placed.layer), self.layout.node_width);
        let (y, height) = (self.top + placed.top, placed.height.max(2.0));
        let colour = match spot.sort {
            Sort::Process => Colour::INK,
            Sort::Material => Colour::FAINT,
            Sort::Supply | Sort::End => Colour::BLUE,
        };
        canvas.together(|| {
            let lines = label::lines(&spot.name, spot.through, wide);
            let tall = label::height(lines.len());
            let thin = placed.height < tall;
            canvas.rectangle((x, y), (x + wide, y + height), colour, if thin { 0.75 } else { 0.1 });
            if !thin {
                for edge in [x, x + wide - 4.0] {
                    canvas.rectangle((edge, y), (edge + 4.0, y + height), colour, 0.85);
                }
            }
            let top = if thin { y - label::GAP - tall } else { y + (height - tall) / 2.0 };
            for (position, line) in lines.iter().enumerate() {
                let at = (x + wide / 2.0, top + (position as f64 + 0.5) * label::LINE);
                canvas.text(line, at, label::SIZE, Anchor::Middle, Colour::INK);
            }
        });
    }
}

/// A curve that leaves and arrives level.
fn curve(from: Point, to: Point) -> Vec<Point> {
    let bend = (to.0 - from.0) / 2.0;
    let point = |step: usize| {
        let t = step as f64 / POINTS as f64;
        let u = 1.0 - t;
        let (a, b, c, d) = (u * u * u, 3.0 * t * u * u, 3.0 * t * t * u, t * t * t);
        let x = a * from.0 + b * (from.0 + bend) + c * (to.0 - bend) + d * to.0;
        (x, (a + b) * from.1 + (c + d) * to.1)
    };
    (0..=POINTS).map(point).collect()
}

/// A band of constant height around its middle.
fn band(canvas: &Canvas<'_>, middle: &[Point], thick: f64, colour: Colour) {
    let above = middle.iter().map(|&(x, y)| (x, y - thick / 2.0));
    let below = middle.iter().rev().map(|&(x, y)| (x, y + thick / 2.0));
    canvas.polygon(&above.chain(below).collect::<Vec<_>>(), colour, LINK);
}

/// What goes back: out to the right, down its track, left along its lane, up, in from the left; an arrow at its end.
fn back(
    canvas: &Canvas<'_>,
    from: Point,
    to: Point,
    lane: f64,
    tracks: (f64, f64),
    thick: f64,
    colour: Colour,
) {
    let half = thick.max(1.0) / 2.0;
    let radius = half + 4.0;
    let quarter = std::f64::consts::FRAC_PI_2;
    // Middles of the four turns, each clockwise, with the angle at which it begins.
    let turns = [
        ((tracks.0 - radius, from.1 + radius), -quarter),
        ((tracks.0 - radius, lane - radius), 0.0),
        ((tracks.1 + radius, lane - radius), quarter),
        ((tracks.1 + radius, to.1 + radius), 2.0 * quarter),
    ];
    let side = |by: f64| {
        let mut points = vec![(from.0, from.1 - by)];
        for ((x, y), begin) in turns {
            points.extend((0..=6).map(|step| {
                let angle = begin + quarter * f64::from(step) / 6.0;
                (x + (radius + by) * libm::cos(angle), y + (radius + by) * libm::sin(angle))
            }));
        }
        points.push((to.0, to.1 - by));
        points
    };
    let inner = side(-half).into_iter().rev();
    canvas.polygon(&side(half).into_iter().chain(inner).collect::<Vec<_>>(), colour, LINK);
    let size = half.clamp(3.0, 9.0);
    canvas.polygon(&[to, (to.0 - size, to.1 - size), (to.0 - size, to.1 + size)], colour, 1.0);
}
