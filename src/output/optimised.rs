//! An answer of `optimise` as files: `<out>/<model id>-optimised/`, whole or not at all.

use super::package::Described;
use super::publish::{PublishError, Published};
use super::row::{Field, Kind, Rows, field};
use super::side_folder::{Fill, SideFolder, filled, told};
use super::sink::Sink;
use super::{Chart, Page};
use crate::diagnostic::Language;
use crate::input::Loaded;
use crate::report::chosen::View;
use serde_json::json;
use std::path::Path;

/// What is written.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    /// The model.
    pub loaded: &'a Loaded,
    /// The answer.
    pub view: &'a View,
    /// Tables of the model with the recommended mix as a scenario: name and bytes; none where there is no mix.
    pub tables: Vec<(String, Vec<u8>)>,
    /// Pictures.
    pub charts: &'a [Chart],
    /// The page.
    pub page: Page,
    /// The command that was given.
    pub command: &'a str,
    /// Language of names and words.
    pub language: Language,
}

const fn described(
    name: &'static str,
    zh: &'static str,
    en: &'static str,
    fields: &'static [Field],
) -> Described {
    Described { name, zh, en, fields }
}

/// The tables of an answer.
const TABLES: [(Described, Fill<View>); 10] = [
    (
        described(
            "objectives",
            "各目标：承诺、界、差距、状态、模拟",
            "Objectives: promised, bound, gap, status, simulated",
            OBJECTIVES,
        ),
        objectives,
    ),
    (
        described(
            "projects",
            "各项目：选没选、何时开工投产、为什么不能选",
            "Projects: chosen or not, start, on stream, why not",
            PROJECTS,
        ),
        projects,
    ),
    (
        described(
            "targets",
            "各目标值：承诺与模拟，差在哪里",
            "Targets: promised and simulated, and what makes the difference",
            TARGETS,
        ),
        targets,
    ),
    (
        described(
            "promise",
            "各市场各年利用的固废：承诺与模拟",
            "Waste used by market and year: promised and simulated",
            MARKETS,
        ),
        markets,
    ),
    (
        described(
            "alternatives",
            "差不多好而不一样的方案",
            "Mixes nearly as good and different",
            ALTERNATIVES,
        ),
        alternatives,
    ),
    (described("frontier", "两个目标的前沿", "Frontier of two objectives", FRONTIER), frontier),
    (described("value_of_money", "再多一笔钱能换来什么", "What more money buys", MONEY), money),
    (described("regret", "各方案在各情景下的后悔值", "Regret of mixes over scenarios", REGRET), regret),
    (described("economics", "各项目的经济性", "Economics of projects", ECONOMICS), economics),
    (
        described(
            "funding_calendar",
            "资金日历：各来源各月应付和实付",
            "Funding calendar: due and paid by source and month",
            CALENDAR,
        ),
        calendar,
    ),
];

const OBJECTIVES: &[Field] = &[
    field("objective", Kind::Text, "目标", "objective"),
    field("name", Kind::Text, "名称", "name"),
    field("unit", Kind::Text, "单位", "unit"),
    field("status", Kind::Text, "状态", "proven, limited, start, unconfirmed, none"),
    field("promised", Kind::Number, "承诺", "in the programme"),
    field("bound", Kind::Number, "界", "no mix is better"),
    field("gap", Kind::Number, "差距", "gap, share"),
    field("simulated", Kind::Number, "承诺方案模拟", "the solver's mix, simulated"),
    field("recommended", Kind::Number, "推荐方案模拟", "the recommended mix, simulated"),
    field("without", Kind::Number, "不建项目", "without any project"),
];

fn objectives(view: &View, rows: &mut Rows) {
    for row in &view.objectives {
        rows.row(&[
            row.objective.into(),
            row.name.into(),
            row.unit.into(),
            row.status.into(),
            row.promised.into(),
            row.bound.filter(|bound| bound.is_finite()).into(),
            row.gap.into(),
            row.simulated.into(),
            row.recommended.into(),
            row.without.into(),
        ]);
    }
}

