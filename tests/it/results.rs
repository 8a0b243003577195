//! Results as files: whole or not at all, same bytes for any threads, accounts that balance.

use circflow::diagnostic::Language;
use circflow::input::{self, Loaded};
use circflow::model::PlaceKind;
use circflow::output::{self, Disk, Presentation, PublishError, Published, Sink, TABLES};
use circflow::report::{charts, grid, summary, text};
use circflow::study::{self, StudyOptions, StudyRun};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::OnceLock;

/// The minimal model that ships: small, so that the many runs of these tests are quick.
fn minimal() -> Loaded {
    let loaded = input::read_files(input::catalogue::shipped("minimal").unwrap());
    assert!(!loaded.findings.has_errors(), "{:?}", loaded.findings);
    loaded
}

/// The reference city, run once for all tests.
pub(crate) fn city() -> &'static (Loaded, StudyRun) {
    static CITY: OnceLock<(Loaded, StudyRun)> = OnceLock::new();
    CITY.get_or_init(|| {
        let loaded = input::reference_city();
        let run = run(&loaded, 2);
        (loaded, run)
    })
}

fn run(loaded: &Loaded, threads: usize) -> StudyRun {
    study::run(loaded, &StudyOptions { threads: Some(threads) }).unwrap()
}

fn subject<'a>(loaded: &'a Loaded, run: &'a StudyRun, language: Language) -> summary::Subject<'a> {
    summary::Subject { models: &loaded.models, definitions: &loaded.definitions, run, language }
}

pub(crate) fn write(
    loaded: &Loaded,
    run: &StudyRun,
    folder: &Path,
    sink: &dyn Sink,
) -> Result<Published, PublishError> {
    let language = loaded.language;
    let subject = subject(loaded, run, language);
    let charts = charts::all(&subject, &summary::summarise(&subject), &charts::Pictures::default());
    let presentation = Presentation {
        language,
        charts: &charts,
        extent: "default",
        png: None,
        pages: &[],
        command: "test",
        model: "embedded",
    };
    output::write(folder, sink, loaded, run, &presentation)
}

/// Every file below a folder with its bytes.
pub(crate) fn bytes_below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else {
                found.insert(entry.strip_prefix(folder).unwrap().to_owned(), fs::read(&entry).unwrap());
            }
        }
    }
    found
}

