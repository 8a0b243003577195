//! Projects, their starts, relations and rules (E-O1, E-O2).

use super::{Group, Programme};
use crate::calendar::Month;
use crate::id::{Id, PlaceId, ProjectId};
use crate::indicators::{Definition, Direction, TermKind};
use crate::model::{Change, ChoiceRuleKind, EffectTarget, RelationKind};
use crate::optimise::judge::Judge;
use crate::optimise::offers::Offer;
use crate::optimise::solver::{Column, Relation};

/// Months by which what is needed may come on stream later than the start of its half-year says: starts stand for
/// half-years, and months come from the simulation.
pub(super) const HALF_YEAR: i32 = 5;

pub(super) fn add(programme: &mut Programme, judge: &Judge<'_>) {
    for offer in judge.offers {
        let columns: Vec<Column> = offer.starts.iter().map(|_| programme.problem.whole(0.0)).collect();
        for (at, column) in columns.iter().enumerate() {
            if (0..at).any(|earlier| is_as_good(judge, offer, earlier, at)) {
                programme.problem.set_bounds(*column, 0.0, 0.0);
            }
        }
        if columns.len() > 1 {
            programme.problem.row(ones(&columns), Relation::AtMost, 1.0);
        }
        programme.chosen.push(columns);
    }
    for (position, relation) in judge.model.relations.iter().enumerate() {
        let from = programme.problem.rows().len();
        let project = relation.project.index();
        match relation.kind {
            RelationKind::Needs => {
                for other in &relation.others {
                    needs(programme, judge, project, other.index());
                }
            }
            RelationKind::Excludes => {
                for other in &relation.others {
                    let mut row = ones(&programme.chosen[project]);
                    row.extend(ones(&programme.chosen[other.index()]));
                    programme.problem.row(row, Relation::AtMost, 1.0);
                }
            }
            RelationKind::NeedsOneOf => {
                let mut row = ones(&programme.chosen[project]);
                let others = relation.others.iter().flat_map(|other| &programme.chosen[other.index()]);
                row.extend(others.map(|column| (*column, -1.0)));
                programme.problem.row(row, Relation::AtMost, 0.0);
            }
        }
        programme.group(Group::Relation(position), from);
    }
    for (position, rule) in judge.question.rules.iter().enumerate() {
        let from = programme.problem.rows().len();
        match &rule.kind {
            ChoiceRuleKind::MustHave(project) => {
                let row = ones(&programme.chosen[project.index()]);
                programme.problem.row(row, Relation::AtLeast, 1.0);
            }
            // Neither is offered.
            ChoiceRuleKind::MustNot(_) | ChoiceRuleKind::StartWindow(..) => {}
            ChoiceRuleKind::StartsAYear(Some(year), most) => starts_in(programme, judge, *year, *most),
            ChoiceRuleKind::StartsAYear(None, most) => {
                for year in judge.model.settings.years() {
                    starts_in(programme, judge, year, *most);
                }
            }
            ChoiceRuleKind::AtLeast(Some(place), least) => at_least(programme, judge, *place, *least),
            ChoiceRuleKind::AtLeast(None, least) => {
                for county in judge.model.places.counties() {
                    at_least(programme, judge, county, *least);
                }
            }
        }
        programme.group(Group::Rule(position), from);
    }
}

