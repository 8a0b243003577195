//! What a study of all scenarios yields: the one thing that files, text and charts are made of.

use crate::counterfactual::GapCost;
use crate::diagnostic::Findings;
use crate::funding::FundingOutcome;
use crate::gaps::Gaps;
use crate::indicators::IndicatorValue;
use crate::plan::Plan;
use crate::simulate::Trajectory;

/// All scenarios of a model, run.
#[derive(Debug)]
pub struct StudyRun {
    /// Structure, shared by all scenarios.
    pub plan: Plan,
    /// One run a scenario, in scenario order.
    pub scenarios: Vec<ScenarioRun>,
    /// Position of the scenario that the cost of the gap is measured on; `None` without county duties.
    pub base: Option<usize>,
    /// Cost of the gap, line by line; empty without county duties.
    pub cost_of_gap: Vec<GapCost>,
    /// What is remarkable, of all scenarios, each finding once.
    pub findings: Findings,
    /// Seconds by phase, in the order of the phases. Differ from run to run; stand only in the manifest.
    pub seconds: Vec<(&'static str, f64)>,
    /// Number of threads used.
    pub threads: usize,
}

/// One scenario, run.
#[derive(Debug)]
pub struct ScenarioRun {
    /// Position of its model in the list of models.
    pub model: usize,
    /// Ledger and schedules.
    pub funding: FundingOutcome,
    /// Material years.
    pub trajectory: Trajectory,
    /// All indicators of all places and years.
    pub indicators: Vec<IndicatorValue>,
    /// Gaps at the end of every month, from the first to the last.
    pub gaps: Vec<Gaps>,
}

impl StudyRun {
    /// Worst audited residual of all scenarios and years.
    #[must_use]
    pub fn worst_residual(&self) -> f64 {
        self.years().map(|(_, year)| year.worst_residual).fold(0.0, f64::max)
    }

    /// Every solved year with the position of its scenario.
    pub fn years(&self) -> impl Iterator<Item = (usize, &crate::simulate::YearResult)> {
        let scenarios = self.scenarios.iter().enumerate();
        scenarios
            .flat_map(|(position, scenario)| scenario.trajectory.years.iter().map(move |y| (position, y)))
    }
}
