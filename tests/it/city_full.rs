//! The reference city at full size: parks, zones, enterprises and projects are counted, every chain moves
//! something, every key project changes a figure, every county can compute its indicators.

use crate::city::{loaded, model};
use circflow::funding::{self, FundingOptions};
use circflow::id::{Id, PlaceId};
use circflow::indicators::{Appraisal, Booked};
use circflow::model::{Decision, Model, PlaceKind, ProjectClass};
use circflow::network::{ArcKind, Network, Node};
use circflow::plan::{self, Plan};
use circflow::simulate::{self, YearResult};
use std::collections::{BTreeMap, BTreeSet};

/// What a chain must move at least of what arises of its material.
const LEAST_SHARE: f64 = 0.01;

/// A chain: its material, and the beginnings of the ids of the processes that take it.
const CHAINS: [(&str, &str, &[&str]); 45] = [
    ("gangue to brick", "gangue", &["brick-"]),
    ("gangue to clinker", "gangue", &["clinker-gangue"]),
    ("gangue to ceramsite", "gangue", &["ceramsite"]),
    ("gangue to calcined kaolin", "gangue", &["kaolin"]),
    ("gangue to power", "gangue", &["blend-"]),
    ("gangue to gully fill", "gangue", &["fill-", "large-fill"]),
    ("gangue to paste backfill", "gangue", &["backfill-"]),
    ("gangue to roads", "gangue", &["road-"]),
    ("kaolin to fine powder", "calcined_kaolin", &["kaolin-fine"]),
    ("ash to admixture", "ash", &["admixture-ash"]),
    ("ash to aerated concrete", "ash", &["aac-"]),
    ("ash to brick", "ash", &["ash-brick"]),
    ("ash to roads", "ash", &["ash-road"]),
    ("gypsum to board", "gypsum", &["board-"]),
    ("gypsum to retarder", "gypsum", &["retarder-"]),
    ("gypsum to cement", "gypsum", &["grinding-"]),
    ("blast-furnace slag to powder", "bf_slag", &["slag-powder"]),
    ("slag powder to admixture", "slag_powder", &["admixture-slag"]),
    ("steel slag to powder", "steel_slag", &["steel-slag"]),
    ("steel-slag powder to admixture", "steel_slag_powder", &["admixture-steel-slag"]),
    ("steelworks dust to corrective", "steel_dust", &["dust-"]),
    ("basalt to fibre", "basalt", &["basalt-fibre"]),
    ("waste fibre to rock wool", "waste_fibre", &["charge-waste"]),
    ("coke-oven gas to hydrogen", "coke_oven_gas", &["hydrogen-plant"]),
    ("hydrogen to vehicles", "hydrogen", &["hydrogen-buses"]),
    ("mine gas to power", "methane", &["gas-engine"]),
    ("vehicles to scrap", "end_of_life_vehicle", &["dismantle-"]),
    ("old scrap to charge", "old_scrap_steel", &["scrap-yard", "scrap-processing"]),
    ("scrap to steel", "scrap_steel", &["steel-jia"]),
    ("recyclables to stations", "household_recyclables", &["stations-", "recycling-stations"]),
    ("low-value recyclables to sorting", "low_value_recyclables", &["sorting-"]),
    ("recovered paper to liner paper", "recovered_paper", &["liner-paper"]),
    ("liner paper to gypsum board", "board_paper", &["board-"]),
    ("scrap plastic to granulate", "scrap_plastic", &["granulate-"]),
    ("tyres to rubber powder", "scrap_rubber", &["rubber-"]),
    ("household waste to power", "household_waste", &["incineration-"]),
    ("kitchen waste to biogas", "kitchen_waste", &["digester-", "kitchen-waste"]),
    ("biogas to power", "biogas", &["biogas-power"]),
    ("digestate to fertiliser", "digestate_solid", &["digestate-compost"]),
    ("construction waste to aggregate", "construction_waste", &["aggregate-", "construction-waste"]),
    ("aggregate to roads", "recycled_aggregate", &["aggregate-road"]),
    ("aggregate to paving", "recycled_aggregate", &["paving-"]),
    ("effluent to reclaimed water", "secondary_effluent", &["reclaim-", "power-reclaimed"]),
    ("reclaimed water to cooling", "reclaimed_water", &["cooling-reclaimed"]),
    ("sludge to soil", "sewage_sludge", &["sludge-soil"]),
];

