//! `workbook merge`.

use super::answers::{Answers, answers, end_of_day};
use super::record::{beside, counts, lines, record};
use super::{Asked, known};
use crate::cli::exit::Exit;
use crate::cli::run::cannot_write;
use crate::cli::terminal::Terminal;
use crate::cli::workbook::with_records;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::input::returns::{self, Blanks, Known, Returned, Terms, Unit};
use crate::input::{self, InputFile};
use crate::output::model_files::model_files;
use serde_json::json;
use std::io;
use std::path::Path;

pub(in crate::cli) fn merge(
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
    let base = match known(asked.model, terminal) {
        Ok(base) => base,
        Err(exit) => return Ok(exit),
    };
    let units = returns::units(&base, asked.by.into());
    let answers = match answers(folder, &units, due) {
        Ok(found) => found,
        Err(error) => {
            let finding = Diagnostic::new(Code("E001")).with("found", folder.display().to_string());
            let finding = input::refusals::told(finding, ["error_zh", "error_en"], &error);
            return Ok(cannot_write(&finding, terminal));
        }
    };
    let (mut returned, mut faulty) = (Vec::new(), Vec::new());
    for answer in &answers.single {
        let model = Known::read(&answer.path);
        for finding in model.findings.0.iter().filter(|finding| finding.severity() != Severity::Note) {
            terminal.say(&finding.line(terminal.language()));
        }
        let id =
            |known: &Known| known.text.settings.iter().find(|(key, _)| key == "id").map(|(_, id)| id.clone());
        if let (Some(found), Some(expected)) = (id(&model), id(&base))
            && found != expected
        {
            let finding = Diagnostic::new(Code("E808")).with("file", answer.path.display().to_string());
            let finding = finding.with("found", found).with("expected", expected);
            terminal.say(&finding.line(terminal.language()));
            return Ok(Exit::WrongCommandLine);
        }
        // A workbook with faults is not taken in part: it goes back first.
        match model.findings.has_errors() || model.is_empty() {
            true => faulty.push(answer.unit),
            false => returned.push(Returned { unit: answer.unit, model }),
        }
    }
    let merged = returns::merged(&base, &units, &returned, Terms { blanks: Blanks::Erase, year: None });
    let files = model_files(&merged.model);
    let beside = beside(target, "merge.csv");
    let told = Told { units: &units, answers: &answers, faulty: &faulty, taken: returned.len() };
    let taken = record(&told.of_units(terminal), &merged.remarks, terminal);
    if let Err(refused) = with_records(target, &files, &[(&beside, taken.as_bytes())]) {
        return Ok(cannot_write(&refused, terminal));
    }
    if terminal.is_json() {
        let mut data = told.data();
        data["folder"] = target.display().to_string().into();
        data["record"] = beside.display().to_string().into();
        data["remarks"] = counts(&merged.remarks);
        terminal.print_json(&data)?;
    } else {
        for line in lines(&merged.remarks, terminal).into_iter().chain(told.lines(terminal)) {
            terminal.print(&line)?;
        }
        let word = terminal.pick("已写出", "Written:");
        terminal.print(&format!("{word} {}, {}", target.display(), beside.display()))?;
    }
    let undecided = merged.remarks.iter().filter(|remark| !remark.kind.is_taken()).count();
    if undecided > 0 {
        let word = terminal.pick(
            "项没有采用，请逐项决定后改在合并后的模型里（或退回单位改正后重新合并）",
            "were not taken: decide each in the merged model, or send it back and merge again",
        );
        terminal.talk(&format!("{undecided} {word}"));
    }
    // What returns bring may not fit together, though each fits by itself.
    let files = files.into_iter().map(|(name, bytes)| InputFile::new(name, bytes)).collect();
    let findings = input::read_files(files).findings;
    terminal.say_findings(&findings, Severity::Error);
    let is_whole = undecided == 0
        && faulty.is_empty()
        && answers.twice.is_empty()
        && answers.strangers.is_empty()
        && !findings.has_errors();
    Ok(if is_whole { Exit::Done } else { Exit::ModelHasErrors })
}

/// Who has answered, and how.
struct Told<'a> {
    units: &'a [Unit],
    answers: &'a Answers,
    faulty: &'a [usize],
    taken: usize,
}

impl Told<'_> {
    fn missing(&self) -> Vec<&str> {
        let units = self.units.iter().enumerate().filter(|(at, _)| !self.answers.has(*at));
        units.map(|(_, unit)| unit.key.as_str()).collect()
    }

    fn late(&self) -> Vec<&str> {
        let late = self.answers.single.iter().filter(|answer| answer.late);
        late.map(|answer| self.units[answer.unit].key.as_str()).collect()
    }

    fn faulty(&self) -> Vec<&str> {
        self.faulty.iter().map(|&unit| self.units[unit].key.as_str()).collect()
    }

    fn twice(&self) -> Vec<String> {
        let twice = self.answers.twice.iter();
        twice.map(|(unit, names)| format!("{} ({})", self.units[*unit].key, names.join(", "))).collect()
    }

    /// What the record says of units: who is missing, late, faulty or there twice, and files of nobody known.
    fn of_units(&self, terminal: &Terminal) -> Vec<(String, String, String)> {
        let named = |key: &str| {
            let name = self.units.iter().find(|unit| unit.key == key).map(|unit| unit.name.clone());
            (key.to_owned(), name.unwrap_or_default())
        };
        let lists = [
            (terminal.pick("缺报", "missing"), self.missing()),
            (terminal.pick("迟报", "late"), self.late()),
            (terminal.pick("有错误，未采用", "with faults, not taken"), self.faulty()),
        ];
        let mut found = Vec::new();
        for (word, units) in lists {
            found.extend(units.into_iter().map(named).map(|(key, name)| (word.to_owned(), key, name)));
        }
        let word = terminal.pick("一个单位有几个文件，都未采用", "several files of one unit, none taken");
        let twice = self.answers.twice.iter();
        found.extend(
            twice.map(|(unit, names)| (word.to_owned(), self.units[*unit].key.clone(), names.join("; "))),
        );
        let word = terminal.pick("不知是谁的或读不了的文件", "a file of nobody known or not read");
        found
            .extend(self.answers.strangers.iter().map(|name| (word.to_owned(), String::new(), name.clone())));
        found
    }

    fn data(&self) -> serde_json::Value {
        json!({
            "units": self.units.len(), "returns": self.taken, "missing": self.missing(), "late": self.late(),
            "faulty": self.faulty(), "twice": self.twice(), "strangers": self.answers.strangers,
        })
    }

    fn lines(&self, terminal: &Terminal) -> Vec<String> {
        let listed = |zh: &str, en: &str, words: &str| match words {
            "" => String::new(),
            words => format!("{}{words}", terminal.pick(zh, en)),
        };
        let lines = [
            format!(
                "{}{} / {}",
                terminal.pick("已采用的反馈 ", "returns taken "),
                self.taken,
                self.units.len()
            ),
            listed("缺报：", "missing: ", &self.missing().join(", ")),
            listed("迟报：", "late: ", &self.late().join(", ")),
            listed("有错误，未采用：", "with faults, not taken: ", &self.faulty().join(", ")),
            listed(
                "一个单位有几个文件，都未采用：",
                "several files of one unit, none taken: ",
                &self.twice().join("; "),
            ),
            listed(
                "不知是谁的或读不了的文件：",
                "files of nobody known or not read: ",
                &self.answers.strangers.join(", "),
            ),
        ];
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }
}
