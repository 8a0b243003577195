//! The submission: its formulas, its findings, what is frozen, the superior's form.

mod form;
mod formulas;
mod suspicious;

use crate::results::bytes_below;
use circflow::diagnostic::Language;
use circflow::input::{self, Loaded};
use circflow::outcome::StudyRun;
use circflow::output::{Disk, submissions};
use circflow::report::submission::{self, Filing, Frozen, Revision, revisions};
use circflow::report::summary::Subject;
use circflow::report::workbook::{Book, Content, xlsx};
use circflow::study::{self, StudyOptions};
use formulas::Cells;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

/// A model with its run.
struct Ran {
    loaded: Loaded,
    run: StudyRun,
}

impl Ran {
    fn of(loaded: Loaded) -> Self {
        let run = study::run_scenarios(&loaded, &StudyOptions::default()).expect("runs");
        Self { loaded, run }
    }

    fn subject(&self, language: Language) -> Subject<'_> {
        Subject {
            models: &self.loaded.models,
            definitions: &self.loaded.definitions,
            run: &self.run,
            language,
        }
    }

    fn filed<T>(
        &self,
        language: Language,
        year: i32,
        revisions: &[Revision],
        of: impl Fn(&Filing<'_>) -> T,
    ) -> T {
        let subject = self.subject(language);
        let inputs = self.inputs();
        let scenario = self.run.base.unwrap_or(0);
        of(&Filing {
            subject: &subject,
            scenario,
            year,
            findings: &[],
            revisions,
            pictures: &[],
            inputs: &inputs,
            earlier: &[],
        })
    }

    fn inputs(&self) -> Vec<(String, String)> {
        self.loaded.inputs.iter().map(|file| (file.name.clone(), file.sha256.clone())).collect()
    }

    fn book(&self, language: Language, year: i32) -> Book {
        self.filed(language, year, &[], submission::book)
    }

    fn data(&self, year: i32) -> Value {
        self.filed(Language::En, year, &[], submission::json)
    }
}

#[test]
fn every_formula_gives_the_figure_of_the_run() {
    let ran = Ran::of(input::reference_city());
    for (language, year) in [(Language::Zh, 2018), (Language::En, 2020), (Language::En, 2015)] {
        let book = ran.book(language, year);
        let cells = Cells::of(&book);
        assert!(cells.formulas().count() > 150, "{}", cells.formulas().count());
        for (sheet, row, column, saved) in cells.formulas() {
            let computed = cells.value(sheet, row, column);
            let saved = saved.expect("every formula has its number");
            let near = (computed - saved).abs() <= 1e-9 * saved.abs().max(1.0);
            assert!(near, "{sheet} {row} {column}: {computed} and {saved}");
        }
        // The table of indicators says what the data say.
        let filed = ran.data(year);
        let name = language.pick("指标", "indicators");
        for figure in filed["indicators"].as_array().unwrap() {
            let key = figure["indicator"].as_str().unwrap();
            let row = cells.row_of(name, key);
            match figure["value"].as_f64() {
                Some(value) => {
                    assert!((cells.value(name, row, 5) - value).abs() <= 1e-9 * value.abs().max(1.0), "{key}")
                }
                None => assert_eq!(cells.text(name, row, 5), "—", "{key}"),
            }
        }
    }
}

#[test]
fn a_submission_is_the_same_file_each_time_and_invented_data_are_stamped_on_every_sheet() {
    let ran = Ran::of(crate::hamlet::sound());
    for language in [Language::Zh, Language::En] {
        let book = ran.book(language, 2018);
        assert_eq!(xlsx::bytes(&book).unwrap(), xlsx::bytes(&ran.book(language, 2018)).unwrap());
        let stamp = language.pick("示意数据", "illustrative");
        for sheet in &book.sheets {
            let text = format!("{:?}", sheet.rows);
            assert!(text.contains(stamp) && sheet.footer.contains(stamp), "{}", sheet.name);
        }
        let mut names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), book.sheets.len());
    }
    assert_eq!(ran.data(2018)["stamp"], "示意数据，不得上报 / illustrative data, not to be submitted");
}