/// A scenario's plan with its money run and its years.
pub(crate) fn years(model: &Model) -> (Plan, Vec<YearResult>) {
    let plan = plan::compile(model).expect("the city's structure holds");
    let funded = funding::fund(model, &FundingOptions::of(model));
    let trajectory = simulate::run_quietly(&plan, model, &funded.schedule);
    (plan, trajectory.years)
}

/// Tonnes of a material that the arcs passing a test carry in a year.
pub(crate) fn carried(
    model: &Model,
    network: &Network,
    year: &YearResult,
    material: &str,
    test: &dyn Fn(ArcKind, Node) -> bool,
) -> f64 {
    let arcs = network.arcs.enumerate();
    arcs.filter(|(_, arc)| model.materials[arc.material].key == material && test(arc.kind, arc.to))
        .map(|(id, _)| year.flows[id.index()])
        .sum()
}

pub(crate) fn of_kind(model: &Model, kind: PlaceKind) -> Vec<PlaceId> {
    model.places.0.enumerate().filter(|(_, place)| place.kind == kind).map(|(id, _)| id).collect()
}

#[test]
fn parks_zones_enterprises_and_processes_are_counted() {
    let base = &loaded().base;
    assert_eq!(of_kind(base, PlaceKind::Park).len(), 11);
    let zones = of_kind(base, PlaceKind::Zone);
    assert_eq!(zones.len(), 2);
    for zone in zones {
        let inside = base.places.ids().filter(|&p| base.places.is_within(p, zone) && p != zone).count();
        assert!(inside >= 2, "{} holds {inside} parks", base.places[zone].key);
    }
    assert!(base.enterprises.len() >= 60, "{} enterprises", base.enterprises.len());
    assert!(base.processes.len() >= 100, "{} processes", base.processes.len());
}

#[test]
fn the_industrial_projects_are_counted() {
    let base = &loaded().base;
    let of_class = |class| {
        base.projects.iter().filter(|p| p.class == class && INDUSTRIAL.contains(&p.key.as_str())).count()
    };
    assert_eq!((of_class(ProjectClass::Key), of_class(ProjectClass::General)), (14, 19));
}

#[test]
fn there_are_23_key_and_36_general_projects() {
    let base = &loaded().base;
    let of_class = |class| base.projects.iter().filter(|p| p.class == class).count();
    assert_eq!((of_class(ProjectClass::Key), of_class(ProjectClass::General)), (23, 36));
    let bases = base.projects.iter().filter(|p| p.name.contains("教育示范基地"));
    assert_eq!(bases.count(), 2, "education bases, one of towns and one of farms");
}

/// The projects of industry: all that do not belong to towns and farms.
const INDUSTRIAL: [&str; 33] = [
    "basalt-fibre-1",
    "hydrogen-plant",
    "hydrogen-buses",
    "paste-backfill",
    "raw-meal",
    "gypsum-board",
    "gangue-brick",
    "steel-slag",
    "aerated-concrete",
    "methane-power",
    "aac-bing",
    "slag-admixture",
    "dust-recovery",
    "gypsum-retarder",
    "fuel-blend",
    "gully-fill-bing",
    "gully-fill-ding",
    "gully-fill-yi",
    "gangue-road",
    "ash-brick",
    "rock-wool",
    "ceramsite",
    "kaolin",
    "ash-road",
    "large-fill",
    "brick-ding",
    "methane-yi",
    "basalt-composite",
    "shot-briquette",
    "backfill-yi",
    "metakaolin",
    "gas-power-2",
    "hydrogen-2",
];

#[test]
fn every_industrial_park_has_three_active_enterprises() {
    let loaded = loaded();
    let model = model(&loaded, "as-found");
    let (_, years) = years(model);
    let mut active: BTreeMap<PlaceId, BTreeSet<&str>> = BTreeMap::new();
    for (id, process) in model.processes.enumerate() {
        let runs = years.iter().any(|year| year.activity[id.index()] > 0.0);
        if let Some(enterprise) = process.enterprise.filter(|_| runs) {
            let enterprise = &model.enterprises[enterprise];
            active.entry(enterprise.place).or_default().insert(&enterprise.key);
        }
    }
    for park in of_kind(model, PlaceKind::Park) {
        let there = active.get(&park).map_or(0, BTreeSet::len);
        assert!(there >= 3, "{}: {there} active enterprises", model.places[park].key);
    }
}

#[test]
fn every_chain_moves_a_hundredth_of_its_material() {
    assert_chains_move(&CHAINS);
}

