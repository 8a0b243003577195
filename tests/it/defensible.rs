//! The figures of `docs/allocation.md`: computed here, held against the page (`CIRCFLOW_REGENERATE=1` writes them in).

use crate::city;
use crate::loops::displacement;
use crate::optimise::Posed;
use circflow::funding;
use circflow::id::{Id, MarketId};
use circflow::model::MaterialKind;
use circflow::network::generate::{GenerateOptions, generate};
use circflow::optimise::differences::{Fate, fates};
use circflow::plan::{Loop, ParameterBlock, Plan, Trade, compile, parameters};
use circflow::report::number::figure;
use circflow::simulate::{Finish, ResultBlock, Status, Workspace, evaluate, run, run_quietly};
use circflow::units::Dimension;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// Holds a block of the page, between its two marks, against what was computed.
fn on_the_page(block: &str, computed: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join("allocation.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let [begin, end] = ["begin", "end"].map(|word| format!("<!-- {word}: {block} -->\n"));
    let from = page.find(&begin).unwrap_or_else(|| panic!("no mark {begin}")) + begin.len();
    let to = from + page[from..].find(&end).unwrap_or_else(|| panic!("no mark {end}"));
    if std::env::var_os("CIRCFLOW_REGENERATE").is_some() {
        std::fs::write(&path, format!("{}{computed}{}", &page[..from], &page[to..])).unwrap();
        return;
    }
    assert!(
        page[from..to] == *computed,
        "docs/allocation.md says\n{}\nand it is now\n{computed}\nCIRCFLOW_REGENERATE=1 cargo test defensible -- --test-threads 1",
        &page[from..to]
    );
}

#[test]
fn where_a_displacement_loop_of_gain_above_one_ends() {
    let (town, [ash_brick, brick, power]) = displacement();
    let model = town.model;
    let plan = compile(&model).expect("compiles");
    let mut block = ParameterBlock::new(&plan, 1);
    parameters(&plan, &model, 2015, &[], None, &mut block, 0).expect("closes");
    let (mut result, mut workspace) = (ResultBlock::new(&plan, 1), Workspace::new(&plan, 1));
    workspace.finish = Finish::SweepsOnly;
    let mut table = "| start: gangue brick, t | start: power, t | end: gangue brick, t | end: power, t | end: ash brick, t of ash | walls brought in, m³ |\n|---|---|---|---|---|---|\n".to_owned();
    let mut ends = Vec::new();
    for (start, burnt) in
        [(0.0, 0.0), (0.0, 50.0), (33.0, 17.0), (100.0 / 3.0, 50.0 / 3.0), (34.0, 16.0), (50.0, 0.0)]
    {
        block.start[brick.index()] = start;
        block.start[power.index()] = burnt;
        block.start[ash_brick.index()] = 0.0;
        evaluate(&plan, &block, &mut result, &mut workspace);
        assert_eq!(result.status[0], Status::Solved);
        let of = |process: circflow::id::ProcessId| result.activity[process.index()];
        let brought: f64 = result.markets.iter().map(|market| market.imported).sum();
        let row = [start, burnt, of(brick), of(power), of(ash_brick), brought];
        ends.push(of(brick));
        let _ = writeln!(table, "| {} |", row.map(|value| format!("{value:.2}")).join(" | "));
    }
    // Two that attract, and between them one that only a start on it finds.
    for (end, expected) in ends.iter().zip([50.0, 0.0, 0.0, 100.0 / 3.0, 50.0, 50.0]) {
        assert!((end - expected).abs() < 1e-6, "{ends:?}");
    }
    on_the_page("displacement", &table);
}

/// How the years of a family of generated systems end.
#[derive(Default)]
struct Ends {
    systems: usize,
    with_loop: usize,
    of_takers: usize,
    solved: usize,
    several: usize,
    unsettled_starts: usize,
    worst_residual: f64,
}

/// Whether nobody in a loop draws on what its members take, here or from below, or makes on call.
fn is_of_takers(plan: &Plan, members: &Loop) -> bool {
    let trades = || {
        let slots = members.processes.iter().flat_map(|process| plan.rows.of(*process));
        slots.map(|slot| plan.rows.trade[slot])
    };
    let taken: BTreeSet<MarketId> = trades()
        .filter_map(|trade| match trade {
            Trade::Take(market) | Trade::Store(market) => Some(market),
            _ => None,
        })
        .collect();
    let upward =
        |market| std::iter::successors(Some(market), |below: &MarketId| plan.network.parent[below.index()]);
    trades().all(|trade| match trade {
        Trade::Draw(market) => !upward(market).any(|above| taken.contains(&above)),
        Trade::Make(_) => false,
        _ => true,
    })
}

fn ends_of(options: impl Fn(u64) -> GenerateOptions, seeds: u64) -> Ends {
    let mut ends = Ends::default();
    for seed in 0..seeds {
        let model = generate(&options(seed));
        let plan = compile(&model).expect("compiles");
        let trajectory = run(&plan, &model, &[]);
        let has = |code: &str| trajectory.findings.0.iter().any(|finding| finding.code.0 == code);
        ends.systems += 1;
        ends.with_loop += usize::from(!plan.loops.is_empty());
        ends.of_takers +=
            usize::from(!plan.loops.is_empty() && plan.loops.iter().all(|l| is_of_takers(&plan, l)));
        ends.solved += usize::from(!trajectory.findings.has_errors());
        ends.several += usize::from(has("W302"));
        ends.unsettled_starts += usize::from(has("N302"));
        for year in &trajectory.years {
            ends.worst_residual = ends.worst_residual.max(year.worst_residual);
        }
    }
    ends
}

#[test]
fn how_the_years_of_generated_systems_end() {
    let family = |loop_share: f64, coupling: f64, rivalry: f64| {
        move |seed: u64| GenerateOptions {
            processes: 24 + (seed as usize % 40),
            loop_share,
            coupling,
            rivalry,
            years: 1,
            ..GenerateOptions::bench(0, seed)
        }
    };
    let mut table = "| systems | number | with a loop | every loop of takers alone | solved | several answers | some start did not settle |\n|---|---|---|---|---|---|---|\n".to_owned();
    let mut worst = 0.0_f64;
    for (name, ends) in [
        ("rings only", ends_of(family(0.3, 0.0, 0.0), 200)),
        ("rings, by-products sent back", ends_of(family(0.2, 0.35, 0.0), 200)),
        ("most by-products sent back, rivals at one waste", ends_of(family(0.2, 0.8, 0.5), 200)),
    ] {
        let Ends { systems, with_loop, of_takers, solved, several, unsettled_starts, worst_residual } = ends;
        let _ = writeln!(
            table,
            "| {name} | {systems} | {with_loop} | {of_takers} | {solved} | {several} | {unsettled_starts} |"
        );
        worst = worst.max(worst_residual);
    }
    assert!(worst < 1e-9, "every solved year balances: {worst:e}");
    on_the_page("generated", &table);
}

/// The markets that differ most, in tonnes.
const SHOWN: usize = 14;

/// Differences below this share of the largest one of the year are not counted.
const COUNTED: f64 = 1e-6;

#[test]
fn what_a_least_cost_dispatch_does_otherwise_in_the_city() {
    let loaded = city::loaded();
    let model = city::model(&loaded, "as-found");
    let plan = compile(model).expect("the city's structure holds");
    let funded = funding::fund(model, &funding::FundingOptions::of(model));
    let trajectory = run_quietly(&plan, model, &funded.schedule);
    let at = trajectory.years.iter().position(|year| year.year == 2018).expect("a year of the city");
    let posed = Posed::of(&plan, model, &funded.schedule, &trajectory, at);
    let (least_cost, cost) = posed.least_cost(&plan, "2018");
    let rules = fates(&plan, &posed.block, 0, &posed.rules);
    let least = fates(&plan, &posed.block, 0, &least_cost);
    let is_mass = |market: &MarketId| plan.market_dimensions[market.index()] == Dimension::Mass;
    // What comes from the air and goes into it follows from the rest.
    let is_traded = |market: &MarketId| {
        let material = &model.materials[plan.network.markets[*market].material];
        is_mass(market) && material.kind != MaterialKind::Emission && !material.is_from_nature()
    };
    let mut markets: Vec<MarketId> = plan.network.markets.ids().filter(is_traded).collect();
    let apart = |market: &MarketId| rules[*market].apart(&least[*market]);
    let largest = markets.iter().map(apart).fold(0.0, f64::max);
    let all = markets.len();
    markets.retain(|market| apart(market) > COUNTED * largest.max(1.0));
    markets.sort_by(|a, b| apart(b).total_cmp(&apart(a)).then(a.cmp(b)));
    let mut text = format!(
        "{} of {all} markets (in t, without air and emissions) differ; the {} largest differences, 1,000 t, by the rules → at least cost:\n\n",
        markets.len(),
        markets.len().min(SHOWN)
    );
    text += "| material | place | used | brought in | exported | put away | unmet |\n|---|---|---|---|---|---|---|\n";
    for market in markets.iter().take(SHOWN) {
        let record = &plan.network.markets[*market];
        let (material, place) = (&model.materials[record.material], &model.places[record.place]);
        let pairs = rules[*market].quantities().into_iter().zip(least[*market].quantities());
        let cells: Vec<String> = pairs.map(|(a, b)| cell(a / 1e3, b / 1e3)).collect();
        let _ = writeln!(text, "| {} | {} | {} |", material.name_en, place.name_en, cells.join(" | "));
    }
    let sum = |table: &circflow::id::Table<MarketId, Fate>,
               pick: fn(&Fate) -> f64,
               keep: &dyn Fn(MarketId) -> bool| {
        plan.network
            .markets
            .ids()
            .filter(|market| keep(*market))
            .map(|market| pick(&table[market]))
            .sum::<f64>()
    };
    let is_solid_waste = |market: MarketId| {
        let material = &model.materials[plan.network.markets[market].material];
        material.is_of("general_industrial_solid_waste") && is_mass(&market)
    };
    let put_away = [&rules, &least].map(|table| sum(table, |fate| fate.put_away, &is_solid_waste));
    let used = [&rules, &least].map(|table| sum(table, |fate| fate.used, &is_solid_waste));
    let _ = write!(
        text,
        "\nGeneral industrial solid waste, all markets: used {} thousand t by the rules, {} at least cost; put away {} and {}. \
         Cost in penalties: {} of that of the rules.\n",
        figure(used[0] / 1e3),
        figure(used[1] / 1e3),
        figure(put_away[0] / 1e3),
        figure(put_away[1] / 1e3),
        format_args!("{:.3}", cost / posed.rules_cost()),
    );
    let unmet = |table: &circflow::id::Table<MarketId, Fate>| sum(table, |fate| fate.unmet, &|_| true);
    assert_eq!((unmet(&rules), unmet(&least)), (0.0, 0.0));
    on_the_page("least cost", &text);
}

/// One figure where both are alike, else both.
fn cell(rules: f64, least: f64) -> String {
    let shown = |value: f64| format!("{value:.1}");
    match (shown(rules), shown(least)) {
        (a, b) if a == b && a == "0.0" => "–".to_owned(),
        (a, b) if a == b => a,
        (a, b) => format!("{a} → {b}"),
    }
}
