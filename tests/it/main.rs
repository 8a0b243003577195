//! All integration tests in one binary, by subject.
#![allow(missing_docs, clippy::print_stderr, clippy::print_stdout)]

mod alternatives;
mod bad_input;
mod catalogue;
mod city;
mod city_full;
mod cli;
mod closing;
mod codes;
mod cost_of_gap;
mod diagnostics;
mod economics;
mod engine;
mod floors;
mod fonts;
mod golden;
mod hamlet;
mod indicators;
mod ledger;
mod ledger_invariants;
mod loops;
mod markets;
mod matching_rules;
mod money_rules;
mod office;
mod pictures;
mod properties;
mod quality;
mod ran;
mod reference;
mod results;
mod sample;
mod tables;
mod town;
mod treasury;
mod your_city;
