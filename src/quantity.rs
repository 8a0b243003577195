//! A number as the user knows it: a central value and, where given, how uncertain it is.

use crate::id::ParameterId;

/// A distribution in the base unit of its column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distribution {
    /// Normal, one standard deviation.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        deviation: f64,
    },
    /// Lognormal, by mean and standard deviation of the distribution itself.
    Lognormal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        deviation: f64,
    },
    /// Triangular.
    Triangular {
        /// Least value.
        low: f64,
        /// Mode.
        mode: f64,
        /// Greatest value.
        high: f64,
    },
    /// Uniform.
    Uniform {
        /// Least value.
        low: f64,
        /// Greatest value.
        high: f64,
    },
    /// Trapezoid.
    Trapezoid {
        /// Least value.
        a: f64,
        /// Begin of the plateau.
        b: f64,
        /// End of the plateau.
        c: f64,
        /// Greatest value.
        d: f64,
    },
}

/// A measured or assumed number, in base units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// The value of a plain run: of a triangular the mode, else the mean.
    pub central: f64,
    /// How uncertain it is; `None` is exact.
    pub distribution: Option<Distribution>,
    /// The named parameter it was taken from (`=name`), so that one draw serves many rows.
    pub parameter: Option<ParameterId>,
}

impl Quantity {
    /// An exact number.
    #[must_use]
    pub fn exact(central: f64) -> Self {
        Self { central, distribution: None, parameter: None }
    }
}
