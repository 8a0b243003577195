//! Exact partial derivatives: the steps of the evaluation gone back by the chain rule.

use super::{Binary, Degree, Expression, Node, Unary, Undefined, real};

impl Expression {
    /// Its value, and in `partials` its derivatives by each of [`Expression::symbols`], in their order.
    ///
    /// Where `abs`, `min` or `max` has a kink the derivative is that of one side (of `abs` at 0: 0). Complexity
    /// O(length), whatever the number of names.
    ///
    /// # Errors
    /// When an operation has no result, or a derivative is infinite (as that of `sqrt` at 0).
    pub fn differentiate(
        &self,
        at: impl Fn(usize) -> f64,
        partials: &mut Vec<f64>,
    ) -> Result<f64, Undefined> {
        let mut values = vec![0.0; self.nodes.len()];
        self.evaluate(&mut |symbol| Ok::<f64, Undefined>(at(symbol)), &mut values)?;
        let degrees = self.degrees();
        // By how much the whole changes with each step.
        let mut slopes = vec![0.0; self.nodes.len()];
        if let Some(whole) = slopes.last_mut() {
            *whole = 1.0;
        }
        partials.clear();
        partials.resize(self.symbols.len(), 0.0);
        for (position, node) in self.nodes.iter().enumerate().rev() {
            let slope = slopes[position];
            if slope == 0.0 {
                continue;
            }
            match *node {
                Node::Number(_) => {}
                Node::Symbol(symbol) => {
                    if let Ok(place) = self.symbols.binary_search(&symbol) {
                        partials[place] += slope;
                    }
                }
                Node::Unary(operation, a) if degrees[a] > Degree::Constant => {
                    slopes[a] += real(slope * operation.slope(values[a], values[position]))?;
                }
                Node::Unary(..) => {}
                Node::Binary(operation, a, b) => {
                    let [by_a, by_b] = [a, b].map(|operand| degrees[operand] > Degree::Constant);
                    let (x, y, result) = (values[a], values[b], values[position]);
                    if by_a {
                        slopes[a] += real(slope * operation.slope_by_first(x, y))?;
                    }
                    if by_b {
                        slopes[b] += real(slope * operation.slope_by_second(x, y, result))?;
                    }
                }
            }
        }
        match values.last() {
            Some(whole) if partials.iter().all(|partial| partial.is_finite()) => Ok(*whole),
            _ => Err(Undefined::NotReal),
        }
    }
}

impl Unary {
    /// Derivative at `a`, where the result is `result`.
    fn slope(self, a: f64, result: f64) -> f64 {
        match self {
            Self::Negative => -1.0,
            Self::SquareRoot => 0.5 / result,
            Self::Exponential => result,
            Self::Logarithm => 1.0 / a,
            Self::Sine => libm::cos(a),
            Self::Cosine => -libm::sin(a),
            Self::Absolute if a == 0.0 => 0.0,
            Self::Absolute => a.signum(),
        }
    }
}

impl Binary {
    fn slope_by_first(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Add | Self::Subtract => 1.0,
            Self::Multiply => b,
            Self::Divide => 1.0 / b,
            Self::Power if b == 0.0 => 0.0,
            Self::Power => b * libm::pow(a, b - 1.0),
            Self::Least => f64::from(u8::from(a <= b)),
            Self::Greatest => f64::from(u8::from(a >= b)),
        }
    }

    fn slope_by_second(self, a: f64, b: f64, result: f64) -> f64 {
        match self {
            Self::Add => 1.0,
            Self::Subtract => -1.0,
            Self::Multiply => a,
            Self::Divide => -result / b,
            // 0^b stays 0 for b > 0.
            Self::Power if a == 0.0 => 0.0,
            Self::Power => result * libm::log(a),
            Self::Least => f64::from(u8::from(a > b)),
            Self::Greatest => f64::from(u8::from(a < b)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::*;

    const AT: [f64; 3] = [1.3, 0.7, 2.1];

    #[test]
    fn derivatives_agree_with_central_differences() {
        for text in [
            "x*y - flow:Cu^2",
            "x/y + y/flow:Cu",
            "sqrt(x^2 + y^2)*exp(-flow:Cu)",
            "ln(x*y)*sin(flow:Cu)*cos(x)",
            "x^y + y^x + 2^flow:Cu",
            "abs(y - x)*max(x, y)/min(x, flow:Cu) + mean(x, y, x)",
            "0.5*x^2 - 0.7*y + x*flow:Cu + y^2*flow:Cu*x + 2*x*flow:Cu^2 - 255.8",
            "(x - flow:Cu)^3",
        ] {
            let expression = read(text).unwrap();
            let mut partials = Vec::new();
            let value = expression.differentiate(|symbol| AT[symbol], &mut partials).unwrap();
            let at = |shifted: usize, by: f64| {
                let point = |symbol: usize| {
                    Ok::<f64, Undefined>(AT[symbol] + if symbol == shifted { by } else { 0.0 })
                };
                expression.value(point).unwrap()
            };
            assert_eq!(value, at(9, 0.0), "{text}");
            for (symbol, partial) in expression.symbols().iter().zip(&partials) {
                let step = 1e-5;
                let difference = (at(*symbol, step) - at(*symbol, -step)) / (2.0 * step);
                assert!((difference - partial).abs() < 1e-8 * (1.0 + partial.abs()), "{text}: {symbol}");
            }
        }
    }

    #[test]
    fn derivatives_by_hand() {
        // x³y at (2, 5): value 40, by x 3x²y = 60, by y x³ = 8.
        let mut partials = Vec::new();
        let point = [2.0, 5.0];
        assert_eq!(read("x^3*y").unwrap().differentiate(|s| point[s], &mut partials), Ok(40.0));
        assert_eq!(partials, [60.0, 8.0]);
        // A negative base with a constant exponent, and a base of zero.
        assert_eq!(read("x^2").unwrap().differentiate(|_| -3.0, &mut partials), Ok(9.0));
        assert_eq!(partials, [-6.0]);
        assert_eq!(read("x^1 + x^0").unwrap().differentiate(|_| 0.0, &mut partials), Ok(1.0));
        assert_eq!(partials, [1.0]);
    }

    #[test]
    fn an_infinite_slope_is_said() {
        let mut partials = Vec::new();
        assert_eq!(read("sqrt(x)").unwrap().differentiate(|_| 0.0, &mut partials), Err(Undefined::NotReal));
        assert_eq!(read("sqrt(4)*x").unwrap().differentiate(|_| 0.0, &mut partials), Ok(0.0));
        assert_eq!(partials, [2.0]);
    }
}
