//! Formulas of indicators: arithmetic over named terms and other indicators.
//!
//! Grammar: `sum = product {(+|-) product}`, `product = factor {(*|/) factor}`,
//! `factor = -factor | number | name | [indicator] | function(sum, …) | (sum)`, with the functions
//! `mean`, `sum`, `min`, `max`. Signs may be full-width, and `×` and `÷` are taken too.

mod parser;

use super::value::NotComputable;
use parser::{Parser, half_width};
use std::fmt;

/// Deepest nesting that is read; deeper text is refused rather than overflowing the stack.
const DEEPEST: usize = 64;

/// A parsed formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    text: String,
    root: Node,
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Number(f64),
    Term(usize),
    Indicator(String),
    Negative(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Mean,
    Sum,
    Min,
    Max,
}

/// Why a formula was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// Character (counted from 1) at which reading stopped.
    pub position: usize,
    /// What was wrong there.
    pub fault: FormulaFault,
}

/// What was wrong with a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormulaFault {
    /// Something else was expected; what was found (empty at the end).
    Unexpected(String),
    /// A name that is no term.
    UnknownName(String),
    /// A word before a bracket that is no function.
    UnknownFunction(String),
    /// A number that is none.
    BadNumber(String),
    /// Nested too deeply.
    TooDeep,
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Formula {
    /// Reads a formula; `term` gives the position of a named term.
    ///
    /// # Errors
    /// When the text does not follow the grammar or names what is no term.
    pub fn parse(text: &str, term: &dyn Fn(&str) -> Option<usize>) -> Result<Self, FormulaError> {
        let mut parser = Parser { letters: text.chars().map(half_width).collect(), at: 0, term };
        let root = parser.sum(0)?;
        parser.blanks();
        match parser.letters.get(parser.at) {
            None => Ok(Self { text: text.trim().to_owned(), root }),
            Some(_) => Err(parser.unexpected()),
        }
    }

    /// Ids of the indicators it names, in order of appearance, none twice.
    #[must_use]
    pub fn members(&self) -> Vec<&str> {
        let mut members = Vec::new();
        self.root.visit(&mut |node| {
            if let Node::Indicator(key) = node
                && !members.contains(&key.as_str())
            {
                members.push(key.as_str());
            }
        });
        members
    }

    /// Positions of the terms it names, ascending.
    #[must_use]
    pub fn terms(&self) -> Vec<usize> {
        let mut terms = Vec::new();
        self.root.visit(&mut |node| {
            if let Node::Term(term) = node {
                terms.push(*term);
            }
        });
        terms.sort_unstable();
        terms.dedup();
        terms
    }

    /// Its value, given those of terms and members.
    ///
    /// # Errors
    /// When a term or member has none, or a division is by zero.
    pub fn value(
        &self,
        term: &dyn Fn(usize) -> Result<f64, NotComputable>,
        member: &dyn Fn(&str) -> Result<f64, NotComputable>,
    ) -> Result<f64, NotComputable> {
        self.root.value(term, member)
    }
}

impl Node {
    fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Self)) {
        see(self);
        match self {
            Self::Number(_) | Self::Term(_) | Self::Indicator(_) => {}
            Self::Negative(inner) => inner.visit(see),
            Self::Binary(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Self::Call(_, arguments) => arguments.iter().for_each(|a| a.visit(see)),
        }
    }

    fn value(
        &self,
        term: &dyn Fn(usize) -> Result<f64, NotComputable>,
        member: &dyn Fn(&str) -> Result<f64, NotComputable>,
    ) -> Result<f64, NotComputable> {
        Ok(match self {
            Self::Number(number) => *number,
            Self::Term(position) => term(*position)?,
            Self::Indicator(key) => member(key)?,
            Self::Negative(inner) => -inner.value(term, member)?,
            Self::Binary(operator, left, right) => {
                let (left, right) = (left.value(term, member)?, right.value(term, member)?);
                match operator {
                    Operator::Add => left + right,
                    Operator::Subtract => left - right,
                    Operator::Multiply => left * right,
                    Operator::Divide if right == 0.0 => return Err(NotComputable::DivisionByZero),
                    Operator::Divide => left / right,
                }
            }
            Self::Call(function, arguments) => {
                let mut values = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    values.push(argument.value(term, member)?);
                }
                match function {
                    Function::Sum => values.iter().sum(),
                    Function::Mean => values.iter().sum::<f64>() / values.len() as f64,
                    Function::Min => values.iter().copied().fold(f64::INFINITY, f64::min),
                    Function::Max => values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 3] = ["a", "b", "gdp_constant"];

    fn parse(text: &str) -> Result<Formula, FormulaError> {
        Formula::parse(text, &|name| NAMES.iter().position(|n| *n == name))
    }

    /// Value with a = 6, b = 3, gdp_constant = 0, [x-1] = 0.5.
    fn value(text: &str) -> Result<f64, NotComputable> {
        let values = [6.0, 3.0, 0.0];
        parse(text).unwrap().value(&|t| Ok(values[t]), &|key| match key {
            "x-1" => Ok(0.5),
            _ => Err(NotComputable::MissingMember(key.to_owned())),
        })
    }

    #[test]
    fn products_bind_before_sums_and_both_go_from_the_left() {
        assert_eq!(value("a - b - 1"), Ok(2.0));
        assert_eq!(value("a / b / 2"), Ok(1.0));
        assert_eq!(value("1 + a * b"), Ok(19.0));
        assert_eq!(value("(1 + a) * -b"), Ok(-21.0));
        assert_eq!(value("（a＋b）÷３×1e1"), Ok(30.0));
        assert_eq!(value("a*5e-1-1"), Ok(2.0));
    }

    #[test]
    fn functions_and_members() {
        assert_eq!(value("mean([x-1], a, 2.5)"), Ok(3.0));
        assert_eq!(value("max(a, b) - min(a, b) + sum(1, 2)"), Ok(6.0));
        assert_eq!(value("mean([x-1], [y])"), Err(NotComputable::MissingMember("y".into())));
        assert_eq!(parse("[x-1] + [y] + [x-1]").unwrap().members(), ["x-1", "y"]);
        assert_eq!(parse("b / (a + b)").unwrap().terms(), [0, 1]);
    }

    #[test]
    fn division_by_zero_is_said_not_computed() {
        assert_eq!(value("a / gdp_constant"), Err(NotComputable::DivisionByZero));
    }

    #[test]
    fn faults_name_their_place() {
        for (text, position, fault) in [
            ("a +", 4, FormulaFault::Unexpected(String::new())),
            ("a b", 3, FormulaFault::Unexpected("b".into())),
            ("a + gpd", 5, FormulaFault::UnknownName("gpd".into())),
            ("median(a)", 1, FormulaFault::UnknownFunction("median".into())),
            ("2 * 1.2.3", 5, FormulaFault::BadNumber("1.2.3".into())),
            ("(a", 3, FormulaFault::Unexpected(String::new())),
            ("[x", 3, FormulaFault::Unexpected(String::new())),
        ] {
            assert_eq!(parse(text), Err(FormulaError { position, fault }), "{text}");
        }
        let deep = "(".repeat(10_000);
        assert_eq!(parse(&deep).unwrap_err().fault, FormulaFault::TooDeep);
        let negative = "-".repeat(10_000);
        assert_eq!(parse(&negative).unwrap_err().fault, FormulaFault::TooDeep);
    }
}
