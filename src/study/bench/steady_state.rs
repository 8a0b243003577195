//! W1: from the edges of a transfer-coefficient network to the flow of every edge.

use super::Answered;
use crate::diagnostic::Diagnostic;
use crate::input::columns;
use crate::linear::{Rows, steady};
use std::path::Path;

/// A network `x = b + Tᵀ x`, flow_e = tc_e · x[src_e].
#[derive(Debug)]
pub(super) struct Network {
    inflow: Vec<f64>,
    /// Source, target and coefficient of every edge.
    edges: Vec<(u32, u32, f64)>,
}

/// Throughputs by process and flows by edge.
#[derive(Debug)]
pub(super) struct Flows {
    throughputs: Vec<f64>,
    flows: Vec<f64>,
    sweeps: usize,
}

/// Reads `nodes.csv` (inflow) and `edges.csv` (src, dst, tc).
pub(super) fn read(folder: &Path) -> Result<Network, Diagnostic> {
    let inflow = columns::read(&folder.join("nodes.csv"), &["inflow"])?.remove(0);
    let path = folder.join("edges.csv");
    let edges = columns::read(&path, &["src", "dst", "tc"])?;
    let is_process = |id: f64| id >= 0.0 && id < inflow.len() as f64 && id.fract() == 0.0;
    let wrong = edges[0].iter().zip(&edges[1]).position(|(src, dst)| !is_process(*src) || !is_process(*dst));
    if let Some(row) = wrong {
        let why = ["src 或 dst 不是任何工序".to_owned(), "src or dst is no process of nodes.csv".to_owned()];
        return Err(columns::told(&path, Some(row as u32 + 2), why));
    }
    let ends = edges[0].iter().zip(&edges[1]).zip(&edges[2]);
    let edges = ends.map(|((src, dst), tc)| (*src as u32, *dst as u32, *tc)).collect();
    Ok(Network { inflow, edges })
}

impl Network {
    pub(super) fn solve(&self) -> Option<Flows> {
        let rows = Rows::of(self.inflow.len(), self.edges.iter().map(|(src, dst, tc)| (*dst, *src, *tc)));
        let solved = steady(&rows, &self.inflow).ok()?;
        let flows = self.edges.iter().map(|(src, _, tc)| tc * solved.solution[*src as usize]).collect();
        Some(Flows { throughputs: solved.solution, flows, sweeps: solved.sweeps })
    }

    /// Checksum: Σ x, Σ flow_e (1 + e mod 7). The residual is of every process, in the unit of the flows.
    pub(super) fn judge(&self, answer: &Flows) -> Answered {
        let weighted = answer.flows.iter().enumerate().map(|(edge, flow)| flow * (1 + edge % 7) as f64).sum();
        let mut residual: Vec<f64> =
            self.inflow.iter().zip(&answer.throughputs).map(|(b, x)| b - x).collect();
        for ((_, dst, _), flow) in self.edges.iter().zip(&answer.flows) {
            residual[*dst as usize] += flow;
        }
        let worst = residual.iter().fold(0.0_f64, |worst, value| worst.max(value.abs()));
        Answered {
            checksum: vec![answer.throughputs.iter().sum(), weighted],
            extras: vec![
                ("edges", self.edges.len() as f64),
                ("iterations", answer.sweeps as f64),
                ("residual", worst),
            ],
        }
    }
}
