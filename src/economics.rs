//! What it costs to recover waste: what a project takes in over a full year against its investment.
//!
//! Nothing is discounted and no lifetime is assumed: investment stands by tonne of yearly recovery, running cost by
//! tonne, apart. Equations: docs/equations.md, economics, E-economics-01 to E-economics-03.

pub mod returns;

use crate::funding::ProjectSchedule;
use crate::id::{Id, ProcessId, ProjectId};
use crate::indicators::definition::OriginFilter;
use crate::indicators::{Definition, TermKind};
use crate::model::{
    Amount, Change, Driver, EffectTarget, MaterialKind, Model, Project, ProjectClass, Treatment,
};
use crate::network::{ArcKind, Network};
use crate::simulate::YearResult;
use crate::units::Dimension;
use std::collections::BTreeSet;

/// A project that recovers waste.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recovery {
    /// Project.
    pub project: ProjectId,
    /// Class of the project.
    pub class: ProjectClass,
    /// Waste recovered in a full year, t; > 0.
    pub tonnes: f64,
    /// Investment by tonne recovered a year, yuan per (t/a).
    pub investment: f64,
    /// Operating cost less revenue by tonne, yuan per t; negative where revenue is greater. `None` unless the tables
    /// give both.
    pub running: Option<f64>,
}

/// What recovering costs, project by project, in one year of one scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecoveryCosts {
    /// The year.
    pub year: i32,
    /// Projects on stream that recover waste, the cheapest first.
    pub projects: Vec<Recovery>,
    /// Projects on stream that recover no tonne of waste.
    pub without: Vec<ProjectId>,
    /// Built projects that are not on stream in the year.
    pub not_on_stream: Vec<ProjectId>,
}

/// The cost of recovering waste in a solved year, by project on stream.
///
/// Complexity O(arcs + projects × effects).
#[must_use]
pub fn recovery_costs(
    definitions: &[Definition],
    model: &Model,
    network: &Network,
    schedule: &[ProjectSchedule],
    year: &YearResult,
) -> RecoveryCosts {
    let taken = Taken::of(model, network, year);
    let statistics = recovered_statistics(definitions);
    let mut costs = RecoveryCosts { year: year.year, ..RecoveryCosts::default() };
    for (id, project) in model.projects.enumerate() {
        let schedule = &schedule[id.index()];
        let months = schedule.months_on_stream(year.year);
        if !schedule.built {
            continue;
        }
        if months == 0 {
            costs.not_on_stream.push(id);
            continue;
        }
        let share = f64::from(months) / 12.0;
        let tonnes = taken.by_project(project, share) + by_statistics(model, &statistics, project, year.year);
        if tonnes.is_nan() || tonnes <= 0.0 {
            costs.without.push(id);
            continue;
        }
        let both = project.operating_cost.zip(project.revenue);
        costs.projects.push(Recovery {
            project: id,
            class: project.class,
            tonnes,
            investment: project.investment.yuan() / tonnes,
            running: both.map(|(cost, revenue)| (cost.central - revenue.central) / tonnes),
        });
    }
    costs.projects.sort_by(|a, b| a.investment.total_cmp(&b.investment).then(a.project.cmp(&b.project)));
    costs
}

/// Whether a process of this treatment recovers the waste it takes.
pub(crate) fn recovers(treatment: Treatment) -> bool {
    match treatment {
        Treatment::Reuse
        | Treatment::Utilisation
        | Treatment::EnergyRecovery
        | Treatment::Backfill
        | Treatment::None => true,
        Treatment::Treatment | Treatment::Storage | Treatment::Disposal => false,
    }
}

/// What recovering processes took of waste in a year.
struct Taken<'a> {
    model: &'a Model,
    year: &'a YearResult,
    /// Tonnes by process and recipe row; what was asked for and not served is left out.
    tonnes: Vec<Vec<f64>>,
}

impl<'a> Taken<'a> {
    fn of(model: &'a Model, network: &Network, year: &'a YearResult) -> Self {
        let mut tonnes: Vec<Vec<f64>> =
            model.processes.iter().map(|process| vec![0.0; process.rows.len()]).collect();
        for (id, arc) in network.arcs.enumerate() {
            let Some((process, row)) = arc.row else { continue };
            let taking =
                matches!(arc.kind, ArcKind::Take | ArcKind::TakePrior | ArcKind::Draw | ArcKind::DrawPrior);
            let material = &model.materials[arc.material];
            if taking
                && material.kind == MaterialKind::Waste
                && recovers(model.processes[process].treatment)
                && let Some(mass) = material.mass_per_unit
            {
                tonnes[process.index()][row] += year.flows[id.index()] * mass;
            }
        }
        Self { model, year, tonnes }
    }

