//! The reference city's indicators.

use super::hand::Appraised;
use circflow::funding::{self, FundingOptions};
use circflow::indicators::{evaluate, findings};
use circflow::model::{Model, Places};
use circflow::{input, plan, simulate};

fn runs() -> Vec<(std::sync::Arc<Model>, Appraised)> {
    let loaded = input::reference_city();
    assert!(!loaded.findings.has_errors());
    let definitions = loaded.definitions;
    loaded
        .models
        .into_iter()
        .map(|model| {
            let plan = plan::compile(&model).expect("a plan");
            let money = funding::fund(&model, &FundingOptions::of(&model));
            let trajectory = simulate::run_quietly(&plan, &model, &money.schedule);
            let values = evaluate(&definitions, &model, &plan, &trajectory, &money.schedule);
            (model, Appraised { definitions: definitions.clone(), values })
        })
        .collect()
}

#[test]
fn all_of_the_states_indicators_are_computable_in_every_scenario_and_year() {
    for (model, result) in runs() {
        let scenario = &model.scenarios[model.scenario].key;
        for definition in result.definitions.iter().filter(|d| d.set == "ce-2017") {
            for year in model.settings.years() {
                let value = result.get(&definition.key, Places::ROOT, year);
                assert!(value.value.is_ok(), "{scenario} {} {year}: {:?}", definition.key, value.value);
                assert!(value.poor_share.is_some_and(|share| (0.0..=1.0).contains(&share)));
            }
        }
        assert!(findings(&result.definitions, &model, &result.values).0.is_empty(), "{scenario}");
    }
}

#[test]
fn main_resources_used_are_production_and_what_came_in_less_what_went_out_and_into_stock() {
    for (model, result) in runs() {
        for year in model.settings.years() {
            let term = |name| result.term("ce2017-01", Places::ROOT, year, name);
            let value = result.get("ce2017-01", Places::ROOT, year);
            let used = value.terms.iter().find(|t| t.name == "use").expect("the term");
            let modelled = used.value.unwrap() * used.coverage.unwrap();
            let apparent = term("production") + term("imported") - term("exported") - term("stock_change");
            assert!((modelled - apparent).abs() <= 1e-9 * modelled, "{year}: {modelled} {apparent}");
        }
    }
}

#[test]
fn the_county_units_modelled_waste_is_never_more_than_the_citys() {
    for (model, result) in runs() {
        for year in model.settings.years() {
            for name in ["used", "generated", "prior"] {
                let at = |place| result.term("local-solid-waste-modelled", place, year, name);
                let counties: f64 = model.places.counties().map(at).sum();
                let city = at(Places::ROOT);
                assert!(counties <= city * (1.0 + 1e-9), "{year} {name}: {counties} of {city}");
            }
        }
    }
}
