//! Two scenarios of a model against each other: what differs in their results, and what is behind every difference.
//!
//! Reasons are found by switching, not by correlation: every part in which the two models differ is taken over alone,
//! and left out alone, and the whole chain is run again each time (docs/compare.md).

pub mod lever;
pub mod quantities;

use crate::calendar::Month;
use crate::funding::{FundingOptions, FundingOutcome, ProjectSchedule, fund};
use crate::gaps;
use crate::id::{Id, MarketId, ProcessId, ProjectId};
use crate::indicators::{self, Definition};
use crate::model::{EffectTarget, Model, Places};
use crate::plan::Plan;
use crate::simulate;
use lever::{Lever, between, switch};
use quantities::{Quantities, What, Yardsticks, of_materials, of_money};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Differences smaller than this share of their yardstick are none.
const NONE: f64 = 1.0e-9;
/// Part of a difference below which a cause is not named.
const SLIGHT: f64 = 0.01;
/// Causes named of one difference.
const CAUSES: usize = 3;

/// Two scenarios, compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The year that is compared.
    pub year: i32,
    /// In what the models differ.
    pub levers: Vec<Lever>,
    /// When projects come on stream in the one and in the other.
    pub schedules: [Vec<ProjectSchedule>; 2],
    /// Differences, the largest of its yardstick first.
    pub differences: Vec<Difference>,
    /// Whether the parts that were switched make up the whole: the first model with all of them gives the second's
    /// results.
    pub complete: bool,
}

/// One number that differs.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What it is of.
    pub what: What,
    /// In the first scenario; `None` without a value.
    pub first: Option<f64>,
    /// In the second.
    pub second: Option<f64>,
    /// |second − first| ÷ yardstick; infinite where only one has a value.
    pub weight: f64,
    /// The first year in which the two differ.
    pub since: i32,
    /// What is behind it, the largest part first.
    pub causes: Vec<Cause>,
}

/// A part of the model that moves a number.
#[derive(Clone, Debug)]
pub struct Cause {
    /// What is switched.
    pub lever: Lever,
    /// Change of the number when the first scenario takes over this part alone.
    pub alone: f64,
    /// Change of the number when the second scenario gets this part last.
    pub last: f64,
    /// The market through which it acts on materials.
    pub market: Option<MarketId>,
}

/// A year that the comparison needs has no answer: whether it is the second scenario's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsolved {
    /// 0 the first scenario, 1 the second.
    pub scenario: usize,
}

/// Compares two models of one structure in a year.
///
/// # Errors
/// When one of them has no answer up to that year.
/// Complexity: two runs a part that differs, and two a project that comes on stream at another time.
pub fn compare(
    plan: &Plan,
    definitions: &[Definition],
    models: [&Model; 2],
    year: i32,
) -> Result<Comparison, Unsolved> {
    let study = Study { plan, definitions, year };
    let levers = between(models[0], models[1]);
    let money = models.map(|model| fund(model, &FundingOptions::of(model)));
    let mut by_year = [BTreeMap::new(), BTreeMap::new()];
    for (scenario, model) in models.into_iter().enumerate() {
        by_year[scenario] = study.all_years(model, &money[scenario]);
        if !by_year[scenario].contains_key(&year) {
            return Err(Unsolved { scenario });
        }
    }
    let [first, second] = [&by_year[0][&year], &by_year[1][&year]];
    let yardsticks = Yardsticks::of(models[0], &plan.network, definitions, [first, second]);
    let mut differences = differing(&by_year, year, &yardsticks);
    differences.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.what.cmp(&b.what)));
    let schedules = money.map(|outcome| outcome.schedule);
    let switched = study.switched(models, &schedules, &levers);
    for difference in &mut differences {
        difference.causes = causes(difference, &switched, [first, second]);
        for cause in &mut difference.causes {
            cause.market = market_of(plan, models, &cause.lever);
        }
    }
    let complete = study.is_complete(models, &levers, second, &yardsticks);
    Ok(Comparison { year, levers, schedules, differences, complete })
}

struct Study<'a> {
    plan: &'a Plan,
    definitions: &'a [Definition],
    year: i32,
}

/// A part that was switched, with the numbers of the first scenario that takes it and of the second that lacks it.
struct Switched {
    lever: Lever,
    with: Quantities,
    without: Quantities,
}

