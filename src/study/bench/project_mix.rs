//! W5: from tables in memory to the best mix of projects of one year, and to the front of twenty budgets.

use super::Answered;
use crate::diagnostic::Diagnostic;
use crate::input::columns;
use crate::optimise::solver::{Answer, Column, Limits, Outcome, Problem, Relation};
use rayon::prelude::*;
use std::path::Path;

/// Gap to which every side solves, as a share of the objective.
const GAP: f64 = 1e-4;
/// Points of the front: total cost at most k/20 of all budgets.
const POINTS: usize = 20;
/// Chains of points that are solved side by side, each point starting from the one before it in its chain. Fixed, so
/// that the answer does not depend on the number of threads.
const CHAINS: usize = 4;

/// The tables of a mix: projects add capacity to streams and are paid by funds.
#[derive(Debug)]
pub(super) struct Mix {
    /// Supply, capacity without projects, yield, stream that takes the residue, share of the residue.
    streams: [Vec<f64>; 5],
    /// Stream, capacity, cost, needed project (-1 none).
    projects: [Vec<f64>; 4],
    exclusions: [Vec<f64>; 2],
    budgets: Vec<f64>,
    /// Project, fund, greatest share of the cost.
    eligible: [Vec<f64>; 3],
}

/// The problem of a mix with what is read from it.
struct Posed {
    problem: Problem,
    chosen: Vec<Column>,
    /// Row that limits the total cost.
    cost_row: usize,
}

/// Answers by point, one alone for the mix without a limit on its cost.
pub(super) struct Answers(Vec<Answer>);

/// Reads the five tables of a folder.
pub(super) fn read(folder: &Path) -> Result<Mix, Diagnostic> {
    fn table<const N: usize>(
        folder: &Path,
        file: &str,
        names: [&str; N],
    ) -> Result<[Vec<f64>; N], Diagnostic> {
        let path = folder.join(file);
        columns::read(&path, &names)?
            .try_into()
            .map_err(|_| columns::told(&path, None, ["缺少列".to_owned(), "columns are missing".to_owned()]))
    }
    let streams =
        table(folder, "streams.csv", ["supply", "base_cap", "yield", "residue_to", "residue_share"])?;
    let projects = table(folder, "projects.csv", ["stream", "capacity", "cost", "needs"])?;
    let exclusions = table(folder, "exclusions.csv", ["a", "b"])?;
    let [budgets] = table(folder, "funds.csv", ["budget"])?;
    let eligible = table(folder, "eligible.csv", ["project", "fund", "max_share"])?;
    let mix = Mix { streams, projects, exclusions, budgets, eligible };
    match mix.wrong_reference() {
        None => Ok(mix),
        Some(file) => {
            let why = ["编号不存在".to_owned(), "a number names no row".to_owned()];
            Err(columns::told(&folder.join(file), None, why))
        }
    }
}

