//! Returns: whose a row is, what comes back, and that nobody is taken silently.

use circflow::diagnostic::Language;
use circflow::input::returns::{Blanks, By, Known, RemarkKind, Returned, Terms, Unit, merged, units};
use circflow::input::{self, InputFile, ModelText};
use circflow::model::TableKind;
use circflow::report::workbook::tables::{self, Wording};
use circflow::report::workbook::xlsx;
use std::path::Path;
use std::process::{Command, Output};

const ERASE: Terms = Terms { blanks: Blanks::Erase, year: None };

/// A unit's workbook written and read back, as a clerk who changes nothing returns it.
fn back(unit: &Unit, language: Language) -> Vec<InputFile> {
    let bytes = xlsx::bytes(&tables::book(&unit.model, Wording::Translated, language)).unwrap();
    vec![InputFile::new("a.xlsx", bytes)]
}

/// The rows of a table of a model's text.
fn rows(model: &ModelText, kind: TableKind) -> &Vec<Vec<String>> {
    &model.tables.iter().find(|table| table.attributes.table == kind).unwrap().rows
}

fn same_text(a: &ModelText, b: &ModelText) -> bool {
    let plain = |model: &ModelText| -> Vec<String> {
        model.tables.iter().map(|table| format!("{:?} {:?}", table.attributes.table, table.rows)).collect()
    };
    plain(a) == plain(b)
}

fn city() -> Known {
    Known::of(&input::reference_city().inputs)
}

fn hamlet() -> Known {
    Known::of(&crate::hamlet::sound().inputs)
}

#[test]
fn every_row_of_the_city_that_lies_in_a_county_is_asked_of_that_county_alone() {
    let city = city();
    let counties = units(&city, By::Place);
    let names: Vec<&str> = counties.iter().map(|unit| unit.key.as_str()).collect();
    assert_eq!(names, ["jia", "yi", "bing", "ding"]);
    let processes: usize = counties.iter().map(|unit| unit.rows[&TableKind::Processes].len()).sum();
    let all = rows(&city.text, TableKind::Processes).len();
    assert_eq!(processes, all, "every process lies in a county");
    for (at, unit) in counties.iter().enumerate() {
        for (kind, own) in &unit.rows {
            for other in &counties[at + 1..] {
                let theirs = other.rows.get(kind).map_or(&[][..], Vec::as_slice);
                assert!(own.iter().all(|row| theirs.binary_search(row).is_err()), "{kind:?}");
            }
        }
        // The county's own duty and project money are among them, the city's are not.
        assert_eq!(unit.rows[&TableKind::Duties].len(), 1, "{}", unit.key);
        let places: Vec<&str> =
            rows(&unit.model, TableKind::Places).iter().map(|row| row[0].as_str()).collect();
        assert!(places.contains(&"city"), "the place above is shown: {places:?}");
    }
    // A county's in-use stocks go out with their years and cohorts.
    let counties = units(&city, By::Place);
    for kind in [TableKind::Stocks, TableKind::StockYears, TableKind::Cohorts] {
        assert!(
            counties.iter().all(|unit| unit.rows.get(&kind).is_some_and(|rows| rows.len() >= 3)),
            "{kind:?}"
        );
    }
    let enterprises = units(&city, By::Enterprise);
    assert!(enterprises.len() > 60);
    let of = |unit: &Unit| unit.rows.get(&TableKind::Processes).map_or(0, Vec::len);
    let owned: usize = enterprises.iter().map(of).sum();
    assert!(owned > all / 2 && owned <= all);
}

#[test]
fn returns_in_which_nothing_was_changed_change_nothing_in_either_language() {
    let city = city();
    for (by, language) in
        [(By::Place, Language::Zh), (By::Place, Language::En), (By::Enterprise, Language::Zh)]
    {
        let all = units(&city, by);
        let returned: Vec<Returned> = all
            .iter()
            .enumerate()
            .take(20)
            .map(|(unit, of)| Returned { unit, model: Known::of(&back(of, language)) })
            .collect();
        assert!(returned.iter().all(|of| !of.model.findings.has_errors()));
        let merged = merged(&city, &all, &returned, ERASE);
        assert_eq!(merged.remarks, []);
        assert!(same_text(&merged.model, &city.text));
    }
}

