//! Which mix: from a model and a question to a choice with its proof, its simulation and its reasons.

mod money;
mod posed;
mod regret;

use super::{StudyOptions, base_scenario, compiled, in_pool, merge};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::economics::recovery_costs;
use crate::economics::returns::{Appraising, returns};
use crate::funding::FundingOptions;
use crate::input::Loaded;
use crate::model::{ChoiceRule, Model};
use crate::optimise::answer::{Answered, Chosen, Optimised, Simulated, SimulatedPoint};
use crate::optimise::conflict;
use crate::optimise::effort::Effort;
use crate::optimise::judge::Judge;
use crate::optimise::lexicographic::{Choice, Ending, solve};
use crate::optimise::offers::Mix;
use crate::optimise::programme::Programme;
use crate::optimise::promise;
use crate::optimise::question::Objective;
use crate::optimise::search;
use crate::optimise::{alternatives, frontier};
use crate::plan::Plan;
use posed::Posed;
use std::sync::Arc;

/// What the command asks beyond the model.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Position of the scenario among the models; `None` the base.
    pub scenario: Option<usize>,
    /// Objectives, the first first.
    pub objectives: Vec<Objective>,
    /// Which goals are hard: by indicator, place (`None` any) and year (`None` any).
    pub hard: Vec<(String, Option<String>, Option<i32>)>,
    /// Rules beside those of the tables.
    pub rules: Vec<ChoiceRule>,
    /// Whether grants may still be owed in the end.
    pub may_owe: bool,
    /// Most grants of public funds, yuan.
    pub most_public: Option<f64>,
    /// Nodes an objective; `None` by size.
    pub nodes: Option<u64>,
    /// Mixes that the local search simulates, about.
    pub runs: usize,
    /// Two objectives against each other, in how many steps.
    pub frontier: Option<(Objective, Objective, usize)>,
    /// How many alternatives, and within what share of the best.
    pub alternatives: (usize, f64),
    /// Whether the value of money is asked for.
    pub value_of_money: bool,
    /// Whether the mixes are run under all scenarios.
    pub regret: bool,
    /// Assumptions of the appraisal of projects.
    pub appraising: Appraising,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            scenario: None,
            objectives: vec![Objective::Targets, Objective::PublicMoney],
            hard: Vec::new(),
            rules: Vec::new(),
            may_owe: false,
            most_public: None,
            nodes: None,
            runs: 1_500,
            frontier: None,
            alternatives: (3, 0.02),
            value_of_money: false,
            regret: false,
            appraising: Appraising::default(),
        }
    }
}

/// Answers a question about a model.
///
/// # Errors
/// The findings, when the model has errors, there is no project (E340), or nothing was asked that the model knows (E341).
pub fn optimise(loaded: &Loaded, asked: &Asked, options: &StudyOptions) -> Result<Optimised, Findings> {
    let (plan, findings) = compiled(loaded)?;
    let position = asked.scenario.or(base_scenario(&loaded.models)).unwrap_or(0);
    let model = Arc::clone(&loaded.models[position]);
    if model.projects.is_empty() {
        let mut findings = findings;
        findings.push(Diagnostic::new(Code("E340")));
        return Err(findings);
    }
    in_pool(options, || answered(loaded, asked, plan, findings, position, model))
}

fn answered(
    loaded: &Loaded,
    asked: &Asked,
    plan: Plan,
    mut findings: Findings,
    position: usize,
    model: Arc<Model>,
) -> Result<Optimised, Findings> {
    let (definitions, question) = posed::question(loaded, &model, asked, &mut findings)?;
    let options = FundingOptions::of(&model);
    let posed = Posed::new(&model, &plan, &definitions, &question, options).map_err(|faults| {
        let mut findings = findings.clone();
        merge(&mut findings, loaded.written.named(Findings(faults)));
        findings
    })?;
    let judge = posed.judge();
    let without = judge.judge(&vec![None; posed.offers.len()]);
    let mut reach = vec![(0.0, 1.0); question.goals.len()];
    let answered = match choose(&judge, &posed, asked) {
        Ok((programme, choice, effort)) => {
            reach = programme.goals.iter().map(|goal| (goal.least, goal.scale)).collect();
            let chosen = chosen(loaded, asked, &judge, programme, choice, &effort, position);
            Answered::Chosen(Box::new(chosen.map_err(|faults| {
                let mut findings = findings.clone();
                merge(&mut findings, loaded.written.named(Findings(faults)));
                findings
            })?))
        }
        Err(failed) => {
            let (programme, ending) = *failed;
            reach = programme.goals.iter().map(|goal| (goal.least, goal.scale)).collect();
            match ending {
                Ending::Infeasible => Answered::Conflict(conflict::find(&programme)),
                Ending::Failed(words) => Answered::Failed(words),
                Ending::Chosen(_) => Answered::Failed("no ending".to_owned()),
            }
        }
    };
    let offers = posed.offers.clone();
    drop(judge);
    drop(posed);
    Ok(Optimised { position, model, plan, definitions, question, offers, reach, without, answered, findings })
}

