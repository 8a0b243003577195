//! The choice of projects as a linear programme with whole columns: which project starts when, under the funds and rules
//! there are, over the model's own network in the years that count (E-O1 to E-O9 of docs/equations/optimise.md).
//!
//! The programme allocates materials freely and lets the owner of money wait for nobody, so that what is simulated is
//! one of its points, as far as `docs/optimise.md` says: its optimum bounds every simulated mix.

mod goals;
mod money;
mod projects;
mod years;

pub use years::Effects;

use super::dispatch::YearColumns;
use super::form::Form;
use super::judge::Judge;
use super::offers::Mix;
use super::question::Objective;
use super::solver::{Column, Outcome, Problem};
use crate::funding::ProjectSchedule;
use crate::id::FundId;
use crate::simulate::Trajectory;
use rayon::prelude::*;
use std::ops::Range;

/// What a set of rows stands for, in the planner's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// A hard target, by position of the goal.
    Goal(usize),
    /// The money of a fund.
    Fund(FundId),
    /// A relation of projects, by position.
    Relation(usize),
    /// A rule of choosing, by position in the question.
    Rule(usize),
    /// The limit on all grants.
    MostPublic,
}

/// A mix that was simulated: where what is not linear is looked at.
#[derive(Clone, Debug)]
pub struct Reference {
    /// When projects come on stream.
    pub schedule: Vec<ProjectSchedule>,
    /// The years.
    pub trajectory: Trajectory,
}

/// A goal in the programme.
#[derive(Clone, Debug)]
pub struct GoalColumns {
    /// 1 where it is met; `None` where nobody counts targets.
    pub met: Option<Column>,
    /// Shortfall, as a share of the target; `None` for a hard one and for what cannot be computed.
    pub shortfall: Option<Column>,
    /// The indicator's numerator and denominator, in the unit of its formula; the denominator is 1 of an affine one.
    pub value: Option<(Form, Form)>,
    /// Whether the forms are exact, or right at the reference and near it.
    pub exact: bool,
    /// The least shortfall that any choice could come to, were projects divisible; 0 where it can be met.
    pub least: f64,
    /// What a shortfall of 1 is in the unit of the numerator.
    pub scale: f64,
}

/// The programme of a question.
#[derive(Clone, Debug)]
pub struct Programme {
    /// Rows and columns.
    pub problem: Problem,
    /// By offer and start, 1 where chosen.
    pub chosen: Vec<Vec<Column>>,
    /// By goal.
    pub goals: Vec<GoalColumns>,
    /// Objectives, in the order of [`Objective::ALL`].
    pub objectives: Vec<Form>,
    /// Scales of the objectives, > 0.
    pub scales: [f64; 6],
    /// The years that are in it.
    pub years: Vec<(i32, YearColumns)>,
    /// What allocating costs, by column: decides what the objectives leave open.
    pub allocation: Vec<(Column, f64)>,
    /// Rows of the years: they can be kept whatever is chosen.
    pub firm: Range<usize>,
    /// 10⁴ yuan that are 1 in rows of money: the largest grant.
    pub purse_unit: f64,
    /// Rows by what they stand for.
    pub groups: Vec<(Group, Vec<usize>)>,
}

impl Programme {
    /// Puts a question into rows, near a simulated mix. `worst` holds, by goal, the greatest shortfall that is allowed.
    /// Complexity O(years × recipe rows + projects × starts × effects).
    #[must_use]
    pub fn new(judge: &Judge<'_>, effects: &Effects, reference: &Reference, worst: &[f64]) -> Self {
        let mut programme = Self {
            problem: Problem::default(),
            chosen: Vec::new(),
            goals: Vec::new(),
            objectives: Vec::new(),
            scales: [1.0; 6],
            years: Vec::new(),
            allocation: Vec::new(),
            firm: 0..0,
            purse_unit: money::unit(judge),
            groups: Vec::new(),
        };
        projects::add(&mut programme, judge);
        money::add(&mut programme, judge);
        let from = programme.problem.rows().len();
        years::add(&mut programme, judge, effects);
        programme.firm = from..programme.problem.rows().len();
        goals::add(&mut programme, judge, reference, worst);
        programme
    }

    /// Finds for every target how near any choice could come to it, and settles that those out of reach are not met:
    /// what a target that cannot be met contributes to a relaxed count only blurs the bound. One linear programme a goal.
    pub fn reach(&mut self) {
        let relaxed = self.problem.relaxed();
        let least: Vec<Option<f64>> = self
            .goals
            .par_iter()
            .map(|goal| {
                let shortfall = goal.shortfall?;
                let mut problem = relaxed.clone();
                problem.clear_costs();
                problem.add_cost(shortfall, 1.0);
                match problem.solve() {
                    Outcome::Optimal(answer) => Some(answer.bound),
                    _ => None,
                }
            })
            .collect();
        for (goal, least) in self.goals.iter_mut().zip(least) {
            let Some(least) = least else { continue };
            // Rounding of the solver is no shortfall.
            goal.least = if least > 1e-7 { least } else { 0.0 };
            if goal.least > 0.0
                && let Some(met) = goal.met
            {
                self.problem.set_bounds(met, 0.0, 0.0);
            }
        }
    }

    /// Notes that the rows from a position on stand for something.
    fn group(&mut self, group: Group, from: usize) {
        let rows = (from..self.problem.rows().len()).collect::<Vec<usize>>();
        if rows.is_empty() {
            return;
        }
        match self.groups.iter_mut().find(|(of, _)| *of == group) {
            Some((_, known)) => known.extend(rows),
            None => self.groups.push((group, rows)),
        }
    }

    /// The mix of an answer.
    #[must_use]
    pub fn mix(&self, values: &[f64]) -> Mix {
        let starts = self.chosen.iter();
        starts.map(|starts| starts.iter().position(|column| column.of(values) > 0.5)).collect()
    }

    /// Values of the columns of starts for a mix.
    #[must_use]
    pub fn start(&self, mix: &Mix) -> Vec<(Column, f64)> {
        let of = |(starts, chosen): (&Vec<Column>, &Option<usize>)| -> Vec<(Column, f64)> {
            let value = |at: usize| if *chosen == Some(at) { 1.0 } else { 0.0 };
            starts.iter().enumerate().map(|(at, column)| (*column, value(at))).collect()
        };
        self.chosen.iter().zip(mix).flat_map(of).collect()
    }

    /// The form of an objective as a cost, less being better.
    #[must_use]
    pub fn cost(&self, objective: Objective) -> Form {
        let mut form = Form::default();
        let sign = if objective.is_more_better() { -1.0 } else { 1.0 };
        form.add(&self.objectives[objective as usize], sign);
        form
    }

    /// Value of a goal's indicator in an answer, in the unit of the definition of this scale.
    #[must_use]
    pub fn value_of(&self, goal: usize, values: &[f64], scale: f64) -> Option<f64> {
        let (above, below) = self.goals[goal].value.as_ref()?;
        let below = below.value(values);
        (below != 0.0).then(|| above.value(values) / below / scale)
    }
}
