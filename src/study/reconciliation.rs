//! A year of a model against its measurements, and scenarios that start from what comes out.

use super::{StudyOptions, base_scenario, compiled, in_pool};
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::funding::{self, FundingOptions};
use crate::input::{Loaded, Start};
use crate::measured::{self, Applied, ReconciledYear};
use crate::model::Model;
use crate::plan::Plan;
use crate::report::measured::unreconciled;
use crate::simulate::{self, YearResult};
use std::sync::Arc;

/// A reconciled year with what it was made from.
#[derive(Debug)]
pub struct Reconciliation {
    /// The plan, shared by all scenarios.
    pub plan: Plan,
    /// Position of the model (the base scenario's) in the list of models.
    pub model: usize,
    /// The year as it was simulated.
    pub simulated: YearResult,
    /// The reconciled year.
    pub reconciled: ReconciledYear,
    /// What is remarkable: measurements of what does not happen in that year.
    pub findings: Findings,
}

/// Reconciles a year of the base scenario with its measurements at a confidence of 0–1.
///
/// # Errors
/// The findings, when the model has errors, the year has no answer (E063), nothing was measured in it (E320), or its
/// balances and exact figures contradict each other (E321, E322).
pub fn reconcile(
    loaded: &Loaded,
    year: i32,
    confidence: f64,
    options: &StudyOptions,
) -> Result<Reconciliation, Findings> {
    let (plan, mut findings) = compiled(loaded)?;
    let model = base_scenario(&loaded.models).unwrap_or(0);
    let record = &loaded.models[model];
    let funding = funding::fund(record, &FundingOptions::of(record));
    let trajectory = in_pool(options, || simulate::run_quietly(&plan, record, &funding.schedule));
    let Some(simulated) = trajectory.years.into_iter().find(|result| result.year == year) else {
        let name = record.scenarios[record.scenario].name.clone();
        findings.push(Diagnostic::new(Code("E063")).with("scenario", name).with("year", year.to_string()));
        return Err(findings);
    };
    match measured::reconcile(&plan, record, &simulated, confidence) {
        Ok(reconciled) => {
            let findings = left_out(loaded, record, &reconciled);
            Ok(Reconciliation { plan, model, simulated, reconciled, findings })
        }
        Err(why) => {
            findings.push(unreconciled(&plan, record, year, &why));
            Err(findings)
        }
    }
}

/// Measurements of what does not run or happen in the year: they could not be used.
fn left_out(loaded: &Loaded, model: &Model, reconciled: &ReconciledYear) -> Findings {
    let mut findings = Findings::default();
    for &row in &reconciled.system.left_out {
        let measurement = &model.measurements[row];
        let provenance = &measurement.provenance;
        let spot = Spot {
            file: format!("{}.csv", provenance.table.stem()),
            row: Some(provenance.row),
            column: Some("what".to_owned()),
        };
        let material = model.materials[measurement.material].key.clone();
        let finding = Diagnostic::new(Code("W321")).at(spot).with("material", material);
        findings.push(finding.with("year", reconciled.year.to_string()));
    }
    loaded.written.named(findings)
}

/// The same model with every scenario starting from the reconciled year; a finding (N320) says so.
#[must_use]
pub fn start_from(mut loaded: Loaded, reconciliation: &Reconciliation, without_suspects: bool) -> Loaded {
    let reconciled = &reconciliation.reconciled;
    let mut of_base = Applied::default();
    for (position, model) in loaded.models.iter_mut().enumerate() {
        let (changed, applied) = measured::apply(&reconciliation.plan, model, reconciled, without_suspects);
        if position == reconciliation.model {
            of_base = applied;
        }
        *model = Arc::new(changed);
    }
    if let Some(base) = loaded.models.get(reconciliation.model) {
        loaded.base = Arc::clone(base);
    }
    let start = Start {
        year: reconciled.year,
        confidence: reconciled.confidence,
        measured: reconciled.measured(),
        suspects: reconciled.course.suspects.len(),
        without_suspects,
        activities: of_base.activities,
        demands: of_base.demands,
        coefficients: of_base.coefficients,
    };
    let pick = |used: (&'static str, &'static str), unused: (&'static str, &'static str)| {
        if without_suspects { unused } else { used }
    };
    let (zh, en) = pick(("仍在其中", "are in it"), ("已除去", "are left out"));
    let finding = Diagnostic::new(Code("N320")).with("year", start.year.to_string());
    let finding = finding.with("activities", start.activities.to_string());
    let finding = finding.with("demands", start.demands.to_string());
    let finding = finding.with("coefficients", start.coefficients.to_string());
    let finding = finding.with("suspects", start.suspects.to_string());
    loaded.findings.push(finding.with("treated_zh", zh).with("treated", en));
    loaded.start = Some(start);
    loaded
}
