//! Draws a placed Sankey diagram.

use super::super::canvas::{Anchor, Canvas, Point, picture, text_width};
use super::super::frame::{Frame, HEAD, MARGIN, broken};
use super::super::palette::Colour;
use super::graph::{Graph, Group, Sort};
use super::layout::{Ends, LAYER, Layout, NODE};
use crate::report::number;

/// Room to the right of the last layer for its labels.
const RIGHT: f64 = 170.0;
/// Size of names and of amounts.
const WORDS: (f64, f64) = (14.0, 12.0);
/// Room to the left for what goes back.
const LEFT: f64 = 30.0;
/// Height of a line of a label.
const LINE: f64 = 15.0;
/// Points of a curve.
const POINTS: usize = 24;

/// The picture.
pub(super) fn draw(graph: &Graph, layout: &Layout, frame: &Frame) -> String {
    let width = MARGIN * 2.0 + LEFT + (layout.layers.saturating_sub(1)) as f64 * LAYER + NODE + RIGHT;
    let top = HEAD + 44.0;
    let height = top + layout.height + 16.0 + frame.foot_height(width);
    let shift = Shift { left: MARGIN + LEFT, top };
    picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        legend(canvas, graph);
        let mut order: Vec<usize> = (0..graph.links.len()).collect();
        // Thick ones first, so that thin ones stay visible on top.
        order.sort_by(|&a, &b| graph.links[b].tonnes.total_cmp(&graph.links[a].tonnes).then(a.cmp(&b)));
        for link in order {
            draw_link(canvas, graph, layout, link, shift);
        }
        for node in 0..graph.spots.len() {
            draw_node(canvas, graph, layout, node, shift);
        }
        for node in 0..graph.spots.len() {
            draw_label(canvas, graph, layout, node, shift);
        }
    })
}

#[derive(Clone, Copy)]
struct Shift {
    left: f64,
    top: f64,
}

impl Shift {
    fn x(self, layer: usize) -> f64 {
        self.left + layer as f64 * LAYER
    }
}

fn legend(canvas: &Canvas<'_>, graph: &Graph) {
    let mut x = MARGIN;
    let y = HEAD + 8.0;
    for group in Group::ALL {
        if graph.links.iter().all(|link| link.group != group) {
            continue;
        }
        let words = group.name(graph.language);
        canvas.rectangle((x, y - 6.0), (x + 18.0, y + 6.0), group.colour(), 0.6);
        canvas.text(words, (x + 24.0, y), 13.0, Anchor::Start, Colour::INK);
        x += text_width(words, 13.0) + 52.0;
    }
}

fn draw_link(canvas: &Canvas<'_>, graph: &Graph, layout: &Layout, link: usize, shift: Shift) {
    let (ends, colour) = (layout.ends[link], graph.links[link].group.colour());
    let from = (shift.x(layout.nodes[graph.links[link].from].layer) + NODE, shift.top + ends.from);
    let to = (shift.x(layout.nodes[graph.links[link].to].layer), shift.top + ends.to);
    match ends.lane {
        None => ribbon(canvas, from, to, ends.thick, colour),
        Some(lane) => back(canvas, from, to, shift.top + lane, ends, colour),
    }
}

/// A band of constant height between two points.
fn ribbon(canvas: &Canvas<'_>, from: Point, to: Point, thick: f64, colour: Colour) {
    let middle = curve(from, to);
    if thick < 1.5 {
        canvas.line(&middle, colour, 1.0, 0.6);
        return;
    }
    let above = middle.iter().map(|&(x, y)| (x, y - thick / 2.0));
    let below = middle.iter().rev().map(|&(x, y)| (x, y + thick / 2.0));
    canvas.polygon(&above.chain(below).collect::<Vec<_>>(), colour, 0.42);
}

/// A curve that leaves and arrives level.
fn curve(from: Point, to: Point) -> Vec<Point> {
    let bend = (to.0 - from.0) / 2.0;
    (0..=POINTS)
        .map(|step| {
            let t = step as f64 / POINTS as f64;
            let (a, b, c, d) =
                ((1.0 - t).powi(3), 3.0 * t * (1.0 - t).powi(2), 3.0 * t * t * (1.0 - t), t.powi(3));
            let x = a * from.0 + b * (from.0 + bend) + c * (to.0 - bend) + d * to.0;
            (x, a * from.1 + b * from.1 + c * to.1 + d * to.1)
        })
        .collect()
}

