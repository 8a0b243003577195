//! `workbook`: templates, and models between folders and workbooks.

use super::collect;
use super::exit::Exit;
use super::first_words::typed;
use super::model;
use super::run::cannot_write;
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic};
use crate::input::{self, ModelText};
use crate::output::model_files::model_files;
use crate::output::{Disk, PublishError, file};
use crate::report::workbook::tables::{self, Wording};
use crate::report::workbook::{Book, xlsx};
use clap::{Args, Subcommand};
use std::io;
use std::path::{Path, PathBuf};

/// Words of `workbook`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Clone, Debug, Subcommand)]
enum Verb {
    /// 空白的填报模板，带下拉列表和说明 / an empty template with lists and notes
    Template {
        /// 要写的工作簿 / the workbook to write
        book: PathBuf,
    },
    /// 把模型写成一个工作簿 / write a model as one workbook
    Export {
        /// 模型文件夹；省略则为示意城市 / the model folder; without it the reference city
        #[arg(long, short)]
        model: Option<PathBuf>,
        /// 要写的工作簿 / the workbook to write
        book: PathBuf,
    },
    /// 按县区或企业分成各自填报的工作簿 / a workbook for each county unit or enterprise, with only its rows
    Split {
        /// 要写的新文件夹 / the new folder
        folder: PathBuf,
        /// 模型；省略则为示意城市 / the model; without it the reference city
        #[arg(long, short)]
        model: Option<PathBuf>,
        /// 按什么分 / by what
        #[arg(long, value_enum, default_value = "place")]
        by: collect::Whom,
    },
    /// 合并各单位的反馈，列出冲突、缺报和迟报 / join the returns; conflicts, missing and late ones are listed
    Merge {
        /// 放反馈的文件夹 / the folder of the returns
        returns: PathBuf,
        /// 合并后的模型写到这个新文件夹 / the new folder of the merged model
        folder: PathBuf,
        /// 分发时的模型；省略则为示意城市 / the model that was split; without it the reference city
        #[arg(long, short)]
        model: Option<PathBuf>,
        /// 当时按什么分 / by what it was split
        #[arg(long, value_enum, default_value = "place")]
        by: collect::Whom,
        /// 最后一天，如 2026-11-30；之后保存的算迟报 / last day, such as 2026-11-30; what was saved later is late
        #[arg(long, value_name = "DAY")]
        due: Option<String>,
    },
    /// 把工作簿写成一个文件夹的 CSV 表 / write a workbook as a folder of CSV tables
    Import {
        /// 工作簿 / the workbook
        book: PathBuf,
        /// 要写的新文件夹 / the new folder
        folder: PathBuf,
    },
}

pub(crate) fn workbook(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    match &words.verb {
        Verb::Template { book } => {
            let made = tables::book(&ModelText::default(), Wording::Translated, terminal.language());
            put(book, &made, terminal)
        }
        Verb::Export { model, book } => {
            let loaded = model::load(model.as_deref(), terminal);
            if loaded.inputs.is_empty() {
                terminal.say_findings(&loaded.findings, crate::diagnostic::Severity::Error);
                return Ok(Exit::CannotReadOrWrite);
            }
            let made = tables::book(&input::texts(&loaded.inputs), Wording::AsWritten, terminal.language());
            put(book, &made, terminal)
        }
        Verb::Import { book, folder } => import(book, folder, terminal),
        Verb::Split { folder, model, by } => collect::split(model.as_deref(), folder, *by, terminal),
        Verb::Merge { returns, folder, model, by, due } => {
            let asked = collect::Asked { model: model.as_deref(), by: *by, due: due.as_deref() };
            collect::merge(returns, folder, &asked, terminal)
        }
    }
}

/// Writes a workbook and says so.
fn put(path: &Path, book: &Book, terminal: &mut Terminal) -> io::Result<Exit> {
    let bytes = match xlsx::bytes(book) {
        Ok(bytes) => bytes,
        Err(error) => return Err(io::Error::other(error)),
    };
    if let Err(error) = file::put(path, &bytes, &Disk) {
        return Ok(cannot_write(&error.diagnostic(), terminal));
    }
    let sheets: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    terminal.print_written(["file", "sheets"], path, &sheets)?;
    let next = terminal.pick("下一步：填好保存，然后", "Next: fill it in, save it, then");
    terminal.talk(&format!("{next} circflow check {0} && circflow run {0}", typed(path)));
    Ok(Exit::Done)
}

/// Writes files into a folder that is new or empty.
pub(super) fn new_folder(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Box<Diagnostic>> {
    file::put_folder(folder, files, &Disk).map_err(|error| match error {
        PublishError::Disk { path, source } if source.kind() == io::ErrorKind::AlreadyExists => {
            Box::new(Diagnostic::new(Code("E062")).with("path", path.display().to_string()))
        }
        error => Box::new(error.diagnostic()),
    })
}

/// A new folder with the records of what went into it beside it: the records first, so that no model stands without.
pub(super) fn with_records(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    records: &[(&Path, &[u8])],
) -> Result<(), Box<Diagnostic>> {
    let stands = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if stands || folder.is_file() {
        return Err(Box::new(Diagnostic::new(Code("E062")).with("path", folder.display().to_string())));
    }
    for (path, bytes) in records {
        file::put(path, bytes, &Disk).map_err(|error| Box::new(error.diagnostic()))?;
    }
    new_folder(folder, files)
}

fn import(book: &Path, folder: &Path, terminal: &mut Terminal) -> io::Result<Exit> {
    let loaded = model::load(Some(book), terminal);
    let texts = input::texts(&loaded.inputs);
    if texts.tables.is_empty() && texts.settings.is_empty() {
        terminal.say_findings(&loaded.findings, crate::diagnostic::Severity::Error);
        return Ok(model::exit_of(Some(book), &loaded.findings));
    }
    let files = model_files(&texts);
    if let Err(refused) = new_folder(folder, &files) {
        return Ok(cannot_write(&refused, terminal));
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    terminal.print_written(["folder", "files"], folder, &names)?;
    terminal.say_findings(&loaded.findings, crate::diagnostic::Severity::Warning);
    Ok(Exit::Done)
}
