//! The years: the model's own network, with the capacities, levels and recipes that projects change (E-O5, E-O6).

use super::Programme;
use crate::calendar::Month;
use crate::diagnostic::Diagnostic;
use crate::funding::ProjectSchedule;
use crate::id::{Id, MarketId, ProcessId, ProjectId};
use crate::indicators::statistics::Statistics;
use crate::model::{EffectTarget, Model};
use crate::optimise::dispatch::{self, Levers, OtherRecipe, Penalties};
use crate::optimise::form::Form;
use crate::optimise::judge::Judge;
use crate::optimise::offers::Start;
use crate::optimise::solver::{Column, Relation};
use crate::plan::{ParameterBlock, Plan, parameters, parameters_with};
use crate::stock::in_use;

/// What one project changes in one year on stream from its first to its last month.
#[derive(Clone, Debug, Default)]
struct Change {
    capacity: Vec<(ProcessId, f64)>,
    level: Vec<(ProcessId, f64)>,
    /// By process, the change of the amount per unit of activity, by slot of the process.
    recipes: Vec<(ProcessId, Vec<f64>)>,
}

/// Changes of levels by process.
type Levels = Vec<(ProcessId, f64)>;

/// What every project changes in every year, and the years without any.
#[derive(Clone, Debug)]
pub struct Effects {
    /// By year of the model, the parameters without projects.
    blocks: Vec<ParameterBlock>,
    /// By project and year.
    changes: Vec<Vec<Change>>,
    /// By project, start and year, what an in-use stock is changed by: process and level.
    in_use: Vec<Vec<Vec<Levels>>>,
}

/// A schedule in which one project alone is on stream, or none.
fn alone(model: &Model, project: Option<(ProjectId, Month)>) -> Vec<ProjectSchedule> {
    let of = |id: ProjectId| {
        let on_stream = project.filter(|(of, _)| *of == id).map(|(_, month)| month);
        let built = on_stream.is_some();
        ProjectSchedule {
            built,
            start: on_stream,
            complete: on_stream,
            on_stream,
            planned_on_stream: on_stream,
        }
    };
    model.projects.ids().map(of).collect()
}

impl Effects {
    /// Finds the changes by putting each project on stream alone. Complexity O(projects × years × recipe rows).
    ///
    /// # Errors
    /// Recipes that do not close (E308 to E310), which a check of the model finds before.
    pub fn of(model: &Model, plan: &Plan, starts: &[Vec<Start>]) -> Result<Self, Vec<Diagnostic>> {
        let years: Vec<i32> = model.settings.years().collect();
        let nobody = alone(model, None);
        let still = in_use::courses(model, &nobody);
        let block = |year: i32, schedule: &[ProjectSchedule]| {
            let mut block = ParameterBlock::new(plan, 1);
            // In-use stocks stand as they are without projects: what a start changes in them is found apart.
            parameters_with(plan, model, year, schedule, &still, None, &mut block, 0).map(|()| block)
        };
        let blocks: Vec<ParameterBlock> = years
            .iter()
            .map(|year| {
                let mut block = ParameterBlock::new(plan, 1);
                parameters(plan, model, *year, &nobody, None, &mut block, 0).map(|()| block)
            })
            .collect::<Result<_, _>>()?;
        let mut changes = Vec::with_capacity(model.projects.len());
        let mut in_use = Vec::with_capacity(model.projects.len());
        for (id, project) in model.projects.enumerate() {
            let from_the_first = alone(model, Some((id, model.settings.first_month())));
            let of_years = years.iter().zip(&blocks).map(|(year, without)| {
                block(*year, &from_the_first).map(|with| change(plan, without, &with))
            });
            changes.push(of_years.collect::<Result<Vec<_>, _>>()?);
            let moves = project.effects.iter().any(|effect| matches!(effect.target, EffectTarget::InUse(_)));
            let of_starts = starts[id.index()].iter().filter(|_| moves).map(|start| {
                let with = in_use::courses(model, &alone(model, Some((id, start.on_stream))));
                let of_year = |year: &i32| {
                    let stocks = model.stocks.iter().zip(&with).zip(&still);
                    let moved = stocks.flat_map(|((stock, with), without)| {
                        let inflow = with.inflow(*year) - without.inflow(*year);
                        let outflow = (with.outflow(*year) - without.outflow(*year)) * stock.per_unit;
                        [(stock.enters, inflow), (stock.leaves, outflow)]
                    });
                    moved.filter(|(_, by)| *by != 0.0).collect()
                };
                years.iter().map(of_year).collect()
            });
            in_use.push(of_starts.collect());
        }
        Ok(Self { blocks, changes, in_use })
    }

    /// What a project adds to a statistic of a place in a year, on stream for the whole of it.
    pub(super) fn on_statistic(
        model: &Model,
        project: ProjectId,
        key: &str,
        place: crate::id::PlaceId,
        year: i32,
    ) -> f64 {
        let schedule = alone(model, Some((project, model.settings.first_month())));
        let statistics = Statistics::new(model, &schedule);
        statistics.effects(key, place, year).iter().map(|effect| effect.value).sum()
    }
}

