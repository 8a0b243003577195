//! The house: a module imports only from lower floors, and the lower floors touch no outside world.

use std::fs;
use std::path::{Path, PathBuf};

/// Floors from the ground up; a folder belongs to the floor of its name.
const FLOORS: &[(u8, &[&str])] = &[
    (0, &["units", "quantity", "id", "calendar", "money", "diagnostic"]),
    (1, &["model"]),
    (2, &["network", "plan", "simulate", "funding", "linear"]),
    (3, &["indicators", "gaps"]),
    (4, &["counterfactual", "outcome"]),
    (5, &["input", "output", "report"]),
    (6, &["study"]),
    (7, &["main", "cli", "lib"]),
];

/// What floors 0–4 must not touch: files, clock, environment, output, global state.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::time",
    "std::process",
    "println!",
    "eprintln!",
    "static mut",
    "OnceLock",
    "LazyLock",
    "thread_local!",
    "HashMap",
    ".mul_add(",
    ".powf(",
    ".exp(",
    ".ln(",
];

fn floor_of(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(_, modules)| modules.contains(&module)).map(|(floor, _)| *floor)
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The module of floor rank a file belongs to: the first path component below `src`.
fn module_of(path: &Path, src: &Path) -> String {
    let first = path.strip_prefix(src).unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Names that a line imports from this crate (`crate::x`, `circflow::x`, also in braces).
fn imported(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for prefix in ["crate::", "circflow::"] {
        for (at, _) in line.match_indices(prefix) {
            let rest = &line[at + prefix.len()..];
            let list = rest.strip_prefix('{').map_or(rest, |r| r.split('}').next().unwrap_or(r));
            let braces = rest.starts_with('{');
            for item in list.split(',') {
                let name: String =
                    item.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if !name.is_empty() {
                    names.push(name);
                }
                if !braces {
                    break;
                }
            }
        }
    }
    names
}

#[test]
fn imports_only_go_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let module = module_of(file, &src);
        let Some(floor) = floor_of(&module) else {
            wrong.push(format!("{}: module `{module}` stands on no floor", file.display()));
            continue;
        };
        let text = fs::read_to_string(file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for name in imported(code) {
                if let Some(other) = floor_of(&name).filter(|&other| other > floor) {
                    wrong.push(format!(
                        "{}:{}: `{module}` (floor {floor}) imports `{name}` (floor {other})",
                        file.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports that go up:\n{}", wrong.join("\n"));
}

#[test]
fn lower_floors_touch_no_outside_world() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let module = module_of(file, &src);
        if floor_of(&module).is_none_or(|floor| floor > 4) {
            continue;
        }
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or(&text);
        for (number, line) in code.lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            for word in OUTSIDE.iter().filter(|word| line.contains(**word)) {
                wrong.push(format!("{}:{}: `{word}`", file.display(), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "floors 0–4 touch the outside world:\n{}", wrong.join("\n"));
}

#[test]
fn the_scan_itself_sees_imports() {
    assert_eq!(imported("use crate::{model, input};"), ["model", "input"]);
    assert_eq!(imported("use crate::model::Model;"), ["model"]);
    assert_eq!(imported("let x = crate::study::run();"), ["study"]);
    assert!(floor_of("study") > floor_of("input"));
}