/// Rows of a written table by header.
pub(crate) fn rows_of(folder: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(folder.join(format!("{table}.csv"))).unwrap();
    let mut reader =
        csv::Reader::from_reader(text.strip_prefix('\u{feff}').expect("a byte order mark").as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

#[test]
fn same_bytes_for_any_number_of_threads() {
    let loaded = input::reference_city();
    let folder = tempfile::tempdir().unwrap();
    let mut all = Vec::new();
    for threads in [1, 2, 4] {
        let target = folder.path().join(threads.to_string());
        write(&loaded, &run(&loaded, threads), &target, &Disk).unwrap();
        let mut bytes = bytes_below(&target);
        assert!(bytes.remove(Path::new("manifest.json")).is_some());
        all.push(bytes);
    }
    for other in &all[1..] {
        assert_eq!(all[0].keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (name, bytes) in &all[0] {
            assert!(bytes == &other[name], "{} differs", name.display());
        }
    }
}

#[test]
fn every_table_has_the_columns_that_the_data_package_says() {
    let (loaded, run) = city();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("results");
    let published = write(loaded, run, &target, &Disk).unwrap();
    let package: serde_json::Value =
        serde_json::from_slice(&fs::read(target.join("datapackage.json")).unwrap()).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), TABLES.len());
    for resource in resources {
        let path = resource["path"].as_str().unwrap();
        let bytes = fs::read(target.join(path)).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let header = text.lines().next().unwrap().trim_start_matches('\u{feff}');
        let names: Vec<&str> = resource["schema"]["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["name"].as_str().unwrap())
            .collect();
        assert_eq!(header.split(',').collect::<Vec<_>>(), names, "{path}");
        assert_eq!(resource["bytes"].as_u64().unwrap(), bytes.len() as u64, "{path}");
        assert!(text.lines().count() > 1, "{path} has rows");
    }
    let header = "scenario,indicator,place,year,value,unit,target,grade,poor_share,computable";
    let text = fs::read_to_string(target.join("indicators.csv")).unwrap();
    assert_eq!(text.lines().next().unwrap(), format!("\u{feff}{header}"));
    assert!(published.files.iter().any(|file| file.name == "manifest.json"));
}

#[test]
fn actors_and_balances_balance() {
    let (loaded, run) = city();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("results");
    write(loaded, run, &target, &Disk).unwrap();
    let number = |row: &BTreeMap<String, String>, column: &str| row[column].parse::<f64>().unwrap();
    let (mut enterprises, mut parks) = (0, 0);
    let actors = rows_of(&target, "actors");
    // Every enterprise and park has its row, also when it stands still.
    let model = loaded.base.as_ref();
    let park = |kind| matches!(kind, PlaceKind::Park | PlaceKind::AgriculturalPark | PlaceKind::Zone);
    let mut every: BTreeSet<(&str, &str)> =
        model.enterprises.iter().map(|e| ("enterprise", e.key.as_str())).collect();
    every.extend(
        model
            .places
            .ids()
            .map(|id| &model.places[id])
            .filter(|p| park(p.kind))
            .map(|p| ("park", p.key.as_str())),
    );
    let first = (&actors[0]["scenario"], &actors[0]["year"]);
    let of_first = actors.iter().filter(|r| (&r["scenario"], &r["year"]) == first && r["material"] == "*");
    let listed: BTreeSet<(&str, &str)> =
        of_first.map(|r| (r["actor_kind"].as_str(), r["actor"].as_str())).collect();
    assert_eq!(listed, every);
    for row in actors {
        let scale = number(&row, "in").max(number(&row, "out")).max(1.0);
        let (all, closed) = (row["material"] == "*", row["closed"] == "true");
        if row["actor_kind"] == "park" || (all && closed) {
            if all && !closed {
                continue;
            }
            let balance = number(&row, "balance");
            assert!(balance.abs() <= 1.0e-9 * scale, "{row:?}");
            *(if row["actor_kind"] == "park" { &mut parks } else { &mut enterprises }) += 1;
        }
    }
    assert!(enterprises > 100 && parks > 100, "{enterprises} and {parks} rows looked at");
    for row in rows_of(&target, "balances") {
        let scale = number(&row, "inflow").max(number(&row, "outflow")).max(1.0);
        assert!(number(&row, "residual").abs() <= 1.0e-9 * scale, "{row:?}");
    }
}

#[test]
fn stocks_close_and_gaps_keep_their_identity() {
    let (loaded, run) = city();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("results");
    write(loaded, run, &target, &Disk).unwrap();
    for row in rows_of(&target, "stocks") {
        let number = |column: &str| row[column].parse::<f64>().unwrap();
        let closing = number("opening") + number("stored") + number("stored_by_processes")
            - number("reclaimed_for_draws")
            - number("reclaimed_for_takers");
        assert!((closing - number("closing")).abs() <= 1.0e-9 * closing.abs().max(1.0), "{row:?}");
    }
    let fen = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    let gaps = rows_of(&target, "gaps");
    for row in gaps.iter().filter(|row| row["of"] == "fund" || row["of"] == "total") {
        assert_eq!(
            fen(&row["due"]),
            fen(&row["paid"]) + fen(&row["held_up"]) + fen(&row["short"]),
            "{row:?}"
        );
    }
    let same = |row: &BTreeMap<String, String>| (row["scenario"].clone(), row["month"].clone());
    let mut sums: BTreeMap<_, i64> = BTreeMap::new();
    for row in &gaps {
        for (column, cell) in row.iter().filter(|(column, cell)| cell.contains('.') && *column != "id") {
            *sums.entry((same(row), row["of"].clone(), column.clone())).or_default() += fen(cell);
        }
    }
    let mut compared = 0;
    for total in gaps.iter().filter(|row| row["of"] == "total") {
        for (of, columns) in [
            ("fund", ["required", "paid_in", "committed", "obligation_gap", "held_up", "stopped"]),
            ("county", ["required", "unpaid", "bridged", "obligation_gap", "held_up", "stopped"]),
            ("project", ["to_finance", "unpaid", "bridged", "not_yet_due", "financing_gap", "paid"]),
            ("holdup", ["stopped", "held_up", "stopped", "held_up", "stopped", "held_up"]),
        ] {
            for column in columns {
                let sum = sums.get(&(same(total), of.to_owned(), column.to_owned())).copied().unwrap_or(0);
                assert_eq!(sum, fen(&total[column]), "{column} over {of}: {total:?}");
                compared += usize::from(sum != 0);
            }
        }
    }
    assert!(compared > 1000, "{compared} sums that are not nothing");
}

#[test]
fn the_summary_fits_a_terminal_in_both_languages() {
    use unicode_width::UnicodeWidthStr;
    let (loaded, run) = city();
    for language in [Language::Zh, Language::En] {
        let subject = subject(loaded, run, language);
        let summary = summary::summarise(&subject);
        let text = text::summary(&summary, language);
        for line in text.lines() {
            assert!(line.width() <= usize::from(grid::WIDTH), "{} columns: {line}", line.width());
        }
        // Few scenarios are all named in the answer; of many, the best and the base are.
        let most = summary.tallies.iter().map(|tally| (tally.met, tally.basically_met)).max();
        for (scenario, tally) in summary.scenarios.iter().zip(&summary.tallies) {
            let best = Some((tally.met, tally.basically_met)) == most
                && summary.tallies.iter().filter(|t| Some((t.met, t.basically_met)) == most).count() == 1;
            if best || scenario.base || summary.scenarios.len() <= 4 {
                assert!(
                    summary.answer[0].contains(&scenario.name),
                    "{} in {}",
                    scenario.name,
                    summary.answer[0]
                );
            }
            assert!(text.contains(&scenario.name) || language == Language::En, "{}", scenario.name);
        }
        let json = serde_json::to_value(&summary).unwrap();
        assert_eq!(json["targets"].as_array().unwrap().len(), summary.targets.len());
    }
}

#[test]
fn charts_carry_stamp_source_and_caveat_in_both_languages() {
    let (loaded, run) = city();
    for (language, words) in [
        (Language::Zh, ["示意数据，不得上报", "来源：circflow", "定义未经原文核对"]),
        (
            Language::En,
            [
                "illustrative data, not to be submitted",
                "Source: computed",
                "not checked against the regulation",
            ],
        ),
    ] {
        let subject = subject(loaded, run, language);
        let charts = charts::all(&subject, &summary::summarise(&subject), &charts::Pictures::default());
        let names: Vec<&str> = charts.iter().map(|chart| chart.name.as_str()).collect();
        let of_the_whole = [
            "targets.svg",
            "scenario-comparison.svg",
            "funding-waterfall.svg",
            "county-gaps.svg",
            "project-calendar.svg",
            "stock-paths.svg",
            "recovery-cost.svg",
            "in-use-stocks.svg",
            "sankey.svg",
            "waste-sankey.svg",
        ];
        let (whole, parks) = names.split_at(of_the_whole.len());
        assert_eq!(whole, of_the_whole);
        assert!(!parks.is_empty(), "parks that matter have a diagram of their own");
        let places = &subject.model(0).places;
        for name in parks {
            let key = name.strip_prefix("sankey-").and_then(|name| name.strip_suffix(".svg"));
            let place = places.0.find(|place| Some(place.key.as_str()) == key);
            assert!(place.is_some(), "{name} is of a place");
        }
        for chart in &charts {
            assert!(chart.svg.contains(words[0]) && chart.svg.contains(words[1]), "{}", chart.name);
            assert!(!chart.svg.contains("NaN") && !chart.svg.contains("inf"), "{}", chart.name);
        }
        assert!(charts[0].svg.contains(words[2]));
    }
}

#[test]
fn invented_data_are_stamped_in_every_file_and_others_are_not() {
    let stamped = "示意数据，不得上报";
    for illustrative in [true, false] {
        let text = crate::hamlet::text("model.toml")
            .replace("illustrative = true", &format!("illustrative = {illustrative}"));
        let loaded = input::read_files(crate::hamlet::with("model.toml", &text));
        let run = study::run(&loaded, &StudyOptions::default()).expect("the hamlet runs");
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("results");
        write(&loaded, &run, &target, &Disk).unwrap();
        assert_eq!(target.join(output::STAMP_FILE).exists(), illustrative);
        for name in ["manifest.json", "datapackage.json"] {
            let text = fs::read_to_string(target.join(name)).unwrap();
            assert_eq!(text.contains(stamped), illustrative, "{name}");
        }
        let package: serde_json::Value =
            serde_json::from_slice(&fs::read(target.join("datapackage.json")).unwrap()).unwrap();
        for resource in package["resources"].as_array().unwrap() {
            let description = resource["description"].as_str().unwrap();
            assert_eq!(description.contains(stamped), illustrative, "{description}");
        }
    }
}

/// A disk on which something fails.
struct Broken {
    /// Bytes left before it is full.
    left: Rc<Cell<u64>>,
    /// Renames left before the next one is refused (a file held by another program).
    renames: Cell<u32>,
    /// Whether no folder can be made (read-only).
    read_only: bool,
    /// What a failing rename fails with.
    renames_fail_with: io::ErrorKind,
    /// What every new file is refused with.
    refuses: Option<io::ErrorKind>,
    /// Name of a file that another program has open.
    held: Option<&'static str>,
    /// Name of a folder that cannot be removed.
    keeps: Option<&'static str>,
}

impl Broken {
    fn full_after(bytes: u64) -> Self {
        Self {
            left: Rc::new(Cell::new(bytes)),
            renames: Cell::new(u32::MAX),
            read_only: false,
            renames_fail_with: io::ErrorKind::ResourceBusy,
            refuses: None,
            held: None,
            keeps: None,
        }
    }

    fn held_after(renames: u32) -> Self {
        Self { renames: Cell::new(renames), ..Self::full_after(u64::MAX) }
    }
}

struct Limited {
    inner: Box<dyn Write>,
    left: Rc<Cell<u64>>,
}

impl Write for Limited {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let fits = self.left.get().min(buffer.len() as u64);
        if fits == 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.left.set(self.left.get() - fits);
        self.inner.write(&buffer[..fits as usize])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Sink for Broken {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        if self.read_only { Err(io::ErrorKind::ReadOnlyFilesystem.into()) } else { Disk.make_folder(path) }
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn Write>> {
        if let Some(kind) = self.refuses {
            return Err(kind.into());
        }
        Ok(Box::new(Limited { inner: Disk.create(path)?, left: Rc::clone(&self.left) }))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.renames.get() == 0 {
            self.renames.set(u32::MAX);
            return Err(self.renames_fail_with.into());
        }
        self.renames.set(self.renames.get() - 1);
        Disk.rename(from, to)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        if self.keeps.is_some_and(|name| path.ends_with(name)) {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        Disk.remove_folder(path)
    }
    fn exists(&self, path: &Path) -> bool {
        Disk.exists(path)
    }
    fn is_folder(&self, path: &Path) -> bool {
        Disk.is_folder(path)
    }
    fn is_held(&self, path: &Path) -> bool {
        self.held.is_some_and(|name| path.ends_with(name))
    }
    fn entries(&self, folder: &Path) -> Vec<PathBuf> {
        Disk.entries(folder)
    }
}

/// Writes on a broken disk over earlier results: the code that is told, with everything as it was.
fn told_on(sink: &Broken) -> String {
    let loaded = minimal();
    let run = run(&loaded, 1);
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("park");
    write(&loaded, &run, &target, &Disk).unwrap();
    let before = bytes_below(folder.path());
    let error = write(&loaded, &run, &target, sink).unwrap_err();
    assert_eq!(before, bytes_below(folder.path()), "earlier results are whole, nothing is left beside them");
    let diagnostic = error.diagnostic();
    let message = diagnostic.message(Language::En);
    assert!(message.contains("park"), "the message names the path: {message}");
    diagnostic.code.0.to_owned()
}

#[test]
fn a_full_disk_keeps_earlier_results_wherever_it_fills_up() {
    for bytes in [0, 1, 500, 5_000, 20_000] {
        assert_eq!(told_on(&Broken::full_after(bytes)), "E052", "full after {bytes} bytes");
    }
}

#[test]
fn a_held_or_read_only_folder_keeps_earlier_results() {
    assert_eq!(told_on(&Broken::held_after(0)), "E053", "the old folder cannot be moved away");
    assert_eq!(told_on(&Broken::held_after(1)), "E053", "the new folder cannot be put in place");
    assert_eq!(told_on(&Broken { read_only: true, ..Broken::full_after(0) }), "E051");
}

#[test]
fn what_is_not_ours_is_neither_replaced_nor_lost() {
    let loaded = minimal();
    let run = run(&loaded, 1);
    let folder = tempfile::tempdir().unwrap();
    let code = |result: Result<Published, PublishError>| result.unwrap_err().diagnostic().code.0;
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    assert_eq!(code(write(&loaded, &run, &file, &Disk)), "E054");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("thesis.docx"), "mine").unwrap();
    assert_eq!(code(write(&loaded, &run, &other, &Disk)), "E054");
    assert_eq!(bytes_below(&other).len(), 1);
    let target = folder.path().join("park");
    write(&loaded, &run, &target, &Disk).unwrap();
    fs::write(target.join("my notes.txt"), "mine").unwrap();
    write(&loaded, &run, &target, &Disk).unwrap();
    assert_eq!(fs::read_to_string(target.join("my notes.txt")).unwrap(), "mine", "carried over");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3, "nothing is left beside");
}

#[test]
fn a_disk_that_fails_for_another_reason_is_quoted() {
    let sink = Broken { refuses: Some(io::ErrorKind::Unsupported), ..Broken::full_after(u64::MAX) };
    assert_eq!(told_on(&sink), "E050");
}

#[test]
fn a_file_open_in_another_program_is_named_where_the_system_only_says_access_denied() {
    // Windows refuses to rename a folder in which a spreadsheet program shows a file, with "access denied".
    let sink = Broken {
        renames_fail_with: io::ErrorKind::PermissionDenied,
        held: Some("indicators.csv"),
        ..Broken::held_after(0)
    };
    let loaded = minimal();
    let run = run(&loaded, 1);
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("park");
    write(&loaded, &run, &target, &Disk).unwrap();
    let before = bytes_below(folder.path());
    let told = write(&loaded, &run, &target, &sink).unwrap_err().diagnostic();
    assert_eq!(told.code.0, "E053");
    let named = target.join("indicators.csv").display().to_string();
    assert!(told.message(Language::Zh).contains(&named), "{}", told.message(Language::Zh));
    assert_eq!(before, bytes_below(folder.path()), "earlier results are whole");
    write(&loaded, &run, &target, &Disk).unwrap();
    assert!(!folder.path().join(".park.new").exists(), "once the file is closed the run lands");
}

#[test]
fn old_results_that_cannot_be_removed_are_left_with_a_warning() {
    let sink = Broken { keeps: Some(".park.old"), ..Broken::full_after(u64::MAX) };
    let loaded = minimal();
    let run = run(&loaded, 1);
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("park");
    write(&loaded, &run, &target, &Disk).unwrap();
    let published = write(&loaded, &run, &target, &sink).unwrap();
    let codes: Vec<&str> = published.findings.iter().map(|finding| finding.code.0).collect();
    assert_eq!(codes, ["W050"]);
    assert!(published.findings[0].message(Language::En).contains(".park.old"));
    assert!(target.join("manifest.json").is_file() && folder.path().join(".park.old").is_dir());
    // The next run takes the rest away.
    assert!(write(&loaded, &run, &target, &Disk).unwrap().findings.is_empty());
    assert!(!folder.path().join(".park.old").exists());
}
