//! The manual of the tables, written from the attribute list.
