//! The linear kernel: small dense systems with a checked residual.
