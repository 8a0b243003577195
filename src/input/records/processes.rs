//! Processes, with their recipes and what is given of their activity.

use super::recipes::{Recipe, RecipeTable, reference_of};
use super::series::{Points, growth, year_within};
use super::technologies::{driver_of, driver_word, treatment_of, treatment_word};
use crate::id::{EnterpriseId, Id, MaterialId, ProcessId, Table, TechnologyId};
use crate::input::build::Build;
use crate::input::read::{Column, RawTable, Row};
use crate::input::reading::{CommonColumns, Wanted};
use crate::model::series::Point;
use crate::model::{Driver, Process, Series, TableKind, Treatment};
use crate::units::{Period, Unit};
use std::collections::BTreeMap;

/// Operating days and hours of a year where the table does not say.
const USUAL: (f64, f64) = (330.0, 7200.0);

/// Reads `processes` and `activity`.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::Processes) else { return };
    let recipes = RecipeTable::of(build);
    let columns = Columns::of(table);
    let common = CommonColumns::of(table);
    build.model.processes = Table::with_capacity(table.len());
    // Lent out while recipes are read, which change the build.
    let usage = std::mem::take(&mut build.usage);
    for row in table.rows() {
        let before = build.reading.found.errors();
        let own = u32::try_from(row.number).unwrap_or(u32::MAX);
        let (recipe, technology) = recipe_of(build, &recipes, row, &columns, usage.of_process(own));
        let recipe_is_sound = recipe.sound;
        let process = columns.process(row, &common, recipe, technology, build);
        let sound = build.reading.found.errors() == before && recipe_is_sound;
        let closes = process.open || process.treatment == Treatment::Storage;
        if sound && process.technology.is_none() && !closes {
            crate::input::closing::check(build, &process.rows, &row.row_spot(), &process.key);
        }
        build.model.processes.push(process);
        build.unsound_processes.push(!sound);
    }
    build.usage = usage;
    activity(build);
}

/// The recipe of a process: its own rows, else its technology's.
fn recipe_of(
    build: &mut Build<'_>,
    recipes: &RecipeTable<'_>,
    row: Row<'_>,
    columns: &Columns,
    own: &[(u32, u32)],
) -> (Recipe, Option<TechnologyId>) {
    let technology = build.reading.reference(row, columns.technology, TableKind::Technologies);
    let own = (!own.is_empty()).then(|| own.iter().map(|(_, row)| *row));
    match (technology, own) {
        (Some(_), Some(_)) => {
            build.reading.at("E216", row, columns.technology);
            (Recipe::default(), None)
        }
        (None, Some(rows)) => (recipes.recipe(rows, build), None),
        (Some(technology), None) => {
            let id = build.technologies.get(technology as usize).copied().flatten();
            let recipe = id.map_or_else(Recipe::default, |id| Recipe {
                rows: build.model.technologies[id].rows.clone(),
                sound: !build.unsound_technologies[id.index()],
            });
            (recipe, id)
        }
        (None, None) => {
            if row.text(columns.technology).is_none() {
                build.reading.at("E217", row, columns.technology);
            }
            (Recipe::default(), None)
        }
    }
}

struct Columns {
    id: Column,
    enterprise: Column,
    place: Column,
    name: Column,
    name_en: Column,
    technology: Column,
    driver: Column,
    reference: Column,
    called: Column,
    capacity: Column,
    operating: Operating,
    treatment: Column,
    priority: Column,
    share: Column,
    from: Column,
    until: Column,
    open: Column,
}

/// The columns that turn a capacity into a yearly one.
#[derive(Clone, Copy)]
pub(in crate::input) struct Operating {
    unit: Column,
    days: Column,
    hours: Column,
}

impl Operating {
    /// Those of a table.
    pub(in crate::input) fn of(table: &RawTable) -> Self {
        Self { unit: table.column("capacity_unit"), days: table.column("days"), hours: table.column("hours") }
    }

