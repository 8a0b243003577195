//! `new-year`: the actual figures of a year go into the model's tables, and stand against what was planned.

use super::collect::record::{beside, counts, lines, record};
use super::exit::Exit;
use super::model::{exit_of, load_sound};
use super::run::{cannot_write, refuse};
use super::terminal::Terminal;
use super::workbook::with_records;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::input::returns::{self, Blanks, Known, Returned, Terms, Unit, carry_growth};
use crate::input::{self, InputFile};
use crate::output::model_files::model_files;
use crate::report::plan_actual::{csv, plan_actual, text};
use crate::report::summary::Subject;
use crate::study::{self, StudyOptions};
use clap::Args;
use serde_json::json;
use std::io;
use std::path::{Path, PathBuf};

/// Words of `new-year`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 模型：文件夹或工作簿 / model: a folder or a workbook
    pub(crate) model: PathBuf,
    /// 新模型写到这个新文件夹 / the new folder of the new model
    pub(crate) folder: PathBuf,
    /// 已过去的年份 / the year that has ended
    #[arg(long)]
    pub(crate) year: i32,
    /// 该年的实际数：文件夹或工作簿，表与模型相同，只写变了的行 / its actual figures: a folder or a workbook of the model's
    /// tables with the rows that are new or other
    #[arg(long)]
    pub(crate) actuals: PathBuf,
    /// 末年，默认比原来多一年 / last year, by default one more than before
    #[arg(long)]
    pub(crate) horizon: Option<i32>,
}

pub(crate) fn new_year(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let old = match load_sound(Some(&words.model), terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let settings = &old.base.settings;
    if !settings.years().any(|year| year == words.year) {
        let finding = Diagnostic::new(Code("E804")).with("year", words.year.to_string());
        let finding = finding.with("first", settings.base_year.to_string());
        terminal.say(&finding.with("last", settings.horizon.to_string()).line(terminal.language()));
        return Ok(Exit::WrongCommandLine);
    }
    let actuals = Known::read(&words.actuals);
    for finding in actuals.findings.0.iter().filter(|finding| finding.severity() != Severity::Note) {
        terminal.say(&finding.line(terminal.language()));
    }
    if actuals.findings.has_errors() || actuals.is_empty() {
        return Ok(exit_of(Some(&words.actuals), &actuals.findings));
    }
    let base = Known::of(&old.inputs);
    // All rows are those of whoever rolls the model forward; what the actual figures leave out stays.
    let units = [Unit::of_all("actuals", &base)];
    let returned = [Returned { unit: 0, model: actuals }];
    let mut merged =
        returns::merged(&base, &units, &returned, Terms { blanks: Blanks::Keep, year: Some(words.year) });
    let horizon = words.horizon.unwrap_or(settings.horizon + 1).to_string();
    // The figures of the year that has ended are what happened.
    let known = settings.actual_until.map_or(words.year, |until| until.max(words.year)).to_string();
    for (key, value) in [("horizon", horizon), ("actual_until", known)] {
        match merged.model.settings.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => *old = value,
            None => merged.model.settings.push((key.to_owned(), value)),
        }
    }
    let inputs = |files: &[(String, Vec<u8>)]| -> Vec<InputFile> {
        files.iter().map(|(name, bytes)| InputFile::new(name.clone(), bytes.clone())).collect()
    };
    let known = Known::of(&inputs(&model_files(&merged.model)));
    let grown = carry_growth(&base, &known, &mut merged.model);
    let files = model_files(&merged.model);
    let new = input::read_files(inputs(&files));
    if new.findings.has_errors() {
        terminal.say_findings(&new.findings, Severity::Error);
        return Ok(Exit::ModelHasErrors);
    }
    let runs = [&old, &new].map(|loaded| study::run_scenarios(loaded, &StudyOptions::default()));
    let [then, now] = match runs {
        [Ok(then), Ok(now)] => [then, now],
        [Err(findings), _] | [_, Err(findings)] => return Ok(refuse(&findings, terminal)),
    };
    let language = terminal.language();
    let then = Subject { models: &old.models, definitions: &old.definitions, run: &then, language };
    let now = Subject { models: &new.models, definitions: &new.definitions, run: &now, language };
    let view = plan_actual(&then, &now, words.year);
    let [table, taken] = ["plan-actual.csv", "actuals.csv"].map(|ending| beside(&words.folder, ending));
    let (compared, said) = (csv(&view), record(&[], &merged.remarks, terminal));
    let records: [(&Path, &[u8]); 2] = [(&table, &compared), (&taken, said.as_bytes())];
    if let Err(refused) = with_records(&words.folder, &files, &records) {
        return Ok(cannot_write(&refused, terminal));
    }
    let undecided = merged.remarks.iter().filter(|remark| !remark.kind.is_taken()).count();
    if terminal.is_json() {
        terminal.print_json(&json!({
            "folder": words.folder.display().to_string(),
            "table": table.display().to_string(),
            "record": taken.display().to_string(),
            "remarks": counts(&merged.remarks),
            "year": view.year, "indicators": view.indicators, "projects": view.projects,
        }))?;
    } else {
        for line in lines(&merged.remarks, terminal) {
            terminal.print(&line)?;
        }
        terminal.print(&text(&view, &now))?;
        let word = terminal.pick("已写出", "Written:");
        let [folder, table, taken] = [&words.folder, &table, &taken].map(|path| path.display().to_string());
        terminal.print(&format!("{word} {folder}, {table}, {taken}"))?;
    }
    if grown > 0 {
        let word = terminal.pick(
            "行没有写增速，沿用了该序列上一年的增速",
            "new rows give no growth: that of the year before them is carried on",
        );
        terminal.talk(&format!("{grown} {word}"));
    }
    Ok(if undecided == 0 { Exit::Done } else { Exit::ModelHasErrors })
}
