//! Formulas that go round in a circle: what Excel then stores beside them is no result.

use super::cells::Rows;
use super::place::{address, cell_at};
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::input::collected::Collected;
use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::BTreeMap;

/// Longest side of an area of which every cell is looked at; a longer one is looked at by its formulas.
const NAMED: usize = 4;

/// Tells every circle of formulas within a sheet, once, at its first cell.
pub(super) fn check(rows: &Rows, file: &str, found: &mut Collected) {
    let mut graph: DiGraph<(u32, u32), ()> = DiGraph::new();
    let nodes: BTreeMap<(u32, u32), NodeIndex> =
        rows.formulas.keys().map(|cell| (*cell, graph.add_node(*cell))).collect();
    for (cell, formula) in &rows.formulas {
        for (first, last) in areas(formula) {
            let inside = nodes.range((first.0, 0)..=(last.0, u32::MAX));
            let inside = inside.filter(|((_, column), _)| (first.1..=last.1).contains(column));
            for (_, node) in inside {
                graph.add_edge(nodes[cell], *node, ());
            }
        }
    }
    let mut circles: Vec<Vec<(u32, u32)>> = tarjan_scc(&graph)
        .into_iter()
        .filter(|nodes| nodes.len() > 1 || graph.contains_edge(nodes[0], nodes[0]))
        .map(|nodes| {
            let mut cells: Vec<(u32, u32)> = nodes.into_iter().map(|node| graph[node]).collect();
            cells.sort_unstable();
            cells
        })
        .collect();
    circles.sort_unstable();
    for circle in circles {
        let shown: Vec<String> = circle.iter().take(NAMED).map(|cell| address(*cell)).collect();
        let more = if circle.len() > NAMED { "…" } else { "" };
        let spot = Spot { file: file.to_owned(), row: Some(circle[0].0), column: None };
        found.push(Diagnostic::new(Code("E027")).at(spot).with("cells", shown.join(", ") + more));
    }
}

/// The areas of the same sheet that a formula names: first and last cell.
fn areas(formula: &str) -> Vec<((u32, u32), (u32, u32))> {
    let mut found = Vec::new();
    let mut rest = formula;
    let mut before = ' ';
    while let Some(sign) = rest.chars().next() {
        if sign == '"' || sign == '\'' {
            // Texts and names of other sheets.
            let end = rest[1..].find(sign).map_or(rest.len(), |end| end + 2);
            rest = &rest[end..];
            before = sign;
            continue;
        }
        let foreign = before == '!' || before.is_alphanumeric() || before == '_' || before == '.';
        match cell_at(rest).filter(|_| !foreign) {
            Some((first, length)) => {
                let after = &rest[length..];
                let last = after.strip_prefix(':').and_then(cell_at);
                let length = length + last.map_or(0, |(_, more)| more + 1);
                let last = last.map_or(first, |(last, _)| last);
                let corner = |pick: fn(u32, u32) -> u32| (pick(first.0, last.0), pick(first.1, last.1));
                found.push((corner(u32::min), corner(u32::max)));
                rest = &rest[length..];
                before = '0';
            }
            None => {
                before = sign;
                rest = &rest[sign.len_utf8()..];
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_name_areas_of_their_own_sheet() {
        assert_eq!(areas("A1+$B$2*SUM(C3:D4)"), [((1, 1), (1, 1)), ((2, 2), (2, 2)), ((3, 3), (4, 4))]);
        assert_eq!(areas("Sheet2!A1+'其他 表'!B2&\"C3\""), []);
        assert_eq!(areas("LOG10(A1)+D4:C3"), [((1, 1), (1, 1)), ((3, 3), (4, 4))]);
    }
}
