//! The linear kernel: `x = b + A x` of any size, and small dense systems; sparse symmetric ones in [`cholesky`].
//!
//! [`mod@dense`] solves small systems in place and allocates nothing. [`mod@steady`] solves sparse ones: the equations are
//! condensed into loops ([`components`]), which are solved in the order of their dependence: single ones by
//! substitution, small loops by dense elimination, large ones by sweeps in a good order, sped up, and as a last resort
//! by sparse elimination ([`elimination`]), which also tells what any set of equations determines. Every solution is
//! checked by its residual.

pub mod cholesky;
pub mod components;
pub mod dense;
pub mod elimination;
pub mod ordering;
pub mod rows;
pub mod steady;
mod sweeps;
pub(crate) mod tree;

pub use dense::{LinearFault, contracts, solve, spectral_radius};
pub use elimination::{Elimination, eliminate};
pub use rows::Rows;
pub use steady::{Steady, SteadyFault, steady};
