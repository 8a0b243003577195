//! `check`: every fault at once, then what a sound model takes for granted: defaults, loops, consequences.

use super::exit::Exit;
use super::first_words::typed;
use super::given_back::give_back;
use super::model::{exit_of, load};
use super::terminal::{Terminal, finding_json};
use crate::diagnostic::{Findings, Language, Severity};
use crate::input::Loaded;
use crate::model::Model;
use crate::plan::{self, Plan};
use crate::report::grid::wrapped;
use crate::report::named;
use crate::study::{self, StudyOptions};
use clap::Args;
use serde_json::json;
use std::io;
use std::path::{Path, PathBuf};

/// Words of `check`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 模型：文件夹或工作簿，默认内置的示意城市 / model: a folder or a workbook, by default the built-in reference city
    pub(crate) model: Option<PathBuf>,
    /// 运行全部情景，再说明数据填得怎样：闲置的工序、没有上限的消纳、断链的物质、没有来源的行等
    /// / run all scenarios and say how well the model is filled: idle processes, takers without a cap, broken chains,
    /// rows without source and the like
    #[arg(long)]
    pub(crate) quality: bool,
}

pub(crate) fn check(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let loaded = load(words.model.as_deref(), terminal);
    let mut findings = loaded.findings.clone();
    let plan = if findings.has_errors() { None } else { compiled(&loaded, &mut findings) };
    let mut exit =
        if findings.has_errors() { exit_of(words.model.as_deref(), &findings) } else { Exit::Done };
    if words.quality && !findings.has_errors() {
        exit = ran(&loaded, &mut findings);
    }
    if terminal.is_json() {
        print_json(&loaded, plan.as_ref(), &findings, terminal)?;
    } else {
        print_text(words.model.as_deref(), &loaded, plan.as_ref(), &findings, terminal)?;
    }
    give_back(words.model.as_deref(), &loaded.inputs, &findings, terminal);
    Ok(exit)
}

/// Runs all scenarios and adds the notes on quality; a year without an answer is told, and how to end on it.
fn ran(loaded: &Loaded, findings: &mut Findings) -> Exit {
    let run = match study::run_scenarios(loaded, &StudyOptions::default()) {
        Ok(run) => run,
        Err(more) => {
            *findings = more;
            return Exit::ModelHasErrors;
        }
    };
    if !study::is_solved(loaded, &run) {
        let errors = run.findings.0.iter().filter(|finding| finding.severity() == Severity::Error);
        findings.0.extend(errors.cloned());
        return Exit::NoAnswer;
    }
    findings.extend(study::quality(loaded, &run));
    Exit::Done
}

fn compiled(loaded: &Loaded, findings: &mut Findings) -> Option<Plan> {
    match plan::compile(&loaded.base) {
        Ok(plan) => {
            findings.extend(loaded.written.named(plan.findings.clone()));
            for model in &loaded.models {
                findings.extend(loaded.written.named(plan.misfits(model)));
            }
            findings.extend(loaded.written.named(study::consequences(&loaded.base, &plan.network)));
            Some(plan)
        }
        Err(more) => {
            findings.extend(loaded.written.named(more));
            None
        }
    }
}

fn print_text(
    model: Option<&Path>,
    loaded: &Loaded,
    plan: Option<&Plan>,
    findings: &Findings,
    terminal: &Terminal,
) -> io::Result<()> {
    let language = terminal.language();
    let mut blocks = Vec::new();
    let mut sorted: Vec<_> = findings.0.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity()));
    let lines: Vec<String> = sorted.iter().map(|finding| wrapped(&finding.line(language), "    ")).collect();
    if !lines.is_empty() {
        blocks.push(lines.join("\n"));
    }
    blocks.extend(defaults(loaded, language));
    if let Some(plan) = plan {
        blocks.push(loops(plan, &loaded.base, language));
    }
    let [errors, warnings, notes] = study::count(findings);
    blocks.push(match language {
        Language::Zh => format!("错误 {errors}，警告 {warnings}，说明 {notes}。"),
        Language::En => format!("{errors} errors, {warnings} warnings, {notes} notes."),
    });
    terminal.print(&blocks.join("\n\n"))?;
    if findings.has_errors() {
        let next = terminal.pick(
            "`circflow explain 代码` 说明原因和改法",
            "`circflow explain CODE` says why and what to do",
        );
        terminal.talk(next);
    } else {
        let of = model.map_or_else(String::new, |path| format!(" {}", typed(path)));
        terminal.talk(&format!("{}circflow run{of}", terminal.pick("下一步：", "Next: ")));
    }
    Ok(())
}

/// Defaults that stand for empty cells, a line each.
fn defaults(loaded: &Loaded, language: Language) -> Option<String> {
    const SHOWN: usize = 8;
    if loaded.defaults.is_empty() {
        return None;
    }
    let mut lines = vec![language.pick("空格所用的默认值", "Defaults used for empty cells").to_owned()];
    for default in &loaded.defaults {
        let mut rows: Vec<String> = default.rows.iter().take(SHOWN).map(u32::to_string).collect();
        if default.rows.len() > SHOWN {
            rows.push(format!("… ({})", default.rows.len()));
        }
        let (word, rows) = (language.pick("行", "lines"), rows.join(", "));
        let line =
            format!("  {}.{} = {}  [{word} {rows}]", default.table.stem(), default.column, default.value);
        lines.push(wrapped(&line, "      "));
    }
    Some(lines.join("\n"))
}

fn loops(plan: &Plan, model: &Model, language: Language) -> String {
    if plan.loops.is_empty() {
        return language.pick("没有环。", "No loops.").to_owned();
    }
    let mut lines = vec![match language {
        Language::Zh => format!("环（互相依赖、一起求解的工序）{} 个", plan.loops.len()),
        Language::En => format!(
            "{} loops (processes that depend on each other and are solved together)",
            plan.loops.len()
        ),
    }];
    for (number, cycle) in plan.loops.iter().enumerate() {
        let names = cycle.processes.iter().map(|&id| {
            let process = &model.processes[id];
            named(language, &process.name, &process.name_en)
        });
        let names = names.collect::<Vec<_>>().join(language.pick("、", ", "));
        lines.push(wrapped(&format!("  {}. {names}", number + 1), "     "));
    }
    lines.join("\n")
}

fn print_json(
    loaded: &Loaded,
    plan: Option<&Plan>,
    findings: &Findings,
    terminal: &Terminal,
) -> io::Result<()> {
    let findings_json: Vec<_> = findings.0.iter().map(|f| finding_json(f, terminal.language())).collect();
    let defaults: Vec<_> = loaded
        .defaults
        .iter()
        .map(|d| json!({ "table": d.table.stem(), "column": d.column, "value": d.value, "rows": d.rows }))
        .collect();
    let loops: Vec<Vec<&str>> = plan.map_or_else(Vec::new, |plan| {
        let keys = |cycle: &plan::Loop| {
            cycle.processes.iter().map(|&id| loaded.base.processes[id].key.as_str()).collect()
        };
        plan.loops.iter().map(keys).collect()
    });
    let errors = findings.0.iter().filter(|f| f.severity() == Severity::Error).count();
    terminal.print_json(
        &json!({ "errors": errors, "findings": findings_json, "defaults": defaults, "loops": loops }),
    )
}
