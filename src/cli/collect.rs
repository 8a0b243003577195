//! `workbook split` and `workbook merge`: a workbook for each county unit or enterprise, and what comes back.

use super::exit::Exit;
use super::first_words::typed;
use super::model;
use super::run::cannot_write;
use super::terminal::Terminal;
use super::workbook::new_folder;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::input::returns::{self, By, Remark, RemarkKind, Returned, Unit};
use crate::input::{self, ModelText};
use crate::output::model_files::model_files;
use crate::output::{Disk, file, portable};
use crate::report::workbook::{tables, xlsx};
use clap::ValueEnum;
use serde_json::json;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// By what a model is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Whom {
    /// 县区 / county units
    Place,
    /// 企业 / enterprises
    Enterprise,
}

impl From<Whom> for By {
    fn from(whom: Whom) -> Self {
        match whom {
            Whom::Place => Self::Place,
            Whom::Enterprise => Self::Enterprise,
        }
    }
}

/// What `merge` is asked for besides its folders.
pub(super) struct Asked<'a> {
    /// The model that was split.
    pub(super) model: Option<&'a Path>,
    /// By what.
    pub(super) by: Whom,
    /// Last day.
    pub(super) due: Option<&'a str>,
}

/// The texts of a model that has no error.
fn sound_texts(model: Option<&Path>, terminal: &mut Terminal) -> Result<ModelText, Exit> {
    Ok(input::texts(&model::load_sound(model, terminal)?.inputs))
}

/// The name of a unit's workbook.
fn file_of(unit: &Unit) -> String {
    format!("{}.xlsx", portable::portable(&format!("{}-{}", unit.key, unit.name)))
}

pub(super) fn split(
    model: Option<&Path>,
    folder: &Path,
    by: Whom,
    terminal: &mut Terminal,
) -> io::Result<Exit> {
    let texts = match sound_texts(model, terminal) {
        Ok(texts) => texts,
        Err(exit) => return Ok(exit),
    };
    let units = returns::units(&texts, by.into());
    let mut files = Vec::with_capacity(units.len());
    for unit in &units {
        let book = tables::book(&unit.model, terminal.language());
        files.push((file_of(unit), xlsx::bytes(&book).map_err(io::Error::other)?));
    }
    if let Err(refused) = new_folder(folder, &files) {
        return Ok(cannot_write(&refused, terminal));
    }
    let count = |unit: &Unit| unit.rows.values().map(Vec::len).sum::<usize>();
    if terminal.is_json() {
        let of = |unit: &Unit| json!({ "unit": unit.key, "name": unit.name, "file": file_of(unit), "rows": count(unit) });
        terminal.print_json(&units.iter().map(of).collect::<Vec<_>>())?;
    } else {
        for unit in &units {
            let word = terminal.pick("行", "rows");
            terminal.print(&format!("{}  {} {word}", folder.join(file_of(unit)).display(), count(unit)))?;
        }
    }
    let next = terminal.pick("下一步：发给各单位，收齐后", "Next: send them out, and when they are back");
    terminal.talk(&format!("{next} circflow workbook merge {} NEW", typed(folder)));
    Ok(Exit::Done)
}

/// What came back of a unit.
struct Answer {
    unit: usize,
    path: PathBuf,
    late: bool,
}

