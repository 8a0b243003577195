//! Two scenarios of a model against each other, and the flows of one.

use super::{StudyOptions, compiled, in_pool};
use crate::compare::{self, Comparison};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::funding::{self, FundingOptions};
use crate::input::Loaded;
use crate::plan::Plan;
use crate::simulate::{self, Trajectory};

/// The plan of a model and, unless the structure alone is asked for, the years of one scenario.
///
/// # Errors
/// The findings, when the model has errors.
pub fn flows(
    loaded: &Loaded,
    scenario: usize,
    structure_alone: bool,
    options: &StudyOptions,
) -> Result<(Plan, Option<Trajectory>), Findings> {
    let (plan, _) = compiled(loaded)?;
    let model = &loaded.models[scenario];
    let years = || {
        let funding = funding::fund(model, &FundingOptions::of(model));
        simulate::run_quietly(&plan, model, &funding.schedule)
    };
    let trajectory = (!structure_alone).then(|| in_pool(options, years));
    Ok((plan, trajectory))
}

/// Compares two scenarios (positions in the list of models) in a year.
///
/// # Errors
/// The findings, when the model has errors; E063 when one of the scenarios has no answer up to that year.
pub fn compare(
    loaded: &Loaded,
    scenarios: [usize; 2],
    year: i32,
    options: &StudyOptions,
) -> Result<(Plan, Comparison), Findings> {
    let (plan, mut findings) = compiled(loaded)?;
    let models = scenarios.map(|scenario| &*loaded.models[scenario]);
    match in_pool(options, || compare::compare(&plan, &loaded.definitions, models, year)) {
        Ok(comparison) => Ok((plan, comparison)),
        Err(unsolved) => {
            let model = models[unsolved.scenario];
            let name = model.scenarios[model.scenario].name.clone();
            let finding = Diagnostic::new(Code("E063")).with("scenario", name).with("year", year.to_string());
            findings.push(finding);
            Err(findings)
        }
    }
}