/// Asserts that in the base scenario of 2019 every chain takes at least a hundredth of what arises.
pub(crate) fn assert_chains_move(chains: &[(&str, &str, &[&str])]) {
    let loaded = loaded();
    let model = model(&loaded, "as-found");
    let (plan, years) = years(model);
    let year = years.iter().find(|y| y.year == 2019).expect("the year");
    for &(chain, material, takers) in chains {
        let arises = carried(model, &plan.network, year, material, &|kind, _| {
            matches!(kind, ArcKind::Delivery | ArcKind::Made)
        });
        let taken = carried(model, &plan.network, year, material, &|kind, to| {
            let Node::Process(taker) = to else { return false };
            let key = &model.processes[taker].key;
            matches!(kind, ArcKind::Take | ArcKind::TakePrior | ArcKind::Draw | ArcKind::DrawPrior)
                && takers.iter().any(|begin| key.starts_with(begin))
        });
        assert!(arises > 0.0, "{chain}: no {material} arises");
        let share = taken / arises;
        assert!(share >= LEAST_SHARE, "{chain} moves {:.2} % of {material}", share * 100.0);
    }
}

/// Indicators as they are printed: percentages with two decimals, others with four digits.
fn printed(appraisal: &Appraisal<'_>, plan: &Plan, model: &Model) -> Vec<String> {
    let funded = funding::fund(model, &FundingOptions::of(model));
    let trajectory = simulate::run_quietly(plan, model, &funded.schedule);
    let values = appraisal.of(&trajectory, &funded.schedule);
    let shown = |value: f64| {
        if value.abs() < 2.0 { format!("{:.2}", value * 100.0) } else { format!("{value:.3e}") }
    };
    values.into_iter().map(|v| v.value.map_or_else(|reason| format!("{reason:?}"), shown)).collect()
}

#[test]
fn without_any_key_project_a_printed_figure_is_another() {
    let loaded = loaded();
    let model = model(&loaded, "county-on-time");
    let plan = plan::compile(model).expect("the city's structure holds");
    let appraisal = Appraisal::new(&loaded.definitions, model, &plan.network);
    let with_all = printed(&appraisal, &plan, model);
    let mut looked_at = 0;
    for (id, project) in model.projects.enumerate().filter(|(_, p)| p.class == ProjectClass::Key) {
        let mut without = model.clone();
        let decisions = &mut without.scenarios[without.scenario].decisions;
        assert!(!matches!(decisions[id.index()], Decision::Skip), "{} is built", project.key);
        decisions[id.index()] = Decision::Skip;
        let figures = printed(&appraisal, &plan, &without);
        let moved = with_all.iter().zip(&figures).filter(|(a, b)| a != b).count();
        assert!(moved > 0, "without {} nothing changes", project.key);
        looked_at += 1;
    }
    assert_eq!(looked_at, 23, "key projects");
}

#[test]
fn the_municipal_fund_is_asked_for_more_than_it_has() {
    let loaded = loaded();
    let model = model(&loaded, "county-on-time");
    let decisions = &model.scenarios[model.scenario].decisions;
    let asked: f64 = model
        .financing
        .iter()
        .filter(|row| model.funds[row.fund].key == "municipal")
        .filter(|row| !matches!(decisions[row.project.index()], Decision::Skip))
        .map(|row| row.amount.wan())
        .sum();
    assert!(asked > 3000.0 && asked < 4000.0, "{asked} wan are asked of the municipal 3,000");
}

#[test]
fn every_indicator_is_known_for_every_county() {
    let loaded = loaded();
    let model = model(&loaded, "as-found");
    let plan = plan::compile(model).expect("the city's structure holds");
    let funded = funding::fund(model, &FundingOptions::of(model));
    let trajectory = simulate::run_quietly(&plan, model, &funded.schedule);
    let appraisal = Appraisal::new(&loaded.definitions, model, &plan.network);
    let values = appraisal.of(&trajectory, &funded.schedule);
    let numbers = [
        "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16",
        "17a", "17b", "17c", "17d",
    ]
    .map(|n| format!("ce2017-{n}"));
    let mut found = 0;
    for value in &values {
        let key = &loaded.definitions[value.definition].key;
        let place = &model.places[value.place];
        if place.kind == PlaceKind::County && numbers.contains(key) {
            assert!(value.value.is_ok(), "{key} of {} in {}: {:?}", place.key, value.year, value.value);
            found += 1;
        }
    }
    assert_eq!(found, 4 * numbers.len() * 6);
}

