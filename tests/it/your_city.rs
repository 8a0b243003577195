//! The page for beginners, followed to the letter: every table written, every command run, in both languages.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A fenced block of the page: what stands behind the fence, and its lines.
struct Block {
    info: String,
    text: String,
}

/// Blocks of the part in each language.
fn parts() -> [Vec<Block>; 2] {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join("your-city.md");
    let page = fs::read_to_string(page).unwrap().replace("\r\n", "\n");
    let (zh, en) = page.split_once("\n# ").expect("a part in each language");
    [zh, en].map(|part| {
        let fenced = part.split("```").skip(1).step_by(2);
        let blocks = fenced.map(|block| block.split_once('\n').expect("a fence and its lines"));
        blocks.map(|(info, text)| Block { info: info.trim().to_owned(), text: text.to_owned() }).collect()
    })
}

/// Follows a part in an empty folder; what the commands printed, in order.
fn followed(blocks: &[Block], folder: &Path) -> Vec<String> {
    let mut printed = Vec::new();
    for block in blocks {
        let mut words = block.info.split_whitespace();
        match (words.next(), words.next()) {
            (Some("csv"), Some(file)) => {
                let path = file.split('/').fold(folder.to_owned(), |path, part| path.join(part));
                fs::write(path, &block.text).unwrap();
            }
            (Some("sh"), expected) => {
                for line in block.text.lines() {
                    let mut words = line.split_whitespace();
                    assert_eq!(words.next(), Some("circflow"), "{line}");
                    let mut command = Command::new(env!("CARGO_BIN_EXE_circflow"));
                    let output = command.args(words).current_dir(folder).output().unwrap();
                    let text = String::from_utf8(output.stdout).unwrap();
                    let talk = String::from_utf8(output.stderr).unwrap();
                    let fails = if expected == Some("fails") { 1 } else { 0 };
                    assert_eq!(output.status.code(), Some(fails), "{line}\n{text}{talk}");
                    printed.push(format!("{line}\n{text}{talk}"));
                }
            }
            other => panic!("a block of another kind: {other:?}"),
        }
    }
    printed
}

#[test]
fn the_page_works_as_it_is_written() {
    let [zh, en] = parts();
    for (blocks, on_time, faulty) in [
        (&zh, "县级资金按时到位：达标 1", "duties.csv 第2行 “地点”列"),
        (&en, "County money on time: 1 met", "duties.csv line 2 column “place”"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let printed = followed(blocks, folder.path());
        assert!(printed.len() >= 12, "{} commands", printed.len());
        let runs: Vec<&String> = printed.iter().filter(|text| text.starts_with("circflow run")).collect();
        // The second run is the first with scenarios; what the page tells of it is what it prints.
        assert!(runs[1].contains(on_time), "{}", runs[1]);
        assert!(printed.iter().any(|text| text.contains(faulty)), "the misspelt place is found");
        for other in printed.iter().filter(|text| text.starts_with("circflow check")) {
            let sound = !other.contains(faulty);
            assert!(!sound || !(other.contains("E1") || other.contains("W4")), "{other}");
        }
    }
}

#[test]
fn both_languages_build_the_same_city() {
    let results = parts().map(|blocks| {
        let folder = tempfile::tempdir().unwrap();
        followed(&blocks, folder.path());
        let results = folder.path().join("output").join("minimal");
        ["ledger.csv", "gaps.csv", "flows.csv", "stocks.csv", "balances.csv"]
            .map(|name| fs::read_to_string(results.join(name)).unwrap())
    });
    assert!(results[0].iter().all(|table| table.lines().count() > 1));
    assert_eq!(results[0], results[1]);
}
