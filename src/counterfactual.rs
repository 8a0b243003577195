//! What the missing county money costs: the same scenario with the county duties met.
//!
//! The same scenario is run with every subset of the counties that owe paying their duties, under every
//! state of the two assumptions that carry the answer: whether matching rules are applied, and how much
//! owners bridge. Nothing else is mended.

mod sentence;
mod shapley;

pub use sentence::sentence;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::calendar::Month;
use crate::funding::{FundingOptions, ProjectSchedule, fund};
use crate::id::{PlaceId, ProjectId};
use crate::model::{Model, PlaceKind};
use crate::money::Ppm;

/// Id of the composite (main wastes, five equal fifths) among the shipped definitions.
pub const COMPOSITE: &str = "ce2017-02";
/// Id of the rate of general industrial solid waste.
pub const SOLID_WASTE: &str = "ce2017-07";

/// What a run of the years is measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measured {
    /// General industrial solid waste used in the city over the horizon, tonnes.
    pub tonnes: Option<f64>,
    /// The composite of the city in the last year, as a share (0.65 is 65 points).
    pub composite: Option<f64>,
    /// The solid-waste rate of the city in the last year, as a share.
    pub solid_waste: Option<f64>,
}

/// What a cost is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Project-months on stream lost within the horizon.
    ProjectMonths,
    /// Tonnes of general industrial solid waste not used, over the horizon.
    Tonnes,
    /// Points (percentage points) of the composite rate of the city in the last year.
    CompositePoints,
    /// Points of the solid-waste rate of the city in the last year.
    SolidWastePoints,
}

impl Measure {
    /// All measures, in the order of the table.
    pub const ALL: [Self; 4] =
        [Self::ProjectMonths, Self::Tonnes, Self::CompositePoints, Self::SolidWastePoints];
}

/// The bridge shares of the table: every owner's own share as the tables give it, which is the scenario as it
/// stands; then for comparison the same for all owners: nothing, up to 30 % of the investment, all of it.
pub const BRIDGES: [Option<Ppm>; 4] = [None, Some(Ppm(0)), Some(Ppm(300_000)), Some(Ppm::ONE)];

/// Cost of one county's missing money, in one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct CountyCost {
    /// County unit.
    pub county: PlaceId,
    /// Gain if this county alone paid.
    pub alone: f64,
    /// Shapley share of the total; may be negative.
    pub shapley: f64,
}

/// What the measure is worth when some counties pay on time and the others stay as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// The counties that pay, in the order of places.
    pub paying: Vec<PlaceId>,
    /// The measure's value, in its unit.
    pub value: f64,
}

/// When a project comes on stream as things stand, and had all counties paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay {
    /// The project.
    pub project: ProjectId,
    /// First month on stream as things stand; `None` when there is none within the horizon.
    pub as_it_is: Option<Month>,
    /// The same had all counties paid.
    pub paid: Option<Month>,
    /// Project-months on stream lost within the horizon; negative where it comes earlier as things stand.
    pub months: i64,
}

/// One line of the table: a state of the assumptions and a measure.
#[derive(Clone, Debug, PartialEq)]
pub struct GapCost {
    /// Whether the matching rules are applied.
    pub matching: bool,
    /// Bridge share of all owners in this line of the table; `None` each owner's own.
    pub bridge: Option<Ppm>,
    /// Measure.
    pub measure: Measure,
    /// Gain if all counties paid; `None` when the measure is not computable.
    pub total: Option<f64>,
    /// Whether the total is a lower bound (a project never comes on stream within the horizon).
    pub at_least: bool,
    /// By county that owes a duty, in the order of places; empty when the total is not computable.
    pub counties: Vec<CountyCost>,
    /// What the figures are differences of: the value for every set of paying counties that was run, none first and
    /// all last; empty when the total is not computable.
    pub worth: Vec<Worth>,
    /// Of project-months: the projects whose first month differs, in the model's order; of other measures empty.
    pub delays: Vec<Delay>,
}

/// The county units that owe a duty, in the order of places.
#[must_use]
pub fn owing_counties(model: &Model) -> Vec<PlaceId> {
    let owes = |place: &PlaceId| {
        model.places[*place].kind == PlaceKind::County && model.duties.iter().any(|duty| duty.place == *place)
    };
    model.places.ids().filter(owes).collect()
}

