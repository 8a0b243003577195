//! What is to be reconciled: quantities, what is known of them, and the equations between them.

use std::sync::Arc;

/// What is known of a quantity before reconciliation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Knowledge {
    /// A constant.
    Exact(f64),
    /// Observed with a standard deviation above 0 (0 makes it exact).
    Measured {
        /// The observation.
        value: f64,
        /// Its standard deviation, in the unit of the value.
        deviation: f64,
    },
    /// To be found from the others.
    Unknown,
}

/// A quantity: what is known of it and the bounds that it must keep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variable {
    /// What is known before.
    pub knowledge: Knowledge,
    /// Where iterations begin; none is the measurement, or what the equations make of the rest.
    pub start: Option<f64>,
    /// Usual size of an unknown quantity (1 of a share); none is that of the known ones.
    pub size: Option<f64>,
    /// Lower bound; none lets it be negative.
    pub lower: Option<f64>,
    /// Upper bound.
    pub upper: Option<f64>,
}

impl Variable {
    /// A quantity without bounds that starts where it is known to be.
    #[must_use]
    pub fn free(knowledge: Knowledge) -> Self {
        Self { knowledge, start: None, size: None, lower: None, upper: None }
    }

    /// Value and deviation of a measurement that can move.
    #[must_use]
    pub fn measurement(&self) -> Option<(f64, f64)> {
        match self.knowledge {
            Knowledge::Measured { value, deviation } if deviation > 0.0 => Some((value, deviation)),
            _ => None,
        }
    }

    /// The constant that it is.
    #[must_use]
    pub fn constant(&self) -> Option<f64> {
        match self.knowledge {
            Knowledge::Exact(value) => Some(value),
            Knowledge::Measured { value, deviation: 0.0 } => Some(value),
            _ => None,
        }
    }

    /// Whether nothing is known of it.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.knowledge == Knowledge::Unknown
    }
}

/// A differentiable function of some quantities.
pub trait Function: Send + Sync {
    /// The quantities it depends on, each once.
    fn variables(&self) -> &[usize];

    /// Its value at `x` (all quantities); `gradient` gets the derivatives in the order of
    /// [`variables`](Self::variables). NaN or infinite where it is not defined.
    fn evaluate(&self, x: &[f64], gradient: &mut Vec<f64>) -> f64;
}

/// `constant + Σ factor·x + Σ factor·x·x' + general(x) = 0`.
#[derive(Clone, Default)]
pub struct Equation {
    /// The constant term.
    pub constant: f64,
    /// Terms (quantity, factor).
    pub linear: Vec<(usize, f64)>,
    /// Terms (quantity, quantity, factor).
    pub products: Vec<(usize, usize, f64)>,
    /// A further term of any form.
    pub general: Option<Arc<dyn Function>>,
}

impl std::fmt::Debug for Equation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let general = self.general.as_ref().map(|g| g.variables().to_vec());
        let terms = (self.constant, &self.linear, &self.products, general);
        f.debug_tuple("Equation").field(&terms).finish()
    }
}

/// An equation linearised at a point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tangent {
    /// Value of the equation there; 0 when it holds.
    pub value: f64,
    /// Sum of the absolute values of its terms: what the value is small against.
    pub size: f64,
    /// Derivatives by quantity, ascending, each quantity once.
    pub gradient: Vec<(u32, f64)>,
}

impl Equation {
    /// Σ factor·x = constant.
    #[must_use]
    pub fn linear(mut terms: Vec<(usize, f64)>, constant: f64) -> Self {
        // A flow that leaves where it enters must cancel before anything is computed with it.
        merge_repeats(&mut terms);
        terms.retain(|(_, factor)| *factor != 0.0);
        Self { constant: -constant, linear: terms, ..Self::default() }
    }

    /// Whether the equation is linear.
    #[must_use]
    pub fn is_linear(&self) -> bool {
        self.products.is_empty() && self.general.is_none()
    }

