//! `indicators`: a list by year, or one value opened down to rows and sources.

use super::exit::Exit;
use super::first_words::typed;
use super::model::load_sound;
use super::run::refuse;
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic};
use crate::id::PlaceId;
use crate::model::{Model, Places};
use crate::report::opened;
use crate::report::summary::Subject;
use crate::study::{self, StudyOptions};
use clap::Args;
use serde_json::json;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Words of `indicators`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 模型：文件夹或工作簿，默认内置的示意城市 / model: a folder or a workbook, by default the built-in reference city
    pub(crate) model: Option<PathBuf>,
    /// 展开这个指标 / open this indicator
    #[arg(long, value_name = "ID")]
    pub(crate) open: Option<String>,
    /// 地点，默认全市 / place, by default the city
    #[arg(long)]
    pub(crate) place: Option<String>,
    /// 年份，默认最后一年 / year, by default the last
    #[arg(long)]
    pub(crate) year: Option<i32>,
    /// 情景，默认基准情景 / scenario, by default the base
    #[arg(long)]
    pub(crate) scenario: Option<String>,
}

pub(crate) fn indicators(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let loaded = match load_sound(words.model.as_deref(), terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let run = match study::run_scenarios(&loaded, &StudyOptions::default()) {
        Ok(run) => run,
        Err(findings) => return Ok(refuse(&findings, terminal)),
    };
    let language = terminal.language();
    let subject = Subject { models: &loaded.models, definitions: &loaded.definitions, run: &run, language };
    let scenario = match scenario_asked(words.scenario.as_deref(), &loaded.models, run.base, terminal) {
        Ok(scenario) => scenario,
        Err(exit) => return Ok(exit),
    };
    let model = subject.model(scenario);
    let place = match &words.place {
        None => Places::ROOT,
        Some(wanted) => match place_named(model, wanted, terminal) {
            Ok(place) => place,
            Err(exit) => return Ok(exit),
        },
    };
    let values = &run.scenarios[scenario].indicators;
    let Some(wanted) = &words.open else {
        if terminal.is_json() {
            let of_place = values.iter().filter(|value| value.place == place);
            let rows = of_place.map(|value| opened::open_json(&subject, scenario, value));
            terminal.print_json(&rows.collect::<Vec<_>>())?;
        } else {
            terminal.print(&opened::list(&subject, scenario, place))?;
            let next = terminal.pick("下一步：展开一个指标——", "Next: open one:");
            let of = words.model.as_ref().map_or_else(String::new, |path| format!(" {}", typed(path)));
            let year = model.settings.horizon;
            terminal.talk(&format!("{next} circflow indicators{of} --open ID --year {year}"));
        }
        return Ok(Exit::Done);
    };
    let named = |text: &str| text == wanted.as_str();
    let definition = loaded.definitions.iter().position(|definition| {
        named(&definition.key) || named(&definition.name) || named(&definition.name_en)
    });
    let Some(definition) = definition else {
        let known: Vec<&str> = loaded.definitions.iter().map(|definition| definition.key.as_str()).collect();
        return Ok(unknown(terminal.pick("指标", "indicator"), wanted, &known, terminal));
    };
    let year = words.year.unwrap_or(model.settings.horizon);
    let found = values.iter().find(|v| v.definition == definition && v.place == place && v.year == year);
    let Some(value) = found else {
        let years: Vec<String> = model.settings.years().map(|year| year.to_string()).collect();
        let known: Vec<&str> = years.iter().map(String::as_str).collect();
        let what = terminal.pick("该地点该年的指标值，年份", "value for this place and year");
        return Ok(unknown(what, &year.to_string(), &known, terminal));
    };
    if terminal.is_json() {
        terminal.print_json(&json!(opened::open_json(&subject, scenario, value)))?;
    } else {
        terminal.print(&opened::open(&subject, scenario, value))?;
    }
    Ok(Exit::Done)
}

/// Position of the model of the scenario that is asked for, by default of the base.
pub(super) fn scenario_asked(
    wanted: Option<&str>,
    models: &[Arc<Model>],
    base: Option<usize>,
    terminal: &Terminal,
) -> Result<usize, Exit> {
    wanted.map_or(Ok(base.unwrap_or(0)), |wanted| scenario_named(models, wanted, terminal))
}

/// Position of the model of a scenario that is named by id or name.
pub(super) fn scenario_named(
    models: &[Arc<Model>],
    wanted: &str,
    terminal: &Terminal,
) -> Result<usize, Exit> {
    let record = |model: &'_ Model| model.scenarios[model.scenario].clone();
    let fits = |model: &Arc<Model>| {
        let scenario = record(model);
        [scenario.key, scenario.name, scenario.name_en].iter().any(|name| name == wanted)
    };
    models.iter().position(fits).ok_or_else(|| {
        let known: Vec<String> = models.iter().map(|model| record(model).key).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        unknown(terminal.pick("情景", "scenario"), wanted, &known, terminal)
    })
}

/// The place that is named by id or name.
pub(super) fn place_named(model: &Model, wanted: &str, terminal: &Terminal) -> Result<PlaceId, Exit> {
    let fits = |place: &crate::model::Place| {
        [&place.key, &place.name, &place.name_en].into_iter().any(|name| name == wanted)
    };
    model.places.0.find(fits).map(|(id, _)| id).ok_or_else(|| {
        let known: Vec<&str> = model.places.0.iter().map(|place| place.key.as_str()).collect();
        unknown(terminal.pick("地点", "place"), wanted, &known, terminal)
    })
}

/// How many of what there is are named to somebody who asked for something else.
const MOST_KNOWN: usize = 30;

/// Says that something asked for is not there, with the nearest that is.
pub(super) fn unknown(what: &str, found: &str, known: &[&str], terminal: &Terminal) -> Exit {
    let near = known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(known, found), *known))
        .min()
        .filter(|(distance, _)| *distance <= 3)
        .map(|(_, near)| near)
        .or_else(|| known.iter().copied().find(|known| found.contains(known) || known.contains(found)));
    let shown = known[..known.len().min(MOST_KNOWN)].join(", ");
    let more = if known.len() > MOST_KNOWN { ", …" } else { "" };
    let hint = match near {
        Some(near) => format!("{} {near}", terminal.pick("最接近的是", "The nearest is")),
        None => format!("{} {shown}{more}", terminal.pick("可用的有", "There are")),
    };
    let finding = Diagnostic::new(Code("E061")).with("what", what).with("found", found).with("hint", hint);
    terminal.say(&finding.line(terminal.language()));
    Exit::WrongCommandLine
}
