//! Sums of columns: `constant + Σ factor·x`, in the unit of what they stand for.

use super::solver::{Column, Problem, Relation};

/// A linear form over the columns of a problem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// What it is where all columns are 0.
    pub constant: f64,
    /// Columns with their factors; a column may occur more than once.
    pub terms: Vec<(Column, f64)>,
}

impl Form {
    /// A constant.
    #[must_use]
    pub fn constant(constant: f64) -> Self {
        Self { constant, terms: Vec::new() }
    }

    /// A column times a factor.
    #[must_use]
    pub fn of(column: Column, factor: f64) -> Self {
        Self { constant: 0.0, terms: vec![(column, factor)] }
    }

    /// Adds another form times a factor.
    pub fn add(&mut self, other: &Self, factor: f64) {
        self.constant += factor * other.constant;
        self.terms.extend(other.terms.iter().map(|(column, by)| (*column, by * factor)));
    }

    /// Its value in an answer.
    #[must_use]
    pub fn value(&self, values: &[f64]) -> f64 {
        self.constant + self.terms.iter().map(|(column, factor)| factor * column.of(values)).sum::<f64>()
    }

    /// Adds the row `form (≤, =, ≥) right`, divided by a scale > 0 so that its figures are near 1. Gives the row's
    /// position.
    pub fn row(&self, problem: &mut Problem, relation: Relation, right: f64, scale: f64) -> usize {
        let terms = self.terms.iter().map(|(column, factor)| (*column, factor / scale)).collect();
        problem.row(terms, relation, (right - self.constant) / scale);
        problem.rows().len() - 1
    }

    /// Makes it what a problem minimises, divided by a scale > 0: the costs of all other columns become nothing.
    pub fn minimise(&self, problem: &mut Problem, scale: f64) {
        problem.clear_costs();
        for (column, factor) in &self.terms {
            problem.add_cost(*column, factor / scale);
        }
    }
}
