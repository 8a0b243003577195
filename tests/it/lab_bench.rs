//! `lab bench`: the checksums are those of a dense solution, and what are no data is told.

use circflow::network::generate::Stream;
use nalgebra::{DMatrix, DVector};
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn bench(data: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_circflow"));
    command.args(["lab", "bench"]).args(words).arg("--data").arg(data).args(["--lang", "en"]);
    command.output().unwrap()
}

/// The line of a workload on all sizes that lie in a folder, which is one.
fn line(data: &Path, workload: &str) -> Value {
    let output = bench(data, &[workload, "--reps", "2"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(line["reps"], 2);
    assert!(line["min_s"].as_f64().unwrap() <= line["seconds"].as_f64().unwrap());
    line
}

fn checksum(line: &Value) -> [f64; 2] {
    [0, 1].map(|at| line["checksum"][at].as_f64().unwrap())
}

fn close(found: [f64; 2], known: [f64; 2], tolerance: f64) {
    for (found, known) in found.iter().zip(known) {
        assert!((found - known).abs() <= tolerance * known.abs(), "{found} is not {known}");
    }
}

fn write(folder: &Path, name: &str, header: &str, rows: impl Iterator<Item = String>) {
    let mut text = format!("{header}\n");
    rows.for_each(|row| writeln!(text, "{row}").unwrap());
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
}

#[test]
fn the_steady_state_of_a_thousand_processes_is_that_of_a_dense_solution() {
    let (n, mut stream) = (1_000, Stream::new(3));
    let mut edges: Vec<(usize, usize, f64)> = Vec::new();
    for source in 0..n {
        // Each passes on 0.98 of its throughput to four others, one of them perhaps before it.
        for share in [0.38, 0.3, 0.2, 0.1] {
            let target = stream.below(n);
            if target != source {
                edges.push((source, target, share));
            }
        }
    }
    let inflow: Vec<f64> = (0..n).map(|at| if at % 10 == 0 { 1.0 + at as f64 } else { 0.0 }).collect();
    let data = tempfile::tempdir().unwrap();
    let folder = data.path().join("w1_random_1000");
    write(&folder, "nodes.csv", "id,inflow", inflow.iter().enumerate().map(|(id, b)| format!("{id},{b}")));
    write(&folder, "edges.csv", "src,dst,tc", edges.iter().map(|(s, d, tc)| format!("{s},{d},{tc}")));
    let mut matrix = DMatrix::<f64>::identity(n, n);
    edges.iter().for_each(|&(source, target, share)| matrix[(target, source)] -= share);
    let x = matrix.lu().solve(&DVector::from_vec(inflow)).unwrap();
    let flows =
        edges.iter().enumerate().map(|(e, (source, _, share))| share * x[*source] * (1 + e % 7) as f64);
    let line = line(data.path(), "w1");
    assert_eq!((line["size"].as_str(), line["name"].as_str()), (Some("random_1000"), Some("w1_circflow")));
    close(checksum(&line), [x.sum(), flows.sum()], 1e-10);
    assert!(line["residual"].as_f64().unwrap() < 1e-6);
}

/// Flows as (source, target, value, deviation); `None` is outside.
type Measured = (Option<usize>, Option<usize>, f64, f64);

/// 500 flows: a chain of 200 processes with imports, exports and short cuts, measured with errors.
fn flows() -> (usize, Vec<Measured>) {
    let (processes, mut stream) = (200, Stream::new(4));
    let mut flows: Vec<Measured> = Vec::new();
    let mut add = |source, target, stream: &mut Stream| {
        let truth = 1.0 + 9.0 * stream.between(0.0, 1.0);
        // Some are measured so badly that least squares make them negative.
        let value = truth * (0.1 + 1.8 * stream.between(0.0, 1.0));
        flows.push((source, target, value, 0.05 + 0.4 * value));
    };
    for at in 0..processes {
        add(None, Some(at), &mut stream);
        add(Some(at), (at + 1 < processes).then_some(at + 1), &mut stream);
        if at % 2 == 0 {
            let other = stream.below(processes);
            add(Some(at), Some(other).filter(|other| *other != at), &mut stream);
        }
    }
    (processes, flows)
}

#[test]
fn five_hundred_reconciled_flows_are_those_of_dense_normal_equations() {
    let (processes, flows) = flows();
    assert_eq!(flows.len(), 500);
    let data = tempfile::tempdir().unwrap();
    let end = |end: &Option<usize>| end.map_or(-1, |end| end as i64);
    let rows = flows.iter().enumerate();
    let rows = rows.map(|(id, (s, d, value, sd))| format!("{id},{},{},{value},{sd}", end(s), end(d)));
    write(&data.path().join("w4_500"), "flows.csv", "id,src,dst,value,sd", rows);
    let mut balance = DMatrix::<f64>::zeros(processes, flows.len());
    for (flow, (source, target, ..)) in flows.iter().enumerate() {
        source.iter().for_each(|source| balance[(*source, flow)] -= 1.0);
        target.iter().for_each(|target| balance[(*target, flow)] += 1.0);
    }
    let value = DVector::from_iterator(flows.len(), flows.iter().map(|flow| flow.2));
    let variance = DVector::from_iterator(flows.len(), flows.iter().map(|flow| flow.3 * flow.3));
    let weighted = &balance * DMatrix::from_diagonal(&variance);
    let multipliers = (&weighted * balance.transpose()).lu().solve(&(&balance * &value)).unwrap();
    let x = &value - weighted.transpose() * multipliers;
    let objective: f64 = (&x - &value).component_mul(&(&x - &value)).component_div(&variance).sum();
    let free = line(data.path(), "w4");
    assert_eq!(free["size"], 500);
    close(checksum(&free), [objective, x.sum()], 1e-8);
    let negative = x.iter().filter(|x| **x < -1e-9).count();
    assert!(negative > 0, "some flow is negative without bounds");
    assert_eq!(free["negative"].as_f64(), Some(negative as f64));
    // With bounds none is, the balances hold, and the measurements are farther away.
    let bounded = line(data.path(), "w4-nonneg");
    assert_eq!(bounded["negative"], 0.0);
    assert!(bounded["imbalance"].as_f64().unwrap() < 1e-8);
    assert!(checksum(&bounded)[0] > objective);
}

#[test]
fn what_are_no_data_is_told_with_its_row() {
    let data = tempfile::tempdir().unwrap();
    let told = |words: &[&str]| {
        let output = bench(data.path(), words);
        assert_eq!(output.status.code(), Some(3), "{words:?}");
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(told(&["w1"]).contains("no folder w1_*"));
    let folder = data.path().join("w4_3");
    for (text, expected) in [
        ("src,dst,value\n", "no column “sd”"),
        ("src,dst,value,sd\n-1,0,x,1\n", "line 2: these cannot be the data of a benchmark: “x” in value"),
        ("src,dst,value,sd\n-1,0,1,1\n0,-2,1,1\n", "line 3: "),
        ("src,dst,value,sd\n-1,0,1,-1\n", "have no answer"),
    ] {
        write(&folder, "flows.csv", text.trim_end(), std::iter::empty());
        let told = told(&["w4"]);
        assert!(told.contains("E750") && told.contains(expected), "{text}: {told}");
    }
    let folder = data.path().join("w1_local_2");
    write(&folder, "nodes.csv", "id,inflow", ["0,1".to_owned(), "1,0".to_owned()].into_iter());
    write(&folder, "edges.csv", "src,dst,tc", ["0,2,0.5".to_owned()].into_iter());
    assert!(told(&["w1", "--size", "local_2"]).contains("no process of nodes.csv"));
    assert!(told(&["w1", "--size", "local_9"]).contains("E750"));
}
