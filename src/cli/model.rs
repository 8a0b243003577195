//! Reads the model that a command names.

use super::exit::Exit;
use super::given_back::give_back;
use super::terminal::Terminal;
use crate::diagnostic::{Findings, Severity};
use crate::input::{self, Loaded};
use std::path::Path;

/// What the manifest calls the built-in city.
pub(crate) const EMBEDDED: &str = "embedded";

/// Codes of workbooks that cannot be read at all.
const UNREADABLE: [&str; 4] = ["E021", "E022", "E023", "E024"];

/// Reads a model (a folder or a workbook), or the built-in reference city, and takes over its language.
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
    give_back(path, &loaded.inputs, &loaded.findings, terminal);
    Err(exit_of(path, &loaded.findings))
}

/// How to end on errors: what cannot be read at all is another matter than faults in its tables.
pub(crate) fn exit_of(path: Option<&Path>, findings: &Findings) -> Exit {
    let readable = path.is_none_or(|path| path.is_file() || std::fs::read_dir(path).is_ok());
    let refused = findings.0.iter().any(|finding| UNREADABLE.contains(&finding.code.0));
    if readable && !refused { Exit::ModelHasErrors } else { Exit::CannotReadOrWrite }
}