/// What a return of single tables says against the hamlet: kinds with table, row and column; and the merged model.
fn told(by: By, said: &[(usize, &[(&str, &str)])]) -> (Vec<(RemarkKind, String)>, ModelText) {
    let base = hamlet();
    let mut all = units(&base, by);
    // Only what is written here was asked for.
    all.iter_mut().for_each(|unit| unit.model = ModelText::default());
    let returned: Vec<Returned> = said
        .iter()
        .map(|(unit, files)| {
            let files: Vec<InputFile> =
                files.iter().map(|(name, text)| InputFile::new(*name, text.as_bytes())).collect();
            Returned { unit: *unit, model: Known::of(&files) }
        })
        .collect();
    let merged = merged(&base, &all, &returned, ERASE);
    let told = merged.remarks.iter().map(|of| {
        (
            of.kind,
            format!("{} {} {}", of.table, of.row, of.column).split_whitespace().collect::<Vec<_>>().join(" "),
        )
    });
    (told.collect(), merged.model)
}

const MINE: usize = 0;
const WORKS: usize = 1;

#[test]
fn the_same_written_otherwise_is_the_same() {
    // Other order of columns, names for ids, Chinese headers and words, numbers and months in other forms.
    let same = [
        ("activity.csv", "year,level,unit,process\n2015,8.0,万t/a,采石场\n"),
        ("financing.csv", "payment,amount,fund,project\nwith_progress,\"40\",市级资金,砖厂二线\n"),
        ("appropriations.csv", "金额,状态,资金,月份\n50,已到位,市级资金,2016年3月\n"),
        ("duties.csv", "amount,unit,due,fund,place\n300,万元,2016/7/31,north_fund,北县\n"),
    ];
    for (name, text) in same {
        let (told, model) = told(By::Place, &[(0, &[(name, text)])]);
        assert_eq!(told, [], "{name}");
        assert!(same_text(&model, &hamlet().text), "{name}");
    }
}

#[test]
fn changes_of_state_and_quality_are_changes_and_no_second_rows() {
    let (told, model) = told(
        By::Place,
        &[(
            0,
            &[("duties.csv", "place,fund,due,amount,quality\nnorth,north_fund,2016-07-31,300,published\n")],
        )],
    );
    assert_eq!(told, [(RemarkKind::Changed, "duties north north_fund 2016-07 quality".to_owned())]);
    let duties = model.tables.iter().find(|table| table.attributes.table == TableKind::Duties).unwrap();
    assert_eq!((duties.rows.len(), duties.header.last().map(String::as_str)), (1, Some("quality")));
    let (told, model) = told_money("fund,month,amount,state\ntown,2016-03,50,committed\n");
    assert_eq!(told, [(RemarkKind::Changed, "appropriations town 2016-03 state".to_owned())]);
    assert_eq!(rows(&model, TableKind::Appropriations).len(), 1);
}

/// What actual appropriations change in the hamlet, where everything is everybody's own.
fn told_money(text: &str) -> (Vec<(RemarkKind, String)>, ModelText) {
    everything(&[("appropriations.csv", text)])
}

fn everything(files: &[(&str, &str)]) -> (Vec<(RemarkKind, String)>, ModelText) {
    let base = hamlet();
    let all = [Unit::of_all("actuals", &base)];
    let files: Vec<InputFile> =
        files.iter().map(|(name, text)| InputFile::new(*name, text.as_bytes())).collect();
    let merged = merged(
        &base,
        &all,
        &[Returned { unit: 0, model: Known::of(&files) }],
        Terms { blanks: Blanks::Keep, year: None },
    );
    let told = merged.remarks.iter().map(|of| {
        (
            of.kind,
            format!("{} {} {}", of.table, of.row, of.column).split_whitespace().collect::<Vec<_>>().join(" "),
        )
    });
    (told.collect(), merged.model)
}

