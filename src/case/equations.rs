//! Variables, the equations between them, and what is computed from them.

use crate::expression::Expression;
use crate::quantity::Quantity;

/// Variables with equations, outputs or an evaluated design.
#[derive(Clone, Debug, Default)]
pub struct EquationSystem {
    /// Variables; expressions name them by their position.
    pub variables: Vec<Variable>,
    /// Equations that hold exactly.
    pub equations: Vec<Equation>,
    /// What is computed.
    pub outputs: Vec<Output>,
    /// Morris trajectories that were evaluated elsewhere.
    pub design: Option<Design>,
}

/// A variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Id as the user wrote it.
    pub key: String,
    /// Given (exact), measured (with a deviation), drawn (with a distribution) or to be found (`None`).
    pub value: Option<Quantity>,
    /// Starting point; `None` is the value.
    pub start: Option<f64>,
    /// Least value.
    pub lower: Option<f64>,
    /// Greatest value.
    pub upper: Option<f64>,
    /// Line of `variables.csv`.
    pub line: u32,
}

/// An equation.
#[derive(Clone, Debug, PartialEq)]
pub struct Equation {
    /// Id as the user wrote it.
    pub key: String,
    /// What equals 0.
    pub expression: Expression,
    /// Line of `equations.csv`.
    pub line: u32,
}

/// An output.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Id as the user wrote it.
    pub key: String,
    /// How it is computed; `None` where a design gives its values.
    pub expression: Option<Expression>,
    /// Line of `outputs.csv`.
    pub line: u32,
}

/// Points of Morris trajectories with the outputs at them, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    /// Points of each trajectory.
    pub trajectories: Vec<Vec<DesignPoint>>,
}

/// A point of a design.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DesignPoint {
    /// Value of every variable.
    pub variables: Vec<f64>,
    /// Value of every output.
    pub outputs: Vec<f64>,
}
