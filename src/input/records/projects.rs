//! Projects, and the process that a project with a technology brings or extends.

use super::processes::{Operating, called_of, pick};
use super::technologies::driver_of;
use crate::calendar::Month;
use crate::id::{EnterpriseId, Id, ProcessId, ProjectId, TechnologyId};
use crate::input::build::Build;
use crate::input::read::{Column, RawTable, Row};
use crate::input::reading::{CommonColumns, Wanted};
use crate::model::{
    Change, Driver, Effect, EffectTarget, Process, Project, ProjectClass, Provenance, Relation, RelationKind,
    Series, TableKind, Treatment,
};
use crate::money::{Fen, Ppm};
use crate::quantity::Quantity;
use crate::units::Dimension;

/// Reads `projects` and `relations`.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    if let Some(table) = build.tables.own(TableKind::Projects) {
        let columns = Columns::of(table);
        let common = CommonColumns::of(table);
        for row in table.rows() {
            let before = build.reading.found.errors();
            let mut project = columns.project(row, &common, build);
            columns.bring(row, &mut project, build);
            let sound = build.reading.found.errors() == before;
            build.model.projects.push(project);
            build.unsound_projects.push(!sound);
        }
    }
    relations(build);
}

struct Columns {
    id: Column,
    name: Column,
    name_en: Column,
    class: Column,
    programme: Column,
    place: Column,
    owner: Column,
    technology: Column,
    process: Column,
    added_capacity: Column,
    operating: Operating,
    investment: Column,
    eligible_investment: Column,
    earliest_start: Column,
    build_months: Column,
    status: Column,
    progress: Column,
    priority: Column,
    bridge_share: Column,
    jobs: Column,
    operating_cost: Column,
    revenue: Column,
}

impl Columns {
    fn of(table: &RawTable) -> Self {
        let column = |key| table.column(key);
        Self {
            id: column("id"),
            name: column("name"),
            name_en: column("name_en"),
            class: column("class"),
            programme: column("programme"),
            place: column("place"),
            owner: column("owner"),
            technology: column("technology"),
            process: column("process"),
            added_capacity: column("added_capacity"),
            operating: Operating::of(table),
            investment: column("investment"),
            eligible_investment: column("eligible_investment"),
            earliest_start: column("earliest_start"),
            build_months: column("build_months"),
            status: column("status"),
            progress: column("progress"),
            priority: column("priority"),
            bridge_share: column("bridge_share"),
            jobs: column("jobs"),
            operating_cost: column("operating_cost"),
            revenue: column("revenue"),
        }
    }

    fn project(&self, row: Row<'_>, common: &CommonColumns, build: &mut Build<'_>) -> Project {
        let place = build.reading.reference(row, self.place, TableKind::Places);
        let place = place.map_or(crate::model::Places::ROOT, |number| build.place(number));
        let (first, last) = (build.model.settings.first_month(), build.model.settings.last_month());
        let reading = &mut build.reading;
        let name = reading.text(row, self.name).unwrap_or_default().to_owned();
        let yearly = Wanted::plain(Dimension::Money).default_factor(1.0e4).yearly(365.0, 8760.0);
        let earliest_start = reading.month(row, self.earliest_start);
        if let Some(start) = earliest_start {
            if start < first {
                let adding = reading.at("E226", row, self.earliest_start).with("found", start.to_string());
                adding.with("first", first.to_string());
            } else if start > last {
                let adding = reading.at("W205", row, self.earliest_start).with("found", start.to_string());
                adding.with("last", last.to_string());
            }
        }
        let progress = reading.ppm(row, self.progress).unwrap_or_default();
        if progress == Ppm::ONE {
            let text = row.text(self.progress).unwrap_or_default();
            reading.at("E227", row, self.progress).with("found", text);
        }
        let investment = reading.money(row, self.investment);
        let eligible = reading.money(row, self.eligible_investment);
        if let (Some(whole), Some(part)) = (investment, eligible)
            && part > whole
        {
            reading.at("E228", row, self.eligible_investment);
        }
        if investment == Some(Fen::ZERO) {
            reading.at("E229", row, self.investment);
        }
        let owner = reading.reference(row, self.owner, TableKind::Enterprises);
        Project {
            key: row.text(self.id).unwrap_or_default().to_owned(),
            name_en: reading.text(row, self.name_en).unwrap_or(&name).to_owned(),
            name,
            class: class_of(reading.choice(row, self.class).unwrap_or("general")),
            programme: reading.text(row, self.programme).map(str::to_owned),
            place,
            owner: owner.map(|number| EnterpriseId::from_index(number as usize)),
            investment: investment.unwrap_or(Fen::ZERO),
            eligible_investment: eligible.or(investment).unwrap_or(Fen::ZERO),
            earliest_start: earliest_start.unwrap_or(Month::january(2015)),
            build_months: reading.whole(row, self.build_months).map_or(1, |months| months as u32),
            progress,
            status: reading.text(row, self.status).map(str::to_owned),
            priority: reading.whole(row, self.priority).map_or(50, |priority| priority as i32),
            bridge_share: reading.ppm(row, self.bridge_share).unwrap_or_default(),
            jobs: reading.quantity(row, self.jobs, &Wanted::plain(Dimension::Persons)),
            operating_cost: reading.quantity(row, self.operating_cost, &yearly),
            revenue: reading.quantity(row, self.revenue, &yearly),
            effects: Vec::new(),
            provenance: reading.provenance(row, common),
        }
    }

