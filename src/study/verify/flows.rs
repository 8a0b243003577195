//! Kind `flows`.

use super::answers::{Answer, Answers, Question, Unanswered};
use crate::case::{Case, FlowSystem};
use crate::diagnostic::Findings;
use crate::id::{FlowId, Id, LayerId, NodeId, PeriodId};
use crate::steady::{self, Ends, SteadyState, share_of};
use std::collections::HashMap;

/// A solved system of flows. The maps are only looked into.
pub(super) struct FlowAnswers<'a> {
    system: &'a FlowSystem,
    state: SteadyState,
    ends: Ends,
    flows: HashMap<&'a str, FlowId>,
    nodes: HashMap<&'a str, NodeId>,
    layers: HashMap<&'a str, LayerId>,
}

/// A quantity of a case of flows.
#[derive(Clone, Copy)]
enum Asked {
    Flow(FlowId, Option<LayerId>),
    Node(OfNode, NodeId, Option<LayerId>),
    /// A coefficient or content, by its id; rows of one id differ by period.
    Named,
    Output(usize),
}

#[derive(Clone, Copy)]
enum OfNode {
    Inflow,
    Outflow,
    Change,
    Level,
}

impl<'a> FlowAnswers<'a> {
    /// Solves all periods; without answers the findings say why.
    pub(super) fn of(case: &Case, system: &'a FlowSystem) -> (Option<Self>, Findings) {
        let (state, findings) = steady::solve(system, case.settings.layers_sum_to_goods);
        if findings.has_errors() {
            return (None, findings);
        }
        let flows = system.flows.enumerate().map(|(id, flow)| (flow.key.as_str(), id)).collect();
        let nodes = system.nodes.enumerate().map(|(id, node)| (node.key.as_str(), id)).collect();
        let layers = system.layers.enumerate().map(|(id, layer)| (layer.as_str(), id)).collect();
        (Some(Self { system, state, ends: Ends::of(system), flows, nodes, layers }), findings)
    }

    fn asked(&self, question: &Question<'_>) -> Option<Asked> {
        let quantity = question.quantity;
        if let Some(flow) = self.flows.get(quantity) {
            return Some(Asked::Flow(*flow, None));
        }
        if let Some(output) = self.system.outputs.iter().position(|output| output.key == quantity) {
            return Some(Asked::Output(output));
        }
        let is_named = self.system.periods.iter().any(|period| {
            let coefficients = period.coefficients.iter().map(|row| row.id.as_deref());
            coefficients
                .chain(period.contents.iter().map(|row| row.id.as_deref()))
                .any(|id| id == Some(quantity))
        });
        if is_named {
            return Some(Asked::Named);
        }
        if let Some((flow, layer)) = quantity.rsplit_once(':')
            && let (Some(flow), Some(layer)) = (self.flows.get(flow), self.layers.get(layer))
        {
            return Some(Asked::Flow(*flow, Some(*layer)));
        }
        let (function, argument) = question.call()?;
        let function = match function {
            "inflow" => OfNode::Inflow,
            "outflow" => OfNode::Outflow,
            "change" => OfNode::Change,
            "level" => OfNode::Level,
            _ => return None,
        };
        if let Some(node) = self.nodes.get(argument) {
            return Some(Asked::Node(function, *node, None));
        }
        let (node, layer) = argument.rsplit_once(':')?;
        Some(Asked::Node(function, *self.nodes.get(node)?, Some(*self.layers.get(layer)?)))
    }

    fn value(&self, asked: Asked, quantity: &str, period: PeriodId) -> Option<f64> {
        let state = &self.state.periods[period];
        match asked {
            Asked::Flow(flow, layer) => state.flow(flow, layer),
            Asked::Node(OfNode::Inflow, node, layer) => state.inflow(&self.ends, node, layer),
            Asked::Node(OfNode::Outflow, node, layer) => state.outflow(&self.ends, node, layer),
            Asked::Node(OfNode::Change, node, layer) => state.change(&self.ends, node, layer),
            Asked::Node(OfNode::Level, node, layer) => {
                let until = self.state.periods.iter().take(period.index() + 1);
                until.map(|state| state.change(&self.ends, node, layer)).sum()
            }
            Asked::Named => self.named(quantity, period),
            Asked::Output(output) => {
                let expression = self.system.outputs[output].expression.as_ref()?;
                let flow = |symbol| {
                    let (flow, layer) = self.system.named(symbol);
                    // What is not determined ends the evaluation as an undefined operation does.
                    state.flow(flow, layer).ok_or(crate::expression::Undefined::NotReal)
                };
                expression.value(flow).ok()
            }
        }
    }

    /// The share that an id names.
    fn named(&self, id: &str, period: PeriodId) -> Option<f64> {
        let (given, state) = (&self.system.periods[period], &self.state.periods[period]);
        if let Some(row) = given.coefficients.iter().find(|row| row.id.as_deref() == Some(id)) {
            return share_of(self.system, &self.ends, period, state, row);
        }
        let row = given.contents.iter().find(|row| row.id.as_deref() == Some(id))?;
        let given = row.value.filter(|_| row.measure == crate::case::system::ContentMeasure::Share);
        match given {
            Some(share) => Some(share.central),
            None => Some(state.flow(row.flow, Some(row.layer))? / state.flow(row.flow, None)?),
        }
    }
}

impl Answers for FlowAnswers<'_> {
    fn answer(&self, question: &Question<'_>) -> Result<Answer, Unanswered> {
        let asked = self.asked(question).ok_or(Unanswered::UnknownQuantity)?;
        if question.what != "value" {
            return Err(Unanswered::UnknownWhat);
        }
        let only = (self.system.periods.len() == 1).then_some(PeriodId(0));
        let period = question.period.or(only).ok_or(Unanswered::NeedsPeriod)?;
        Ok(Answer::of(self.value(asked, question.quantity, period)))
    }
}
