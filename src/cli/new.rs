//! `new`: a model folder that can be run at once.

use super::exit::Exit;
use super::run::cannot_write;
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic};
use crate::input;
use crate::output::PublishError;
use clap::Args;
use include_dir::{Dir, include_dir};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

static MINIMAL: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/scenarios/minimal");

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
    let occupied = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        let refused = Diagnostic::new(Code("E062")).with("path", folder.display().to_string());
        return Ok(cannot_write(&refused, terminal));
    }
    let files: Vec<(String, Vec<u8>)> = if words.minimal {
        let files = MINIMAL.files().map(|file| (file.path().display().to_string(), file.contents().to_vec()));
        files.collect()
    } else {
        input::reference_city().inputs.into_iter().map(|file| (file.name, file.bytes)).collect()
    };
    if let Err((path, source)) = write_all(folder, &files) {
        let error = PublishError::Disk { path, source };
        return Ok(cannot_write(&error.diagnostic(), terminal));
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    if terminal.is_json() {
        terminal.print_json(&serde_json::json!({ "folder": folder.display().to_string(), "files": names }))?;
    } else {
        let word = terminal.pick("已写出", "Written:");
        let line = format!("{word} {} ({})", folder.display(), names.join(", "));
        terminal.print(&crate::report::grid::wrapped(&line, "  "))?;
    }
    let next = terminal.pick("下一步：改表，然后", "Next: change the tables, then");
    terminal.talk(&format!("{next} circflow check {0} && circflow run {0}", folder.display()));
    Ok(Exit::Done)
}

fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), (PathBuf, io::Error)> {
    fs::create_dir_all(folder).map_err(|error| (folder.to_owned(), error))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| (parent.to_owned(), error))?;
        }
        fs::write(&path, bytes).map_err(|error| (path, error))?;
    }
    Ok(())
}
