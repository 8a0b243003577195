//! W4: from the columns of measured flows to reconciled ones.

use super::Answered;
use crate::diagnostic::Diagnostic;
use crate::input::columns;
use crate::reconcile::{Equation, Knowledge, Problem, Variable, adjust};
use std::path::Path;

/// Flows between processes; an end outside is `None`.
#[derive(Debug)]
pub(super) struct Flows {
    processes: usize,
    ends: Vec<[Option<u32>; 2]>,
    value: Vec<f64>,
    deviation: Vec<f64>,
}

/// Reads `flows.csv` (src, dst, value, sd; an end of −1 lies outside).
pub(super) fn read(folder: &Path) -> Result<Flows, Diagnostic> {
    let path = folder.join("flows.csv");
    let mut columns = columns::read(&path, &["src", "dst", "value", "sd"])?;
    let is_end = |id: &f64| (-1.0..1e9).contains(id) && id.fract() == 0.0;
    let wrong = columns[0].iter().zip(&columns[1]).position(|(src, dst)| !is_end(src) || !is_end(dst));
    if let Some(row) = wrong {
        let why = [
            "src 或 dst 不是编号".to_owned(),
            "src or dst is neither a number of a process nor −1".to_owned(),
        ];
        return Err(columns::told(&path, Some(row as u32 + 2), why));
    }
    let process = |id: f64| (id >= 0.0).then_some(id as u32);
    let ends: Vec<[Option<u32>; 2]> =
        columns[0].iter().zip(&columns[1]).map(|(src, dst)| [process(*src), process(*dst)]).collect();
    let processes = ends.iter().flatten().flatten().max().map_or(0, |last| *last as usize + 1);
    let deviation = columns.remove(3);
    let value = columns.remove(2);
    Ok(Flows { processes, ends, value, deviation })
}

impl Flows {
    pub(super) fn solve(&self, nonnegative: bool) -> Option<Vec<f64>> {
        let variables = self.value.iter().zip(&self.deviation).map(|(value, deviation)| Variable {
            lower: nonnegative.then_some(0.0),
            ..Variable::free(Knowledge::Measured { value: *value, deviation: *deviation })
        });
        let mut terms: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.processes];
        for (flow, [src, dst]) in self.ends.iter().enumerate() {
            if let Some(src) = src {
                terms[*src as usize].push((flow, -1.0));
            }
            if let Some(dst) = dst {
                terms[*dst as usize].push((flow, 1.0));
            }
        }
        let equations = terms.into_iter().map(|terms| Equation::linear(terms, 0.0)).collect();
        adjust(&Problem { variables: variables.collect(), equations }).ok()
    }

    /// Checksum: Σ ((x − value)/sd)², Σ x. The imbalance is of every process, in the unit of the flows.
    pub(super) fn judge(&self, answer: &Vec<f64>) -> Answered {
        let moved = answer.iter().zip(self.value.iter().zip(&self.deviation));
        let objective = moved.map(|(x, (value, deviation))| {
            let t = (x - value) / deviation;
            t * t
        });
        let mut balance = vec![0.0_f64; self.processes];
        for ([src, dst], x) in self.ends.iter().zip(answer) {
            src.iter().for_each(|src| balance[*src as usize] -= x);
            dst.iter().for_each(|dst| balance[*dst as usize] += x);
        }
        let imbalance = balance.iter().fold(0.0_f64, |worst, value| worst.max(value.abs()));
        let negative = answer.iter().filter(|x| **x < -1e-9).count();
        Answered {
            checksum: vec![objective.sum(), answer.iter().sum()],
            extras: vec![("imbalance", imbalance), ("negative", negative as f64)],
        }
    }
}