#[test]
fn numbers_in_another_unit_are_told_and_not_taken() {
    // A units row, another unit of the row, a unit in the header.
    for text in [
        "process,year,level\n,,t/a\ndig,2015,9\n",
        "process,year,level,unit\ndig,2015,80000,t/a\n",
        "process,year,level (t/a)\ndig,2015,8\n",
    ] {
        let (told, model) = everything(&[("activity.csv", text)]);
        assert_eq!(told, [(RemarkKind::OtherUnit, "activity dig 2015 level".to_owned())], "{text}");
        assert!(same_text(&model, &hamlet().text), "{text}");
    }
    // A new row brings its own unit where the table has a column for it; where its unit stands elsewhere it does not.
    let (told, model) = everything(&[("activity.csv", "process,year,level,unit\ndig,2016,80000,t/a\n")]);
    assert_eq!(told, [(RemarkKind::Added, "activity dig 2016".to_owned())]);
    assert!(
        rows(&model, TableKind::Activity)
            .contains(&["dig", "2016", "80000", "t/a"].map(str::to_owned).to_vec())
    );
    let (told, _) = everything(&[("activity.csv", "process,year,level (t/a)\ndig,2016,80000\n")]);
    assert_eq!(told, [(RemarkKind::OtherUnit, "activity dig 2016".to_owned())]);
}

#[test]
fn rows_alike_are_never_taken_for_each_other() {
    let two = "fund,month,amount,state\ntown,2016-03,50,paid_in\ntown,2016-03,70,paid_in\n";
    let (told, model) = told_money(two);
    assert_eq!(
        told,
        [(RemarkKind::Added, "appropriations town 2016-03".to_owned())],
        "the first is the model's"
    );
    assert_eq!(rows(&model, TableKind::Appropriations).len(), 2);
    let (told, model) = told_money(&two.replace("50", "51"));
    assert_eq!(told, [(RemarkKind::Conflict, "appropriations town 2016-03".to_owned())]);
    assert!(same_text(&model, &hamlet().text));
}

#[test]
fn empty_cells_of_actual_figures_say_nothing_and_settings_are_not_taken() {
    let (told, model) = everything(&[
        ("processes.csv", "id,name,enterprise,technology,capacity,capacity_unit\ndig,,,,,\n"),
        ("model.toml", "id = \"hamlet\"\nhorizon = 2030\n"),
        ("activity.csv", "process,year,level\n,,7\n"),
    ]);
    assert_eq!(
        told,
        [(RemarkKind::NotTheirs, "model horizon".to_owned()), (RemarkKind::Unnamed, "activity".to_owned())]
    );
    assert!(same_text(&model, &hamlet().text));
}

#[test]
fn changes_conflicts_and_what_is_not_their_own_are_told_apart() {
    let process = "id,name,enterprise,technology,capacity,capacity_unit\n";
    let mine = format!(
        "{process}dig,采石场,mine,quarry,12,万t/a\ndig2,采石场二,mine,quarry,1,万t/a\nboth,新线,mine,quarry,1,万t/a\nburn,砖厂一线,works,press,5,万t/a\nstray,别家的线,works,press,5,万t/a\n"
    );
    let works = format!("{process}both,新线,works,quarry,3,万t/a\n");
    let places = "id,name,kind,parent\ncity,别的市,city,\n";
    let (told, model) = told(
        By::Enterprise,
        &[(MINE, &[("processes.csv", &mine)]), (WORKS, &[("processes.csv", &works), ("places.csv", places)])],
    );
    let told: Vec<(RemarkKind, &str)> = told.iter().map(|(kind, what)| (*kind, what.as_str())).collect();
    assert_eq!(
        told,
        [
            (RemarkKind::Conflict, "processes both"),
            (RemarkKind::NotTheirs, "places city name"),
            (RemarkKind::NotTheirs, "processes burn capacity"),
            (RemarkKind::NotTheirs, "processes stray"),
            (RemarkKind::Changed, "processes dig capacity"),
            (RemarkKind::Added, "processes dig2"),
        ]
    );
    let of = |row: &Vec<String>| format!("{} {}", row[0], row[4]);
    let processes: Vec<String> = rows(&model, TableKind::Processes).iter().map(of).collect();
    assert_eq!(processes, ["dig 12", "burn 1", "dig2 1"], "only what is taken");
    assert!(rows(&model, TableKind::Places).iter().all(|row| row[1] != "别的市"));
}