impl Study<'_> {
    /// All numbers of every year up to the compared one that has an answer.
    fn all_years(&self, model: &Model, money: &FundingOutcome) -> BTreeMap<i32, Quantities> {
        let until = Model { settings: self.settings(model), ..model.clone() };
        let trajectory = simulate::run_quietly(self.plan, &until, &money.schedule);
        let network = &self.plan.network;
        let values = indicators::appraise(self.definitions, &until, network, &trajectory, &money.schedule);
        let of_year = |year: &simulate::YearResult| {
            let mut all = of_materials(network, year, &values);
            let gaps = gaps::at(model, money, Month::december(year.year));
            all.extend(of_money(&gaps, &money.schedule, year.year));
            (year.year, all)
        };
        trajectory.years.iter().map(of_year).collect()
    }

    /// The settings up to the compared year: later years change nothing of it.
    fn settings(&self, model: &Model) -> crate::model::Settings {
        crate::model::Settings { horizon: self.year, ..model.settings.clone() }
    }

    /// The numbers of materials of a model under a schedule; empty without an answer.
    fn materials(&self, mut model: Model, schedule: &[ProjectSchedule]) -> Quantities {
        model.settings = self.settings(&model);
        let trajectory = simulate::run_quietly(self.plan, &model, schedule);
        let network = &self.plan.network;
        let Some(year) = trajectory.years.iter().find(|year| year.year == self.year) else {
            return Quantities::new();
        };
        let values = indicators::appraise(self.definitions, &model, network, &trajectory, schedule);
        of_materials(network, year, &values)
    }

    /// The numbers of money of a model.
    fn money(&self, model: &Model) -> Quantities {
        let outcome = fund(model, &FundingOptions::of(model));
        let gaps = gaps::at(model, &outcome, Month::december(self.year));
        of_money(&gaps, &outcome.schedule, self.year)
    }

    /// Every part switched alone: parts of the money for what is said of money, months on stream and parts of the
    /// material side for what is said of materials.
    fn switched(
        &self,
        models: [&Model; 2],
        schedules: &[Vec<ProjectSchedule>; 2],
        levers: &[Lever],
    ) -> Vec<Switched> {
        let [a, b] = models;
        let hybrid = |into: &Model, from: &Model, lever: &Lever| {
            let mut model = into.clone();
            switch(lever, &mut model, from);
            model
        };
        let of_money: Vec<Switched> = levers
            .par_iter()
            .filter(|lever| lever.is_money())
            .map(|lever| Switched {
                lever: lever.clone(),
                with: self.money(&hybrid(a, b, lever)),
                without: self.money(&hybrid(b, a, lever)),
            })
            .collect();
        let december = Month::december(self.year);
        let within = |month: Option<Month>| month.filter(|month| *month <= december);
        let moved = a.projects.ids().filter(|id| {
            let [first, second] = [&schedules[0], &schedules[1]].map(|s| within(s[id.index()].on_stream));
            first != second
        });
        let material = levers.iter().filter(|lever| lever.is_material()).cloned();
        let material: Vec<Lever> = moved.map(Lever::OnStream).chain(material).collect();
        let of_materials: Vec<Switched> = material
            .into_par_iter()
            .map(|lever| {
                let [with, without] = match lever {
                    Lever::OnStream(project) => {
                        let of = |into: usize| mixed(&schedules[into], &schedules[1 - into], project);
                        [self.materials(a.clone(), &of(0)), self.materials(b.clone(), &of(1))]
                    }
                    _ => [
                        self.materials(hybrid(a, b, &lever), &schedules[0]),
                        self.materials(hybrid(b, a, &lever), &schedules[1]),
                    ],
                };
                Switched { lever, with, without }
            })
            .collect();
        of_money.into_iter().chain(of_materials).collect()
    }

    /// Whether the first model with every part of the second's gives the second's numbers.
    fn is_complete(
        &self,
        models: [&Model; 2],
        levers: &[Lever],
        second: &Quantities,
        yardsticks: &Yardsticks<'_>,
    ) -> bool {
        let mut model = models[0].clone();
        levers.iter().for_each(|lever| switch(lever, &mut model, models[1]));
        let money = fund(&model, &FundingOptions::of(&model));
        let years = self.all_years(&model, &money);
        years.get(&self.year).is_some_and(|found| {
            let same = |(what, value): (&What, &f64)| {
                second.get(what).is_some_and(|other| (other - value).abs() <= NONE * yardsticks.get(*what))
            };
            found.len() == second.len() && found.iter().all(same)
        })
    }
}

