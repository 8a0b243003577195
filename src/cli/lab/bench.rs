//! `lab bench`: one line of JSON a size, in the form that the programs it is compared with print.

use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::study::bench::{self, Measured, Workload};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::io;
use std::path::PathBuf;

/// Words of `lab bench`.
#[derive(Clone, Debug, Args)]
pub(crate) struct BenchWords {
    /// 测什么 / what to measure
    #[arg(value_enum)]
    workload: Named,
    /// benches/peers 里的生成程序写出数据的文件夹 / the folder that the generators in benches/peers wrote
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// 只测这些规模，例如 local_1000；默认全部 / only these sizes, such as local_1000; by default all
    #[arg(long, value_name = "SIZE")]
    size: Vec<String>,
    /// 重复次数 / repetitions
    #[arg(long, value_name = "N", default_value = "5", value_parser = clap::value_parser!(u16).range(1..=10_000))]
    reps: u16,
}

/// Workloads by their short names.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Named {
    /// 转移系数网络的稳态 / steady state of a transfer-coefficient network
    W1,
    /// 质量平衡约束下的最小二乘 / least squares under mass balance
    W4,
    /// 同上，流量不为负 / the same with every flow ≥ 0
    W4Nonneg,
    /// 资金约束下的最优项目组合 / the best mix of projects under funds
    W5,
    /// 同上，二十档总投资各求一次 / the same at twenty limits of total cost
    W5Pareto,
}

pub(crate) fn benched(words: &BenchWords, terminal: &mut Terminal) -> io::Result<Exit> {
    let workload = match words.workload {
        Named::W1 => Workload::SteadyState,
        Named::W4 => Workload::Reconciliation,
        Named::W4Nonneg => Workload::NonnegativeReconciliation,
        Named::W5 => Workload::ProjectMix,
        Named::W5Pareto => Workload::ProjectFront,
    };
    let sizes = match bench::sizes(workload, &words.data) {
        Ok(found) if words.size.is_empty() => found,
        Ok(_) => words.size.clone(),
        Err(finding) => {
            terminal.say(&finding.line(terminal.language()));
            return Ok(Exit::CannotReadOrWrite);
        }
    };
    if sizes.is_empty() {
        let why =
            [format!("没有 {}* 文件夹", workload.prefix()), format!("no folder {}*", workload.prefix())];
        let finding = crate::input::columns::told(&words.data, None, why);
        terminal.say(&finding.line(terminal.language()));
        return Ok(Exit::CannotReadOrWrite);
    }
    for size in sizes {
        match bench::measure(workload, &words.data, &size, usize::from(words.reps)) {
            Ok(measured) => terminal.print(&line(workload, &size, &measured).to_string())?,
            Err(finding) => {
                terminal.say(&finding.line(terminal.language()));
                return Ok(Exit::CannotReadOrWrite);
            }
        }
    }
    Ok(Exit::Done)
}

fn line(workload: Workload, size: &str, measured: &Measured) -> Value {
    let rounded = |value: f64, by: f64| (value * by).round() / by;
    let mut line = json!({
        "name": workload.name(),
        "size": size.parse::<u64>().map_or_else(|_| json!(size), |number| json!(number)),
        "seconds": measured.median(),
        "min_s": measured.seconds.iter().copied().fold(f64::INFINITY, f64::min),
        "max_s": measured.seconds.iter().copied().fold(0.0, f64::max),
        "cpu_s": measured.processor,
        "reps": measured.seconds.len(),
        "peak_rss_mb": measured.peak_memory.map(|memory| rounded(memory, 10.0)),
        "checksum": measured.checksum,
        "load1": measured.load,
    });
    for (name, value) in &measured.extras {
        line[*name] = json!(value);
    }
    line
}
