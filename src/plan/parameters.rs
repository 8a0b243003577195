//! The numbers of a year: a block of columns, one a scenario or draw.

use super::Plan;
use super::effects::{Effects, amounts_with, spot_of, told};
use crate::diagnostic::{Code, Diagnostic};
use crate::funding::ProjectSchedule;
use crate::id::{Id, StockId, Table};
use crate::model::{EffectTarget, Market, MarketRule, MaterialKind, Model};
use crate::quantity::Quantity;
use crate::stock::in_use::{self, Course};

/// Parameters of one year for `width` columns. Entry of item `i` in column `c` is `[i * width + c]`; items are
/// slots, processes or markets of the plan. Per year, base units, ≥ 0; infinite where there is no limit.
#[derive(Clone, Debug)]
pub struct ParameterBlock {
    /// Number of columns.
    pub width: usize,
    /// Amount per unit of activity, by slot (1 for the reference row).
    pub coefficient: Vec<f64>,
    /// Capacity by process, reference units.
    pub capacity: Vec<f64>,
    /// Share in its tier by process.
    pub share: Vec<f64>,
    /// Given activity by process; 0 unless `level`.
    pub level: Vec<f64>,
    /// Activity that loops start from, by process.
    pub start: Vec<f64>,
    /// Final demand by market.
    pub demand: Vec<f64>,
    /// Greatest import or extraction by market; 0 away from the root.
    pub import_limit: Vec<f64>,
    /// Greatest export by market; 0 where there is no exit.
    pub export_limit: Vec<f64>,
    /// Greatest surplus passed up by market.
    pub pass_up_limit: Vec<f64>,
    /// Greatest use of prior-year stock by market.
    pub reclaim_limit: Vec<f64>,
    /// Stock at the begin of the year by market.
    pub opening: Vec<f64>,
}

impl ParameterBlock {
    /// A block of zeros for a plan.
    #[must_use]
    pub fn new(plan: &Plan, width: usize) -> Self {
        let slots = || vec![0.0; plan.rows.len() * width];
        let processes = || vec![0.0; plan.n_processes() * width];
        let markets = || vec![0.0; plan.network.markets.len() * width];
        Self {
            width,
            coefficient: slots(),
            capacity: processes(),
            share: processes(),
            level: processes(),
            start: processes(),
            demand: markets(),
            import_limit: markets(),
            export_limit: markets(),
            pass_up_limit: markets(),
            reclaim_limit: markets(),
            opening: markets(),
        }
    }
}

/// What one year hands to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// Activity by process.
    pub activity: Vec<f64>,
    /// Closing stock by market.
    pub stock: Vec<f64>,
}

/// Fills one column of a block with the central values of a year: series, own dates of processes, projects on
/// stream (with m months on stream every effect counts m/12 of its change), `rest` rows closed again.
///
/// `carried` is what the year before left; `None` in the base year (stocks as given, loops start from zero).
/// Complexity O(rows + markets + effects).
///
/// # Errors
/// A recipe that no longer closes after projects' effects (E308, E310), a reference row of zero (E309): all at once.
pub fn parameters(
    plan: &Plan,
    model: &Model,
    year: i32,
    schedule: &[ProjectSchedule],
    carried: Option<&Carried>,
    block: &mut ParameterBlock,
    column: usize,
) -> Result<(), Vec<Diagnostic>> {
    let courses = in_use::courses(model, schedule);
    parameters_with(plan, model, year, schedule, &courses, carried, block, column)
}