pub(super) fn merge(
    folder: &Path,
    target: &Path,
    asked: &Asked<'_>,
    terminal: &mut Terminal,
) -> io::Result<Exit> {
    let due = match asked.due.map(end_of_day).transpose() {
        Ok(due) => due,
        Err(refused) => {
            terminal.say(&refused.line(terminal.language()));
            return Ok(Exit::WrongCommandLine);
        }
    };
    let texts = match sound_texts(asked.model, terminal) {
        Ok(texts) => texts,
        Err(exit) => return Ok(exit),
    };
    let units = returns::units(&texts, asked.by.into());
    let (answers, strangers) = match answers(folder, &units, due) {
        Ok(found) => found,
        Err(error) => {
            let finding = Diagnostic::new(Code("E001")).with("found", folder.display().to_string());
            let finding = input::refusals::told(finding, ["error_zh", "error_en"], &error);
            return Ok(cannot_write(&finding, terminal));
        }
    };
    let (mut returned, mut unread) = (Vec::new(), Vec::new());
    for answer in &answers {
        let loaded = input::read_folder(&answer.path);
        let model = input::texts(&loaded.inputs);
        // A part of a model lacks much; what matters here is whether the workbook can be read at all.
        if model.tables.is_empty() {
            unread.extend(
                loaded.findings.0.into_iter().filter(|finding| finding.severity() == Severity::Error),
            );
        } else {
            returned.push(Returned { unit: answer.unit, model });
        }
    }
    let merged = returns::merged(&texts, &units, &returned);
    let record = record(&merged.remarks, terminal);
    let mut files: Vec<(String, Vec<u8>)> =
        model_files(&merged.model).into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    files.sort();
    if let Err(refused) = new_folder(target, &files) {
        return Ok(cannot_write(&refused, terminal));
    }
    let beside = PathBuf::from(format!("{}.merge.csv", target.display()));
    if let Err(error) = file::put(&beside, record.as_bytes(), &Disk) {
        return Ok(cannot_write(&error.diagnostic(), terminal));
    }
    let missing: Vec<&str> = (0..units.len())
        .filter(|unit| !answers.iter().any(|answer| answer.unit == *unit))
        .map(|unit| units[unit].key.as_str())
        .collect();
    let late: Vec<&str> =
        answers.iter().filter(|answer| answer.late).map(|answer| units[answer.unit].key.as_str()).collect();
    let count = |kind| merged.remarks.iter().filter(|remark| remark.kind == kind).count();
    let undecided = count(RemarkKind::Conflict) + count(RemarkKind::NotTheirs) + count(RemarkKind::LeftOut);
    if terminal.is_json() {
        terminal.print_json(&json!({
            "folder": target.display().to_string(),
            "record": beside.display().to_string(),
            "returns": returned.len(), "units": units.len(), "missing": missing, "late": late, "strangers": strangers,
            "changed": count(RemarkKind::Changed), "added": count(RemarkKind::Added),
            "conflicts": count(RemarkKind::Conflict), "not_theirs": count(RemarkKind::NotTheirs),
            "left_out": count(RemarkKind::LeftOut),
        }))?;
    } else {
        for line in lines(&merged.remarks, terminal) {
            terminal.print(&line)?;
        }
        let listed = |zh: &str, en: &str, keys: &[&str]| match keys {
            [] => String::new(),
            keys => format!("{}{}", terminal.pick(zh, en), keys.join(", ")),
        };
        let strangers: Vec<&str> = strangers.iter().map(String::as_str).collect();
        let lines = [
            format!("{}{} / {}", terminal.pick("已收 ", "returned "), returned.len(), units.len()),
            listed("缺报：", "missing: ", &missing),
            listed("迟报：", "late: ", &late),
            listed("不知是谁的文件：", "files of nobody known: ", &strangers),
            format!("{}{}, {}", terminal.pick("已写出 ", "Written: "), target.display(), beside.display()),
        ];
        for line in lines.iter().filter(|line| !line.is_empty()) {
            terminal.print(line)?;
        }
    }
    for finding in &unread {
        terminal.say(&finding.line(terminal.language()));
    }
    if undecided > 0 {
        let word = terminal.pick(
            "项没有采用，请逐项决定后改在合并后的模型里（或退回单位改正后重新合并）",
            "were not taken: decide each in the merged model, or send it back and merge again",
        );
        terminal.talk(&format!("{undecided} {word}"));
    }
    Ok(if undecided > 0 || !unread.is_empty() { Exit::ModelHasErrors } else { Exit::Done })
}

/// The workbooks of a folder by unit: one whose id stands at the begin of the name, or whose name stands in it.
fn answers(folder: &Path, units: &[Unit], due: Option<SystemTime>) -> io::Result<(Vec<Answer>, Vec<String>)> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let (mut answers, mut strangers) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_book = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        if !is_book || name.starts_with(['~', '.']) {
            continue;
        }
        let begins =
            |unit: &Unit| name == format!("{}.xlsx", unit.key) || name.starts_with(&format!("{}-", unit.key));
        // The longest id counts: one may begin like another.
        let by_key = (0..units.len()).filter(|&at| begins(&units[at])).max_by_key(|&at| units[at].key.len());
        let mut named =
            (0..units.len()).filter(|&at| !units[at].name.is_empty() && name.contains(&units[at].name));
        let by_name = named.next().filter(|_| named.next().is_none());
        match by_key.or(by_name) {
            Some(unit) if !answers.iter().any(|answer: &Answer| answer.unit == unit) => {
                let saved = std::fs::metadata(&path)?.modified()?;
                answers.push(Answer { unit, late: due.is_some_and(|due| saved >= due), path });
            }
            _ => strangers.push(name),
        }
    }
    Ok((answers, strangers))
}

