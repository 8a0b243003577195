//! All integration tests in one binary, by subject.
#![allow(missing_docs, clippy::print_stderr, clippy::print_stdout)]

mod bad_input;
mod catalogue;
mod city;
mod cli;
mod closing;
mod cost_of_gap;
mod diagnostics;
mod engine;
mod floors;
mod golden;
mod hamlet;
mod indicators;
mod ledger;
mod ledger_invariants;
mod loops;
mod money_rules;
mod properties;
mod reference;
mod results;
mod sample;
mod tables;
mod town;
mod treasury;