const PROJECTS: &[Field] = &[
    field("project", Kind::Text, "项目", "project"),
    field("name", Kind::Text, "名称", "name"),
    field("place", Kind::Text, "地点", "place"),
    field("promised", Kind::Truth, "承诺方案", "in the solver's mix"),
    field("recommended", Kind::Truth, "推荐方案", "in the recommended mix"),
    field("delay", Kind::Integer, "推迟月数", "months after the earliest start"),
    field("start", Kind::Text, "开工", "first month of work"),
    field("planned", Kind::Text, "钱够时投产", "on stream if money is never short"),
    field("on_stream", Kind::Text, "模拟投产", "on stream, simulated"),
    field("grants", Kind::Number, "补助（万元）", "grants, 10⁴ yuan"),
    field("investment", Kind::Number, "投资（万元）", "investment, 10⁴ yuan"),
    field("jobs", Kind::Number, "就业", "jobs"),
    field("refused", Kind::Text, "为什么不能选", "why it cannot be chosen"),
];

fn projects(view: &View, rows: &mut Rows) {
    for row in &view.projects {
        rows.row(&[
            row.project.as_str().into(),
            row.name.as_str().into(),
            row.place.as_str().into(),
            row.promised.into(),
            row.recommended.into(),
            row.delay.into(),
            row.start.as_deref().into(),
            row.planned.as_deref().into(),
            row.on_stream.as_deref().into(),
            row.grants.into(),
            row.investment.into(),
            row.jobs.into(),
            row.refused.as_deref().into(),
        ]);
    }
}

const TARGETS: &[Field] = &[
    field("indicator", Kind::Text, "指标", "indicator"),
    field("name", Kind::Text, "名称", "name"),
    field("place", Kind::Text, "地点", "place"),
    field("year", Kind::Integer, "年份", "year"),
    field("unit", Kind::Text, "单位", "unit"),
    field("hard", Kind::Truth, "硬约束", "whether it must be met"),
    field("target", Kind::Number, "目标", "target"),
    field("without", Kind::Number, "不建项目", "without any project"),
    field("promised", Kind::Number, "承诺", "in the programme"),
    field("timing", Kind::Number, "因投产时间", "taken by later months"),
    field("allocation", Kind::Number, "因分配", "taken by allocation by the rules"),
    field("simulated", Kind::Number, "承诺方案模拟", "the solver's mix, simulated"),
    field("recommended", Kind::Number, "推荐方案模拟", "the recommended mix, simulated"),
    field("met", Kind::Truth, "达标", "whether the recommended mix meets it"),
    field("least_shortfall", Kind::Number, "至少差", "least shortfall of any choice, share of the target"),
];

fn targets(view: &View, rows: &mut Rows) {
    for row in &view.targets {
        rows.row(&[
            row.indicator.as_str().into(),
            row.name.as_str().into(),
            row.place.as_str().into(),
            row.year.into(),
            row.unit.as_str().into(),
            row.hard.into(),
            row.target.into(),
            row.without.into(),
            row.promised.into(),
            row.timing.into(),
            row.allocation.into(),
            row.simulated.into(),
            row.recommended.into(),
            row.met.into(),
            row.least_shortfall.into(),
        ]);
    }
}

const MARKETS: &[Field] = &[
    field("material", Kind::Text, "物质", "material"),
    field("place", Kind::Text, "市场", "place of the market"),
    field("year", Kind::Integer, "年份", "year"),
    field("promised", Kind::Number, "承诺（t）", "in the programme, t"),
    field("timing", Kind::Number, "因投产时间（t）", "taken by later months, t"),
    field("allocation", Kind::Number, "因分配（t）", "taken by allocation by the rules, t"),
    field("simulated", Kind::Number, "模拟（t）", "simulated, t"),
];

