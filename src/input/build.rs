//! Raw tables to one model: names first, then record by record.
//!
//! A faulty row never stops the reading. Rows that others refer to leave a placeholder, so that ids stay the
//! rows' numbers; rows that nobody refers to are left out. What a faulty row would make wrong elsewhere is not
//! told a second time.

use super::identity;
use super::reading::Reading;
use super::records;
use super::records::materials::MaterialDraft;
use super::tables::Tables;
use super::usage::Usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{Id, MaterialId, PlaceId, ProcessId, ProjectId, Table, TechnologyId};
use crate::indicators::Definition;
use crate::model::{Model, Places, Settings, TableKind};
use std::collections::BTreeSet;

/// A model under construction.
pub(super) struct Build<'a> {
    /// Raw tables.
    pub(super) tables: &'a Tables,
    /// Definitions of indicators, for targets.
    pub(super) definitions: &'a [Definition],
    /// Reading of cells.
    pub(super) reading: Reading,
    /// What is built so far.
    pub(super) model: Model,
    /// Place of every raw row of `places`.
    pub(super) places: Vec<PlaceId>,
    /// Draft of every raw row of `materials` that is used.
    pub(super) materials: Vec<Option<MaterialDraft>>,
    /// Technology of every raw row of `technologies` that is used.
    pub(super) technologies: Vec<Option<TechnologyId>>,
    /// Drafts by the model's material, for conversions.
    pub(super) drafts: Vec<MaterialDraft>,
    /// Which recipes and materials are used.
    pub(super) usage: Usage,
    /// `level` processes that run at their capacity, since no activity is given.
    pub(super) at_capacity: BTreeSet<ProcessId>,
    /// Processes whose row was faulty.
    pub(super) unsound_processes: Vec<bool>,
    /// Projects whose row was faulty.
    pub(super) unsound_projects: Vec<bool>,
    /// Funds whose row was faulty.
    pub(super) unsound_funds: Vec<bool>,
    /// Whether a row of financing is left out, for another fault than that of its project's row.
    pub(super) financing_left_out: bool,
    /// Technologies with a faulty row.
    pub(super) unsound_technologies: Vec<bool>,
    /// Materials with a faulty row.
    pub(super) unsound_materials: BTreeSet<MaterialId>,
}

impl<'a> Build<'a> {
    /// Builds the model of one set of tables, for no scenario yet.
    pub(super) fn new(tables: &'a Tables, settings: &Settings, definitions: &'a [Definition]) -> Self {
        let mut build = Self {
            tables,
            definitions,
            reading: Reading::default(),
            model: empty(settings),
            places: Vec::new(),
            materials: Vec::new(),
            technologies: Vec::new(),
            drafts: Vec::new(),
            usage: Usage::default(),
            at_capacity: BTreeSet::new(),
            unsound_processes: Vec::new(),
            unsound_projects: Vec::new(),
            unsound_funds: Vec::new(),
            financing_left_out: false,
            unsound_technologies: Vec::new(),
            unsound_materials: BTreeSet::new(),
        };
        build.reading.unread.clone_from(tables.unread());
        build.reading.half_read.clone_from(tables.half_read());
        build.name_rows();
        let names = &build.reading.names;
        let (usage, repeated) =
            rayon::join(|| Usage::of(tables, names), || identity::repeated(tables, names));
        build.usage = usage;
        build.reading.found.absorb(repeated);
        records::sources::read(&mut build);
        records::places::read(&mut build);
        records::materials::read(&mut build);
        records::technologies::read(&mut build);
        records::processes::read(&mut build);
        records::markets::read(&mut build);
        records::projects::read(&mut build);
        records::stocks::read(&mut build);
        records::effects::read(&mut build);
        records::money::read(&mut build);
        records::choices::read(&mut build);
        records::scenarios::read(&mut build);
        records::statistics::read(&mut build);
        records::measurements::read(&mut build);
        records::alternatives::read(&mut build);
        build.model.sources = std::mem::take(&mut build.reading.sources);
        build
    }

