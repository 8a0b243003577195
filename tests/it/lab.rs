//! `lab generate`: systems of any size as folders that are checked and run like any other.

use crate::results::bytes_below;
use std::path::Path;
use std::process::{Command, Output};

fn circflow(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_circflow")).args(words).current_dir(folder).output().unwrap()
}

fn told(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let exit = output.status.code().expect("ends by itself");
    format!("exit: {exit}\n--- stdout\n{}--- stderr\n{}", text(&output.stdout), text(&output.stderr))
}

/// Rows of a table of a folder, without its header.
fn rows(folder: &Path, name: &str) -> usize {
    std::fs::read_to_string(folder.join(name)).unwrap().lines().count() - 1
}

#[test]
fn a_generated_system_is_told_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let words = ["lab", "generate", "sys", "--processes", "40", "--loops", "0.2", "--projects", "4"];
    insta::assert_snapshot!("lab_generate_zh", told(&circflow(folder.path(), &words)));
    let english = ["lab", "generate", "en", "--processes", "10", "--lang", "en"];
    insta::assert_snapshot!("lab_generate_en", told(&circflow(folder.path(), &english)));
    insta::assert_snapshot!("lab_help", told(&circflow(folder.path(), &["lab", "generate", "--help"])));
}

#[test]
fn what_is_generated_is_checked_and_run() {
    let folder = tempfile::tempdir().unwrap();
    for options in [
        "--processes 1",
        "--processes 10 --years 1",
        "--processes 50 --places 50 --seed 2",
        "--processes 200 --loops 1 --places 4",
        "--processes 300 --loops 0.3 --rivalry 0.8 --projects 30 --seed 7",
        "--processes 60 --rivalry 1 --places 3 --projects 5 --years 6 --seed 3",
    ] {
        let mut words = vec!["lab", "generate", "sys", "--quiet"];
        words.extend(options.split(' '));
        let made = circflow(folder.path(), &words);
        assert!(made.status.success(), "{options}: {}", told(&made));
        let checked = circflow(folder.path(), &["check", "sys", "--format", "json", "--quiet"]);
        assert!(checked.status.success(), "{options}: {}", told(&checked));
        let value: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
        let loud: Vec<_> =
            value["findings"].as_array().unwrap().iter().filter(|f| f["severity"] != "note").collect();
        assert!(loud.is_empty(), "{options}: {loud:?}");
        let ran = circflow(folder.path(), &["run", "sys", "--charts", "none", "--quiet"]);
        assert!(ran.status.success(), "{options}: {}", told(&ran));
        std::fs::remove_dir_all(folder.path().join("sys")).unwrap();
    }
}

#[test]
fn the_options_are_kept_to() {
    let folder = tempfile::tempdir().unwrap();
    let words = [
        "lab",
        "generate",
        "sys",
        "--processes",
        "120",
        "--places",
        "5",
        "--projects",
        "9",
        "--rivalry",
        "1",
    ];
    assert!(circflow(folder.path(), &words).status.success());
    let sys = folder.path().join("sys");
    assert_eq!(rows(&sys, "processes.csv"), 120);
    assert_eq!(rows(&sys, "projects.csv"), 9);
    let places = std::fs::read_to_string(sys.join("places.csv")).unwrap();
    assert_eq!(places.lines().filter(|line| line.contains(",park,")).count(), 5);
    // With full rivalry every feed that is not of a ring is the same waste.
    let recipes = std::fs::read_to_string(sys.join("recipes.csv")).unwrap();
    let feeds = recipes.lines().filter(|line| line.contains(",feed,") && !line.contains(",ring-"));
    assert!(feeds.clone().count() > 30 && feeds.clone().all(|line| line.contains(",waste-0,")));
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    let folder = tempfile::tempdir().unwrap();
    for (name, seed) in [("a", "5"), ("b", "5"), ("c", "6")] {
        let words = ["lab", "generate", name, "--processes", "80", "--projects", "6", "--seed", seed];
        assert!(circflow(folder.path(), &words).status.success());
    }
    let [a, b, c] = ["a", "b", "c"].map(|name| bytes_below(&folder.path().join(name)));
    assert_eq!(a, b);
    assert_ne!(a, c);
}

