//! The farms of the reference city: agricultural parks, what becomes of straw and manure, what fields take.

use crate::city::{loaded, model};
use crate::city_full::{assert_chains_move, carried, of_kind, years};
use circflow::funding::{self, FundingOptions};
use circflow::id::Id;
use circflow::indicators::{self, Booked};
use circflow::model::{PlaceKind, Places, Role};
use circflow::network::{ArcKind, Node};
use circflow::{plan, simulate};
use std::collections::BTreeSet;

/// The chains of farms: material, and the beginnings of the ids of the processes that take it.
const CHAINS: [(&str, &str, &[&str]); 15] = [
    ("straw to the soil", "straw", &["straw-return"]),
    ("straw to stoves", "straw", &["straw-stove"]),
    ("straw to silage", "straw", &["silage-"]),
    ("straw to mushrooms", "straw", &["mushrooms-"]),
    ("straw to pellets", "straw", &["pellets-"]),
    ("straw to biogas", "straw", &["straw-biogas"]),
    ("silage to cattle", "straw_feed", &["cattle-"]),
    ("manure to fields", "manure", &["manure-spreading"]),
    ("manure to biogas", "manure", &["manure-biogas"]),
    ("manure to compost", "manure", &["compost-"]),
    ("spent substrate to fertiliser", "spent_substrate", &["substrate-fertiliser"]),
    ("biogas to power", "biogas", &["biogas-power"]),
    ("digestate to fields", "digestate_liquid", &["digestate-spreading"]),
    ("fertiliser to fields", "organic_fertiliser", &["fertiliser-spreading"]),
    ("pellets to greenhouses", "straw_pellet", &["boiler-pellet"]),
];

#[test]
fn every_chain_of_farms_moves_a_hundredth_of_its_material() {
    assert_chains_move(&CHAINS);
}

#[test]
fn every_agricultural_park_has_three_active_enterprises_or_is_declared_a_frame() {
    let loaded = loaded();
    let base = &loaded.base;
    let mut active = BTreeSet::new();
    for model in &loaded.models {
        let (_, years) = years(model);
        for (id, process) in model.processes.enumerate() {
            if years.iter().any(|year| year.activity[id.index()] > 0.0) {
                active.extend(process.enterprise);
            }
        }
    }
    let parks = of_kind(base, PlaceKind::AgriculturalPark);
    assert_eq!(parks.len(), 26);
    let mut at_work = 0;
    for park in parks {
        let there = active.iter().filter(|id| base.enterprises[**id].place == park).count();
        let place = &base.places[park];
        if place.frame_only {
            assert_eq!(there, 0, "{} is a frame, yet {there} enterprises are at work", place.key);
        } else {
            assert!(there >= 3, "{}: {there} active enterprises", place.key);
            at_work += 1;
        }
    }
    assert!((6..=9).contains(&at_work), "{at_work} parks at work");
    let only_agricultural =
        |p: &circflow::model::Place| p.kind == PlaceKind::AgriculturalPark || !p.frame_only;
    assert!(base.places.0.iter().all(only_agricultural));
}

#[test]
fn the_farm_projects_are_counted() {
    let base = &loaded().base;
    let at_farms = |p: &&circflow::model::Project| {
        base.places[p.place].kind == PlaceKind::AgriculturalPark || p.key == "manure-hauling"
    };
    let of_class = |class| base.projects.iter().filter(at_farms).filter(|p| p.class == class).count();
    assert_eq!(
        (of_class(circflow::model::ProjectClass::Key), of_class(circflow::model::ProjectClass::General)),
        (4, 7)
    );
}

/// Straw, base year: 67 of 81 can be collected and 52 are used (10⁴ t). The model makes all of it, so nothing
/// of the statistics is left over; so in every county unit.
#[test]
fn straw_of_the_base_year_is_the_models_own() {
    let loaded = loaded();
    let model = model(&loaded, "as-found");
    let plan = plan::compile(model).expect("the city's structure holds");
    let funded = funding::fund(model, &FundingOptions::of(model));
    let trajectory = simulate::run_quietly(&plan, model, &funded.schedule);
    let values = indicators::evaluate(&loaded.definitions, model, &plan, &trajectory, &funded.schedule);
    let mut looked_at = 0;
    for value in &values {
        let place = &model.places[value.place];
        let of_city = value.place == Places::ROOT;
        if loaded.definitions[value.definition].key != "ce2017-06"
            || value.year != 2015
            || !(of_city || place.kind == PlaceKind::County)
        {
            continue;
        }
        looked_at += 1;
        for (name, published) in [("used", 52.0e4), ("collectable", 67.0e4)] {
            let term = value.terms.iter().find(|t| t.name == name).expect("a term");
            let total = term.value.expect("computed");
            let left: f64 = term
                .parts
                .iter()
                .filter(|part| matches!(part.booked, Booked::Remainder(_)))
                .map(|part| part.value)
                .sum();
            assert!(left.abs() <= 1e-3 * total, "{} {name}: {left} t of {total} t are left over", place.key);
            assert!(!of_city || (total - published).abs() <= 1e-3 * published, "{name}: {total} t");
        }
    }
    assert_eq!(looked_at, 5);
}

#[test]
fn fields_take_the_nutrients_their_crops_ask_for_and_no_more() {
    let loaded = loaded();
    let model = model(&loaded, "county-on-time");
    let (plan, years) = years(model);
    for year in &years {
        let made = carried(model, &plan.network, year, "plant_nutrient", &|kind, _| {
            matches!(kind, ArcKind::Delivery | ArcKind::Made)
        });
        let asked: f64 = model
            .processes
            .enumerate()
            .flat_map(|(id, process)| process.rows.iter().map(move |row| (id, row)))
            .filter(|(_, row)| {
                row.role == Role::Input && model.materials[row.material].key == "plant_nutrient"
            })
            .map(|(id, row)| match row.amount {
                circflow::model::Amount::Given(per) => per.central * year.activity[id.index()],
                circflow::model::Amount::Rest => panic!("nutrients are given"),
            })
            .sum();
        assert!(asked > 4.0e4, "{}: only {asked} t of nutrients are asked for", year.year);
        assert!((made / asked - 1.0).abs() <= 1e-9, "{}: {made} t for {asked} t", year.year);
    }
    // The cap binds where herds are large and fields small: the loop park cannot place all its digestate.
    let discharged = |park: &str| {
        let found = plan.network.markets.enumerate().find(|(_, market)| {
            model.places[market.place].key == park
                && model.materials[market.material].key == "digestate_liquid"
        });
        let (id, _) = found.expect("a market of digestate");
        plan.network
            .arcs
            .enumerate()
            .filter(|(_, arc)| arc.kind == ArcKind::Discharge && arc.from == Node::Market(id))
            .map(|(arc, _)| years[0].flows[arc.index()])
            .sum::<f64>()
    };
    assert!(discharged("jia-loop-park") > 100.0, "{} t", discharged("jia-loop-park"));
    assert!(discharged("ding-farm-park") < 1e-6, "{} t", discharged("ding-farm-park"));
}

#[test]
fn more_manure_to_biogas_means_less_mineral_fertiliser() {
    let loaded = loaded();
    let bought = |scenario: &str| {
        let model = model(&loaded, scenario);
        let (plan, years) = years(model);
        let last = years.last().expect("a year");
        carried(model, &plan.network, last, "mineral_fertiliser", &|kind, _| kind == ArcKind::Draw)
    };
    let (with, without) = (bought("county-on-time"), bought("no-projects"));
    assert!(without - with > 1000.0, "{with} t with projects, {without} t without");
}
