//! `ledger`: the money of one scenario: funds, counties and projects at a month's end, and the entries.

use super::exit::Exit;
use super::indicators::{scenario_named, unknown};
use super::model::load_sound;
use super::terminal::Terminal;
use crate::calendar::Month;
use crate::funding::{self, FundingOptions};
use crate::gaps;
use crate::report::money::{self, State};
use clap::Args;
use std::io;
use std::path::PathBuf;

/// Words of `ledger`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 模型：文件夹或工作簿，默认内置的示意城市 / model: a folder or a workbook, by default the built-in reference city
    pub(crate) model: Option<PathBuf>,
    /// 情景，默认基准情景 / scenario, by default the base
    #[arg(long)]
    pub(crate) scenario: Option<String>,
    /// 月份，如 2016-12，默认最后一个月 / month, such as 2016-12, by default the last
    #[arg(long)]
    pub(crate) month: Option<String>,
    /// 同时列出到该月为止的全部分录 / list all entries up to that month as well
    #[arg(long)]
    pub(crate) entries: bool,
}

pub(crate) fn ledger(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let loaded = match load_sound(words.model.as_deref(), terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let position = match &words.scenario {
        Some(wanted) => match scenario_named(&loaded.models, wanted, terminal) {
            Ok(position) => position,
            Err(exit) => return Ok(exit),
        },
        None => loaded.models.iter().position(|model| model.scenarios[model.scenario].base).unwrap_or(0),
    };
    let model = &loaded.models[position];
    let month = match &words.month {
        None => model.settings.last_month(),
        Some(text) => match Month::parse(text).filter(|month| within(model, *month)) {
            Some(month) => month,
            None => {
                let ends =
                    [model.settings.first_month().to_string(), model.settings.last_month().to_string()];
                let what = terminal.pick("月份（或不在期内）", "month (within the horizon)");
                return Ok(unknown(what, text, &[&ends[0], &ends[1]], terminal));
            }
        },
    };
    let outcome = funding::fund(model, &FundingOptions::of(model));
    let state = State { model, outcome: &outcome, gaps: gaps::at(model, &outcome, month) };
    if terminal.is_json() {
        terminal.print_json(&money::json(&state, words.entries))?;
        return Ok(Exit::Done);
    }
    terminal.print(&money::text(&state, words.entries, terminal.language()))?;
    Ok(Exit::Done)
}

fn within(model: &crate::model::Model, month: Month) -> bool {
    model.settings.first_month() <= month && month <= model.settings.last_month()
}
