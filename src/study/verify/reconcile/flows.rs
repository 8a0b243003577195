//! Nodes, flows and layers posed as a problem.
//!
//! The goods and every layer of every flow are quantities, so are shares that are not constant. Equations: balances of
//! processes, shares of what enters a node, contents, relations, layers that sum to the goods.

use super::posed::{Posed, knowledge, without_blanks};
use crate::case::system::{Coefficient, Content, ContentMeasure, NodeKind, Period, Share};
use crate::case::{Case, FlowSystem};
use crate::id::{FlowId, LayerId, NodeId};
use crate::reconcile::{Equation, Knowledge, Variable};
use std::collections::BTreeMap;

/// Poses the first period of a system; kind `reconcile` has no others.
pub(super) fn pose(case: &Case, system: &FlowSystem) -> Posed {
    let mut posed = Posed::default();
    let Some(period) = system.periods.iter().next() else { return posed };
    add_flows(&mut posed, system, period);
    for content in &period.contents {
        add_content(&mut posed, system, content);
    }
    add_balances(&mut posed, system);
    add_coefficients(&mut posed, system, period);
    for relation in &system.relations {
        let terms = relation.terms.iter().map(|(flow, factor)| (system.symbol(*flow, None), *factor));
        let equation = Equation::linear(terms.collect(), relation.constant);
        posed.require(equation, format!("relations.csv {}", relation.key));
    }
    if case.settings.layers_sum_to_goods {
        for (flow, described) in system.flows.enumerate() {
            let mut terms = vec![(system.symbol(flow, None), -1.0)];
            terms.extend(system.layers.ids().map(|layer| (system.symbol(flow, Some(layer)), 1.0)));
            posed.require(
                Equation::linear(terms, 0.0),
                format!("case.toml layers_sum_to_goods {}", described.key),
            );
        }
    }
    add_derived(&mut posed, case, system);
    posed
}

/// Goods and layers of all flows, numbered as [`FlowSystem::symbol`] says.
fn add_flows(posed: &mut Posed, system: &FlowSystem, period: &Period) {
    for (flow, described) in system.flows.enumerate() {
        let given = period.flows[flow];
        let known = knowledge(given.value);
        let bounded = Variable { lower: given.lower, upper: given.upper, ..Variable::free(known) };
        posed.add(Some(&described.key), bounded);
        for (layer, name) in system.layers.enumerate() {
            let amount = period.contents.iter().find(|content| {
                content.flow == flow && content.layer == layer && content.measure == ContentMeasure::Amount
            });
            let known = knowledge(amount.and_then(|content| content.value));
            let number = posed.add(Some(&format!("{}:{name}", described.key)), Variable::free(known));
            posed.also(amount.and_then(|content| content.id.as_deref()), number);
        }
    }
}

/// A share of 0 … 1, or thereabouts: its usual size is that of no flow.
fn share(known: Knowledge) -> Variable {
    Variable { size: Some(1.0), ..Variable::free(known) }
}

/// Adds `factor · a · b` to an equation, as a linear term where one of the two is constant.
fn multiply(posed: &Posed, equation: &mut Equation, a: usize, b: usize, factor: f64) {
    let constant = |number: usize| posed.problem.variables[number].constant();
    match (constant(a), constant(b)) {
        (Some(value), _) => equation.linear.push((b, factor * value)),
        (None, Some(value)) => equation.linear.push((a, factor * value)),
        (None, None) => equation.products.push((a, b, factor)),
    }
}

/// `layer of flow = share · goods of flow`.
fn add_content(posed: &mut Posed, system: &FlowSystem, content: &Content) {
    if content.measure == ContentMeasure::Amount {
        return;
    }
    let number = posed.add(content.id.as_deref(), share(knowledge(content.value)));
    let amount = system.symbol(content.flow, Some(content.layer));
    let mut equation = Equation::linear(vec![(amount, -1.0)], 0.0);
    multiply(posed, &mut equation, number, system.symbol(content.flow, None), 1.0);
    posed.require(equation, format!("layers.csv {}", content.line));
}

/// Inflows of a node less its outflows, on the goods or a layer; a flow from a node to itself is neither.
fn balance(system: &FlowSystem, node: NodeId, layer: Option<LayerId>) -> Vec<(usize, f64)> {
    let crosses = system.flows.enumerate().filter(|(_, flow)| (flow.from == node) != (flow.to == node));
    crosses.map(|(id, flow)| (system.symbol(id, layer), if flow.to == node { 1.0 } else { -1.0 })).collect()
}

