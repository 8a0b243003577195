//! A small town that was run, and what is asked of it.

use crate::town::Town;
use circflow::calendar::Month;
use circflow::funding::ProjectSchedule;
use circflow::id::{Id, MarketId, MaterialId, PlaceId, ProcessId};
use circflow::network::{ArcKind, Node};
use circflow::plan::{Plan, compile};
use circflow::simulate::{MarketYear, Trajectory, YearResult, run};

/// A town that was run.
pub(crate) struct Ran {
    pub(crate) plan: Plan,
    pub(crate) trajectory: Trajectory,
}

impl Ran {
    pub(crate) fn of(town: Town) -> Self {
        Self::with(town, &[])
    }

    pub(crate) fn with(town: Town, schedule: &[ProjectSchedule]) -> Self {
        let model = town.model;
        let plan = compile(&model).expect("compiles");
        let trajectory = run(&plan, &model, schedule);
        let ran = Self { plan, trajectory };
        for year in &ran.trajectory.years {
            assert!(year.worst_residual <= 1e-9, "{}: residual {:e}", year.year, year.worst_residual);
        }
        ran
    }

    pub(crate) fn year(&self, at: usize) -> &YearResult {
        let codes: Vec<_> = self.trajectory.findings.0.iter().map(|d| d.line(Default::default())).collect();
        self.trajectory.years.get(at).unwrap_or_else(|| panic!("no year {at}: {codes:?}"))
    }

    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.trajectory.findings.0.iter().map(|d| d.code.0).collect()
    }

    /// Activity in the base year.
    pub(crate) fn activity(&self, process: ProcessId) -> f64 {
        self.year(0).activity[process.index()]
    }

    pub(crate) fn market(&self, material: MaterialId, place: PlaceId) -> MarketId {
        let found = self.plan.network.markets.find(|m| m.material == material && m.place == place);
        found.expect("a market").0
    }

    /// What happened in a market in a year.
    pub(crate) fn at(&self, year: usize, material: MaterialId, place: PlaceId) -> MarketYear {
        self.year(year).markets[self.market(material, place)]
    }

    /// Sum of a process's flows of a kind and material in the base year.
    pub(crate) fn flow(&self, process: ProcessId, kind: ArcKind, material: MaterialId) -> f64 {
        let arcs = self.plan.network.arcs.iter().zip(&self.year(0).flows);
        arcs.filter(|(arc, _)| {
            arc.kind == kind && arc.material == material && arc.row.is_some_and(|(p, _)| p == process)
        })
        .map(|(_, flow)| flow)
        .sum()
    }

    /// Flow of a market's arc in the base year.
    pub(crate) fn market_flow(&self, from: Node, to: Node, kind: ArcKind) -> f64 {
        let arcs = self.plan.network.arcs.iter().zip(&self.year(0).flows);
        arcs.filter(|(arc, _)| arc.from == from && arc.to == to && arc.kind == kind).map(|(_, f)| f).sum()
    }
}

pub(crate) fn close_to(found: f64, expected: f64) {
    let scale = expected.abs().max(1.0);
    assert!((found - expected).abs() <= 1e-9 * scale, "found {found}, expected {expected}");
}

pub(crate) fn project_with(
    town: &Town,
    effects: Vec<(circflow::model::EffectTarget, circflow::model::Change)>,
) -> circflow::model::Project {
    use circflow::model::{Effect, Project, ProjectClass, Provenance, TableKind};
    use circflow::money::{Fen, Ppm};
    let provenance = Provenance::made(TableKind::Projects);
    Project {
        key: "project".into(),
        name: "项目".into(),
        name_en: "Project".into(),
        class: ProjectClass::Key,
        programme: None,
        place: town.city(),
        owner: None,
        investment: Fen(0),
        eligible_investment: Fen(0),
        earliest_start: Month::january(2016),
        build_months: 9,
        progress: Ppm(0),
        status: None,
        priority: 1,
        bridge_share: Ppm(0),
        jobs: None,
        operating_cost: None,
        revenue: None,
        effects: effects.into_iter().map(|(target, change)| Effect { target, change, provenance }).collect(),
        provenance,
    }
}
