//! Workbooks for people: a [`Book`] says what stands where and how it looks; [`xlsx`] makes a file of it and is the
//! only module that names the crate for it.

pub mod book;
mod cells;
pub mod filled;
pub mod guide;
pub mod lists;
pub mod marked;
mod offered;
mod package;
pub mod stamped;
pub mod tables;
pub mod xlsx;

pub use book::{Book, Cell, Content, Sheet, Style};
pub use package::PackageError;
