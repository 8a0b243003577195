//! What the system tells of itself; nothing where it has no such files.

use std::fs::read_to_string;

/// Greatest resident memory of this program so far, in MB (2²⁰ bytes).
pub(super) fn peak_memory() -> Option<f64> {
    let status = read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// Processor time of the main thread so far, in seconds; as fine as the system's tick.
pub(super) fn processor_seconds() -> Option<f64> {
    let told = read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds: f64 = told.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds * 1e-9)
}

/// Programs that ran or waited, averaged over the last minute.
pub(super) fn load() -> Option<f64> {
    read_to_string("/proc/loadavg").ok()?.split_whitespace().next()?.parse().ok()
}
