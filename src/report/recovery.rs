//! What recovering waste costs, project by project and with names: for the picture of a run and that of a chosen mix.

use super::named;
use crate::diagnostic::Language;
use crate::economics::{Recovery, RecoveryCosts};
use crate::id::ProjectId;
use crate::model::{Model, ProjectClass};
use serde::Serialize;

/// Costs of recovery in one year.
#[derive(Clone, Debug, Serialize)]
pub struct Recovered {
    /// The year.
    pub year: i32,
    /// Projects on stream that recover waste, the cheapest first.
    pub projects: Vec<Step>,
    /// Names of projects on stream that recover no tonne.
    pub without: Vec<String>,
    /// Names of projects that are built and not on stream in the year.
    pub not_on_stream: Vec<String>,
}

/// One project.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// Name.
    pub name: String,
    /// Whether it is a key project; else a general one.
    pub is_key: bool,
    /// Waste recovered in a full year, t.
    pub tonnes: f64,
    /// Investment by tonne recovered a year, yuan.
    pub investment: f64,
    /// Operating cost less revenue by tonne, yuan.
    pub running: Option<f64>,
}

impl Recovered {
    /// Costs with names; none where no project recovers waste.
    #[must_use]
    pub fn of(model: &Model, costs: &RecoveryCosts, language: Language) -> Option<Self> {
        if costs.projects.is_empty() {
            return None;
        }
        let name = |id: ProjectId| {
            let project = &model.projects[id];
            named(language, &project.name, &project.name_en).to_owned()
        };
        let names = |ids: &[ProjectId]| ids.iter().map(|id| name(*id)).collect();
        let step = |row: &Recovery| Step {
            name: name(row.project),
            is_key: row.class == ProjectClass::Key,
            tonnes: row.tonnes,
            investment: row.investment,
            running: row.running,
        };
        Some(Self {
            year: costs.year,
            projects: costs.projects.iter().map(step).collect(),
            without: names(&costs.without),
            not_on_stream: names(&costs.not_on_stream),
        })
    }

    /// Tonnes recovered a year by all of them.
    #[must_use]
    pub fn tonnes(&self) -> f64 {
        self.projects.iter().map(|step| step.tonnes).sum()
    }
}
