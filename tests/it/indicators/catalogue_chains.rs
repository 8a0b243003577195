//! Indicators find the materials of the shipped chains by their classes.

use circflow::funding::{FundingOptions, fund};
use circflow::indicators::evaluate;
use circflow::input::{InputFile, read_files};
use circflow::model::Places;
use circflow::{plan, simulate};

fn value(files: &[(&str, &str)], indicator: &str) -> f64 {
    let files = files.iter().map(|(name, text)| InputFile::new(*name, *text)).collect();
    let loaded = read_files(files);
    assert!(!loaded.findings.has_errors(), "{:?}", loaded.findings.0);
    let model = &loaded.models[0];
    let plan = plan::compile(model).expect("compiles");
    let schedule = fund(model, &FundingOptions::of(model)).schedule;
    let trajectory = simulate::run(&plan, model, &schedule);
    let values = evaluate(&loaded.definitions, model, &plan, &trajectory, &schedule);
    let of = |v: &&circflow::indicators::IndicatorValue| {
        loaded.definitions[v.definition].key == indicator && v.place == Places::ROOT && v.year == 2015
    };
    values.iter().find(of).expect("computed").value.clone().expect("computable")
}

const SETTINGS: (&str, &str) = (
    "model.toml",
    "id = \"chain\"\nname = \"链\"\nname_en = \"Chain\"\nlanguage = \"zh\"\nbase_year = 2015\nhorizon = 2015\n\
     illustrative = true\nindicator_sets = [\"ce-2017\"]\n",
);
const PLACES: (&str, &str) = ("places.csv", "id,name,kind,parent\ncity,市,city,\n");

#[test]
fn vehicles_taken_apart_are_recovered() {
    // 4万t of end-of-life vehicles arise, dismantling takes 3万t: 75 %.
    let rate = value(
        &[
            SETTINGS,
            PLACES,
            (
                "processes.csv",
                "id,name,place,technology,driver,capacity,capacity_unit,reference,open\n\
                               owners,车主,city,,level,4,万t/a,end_of_life_vehicle,yes\n\
                               dismantling,拆解,city,R17,feed,3,万t/a,,\n",
            ),
            ("recipes.csv", "process,role,material,quantity\nowners,byproduct,end_of_life_vehicle,1\n"),
        ],
        "ce2017-09",
    );
    assert!((rate - 0.75).abs() < 1e-12, "{rate}");
}

#[test]
fn water_that_goes_round_in_a_works_above_scale_is_reused() {
    // R08 draws 0.21 t of water and returns 0.04 t of it per t of gangue: 0.04 / (0.04 + 0.21) = 16 %.
    let rate = value(
        &[
            SETTINGS,
            PLACES,
            ("enterprises.csv", "id,name,place,above_scale\nmine,矿,city,yes\n"),
            (
                "processes.csv",
                "id,name,enterprise,technology,driver,capacity,capacity_unit,reference,open\n\
                               pit,采掘,mine,,level,4,万t/a,gangue,yes\n\
                               fill,充填,mine,R08,feed,3,万t/a,,\n",
            ),
            ("recipes.csv", "process,role,material,quantity\npit,byproduct,gangue,1\n"),
        ],
        "ce2017-08",
    );
    assert!((rate - 0.16).abs() < 1e-9, "{rate}");
}
