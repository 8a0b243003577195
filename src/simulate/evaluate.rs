//! The one way to run a year: a plan, a block of parameters, a block of results.

use super::block::{LoopFault, OtherEnds, ResultBlock, Status, Workspace, at};
use super::clearing::Position;
use super::fill::FillScratch;
use super::scalar::Branches;
use super::settle::settle;
use super::several_answers::other_ends;
use super::sweep::{Turn, Upstream};
use super::trajectory::MarketYear;
use crate::id::{Id, MarketId, ProcessId};
use crate::model::Sink;
use crate::network::dependencies::LAST_PRIORITY_WITH_STOCK;
use crate::network::groups::Side;
use crate::plan::{ParameterBlock, Plan, Step, Trade};
use crate::units::Dimension;

/// Solves one year for every column of a block. Allocates nothing (unless a loop fails: then its gain is sought).
///
/// Columns do not touch each other: a column's bytes are the same in a block of any width. A column that fails
/// says so in [`ResultBlock::status`]; its numbers are then not results.
/// Complexity near linear in recipe rows, and the sweeps of loops.
pub fn evaluate(
    plan: &Plan,
    parameters: &ParameterBlock,
    result: &mut ResultBlock,
    workspace: &mut Workspace,
) {
    run_steps(plan, parameters, result, workspace, None);
}

/// The same, and every loop is also started from elsewhere; what differs or does not settle is added to `others`.
pub fn evaluate_with_other_starts(
    plan: &Plan,
    parameters: &ParameterBlock,
    result: &mut ResultBlock,
    workspace: &mut Workspace,
    others: &mut Vec<OtherEnds>,
) {
    run_steps(plan, parameters, result, workspace, Some(others));
}

/// Fills every group once in the order of solution, each from the positions it finds: the work of a loop-free
/// year. The yardstick that [`evaluate`] is measured against.
pub fn fill_once(
    plan: &Plan,
    parameters: &ParameterBlock,
    result: &mut ResultBlock,
    workspace: &mut Workspace,
) {
    begin(plan, parameters, result, workspace);
    for column in 0..parameters.width {
        for step in &plan.steps {
            match *step {
                Step::Fill(group) => {
                    fill_group(plan, parameters, result, &mut workspace.fill, group, column);
                }
                Step::Remainder(market) => clear(plan, parameters, result, market, column),
                Step::Loop(number) => {
                    let cycle = &plan.loops[number];
                    for local in cycle.tiers.iter().flat_map(|tier| &tier.groups) {
                        fill_group(plan, parameters, result, &mut workspace.fill, local.group, column);
                    }
                    for &market in &cycle.remainders {
                        clear(plan, parameters, result, market, column);
                    }
                }
            }
        }
    }
}

fn run_steps(
    plan: &Plan,
    parameters: &ParameterBlock,
    result: &mut ResultBlock,
    workspace: &mut Workspace,
    mut others: Option<&mut Vec<OtherEnds>>,
) {
    begin(plan, parameters, result, workspace);
    if !plan.loops.is_empty() {
        given_flows(plan, parameters, result, &mut workspace.given);
    }
    for step in &plan.steps {
        for column in 0..parameters.width {
            if result.status[column] != Status::Solved {
                continue;
            }
            match *step {
                Step::Fill(group) => {
                    fill_group(plan, parameters, result, &mut workspace.fill, group, column);
                }
                Step::Remainder(market) => clear(plan, parameters, result, market, column),
                Step::Loop(number) => {
                    let others = others.as_deref_mut();
                    solve_loop(plan, parameters, result, workspace, number, column, others);
                }
            }
        }
    }
}

