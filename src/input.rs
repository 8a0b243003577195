//! Files in: tables, settings and the catalogue become checked models.
//!
//! bytes → raw tables ([`read`]) → one list of columns ([`attributes`]) says what each cell is → cells to
//! values ([`reading`]) → records → one [`Model`] a scenario. Every fault is found in one pass and stands with
//! file, row and column in the findings.

pub mod attributes;
mod build;
pub mod cases;
pub mod catalogue;
mod changes;
pub mod check;
mod chosen;
mod closing;
pub mod collected;
pub mod columns;
mod consequences;
pub mod differences;
pub mod files;
mod identity;
pub mod indicators;
mod loaded;
pub mod manual;
pub mod names;
pub mod read;
pub mod reading;
mod records;
pub mod refusals;
pub mod returns;
pub mod settings;
mod tables;
mod texts;
mod unsourced;
mod usage;
pub mod workbook;
mod written;

pub use chosen::{NewScenario, with_scenario};
pub use loaded::{InputFile, Loaded, Start};
pub use reading::DefaultUsed;
pub use texts::{ModelText, TableText, texts};
pub use unsourced::{Unsourced, unsourced};
pub use written::Written;

use crate::diagnostic::{Code, Diagnostic, Findings, Language, Spot};
use crate::id::{Id, ScenarioId};
use crate::indicators::Definition;
use crate::model::{Model, Settings, TableKind};
use build::Build;
use collected::Collected;
use files::Meaning;
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;
use tables::Tables;

/// Reads a model: a folder of tables, or a workbook.
#[must_use]
pub fn read_folder(folder: &Path) -> Loaded {
    let mut found = Collected::default();
    let files = files::read(folder, &mut found);
    // Without a folder there is one fault to tell, not ten.
    if files.is_empty() && found.errors() > 0 {
        return unreadable(files, found);
    }
    load(files, found)
}

/// What there is of a model of which nothing could be read.
fn unreadable(inputs: Vec<InputFile>, found: Collected) -> Loaded {
    let base = Build::new(&tables::read(&[], &mut Collected::default()), &settings::fallback(), &[]).model;
    Loaded {
        models: Vec::new(),
        base: Arc::new(base),
        definitions: Vec::new(),
        findings: found.finish(),
        inputs,
        language: Language::Zh,
        defaults: Vec::new(),
        written: Written::default(),
        start: None,
    }
}

/// The reference city, embedded in the program.
///
/// # Panics
/// Never: the city is part of the program.
#[must_use]
pub fn reference_city() -> Loaded {
    read_files(catalogue::shipped("coal-city").expect("the reference city is embedded"))
}

/// The language of a model's settings, where they can be read.
#[must_use]
pub fn language_of(model: &Path) -> Option<Language> {
    let mut found = Collected::default();
    let settings = if model.is_dir() {
        InputFile::new(files::SETTINGS, std::fs::read(model.join(files::SETTINGS)).ok()?)
    } else {
        let name = model.file_name()?.to_string_lossy();
        if !matches!(files::meaning(&name), Meaning::Workbook) {
            return None;
        }
        let book = InputFile::new(name.as_ref(), std::fs::read(model).ok()?);
        let sheets = workbook::opened(&book, &mut found);
        sheets.into_iter().find(|file| matches!(files::meaning(&file.name), Meaning::Settings))?
    };
    Some(settings::read(&settings, &mut found).1)
}

/// Reads a model from files already in memory.
#[must_use]
pub fn read_files(files: Vec<InputFile>) -> Loaded {
    load(files, Collected::default())
}

fn load(mut files: Vec<InputFile>, mut found: Collected) -> Loaded {
    // A readme beside the tables is no input of the run.
    files.retain(|file| !matches!(files::meaning(&file.name), Meaning::Other));
    let sheets = sheets(&files, &mut found);
    if sheets.as_ref().is_some_and(Vec::is_empty) {
        return unreadable(files, found);
    }
    let read = sheets.as_deref().unwrap_or(&files);
    let settings_file = read.iter().find(|file| matches!(files::meaning(&file.name), Meaning::Settings));
    let (settings, language) = match settings_file {
        Some(file) => settings::read(file, &mut found),
        None => {
            found.push(tables::missing(read, files::SETTINGS, files::SETTINGS));
            (settings::fallback(), Language::Zh)
        }
    };
    let definitions = definitions(read, &settings, &mut found);
    let tables = tables::read(read, &mut found);
    let mut build = Build::new(&tables, &settings, &definitions);
    found.extend(std::mem::take(&mut build.reading.found).finish());
    let defaults = build.reading.defaults();
    let base = std::mem::replace(&mut build.model, build::empty(&settings));
    let written = Written::of(&tables);
    found.extend(written.named(consequences::money_checks(&base, &build)));
    let without_scenarios = base.scenarios.is_empty().then(|| Arc::new(base.clone()));
    let mut models = models(&tables, &build, base, &definitions, &mut found);
    let findings = found.finish();
    let base = models.iter().find(|model| model.scenarios[model.scenario].base).or(models.first()).cloned();
    let base = base.or(without_scenarios).expect("a model has a scenario or none");
    if findings.has_errors() {
        models.clear();
    }
    Loaded { models, base, definitions, findings, inputs: files, language, defaults, written, start: None }
}

