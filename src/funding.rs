//! Money by month: a pure pass from projects, funds and decisions to a ledger and the months on stream.

pub mod ledger;

pub use ledger::{Entry, EntryKind, FundingOutcome, Ledger, ProjectSchedule};
