//! `optimise`: which projects to choose, with proof, simulation and reasons.

use super::exit::Exit;
use super::first_words::typed;
use super::indicators::unknown;
use super::model::load_sound;
use super::pictures::PictureWords;
use super::run::{cannot_write, refuse};
use super::terminal::Terminal;
use crate::diagnostic::{Language, Severity};
use crate::economics::returns::Appraising;
use crate::input::{self, Loaded, NewScenario, with_scenario};
use crate::model::{ChoiceRule, ChoiceRuleKind, Provenance, TableKind};
use crate::optimise::answer::{Answered, Optimised};
use crate::optimise::offers::decisions;
use crate::optimise::question::Objective;
use crate::output::model_files::model_files;
use crate::output::{self, Disk, model_folder, optimised};
use crate::report::charts;
use crate::report::chosen;
use crate::study::StudyOptions;
use crate::study::optimise::{Asked, optimise};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::io;
use std::path::PathBuf;

/// Id of the scenario that the recommended mix becomes.
const SCENARIO: &str = "optimised";

/// Words of `optimise`.
#[derive(Clone, Debug, Args)]
#[command(allow_negative_numbers = true)] // A number that is refused is told, and not taken for an unknown option.
pub(crate) struct Words {
    /// 模型：文件夹或工作簿，默认内置的示意城市 / model: a folder or a workbook, by default the built-in reference city
    pub(crate) model: Option<PathBuf>,
    /// 目标，依次优先 / objectives, the first first
    #[arg(
        long,
        value_parser = objective(),
        value_delimiter = ',',
        default_value = "targets,public-money",
        value_name = "OBJECTIVE"
    )]
    pub(crate) objective: Vec<Objective>,
    /// 必须达到的目标：指标、指标:地点、指标:地点:年份，或 all / targets that must be met: INDICATOR[:PLACE[:YEAR]], or all
    #[arg(long, value_delimiter = ',', value_name = "TARGET")]
    pub(crate) hard: Vec<String>,
    /// 在哪个情景下选，默认基准 / scenario (id or name), by default the base
    #[arg(long, value_name = "SCENARIO")]
    pub(crate) scenario: Option<String>,
    /// 必建的项目 / projects that must be built
    #[arg(long, value_delimiter = ',', value_name = "PROJECT")]
    pub(crate) must: Vec<String>,
    /// 不建的项目 / projects that must not be built
    #[arg(long, value_delimiter = ',', value_name = "PROJECT")]
    pub(crate) without: Vec<String>,
    /// 每年最多开工几个 / most projects started in a year
    #[arg(long, value_name = "N")]
    pub(crate) starts_a_year: Option<u32>,
    /// 每个县区至少几个 / least projects in every county unit
    #[arg(long, value_name = "N")]
    pub(crate) per_county: Option<u32>,
    /// 财政补助合计最多多少万元 / most grants of public funds, 10⁴ yuan
    #[arg(long, value_name = "WAN", value_parser = amount)]
    pub(crate) most_public: Option<f64>,
    /// 到期末可以欠着补助（业主垫得起的话）/ grants may still be owed in the end, as far as owners bridge them
    #[arg(long)]
    pub(crate) may_owe: bool,
    /// 两个目标的前沿，如 tonnes,public-money / frontier of two objectives
    #[arg(long, value_parser = objective(), value_delimiter = ',', num_args = 1, value_name = "X,Y")]
    pub(crate) pareto: Vec<Objective>,
    /// 前沿的档数 / steps of the frontier
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=200))]
    pub(crate) points: u16,
    /// 每项资金每多 100 万元、各县区补足应缴各能换来什么 / what each further 100 wan in each fund, and each county's duty, buys
    #[arg(long)]
    pub(crate) value_of_money: bool,
    /// 各方案在全部情景下的后悔值 / regret of the mixes over all scenarios
    #[arg(long)]
    pub(crate) regret: bool,
    /// 差不多好的其他方案个数 / how many alternatives nearly as good
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=50))]
    pub(crate) alternatives: u16,
    /// 其他方案可以差多少 / by what share they may be worse
    #[arg(long, default_value_t = 0.02, value_name = "SHARE", value_parser = share)]
    pub(crate) within: f64,
    /// 求解的节点上限，默认按规模 / most nodes of the solver, by default by size
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) nodes: Option<u64>,
    /// 局部搜索模拟的方案数，约 / mixes that the local search simulates, about
    #[arg(long, default_value_t = 1_500, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub(crate) runs: u32,
    /// 折现率 / discount rate
    #[arg(long, default_value_t = 0.08, value_name = "SHARE", value_parser = share)]
    pub(crate) rate: f64,
    /// 项目投产后计多少年 / years on stream that count
    #[arg(long, default_value_t = 15, value_name = "YEARS", value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(crate) life: u32,
    /// 线程数，默认全部；不改变任何结果 / threads, by default all; changes no result
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// 把加上推荐方案的模型存为一个新文件夹 / a new folder for the model with the recommended mix as a scenario
    #[arg(long, value_name = "FOLDER")]
    pub(crate) save: Option<PathBuf>,
    /// 结果写到 <OUT>/<模型 id>-optimised/ / results go to <OUT>/<model id>-optimised/
    #[arg(long, default_value = "output", value_name = "OUT")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) pictures: PictureWords,
}