#[test]
fn figures_that_changed_since_they_were_submitted_are_told_with_the_reason() {
    let before = Ran::of(crate::hamlet::sound());
    let frozen =
        |data: Value| vec![Frozen { name: "2018-01".to_owned(), data: Some(data), files: Vec::new() }];
    let filed = frozen(before.data(2018));
    assert_eq!(revisions(&before.subject(Language::En), &filed, &before.inputs()), []);
    let after = Ran::of(crate::hamlet::patched("processes.csv", "works,press,1,", "works,press,0.1,"));
    let changed = revisions(&after.subject(Language::En), &filed, &after.inputs());
    let share = changed.iter().find(|revision| revision.of == "ce2017-07").expect("the rate has changed");
    let value = |ran: &Ran| {
        let data = ran.data(2018);
        let figures = data["indicators"].as_array().unwrap().clone();
        figures.into_iter().find(|figure| figure["indicator"] == "ce2017-07").unwrap()["value"].as_f64()
    };
    assert_eq!((share.year, share.before, share.now), (2018, value(&before), value(&after)));
    let why = share.why.join("; ");
    assert!(why.contains("spoil") && why.contains("→") && why.contains("processes.csv"), "{why}");
    // What two submissions said alike is listed once, with the later of them.
    let mut both = frozen(before.data(2018));
    both.push(Frozen { name: "2018-02".to_owned(), data: Some(before.data(2018)), files: Vec::new() });
    let twice = revisions(&after.subject(Language::En), &both, &after.inputs());
    assert_eq!(twice.len(), changed.len());
    assert!(twice.iter().all(|revision| revision.submission == "2018-02"), "{twice:?}");
    // A target, money and a definition that is no longer there are told too.
    let told = |loaded: Loaded| -> Vec<(String, String)> {
        let after = Ran::of(loaded);
        let found = revisions(&after.subject(Language::En), &filed, &after.inputs());
        found.into_iter().map(|revision| (revision.of, revision.figure)).collect()
    };
    let pair = |of: &str, figure: &str| (of.to_owned(), figure.to_owned());
    let target = crate::hamlet::patched("targets.csv", "60%", "65%");
    assert_eq!(told(target), [pair("ce2017-07", "target")]);
    let money = told(crate::hamlet::patched("duties.csv", "north_fund,300,", "north_fund,200,"));
    assert!(money.contains(&pair("county:north", "required")), "{money:?}");
    assert!(money.contains(&pair("county:north", "obligation_gap")), "{money:?}");
    let text = before.data(2018).to_string().replace("\"ce2017-07\"", "\"gone\"");
    let other = frozen(serde_json::from_str(&text).unwrap());
    let gone = revisions(&before.subject(Language::En), &other, &before.inputs());
    assert_eq!(
        gone.iter().filter(|of| !of.of.contains('@')).map(|of| (of.of.as_str(), of.now)).collect::<Vec<_>>(),
        [("gone", None), ("gone", None)]
    );
    assert!(gone.iter().any(|of| of.of == "gone@north"), "a county's figure is looked for too");
    assert_eq!(gone[0].why, ["no longer in the model"]);
    // Figures of counties and parks are frozen as well.
    let of: Vec<&str> = changed.iter().map(|revision| revision.of.as_str()).collect();
    assert!(of.contains(&"ce2017-07@north") && of.contains(&"park:park"), "{of:?}");
    let book = after.filed(Language::En, 2018, &changed, submission::book);
    let checks = book.sheets.iter().find(|sheet| sheet.name == "checks").unwrap();
    assert!(format!("{:?}", checks.rows).contains("processes.csv"));
    // Rates and amounts of places stand as they are; money alone is brought from fen to 10⁴ yuan.
    for of in ["ce2017-07@north", "park:park"] {
        let revision = changed.iter().find(|revision| revision.of == of).unwrap();
        let is_row = |row: &&Vec<circflow::report::workbook::Cell>| {
            let cell = |at: usize, text: &str| {
                row.get(at).is_some_and(|c| c.content == Content::Text(text.to_owned()))
            };
            cell(1, of) && cell(2, &revision.figure)
        };
        let row = checks.rows.iter().find(is_row).expect("its row");
        assert_eq!(row[4].content, Content::Number(revision.before.unwrap()), "{of}");
    }
}

#[test]
fn figures_of_counties_are_formulas_over_their_own_terms() {
    let ran = Ran::of(input::reference_city());
    let book = ran.book(Language::En, 2018);
    let cells = Cells::of(&book);
    let data = ran.data(2018);
    let counties = book.sheets.iter().find(|sheet| sheet.name == "counties").unwrap();
    let computed =
        counties.rows.iter().flatten().filter(|cell| matches!(cell.content, Content::Formula(..))).count();
    assert!(computed > 30, "{computed}");
    let row = cells.row_of("counties", "ce2017-07");
    let figures = data["places"].as_array().unwrap();
    let jia =
        figures.iter().find(|figure| figure["indicator"] == "ce2017-07" && figure["place"] == "jia").unwrap();
    let value = jia["value"].as_f64().unwrap();
    assert!((cells.value("counties", row, 3) - value).abs() < 1e-12);
    assert!(jia["terms"][0]["parts"].as_array().is_some_and(|parts| !parts.is_empty()));
}