/// Empties the results; demand, stocks and `level` processes are known from the start.
fn begin(plan: &Plan, parameters: &ParameterBlock, result: &mut ResultBlock, workspace: &Workspace) {
    let width = parameters.width;
    assert!(
        result.width == width && workspace.given.len() >= width * Dimension::ALL.len(),
        "parameters, results and workspace are made for the same width"
    );
    result.activity.fill(0.0);
    result.status.fill(Status::Solved);
    result.sweeps.fill(0);
    for (at, market) in result.markets.iter_mut().enumerate() {
        *market = MarketYear {
            demanded: parameters.demand[at],
            opening_stock: parameters.opening[at],
            ..MarketYear::default()
        };
    }
    for &process in &plan.levels {
        for column in 0..width {
            let index = at(process, width, column);
            let activity = parameters.level[index].min(parameters.capacity[index]);
            book(plan, parameters, result, process, activity, column);
        }
    }
}

/// Sets a process's activity and adds what it does to its markets.
fn book(
    plan: &Plan,
    parameters: &ParameterBlock,
    result: &mut ResultBlock,
    process: ProcessId,
    activity: f64,
    column: usize,
) {
    let width = parameters.width;
    result.activity[at(process, width, column)] = activity;
    for slot in plan.rows.of(process) {
        let flow = parameters.coefficient[slot * width + column] * activity;
        match plan.rows.trade[slot] {
            Trade::Take(market) => result.markets[at(market, width, column)].taken += flow,
            Trade::Store(market) => {
                let market = &mut result.markets[at(market, width, column)];
                market.taken += flow;
                market.stored_by_takers += flow;
            }
            Trade::Draw(market) => result.markets[at(market, width, column)].drawn += flow,
            Trade::Deliver(market) => result.markets[at(market, width, column)].delivered += flow,
            Trade::Make(market) => result.markets[at(market, width, column)].made += flow,
            Trade::None => {}
        }
    }
}

/// The largest flow given from outside, by dimension: of `level` processes, demand and reclaimable stock.
fn given_flows(plan: &Plan, parameters: &ParameterBlock, result: &ResultBlock, given: &mut [f64]) {
    let width = parameters.width;
    given.fill(0.0);
    let mut see = |dimension: Dimension, column: usize, flow: f64| {
        let largest = &mut given[dimension as usize * width + column];
        *largest = largest.max(flow);
    };
    for &process in &plan.levels {
        for slot in plan.rows.of(process) {
            for column in 0..width {
                let activity = result.activity[at(process, width, column)];
                let flow = parameters.coefficient[slot * width + column] * activity;
                see(plan.rows.dimension[slot], column, flow);
            }
        }
    }
    for (market, dimension) in plan.market_dimensions.iter().enumerate() {
        for column in 0..width {
            let index = market * width + column;
            see(*dimension, column, parameters.demand[index].max(parameters.reclaim_limit[index]));
        }
    }
}

/// A market's position as the columns stand.
fn position(parameters: &ParameterBlock, result: &ResultBlock, index: usize) -> Position<f64> {
    let year = &result.markets[index];
    Position {
        supply: year.delivered + year.from_below,
        drawn: year.drawn + year.demanded + year.asked_from_below,
        made: year.made,
        made_before: year.made,
        taken: year.taken,
        taken_before: year.taken,
        reclaimable: parameters.reclaim_limit[index],
    }
}

fn fill_group(
    plan: &Plan,
    parameters: &ParameterBlock,
    result: &mut ResultBlock,
    scratch: &mut FillScratch,
    number: usize,
    column: usize,
) {
    let group = &plan.groups.groups[number];
    let with_stock = group.key.priority <= LAST_PRIORITY_WITH_STOCK;
    let mut branches = Branches::START;
    let FillScratch { left, filled, .. } = scratch;
    for (left, &queue) in left.iter_mut().zip(&group.queues) {
        let queue = &plan.groups.queues[queue];
        let position = position(parameters, result, at(queue.market, parameters.width, column));
        *left = match queue.side {
            Side::Feed => position.feed_left(with_stock, &mut branches),
            Side::Called => position.room_left(&mut branches),
        };
    }
    let (mut left, mut filled) = (std::mem::take(left), std::mem::take(filled));
    scratch.load(group, &plan.rows, parameters, column);
    let members = group.members.len();
    scratch.fill(members, &mut left[..group.queues.len()], &mut filled[..members], &mut branches);
    for (member, &activity) in group.members.iter().zip(&filled) {
        book(plan, parameters, result, member.process, activity, column);
    }
    (scratch.left, scratch.filled) = (left, filled);
}

