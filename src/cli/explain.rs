//! `explain`: what a code means and what to do about it.

use super::exit::Exit;
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic, Severity, texts};
use clap::Args;
use serde_json::json;
use std::io;

/// Words of `explain`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 代码，如 E101；不给则列出全部 / a code such as E101; all are listed without one
    pub(crate) code: Option<String>,
}

pub(crate) fn explain(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let Some(code) = &words.code else { return list(terminal) };
    let Some(text) = texts::find(code) else {
        let hint = match nearest(code) {
            Some(near) => format!("{} {near}", terminal.pick("最接近的是", "The nearest is")),
            None => {
                terminal.pick("circflow explain 列出全部代码", "circflow explain lists all codes").to_owned()
            }
        };
        let finding = Diagnostic::new(Code("E060")).with("code", code.clone()).with("hint", hint);
        terminal.say(&finding.line(terminal.language()));
        return Ok(Exit::WrongCommandLine);
    };
    let line = texts::without_values(terminal.pick(text.zh, text.en));
    let more = terminal.pick(text.explain_zh, text.explain_en);
    if terminal.is_json() {
        let severity = severity_word(text.severity);
        terminal.print_json(
            &json!({ "code": text.code, "severity": severity, "text": line, "explanation": more }),
        )?;
    } else {
        let severity = match text.severity {
            Severity::Error => terminal.pick("错误", "error"),
            Severity::Warning => terminal.pick("警告", "warning"),
            Severity::Note => terminal.pick("说明", "note"),
        };
        let more = crate::report::grid::wrapped(more, "");
        terminal.print(&format!("{} ({severity})\n{line}\n\n{more}", text.code))?;
    }
    Ok(Exit::Done)
}

fn list(terminal: &Terminal) -> io::Result<Exit> {
    let mut all: Vec<_> = texts::all().collect();
    all.sort_by_key(|text| text.code);
    if terminal.is_json() {
        let rows: Vec<_> = all
            .iter()
            .map(|text| {
                let line = texts::without_values(terminal.pick(text.zh, text.en));
                json!({ "code": text.code, "severity": severity_word(text.severity), "text": line })
            })
            .collect();
        terminal.print_json(&rows)?;
    } else {
        let line = |text: &texts::Text| texts::without_values(terminal.pick(text.zh, text.en));
        let lines = all.iter().map(|text| format!("{}  {}", text.code, line(text)));
        terminal.print(&lines.collect::<Vec<_>>().join("\n"))?;
    }
    Ok(Exit::Done)
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn nearest(code: &str) -> Option<&'static str> {
    let code = code.trim().to_uppercase();
    texts::all()
        .map(|text| (strsim::damerau_levenshtein(text.code, &code), text.code))
        .min()
        .filter(|(distance, _)| *distance <= 1)
        .map(|(_, code)| code)
}
