//! Technologies that are used, with their recipes.

use super::recipes::{Recipe, RecipeTable, reference_of};
use crate::id::Id;
use crate::input::build::Build;
use crate::input::read::{Column, Row};
use crate::input::reading::{CommonColumns, Wanted};
use crate::model::{Driver, TableKind, Technology, Treatment};
use crate::quantity::Quantity;
use crate::units::Dimension;

/// The driver of a word.
pub(in crate::input) fn driver_of(word: &str) -> Driver {
    match word {
        "feed" => Driver::Feed,
        "demand" => Driver::Demand,
        "both" => Driver::Both,
        _ => Driver::Level,
    }
}

/// The word of a driver.
pub(in crate::input) fn driver_word(driver: Driver) -> &'static str {
    match driver {
        Driver::Level => "level",
        Driver::Feed => "feed",
        Driver::Demand => "demand",
        Driver::Both => "both",
    }
}

/// The treatment of a word.
pub(in crate::input) fn treatment_of(word: &str) -> Treatment {
    match word {
        "reuse" => Treatment::Reuse,
        "utilisation" => Treatment::Utilisation,
        "energy_recovery" => Treatment::EnergyRecovery,
        "backfill" => Treatment::Backfill,
        "treatment" => Treatment::Treatment,
        "storage" => Treatment::Storage,
        "disposal" => Treatment::Disposal,
        _ => Treatment::None,
    }
}

/// The word of a treatment.
pub(in crate::input) fn treatment_word(treatment: Treatment) -> &'static str {
    match treatment {
        Treatment::Reuse => "reuse",
        Treatment::Utilisation => "utilisation",
        Treatment::EnergyRecovery => "energy_recovery",
        Treatment::Backfill => "backfill",
        Treatment::None => "none",
        Treatment::Treatment => "treatment",
        Treatment::Storage => "storage",
        Treatment::Disposal => "disposal",
    }
}

/// Reads the technologies that are used, with their recipes, and checks that each closes.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    let recipes = RecipeTable::of(build);
    let mut number = 0;
    for table in build.tables.both(TableKind::Technologies) {
        let keys = [
            "id",
            "name",
            "name_en",
            "driver",
            "treatment",
            "reference",
            "called",
            "open",
            "capital",
            "jobs",
        ];
        let columns = keys.map(|key| table.column(key));
        let common = CommonColumns::of(table);
        for row in table.rows() {
            let own = number;
            number += 1;
            if !build.usage.technologies.contains(&own) {
                build.technologies.push(None);
                continue;
            }
            let before = build.reading.found.errors();
            let numbers = build.usage.of_technology.get(&own).cloned().unwrap_or_default();
            let recipe = recipes.recipe(numbers.into_iter(), build);
            let technology = technology(row, &columns, &common, &recipe, build);
            if recipe.rows.is_empty() && recipe.sound {
                build.reading.at("E207", row, columns[0]).with("found", &technology.key);
            }
            let sound = build.reading.found.errors() == before && recipe.sound;
            if sound && !technology.open && technology.treatment != Treatment::Storage {
                super::super::closing::check(build, &technology.rows, &row.row_spot(), &technology.key);
            }
            build.technologies.push(Some(build.model.technologies.push(technology)));
            build.unsound_technologies.push(!sound);
        }
    }
}

fn technology(
    row: Row<'_>,
    columns: &[Column; 10],
    common: &CommonColumns,
    recipe: &Recipe,
    build: &mut Build<'_>,
) -> Technology {
    let [id, name, name_en, driver, treatment, reference, called, open, capital, jobs] = *columns;
    let reading = &mut build.reading;
    let key = row.text(id).unwrap_or_default().to_owned();
    let title = reading.text(row, name).unwrap_or_default().to_owned();
    let name_en = reading.text(row, name_en).unwrap_or(&title).to_owned();
    let driver = reading.choice(row, driver).map(driver_of);
    let treatment = reading.choice(row, treatment).map_or(Treatment::None, treatment_of);
    let open = reading.flag(row, open).unwrap_or(false);
    let mut material = |column: Column| {
        let found = build.reading.reference(row, column, TableKind::Materials)?;
        let material = build.material(found);
        let known = material.filter(|m| recipe.rows.iter().any(|r| r.material == *m));
        if known.is_none() && recipe.sound {
            let text = row.text(column).unwrap_or_default();
            build.reading.at("E208", row, column).with("found", text).with("recipe", &key);
        }
        known
    };
    let reference = material(reference);
    let called = material(called);
    let counted = reference_of(&recipe.rows, driver.unwrap_or(Driver::Level), reference);
    let (mut capital_per_capacity, mut jobs_per_capacity) = (None, None);
    if let Some(counted) = counted {
        let draft = build.drafts[recipe.rows[counted].material.index()].clone();
        let per = |dimension| Wanted::plain(dimension).per(draft.measure());
        let mut quantity =
            |column, dimension| -> Option<Quantity> { build.reading.quantity(row, column, &per(dimension)) };
        capital_per_capacity = quantity(capital, Dimension::Money);
        jobs_per_capacity = quantity(jobs, Dimension::Persons);
    }
    Technology {
        key,
        name: title,
        name_en,
        rows: recipe.rows.clone(),
        open,
        driver,
        treatment,
        reference,
        called,
        capital_per_capacity,
        jobs_per_capacity,
        provenance: build.reading.provenance(row, common),
    }
}