    /// Every quantity that occurs, repeats included.
    pub fn variables(&self) -> impl Iterator<Item = usize> + '_ {
        let products = self.products.iter().flat_map(|(a, b, _)| [*a, *b]);
        let general = self.general.iter().flat_map(|g| g.variables().iter().copied());
        self.linear.iter().map(|(v, _)| *v).chain(products).chain(general)
    }

    /// Value, size and gradient at `x`. `gradient` and `scratch` are kept between calls for their memory.
    pub fn tangent(&self, x: &[f64], tangent: &mut Tangent, scratch: &mut Vec<f64>) {
        let (mut value, mut size) = (self.constant, self.constant.abs());
        tangent.gradient.clear();
        for &(v, factor) in &self.linear {
            value += factor * x[v];
            size += (factor * x[v]).abs();
            tangent.gradient.push((v as u32, factor));
        }
        for &(a, b, factor) in &self.products {
            value += factor * x[a] * x[b];
            size += (factor * x[a] * x[b]).abs();
            tangent.gradient.push((a as u32, factor * x[b]));
            tangent.gradient.push((b as u32, factor * x[a]));
        }
        if let Some(general) = &self.general {
            let part = general.evaluate(x, scratch);
            value += part;
            size += part.abs();
            for (&v, &slope) in general.variables().iter().zip(scratch.iter()) {
                size += (slope * x[v]).abs();
                tangent.gradient.push((v as u32, slope));
            }
        }
        tangent.value = value;
        tangent.size = size;
        merge_repeats(&mut tangent.gradient);
    }
}

fn merge_repeats<I: Ord + Copy>(gradient: &mut Vec<(I, f64)>) {
    if gradient.windows(2).all(|w| w[0].0 < w[1].0) {
        return;
    }
    gradient.sort_by_key(|term| term.0);
    gradient.dedup_by(|later, kept| {
        let same = later.0 == kept.0;
        if same {
            kept.1 += later.1;
        }
        same
    });
}

/// Quantities and equations; both are told apart by their place in the list.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    /// The quantities.
    pub variables: Vec<Variable>,
    /// The equations between them.
    pub equations: Vec<Equation>,
}

/// What is wrong with a problem before anything is computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// A value, deviation, bound or starting point that is not a finite number.
    NotFinite {
        /// The quantity.
        variable: usize,
    },
    /// A standard deviation below 0.
    NegativeDeviation {
        /// The quantity.
        variable: usize,
    },
    /// A lower bound above the upper one, or a constant outside its bounds.
    BoundsCross {
        /// The quantity.
        variable: usize,
    },
    /// An equation that names a quantity that is not there, or has a factor that is not finite.
    BadEquation {
        /// The equation.
        equation: usize,
    },
}

impl Problem {
    /// Adds a quantity and gives its number.
    pub fn add(&mut self, variable: Variable) -> usize {
        self.variables.push(variable);
        self.variables.len() - 1
    }

    /// Everything that is wrong with the problem as posed.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (variable, v) in self.variables.iter().enumerate() {
            let numbers = match v.knowledge {
                Knowledge::Exact(value) => [Some(value), None],
                Knowledge::Measured { value, deviation } => [Some(value), Some(deviation)],
                Knowledge::Unknown => [None, None],
            };
            if numbers
                .iter()
                .chain(&[v.start, v.size, v.lower, v.upper])
                .flatten()
                .any(|number| !number.is_finite())
            {
                faults.push(Fault::NotFinite { variable });
                continue;
            }
            if matches!(v.knowledge, Knowledge::Measured { deviation, .. } if deviation < 0.0) {
                faults.push(Fault::NegativeDeviation { variable });
            }
            let (lower, upper) = (v.lower.unwrap_or(f64::MIN), v.upper.unwrap_or(f64::MAX));
            if lower > upper || v.constant().is_some_and(|c| c < lower || c > upper) {
                faults.push(Fault::BoundsCross { variable });
            }
        }
        for (equation, e) in self.equations.iter().enumerate() {
            let factors = e.linear.iter().map(|t| t.1).chain(e.products.iter().map(|t| t.2));
            let finite = e.constant.is_finite() && factors.into_iter().all(f64::is_finite);
            if !finite || e.variables().any(|v| v >= self.variables.len()) {
                faults.push(Fault::BadEquation { equation });
            }
        }
        faults
    }
}
