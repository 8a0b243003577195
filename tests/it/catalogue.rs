//! The shipped catalogue, read here without the program's own reader: every technology closes, every row
//! says how well it is known and from where.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Row = BTreeMap<String, String>;

fn table(stem: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalogue").join(format!("{stem}.csv"));
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    reader.deserialize().map(|row| row.unwrap_or_else(|e| panic!("{stem}: {e}"))).collect()
}

/// Central value of a quantity cell, by hand: the number, the mode of a triangular, or a named parameter.
fn central(cell: &str, parameters: &BTreeMap<String, f64>) -> f64 {
    if let Some(name) = cell.strip_prefix('=') {
        return parameters[name];
    }
    if let Some(list) = cell.strip_prefix("triangular(").and_then(|c| c.strip_suffix(')')) {
        return list.split(',').nth(1).unwrap().trim().parse().unwrap();
    }
    cell.split('±').next().unwrap().parse().unwrap_or_else(|_| panic!("not a quantity: {cell}"))
}

fn parameters() -> BTreeMap<String, f64> {
    let none = BTreeMap::new();
    table("parameters").iter().map(|r| (r["id"].clone(), central(&r["value"], &none))).collect()
}

/// The closing of one technology: what its `rest` row must be, which row that is, and the mass it handles.
struct Closing {
    rest: f64,
    role: String,
    material: String,
    throughput: f64,
}

fn closings() -> BTreeMap<String, Closing> {
    let parameters = parameters();
    let mut by_technology: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in table("recipes") {
        by_technology.entry(row["technology"].clone()).or_default().push(row);
    }
    by_technology
        .into_iter()
        .map(|(technology, rows)| {
            let (mut inward, mut outward) = (0.0, 0.0);
            let mut rests = Vec::new();
            for row in &rows {
                let enters = matches!(row["role"].as_str(), "feed" | "input");
                match row["quantity"].as_str() {
                    "rest" => rests.push((row["role"].clone(), row["material"].clone(), enters)),
                    _ if row["unit"] != "t" || row["role"] == "recirculated" => {}
                    cell if enters => inward += central(cell, &parameters),
                    cell => outward += central(cell, &parameters),
                }
            }
            assert_eq!(rests.len(), 1, "{technology} has exactly one rest row");
            let (role, material, enters) = rests.remove(0);
            let rest = if enters { outward - inward } else { inward - outward };
            (technology, Closing { rest, role, material, throughput: f64::max(inward, outward) })
        })
        .collect()
}

#[test]
fn every_technology_closes_on_a_row_that_can_bear_it() {
    let closings = closings();
    for technology in table("technologies") {
        let id = &technology["id"];
        let closing = closings.get(id).unwrap_or_else(|| panic!("{id} has no recipe"));
        assert!(closing.rest >= 0.0099 * closing.throughput, "{id}: rest {} is below 1 %", closing.rest);
        assert_ne!(closing.role, "product", "{id}: never on a product");
        assert_ne!(closing.material, "ash", "{id}: never on an ash");
        assert_ne!(closing.role, "feed", "{id}: never on the feed");
    }
    assert_eq!(closings.len(), table("technologies").len(), "recipes of unknown technologies");
}

#[test]
fn rests_come_out_as_the_printed_balances() {
    // Printed amounts of the same rows, from stoichiometry and composition.
    let printed = [
        ("R01", "oxygen", 0.9224),
        ("R02", "oxygen", 0.2203),
        ("R03", "water_vapour", 0.3915),
        ("R05", "oxygen", 0.1867),
        ("R06", "water_vapour", 0.125),
        ("R09", "water_vapour", 0.62986),
        ("R10", "water_vapour", 0.65),
        ("R11", "water_vapour", 0.04),
        ("R12", "water_vapour", 0.195),
        ("R13", "water_vapour", 0.072),
        ("R14", "oxygen", 0.3013),
        ("R15", "tail_gas", 0.40404),
        ("R16", "oxygen", 3.92),
        ("R18", "digestate_liquid", 0.885),
        ("R22", "sorting_residue", 0.7706),
        ("R30", "process_water", 0.02),
        ("R31", "coking_liquor", 0.0785),
        ("R32", "oxygen", 0.9),
        ("R33", "oxygen", 1.4965),
        ("R40", "coal_in_ground", 1.14),
        ("R42", "water_vapour", 1.965),
        ("R45", "water_vapour", 8.94),
    ];
    let closings = closings();
    for (technology, material, amount) in printed {
        let closing = &closings[technology];
        assert_eq!(closing.material, material, "{technology}");
        assert!((closing.rest - amount).abs() <= 2.5e-4, "{technology}: {} against {amount}", closing.rest);
    }
}

#[test]
fn all_technologies_of_the_chains_are_there() {
    let present: BTreeSet<String> = table("technologies").into_iter().map(|r| r["id"].clone()).collect();
    let numbered = (1..=22)
        .chain(30..=33)
        .chain(40..=47)
        .chain(50..=61)
        .filter(|n| *n != 19)
        .map(|n| format!("R{n:02}"));
    for id in numbered.chain(["R19a", "R19b", "R19c"].map(str::to_owned)) {
        assert!(present.contains(&id), "{id} is missing");
    }
}

#[test]
fn every_row_has_a_source_and_a_quality() {
    let sources: BTreeSet<String> = table("sources").into_iter().map(|r| r["id"].clone()).collect();
    let qualities: BTreeSet<&str> = circflow::model::Quality::WORDS.iter().map(|(word, _)| *word).collect();
    for stem in ["materials", "technologies", "recipes", "parameters"] {
        for (line, row) in table(stem).iter().enumerate() {
            let line = line + 2;
            assert!(sources.contains(&row["source"]), "{stem}:{line}: source {:?}", row["source"]);
            assert!(qualities.contains(row["quality"].as_str()), "{stem}:{line}: {:?}", row["quality"]);
        }
    }
    for row in table("sources") {
        let own = ["engineering-estimate", "stoichiometry", "illustrative-assumption"];
        let public = row["address"].starts_with("http");
        assert!(public || own.contains(&row["id"].as_str()), "{}: a source has an address", row["id"]);
    }
}

#[test]
fn names_are_unique_and_materials_known() {
    let materials = table("materials");
    for key in ["id", "name", "name_en"] {
        let mut seen = BTreeSet::new();
        for row in &materials {
            assert!(seen.insert(row[key].clone()), "material {key} {:?} stands twice", row[key]);
        }
    }
    let ids: BTreeSet<&str> = materials.iter().map(|r| r["id"].as_str()).collect();
    for row in table("recipes") {
        assert!(ids.contains(row["material"].as_str()), "{}: {}", row["technology"], row["material"]);
    }
}

#[test]
fn only_the_first_form_is_a_main_resource() {
    let of_class = |class: &str| -> Vec<String> {
        let has = |r: &Row| r["classes"].split(';').any(|c| c == class);
        table("materials").into_iter().filter(has).map(|r| r["id"].clone()).collect()
    };
    assert_eq!(of_class("main_resource"), ["raw_coal", "iron_ore", "limestone"]);
    for waste in ["gangue", "ash", "gypsum", "bf_slag", "steel_slag"] {
        assert!(of_class("general_industrial_solid_waste").contains(&waste.to_owned()), "{waste}");
    }
}
