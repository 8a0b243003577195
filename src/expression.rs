//! Arithmetic as users write it: read once, then evaluated and differentiated exactly.
//!
//! Grammar: `sum = product {(+|-) product}`, `product = signed {(*|/) signed}`, `signed = (-|+) signed | power`,
//! `power = atom [^ signed]`, `atom = number | name | name:layer | [key] | function(sum, …) | (sum)`. So `-x^2` is
//! −(x²), and `a^b^c` is a^(b^c). Functions: `sqrt`, `exp`, `ln`, `sin`, `cos`, `abs` of one argument, `mean`, `sum`,
//! `min`, `max` of any number. `pi` is π unless the user calls something by that name. Signs may be full-width, and
//! `×` and `÷` are taken too.

mod derivative;
mod parser;
mod spreadsheet;

use parser::{Parser, half_width};
use std::fmt;

/// An expression that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    text: String,
    /// Operands stand before what uses them; the last one is the whole.
    nodes: Vec<Node>,
    symbols: Vec<usize>,
}

/// One step of the evaluation; operands are positions of earlier steps.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Node {
    Number(f64),
    Symbol(usize),
    Unary(Unary, usize),
    Binary(Binary, usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unary {
    Negative,
    SquareRoot,
    Exponential,
    Logarithm,
    Sine,
    Cosine,
    Absolute,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
    Least,
    Greatest,
}

/// A name in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name<'a> {
    /// A word.
    Plain(&'a str),
    /// A word of a layer: `flow:layer`.
    Layered(&'a str, &'a str),
    /// A key in square brackets.
    Bracketed(&'a str),
}

/// Why a text was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    /// Character (counted from 1) at which reading stopped.
    pub position: usize,
    /// What was wrong there.
    pub fault: ExpressionFault,
}

/// What was wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpressionFault {
    /// Something else was expected; what was found (empty at the end).
    Unexpected(String),
    /// A name that nobody knows.
    UnknownName(String),
    /// A word before a bracket that is no function.
    UnknownFunction(String),
    /// A number that is none.
    BadNumber(String),
    /// Nested too deeply.
    TooDeep,
}

