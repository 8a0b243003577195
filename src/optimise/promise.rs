//! What was promised beside what the simulation gives, and what makes the difference: when projects come on stream, and
//! who gets the material.

use super::judge::{Judge, recovers};
use super::lexicographic::{GIVEN_UP, told};
use super::offers::{Mix, Offer, Start};
use super::programme::{Effects, Programme, Reference};
use super::question::Objective;
use super::solver::{Outcome, Relation};
use crate::id::{Id, MarketId};
use crate::model::Places;

/// A figure that was promised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// In the programme: free allocation, planned months.
    pub promised: f64,
    /// Free allocation in the months that the money allows.
    pub in_time: f64,
    /// Simulated: allocation by the rules of the market, months that the money allows.
    pub simulated: f64,
}

impl Figure {
    /// What later months take from the promise.
    #[must_use]
    pub fn timing(&self) -> f64 {
        self.in_time - self.promised
    }

    /// What allocation by the rules takes from it.
    #[must_use]
    pub fn allocation(&self) -> f64 {
        self.simulated - self.in_time
    }
}

/// Waste recovered out of one market in one year, t.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarketFigure {
    /// Market.
    pub market: MarketId,
    /// Year.
    pub year: i32,
    /// Tonnes.
    pub figure: Figure,
}

/// A promise kept or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// By goal, the indicator in the definition's unit; `None` where it is not computable.
    pub goals: Vec<Option<Figure>>,
    /// Waste recovered, by market and year, where it is any.
    pub markets: Vec<MarketFigure>,
    /// Waste recovered over all years that are in the programme, t.
    pub tonnes: Figure,
}

/// Compares the values that the programme promises for a mix with its simulation.
///
/// # Errors
/// Recipes that do not close, as [`Effects::of`].
pub fn compare(
    judge: &Judge<'_>,
    programme: &Programme,
    values: &[f64],
    mix: &Mix,
) -> Result<Promise, Vec<crate::diagnostic::Diagnostic>> {
    let funding = judge.fund(mix);
    let trajectory = judge.simulate(&funding.schedule);
    let reached = judge.judge(mix);
    // The same projects, on stream when the money allows, and no other choice.
    let offers: Vec<Offer> = judge
        .offers
        .iter()
        .zip(&funding.schedule)
        .map(|(offer, schedule)| {
            let start = schedule.start.zip(schedule.on_stream);
            let start = start.map(|(month, on_stream)| Start { delay: 0, month, on_stream });
            Offer {
                starts: start.into_iter().collect(),
                need: crate::money::Fen::ZERO,
                payers: Vec::new(),
                grants: Vec::new(),
                refused: None,
                lacks: None,
                ..offer.clone()
            }
        })
        .collect();
    let mut question = judge.question.clone();
    question.rules.clear();
    question.objectives.clear();
    question.counts_targets = false;
    question.goals.iter_mut().for_each(|goal| goal.hard = false);
    let again = Judge::new(
        judge.model,
        judge.plan,
        judge.definitions(),
        &question,
        judge.options.clone(),
        judge.purse,
        &offers,
    );
    let starts: Vec<Vec<Start>> = offers.iter().map(|offer| offer.starts.clone()).collect();
    let effects = Effects::of(judge.model, judge.plan, &starts)?;
    let reference = Reference { schedule: funding.schedule.clone(), trajectory };
    let worst = vec![f64::INFINITY; question.goals.len()];
    let mut in_time = Programme::new(&again, &effects, &reference, &worst);
    let mut held = vec![0.0; in_time.problem.columns()];
    for column in in_time.chosen.iter().flatten() {
        column.put(&mut held, 1.0);
    }
    // What was promised was the best of what was asked for: so is this.
    for objective in &judge.question.objectives {
        if matches!(objective, Objective::Shortfall | Objective::Tonnes) {
            held = as_good_as_can_be(&mut in_time, *objective, held);
        }
    }
    let in_time_values = told(&in_time, &held);
    let goals = (0..judge.question.goals.len()).map(|goal| {
        let scale = judge.definitions()[judge.question.goals[goal].definition].scale;
        Some(Figure {
            promised: programme.value_of(goal, values, scale)?,
            in_time: in_time.value_of(goal, &in_time_values, scale)?,
            simulated: reached.goals[goal].value?,
        })
    });
    let goals = goals.collect();
    let markets = markets(judge, (programme, values), (&in_time, &in_time_values), &reference);
    let sum = |pick: fn(&Figure) -> f64| markets.iter().map(|of| pick(&of.figure)).sum();
    let tonnes = Figure {
        promised: sum(|figure| figure.promised),
        in_time: sum(|figure| figure.in_time),
        simulated: sum(|figure| figure.simulated),
    };
    Ok(Promise { goals, markets, tonnes })
}

/// The best of an objective with the choice held; a row holds it from then on.
fn as_good_as_can_be(programme: &mut Programme, objective: Objective, held: Vec<f64>) -> Vec<f64> {
    let cost = programme.cost(objective);
    let scale = programme.scales[objective as usize];
    let mut problem = programme.problem.held(&held);
    cost.minimise(&mut problem, scale);
    let Outcome::Optimal(best) = problem.solve() else { return held };
    let limit = cost.value(&best.values) + GIVEN_UP * scale;
    cost.row(&mut programme.problem, Relation::AtMost, limit, scale);
    best.values
}

fn markets(
    judge: &Judge<'_>,
    promised: (&Programme, &[f64]),
    in_time: (&Programme, &[f64]),
    reference: &Reference,
) -> Vec<MarketFigure> {
    let network = &judge.plan.network;
    let mut found: Vec<MarketFigure> = Vec::new();
    for result in &reference.trajectory.years {
        let year = result.year;
        let of_year = |of: &Programme| of.years.iter().position(|(at, _)| *at == year);
        let (Some(first), Some(second)) = (of_year(promised.0), of_year(in_time.0)) else { continue };
        for (id, arc) in network.arcs.enumerate() {
            let Some(factor) = recovers(judge.model, arc) else { continue };
            let Some(market) = arc.row.and_then(|(process, row)| network.trades[process.index()][row]) else {
                continue;
            };
            let flow = |of: &Programme, at: usize, values: &[f64]| {
                of.years[at].1.flow(judge.plan, arc).value(values) * factor
            };
            let figure = Figure {
                promised: flow(promised.0, first, promised.1),
                in_time: flow(in_time.0, second, in_time.1),
                simulated: result.flows[id.index()] * factor,
            };
            match found.iter_mut().find(|of| of.market == market && of.year == year) {
                Some(known) => {
                    known.figure.promised += figure.promised;
                    known.figure.in_time += figure.in_time;
                    known.figure.simulated += figure.simulated;
                }
                None => found.push(MarketFigure { market, year, figure }),
            }
        }
    }
    let root = |market: MarketId| network.markets[market].place != Places::ROOT;
    found.sort_by_key(|of| (of.year, root(of.market), of.market));
    found
}
