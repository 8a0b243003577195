//! Indicators: definitions as data, values that open to terms, rows and sources.

pub mod value;

pub use value::{Booked, Grade, IndicatorValue, NotComputable, TermPart, TermValue};
