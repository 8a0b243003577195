//! Benchmarks whose other side are programs in other languages: both read the same files, time the same work and sum
//! the same checksum (`benches/peers`).

mod machine;
mod project_mix;
mod reconciliation;
mod steady_state;

use crate::diagnostic::{Code, Diagnostic, Spot};
use crate::input::{columns, refusals};
use std::path::Path;
use std::time::Instant;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    /// W1: all flows of a steady state `x = b + Tᵀ x`.
    SteadyState,
    /// W4: least squares under mass balance.
    Reconciliation,
    /// W4 with every flow ≥ 0.
    NonnegativeReconciliation,
    /// W5: the best mix of projects under funds.
    ProjectMix,
    /// W5 at twenty limits of total cost.
    ProjectFront,
}

impl Workload {
    /// The beginning of the names of its data folders.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::SteadyState => "w1_",
            Self::Reconciliation | Self::NonnegativeReconciliation => "w4_",
            Self::ProjectMix | Self::ProjectFront => "w5_",
        }
    }

    /// Name in the results.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SteadyState => "w1_circflow",
            Self::Reconciliation => "w4_circflow",
            Self::NonnegativeReconciliation => "w4_circflow_nonneg",
            Self::ProjectMix => "w5_circflow",
            Self::ProjectFront => "w5_circflow_pareto",
        }
    }
}

/// One workload on one data folder, measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Wall time of every repetition, in seconds, from columns in memory to the answer.
    pub seconds: Vec<f64>,
    /// Processor time of a repetition on average, in seconds; none where the system does not tell.
    pub processor: Option<f64>,
    /// Greatest memory that the program has held so far, in MB; none where the system does not tell.
    pub peak_memory: Option<f64>,
    /// Load of the machine over the last minute; none where the system does not tell.
    pub load: Option<f64>,
    /// The sums that have to agree with those of the other programs.
    pub checksum: Vec<f64>,
    /// Figures about the answer: name and value.
    pub extras: Vec<(&'static str, f64)>,
}

impl Measured {
    /// Median wall time; of an even number the mean of the middle two.
    #[must_use]
    pub fn median(&self) -> f64 {
        let mut sorted = self.seconds.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        if sorted.len() % 2 == 1 { sorted[middle] } else { (sorted[middle - 1] + sorted[middle]) / 2.0 }
    }
}

/// An answer with what is told of it.
struct Answered {
    checksum: Vec<f64>,
    extras: Vec<(&'static str, f64)>,
}

/// Sizes of a workload for which a folder of data lies in `data`: what stands behind the prefix, in the order of the
/// kind, then of the number.
///
/// # Errors
/// E750 where the folder cannot be opened.
pub fn sizes(workload: Workload, data: &Path) -> Result<Vec<String>, Diagnostic> {
    let entries = std::fs::read_dir(data).map_err(|error| {
        let finding = Diagnostic::new(Code("E750")).at(Spot {
            file: data.display().to_string(),
            row: None,
            column: None,
        });
        refusals::told(finding, ["why_zh", "why_en"], &error)
    })?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut sizes: Vec<String> =
        names.filter_map(|name| name.strip_prefix(workload.prefix()).map(str::to_owned)).collect();
    let key = |size: &String| {
        let (kind, number) = size.rsplit_once('_').unwrap_or(("", size));
        (kind.to_owned(), number.parse::<u64>().unwrap_or(u64::MAX))
    };
    sizes.sort_by_key(key);
    Ok(sizes)
}

/// Measures a workload on the data of a size, `repetitions` times.
///
/// # Errors
/// E750 where the data cannot be read or have no answer.
pub fn measure(
    workload: Workload,
    data: &Path,
    size: &str,
    repetitions: usize,
) -> Result<Measured, Diagnostic> {
    let folder = data.join(format!("{}{size}", workload.prefix()));
    match workload {
        Workload::SteadyState => {
            let network = steady_state::read(&folder)?;
            timed(&folder, repetitions, || network.solve(), |answer| network.judge(answer))
        }
        Workload::Reconciliation | Workload::NonnegativeReconciliation => {
            let flows = reconciliation::read(&folder)?;
            let nonnegative = workload == Workload::NonnegativeReconciliation;
            timed(&folder, repetitions, || flows.solve(nonnegative), |answer| flows.judge(answer))
        }
        Workload::ProjectMix | Workload::ProjectFront => {
            let mix = project_mix::read(&folder)?;
            let front = workload == Workload::ProjectFront;
            let work = || if front { mix.front() } else { mix.best() };
            timed(&folder, repetitions, work, |answers| mix.judge(answers))
        }
    }
}

/// Repeats the work, and judges its last answer outside the timing.
fn timed<T>(
    folder: &Path,
    repetitions: usize,
    work: impl Fn() -> Option<T>,
    judge: impl FnOnce(&T) -> Answered,
) -> Result<Measured, Diagnostic> {
    let mut seconds = Vec::with_capacity(repetitions);
    let mut last = None;
    let before = machine::processor_seconds();
    for _ in 0..repetitions.max(1) {
        // The answer before is given back first: no repetition pays for its memory.
        drop(last.take());
        let begin = Instant::now();
        last = work();
        seconds.push(begin.elapsed().as_secs_f64());
    }
    let spent = machine::processor_seconds().zip(before).map(|(after, before)| after - before);
    let processor = spent.map(|spent| spent / seconds.len() as f64);
    let peak_memory = machine::peak_memory();
    let Some(answer) = last else {
        let why = ["这些数据没有解".to_owned(), "these data have no answer".to_owned()];
        return Err(columns::told(folder, None, why));
    };
    let Answered { checksum, extras } = judge(&answer);
    Ok(Measured { seconds, processor, peak_memory, load: machine::load(), checksum, extras })
}
