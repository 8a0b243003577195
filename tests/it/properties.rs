//! Properties of the engine on generated systems: 240 of them, most with loops of any shape.

use circflow::id::{Id, MarketId, ProcessId, Table};
use circflow::model::{Driver, Model, Process, Series};
use circflow::network::generate::{GenerateOptions, Stream, generate};
use circflow::plan::{ParameterBlock, Plan, compile, parameters};
use circflow::simulate::audit::{Subject, balances};
use circflow::simulate::{ResultBlock, Status, Workspace, evaluate, run_quietly};
use rayon::prelude::*;

const SYSTEMS: u64 = 240;

fn system(seed: u64) -> Model {
    generate(&GenerateOptions {
        processes: 20 + (seed as usize * 7) % 60,
        loop_share: if seed.is_multiple_of(3) { 0.2 } else { 0.0 },
        coupling: [0.0, 0.2, 0.4][seed as usize % 3],
        years: 3,
        ..GenerateOptions::bench(0, seed)
    })
}

/// Runs a check on every system in parallel and lists what failed, so that one seed does not hide another.
fn on_all_systems(check: impl Fn(u64, &Model, &Plan) -> Result<(), String> + Sync) {
    let failed: Vec<String> = (0..SYSTEMS)
        .into_par_iter()
        .filter_map(|seed| {
            let model = system(seed);
            let plan = compile(&model).expect("compiles");
            check(seed, &model, &plan).err().map(|fault| format!("seed {seed}: {fault}"))
        })
        .collect();
    assert!(failed.is_empty(), "{} systems failed:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_generated_year_has_an_answer_and_many_have_loops() {
    let (mut loops, mut with_loops) = (0, 0);
    for seed in 0..SYSTEMS {
        let plan = compile(&system(seed)).expect("compiles");
        loops += plan.loops.len();
        with_loops += usize::from(!plan.loops.is_empty());
    }
    assert!(with_loops > SYSTEMS as usize / 2, "{with_loops} systems with {loops} loops");
    on_all_systems(|_, model, plan| {
        let trajectory = run_quietly(plan, model, &[]);
        let solved = trajectory.years.len();
        if solved == 3 { Ok(()) } else { Err(format!("{solved} years, {:?}", trajectory.findings.0)) }
    });
}

#[test]
fn mass_in_is_mass_out_and_stock_change() {
    on_all_systems(|_, model, plan| {
        for year in run_quietly(plan, model, &[]).years {
            if year.worst_residual > 1e-9 {
                return Err(format!("{}: residual {:e}", year.year, year.worst_residual));
            }
            let list = balances(plan, model, &year);
            let city = list
                .iter()
                .find(|b| b.subject == Subject::Place(circflow::model::Places::ROOT))
                .ok_or("no balance of the city")?;
            let residual = city.inflow - city.outflow - city.stock_change;
            if city.inflow <= 0.0 || residual.abs() > 1e-9 * city.inflow {
                return Err(format!("{}: the city's balance {city:?}", year.year));
            }
            if let Some(flow) = year.flows.iter().find(|flow| flow.is_nan() || **flow < -1e-9) {
                return Err(format!("{}: a flow of {flow}", year.year));
            }
        }
        Ok(())
    });
}

/// Every amount that has an extent (levels, capacities, demands, stocks, limits) times `k`.
/// Falsifies one figure of a year.
type Falsify = fn(&mut circflow::simulate::YearResult, usize);

#[test]
fn a_figure_that_is_falsified_is_found_by_the_audit() {
    // One flow, one activity, one figure of a market, raised by one unit.
    let falsify: [(&str, Falsify); 6] = [
        ("flow", |year, at| year.flows[at] += 1.0),
        ("activity", |year, at| year.activity[at] += 1.0),
        ("closing stock", |year, at| year.markets[MarketId::from_index(at)].closing_stock += 1.0),
        ("demanded", |year, at| year.markets[MarketId::from_index(at)].demanded += 1.0),
        ("passed up", |year, at| year.markets[MarketId::from_index(at)].passed_up += 1.0),
        ("imported", |year, at| year.markets[MarketId::from_index(at)].imported += 1.0),
    ];
    on_all_systems(|seed, model, plan| {
        let year = run_quietly(plan, model, &[]).years.into_iter().next().ok_or("no year")?;
        let honest = circflow::simulate::audit::worst_residual(plan, model, &year);
        let largest = year.flows.iter().fold(1.0_f64, |a, &b| a.max(b));
        for (name, falsify) in &falsify {
            let count = match *name {
                "flow" => year.flows.len(),
                "activity" => year.activity.len(),
                _ => year.markets.len(),
            };
            let mut false_year = year.clone();
            falsify(&mut false_year, seed as usize % count);
            let found = circflow::simulate::audit::worst_residual(plan, model, &false_year);
            if found < 1e-6 / largest || found < 100.0 * honest {
                return Err(format!("{name} falsified, the audit says {found:e} for {honest:e}"));
            }
        }
        Ok(())
    });
}

fn scaled(mut model: Model, k: f64) -> Model {
    let series = |series: &mut Series| series.points.iter_mut().for_each(|p| p.value.central *= k);
    for process in model.processes.iter_mut() {
        series(&mut process.activity);
        for quantity in [&mut process.capacity, &mut process.share].into_iter().flatten() {
            quantity.central *= k;
        }
    }
    for demand in &mut model.demands {
        series(&mut demand.series);
    }
    for rule in &mut model.market_rules {
        let limits = [
            &mut rule.import_limit,
            &mut rule.export_limit,
            &mut rule.opening_stock,
            &mut rule.reclaim_limit,
            &mut rule.pass_up_limit,
        ];
        for quantity in limits.into_iter().flatten() {
            quantity.central *= k;
        }
    }
    model
}

/// Greatest difference of two lists over the greatest entry.
fn apart(a: &[f64], b: &[f64]) -> f64 {
    let largest = a.iter().chain(b).fold(0.0_f64, |m, v| m.max(v.abs()));
    let difference = a.iter().zip(b).fold(0.0_f64, |m, (a, b)| m.max((a - b).abs()));
    if largest > 0.0 { difference / largest } else { 0.0 }
}

#[test]
fn scaling_what_has_an_extent_scales_the_flows() {
    on_all_systems(|_, model, plan| {
        let k = 37.5;
        let (ones, large) =
            (run_quietly(plan, model, &[]), run_quietly(plan, &scaled(model.clone(), k), &[]));
        for (one, large) in ones.years.iter().zip(&large.years) {
            let expected: Vec<f64> = one.flows.iter().map(|flow| flow * k).collect();
            let difference = apart(&expected, &large.flows);
            if difference > 1e-8 {
                return Err(format!("{}: {difference:e}", one.year));
            }
        }
        Ok(())
    });
}

#[test]
fn the_order_of_process_rows_changes_nothing() {
    on_all_systems(|seed, model, plan| {
        // A seeded shuffle of the processes; nothing else refers to them in these models.
        let mut order: Vec<usize> = (0..model.processes.len()).collect();
        let mut stream = Stream::new(seed ^ 0x5eed);
        for at in (1..order.len()).rev() {
            order.swap(at, stream.below(at + 1));
        }
        let mut shuffled = model.clone();
        shuffled.processes = order
            .iter()
            .map(|&at| model.processes[ProcessId::from_index(at)].clone())
            .collect::<Table<ProcessId, Process>>();
        let other = compile(&shuffled).expect("compiles");
        let (a, b) = (run_quietly(plan, model, &[]), run_quietly(&other, &shuffled, &[]));
        for (a, b) in a.years.iter().zip(&b.years) {
            let expected: Vec<f64> = order.iter().map(|&at| a.activity[at]).collect();
            let difference = apart(&expected, &b.activity);
            if difference > 1e-9 {
                return Err(format!("{}: {difference:e}", a.year));
            }
        }
        Ok(())
    });
}

/// Bytes of one column of a solved block.
fn column(result: &ResultBlock, at: usize) -> Vec<u64> {
    result.activity.iter().skip(at).step_by(result.width).map(|v| v.to_bits()).collect()
}

#[test]
fn a_block_of_eight_gives_the_bytes_of_eight_single_columns() {
    on_all_systems(|_, model, plan| {
        let variants: Vec<Model> = (0..8).map(|i| scaled(model.clone(), 1.0 + 0.1 * f64::from(i))).collect();
        let mut wide = ParameterBlock::new(plan, 8);
        for (at, variant) in variants.iter().enumerate() {
            parameters(plan, variant, 2015, &[], None, &mut wide, at).expect("closes");
        }
        let (mut result, mut workspace) = (ResultBlock::new(plan, 8), Workspace::new(plan, 8));
        evaluate(plan, &wide, &mut result, &mut workspace);
        let (mut single, mut narrow) = (ParameterBlock::new(plan, 1), Workspace::new(plan, 1));
        for (at, variant) in variants.iter().enumerate() {
            parameters(plan, variant, 2015, &[], None, &mut single, 0).expect("closes");
            let mut alone = ResultBlock::new(plan, 1);
            evaluate(plan, &single, &mut alone, &mut narrow);
            if column(&result, at) != column(&alone, 0) || result.status[at] != Status::Solved {
                return Err(format!("column {at} differs"));
            }
        }
        Ok(())
    });
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let bytes = |threads: usize| -> Vec<Vec<u64>> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            (0..24)
                .into_par_iter()
                .map(|seed| {
                    let model = system(seed);
                    let plan = compile(&model).expect("compiles");
                    let years = run_quietly(&plan, &model, &[]).years;
                    years.iter().flat_map(|year| &year.flows).map(|flow| flow.to_bits()).collect()
                })
                .collect()
        })
    };
    assert_eq!(bytes(1), bytes(3));
}

