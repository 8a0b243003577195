//! Nodes and flows: kinds `flows`, `reconcile` and `ensemble`.

use super::cells::{Cell, Cells, Ids};
use super::folder::Folder;
use super::outputs;
use super::periods::Periods;
use super::rows::{Dated, Rows};
use super::sheet::Sheet;
use crate::case::system::{
    Coefficient, Content, ContentMeasure, Flow, FlowSystem, Given, Node, NodeKind, Period, Relation, Release,
    Share,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{FlowId, Id, LayerId, NodeId, Table};
use std::collections::BTreeMap;

/// Greatest age of a release, in periods.
const OLDEST: u32 = 100_000;

/// How far released shares may add up to more than one, for shares given with a few digits.
const ROUNDING: f64 = 1e-9;

/// What the tables of a system name.
#[derive(Debug)]
struct Named {
    nodes: Ids,
    flows: Ids,
    layers: Ids,
}

/// Reads the system of a folder; what is faulty is told and left out.
pub(super) fn read(folder: &Folder, periods: &Periods, cells: &mut Cells) -> FlowSystem {
    let mut named = Named { nodes: Ids::of("nodes"), flows: Ids::of("flows"), layers: Ids::of("layers") };
    let mut system = FlowSystem { nodes: nodes(folder, &mut named, cells), ..FlowSystem::default() };
    let given = flows(folder, &mut named, &mut system, periods, cells);
    name_layers(folder, &mut named);
    system.layers = named.layers.iter().map(str::to_owned).collect();
    let coefficients = coefficients(folder, &named, &system, periods, cells);
    let contents = contents(folder, &named, periods, cells);
    system.periods = periods
        .names
        .ids()
        .map(|period| {
            let mut flows: Table<FlowId, Given> = system.flows.iter().map(|_| Given::default()).collect();
            for (flow, value) in given.of(period) {
                flows[*flow] = *value;
            }
            let coefficients = coefficients.of(period).map(|(_, row)| row.clone()).collect();
            let contents = contents.of(period).map(|(_, row)| row.clone()).collect();
            Period { name: periods.names[period].clone(), flows, coefficients, contents }
        })
        .collect();
    system.relations = relations(folder, &named, cells);
    system.releases = releases(folder, &named, &system, cells);
    let known: Vec<&str> = named.flows.iter().collect();
    system.outputs = outputs::read(folder, cells, &known, &mut |flow, layer| {
        let flow = FlowId::from_index(named.flows.symbol(flow)?);
        let layer = match layer {
            Some(layer) => Some(LayerId::from_index(named.layers.get(layer)?)),
            None => None,
        };
        Some(system.symbol(flow, layer))
    });
    system
}

fn nodes(folder: &Folder, named: &mut Named, cells: &mut Cells) -> Table<NodeId, Node> {
    let mut nodes = Table::new();
    let Some(sheet) = folder.sheet("nodes") else { return nodes };
    let [node, kind] = ["node", "kind"].map(|name| sheet.column(name));
    let words =
        [("process", NodeKind::Process), ("stock", NodeKind::Stock), ("environment", NodeKind::Environment)];
    for row in 0..sheet.len() {
        if named.nodes.issue(cells, sheet, row, node).is_some() {
            // A word that is not known is told; the kind that may have every row is told nothing besides.
            let kind = cells.choice(sheet, row, kind, &words).unwrap_or(NodeKind::Stock);
            nodes.push(Node { key: sheet.text(row, node).to_owned(), kind });
        }
    }
    nodes
}

/// Fills the flows of the system; what is given of them, by period.
fn flows(
    folder: &Folder,
    named: &mut Named,
    system: &mut FlowSystem,
    periods: &Periods,
    cells: &mut Cells,
) -> Dated<FlowId, FlowId, Given> {
    let mut rows = Rows::new(periods.len());
    let Some(sheet) = folder.sheet("flows") else { return rows.finish() };
    let [flow, from, to, value] = ["flow", "from", "to", "value"].map(|name| sheet.column(name));
    let [lower, upper, sampled] = ["lower", "upper", "sampled"].map(|name| sheet.column(name));
    for row in 0..sheet.len() {
        let Some(key) = cells.id(sheet, row, flow) else { continue };
        let ends = [from, to].map(|column| named.nodes.refer(cells, sheet, row, column));
        let [Some(source), Some(target)] = ends.map(|end| end.map(NodeId::from_index)) else {
            named.flows.leave_out(key);
            continue;
        };
        let (number, is_new) = named.flows.add(key);
        let id = FlowId::from_index(number);
        if is_new {
            system.flows.push(Flow { key: key.to_owned(), from: source, to: target });
        } else {
            let known = &system.flows[id];
            for (column, node, other) in [(from, known.from, source), (to, known.to, target)] {
                if node != other {
                    let finding = Diagnostic::new(Code("E713")).with("flow", key);
                    let finding = finding.with("found", sheet.text(row, column));
                    cells.fault(sheet, row, column, finding.with("expected", &system.nodes[node].key));
                }
            }
        }
        let Some(period) = periods.of_row(cells, sheet, row) else { continue };
        let Some(value) = cells.value(sheet, row, value) else { continue };
        let Some([lower, upper]) = cells.bounds(sheet, row, lower, upper) else { continue };
        let sampled = cells.sampled(sheet, row, sampled);
        let line = sheet.line(row);
        rows.add(cells, (sheet, row, flow), period, (id, id), Given { value, lower, upper, sampled, line });
    }
    rows.finish()
}

/// The layers that any table names, in the order of the tables.
fn name_layers(folder: &Folder, named: &mut Named) {
    for sheet in ["layers", "coefficients"].into_iter().filter_map(|table| folder.sheet(table)) {
        let column = sheet.column("layer");
        for row in 0..sheet.len() {
            let layer = sheet.text(row, column);
            if !layer.is_empty() {
                named.layers.add(layer);
            }
        }
    }
}

type Leaving = (NodeId, FlowId, Option<LayerId>);

fn coefficients(
    folder: &Folder,
    named: &Named,
    system: &FlowSystem,
    periods: &Periods,
    cells: &mut Cells,
) -> Dated<Leaving, (Leaving, Option<FlowId>), Coefficient> {
    let mut rows = Rows::new(periods.len());
    let Some(sheet) = folder.sheet("coefficients") else { return rows.finish() };
    let [node_column, flow_column, layer] = ["node", "flow", "layer"].map(|name| sheet.column(name));
    let [of, id, value, sampled] = ["of", "id", "value", "sampled"].map(|name| sheet.column(name));
    for row in 0..sheet.len() {
        let Some((node, flow)) = leaving(named, system, cells, (sheet, row), node_column, flow_column) else {
            continue;
        };
        let layer = named.layers.get(sheet.text(row, layer)).map(LayerId::from_index);
        let of = if sheet.text(row, of).is_empty() {
            None
        } else {
            let Some(inflow) = named.flows.refer(cells, sheet, row, of).map(FlowId::from_index) else {
                continue;
            };
            if system.flows[inflow].to != node {
                let finding = Diagnostic::new(Code("E715")).with("flow", sheet.text(row, of));
                cells.fault(sheet, row, of, finding.with("node", sheet.text(row, node_column)));
                continue;
            }
            Some(inflow)
        };
        let Some(period) = periods.of_row(cells, sheet, row) else { continue };
        let share = match cells.quantity(sheet, row, value) {
            Some(Cell::Blank) => Share::Unknown,
            Some(Cell::Rest) => Share::Rest,
            Some(Cell::Number(number)) => Share::Given(number),
            None => continue,
        };
        let id = Some(sheet.text(row, id)).filter(|id| !id.is_empty()).map(str::to_owned);
        let (sampled, line) = (cells.sampled(sheet, row, sampled), sheet.line(row));
        let key = (node, flow, layer);
        let record = Coefficient { node, flow, layer, of, id, share, sampled, line };
        rows.add(cells, (sheet, row, flow_column), period, (key, (key, of)), record);
    }
    let rows = rows.finish();
    for period in periods.names.ids() {
        let mut rests: BTreeMap<(NodeId, Option<LayerId>, Option<FlowId>), u32> = BTreeMap::new();
        for (_, row) in rows.of(period).filter(|(_, row)| row.share == Share::Rest) {
            if let Some(first) = rests.insert((row.node, row.layer, row.of), row.line) {
                let spot = (0..sheet.len()).find(|at| sheet.line(*at) == row.line);
                let finding = Diagnostic::new(Code("E716")).with("node", &system.nodes[row.node].key);
                cells.fault(sheet, spot.unwrap_or_default(), value, finding.with("first", first.to_string()));
            }
        }
    }
    rows
}

/// A node and a flow that leaves it.
fn leaving(
    named: &Named,
    system: &FlowSystem,
    cells: &mut Cells,
    (sheet, row): (&Sheet, usize),
    node: super::sheet::Column<'_>,
    flow: super::sheet::Column<'_>,
) -> Option<(NodeId, FlowId)> {
    let from = named.nodes.refer(cells, sheet, row, node).map(NodeId::from_index);
    let outflow = named.flows.refer(cells, sheet, row, flow).map(FlowId::from_index);
    let (from, outflow) = (from?, outflow?);
    if system.flows[outflow].from != from {
        let finding = Diagnostic::new(Code("E714")).with("flow", sheet.text(row, flow));
        cells.fault(sheet, row, flow, finding.with("node", sheet.text(row, node)));
        return None;
    }
    Some((from, outflow))
}

type Contained = (FlowId, LayerId);

fn contents(
    folder: &Folder,
    named: &Named,
    periods: &Periods,
    cells: &mut Cells,
) -> Dated<Contained, (Contained, bool), Content> {
    let mut rows = Rows::new(periods.len());
    let Some(sheet) = folder.sheet("layers") else { return rows.finish() };
    let [flow_column, layer_column, value, measure] =
        ["flow", "layer", "value", "as"].map(|name| sheet.column(name));
    let [id, sampled] = ["id", "sampled"].map(|name| sheet.column(name));
    let words = [("share", ContentMeasure::Share), ("amount", ContentMeasure::Amount)];
    for row in 0..sheet.len() {
        let flow = named.flows.refer(cells, sheet, row, flow_column).map(FlowId::from_index);
        let layer = cells.id(sheet, row, layer_column).and_then(|layer| named.layers.get(layer));
        let measure = cells.choice(sheet, row, measure, &words);
        let (Some(flow), Some(layer), Some(measure)) = (flow, layer.map(LayerId::from_index), measure) else {
            continue;
        };
        let Some(period) = periods.of_row(cells, sheet, row) else { continue };
        let Some(value) = cells.value(sheet, row, value) else { continue };
        let id = Some(sheet.text(row, id)).filter(|id| !id.is_empty()).map(str::to_owned);
        let (sampled, line) = (cells.sampled(sheet, row, sampled), sheet.line(row));
        let key = (flow, layer);
        let record = Content { flow, layer, measure, id, value, sampled, line };
        rows.add(
            cells,
            (sheet, row, flow_column),
            period,
            (key, (key, measure == ContentMeasure::Amount)),
            record,
        );
    }
    rows.finish()
}

fn relations(folder: &Folder, named: &Named, cells: &mut Cells) -> Vec<Relation> {
    let Some(sheet) = folder.sheet("relations") else { return Vec::new() };
    let [relation, flow] = ["relation", "flow"].map(|name| sheet.column(name));
    let [factor, constant] = ["factor", "constant"].map(|name| sheet.column(name));
    let (mut ids, mut relations) = (Ids::of("relations"), Vec::<Relation>::new());
    for row in 0..sheet.len() {
        let Some(key) = cells.id(sheet, row, relation) else { continue };
        let (number, is_new) = ids.add(key);
        let value = cells.number(sheet, row, constant);
        if is_new {
            let constant = value.flatten().unwrap_or_default();
            relations.push(Relation {
                key: key.to_owned(),
                terms: Vec::new(),
                constant,
                line: sheet.line(row),
            });
        } else if value.flatten().is_some_and(|value| value != relations[number].constant) {
            let finding = Diagnostic::new(Code("E717")).with("first", relations[number].line.to_string());
            cells.fault(sheet, row, constant, finding.with("found", sheet.text(row, constant)));
        }
        let term = named.flows.refer(cells, sheet, row, flow).map(FlowId::from_index);
        let number_of = cells.word(sheet, row, factor).is_some().then(|| cells.number(sheet, row, factor));
        if let (Some(flow), Some(factor)) = (term, number_of.flatten().flatten()) {
            relations[number].terms.push((flow, factor));
        }
    }
    relations
}

fn releases(folder: &Folder, named: &Named, system: &FlowSystem, cells: &mut Cells) -> Vec<Release> {
    let Some(sheet) = folder.sheet("release") else { return Vec::new() };
    let [node_column, flow_column, age, value] =
        ["node", "flow", "age", "value"].map(|name| sheet.column(name));
    let mut releases = Vec::new();
    let mut first: BTreeMap<(NodeId, FlowId, u32), u32> = BTreeMap::new();
    let mut shares: BTreeMap<NodeId, f64> = BTreeMap::new();
    for row in 0..sheet.len() {
        let Some((node, flow)) = leaving(named, system, cells, (sheet, row), node_column, flow_column) else {
            continue;
        };
        if system.nodes[node].kind != NodeKind::Stock {
            let finding = Diagnostic::new(Code("E718")).with("node", sheet.text(row, node_column));
            cells.fault(sheet, row, node_column, finding);
            continue;
        }
        let Some(age) = cells.count(sheet, row, age, OLDEST) else { continue };
        let line = sheet.line(row);
        if let Some(first) = first.insert((node, flow, age), line) {
            cells.fault(sheet, row, flow_column, repeated(first, sheet, row));
            continue;
        }
        let Some(share) =
            cells.word(sheet, row, value).and_then(|_| cells.value(sheet, row, value)).flatten()
        else {
            continue;
        };
        let total = shares.entry(node).or_default();
        let before = *total;
        *total += share.central;
        if share.central < 0.0 {
            let finding = Diagnostic::new(Code("E109")).with("found", sheet.text(row, value));
            cells.fault(sheet, row, value, finding);
        } else if *total > 1.0 + ROUNDING && before <= 1.0 + ROUNDING {
            let finding = Diagnostic::new(Code("E719")).with("node", sheet.text(row, node_column));
            cells.fault(sheet, row, value, finding.with("found", total.to_string()));
        }
        releases.push(Release { node, flow, age, value: share, line });
    }
    releases
}

fn repeated(first: u32, sheet: &Sheet, row: usize) -> Diagnostic {
    let found = format!("{}:{}", sheet.file, sheet.line(row));
    Diagnostic::new(Code("E130")).with("first", first.to_string()).with("found", found)
}
