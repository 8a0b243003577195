//! The year of a plan as a linear programme: the same network, recipes, capacities, levels, demands, limits and stocks,
//! allocated at least cost instead of by the rules of the market (docs/allocation.md).
//!
//! Kept are the balance of every market (E-11), capacities, given levels, demand, the limits of import, export, passing
//! up and reclaiming, and that what is made on call is called for: no more than is drawn, demanded and sent down. Given
//! up are the order of priorities, the progressive filling of a tier, and what only the rules forbid: to bring in what
//! takers take, to make on call beside deliveries that would do, to reclaim for takers of any priority, and to send to a
//! child market more than it lacks. So the year of the rules is a feasible point, whatever it is.

mod balance;
mod flows;
mod levers;
mod values;

pub use levers::{Levers, OtherRecipe};

use super::solver::{Column, Problem, Relation};
use crate::funding::ProjectSchedule;
use crate::id::{Id, MarketId, ProcessId};
use crate::model::{Model, Sink};
use crate::plan::parameters::Carried;
use crate::plan::{ParameterBlock, Plan, parameters};
use crate::simulate::Trajectory;
use crate::units::Dimension;

/// What is paid where the tables give no price: yuan per t, per m³ of volume, per 1,000 Nm³, per 1,000 kWh, and per
/// base unit of anything else. They rank what is to be avoided and are no prices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Penalties {
    /// What is drawn or demanded and not there.
    pub unmet: f64,
    /// Brought in from outside.
    pub imported: f64,
    /// Stored or disposed of.
    pub kept: f64,
    /// Exported, discharged, taken from nature, reclaimed from stock.
    pub passing: f64,
    /// A unit of activity, and of what moves between markets of one material.
    pub moving: f64,
}

impl Default for Penalties {
    fn default() -> Self {
        Self { unmet: 1e4, imported: 10.0, kept: 1.0, passing: 0.01, moving: 1e-3 }
    }
}

/// The columns of one year in a problem. Values stand in shares of a scale by dimension, so that they are near 1.
#[derive(Clone, Debug)]
pub struct YearColumns {
    scales: [f64; Dimension::ALL.len()],
    dimension_of_activity: Vec<Dimension>,
    dimension_of_market: Vec<Dimension>,
    activity: Vec<Column>,
    markets: Vec<MarketColumns>,
    /// Amount per unit of activity, by slot.
    coefficients: Vec<f64>,
    /// Final demand by market.
    demand: Vec<f64>,
    /// Recipes that decisions change: the process, its activity under the other recipe, the change by slot.
    other: Vec<(ProcessId, Column, Vec<f64>)>,
    /// By market, who is served from prior-year stock with how much; empty where none can be.
    prior: Vec<Vec<(Server, Column)>>,
    /// By market, who lacks how much; empty where nobody can, or where nobody asks.
    lacking: Vec<Vec<(Server, Column)>>,
}

/// Who is served at a market: a recipe row, or (`None`) final demand.
type Server = Option<(ProcessId, usize)>;

/// Columns of a market; `None` where the network has no such arc.
#[derive(Clone, Copy, Debug)]
struct MarketColumns {
    brought_in: Option<Column>,
    exported: Option<Column>,
    sunk: Option<Column>,
    passed_up: Option<Column>,
    came_down: Option<Column>,
    reclaimed: Option<Column>,
    unmet: Column,
}

impl MarketColumns {
    fn sources(&self) -> impl Iterator<Item = Column> {
        [self.brought_in, self.came_down, self.reclaimed, Some(self.unmet)].into_iter().flatten()
    }

    fn uses(&self) -> impl Iterator<Item = Column> {
        [self.exported, self.sunk, self.passed_up].into_iter().flatten()
    }
}

/// Adds a year to a problem: its columns with their costs and bounds, and the balance of every market. Complexity
/// O(recipe rows + markets).
pub fn add_year(
    problem: &mut Problem,
    plan: &Plan,
    model: &Model,
    parameters: &ParameterBlock,
    column: usize,
    penalties: &Penalties,
) -> YearColumns {
    add_decided_year(problem, plan, model, parameters, column, penalties, &Levers::default())
}

