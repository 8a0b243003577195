//! `reconcile`: a year of the model against what was measured in it.

use super::exit::Exit;
use super::first_words::typed;
use super::indicators::unknown;
use super::model::load_sound;
use super::run::{CONFIDENCE, cannot_write, refuse};
use super::terminal::Terminal;
use crate::diagnostic::Severity;
use crate::output::{self, Disk, reconciled};
use crate::report::charts::{self, measurements};
use crate::report::measured::{self, Reconciled};
use crate::study::{self, StudyOptions};
use clap::Args;
use std::io;
use std::path::PathBuf;

/// Words of `reconcile`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 模型：文件夹或工作簿，默认内置的示意城市 / model: a folder or a workbook, by default the built-in reference city
    pub(crate) model: Option<PathBuf>,
    /// 哪一年，默认基年 / year, by default the base year
    #[arg(long)]
    pub(crate) year: Option<i32>,
    /// 检验的置信水平 / confidence of the tests
    #[arg(long, default_value_t = CONFIDENCE, value_parser = confidence)]
    pub(crate) confidence: f64,
    /// 结果写到 <OUT>/<模型 id>-reconciled/ / results go to <OUT>/<model id>-reconciled/
    #[arg(long, default_value = "output", value_name = "OUT")]
    pub(crate) out: PathBuf,
}

/// A confidence within 0 and 1, both excluded.
fn confidence(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value > 0.0 && value < 1.0 => Ok(value),
        _ => Err("0 < … < 1".to_owned()),
    }
}

pub(crate) fn reconcile(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let loaded = match load_sound(words.model.as_deref(), terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let settings = &loaded.base.settings;
    let year = words.year.unwrap_or(settings.base_year);
    if !(settings.base_year..=settings.horizon).contains(&year) {
        let ends = [settings.base_year.to_string(), settings.horizon.to_string()];
        let what = terminal.pick("年份（或不在期内）", "year (within the horizon)");
        return Ok(unknown(what, &year.to_string(), &[&ends[0], &ends[1]], terminal));
    }
    let id = format!("{}-reconciled", settings.id);
    let folder = match output::folder_of(&words.out, &id, words.model.as_deref()) {
        Ok(folder) => folder,
        Err(refused) => return Ok(cannot_write(&refused, terminal)),
    };
    let done = match study::reconcile(&loaded, year, words.confidence, &StudyOptions::default()) {
        Ok(done) => done,
        Err(findings) => {
            let unsolved =
                findings.0.iter().any(|finding| ["E063", "E321", "E322"].contains(&finding.code.0));
            let exit = refuse(&findings, terminal);
            return Ok(if unsolved { Exit::NoAnswer } else { exit });
        }
    };
    terminal.say_findings(&done.findings, Severity::Warning);
    let language = terminal.language();
    let shown =
        Reconciled { model: &loaded.models[done.model], plan: &done.plan, year: &done.reconciled, language };
    let view = measured::view(&shown);
    let chart = measurements::chart(&view, language).map(|chart| charts::file(&chart, None));
    let model = words.model.as_ref().map_or_else(String::new, |path| format!(" {}", typed(path)));
    let command = format!("circflow reconcile{model} --year {year} --confidence {}", words.confidence);
    let written = reconciled::Written { loaded: &loaded, view: &view, chart, command: &command, language };
    let published = match reconciled::write(&folder, &Disk, &written) {
        Ok(published) => published,
        Err(error) => return Ok(cannot_write(&error.diagnostic(), terminal)),
    };
    if terminal.is_json() {
        terminal.print_json(&view)?;
    } else {
        terminal.print(&measured::text(&view, language))?;
    }
    for finding in &published.findings {
        terminal.say(&finding.line(language));
    }
    let folder = folder.display();
    let count = published.files.len();
    terminal.talk(&match language {
        crate::diagnostic::Language::Zh => format!("结果：{folder}（{count} 个文件）"),
        crate::diagnostic::Language::En => format!("Results: {folder} ({count} files)"),
    });
    terminal.talk(&format!(
        "{} circflow run{model} --reconciled",
        terminal.pick(
            "下一步：让各情景从协调后的这一年出发——",
            "Next: start the scenarios from the reconciled year:"
        )
    ));
    Ok(Exit::Done)
}