/// Objectives by their words, each with what it means.
fn objective() -> impl TypedValueParser<Value = Objective> {
    let help = |objective: Objective| match objective {
        Objective::Targets => "达标数最多 / most targets met",
        Objective::Shortfall => "差距最小 / least shortfall of the targets",
        Objective::Tonnes => "利用的工业固废最多 / most industrial solid waste used",
        Objective::PublicMoney => "财政补助最少 / least grants of public funds",
        Objective::TotalCost => "总投资最少 / least investment",
        Objective::Jobs => "就业最多 / most jobs",
    };
    let words = Objective::ALL.map(|objective| PossibleValue::new(objective.word()).help(help(objective)));
    PossibleValuesParser::new(words)
        .try_map(|word| Objective::of(&word).ok_or_else(|| format!("no objective {word}")))
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "a share is between 0 and 1".to_owned())
}

fn amount(text: &str) -> Result<f64, String> {
    let amount = text.parse::<f64>().ok().filter(|amount| amount.is_finite() && *amount >= 0.0);
    amount.ok_or_else(|| "an amount is at least 0".to_owned())
}

pub(crate) fn chosen(words: &Words, terminal: &mut Terminal) -> io::Result<Exit> {
    let loaded = match load_sound(words.model.as_deref(), terminal) {
        Ok(loaded) => loaded,
        Err(exit) => return Ok(exit),
    };
    let asked = match asked(words, &loaded, terminal) {
        Ok(asked) => asked,
        Err(exit) => return Ok(exit),
    };
    let id = format!("{}-optimised", loaded.base.settings.id);
    let folder = match output::folder_of(&words.out, &id, words.model.as_deref()) {
        Ok(folder) => folder,
        Err(refused) => return Ok(cannot_write(&refused, terminal)),
    };
    let pictures = match words.pictures.asked() {
        Ok(pictures) => pictures,
        Err(refused) => return Ok(cannot_write(&refused, terminal)),
    };
    let options = StudyOptions { threads: words.threads.map(usize::from) };
    let done = match optimise(&loaded, &asked, &options) {
        Ok(done) => done,
        Err(findings) => return Ok(refuse(&findings, terminal)),
    };
    terminal.say_findings(&done.findings, Severity::Warning);
    let language = terminal.language();
    let view = chosen::view(&done, language);
    let english = || chosen::view(&done, Language::En);
    let charts = charts::of_answer(&view, english, language, &pictures.pictures);
    let model = words.model.as_ref().map_or_else(String::new, |path| format!(" {}", typed(path)));
    let command = format!("circflow optimise{model}{}", typed_options(words));
    let files = with_mix(&loaded, &done);
    let tables = files.iter().filter(|(name, _)| ["scenarios.csv", "mixes.csv"].contains(&name.as_str()));
    let written = optimised::Written {
        loaded: &loaded,
        view: &view,
        tables: tables.cloned().collect(),
        charts: &charts,
        page: chosen::page(&view, &charts, &command, language),
        command: &command,
        language,
    };
    let published = match optimised::write(&folder, &Disk, &written) {
        Ok(published) => published,
        Err(error) => return Ok(cannot_write(&error.diagnostic(), terminal)),
    };
    if let (Some(new), Answered::Chosen(_)) = (&words.save, &done.answered) {
        let texts: Vec<(String, String)> = files
            .iter()
            .map(|(name, bytes)| (name.clone(), String::from_utf8_lossy(bytes).into_owned()))
            .collect();
        if let Err(error) = model_folder::write(new, &Disk, &texts) {
            return Ok(cannot_write(&error.diagnostic(), terminal));
        }
    }
    if terminal.is_json() {
        terminal.print_json(&view)?;
    } else {
        terminal.print(&chosen::text(&view, language))?;
    }
    for finding in published.findings.iter().chain(&pictures.finding) {
        terminal.say(&finding.line(language));
    }
    let count = published.files.len();
    let place = folder.display();
    terminal.talk(&match language {
        Language::Zh => format!("结果：{place}（{count} 个文件）"),
        Language::En => format!("Results: {place} ({count} files)"),
    });
    farewell(words, &done, terminal);
    Ok(if matches!(done.answered, Answered::Chosen(_)) { Exit::Done } else { Exit::NoAnswer })
}

