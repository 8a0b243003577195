//! `submit`: one year of one scenario as the superior asks for it.

use super::exit::Exit;
use super::indicators::scenario_asked;
use super::model::load_sound;
use super::run::{cannot_write, refuse};
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, Findings, Language, Severity, Spot};
use crate::indicators::suspicion::{Examined, suspicions};
use crate::input::read::encoding::decode;
use crate::input::{InputFile, Loaded, refusals, workbook};
use crate::output::{Disk, file, folder_of, submissions};
use crate::report::charts::{self, fonts::Fonts, render};
use crate::report::submission::form::fillings;
use crate::report::submission::{self, Filing, Revision};
use crate::report::summary::{Subject, stamp};
use crate::report::workbook::PackageError;
use crate::report::workbook::book::Picture;
use crate::report::workbook::filled::{NotFilled, filled};
use crate::report::workbook::stamped::stamped;
use crate::report::workbook::xlsx;
use crate::study::{self, StudyOptions};
use clap::Args;
use std::io;
use std::path::{Path, PathBuf};

/// Width of pictures in the workbook, in pixels.
const WIDTH: u32 = 1600;
/// Relative change against the year before that is taken without a question.
const BAND: f64 = 0.5;

/// Words of `submit`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 模型：文件夹或工作簿，默认内置的示意城市 / model: a folder or a workbook, by default the built-in reference city
    pub(crate) model: Option<PathBuf>,
    /// 年份 / year
    #[arg(long)]
    pub(crate) year: i32,
    /// 情景，默认基准情景 / scenario, by default the base
    #[arg(long)]
    pub(crate) scenario: Option<String>,
    /// 报送写到 <OUT>/<模型 id>/<年份>-<序号>/ / submissions go to <OUT>/<model id>/<year>-<number>/
    #[arg(long, default_value = "submissions", value_name = "OUT")]
    pub(crate) out: PathBuf,
    /// 与上年相比变化多大才提出，如 0.5 / change against the year before from which one is told, such as 0.5
    #[arg(long, default_value_t = BAND, value_name = "SHARE")]
    pub(crate) band: f64,
    /// 上级的表格，照 --map 填好另存 / the superior's form, filled by --map into a copy
    #[arg(long, value_name = "FORM.xlsx", requires = "map")]
    pub(crate) form: Option<PathBuf>,
    /// 表格的格子与数的对照（TOML） / which figure goes into which cell of the form (TOML)
    #[arg(long, value_name = "MAP.toml", requires = "form")]
    pub(crate) map: Option<PathBuf>,
    /// 有错误或警告就不写出，退出码为 1 / with errors or warnings write nothing, exit code 1
    #[arg(long)]
    pub(crate) strict: bool,
}

