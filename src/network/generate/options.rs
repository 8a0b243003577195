//! What to generate.

/// What to generate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GenerateOptions {
    /// Number of processes, ≥ 1.
    pub processes: usize,
    /// Share of the processes that stand in rings of 2 to 50, 0–1.
    pub loop_share: f64,
    /// Share of by-products that go back to an earlier layer, which makes loops of any shape, 0–1.
    pub coupling: f64,
    /// Share of the takers that take one and the same waste, and of the sources that give it, 0–1: how many rivals
    /// stand at one market.
    pub rivalry: f64,
    /// Number of parks; `None` one for every 16 processes outside rings. More parks than there are processes outside
    /// rings leave some without a process.
    pub parks: Option<usize>,
    /// Number of projects that add capacity, with funds, duties and financing.
    pub projects: usize,
    /// Number of years, ≥ 1.
    pub years: i32,
    /// Seed.
    pub seed: u64,
}

impl GenerateOptions {
    /// The systems of the benches: 2 % of the processes in rings, no other loops, no projects, one year.
    #[must_use]
    pub fn bench(processes: usize, seed: u64) -> Self {
        Self {
            processes,
            loop_share: 0.02,
            coupling: 0.0,
            rivalry: 0.0,
            parks: None,
            projects: 0,
            years: 1,
            seed,
        }
    }
}
