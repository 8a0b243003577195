//! Shares of what enters a node: `rest` resolved, the parts of one flow put together.

use super::equations::Ends;
use super::period::PeriodState;
use crate::case::FlowSystem;
use crate::case::system::{Coefficient, Share};
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::id::{FlowId, LayerId, NodeId, PeriodId};
use std::collections::{BTreeMap, BTreeSet};

/// How far shares given with all their figures may be off.
const ROUNDING: f64 = 1e-9;
/// Rows that are told at most.
const MOST_TOLD: usize = 50;

/// A flow as shares of what enters its node.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    pub(super) node: NodeId,
    pub(super) flow: FlowId,
    pub(super) layer: Option<LayerId>,
    /// Share of everything that enters.
    pub(super) of_everything: f64,
    /// Shares of single inflows.
    pub(super) of: Vec<(FlowId, f64)>,
}

/// The flows of a period that are known shares; one with a share that is to be found is not among them.
pub(super) fn groups(system: &FlowSystem, id: PeriodId) -> Vec<Group> {
    let coefficients = &system.periods[id].coefficients;
    let others = Others::of(coefficients);
    let mut groups: BTreeMap<(NodeId, FlowId, Option<LayerId>), Option<Group>> = BTreeMap::new();
    for row in coefficients {
        let key = (row.node, row.flow, row.layer);
        let group = groups.entry(key).or_insert_with(|| {
            let (node, flow, layer) = key;
            Some(Group { node, flow, layer, of_everything: 0.0, of: Vec::new() })
        });
        let Some(parts) = others.parts(row) else {
            *group = None;
            continue;
        };
        let Some(group) = group else { continue };
        for (of, share) in parts {
            match of {
                None => group.of_everything += share,
                Some(inflow) => group.of.push((inflow, share)),
            }
        }
    }
    groups.into_values().flatten().collect()
}

type Origin = (NodeId, Option<LayerId>);

/// The given shares of one inflow, or of everything that enters.
#[derive(Clone, Copy, Debug, Default)]
struct Taken {
    given: f64,
    has_unknown: bool,
    has_rest: bool,
}

/// Sums of given shares, by node, layer and inflow.
struct Others(BTreeMap<Origin, BTreeMap<Option<FlowId>, Taken>>);

impl Others {
    fn of(coefficients: &[Coefficient]) -> Self {
        let mut sums: BTreeMap<Origin, BTreeMap<Option<FlowId>, Taken>> = BTreeMap::new();
        for row in coefficients {
            let taken = sums.entry((row.node, row.layer)).or_default().entry(row.of).or_default();
            match row.share {
                Share::Given(share) => taken.given += share.central,
                Share::Unknown => taken.has_unknown = true,
                Share::Rest => taken.has_rest = true,
            }
        }
        Self(sums)
    }

    /// What a row is a share of, and which; `None` where it cannot be told yet.
    fn parts(&self, row: &Coefficient) -> Option<Vec<(Option<FlowId>, f64)>> {
        match row.share {
            Share::Given(share) => return Some(vec![(row.of, share.central)]),
            Share::Unknown => return None,
            Share::Rest => {}
        }
        let sums = self.0.get(&(row.node, row.layer))?;
        let own = sums.get(&row.of).copied().unwrap_or_default();
        if own.has_unknown {
            return None;
        }
        let mut parts = vec![(row.of, 1.0 - own.given)];
        if row.of.is_none() {
            // What is left of everything: single inflows give their parts to other flows as well, and one with a rest
            // of its own leaves nothing here.
            for (of, taken) in sums.iter().filter(|(of, _)| of.is_some()) {
                if taken.has_unknown && !taken.has_rest {
                    return None;
                }
                parts.push((*of, if taken.has_rest { -1.0 } else { -taken.given }));
            }
        }
        Some(parts)
    }
}

/// The share that a coefficient names: as given, or as the flows have it; `None` where they do not tell.
#[must_use]
pub fn share_of(
    system: &FlowSystem,
    ends: &Ends,
    period: PeriodId,
    state: &PeriodState,
    row: &Coefficient,
) -> Option<f64> {
    let coefficients = &system.periods[period].coefficients;
    if let Some([(_, share)]) = Others::of(coefficients).parts(row).as_deref() {
        return Some(*share);
    }
    let base = |of: Option<FlowId>| match of {
        Some(inflow) => state.flow(inflow, row.layer),
        None => state.inflow(ends, row.node, row.layer),
    };
    // The other parts of the same flow are taken off.
    let mut left = state.flow(row.flow, row.layer)?;
    let same =
        |other: &&Coefficient| (other.node, other.flow, other.layer) == (row.node, row.flow, row.layer);
    for other in coefficients.iter().filter(same).filter(|other| other.of != row.of) {
        let Share::Given(share) = other.share else { return None };
        left -= share.central * base(other.of)?;
    }
    Some(left / base(row.of)?).filter(|share| share.is_finite())
}

/// Shares outside 0–1, of which a steady state can be found but hardly meant; each row is told once.
pub(super) fn warn(system: &FlowSystem, findings: &mut Findings) {
    let mut told = BTreeSet::new();
    for period in &system.periods {
        let others = Others::of(&period.coefficients);
        for row in &period.coefficients {
            let share = others.parts(row).and_then(|parts| parts.first().map(|(_, share)| *share));
            // A rest of shares that add up to one may be off by their rounding.
            let is_usual = share.is_none_or(|share| (-ROUNDING..=1.0 + ROUNDING).contains(&share));
            if is_usual || told.len() >= MOST_TOLD || !told.insert(row.line) {
                continue;
            }
            let spot = Spot {
                file: "coefficients.csv".to_owned(),
                row: Some(row.line),
                column: Some("value".to_owned()),
            };
            let finding = Diagnostic::new(Code("W730")).at(spot).with("flow", &system.flows[row.flow].key);
            findings.push(finding.with("found", share.unwrap_or_default().to_string()));
        }
    }
}
