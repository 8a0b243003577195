//! In-use stocks: cohorts that enter, age by a lifetime law and leave.
//!
//! Inflow-driven: the stock is what the cohorts leave (E-stock-06). Stock-driven: the inflow is what the stock lacks
//! (E-stock-07). What is left of a cohort is the share of its [`Ageing`].

mod cohorts;
pub mod in_use;
mod opening;

pub use crate::lifetime::{Ageing, Driver, NegativeInflow, Opening};
pub use cohorts::{Cohorts, drive};

/// Why a stock cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StockFault {
    /// Nothing of a cohort is left at the end of its own period, so that no inflow makes a stock.
    NothingStays,
    /// An opening stock of an age that nothing reaches.
    NothingSoOld(f64),
    /// The lifetime has so long a tail that an opening stock without ages would spread over more than a million.
    TailTooLong,
}