#[test]
fn statistics_of_the_counties_add_up_to_the_citys() {
    let base = &loaded().base;
    let at = |key: &str, place: PlaceId, year: i32| {
        let found = base.statistics.iter().find(|s| s.key == key && s.place == place);
        found.and_then(|s| s.value(year)).map(|(value, _)| value)
    };
    let counties: Vec<PlaceId> = base.places.counties().collect();
    let keys: BTreeSet<&str> = base.statistics.iter().map(|s| s.key.as_str()).collect();
    let mut compared = 0;
    for key in keys {
        for year in base.settings.years() {
            let Some(city) = at(key, circflow::model::Places::ROOT, year) else { continue };
            let parts: Vec<f64> = counties.iter().filter_map(|&county| at(key, county, year)).collect();
            if parts.len() == counties.len() {
                let sum: f64 = parts.iter().sum();
                assert!((sum / city - 1.0).abs() < 2e-3, "{key} {year}: {sum} of {city}");
                compared += 1;
            }
        }
    }
    assert!(compared >= 15 * 6, "{compared} sums");
}

#[test]
fn indicators_of_the_town_are_its_chains_and_begin_at_the_estimates() {
    let loaded = loaded();
    let model = model(&loaded, "as-found");
    let plan = plan::compile(model).expect("the city's structure holds");
    let funded = funding::fund(model, &FundingOptions::of(model));
    let trajectory = simulate::run_quietly(&plan, model, &funded.schedule);
    let appraisal = Appraisal::new(&loaded.definitions, model, &plan.network);
    let values = appraisal.of(&trajectory, &funded.schedule);
    // Estimates of the base year: recyclables 40 of 62, kitchen waste 5 %, construction waste 4 %, reclaimed
    // water 600 of 7,500, and 45万t of household waste landfilled.
    let estimates = [("09", 40.0 / 62.0), ("10", 0.05), ("11", 0.04), ("12", 600.0 / 7500.0), ("16", 45.0)];
    let mut terms = 0;
    for (number, estimate) in estimates {
        let of_base = values.iter().filter(|v| {
            loaded.definitions[v.definition].key == format!("ce2017-{number}")
                && v.year == model.settings.base_year
                && matches!(model.places[v.place].kind, PlaceKind::City | PlaceKind::County)
        });
        for value in of_base {
            let place = &model.places[value.place].key;
            let found = *value.value.as_ref().unwrap_or_else(|e| panic!("{number} of {place}: {e:?}"));
            if model.places[value.place].kind == PlaceKind::City {
                assert!((found / estimate - 1.0).abs() < 1e-9, "{number}: {found} against {estimate}");
            }
            for term in value.terms.iter().filter(|t| t.coverage.is_some()) {
                let others: f64 = term
                    .parts
                    .iter()
                    .filter(|part| matches!(part.booked, Booked::Remainder(_)))
                    .map(|part| part.value)
                    .sum();
                let total = term.value.expect("a term with a value");
                assert!(
                    others >= -1e-6 && others <= 0.01 * total,
                    "{number} {}: {others} of {total}",
                    term.name
                );
                terms += 1;
            }
        }
    }
    assert_eq!(terms, 5 * (2 + 2 + 2 + 1 + 1), "every term of every place stands on the model");
}

#[test]
fn scrap_of_the_city_takes_the_place_of_bought_scrap() {
    let loaded = loaded();
    let bought = |scenario: &str| {
        let model = model(&loaded, scenario);
        let (plan, years) = years(model);
        let last = years.last().expect("years");
        carried(model, &plan.network, last, "scrap_steel", &|kind, _| kind == ArcKind::Import)
    };
    let (without, with) = (bought("no-projects"), bought("county-on-time"));
    assert!(with < 0.5 * without, "{with} t are bought against {without} t without projects");
}

#[test]
fn reclaimed_water_takes_the_place_of_fresh_water() {
    let loaded = loaded();
    let made = |scenario: &str, begin: &str| -> f64 {
        let model = model(&loaded, scenario);
        let (_, years) = years(model);
        let last = years.last().expect("years");
        let of = model.processes.enumerate().filter(|(_, p)| p.key.starts_with(begin));
        of.map(|(id, p)| {
            last.activity[id.index()] * if p.key.starts_with("cooling-reclaimed") { 0.98 } else { 1.0 }
        })
        .sum()
    };
    let more = made("county-on-time", "cooling-reclaimed") - made("no-projects", "cooling-reclaimed");
    let less = made("no-projects", "cooling-fresh") - made("county-on-time", "cooling-fresh");
    assert!(more > 1.0e7 && (more - less).abs() < 1.0, "{more} t more reclaimed, {less} t less fresh");
}
