//! What is wrong with a period, in words.

use super::equations::{Label, PeriodEquations};
use super::period::PeriodState;
use super::unknowns::Quantity;
use crate::case::FlowSystem;
use crate::case::system::{NodeKind, Period};
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::id::{LayerId, NodeId};
use crate::linear::elimination::Contradiction;

/// Contradictions that are told at most in a period, and nodes of a loop.
const MOST_TOLD: usize = 12;
/// How far a bound may be overstepped by rounding, relative to it.
const ROUNDING: f64 = 1e-9;

/// What came up while a period was solved.
#[derive(Clone, Debug, Default)]
pub(super) struct Trouble {
    /// Quantities of a loop that determines nothing.
    pub(super) singular: Vec<usize>,
    pub(super) contradictions: Vec<Contradiction>,
    /// Neither the kernel nor elimination came to an end.
    pub(super) is_unsolved: bool,
}

/// Puts all of it into words.
pub(super) fn tell(
    system: &FlowSystem,
    period: &Period,
    equations: &PeriodEquations,
    state: &PeriodState,
    trouble: &Trouble,
    findings: &mut Findings,
) {
    let words = Words { system, period };
    if trouble.is_unsolved {
        findings.push(words.finding("E733"));
    }
    let is_open = trouble.contradictions.is_empty() && !trouble.is_unsolved;
    let code = if is_open { "N730" } else { "E731" };
    findings.0.extend(words.of_loop(equations, &trouble.singular, code));
    for contradiction in trouble.contradictions.iter().take(MOST_TOLD) {
        let [zh, en] = words.equation(equations.labels[contradiction.equation]);
        let finding = words.finding("E730").with("equation_zh", zh).with("equation_en", en);
        findings.push(finding.with("excess", format!("{:.6e}", contradiction.excess)));
    }
    for (id, given) in period.flows.enumerate() {
        let Some(value) = state.flow(id, None) else { continue };
        let below = given.lower.filter(|bound| value < bound - ROUNDING * bound.abs().max(1.0));
        let above = given.upper.filter(|bound| value > bound + ROUNDING * bound.abs().max(1.0));
        if let Some(bound) = below.or(above) {
            let spot = Spot { file: "flows.csv".to_owned(), row: Some(given.line), column: None };
            let finding = words.finding("E732").at(spot).with("flow", &system.flows[id].key);
            findings.push(finding.with("found", value.to_string()).with("bound", bound.to_string()));
        }
    }
}

struct Words<'a> {
    system: &'a FlowSystem,
    period: &'a Period,
}

impl Words<'_> {
    fn finding(&self, code: &'static str) -> Diagnostic {
        Diagnostic::new(Code(code)).with("period", &self.period.name)
    }

    /// Names a loop of processes, if the quantities are one: equations that determine nothing need not be.
    fn of_loop(
        &self,
        equations: &PeriodEquations,
        members: &[usize],
        code: &'static str,
    ) -> Option<Diagnostic> {
        let system = self.system;
        let quantities = || members.iter().map(|member| equations.numbering.quantity(*member));
        let mut nodes: Vec<NodeId> = Vec::new();
        for quantity in quantities() {
            let node = match quantity {
                Quantity::Flow(flow, _) => system.flows[flow].from,
                Quantity::Throughput(node, _) => node,
            };
            if !nodes.contains(&node) {
                nodes.push(node);
            }
        }
        let layer = quantities().next().map(|quantity| match quantity {
            Quantity::Flow(_, layer) | Quantity::Throughput(_, layer) => layer,
        })?;
        let goes_round = quantities().all(|quantity| match quantity {
            Quantity::Flow(flow, on) => on == layer && nodes.contains(&system.flows[flow].to),
            Quantity::Throughput(_, on) => on == layer,
        });
        if !goes_round || nodes.iter().any(|node| system.nodes[*node].kind != NodeKind::Process) {
            return None;
        }
        let mut names: Vec<&str> =
            nodes.iter().take(MOST_TOLD).map(|node| system.nodes[*node].key.as_str()).collect();
        if nodes.len() > MOST_TOLD {
            names.push("…");
        }
        let [zh, en] = self.layer(layer);
        let finding = self.finding(code).with("nodes", names.join(" → "));
        Some(finding.with("layer_zh", zh).with("layer_en", en))
    }

    fn layer(&self, layer: Option<LayerId>) -> [String; 2] {
        match layer {
            None => ["货物".to_owned(), "goods".to_owned()],
            Some(layer) => {
                let name = &self.system.layers[layer];
                [format!("“{name}”层"), format!("the layer “{name}”")]
            }
        }
    }

    fn equation(&self, label: Label) -> [String; 2] {
        let system = self.system;
        let flow = |flow| &system.flows[flow].key;
        let node = |node| &system.nodes[node].key;
        let on = |layer| self.layer(layer);
        match label {
            Label::Balance(at, layer) | Label::Throughput(at, layer) => {
                let [zh, en] = on(layer);
                [
                    format!("节点“{}”在{zh}上的平衡", node(at)),
                    format!("the balance of the node “{}” on {en}", node(at)),
                ]
            }
            Label::Share(of, layer) => {
                let [zh, en] = on(layer);
                [
                    format!("流“{}”在{zh}上的份额", flow(of)),
                    format!("the share of the flow “{}” on {en}", flow(of)),
                ]
            }
            Label::Content(of, layer) => {
                let [zh, en] = on(Some(layer));
                [
                    format!("流“{}”中{zh}的含量", flow(of)),
                    format!("the content of {en} in the flow “{}”", flow(of)),
                ]
            }
            Label::Layers(of) => [
                format!("流“{}”各层之和", flow(of)),
                format!("the sum of the layers of the flow “{}”", flow(of)),
            ],
            Label::Relation(position) => {
                let key = &system.relations[position].key;
                [format!("关系“{key}”"), format!("the relation “{key}”")]
            }
            Label::Release(of, layer) => {
                let [zh, en] = on(layer);
                [
                    format!("流“{}”在{zh}上的释放", flow(of)),
                    format!("the release by the flow “{}” on {en}", flow(of)),
                ]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::id::{PeriodId, Table};
    use crate::steady::equations::{Ends, Past, of};
    use crate::steady::period::solve;

    #[test]
    fn what_was_not_solved_is_said() {
        let periods: Table<PeriodId, Period> =
            [Period { name: "2015".to_owned(), ..Period::default() }].into_iter().collect();
        let system = FlowSystem { periods, ..FlowSystem::default() };
        let period = &system.periods[PeriodId(0)];
        let equations = of(&system, &Ends::of(&system), PeriodId(0), false, &Past::default());
        let mut findings = Findings::default();
        let state = solve(&system, period, &equations, &mut findings);
        assert!(findings.0.is_empty());
        let trouble = Trouble { is_unsolved: true, ..Trouble::default() };
        tell(&system, period, &equations, &state, &trouble, &mut findings);
        let line = findings.0[0].line(Language::En);
        assert!(line.starts_with("error E733: period 2015: the equations"), "{line}");
    }
}
