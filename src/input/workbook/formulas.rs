//! Formulas that go round in a circle: what Excel then stores beside them is no result.

mod references;

use super::place::address;
use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::input::collected::Collected;
use references::{Area, references};
use std::collections::BTreeMap;

/// Cells of a circle that are named.
const NAMED: usize = 4;
/// Circles that are looked for: with so many the rest is no news.
const MOST: usize = 50;

/// The formulas of a sheet by row and column.
pub(super) struct SheetFormulas {
    /// Name of the sheet.
    pub(super) sheet: String,
    /// What its file is called among those of the model; `None` of a sheet that is not read.
    pub(super) file: Option<String>,
    /// Formulas.
    pub(super) formulas: BTreeMap<(u32, u32), String>,
}

/// Sheets that formulas name.
pub(super) fn named_sheets(sheets: &[SheetFormulas]) -> Vec<String> {
    let formulas = sheets.iter().flat_map(|sheet| sheet.formulas.values());
    formulas.flat_map(|formula| references(formula)).filter_map(|reference| reference.sheet).collect()
}

/// Tells every circle of formulas once, at its first cell in a sheet that is read. Complexity O(formulas · columns named
/// · log formulas): an area is looked at by those of its formulas that are not settled yet.
pub(super) fn check(sheets: &[SheetFormulas], found: &mut Collected) {
    let mut walk = Walk::of(sheets);
    for start in 0..walk.nodes.len() {
        walk.visit(start);
    }
    for mut circle in walk.circles {
        circle.sort_unstable();
        let Some((at, file)) = circle.iter().find_map(|node| {
            let (sheet, row, _) = walk.nodes[*node];
            Some((row, sheets[sheet].file.clone()?))
        }) else {
            continue;
        };
        let one = circle.iter().all(|node| walk.nodes[*node].0 == walk.nodes[circle[0]].0);
        let shown = circle.iter().take(NAMED).map(|node| {
            let (sheet, row, column) = walk.nodes[*node];
            let cell = address((row, column));
            if one { cell } else { format!("{}!{cell}", sheets[sheet].sheet) }
        });
        let shown: Vec<String> = shown.collect();
        let more = if circle.len() > NAMED { "…" } else { "" };
        let spot = Spot { file, row: Some(at), column: None };
        found.push(Diagnostic::new(Code("E027")).at(spot).with("cells", shown.join(", ") + more));
    }
}

/// The formulas of one column of a sheet, ascending; `next` leads past those that are settled.
struct Column {
    rows: Vec<u32>,
    first: usize,
    next: Vec<usize>,
}

impl Column {
    /// Position of the first formula not settled at or behind a position.
    fn open(&mut self, from: usize) -> usize {
        let mut at = from;
        while self.next[at] != at {
            // Halving the path keeps it short.
            self.next[at] = self.next[self.next[at]];
            at = self.next[at];
        }
        at
    }
}

/// A walk in depth through formulas. Every formula is settled once; one that is met again while it is open closes a circle.
struct Walk<'a> {
    sheets: &'a [SheetFormulas],
    /// Sheet, row and column of every formula: by sheet, column, row.
    nodes: Vec<(usize, u32, u32)>,
    columns: BTreeMap<(usize, u32), Column>,
    /// Position on the path, of those that are open.
    on_path: Vec<Option<usize>>,
    path: Vec<usize>,
    settled: Vec<bool>,
    circles: Vec<Vec<usize>>,
}

/// An open formula with the areas that are yet to be looked at.
struct Open {
    node: usize,
    areas: Vec<(usize, Area)>,
}

impl<'a> Walk<'a> {
    fn of(sheets: &'a [SheetFormulas]) -> Self {
        let mut nodes: Vec<(usize, u32, u32)> = Vec::new();
        let mut columns: BTreeMap<(usize, u32), Column> = BTreeMap::new();
        for (sheet, of) in sheets.iter().enumerate() {
            let mut cells: Vec<(u32, u32)> =
                of.formulas.keys().map(|(row, column)| (*column, *row)).collect();
            cells.sort_unstable();
            for (column, row) in cells {
                let at = columns.entry((sheet, column)).or_insert_with(|| Column {
                    rows: Vec::new(),
                    first: nodes.len(),
                    next: vec![0],
                });
                at.rows.push(row);
                at.next.push(at.rows.len());
                nodes.push((sheet, row, column));
            }
        }
        let count = nodes.len();
        Self {
            sheets,
            nodes,
            columns,
            on_path: vec![None; count],
            path: Vec::new(),
            settled: vec![false; count],
            circles: Vec::new(),
        }
    }

    /// The areas that a formula names, with their sheets.
    fn areas(&self, node: usize) -> Vec<(usize, Area)> {
        let (sheet, row, column) = self.nodes[node];
        let named = |name: &str| self.sheets.iter().position(|s| s.sheet.eq_ignore_ascii_case(name));
        references(&self.sheets[sheet].formulas[&(row, column)])
            .into_iter()
            .filter_map(|reference| match &reference.sheet {
                Some(name) => Some((named(name)?, reference.area)),
                None => Some((sheet, reference.area)),
            })
            .collect()
    }

    /// The formulas of an area that are not settled: those to be visited, and those that are open.
    fn unsettled(&mut self, sheet: usize, area: Area) -> (Option<usize>, Vec<usize>) {
        let mut open = Vec::new();
        for (_, column) in self.columns.range_mut((sheet, area.first.1)..=(sheet, area.last.1)) {
            let end = column.rows.partition_point(|row| *row <= area.last.0);
            let mut at = column.open(column.rows.partition_point(|row| *row < area.first.0));
            while at < end {
                let node = column.first + at;
                if self.on_path[node].is_none() {
                    return (Some(node), open);
                }
                open.push(node);
                at = column.open(at + 1);
            }
        }
        (None, open)
    }

    fn visit(&mut self, start: usize) {
        if self.settled[start] || self.circles.len() >= MOST {
            return;
        }
        let mut stack = vec![self.opened(start)];
        while let Some(open) = stack.last_mut() {
            let Some(&(sheet, area)) = open.areas.last() else {
                let node = open.node;
                stack.pop();
                self.settle(node);
                continue;
            };
            let (next, met) = self.unsettled(sheet, area);
            for node in met {
                self.close(node);
            }
            match next {
                Some(node) => {
                    let opened = self.opened(node);
                    stack.push(opened);
                }
                None => {
                    if let Some(open) = stack.last_mut() {
                        open.areas.pop();
                    }
                }
            }
        }
    }

    fn opened(&mut self, node: usize) -> Open {
        self.on_path[node] = Some(self.path.len());
        self.path.push(node);
        Open { node, areas: self.areas(node) }
    }

    fn settle(&mut self, node: usize) {
        self.on_path[node] = None;
        self.path.pop();
        self.settled[node] = true;
        let (sheet, _, column) = self.nodes[node];
        if let Some(column) = self.columns.get_mut(&(sheet, column)) {
            let at = node - column.first;
            column.next[at] = at + 1;
        }
    }

    /// A circle: the path from an open formula to its end. Circles that share a formula are one.
    fn close(&mut self, node: usize) {
        let Some(begin) = self.on_path[node] else { return };
        let circle = &self.path[begin..];
        let same = |known: &Vec<usize>| known.iter().any(|cell| circle.contains(cell));
        match self.circles.iter().position(same) {
            Some(known) => {
                let known = &mut self.circles[known];
                known.extend(circle);
                known.sort_unstable();
                known.dedup();
            }
            None => self.circles.push(circle.to_vec()),
        }
    }
}
