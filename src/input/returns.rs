//! Returns: the rows of one county unit or enterprise, asked for in a workbook of their own, and what comes back.

mod growth;
mod known;
mod merge;
mod owners;
mod put;

pub use growth::carry_growth;
pub use known::Known;
pub use merge::{Blanks, Merged, Remark, RemarkKind, Returned, Terms, merged};
pub use owners::{By, Unit, units};
