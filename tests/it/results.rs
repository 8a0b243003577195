//! Results of a small town: files whole or not at all, same bytes for any threads, balanced accounts.

use crate::town::Town;
use circflow::diagnostic::{Findings, Language};
use circflow::input::{InputFile, Loaded};
use circflow::model::{MaterialKind, Treatment};
use circflow::output::{self, Disk, Presentation, Sink};
use circflow::report::{charts, summary, text};
use circflow::study::{self, StudyOptions, StudyRun};
use std::cell::Cell;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Coal, washing, power, bricks: two wastes, a loop of gangue and ash bricks, a stock.
pub(crate) fn brick_town() -> Loaded {
    let mut town = Town::new();
    let county = town.county("jia");
    let park = town.park("park", county);
    let ground = town.nature("coal_in_ground");
    let (coal, gangue, ash) = (town.resource("coal"), town.waste("gangue"), town.waste("ash"));
    let (clean, brick) = (town.product("clean_coal"), town.product("brick"));
    let air = town.emission("flue_gas");
    town.process("mine", county)
        .input(ground, 1.14)
        .product(coal, 1.0)
        .byproduct(gangue, 0.14)
        .open()
        .level(900.0);
    town.process("wash", county).input(coal, 1.0).product(clean, 0.8).byproduct(gangue, 0.2).level(600.0);
    town.process("power", park)
        .input(clean, 1.0)
        .byproduct(ash, 0.3)
        .rest(circflow::model::Role::Emission, air)
        .level(400.0);
    let use_it = Treatment::Utilisation;
    town.process("gangue_brick", park)
        .feed(gangue, 1.0)
        .product(brick, 1.0)
        .treatment(use_it)
        .capacity(90.0)
        .both();
    town.process("ash_brick", park)
        .feed(ash, 1.0)
        .product(brick, 1.0)
        .treatment(use_it)
        .capacity(60.0)
        .both();
    town.demand(brick, circflow::model::Places::ROOT, 120.0);
    let model = town.model;
    let (definitions, findings) = circflow::input::indicators::read_sets(&["ce-2017".into()], &[]);
    assert!(!findings.has_errors());
    assert!(matches!(model.materials[coal].kind, MaterialKind::Resource));
    Loaded {
        models: vec![model.clone()],
        base: model,
        definitions,
        findings: Findings::default(),
        inputs: vec![InputFile {
            name: "places.csv".into(),
            sha256: String::new(),
            bytes: b"id\ncity\n".to_vec(),
        }],
        language: Language::Zh,
        defaults: Vec::new(),
    }
}

fn run(loaded: &Loaded, threads: usize) -> StudyRun {
    study::run(loaded, &StudyOptions { threads: Some(threads) }).unwrap()
}

fn write(
    loaded: &Loaded,
    run: &StudyRun,
    folder: &Path,
    sink: &dyn Sink,
) -> Result<output::Published, output::PublishError> {
    let language = Language::Zh;
    let subject =
        summary::Subject { models: &loaded.models, definitions: &loaded.definitions, run, language };
    let summary = summary::summarise(&subject);
    let charts = charts::all(&subject, &summary);
    let presentation = Presentation { language, charts: &charts, command: "test", model: "embedded" };
    output::write(folder, sink, loaded, run, &presentation)
}

#[test]
fn show() {
    let loaded = brick_town();
    let run = run(&loaded, 2);
    let folder = std::env::temp_dir().join("show");
    write(&loaded, &run, &folder, &Disk).unwrap();
    let subject = summary::Subject {
        models: &loaded.models,
        definitions: &loaded.definitions,
        run: &run,
        language: Language::Zh,
    };
    println!("{}", text::summary(&summary::summarise(&subject), Language::Zh));
    println!("{}", circflow::report::opened::list(&subject, 0, circflow::model::Places::ROOT));
    let value = run.scenarios[0]
        .indicators
        .iter()
        .find(|v| loaded.definitions[v.definition].key == "ce2017-07")
        .unwrap();
    println!("{}", circflow::report::opened::open(&subject, 0, value));
}