pub(crate) fn submit(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let loaded = match load_sound(words.model.as_deref(), terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let settings = &loaded.base.settings;
    if !settings.years().any(|year| year == words.year) {
        let finding = Diagnostic::new(Code("E804")).with("year", words.year.to_string());
        let finding = finding.with("first", settings.base_year.to_string());
        terminal.say(&finding.with("last", settings.horizon.to_string()).line(terminal.language()));
        return Ok(Exit::WrongCommandLine);
    }
    let folder = match folder_of(&words.out, &settings.id, words.model.as_deref()) {
        Ok(folder) => folder,
        Err(refused) => return Ok(cannot_write(&refused, terminal)),
    };
    let run = match study::run_scenarios(&loaded, &StudyOptions::default()) {
        Ok(run) => run,
        Err(findings) => return Ok(refuse(&findings, terminal)),
    };
    let language = terminal.language();
    let subject = Subject { models: &loaded.models, definitions: &loaded.definitions, run: &run, language };
    let scenario = match scenario_asked(words.scenario.as_deref(), &loaded.models, run.base, terminal) {
        Ok(scenario) => scenario,
        Err(exit) => return Ok(exit),
    };
    let inputs = digests(&loaded);
    let earlier = submissions::earlier(&folder, &Disk);
    let revisions = submission::revisions(&subject, &earlier, &inputs);
    let found = findings(&subject, scenario, words, &revisions);
    let found = submission::damages(&earlier).into_iter().chain(found).collect();
    let findings = loaded.written.named(Findings(found)).0;
    let pictures = pictures(&loaded.until(words.year), scenario, language);
    let filing = Filing {
        subject: &subject,
        scenario,
        year: words.year,
        findings: &findings,
        revisions: &revisions,
        pictures: &pictures,
        inputs: &inputs,
        earlier: &earlier,
    };
    let form = match form_of(words, &filing) {
        Ok(form) => form,
        Err(refused) => return Ok(cannot_write(&refused, terminal)),
    };
    let book = xlsx::bytes(&submission::book(&filing)).map_err(io::Error::other)?;
    let data = submission::json(&filing);
    let mut text = serde_json::to_vec_pretty(&data)?;
    text.push(b'\n');
    let name = submissions::next_name(&folder, words.year, &Disk);
    let mut files = vec![
        (terminal.pick("报送.xlsx", "submission.xlsx").to_owned(), book),
        (submissions::DATA.to_owned(), text),
    ];
    let left = form.map_or_else(Vec::new, |form| {
        files.push((form.name, form.bytes));
        form.left
    });
    let refused = findings.iter().chain(&left).any(|finding| finding.severity() != Severity::Note);
    if words.strict && refused {
        for finding in findings.iter().chain(&left) {
            terminal.say(&finding.line(language));
        }
        let word = terminal.pick(
            "有错误或警告（--strict）：没有写出。",
            "There are errors or warnings (--strict): nothing was written.",
        );
        terminal.talk(word);
        return Ok(Exit::ModelHasErrors);
    }
    let written = folder.join(&name);
    if let Err(error) = file::put_folder(&written, &files, &Disk) {
        return Ok(cannot_write(&error.diagnostic(), terminal));
    }
    if terminal.is_json() {
        terminal.print_json(&data)?;
    } else {
        let word = terminal.pick("已写出", "Written:");
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        terminal.print(&format!("{word} {} ({})", written.display(), names.join(", ")))?;
    }
    for finding in findings.iter().chain(&left) {
        terminal.say(&finding.line(language));
    }
    let next = terminal.pick(
        "报送的文件夹不再改动；再次报送会写到下一个序号，并列出变了的数。",
        "The folder is not written again; the next submission gets the next number and lists what changed.",
    );
    terminal.talk(next);
    Ok(Exit::Done)
}

/// A form that was filled in, and cells that were not.
struct Form {
    name: String,
    bytes: Vec<u8>,
    left: Vec<Diagnostic>,
}

/// Fills the superior's form, where one is given.
fn form_of(words: &Words, filing: &Filing<'_>) -> Result<Option<Form>, Box<Diagnostic>> {
    let (Some(form), Some(map)) = (&words.form, &words.map) else { return Ok(None) };
    let unread = |path: &Path, error: &io::Error| {
        let finding = Diagnostic::new(Code("E008")).with("found", path.display().to_string());
        Box::new(refusals::told(finding, ["error_zh", "error_en"], error))
    };
    let faulty = |path: &Path, fault: String| {
        let finding = Diagnostic::new(Code("E803")).with("file", path.display().to_string());
        Box::new(finding.with("fault", fault))
    };
    let text = std::fs::read(map).map_err(|error| unread(map, &error))?;
    let text = decode(&text).map_err(|_| faulty(map, "UTF-8 / GB18030?".to_owned()))?;
    let table: toml::Table =
        text.parse().map_err(|error: toml::de::Error| faulty(map, error.message().to_owned()))?;
    let pairs: Result<Vec<(String, String)>, _> = table
        .iter()
        .map(|(cell, wanted)| match wanted.as_str() {
            Some(wanted) => Ok((cell.clone(), wanted.to_owned())),
            None => Err(faulty(map, format!("{cell} = {wanted}"))),
        })
        .collect();
    let bytes = std::fs::read(form).map_err(|error| unread(form, &error))?;
    let (mut cells, mut left) = (Vec::new(), Vec::new());
    let mut lacks = |cell: &str, zh: &str, en: &str| {
        left.push(Diagnostic::new(Code("W807")).with("cell", cell).with("why_zh", zh).with("why_en", en));
    };
    for (cell, filling) in fillings(filing, &pairs?) {
        match filling {
            Ok(filling) => cells.push((cell, filling)),
            Err([zh, en]) => lacks(&cell, &zh, &en),
        }
    }
    let book = InputFile::new(form.display().to_string(), bytes);
    if let Some(refusal) = workbook::refusal(&book) {
        return Err(Box::new(refusal));
    }
    let damaged = |error: PackageError| {
        let finding = Diagnostic::new(Code("E023")).with("error", error.to_string());
        Box::new(finding.at(Spot { file: book.name.clone(), ..Spot::default() }))
    };
    let filled = filled(&book.bytes, &cells).map_err(damaged)?;
    for (cell, why) in filled.left {
        match why {
            NotFilled::Nowhere => {
                lacks(&cell, "表格里没有这个格子或名称", "the form has no such cell or name")
            }
            NotFilled::Formula => lacks(&cell, "格子里是公式", "the cell holds a formula"),
            NotFilled::Merged => {
                lacks(
                    &cell,
                    "在合并的格子里，请写左上角的格子",
                    "it lies in a merged area: name its first cell",
                );
            }
            NotFilled::Twice => lacks(&cell, "对照里写了两次", "the map names it twice"),
            NotFilled::Ambiguous => lacks(
                &cell,
                "有几张表各有一个这样的名称，请写表名和格子",
                "several sheets have a name of their own like that: give sheet and cell",
            ),
            NotFilled::Outside => {
                lacks(&cell, "超出了工作表的范围", "it lies beyond the edge of a sheet");
            }
        }
    }
    let name =
        form.file_name().map_or_else(|| "form.xlsx".to_owned(), |name| name.to_string_lossy().into_owned());
    // Whatever the form is called, it does not take the place of the submission's own workbook.
    let illustrative = filing.subject.model(filing.scenario).settings.illustrative;
    let name = match illustrative {
        true => format!("form-{}-{name}", filing.subject.language.pick("示意", "illustrative")),
        false => format!("form-{name}"),
    };
    let mut bytes = filled.bytes;
    if illustrative {
        left.push(Diagnostic::new(Code("W809")).with("file", &name));
        bytes = stamped(&bytes, stamp(filing.subject.language)).map_err(damaged)?;
    }
    Ok(Some(Form { name, bytes, left }))
}

/// What is suspicious about the figures, the worst first.
fn findings(
    subject: &Subject<'_>,
    scenario: usize,
    words: &Words,
    revisions: &[Revision],
) -> Vec<Diagnostic> {
    let run = &subject.run.scenarios[scenario];
    let examined = Examined {
        definitions: subject.definitions,
        model: subject.model(scenario),
        values: &run.indicators,
        years: &run.trajectory.years,
        network: &subject.run.plan.network,
        year: words.year,
        band: words.band,
    };
    let mut findings = suspicions(&examined).0;
    // What `check` and the run warn of concerns what is submitted too.
    let warned = subject.run.findings.0.iter().filter(|finding| finding.severity() != Severity::Note);
    findings.extend(warned.cloned());
    if !revisions.is_empty() {
        findings.push(Diagnostic::new(Code("N801")).with("count", revisions.len().to_string()));
    }
    findings
}

/// The usual pictures of the scenario, to the last year of the model, as PNG; none where the machine has no font.
fn pictures(until: &Loaded, scenario: usize, language: Language) -> Vec<Picture> {
    let (Some(fonts), Ok(run)) = (Fonts::installed(), study::run_scenarios(until, &StudyOptions::default()))
    else {
        return Vec::new();
    };
    let subject = Subject { models: &until.models, definitions: &until.definitions, run: &run, language };
    let charts = charts::of_scenario(&subject, scenario);
    charts
        .into_iter()
        .map(|chart| Picture { png: render::png(&chart.drawing, &fonts, WIDTH), title: chart.title })
        .collect()
}

/// Names and digests of the model's files.
fn digests(loaded: &Loaded) -> Vec<(String, String)> {
    loaded.inputs.iter().map(|file| (file.name.clone(), file.sha256.clone())).collect()
}