/// Clears what is left of a market by rules 3 to 5 (docs/equations.md, E-06).
fn clear(
    plan: &Plan,
    parameters: &ParameterBlock,
    result: &mut ResultBlock,
    market: MarketId,
    column: usize,
) {
    let width = parameters.width;
    let index = at(market, width, column);
    let position = position(parameters, result, index);
    let left = position.left_over(&mut Branches::START.clone());
    let surplus = (position.supply - position.drawn).max(0.0);
    let above = plan.network.parent[market.index()];
    let record = &plan.network.markets[market];
    let (passed_up, asked) = {
        let year = &mut result.markets[index];
        let taken = year.taken;
        year.taken = taken.min(surplus);
        year.reclaimed_for_takers = taken - year.taken;
        year.reclaimed_for_draws = left.for_draws;
        year.passed_up = left.surplus.min(parameters.pass_up_limit[index]);
        let mut rest = left.surplus - year.passed_up;
        year.exported = rest.min(parameters.export_limit[index]);
        rest -= year.exported;
        match record.surplus.sink {
            Sink::Storage => year.stored = rest,
            Sink::Disposal => year.disposed = rest,
            Sink::Discharge => year.discharged = rest,
        }
        if above.is_some() {
            year.asked_above = left.short;
        } else {
            let brought = left.short.min(parameters.import_limit[index]);
            if plan.from_nature[market.index()] {
                year.extracted = brought;
            } else {
                year.imported = brought;
            }
            year.unmet = left.short - brought;
        }
        let reclaimed = year.reclaimed_for_draws + year.reclaimed_for_takers;
        year.closing_stock = (year.opening_stock - reclaimed).max(0.0) + year.stored + year.stored_by_takers;
        (year.passed_up, year.asked_above)
    };
    if let Some(above) = above {
        let year = &mut result.markets[at(above, width, column)];
        year.from_below += passed_up;
        year.asked_from_below += asked;
    }
}

fn solve_loop(
    plan: &Plan,
    parameters: &ParameterBlock,
    result: &mut ResultBlock,
    workspace: &mut Workspace,
    number: usize,
    column: usize,
    others: Option<&mut Vec<OtherEnds>>,
) {
    let width = parameters.width;
    let cycle = &plan.loops[number];
    let mut upstream = std::mem::take(&mut workspace.cycle.upstream);
    for (upstream, local) in upstream.iter_mut().zip(&cycle.markets) {
        let index = at(local.market, width, column);
        let position = position(parameters, result, index);
        *upstream = Upstream {
            supply: position.supply,
            drawn: position.drawn,
            made: position.made,
            taken: position.taken,
            reclaimable: position.reclaimable,
            pass_up_limit: parameters.pass_up_limit[index],
        };
    }
    for (start, &process) in workspace.cycle.activity.iter_mut().zip(&cycle.processes) {
        let index = at(process, width, column);
        *start = parameters.start[index].min(parameters.capacity[index]);
    }
    let given = std::array::from_fn(|dimension| workspace.given[dimension * width + column]);
    let turn = Turn { plan, cycle, parameters, column, upstream: &upstream };
    let Workspace { fill, cycle: scratch, finish, .. } = workspace;
    match settle(&turn, given, *finish, scratch, fill) {
        Ok(sweeps) => {
            result.sweeps[column] += sweeps;
            for (&process, &activity) in cycle.processes.iter().zip(&scratch.activity) {
                book(plan, parameters, result, process, activity, column);
            }
            if let Some(others) = others {
                other_ends(&turn, given, *finish, number, scratch, fill, others);
            }
            for &market in &cycle.remainders {
                clear(plan, parameters, result, market, column);
            }
        }
        Err((kind, gain)) => {
            result.status[column] = Status::Failed(LoopFault { number, kind, gain });
        }
    }
    workspace.cycle.upstream = upstream;
}
