//! Reconciliation: the ladder of outcomes, worked by hand, and generated systems against dense algebra.

mod dense;
mod generated;

use circflow::reconcile::{
    ActiveBound, Class, Equation, Function, Knowledge, Outcome, Problem, Reconciliation, Variable, adjust,
    equation_test, reconcile, serial_elimination,
};
use std::sync::Arc;

fn measured(value: f64, deviation: f64) -> Variable {
    Variable::free(Knowledge::Measured { value, deviation })
}

fn unknown() -> Variable {
    Variable::free(Knowledge::Unknown)
}

fn exact(value: f64) -> Variable {
    Variable::free(Knowledge::Exact(value))
}

fn problem(variables: Vec<Variable>, equations: &[(&[(usize, f64)], f64)]) -> Problem {
    let equations = equations.iter().map(|(terms, right)| Equation::linear(terms.to_vec(), *right)).collect();
    Problem { variables, equations }
}

fn solved(problem: &Problem) -> Box<Reconciliation> {
    match reconcile(problem) {
        Outcome::Reconciled(solved) => solved,
        other => panic!("{other:?}"),
    }
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.expect("a number");
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{found} instead of {expected}");
}

#[test]
fn two_measurements_of_one_flow_meet_by_their_variances() {
    // 10 ± 1 and 13 ± 2: weights 1 and ¼, mean 10.6, variance 0.8.
    let got =
        solved(&problem(vec![measured(10.0, 1.0), measured(13.0, 2.0)], &[(&[(0, 1.0), (1, -1.0)], 0.0)]));
    near(got.estimates[0].value, 10.6);
    near(got.estimates[1].value, 10.6);
    near(got.estimates[0].deviation, 0.8_f64.sqrt());
    near(Some(got.statistic), 9.0 / 5.0);
    assert_eq!(got.degrees, 1);
    near(got.estimates[0].z(0.0), -3.0 / 5.0_f64.sqrt());
    near(got.estimates[1].z(0.0), 3.0 / 5.0_f64.sqrt());
    near(got.covariance(0, 1), 0.8);
}

#[test]
fn nothing_to_reconcile_is_said() {
    assert!(matches!(reconcile(&Problem::default()), Outcome::Empty));
    let got = solved(&problem(vec![measured(10.0, 1.0), unknown()], &[]));
    assert_eq!((got.degrees, got.p_value()), (0, None));
    assert_eq!(got.estimates[0].class, Some(Class::Nonredundant));
    assert_eq!((got.estimates[1].value, got.estimates[1].class), (None, Some(Class::Unobservable)));
}

#[test]
fn balances_without_redundancy_leave_measurements_alone() {
    let got = solved(&problem(
        vec![measured(10.0, 1.0), measured(4.0, 0.5), unknown()],
        &[(&[(0, 1.0), (1, -1.0), (2, -1.0)], 0.0)],
    ));
    assert_eq!((got.degrees, got.statistic), (0, 0.0));
    near(got.estimates[2].value, 6.0);
    near(got.estimates[2].deviation, 1.25_f64.sqrt());
    near(got.covariance(0, 2), 1.0);
    near(got.covariance(2, 1), -0.25);
}

#[test]
fn one_more_measurement_opens_its_whole_group() {
    // 0 → {1, 2} → {3, 4}: splits of a measured flow, twice; the second split hangs on flow 2.
    let variables = vec![measured(10.0, 1.0), unknown(), unknown(), unknown(), unknown()];
    let got = solved(&problem(
        variables,
        &[(&[(0, 1.0), (1, -1.0), (2, -1.0)], 0.0), (&[(2, 1.0), (3, -1.0), (4, -1.0)], 0.0)],
    ));
    assert_eq!(got.one_more_measurement(), [vec![1, 2], vec![3], vec![4]]);
}

