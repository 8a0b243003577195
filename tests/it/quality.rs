//! What `check --quality` says: a village that is told nothing, patched so that one note is told, and where it points.

use crate::hamlet;
use circflow::diagnostic::{Diagnostic, Language};
use circflow::input::{InputFile, read_files};
use circflow::study::{self, StudyOptions};
use std::collections::BTreeMap;

/// A change of a file: name, a text that stands in it once, and what stands there instead. Where the text is empty the
/// other is added at the end.
type Patch = (&'static str, &'static str, &'static str);

/// What makes the hamlet a village without a note: three enterprises at work in the park, rock sent off as the tables
/// say, and a source on every row (which `files` adds).
const VILLAGE: &[Patch] = &[
    ("enterprises.csv", "", "depot,示例站,park\n"),
    ("processes.csv", "", "burn2,砖厂三线,depot,press,0.1,万t/a,\n"),
    ("markets.csv", "", "material,place,sink\nrock,city,storage\n"),
];

/// The village's files, patched. Every row of every table says where it comes from, except the rows that hold the
/// sign `~` in their last cell.
fn files(patches: &[Patch]) -> Vec<InputFile> {
    let mut files: BTreeMap<&str, String> =
        hamlet::FILES.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
    for (name, from, to) in VILLAGE.iter().chain(patches) {
        let text = files.entry(name).or_default();
        if from.is_empty() {
            text.push_str(to);
        } else {
            assert_eq!(text.matches(from).count(), 1, "{from:?} stands once in {name}");
            *text = text.replace(from, to);
        }
    }
    let sourced = |(name, text): (&str, String)| {
        if !name.ends_with(".csv") {
            return InputFile::new(name, text);
        }
        let line = |(number, line): (usize, &str)| match (number, line.strip_suffix('~')) {
            (0, _) => format!("{line},source\n"),
            (_, Some(line)) => format!("{line},\n"),
            (_, None) => format!("{line},示例\n"),
        };
        InputFile::new(name, text.lines().enumerate().map(line).collect::<String>())
    };
    files.into_iter().map(sourced).collect()
}

/// The notes on quality of the patched village.
fn notes(patches: &[Patch]) -> Vec<Diagnostic> {
    let loaded = read_files(files(patches));
    let told: Vec<String> = loaded.findings.0.iter().map(|finding| finding.line(Language::En)).collect();
    let run = study::run_scenarios(&loaded, &StudyOptions { threads: Some(1) }).unwrap_or_else(|findings| {
        panic!("{told:?} {:?}", findings.0.iter().map(|f| f.line(Language::En)).collect::<Vec<_>>())
    });
    assert!(study::is_solved(&loaded, &run));
    study::quality(&loaded, &run).0
}

/// The one note of the patched village, of the expected code at the expected place, in both languages.
fn told(patches: &[Patch], code: &str, at: &str) -> [String; 2] {
    let notes = notes(patches);
    let found: Vec<_> = notes.iter().map(|note| (note.code.0, spot(note))).collect();
    assert_eq!(found, [(code, at.to_owned())], "{notes:?}");
    [Language::Zh, Language::En].map(|language| notes[0].line(language))
}

fn spot(note: &Diagnostic) -> String {
    let parts = [note.spot.row.map(|row| row.to_string()), note.spot.column.clone()];
    parts.into_iter().flatten().fold(note.spot.file.clone(), |text, part| format!("{text}:{part}"))
}

fn says(lines: &[String; 2], zh: &str, en: &str) {
    assert!(lines[0].contains(zh) && lines[1].contains(en), "{lines:?}");
}

#[test]
fn the_village_is_told_nothing() {
    let notes = notes(&[]);
    assert!(notes.is_empty(), "{:?}", notes.iter().map(|note| note.line(Language::En)).collect::<Vec<_>>());
}

#[test]
fn processes_that_stand_still_say_why_n070() {
    // A level of zero; nothing left in the market; no capacity, as the project that brings it is in no scenario's mix.
    let given = [
        ("processes.csv", "", "dig2,备用采石场,mine,quarry,10,万t/a,\n"),
        ("activity.csv", "", "dig2,2015,0,万t/a\n"),
    ];
    says(
        &told(&given, "N070", "processes.csv:5"),
        "备用采石场）在所有情景的所有年份都停着：给定的活动量是零",
        "the level it is given is zero",
    );
    let starved = [
        ("processes.csv", "works,press,1,", "works,press,2,"),
        ("processes.csv", "", "burn4,砖厂四线,depot,press,1,万t/a,9\n"),
    ];
    says(&told(&starved, "N070", "processes.csv:5"), "市场没有给它留下原料", "its market leaves it no feed");
    let unbuilt = [
        ("scenarios.csv", "", "id,name,why,base\nas_is,现状,不建三线,yes\n"),
        ("mixes.csv", "", "scenario,project,decision\nas_is,line3,skip\n"),
    ];
    says(&told(&unbuilt, "N070", "projects.csv:3"), "没有产能", "it has no capacity");
}

#[test]
fn a_taker_without_a_cap_is_named_with_what_it_takes_n071() {
    // A taker of last resort, behind all others: shares are not asked for.
    let patches = [
        ("technologies.csv", "", "tip,倾倒法,feed,disposal,spoil,\n"),
        ("recipes.csv", "", "tip,feed,spoil,1,,\ntip,emission,vapour,rest,,\n"),
        ("processes.csv", "", "heap,弃渣场,depot,tip,,,\n"),
    ];
    let lines = told(&patches, "N071", "processes.csv:5");
    says(&lines, "heap（弃渣场）没有产能上限", "it takes whatever is left of spoil");
}

#[test]
fn what_is_only_made_is_named_with_its_end_n072() {
    let patches = [("markets.csv", "rock,city,storage\n", "")];
    says(
        &told(&patches, "N072", "processes.csv:2"),
        "rock（岩石）只有来源（dig），没有去处：全部运出城市",
        "sent out of the city",
    );
    // A waste that nobody takes is stored.
    let patches = [
        ("materials.csv", "", "dust,粉尘,waste,,t,,,\n"),
        ("recipes.csv", "quarry,emission", "quarry,byproduct,dust,0.001,,\nquarry,emission"),
    ];
    says(&told(&patches, "N072", "processes.csv:2"), "全部堆存", "all of it is stored");
}

#[test]
fn what_is_only_taken_is_named_with_where_it_comes_from_n073() {
    let patches = [
        ("materials.csv", "", "glaze,釉料,product,,t,,,\n"),
        ("recipes.csv", "press,emission", "press,input,glaze,0.01,,\npress,emission"),
    ];
    says(
        &told(&patches, "N073", "processes.csv:3"),
        "glaze（釉料）只有用户（burn, burn2",
        "all of it is brought into the city",
    );
    let patches = [("recipes.csv", "press,emission", "press,input,mud,0.01,t,wet\npress,emission")];
    says(&told(&patches, "N073", "processes.csv:3"), "这些工序得不到它", "these processes get none of it");
}

#[test]
fn rows_without_source_are_counted_by_table_n074() {
    let patches = [
        ("places.csv", "city,市,city,\n", "city,市,city,~\n"),
        ("places.csv", "park,园区,park,north\n", "park,园区,park,north~\n"),
    ];
    says(
        &told(&patches, "N074", "places.csv:2"),
        "2 行没有来源：第 2, 4 行",
        "2 rows without source: lines 2, 4",
    );
}

#[test]
fn a_park_with_few_enterprises_at_work_is_named_n075() {
    let patches = [("processes.csv", "burn2,砖厂三线,depot", "burn2,砖厂三线,works")];
    let lines = told(&patches, "N075", "places.csv:4");
    says(
        &lines,
        "园区 park（园区）只有 2 家企业在运行（少于 3 家）：mine, works",
        "has 2 enterprises at work (fewer than 3): mine, works",
    );
}

#[test]
fn a_park_declared_a_frame_is_asked_for_nothing_unless_some_are_at_work_n077() {
    let frame: Patch = ("places.csv", "id,name,kind,parent\n", "id,name,kind,parent,frame_only\n");
    let lone = [
        frame,
        ("places.csv", "city,市,city,\n", "city,市,city,,\n"),
        ("places.csv", "north,北县,county,city\n", "north,北县,county,city,\n"),
        (
            "places.csv",
            "park,园区,park,north\n",
            "park,园区,park,north,\nfarm,农园,agricultural_park,north,yes\n",
        ),
    ];
    assert!(notes(&lone).is_empty(), "{:?}", notes(&lone));
    let busy =
        [lone[0], lone[1], lone[2], ("places.csv", "park,园区,park,north\n", "park,园区,park,north,yes\n")];
    let lines = told(&busy, "N077", "places.csv:4");
    says(
        &lines,
        "声明只有框架，却有 3 家企业在运行",
        "is declared a frame only, yet 3 enterprises are at work in it",
    );
}

#[test]
fn a_chain_that_hardly_moves_its_material_is_named_n076() {
    // 100 t of the 12,000 t of spoil: 0.83 %.
    let patches = [
        ("technologies.csv", "", "tiles,压瓦法,feed,utilisation,spoil,\n"),
        ("recipes.csv", "", "tiles,feed,spoil,1,,\ntiles,emission,vapour,rest,,\n"),
        ("processes.csv", "", "tile,瓦厂,depot,tiles,100,t/a,\n"),
    ];
    let lines = told(&patches, "N076", "processes.csv:5");
    says(&lines, "tiles 最多只吃掉全市 spoil 的 0.83 %", "tiles takes at most 0.83 % of the city's spoil");
    // Twice as much is 1.67 %, and nothing is said.
    let twice: Vec<Patch> = patches
        .iter()
        .map(|&(name, from, to)| {
            (name, from, if name == "processes.csv" { "tile,瓦厂,depot,tiles,200,t/a,\n" } else { to })
        })
        .collect();
    assert!(notes(&twice).is_empty(), "{:?}", notes(&twice));
}