/// As [`parameters`], with the ways of the in-use stocks, which are the same for all years of a run.
///
/// # Errors
/// As [`parameters`].
#[allow(clippy::too_many_arguments, reason = "what a year depends on, side by side")]
pub fn parameters_with(
    plan: &Plan,
    model: &Model,
    year: i32,
    schedule: &[ProjectSchedule],
    courses: &Table<StockId, Course>,
    carried: Option<&Carried>,
    block: &mut ParameterBlock,
    column: usize,
) -> Result<(), Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let effects = Effects::of(model, year, schedule);
    let width = block.width;
    let mut amounts: Vec<f64> = Vec::new();
    for (id, process) in model.processes.enumerate() {
        let at = id.index() * width + column;
        let own = effects.on(id);
        if let Err(fault) = amounts_with(model, process, own, &mut amounts) {
            faults.push(told(model, process, own, fault, Some(year)));
        }
        let reference = amounts[process.reference];
        if reference.is_nan() || reference <= 0.0 {
            faults.push(
                Diagnostic::new(Code("E309"))
                    .at(spot_of(process, own))
                    .with("process", process.key.clone())
                    .with("year", year.to_string()),
            );
        }
        for (slot, amount) in plan.rows.of(id).zip(&amounts) {
            block.coefficient[slot * width + column] = amount / reference;
        }
        let (mut capacity, mut level) = (f64::INFINITY, 0.0);
        if let Some(installed) = process.capacity {
            capacity = installed.central;
        }
        if process.driver == crate::model::Driver::Level {
            level = process.activity.central(year).unwrap_or(0.0);
        }
        for effect in own {
            match effect.target {
                EffectTarget::Capacity(_) if capacity.is_finite() => capacity = effect.changed(capacity),
                EffectTarget::Level(_) => level = effect.changed(level),
                _ => {}
            }
        }
        if !process.runs_in(year) {
            (capacity, level) = (0.0, 0.0);
        }
        block.capacity[at] = capacity;
        block.level[at] = level;
        block.share[at] = match process.share {
            Some(share) => share.central,
            // A lone uncapped member needs no share; any will do.
            None if capacity.is_infinite() => 1.0,
            None => capacity,
        };
        block.start[at] = carried.map_or(0.0, |carried| carried.activity[id.index()].min(capacity));
    }
    for (stock, course) in model.stocks.iter().zip(courses) {
        block.level[stock.enters.index() * width + column] = course.inflow(year);
        block.level[stock.leaves.index() * width + column] = course.outflow(year) * stock.per_unit;
    }
    for (id, market) in plan.network.markets.enumerate() {
        let at = id.index() * width + column;
        let opening =
            carried.map_or_else(|| opening_stock(model, market), |carried| carried.stock[id.index()]);
        let limits = Limits::of(model, market, opening);
        block.opening[at] = opening;
        block.import_limit[at] = limits.import;
        block.export_limit[at] = limits.export;
        block.pass_up_limit[at] = limits.pass_up;
        block.reclaim_limit[at] = limits.reclaim;
        block.demand[at] = 0.0;
    }
    for (demand, market) in model.demands.iter().zip(&plan.network.demands) {
        block.demand[market.index() * width + column] += demand.series.central(year).unwrap_or(0.0);
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// What a market may do in a year, by its rule and the defaults of its material's kind; base units a year,
/// infinite where there is no limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Greatest import or extraction; 0 away from the root.
    pub import: f64,
    /// Greatest export; 0 where there is no exit.
    pub export: f64,
    /// Greatest surplus passed up.
    pub pass_up: f64,
    /// Greatest use of prior-year stock.
    pub reclaim: f64,
}

impl Limits {
    /// Limits of a market with a stock of `opening` at the begin of the year.
    #[must_use]
    pub fn of(model: &Model, market: &Market, opening: f64) -> Self {
        let rule: Option<&MarketRule> = market.rule.map(|rule| &model.market_rules[rule]);
        let given =
            |pick: fn(&MarketRule) -> Option<Quantity>| rule.and_then(pick).map(|quantity| quantity.central);
        let unless_given = |given: Option<f64>, unlimited: bool| {
            given.unwrap_or(if unlimited { f64::INFINITY } else { 0.0 })
        };
        let material = &model.materials[market.material];
        let trades =
            matches!(material.kind, MaterialKind::Resource | MaterialKind::Product | MaterialKind::Energy);
        let is_root = model.places[market.place].parent.is_none();
        let brings_in = trades || material.is_from_nature();
        let if_allowed = |allowed: bool, limit: f64| if allowed { limit } else { 0.0 };
        let share = given(|r| r.reclaim_share).map(|share| share * opening);
        Self {
            import: if_allowed(is_root, unless_given(given(|r| r.import_limit), brings_in)),
            export: if_allowed(market.surplus.has_exits, unless_given(given(|r| r.export_limit), trades)),
            pass_up: if_allowed(market.surplus.passes_up, unless_given(given(|r| r.pass_up_limit), true)),
            reclaim: given(|r| r.reclaim_limit).or(share).unwrap_or(0.0).min(opening),
        }
    }
}

/// Stock of a market at the begin of the base year.
fn opening_stock(model: &Model, market: &Market) -> f64 {
    let rule = market.rule.and_then(|rule| model.market_rules[rule].opening_stock);
    rule.map_or(0.0, |stock| stock.central)
}
