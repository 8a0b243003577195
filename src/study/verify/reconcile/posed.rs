//! A case as a problem of reconciliation, with the names of its quantities and equations.

use crate::quantity::Quantity;
use crate::reconcile::{Equation, Knowledge, Problem, Variable};
use std::collections::BTreeMap;

/// The problem of a case.
#[derive(Debug, Default)]
pub(super) struct Posed {
    pub(super) problem: Problem,
    /// Where every equation comes from: file and row or key.
    pub(super) labels: Vec<String>,
    /// The goods balance of every process.
    pub(super) balances: BTreeMap<String, usize>,
    names: BTreeMap<String, usize>,
}

impl Posed {
    /// Adds a named quantity; a name given twice stays with the first.
    pub(super) fn add(&mut self, name: Option<&str>, variable: Variable) -> usize {
        let number = self.problem.add(variable);
        self.also(name, number);
        number
    }

    /// Another name of a quantity.
    pub(super) fn also(&mut self, name: Option<&str>, number: usize) {
        if let Some(name) = name {
            self.names.entry(name.to_owned()).or_insert(number);
        }
    }

    /// Adds an equation and says where it comes from.
    pub(super) fn require(&mut self, equation: Equation, label: impl Into<String>) -> usize {
        self.problem.equations.push(equation);
        self.labels.push(label.into());
        self.labels.len() - 1
    }

    /// The quantity of a name; blanks within it do not count.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.names.get(name).or_else(|| self.names.get(&without_blanks(name))).copied()
    }

    /// A name of a quantity.
    pub(super) fn name_of(&self, variable: usize) -> String {
        let found = self.names.iter().find(|(_, number)| **number == variable);
        found.map_or_else(String::new, |(name, _)| name.clone())
    }
}

pub(super) fn without_blanks(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What a cell says of a quantity: nothing, a constant, or a measurement with its mean and standard deviation.
pub(super) fn knowledge(value: Option<Quantity>) -> Knowledge {
    match value {
        None => Knowledge::Unknown,
        Some(value) if value.deviation() > 0.0 => {
            Knowledge::Measured { value: value.mean(), deviation: value.deviation() }
        }
        Some(value) => Knowledge::Exact(value.mean()),
    }
}
