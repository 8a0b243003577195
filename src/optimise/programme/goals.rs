//! Targets and objectives as forms of the years (E-O7 to E-O9).

use super::years::{Effects, shares};
use super::{GoalColumns, Group, Programme, Reference};
use crate::indicators::Direction;
use crate::indicators::slopes::{Shape, TermForm, shape};
use crate::indicators::sparse::SparseTerm;
use crate::optimise::form::Form;
use crate::optimise::judge::{self, Judge};
use crate::optimise::question::{Goal, Objective};
use crate::optimise::solver::Relation;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Terms of one definition for one place and year.
type Terms = Vec<Option<SparseTerm>>;

pub(super) fn add(programme: &mut Programme, judge: &Judge<'_>, reference: &Reference, worst: &[f64]) {
    let counts = judge.question.counts_targets;
    for (goal, worst) in judge.question.goals.iter().zip(worst) {
        let columns = add_goal(programme, judge, reference, goal, *worst, counts);
        programme.goals.push(columns);
    }
    objectives(programme, judge, reference);
}

fn add_goal(
    programme: &mut Programme,
    judge: &Judge<'_>,
    reference: &Reference,
    goal: &Goal,
    worst: f64,
    counts: bool,
) -> GoalColumns {
    let position = programme.goals.len();
    let definition = &judge.definitions()[goal.definition];
    let missing =
        GoalColumns { met: None, shortfall: None, value: None, exact: false, least: 0.0, scale: 1.0 };
    let Some((above, below, exact)) = forms(programme, judge, reference, goal) else {
        if goal.hard {
            // What cannot be computed cannot be met.
            let from = programme.problem.rows().len();
            let never = programme.problem.column(0.0, 0.0, 0.0);
            programme.problem.row(vec![(never, 1.0)], Relation::AtLeast, 1.0);
            programme.group(Group::Goal(position), from);
        }
        return missing;
    };
    let target = goal.value * definition.scale;
    // Positive where the target is exceeded: numerator − target × denominator, turned where less is better.
    let sign = if definition.direction == Direction::Less { -1.0 } else { 1.0 };
    let mut beyond = Form::default();
    beyond.add(&above, sign);
    beyond.add(&below, -sign * target);
    // The denominator at the reference makes a shortfall a share of the target.
    let mut flat = reference_value(&below, programme, judge, reference).abs();
    if flat == 0.0 {
        flat = below.terms.iter().map(|(_, by)| by.abs()).fold(0.0, f64::max);
    }
    if flat == 0.0 {
        return missing;
    }
    let scale = flat * if target == 0.0 { 1.0 } else { target.abs() };
    let from = programme.problem.rows().len();
    if goal.hard {
        beyond.row(&mut programme.problem, Relation::AtLeast, 0.0, scale);
        programme.group(Group::Goal(position), from);
        return GoalColumns {
            met: None,
            shortfall: None,
            value: Some((above, below)),
            exact,
            least: 0.0,
            scale,
        };
    }
    let shortfall = programme.problem.column(0.0, 0.0, f64::INFINITY);
    beyond.terms.push((shortfall, scale));
    beyond.row(&mut programme.problem, Relation::AtLeast, 0.0, scale);
    let met = counts.then(|| {
        let met = programme.problem.whole(0.0);
        programme.problem.row(vec![(shortfall, 1.0), (met, worst)], Relation::AtMost, worst);
        met
    });
    GoalColumns { met, shortfall: Some(shortfall), value: Some((above, below)), exact, least: 0.0, scale }
}

