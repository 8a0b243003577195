//! A faulty workbook given back beside the one it was, with the faulty cells marked.

use super::terminal::Terminal;
use crate::diagnostic::Findings;
use crate::input::InputFile;
use crate::input::workbook::{self, MARKED};
use crate::output::{Disk, file};
use crate::report::workbook::marked::{self, Marked};
use std::path::{Path, PathBuf};

/// Writes the marked copy of a workbook with errors and says where it is; nothing where the model is a folder.
pub(crate) fn give_back(
    model: Option<&Path>,
    inputs: &[InputFile],
    findings: &Findings,
    terminal: &Terminal,
) {
    let ([book], Some(path)) = (inputs, model) else { return };
    let is_book = book.name.rsplit_once('.').is_some_and(|(_, ending)| workbook::is_read(ending));
    // What was refused unread is not unpacked to be marked.
    if !is_book || !findings.has_errors() || workbook::refusal(book).is_some() {
        return;
    }
    let Ok(marked) = marked::marked(book, findings, terminal.language()) else { return };
    let target = beside(path, &book.name, terminal.pick(MARKED[0], MARKED[1]), &marked);
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

/// The place of the copy: beside the workbook, also when a folder was given that holds nothing else. A copy keeps the
/// ending of the file, by which Excel knows whether it may hold macros. An earlier copy that is newer than the workbook
/// and not the same as this one was worked in: it is left as it is, and this one gets a number.
fn beside(model: &Path, name: &str, mark: &str, marked: &Marked) -> PathBuf {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "xlsx"));
    let ending = if marked.is_copy { ending } else { "xlsx" };
    let source = if model.is_dir() { model.join(name) } else { model.to_owned() };
    let changed = |path: &Path| std::fs::metadata(path).and_then(|about| about.modified()).ok();
    let free = |target: &PathBuf| match (changed(target), changed(&source)) {
        (None, _) => true,
        (Some(copy), Some(source)) if copy <= source => true,
        (Some(_), _) => std::fs::read(target).is_ok_and(|bytes| bytes == marked.bytes),
    };
    let named = |number: u32| {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        source.with_file_name(format!("{stem}{mark}{number}.{ending}"))
    };
    (1..1000).map(named).find(free).unwrap_or_else(|| named(1000))
}
