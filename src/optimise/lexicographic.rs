//! Objectives one after the other: the first as good as can be, then the second without giving up the first, and so on.

use super::effort::{Effort, Status, best_answer};
use super::offers::Mix;
use super::programme::Programme;
use super::question::Objective;
use super::solver::{Answer, Outcome, Relation};

/// One objective, answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Objective.
    pub objective: Objective,
    /// How it ended.
    pub status: Status,
    /// Value in the programme.
    pub value: f64,
    /// No mix that keeps the stages before is better than this; infinite where nothing is known.
    pub bound: f64,
}

impl Stage {
    /// How far the value is from the bound, as a share of the larger of the two.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let scale = self.value.abs().max(self.bound.abs());
        let apart = self.objective.cost(self.value) - self.objective.cost(self.bound);
        if scale > 0.0 { (apart / scale).max(0.0) } else { 0.0 }
    }
}

/// A choice with what is proven of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The mix.
    pub mix: Mix,
    /// By objective.
    pub stages: Vec<Stage>,
    /// Values of all columns, with the choice held.
    pub values: Vec<f64>,
}

/// How a question ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// With a choice.
    Chosen(Choice),
    /// No mix keeps all that has to hold.
    Infeasible,
    /// The solver had to give up, with its words.
    Failed(String),
}

/// What later objectives may give up of an earlier one, as a share of its scale: rounding, no more.
pub(super) const GIVEN_UP: f64 = 1e-6;

/// Solves the objectives one after the other.
///
/// `start` is a mix from which the search begins. The rows that hold earlier objectives stay in the programme.
#[must_use]
pub fn solve(
    programme: &mut Programme,
    objectives: &[Objective],
    effort: &Effort,
    start: Option<&Mix>,
) -> Ending {
    let mut stages = Vec::new();
    let mut best: Option<Answer> = None;
    let mut from = start.map(|mix| programme.start(mix)).unwrap_or_default();
    for &objective in objectives {
        let cost = programme.cost(objective);
        let scale = programme.scales[objective as usize];
        cost.minimise(&mut programme.problem, scale);
        // What the costs leave out stands apart.
        let whole = |cost_of_columns: f64| objective.cost(cost_of_columns * scale + cost.constant);
        let (claimed, status) = match best_answer(programme, effort, &from) {
            Ok(found) => found,
            Err(Outcome::Infeasible) => return Ending::Infeasible,
            Err(Outcome::Unbounded) => return Ending::Failed("unbounded".to_owned()),
            Err(Outcome::Failed(words)) => return Ending::Failed(words),
            Err(_) => return Ending::Failed("limit".to_owned()),
        };
        // The claim is not believed: with the choice held, the rest is solved again.
        let (answer, status) = match programme.problem.held(&claimed.values).solve() {
            Outcome::Optimal(held) => {
                let confirmed = held.objective <= claimed.objective + 1e-6 * claimed.objective.abs().max(1.0);
                let status = match status {
                    Status::Proven if !confirmed => Status::Unconfirmed,
                    other => other,
                };
                (Answer { bound: claimed.bound.min(held.objective), ..held }, status)
            }
            _ => match best.take() {
                // The solver's rounding let it break a row: what stood before keeps standing.
                Some(before) => {
                    let objective = cost_of(&before, programme, objective);
                    (Answer { objective, bound: claimed.bound, ..before }, Status::Unconfirmed)
                }
                None => {
                    return Ending::Failed("the choice breaks a row within the solver's rounding".to_owned());
                }
            },
        };
        let mut bound = answer.bound;
        if !bound.is_finite()
            && let Outcome::Optimal(relaxed) = programme.problem.relaxed().solve()
        {
            // The search was cut off before it had a bound: projects taken in parts give one.
            bound = relaxed.objective;
        }
        let bound = whole(bound.min(answer.objective));
        stages.push(Stage { objective, status, value: whole(answer.objective), bound });
        let room = GIVEN_UP * answer.objective.abs().max(1.0);
        let limit = (answer.objective + room) * scale + cost.constant;
        cost.row(&mut programme.problem, Relation::AtMost, limit, scale);
        let whole = programme.problem.whole_columns();
        from = whole.map(|column| (column, column.of(&answer.values).round())).collect();
        best = Some(answer);
    }
    match best {
        Some(answer) => {
            let mix = programme.mix(&answer.values);
            let values = told(programme, &answer.values);
            Ending::Chosen(Choice { mix, stages, values })
        }
        None => Ending::Failed("no objective".to_owned()),
    }
}

/// What is promised of an answer, by column: with the choice and all that was reached held, targets are missed by as
/// little as can be, and then materials are allocated at least cost. Objectives leave much of a year open, and what they
/// leave open should not be told as it happens to fall.
#[must_use]
pub fn told(programme: &Programme, values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    let mut problem = programme.problem.held(&values);
    let shortfall = programme.cost(Objective::Shortfall);
    shortfall.minimise(&mut problem, 1.0);
    if let Outcome::Optimal(least) = problem.solve() {
        let limit = shortfall.value(&least.values) + GIVEN_UP;
        shortfall.row(&mut problem, Relation::AtMost, limit, 1.0);
        problem.clear_costs();
        for (column, cost) in &programme.allocation {
            problem.add_cost(*column, *cost);
        }
        values = match problem.solve() {
            Outcome::Optimal(cheapest) => cheapest.values,
            _ => least.values,
        };
    }
    values
}

/// Scaled cost of an objective's columns in an answer.
fn cost_of(answer: &Answer, programme: &Programme, objective: Objective) -> f64 {
    let cost = programme.cost(objective);
    (cost.value(&answer.values) - cost.constant) / programme.scales[objective as usize]
}
