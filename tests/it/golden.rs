//! The reference city's figures against those kept in `tests/data/golden`, joined by key.
//!
//! After a change that is meant to change figures: `CIRCFLOW_GOLDEN=write cargo test --test it golden`.

use crate::results::{city, rows_of, write};
use circflow::output::Disk;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A kept table: its key columns, its figures, and which rows are kept.
struct Kept {
    table: &'static str,
    keys: &'static [&'static str],
    figures: &'static [&'static str],
    wanted: fn(&BTreeMap<String, String>) -> bool,
}

const KEPT: [Kept; 4] = [
    Kept {
        table: "indicators",
        keys: &["scenario", "indicator", "place", "year"],
        figures: &["value", "target", "grade", "poor_share"],
        wanted: |row| row["place"] == "city",
    },
    Kept {
        table: "gaps",
        keys: &["scenario", "month", "of", "id"],
        figures: &["obligation_gap", "held_up", "short", "needed_now", "financing_gap", "missing"],
        wanted: |row| row["of"] == "total" && row["month"].ends_with("-12"),
    },
    Kept {
        table: "cost_of_gap",
        keys: &["scenario", "matching", "bridge", "measure", "county"],
        figures: &["alone", "shapley", "total", "at_least"],
        wanted: |_| true,
    },
    Kept {
        table: "projects",
        keys: &["scenario", "project"],
        figures: &["built", "start", "complete", "on_stream", "planned_on_stream"],
        wanted: |_| true,
    },
];

const TOLERANCE: f64 = 1.0e-9;

type Figures = BTreeMap<String, Vec<String>>;

fn kept_file(table: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/golden").join(format!("coal-city-{table}.csv"))
}

fn joined(rows: impl Iterator<Item = BTreeMap<String, String>>, kept: &Kept) -> Figures {
    let of = |row: &BTreeMap<String, String>, columns: &[&str]| -> Vec<String> {
        columns.iter().map(|column| row[*column].clone()).collect()
    };
    rows.filter(|row| (kept.wanted)(row))
        .map(|row| (of(&row, kept.keys).join("|"), of(&row, kept.figures)))
        .collect()
}

fn is_near(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() <= TOLERANCE * a.abs().max(b.abs()).max(1.0e-6),
        _ => a == b,
    }
}

fn write_kept(kept: &Kept, figures: &Figures) {
    let mut text = [kept.keys, kept.figures].concat().join(",") + "\n";
    for (key, values) in figures {
        let _ = writeln!(text, "{},{}", key.replace('|', ","), values.join(","));
    }
    let file = kept_file(kept.table);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

#[test]
fn golden_figures_of_the_reference_city() {
    let (loaded, run) = city();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("results");
    write(loaded, run, &target, &Disk).unwrap();
    let mut worst = Vec::new();
    for kept in &KEPT {
        let now = joined(rows_of(&target, kept.table).into_iter(), kept);
        if std::env::var("CIRCFLOW_GOLDEN").is_ok_and(|value| value == "write") {
            write_kept(kept, &now);
        }
        let text =
            fs::read_to_string(kept_file(kept.table)).expect("golden figures; see the head of this file");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let before = joined(reader.deserialize().map(|row| row.unwrap()), kept);
        for key in before.keys().chain(now.keys()) {
            let (old, new) = (before.get(key), now.get(key));
            let same = match (old, new) {
                (Some(old), Some(new)) => old.iter().zip(new).all(|(a, b)| is_near(a, b)),
                _ => false,
            };
            if !same {
                worst.push(format!("{} {key}: {old:?} → {new:?}", kept.table));
            }
        }
    }
    worst.dedup();
    let shown = worst.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
    assert!(worst.is_empty(), "{} figures differ from tests/data/golden:\n{shown}", worst.len());
}