/// The sheets of a workbook that stands alone for a model; `None` for a folder of tables.
fn sheets(files: &[InputFile], found: &mut Collected) -> Option<Vec<InputFile>> {
    match files {
        [book] if matches!(files::meaning(&book.name), Meaning::Workbook) => {
            Some(workbook::opened(book, found))
        }
        _ => None,
    }
}

/// The shipped indicator sets that the settings name, and the model's own.
fn definitions(files: &[InputFile], settings: &Settings, found: &mut Collected) -> Vec<Definition> {
    let own: Vec<(String, String)> = files
        .iter()
        .filter(|file| matches!(files::meaning(&file.name), Meaning::Indicators))
        .filter_map(|file| match read::encoding::decode(&file.bytes) {
            Ok(text) => Some((file.name.clone(), text)),
            Err(_) => {
                let spot = Spot { file: file.name.clone(), ..Spot::default() };
                found.push(Diagnostic::new(Code("E016")).at(spot));
                None
            }
        })
        .collect();
    let (definitions, mut findings) = indicators::read_sets(&settings.indicator_sets, &own);
    // A set that is not there is a fault of the settings.
    let named_in = files.iter().find(|file| matches!(files::meaning(&file.name), Meaning::Settings));
    for finding in findings.0.iter_mut().filter(|finding| finding.code.0 == "E501") {
        finding.spot = named_in.map(|file| settings::spot_of(file, "indicator_sets")).unwrap_or_default();
    }
    found.extend(findings);
    definitions
}

/// One model a scenario: the base tables where it changes nothing, else built again from the changed ones.
fn models(
    tables: &Tables,
    build: &Build<'_>,
    base: Model,
    definitions: &[Definition],
    found: &mut Collected,
) -> Vec<Arc<Model>> {
    let above: Vec<Option<usize>> = based_on(tables, build);
    let horizon = base.settings.base_year..=base.settings.horizon;
    let changed: Vec<Option<Tables>> = base
        .scenarios
        .enumerate()
        .map(|(id, _)| {
            let chain = records::scenarios::chain_of(id.index(), &above).unwrap_or_else(|| vec![id.index()]);
            changes::apply(tables, &build.reading.names, &chain, &horizon, found)
        })
        .collect();
    // Models are built side by side; what is wrong with them is told in the order of the scenarios.
    let built = changed.par_iter().map(|changed| {
        let mut again = Build::new(changed.as_ref()?, &base.settings, definitions);
        let mut findings = std::mem::take(&mut again.reading.found).finish();
        findings.extend(Written::of(tables).named(consequences::money_checks(&again.model, &again)));
        Some((again.model, findings))
    });
    let built: Vec<Option<(Model, Findings)>> = built.collect();
    let mut changed = Vec::with_capacity(built.len());
    for (built, scenario) in built.into_iter().zip(base.scenarios.iter()) {
        changed.push(built.map(|(model, mut findings)| {
            let known = found.clone().finish();
            findings.0.retain(|finding| !known.0.contains(finding));
            if findings.has_errors() {
                let count = findings.0.len().to_string();
                let spot = tables.own(TableKind::Changes).map(read::RawTable::spot).unwrap_or_default();
                let finding = Diagnostic::new(Code("E160")).at(spot).with("count", count);
                found.push(finding.with("scenario", scenario.key.clone()));
            }
            found.extend(findings);
            model
        }));
    }
    // The last scenario that changes nothing takes the base tables' model itself, the others a copy.
    let last = changed.iter().rposition(Option::is_none);
    let mut base = Some(base);
    let mut models = Vec::with_capacity(changed.len());
    for (number, changed) in changed.into_iter().enumerate() {
        let own = match changed {
            None if Some(number) == last => base.take(),
            None => base.clone(),
            changed => changed,
        };
        let mut model = own.expect("taken by the last one only");
        model.scenario = ScenarioId::from_index(number);
        models.push(Arc::new(model));
    }
    models
}

fn based_on(tables: &Tables, build: &Build<'_>) -> Vec<Option<usize>> {
    let Some(table) = tables.own(TableKind::Scenarios) else { return Vec::new() };
    let column = table.column("based_on");
    let names = build.reading.names.get(&TableKind::Scenarios);
    let find = |text| match names?.find(text) {
        names::Found::Row(row) => Some(row as usize),
        names::Found::Ambiguous | names::Found::Nothing => None,
    };
    table.rows().map(|row| row.text(column).and_then(find)).collect()
}
