//! circflow: material flows, project money and circular-economy indicators of a city in one graph.
//!
//! Data flows one way: tables → [`model::Model`] → [`network`] → [`plan`] → [`simulate`]
//! (a trajectory) → [`indicators`] and [`gaps`] → [`output`] and [`report`].
//! The floors (which module may import which) are drawn in `docs/architecture.md` and held by a test.

pub mod calendar;
pub mod diagnostic;
pub mod expression;
pub mod id;
pub mod lifetime;
pub mod money;
pub mod quantity;
pub mod units;

pub mod case;
pub mod model;

pub mod funding;
pub mod linear;
pub mod network;
pub mod plan;
pub mod reconcile;
pub mod simulate;
pub mod steady;
pub mod stock;

pub mod economics;
pub mod gaps;
pub mod indicators;
pub mod measured;

pub mod compare;
pub mod counterfactual;
pub mod optimise;
pub mod outcome;

pub mod input;
pub mod output;
pub mod report;

pub mod study;

pub mod cli;