/// What the words ask, once they name what the model has.
fn asked(words: &Words, loaded: &Loaded, terminal: &Terminal) -> Result<Asked, Exit> {
    let model = &loaded.base;
    let scenario = match &words.scenario {
        None => None,
        Some(name) => {
            let found = loaded.models.iter().position(|model| {
                let scenario = &model.scenarios[model.scenario];
                scenario.key == *name || scenario.name == *name || scenario.name_en == *name
            });
            let Some(found) = found else {
                let known: Vec<&str> = model.scenarios.iter().map(|scenario| scenario.key.as_str()).collect();
                return Err(unknown(terminal.pick("情景", "scenario"), name, &known, terminal));
            };
            Some(found)
        }
    };
    let mut rules = Vec::new();
    let mut rule = |kind: ChoiceRuleKind| {
        rules.push(ChoiceRule { kind, provenance: Provenance::made(TableKind::ChoiceRules) });
    };
    let project = |name: &String| {
        let found = model.projects.find(|project| project.key == *name || project.name == *name);
        found.map(|(id, _)| id).ok_or_else(|| {
            let known: Vec<&str> = model.projects.iter().map(|project| project.key.as_str()).collect();
            unknown(terminal.pick("项目", "project"), name, &known, terminal)
        })
    };
    for name in &words.must {
        rule(ChoiceRuleKind::MustHave(project(name)?));
    }
    for name in &words.without {
        rule(ChoiceRuleKind::MustNot(project(name)?));
    }
    if let Some(most) = words.starts_a_year {
        rule(ChoiceRuleKind::StartsAYear(None, most));
    }
    if let Some(least) = words.per_county {
        rule(ChoiceRuleKind::AtLeast(None, least));
    }
    let hard = words.hard.iter().map(|text| {
        let mut parts = text.split([':', '：']).map(|part| part.trim().to_owned());
        let indicator = parts.next().unwrap_or_default();
        let rest: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        let year = rest.iter().find_map(|part| part.parse::<i32>().ok());
        let place = rest.into_iter().find(|part| part.parse::<i32>().is_err());
        (indicator, place, year)
    });
    let pair = match words.pareto.as_slice() {
        [] => None,
        [first, second] if first != second => Some((*first, *second, usize::from(words.points))),
        _ => {
            terminal.say(terminal.pick(
                "--pareto 需要两个不同的目标，例如 --pareto tonnes,public-money",
                "--pareto needs two different objectives, such as --pareto tonnes,public-money",
            ));
            return Err(Exit::WrongCommandLine);
        }
    };
    let mut objectives: Vec<Objective> = Vec::new();
    for objective in &words.objective {
        if !objectives.contains(objective) {
            objectives.push(*objective);
        }
    }
    Ok(Asked {
        scenario,
        objectives,
        hard: hard.collect(),
        rules,
        may_owe: words.may_owe,
        most_public: words.most_public.map(|wan| wan * 1e4),
        nodes: words.nodes,
        runs: words.runs as usize,
        frontier: pair,
        alternatives: (usize::from(words.alternatives), words.within),
        value_of_money: words.value_of_money,
        regret: words.regret,
        appraising: Appraising { rate: words.rate, life: words.life },
    })
}