/// The first moment after a day in Beijing.
fn end_of_day(day: &str) -> Result<SystemTime, Box<Diagnostic>> {
    const BEIJING: u64 = 8 * 3600;
    let refused = || Box::new(Diagnostic::new(Code("E805")).with("found", day));
    let numbers: Vec<i64> = day.split('-').map_while(|part| part.parse().ok()).collect();
    let [year, month, day_of_month] = numbers[..] else { return Err(refused()) };
    let month = u32::try_from(month).ok().and_then(|month| {
        crate::calendar::Month::new(
            i32::try_from(year).ok().filter(|year| (1970..=9999).contains(year))?,
            month,
        )
    });
    let month = month.ok_or_else(refused)?;
    let day_of_month = u32::try_from(day_of_month)
        .ok()
        .filter(|day| (1..=month.days()).contains(day))
        .ok_or_else(refused)?;
    let before = crate::calendar::Month::range(crate::calendar::Month::january(1970), month.plus(-1));
    let days: u64 = before.map(|month| u64::from(month.days())).sum::<u64>() + u64::from(day_of_month);
    Ok(SystemTime::UNIX_EPOCH + Duration::from_secs(days * 24 * 3600 - BEIJING))
}

/// The word of what a remark is.
fn word(kind: RemarkKind, terminal: &Terminal) -> &'static str {
    match kind {
        RemarkKind::Conflict => terminal.pick("冲突，未采用", "conflict, not taken"),
        RemarkKind::NotTheirs => terminal.pick("改了别人的行，未采用", "not their row, not taken"),
        RemarkKind::LeftOut => terminal.pick("删去了行，仍保留", "row left out, kept"),
        RemarkKind::Changed => terminal.pick("改动", "changed"),
        RemarkKind::Added => terminal.pick("新增", "added"),
    }
}

/// What is not taken, line by line, and how much is.
fn lines(remarks: &[Remark], terminal: &Terminal) -> Vec<String> {
    let taken = |kind| matches!(kind, RemarkKind::Changed | RemarkKind::Added);
    let mut lines: Vec<String> = remarks
        .iter()
        .filter(|remark| !taken(remark.kind))
        .map(|remark| {
            let said = remark.said.iter().map(|(who, what)| format!("{who}: {what}")).collect::<Vec<_>>();
            let (table, row, column) = (remark.table.stem(), &remark.row, &remark.column);
            format!(
                "{} {table} [{row}] {column} {} ← {}",
                word(remark.kind, terminal),
                remark.before,
                said.join(" | ")
            )
        })
        .collect();
    for kind in [RemarkKind::Changed, RemarkKind::Added] {
        let count = remarks.iter().filter(|remark| remark.kind == kind).count();
        lines.push(format!("{} {count}", word(kind, terminal)));
    }
    lines
}

/// Everything that the returns say, as CSV for a spreadsheet program.
fn record(remarks: &[Remark], terminal: &Terminal) -> String {
    use crate::output::row::{Field, Kind, Rows, field, head};
    const FIELDS: &[Field] = &[
        field("what", Kind::Text, "种类", "what it is"),
        field("table", Kind::Text, "表", "table"),
        field("row", Kind::Text, "行", "row"),
        field("column", Kind::Text, "列", "column"),
        field("before", Kind::Text, "原值", "in the model"),
        field("who", Kind::Text, "单位", "unit"),
        field("says", Kind::Text, "所报", "what it says"),
    ];
    let mut rows = Rows::new(FIELDS);
    for remark in remarks {
        for (who, says) in &remark.said {
            rows.row(&[
                word(remark.kind, terminal).into(),
                remark.table.stem().into(),
                remark.row.as_str().into(),
                remark.column.as_str().into(),
                remark.before.as_str().into(),
                who.as_str().into(),
                says.as_str().into(),
            ]);
        }
    }
    let bytes = [head(FIELDS), rows.end()].concat();
    String::from_utf8_lossy(&bytes).into_owned()
}