    /// The technology with its added capacity: more of a process, or a process of the project's own.
    fn bring(&self, row: Row<'_>, project: &mut Project, build: &mut Build<'_>) {
        let technology = build.reading.reference(row, self.technology, TableKind::Technologies);
        let process = build.reading.reference(row, self.process, TableKind::Processes);
        if row.text(self.technology).is_none() && row.text(self.process).is_none() {
            if row.text(self.added_capacity).is_some() {
                build.reading.at("E230", row, self.technology);
            }
            return;
        }
        let technology =
            technology.and_then(|number| build.technologies.get(number as usize).copied().flatten());
        if row.text(self.added_capacity).is_none() {
            build.reading.at("E231", row, self.added_capacity);
        }
        let target = if row.text(self.process).is_some() {
            let Some(number) = process else { return };
            let id = ProcessId::from_index(number as usize);
            let Some(existing) = build.model.processes.get(id) else { return };
            if technology.is_some() && existing.technology.is_some() && existing.technology != technology {
                let found = existing.key.clone();
                build.reading.at("E232", row, self.technology).with("process", found);
            }
            if existing.capacity.is_none() && build.is_sound_process(id) {
                let found = existing.key.clone();
                build.reading.at("W206", row, self.process).with("process", found);
            }
            id
        } else {
            // A process is pushed even when the technology is not known: its number is taken already.
            new_process(technology, project, build)
        };
        let Some(record) = build.model.processes.get(target).filter(|p| !p.rows.is_empty()) else { return };
        let (material, level) = (record.rows[record.reference].material, record.driver == Driver::Level);
        let (days, hours) = self.operating.year(build, row, self.added_capacity);
        let wanted = Wanted::of(build.drafts[material.index()].measure()).yearly(days, hours);
        let Some(added) = build.reading.quantity(row, self.added_capacity, &wanted) else { return };
        let provenance = project.provenance;
        let mut effect = |target| {
            project.effects.push(Effect { target, change: Change::Add(added), provenance });
        };
        effect(EffectTarget::Capacity(target));
        // A `level` process for which nobody gives an activity runs at its capacity, new or added.
        if level && (process.is_none() || build.at_capacity.contains(&target)) {
            effect(EffectTarget::Level(target));
        }
    }
}

fn class_of(word: &str) -> ProjectClass {
    if word == "key" { ProjectClass::Key } else { ProjectClass::General }
}

/// The process that a project brings: of its technology, at capacity 0, at its place, of its owner.
fn new_process(technology: Option<TechnologyId>, project: &Project, build: &mut Build<'_>) -> ProcessId {
    let of = technology.map(|id| &build.model.technologies[id]);
    let rows = of.map(|t| t.rows.clone()).unwrap_or_default();
    let driver = of.and_then(|t| t.driver).unwrap_or_else(|| driver_of("feed"));
    let called = called_of(&rows, driver, None, of.and_then(|t| t.called));
    let reference = match driver {
        Driver::Demand => called,
        _ => pick(&rows, driver, None, of.and_then(|t| t.reference)),
    };
    let treatment = of.map_or(Treatment::None, |t| t.treatment);
    let unsound = reference.is_none() || technology.is_none_or(|id| build.unsound_technologies[id.index()]);
    let called = if driver == Driver::Demand { reference } else { called };
    let year = build.model.settings.base_year;
    let process = Process {
        key: project.key.clone(),
        name: project.name.clone(),
        name_en: project.name_en.clone(),
        enterprise: project.owner,
        place: project.place,
        technology,
        rows,
        open: of.is_some_and(|t| t.open),
        driver,
        reference: reference.unwrap_or(0),
        called,
        capacity: Some(Quantity::exact(0.0)),
        activity: match driver {
            Driver::Level => Series::constant(year, 0.0, project.provenance),
            Driver::Feed | Driver::Demand | Driver::Both => Series::default(),
        },
        treatment,
        priority: treatment.priority(),
        share: None,
        from: None,
        until: None,
        provenance: Provenance { ..project.provenance },
    };
    build.unsound_processes.push(unsound);
    build.model.processes.push(process)
}

fn relations(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Relations) else { return };
    let columns = ["project", "kind", "others"].map(|key| table.column(key));
    let [project, kind, others] = columns;
    let common = CommonColumns::of(table);
    for row in table.rows() {
        let reading = &mut build.reading;
        let bound = reading.reference(row, project, TableKind::Projects);
        let kind = reading.choice(row, kind).map(|word| match word {
            "excludes" => RelationKind::Excludes,
            "needs_one_of" => RelationKind::NeedsOneOf,
            _ => RelationKind::Needs,
        });
        let others = reading.references(row, others, TableKind::Projects);
        let provenance = reading.provenance(row, &common);
        if let (Some(bound), Some(kind)) = (bound, kind) {
            build.model.relations.push(Relation {
                project: ProjectId::from_index(bound as usize),
                kind,
                others: others.into_iter().map(|other| ProjectId::from_index(other as usize)).collect(),
                provenance,
            });
        }
    }
}
