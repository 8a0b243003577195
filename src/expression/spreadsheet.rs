//! An expression as the formula of a spreadsheet.

use super::{Binary, Expression, Node, Unary};

impl Expression {
    /// The formula of a spreadsheet (without `=`) that computes it; `symbol` gives the cell of a name. Operations stand
    /// in brackets, since programs differ in what `-x^2` is. Complexity O(length).
    #[must_use]
    pub fn spreadsheet(&self, symbol: &dyn Fn(usize) -> String) -> String {
        let mut written: Vec<String> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let text = match *node {
                Node::Number(number) => format!("{number}"),
                Node::Symbol(name) => symbol(name),
                Node::Unary(operation, a) => operation.spreadsheet(&written[a]),
                Node::Binary(operation, a, b) => operation.spreadsheet(&written[a], &written[b]),
            };
            written.push(text);
        }
        written.pop().unwrap_or_default()
    }
}

impl Unary {
    fn spreadsheet(self, a: &str) -> String {
        match self {
            Self::Negative => format!("(0-{a})"),
            Self::SquareRoot => format!("SQRT({a})"),
            Self::Exponential => format!("EXP({a})"),
            Self::Logarithm => format!("LN({a})"),
            Self::Sine => format!("SIN({a})"),
            Self::Cosine => format!("COS({a})"),
            Self::Absolute => format!("ABS({a})"),
        }
    }
}

impl Binary {
    fn spreadsheet(self, a: &str, b: &str) -> String {
        match self {
            Self::Add => format!("({a}+{b})"),
            Self::Subtract => format!("({a}-{b})"),
            Self::Multiply => format!("({a}*{b})"),
            Self::Divide => format!("({a}/{b})"),
            Self::Power => format!("({a}^{b})"),
            Self::Least => format!("MIN({a},{b})"),
            Self::Greatest => format!("MAX({a},{b})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn formulas_keep_their_order_of_operations() {
        let cells = |symbol: usize| ["A1", "B2", "C3"][symbol].to_owned();
        for (text, formula) in [
            ("x + y * 2", "(A1+(B2*2))"),
            ("-x^2", "(0-(A1^2))"),
            ("(x - y) / flow:Cu", "((A1-B2)/C3)"),
            ("max(x, y, 3)", "MAX(MAX(A1,B2),3)"),
            ("sqrt(abs(x)) - ln(y)", "(SQRT(ABS(A1))-LN(B2))"),
        ] {
            assert_eq!(read(text).unwrap().spreadsheet(&cells), formula, "{text}");
        }
    }
}
