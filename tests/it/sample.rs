//! The tracked sample run is what the program writes today.
//!
//! Regenerate: `CIRCFLOW_GOLDEN=write cargo test --test it sample::`

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// The small files of a run of the reference city; the whole run has more, and larger ones.
const FILES: [&str; 6] = [
    "cost_of_gap.csv",
    "projects.csv",
    "stocks.csv",
    "charts/targets.svg",
    "charts/county-gaps.svg",
    "charts/sankey.svg",
];

#[test]
fn the_sample_is_what_a_run_writes() {
    let folder = tempfile::tempdir().unwrap();
    let mut run = Command::new(env!("CARGO_BIN_EXE_circflow"));
    let done = run.args(["run", "--lang", "zh"]).current_dir(&folder).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("output/sample");
    let mut wrong = Vec::new();
    let summary = ("summary.txt", done.stdout);
    let files =
        FILES.map(|name| (name, fs::read(folder.path().join("output/coal-city").join(name)).unwrap()));
    for (name, bytes) in files.into_iter().chain([summary]) {
        let path = sample.join(name);
        if env::var("CIRCFLOW_GOLDEN").is_ok_and(|word| word == "write") {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &bytes).unwrap();
        }
        if fs::read(&path).ok().as_deref() != Some(&bytes[..]) {
            wrong.push(name);
        }
    }
    assert!(wrong.is_empty(), "output/sample differs from a run in {wrong:?}; see the command above");
}
