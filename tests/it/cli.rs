//! Whole commands: what they print, how they end, what they leave on the disk.

use crate::results::bytes_below;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_circflow");

/// Runs the program in a folder.
fn circflow(folder: &Path, words: &[&str]) -> Output {
    Command::new(PROGRAM).args(words).current_dir(folder).output().unwrap()
}

fn exit_of(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Exit code, stdout and stderr in one text, with times taken out.
fn told(output: &Output) -> String {
    let timed = |line: &str| {
        let head = ["用时 ", "took "].into_iter().find(|head| line.starts_with(head));
        head.map_or_else(|| line.to_owned(), |head| format!("{head}[TIME]"))
    };
    let talk: Vec<String> = stderr(output).lines().map(timed).collect();
    format!("exit: {}\n--- stdout\n{}--- stderr\n{}\n", exit_of(output), stdout(output), talk.join("\n"))
}

/// A folder with the minimal model in `park`.
fn with_minimal() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = circflow(folder.path(), &["new", "park", "--minimal", "--quiet"]);
    assert_eq!(exit_of(&made), 0, "{}", stderr(&made));
    folder
}

#[test]
fn without_a_word_the_reference_city_is_run() {
    let folder = tempfile::tempdir().unwrap();
    let output = circflow(folder.path(), &[]);
    assert_eq!(exit_of(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    for words in
        ["如讲话所见", "不建项目", "示意数据，不得上报", "义务缺口", "县级资金缺口的代价", "output/coal-city"]
    {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    assert!(stderr(&output).contains("circflow new"), "names the next sensible command");
    let results = folder.path().join("output/coal-city");
    for file in
        ["manifest.json", "datapackage.json", "indicators.csv", "charts/sankey.svg", "inputs/model.toml"]
    {
        assert!(results.join(file).is_file(), "{file}");
    }
    assert_eq!(fs::read_dir(folder.path().join("output")).unwrap().count(), 1);
}

#[test]
fn the_manifest_says_what_was_run() {
    let folder = with_minimal();
    assert_eq!(exit_of(&circflow(folder.path(), &["run", "park", "--quiet", "--threads", "1"])), 0);
    let outputs: Vec<_> =
        fs::read_dir(folder.path().join("output")).unwrap().map(|e| e.unwrap().path()).collect();
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(outputs[0].join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(manifest["threads"], 1);
    assert!(manifest["worst_balance_residual"].as_f64().unwrap() <= 1.0e-9);
    assert!(!manifest["scenarios"].as_array().unwrap().is_empty());
    for input in manifest["inputs"].as_array().unwrap() {
        assert_eq!(input["sha256"].as_str().unwrap().len(), 64);
    }
}

#[test]
fn a_minimal_model_runs_in_both_languages() {
    let folder = with_minimal();
    insta::assert_snapshot!("run_minimal_zh", told(&circflow(folder.path(), &["run", "park"])));
    insta::assert_snapshot!(
        "run_minimal_en",
        told(&circflow(folder.path(), &["run", "park", "--lang", "en"]))
    );
    let json = circflow(folder.path(), &["run", "park", "--format", "json", "--quiet"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let computable =
        value["targets"].as_array().unwrap().iter().any(|row| row["outcomes"][0]["value"].is_number());
    assert!(computable, "at least one indicator is computable");
    assert!(json.stderr.is_empty(), "quiet says nothing");
}

#[test]
fn help_names_the_verbs_that_there_are() {
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!("help", told(&circflow(folder.path(), &["--help"])));
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    for words in [&["rum"][..], &["run", "--threads", "0"], &["run", "--lang", "fr"], &["explain", "E9999"]] {
        let output = circflow(folder.path(), words);
        assert_eq!(exit_of(&output), 2, "{words:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{words:?}");
    }
    assert!(bytes_below(folder.path()).is_empty(), "nothing was written");
}

#[test]
fn explain_says_more_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    insta::assert_snapshot!("explain_zh", told(&circflow(folder.path(), &["explain", "e052"])));
    insta::assert_snapshot!(
        "explain_en",
        told(&circflow(folder.path(), &["explain", "E052", "--lang", "en"]))
    );
    let near = circflow(folder.path(), &["explain", "E5O2", "--lang", "en"]);
    assert!(stderr(&near).contains("E060"), "{}", stderr(&near));
    let all = stdout(&circflow(folder.path(), &["explain"]));
    assert!(all.lines().count() > 50 && all.contains("E052"), "{all}");
}

#[test]
fn errors_of_a_model_end_with_1_and_are_told_all_at_once() {
    let folder = with_minimal();
    let processes = folder.path().join("park/processes.csv");
    let text = fs::read_to_string(&processes).unwrap();
    let lines: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(n, l)| if n == 0 { l.to_owned() } else { l.replacen(',', ",nobody-", 1) })
        .collect();
    fs::write(&processes, lines.join("\n") + "\n").unwrap();
    for verb in ["check", "run"] {
        let output = circflow(folder.path(), &[verb, "park"]);
        assert_eq!(exit_of(&output), 1, "{verb}: {}", stderr(&output));
        let said = stdout(&output) + &stderr(&output);
        let told = said.lines().filter(|line| line.contains("processes.csv")).count();
        assert!(told >= text.lines().count() - 1, "a fault a row: {said}");
    }
    assert!(!folder.path().join("output").exists(), "nothing is written for a model with errors");
    let json = circflow(folder.path(), &["check", "park", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(value["errors"].as_u64().unwrap() >= 1);
}

#[test]
fn check_of_a_sound_model_lists_loops_and_defaults() {
    let folder = tempfile::tempdir().unwrap();
    let output = circflow(folder.path(), &["check"]);
    assert_eq!(exit_of(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.contains("环") && text.contains("空格所用的默认值"), "{text}");
}

#[test]
fn what_cannot_be_read_or_written_ends_with_3() {
    let folder = with_minimal();
    let nowhere = circflow(folder.path(), &["run", "nowhere"]);
    assert_eq!(exit_of(&nowhere), 3, "{}", stderr(&nowhere));
    assert!(stderr(&nowhere).contains("nowhere"));
    assert_eq!(exit_of(&circflow(folder.path(), &["check", "nowhere"])), 3);
    assert_eq!(exit_of(&circflow(folder.path(), &["reproduce", "nowhere"])), 3);
    fs::write(folder.path().join("file"), "mine").unwrap();
    let onto = circflow(folder.path(), &["run", "park", "--out", "file"]);
    assert_eq!(exit_of(&onto), 3, "{}", stderr(&onto));
    assert_eq!(fs::read_to_string(folder.path().join("file")).unwrap(), "mine");
    let again = circflow(folder.path(), &["new", "park", "--minimal"]);
    assert_eq!(exit_of(&again), 3, "a model is not overwritten");
    assert!(stderr(&again).contains("E062"));
}

#[test]
fn results_never_overwrite_inputs() {
    let folder = with_minimal();
    let settings = fs::read_to_string(folder.path().join("park/model.toml")).unwrap();
    let id = settings.lines().find_map(|l| l.strip_prefix("id = ")).unwrap().trim_matches('"').to_owned();
    fs::rename(folder.path().join("park"), folder.path().join(&id)).unwrap();
    let before = bytes_below(folder.path());
    let output = circflow(folder.path(), &["run", &id, "--out", "."]);
    assert_eq!(exit_of(&output), 3);
    assert!(stderr(&output).contains("E055"), "{}", stderr(&output));
    assert_eq!(before, bytes_below(folder.path()));
}

/// `ulimit -f` makes the kernel refuse the write: as near to a full disk as a test may come.
#[cfg(unix)]
#[test]
fn a_disk_that_refuses_keeps_earlier_results() {
    let folder = with_minimal();
    assert_eq!(exit_of(&circflow(folder.path(), &["run", "park", "--quiet"])), 0);
    let before = bytes_below(folder.path());
    let script = format!("trap '' XFSZ; ulimit -f 4; exec '{PROGRAM}' run park --quiet");
    let output = Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
    assert_eq!(exit_of(&output), 3, "{}", stderr(&output));
    assert!(stderr(&output).contains("E052"), "{}", stderr(&output));
    assert_eq!(before, bytes_below(folder.path()));
}

#[test]
fn a_run_is_reproduced_and_a_changed_byte_is_found() {
    let folder = with_minimal();
    assert_eq!(
        exit_of(&circflow(folder.path(), &["run", "park", "--out", "结果 一", "--lang", "en", "--quiet"])),
        0
    );
    let out = folder.path().join("结果 一");
    let results = fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
    let manifest = results.join("manifest.json");
    let words = ["reproduce", manifest.to_str().unwrap(), "--threads", "1"];
    let same = circflow(folder.path(), &words);
    assert_eq!(exit_of(&same), 0, "{}{}", stdout(&same), stderr(&same));
    let flows = results.join("flows.csv");
    let mut bytes = fs::read(&flows).unwrap();
    let last = bytes.len() - 2;
    bytes[last] ^= 1;
    fs::write(&flows, bytes).unwrap();
    let differs = circflow(folder.path(), &words);
    assert_eq!(exit_of(&differs), 1);
    assert!(stdout(&differs).contains("flows.csv"), "{}", stdout(&differs));
    assert_eq!(stdout(&differs).lines().count(), 1, "only the changed file is named");
    fs::write(results.join("inputs/places.csv"), "id\n").unwrap();
    let changed = circflow(folder.path(), &words);
    assert_eq!(exit_of(&changed), 1);
    assert!(stdout(&changed).contains("E058"), "{}", stdout(&changed));
}

#[test]
fn the_reference_city_is_reproduced_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(exit_of(&circflow(folder.path(), &["run", "--quiet"])), 0);
    let again = circflow(folder.path(), &["reproduce", "output/coal-city/manifest.json"]);
    assert_eq!(exit_of(&again), 0, "{}{}", stdout(&again), stderr(&again));
}

#[test]
fn indicators_open_to_rows_and_sources() {
    let folder = tempfile::tempdir().unwrap();
    let words = [
        "indicators",
        "--open",
        "ce2017-07",
        "--year",
        "2018",
        "--place",
        "丙县",
        "--scenario",
        "all-projects",
    ];
    let output = circflow(folder.path(), &words);
    assert_eq!(exit_of(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    for part in ["used / (generated + prior)", "丙县", "2018", "运行量", "定义未经原文核对", "来源"]
    {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    let json = circflow(folder.path(), &[&words[..], &["--format", "json"]].concat());
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let terms = value["terms"].as_array().unwrap();
    let sum: f64 =
        terms[0]["parts"].as_array().unwrap().iter().map(|part| part["value"].as_f64().unwrap()).sum();
    let whole = terms[0]["value"].as_f64().unwrap();
    assert!((sum - whole).abs() <= 1.0e-9 * whole.abs(), "parts sum to the term: {sum} and {whole}");
    for (words, near) in [
        (["indicators", "--open", "ce2017-7"], "ce2017-07"),
        (["indicators", "--place", "bin"], "bing"),
        (["indicators", "--scenario", "all-project"], "all-projects"),
    ] {
        let output = circflow(folder.path(), &words);
        assert_eq!(exit_of(&output), 2);
        assert!(stderr(&output).contains(near), "{}", stderr(&output));
    }
    let list = stdout(&circflow(folder.path(), &["indicators", "--lang", "en"]));
    assert!(list.contains("ce2017-02") && list.contains("2020"), "{list}");
}

#[test]
fn the_ledger_shows_states_and_entries() {
    let folder = tempfile::tempdir().unwrap();
    let output = circflow(folder.path(), &["ledger", "--month", "2016-12"]);
    assert_eq!(exit_of(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("2016-12") && stdout(&output).contains("乙县"), "{}", stdout(&output));
    let json = circflow(folder.path(), &["ledger", "--month", "2016-12", "--entries", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    for fund in value["funds"].as_array().unwrap() {
        let fen = |key: &str| fund[key].as_i64().unwrap();
        assert_eq!(fen("due"), fen("paid") + fen("held_up") + fen("short"), "{fund}");
    }
    assert!(!value["entries"].as_array().unwrap().is_empty());
    assert_eq!(exit_of(&circflow(folder.path(), &["ledger", "--month", "1999-01"])), 2);
}

#[test]
fn a_reader_that_stops_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(PROGRAM)
        .args(["indicators", "--format", "json"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(exit_of(&output), 0, "{}", stderr(&output));
    assert!(!stderr(&output).contains("panic"), "{}", stderr(&output));
}

/// Changes the minimal model: tables by name with their text.
fn with_tables(tables: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = with_minimal();
    for (name, text) in tables {
        fs::write(folder.path().join("park").join(name), text).unwrap();
    }
    folder
}

#[test]
fn a_year_without_an_answer_ends_with_4_and_is_named() {
    // Each of two makers turns the other's output into its own input without loss: nothing ever leaves.
    let folder = with_tables(&[
        (
            "materials.csv",
            "id,name,name_en,kind,classes,unit\nscrap,废料,Scrap,waste,general_industrial_solid_waste,t\n\
             dross,渣,Dross,waste,general_industrial_solid_waste,t\nore,矿,Ore,resource,,t\n",
        ),
        (
            "recipes.csv",
            "process,role,material,quantity,unit\nsource,input,ore,1,t\nsource,byproduct,scrap,rest,t\n\
             there,feed,scrap,1,t\nthere,byproduct,dross,rest,t\nback,feed,dross,1,t\nback,byproduct,scrap,rest,t\n",
        ),
        (
            "processes.csv",
            "id,enterprise,name,driver,reference,treatment,capacity,capacity_unit\n\
             source,washery,来源,level,ore,,100,t/a\nthere,brickworks,去,feed,scrap,utilisation,,\n\
             back,brickworks,回,feed,dross,utilisation,,\n",
        ),
    ]);
    let output = circflow(folder.path(), &["run", "park", "--lang", "en"]);
    let text = stdout(&output) + &stderr(&output);
    assert_eq!(exit_of(&output), 4, "{text}");
    assert!(text.contains("E063") && text.contains("there"), "the year and the loop are named: {text}");
}

#[test]
fn check_says_what_follows_from_a_market_of_a_park() {
    let folder = with_tables(&[
        (
            "processes.csv",
            "id,enterprise,name,technology,driver,treatment,priority,capacity,capacity_unit\n\
             wash,washery,洗煤,R30,,,,120,万t/a\nfill,brickworks,填沟,R07,,,,8,万t/a\n\
             brick,far-bricks,砖,R02,feed,,,10,万t/a\n",
        ),
        (
            "enterprises.csv",
            "id,name,place\nwashery,示例洗煤厂,park\nbrickworks,示例砖厂,park\nfar-bricks,市砖厂,city\n",
        ),
        ("markets.csv", "material,place\ngangue,park\n"),
    ]);
    let output = circflow(folder.path(), &["check", "park", "--lang", "en"]);
    let text = stdout(&output);
    assert_eq!(exit_of(&output), 0, "{text}{}", stderr(&output));
    let told = text.split("N050").nth(1).unwrap_or_else(|| panic!("{text}"));
    assert!(told.contains("fill") && told.contains("brick"), "{told}");
}

/// The whole command on a small generated model: an answer, its files, a scenario that runs; then what is refused.
#[test]
fn the_best_mix_is_chosen_saved_and_run() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let words =
        ["lab", "generate", "park", "--processes", "24", "--projects", "4", "--years", "3", "--quiet"];
    assert_eq!(exit_of(&circflow(at, &words)), 0);
    let output = circflow(
        at,
        &["optimise", "park", "--objective", "tonnes,total-cost", "--save", "best", "--lang", "en"],
    );
    insta::assert_snapshot!("optimise_generated", told(&output));
    let settings = fs::read_to_string(at.join("park/model.toml")).unwrap();
    let id =
        settings.lines().find_map(|line| line.strip_prefix("id = ")).expect("it has an id").trim_matches('"');
    for file in [
        "objectives.csv",
        "projects.csv",
        "promise.csv",
        "funding_calendar.csv",
        "manifest.json",
        "scenario/mixes.csv",
    ] {
        assert!(
            fs::metadata(at.join(format!("output/{id}-optimised")).join(file)).is_ok_and(|of| of.len() > 3),
            "{file}"
        );
    }
    let output = circflow(at, &["run", "best", "--charts", "none", "--quiet", "--lang", "en"]);
    assert_eq!(exit_of(&output), 0, "{}", stderr(&output));
    assert!(stdout(&output).contains("Optimised mix"), "{}", stdout(&output));
    let refused = circflow(at, &["optimise", "park", "--pareto", "tonnes,tonnes"]);
    assert_eq!(exit_of(&refused), 2, "{}", stderr(&refused));
    let unknown = circflow(at, &["optimise", "park", "--must", "nothing-like-it"]);
    assert_eq!(exit_of(&unknown), 2, "{}", stderr(&unknown));
    let negative = circflow(at, &["optimise", "park", "--most-public", "-5"]);
    assert_eq!(exit_of(&negative), 2, "{}", stderr(&negative));
}