/// The programme of a question near a mix, its reach found; solved.
type Chose = Result<(Programme, Choice, Effort), Box<(Programme, Ending)>>;

fn choose(judge: &Judge<'_>, posed: &Posed<'_>, asked: &Asked) -> Chose {
    // A mix to start from, so that the solver never comes back with nothing.
    let nothing: Mix = vec![None; judge.offers.len()];
    let start = search::improve(judge, &nothing, asked.runs.min(600)).mix;
    let solved = |near: &Mix, start: &Mix| -> Chose {
        let mut programme = posed.programme(judge, near);
        programme.reach();
        let mut effort = Effort::for_size(&programme);
        effort.nodes = asked.nodes.unwrap_or(effort.nodes);
        let posed = programme.clone();
        match solve(&mut programme, &judge.question.objectives, &effort, Some(start)) {
            Ending::Chosen(choice) => Ok((posed, choice, effort)),
            ending => Err(Box::new((posed, ending))),
        }
    };
    let (programme, choice, effort) = solved(&start, &start)?;
    if programme.goals.iter().all(|goal| goal.exact || goal.value.is_none()) {
        return Ok((programme, choice, effort));
    }
    // What is not linear was looked at near the first mix; now near the chosen one.
    match solved(&choice.mix, &choice.mix) {
        Ok(again) => Ok(again),
        Err(_) => Ok((programme, choice, effort)),
    }
}

#[allow(clippy::too_many_arguments, reason = "the parts of a question that was answered")]
fn chosen(
    loaded: &Loaded,
    asked: &Asked,
    judge: &Judge<'_>,
    programme: Programme,
    choice: Choice,
    effort: &Effort,
    position: usize,
) -> Result<Chosen, Vec<Diagnostic>> {
    let simulated = |mix: &Mix| Simulated { mix: mix.clone(), judged: judge.judge(mix) };
    let planned = simulated(&choice.mix);
    let best = search::improve(judge, &choice.mix, asked.runs);
    let exhaustive = search::exhaustive(judge);
    let best = match &exhaustive {
        Some(all) if search::better(judge, &all.judged, &best.judged).is_lt() => all.clone(),
        _ => best,
    };
    let promise = promise::compare(judge, &programme, &choice.values, &choice.mix)?;
    let (count, within) = asked.alternatives;
    let others = alternatives::find(&programme, &choice, within, count, effort);
    let alternatives: Vec<Simulated> = others.iter().map(&simulated).collect();
    let points = asked.frontier.map(|(first, second, steps)| {
        frontier::find(&programme, first, second, steps, effort, Some(&choice.mix))
    });
    let no_frontier = points.as_ref().is_some_and(Result::is_err);
    let points = points.and_then(Result::ok).unwrap_or_default();
    let of_point = |point: frontier::Point| SimulatedPoint { judged: judge.judge(&point.choice.mix), point };
    let frontier = points.into_iter().map(of_point).collect();
    let money = if asked.value_of_money { money::value(judge, asked, effort) } else { Vec::new() };
    let regret = asked.regret.then(|| {
        let mut mixes: Vec<Mix> = vec![best.mix.clone(), choice.mix.clone()];
        mixes.extend(alternatives.iter().map(|of| of.mix.clone()));
        mixes.dedup();
        regret::of(loaded, asked, judge, &mixes, position)
    });
    let funding = judge.fund(&best.mix);
    let trajectory = judge.simulate(&funding.schedule);
    let returns = returns(judge.model, &funding.schedule, &asked.appraising);
    let recovery = trajectory.years.last().map(|year| {
        recovery_costs(&loaded.definitions, judge.model, &judge.plan.network, &funding.schedule, year)
    });
    let open =
        programme.problem.whole_columns().filter(|column| programme.problem.bounds_of(*column).1 > 0.0);
    let size = [programme.problem.columns(), open.count(), programme.problem.rows().len()];
    Ok(Chosen {
        choice,
        planned,
        best,
        promise,
        exhaustive,
        alternatives,
        frontier,
        no_frontier,
        money,
        regret,
        funding,
        trajectory,
        appraising: asked.appraising,
        returns,
        recovery,
        size,
    })
}
