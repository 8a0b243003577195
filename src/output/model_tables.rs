//! A model written back as tables: what a generated park system looks like to the reader.
//!
//! Written are places, enterprises, materials, recipes, processes, activity, demand and markets, and of projects and
//! money what generated systems have; recipes are written as the processes' own.

mod money;

use crate::id::{Id, MaterialId};
use crate::model::{Amount, Basis, Driver, MaterialKind, Model, PlaceKind, Role, Series, Sink, Treatment};
use crate::quantity::Quantity;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// File names with their contents: `model.toml` and one CSV a table, UTF-8.
#[must_use]
pub fn model_tables(model: &Model) -> Vec<(String, String)> {
    let mut files = vec![("model.toml".to_owned(), settings(model))];
    for (stem, table) in [
        ("places", places(model)),
        ("enterprises", enterprises(model)),
        ("materials", materials(model)),
        ("processes", processes(model)),
        ("recipes", recipes(model)),
        ("activity", activity(model)),
        ("demand", demand(model)),
        ("markets", markets(model)),
    ] {
        push(&mut files, stem, table);
    }
    for (stem, table) in money::tables(model) {
        push(&mut files, stem, table);
    }
    files.push(("scenarios.csv".to_owned(), scenarios(model)));
    files
}

/// A table that has rows.
fn push(files: &mut Vec<(String, String)>, stem: &str, table: String) {
    if table.lines().nth(1).is_some() {
        files.push((format!("{stem}.csv"), table));
    }
}

fn settings(model: &Model) -> String {
    let s = &model.settings;
    let sets: Vec<String> = s.indicator_sets.iter().map(|set| format!("{set:?}")).collect();
    format!(
        "id = {:?}\nname = {:?}\nname_en = {:?}\nbase_year = {}\nhorizon = {}\nillustrative = {}\nindicator_sets = [{}]\n",
        s.id,
        s.name,
        s.name_en,
        s.base_year,
        s.horizon,
        s.illustrative,
        sets.join(", ")
    )
}

/// One line of cells; a cell with a comma, a quote or a line break is quoted.
fn line(table: &mut String, cells: &[&str]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            table.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            let _ = write!(table, "\"{}\"", cell.replace('"', "\"\""));
        } else {
            table.push_str(cell);
        }
    }
    table.push('\n');
}

fn number(quantity: Quantity) -> String {
    quantity.central.to_string()
}

fn optional(quantity: Option<Quantity>) -> String {
    quantity.map_or_else(String::new, number)
}

fn places(model: &Model) -> String {
    let mut table = String::from("id,name,name_en,kind,parent\n");
    for place in &model.places.0 {
        let kind = match place.kind {
            PlaceKind::City => "city",
            PlaceKind::County => "county",
            PlaceKind::Park => "park",
            PlaceKind::AgriculturalPark => "agricultural_park",
            PlaceKind::Zone => "zone",
        };
        let parent = place.parent.map_or("", |parent| model.places[parent].key.as_str());
        line(&mut table, &[&place.key, &place.name, &place.name_en, kind, parent]);
    }
    table
}

fn enterprises(model: &Model) -> String {
    let mut table = String::from("id,name,name_en,place,above_scale\n");
    for enterprise in &model.enterprises {
        let above = if enterprise.above_scale { "yes" } else { "no" };
        let place = &model.places[enterprise.place].key;
        line(&mut table, &[&enterprise.key, &enterprise.name, &enterprise.name_en, place, above]);
    }
    table
}

fn materials(model: &Model) -> String {
    let used = used_materials(model);
    let mut table = String::from("id,name,name_en,kind,classes,unit\n");
    for (_, material) in model.materials.enumerate().filter(|(id, _)| used.contains(id)) {
        let kind = match material.kind {
            MaterialKind::Resource => "resource",
            MaterialKind::Product => "product",
            MaterialKind::Waste => "waste",
            MaterialKind::Water => "water",
            MaterialKind::Energy => "energy",
            MaterialKind::Emission => "emission",
        };
        let classes = material.classes.join(";");
        let unit = material.dimension.symbol();
        line(&mut table, &[&material.key, &material.name, &material.name_en, kind, &classes, unit]);
    }
    table
}

/// Materials that a table names; the reader would remark on the others.
fn used_materials(model: &Model) -> BTreeSet<MaterialId> {
    let of_rows = model.processes.iter().flat_map(|process| &process.rows).map(|row| row.material);
    let of_demand = model.demands.iter().map(|demand| demand.material);
    of_rows.chain(of_demand).chain(model.market_rules.iter().map(|rule| rule.material)).collect()
}

