//! Choosing instead of ruling: what a year would look like if somebody allocated everything at least cost.
//!
//! [`dispatch`] puts the year of a plan into a linear programme, [`solver`] solves it, an [`allocation`] is what comes out.
//! The year that the market rules give ([`crate::simulate`]) is one feasible point of that programme;
//! `docs/allocation.md` compares the two. [`choice`] takes or leaves projects under budgets.

pub mod allocation;
pub mod alternatives;
pub mod answer;
pub mod branch;
pub mod choice;
pub mod conflict;
pub mod differences;
pub mod dispatch;
pub mod effort;
pub mod form;
pub mod frontier;
pub mod judge;
pub mod lexicographic;
pub mod offers;
pub mod programme;
pub mod promise;
pub mod question;
pub mod search;
pub mod solver;