#[test]
fn a_row_that_a_return_leaves_out_stays() {
    let base = hamlet();
    let all = units(&base, By::Enterprise);
    let mut sent = all[WORKS].clone();
    for table in &mut sent.model.tables {
        table.rows.retain(|row| row[0] != "line3");
    }
    let returned = [Returned { unit: WORKS, model: Known::of(&back(&sent, Language::Zh)) }];
    let merged = merged(&base, &all, &returned, ERASE);
    let told: Vec<(RemarkKind, &str)> =
        merged.remarks.iter().map(|of| (of.kind, of.table.as_str())).collect();
    assert_eq!(told, [(RemarkKind::LeftOut, "financing"), (RemarkKind::LeftOut, "projects")]);
    assert!(same_text(&merged.model, &base.text));
}

fn circflow(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_circflow")).args(words).current_dir(folder).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn workbooks_go_out_and_what_comes_back_is_joined_with_missing_and_late_ones_told() {
    let folder = tempfile::tempdir().unwrap();
    let split = circflow(folder.path(), &["workbook", "split", "发出", "--lang", "en"]);
    assert_eq!(split.status.code(), Some(0), "{}", String::from_utf8_lossy(&split.stderr));
    assert_eq!(stdout(&split).lines().count(), 4);
    let sent = folder.path().join("发出");
    let again = circflow(folder.path(), &["workbook", "split", "发出", "--lang", "en"]);
    assert_eq!(again.status.code(), Some(3), "what went out is not overwritten");
    // One county does not answer, one renames its file, a stranger lies beside them.
    let file = |key: &str| {
        let all = std::fs::read_dir(&sent).unwrap().map(|entry| entry.unwrap().path());
        let begins = |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(key);
        all.into_iter().find(begins).unwrap()
    };
    std::fs::remove_file(file("ding")).unwrap();
    std::fs::rename(file("yi"), sent.join("反馈：乙县（终稿）.xlsx".replace('：', "_"))).unwrap();
    std::fs::copy(file("jia"), sent.join("无主.xlsx")).unwrap();
    std::fs::write(sent.join("ding-丁县.et"), "old").unwrap();
    let merged = circflow(
        folder.path(),
        &["workbook", "merge", "发出", "合并", "--lang", "en", "--due", "2016-07-31"],
    );
    let told = stdout(&merged);
    // All that was taken is as it was; but there are files of nobody known.
    assert_eq!(merged.status.code(), Some(1), "{told}{}", String::from_utf8_lossy(&merged.stderr));
    assert!(told.contains("returns taken 3 / 4") && told.contains("missing: ding"), "{told}");
    assert!(
        told.contains("late: jia, yi, bing") && told.contains("无主.xlsx") && told.contains("ding-丁县.et"),
        "{told}"
    );
    // The record of the merge says the same of the units.
    let record = std::fs::read_to_string(folder.path().join("合并.merge.csv")).unwrap();
    assert!(record.contains("missing,,,,,ding,丁县") && record.contains("late,,,,,jia,甲区"), "{record}");
    assert!(record.contains("a file of nobody known or not read,,,,,,无主.xlsx"), "{record}");
    // Two files of one county: nobody is taken silently.
    std::fs::copy(file("jia"), sent.join("jia-甲区(1).xlsx")).unwrap();
    let twice = circflow(folder.path(), &["workbook", "merge", "发出", "两份", "--lang", "en"]);
    assert_eq!(twice.status.code(), Some(1));
    assert!(
        stdout(&twice).contains("several files of one unit")
            && stdout(&twice).contains("returns taken 2 / 4")
    );
    // A workbook with a faulty sheet is told and goes back.
    std::fs::remove_file(sent.join("jia-甲区(1).xlsx")).unwrap();
    std::fs::write(file("bing"), "no workbook").unwrap();
    let faulty = circflow(folder.path(), &["workbook", "merge", "发出", "有错", "--lang", "en"]);
    assert_eq!(faulty.status.code(), Some(1));
    assert!(stdout(&faulty).contains("with faults, not taken: bing"), "{}", stdout(&faulty));
    assert!(
        String::from_utf8_lossy(&faulty.stderr).contains("E023"),
        "{}",
        String::from_utf8_lossy(&faulty.stderr)
    );
    assert!(folder.path().join("合并.merge.csv").exists());
    let checked = circflow(folder.path(), &["check", "合并", "--quiet"]);
    assert_eq!(checked.status.code(), Some(0), "the merged model is the city");
    let refused =
        circflow(folder.path(), &["workbook", "merge", "发出", "又", "--due", "tomorrow", "--lang", "en"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("E805"));
    let nowhere = circflow(folder.path(), &["workbook", "merge", "没有", "又", "--lang", "en"]);
    assert_eq!(nowhere.status.code(), Some(3));
}

#[test]
fn figures_that_are_nobodys_are_not_taken_from_a_county() {
    // A statistic of the city, a price, a scenario: none of them the county's to give.
    let (told_of, model) = told(
        By::Place,
        &[(
            0,
            &[
                ("statistics.csv", "key,place,year,value,unit\ngdp_constant,city,2018,1,亿元\n"),
                ("prices.csv", "material,year,price,unit\nrock,2016,1,元/t\n"),
                ("scenarios.csv", "id,name\nbest,最好\n"),
            ],
        )],
    );
    let kinds: Vec<RemarkKind> = told_of.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [RemarkKind::NotTheirs; 3], "{told_of:?}");
    assert!(same_text(&model, &hamlet().text));
    // What hangs on something new in the same return is theirs: a new works in the park, its process and activity.
    let (told_of, model) = told(
        By::Place,
        &[(
            0,
            &[
                ("enterprises.csv", "id,name,place\nnew,新厂,park\n"),
                (
                    "processes.csv",
                    "id,name,enterprise,technology,capacity,capacity_unit\nline9,九线,新厂,press,1,万t/a\n",
                ),
                ("activity.csv", "process,year,level,unit\nline9,2015,1,万t/a\n"),
                ("sources.csv", "id,title\nletter,来函\n"),
            ],
        )],
    );
    assert!(told_of.iter().all(|(kind, _)| *kind == RemarkKind::Added), "{told_of:?}");
    assert_eq!(told_of.len(), 4);
    assert_eq!(rows(&model, TableKind::Processes).len(), 3);
}

