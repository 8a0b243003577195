//! Statistics of places, with what projects change in them.

use crate::funding::ledger::ProjectSchedule;
use crate::id::{Id, PlaceId, ProjectId};
use crate::model::{Change, Effect, EffectTarget, Model, Provenance, Quality, Statistic};
use std::collections::BTreeMap;

/// A statistic's value in a year.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Value in base units.
    pub value: f64,
    /// The rows it rests on; of quality `estimate` where it was filled in.
    pub rows: Vec<Provenance>,
}

/// What a project adds to (negative: takes from) a statistic in a year.
#[derive(Clone, Debug)]
pub struct ProjectEffect {
    /// Project.
    pub project: ProjectId,
    /// Change in base units.
    pub value: f64,
    /// The effect's row and what it multiplies.
    pub rows: Vec<Provenance>,
}

/// All statistics by key and place, and all effects on them.
#[derive(Debug)]
pub struct Statistics<'a> {
    model: &'a Model,
    schedules: &'a [ProjectSchedule],
    by_key: BTreeMap<(&'a str, PlaceId), &'a Statistic>,
    effects: BTreeMap<&'a str, Vec<(PlaceId, ProjectId, &'a Effect)>>,
}

impl<'a> Statistics<'a> {
    /// Orders a model's statistics and the effects of its projects. O(n log n).
    #[must_use]
    pub fn new(model: &'a Model, schedules: &'a [ProjectSchedule]) -> Self {
        let by_key = model.statistics.iter().map(|s| ((s.key.as_str(), s.place), s)).collect();
        let mut effects: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (project, record) in model.projects.enumerate() {
            for effect in &record.effects {
                if let EffectTarget::Statistic(key, place) = &effect.target {
                    effects.entry(key).or_default().push((*place, project, effect));
                }
            }
        }
        // Effects of one place stand together, so that factors on one statistic multiply.
        for list in effects.values_mut() {
            list.sort_by_key(|(place, project, _)| (*place, *project));
        }
        Self { model, schedules, by_key, effects }
    }

    /// The statistic of a place, if it has one.
    #[must_use]
    pub fn get(&self, key: &str, place: PlaceId) -> Option<&'a Statistic> {
        self.by_key.get(&(key, place)).copied()
    }

    /// Value in a year as given, interpolated or grown; `None` when the row says none of these.
    #[must_use]
    pub fn figure(&self, key: &str, place: PlaceId, year: i32) -> Option<Figure> {
        let statistic = self.get(key, place)?;
        let (value, filled) = statistic.value(year)?;
        let rows = statistic.series.rests_on(year).iter().map(|p| p.provenance);
        Some(Figure { value, rows: rows.map(|row| if filled { estimated(row) } else { row }).collect() })
    }

    /// As [`figure`](Self::figure), else the last value given before the year, held (an estimate).
    #[must_use]
    pub fn figure_or_held(&self, key: &str, place: PlaceId, year: i32) -> Option<Figure> {
        self.figure(key, place, year).or_else(|| {
            let last = self.get(key, place)?.series.points.iter().rfind(|p| p.year <= year)?;
            Some(Figure { value: last.value.central, rows: vec![estimated(last.provenance)] })
        })
    }

    /// The year from which a statistic of a year is reckoned: the last given one of those whose figures are what happened,
    /// else the base year (E-I5).
    #[must_use]
    pub fn anchor(&self, key: &str, place: PlaceId, year: i32) -> i32 {
        let settings = &self.model.settings;
        let until = year.min(settings.actual_until.unwrap_or(settings.base_year));
        let given = self.get(key, place).and_then(|s| s.series.points.iter().rfind(|p| p.year <= until));
        given.map_or(settings.base_year, |point| point.year.max(settings.base_year))
    }

    /// Yearly growth that the statistic's row declares.
    #[must_use]
    pub fn growth(&self, key: &str, place: PlaceId) -> Option<f64> {
        self.get(key, place)?.series.growth
    }

    /// What projects on stream change in a statistic of a place and of all that lies in it: each counts
    /// months on stream ÷ 12; a factor or a new value applies to the statistic of its own place (and
    /// nothing where that place has none). Reference: docs/equations.md, indicators, E-I6.
    #[must_use]
    pub fn effects(&self, key: &str, place: PlaceId, year: i32) -> Vec<ProjectEffect> {
        let mut found = Vec::new();
        let mut running: Option<(PlaceId, Option<Figure>)> = None;
        for &(at, project, effect) in self.effects.get(key).map_or(&[][..], Vec::as_slice) {
            let months = self.schedules.get(project.index()).map_or(0, |s| s.months_on_stream(year));
            if months == 0 || !self.model.places.is_within(at, place) {
                continue;
            }
            let share = f64::from(months) / 12.0;
            if running.as_ref().is_none_or(|(p, _)| *p != at) {
                running = Some((at, self.figure_or_held(key, at, year)));
            }
            let figure = running.as_mut().and_then(|(_, figure)| figure.as_mut());
            let change = match (effect.change, &figure) {
                (Change::Add(amount), _) => amount.central * share,
                (Change::Multiply(factor), Some(base)) => base.value * (factor.central - 1.0) * share,
                (Change::Set(value), Some(base)) => (value.central - base.value) * share,
                (Change::Multiply(_) | Change::Set(_), None) => continue,
            };
            let mut rows = vec![effect.provenance];
            if let Some(base) = figure {
                if !matches!(effect.change, Change::Add(_)) {
                    rows.extend(base.rows.iter().copied());
                }
                base.value += change;
            }
            found.push(ProjectEffect { project, value: change, rows });
        }
        found
    }
}

/// The same row as what rests on it after filling in: no better than an estimate.
pub(super) fn estimated(row: Provenance) -> Provenance {
    Provenance { quality: Some(row.quality.map_or(Quality::Estimate, |q| q.max(Quality::Estimate))), ..row }
}
