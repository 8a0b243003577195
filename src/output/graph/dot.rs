//! Graphviz: `dot -Tsvg`.

use super::{Wanted, nodes, sort};
use crate::network::Node;
use crate::output::row::Cell;
use std::fmt::Write as _;

/// The network in the DOT language. Arcs are as wide as what they carry, of the most that one of the same dimension
/// carries.
#[must_use]
pub fn dot(wanted: &Wanted<'_>) -> String {
    let edges = wanted.edges();
    let dimension = |material| wanted.model.materials[material].dimension.symbol();
    let most = |unit: &str| {
        let of_unit = edges.iter().filter(|edge| dimension(edge.material) == unit);
        of_unit.filter_map(|edge| edge.quantity).fold(0.0, f64::max)
    };
    let mut text =
        String::from("digraph circflow {\n  rankdir=LR;\n  node [fontsize=10];\n  edge [fontsize=8];\n");
    let _ = writeln!(text, "  label={};", quoted(&wanted.heading()));
    for node in nodes(&edges) {
        let (id, title) = (quoted(&wanted.label(node)), quoted(&wanted.title(node)));
        let _ =
            writeln!(text, "  {id} [label={title}, shape={}, class={}];", shape(node), quoted(sort(node)));
    }
    let mut widest = std::collections::BTreeMap::new();
    for edge in &edges {
        let unit = dimension(edge.material);
        let (from, to) = (quoted(&wanted.label(edge.from)), quoted(&wanted.label(edge.to)));
        let name = wanted.material(edge.material);
        match edge.quantity {
            None => {
                let _ = writeln!(text, "  {from} -> {to} [label={}];", quoted(name));
            }
            Some(quantity) => {
                let widest = *widest.entry(unit).or_insert_with(|| most(unit));
                let label = quoted(&format!("{name} {} {unit}", Cell::from(rounded(quantity)).written()));
                let width = 0.5 + 5.5 * quantity / widest;
                let _ = writeln!(
                    text,
                    "  {from} -> {to} [label={label}, penwidth={width:.2}, weight={width:.0}];"
                );
            }
        }
    }
    text.push_str("}\n");
    text
}

/// Four figures are enough on a picture; the edge list has them all.
fn rounded(quantity: f64) -> f64 {
    format!("{quantity:.3e}").parse().unwrap_or(quantity)
}

fn shape(node: Node) -> &'static str {
    match node {
        Node::Process(_) => "box",
        Node::Market(_) => "ellipse",
        Node::Stock(_) => "cylinder",
        Node::Demand(_) => "house",
        _ => "plaintext",
    }
}

/// A string of the DOT language: quotes and backslashes are escaped, line breaks become spaces.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_end_where_they_should() {
        assert_eq!(quoted("a\"b\\\n"), "\"a\\\"b\\\\ \"");
    }
}
