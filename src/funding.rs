//! Money by month: a pure pass from projects, funds and decisions to a ledger and the months on stream.
//!
//! Order within a month: (1) duties fall due and paid-in money is credited, (2) matching rules are looked
//! at, (3) instalments fall due, (4) funds pay, (5) owners bridge, (6) work, (7) completion, (8) lapse.
//! Nothing flows back from materials to money. What happened before January of the base year (an
//! appropriation, a duty, a start) counts in that month.

mod course;
mod credit;
mod instalment;
pub mod ledger;
mod matching;
mod needs;
mod rules;
mod state;
mod work;

pub(crate) use credit::{due_months, inflows};
pub use instalment::{build_months_left, to_finance};
pub use ledger::{Entry, EntryKind, FundingOutcome, Ledger, ProjectSchedule};
pub use matching::{Gate, gate_of};
pub use rules::check;

use crate::id::PlaceId;
use crate::model::{Decision, Model};
use crate::money::Ppm;

/// The assumptions of one money pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FundingOptions {
    /// Whether funds' matching rules are applied.
    pub matching: bool,
    /// Bridge share of all owners; `None` leaves every project its own.
    pub bridge: Option<Ppm>,
    /// County units whose duties are met: what a fund has been paid is at least what they owe it, from
    /// the due month on; later money of the fund moves forward, it is not added.
    pub counties_pay: Vec<PlaceId>,
}

impl FundingOptions {
    /// What the model's own scenario says: its matching switch, own bridge shares, nobody's duty met for it.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let matching = model.scenarios[model.scenario].matching;
        Self { matching, bridge: None, counties_pay: Vec::new() }
    }
}

/// Runs the months of the horizon: the ledger, and when every project is complete and on stream.
///
/// The model must be free of the errors that [`check`] finds; with them the pass still ends, but rows
/// above the investment make negative gaps. Complexity O(months · (financing rows + funds + projects)).
#[must_use]
pub fn fund(model: &Model, options: &FundingOptions) -> FundingOutcome {
    fund_mix(model, &model.scenarios[model.scenario].decisions, options)
}

/// The same with other decisions than the scenario's, by project.
#[must_use]
pub fn fund_mix(model: &Model, decisions: &[Decision], options: &FundingOptions) -> FundingOutcome {
    course::Course::begin(model, decisions, options).run()
}
