//! Findings gathered while reading: all of them, but not the same one a hundred thousand times.

use super::tables::CELLS;
use crate::diagnostic::{Code, Diagnostic, Findings, Severity, Spot};
use std::collections::{BTreeMap, BTreeSet};

/// How many findings of one code in one column of one file are told one by one.
pub const TOLD: usize = 50;

/// Findings with a count of those that are not told one by one.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    told: Vec<Diagnostic>,
    counts: BTreeMap<(Code, String, Option<String>), usize>,
    errors: usize,
}

impl Collected {
    /// Adds one.
    pub fn push(&mut self, finding: Diagnostic) {
        if finding.severity() == Severity::Error {
            self.errors += 1;
        }
        let key = (finding.code, finding.spot.file.clone(), finding.spot.column.clone());
        let count = self.counts.entry(key).or_insert(0);
        *count += 1;
        if *count <= TOLD {
            self.told.push(finding);
        }
    }

    /// Adds all of another list.
    pub fn extend(&mut self, findings: Findings) {
        for finding in findings.0 {
            self.push(finding);
        }
    }

    /// Adds all that another has gathered, with its counts of what is not told.
    pub fn absorb(&mut self, other: Self) {
        self.errors += other.errors;
        self.told.extend(other.told);
        for (key, count) in other.counts {
            *self.counts.entry(key).or_insert(0) += count;
        }
    }

    /// Number of errors so far, told or not.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// The files of which something of these codes was told.
    pub fn files_with<'a>(&'a self, codes: &'a [&str]) -> impl Iterator<Item = &'a str> {
        let told = self.told.iter().filter(|finding| codes.contains(&finding.code.0));
        told.map(|finding| finding.spot.file.as_str())
    }

    /// Whether a finding of this code in this column of this file would still be told.
    #[must_use]
    pub fn would_tell(&self, code: Code, spot: &Spot) -> bool {
        let key = (code, spot.file.clone(), spot.column.clone());
        self.counts.get(&key).is_none_or(|count| *count < TOLD)
    }

    /// All findings told, by file, row, column and code, with a note where more of a kind were met.
    #[must_use]
    pub fn finish(self) -> Findings {
        let mut findings = self.told;
        for ((code, file, column), count) in self.counts {
            if count > TOLD {
                let spot = Spot { file, row: Some(u32::MAX), column };
                let finding = Diagnostic::new(Code("N104")).at(spot).with("code", code.0);
                findings.push(finding.with("count", (count - TOLD).to_string()));
            }
        }
        findings.sort_by(|a, b| (&a.spot, a.code, &a.values).cmp(&(&b.spot, b.code, &b.values)));
        findings.dedup();
        // A cell whose formula failed is empty for the tables.
        let failed: BTreeSet<Spot> =
            findings.iter().filter(|f| CELLS.contains(&f.code.0)).map(|f| f.spot.clone()).collect();
        findings.retain(|finding| finding.code.0 != "E105" || !failed.contains(&finding.spot));
        for finding in findings.iter_mut().filter(|f| f.spot.row == Some(u32::MAX)) {
            finding.spot.row = None;
        }
        Findings(findings)
    }
}
