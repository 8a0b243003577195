//! The house: a module imports only from lower floors, and the lower floors touch no outside world.

use std::fs;
use std::path::{Path, PathBuf};

/// Floors from the ground up; a folder belongs to the floor of its name.
const FLOORS: &[(u8, &[&str])] = &[
    (0, &["units", "quantity", "id", "calendar", "money", "diagnostic", "expression", "lifetime"]),
    (1, &["model", "case"]),
    (2, &["network", "plan", "simulate", "funding", "linear", "steady", "stock", "reconcile"]),
    (3, &["indicators", "gaps", "economics", "measured"]),
    (4, &["compare", "counterfactual", "optimise", "outcome"]),
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
    "std::thread",
    "print!",
    "dbg!",
    "HashMap",
    "HashSet",
    "Instant",
    "SystemTime",
    // Not the same to the last bit on every platform.
    ".mul_add(",
    ".powf(",
    ".powi(",
    ".exp(",
    ".exp2(",
    ".exp_m1(",
    ".ln(",
    ".ln_1p(",
    ".log(",
    ".log2(",
    ".log10(",
    ".sin(",
    ".cos(",
    ".tan(",
    ".tanh(",
    ".atan(",
    ".atan2(",
    ".hypot(",
    ".cbrt(",
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

/// The code without its comments, lines kept.
fn without_comments(text: &str) -> String {
    let code = |line: &str| if line.trim_start().starts_with("//") { String::new() } else { line.to_owned() };
    text.lines().map(code).collect::<Vec<_>>().join("\n")
}

/// Names of modules that code of a file imports from this crate, with the line: `crate::x`, `circflow::x`, as many
/// `super::` as lead to the crate's root (`depth`), and all members of braces, over several lines and nested.
fn imported(code: &str, depth: usize) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    for prefix in ["crate::".to_owned(), "circflow::".to_owned(), "super::".repeat(depth)] {
        for (at, _) in code.match_indices(&prefix) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let line = code[..at].matches('\n').count() + 1;
            let members = members_of(&code[at + prefix.len()..]);
            names.extend(members.into_iter().map(|name| (line, name)));
        }
    }
    names
}

/// The first names of a path: one, or those of a brace at its own level.
fn members_of(path: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(list) = path.strip_prefix('{') else { return vec![word(path)] };
    let (mut open, mut begin, mut names) = (0_usize, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => open += 1,
            '}' if open > 0 => open -= 1,
            ',' | '}' if open == 0 => {
                names.push(word(&list[begin..at]));
                begin = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn imports_only_go_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in &files {
        let module = module_of(file, &src);
        let Some(floor) = floor_of(&module) else {
            wrong.push(format!("{}: module `{module}` stands on no floor", file.display()));
            continue;
        };
        let depth = file.strip_prefix(&src).unwrap().components().count();
        let code = without_comments(&fs::read_to_string(file).unwrap());
        for (line, name) in imported(&code, depth) {
            let Some(other) = floor_of(&name) else { continue };
            seen += 1;
            if other > floor {
                wrong.push(format!(
                    "{}:{line}: `{module}` (floor {floor}) imports `{name}` (floor {other})",
                    file.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that go up:\n{}", wrong.join("\n"));
    assert!(seen > files.len(), "{seen} imports seen in {} files", files.len());
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
    let names = |code: &str, depth| -> Vec<String> {
        imported(code, depth).into_iter().map(|(_, name)| name).collect()
    };
    assert_eq!(names("use crate::{model, input};", 1), ["model", "input"]);
    assert_eq!(names("use crate::model::Model;", 2), ["model"]);
    assert_eq!(names("let x = crate::study::run();", 2), ["study"]);
    assert_eq!(
        names("use crate::{\n    model::{Model, Place},\n    input::read,\n};", 1),
        ["model", "input"]
    );
    assert_eq!(names("use super::study;", 1), ["study"], "the parent of a file in src is the crate");
    assert_eq!(names("use super::study;", 2), [""; 0], "the parent of a file below is its own module");
    assert_eq!(names("use super::super::study;", 2), ["study"]);
    assert_eq!(imported("\n\nuse crate::cli;", 1), [(3, "cli".to_owned())]);
    assert_eq!(without_comments("// use crate::cli;\nx"), "\nx");
    assert!(floor_of("study") > floor_of("input"));
}
