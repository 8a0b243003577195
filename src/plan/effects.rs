//! What projects on stream do to recipes, capacities and levels.

use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::funding::ProjectSchedule;
use crate::id::{ProcessId, ProjectId};
use crate::model::closing::{ClosingFault, TOLERANCE, close_rest, masses};
use crate::model::{Amount, Change, Decision, EffectTarget, Model, Process, Provenance, Treatment};

/// One effect of a project on stream, for a process.
#[derive(Clone, Debug)]
pub(super) struct OnStream {
    process: ProcessId,
    /// What it changes.
    pub(super) target: EffectTarget,
    change: Change,
    /// Share of the year on stream, in (0, 1].
    share: f64,
    provenance: Provenance,
}

impl OnStream {
    /// The value with the share of the change that counts this year.
    pub(super) fn changed(&self, value: f64) -> f64 {
        self.change.on(value, self.share)
    }
}

/// Effects by process.
pub(super) struct Effects(Vec<OnStream>);

impl Effects {
    /// Those of a year: with m months on stream every effect counts m/12 of its change.
    pub(super) fn of(model: &Model, year: i32, schedule: &[ProjectSchedule]) -> Self {
        let shares = schedule.iter().map(|schedule| f64::from(schedule.months_on_stream(year)) / 12.0);
        Self::with_shares(model, model.projects.ids().zip(shares))
    }

    fn with_shares(model: &Model, shares: impl Iterator<Item = (ProjectId, f64)>) -> Self {
        let mut list = Vec::new();
        for (project, share) in shares.filter(|(_, share)| *share > 0.0) {
            for effect in &model.projects[project].effects {
                let process = match effect.target {
                    EffectTarget::Capacity(process)
                    | EffectTarget::Coefficient(process, _)
                    | EffectTarget::Level(process) => process,
                    EffectTarget::InUse(_) | EffectTarget::Statistic(..) => continue,
                };
                let (target, change, provenance) = (effect.target.clone(), effect.change, effect.provenance);
                list.push(OnStream { process, target, change, share, provenance });
            }
        }
        // Stable: effects of equal rank stay in the order of projects.
        list.sort_by_key(|effect| (effect.process, effect.change.rank()));
        Self(list)
    }

    /// Those on a process: replaced, then multiplied, then added to.
    pub(super) fn on(&self, process: ProcessId) -> &[OnStream] {
        let start = self.0.partition_point(|effect| effect.process < process);
        let end = self.0.partition_point(|effect| effect.process <= process);
        &self.0[start..end]
    }
}

/// Amounts of a process's recipe under effects, the `rest` row closed again.
///
/// # Errors
/// When the recipe does not close with them.
pub(super) fn amounts_with(
    model: &Model,
    process: &Process,
    effects: &[OnStream],
    amounts: &mut Vec<f64>,
) -> Result<(), ClosingFault> {
    amounts.clear();
    amounts.extend(process.rows.iter().map(|row| match row.amount {
        Amount::Given(quantity) => quantity.central,
        Amount::Rest => 0.0,
    }));
    let mut changed = false;
    for effect in effects {
        if let EffectTarget::Coefficient(_, row) = effect.target {
            amounts[row] = effect.changed(amounts[row]);
            changed = true;
        }
    }
    let has_rest = close_rest(&process.rows, &model.materials, amounts)?;
    if changed && !has_rest && !process.open && process.treatment != Treatment::Storage {
        let (entering, leaving) = masses(&process.rows, &model.materials, amounts);
        if (leaving - entering).abs() > TOLERANCE * entering {
            return Err(ClosingFault::Open { entering, leaving });
        }
    }
    Ok(())
}

/// A recipe that projects open, as a finding at the row of their effect.
pub(super) fn told(
    model: &Model,
    process: &Process,
    effects: &[OnStream],
    fault: ClosingFault,
    year: Option<i32>,
) -> Diagnostic {
    let year = year.map_or_else(String::new, |year| year.to_string());
    let finding = |code| {
        let finding = Diagnostic::new(Code(code)).at(spot_of(process, effects));
        finding.with("process", process.key.clone()).with("year", year.clone())
    };
    match fault {
        ClosingFault::NegativeRest { row, .. }
        | ClosingFault::RestWithoutMass { row }
        | ClosingFault::SeveralRests { row } => {
            let material = &model.materials[process.rows[row].material];
            finding("E308").with("material", material.key.clone())
        }
        ClosingFault::Open { entering, leaving } => {
            finding("E310").with("entering", shown(entering)).with("leaving", shown(leaving))
        }
    }
}

/// Tonnes with up to six decimals, for messages.
fn shown(tonnes: f64) -> String {
    let text = format!("{tonnes:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The row of the last effect on a coefficient, else the process's own.
pub(super) fn spot_of(process: &Process, effects: &[OnStream]) -> Spot {
    let on_coefficient = |effect: &&OnStream| matches!(effect.target, EffectTarget::Coefficient(..));
    let effect = effects.iter().rev().find(on_coefficient).map(|effect| effect.provenance);
    let provenance = effect.unwrap_or(process.provenance);
    Spot {
        file: format!("{}.csv", provenance.table.stem()),
        row: (provenance.row > 0).then_some(provenance.row),
        column: None,
    }
}

/// Recipes that do not close with a project fully on stream, alone or with all others that a scenario builds.
/// Complexity O(projects × effects + scenarios × effects).
#[must_use]
pub fn check(model: &Model) -> Vec<Diagnostic> {
    let alone = model.projects.ids().map(|project| vec![project]);
    let built = model.scenarios.iter().map(|scenario| {
        let decisions = model.projects.ids().zip(&scenario.decisions);
        decisions.filter(|(_, decision)| **decision != Decision::Skip).map(|(project, _)| project).collect()
    });
    let mut faults: Vec<Diagnostic> = Vec::new();
    let mut amounts = Vec::new();
    for projects in alone.chain(built) {
        let effects = Effects::with_shares(model, projects.into_iter().map(|project| (project, 1.0)));
        for own in effects.0.chunk_by(|a, b| a.process == b.process) {
            let process = &model.processes[own[0].process];
            let fault = match amounts_with(model, process, own, &mut amounts) {
                Err(fault) => told(model, process, own, fault, None),
                Ok(()) if amounts[process.reference] > 0.0 => continue,
                Ok(()) => {
                    let fault = Diagnostic::new(Code("E309")).at(spot_of(process, own));
                    fault.with("process", process.key.clone()).with("year", "")
                }
            };
            if !faults.iter().any(|known| known.code == fault.code && known.spot == fault.spot) {
                faults.push(fault);
            }
        }
    }
    faults
}
