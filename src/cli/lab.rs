//! `lab`: what academics and benches need: generated park systems of any size, published cases, and timings.

mod bench;
mod verify;

use super::exit::Exit;
use super::first_words::typed;
use super::run::cannot_write;
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic};
use crate::network::generate::{GenerateOptions, LONGEST_RING, generate};
use crate::output::model_tables::model_tables;
use crate::output::{Disk, model_folder};
use clap::{Args, Subcommand};
use std::io;
use std::path::PathBuf;

/// Words of `lab`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Clone, Debug, Subcommand)]
pub(crate) enum Verb {
    /// 生成一个任意规模、可以直接运行的园区系统 / write a park system of any size that can be run at once
    Generate(GenerateWords),
    /// 求解公开发表的算例并与发表的结果比较 / solve published cases and compare with the published answers
    Verify(verify::VerifyWords),
    /// 在与其他程序相同的数据上计时 / time the work on the same data as other programs
    Bench(bench::BenchWords),
}

/// Words of `lab generate`.
#[derive(Clone, Debug, Args)]
pub(crate) struct GenerateWords {
    /// 新文件夹 / the new folder
    pub(crate) folder: PathBuf,
    /// 工序数 / number of processes
    #[arg(long, value_name = "N", default_value = "100", value_parser = clap::value_parser!(u32).range(1..=500_000))]
    pub(crate) processes: u32,
    /// 处在环里的工序所占比例 / share of the processes that stand in rings
    #[arg(long, value_name = "SHARE", default_value = "0.02", value_parser = share)]
    pub(crate) loops: f64,
    /// 争用同一种废物的工序所占比例 / share of the processes that compete for one and the same waste
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = share)]
    pub(crate) rivalry: f64,
    /// 园区数，默认每 16 道工序一个 / number of parks, by default one for every 16 processes
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=500_000))]
    pub(crate) places: Option<u32>,
    /// 项目数，连同资金、责任和一个不建项目的情景 / number of projects, with funds, duties and a scenario without them
    #[arg(long, value_name = "N", default_value = "0", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub(crate) projects: u32,
    /// 年数 / number of years
    #[arg(long, value_name = "N", default_value = "3", value_parser = clap::value_parser!(u16).range(1..=50))]
    pub(crate) years: u16,
    /// 运行时计算国家指标（上千道工序时较慢）/ have `run` compute the state's indicators (slow above a thousand processes)
    #[arg(long)]
    pub(crate) indicators: bool,
    /// 种子：同样的选项和种子得到同样的字节 / seed: the same options and seed give the same bytes
    #[arg(long, value_name = "N", default_value = "1")]
    pub(crate) seed: u64,
}

/// A share, 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    text.parse::<f64>()
        .ok()
        .filter(|share| (0.0..=1.0).contains(share))
        .ok_or_else(|| "a share is a number between 0 and 1".to_owned())
}

pub(crate) fn lab(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    match &words.verb {
        Verb::Generate(words) => generated(words, terminal),
        Verb::Verify(words) => verify::verified(words, terminal),
        Verb::Bench(words) => bench::benched(words, terminal),
    }
}

fn generated(words: &GenerateWords, terminal: &mut Terminal) -> io::Result<Exit> {
    if let Some(refused) = misfit(words) {
        terminal.say(&refused.line(terminal.language()));
        return Ok(Exit::WrongCommandLine);
    }
    let options = GenerateOptions {
        processes: words.processes as usize,
        loop_share: words.loops,
        coupling: 0.0,
        rivalry: words.rivalry,
        parks: words.places.map(|parks| parks as usize),
        projects: words.projects as usize,
        years: i32::from(words.years),
        seed: words.seed,
    };
    let mut model = generate(&options);
    if words.indicators {
        model.settings.indicator_sets = vec!["ce-2017".to_owned()];
    }
    let files = model_tables(&model);
    if let Err(error) = model_folder::write(&words.folder, &Disk, &files) {
        return Ok(cannot_write(&error.diagnostic(), terminal));
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let counts = [
        (terminal.pick("工序", "processes"), "processes", model.processes.len()),
        (terminal.pick("地点", "places"), "places", model.places.len()),
        (terminal.pick("项目", "projects"), "projects", model.projects.len()),
    ];
    if terminal.is_json() {
        let mut value = serde_json::json!({ "folder": words.folder.display().to_string(), "files": names });
        for (_, key, count) in counts {
            value[key] = count.into();
        }
        terminal.print_json(&value)?;
    } else {
        let counts = counts.map(|(word, _, count)| format!("{word} {count}")).join(terminal.pick("，", ", "));
        let word = terminal.pick("已写出", "Written:");
        let line = format!("{word} {} ({}): {counts}", words.folder.display(), names.join(", "));
        terminal.print(&crate::report::grid::wrapped(&line, "  "))?;
    }
    let next = terminal.pick("下一步：", "Next: ");
    terminal.talk(&format!("{next}circflow check {0} && circflow run {0}", typed(&words.folder)));
    Ok(Exit::Done)
}

/// Options that do not fit each other.
fn misfit(words: &GenerateWords) -> Option<Diagnostic> {
    let places = words.places?;
    let refused = |option: &str, found: String, why: [String; 2]| {
        let [zh, en] = why;
        let finding = Diagnostic::new(Code("E069")).with("option", option).with("found", found);
        Some(finding.with("why_zh", zh).with("why_en", en))
    };
    let processes = words.processes;
    if places > processes {
        let why = [format!("工序只有 {processes} 道"), format!("there are only {processes} processes")];
        return refused("--places", places.to_string(), why);
    }
    let in_rings = (f64::from(processes) * words.loops) as usize;
    let room = places as usize * LONGEST_RING;
    if in_rings > room {
        let why = [
            format!("{in_rings} 道工序在环里，{places} 个园区最多容纳 {room} 道"),
            format!(
                "{in_rings} processes would stand in rings, and {places} parks hold {room} of them at most"
            ),
        ];
        return refused("--loops", words.loops.to_string(), why);
    }
    None
}