/// Why an expression has no value at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// A division by zero.
    DivisionByZero,
    /// No real number, or none that can be held: the root of a negative number, an overflow.
    NotReal,
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Expression {
    /// Functions that are known.
    pub const FUNCTIONS: [&'static str; 10] =
        ["sqrt", "exp", "ln", "sin", "cos", "abs", "mean", "sum", "min", "max"];

    /// Reads an expression; `symbol` gives the number of a name, `None` for one that nobody knows.
    ///
    /// # Errors
    /// When the text does not follow the grammar, or names what is not known.
    pub fn parse(
        text: &str,
        symbol: &mut dyn FnMut(Name<'_>) -> Option<usize>,
    ) -> Result<Self, ExpressionError> {
        let letters: Vec<char> = text.chars().map(half_width).collect();
        let mut parser = Parser { letters, at: 0, symbol, nodes: Vec::new() };
        parser.sum(0)?;
        parser.end()?;
        let nodes = parser.nodes;
        let named = |node: &Node| if let Node::Symbol(symbol) = node { Some(*symbol) } else { None };
        let mut symbols: Vec<usize> = nodes.iter().filter_map(named).collect();
        symbols.sort_unstable();
        symbols.dedup();
        Ok(Self { text: text.trim().to_owned(), nodes, symbols })
    }

    /// Numbers of the names that stand in it, ascending, none twice.
    #[must_use]
    pub fn symbols(&self) -> &[usize] {
        &self.symbols
    }

    /// Its value, given those of its names. Complexity O(length).
    ///
    /// # Errors
    /// The first that a name's value gives, or that an operation has no result.
    pub fn value<E: From<Undefined>>(
        &self,
        mut symbol: impl FnMut(usize) -> Result<f64, E>,
    ) -> Result<f64, E> {
        const SHORT: usize = 48;
        let (mut few, mut many) = ([0.0; SHORT], Vec::new());
        let values = if self.nodes.len() <= SHORT {
            &mut few[..self.nodes.len()]
        } else {
            many.resize(self.nodes.len(), 0.0);
            many.as_mut_slice()
        };
        self.evaluate(&mut symbol, values)?;
        Ok(values.last().copied().unwrap_or_default())
    }

    /// Whether it is a constant plus constant multiples of its names.
    #[must_use]
    pub fn is_affine(&self) -> bool {
        self.degrees().last().is_some_and(|degree| *degree <= Degree::Affine)
    }

    /// Numbers of the names on which its last step depends, ascending, none twice.
    #[must_use]
    pub fn symbols_used(&self) -> Vec<usize> {
        let mut needed = vec![false; self.nodes.len()];
        if let Some(last) = needed.last_mut() {
            *last = true;
        }
        let mut symbols = Vec::new();
        for (position, node) in self.nodes.iter().enumerate().rev() {
            if !needed[position] {
                continue;
            }
            match *node {
                Node::Number(_) => {}
                Node::Symbol(symbol) => symbols.push(symbol),
                Node::Unary(_, a) => needed[a] = true,
                Node::Binary(_, a, b) => (needed[a], needed[b]) = (true, true),
            }
        }
        symbols.sort_unstable();
        symbols.dedup();
        symbols
    }

    /// The two parts of a quotient; `None` where the last thing done is no division.
    #[must_use]
    pub fn quotient(&self) -> Option<(Self, Self)> {
        let Some(Node::Binary(Binary::Divide, above, below)) = self.nodes.last().copied() else {
            return None;
        };
        // Operands stand before what uses them, so a part is all up to its last step; what it does not use does no harm
        // to its value, and its slopes by names it does not use are 0.
        let part = |last: usize| Self {
            text: self.text.clone(),
            nodes: self.nodes[..=last].to_vec(),
            symbols: self.symbols.clone(),
        };
        Some((part(above), part(below)))
    }

    fn evaluate<E: From<Undefined>>(
        &self,
        symbol: &mut dyn FnMut(usize) -> Result<f64, E>,
        values: &mut [f64],
    ) -> Result<(), E> {
        for (position, node) in self.nodes.iter().enumerate() {
            values[position] = match *node {
                Node::Number(number) => number,
                Node::Symbol(name) => symbol(name)?,
                Node::Unary(operation, a) => operation.of(values[a])?,
                Node::Binary(operation, a, b) => operation.of(values[a], values[b])?,
            };
        }
        Ok(())
    }

    /// How each step depends on the names.
    fn degrees(&self) -> Vec<Degree> {
        let mut degrees: Vec<Degree> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let degree = match *node {
                Node::Number(_) => Degree::Constant,
                Node::Symbol(_) => Degree::Affine,
                Node::Unary(Unary::Negative, a) => degrees[a],
                Node::Unary(_, a) if degrees[a] == Degree::Constant => Degree::Constant,
                Node::Binary(operation, a, b) => match (operation, degrees[a], degrees[b]) {
                    (_, Degree::Constant, Degree::Constant) => Degree::Constant,
                    (Binary::Add | Binary::Subtract, a, b) => a.max(b),
                    (Binary::Multiply, Degree::Constant, other)
                    | (Binary::Multiply | Binary::Divide, other, Degree::Constant) => other,
                    _ => Degree::Higher,
                },
                Node::Unary(..) => Degree::Higher,
            };
            degrees.push(degree);
        }
        degrees
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Degree {
    Constant,
    Affine,
    Higher,
}

/// A result that can be held.
fn real(value: f64) -> Result<f64, Undefined> {
    if value.is_finite() { Ok(value) } else { Err(Undefined::NotReal) }
}

impl Unary {
    fn of(self, a: f64) -> Result<f64, Undefined> {
        real(match self {
            Self::Negative => -a,
            Self::SquareRoot => a.sqrt(),
            Self::Exponential => libm::exp(a),
            Self::Logarithm => libm::log(a),
            Self::Sine => libm::sin(a),
            Self::Cosine => libm::cos(a),
            Self::Absolute => a.abs(),
        })
    }
}

impl Binary {
    fn of(self, a: f64, b: f64) -> Result<f64, Undefined> {
        let pole = match self {
            Self::Divide => b == 0.0,
            Self::Power => a == 0.0 && b < 0.0,
            _ => false,
        };
        if pole {
            return Err(Undefined::DivisionByZero);
        }
        real(match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Power => libm::pow(a, b),
            Self::Least => a.min(b),
            Self::Greatest => a.max(b),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 3] = ["x", "y", "flow:Cu"];

    pub(super) fn read(text: &str) -> Result<Expression, ExpressionError> {
        Expression::parse(text, &mut |name| match name {
            Name::Plain(word) => NAMES.iter().position(|known| *known == word),
            Name::Layered(flow, layer) => NAMES.iter().position(|known| *known == format!("{flow}:{layer}")),
            Name::Bracketed(_) => None,
        })
    }

    /// Value with x = 3, y = −2, flow:Cu = 0.5.
    fn value(text: &str) -> Result<f64, Undefined> {
        read(text).unwrap().value(|name| Ok([3.0, -2.0, 0.5][name]))
    }

    #[test]
    fn powers_bind_tightest_and_group_to_the_right() {
        assert_eq!(value("-x^2"), Ok(-9.0));
        assert_eq!(value("2^x^2"), Ok(512.0));
        assert_eq!(value("2^-x"), Ok(0.125));
        assert_eq!(value("(-x)^2 * y"), Ok(-18.0));
        assert_eq!(value("10 - x - y"), Ok(9.0));
        assert_eq!(value("12/x/2*y"), Ok(-4.0));
        assert_eq!(value("--x + +y"), Ok(1.0));
        assert_eq!(value("1e-3*1.5E2"), Ok(0.15));
    }

    #[test]
    fn functions_layers_and_pi() {
        assert_eq!(value("flow:Cu/x"), Ok(0.5 / 3.0));
        assert_eq!(value("sqrt(x+6) + abs(y)"), Ok(5.0));
        assert_eq!(value("exp(0)*cos(0) + ln(1) + sin(0)"), Ok(1.0));
        assert_eq!(value("2*pi"), Ok(2.0 * std::f64::consts::PI));
        assert_eq!(value("max(x, y, 1) - min(x, y) + mean(1, 2, 6)"), Ok(8.0));
        assert_eq!(value("（x＋１）×２"), Ok(8.0));
    }

    #[test]
    fn what_has_no_value_is_said() {
        assert_eq!(value("1/(x-3)"), Err(Undefined::DivisionByZero));
        assert_eq!(value("(x-3)^-1"), Err(Undefined::DivisionByZero));
        for text in ["sqrt(y)", "ln(y)", "ln(x-3)", "y^0.5", "exp(1000)", "1e200*1e200"] {
            assert_eq!(value(text), Err(Undefined::NotReal), "{text}");
        }
    }

    #[test]
    fn faults_name_their_place() {
        use ExpressionFault::{BadNumber, TooDeep, Unexpected, UnknownFunction, UnknownName};
        for (text, position, fault) in [
            ("", 1, Unexpected(String::new())),
            ("x +", 4, Unexpected(String::new())),
            ("x y", 3, Unexpected("y".into())),
            ("x + z", 5, UnknownName("z".into())),
            ("flow:Fe", 1, UnknownName("flow:Fe".into())),
            ("flow:", 5, Unexpected(":".into())),
            ("tan(x)", 1, UnknownFunction("tan".into())),
            ("sqrt(x, y)", 7, Unexpected(",".into())),
            ("2 * 1.2.3", 5, BadNumber("1.2.3".into())),
            ("1e999", 1, BadNumber("1e999".into())),
            ("(x", 3, Unexpected(String::new())),
            ("x # y", 3, Unexpected("#".into())),
        ] {
            assert_eq!(read(text), Err(ExpressionError { position, fault }), "{text}");
        }
        for deep in ["(", "-", "2^", "sqrt("] {
            assert_eq!(read(&deep.repeat(10_000)).unwrap_err().fault, TooDeep, "{deep}");
        }
    }

    #[test]
    fn a_very_long_sum_is_no_trouble() {
        let long = vec!["x"; 200_000].join("+");
        let expression = read(&long).unwrap();
        assert_eq!(expression.value::<Undefined>(|_| Ok(1.0)), Ok(200_000.0));
        assert_eq!(expression.symbols(), [0]);
    }

    #[test]
    fn parts_of_a_quotient_use_their_own_names() {
        let (above, below) = read("(x + 2) / (y + x)").unwrap().quotient().unwrap();
        assert_eq!((above.symbols_used(), below.symbols_used()), (vec![0], vec![0, 1]));
        let value = |part: &Expression| part.value::<Undefined>(|name| Ok([3.0, -2.0, 0.5][name]));
        assert_eq!((value(&above), value(&below)), (Ok(5.0), Ok(1.0)));
        assert!(read("x / y + 1").unwrap().quotient().is_none());
    }

    #[test]
    fn what_is_affine() {
        for text in ["3", "2*x - y/4 + 1", "-(x + y)*sqrt(2)", "flow:Cu*2^3"] {
            assert!(read(text).unwrap().is_affine(), "{text}");
        }
        for text in ["x*y", "1/x", "x^1", "abs(x)", "max(x, y)", "2^x"] {
            assert!(!read(text).unwrap().is_affine(), "{text}");
        }
    }
}
