//! Files in: tables, settings and the catalogue become checked models.

pub mod attributes;
mod loaded;
pub use loaded::{InputFile, Loaded};
pub mod indicators;
