//! Indicators: definitions as data, values that open to terms, rows and sources.

pub mod booking;
mod coverage;
pub mod definition;
pub mod evaluate;
pub mod findings;
pub mod formula;
pub mod grading;
pub mod identity;
pub mod rows;
pub mod selection;
pub mod slopes;
pub mod sparse;
pub mod statistics;
pub mod suspicion;
pub mod term;
pub mod value;

pub use definition::{Definition, Direction, Term, TermKind};
pub use evaluate::{Appraisal, appraise, evaluate};
pub use findings::findings;
pub use formula::Formula;
pub use value::{Booked, Grade, IndicatorValue, NotComputable, TermPart, TermValue};
