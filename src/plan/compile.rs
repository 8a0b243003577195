//! Compiling a model's structure.

use super::cycle::Loop;
use super::effects;
use super::{Plan, Rows, Step, Trade};
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::id::Id;
use crate::model::{Driver, MaterialKind, Model, Places, Provenance, Role, TableKind};
use crate::network::build::{is_storage_taker, made_on_call};
use crate::network::dependencies::{Task, condense};
use crate::network::groups::{self, Groups};
use crate::network::{self, Network};

/// Compiles a model: network, groups, loops, and the order of solution. Complexity near linear in recipe rows.
///
/// # Errors
/// All structural faults at once: a group whose members cannot be weighed against each other (E301), an import
/// limit away from the root (E306), a recipe that has no reference (E307), one that projects open (E308 to E310), a
/// storage process that makes something (E311).
pub fn compile(model: &Model) -> Result<Plan, Findings> {
    let mut findings = Findings::default();
    for process in &model.processes {
        if process.reference >= process.rows.len() {
            findings.push(
                Diagnostic::new(Code("E307"))
                    .at(spot(&process.provenance, "reference"))
                    .with("process", process.key.clone()),
            );
        }
    }
    check_storage(model, &mut findings);
    if findings.has_errors() {
        return Err(findings);
    }
    findings.extend(Findings(effects::check(model)));
    let network = network::build(model);
    let groups = groups::find(model, &network);
    check_shares(model, &groups, &mut findings);
    check_markets(model, &network, &mut findings);
    if findings.has_errors() {
        return Err(findings);
    }
    let (rows, components) = rayon::join(|| rows(model, &network), || condense(model, &network, &groups));
    let mut steps = Vec::new();
    let mut loops = Vec::new();
    for component in components {
        if component.is_loop {
            steps.push(Step::Loop(loops.len()));
            loops.push(Loop::compile(&component, &network, &groups, &rows));
            continue;
        }
        for task in component.tasks {
            match task {
                Task::Fill(group) => steps.push(Step::Fill(group)),
                Task::Remainder(market) => steps.push(Step::Remainder(market)),
                Task::Position(_) => {}
            }
        }
    }
    let levels =
        model.processes.enumerate().filter(|(_, p)| p.driver == Driver::Level).map(|(id, _)| id).collect();
    let material = |market: &crate::model::Market| &model.materials[market.material];
    let market_dimensions = network.markets.iter().map(|market| material(market).dimension).collect();
    let from_nature = network.markets.iter().map(|market| material(market).is_from_nature()).collect();
    Ok(Plan { network, loops, findings, groups, steps, rows, levels, market_dimensions, from_nature })
}

/// The place of a record; a process that a project brings stands in the projects' table, which has no such columns.
fn spot(provenance: &Provenance, column: &str) -> Spot {
    Spot {
        file: format!("{}.csv", provenance.table.stem()),
        row: (provenance.row > 0).then_some(provenance.row),
        column: (provenance.table != TableKind::Projects).then(|| column.to_owned()),
    }
}

/// A storage process puts its feed into the stock and makes nothing: whatever else weighs would be mass twice.
fn check_storage(model: &Model, findings: &mut Findings) {
    for process in model.processes.iter().filter(|process| is_storage_taker(process)) {
        let weighs = |at: usize| model.materials[process.rows[at].material].mass_per_unit.is_some();
        let goes_round = |at: usize| process.rows[at].role == Role::Recirculated;
        let other =
            (0..process.rows.len()).find(|&at| process.taken() != Some(at) && weighs(at) && !goes_round(at));
        if let Some(at) = other {
            findings.push(
                Diagnostic::new(Code("E311"))
                    .at(spot(&process.provenance, "treatment"))
                    .with("process", process.key.clone())
                    .with("material", model.materials[process.rows[at].material].key.clone()),
            );
        }
    }
}

/// Most rivals that a message names.
const MOST_RIVALS: usize = 6;

/// In a group with an uncapped member every share must be given: nothing else says how they grow together.
fn check_shares(model: &Model, groups: &Groups, findings: &mut Findings) {
    for group in groups.groups.iter().filter(|group| group.members.len() > 1) {
        let process = |member: &groups::Member| &model.processes[member.process];
        let Some(uncapped) = group.members.iter().map(process).find(|p| p.capacity.is_none()) else {
            continue;
        };
        for process in group.members.iter().map(process).filter(|p| p.share.is_none()) {
            let rivals = group.members.iter().map(|member| &model.processes[member.process].key);
            let rivals: Vec<&str> =
                rivals.filter(|key| **key != process.key).map(String::as_str).take(MOST_RIVALS).collect();
            let more = if group.members.len() - 1 > MOST_RIVALS { ", …" } else { "" };
            findings.push(
                Diagnostic::new(Code("E301"))
                    .at(spot(&process.provenance, "share"))
                    .with("process", process.key.clone())
                    .with("others", format!("{}{more}", rivals.join(", ")))
                    .with("uncapped", uncapped.key.clone()),
            );
        }
    }
}

