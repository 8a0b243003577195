//! Mixes under all scenarios: how much each gives away to the best there.

use super::Asked;
use super::posed::{Posed, carried};
use crate::funding::FundingOptions;
use crate::input::Loaded;
use crate::optimise::answer::Regret;
use crate::optimise::effort::Effort;
use crate::optimise::judge::{Judge, Judged};
use crate::optimise::lexicographic::{Ending, solve};
use crate::optimise::offers::Mix;
use rayon::prelude::*;

/// Runs mixes, and the best of every scenario, under every scenario.
pub(super) fn of(
    loaded: &Loaded,
    asked: &Asked,
    judge: &Judge<'_>,
    mixes: &[Mix],
    position: usize,
) -> Regret {
    let scenarios: Vec<usize> = (0..loaded.models.len()).collect();
    let objective = judge.question.objectives[0];
    // The best of a scenario, in the starts of the scenario that is asked about.
    let bests: Vec<Option<Mix>> = scenarios
        .par_iter()
        .filter(|scenario| **scenario != position)
        .map(|scenario| {
            let model = &loaded.models[*scenario];
            let options = FundingOptions::of(model);
            let posed = Posed::new(model, judge.plan, judge.definitions(), judge.question, options).ok()?;
            let there = posed.judge();
            let near = carried(judge.offers, &mixes[0], &posed.offers);
            let mut programme = posed.programme(&there, &near);
            programme.reach();
            let mut effort = Effort::for_size(&programme);
            effort.nodes = asked.nodes.unwrap_or(effort.nodes);
            match solve(&mut programme, &judge.question.objectives, &effort, Some(&near)) {
                Ending::Chosen(choice) => Some(carried(&posed.offers, &choice.mix, judge.offers)),
                _ => None,
            }
        })
        .collect();
    let all: Vec<Mix> = mixes.iter().cloned().chain(bests.into_iter().flatten()).collect();
    let values = scenarios
        .par_iter()
        .map(|scenario| {
            let model = &loaded.models[*scenario];
            let there = Judge::new(
                model,
                judge.plan,
                judge.definitions(),
                judge.question,
                FundingOptions::of(model),
                judge.purse,
                judge.offers,
            );
            let value = |mix: &Mix| -> f64 {
                let judged: Judged = there.judge(mix);
                judged.value(objective)
            };
            all.iter().map(value).collect()
        })
        .collect();
    Regret { scenarios, objective, asked: mixes.len(), values }
}