#[test]
fn one_return_that_says_two_things_of_one_new_row_says_nothing() {
    let (told_of, model) = told(
        By::Place,
        &[(0, &[("activity.csv", "process,year,level,unit\ndig,2017,9,万t/a\ndig,2017,10,万t/a\n")])],
    );
    assert_eq!(told_of, [(RemarkKind::Conflict, "activity dig 2017".to_owned())]);
    assert!(same_text(&model, &hamlet().text));
}

#[test]
fn words_are_compared_as_words_and_numbers_as_numbers() {
    let (told_of, _) = told(
        By::Place,
        &[(
            0,
            &[
                ("activity.csv", "process,year,level,unit,note\ndig,2015,８．０,万t/a,\n"),
                ("enterprises.csv", "id,name,place\nmine,007,park\n"),
            ],
        )],
    );
    assert_eq!(told_of, [(RemarkKind::Changed, "enterprises mine name".to_owned())]);
}

#[test]
fn a_name_that_not_every_system_takes_is_known_when_it_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("town");
    std::fs::create_dir(&model).unwrap();
    let long = "示例".repeat(30);
    for (name, text) in crate::hamlet::FILES {
        std::fs::write(model.join(name), text.replace("示例砖厂", &long)).unwrap();
    }
    assert!(
        circflow(folder.path(), &["workbook", "split", "out", "-m", "town", "--by", "enterprise"])
            .status
            .success()
    );
    let merge = || {
        circflow(
            folder.path(),
            &["workbook", "merge", "out", "new", "-m", "town", "--by", "enterprise", "--lang", "en"],
        )
    };
    let output = merge();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told} {}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("2 / 2") && !told.contains("nobody"), "{told}");
    std::fs::remove_dir_all(folder.path().join("new")).unwrap();
    std::fs::write(folder.path().join("out/谁的.xlsx"), "?").unwrap();
    let output = merge();
    assert_eq!(output.status.code(), Some(1), "a file of nobody known is no whole answer");
}