#[test]
fn contradictions_name_a_smallest_set() {
    // 0 = 1, 1 = 2, 2 = 0 + 5 contradict; 3 = 4 has nothing to do with it.
    let variables = vec![unknown(), measured(1.0, 0.1), unknown(), unknown(), measured(2.0, 0.1)];
    let equations: &[(&[(usize, f64)], f64)] = &[
        (&[(3, 1.0), (4, -1.0)], 0.0),
        (&[(0, 1.0), (1, -1.0)], 0.0),
        (&[(1, 1.0), (2, -1.0)], 0.0),
        (&[(2, 1.0), (0, -1.0)], 5.0),
    ];
    match reconcile(&problem(variables, equations)) {
        Outcome::Contradictory(found) => {
            assert_eq!(found.equations, [1, 2, 3]);
            assert!(found.bounded.is_empty());
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn constants_that_do_not_balance_contradict() {
    let variables = vec![exact(10.0), exact(4.0), exact(5.0), measured(1.0, 0.1)];
    match reconcile(&problem(variables, &[(&[(3, 1.0)], 1.0), (&[(0, 1.0), (1, -1.0), (2, -1.0)], 0.0)])) {
        Outcome::Contradictory(found) => assert_eq!(found.equations, [1]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn kilograms_keep_their_digits_beside_megatonnes() {
    // Two works pass 10⁹ kg to and fro, measured to a percent; what comes in (2 kg) must go out (1 kg measured twice).
    let variables = vec![
        measured(1.0e9, 1.0e7),
        measured(1.01e9, 1.0e7),
        measured(2.0, 0.1),
        measured(1.0, 0.1),
        measured(1.1, 0.1),
    ];
    let equations: &[(&[(usize, f64)], f64)] =
        &[(&[(0, 1.0), (1, -1.0), (2, -1.0), (3, 1.0)], 0.0), (&[(1, 1.0), (0, -1.0), (4, 1.0)], 0.0)];
    let got = solved(&problem(variables, equations));
    assert_eq!(got.degrees, 2);
    // The sum of the two balances: 2 = 1 + 1.1, missed by 0.1, shared alike.
    near(got.estimates[2].value, 2.0 + 0.1 / 3.0);
    near(got.estimates[3].value, 1.0 - 0.1 / 3.0);
    near(got.estimates[4].value, 1.1 - 0.1 / 3.0);
    near(got.estimates[2].deviation, 0.1 * (2.0_f64 / 3.0).sqrt());
    near(got.estimates[0].value, 1.005e9);
}

#[test]
fn an_active_bound_is_named_and_fixes_its_flow() {
    // 10 ± 1 = a + b with a = 11 ± 1 and b = 2 ± 1 ≥ 3: b stands at 3, the rest shares 4.
    let mut variables = vec![measured(10.0, 1.0), measured(11.0, 1.0), measured(2.0, 1.0)];
    variables[2].lower = Some(3.0);
    let got = solved(&problem(variables, &[(&[(0, 1.0), (1, -1.0), (2, -1.0)], 0.0)]));
    assert_eq!(got.estimates[2].bound, Some(ActiveBound::Lower));
    near(got.estimates[2].value, 3.0);
    near(got.estimates[2].deviation, 0.0);
    near(got.estimates[0].value, 12.0);
    near(got.estimates[0].deviation, 0.5_f64.sqrt());
    assert_eq!((got.degrees, got.estimates[2].class), (2, Some(Class::Redundant)));
}

#[test]
fn the_measurement_that_does_not_fit_is_named_with_the_value_that_would() {
    // A chain of five measurements of one flow, the third wrong by 30 deviations.
    let variables: Vec<Variable> = [100.2, 99.8, 130.0, 100.1, 99.9].map(|y| measured(y, 1.0)).to_vec();
    let equations: Vec<Equation> =
        (0..4).map(|i| Equation::linear(vec![(i, 1.0), (i + 1, -1.0)], 0.0)).collect();
    let problem = Problem { variables, equations };
    let first = solved(&problem);
    let course = serial_elimination(&problem, &first, 0.95);
    assert_eq!(course.suspects.len(), 1);
    assert_eq!(course.suspects[0].variable, 2);
    near(course.suspects[0].fitting, 100.0);
    near(course.suspects[0].fitting_deviation, 0.5);
    assert_eq!(course.remaining.unwrap().degrees, 3);
    near(equation_test(&problem, 1), -30.2 / 2.0_f64.sqrt());
}

struct Product;

impl Function for Product {
    fn variables(&self) -> &[usize] {
        &[0, 1]
    }

    fn evaluate(&self, x: &[f64], gradient: &mut Vec<f64>) -> f64 {
        *gradient = vec![x[1], x[0]];
        x[0] * x[1]
    }
}

#[test]
fn a_product_is_the_same_as_a_term_and_as_a_function() {
    let variables = vec![measured(5.0, 0.1), measured(0.5, 0.05), measured(3.0, 0.2)];
    let term = Equation { linear: vec![(2, -1.0)], products: vec![(0, 1, 1.0)], ..Equation::default() };
    let function =
        Equation { linear: vec![(2, -1.0)], general: Some(Arc::new(Product)), ..Equation::default() };
    let [a, b] =
        [term, function].map(|e| solved(&Problem { variables: variables.clone(), equations: vec![e] }));
    for (a, b) in a.estimates.iter().zip(&b.estimates) {
        near(a.value, b.value.unwrap());
        near(a.deviation, b.deviation.unwrap());
    }
    let x = a.estimates.iter().map(|e| e.value.unwrap()).collect::<Vec<_>>();
    near(Some(x[0] * x[1]), x[2]);
}

#[test]
fn the_order_of_equations_and_the_number_of_threads_change_nothing() {
    for seed in [3, 14, 159] {
        let mut problem = generated::network(seed, true);
        let bits = |problem: &Problem| -> Vec<Option<u64>> {
            match reconcile(problem) {
                Outcome::Reconciled(got) => got
                    .estimates
                    .iter()
                    .flat_map(|e| [e.value, e.deviation])
                    .map(|number| number.map(f64::to_bits))
                    .collect(),
                _ => Vec::new(),
            }
        };
        let here = bits(&problem);
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(one.install(|| bits(&problem)), here);
        let values = adjust(&problem).unwrap_or_default();
        problem.equations.reverse();
        let turned = adjust(&problem).unwrap_or_default();
        let got = match reconcile(&problem) {
            Outcome::Reconciled(got) => got,
            other => panic!("{other:?}"),
        };
        for ((a, b), estimate) in values.iter().zip(&turned).zip(&got.estimates) {
            if estimate.value.is_some() {
                assert!((a - b).abs() <= 1e-6 * a.abs().max(1.0), "{a} {b}");
            }
        }
    }
}