    /// Days and hours of operation in a year; asked for (and noted as a default) only where the unit needs them.
    pub(in crate::input) fn year(self, build: &mut Build<'_>, row: Row<'_>, measured: Column) -> (f64, f64) {
        let unit = row.text(self.unit).and_then(|text| Unit::parse(text).ok()).or(measured.unit);
        let mut whole = |column| build.reading.whole(row, column).map(|number| number as f64);
        match unit.and_then(|unit| unit.per) {
            Some(Period::Day) => (whole(self.days).unwrap_or(USUAL.0), USUAL.1),
            Some(Period::Hour) => (USUAL.0, whole(self.hours).unwrap_or(USUAL.1)),
            Some(Period::Year) | None => USUAL,
        }
    }
}

impl Columns {
    fn of(table: &RawTable) -> Self {
        let column = |key| table.column(key);
        Self {
            id: column("id"),
            enterprise: column("enterprise"),
            place: column("place"),
            name: column("name"),
            name_en: column("name_en"),
            technology: column("technology"),
            driver: column("driver"),
            reference: column("reference"),
            called: column("called"),
            capacity: column("capacity"),
            operating: Operating::of(table),
            treatment: column("treatment"),
            priority: column("priority"),
            share: column("share"),
            from: column("from"),
            until: column("until"),
            open: column("open"),
        }
    }

    fn process(
        &self,
        row: Row<'_>,
        common: &CommonColumns,
        recipe: Recipe,
        technology: Option<TechnologyId>,
        build: &mut Build<'_>,
    ) -> Process {
        let key = row.text(self.id).unwrap_or_default().to_owned();
        let name = build.reading.text(row, self.name).unwrap_or_default().to_owned();
        let name_en = build.reading.text(row, self.name_en).unwrap_or(&name).to_owned();
        let (enterprise, place) = self.where_it_is(row, build);
        let driver = self.driver(row, technology, &recipe, build);
        let treatment = self.treatment(row, technology, build);
        let priority = match build.reading.whole(row, self.priority) {
            Some(priority) => priority as i32,
            None => {
                let usual = treatment.priority();
                build.reading.note_default(row, self.priority.attribute, &usual.to_string());
                usual
            }
        };
        let (reference, called) = self.counted(row, driver, technology, &recipe, build);
        let (mut capacity, mut share) = (None, None);
        if let Some(material) = recipe.rows.get(reference).map(|r| r.material) {
            let (days, hours) = self.operating.year(build, row, self.capacity);
            let draft = &build.drafts[material.index()];
            let wanted = Wanted::of(draft.measure()).yearly(days, hours);
            capacity = build.reading.quantity(row, self.capacity, &wanted);
            share = build.reading.quantity(row, self.share, &wanted);
        }
        let from = build.reading.year(row, self.from);
        let until = build.reading.year(row, self.until);
        if let (Some(from), Some(until)) = (from, until)
            && from > until
        {
            let adding = build.reading.at("E218", row, self.until);
            adding.with("from", from.to_string()).with("until", until.to_string());
        }
        let open = build.reading.flag(row, self.open).unwrap_or(false)
            || technology.is_some_and(|id| build.model.technologies[id].open);
        Process {
            key,
            name,
            name_en,
            enterprise,
            place,
            technology,
            rows: recipe.rows,
            open,
            driver,
            reference,
            called,
            capacity,
            activity: Series::default(),
            treatment,
            priority,
            share,
            from,
            until,
            provenance: build.reading.provenance(row, common),
        }
    }

