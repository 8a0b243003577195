//! The plan: a network compiled for running, shared by all scenarios and draws.
