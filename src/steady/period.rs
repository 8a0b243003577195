//! One period: its unknowns solved, its other equations checked.

use super::contradictions::{Trouble, tell};
use super::equations::{Ends, PeriodEquations};
use super::pairing::pairs;
use super::unknowns::Numbering;
use crate::case::FlowSystem;
use crate::case::system::Period;
use crate::diagnostic::Findings;
use crate::id::{FlowId, LayerId, NodeId};
use crate::linear::elimination::{Contradiction, Equations};
use crate::linear::{Elimination, Rows, SteadyFault, eliminate, steady};

/// What is left of a check, relative to what goes into it, may be this much.
const CHECKED: f64 = 1e-9;

/// The steady state of one period.
#[derive(Clone, Debug)]
pub struct PeriodState {
    numbering: Numbering,
    /// By the number of the quantity; `None` where nothing determines it.
    values: Vec<Option<f64>>,
    /// Of quantities that are not determined alone, but perhaps together.
    open: Option<Open>,
}

#[derive(Clone, Debug)]
struct Open {
    elimination: Elimination,
    unknown_of: Vec<Option<u32>>,
}

impl PeriodState {
    /// Amount of a flow on a layer (`None`: goods); `None` where nothing determines it.
    #[must_use]
    pub fn flow(&self, flow: FlowId, layer: Option<LayerId>) -> Option<f64> {
        self.values[self.numbering.flow(flow, layer)]
    }

    /// Σ factor·flow, which may be determined although its flows are not.
    #[must_use]
    pub fn sum(&self, terms: &[(FlowId, f64)], layer: Option<LayerId>) -> Option<f64> {
        let numbers = || terms.iter().map(|(flow, factor)| (self.numbering.flow(*flow, layer), *factor));
        let known: Option<f64> = numbers().map(|(number, factor)| Some(factor * self.values[number]?)).sum();
        let Some(open) = self.open.as_ref().filter(|_| known.is_none()) else { return known };
        let mut given = 0.0;
        let mut unknown = Vec::new();
        for (number, factor) in numbers() {
            match open.unknown_of[number] {
                Some(position) => unknown.push((position as usize, factor)),
                None => given += factor * self.values[number]?,
            }
        }
        Some(given + open.elimination.sum(unknown)?)
    }

    /// What enters a node.
    #[must_use]
    pub fn inflow(&self, ends: &Ends, node: NodeId, layer: Option<LayerId>) -> Option<f64> {
        self.sum(&weighted(ends.entering(node), 1.0), layer)
    }

    /// What leaves a node.
    #[must_use]
    pub fn outflow(&self, ends: &Ends, node: NodeId, layer: Option<LayerId>) -> Option<f64> {
        self.sum(&weighted(ends.leaving(node), 1.0), layer)
    }

    /// What enters a node less what leaves it.
    #[must_use]
    pub fn change(&self, ends: &Ends, node: NodeId, layer: Option<LayerId>) -> Option<f64> {
        let mut terms = weighted(ends.entering(node), 1.0);
        terms.extend(weighted(ends.leaving(node), -1.0));
        self.sum(&terms, layer)
    }
}

fn weighted(flows: &[FlowId], factor: f64) -> Vec<(FlowId, f64)> {
    flows.iter().map(|flow| (*flow, factor)).collect()
}

/// Solves the equations of a period; what is wrong goes to the findings.
pub(super) fn solve(
    system: &FlowSystem,
    period: &Period,
    equations: &PeriodEquations,
    findings: &mut Findings,
) -> PeriodState {
    let mut unknown_of = vec![None; equations.given.len()];
    let mut quantities = Vec::new();
    for (number, given) in equations.given.iter().enumerate() {
        if given.is_none() {
            unknown_of[number] = Some(quantities.len() as u32);
            quantities.push(number);
        }
    }
    let reduced = reduced(equations, &unknown_of, quantities.len());
    let mut trouble = Trouble::default();
    let mut state =
        PeriodState { numbering: equations.numbering, values: equations.given.clone(), open: None };
    if let Some(values) = by_kernel(equations, &reduced, &unknown_of, &quantities, &mut trouble) {
        for (number, value) in quantities.iter().zip(&values) {
            state.values[*number] = Some(*value);
        }
        trouble.contradictions = checks(&reduced, |unknown| Some(values[unknown]));
    } else {
        match eliminate(&reduced) {
            Ok(elimination) => {
                for (position, number) in quantities.iter().enumerate() {
                    state.values[*number] = elimination.value(position);
                }
                trouble.contradictions = elimination.contradictions().to_vec();
                if trouble.contradictions.is_empty() {
                    trouble.contradictions = checks(&reduced, |unknown| elimination.value(unknown));
                }
                state.open = Some(Open { elimination, unknown_of });
            }
            Err(_) => trouble.is_unsolved = true,
        }
    }
    tell(system, period, equations, &state, &trouble, findings);
    state
}