fn markets(view: &View, rows: &mut Rows) {
    for row in &view.markets {
        rows.row(&[
            row.material.as_str().into(),
            row.place.as_str().into(),
            row.year.into(),
            row.promised.into(),
            row.timing.into(),
            row.allocation.into(),
            row.simulated.into(),
        ]);
    }
}

const ALTERNATIVES: &[Field] = &[
    field("number", Kind::Integer, "方案", "mix"),
    field("differing", Kind::Integer, "不同项目数", "projects that differ"),
    field("adds", Kind::Text, "增", "adds"),
    field("leaves_out", Kind::Text, "减", "leaves out"),
    field("targets", Kind::Number, "达标数", "targets met, simulated"),
    field("shortfall", Kind::Number, "差距（百分点）", "shortfall, points"),
    field("tonnes", Kind::Number, "工业固废（万t）", "solid waste used, 10⁴ t"),
    field("public_money", Kind::Number, "补助（万元）", "grants, 10⁴ yuan"),
    field("total_cost", Kind::Number, "投资（万元）", "investment, 10⁴ yuan"),
    field("jobs", Kind::Number, "就业", "jobs"),
    field("holds", Kind::Truth, "约束成立", "whether all that must hold does"),
];

fn alternatives(view: &View, rows: &mut Rows) {
    for row in &view.alternatives {
        let values = row.values;
        rows.row(&[
            (row.number as i64).into(),
            (row.differing as i64).into(),
            row.adds.join("; ").into(),
            row.leaves_out.join("; ").into(),
            values[0].into(),
            values[1].into(),
            values[2].into(),
            values[3].into(),
            values[4].into(),
            values[5].into(),
            row.holds.into(),
        ]);
    }
}

const FRONTIER: &[Field] = &[
    field("limit", Kind::Number, "第二目标的限度", "limit on the second objective"),
    field("first", Kind::Number, "第一目标", "first objective, in the programme"),
    field("bound", Kind::Number, "第一目标的界", "its bound"),
    field("second", Kind::Number, "第二目标", "second objective, in the programme"),
    field("first_simulated", Kind::Number, "第一目标模拟", "first, simulated"),
    field("second_simulated", Kind::Number, "第二目标模拟", "second, simulated"),
    field("projects", Kind::Integer, "项目数", "projects"),
    field("status", Kind::Text, "状态", "status"),
];

fn frontier(view: &View, rows: &mut Rows) {
    for row in &view.frontier {
        rows.row(&[
            row.limit.into(),
            row.promised[0].into(),
            row.bound.into(),
            row.promised[1].into(),
            row.simulated[0].into(),
            row.simulated[1].into(),
            (row.projects as i64).into(),
            row.status.into(),
        ]);
    }
}

const MONEY: &[Field] = &[
    field("fund", Kind::Text, "资金", "fund"),
    field("duty", Kind::Truth, "补足应缴", "whether it is what is owed"),
    field("amount", Kind::Number, "多出（万元）", "more than the tables give, 10⁴ yuan"),
    field("targets", Kind::Number, "最多达标数", "most targets met"),
    field("points", Kind::Number, "最小差距（百分点）", "least shortfall, points"),
    field("tonnes", Kind::Number, "最多利用（t）", "most waste used, t"),
];

fn money(view: &View, rows: &mut Rows) {
    for row in &view.money {
        rows.row(&[
            row.fund.as_str().into(),
            row.duty.into(),
            row.amount.into(),
            row.targets.into(),
            row.points.into(),
            row.tonnes.into(),
        ]);
    }
}

const REGRET: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field(
        "mix",
        Kind::Integer,
        "方案",
        "1: recommended, then the solver's where it differs, then the alternatives",
    ),
    field("objective", Kind::Text, "目标", "objective"),
    field("value", Kind::Number, "数值", "value, simulated"),
    field("regret", Kind::Number, "后悔值", "given away to the best found there"),
    field("worst", Kind::Number, "最大后悔值", "greatest over all scenarios"),
];

