//! Reads the model that a command names.

use super::exit::Exit;
use super::terminal::Terminal;
use crate::diagnostic::Severity;
use crate::input::{self, Loaded};
use std::path::Path;

/// What the manifest calls the built-in city.
pub(crate) const EMBEDDED: &str = "embedded";

/// Reads a model folder, or the built-in reference city, and takes over its language.
pub(crate) fn load(path: Option<&Path>, terminal: &mut Terminal) -> Loaded {
    let loaded = match path {
        Some(path) => input::read_folder(path),
        None => input::reference_city(),
    };
    terminal.follow(loaded.language);
    loaded
}

/// The model if it has no errors; else its errors are said, and how to end.
pub(crate) fn load_sound(path: Option<&Path>, terminal: &mut Terminal) -> Result<Loaded, Exit> {
    let loaded = load(path, terminal);
    if !loaded.findings.has_errors() {
        return Ok(loaded);
    }
    terminal.say_findings(&loaded.findings, Severity::Error);
    let hint = terminal.pick(
        "模型有错误，没有运行。`circflow explain 代码` 说明原因和改法；`circflow check` 列出全部。",
        "The model has errors and was not run. `circflow explain CODE` says why and what to do; `circflow check` lists all.",
    );
    terminal.talk(hint);
    Err(exit_of(path))
}

/// How to end on errors: a folder that cannot be read at all is another matter than faults in its tables.
pub(crate) fn exit_of(path: Option<&Path>) -> Exit {
    let readable = path.is_none_or(|path| std::fs::read_dir(path).is_ok());
    if readable { Exit::ModelHasErrors } else { Exit::CannotReadOrWrite }
}
