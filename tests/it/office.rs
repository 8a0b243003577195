//! Ready for an office PC: nothing of one system alone, Chinese and spaced paths, encodings, names, and what is told.

use crate::results::bytes_below;
use circflow::output::portable::is_portable;
use encoding_rs::GB18030;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_circflow");

fn circflow(folder: &Path, words: &[&str]) -> Output {
    Command::new(PROGRAM).args(words).current_dir(folder).output().unwrap()
}

fn exit_of(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A folder with the minimal model in a folder of it.
fn with_minimal(model: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = circflow(folder.path(), &["new", model, "--minimal", "--quiet"]);
    assert_eq!(exit_of(&made), 0, "{}", told(&made));
    folder
}

/// Words that only one system understands, with the files that may use them.
const OF_ONE_SYSTEM: &[(&str, &[&str])] = &[
    ("std::os::", &[]),
    ("libc", &[]),
    ("\"/tmp", &[]),
    ("\"/dev", &[]),
    ("\"/proc", &["study/bench/machine.rs"]),
    ("\"/usr", &[]),
    ("\"/etc", &[]),
    ("\"C:", &[]),
    ("PermissionsExt", &[]),
    ("set_permissions", &[]),
    ("set_mode", &[]),
    ("from_mode", &[]),
    ("OsStrExt", &[]),
    ("MetadataExt", &[]),
    ("symlink(", &[]),
    ("Command::new", &[]),
    ("cfg(unix", &[]),
    ("cfg!(unix", &[]),
    ("cfg(target_os", &[]),
    ("cfg(windows", &[]),
    // The console, and the error numbers of a file that is held open.
    ("cfg!(windows", &["cli/console.rs", "output/publish.rs"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Whether a line puts a path together with a sign that is not everywhere the one between folders.
fn joins_with_a_slash(line: &str) -> bool {
    let joined =
        line.split(".join(\"").skip(1).any(|rest| rest.split('"').next().unwrap_or("").contains('/'));
    let shown = line.contains("{}/") && line.contains("display()");
    joined || shown
}

#[test]
fn nothing_is_called_that_only_one_system_has() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 100, "the scan sees the sources");
    let mut wrong = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            for (word, allowed) in OF_ONE_SYSTEM {
                if line.contains(word) && !allowed.contains(&name.as_str()) {
                    wrong.push(format!("{name}:{}: {word}", number + 1));
                }
            }
            if joins_with_a_slash(line) {
                wrong.push(format!("{name}:{}: a path joined with /", number + 1));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(
        joins_with_a_slash("folder.join(\"charts/a.svg\")") && !joins_with_a_slash("folder.join(\"a.svg\")")
    );
}

#[test]
fn whole_commands_in_a_folder_with_chinese_and_spaces() {
    let folder = with_minimal("城市 数据/模型 一");
    let model = "城市 数据/模型 一";
    for words in [
        &["check", model][..],
        &["run", model, "--out", "结果 （一）"],
        &["indicators", model],
        &["indicators", model, "--open", "ce2017-07"],
        &["ledger", model],
        &["reproduce", "结果 （一）/minimal"],
        &["reproduce", "结果 （一）/minimal/manifest.json"],
    ] {
        let output = circflow(folder.path(), words);
        assert_eq!(exit_of(&output), 0, "{words:?}: {}", told(&output));
    }
    let run = circflow(folder.path(), &["run", model]);
    assert!(told(&run).contains("circflow indicators \"城市 数据/模型 一\" --open"), "{}", told(&run));
    // From inside the folder, and by its full path.
    let inside = folder.path().join("城市 数据").join("模型 一");
    assert_eq!(exit_of(&circflow(&inside, &["run", "."])), 0);
    let full = inside.display().to_string();
    assert_eq!(exit_of(&circflow(folder.path(), &["run", &full, "--out", &full])), 0);
}

#[test]
fn a_path_longer_than_260_signs_is_no_hindrance() {
    let folder = tempfile::tempdir().unwrap();
    let deep = (0..12)
        .fold(folder.path().to_owned(), |path, _| path.join("循环经济示范城市建设领导小组办公室 资料"));
    fs::create_dir_all(&deep).unwrap();
    assert!(deep.to_string_lossy().chars().count() > 260);
    assert_eq!(exit_of(&circflow(&deep, &["new", "模型", "--minimal"])), 0);
    let run = circflow(
        folder.path(),
        &["run", &deep.join("模型").display().to_string(), "--out", &deep.display().to_string()],
    );
    assert_eq!(exit_of(&run), 0, "{}", told(&run));
    assert!(deep.join("minimal").join("manifest.json").is_file());
}

#[test]
fn tables_in_gb18030_with_windows_line_ends_give_the_same_results() {
    let folder = with_minimal("park");
    let office = folder.path().join("office");
    fs::create_dir(&office).unwrap();
    for entry in fs::read_dir(folder.path().join("park")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
        let (bytes, _, lost) = GB18030.encode(&text);
        assert!(!lost);
        fs::write(office.join(path.file_name().unwrap()), bytes).unwrap();
    }
    for (model, out) in [("park", "a"), ("office", "b")] {
        let output = circflow(folder.path(), &["run", model, "--out", out, "--quiet"]);
        assert_eq!(exit_of(&output), 0, "{}", told(&output));
    }
    let results = |out: &str| {
        let mut files = bytes_below(&folder.path().join(out));
        // These say what was read, with its bytes and digests, and the command.
        let of_inputs = ["manifest.json", "datapackage.json", "report.html"];
        let own = |name: &str| !name.contains("inputs") && !of_inputs.iter().any(|file| name.ends_with(file));
        files.retain(|name, _| own(&name.to_string_lossy()));
        files
    };
    let (a, b) = (results("a"), results("b"));
    assert!(a.len() > 8 && a.keys().eq(b.keys()));
    let differing: Vec<_> =
        a.iter().filter(|(name, bytes)| b[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differing.is_empty(), "{differing:?}");
    // A faulty cell is found on its own line, whatever the line ends, and behind empty lines.
    for (end, row) in [("\n", 3), ("\r\n", 3), ("\r", 3), ("\r\n\r\n", 5), ("\n\n\n", 7)] {
        let table = ["id,name,place", "a,甲厂,park", "b,乙厂,prak", ""].join(end);
        fs::write(office.join("enterprises.csv"), GB18030.encode(&table).0).unwrap();
        let output = circflow(folder.path(), &["check", "office", "--format", "json"]);
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = told["findings"].as_array().unwrap();
        let fault = findings.iter().find(|f| f["file"] == "enterprises.csv" && f["code"] == "E106").unwrap();
        assert_eq!(fault["row"], row, "{end:?}");
    }
}

#[test]
fn redirected_text_is_utf_8_or_what_is_asked_for() {
    let folder = with_minimal("park");
    for words in [&["run", "park", "--quiet"][..], &["explain"], &["--help"], &["rum"], &["check", "park"]] {
        let plain = circflow(folder.path(), words);
        let encoded = circflow(folder.path(), &[words, &["--encoding", "gb18030"]].concat());
        assert_eq!(exit_of(&plain), exit_of(&encoded), "{words:?}");
        for (utf8, gb) in [(&plain.stdout, &encoded.stdout), (&plain.stderr, &encoded.stderr)] {
            assert_eq!(
                std::str::from_utf8(utf8).unwrap(),
                GB18030.decode_without_bom_handling(gb).0,
                "{words:?}"
            );
        }
        assert_ne!(told(&plain), told(&encoded), "{words:?}: Chinese looks different");
    }
    let json = circflow(folder.path(), &["run", "park", "--format", "json", "--encoding", "gb18030"]);
    assert!(serde_json::from_slice::<serde_json::Value>(&json.stdout).is_ok(), "JSON is UTF-8 always");
}

#[test]
fn a_folder_dropped_on_the_program_is_run_with_the_results_beside_it() {
    let folder = with_minimal("城市 数据/模型 一");
    let elsewhere = tempfile::tempdir().unwrap();
    let model = folder.path().join("城市 数据").join("模型 一");
    for dropped in [model.clone(), model.join("model.toml"), model.join("places.csv")] {
        let output = circflow(elsewhere.path(), &[&dropped.display().to_string()]);
        assert_eq!(exit_of(&output), 0, "{}", told(&output));
        let results = folder.path().join("城市 数据").join("output");
        assert!(results.join("minimal").join("indicators.csv").is_file());
        fs::remove_dir_all(results).unwrap();
    }
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    // A workbook that is none is told as plainly as a table would be.
    let workbook = folder.path().join("城市.xlsx");
    fs::write(&workbook, b"PK").unwrap();
    let output = circflow(elsewhere.path(), &[&workbook.display().to_string()]);
    assert_eq!(exit_of(&output), 3);
    assert!(told(&output).contains("E023") && told(&output).contains("城市.xlsx"), "{}", told(&output));
}

#[test]
fn mistakes_of_the_command_line_are_told_in_the_language_of_the_user() {
    let folder = with_minimal("park");
    let first = |words: &[&str]| {
        let output = circflow(folder.path(), words);
        assert_eq!(exit_of(&output), 2, "{words:?}: {}", told(&output));
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap().lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(first(&["run", "park", "--thread", "2"]), "错误：不认识“--thread”");
    assert!(
        first(&["run", "park", "--thread", "2", "--lang", "en"]).starts_with("error: unexpected argument")
    );
    let settings = folder.path().join("park").join("model.toml");
    let text = fs::read_to_string(&settings).unwrap().replace("language = \"zh\"", "language = \"en\"");
    fs::write(&settings, text).unwrap();
    assert!(
        first(&["run", "park", "--thread", "2"]).starts_with("error: unexpected argument"),
        "the model's"
    );
    assert_eq!(first(&["run", "park", "--thread", "2", "--lang=zh"]), "错误：不认识“--thread”");
}

#[test]
fn ids_that_no_file_may_have_become_names_that_every_system_takes() {
    let folder = with_minimal("park");
    let model = folder.path().join("park");
    let edit = |name: &str, from: &str, to: &str| {
        let text = fs::read_to_string(model.join(name)).unwrap();
        assert!(text.contains(from), "{from} in {name}");
        fs::write(model.join(name), text.replace(from, to)).unwrap();
    };
    edit("places.csv", "\npark,", "\nCON:a/b?,");
    edit("enterprises.csv", ",park,", ",CON:a/b?,");
    fs::write(model.join("scenarios.csv"), "id,name,why\nnul,一,看\n\"a\"\"<b>\",二,比\n").unwrap();
    let output = circflow(folder.path(), &["run", "park"]);
    assert_eq!(exit_of(&output), 0, "{}", told(&output));
    for name in bytes_below(&folder.path().join("output")).keys() {
        for part in name.components().map(|part| part.as_os_str().to_string_lossy()) {
            assert!(is_portable(&part), "{part} of {name:?}");
        }
    }
}

#[test]
fn a_model_id_that_cannot_name_a_folder_is_told_before_anything_is_written() {
    for id in ["con", "NUL", "com1", "sample", &"x".repeat(121)] {
        let folder = with_minimal("park");
        let settings = folder.path().join("park").join("model.toml");
        let text =
            fs::read_to_string(&settings).unwrap().replace("id = \"minimal\"", &format!("id = \"{id}\""));
        fs::write(&settings, text).unwrap();
        let output = circflow(folder.path(), &["run", "park", "--lang", "en"]);
        assert_eq!(exit_of(&output), 3, "{id}");
        assert!(told(&output).contains("E056"), "{}", told(&output));
        assert!(!folder.path().join("output").exists());
    }
}

#[test]
fn manifests_that_cannot_be_read_or_kept_are_told() {
    let folder = with_minimal("park");
    let told_by = |words: &[&str]| {
        let output = circflow(folder.path(), words);
        (exit_of(&output), told(&output))
    };
    let (exit, text) = told_by(&["reproduce", "nowhere"]);
    assert!(exit == 3 && text.contains("E057") && text.contains("nowhere：没有这个文件或文件夹"), "{text}");
    assert_eq!(told_by(&["run", "park"]).0, 0);
    let results = folder.path().join("output").join("minimal");
    let mut table = fs::read(results.join("flows.csv")).unwrap();
    table.extend_from_slice(b"x\n");
    fs::write(results.join("flows.csv"), table).unwrap();
    let (exit, text) = told_by(&["reproduce", "output/minimal"]);
    assert!(exit == 1 && text.contains("E059") && text.contains("flows.csv"), "{text}");
}

#[test]
fn a_machine_without_a_place_for_temporary_files_reproduces_too() {
    let folder = with_minimal("park");
    assert_eq!(exit_of(&circflow(folder.path(), &["run", "park"])), 0);
    let mut command = Command::new(PROGRAM);
    for name in ["TMPDIR", "TMP", "TEMP"] {
        command.env(name, folder.path().join("no such folder"));
    }
    let output = command.args(["reproduce", "output/minimal"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(exit_of(&output), 0, "{}", told(&output));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left");
}

#[test]
fn what_is_asked_for_and_not_there_is_told_with_what_is() {
    let folder = with_minimal("park");
    for (words, hint) in [
        (["--scenario", "bas"], "base"),
        (["--place", "prak"], "park"),
        (["--open", "ce2017-77"], "ce2017-07"),
    ] {
        let output = circflow(folder.path(), &[&["indicators", "park"][..], &words].concat());
        assert_eq!(exit_of(&output), 2, "{}", told(&output));
        assert!(told(&output).contains("E061") && told(&output).contains(hint), "{}", told(&output));
    }
}

#[test]
fn the_release_bundles_files_that_are_there_and_the_page_says_it_was_not_tried() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workflow = fs::read_to_string(root.join(".github").join("workflows").join("release.yml")).unwrap();
    let lists = workflow
        .lines()
        .filter_map(|line| line.trim().strip_prefix("BUNDLE").and_then(|l| l.split_once(": ")));
    let files: Vec<&str> = lists.flat_map(|(_, list)| list.split_whitespace()).collect();
    assert!(files.len() >= 8, "{files:?}");
    for file in files {
        let path = file.split('/').fold(root.to_owned(), |path, part| path.join(part));
        assert!(path.is_file(), "{file}");
    }
    for target in [
        "x86_64-pc-windows-msvc",
        "x86_64-unknown-linux-gnu",
        "+crt-static",
        "--features highs",
        "THIRD-PARTY.txt",
    ] {
        assert!(workflow.contains(target), "{target}");
    }
    let page = fs::read_to_string(root.join("docs").join("install.md")).unwrap();
    assert!(page.contains("还没有真正跑过") && page.contains("has never run yet"));
}