/// The words that change results, as they would be typed again.
fn typed_options(words: &Words) -> String {
    let list = |of: &[Objective]| of.iter().map(|of| of.word()).collect::<Vec<_>>().join(",");
    let mut text = format!(" --objective {}", list(&words.objective));
    let mut add = |word: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            text.push_str(&format!(" {word} {value}"));
        }
    };
    add("--hard", Some(words.hard.join(",")));
    add("--scenario", words.scenario.clone());
    add("--must", Some(words.must.join(",")));
    add("--without", Some(words.without.join(",")));
    add("--starts-a-year", words.starts_a_year.map(|n| n.to_string()));
    add("--per-county", words.per_county.map(|n| n.to_string()));
    add("--most-public", words.most_public.map(|wan| wan.to_string()));
    if !words.pareto.is_empty() {
        add("--pareto", Some(list(&words.pareto)));
        add("--points", Some(words.points.to_string()));
    }
    add("--nodes", words.nodes.map(|n| n.to_string()));
    for (is, word) in [
        (words.may_owe, " --may-owe"),
        (words.value_of_money, " --value-of-money"),
        (words.regret, " --regret"),
    ] {
        if is {
            text.push_str(word);
        }
    }
    text.push_str(&words.pictures.typed());
    text
}

/// The model's files with the recommended mix as a scenario more; empty where there is no mix.
fn with_mix(loaded: &Loaded, done: &Optimised) -> Vec<(String, Vec<u8>)> {
    let Answered::Chosen(chosen) = &done.answered else { return Vec::new() };
    let model = &done.model;
    let of = &model.scenarios[model.scenario];
    let decided = decisions(&done.offers, &chosen.best.mix);
    let keys = done.offers.iter().map(|offer| model.projects[offer.project].key.as_str());
    let words: Vec<&str> = done.question.objectives.iter().map(|objective| objective.word()).collect();
    let why = [
        format!("circflow optimise 推荐的方案：{}", words.join("、")),
        format!("the mix that circflow optimise recommends: {}", words.join(", ")),
    ];
    let scenario = NewScenario {
        id: SCENARIO,
        names: ["优化方案", "Optimised mix"],
        based_on: &of.key,
        matching: of.matching,
        why: [&why[0], &why[1]],
        decisions: keys.zip(decided).collect(),
    };
    let mut texts = input::texts(&loaded.inputs);
    with_scenario(&mut texts, &scenario);
    model_files(&texts)
}

fn farewell(words: &Words, done: &Optimised, terminal: &Terminal) {
    let next = match (&words.save, &done.answered) {
        (_, Answered::Conflict(_) | Answered::Failed(_)) => return,
        (Some(folder), _) => format!(
            "{} circflow run {}",
            terminal.pick("下一步：连同推荐方案一起运行——", "Next: run it with the recommended mix:"),
            typed(folder)
        ),
        (None, _) => format!(
            "{} --save {}",
            terminal.pick(
                "下一步：加上这个选项，把推荐方案存成可以运行的情景——",
                "Next: with this option the recommended mix becomes a scenario that can be run:"
            ),
            terminal.pick("新文件夹", "NEW-FOLDER")
        ),
    };
    terminal.talk(&next);
}
