//! Terms as sparse rows: which flow counts how much, and what stands beside the flows.
//!
//! A term is `fixed + Σ weight·flow + Σ effects of projects`. Weights of terms that are booked where material was
//! produced depend on what the pools of the year are made of; they are those of the year that was simulated, and so are
//! stocks. Everywhere else the row is exact.

use super::booking::Composition;
use super::definition::TermKind;
use super::evaluate::Appraisal;
use super::rows::Rows;
use super::selection::Viewpoint;
use super::statistics::Statistics;
use super::term::{self, Setting};
use super::value::Booked;
use crate::funding::ProjectSchedule;
use crate::id::{ArcId, Id, PlaceId};
use crate::simulate::Trajectory;

/// A term as a sparse row, for one place and year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SparseTerm {
    /// Its value in the simulated year.
    pub value: f64,
    /// Flows with their weights, in the order of arcs.
    pub flows: Vec<(ArcId, f64)>,
    /// What is neither a flow nor an effect of a project: statistics, remainders, stocks.
    pub fixed: f64,
    /// Statistic on which projects have effects that count here; `None` where none stands in the term.
    pub statistic: Option<String>,
}

impl Appraisal<'_> {
    /// The terms of a definition for a place in a simulated year; those that cannot be computed are `None`.
    ///
    /// Complexity O(arcs + rows of the terms).
    #[must_use]
    pub fn sparse(
        &self,
        definition: usize,
        place: PlaceId,
        year: i32,
        trajectory: &Trajectory,
        schedules: &[ProjectSchedule],
    ) -> Vec<Option<SparseTerm>> {
        let (model, network) = (self.model, self.network);
        let statistics = Statistics::new(model, schedules);
        let rows = Rows::new(model, network, schedules);
        let within: Vec<bool> = model.places.ids().map(|p| model.places.is_within(p, place)).collect();
        let composed = |year: i32| {
            let result = trajectory.years.iter().find(|result| result.year == year)?;
            let followed = |material: crate::id::MaterialId| self.followed[material.index()];
            Some((result, Composition::of_year(model, network, &result.flows, &followed)))
        };
        let Some((result, composition)) = composed(year) else { return Vec::new() };
        let records = self.definitions[definition].terms.iter().zip(&self.picks[definition]);
        records
            .map(|(record, picks)| {
                let viewpoint = Viewpoint { model, network, within: &within, composition: &composition };
                let setting = Setting { viewpoint, result, place, statistics: &statistics, rows: &rows };
                let (mut modelled_base, mut statistic) = (None, None);
                match &record.kind {
                    TermKind::Flows { remainder: Some(remainder), .. } => {
                        let from = statistics.anchor(&remainder.statistic, place, year);
                        statistic = Some(remainder.statistic.clone());
                        if let Some((result, composition)) = composed(from).filter(|_| from != year) {
                            let viewpoint = Viewpoint { composition: &composition, ..viewpoint };
                            let then = Setting { viewpoint, result, ..setting };
                            modelled_base = Some(term::find(record, picks, &then, None).1);
                        }
                    }
                    TermKind::Statistic { key, .. } => statistic = Some(key.clone()),
                    _ => {}
                }
                let (found, _) = term::find(record, picks, &setting, modelled_base);
                let value = found.term.value?;
                let mut flows = Vec::new();
                let mut counted = 0.0;
                if let TermKind::Flows { flows: selection, .. } = &record.kind {
                    for pick in &picks.rows {
                        let share = viewpoint.weight(selection, &network.arcs[pick.arc]);
                        let weight = share * term::factor_in(pick, model, year);
                        if weight != 0.0 {
                            flows.push((pick.arc, weight));
                            counted += weight * result.flows[pick.arc.index()];
                        }
                    }
                }
                let of_projects =
                    found.term.parts.iter().filter(|part| matches!(part.booked, Booked::Effect(_)));
                let effects: f64 = of_projects.map(|part| part.value).sum();
                Some(SparseTerm { value, flows, fixed: value - counted - effects, statistic })
            })
            .collect()
    }
}