#[test]
fn what_a_spreadsheet_would_run_is_written_as_text_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("town");
    std::fs::create_dir(&model).unwrap();
    for (name, text) in crate::hamlet::FILES {
        std::fs::write(model.join(name), text).unwrap();
    }
    let notes = ["=HYPERLINK(\"\"http://x\"\")", "+a", "-b", "@c", "'=d"];
    let rows: String = notes.iter().enumerate().map(|(at, note)| format!("s{at},\"{note}\"\n")).collect();
    std::fs::write(model.join("sources.csv"), format!("id,title\n{rows}")).unwrap();
    assert!(circflow(folder.path(), &["workbook", "export", "town.xlsx", "-m", "town"]).status.success());
    let output = circflow(folder.path(), &["workbook", "import", "town.xlsx", "again"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let written = std::fs::read_to_string(folder.path().join("again/sources.csv")).unwrap();
    for line in written.trim_start_matches('\u{feff}').lines().skip(1) {
        let cell = line.split_once(',').unwrap().1.trim_start_matches('"');
        assert!(cell.starts_with('\''), "{line}");
    }
    let of = |name: &str| input::texts(&input::read_folder(&folder.path().join(name)).inputs);
    let titles = |model: &ModelText| -> Vec<String> {
        self::rows(model, TableKind::Sources).iter().map(|row| row[1].clone()).collect()
    };
    // An apostrophe before what would run is the mark of a text: one of them is taken off when it is read.
    assert_eq!(titles(&of("again")), titles(&of("town")));
    assert_eq!(titles(&of("town"))[0], "=HYPERLINK(\"http://x\")");
}

#[test]
fn what_cannot_be_read_is_not_put_into_the_model_and_another_models_returns_are_refused() {
    for (level, kind) in
        [("约500", RemarkKind::Unreadable), ("", RemarkKind::Unreadable), ("9±5%", RemarkKind::Changed)]
    {
        let text = format!("place,fund,amount,due\nnorth,north_fund,{level},2016-07-31\n");
        let (told_of, model) = told(By::Place, &[(0, &[("duties.csv", &text)])]);
        let kind = if level.contains('±') { RemarkKind::Unreadable } else { kind };
        assert_eq!(told_of, [(kind, "duties north north_fund 2016-07 amount".to_owned())], "{level}");
        assert!(same_text(&model, &hamlet().text), "{level}");
        let activity = format!("process,year,level,unit\ndig,2015,{level},万t/a\n");
        let (told_of, _) = told(By::Place, &[(0, &[("activity.csv", &activity)])]);
        let expected = if level.contains('±') { RemarkKind::Changed } else { RemarkKind::Unreadable };
        assert_eq!(told_of.first().map(|(kind, _)| *kind), Some(expected), "{level}");
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(circflow(folder.path(), &["new", "park", "--minimal", "--quiet"]).status.success());
    let split = circflow(folder.path(), &["workbook", "split", "out", "-m", "park", "--lang", "en"]);
    let next = String::from_utf8_lossy(&split.stderr).into_owned();
    assert!(next.contains("workbook merge out NEW -m park"), "{next}");
    // Another model with the same places: its id tells it apart.
    for name in std::fs::read_dir(folder.path().join("park")).unwrap().map(|entry| entry.unwrap().file_name())
    {
        let text = std::fs::read_to_string(folder.path().join("park").join(&name)).unwrap();
        std::fs::create_dir_all(folder.path().join("other")).unwrap();
        std::fs::write(folder.path().join("other").join(&name), text.replace("\"minimal\"", "\"other\""))
            .unwrap();
    }
    let merged = circflow(folder.path(), &["workbook", "merge", "out", "new", "-m", "other", "--lang", "en"]);
    let told = String::from_utf8_lossy(&merged.stderr).into_owned();
    assert_eq!(merged.status.code(), Some(2), "{told}");
    assert!(told.contains("E808") && told.contains("minimal") && told.contains("other"), "{told}");
    assert!(!folder.path().join("new").exists(), "nothing is merged");
}
