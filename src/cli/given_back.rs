//! A faulty workbook given back beside the one it was, with the faulty cells marked.

use super::terminal::Terminal;
use crate::diagnostic::Findings;
use crate::input::{InputFile, workbook};
use crate::output::{Disk, file};
use crate::report::workbook::marked;
use std::path::{Path, PathBuf};

/// What stands behind the name of a marked copy.
const ENDING: [&str; 2] = ["-问题标记", "-marked"];

/// Writes the marked copy of a workbook with errors and says where it is; nothing where the model is a folder.
pub(crate) fn give_back(
    model: Option<&Path>,
    inputs: &[InputFile],
    findings: &Findings,
    terminal: &Terminal,
) {
    let ([book], Some(path)) = (inputs, model) else { return };
    let is_book = book.name.rsplit_once('.').is_some_and(|(_, ending)| workbook::is_read(ending));
    if !is_book || !findings.has_errors() {
        return;
    }
    let target = beside(path, &book.name, terminal.pick(ENDING[0], ENDING[1]));
    let Ok(marked) = marked::marked(book, findings, terminal.language()) else { return };
    if let Err(error) = file::put(&target, &marked.bytes, &Disk) {
        terminal.say_findings(&Findings(vec![error.diagnostic()]), crate::diagnostic::Severity::Error);
        return;
    }
    let said = if marked.is_copy {
        terminal.pick(
            "标好错误的副本（原文件没有改动）：",
            "A copy with the faults marked (your file is as it was):",
        )
    } else {
        terminal.pick(
            "原文件的写法特殊，没有在上面标记；问题和有问题的行在：",
            "Your file is written in an unusual way and was not marked; the faults and the faulty rows are in:",
        )
    };
    terminal.talk(&format!("{said} {}", target.display()));
}

/// The place of the copy: beside the workbook, also when a folder was given that holds nothing else.
fn beside(model: &Path, name: &str, ending: &str) -> PathBuf {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let name = format!("{stem}{ending}.xlsx");
    if model.is_dir() { model.join(name) } else { model.with_file_name(name) }
}
