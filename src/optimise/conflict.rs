//! Why nothing will do: the smallest set of targets, funds and rules that cannot hold together, and what would help.

use super::programme::{Group, Programme};
use super::solver::{Answer, Limits, Outcome, Problem, Relation};
use std::collections::BTreeSet;

/// What cannot hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// An irreducible set: with any one of them gone the others can hold. Empty where the years themselves cannot.
    pub members: Vec<Group>,
    /// By member, the least by which it alone would have to give way for all to hold: a share of a target, 10⁴ yuan of
    /// money, a number of projects; `None` where giving way there alone does not help, or it was not found in time.
    pub relaxations: Vec<Option<f64>>,
    /// Whether more than these cannot hold: relaxations then mend these alone, and the rest is to be asked again.
    pub more: bool,
}

/// Nodes spent on one question of whether something can hold.
const NODES: u64 = 300;

/// Finds an irreducible conflict of an infeasible programme by leaving out one group after the other. Complexity: one
/// programme a group, and one a member.
#[must_use]
pub fn find(programme: &Programme) -> Conflict {
    let mut programme = programme.clone();
    programme.problem.clear_costs();
    let mut order: Vec<(Group, Vec<usize>)> = programme.groups.clone();
    // Rules go first: what stays is told in terms of targets and money where that is possible.
    order.sort_by_key(|(group, _)| match group {
        Group::Rule(_) => 0,
        Group::Relation(_) => 1,
        Group::MostPublic => 2,
        Group::Fund(_) => 3,
        Group::Goal(_) => 4,
    });
    let mut left_out: BTreeSet<usize> = BTreeSet::new();
    let mut members = Vec::new();
    for (group, rows) in &order {
        let mut without = left_out.clone();
        without.extend(rows);
        if is_infeasible(&programme, &without) {
            left_out = without;
        } else {
            members.push((*group, rows.clone()));
        }
    }
    let of_members = |problem: &Problem| -> Vec<Option<f64>> {
        members.iter().map(|(group, _)| relaxation(problem, &programme, *group)).collect()
    };
    let mut relaxations = of_members(&programme.problem);
    let more = relaxations.iter().all(Option::is_none) && !members.is_empty();
    if more {
        // Nothing given up here mends the whole: what mends this part of it.
        relaxations = of_members(&programme.problem.open(&left_out));
    }
    Conflict { members: members.into_iter().map(|(group, _)| group).collect(), relaxations, more }
}

/// Whether it is certain that nothing holds all rows but some.
fn is_infeasible(programme: &Programme, without: &BTreeSet<usize>) -> bool {
    let problem = programme.problem.without(without);
    if problem.relaxed().solve() == Outcome::Infeasible {
        return true;
    }
    problem.solve_within(&Limits { nodes: Some(NODES), ..Limits::default() }) == Outcome::Infeasible
}

/// The least by which the rows of a group have to give way together.
fn relaxation(problem: &Problem, programme: &Programme, group: Group) -> Option<f64> {
    let (_, rows) = programme.groups.iter().find(|(of, _)| *of == group)?;
    let mut problem = problem.clone();
    let by = problem.column(1.0, 0.0, f64::INFINITY);
    let unit = match group {
        Group::Fund(_) | Group::MostPublic => programme.purse_unit,
        _ => 1.0,
    };
    for &row in rows {
        match problem.rows()[row].relation {
            Relation::AtMost => problem.extend(row, by, -1.0),
            Relation::AtLeast => problem.extend(row, by, 1.0),
            Relation::Equal => return None,
        }
    }
    match problem.solve_within(&Limits { nodes: Some(NODES), gap: 1e-4, ..Limits::default() }) {
        Outcome::Optimal(Answer { values, .. }) | Outcome::Feasible(Answer { values, .. }) => {
            Some(by.of(&values) * unit)
        }
        _ => None,
    }
}