    fn where_it_is(&self, row: Row<'_>, build: &mut Build<'_>) -> (Option<EnterpriseId>, crate::id::PlaceId) {
        let enterprise = build.reading.reference(row, self.enterprise, TableKind::Enterprises);
        let place = build.reading.reference(row, self.place, TableKind::Places).map(|p| build.place(p));
        let enterprise = enterprise.map(|number| EnterpriseId::from_index(number as usize));
        let of_enterprise = enterprise.map(|id| build.model.enterprises[id].place);
        if let (Some(place), Some(of_enterprise)) = (place, of_enterprise)
            && place != of_enterprise
        {
            let found = build.model.places[place].key.clone();
            let adding = build.reading.at("E219", row, self.place).with("found", found);
            adding.with("expected", build.model.places[of_enterprise].key.clone());
        }
        let said = row.text(self.enterprise).or_else(|| row.text(self.place));
        if said.is_none() && !build.reading.half_read.contains(&TableKind::Processes) {
            build.reading.at("E220", row, self.place);
        }
        (enterprise, of_enterprise.or(place).unwrap_or(crate::model::Places::ROOT))
    }

    fn driver(
        &self,
        row: Row<'_>,
        technology: Option<TechnologyId>,
        recipe: &Recipe,
        build: &mut Build<'_>,
    ) -> Driver {
        if let Some(word) = build.reading.choice(row, self.driver) {
            return driver_of(word);
        }
        if let Some(driver) = technology.and_then(|id| build.model.technologies[id].driver) {
            build.reading.note_default(row, self.driver.attribute, driver_word(driver));
            return driver;
        }
        if recipe.sound && row.text(self.driver).is_none() {
            build.reading.at("E221", row, self.driver);
        }
        Driver::Level
    }

    fn treatment(&self, row: Row<'_>, technology: Option<TechnologyId>, build: &mut Build<'_>) -> Treatment {
        if let Some(word) = build.reading.choice(row, self.treatment) {
            return treatment_of(word);
        }
        let treatment = technology.map_or(Treatment::None, |id| build.model.technologies[id].treatment);
        build.reading.note_default(row, self.treatment.attribute, treatment_word(treatment));
        treatment
    }

    /// Positions of the reference and of the product made on call.
    fn counted(
        &self,
        row: Row<'_>,
        driver: Driver,
        technology: Option<TechnologyId>,
        recipe: &Recipe,
        build: &mut Build<'_>,
    ) -> (usize, Option<usize>) {
        let mut material = |column: Column| -> Option<MaterialId> {
            let number = build.reading.reference(row, column, TableKind::Materials)?;
            Some(build.material(number).unwrap_or(MaterialId(u32::MAX)))
        };
        let (own_reference, own_called) = (material(self.reference), material(self.called));
        if recipe.rows.is_empty() || !recipe.sound {
            return (0, None);
        }
        let usual = technology.map(|id| &build.model.technologies[id]);
        let (usual_reference, usual_called) = (usual.and_then(|t| t.reference), usual.and_then(|t| t.called));
        let called = called_of(&recipe.rows, driver, own_called, usual_called);
        let reference = if driver == Driver::Demand && own_reference.is_none() {
            called
        } else {
            pick(&recipe.rows, driver, own_reference, usual_reference)
        };
        let mut fault = |code, column: Column| {
            let found = row.text(column).unwrap_or_default();
            build.reading.at(code, row, column).with("found", found).with("driver", driver_word(driver));
        };
        if reference.is_none() {
            fault("E222", self.reference);
        }
        if called.is_none() && matches!(driver, Driver::Demand | Driver::Both) {
            fault("E223", self.called);
        }
        let called = if driver == Driver::Demand { reference } else { called };
        (reference.unwrap_or(0), called)
    }
}

/// The row of the material given, else of the technology's material where it suits, else the usual one.
pub(in crate::input) fn pick(
    rows: &[crate::model::RecipeRow],
    driver: Driver,
    own: Option<MaterialId>,
    usual: Option<MaterialId>,
) -> Option<usize> {
    if own.is_some() {
        return reference_of(rows, driver, own);
    }
    let suits = usual.and_then(|_| reference_of(rows, driver, usual));
    suits.or_else(|| reference_of(rows, driver, None))
}