/// Whether an earlier start is never worse in the programme than a later one: no money comes in between, no rule or
/// relation asks when, and all that the project does is to add capacity that need not be used, or to change statistics.
fn is_as_good(judge: &Judge<'_>, offer: &Offer, earlier: usize, later: usize) -> bool {
    let (model, id) = (judge.model, offer.project);
    let by = |at: usize| offer.starts[at].on_stream.plus(HALF_YEAR).min(model.settings.last_month());
    let harmless = model.projects[id].effects.iter().all(|effect| match &effect.target {
        EffectTarget::Capacity(_) => matches!(effect.change, Change::Add(by) if by.central >= 0.0),
        EffectTarget::Statistic(key, _) => {
            let adds = matches!(effect.change, Change::Add(by) if by.central >= 0.0);
            readers(judge, key).all(|raises| raises && adds)
        }
        _ => false,
    });
    let rules_ask_when =
        judge.question.rules.iter().any(|rule| matches!(rule.kind, ChoiceRuleKind::StartsAYear(..)));
    let needs = model.relations.iter().any(|r| r.project == id && r.kind == RelationKind::Needs);
    let funds = offer.payers.iter().map(|(fund, ..)| *fund).chain(offer.grants.iter().map(|(fund, _)| *fund));
    let no_money_between = funds.into_iter().all(|fund| {
        model.funds[fund].lapse.is_none()
            && judge.purse.by(fund, by(earlier)) == judge.purse.by(fund, by(later))
    });
    let may_be_paid = offer.payers.iter().all(|(.., from)| *from <= by(earlier));
    harmless && !rules_ask_when && !needs && no_money_between && may_be_paid
}

/// For every goal that reads a statistic, whether more of it can only help.
fn readers<'a>(judge: &'a Judge<'_>, key: &'a str) -> impl Iterator<Item = bool> + 'a {
    let definitions = judge.definitions();
    let reads = move |definition: &Definition, term: usize| match &definition.terms[term].kind {
        TermKind::Flows { remainder: Some(remainder), .. } => remainder.statistic == key,
        TermKind::Statistic { key: of, .. } => of == key,
        _ => false,
    };
    judge.question.goals.iter().filter_map(move |goal| {
        let goal = &definitions[goal.definition];
        let members = goal.formula.members();
        let of = definitions.iter().filter(|of| of.key == goal.key || members.contains(&of.key.as_str()));
        let mut found = None;
        for definition in of {
            for term in definition.formula.terms().into_iter().filter(|term| reads(definition, *term)) {
                let below = definition.formula.quotient().map(|(_, below)| below.terms_used());
                let is_below = below.is_some_and(|below| below.contains(&term));
                let helps = goal.direction == Direction::More && !is_below;
                found = Some(found.unwrap_or(true) && helps);
            }
        }
        found
    })
}

fn ones(columns: &[Column]) -> Vec<(Column, f64)> {
    columns.iter().map(|column| (*column, 1.0)).collect()
}

/// A project is on stream in no half-year before what it needs.
fn needs(programme: &mut Programme, judge: &Judge<'_>, project: usize, other: usize) {
    let of = |at: usize| &judge.offers[at].starts;
    let own = programme.chosen[project].clone();
    let needed = programme.chosen[other].clone();
    for (at, start) in of(project).iter().enumerate() {
        let by: Month = start.on_stream.plus(HALF_YEAR);
        let mut row = ones(&own[..=at]);
        let in_time = of(other).iter().zip(&needed).filter(|(start, _)| start.on_stream <= by);
        row.extend(in_time.map(|(_, column)| (*column, -1.0)));
        programme.problem.row(row, Relation::AtMost, 0.0);
    }
}

fn starts_in(programme: &mut Programme, judge: &Judge<'_>, year: i32, most: u32) {
    let starts = judge.offers.iter().zip(&programme.chosen);
    let row: Vec<(Column, f64)> = starts
        .flat_map(|(offer, columns)| offer.starts.iter().zip(columns))
        .filter(|(start, _)| start.month.year() == year)
        .map(|(_, column)| (*column, 1.0))
        .collect();
    if row.len() > most as usize {
        programme.problem.row(row, Relation::AtMost, f64::from(most));
    }
}

fn at_least(programme: &mut Programme, judge: &Judge<'_>, place: PlaceId, least: u32) {
    let within =
        |project: ProjectId| judge.model.places.is_within(judge.model.projects[project].place, place);
    let offers = judge.offers.iter().zip(&programme.chosen).filter(|(offer, _)| within(offer.project));
    let row = offers.flat_map(|(_, columns)| ones(columns)).collect();
    programme.problem.row(row, Relation::AtLeast, f64::from(least));
}