    /// Registers ids and names of all tables, side by side.
    fn name_rows(&mut self) {
        for (kind, (names, findings)) in identity::names(self.tables) {
            self.reading.found.absorb(findings);
            self.reading.names.insert(kind, names);
        }
        self.note_replaced();
        self.name_projects_processes();
    }

    /// Rows of the model that stand for rows of the catalogue.
    fn note_replaced(&mut self) {
        for kind in [TableKind::Materials, TableKind::Technologies] {
            let mut tables = self.tables.both(kind);
            let (Some(own), Some(shipped)) = (tables.next(), tables.next()) else { continue };
            let shipped_id = shipped.column("id");
            let shipped: BTreeSet<&str> = shipped.rows().filter_map(|row| row.text(shipped_id)).collect();
            let id = own.column("id");
            for row in own.rows() {
                if let Some(key) = row.text(id).filter(|key| shipped.contains(key)) {
                    self.reading.at("N102", row, id).with("found", key);
                }
            }
        }
    }

    /// A project with a technology and no process brings a process of its own name.
    fn name_projects_processes(&mut self) {
        let Some(table) = self.tables.own(TableKind::Projects) else { return };
        let columns = ["id", "name", "technology", "process"].map(|key| table.column(key));
        let [id, name, technology, process] = columns;
        let mut names = self.reading.names.remove(&TableKind::Processes).unwrap_or_default();
        for row in table.rows() {
            if row.text(technology).is_none() || row.text(process).is_some() {
                continue;
            }
            let number = u32::try_from(names.len()).unwrap_or(u32::MAX);
            let key = row.text(id).unwrap_or_default();
            if !names.add_id(key, number) {
                self.reading.at("E129", row, id).with("found", key);
            }
            if let Some(name) = row.text(name) {
                names.add_name(name, number);
            }
        }
        self.reading.names.insert(TableKind::Processes, names);
    }

    /// The place of a raw row; the root for a row that is none.
    pub(super) fn place(&self, row: u32) -> PlaceId {
        self.places.get(row as usize).copied().unwrap_or(Places::ROOT)
    }

    /// The material of a raw row, if it is used and sound.
    pub(super) fn material(&self, row: u32) -> Option<MaterialId> {
        self.materials.get(row as usize)?.as_ref().map(|draft| draft.id)
    }

    /// Whether a process's row was without fault.
    pub(super) fn is_sound_process(&self, process: ProcessId) -> bool {
        self.unsound_processes.get(process.index()).is_some_and(|unsound| !unsound)
    }

    /// Whether a project's row was without fault.
    pub(super) fn is_sound_project(&self, project: ProjectId) -> bool {
        self.unsound_projects.get(project.index()).is_some_and(|unsound| !unsound)
    }

    /// Adds a finding that concerns no cell.
    pub(super) fn push(&mut self, code: &'static str, file: &str, values: &[(&'static str, String)]) {
        let spot = crate::diagnostic::Spot { file: file.to_owned(), ..Default::default() };
        let mut finding = Diagnostic::new(Code(code)).at(spot);
        for (name, value) in values {
            finding = finding.with(name, value.clone());
        }
        self.reading.found.push(finding);
    }
}

/// A model with nothing in it.
pub(super) fn empty(settings: &Settings) -> Model {
    Model {
        settings: settings.clone(),
        places: Places::default(),
        enterprises: Table::new(),
        materials: Table::new(),
        technologies: Table::new(),
        processes: Table::new(),
        market_rules: Vec::new(),
        demands: Vec::new(),
        stocks: Table::new(),
        projects: Table::new(),
        relations: Vec::new(),
        funds: Table::new(),
        duties: Vec::new(),
        appropriations: Vec::new(),
        financing: Table::new(),
        grant_rules: Vec::new(),
        choice_rules: Vec::new(),
        statistics: Vec::new(),
        targets: Vec::new(),
        prices: Vec::new(),
        scenarios: Table::new(),
        scenario: crate::id::ScenarioId::from_index(0),
        parameters: Table::new(),
        measurements: Vec::new(),
        contents: Vec::new(),
        alternatives: Vec::new(),
        sources: Table::new(),
    }
}
