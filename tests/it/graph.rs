//! `graph`: the network for other programs.

use crate::results::bytes_below;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};

fn circflow(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_circflow")).args(words).current_dir(folder).output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder with the minimal model in `park`.
fn with_minimal() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    stdout(&circflow(folder.path(), &["new", "park", "--minimal", "--quiet"]));
    folder
}

/// The rows of a CSV with a header, as maps.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row =
        |record: csv::StringRecord| header.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn a_small_model_is_written_in_every_form() {
    let folder = with_minimal();
    for (name, words) in [
        ("graph_dot_zh", &["graph", "park"][..]),
        ("graph_dot_structure_en", &["graph", "park", "--structure", "--lang", "en"]),
        ("graph_edges", &["graph", "park", "--as", "edges"]),
        ("graph_sankey_en", &["graph", "park", "--as", "sankey", "--lang", "en"]),
    ] {
        insta::assert_snapshot!(name, stdout(&circflow(folder.path(), words)));
    }
}

#[test]
fn a_sankey_keeps_to_the_format() {
    let folder = tempfile::tempdir().unwrap();
    let text = stdout(&circflow(folder.path(), &["graph", "--as", "sankey"]));
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["format"], "sankey-v2");
    let text_of = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
    let list = |key: &str| value[key].as_array().expect("a list").clone();
    let nodes = list("nodes");
    let ids: BTreeSet<String> = nodes.iter().map(|node| text_of(&node["id"])).collect();
    assert_eq!(ids.len(), nodes.len(), "ids are unique");
    for node in &nodes {
        assert!(node["title"].is_string() && node["style"]["hidden"].is_boolean());
        assert_eq!(node["style"]["direction"], "r");
        assert!(node["style"]["type"].is_string());
    }
    let links = list("links");
    assert!(links.len() > 100);
    for link in &links {
        assert!(ids.contains(&text_of(&link["source"])) && ids.contains(&text_of(&link["target"])));
        assert!(link["link_width"].as_f64().unwrap() > 0.0);
        assert_eq!(link["data"]["value"], link["link_width"]);
        assert!(link["type"].is_string() && link["time"].is_string() && link["title"].is_string());
        assert!(link["style"]["opacity"].as_f64().is_some_and(|opacity| (0.0..=1.0).contains(&opacity)));
    }
    assert!(list("groups").is_empty() && value["metadata"]["authors"].is_array());
    // Layers hold bands, bands hold ids, every node once.
    let layers = value["metadata"]["layers"].as_array().unwrap();
    let bands = layers.iter().flat_map(|layer| layer.as_array().unwrap());
    let laid: Vec<String> = bands.flat_map(|band| band.as_array().unwrap()).map(text_of).collect();
    assert_eq!(laid.len(), ids.len());
    assert_eq!(laid.into_iter().collect::<BTreeSet<_>>(), ids);
}

#[test]
fn edges_are_the_flows_of_the_run() {
    let folder = with_minimal();
    stdout(&circflow(folder.path(), &["run", "park", "--charts", "none", "--quiet"]));
    let out = std::fs::read_dir(folder.path().join("output")).unwrap().next().unwrap().unwrap().path();
    let flows = rows(&std::fs::read_to_string(out.join("flows.csv")).unwrap());
    let edges = rows(&stdout(&circflow(folder.path(), &["graph", "park", "--as", "edges"])));
    let year = &edges[0]["year"];
    let of_run =
        |row: &&BTreeMap<String, String>| row["year"] == *year && row["scenario"] == edges[0]["scenario"];
    let key = |row: &BTreeMap<String, String>, names: [&str; 5]| names.map(|name| row[name].clone());
    let of_run: BTreeSet<_> = flows
        .iter()
        .filter(of_run)
        .map(|row| key(row, ["from", "to", "material", "kind", "quantity"]))
        .collect();
    let of_graph: BTreeSet<_> =
        edges.iter().map(|row| key(row, ["source", "target", "type", "kind", "value"])).collect();
    assert!(!of_graph.is_empty());
    assert_eq!(of_graph, of_run);
}

