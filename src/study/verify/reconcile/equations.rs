//! Variables and free equations posed as a problem.

use super::posed::{Posed, knowledge};
use crate::case::EquationSystem;
use crate::expression::Expression;
use crate::reconcile::{Equation, Function, Variable};
use std::sync::Arc;

/// An expression as a function of the quantities whose numbers are its symbols.
struct Formula(Expression);

impl Function for Formula {
    fn variables(&self) -> &[usize] {
        self.0.symbols()
    }

    fn evaluate(&self, x: &[f64], gradient: &mut Vec<f64>) -> f64 {
        // Undefined here is told to the iteration as a number that is none.
        self.0.differentiate(|symbol| x[symbol], gradient).unwrap_or_else(|_| {
            gradient.clear();
            gradient.resize(self.0.symbols().len(), f64::NAN);
            f64::NAN
        })
    }
}

/// Poses a system of equations.
pub(super) fn pose(system: &EquationSystem) -> Posed {
    let mut posed = Posed::default();
    for variable in &system.variables {
        let known = knowledge(variable.value);
        let (start, lower, upper) = (variable.start, variable.lower, variable.upper);
        posed.add(Some(&variable.key), Variable { start, lower, upper, ..Variable::free(known) });
    }
    for equation in &system.equations {
        posed.require(as_equation(&equation.expression), format!("equations.csv {}", equation.key));
    }
    posed
}

/// Linear where the expression is, so that nothing need be iterated.
fn as_equation(expression: &Expression) -> Equation {
    let formula = Formula(expression.clone());
    if expression.is_affine() {
        let origin = vec![0.0; expression.symbols().last().map_or(0, |last| last + 1)];
        let mut slopes = Vec::new();
        let constant = formula.evaluate(&origin, &mut slopes);
        if constant.is_finite() {
            let terms = expression.symbols().iter().copied().zip(slopes).collect();
            return Equation::linear(terms, -constant);
        }
    }
    Equation { general: Some(Arc::new(formula)), ..Equation::default() }
}