fn add_balances(posed: &mut Posed, system: &FlowSystem) {
    for (node, described) in system.nodes.enumerate().filter(|(_, n)| n.kind == NodeKind::Process) {
        let goods = Equation::linear(balance(system, node, None), 0.0);
        let number = posed.require(goods, format!("nodes.csv {}", described.key));
        posed.balances.insert(described.key.clone(), number);
        for (layer, name) in system.layers.enumerate() {
            let equation = Equation::linear(balance(system, node, Some(layer)), 0.0);
            posed.require(equation, format!("nodes.csv {}:{name}", described.key));
        }
    }
}

/// Flows that leave a node by shares of what enters it.
fn add_coefficients(posed: &mut Posed, system: &FlowSystem, period: &Period) {
    let numbers: Vec<usize> = period.coefficients.iter().map(|row| add_share(posed, period, row)).collect();
    for (at, row) in period.coefficients.iter().enumerate().filter(|(_, row)| row.share == Share::Rest) {
        let alike = |other: &Coefficient| {
            (other.node, other.layer, other.of) == (row.node, row.layer, row.of) && other.flow != row.flow
        };
        let others = numbers.iter().zip(&period.coefficients).filter(|(_, other)| alike(other));
        let mut terms = vec![(numbers[at], 1.0)];
        terms.extend(others.map(|(number, _)| (*number, 1.0)));
        posed.require(Equation::linear(terms, 1.0), format!("coefficients.csv {}", row.line));
    }
    // Rows of one flow with different inflows each give their part of it.
    let mut flows: BTreeMap<(FlowId, Option<LayerId>), Vec<usize>> = BTreeMap::new();
    for (at, row) in period.coefficients.iter().enumerate() {
        flows.entry((row.flow, row.layer)).or_default().push(at);
    }
    for ((flow, layer), rows) in flows {
        let mut equation = Equation::linear(vec![(system.symbol(flow, layer), -1.0)], 0.0);
        for &at in &rows {
            let row = &period.coefficients[at];
            let enters = |id: &FlowId| match row.of {
                Some(of) => *id == of,
                None => system.flows[*id].to == row.node,
            };
            for inflow in system.flows.ids().filter(enters) {
                multiply(posed, &mut equation, numbers[at], system.symbol(inflow, layer), 1.0);
            }
        }
        let lines: Vec<String> = rows.iter().map(|at| period.coefficients[*at].line.to_string()).collect();
        posed.require(equation, format!("coefficients.csv {}", lines.join(", ")));
    }
}

/// The share of a row as a quantity: a constant where it is one, also as the rest of constants.
fn add_share(posed: &mut Posed, period: &Period, row: &Coefficient) -> usize {
    let known = match row.share {
        Share::Given(value) => knowledge(Some(value)),
        Share::Unknown | Share::Rest => Knowledge::Unknown,
    };
    let outflows =
        period.coefficients.iter().filter(|other| other.node == row.node && other.layer == row.layer);
    // Where nothing is known the shares of a node start alike.
    let size = Some(1.0 / outflows.count().max(2) as f64);
    posed.add(row.id.as_deref(), Variable { size, ..Variable::free(known) })
}

/// What is asked of nodes: `inflow(node)`, `outflow(node)`, `change(node)`, `level(node)`, or `(node:layer)`.
fn add_derived(posed: &mut Posed, case: &Case, system: &FlowSystem) {
    for expectation in &case.expectations {
        let name = without_blanks(&expectation.quantity);
        let Some((function, argument)) = name.strip_suffix(')').and_then(|call| call.split_once('(')) else {
            continue;
        };
        let node_of = |key: &str| system.nodes.find(|node| node.key == key).map(|(id, _)| id);
        let place = node_of(argument).map(|node| (node, None)).or_else(|| {
            let (node, layer) = argument.rsplit_once(':')?;
            let layer = system.layers.ids().find(|id| system.layers[*id] == layer)?;
            Some((node_of(node)?, Some(layer)))
        });
        let Some((node, layer)) = place.filter(|_| posed.find(&name).is_none()) else { continue };
        let ends = |end: fn(&crate::case::system::Flow) -> NodeId| -> Vec<(usize, f64)> {
            let flows = system.flows.enumerate().filter(|(_, flow)| end(flow) == node);
            flows.map(|(id, _)| (system.symbol(id, layer), 1.0)).collect()
        };
        let mut terms = match function {
            "inflow" => ends(|flow| flow.to),
            "outflow" => ends(|flow| flow.from),
            "change" | "level" => balance(system, node, layer),
            _ => continue,
        };
        let number = posed.add(Some(&name), Variable::free(Knowledge::Unknown));
        terms.push((number, -1.0));
        posed.require(Equation::linear(terms, 0.0), format!("expected.csv {name}"));
    }
}
