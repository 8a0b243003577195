//! Raw rows to records, one file a subject.

pub(super) mod alternatives;
pub(super) mod choices;
pub(super) mod effects;
pub(super) mod markets;
pub(super) mod materials;
pub(super) mod measurements;
pub(super) mod mixes;
pub(super) mod money;
pub(super) mod places;
pub(super) mod processes;
pub(super) mod projects;
pub(super) mod recipes;
pub(super) mod scenarios;
pub(super) mod series;
pub(super) mod sources;
pub(super) mod statistics;
pub(super) mod stocks;
pub(super) mod technologies;
