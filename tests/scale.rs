//! 10⁵ processes load, compile and solve a year. The time is measured and printed; `.ci/benches` runs this on
//! the release build, where it must stay within 2 s (a debug build only checks the answer, on fewer processes).
#![allow(missing_docs, clippy::print_stdout)]

use circflow::diagnostic::Severity;
use circflow::input::{self, InputFile, Loaded};
use circflow::network::generate::{GenerateOptions, generate};
use circflow::output::model_tables::model_tables;
use circflow::plan::{self, ParameterBlock, Plan};
use circflow::simulate::{self, ResultBlock, Status, Workspace};
use std::time::Instant;

/// What a load, a compilation and a year of 10⁵ processes may take together.
const MOST_SECONDS: f64 = 2.0;

/// How often it is tried to keep to that on a machine that has other things to do.
const MOST_TURNS: usize = 8;

#[test]
fn a_large_system_loads_compiles_and_solves_a_year() {
    let processes = if cfg!(debug_assertions) { 5_000 } else { 100_000 };
    let generated = generate(&GenerateOptions::bench(processes, 1));
    let files: Vec<InputFile> =
        model_tables(&generated).into_iter().map(|(name, text)| InputFile::new(name, text)).collect();

    // The best of a few: what else the machine does can only add to the time.
    let mut best = f64::INFINITY;
    let mut solved = None;
    for _ in 0..MOST_TURNS {
        let (loaded, plan, seconds) = once(files.clone());
        let [load, compile, year] = seconds;
        let total = load + compile + year;
        println!(
            "{processes} processes: load {load:.3} s, compile {compile:.3} s, a year {year:.3} s, together {total:.3} s"
        );
        best = best.min(total);
        solved = Some((loaded, plan));
        if best <= MOST_SECONDS {
            break;
        }
    }
    let (loaded, plan) = solved.expect("a turn");

    let residual = simulate::run_quietly(&plan, &loaded.base, &[]).years[0].worst_residual;
    assert!(residual <= 1e-9, "worst audited residual {residual:e}");
    let direct = simulate::run_quietly(&plan::compile(&generated).expect("compiles"), &generated, &[]);
    let tables = simulate::run_quietly(&plan, &loaded.base, &[]);
    let largest = direct.years[0].activity.iter().fold(0.0_f64, |a, b| a.max(*b));
    let differs = direct.years[0].activity.iter().zip(&tables.years[0].activity);
    let worst = differs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(worst <= 1e-9 * largest, "tables say another system: {worst:e} of {largest:e}");
    if !cfg!(debug_assertions) {
        assert!(best <= MOST_SECONDS, "over {MOST_SECONDS} s: {best:.3} s");
    }
}

/// Loads, compiles and solves the first year; the seconds of each.
fn once(files: Vec<InputFile>) -> (Loaded, Plan, [f64; 3]) {
    let begin = Instant::now();
    let loaded = input::read_files(files);
    let load = begin.elapsed().as_secs_f64();
    let errors: Vec<_> = loaded.findings.0.iter().filter(|f| f.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{:?}", errors.first());
    let begin = Instant::now();
    let plan = plan::compile(&loaded.base).expect("compiles");
    let compile = begin.elapsed().as_secs_f64();
    let begin = Instant::now();
    let mut block = ParameterBlock::new(&plan, 1);
    let year = loaded.base.settings.base_year;
    plan::parameters(&plan, &loaded.base, year, &[], None, &mut block, 0).expect("closes");
    let (mut result, mut workspace) = (ResultBlock::new(&plan, 1), Workspace::new(&plan, 1));
    simulate::evaluate(&plan, &block, &mut result, &mut workspace);
    let year = begin.elapsed().as_secs_f64();
    assert_eq!(result.status[0], Status::Solved);
    (loaded, plan, [load, compile, year])
}

/// Median seconds of one of `turns` turns of an action.
fn median(turns: usize, mut action: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..turns)
        .map(|_| {
            let begin = Instant::now();
            action();
            begin.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_unstable_by(f64::total_cmp);
    seconds[turns / 2]
}

#[test]
fn a_year_of_the_city_costs_at_most_five_times_filling_every_group_once() {
    let loaded = input::reference_city();
    let plan = plan::compile(&loaded.base).expect("compiles");
    let mut block = ParameterBlock::new(&plan, 1);
    let year = loaded.base.settings.base_year;
    plan::parameters(&plan, &loaded.base, year, &[], None, &mut block, 0).expect("closes");
    let (mut result, mut workspace) = (ResultBlock::new(&plan, 1), Workspace::new(&plan, 1));
    let turns = if cfg!(debug_assertions) { 11 } else { 2_001 };
    let once = median(turns, || simulate::fill_once(&plan, &block, &mut result, &mut workspace));
    let year = median(turns, || simulate::evaluate(&plan, &block, &mut result, &mut workspace));
    assert_eq!(result.status[0], Status::Solved);
    println!("city: fill once {:.1} µs, a year {:.1} µs, {:.1} times", once * 1e6, year * 1e6, year / once);
    if !cfg!(debug_assertions) {
        assert!(year <= 5.0 * once, "a year takes {:.1} times as long as filling once", year / once);
    }
}
