//! A question with its answer: the one thing that reports are made of.

use super::conflict::Conflict;
use super::frontier;
use super::judge::Judged;
use super::lexicographic::Choice;
use super::offers::{Mix, Offer};
use super::promise::Promise;
use super::question::{Objective, Question};
use super::search::Found;
use crate::diagnostic::Findings;
use crate::economics::RecoveryCosts;
use crate::economics::returns::{Appraising, Return};
use crate::funding::FundingOutcome;
use crate::id::FundId;
use crate::indicators::Definition;
use crate::model::Model;
use crate::money::Fen;
use crate::plan::Plan;
use crate::simulate::Trajectory;
use std::sync::Arc;

/// A mix with what it comes to.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// Mix.
    pub mix: Mix,
    /// What it comes to.
    pub judged: Judged,
}

/// A point of the frontier, simulated.
#[derive(Clone, Debug)]
pub struct SimulatedPoint {
    /// The point of the programme.
    pub point: frontier::Point,
    /// What its mix comes to.
    pub judged: Judged,
}

/// The answer to a question.
#[derive(Debug)]
pub struct Chosen {
    /// What the solver found, with its proof.
    pub choice: Choice,
    /// Its mix, simulated.
    pub planned: Simulated,
    /// What local search on the simulator made of it.
    pub best: Found,
    /// Promise and simulation of the solver's mix.
    pub promise: Promise,
    /// The best of all mixes by trying each, where they are few.
    pub exhaustive: Option<Found>,
    /// Nearly as good, and different.
    pub alternatives: Vec<Simulated>,
    /// One objective against another.
    pub frontier: Vec<SimulatedPoint>,
    /// Whether a frontier was asked for and the solver found no end of it.
    pub no_frontier: bool,
    /// What more money buys.
    pub money: Vec<MoneyStep>,
    /// Mixes under all scenarios.
    pub regret: Option<Regret>,
    /// Money of the best mix.
    pub funding: FundingOutcome,
    /// Years of the best mix.
    pub trajectory: Trajectory,
    /// Assumptions under which projects are appraised.
    pub appraising: Appraising,
    /// What its projects return.
    pub returns: Vec<Return>,
    /// What recovering waste costs with it, in the last year.
    pub recovery: Option<RecoveryCosts>,
    /// Size of the programme: columns, of these whole ones that were open, rows.
    pub size: [usize; 3],
}

/// How a question was answered.
#[derive(Debug)]
pub enum Answered {
    /// With a mix.
    Chosen(Box<Chosen>),
    /// No mix keeps all that has to hold.
    Conflict(Conflict),
    /// The solver gave up, with its words.
    Failed(String),
}

/// A question with its answer.
#[derive(Debug)]
pub struct Optimised {
    /// Position of the scenario among the models.
    pub position: usize,
    /// Its model.
    pub model: Arc<Model>,
    /// Structure.
    pub plan: Plan,
    /// Definitions that goals need.
    pub definitions: Vec<Definition>,
    /// What was asked.
    pub question: Question,
    /// Projects as they can be chosen.
    pub offers: Vec<Offer>,
    /// By goal, the least shortfall that any choice could come to, and what a shortfall of 1 is in the numerator's unit.
    pub reach: Vec<(f64, f64)>,
    /// By goal, what it comes to without any project.
    pub without: Judged,
    /// The answer.
    pub answered: Answered,
    /// What is remarkable.
    pub findings: Findings,
}

/// What is put where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Puts {
    /// So many further steps of 100 wan in a fund.
    Further(FundId),
    /// What is owed to a fund is paid.
    Duty(FundId),
}

/// What an amount of money buys at best.
#[derive(Clone, Debug, PartialEq)]
pub struct MoneyStep {
    /// Where it is put.
    pub puts: Puts,
    /// Amount beyond what the tables give, fen; 0 for what there is.
    pub amount: Fen,
    /// Most targets that can be met; `None` where the solver had no answer.
    pub targets: Option<f64>,
    /// Least shortfall of the targets, in points: percent of the targets, summed.
    pub points: Option<f64>,
    /// Most waste recovered over the horizon, t.
    pub tonnes: Option<f64>,
}

/// Mixes under all scenarios. The first mixes are those that were asked about; then follows the best that was found for
/// each scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Regret {
    /// Positions of the scenarios among the models.
    pub scenarios: Vec<usize>,
    /// What it is counted in.
    pub objective: Objective,
    /// How many mixes were asked about.
    pub asked: usize,
    /// By scenario and mix, the value of the objective in the simulation.
    pub values: Vec<Vec<f64>>,
}

impl Regret {
    /// What a mix gives away in a scenario to the best of all mixes there; ≥ 0.
    #[must_use]
    pub fn regret(&self, scenario: usize, mix: usize) -> f64 {
        let costs = self.values[scenario].iter().map(|value| self.objective.cost(*value));
        let best = costs.fold(f64::INFINITY, f64::min);
        self.objective.cost(self.values[scenario][mix]) - best
    }

    /// The greatest regret of a mix.
    #[must_use]
    pub fn worst(&self, mix: usize) -> f64 {
        (0..self.scenarios.len()).map(|scenario| self.regret(scenario, mix)).fold(0.0, f64::max)
    }
}
