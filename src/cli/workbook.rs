//! `workbook`: templates, and models between folders and workbooks.

use super::exit::Exit;
use super::first_words::typed;
use super::model;
use super::run::cannot_write;
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic};
use crate::input::{self, ModelText};
use crate::output::model_files::model_files;
use crate::output::{Disk, PublishError, Sink as _, file};
use crate::report::workbook::{Book, tables, xlsx};
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
            let made = tables::book(&ModelText::default(), terminal.language());
            put(book, &made, terminal)
        }
        Verb::Export { model, book } => {
            let loaded = model::load(model.as_deref(), terminal);
            if loaded.inputs.is_empty() {
                terminal.say_findings(&loaded.findings, crate::diagnostic::Severity::Error);
                return Ok(Exit::CannotReadOrWrite);
            }
            let made = tables::book(&input::texts(&loaded.inputs), terminal.language());
            put(book, &made, terminal)
        }
        Verb::Import { book, folder } => import(book, folder, terminal),
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
    if terminal.is_json() {
        terminal.print_json(&serde_json::json!({ "file": path.display().to_string(), "sheets": sheets }))?;
    } else {
        let word = terminal.pick("已写出", "Written:");
        let line = format!("{word} {} ({})", path.display(), sheets.join(", "));
        terminal.print(&crate::report::grid::wrapped(&line, "  "))?;
    }
    let next = terminal.pick("下一步：填好保存，然后", "Next: fill it in, save it, then");
    terminal.talk(&format!("{next} circflow check {0} && circflow run {0}", typed(path)));
    Ok(Exit::Done)
}

fn import(book: &Path, folder: &Path, terminal: &mut Terminal) -> io::Result<Exit> {
    let loaded = model::load(Some(book), terminal);
    let texts = input::texts(&loaded.inputs);
    if texts.tables.is_empty() && texts.settings.is_empty() {
        terminal.say_findings(&loaded.findings, crate::diagnostic::Severity::Error);
        return Ok(model::exit_of(Some(book), &loaded.findings));
    }
    if std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let refused = Diagnostic::new(Code("E062")).with("path", folder.display().to_string());
        return Ok(cannot_write(&refused, terminal));
    }
    if let Err(source) = Disk.make_folder(folder) {
        let error = PublishError::Disk { path: folder.to_owned(), source };
        return Ok(cannot_write(&error.diagnostic(), terminal));
    }
    let files = model_files(&texts);
    for (name, text) in &files {
        if let Err(error) = file::put(&folder.join(name), text.as_bytes(), &Disk) {
            return Ok(cannot_write(&error.diagnostic(), terminal));
        }
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    if terminal.is_json() {
        terminal
            .print_json(&serde_json::json!({ "folder": folder.display().to_string(), "files": names }))?;
    } else {
        let word = terminal.pick("已写出", "Written:");
        let line = format!("{word} {} ({})", folder.display(), names.join(", "));
        terminal.print(&crate::report::grid::wrapped(&line, "  "))?;
    }
    terminal.say_findings(&loaded.findings, crate::diagnostic::Severity::Warning);
    Ok(Exit::Done)
}