#[test]
fn place_and_material_choose_what_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let edges = |words: &[&str]| {
        let mut all = vec!["graph", "--as", "edges"];
        all.extend(words);
        rows(&stdout(&circflow(folder.path(), &all)))
    };
    let all = edges(&[]);
    let gangue = edges(&["--material", "gangue"]);
    assert!(!gangue.is_empty() && gangue.len() < all.len());
    assert!(gangue.iter().all(|row| row["type"] == "gangue"));
    let expected: Vec<_> = all.iter().filter(|row| row["type"] == "gangue").cloned().collect();
    assert_eq!(gangue, expected);
    let county = edges(&["--place", "丙县"]);
    assert!(!county.is_empty() && county.len() < all.len());
    assert!(county.iter().all(|row| all.contains(row)));
    assert_eq!(county, edges(&["--place", "bing"]), "by name and by id");
}

#[test]
fn every_node_of_a_dot_file_is_declared_once_before_its_arcs() {
    let folder = tempfile::tempdir().unwrap();
    let text = stdout(&circflow(folder.path(), &["graph", "--year", "2017", "--scenario", "all-projects"]));
    assert!(text.starts_with("digraph circflow {\n") && text.ends_with("}\n"));
    let id = |line: &str| line.trim().split('"').nth(1).map(str::to_owned);
    let is_arc = |line: &&str| line.contains("\" -> \"");
    let declared: Vec<String> = text.lines().filter(|line| line.contains("shape=")).filter_map(id).collect();
    let unique: BTreeSet<&String> = declared.iter().collect();
    assert_eq!(unique.len(), declared.len());
    let arcs: Vec<&str> = text.lines().filter(is_arc).collect();
    assert!(arcs.len() > 100);
    for arc in arcs {
        let parts: Vec<&str> = arc.split('"').collect();
        assert!(unique.contains(&parts[1].to_owned()) && unique.contains(&parts[3].to_owned()), "{arc}");
        assert!(arc.ends_with("];"), "{arc}");
    }
}

#[test]
fn a_file_lands_whole_or_not_at_all() {
    let folder = with_minimal();
    let written = circflow(folder.path(), &["graph", "park", "--out", "图.dot"]);
    assert_eq!(stdout(&written), "");
    let printed = stdout(&circflow(folder.path(), &["graph", "park"]));
    assert_eq!(std::fs::read_to_string(folder.path().join("图.dot")).unwrap(), printed);
    std::fs::create_dir(folder.path().join("held")).unwrap();
    let before = bytes_below(folder.path());
    for target in ["held", "nowhere/a.dot"] {
        let refused = circflow(folder.path(), &["graph", "park", "--out", target, "--lang", "en"]);
        assert_eq!(refused.status.code(), Some(3), "{target}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains("E05"), "{target}");
    }
    assert_eq!(bytes_below(folder.path()), before, "nothing is left behind");
}

#[test]
fn what_is_not_there_is_told_with_the_nearest() {
    let folder = tempfile::tempdir().unwrap();
    for (words, expected) in [
        (&["--material", "gange"][..], "gangue"),
        (&["--place", "nowhere-at-all"], "E061"),
        (&["--scenario", "as-fund"], "as-found"),
        (&["--year", "1999"], "E061"),
        (&["--as", "sankey", "--structure"], "E069"),
        (&["--as", "png"], "sankey"),
    ] {
        let mut all = vec!["graph", "--lang", "en"];
        all.extend(words);
        let refused = circflow(folder.path(), &all);
        assert_eq!(refused.status.code(), Some(2), "{words:?}");
        assert!(String::from_utf8_lossy(&refused.stderr).contains(expected), "{words:?}");
    }
}