#[test]
fn an_answer_is_a_rest_point_every_process_is_full_or_stopped_by_its_market() {
    // Complementarity, read from the rules and not from the engine: a taker below capacity has no feed left, or no
    // room; a maker below capacity has no room.
    on_all_systems(|_, model, plan| {
        for year in run_quietly(plan, model, &[]).years {
            for (id, process) in model.processes.enumerate() {
                let at = id.index();
                let slack = year.capacity[at] - year.activity[at];
                if process.driver == Driver::Level || slack <= 1e-6 {
                    continue;
                }
                let idle_feed = process.taken().map(|row| {
                    let market = &year.markets[plan.network.trades[at][row].expect("traded")];
                    let later = market.passed_up + market.exported + market.stored + market.disposed;
                    later + market.stored_by_takers
                });
                let room = circflow::network::build::made_on_call(process).map(|row| {
                    let market = &year.markets[plan.network.trades[at][row].expect("traded")];
                    market.asked_above + market.imported + market.extracted + market.unmet
                });
                let least = idle_feed.into_iter().chain(room).fold(f64::INFINITY, f64::min);
                if least > 1e-6 {
                    return Err(format!("{}: {} could run more: {least}", year.year, process.key));
                }
            }
        }
        Ok(())
    });
}

/// Where the first year of a system has one answer, a slow second implementation of the rules finds it too.
#[test]
fn a_second_implementation_finds_the_same_year() {
    let compared = std::sync::atomic::AtomicU64::new(0);
    on_all_systems(|_, model, plan| {
        let trajectory = circflow::simulate::run(plan, model, &[]);
        let year = trajectory.years.first().ok_or("no year")?;
        if !year.several_answers.is_empty() {
            return Ok(());
        }
        let Some(difference) = super::reference::difference(model, &year.activity) else { return Ok(()) };
        compared.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if difference < 1e-8 {
            Ok(())
        } else {
            Err(format!("differs by {difference:e} of the largest activity"))
        }
    });
    assert!(compared.into_inner() > SYSTEMS / 2);
}
