//! A question put to a model: what counts, what can be chosen, and the programme near a mix.

use super::Asked;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::funding::FundingOptions;
use crate::indicators::Definition;
use crate::input::Loaded;
use crate::model::Model;
use crate::money::Fen;
use crate::optimise::judge::Judge;
use crate::optimise::offers::{Mix, Offer, Purse, Start, offers};
use crate::optimise::programme::{Effects, Programme, Reference};
use crate::optimise::question::{Objective, Question};
use crate::plan::Plan;
use std::collections::BTreeSet;

/// What stands for a question before anything is chosen.
#[derive(Debug)]
pub(super) struct Posed<'a> {
    model: &'a Model,
    plan: &'a Plan,
    definitions: &'a [Definition],
    question: &'a Question,
    options: FundingOptions,
    purse: Purse,
    pub(super) offers: Vec<Offer>,
    effects: Effects,
}

impl<'a> Posed<'a> {
    /// # Errors
    /// Recipes that do not close with a project.
    pub(super) fn new(
        model: &'a Model,
        plan: &'a Plan,
        definitions: &'a [Definition],
        question: &'a Question,
        options: FundingOptions,
    ) -> Result<Self, Vec<Diagnostic>> {
        let purse = Purse::of(model, &options);
        let offers = offers(model, &options, question, &purse);
        let starts: Vec<Vec<Start>> = offers.iter().map(|offer| offer.starts.clone()).collect();
        let effects = Effects::of(model, plan, &starts)?;
        Ok(Self { model, plan, definitions, question, options, purse, offers, effects })
    }

    pub(super) fn judge(&self) -> Judge<'_> {
        let options = self.options.clone();
        Judge::new(self.model, self.plan, self.definitions, self.question, options, &self.purse, &self.offers)
    }

    /// The programme near a mix.
    pub(super) fn programme(&self, judge: &Judge<'_>, near: &Mix) -> Programme {
        let funding = judge.fund(near);
        let trajectory = judge.simulate(&funding.schedule);
        let reference = Reference { schedule: funding.schedule, trajectory };
        Programme::new(judge, &self.effects, &reference, &self.worst(judge))
    }

    /// By goal, a shortfall that no mix is taken to exceed where targets are counted: twice what it is without any project
    /// or with all of them, and the whole target more.
    fn worst(&self, judge: &Judge<'_>) -> Vec<f64> {
        let none = judge.judge(&vec![None; self.offers.len()]);
        let all = self
            .offers
            .iter()
            .map(|offer| (offer.lacks.is_none() && !offer.starts.is_empty()).then_some(0))
            .collect();
        let all = judge.judge(&all);
        let pairs = none.goals.iter().zip(&all.goals);
        pairs.map(|(none, all)| 2.0 * none.shortfall.max(all.shortfall) + 1.0).collect()
    }
}

/// The question that a model and a command ask, and the definitions it needs.
///
/// # Errors
/// E341 for a hard target that is none, E342 where targets are asked for and the model has none that counts.
pub(super) fn question(
    loaded: &Loaded,
    model: &Model,
    asked: &Asked,
    findings: &mut Findings,
) -> Result<(Vec<Definition>, Question), Findings> {
    let mut wanted: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = model.targets.iter().map(|target| target.indicator.as_str()).collect();
    while let Some(key) = open.pop() {
        if let Some(definition) = loaded.definitions.iter().find(|of| of.key == key)
            && wanted.insert(&definition.key)
        {
            open.extend(definition.formula.members());
        }
    }
    let definitions: Vec<Definition> =
        loaded.definitions.iter().filter(|of| wanted.contains(of.key.as_str())).cloned().collect();
    let mut goals = Question::goals_of(model, &definitions);
    let mut refused = Findings::default();
    for (indicator, place, year) in &asked.hard {
        let mut any = false;
        for goal in &mut goals {
            let at = &model.places[goal.place];
            let of_place = place.as_ref().is_none_or(|place| *place == at.key || *place == at.name);
            let definition = &definitions[goal.definition];
            let of_indicator =
                indicator == "all" || *indicator == definition.key || *indicator == definition.name;
            if of_indicator && of_place && year.is_none_or(|year| year == goal.year) {
                goal.hard = true;
                any = true;
            }
        }
        if !any {
            let mut found = indicator.clone();
            if let Some(place) = place {
                found.push_str(&format!(":{place}"));
            }
            if let Some(year) = year {
                found.push_str(&format!(":{year}"));
            }
            let known: Vec<String> = goals
                .iter()
                .map(|goal| {
                    format!(
                        "{}:{}:{}",
                        definitions[goal.definition].key, model.places[goal.place].key, goal.year
                    )
                })
                .collect();
            let known = if known.is_empty() { "–".to_owned() } else { known.join(", ") };
            refused.push(Diagnostic::new(Code("E341")).with("found", found).with("known", known));
        }
    }
    let needs_targets =
        |objective: &Objective| matches!(objective, Objective::Targets | Objective::Shortfall);
    let ends = asked.frontier.map(|(first, second, _)| [first, second]);
    let wanted = || asked.objectives.iter().chain(ends.iter().flatten());
    if goals.is_empty() && wanted().any(needs_targets) {
        refused.push(Diagnostic::new(Code("E342")));
    }
    if refused.has_errors() {
        findings.0.extend(refused.0);
        return Err(findings.clone());
    }
    let mut rules = model.choice_rules.clone();
    rules.extend(asked.rules.iter().cloned());
    // What is promised must be kept by whoever is ever given money; a fund that never is cannot promise.
    let purse = Purse::of(model, &FundingOptions::of(model));
    let closed = model.funds.enumerate().filter(|(_, fund)| !fund.open && !asked.may_owe).map(|(id, _)| id);
    let kept = closed.filter(|fund| purse.total(*fund) > Fen::ZERO).collect();
    let question = Question {
        objectives: asked.objectives.clone(),
        counts_targets: wanted().any(|objective| *objective == Objective::Targets),
        goals,
        rules,
        kept,
        most_public: asked.most_public,
    };
    Ok((definitions, question))
}

/// A mix of one set of offers as a mix of another: the same delays, else the nearest start, else not built.
pub(super) fn carried(from: &[Offer], mix: &Mix, to: &[Offer]) -> Mix {
    mix.iter()
        .enumerate()
        .map(|(at, chosen)| {
            let delay = from[at].starts[(*chosen)?].delay;
            let starts = to[at].starts.iter().enumerate();
            starts.min_by_key(|(_, start)| start.delay.abs_diff(delay)).map(|(position, _)| position)
        })
        .collect()
}
