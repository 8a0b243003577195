//! Returns: whose a row is, what comes back, and that nobody is taken silently.

use circflow::diagnostic::Language;
use circflow::input::returns::{By, RemarkKind, Returned, Unit, merged, units};
use circflow::input::{self, InputFile, ModelText, read_files, texts};
use circflow::model::TableKind;
use circflow::report::workbook::{tables, xlsx};
use std::path::Path;
use std::process::{Command, Output};

/// A unit's workbook written and read back, as a clerk who changes nothing returns it.
fn back(unit: &Unit) -> ModelText {
    let bytes = xlsx::bytes(&tables::book(&unit.model, Language::Zh)).unwrap();
    texts(&read_files(vec![InputFile::new("a.xlsx", bytes)]).inputs)
}

/// The cells of a table by its kind.
fn rows(model: &mut ModelText, kind: TableKind) -> &mut Vec<Vec<String>> {
    &mut model.tables.iter_mut().find(|table| table.attributes.table == kind).unwrap().rows
}

fn same_text(a: &ModelText, b: &ModelText) -> bool {
    let plain = |model: &ModelText| -> Vec<String> {
        model.tables.iter().map(|table| format!("{:?} {:?}", table.attributes.table, table.rows)).collect()
    };
    plain(a) == plain(b)
}

#[test]
fn every_row_of_the_city_that_lies_in_a_county_is_asked_of_that_county_alone() {
    let city = texts(&input::reference_city().inputs);
    let counties = units(&city, By::Place);
    let names: Vec<&str> = counties.iter().map(|unit| unit.key.as_str()).collect();
    assert_eq!(names, ["jia", "yi", "bing", "ding"]);
    let processes: usize = counties.iter().map(|unit| unit.rows[&TableKind::Processes].len()).sum();
    let all =
        city.tables.iter().find(|table| table.attributes.table == TableKind::Processes).unwrap().rows.len();
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
        let places: Vec<String> =
            rows(&mut unit.model.clone(), TableKind::Places).iter().map(|row| row[0].clone()).collect();
        assert!(places.contains(&"city".to_owned()), "the place above is shown: {places:?}");
    }
    let enterprises = units(&city, By::Enterprise);
    assert!(enterprises.len() > 60);
    let owned: usize =
        enterprises.iter().map(|unit| unit.rows.get(&TableKind::Processes).map_or(0, Vec::len)).sum();
    assert!(owned > all / 2 && owned <= all);
}

#[test]
fn returns_in_which_nothing_was_changed_change_nothing() {
    let city = texts(&input::reference_city().inputs);
    for by in [By::Place, By::Enterprise] {
        let all = units(&city, by);
        let returned: Vec<Returned> =
            all.iter().enumerate().take(20).map(|(unit, of)| Returned { unit, model: back(of) }).collect();
        let merged = merged(&city, &all, &returned);
        assert_eq!(merged.remarks, []);
        assert!(same_text(&merged.model, &city));
    }
}

#[test]
fn changes_conflicts_and_rows_of_others_are_told_apart() {
    let base = texts(&crate::hamlet::sound().inputs);
    let all = units(&base, By::Enterprise);
    assert_eq!(all.iter().map(|unit| unit.key.as_str()).collect::<Vec<_>>(), ["mine", "works"]);
    let (mut mine, mut works) = (back(&all[0]), back(&all[1]));
    // The mine changes its own capacity and adds a process; the works leaves a project out.
    rows(&mut mine, TableKind::Processes)[0][4] = "12".to_owned();
    let mut added = rows(&mut mine, TableKind::Processes)[0].clone();
    (added[0], added[1]) = ("dig2".to_owned(), "采石场二".to_owned());
    rows(&mut mine, TableKind::Processes).push(added.clone());
    // Both add a row of the same id that says different things.
    added[0] = "both".to_owned();
    rows(&mut mine, TableKind::Processes).push(added.clone());
    added[4] = "3".to_owned();
    rows(&mut works, TableKind::Processes).push(added);
    // The works renames the city, which is not its own.
    rows(&mut works, TableKind::Places).iter_mut().find(|row| row[0] == "city").unwrap()[1] =
        "别的市".to_owned();
    rows(&mut works, TableKind::Projects).retain(|row| row[0] != "line3");
    let returned = [Returned { unit: 0, model: mine }, Returned { unit: 1, model: works }];
    let mut merged = merged(&base, &all, &returned);
    let told: Vec<(RemarkKind, TableKind, &str, &str)> = merged
        .remarks
        .iter()
        .map(|remark| (remark.kind, remark.table, remark.row.as_str(), remark.column.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (RemarkKind::Conflict, TableKind::Processes, "both", ""),
            (RemarkKind::NotTheirs, TableKind::Places, "city", "name"),
            (RemarkKind::LeftOut, TableKind::Projects, "line3", ""),
            (RemarkKind::Changed, TableKind::Processes, "dig", "capacity"),
            (RemarkKind::Added, TableKind::Processes, "dig2", ""),
        ]
    );
    let who: Vec<&str> = merged.remarks[0].said.iter().map(|(who, _)| who.as_str()).collect();
    assert_eq!(who, ["mine", "works"]);
    let processes: Vec<String> = rows(&mut merged.model, TableKind::Processes)
        .iter()
        .map(|row| format!("{} {}", row[0], row[4]))
        .collect();
    assert_eq!(processes, ["dig 12", "burn 1", "dig2 12"], "the conflict is not taken");
    assert!(
        rows(&mut merged.model, TableKind::Projects).iter().any(|row| row[0] == "line3"),
        "the row stays"
    );
    assert!(rows(&mut merged.model, TableKind::Places).iter().all(|row| row[1] != "别的市"));
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
    let merged = circflow(
        folder.path(),
        &["workbook", "merge", "发出", "合并", "--lang", "en", "--due", "2016-07-31"],
    );
    let told = stdout(&merged);
    assert_eq!(merged.status.code(), Some(0), "{told}{}", String::from_utf8_lossy(&merged.stderr));
    assert!(told.contains("returned 3 / 4") && told.contains("missing: ding"), "{told}");
    assert!(told.contains("late: bing, jia, yi") && told.contains("无主.xlsx"), "{told}");
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