/// What goes back: out to the right, down, left along its lane, up, in from the left; an arrow at its end.
fn back(canvas: &Canvas<'_>, from: Point, to: Point, lane: f64, ends: Ends, colour: Colour) {
    let out = 10.0 + ends.thick / 2.0;
    let mut points = vec![from];
    let turn = |x: f64, y: f64, start: f64, radius: f64, points: &mut Vec<Point>| {
        for step in 0..=8 {
            let angle = start + std::f64::consts::FRAC_PI_2 * f64::from(step) / 8.0;
            points.push((x + radius * libm::cos(angle), y + radius * libm::sin(angle)));
        }
    };
    let half_turn = std::f64::consts::FRAC_PI_2;
    turn(from.0, from.1 + out, -half_turn, out, &mut points);
    turn(from.0, lane - out, 0.0, out, &mut points);
    turn(to.0, lane - out, half_turn, out, &mut points);
    turn(to.0, to.1 + out, 2.0 * half_turn, out, &mut points);
    points.push(to);
    canvas.line(&points, colour, ends.thick.max(1.0), 0.42);
    let size = 4.0;
    canvas.polygon(&[(to.0, to.1), (to.0 - size, to.1 - size), (to.0 - size, to.1 + size)], colour, 1.0);
}

fn draw_node(canvas: &Canvas<'_>, graph: &Graph, layout: &Layout, node: usize, shift: Shift) {
    let placed = layout.nodes[node];
    let x = shift.x(placed.layer);
    let y = shift.top + placed.top;
    let colour = match graph.spots[node].sort {
        Sort::Process => Colour::INK,
        Sort::Material => Colour::FAINT,
        Sort::Supply | Sort::End => Colour::GREEN,
    };
    canvas.rectangle((x, y), (x + NODE, y + placed.height.max(2.0)), colour, 1.0);
}

fn draw_label(canvas: &Canvas<'_>, graph: &Graph, layout: &Layout, node: usize, shift: Shift) {
    let placed = layout.nodes[node];
    let x = shift.x(placed.layer) + NODE + 4.0;
    let y = shift.top + placed.top + placed.height / 2.0;
    let last = placed.layer + 1 == layout.layers;
    let room = if last { RIGHT - 8.0 } else { LAYER - NODE - 14.0 };
    let names = in_lines(&graph.spots[node].name, room, WORDS.0);
    let amount = number::wan_tonnes(graph.throughput()[node]);
    let wide =
        names.iter().map(|line| text_width(line, WORDS.0)).fold(text_width(&amount, WORDS.1), f64::max);
    let tall = (names.len() as f64 + 1.0) * LINE;
    let mut y = if placed.height < tall { shift.top + placed.top - 1.0 } else { y - tall / 2.0 };
    canvas.rectangle((x - 2.0, y), (x + wide + 2.0, y + tall), Colour::WHITE, 0.72);
    y += LINE / 2.0;
    for line in &names {
        canvas.text(line, (x, y), WORDS.0, Anchor::Start, Colour::INK);
        y += LINE;
    }
    canvas.text(&amount, (x, y), WORDS.1, Anchor::Start, Colour::FAINT);
}

/// A name in one line or two, the second cut with an ellipsis where there is no room.
fn in_lines(name: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines = broken(name, room, size);
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    if lines.len() > 2 {
        let rest = lines.drain(1..).collect::<Vec<_>>().join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| shortened(line, room, size)).collect()
}

/// The name, cut with an ellipsis where there is no room.
fn shortened(name: &str, room: f64, size: f64) -> String {
    if text_width(name, size) <= room {
        return name.to_owned();
    }
    let mut cut = String::new();
    for c in name.chars() {
        if text_width(&format!("{cut}{c}…"), size) > room {
            break;
        }
        cut.push(c);
    }
    format!("{}…", cut.trim_end())
}