#[test]
fn options_that_do_not_fit_are_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    for (options, expected) in [
        ("--processes 10 --places 11", "E069"),
        ("--processes 200 --loops 1 --places 3", "E069"),
        ("--loops 1.5", "between 0 and 1"),
        ("--rivalry x", "between 0 and 1"),
        ("--processes 0", "1..=500000"),
    ] {
        let mut words = vec!["lab", "generate", "sys", "--lang", "en"];
        words.extend(options.split(' '));
        let refused = circflow(folder.path(), &words);
        assert_eq!(refused.status.code(), Some(2), "{options}: {}", told(&refused));
        assert!(told(&refused).contains(expected), "{options}: {}", told(&refused));
    }
    assert!(bytes_below(folder.path()).is_empty());
    std::fs::create_dir(folder.path().join("sys")).unwrap();
    std::fs::write(folder.path().join("sys/mine.csv"), "mine").unwrap();
    let refused = circflow(folder.path(), &["lab", "generate", "sys"]);
    assert_eq!(refused.status.code(), Some(3), "{}", told(&refused));
    assert!(told(&refused).contains("E062"));
    assert_eq!(bytes_below(folder.path()).len(), 1, "what stood there stands");
}

#[test]
fn cases_are_verified_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let good = crate::cases::indicator_case();
    crate::cases::write(&folder.path().join("set").join("deep").join("er"), &good);
    let bad = crate::cases::patched(good.clone(), "expected.csv", "0.75", "0.76");
    crate::cases::write(&folder.path().join("set").join("wrong"), &bad);
    let faulty = crate::cases::patched(good, "terms.csv", "made,80±5", "made,NaN");
    crate::cases::write(&folder.path().join("set").join("faulty"), &faulty);
    let told = |words: &[&str]| {
        let output = circflow(folder.path(), words);
        let seconds = |text: String| {
            let parts = text.split(' ').map(|part| match part.parse::<f64>() {
                Ok(_) if part.len() == 5 && part.starts_with("0.0") && part.ends_with(char::is_numeric) => {
                    "[SECONDS]"
                }
                _ => part,
            });
            parts.collect::<Vec<_>>().join(" ")
        };
        seconds(told(&output))
    };
    insta::assert_snapshot!("lab_verify_zh", told(&["lab", "verify", "set"]));
    insta::assert_snapshot!(
        "lab_verify_en",
        told(&["lab", "verify", "set/wrong", "set/faulty", "--lang", "en"])
    );
    let passed = circflow(folder.path(), &["lab", "verify", "set/deep", "--format", "json"]);
    assert_eq!(passed.status.code(), Some(0));
    let value: serde_json::Value = serde_json::from_slice(&passed.stdout).unwrap();
    assert_eq!(value["passed"], 1, "{value:#}");
    assert_eq!(value["cases"][0]["worst"]["deviation"], 0.0, "{value:#}");
    let failed = circflow(folder.path(), &["lab", "verify", "set", "--format", "json", "--quiet"]);
    assert_eq!(failed.status.code(), Some(1));
    let value: serde_json::Value = serde_json::from_slice(&failed.stdout).unwrap();
    assert_eq!((&value["passed"], &value["failed"]), (&1.into(), &2.into()), "{value:#}");
}

#[test]
fn folders_without_a_case_are_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let output = circflow(folder.path(), &["lab", "verify", "empty", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(told(&output).contains("E701"), "{}", told(&output));
    let output = circflow(folder.path(), &["lab", "verify", "nowhere", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(told(&output).contains("E001"), "{}", told(&output));
}
