//! The pipelines that the doors call, as plain functions.

pub mod bench;
mod comparison;
mod consequences;
mod measure;
pub mod optimise;
mod quality;
mod reconciliation;
pub mod verify;

pub use comparison::{compare, flows};
pub use consequences::consequences;
pub use quality::quality;
pub use reconciliation::{Reconciliation, reconcile, start_from};

use crate::counterfactual;
use crate::diagnostic::{Code, Diagnostic, Findings, Severity};
use crate::funding::{self, FundingOptions};
use crate::gaps;
use crate::indicators::{self, Definition};
use crate::input::Loaded;
use crate::model::Model;
pub use crate::outcome::{ScenarioRun, StudyRun};
use crate::plan::{self, Plan};
use crate::simulate;
use rayon::prelude::*;
use std::sync::Arc;
use std::time::Instant;

/// How to run a study. Nothing of it changes a result.
#[derive(Clone, Copy, Debug, Default)]
pub struct StudyOptions {
    /// Number of threads; `None` as many as the machine has.
    pub threads: Option<usize>,
}

/// Runs every scenario of a model and measures the cost of the gap on the base scenario.
///
/// # Errors
/// The findings, when the model has errors: of the tables, of its structure, or of its money.
pub fn run(loaded: &Loaded, options: &StudyOptions) -> Result<StudyRun, Findings> {
    in_pool(options, || run_here(loaded, CostOfGap::Measured))
}

/// The same without the cost of the gap, for questions that do not ask for it.
///
/// # Errors
/// As [`run`].
pub fn run_scenarios(loaded: &Loaded, options: &StudyOptions) -> Result<StudyRun, Findings> {
    in_pool(options, || run_here(loaded, CostOfGap::NotAsked))
}

/// Whether the cost of the gap is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CostOfGap {
    Measured,
    NotAsked,
}

/// Does work with the threads that the options give.
pub fn in_pool<T: Send>(options: &StudyOptions, work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(options.threads.unwrap_or(0)).build() {
        Ok(pool) => pool.install(work),
        // A machine that gives no further threads still runs, on the one it has.
        Err(_) => work(),
    }
}

/// The plan of a model with all that is remarkable about it so far.
fn compiled(loaded: &Loaded) -> Result<(Plan, Findings), Findings> {
    if loaded.findings.has_errors() {
        return Err(loaded.findings.clone());
    }
    let mut findings = loaded.findings.clone();
    let plan = match plan::compile(&loaded.base) {
        Ok(plan) => plan,
        Err(more) => {
            merge(&mut findings, loaded.written.named(more));
            return Err(findings);
        }
    };
    merge(&mut findings, loaded.written.named(plan.findings.clone()));
    for model in &loaded.models {
        merge(&mut findings, loaded.written.named(plan.misfits(model)));
    }
    if findings.has_errors() {
        return Err(findings);
    }
    Ok((plan, findings))
}

fn run_here(loaded: &Loaded, cost: CostOfGap) -> Result<StudyRun, Findings> {
    let mut clock = Clock::start();
    let (plan, mut findings) = compiled(loaded)?;
    clock.lap("compile");
    let scenarios: Vec<ScenarioRun> = (0..loaded.models.len())
        .into_par_iter()
        .map(|model| run_scenario(model, &loaded.models[model], &plan, &loaded.definitions))
        .collect();
    for run in &scenarios {
        merge(&mut findings, loaded.written.named(run.trajectory.findings.clone()));
        let model = &loaded.models[run.model];
        let of_indicators = indicators::findings(&loaded.definitions, model, &run.indicators);
        merge(&mut findings, loaded.written.named(of_indicators));
        if let Some(year) = first_unsolved(&loaded.models[run.model], run) {
            let model = &loaded.models[run.model];
            let name = model.scenarios[model.scenario].name.clone();
            let unsolved =
                Diagnostic::new(Code("E063")).with("scenario", name).with("year", year.to_string());
            findings.push(unsolved);
        }
    }
    clock.lap("scenarios");
    let base = base_scenario(&loaded.models);
    let asked = base.filter(|_| cost == CostOfGap::Measured);
    let cost_of_gap = asked.map_or_else(Vec::new, |position| {
        let model = &loaded.models[position];
        let measure = measure::Measurer::new(model, &plan, &loaded.definitions);
        counterfactual::cost_of_gap(model, &|schedule| measure.measure(schedule))
    });
    clock.lap("cost of the gap");
    let (seconds, threads) = (clock.laps, rayon::current_num_threads());
    Ok(StudyRun { plan, scenarios, base, cost_of_gap, findings, seconds, threads })
}

/// Runs one scenario: money, then materials, then the appraisal.
fn run_scenario(position: usize, model: &Model, plan: &Plan, definitions: &[Definition]) -> ScenarioRun {
    let funding = funding::fund(model, &FundingOptions::of(model));
    let trajectory = simulate::run(plan, model, &funding.schedule);
    let indicators = indicators::appraise(definitions, model, &plan.network, &trajectory, &funding.schedule);
    let gaps = gaps::by_month(model, &funding);
    ScenarioRun { model: position, funding, trajectory, indicators, gaps }
}

/// The scenario marked `base`; the first where none is.
fn base_scenario(models: &[Arc<Model>]) -> Option<usize> {
    let marked = models.iter().position(|model| model.scenarios[model.scenario].base);
    marked.or((!models.is_empty()).then_some(0))
}

/// The first year without an answer, if any.
#[must_use]
pub fn first_unsolved(model: &Model, run: &ScenarioRun) -> Option<i32> {
    let solved = run.trajectory.years.len();
    model.settings.years().nth(solved)
}

/// Whether every year of every scenario has an answer.
#[must_use]
pub fn is_solved(loaded: &Loaded, run: &StudyRun) -> bool {
    run.scenarios.iter().all(|scenario| first_unsolved(&loaded.models[scenario.model], scenario).is_none())
}

/// Adds findings that are not there yet: scenarios share most of theirs.
fn merge(findings: &mut Findings, more: Findings) {
    for finding in more.0 {
        if !findings.0.contains(&finding) {
            findings.push(finding);
        }
    }
}

/// How many findings are of each severity: errors, warnings, notes.
#[must_use]
pub fn count(findings: &Findings) -> [usize; 3] {
    [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| findings.0.iter().filter(|finding| finding.severity() == severity).count())
}

/// Seconds by phase.
struct Clock {
    last: Instant,
    laps: Vec<(&'static str, f64)>,
}

impl Clock {
    fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    fn lap(&mut self, phase: &'static str) {
        let now = Instant::now();
        self.laps.push((phase, now.duration_since(self.last).as_secs_f64()));
        self.last = now;
    }
}
