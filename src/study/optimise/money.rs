//! The value of money: what each further 100 wan in each fund, and each county's duty, buys.

use super::Asked;
use super::posed::{Posed, carried};
use crate::calendar::Month;
use crate::id::FundId;
use crate::model::{Appropriation, AppropriationState, Model, Provenance, TableKind};
use crate::money::Fen;
use crate::optimise::answer::{MoneyStep, Puts};
use crate::optimise::effort::Effort;
use crate::optimise::judge::Judge;
use crate::optimise::lexicographic::{Ending, solve};
use crate::optimise::question::{Objective, Question};
use rayon::prelude::*;

/// A step of the further 100 wan.
const STEP: i64 = 100 * 1_000_000;
/// Most steps in one fund.
const MOST_STEPS: i64 = 30;
/// Steps without gain after which a fund is left: projects are not divisible, so that one step may buy nothing and the
/// next does.
const IN_VAIN: usize = 3;

/// What more money buys, fund by fund, from nothing more on; ends where further steps buy nothing.
pub(super) fn value(judge: &Judge<'_>, asked: &Asked, effort: &Effort) -> Vec<MoneyStep> {
    let model = judge.model;
    let closed: Vec<FundId> = model.funds.ids().filter(|fund| is_asked(model, *fund)).collect();
    let owed = |fund: FundId| -> Fen {
        let due: Fen = model.duties.iter().filter(|duty| duty.fund == fund).map(|duty| duty.amount).sum();
        (due - judge.purse.total(fund)).max(Fen::ZERO)
    };
    let mut chains: Vec<Puts> = closed.iter().map(|fund| Puts::Further(*fund)).collect();
    chains.extend(closed.iter().filter(|fund| owed(**fund) > Fen::ZERO).map(|fund| Puts::Duty(*fund)));
    let as_it_is = bought(judge, asked, effort, None);
    let of_chain = |puts: &Puts| -> Vec<MoneyStep> {
        let step = |amount: Fen, found: Option<[f64; 3]>| MoneyStep {
            puts: *puts,
            amount,
            targets: found.map(|of| of[0]),
            points: found.map(|of| of[1]),
            tonnes: found.map(|of| of[2]),
        };
        let mut steps = vec![step(Fen::ZERO, as_it_is)];
        match *puts {
            Puts::Duty(fund) => {
                let amount = owed(fund);
                steps.push(step(amount, bought(judge, asked, effort, Some((fund, amount)))));
            }
            Puts::Further(fund) => {
                let (mut in_vain, mut before) = (0, as_it_is);
                for number in 1..=MOST_STEPS {
                    let amount = Fen(number * STEP);
                    let found = bought(judge, asked, effort, Some((fund, amount)));
                    steps.push(step(amount, found));
                    in_vain = if gains(before, found) { 0 } else { in_vain + 1 };
                    before = found;
                    if in_vain == IN_VAIN || found.is_none() {
                        break;
                    }
                }
            }
        }
        steps
    };
    let steps: Vec<Vec<MoneyStep>> = chains.par_iter().map(of_chain).collect();
    steps.into_iter().flatten().collect()
}

/// Whether a fund pays for projects and is not open.
fn is_asked(model: &Model, fund: FundId) -> bool {
    !model.funds[fund].open && model.financing.iter().any(|row| row.fund == fund)
}

/// Whether a step bought anything.
fn gains(before: Option<[f64; 3]>, after: Option<[f64; 3]>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return after.is_some() };
    let more = |a: f64, b: f64| b - a > 1e-4 * a.abs().max(1e-6);
    more(before[0], after[0]) || more(-before[1], -after[1]) || more(before[2], after[2])
}

/// Most targets, least shortfall in points and most tonnes with some money added to a fund.
fn bought(
    judge: &Judge<'_>,
    asked: &Asked,
    effort: &Effort,
    added: Option<(FundId, Fen)>,
) -> Option<[f64; 3]> {
    let mut model = judge.model.clone();
    if let Some((fund, amount)) = added {
        let put = Appropriation {
            fund,
            month: month_of(&model, fund),
            amount,
            state: AppropriationState::PaidIn,
            provenance: Provenance::made(TableKind::Appropriations),
        };
        model.appropriations.push(put);
    }
    let question = Question { counts_targets: true, ..judge.question.clone() };
    let options = judge.options.clone();
    let posed = Posed::new(&model, judge.plan, judge.definitions(), &question, options).ok()?;
    let again = posed.judge();
    let nothing = vec![None; posed.offers.len()];
    let near = carried(judge.offers, &nothing, &posed.offers);
    let mut programme = posed.programme(&again, &near);
    programme.reach();
    let effort = Effort { nodes: asked.nodes.unwrap_or(effort.nodes), ..*effort };
    let best = |objective: Objective| match solve(&mut programme.clone(), &[objective], &effort, Some(&near))
    {
        Ending::Chosen(choice) => choice.stages.first().map(|stage| stage.value),
        _ => None,
    };
    let targets = if question.goals.is_empty() { Some(0.0) } else { best(Objective::Targets) };
    let shortfall = if question.goals.is_empty() { Some(0.0) } else { best(Objective::Shortfall) };
    Some([targets?, shortfall? * 100.0, best(Objective::Tonnes)?])
}

/// When added money comes: with the first that the fund is given, asked or owed, else at the begin.
fn month_of(model: &Model, fund: FundId) -> Month {
    let put = model.appropriations.iter().filter(|put| put.fund == fund).map(|put| put.month);
    let due = model.duties.iter().filter(|duty| duty.fund == fund).map(|duty| duty.due);
    put.chain(due).min().unwrap_or(model.settings.first_month()).max(model.settings.first_month())
}
