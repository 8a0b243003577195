//! HiGHS, for programmes with whole columns. It runs on one thread and with its fixed seed, so that runs repeat.

use super::{AGREES, Limits, Outcome, Problem, Relation, TOLERANCE};
use highs::{Col, HighsModelStatus, HighsSolutionStatus, Integrality, RowProblem, Sense};

pub(super) fn solve(of: &Problem, limits: &Limits) -> Outcome {
    if of.costs.iter().any(|cost| cost.is_nan()) {
        return Outcome::Failed("a cost is no number".to_owned());
    }
    let mut problem = RowProblem::new();
    let columns = of.costs.iter().zip(&of.bounds).zip(&of.whole);
    let columns: Vec<Col> = columns
        .map(|((cost, (lower, upper)), whole)| {
            let kind = if *whole { Integrality::Integer } else { Integrality::Continuous };
            problem.add_column_with_integrality_kind(*cost, *lower..=*upper, kind)
        })
        .collect();
    for row in &of.rows {
        let terms = row.merged().into_iter().map(|(column, factor)| (columns[column.0], factor));
        let terms: Vec<(Col, f64)> = terms.collect();
        match row.relation {
            Relation::AtMost => problem.add_row(..=row.right, terms),
            Relation::Equal => problem.add_row(row.right..=row.right, terms),
            Relation::AtLeast => problem.add_row(row.right.., terms),
        };
    }
    let Ok(mut model) = problem.try_optimise(Sense::Minimise) else {
        return Outcome::Failed("HiGHS does not take the programme".to_owned());
    };
    model.make_quiet();
    model.set_option("threads", 1);
    model.set_option("mip_rel_gap", limits.gap);
    model.set_option("mip_abs_gap", 0.0);
    model.set_option("primal_feasibility_tolerance", TOLERANCE);
    if let Some(nodes) = limits.nodes {
        model.set_option("mip_max_nodes", i32::try_from(nodes).unwrap_or(i32::MAX));
    }
    if !limits.start.is_empty() {
        let mut start = vec![f64::INFINITY; of.costs.len()];
        for (column, value) in &limits.start {
            start[column.0] = *value;
        }
        // A start that HiGHS cannot use is no start.
        let _ = model.try_set_solution(Some(&start), None, None, None);
    }
    let Ok(solved) = model.try_solve() else {
        return Outcome::Failed("HiGHS failed".to_owned());
    };
    let status = solved.status();
    let found = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let bound = solved.double_info_value(c"mip_dual_bound").ok().filter(|bound| bound.is_finite());
    match status {
        HighsModelStatus::Infeasible => Outcome::Infeasible,
        HighsModelStatus::Unbounded | HighsModelStatus::UnboundedOrInfeasible => Outcome::Unbounded,
        HighsModelStatus::Optimal => {
            let values = solved.get_solution().columns().to_vec();
            let (own, theirs) = (of.objective(&values), solved.objective_value());
            let is_theirs = (own - theirs).abs() <= AGREES * own.abs().max(theirs.abs()).max(1.0);
            match (is_theirs, limits.start.is_empty()) {
                (true, _) => of.answer(values, bound, limits.gap, true),
                // What presolve finds while a start is given comes back with the values of the start.
                (false, false) => solve(of, &Limits { start: Vec::new(), ..limits.clone() }),
                (false, true) => Outcome::Failed("HiGHS gives values that are not its optimum".to_owned()),
            }
        }
        _ if found => of.answer(solved.get_solution().columns().to_vec(), bound, limits.gap, false),
        HighsModelStatus::ReachedSolutionLimit
        | HighsModelStatus::ReachedIterationLimit
        | HighsModelStatus::ReachedTimeLimit => Outcome::Limit,
        other => Outcome::Failed(format!("{other:?}")),
    }
}
