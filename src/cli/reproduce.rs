//! `reproduce`: the same run again, compared byte by byte.

use super::exit::Exit;
use super::pictures;
use super::run::{cannot_write, publish, refuse, start_from};
use super::terminal::{Terminal, finding_json};
use crate::diagnostic::Diagnostic;
use crate::input;
use crate::output::PublishError;
use crate::output::reproduce::Earlier;
use crate::study::{self, StudyOptions};
use clap::Args;
use serde_json::json;
use std::io;
use std::path::{Path, PathBuf};

/// Words of `reproduce`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 一次运行的 manifest.json 或其文件夹 / manifest.json of a run, or its folder
    pub(crate) manifest: PathBuf,
    /// 线程数，默认全部；不改变任何结果 / threads, by default all; changes no result
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

pub(crate) fn reproduce(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let earlier = match Earlier::open(&words.manifest) {
        Ok(earlier) => earlier,
        Err(error) => return Ok(cannot_write(&error, terminal)),
    };
    let words_language = earlier.manifest.spoken();
    terminal.follow(words_language);
    let changed = earlier.changed_inputs();
    if !changed.is_empty() {
        return report(&changed, 0, terminal);
    }
    let loaded = input::read_folder(&earlier.inputs());
    if loaded.findings.has_errors() {
        return Ok(refuse(&loaded.findings, terminal));
    }
    let options = StudyOptions { threads: words.threads.map(usize::from) };
    let loaded = match earlier.manifest.reconciled {
        None => loaded,
        Some(start) => match start_from(loaded, start.confidence, start.without_suspects, &options) {
            Ok(loaded) => loaded,
            Err(findings) => return Ok(refuse(&findings, terminal)),
        },
    };
    let run = match study::run(&loaded, &options) {
        Ok(run) => run,
        Err(findings) => return Ok(refuse(&findings, terminal)),
    };
    let asked = match pictures::again(&earlier.manifest) {
        Ok(asked) => asked,
        Err(refused) => return Ok(cannot_write(&refused, terminal)),
    };
    let scratch = match Scratch::make() {
        Ok(scratch) => scratch,
        Err(error) => return Ok(cannot_write(&error.diagnostic(), terminal)),
    };
    let folder = scratch.path.join("again");
    let (manifest, inputs) = (&earlier.manifest, earlier.inputs());
    // Charts are in the language of the run that is made again, whatever is spoken now.
    let published = study::in_pool(&options, || {
        publish(&loaded, &run, &folder, Some(&inputs), &manifest.command, &asked, words_language)
    });
    let (_, again) = match published {
        Ok(done) => done,
        Err(refused) => return Ok(cannot_write(&refused, terminal)),
    };
    report(&earlier.differences(&again), again.files.len() - 1, terminal)
}

fn report(findings: &[Diagnostic], compared: usize, terminal: &Terminal) -> io::Result<Exit> {
    let language = terminal.language();
    if terminal.is_json() {
        let findings: Vec<_> = findings.iter().map(|finding| finding_json(finding, language)).collect();
        terminal.print_json(
            &json!({ "same": findings.is_empty(), "compared": compared, "differences": findings }),
        )?;
    } else if findings.is_empty() {
        let (same, files) = (
            terminal.pick(
                "重现成功：除 manifest.json 外全部文件逐字节相同，共",
                "Reproduced: every file but manifest.json is the same to the byte, files:",
            ),
            compared,
        );
        terminal.print(&format!("{same} {files}"))?;
    } else {
        let lines: Vec<String> = findings.iter().map(|finding| finding.line(language)).collect();
        terminal.print(&lines.join("\n"))?;
    }
    Ok(if findings.is_empty() { Exit::Done } else { Exit::ModelHasErrors })
}

/// A folder that goes with its value.
struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// A new folder in the place for temporary files; where there is none, in the folder the command was given in.
    fn make() -> Result<Self, PublishError> {
        let places = [std::env::temp_dir(), PathBuf::from(".")];
        Self::make_in(&places[0]).or_else(|_| Self::make_in(&places[1]))
    }

    fn make_in(base: &Path) -> Result<Self, PublishError> {
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        for attempt in 0..1000_u32 {
            let path = base.join(format!(".circflow-{}-{attempt}", std::process::id()));
            match std::fs::create_dir(&path) {
                Ok(()) => return Ok(Self { path }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(source) => return Err(PublishError::Disk { path, source }),
            }
        }
        Err(PublishError::Disk { path: base.to_owned(), source: last })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder left behind in the place for temporary files does no harm.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