/// The cost of the missing county money of a scenario, as a table: matching rule off and on × bridge as
/// given, 0, 30 and 100 % × the four measures, in this order; empty when no county owes anything.
///
/// `run` is what the years yield for a schedule (by project); it is called once for every schedule that
/// differs in a month on stream, in parallel, and must give the same for the same schedule.
/// Complexity: 8 · 2ⁿ money passes for n ≤ 8 counties, then 8 · (200 n + 2) at most, and as many calls of
/// `run` as schedules differ. Equations: docs/equations.md, E-money-10 and E-money-11.
#[must_use]
pub fn cost_of_gap(model: &Model, run: &(dyn Fn(&[ProjectSchedule]) -> Measured + Sync)) -> Vec<GapCost> {
    let counties = owing_counties(model);
    if counties.is_empty() {
        return Vec::new();
    }
    let game = shapley::Game::new(counties.len(), model.settings.seed);
    let states: Vec<(bool, Option<Ppm>)> =
        [false, true].into_iter().flat_map(|matching| BRIDGES.map(|bridge| (matching, bridge))).collect();
    let coalitions = game.coalitions();
    let cases: Vec<(bool, Option<Ppm>, &shapley::Coalition)> = states
        .iter()
        .flat_map(|&(matching, bridge)| coalitions.iter().map(move |c| (matching, bridge, c)))
        .collect();
    let schedules: Vec<Vec<ProjectSchedule>> = cases
        .par_iter()
        .map(|&(matching, bridge, coalition)| {
            let paying = counties.iter().zip(coalition).filter(|(_, pays)| **pays);
            let counties_pay = paying.map(|(&county, _)| county).collect();
            fund(model, &FundingOptions { matching, bridge, counties_pay }).schedule
        })
        .collect();
    let values = measure_all(model, &schedules, run);

    let mut table = Vec::with_capacity(states.len() * Measure::ALL.len());
    for (state, &(matching, bridge)) in states.iter().enumerate() {
        let of_state = state * coalitions.len()..(state + 1) * coalitions.len();
        let (none, all) = (&schedules[of_state.start], &schedules[of_state.end - 1]);
        let never = none.iter().zip(all).any(|(n, a)| n.on_stream.is_none() && a.on_stream.is_some());
        for (position, measure) in Measure::ALL.into_iter().enumerate() {
            let worth: Option<Vec<f64>> = values[of_state.clone()].iter().map(|v| v[position]).collect();
            let over_horizon = matches!(measure, Measure::ProjectMonths | Measure::Tonnes);
            let at_least = never && over_horizon;
            let mut line = GapCost::unknown(matching, bridge, measure, at_least);
            if measure == Measure::ProjectMonths {
                line.delays = delays(model, none, all);
            }
            if let Some(worth) = worth {
                line.share(&game, &counties, &worth);
            }
            table.push(line);
        }
    }
    table
}

impl GapCost {
    /// A line whose measure is not known yet.
    fn unknown(matching: bool, bridge: Option<Ppm>, measure: Measure, at_least: bool) -> Self {
        let (counties, worth, delays) = (Vec::new(), Vec::new(), Vec::new());
        Self { matching, bridge, measure, total: None, at_least, counties, worth, delays }
    }

    /// Fills in total, shares and what they come from, given the measure for every coalition of the game.
    fn share(&mut self, game: &shapley::Game, counties: &[PlaceId], worth: &[f64]) {
        let shares = game.shares(worth);
        self.total = Some(shares.total);
        self.counties = (counties.iter().zip(shares.alone).zip(shares.shapley))
            .map(|((&county, alone), shapley)| CountyCost { county, alone, shapley })
            .collect();
        let paying = |coalition: &shapley::Coalition| {
            counties.iter().zip(coalition).filter(|(_, pays)| **pays).map(|(&county, _)| county).collect()
        };
        self.worth = (game.coalitions().iter().zip(worth))
            .map(|(coalition, &value)| Worth { paying: paying(coalition), value })
            .collect();
    }
}

/// The projects whose first month on stream differs.
fn delays(model: &Model, none: &[ProjectSchedule], all: &[ProjectSchedule]) -> Vec<Delay> {
    let horizon = model.settings.horizon;
    let months = |schedule: &ProjectSchedule| i64::from(schedule.months_on_stream_until(horizon));
    let of = |((project, none), all): ((ProjectId, &ProjectSchedule), &ProjectSchedule)| {
        (none.on_stream != all.on_stream).then(|| Delay {
            project,
            as_it_is: none.on_stream,
            paid: all.on_stream,
            months: months(all) - months(none),
        })
    };
    model.projects.ids().zip(none).zip(all).filter_map(of).collect()
}

/// The four measures of every schedule; the years are run once for every distinct vector of months on stream.
fn measure_all(
    model: &Model,
    schedules: &[Vec<ProjectSchedule>],
    run: &(dyn Fn(&[ProjectSchedule]) -> Measured + Sync),
) -> Vec<[Option<f64>; 4]> {
    let on_stream = |s: &[ProjectSchedule]| -> Vec<Option<Month>> { s.iter().map(|p| p.on_stream).collect() };
    let distinct: BTreeMap<Vec<Option<Month>>, &[ProjectSchedule]> =
        schedules.iter().rev().map(|s| (on_stream(s), s.as_slice())).collect();
    let to_run: Vec<&[ProjectSchedule]> = distinct.values().copied().collect();
    let measured: Vec<Measured> = to_run.par_iter().map(|schedule| run(schedule)).collect();
    let known: BTreeMap<Vec<Option<Month>>, Measured> = distinct.into_keys().zip(measured).collect();
    let value = |schedule: &Vec<ProjectSchedule>| {
        let months: u32 = schedule.iter().map(|p| p.months_on_stream_until(model.settings.horizon)).sum();
        let measured = known[&on_stream(schedule)];
        let points = |share: Option<f64>| share.map(|share| share * 100.0);
        [Some(f64::from(months)), measured.tonnes, points(measured.composite), points(measured.solid_waste)]
    };
    schedules.iter().map(value).collect()
}
