//! Networks drawn by seed, held against dense algebra.

use super::dense;
use circflow::network::generate::Stream;
use circflow::reconcile::{Equation, Knowledge, Outcome, Problem, Variable, reconcile};

/// Balances of up to six processes; sizes from 1 to 10⁶, some flows unmeasured, now and then a balance twice.
pub(super) fn network(seed: u64, bounded: bool) -> Problem {
    let mut stream = Stream::new(seed);
    let mut below = |n: usize| (stream.between(0.0, n as f64) as usize).min(n - 1);
    let processes = 1 + below(6);
    let flows = processes + 1 + below(2 * processes + 2);
    let mut problem = Problem::default();
    let mut balances: Vec<Vec<(usize, f64)>> = vec![Vec::new(); processes];
    for flow in 0..flows {
        let value = [1.0, 30.0, 1e3, 1e6][below(4)] * (0.5 + below(1000) as f64 / 1000.0);
        let relative = 0.02 + below(1000) as f64 / 5000.0;
        let knowledge = match below(10) {
            0..=5 => Knowledge::Measured { value, deviation: relative * value },
            6 if !bounded => Knowledge::Measured { value, deviation: 1e-3 * value },
            _ => Knowledge::Unknown,
        };
        let mut variable = Variable::free(knowledge);
        if bounded {
            variable.lower = Some(0.0);
            variable.upper = (below(4) == 0).then_some(1.1 * value + 1.0);
        }
        problem.add(variable);
        let (from, to) = (below(processes + 1), below(processes + 1));
        if from < processes {
            balances[from].push((flow, -1.0));
        }
        if to < processes {
            balances[to].push((flow, 1.0));
        }
    }
    problem.equations = balances.into_iter().map(|terms| Equation::linear(terms, 0.0)).collect();
    if below(3) == 0 {
        problem.equations.push(problem.equations[0].clone());
    }
    problem
}

#[test]
fn generated_networks_agree_with_dense_algebra() {
    for seed in 0..1500 {
        let problem = network(seed, false);
        match reconcile(&problem) {
            Outcome::Reconciled(got) => dense::check(&problem, &got, &format!("seed {seed}")),
            other => panic!("seed {seed}: {other:?}"),
        }
    }
}

#[test]
fn bounds_hold_and_the_active_ones_are_those_that_must() {
    let (mut active, mut unsettled) = (0, 0);
    for seed in 0..1500 {
        let problem = network(seed, true);
        let got = match reconcile(&problem) {
            Outcome::Reconciled(got) => got,
            // An upper bound can be below what exact zeros elsewhere ask for.
            Outcome::Contradictory(found) => {
                assert!(!found.equations.is_empty() && !found.bounded.is_empty(), "seed {seed}: {found:?}");
                continue;
            }
            // Where bounds leave a single point and sizes differ by 10⁶ rounding can win; it must say so, and rarely.
            Outcome::Unsettled { .. } => {
                unsettled += 1;
                continue;
            }
            other => panic!("seed {seed}: {other:?}"),
        };
        active += got.estimates.iter().filter(|e| e.bound.is_some()).count();
        dense::check(&problem, &got, &format!("seed {seed}"));
        for (variable, estimate) in problem.variables.iter().zip(&got.estimates) {
            let Some(x) = estimate.value else { continue };
            let slack = 1e-7 * x.abs().max(1.0);
            assert!(variable.lower.is_none_or(|lower| x >= lower - slack), "seed {seed}: {x} {variable:?}");
            assert!(variable.upper.is_none_or(|upper| x <= upper + slack), "seed {seed}: {x} {variable:?}");
        }
    }
    assert!(active > 1000, "{active} active bounds seen");
    assert!(unsettled <= 2, "{unsettled} of 1500 without an answer");
}