#[test]
fn nothing_remarkable_passes_strictly() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("park");
    std::fs::create_dir(&model).unwrap();
    for (name, text) in crate::hamlet::FILES.iter().filter(|(name, _)| *name != "targets.csv") {
        let text = text.replace("[\"ce-2017\"]", "[]").replace("illustrative = true", "illustrative = false");
        std::fs::write(model.join(name), text).unwrap();
    }
    let submit =
        || circflow(folder.path(), &["submit", "park", "--year", "2018", "--lang", "en", "--strict"]);
    let clean = submit();
    assert_eq!(clean.status.code(), Some(0), "{}", String::from_utf8_lossy(&clean.stderr));
    // A warning of the tables concerns the submission: a table that is not read.
    std::fs::write(model.join("financings.csv"), "project,fund,amount\n").unwrap();
    let warned = submit();
    let told = String::from_utf8_lossy(&warned.stderr).into_owned();
    assert_eq!(warned.status.code(), Some(1), "{told}");
    assert!(told.contains("financings.csv"), "{told}");
}

fn circflow(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_circflow")).args(words).current_dir(folder).output().unwrap()
}

#[test]
fn what_was_submitted_is_frozen_and_an_interrupted_submission_leaves_it_whole() {
    let folder = tempfile::tempdir().unwrap();
    let made = circflow(folder.path(), &["new", "park", "--minimal", "--quiet"]);
    assert!(made.status.success());
    let submit = |more: &[&str]| {
        let words = ["submit", "park", "--lang", "en", "--year"];
        circflow(folder.path(), &[&words[..], more].concat())
    };
    let first = submit(&["2018"]);
    assert_eq!(first.status.code(), Some(0), "{}", String::from_utf8_lossy(&first.stderr));
    let frozen = bytes_below(&folder.path().join("submissions"));
    assert_eq!(frozen.len(), 2, "a workbook and its data");
    // A folder that an interrupted submission has left is no submission, and goes with the next one.
    let left = folder.path().join("submissions/minimal/.2018-02.new");
    std::fs::create_dir(&left).unwrap();
    std::fs::write(left.join("submission.json"), "{").unwrap();
    assert_eq!(submit(&["2018"]).status.code(), Some(0));
    assert!(!left.exists());
    let names: Vec<String> = submissions::earlier(&folder.path().join("submissions/minimal"), &Disk)
        .into_iter()
        .map(|frozen| frozen.name)
        .collect();
    assert_eq!(names, ["2018-01", "2018-02"]);
    let now = bytes_below(&folder.path().join("submissions"));
    assert!(frozen.iter().all(|(name, bytes)| now.get(name) == Some(bytes)), "the first is as it was");
    // Another table, and the figures that were submitted are told to have changed.
    let table = folder.path().join("park/processes.csv");
    let text = std::fs::read_to_string(&table).unwrap();
    let changed = text.replacen(",10,", ",5,", 1);
    assert_ne!(text, changed, "{text}");
    std::fs::write(&table, changed).unwrap();
    let again = submit(&["2018"]);
    assert!(
        String::from_utf8_lossy(&again.stderr).contains("N801"),
        "{}",
        String::from_utf8_lossy(&again.stderr)
    );
    // An earlier submission that was touched, or cannot be read any more, is told.
    let touched = folder.path().join("submissions/minimal/2018-01/submission.json");
    let text = std::fs::read_to_string(&touched).unwrap();
    std::fs::write(&touched, text.replacen("2018", "2017", 1)).unwrap();
    assert!(String::from_utf8_lossy(&submit(&["2018"]).stderr).contains("E807"));
    std::fs::write(&touched, "{\"x\":").unwrap();
    let damaged = submit(&["2018"]);
    let told = String::from_utf8_lossy(&damaged.stderr).into_owned();
    assert!(told.contains("E806") && told.contains("2018-01"), "{told}");
    std::fs::write(&touched, text).unwrap();
    let restored = String::from_utf8_lossy(&submit(&["2018"]).stderr).into_owned();
    assert!(!restored.contains("E806") && !restored.contains("E807"), "{restored}");
    // Definitions nobody has checked: strictly, nothing is written.
    let before = bytes_below(&folder.path().join("submissions"));
    assert_eq!(submit(&["2018", "--strict"]).status.code(), Some(1));
    assert_eq!(bytes_below(&folder.path().join("submissions")), before);
    let refused = submit(&["1999"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("E804"));
}
