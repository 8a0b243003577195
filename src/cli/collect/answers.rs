//! The files of a folder of returns: whose each is, and which come late, twice or from nobody known.

use crate::calendar::Month;
use crate::diagnostic::{Code, Diagnostic};
use crate::input::returns::Unit;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Workbooks of this program all bear one day, the first of 2016; whoever saves one puts in another.
const SENT_OUT: Duration = Duration::from_secs(16_802 * 24 * 3600);

/// What came back of a unit.
pub(super) struct Answer {
    /// Position of the unit.
    pub(super) unit: usize,
    /// Its workbook.
    pub(super) path: PathBuf,
    /// Whether it was saved after the last day.
    pub(super) late: bool,
}

/// What a folder of returns holds.
#[derive(Default)]
pub(super) struct Answers {
    /// One a unit.
    pub(super) single: Vec<Answer>,
    /// Units that several files are of, with their names: none of them is taken.
    pub(super) twice: Vec<(usize, Vec<String>)>,
    /// Names of files of nobody known, or of a kind that is not read.
    pub(super) strangers: Vec<String>,
}

impl Answers {
    /// Whether anything came back of a unit.
    pub(super) fn has(&self, unit: usize) -> bool {
        self.single.iter().any(|answer| answer.unit == unit) || self.twice.iter().any(|(of, _)| *of == unit)
    }
}

/// The workbooks of a folder by unit: one whose id stands at the begin of the name, or whose name stands in it.
pub(super) fn answers(folder: &Path, units: &[Unit], due: Option<SystemTime>) -> io::Result<Answers> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let mut by_unit: Vec<Vec<PathBuf>> = vec![Vec::new(); units.len()];
    let mut answers = Answers::default();
    for path in paths {
        let name = name_of(&path);
        // `~$` begins the file that Excel keeps beside an open one.
        if name.starts_with(['~', '.']) {
            continue;
        }
        let is_book = path.is_file()
            && path
                .extension()
                .is_some_and(|ending| crate::input::workbook::is_read(&ending.to_string_lossy()));
        // A name that not every system takes was changed when the workbook was sent out.
        let sent = units.iter().position(|unit| super::file_of(unit) == name);
        match sent.or_else(|| unit_of(&name, units)).filter(|_| is_book) {
            Some(unit) => by_unit[unit].push(path),
            None => answers.strangers.push(name),
        }
    }
    for (unit, paths) in by_unit.into_iter().enumerate() {
        match <[PathBuf; 1]>::try_from(paths) {
            Ok([path]) => {
                let saved = saved(&path)?;
                answers.single.push(Answer { unit, late: due.is_some_and(|due| saved >= due), path });
            }
            Err(paths) if paths.is_empty() => {}
            Err(paths) => answers.twice.push((unit, paths.iter().map(|path| name_of(path)).collect())),
        }
    }
    Ok(answers)
}

/// When a workbook was last saved: what the spreadsheet program wrote into it, since a copied or unpacked file has the
/// date of its copying; else the date of the file.
fn saved(path: &Path) -> io::Result<SystemTime> {
    let inside = crate::input::workbook::last_saved(&std::fs::read(path)?);
    let inside = inside.and_then(|moment| {
        let (day, hour) = moment.split_once('T')?;
        let numbers: Vec<u64> = hour.trim_end_matches('Z').split(':').map_while(|n| n.parse().ok()).collect();
        let [hours, minutes, seconds] = numbers[..] else { return None };
        Some(begin_of_day(day)? + Duration::from_secs(hours * 3600 + minutes * 60 + seconds))
    });
    // Workbooks as they were sent out hold no date of their own.
    match inside.filter(|moment| *moment > SystemTime::UNIX_EPOCH + SENT_OUT) {
        Some(moment) => Ok(moment),
        None => std::fs::metadata(path)?.modified(),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn unit_of(file: &str, units: &[Unit]) -> Option<usize> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let begins = |unit: &Unit| stem == unit.key || stem.starts_with(&format!("{}-", unit.key));
    // The longest id counts: one may begin like another.
    let by_key = (0..units.len()).filter(|&at| begins(&units[at])).max_by_key(|&at| units[at].key.len());
    let mut named =
        (0..units.len()).filter(|&at| !units[at].name.is_empty() && stem.contains(&units[at].name));
    let by_name = named.next().filter(|_| named.next().is_none());
    by_key.or(by_name)
}

/// The first moment after a day in Beijing.
pub(super) fn end_of_day(day: &str) -> Result<SystemTime, Box<Diagnostic>> {
    const BEIJING: Duration = Duration::from_secs(8 * 3600);
    let begin =
        begin_of_day(day).ok_or_else(|| Box::new(Diagnostic::new(Code("E805")).with("found", day)))?;
    Ok(begin + Duration::from_secs(24 * 3600) - BEIJING)
}

/// The first moment of a day, `2017-04-30`, in Greenwich.
fn begin_of_day(day: &str) -> Option<SystemTime> {
    let numbers: Vec<i64> = day.split('-').map_while(|part| part.parse().ok()).collect();
    let [year, month, day] = numbers[..] else { return None };
    let year = i32::try_from(year).ok().filter(|year| (1970..=9999).contains(year))?;
    let month = Month::new(year, u32::try_from(month).ok()?)?;
    let day = u32::try_from(day).ok().filter(|day| (1..=month.days()).contains(day))?;
    let before = Month::range(Month::january(1970), month.plus(-1));
    let days: u64 = before.map(|month| u64::from(month.days())).sum::<u64>() + u64::from(day) - 1;
    Some(SystemTime::UNIX_EPOCH + Duration::from_secs(days * 24 * 3600))
}