fn processes(model: &Model) -> String {
    let mut table = String::from(
        "id,enterprise,place,name,name_en,driver,reference,called,capacity,treatment,priority,share,from,until,open\n",
    );
    for process in &model.processes {
        let driver = match process.driver {
            Driver::Level => "level",
            Driver::Feed => "feed",
            Driver::Demand => "demand",
            Driver::Both => "both",
        };
        let treatment = match process.treatment {
            Treatment::Reuse => "reuse",
            Treatment::Utilisation => "utilisation",
            Treatment::EnergyRecovery => "energy_recovery",
            Treatment::Backfill => "backfill",
            Treatment::None => "none",
            Treatment::Treatment => "treatment",
            Treatment::Storage => "storage",
            Treatment::Disposal => "disposal",
        };
        let material = |row: usize| model.materials[process.rows[row].material].key.as_str();
        let year = |year: Option<i32>| year.map_or_else(String::new, |year| year.to_string());
        line(
            &mut table,
            &[
                &process.key,
                process.enterprise.map_or("", |e| model.enterprises[e].key.as_str()),
                &model.places[process.place].key,
                &process.name,
                &process.name_en,
                driver,
                material(process.reference),
                process.called.filter(|_| process.driver == Driver::Both).map_or("", material),
                &optional(process.capacity),
                treatment,
                &process.priority.to_string(),
                &optional(process.share),
                &year(process.from),
                &year(process.until),
                if process.open { "yes" } else { "no" },
            ],
        );
    }
    table
}

fn recipes(model: &Model) -> String {
    let mut table = String::from("process,role,material,quantity,basis\n");
    for process in &model.processes {
        for row in &process.rows {
            let role = match row.role {
                Role::Feed => "feed",
                Role::Input => "input",
                Role::Product => "product",
                Role::Byproduct => "byproduct",
                Role::Recirculated => "recirculated",
                Role::Emission => "emission",
                Role::Loss => "loss",
            };
            let amount = match row.amount {
                Amount::Given(quantity) => number(quantity),
                Amount::Rest => "rest".to_owned(),
            };
            let basis = match row.basis {
                Basis::Wet => "wet",
                Basis::Dry => "dry",
            };
            let material = &model.materials[row.material].key;
            line(&mut table, &[&process.key, role, material, &amount, basis]);
        }
    }
    table
}

fn points(series: &Series, mut write: impl FnMut(&str, &str, &str)) {
    for (at, point) in series.points.iter().enumerate() {
        let last = at + 1 == series.points.len();
        let growth = series.growth.filter(|_| last).map_or_else(String::new, |growth| growth.to_string());
        write(&point.year.to_string(), &number(point.value), &growth);
    }
}

fn activity(model: &Model) -> String {
    let mut table = String::from("process,year,level,growth\n");
    for process in &model.processes {
        points(&process.activity, |year, level, growth| {
            line(&mut table, &[&process.key, year, level, growth]);
        });
    }
    table
}

fn demand(model: &Model) -> String {
    let mut table = String::from("material,place,year,quantity,growth\n");
    for demand in &model.demands {
        let (material, place) = (&model.materials[demand.material].key, &model.places[demand.place].key);
        points(&demand.series, |year, quantity, growth| {
            line(&mut table, &[material, place, year, quantity, growth]);
        });
    }
    table
}

fn markets(model: &Model) -> String {
    let mut table = String::from(
        "material,place,import_limit,export_limit,opening_stock,reclaim_limit,reclaim_share,pass_up_limit,sink,keep_local\n",
    );
    for rule in &model.market_rules {
        let sink = match rule.sink {
            None => "",
            Some(Sink::Storage) => "storage",
            Some(Sink::Disposal) => "disposal",
            Some(Sink::Discharge) => "discharge",
        };
        line(
            &mut table,
            &[
                &model.materials[rule.material].key,
                &model.places[rule.place].key,
                &optional(rule.import_limit),
                &optional(rule.export_limit),
                &optional(rule.opening_stock),
                &optional(rule.reclaim_limit),
                &optional(rule.reclaim_share),
                &optional(rule.pass_up_limit),
                sink,
                if rule.keep_local { "yes" } else { "no" },
            ],
        );
    }
    table
}

fn scenarios(model: &Model) -> String {
    let mut table = String::from("id,name,name_en,why,why_en,base\n");
    for (id, scenario) in model.scenarios.enumerate() {
        let base =
            if scenario.base || (id.index() == 0 && model.scenarios.len() == 1) { "yes" } else { "no" };
        line(
            &mut table,
            &[&scenario.key, &scenario.name, &scenario.name_en, &scenario.why, &scenario.why_en, base],
        );
    }
    table
}