/// A schedule with one project's entry of another.
fn mixed(into: &[ProjectSchedule], from: &[ProjectSchedule], project: ProjectId) -> Vec<ProjectSchedule> {
    let mut schedule = into.to_vec();
    schedule[project.index()] = from[project.index()];
    schedule
}

fn differing(
    by_year: &[BTreeMap<i32, Quantities>; 2],
    year: i32,
    yardsticks: &Yardsticks<'_>,
) -> Vec<Difference> {
    let weight = |what: What, first: Option<f64>, second: Option<f64>| match (first, second) {
        (Some(first), Some(second)) => {
            let yardstick = yardsticks.get(what);
            if first == second || yardstick <= 0.0 { 0.0 } else { (second - first).abs() / yardstick }
        }
        (None, None) => 0.0,
        _ => f64::INFINITY,
    };
    let of = |scenario: usize, year: i32, what: What| by_year[scenario].get(&year)?.get(&what).copied();
    let mut all: Vec<What> = by_year.iter().flat_map(|years| years[&year].keys().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let difference = |what: What| {
        let (first, second) = (of(0, year, what), of(1, year, what));
        let weight_now = weight(what, first, second);
        let differs = |at: &&i32| weight(what, of(0, **at, what), of(1, **at, what)) > NONE;
        let since = by_year[0].keys().find(differs).copied().unwrap_or(year);
        (weight_now > NONE).then(|| Difference {
            what,
            first,
            second,
            weight: weight_now,
            since,
            causes: Vec::new(),
        })
    };
    all.into_iter().filter_map(difference).collect()
}

/// What moves a number, the largest part first.
fn causes(difference: &Difference, switched: &[Switched], runs: [&Quantities; 2]) -> Vec<Cause> {
    let what = difference.what;
    let (Some(first), Some(second)) = (runs[0].get(&what), runs[1].get(&what)) else { return Vec::new() };
    let part = |switched: &Switched| {
        let alone = switched.with.get(&what)? - first;
        let last = second - switched.without.get(&what)?;
        let large = alone.abs().max(last.abs()) >= SLIGHT * (second - first).abs();
        large.then(|| Cause { lever: switched.lever.clone(), alone, last, market: None })
    };
    let mut causes: Vec<Cause> = switched.iter().filter_map(part).collect();
    let size = |cause: &Cause| (cause.alone + cause.last).abs();
    causes.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.lever.cmp(&b.lever)));
    causes.truncate(CAUSES);
    causes
}

/// The market through which a part acts: that of the feed its process takes, else of what it makes on call, else of
/// its reference; of demand and market rules the city's own.
fn market_of(plan: &Plan, models: [&Model; 2], lever: &Lever) -> Option<MarketId> {
    let model = models[0];
    let of_process = |process: ProcessId| {
        let record = &model.processes[process];
        let rows = [record.taken(), record.called, Some(record.reference)];
        rows.into_iter().flatten().find_map(|row| plan.network.trades[process.index()][row])
    };
    match lever {
        Lever::OnStream(project) | Lever::Project(project) => {
            let of = |target: &EffectTarget| match target {
                EffectTarget::Capacity(process)
                | EffectTarget::Coefficient(process, _)
                | EffectTarget::Level(process) => of_process(*process),
                EffectTarget::InUse(stock) => of_process(model.stocks[*stock].leaves),
                EffectTarget::Statistic(..) => None,
            };
            model.projects[*project].effects.iter().find_map(|effect| of(&effect.target))
        }
        Lever::Activity(_, process) | Lever::Process(process) => of_process(*process),
        Lever::Stock(stock) => of_process(model.stocks[*stock].leaves),
        Lever::Demand(material) | Lever::Market(material) => {
            let is_root =
                |market: &crate::model::Market| market.material == *material && market.place == Places::ROOT;
            plan.network.markets.find(is_root).map(|(id, _)| id)
        }
        _ => None,
    }
}
