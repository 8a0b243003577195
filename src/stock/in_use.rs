//! The in-use stocks of a model over its years.
//!
//! What drives a stock is given by its table and by projects on stream; nothing of the materials acts back on it. So the
//! cohorts are followed before the years are run, and a year is handed what enters and leaves as levels of two processes.

use super::{Cohorts, NegativeInflow, Opening, StockFault, drive};
use crate::funding::ProjectSchedule;
use crate::id::{StockId, Table};
use crate::model::in_use::Cohort;
use crate::model::{Change, EffectTarget, InUseStock, Model};

/// The way of an in-use stock through the years of its model; amounts in base units of the material that enters.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    base_year: i32,
    /// The cohorts, by years from the base year on.
    pub cohorts: Cohorts,
}

impl Course {
    fn at(&self, year: i32) -> usize {
        usize::try_from(year - self.base_year).expect("a year of the model")
    }

    /// What enters in a year, ≥ 0.
    #[must_use]
    pub fn inflow(&self, year: i32) -> f64 {
        self.cohorts.inflow[self.at(year)].max(0.0)
    }

    /// What leaves in a year, ≥ 0. A part of what enters may leave in the same year.
    #[must_use]
    pub fn outflow(&self, year: i32) -> f64 {
        self.cohorts.outflow[self.at(year)].max(0.0)
    }

    /// In stock at the end of a year.
    #[must_use]
    pub fn closing(&self, year: i32) -> f64 {
        self.cohorts.stock[self.at(year)]
    }

    /// In stock at the begin of a year.
    #[must_use]
    pub fn opening(&self, year: i32) -> f64 {
        self.at(year).checked_sub(1).map_or(self.cohorts.opening, |before| self.cohorts.stock[before])
    }

    /// The share of what stood there and should have stayed that leaves early in a year, 0–1.
    #[must_use]
    pub fn left_early(&self, year: i32) -> f64 {
        1.0 - self.cohorts.shrinking(self.at(year))
    }
}

/// What is left at the end of a year of all that entered in another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vintage {
    /// The year in which it entered; `None`: before the base year, it is not known when.
    pub entered: Option<i32>,
    /// In stock at the end of the year.
    pub left: f64,
}

/// The stock at the end of a year by the years in which it entered, ascending; what has no year first. They sum to the
/// stock. Complexity O(years + cohorts).
#[must_use]
pub fn vintages(stock: &InUseStock, course: &Course, year: i32) -> Vec<Vintage> {
    let period = course.at(year);
    let mut known: Vec<Vintage> = Vec::new();
    for cohort in &stock.opening {
        let Opening { age, value } = opening(cohort, course.base_year);
        let (Some(age), Some(_)) = (age, cohort.entered) else { continue };
        if value > 0.0 {
            let left = course.cohorts.of_opening(age, value, period);
            known.push(Vintage { entered: cohort.entered, left });
        }
    }
    known.sort_by_key(|vintage| vintage.entered);
    known.extend((course.base_year..=year).map(|entered| Vintage {
        entered: Some(entered),
        left: course.cohorts.of_cohort(course.at(entered), period),
    }));
    let rest = course.closing(year) - known.iter().map(|vintage| vintage.left).sum::<f64>();
    let has_rest = stock.opening.iter().any(|cohort| cohort.entered.is_none() && cohort.amount.central > 0.0);
    let rest = has_rest.then_some(Vintage { entered: None, left: rest.max(0.0) });
    rest.into_iter().chain(known).collect()
}

/// All in-use stocks of a model with its projects on stream. Complexity O(stocks × years × (years + ages)).
///
/// # Panics
/// When a stock cannot be followed: see [`check`], which models that were read have passed.
#[must_use]
pub fn courses(model: &Model, schedule: &[ProjectSchedule]) -> Table<StockId, Course> {
    let mut courses = Table::new();
    for (id, stock) in model.stocks.enumerate() {
        let given: Vec<f64> =
            model.settings.years().map(|year| given_in(model, id, stock, year, schedule)).collect();
        let cohorts = follow(stock, model.settings.base_year, &given).expect("checked when it was read");
        courses.push(Course { base_year: model.settings.base_year, cohorts });
    }
    courses
}

/// Why a stock cannot be followed, whatever is given: its ageing or its opening cohorts.
///
/// # Errors
/// See [`StockFault`].
pub fn check(stock: &InUseStock, base_year: i32) -> Result<(), StockFault> {
    follow(stock, base_year, &[1.0]).map(|_| ())
}

fn follow(stock: &InUseStock, base_year: i32, given: &[f64]) -> Result<Cohorts, StockFault> {
    let times: Vec<f64> = (0..given.len()).map(|year| year as f64).collect();
    let opening: Vec<Opening> = stock.opening.iter().map(|cohort| opening(cohort, base_year)).collect();
    drive(stock.ageing, stock.driver, NegativeInflow::Zero, &times, given, &opening)
}

/// A cohort of the year before the base year is 0 periods old at that year's end.
fn opening(cohort: &Cohort, base_year: i32) -> Opening {
    let age = cohort.entered.map(|entered| f64::from(base_year - 1 - entered));
    Opening { age, value: cohort.amount.central }
}

/// What drives a stock in a year: as the table says, and m/12 of the change of every project m months on stream;
/// replaced first, then multiplied, then added to.
fn given_in(model: &Model, id: StockId, stock: &InUseStock, year: i32, schedule: &[ProjectSchedule]) -> f64 {
    let mut value = stock.given.central(year).unwrap_or(0.0);
    let mut changes: Vec<(u8, Change, f64)> = Vec::new();
    for (project, schedule) in model.projects.iter().zip(schedule) {
        let share = f64::from(schedule.months_on_stream(year)) / 12.0;
        let own = project.effects.iter().filter(|effect| effect.target == EffectTarget::InUse(id));
        for effect in own.filter(|_| share > 0.0) {
            changes.push((effect.change.rank(), effect.change, share));
        }
    }
    // Stable: changes of equal rank stay in the order of projects.
    changes.sort_by_key(|(rank, ..)| *rank);
    for (_, change, share) in changes {
        value = change.on(value, share);
    }
    value
}
