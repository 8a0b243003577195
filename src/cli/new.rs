//! `new`: a model folder that can be run at once.

use super::exit::Exit;
use super::first_words::typed;
use super::run::cannot_write;
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic};
use crate::input::catalogue;
use crate::output::PublishError;
use clap::Args;
use std::io;
use std::path::PathBuf;

/// Words of `new`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 新文件夹 / the new folder
    pub(crate) folder: PathBuf,
    /// 只要一个园区的最小模型，而不是示意城市 / a minimal model of one park, not the reference city
    #[arg(long)]
    pub(crate) minimal: bool,
}

pub(crate) fn new(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let folder = &words.folder;
    let model = if words.minimal { "minimal" } else { "coal-city" };
    let names = match catalogue::copy(model, folder) {
        Ok(names) => names,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let refused = Diagnostic::new(Code("E062")).with("path", folder.display().to_string());
            return Ok(cannot_write(&refused, terminal));
        }
        Err(source) => {
            let error = PublishError::Disk { path: folder.clone(), source };
            return Ok(cannot_write(&error.diagnostic(), terminal));
        }
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    terminal.print_written(["folder", "files"], folder, &names)?;
    let next = terminal.pick("下一步：改表，然后", "Next: change the tables, then");
    terminal.talk(&format!("{next} circflow check {0} && circflow run {0}", typed(folder)));
    Ok(Exit::Done)
}