/// What is different between two years.
fn change(plan: &Plan, without: &ParameterBlock, with: &ParameterBlock) -> Change {
    let mut change = Change::default();
    for process in (0..plan.n_processes()).map(ProcessId::from_index) {
        let at = process.index();
        let [before, after] = [without.capacity[at], with.capacity[at]];
        if before != after && before.is_finite() && after.is_finite() {
            change.capacity.push((process, after - before));
        }
        if without.level[at] != with.level[at] {
            change.level.push((process, with.level[at] - without.level[at]));
        }
        let slots = plan.rows.of(process);
        let moved: Vec<f64> = slots.map(|slot| with.coefficient[slot] - without.coefficient[slot]).collect();
        if moved.iter().any(|by| *by != 0.0) {
            change.recipes.push((process, moved));
        }
    }
    change
}

/// Share of a year that a start is on stream.
pub(super) fn share(start: &Start, year: i32) -> f64 {
    let months = Month::december(year).since(start.on_stream) + 1;
    f64::from(months.clamp(0, 12)) / 12.0
}

/// Columns of a project's starts with the share of a year each is on stream.
pub(super) fn shares(
    judge: &Judge<'_>,
    chosen: &[Vec<Column>],
    offer: usize,
    year: i32,
) -> Vec<(Column, f64)> {
    let starts = judge.offers[offer].starts.iter().zip(&chosen[offer]);
    let shares = starts.map(|(start, column)| (*column, share(start, year)));
    shares.filter(|(_, share)| *share > 0.0).collect()
}

/// Adds the years that count: those of goals, and all after the base year where tonnes do or where stocks are used up.
pub(super) fn add(programme: &mut Programme, judge: &Judge<'_>, effects: &Effects) {
    let (model, plan) = (judge.model, judge.plan);
    let limited: Vec<MarketId> = plan
        .network
        .markets
        .enumerate()
        .filter(|(_, market)| {
            let rule = market.rule.map(|rule| &model.market_rules[rule]);
            rule.is_some_and(|rule| rule.reclaim_limit.is_some() || rule.reclaim_share.is_some())
        })
        .map(|(id, _)| id)
        .collect();
    for (at, year) in model.settings.years().enumerate() {
        let mut levers =
            Levers { told_apart: true, reclaimed_elsewhere: limited.clone(), ..Levers::default() };
        for (offer, record) in judge.offers.iter().enumerate() {
            let project = record.project.index();
            let shares = shares(judge, &programme.chosen, offer, year);
            if shares.is_empty() {
                continue;
            }
            let change = &effects.changes[project][at];
            let scaled = |by: f64| shares.iter().map(move |(column, share)| (*column, by * share));
            for (process, by) in &change.capacity {
                lever(&mut levers.capacity, *process, scaled(*by));
            }
            for (process, by) in &change.level {
                lever(&mut levers.level, *process, scaled(*by));
            }
            for (process, by) in &change.recipes {
                let (shares, change) = (shares.clone(), by.clone());
                levers.recipes.push(OtherRecipe { process: *process, shares, change });
            }
            for (start, column) in effects.in_use[project].iter().zip(&programme.chosen[offer]) {
                for (process, by) in &start[at] {
                    lever(&mut levers.level, *process, [(*column, *by)].into_iter());
                }
            }
        }
        let block = &effects.blocks[at];
        let penalties = Penalties::default();
        let columns =
            dispatch::add_decided_year(&mut programme.problem, plan, model, block, 0, &penalties, &levers);
        programme.years.push((year, columns));
    }
    programme.allocation = programme.problem.costs();
    programme.problem.clear_costs();
    for market in limited {
        reclaim(programme, judge, effects, market);
    }
}

fn lever(
    list: &mut Vec<(ProcessId, Vec<(Column, f64)>)>,
    process: ProcessId,
    columns: impl Iterator<Item = (Column, f64)>,
) {
    match list.iter_mut().find(|(of, _)| *of == process) {
        Some((_, known)) => known.extend(columns),
        None => list.push((process, columns.collect())),
    }
}

/// What is reclaimed in a year is at most what its rule allows of what then lies there.
fn reclaim(programme: &mut Programme, judge: &Judge<'_>, effects: &Effects, market: MarketId) {
    let (model, plan) = (judge.model, judge.plan);
    let rule = plan.network.markets[market].rule.map(|rule| &model.market_rules[rule]);
    let limit = rule.and_then(|rule| rule.reclaim_limit).map(|limit| limit.central);
    let share = rule.and_then(|rule| rule.reclaim_share).map(|share| share.central);
    let opening = effects.blocks.first().map_or(0.0, |block| block.opening[market.index()]);
    let scale = opening.max(limit.unwrap_or(0.0)).max(1.0);
    let mut stock = Form::constant(opening);
    let years: Vec<(Form, Form)> =
        programme.years.iter().map(|(_, year)| (year.reclaimed(market), year.stored(plan, market))).collect();
    for (reclaimed, stored) in years {
        let of_stock = |share: f64| {
            let mut row = reclaimed.clone();
            row.add(&stock, -share);
            row
        };
        of_stock(1.0).row(&mut programme.problem, Relation::AtMost, 0.0, scale);
        match (limit, share) {
            (Some(limit), _) => {
                reclaimed.row(&mut programme.problem, Relation::AtMost, limit, scale);
            }
            (None, Some(share)) => {
                of_stock(share).row(&mut programme.problem, Relation::AtMost, 0.0, scale);
            }
            (None, None) => {}
        }
        stock.add(&stored, 1.0);
        stock.add(&reclaimed, -1.0);
    }
}
