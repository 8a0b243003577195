//! Indicators opened: formula, terms, rows, sources.
