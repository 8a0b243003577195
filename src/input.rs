//! Files in: tables, settings and the catalogue become checked models.

pub mod attributes;
pub mod indicators;
