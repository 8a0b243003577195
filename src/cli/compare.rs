//! `compare`: two scenarios of a model against each other, inputs and results, with what is behind each difference.

use super::exit::Exit;
use super::indicators::{scenario_named, unknown};
use super::model::load_sound;
use super::run::refuse;
use super::terminal::Terminal;
use crate::input::differences::differences;
use crate::report::comparison::{self, Compared};
use crate::study::{self, StudyOptions};
use clap::Args;
use std::io;
use std::path::PathBuf;

/// Words of `compare`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 前一个情景（编号或名称）/ the first scenario, by id or name
    #[arg(value_name = "A")]
    pub(crate) first: String,
    /// 后一个情景；差 = 后者 − 前者 / the second scenario; differences are second − first
    #[arg(value_name = "B")]
    pub(crate) second: String,
    /// 模型文件夹，默认内置的示意城市 / model folder, by default the built-in reference city
    pub(crate) model: Option<PathBuf>,
    /// 比较哪一年，默认最后一年 / year to compare, by default the last
    #[arg(long)]
    pub(crate) year: Option<i32>,
    /// 输入和结果各列多少处 / how many differences of inputs and of results are listed
    #[arg(long, value_name = "N", default_value = "12", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) limit: u32,
}

pub(crate) fn compare(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let loaded = match load_sound(words.model.as_deref(), terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let mut scenarios = [0; 2];
    for (position, wanted) in [&words.first, &words.second].into_iter().enumerate() {
        match scenario_named(&loaded.models, wanted, terminal) {
            Ok(scenario) => scenarios[position] = scenario,
            Err(exit) => return Ok(exit),
        }
    }
    let settings = &loaded.base.settings;
    let year = words.year.unwrap_or(settings.horizon);
    if !(settings.base_year..=settings.horizon).contains(&year) {
        let ends = [settings.base_year.to_string(), settings.horizon.to_string()];
        let what = terminal.pick("年份（或不在期内）", "year (within the horizon)");
        return Ok(unknown(what, &year.to_string(), &[&ends[0], &ends[1]], terminal));
    }
    let (plan, comparison) = match study::compare(&loaded, scenarios, year, &StudyOptions::default()) {
        Ok(compared) => compared,
        Err(findings) => {
            let unsolved = findings.0.iter().any(|finding| finding.code.0 == "E063");
            let exit = refuse(&findings, terminal);
            return Ok(if unsolved { Exit::NoAnswer } else { exit });
        }
    };
    let view = comparison::view(&Compared {
        models: scenarios.map(|scenario| &*loaded.models[scenario]),
        plan: &plan,
        definitions: &loaded.definitions,
        inputs: &differences(&loaded, scenarios[0], scenarios[1]),
        comparison: &comparison,
        limit: words.limit as usize,
        language: terminal.language(),
    });
    if terminal.is_json() {
        terminal.print_json(&view)?;
    } else {
        terminal.print(&comparison::text(&view, terminal.language()))?;
    }
    Ok(Exit::Done)
}
