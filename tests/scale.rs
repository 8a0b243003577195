//! 10⁵ processes load, compile and solve a year. The time is measured and printed; `.ci/benches` runs this on
//! the release build, where it must stay within 2 s (a debug build only checks the answer, on fewer processes).
#![allow(missing_docs, clippy::print_stdout)]

use circflow::diagnostic::Severity;
use circflow::input::{self, InputFile};
use circflow::network::generate::{GenerateOptions, generate};
use circflow::output::model_tables::model_tables;
use circflow::plan::{self, ParameterBlock};
use circflow::simulate::{self, ResultBlock, Status, Workspace};
use std::time::Instant;

#[test]
fn a_large_system_loads_compiles_and_solves_a_year() {
    let processes = if cfg!(debug_assertions) { 5_000 } else { 100_000 };
    let generated = generate(&GenerateOptions::bench(processes, 1));
    let files: Vec<InputFile> =
        model_tables(&generated).into_iter().map(|(name, text)| InputFile::new(name, text)).collect();

    let begin = Instant::now();
    let loaded = input::read_files(files);
    let errors: Vec<_> = loaded.findings.0.iter().filter(|f| f.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{:?}", errors.first());
    let load = begin.elapsed();
    let plan = plan::compile(&loaded.base).expect("compiles");
    let compile = begin.elapsed() - load;
    let mut block = ParameterBlock::new(&plan, 1);
    let year = loaded.base.settings.base_year;
    plan::parameters(&plan, &loaded.base, year, &[], None, &mut block, 0).expect("closes");
    let (mut result, mut workspace) = (ResultBlock::new(&plan, 1), Workspace::new(&plan, 1));
    simulate::evaluate(&plan, &block, &mut result, &mut workspace);
    let total = begin.elapsed();
    assert_eq!(result.status[0], Status::Solved);
    println!(
        "{processes} processes: load {:.3} s, compile {:.3} s, a year {:.3} s, together {:.3} s",
        load.as_secs_f64(),
        compile.as_secs_f64(),
        (total - load - compile).as_secs_f64(),
        total.as_secs_f64()
    );

    let residual = simulate::run_quietly(&plan, &loaded.base, &[]).years[0].worst_residual;
    assert!(residual <= 1e-9, "worst audited residual {residual:e}");
    let direct = simulate::run_quietly(&plan::compile(&generated).expect("compiles"), &generated, &[]);
    let tables = simulate::run_quietly(&plan, &loaded.base, &[]);
    let largest = direct.years[0].activity.iter().fold(0.0_f64, |a, b| a.max(*b));
    let differs = direct.years[0].activity.iter().zip(&tables.years[0].activity);
    let worst = differs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(worst <= 1e-9 * largest, "tables say another system: {worst:e} of {largest:e}");
    if !cfg!(debug_assertions) {
        assert!(total.as_secs_f64() <= 2.0, "over 2 s: {total:?}");
    }
}