fn regret(view: &View, rows: &mut Rows) {
    for row in &view.regret {
        rows.row(&[
            row.scenario.as_str().into(),
            (row.mix as i64).into(),
            row.objective.into(),
            row.value.into(),
            row.regret.into(),
            row.worst.into(),
        ]);
    }
}

const ECONOMICS: &[Field] = &[
    field("project", Kind::Text, "项目", "project"),
    field("name", Kind::Text, "名称", "name"),
    field("tonnes", Kind::Number, "每年回收（t）", "waste recovered in a full year, t"),
    field("investment_per_tonne", Kind::Number, "吨投资（元）", "investment by tonne a year, yuan"),
    field("running_per_tonne", Kind::Number, "吨净成本（元）", "operating cost less revenue by tonne, yuan"),
    field("npv", Kind::Number, "净现值（万元）", "net present value, 10⁴ yuan"),
    field("irr", Kind::Number, "内部收益率", "internal rate of return, share"),
    field("payback", Kind::Number, "回收期（年）", "payback, years on stream"),
    field("jobs_per_million", Kind::Number, "每百万元就业", "jobs per million yuan"),
];

fn economics(view: &View, rows: &mut Rows) {
    for row in &view.economics {
        rows.row(&[
            row.project.as_str().into(),
            row.name.as_str().into(),
            row.tonnes.into(),
            row.investment_per_tonne.into(),
            row.running_per_tonne.into(),
            row.npv.into(),
            row.irr.into(),
            row.payback.into(),
            row.jobs_per_million.into(),
        ]);
    }
}

const CALENDAR: &[Field] = &[
    field("fund", Kind::Text, "资金", "fund"),
    field("name", Kind::Text, "名称", "name"),
    field("level", Kind::Text, "级别", "level"),
    field("month", Kind::Text, "月份", "month"),
    field("due", Kind::Number, "到期（万元）", "falls due in the month, 10⁴ yuan"),
    field("paid", Kind::Number, "支付（万元）", "paid in the month, 10⁴ yuan"),
];

fn calendar(view: &View, rows: &mut Rows) {
    for row in &view.calendar {
        rows.row(&[
            row.fund.as_str().into(),
            row.name.as_str().into(),
            row.level.as_str().into(),
            row.month.as_str().into(),
            row.due.into(),
            row.paid.into(),
        ]);
    }
}

/// Folder of the tables that carry the recommended mix.
const SCENARIO: &str = "scenario";

/// Writes the folder, replacing what stood there once all is written.
///
/// # Errors
/// When the folder is not ours to replace or the disk refuses; what stood there is then untouched.
pub fn write(folder: &Path, sink: &dyn Sink, written: &Written<'_>) -> Result<Published, PublishError> {
    let view = written.view;
    let objectives = view.objectives.iter().filter(|row| row.status != "none").map(|row| {
        json!({ "objective": row.objective, "status": row.status, "value": row.promised,
                "bound": row.bound.filter(|bound| bound.is_finite()), "gap": row.gap })
    });
    let told = told(&json!({
        "scenario": view.scenario,
        "solver": view.solver,
        "ending": view.ending,
        "objectives": objectives.collect::<Vec<_>>(),
        "simulated_mixes": view.tried,
        "discount_rate": view.appraising.map(|(rate, _)| rate),
        "years_on_stream": view.appraising.map(|(_, life)| life),
    }));
    let tables = written.tables.iter().map(|(name, bytes)| (format!("{SCENARIO}/{name}"), bytes.as_slice()));
    let folder_of = SideFolder {
        loaded: written.loaded,
        command: written.command,
        language: written.language,
        tables: filled(&TABLES, view),
        charts: written.charts,
        pages: std::slice::from_ref(&written.page),
        files: tables.collect(),
        folders: &[SCENARIO],
        told,
    };
    folder_of.write(folder, sink)
}
