//! (filled by its subject)
