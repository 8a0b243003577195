//! From bytes to raw tables: encodings, delimiters, headers, the units row.
//!
//! Nothing is interpreted here beyond what a header names; every cell keeps its line, so that whatever is
//! wrong later can be shown where it stands.

pub mod delimited;
pub mod encoding;
mod guard;
pub mod raw;

pub(crate) use guard::guarded;
pub use raw::{Column, RawTable, Row};
