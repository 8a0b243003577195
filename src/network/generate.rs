//! Generated models.
