//! Formulas of indicators: arithmetic over named terms and other indicators, which stand in square brackets.
//!
//! The grammar is that of [`crate::expression`].

use super::value::NotComputable;
use crate::expression::{Expression, Name, Undefined};
use std::fmt;

pub use crate::expression::{ExpressionError as FormulaError, ExpressionFault as FormulaFault};

/// A parsed formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// Its names are terms at even numbers and members at odd ones, two numbers a position.
    expression: Expression,
    members: Vec<String>,
}

/// A formula near a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Slopes {
    /// Its value there.
    pub value: f64,
    /// By position of the term.
    pub terms: Vec<(usize, f64)>,
    /// By id of the member.
    pub members: Vec<(String, f64)>,
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expression.fmt(f)
    }
}

impl From<Undefined> for NotComputable {
    fn from(undefined: Undefined) -> Self {
        match undefined {
            Undefined::DivisionByZero => Self::DivisionByZero,
            Undefined::NotReal => Self::NotReal,
        }
    }
}

impl Formula {
    /// Reads a formula; `term` gives the position of a named term.
    ///
    /// # Errors
    /// When the text does not follow the grammar or names what is no term.
    pub fn parse(text: &str, term: &dyn Fn(&str) -> Option<usize>) -> Result<Self, FormulaError> {
        let mut members: Vec<String> = Vec::new();
        let expression = Expression::parse(text, &mut |name| match name {
            Name::Plain(word) => term(word).map(|position| 2 * position),
            Name::Bracketed(key) => {
                let known = members.iter().position(|member| member == key);
                let position = known.unwrap_or(members.len());
                if known.is_none() {
                    members.push(key.to_owned());
                }
                Some(2 * position + 1)
            }
            Name::Layered(..) => None,
        })?;
        Ok(Self { expression, members })
    }

    /// Ids of the indicators it names, in order of appearance, none twice.
    #[must_use]
    pub fn members(&self) -> Vec<&str> {
        self.members.iter().map(String::as_str).collect()
    }

    /// Positions of the terms it names, ascending.
    #[must_use]
    pub fn terms(&self) -> Vec<usize> {
        let symbols = self.expression.symbols().iter();
        symbols.filter(|symbol| *symbol % 2 == 0).map(|symbol| symbol / 2).collect()
    }

    /// The formula of a spreadsheet (without `=`) that computes it; the cells of terms and members are given.
    #[must_use]
    pub fn spreadsheet(&self, term: &dyn Fn(usize) -> String, member: &dyn Fn(&str) -> String) -> String {
        self.expression.spreadsheet(&|symbol| match symbol % 2 {
            0 => term(symbol / 2),
            _ => member(&self.members[symbol / 2]),
        })
    }

    /// Numerator and denominator, where it is a quotient.
    #[must_use]
    pub fn quotient(&self) -> Option<(Self, Self)> {
        let (above, below) = self.expression.quotient()?;
        let of = |expression| Self { expression, members: self.members.clone() };
        Some((of(above), of(below)))
    }

    /// Positions of the terms on which its value depends, ascending: of a part of a quotient those of the part alone.
    #[must_use]
    pub fn terms_used(&self) -> Vec<usize> {
        let used = self.expression.symbols_used();
        used.into_iter().filter(|symbol| symbol % 2 == 0).map(|symbol| symbol / 2).collect()
    }

    /// Whether it is a constant plus constant multiples of terms and members.
    #[must_use]
    pub fn is_affine(&self) -> bool {
        self.expression.is_affine()
    }

    /// Its value, and its slopes by terms (position, slope) and by members (id, slope).
    ///
    /// # Errors
    /// As [`value`](Self::value), or when a slope is infinite.
    pub fn slopes(
        &self,
        term: &dyn Fn(usize) -> f64,
        member: &dyn Fn(&str) -> f64,
    ) -> Result<Slopes, NotComputable> {
        let at = |symbol: usize| match symbol % 2 {
            0 => term(symbol / 2),
            _ => member(&self.members[symbol / 2]),
        };
        let mut partials = Vec::new();
        let value = self.expression.differentiate(at, &mut partials)?;
        let mut slopes = Slopes { value, terms: Vec::new(), members: Vec::new() };
        for (symbol, slope) in self.expression.symbols().iter().zip(partials) {
            match symbol % 2 {
                0 => slopes.terms.push((symbol / 2, slope)),
                _ => slopes.members.push((self.members[symbol / 2].clone(), slope)),
            }
        }
        Ok(slopes)
    }

    /// Its value, given those of terms and members.
    ///
    /// # Errors
    /// When a term or member has none, a division is by zero, or the result is no real number.
    pub fn value(
        &self,
        term: &dyn Fn(usize) -> Result<f64, NotComputable>,
        member: &dyn Fn(&str) -> Result<f64, NotComputable>,
    ) -> Result<f64, NotComputable> {
        self.expression.value(|symbol| match symbol % 2 {
            0 => term(symbol / 2),
            _ => member(&self.members[symbol / 2]),
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