/// Numerator and denominator of a goal's indicator.
fn forms(
    programme: &Programme,
    judge: &Judge<'_>,
    reference: &Reference,
    goal: &Goal,
) -> Option<(Form, Form, bool)> {
    let known: RefCell<BTreeMap<usize, Terms>> = RefCell::default();
    let term = |definition: usize, term: usize| -> Option<SparseTerm> {
        let mut known = known.borrow_mut();
        let terms = known.entry(definition).or_insert_with(|| {
            judge.appraisal().sparse(
                definition,
                goal.place,
                goal.year,
                &reference.trajectory,
                &reference.schedule,
            )
        });
        terms.get(term).cloned().flatten()
    };
    let value = |definition: usize, at: usize| term(definition, at).map(|term| term.value);
    let of = |form: &TermForm| {
        let mut sum = Form::constant(form.constant);
        for (definition, at, slope) in &form.terms {
            let Some(term) = term(*definition, *at) else { continue };
            sum.add(&term_form(programme, judge, goal, &term), *slope);
        }
        sum
    };
    Some(match shape(judge.definitions(), goal.definition, &value)? {
        Shape::Quotient(above, below) => (of(&above), of(&below), true),
        Shape::Affine(form) => (of(&form), Form::constant(1.0), true),
        Shape::Near(form) => (of(&form), Form::constant(1.0), false),
    })
}

/// A term as a form of the year's columns and of what projects do to its statistic.
fn term_form(programme: &Programme, judge: &Judge<'_>, goal: &Goal, term: &SparseTerm) -> Form {
    let mut form = Form::constant(term.fixed);
    if let Some((_, year)) = programme.years.iter().find(|(year, _)| *year == goal.year) {
        for (arc, weight) in &term.flows {
            form.add(&year.flow(judge.plan, &judge.plan.network.arcs[*arc]), *weight);
        }
    }
    let Some(key) = &term.statistic else { return form };
    for (at, offer) in judge.offers.iter().enumerate().filter(|(_, offer)| !offer.starts.is_empty()) {
        let by = Effects::on_statistic(judge.model, offer.project, key, goal.place, goal.year);
        if by != 0.0 {
            let shares = shares(judge, &programme.chosen, at, goal.year);
            form.terms.extend(shares.into_iter().map(|(column, share)| (column, share * by)));
        }
    }
    form
}

/// A form at the reference: its activities and the starts that come nearest.
fn reference_value(form: &Form, programme: &Programme, judge: &Judge<'_>, reference: &Reference) -> f64 {
    let mut values = vec![0.0; programme.problem.columns()];
    for (year, columns) in &programme.years {
        if let Some(result) = reference.trajectory.years.iter().find(|result| result.year == *year) {
            columns.put(judge.plan, result, &mut values);
        }
    }
    form.value(&values)
}

fn objectives(programme: &mut Programme, judge: &Judge<'_>, reference: &Reference) {
    let model = judge.model;
    let mut forms = vec![Form::default(); Objective::ALL.len()];
    for (goal, columns) in judge.question.goals.iter().zip(&programme.goals) {
        if let Some(met) = columns.met {
            forms[Objective::Targets as usize].terms.push((met, 1.0));
        } else if goal.hard {
            forms[Objective::Targets as usize].constant += 1.0;
        }
        match columns.shortfall {
            Some(shortfall) => forms[Objective::Shortfall as usize].terms.push((shortfall, goal.weight)),
            None if columns.value.is_none() => forms[Objective::Shortfall as usize].constant += goal.weight,
            None => {}
        }
    }
    for (_, year) in &programme.years {
        for arc in &judge.plan.network.arcs {
            if let Some(factor) = judge::recovers(model, arc) {
                forms[Objective::Tonnes as usize].add(&year.flow(judge.plan, arc), factor);
            }
        }
    }
    for (offer, columns) in judge.offers.iter().zip(&programme.chosen) {
        let project = &model.projects[offer.project];
        let jobs = project.jobs.map_or(0.0, |jobs| jobs.central);
        for (objective, by) in [
            (Objective::PublicMoney, offer.granted().yuan()),
            (Objective::TotalCost, project.investment.yuan()),
            (Objective::Jobs, jobs),
        ] {
            forms[objective as usize].terms.extend(columns.iter().map(|column| (*column, by)));
        }
    }
    let sizes = |objective: Objective| {
        forms[objective as usize].terms.iter().map(|(_, by)| by.abs()).fold(0.0, f64::max).max(1.0)
    };
    let tonnes = judge::recovered(model, judge.plan, &reference.trajectory);
    programme.scales = [
        1.0,
        1.0,
        tonnes.max(1.0),
        sizes(Objective::PublicMoney),
        sizes(Objective::TotalCost),
        sizes(Objective::Jobs),
    ];
    programme.objectives = forms;
}
