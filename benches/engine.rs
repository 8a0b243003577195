//! Benches of the engine on generated systems of 10² to 10⁵ processes, 2 % of them in rings of 2 to 50.
//!
//! `cargo bench --bench engine`; a size alone: `cargo bench --bench engine -- /10000/`.
#![allow(missing_docs)]

use circflow::network::generate::{GenerateOptions, generate};
use circflow::plan::{ParameterBlock, compile, parameters};
use circflow::simulate::{ResultBlock, Workspace, evaluate, fill_once, run};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn engine(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("engine");
    group.sample_size(20);
    for size in [100, 1_000, 10_000, 100_000] {
        let model = generate(&GenerateOptions::bench(size, 1));
        let plan = compile(&model).expect("generated models compile");
        let mut block = ParameterBlock::new(&plan, 1);
        parameters(&plan, &model, 2015, &[], None, &mut block, 0).expect("generated models close");
        let (mut result, mut workspace) = (ResultBlock::new(&plan, 1), Workspace::new(&plan, 1));
        group.bench_function(BenchmarkId::new("compile", size), |b| {
            b.iter(|| black_box(compile(&model)));
        });
        group.bench_function(BenchmarkId::new("parameters", size), |b| {
            b.iter(|| parameters(&plan, &model, 2015, &[], None, &mut block, 0));
        });
        group.bench_function(BenchmarkId::new("fill_once", size), |b| {
            b.iter(|| fill_once(&plan, &block, &mut result, &mut workspace));
        });
        group.bench_function(BenchmarkId::new("evaluate", size), |b| {
            b.iter(|| evaluate(&plan, &block, &mut result, &mut workspace));
        });
        group.bench_function(BenchmarkId::new("run", size), |b| {
            b.iter(|| black_box(run(&plan, &model, &[])));
        });
    }
    group.finish();
}

criterion_group!(benches, engine);
criterion_main!(benches);
