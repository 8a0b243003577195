//! Files out.

pub mod model_tables;