/// As [`add_year`], where columns of the problem change capacities, levels and recipes.
#[allow(clippy::too_many_arguments, reason = "what a year depends on, side by side")]
pub fn add_decided_year(
    problem: &mut Problem,
    plan: &Plan,
    model: &Model,
    parameters: &ParameterBlock,
    column: usize,
    penalties: &Penalties,
    levers: &Levers,
) -> YearColumns {
    let width = parameters.width;
    let scales = scales(plan, parameters, column, levers);
    let year = Year { plan, model, parameters, column, scales, penalties, levers };
    let activity: Vec<Column> = (0..plan.n_processes())
        .map(|process| year.activity(problem, ProcessId::from_index(process)))
        .collect();
    let other =
        levers.recipes.iter().map(|recipe| year.other(problem, activity[recipe.process.index()], recipe));
    let other: Vec<(ProcessId, Column, Vec<f64>)> = other.collect();
    let markets: Vec<MarketColumns> =
        plan.network.markets.ids().map(|market| year.market(problem, market)).collect();
    let mut columns = YearColumns {
        scales,
        coefficients: (0..plan.rows.len())
            .map(|slot| parameters.coefficient[slot * width + column])
            .collect(),
        demand: (0..markets.len()).map(|market| parameters.demand[market * width + column]).collect(),
        other,
        prior: vec![Vec::new(); markets.len()],
        lacking: vec![Vec::new(); markets.len()],
        dimension_of_activity: plan
            .rows
            .reference
            .iter()
            .map(|slot| plan.rows.dimension[*slot as usize])
            .collect(),
        dimension_of_market: plan.market_dimensions.clone(),
        activity,
        markets,
    };
    columns.balance(problem, plan);
    if levers.told_apart {
        columns.tell_apart(problem, plan, model);
    }
    columns
}

/// Most activity under another recipe of a process without capacity, in scales of its dimension.
const UNCAPPED: f64 = 10.0;

/// The year that is put into a problem.
struct Year<'a> {
    plan: &'a Plan,
    model: &'a Model,
    parameters: &'a ParameterBlock,
    column: usize,
    scales: [f64; Dimension::ALL.len()],
    penalties: &'a Penalties,
    levers: &'a Levers,
}

impl Year<'_> {
    /// The activity of a process, within the capacity and level that the levers leave.
    fn activity(&self, problem: &mut Problem, process: ProcessId) -> Column {
        let Self { plan, parameters, penalties, levers, .. } = *self;
        let dimension = plan.rows.dimension_of(process);
        let scale = self.scales[dimension as usize];
        let at = process.index() * parameters.width + self.column;
        let (capacity, level) = (parameters.capacity[at] / scale, parameters.level[at] / scale);
        let [more, raised] = [&levers.capacity, &levers.level].map(|list| Levers::of(list, process));
        let is_level = plan.levels.binary_search(&process).is_ok();
        let cost = penalties.moving * weight(dimension) * scale;
        if more.is_empty() && raised.is_empty() {
            let level = level.min(capacity);
            let (lower, upper) = if is_level { (level, level) } else { (0.0, capacity) };
            return problem.column(cost, lower, upper);
        }
        let most = capacity + Levers::most(more) / scale;
        let activity = problem.column(cost, 0.0, most);
        let mut row = |changes: &[(Column, f64)], relation, right: f64| {
            let terms = changes.iter().map(|(column, by)| (*column, -by / scale));
            let mut terms: Vec<(Column, f64)> = [(activity, 1.0)].into_iter().chain(terms).collect();
            let least = right + Levers::least(changes) / scale;
            if least < 0.0 {
                // Changes that would take more than there is, as factors never do, take all of it.
                terms.push((problem.column(0.0, 0.0, -least), -1.0));
            }
            problem.row(terms, relation, right);
        };
        if most.is_finite() {
            row(more, Relation::AtMost, capacity);
        }
        if is_level {
            // A level that capacity may cut is at most what is given.
            let fits = level + Levers::most(raised) / scale <= capacity + Levers::least(more) / scale;
            row(raised, if fits { Relation::Equal } else { Relation::AtMost }, level);
        }
        activity
    }

    /// What of an activity another recipe takes over.
    fn other(
        &self,
        problem: &mut Problem,
        activity: Column,
        recipe: &OtherRecipe,
    ) -> (ProcessId, Column, Vec<f64>) {
        let Self { plan, parameters, levers, .. } = *self;
        let OtherRecipe { process, shares, change } = recipe;
        let scale = self.scales[plan.rows.dimension_of(*process) as usize];
        let at = process.index() * parameters.width + self.column;
        let most = parameters.capacity[at] + Levers::most(Levers::of(&levers.capacity, *process));
        let level = parameters.level[at] + Levers::most(Levers::of(&levers.level, *process));
        let is_level = plan.levels.binary_search(process).is_ok();
        let most = if is_level { most.min(level) } else { most };
        let most = if most.is_finite() { most / scale } else { UNCAPPED };
        let moved = problem.column(0.0, 0.0, most);
        problem.row(vec![(moved, 1.0), (activity, -1.0)], Relation::AtMost, 0.0);
        let shares = |sign: f64| shares.iter().map(move |(column, share)| (*column, sign * share * most));
        problem.row([(moved, 1.0)].into_iter().chain(shares(-1.0)).collect(), Relation::AtMost, 0.0);
        let kept = [(activity, 1.0), (moved, -1.0)].into_iter().chain(shares(1.0)).collect();
        problem.row(kept, Relation::AtMost, most);
        (*process, moved, change.clone())
    }

    fn market(&self, problem: &mut Problem, market: MarketId) -> MarketColumns {
        let Self { plan, parameters, penalties, .. } = *self;
        let dimension = plan.market_dimensions[market.index()];
        let scale = self.scales[dimension as usize];
        let at = market.index() * parameters.width + self.column;
        let record = &plan.network.markets[market];
        let rule = record.rule.map(|rule| &self.model.market_rules[rule]);
        let penalty = |penalty: f64| penalty * weight(dimension);
        let mut add =
            |cost: f64, limit: f64| (limit > 0.0).then(|| problem.column(cost * scale, 0.0, limit / scale));
        let from_nature = plan.from_nature[market.index()];
        let brought_in = penalty(if from_nature { penalties.passing } else { penalties.imported });
        let import_price = rule.and_then(|rule| rule.import_price).map(|price| price.central);
        let earned = rule.and_then(|rule| rule.export_price).map(|price| -price.central);
        let sink = match record.surplus.sink {
            Sink::Storage | Sink::Disposal => penalties.kept,
            Sink::Discharge => penalties.passing,
        };
        let unlimited_if = |there: bool| if there { f64::INFINITY } else { 0.0 };
        let has_parent = plan.network.parent[market.index()].is_some();
        let moving = penalty(penalties.moving);
        let reclaimable = match self.levers.reclaimed_elsewhere.contains(&market) {
            true => f64::INFINITY,
            false => parameters.reclaim_limit[at],
        };
        // Where all that is asked for can be brought in, nothing is ever missing.
        let root = std::iter::successors(Some(market), |at| plan.network.parent[at.index()]).last();
        let root = root.unwrap_or(market).index() * parameters.width + self.column;
        let most_unmet = if parameters.import_limit[root].is_infinite() { 0.0 } else { f64::INFINITY };
        MarketColumns {
            brought_in: add(import_price.unwrap_or(brought_in), parameters.import_limit[at]),
            exported: add(earned.unwrap_or(penalty(penalties.passing)), parameters.export_limit[at]),
            sunk: add(penalty(sink), unlimited_if(record.surplus.has_exits)),
            passed_up: add(moving, parameters.pass_up_limit[at]),
            came_down: add(moving, unlimited_if(has_parent)),
            reclaimed: add(penalty(penalties.passing), reclaimable),
            unmet: problem.column(penalty(penalties.unmet) * scale, 0.0, most_unmet),
        }
    }
}

