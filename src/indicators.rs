//! Indicators: definitions as data, values that open to terms, rows and sources.

pub mod definition;
pub mod formula;
pub mod value;

pub use definition::{Definition, Direction, Term, TermKind};
pub use formula::Formula;
pub use value::{Booked, Grade, IndicatorValue, NotComputable, TermPart, TermValue};