impl Mix {
    /// The file in which a number names a row that does not exist.
    fn wrong_reference(&self) -> Option<&'static str> {
        let (streams, projects) = (self.streams[0].len(), self.projects[0].len());
        let outside = |of: &[f64], count: usize, least: f64| {
            of.iter().any(|at| at.fract() != 0.0 || *at < least || *at >= count as f64)
        };
        [
            ("streams.csv", outside(&self.streams[3], streams, -1.0)),
            ("projects.csv", outside(&self.projects[0], streams, 0.0)),
            ("projects.csv", outside(&self.projects[3], projects, -1.0)),
            ("exclusions.csv", self.exclusions.iter().any(|of| outside(of, projects, 0.0))),
            ("eligible.csv", outside(&self.eligible[0], projects, 0.0)),
            ("eligible.csv", outside(&self.eligible[1], self.budgets.len(), 0.0)),
        ]
        .into_iter()
        .find_map(|(file, wrong)| wrong.then_some(file))
    }

    fn pose(&self) -> Posed {
        let mut problem = Problem::default();
        let [supply, base, yields, residue_to, residue_share] = &self.streams;
        let [stream, capacity, cost, needs] = &self.projects;
        let chosen: Vec<Column> = cost.iter().map(|_| problem.whole(0.0)).collect();
        let flows: Vec<Column> = yields.iter().map(|of| problem.column(-of, 0.0, f64::INFINITY)).collect();
        // Rows kind by kind, as the peers pose them: a search depends on the order in which it meets them.
        for (at, flow) in flows.iter().enumerate() {
            let of_stream = (0..chosen.len()).filter(|project| stream[*project] == at as f64);
            let added = of_stream.map(|project| (chosen[project], -capacity[project]));
            problem.row([(*flow, 1.0)].into_iter().chain(added).collect(), Relation::AtMost, base[at]);
        }
        for (at, flow) in flows.iter().enumerate() {
            let from = (0..flows.len()).filter(|other| residue_to[*other] == at as f64);
            let residues = from.map(|other| (flows[other], -residue_share[other]));
            problem.row([(*flow, 1.0)].into_iter().chain(residues).collect(), Relation::AtMost, supply[at]);
        }
        let mut paid: Vec<Vec<(Column, f64)>> =
            chosen.iter().zip(cost).map(|(chosen, cost)| vec![(*chosen, -cost)]).collect();
        let mut spent: Vec<Vec<(Column, f64)>> = vec![Vec::new(); self.budgets.len()];
        let mut within = Vec::new();
        for ((project, fund), share) in self.eligible[0].iter().zip(&self.eligible[1]).zip(&self.eligible[2])
        {
            let (project, fund) = (*project as usize, *fund as usize);
            let part = problem.column(0.0, 0.0, f64::INFINITY);
            let most = share * cost[project];
            within.push(vec![(part, 1.0), (chosen[project], -most)]);
            paid[project].push((part, 1.0));
            spent[fund].push((part, 1.0));
        }
        for row in paid {
            problem.row(row, Relation::Equal, 0.0);
        }
        for row in within {
            problem.row(row, Relation::AtMost, 0.0);
        }
        for (row, budget) in spent.into_iter().zip(&self.budgets) {
            problem.row(row, Relation::AtMost, *budget);
        }
        for (project, needed) in needs.iter().enumerate().filter(|(_, needed)| **needed >= 0.0) {
            let row = vec![(chosen[project], 1.0), (chosen[*needed as usize], -1.0)];
            problem.row(row, Relation::AtMost, 0.0);
        }
        for (one, other) in self.exclusions[0].iter().zip(&self.exclusions[1]) {
            let row = vec![(chosen[*one as usize], 1.0), (chosen[*other as usize], 1.0)];
            problem.row(row, Relation::AtMost, 1.0);
        }
        let cost_row = problem.rows().len();
        let all: f64 = cost.iter().sum();
        problem.row(chosen.iter().copied().zip(cost.iter().copied()).collect(), Relation::AtMost, all);
        Posed { problem, chosen, cost_row }
    }

    /// The best mix.
    pub(super) fn best(&self) -> Option<Answers> {
        let posed = self.pose();
        let limits = Limits { gap: GAP, ..Limits::default() };
        answer(posed.problem.solve_within(&limits)).map(|answer| Answers(vec![answer]))
    }

    /// The best mixes under twenty limits of cost.
    pub(super) fn front(&self) -> Option<Answers> {
        let posed = self.pose();
        let budget: f64 = self.budgets.iter().sum();
        let chains: Vec<Option<Vec<(usize, Answer)>>> = (0..CHAINS)
            .into_par_iter()
            .map(|chain| {
                let mut problem = posed.problem.clone();
                let mut limits = Limits { gap: GAP, ..Limits::default() };
                (1 + chain..=POINTS)
                    .step_by(CHAINS)
                    .map(|point| {
                        problem.set_right(posed.cost_row, budget * point as f64 / POINTS as f64);
                        let answer = answer(problem.solve_within(&limits))?;
                        limits.start =
                            posed.chosen.iter().map(|column| (*column, column.of(&answer.values))).collect();
                        Some((point, answer))
                    })
                    .collect()
            })
            .collect();
        let mut points: Vec<(usize, Answer)> = Vec::with_capacity(POINTS);
        for chain in chains {
            points.extend(chain?);
        }
        points.sort_by_key(|(point, _)| *point);
        Some(Answers(points.into_iter().map(|(_, answer)| answer).collect()))
    }

    /// Checksum: the objectives. Every claimed optimum is solved again with its choice held, as a linear programme;
    /// what it gains less than was claimed is told, and so is the worst gap.
    pub(super) fn judge(&self, answers: &Answers) -> Answered {
        let posed = self.pose();
        let again = answers.0.iter().map(|of| match posed.problem.held(&of.values).solve() {
            Outcome::Optimal(held) => {
                ((held.objective - of.objective) / of.objective.abs().max(1.0)).max(0.0)
            }
            _ => f64::INFINITY,
        });
        let worst_gap = answers.0.iter().map(Answer::gap).fold(0.0, f64::max);
        Answered {
            checksum: answers.0.iter().map(|answer| -answer.objective).collect(),
            extras: vec![
                ("max_gap", worst_gap),
                ("worst_after_resolving", again.fold(0.0, f64::max)),
                ("rows", posed.problem.rows().len() as f64),
                ("cols", posed.problem.columns() as f64),
            ],
        }
    }
}

fn answer(outcome: Outcome) -> Option<Answer> {
    match outcome {
        Outcome::Optimal(answer) => Some(answer),
        _ => None,
    }
}