/// The parameters of a year that was simulated, with what the year before left.
///
/// # Errors
/// As [`parameters()`].
pub fn given(
    plan: &Plan,
    model: &Model,
    schedule: &[ProjectSchedule],
    trajectory: &Trajectory,
    at: usize,
) -> Result<ParameterBlock, Vec<crate::diagnostic::Diagnostic>> {
    let carried = at.checked_sub(1).map(|before| &trajectory.years[before]).map(|before| Carried {
        activity: before.activity.clone(),
        stock: before.markets.iter().map(|market| market.closing_stock).collect(),
    });
    let mut block = ParameterBlock::new(plan, 1);
    parameters(plan, model, trajectory.years[at].year, schedule, carried.as_ref(), &mut block, 0)?;
    Ok(block)
}

/// Units of a penalty in a base unit: large numbers of small units count by the thousand.
fn weight(dimension: Dimension) -> f64 {
    match dimension {
        Dimension::NormalVolume | Dimension::Energy => 1e-3,
        _ => 1.0,
    }
}

/// The largest flow by dimension that is given from outside, or that a capacity allows; 1 where there is none.
fn scales(
    plan: &Plan,
    parameters: &ParameterBlock,
    column: usize,
    levers: &Levers,
) -> [f64; Dimension::ALL.len()] {
    let width = parameters.width;
    let mut scales = [0.0_f64; Dimension::ALL.len()];
    let mut see = |dimension: Dimension, flow: f64| {
        if flow.is_finite() {
            scales[dimension as usize] = scales[dimension as usize].max(flow);
        }
    };
    for process in (0..plan.n_processes()).map(ProcessId::from_index) {
        let at = process.index() * width + column;
        let capacity = parameters.capacity[at] + Levers::most(Levers::of(&levers.capacity, process));
        let most = match plan.levels.binary_search(&process) {
            Ok(_) => capacity.min(parameters.level[at] + Levers::most(Levers::of(&levers.level, process))),
            Err(_) => capacity,
        };
        for slot in plan.rows.of(process) {
            see(plan.rows.dimension[slot], parameters.coefficient[slot * width + column] * most);
        }
    }
    for (market, dimension) in plan.market_dimensions.iter().enumerate() {
        let at = market * width + column;
        see(*dimension, parameters.demand[at].max(parameters.reclaim_limit[at]));
    }
    scales.map(|scale| if scale > 0.0 { scale } else { 1.0 })
}