fn check_markets(model: &Model, network: &Network, findings: &mut Findings) {
    for rule in &model.market_rules {
        if rule.import_limit.is_some() && rule.place != Places::ROOT {
            findings.push(
                Diagnostic::new(Code("E306"))
                    .at(spot(&rule.provenance, "import_limit"))
                    .with("material", model.materials[rule.material].key.clone())
                    .with("place", model.places[rule.place].key.clone()),
            );
        }
    }
    check_idle_rules(model, network, findings);
    for market in &network.markets {
        let Some(rule) = market.rule.map(|rule| &model.market_rules[rule]) else { continue };
        let material = &model.materials[market.material];
        let exports =
            matches!(material.kind, MaterialKind::Resource | MaterialKind::Product | MaterialKind::Energy);
        if exports && market.surplus.has_exits && rule.export_limit.is_some() && rule.sink.is_none() {
            findings.push(
                Diagnostic::new(Code("W303"))
                    .at(spot(&rule.provenance, "sink"))
                    .with("material", material.key.clone())
                    .with("place", model.places[market.place].key.clone()),
            );
        }
    }
}

/// Cells of market rules that can never act, and demand that begins after the base year.
fn check_idle_rules(model: &Model, network: &Network, findings: &mut Findings) {
    for market in &network.markets {
        let Some(rule) = market.rule.map(|rule| &model.market_rules[rule]) else { continue };
        let no_exit = !market.surplus.has_exits;
        let is_root = rule.place == Places::ROOT;
        let passes_all = ("剩余全部上送", "its surplus is passed up whole");
        let kept = ("剩余留在本地，不上送", "its surplus is kept local and never passed up");
        let at_root = ("全市的市场没有上级", "the city's own market has none above");
        let limited = ("已给出取用上限", "a reclaim limit is given, which stands");
        let idle = [
            ("export_limit", rule.export_limit.is_some() && no_exit, passes_all),
            ("sink", rule.sink.is_some() && no_exit, passes_all),
            ("pass_up_limit", rule.pass_up_limit.is_some() && is_root, at_root),
            ("pass_up_limit", rule.pass_up_limit.is_some() && !is_root && rule.keep_local, kept),
            ("reclaim_share", rule.reclaim_share.is_some() && rule.reclaim_limit.is_some(), limited),
        ];
        for (column, _, (why_zh, why)) in idle.into_iter().filter(|(_, idle, _)| *idle) {
            findings.push(
                Diagnostic::new(Code("W304"))
                    .at(spot(&rule.provenance, column))
                    .with("material", model.materials[market.material].key.clone())
                    .with("place", model.places[market.place].key.clone())
                    .with("column", column)
                    .with("why_zh", why_zh)
                    .with("why", why),
            );
        }
    }
    for demand in &model.demands {
        let Some(first) = demand.series.points.first() else { continue };
        if first.year > model.settings.base_year {
            findings.push(
                Diagnostic::new(Code("W305"))
                    .at(spot(&first.provenance, "year"))
                    .with("material", model.materials[demand.material].key.clone())
                    .with("place", model.places[demand.place].key.clone())
                    .with("first", first.year.to_string()),
            );
        }
    }
}

fn rows(model: &Model, network: &Network) -> Rows {
    let mut rows = Rows { first: vec![0], trade: Vec::new(), dimension: Vec::new(), reference: Vec::new() };
    for (id, process) in model.processes.enumerate() {
        let first = rows.trade.len();
        rows.reference.push((first + process.reference) as u32);
        let called = made_on_call(process);
        for (at, row) in process.rows.iter().enumerate() {
            let trade = match (row.role, network.trades[id.index()][at]) {
                (Role::Loss | Role::Recirculated, _) | (_, None) => Trade::None,
                (Role::Feed | Role::Input, Some(market)) if process.taken() == Some(at) => {
                    if is_storage_taker(process) { Trade::Store(market) } else { Trade::Take(market) }
                }
                (Role::Feed | Role::Input, Some(market)) => Trade::Draw(market),
                (_, Some(market)) if called == Some(at) => Trade::Make(market),
                (_, Some(market)) => Trade::Deliver(market),
            };
            rows.trade.push(trade);
            rows.dimension.push(model.materials[row.material].dimension);
        }
        rows.first.push(rows.trade.len() as u32);
    }
    rows
}