/// The product made on call, for drivers that have one.
pub(in crate::input) fn called_of(
    rows: &[crate::model::RecipeRow],
    driver: Driver,
    own: Option<MaterialId>,
    usual: Option<MaterialId>,
) -> Option<usize> {
    match driver {
        Driver::Level | Driver::Feed => None,
        Driver::Demand | Driver::Both => pick(rows, Driver::Demand, own, usual),
    }
}

/// Reads `activity`, and checks that no process but `level` ones has one. A `level` process without activity runs
/// at its capacity.
fn activity(build: &mut Build<'_>) {
    let mut series: BTreeMap<u32, Points> = BTreeMap::new();
    if let Some(table) = build.tables.own(TableKind::Activity) {
        let columns = ["process", "year", "level", "growth"].map(|key| table.column(key));
        let [process, year, level, growth_column] = columns;
        let common = CommonColumns::of(table);
        let years = build.model.settings.base_year..=build.model.settings.horizon;
        for row in table.rows() {
            let number = build.reading.reference(row, process, TableKind::Processes);
            let year = year_within(&mut build.reading, row, year, &years);
            let growth = growth(&mut build.reading, row, growth_column);
            let provenance = build.reading.provenance(row, &common);
            let Some(number) = number else { continue };
            let id = ProcessId::from_index(number as usize);
            let Some(record) = build.model.processes.get(id).filter(|_| build.is_sound_process(id)) else {
                build.reading.as_number(row, level);
                series.entry(number).or_default();
                continue;
            };
            if record.driver != Driver::Level {
                let driver = driver_word(record.driver);
                let adding = build.reading.at("E224", row, process);
                adding.with("found", row.text(process).unwrap_or_default()).with("driver", driver);
                continue;
            }
            let material = record.rows[record.reference].material;
            let wanted = Wanted::of(build.drafts[material.index()].measure()).yearly(USUAL.0, USUAL.1);
            let value = build.reading.quantity(row, level, &wanted);
            let points = series.entry(number).or_default();
            if let (Some(year), Some(value)) = (year, value) {
                points.add(year, value, growth, provenance);
            }
        }
    }
    let Some(table) = build.tables.own(TableKind::Processes) else { return };
    let (id_column, capacity_column) = (table.column("id"), table.column("capacity"));
    let base_year = build.model.settings.base_year;
    // What a table that could not be read said of a process is told there.
    let half_read = [TableKind::Activity, TableKind::Processes].map(|t| build.reading.half_read.contains(&t));
    let is_activity_known = half_read == [false; 2] && !build.reading.unread.contains(&TableKind::Activity);
    for row in table.rows() {
        let id = ProcessId::from_index(row.number);
        if build.model.processes[id].driver != Driver::Level || !build.is_sound_process(id) {
            continue;
        }
        let number = u32::try_from(row.number).unwrap_or(u32::MAX);
        let Some(points) = series.remove(&number) else {
            let record = &mut build.model.processes[id];
            if let Some(capacity) = record.capacity {
                let point = Point { year: base_year, value: capacity, provenance: record.provenance };
                record.activity = Series { points: vec![point], growth: None };
                build.at_capacity.insert(id);
                build.reading.note_default(row, capacity_column.attribute, "activity = capacity");
            } else if is_activity_known {
                let found = record.key.clone();
                build.reading.at("E225", row, id_column).with("found", found);
            }
            continue;
        };
        let series = points.series();
        let first = series.points.first().map_or(base_year, |point| point.year);
        let starts = build.model.processes[id].from.unwrap_or(base_year).max(base_year);
        if first > starts {
            let found = build.model.processes[id].key.clone();
            let adding = build.reading.at("W204", row, id_column).with("found", found);
            adding.with("first", first.to_string()).with("starts", starts.to_string());
        }
        build.model.processes[id].activity = series;
    }
}
