//! Benches of the reference city: load, compile, fill once, evaluate a year, whole run; and loading generated tables.
//!
//! `cargo bench --bench city`
#![allow(missing_docs)]

use circflow::input::{self, InputFile};
use circflow::network::generate::{GenerateOptions, generate};
use circflow::output::model_tables::model_tables;
use circflow::plan::{ParameterBlock, compile, parameters};
use circflow::simulate::{ResultBlock, Workspace, evaluate, fill_once};
use circflow::study::{self, StudyOptions};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn city(criterion: &mut Criterion) {
    let loaded = input::reference_city();
    assert!(!loaded.findings.has_errors());
    let model = &loaded.base;
    let plan = compile(model).expect("the reference city compiles");
    let year = model.settings.base_year;
    let mut block = ParameterBlock::new(&plan, 1);
    parameters(&plan, model, year, &[], None, &mut block, 0).expect("its recipes close");
    let (mut result, mut workspace) = (ResultBlock::new(&plan, 1), Workspace::new(&plan, 1));
    let mut group = criterion.benchmark_group("city");
    group.bench_function("load", |b| b.iter(|| black_box(input::reference_city())));
    group.bench_function("compile", |b| b.iter(|| black_box(compile(model))));
    group.bench_function("fill_once", |b| b.iter(|| fill_once(&plan, &block, &mut result, &mut workspace)));
    group.bench_function("evaluate", |b| b.iter(|| evaluate(&plan, &block, &mut result, &mut workspace)));
    group.sample_size(10);
    group.bench_function("run", |b| {
        b.iter(|| black_box(study::run(&loaded, &StudyOptions::default()).expect("it runs")));
    });
    group.finish();
}

fn load(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("load");
    group.sample_size(10);
    for size in [100, 1_000, 10_000, 100_000] {
        let files: Vec<InputFile> = model_tables(&generate(&GenerateOptions::bench(size, 1)))
            .into_iter()
            .map(|(name, text)| InputFile::new(name, text))
            .collect();
        let read = input::read_files(files.clone());
        assert!(!read.findings.has_errors(), "{:?}", read.findings.0.first());
        group.bench_function(BenchmarkId::new("tables", size), |b| {
            b.iter(|| black_box(input::read_files(files.clone())));
        });
    }
    group.finish();
}

criterion_group!(benches, city, load);
criterion_main!(benches);
