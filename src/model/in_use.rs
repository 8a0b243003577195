//! In-use stocks: what enters use, how long it stays, what leaves.

use super::provenance::Provenance;
use super::series::Series;
use crate::id::{MaterialId, PlaceId, ProcessId};
use crate::lifetime::{Ageing, Driver};
use crate::quantity::Quantity;

/// What happens where a stock that is given falls faster than its cohorts leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Falling {
    /// All cohorts leave early, in one proportion.
    #[default]
    LeavesEarly,
    /// The stock that is given is an error.
    Refused,
}

/// An in-use stock: a row of `stocks` with its years and cohorts. Amounts are in base units of the material that enters.
#[derive(Clone, Debug, PartialEq)]
pub struct InUseStock {
    /// Id as the user wrote it.
    pub key: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Where it is: it draws on the nearest market of what enters, and delivers to that of what leaves.
    pub place: PlaceId,
    /// What enters use.
    pub material_in: MaterialId,
    /// What leaves use.
    pub material_out: MaterialId,
    /// Base units of what leaves in one base unit of what entered: the mass is the same.
    pub per_unit: f64,
    /// How it ages; a period is a year.
    pub ageing: Ageing,
    /// Which quantity is given.
    pub driver: Driver,
    /// Where it falls too fast.
    pub falling: Falling,
    /// What enters in each year, or what is in stock at each year's end.
    pub given: Series,
    /// What is in stock at the begin of the base year.
    pub opening: Vec<Cohort>,
    /// The process by which things enter use: at the level of the inflow it draws what enters.
    pub enters: ProcessId,
    /// The process by which things leave use: at the level of the outflow it delivers what leaves.
    pub leaves: ProcessId,
    /// Its row.
    pub provenance: Provenance,
}

/// A part of an opening stock: a row of `cohorts`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cohort {
    /// The year in which it entered, before the base year; `None` where the ages are not known.
    pub entered: Option<i32>,
    /// What of it is left at the begin of the base year.
    pub amount: Quantity,
    /// Its row.
    pub provenance: Provenance,
}