/// The equations with what is given moved to the right.
fn reduced(equations: &PeriodEquations, unknown_of: &[Option<u32>], unknowns: usize) -> Equations {
    let mut reduced = Equations::new(unknowns);
    for equation in 0..equations.len() {
        let mut right = equations.right(equation);
        let mut terms = Vec::new();
        for (number, factor) in equations.terms(equation) {
            match (unknown_of[*number], equations.given[*number]) {
                (Some(unknown), _) => terms.push((unknown as usize, *factor)),
                (None, given) => right -= factor * given.unwrap_or_default(),
            }
        }
        reduced.push_sized(terms, right, given_size(equations, equation));
    }
    reduced
}

/// Size of what is given in an equation, against which a difference is small.
fn given_size(equations: &PeriodEquations, equation: usize) -> f64 {
    let terms = equations.terms(equation).iter();
    let given = terms.filter_map(|(number, factor)| Some((factor * equations.given[*number]?).abs()));
    equations.right(equation).abs() + given.sum::<f64>()
}

/// The values of all unknowns, where each has an equation of its own and these determine them.
fn by_kernel(
    equations: &PeriodEquations,
    reduced: &Equations,
    unknown_of: &[Option<u32>],
    quantities: &[usize],
    trouble: &mut Trouble,
) -> Option<Vec<f64>> {
    let defines: Vec<Option<usize>> = equations
        .defines
        .iter()
        .map(|number| number.and_then(|number| unknown_of[number]).map(|unknown| unknown as usize))
        .collect();
    let terms = |equation| reduced.terms(equation).map(|(unknown, _)| unknown).collect();
    let pairs = pairs(quantities.len(), &terms, &defines)?;
    // x = right/own − Σ factor/own·x of its equation.
    let own = |unknown: usize| -> f64 {
        let terms = reduced.terms(pairs[unknown]).filter(|(other, _)| *other == unknown);
        terms.map(|(_, factor)| factor).sum()
    };
    let owns: Vec<f64> = (0..quantities.len()).map(own).collect();
    if owns.iter().any(|own| own.abs() <= f64::EPSILON) {
        return None;
    }
    let entries = (0..quantities.len()).flat_map(|unknown| {
        let own = owns[unknown];
        let terms = reduced.terms(pairs[unknown]).filter(move |(other, _)| *other != unknown);
        terms.map(move |(other, factor)| (unknown as u32, other as u32, -factor / own))
    });
    let rows = Rows::of(quantities.len(), entries);
    let right: Vec<f64> =
        (0..quantities.len()).map(|unknown| reduced.right(pairs[unknown]) / owns[unknown]).collect();
    match steady(&rows, &right) {
        Ok(solved) => Some(solved.solution),
        Err(SteadyFault::Singular(members)) => {
            trouble.singular = members.into_iter().map(|unknown| quantities[unknown]).collect();
            None
        }
        Err(SteadyFault::Unsettled(_)) => None,
    }
}

/// Equations that the values do not meet.
fn checks(reduced: &Equations, value: impl Fn(usize) -> Option<f64>) -> Vec<Contradiction> {
    let check = |equation: usize| {
        let (mut left, mut size) = (0.0, reduced.size(equation));
        for (unknown, factor) in reduced.terms(equation) {
            let product = factor * value(unknown)?;
            left += product;
            size += product.abs();
        }
        let excess = reduced.right(equation) - left;
        (excess.abs() > CHECKED * size).then_some(Contradiction { equation, excess })
    };
    (0..reduced.len()).filter_map(check).collect()
}