    /// Tonnes that the effects of a project bring in a full year; `share` of the year it is on stream.
    fn by_project(&self, project: &Project, share: f64) -> f64 {
        let mut sum = 0.0;
        for effect in &project.effects {
            sum += match effect.target {
                EffectTarget::Capacity(process) => self.by_capacity(process, effect.change),
                EffectTarget::Level(process) => self.by_level(process, effect.change),
                EffectTarget::Coefficient(process, row) => {
                    self.by_coefficient(process, row, effect.change, share)
                }
                EffectTarget::InUse(_) | EffectTarget::Statistic(..) => 0.0,
            };
        }
        sum
    }

    fn by_process(&self, process: ProcessId) -> f64 {
        self.tonnes[process.index()].iter().sum()
    }

    /// Its part of what the process takes, as its part of the capacity (E-economics-01).
    fn by_capacity(&self, process: ProcessId, change: Change) -> f64 {
        let record = &self.model.processes[process];
        let capacity = self.year.capacity[process.index()];
        let Some(installed) = record.capacity else { return 0.0 };
        if record.driver == Driver::Level || capacity <= 0.0 || !capacity.is_finite() {
            return 0.0;
        }
        let added = added(change, installed.central);
        self.by_process(process) * (added / capacity).max(0.0)
    }

    /// The same of a process whose activity is given.
    fn by_level(&self, process: ProcessId, change: Change) -> f64 {
        let level = self.model.processes[process].activity.central(self.year.year).unwrap_or(0.0);
        let activity = self.year.activity[process.index()];
        let added = added(change, level);
        if activity > 0.0 { self.by_process(process) * (added / activity).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// What a greater amount in a recipe row takes more of it.
    fn by_coefficient(&self, process: ProcessId, row: usize, change: Change, share: f64) -> f64 {
        let Amount::Given(amount) = self.model.processes[process].rows[row].amount else { return 0.0 };
        let added = added(change, amount.central);
        let now = amount.central + added * share;
        let taken = self.tonnes[process.index()][row];
        if added > 0.0 && now > 0.0 { taken * added / now } else { 0.0 }
    }
}

/// What a change adds to a value.
fn added(change: Change, before: f64) -> f64 {
    match change {
        Change::Add(quantity) => quantity.central,
        Change::Multiply(quantity) => before * (quantity.central - 1.0),
        Change::Set(quantity) => quantity.central - before,
    }
}

/// Keys of the statistics that count what is recovered beside the model's own flows: those that a definition adds to
/// a term over waste taken, in tonnes, by recovering processes.
fn recovered_statistics(definitions: &[Definition]) -> BTreeSet<&str> {
    let terms = definitions.iter().flat_map(|definition| &definition.terms);
    let recovering = terms.filter_map(|term| {
        let TermKind::Flows { flows, remainder: Some(remainder) } = &term.kind else { return None };
        // Prior-year stock that is used is counted once, in the term that counts all use.
        let takes = flows.kinds.contains(&ArcKind::Take) && flows.origin != OriginFilter::Prior;
        let takes = takes && term.dimension == Dimension::Mass;
        let treated = !flows.treatments.is_empty() && flows.treatments.iter().all(|t| recovers(t.treatment));
        (takes && treated && !term.note).then_some(remainder.statistic.as_str())
    });
    recovering.collect()
}

/// What a project adds to such statistics in a full year (E-economics-02).
fn by_statistics(model: &Model, statistics: &BTreeSet<&str>, project: &Project, year: i32) -> f64 {
    let effects = project.effects.iter().filter_map(|effect| {
        let EffectTarget::Statistic(key, place) = &effect.target else { return None };
        if !statistics.contains(key.as_str()) {
            return None;
        }
        let before = || {
            let of = model.statistics.iter().find(|s| s.key == *key && s.place == *place)?;
            of.value(year).map(|(value, _)| value).or_else(|| of.series.central(year))
        };
        Some(match effect.change {
            Change::Add(quantity) => quantity.central,
            other => before().map_or(0.0, |before| added(other, before)),
        })
    });
    effects.map(|added| added.max(0.0)).sum()
}
