//! The audit of in-use stocks: what entered and left in every year is put together again.
//!
//! The cohorts are summed from the levels that the years were run at and the shares of the lifetime; the engine's own
//! cohorts are not used.

use crate::funding::ProjectSchedule;
use crate::id::{Id, StockId};
use crate::lifetime::Driver;
use crate::model::{Change, EffectTarget, InUseStock, Model};
use crate::simulate::trajectory::YearResult;

/// An opening stock of unknown ages is spread as long as this share is left (E-stock-09).
const LEAST_SHARE: f64 = 1e-12;

/// Tells, by dimension of what enters, how far the last year is from what the tables give and from the balance of
/// each stock. Complexity O(stocks × years × (years + ages)).
pub(super) fn differences(
    model: &Model,
    schedule: &[ProjectSchedule],
    before: &[YearResult],
    year: &YearResult,
    see: &mut impl FnMut(usize, f64),
) {
    for (id, stock) in model.stocks.enumerate() {
        let dimension = model.materials[stock.material_in].dimension as usize;
        let years: Vec<&YearResult> = before.iter().chain([year]).collect();
        let given: Vec<f64> = years.iter().map(|year| given(model, id, stock, year.year, schedule)).collect();
        let inflow: Vec<f64> = years.iter().map(|year| year.activity[stock.enters.index()]).collect();
        let standing = standing(model, stock, &inflow, &given);
        let last = years.len() - 1;
        let outflow = year.activity[stock.leaves.index()] / stock.per_unit;
        see(dimension, standing[last] + inflow[last] - standing[last + 1] - outflow);
        match stock.driver {
            Driver::Inflow => see(dimension, inflow[last] - given[last]),
            Driver::Stock => see(dimension, standing[last + 1] - given[last]),
        }
    }
}

/// In stock at the begin of the base year, then at the end of each year.
fn standing(model: &Model, stock: &InUseStock, inflow: &[f64], given: &[f64]) -> Vec<f64> {
    let share = |k: i32| stock.ageing.share(f64::from(k));
    // Every cohort as what once entered of it, by its year; what left early is taken from it.
    let mut cohorts: Vec<(i32, f64)> = Vec::new();
    for part in &stock.opening {
        let amount = part.amount.central;
        match part.entered {
            Some(year) if amount > 0.0 => {
                let age = model.settings.base_year - 1 - year;
                cohorts.push((-1 - age, amount / share(age)));
            }
            None if amount > 0.0 => {
                let ages: Vec<i32> = (0..).take_while(|age| share(*age) >= LEAST_SHARE).collect();
                let sum: f64 = ages.iter().map(|age| share(*age)).sum();
                cohorts.extend(ages.into_iter().map(|age| (-1 - age, amount / sum)));
            }
            _ => {}
        }
    }
    let left = |cohorts: &[(i32, f64)], at: i32| -> f64 {
        cohorts.iter().map(|(entered, amount)| amount * share(at - entered)).sum()
    };
    let mut standing = vec![left(&cohorts, -1)];
    for (at, &entering) in inflow.iter().enumerate() {
        let now = at as i32;
        let old = left(&cohorts, now);
        if stock.driver == Driver::Stock && entering == 0.0 && old > given[at] {
            cohorts.iter_mut().for_each(|(_, amount)| *amount *= given[at] / old);
        }
        cohorts.push((now, entering));
        standing.push(left(&cohorts, now));
    }
    standing
}

/// What drives the stock, read again: set first, then times, then plus, each for its share of the year.
fn given(model: &Model, id: StockId, stock: &InUseStock, year: i32, schedule: &[ProjectSchedule]) -> f64 {
    let mut value = stock.given.central(year).unwrap_or(0.0);
    for turn in 0..3 {
        for (project, schedule) in model.projects.iter().zip(schedule) {
            let share = f64::from(schedule.months_on_stream(year)) / 12.0;
            for effect in project.effects.iter().filter(|effect| effect.target == EffectTarget::InUse(id)) {
                let full = match (turn, effect.change) {
                    (0, Change::Set(to)) => to.central,
                    (1, Change::Multiply(factor)) => value * factor.central,
                    (2, Change::Add(more)) => value + more.central,
                    _ => continue,
                };
                value = (value + share * (full - value)).max(0.0);
            }
        }
    }
    value
}
