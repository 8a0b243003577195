//! `run`: all scenarios side by side, results as files.

use super::exit::Exit;
use super::first_words::typed;
use super::model::{EMBEDDED, load_sound};
use super::pictures::{Asked, PictureWords};
use super::terminal::Terminal;
use crate::diagnostic::{Diagnostic, Findings, Language, Severity};
use crate::input::Loaded;
use crate::output::{self, Disk, Presentation, Published};
use crate::report::{self, Summary, charts, page, summary, text};
use crate::study::{self, StudyOptions, StudyRun};
use clap::{Args, ValueEnum};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Confidence of the tests of measurements where the command names none.
pub(super) const CONFIDENCE: f64 = 0.95;

/// Words of `run`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 模型：文件夹或工作簿，默认内置的示意城市 / model: a folder or a workbook, by default the built-in reference city
    pub(crate) model: Option<PathBuf>,
    /// 结果写到 <OUT>/<模型 id>/ / results go to <OUT>/<model id>/
    #[arg(long, default_value = "output", value_name = "OUT")]
    pub(crate) out: PathBuf,
    /// 线程数，默认全部；不改变任何结果 / threads, by default all; changes no result
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// 各情景从与观测相协调的基年出发；可除去可疑的观测 / scenarios start from the base year reconciled with its measurements
    #[arg(long, value_enum, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "all")]
    pub(crate) reconciled: Option<Measurements>,
    #[command(flatten)]
    pub(crate) pictures: PictureWords,
}

/// Which measurements count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Measurements {
    /// 全部 / all of them
    All,
    /// 除去可疑的 / all but the suspects
    WithoutSuspects,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            model: None,
            out: PathBuf::from("output"),
            threads: None,
            reconciled: None,
            pictures: PictureWords::default(),
        }
    }
}

pub(crate) fn run(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let begin = Instant::now();
    let loaded = match load_sound(words.model.as_deref(), terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let folder = match output::folder_of(&words.out, &loaded.base.settings.id, words.model.as_deref()) {
        Ok(folder) => folder,
        Err(refused) => return Ok(cannot_write(&refused, terminal)),
    };
    let asked = match words.pictures.asked() {
        Ok(asked) => asked,
        Err(refused) => return Ok(cannot_write(&refused, terminal)),
    };
    let options = StudyOptions { threads: words.threads.map(usize::from) };
    let loaded = match words.reconciled {
        None => loaded,
        Some(which) => match start_from(loaded, CONFIDENCE, which == Measurements::WithoutSuspects, &options)
        {
            Ok(loaded) => loaded,
            Err(findings) => return Ok(refuse(&findings, terminal)),
        },
    };
    let run = match study::run(&loaded, &options) {
        Ok(run) => run,
        Err(findings) => return Ok(refuse(&findings, terminal)),
    };
    let start = match words.reconciled {
        None => "",
        Some(Measurements::All) => " --reconciled",
        Some(Measurements::WithoutSuspects) => " --reconciled=without-suspects",
    };
    let command = match &words.model {
        Some(path) => format!("circflow run {}{start}{}", typed(path), words.pictures.typed()),
        None => format!("circflow run{start}{}", words.pictures.typed()),
    };
    let language = terminal.language();
    let from = words.model.as_deref();
    let written =
        study::in_pool(&options, || publish(&loaded, &run, &folder, from, &command, &asked, language));
    let (mut summary, published) = match written {
        Ok(done) => done,
        Err(refused) => return Ok(cannot_write(&refused, terminal)),
    };
    summary.folder = Some(folder.display().to_string());
    summary.files =
        published.files.iter().map(|file| file.name.clone()).filter(|name| is_result(name)).collect();
    if terminal.is_json() {
        terminal.print_json(&summary)?;
    } else {
        terminal.print(&text::summary(&summary, terminal.language()))?;
    }
    for finding in published.findings.iter().chain(&asked.finding) {
        terminal.say(&finding.line(terminal.language()));
    }
    farewell(begin.elapsed().as_secs_f64(), words, terminal);
    Ok(if study::is_solved(&loaded, &run) { Exit::Done } else { Exit::NoAnswer })
}

/// The model with its scenarios starting from the reconciled base year.
pub(super) fn start_from(
    loaded: Loaded,
    confidence: f64,
    without_suspects: bool,
    options: &StudyOptions,
) -> Result<Loaded, Findings> {
    let year = loaded.base.settings.base_year;
    let reconciliation = study::reconcile(&loaded, year, confidence, options)?;
    Ok(study::start_from(loaded, &reconciliation, without_suspects))
}

/// Draws, writes and summarises a run.
pub(super) fn publish(
    loaded: &Loaded,
    run: &StudyRun,
    folder: &Path,
    model: Option<&Path>,
    command: &str,
    asked: &Asked,
    language: Language,
) -> Result<(Summary, Published), Box<Diagnostic>> {
    let subject =
        summary::Subject { models: &loaded.models, definitions: &loaded.definitions, run, language };
    let mut summary = report::summary::summarise(&subject);
    if asked.pictures.extent != charts::Extent::None {
        summary.notes.extend(charts::left_out(&subject, &summary));
    }
    let charts = charts::all(&subject, &summary, &asked.pictures);
    let context = page::Context::new(&subject, &summary, loaded, &charts, command);
    let pages = page::all(&context);
    let from = model.map_or_else(|| EMBEDDED.to_owned(), |path| path.display().to_string());
    let (extent, png) = (asked.pictures.extent.word(), asked.bitmap.clone());
    let presentation =
        Presentation { language, charts: &charts, extent, png, pages: &pages, command, model: &from };
    let published = output::write(folder, &Disk, loaded, run, &presentation);
    published.map(|published| (summary, published)).map_err(|error| Box::new(error.diagnostic()))
}

fn is_result(name: &str) -> bool {
    !name.starts_with(output::INPUTS)
}

/// The model's structure or money has errors that only the run finds.
pub(super) fn refuse(findings: &Findings, terminal: &Terminal) -> Exit {
    terminal.say_findings(findings, Severity::Error);
    Exit::ModelHasErrors
}

pub(super) fn cannot_write(refused: &Diagnostic, terminal: &Terminal) -> Exit {
    terminal.say(&refused.line(terminal.language()));
    Exit::CannotReadOrWrite
}

/// How long it took, and the next sensible command.
fn farewell(seconds: f64, words: &Words, terminal: &Terminal) {
    let model = words.model.as_ref().map_or_else(String::new, |path| format!(" {}", typed(path)));
    let took = terminal.pick("用时", "took");
    let unit = terminal.pick("秒", "s");
    terminal.talk(&format!("{took} {seconds:.1} {unit}"));
    let next = match words.model {
        Some(_) => format!(
            "{} circflow indicators{model} --open ID",
            terminal
                .pick("下一步：展开一个指标，看它依据哪些行——", "Next: open an indicator down to its rows:")
        ),
        None => format!(
            "{} circflow new my-city",
            terminal.pick("下一步：以它为底稿建立自己的城市——", "Next: start your own city from this one:")
        ),
    };
    terminal.talk(&next);
}
