//! `graph`: the network of a scenario for other programs: Graphviz, floWeaver, spreadsheets.

use super::exit::Exit;
use super::indicators::{place_named, scenario_asked, unknown};
use super::model::load_sound;
use super::run::{cannot_write, refuse};
use super::terminal::Terminal;
use crate::diagnostic::{Code, Diagnostic};
use crate::id::MaterialId;
use crate::model::Model;
use crate::output::graph::{Wanted, dot, edges, sankey};
use crate::output::{Disk, file};
use crate::study::{self, StudyOptions};
use clap::{Args, ValueEnum};
use std::io;
use std::path::PathBuf;

/// Words of `graph`.
#[derive(Clone, Debug, Args)]
pub(crate) struct Words {
    /// 模型文件夹，默认内置的示意城市 / model folder, by default the built-in reference city
    pub(crate) model: Option<PathBuf>,
    /// 写成什么：dot 供 Graphviz，sankey 供 floWeaver（sankey-v2 JSON），edges 为 CSV 边表
    /// / what to write: dot for Graphviz, sankey for floWeaver (sankey-v2 JSON), edges as a CSV list
    #[arg(long = "as", value_enum, default_value = "dot", value_name = "KIND")]
    pub(crate) kind: Kind,
    /// 情景，默认基准情景 / scenario, by default the base
    #[arg(long)]
    pub(crate) scenario: Option<String>,
    /// 年份，默认最后一年 / year, by default the last
    #[arg(long)]
    pub(crate) year: Option<i32>,
    /// 只要结构，不运行 / the structure alone, nothing is run
    #[arg(long, conflicts_with = "year")]
    pub(crate) structure: bool,
    /// 只要这个地点（含其下级）的流 / only flows of this place and those below it
    #[arg(long)]
    pub(crate) place: Option<String>,
    /// 只要这种物质的流 / only flows of this material
    #[arg(long)]
    pub(crate) material: Option<String>,
    /// 写到文件，默认写到标准输出 / write to a file, by default to stdout
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Graphviz
    Dot,
    /// floWeaver
    Sankey,
    /// CSV
    Edges,
}

pub(crate) fn graph(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let loaded = match load_sound(words.model.as_deref(), terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    if words.structure && words.kind == Kind::Sankey {
        let finding = Diagnostic::new(Code("E069")).with("option", "--as").with("found", "sankey");
        let finding = finding.with("why_zh", "桑基图要有流量，不能与 --structure 同用");
        let finding = finding.with("why_en", "a Sankey diagram needs flows and cannot go with --structure");
        terminal.say(&finding.line(terminal.language()));
        return Ok(Exit::WrongCommandLine);
    }
    let base = loaded.models.iter().position(|model| model.scenarios[model.scenario].base);
    let scenario = match scenario_asked(words.scenario.as_deref(), &loaded.models, base, terminal) {
        Ok(scenario) => scenario,
        Err(exit) => return Ok(exit),
    };
    let model = &loaded.models[scenario];
    let place = match words.place.as_deref().map(|wanted| place_named(model, wanted, terminal)).transpose() {
        Ok(place) => place,
        Err(exit) => return Ok(exit),
    };
    let material =
        words.material.as_deref().map(|wanted| material_named(model, wanted, terminal)).transpose();
    let material = match material {
        Ok(material) => material,
        Err(exit) => return Ok(exit),
    };
    let wanted_year = words.year.unwrap_or(model.settings.horizon);
    if !model.settings.years().any(|year| year == wanted_year) {
        let years: Vec<String> = model.settings.years().map(|year| year.to_string()).collect();
        let known: Vec<&str> = years.iter().map(String::as_str).collect();
        return Ok(unknown(terminal.pick("年份", "year"), &wanted_year.to_string(), &known, terminal));
    }
    let (plan, trajectory) = match study::flows(&loaded, scenario, words.structure, &StudyOptions::default())
    {
        Ok(flows) => flows,
        Err(findings) => return Ok(refuse(&findings, terminal)),
    };
    let years = trajectory.as_ref().map_or(&[][..], |trajectory| &trajectory.years);
    let year = years.iter().find(|year| year.year == wanted_year);
    if year.is_none() && !words.structure {
        let name = model.scenarios[model.scenario].name.clone();
        let finding =
            Diagnostic::new(Code("E063")).with("scenario", name).with("year", wanted_year.to_string());
        terminal.say(&finding.line(terminal.language()));
        return Ok(Exit::NoAnswer);
    }
    let language = terminal.language();
    let wanted = Wanted { model, network: &plan.network, year, place, material, language };
    let text = match words.kind {
        Kind::Dot => dot::dot(&wanted),
        Kind::Sankey => serde_json::to_string_pretty(&sankey::sankey(&wanted))? + "\n",
        Kind::Edges => edges::edges(&wanted)?,
    };
    let Some(path) = &words.out else {
        terminal.print(&text)?;
        return Ok(Exit::Done);
    };
    if let Err(error) = file::put(path, text.as_bytes(), &Disk) {
        return Ok(cannot_write(&error.diagnostic(), terminal));
    }
    terminal.talk(&format!("{} {}", terminal.pick("已写出", "Written:"), path.display()));
    Ok(Exit::Done)
}

fn material_named(model: &Model, wanted: &str, terminal: &Terminal) -> Result<MaterialId, Exit> {
    let fits = |material: &crate::model::Material| {
        [&material.key, &material.name, &material.name_en].into_iter().any(|name| name == wanted)
    };
    model.materials.find(fits).map(|(id, _)| id).ok_or_else(|| {
        let known: Vec<&str> = model.materials.iter().map(|material| material.key.as_str()).collect();
        unknown(terminal.pick("物质", "material"), wanted, &known, terminal)
    })
}
