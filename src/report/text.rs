//! The summary as text, no wider than a terminal.

mod abreast;

use super::grid::{Listed, Side, render, wrapped};
use super::number;
use super::summary::{Cost, CountyLine, Money, Outcome, Summary, TargetRow};
use crate::diagnostic::Language;
use crate::money::Fen;
use std::ops::Range;

/// The whole summary.
#[must_use]
pub fn summary(summary: &Summary, language: Language) -> String {
    let mut blocks = vec![heading(summary, language)];
    blocks.push(summary.answer.iter().map(|sentence| wrapped(sentence, "  ")).collect::<Vec<_>>().join("\n"));
    blocks.extend(Some(abreast::overview(summary, language)).filter(|overview| !overview.is_empty()));
    if !summary.targets.is_empty() {
        blocks.push(abreast::targets(summary, language));
    }
    if summary.money.iter().any(|money| money.rows.iter().any(|row| row.fen.iter().any(|&fen| fen != 0))) {
        blocks.extend(abreast::money(summary, language));
    }
    if let Some(cost) = &summary.cost_of_gap {
        blocks.push(cost_of_gap(cost, language));
    }
    if !summary.notes.is_empty() {
        let title = language.pick("须知", "To mind");
        let notes = summary.notes.iter().map(|note| wrapped(&format!("- {note}"), "  "));
        blocks.push(format!("{title}\n{}", notes.collect::<Vec<_>>().join("\n")));
    }
    if let Some(folder) = &summary.folder {
        let title = language.pick("结果写在", "Results in");
        blocks.push(wrapped(&format!("{title} {folder}: {}", summary.files.join(", ")), "  "));
    }
    blocks.join("\n\n") + "\n"
}

fn heading(summary: &Summary, language: Language) -> String {
    let (first, last) = summary.years;
    let scenarios = summary.scenarios.len();
    let mut line = match language {
        Language::Zh => format!("{}  {first}–{last}  {scenarios} 个情景", summary.name),
        Language::En => format!("{}  {first}–{last}  scenarios: {scenarios}", summary.name),
    };
    if let Some(stamp) = summary.stamp {
        line.push_str(&format!("  [{stamp}]"));
    }
    line
}

fn scenario_columns(summary: &Summary, group: Range<usize>) -> (Vec<String>, Vec<Side>) {
    let names = summary.scenarios[group.clone()].iter().map(|scenario| {
        let mark = if scenario.base { "†" } else { "" };
        format!("{}{mark}", scenario.name)
    });
    (names.collect(), vec![Side::Right; group.len()])
}

/// Rows against their targets for some of the scenarios.
fn targets_of(summary: &Summary, shown: &[&TargetRow], group: Range<usize>, language: Language) -> String {
    let (names, sides) = scenario_columns(summary, group.clone());
    let lead =
        [language.pick("指标", "Indicator"), language.pick("目标", "Target"), language.pick("估", "poor")];
    let header: Vec<String> = lead.into_iter().map(str::to_owned).chain(names).collect();
    let sides: Vec<Side> = [Side::Left, Side::Right, Side::Right].into_iter().chain(sides).collect();
    let base = summary.scenarios.iter().position(|scenario| scenario.base).unwrap_or(0);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut heading = String::new();
    for row in shown {
        let place = if row.place_name.is_empty() { language.pick("全市", "city") } else { &row.place_name };
        let next = format!("[{} {place}]", row.year);
        if next != heading {
            rows.push(vec![next.clone()]);
            heading = next;
        }
        let poor = row.outcomes[base]
            .poor_share
            .map_or_else(String::new, |share| format!("{}%", number::grouped(share * 100.0, 0)));
        let cells = row.outcomes[group.clone()].iter().map(|outcome| outcome_cell(outcome, language));
        rows.push([row_label(row), target_cell(row), poor].into_iter().chain(cells).collect());
    }
    rows.push(tally_row(summary, group, language));
    render(&header, &sides, &rows)
}

/// What the words and signs of the table of targets mean.
fn targets_legend(language: Language) -> String {
    let legend = language.pick(
        "达标 / 基本 = 基本达标 / 未达 = 未达标；— 不可计算；* 暂定；估 = 依据次级资料、估算或假设的占比（基准情景）；† 基准情景",
        "met / near = basically met / not = not met; — not computable; * provisional; poor = share resting on secondary \
         data, estimates or assumptions (base scenario); † base scenario",
    );
    wrapped(legend, "")
}

pub(super) fn row_label(row: &TargetRow) -> String {
    let star = if row.provisional { "*" } else { "" };
    let unit = if row.unit == "%" { String::new() } else { format!(" ({})", row.unit) };
    format!("{}{star}{unit}", row.name)
}

pub(super) fn target_cell(row: &TargetRow) -> String {
    let percent = if row.unit == "%" && !row.target.is_empty() { "%" } else { "" };
    format!("{}{percent}", row.target)
}

fn outcome_cell(outcome: &Outcome, language: Language) -> String {
    let mark = match outcome.grade {
        Some("met") => language.pick(" 达标", " met"),
        Some("basically_met") => language.pick(" 基本", " near"),
        Some(_) => language.pick(" 未达", " not"),
        None => "",
    };
    format!("{}{mark}", outcome.shown)
}

fn tally_row(summary: &Summary, group: Range<usize>, language: Language) -> Vec<String> {
    let name = language.pick("达标 + 基本达标 / 目标数", "met + basically met / targets").to_owned();
    let cells = summary.tallies[group]
        .iter()
        .map(|tally| format!("{}+{} / {}", tally.met, tally.basically_met, tally.targets));
    [name, String::new(), String::new()].into_iter().chain(cells).collect()
}

/// Gaps, projects and the matching rule by scenario.
pub(super) fn money(summary: &Summary, language: Language) -> Listed {
    money_of(summary, 0..summary.scenarios.len(), language)
}

/// The same for some of the scenarios.
fn money_of(summary: &Summary, group: Range<usize>, language: Language) -> Listed {
    let (names, sides) = scenario_columns(summary, group.clone());
    let unit = number::wan_yuan_unit(language);
    let title = match language {
        Language::Zh => format!("资金（{unit}，月末状态）"),
        Language::En => format!("Money ({unit}, state at the month's end)"),
    };
    let header: Vec<String> = std::iter::once(title).chain(names).collect();
    let sides: Vec<Side> = std::iter::once(Side::Left).chain(sides).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for money in &summary.money {
        rows.push(vec![format!("[{}]", money.month)]);
        rows.extend(money_rows(money, group.clone()));
    }
    let built = summary.scenarios[group.clone()].iter().map(|s| format!("{}/{}", s.on_stream, s.built));
    let name = language.pick("期内投运 / 建设的项目", "projects on stream / built").to_owned();
    rows.push(std::iter::once(name).chain(built).collect());
    let rule = summary.scenarios[group].iter().map(|s| rule_word(s.matching, language).to_owned());
    let name = language.pick("配套规则", "matching rule").to_owned();
    rows.push(std::iter::once(name).chain(rule).collect());
    Listed { header, sides, rows }
}

fn money_rows(money: &Money, group: Range<usize>) -> Vec<Vec<String>> {
    let of = |row: &super::summary::MoneyRow| {
        std::iter::once(row.name.to_owned())
            .chain(row.fen[group.clone()].iter().map(|&fen| number::wan(Fen(fen))))
            .collect()
    };
    money.rows.iter().map(of).collect()
}

/// Title of the table of the cost of the gap.
pub(super) fn cost_title(cost: &Cost, language: Language) -> String {
    match language {
        Language::Zh => format!("县级资金缺口的代价（情景“{}”；假如各县按时设立）", cost.scenario),
        Language::En => {
            format!(
                "Cost of the missing county money (scenario “{}”; had all counties paid on time)",
                cost.scenario
            )
        }
    }
}

fn cost_of_gap(cost: &Cost, language: Language) -> String {
    let mut blocks = vec![cost_title(cost, language), cost_lines(cost, language).text()];
    let counties = by_county(cost, language).text();
    if !counties.is_empty() {
        blocks.extend([String::new(), counties]);
    }
    blocks.push(wrapped(&cost.sentence, "  "));
    blocks.join("\n")
}

/// The cost of the gap by state of the assumptions.
pub(super) fn cost_lines(cost: &Cost, language: Language) -> Listed {
    let header = [
        language.pick("配套规则", "matching rule").to_owned(),
        language.pick("业主垫资", "owners bridge").to_owned(),
        language.pick("少投运项目月", "project-months lost").to_owned(),
        format!("{} ({})", language.pick("少利用固废", "waste not used"), number::wan_tonnes_unit(language)),
        language.pick("综合指标低（点）", "composite lower (points)").to_owned(),
        language.pick("固废利用率低（点）", "solid-waste rate lower (points)").to_owned(),
    ];
    let sides = [Side::Left, Side::Right, Side::Right, Side::Right, Side::Right, Side::Right];
    let nothing = || "—".to_owned();
    let rows: Vec<Vec<String>> = cost
        .lines
        .iter()
        .map(|line| {
            let least = if line.at_least { "≥" } else { "" };
            vec![
                rule_word(line.matching, language).to_owned(),
                bridge_word(line.bridge, language),
                line.project_months.map_or_else(nothing, |v| format!("{least}{}", number::grouped(v, 0))),
                line.tonnes.map_or_else(nothing, |v| format!("{least}{}", number::wan_tonnes(v))),
                line.composite_points.map_or_else(nothing, |v| number::grouped(v, 2)),
                line.solid_waste_points.map_or_else(nothing, |v| number::grouped(v, 2)),
            ]
        })
        .collect();
    Listed { header: header.to_vec(), sides: sides.to_vec(), rows }
}

/// Each county alone and its Shapley share, in every state in which the missing money costs anything.
pub(super) fn by_county(cost: &Cost, language: Language) -> Listed {
    let unit = number::wan_tonnes_unit(language);
    let header = [
        language.pick("按县：配套规则", "by county: rule").to_owned(),
        language.pick("业主垫资", "bridge").to_owned(),
        language.pick("县区", "county unit").to_owned(),
        language.pick("项目月：只它到位", "months: it alone").to_owned(),
        language.pick("项目月：沙普利", "months: Shapley").to_owned(),
        format!("{} ({unit})", language.pick("固废：只它到位", "waste: it alone")),
        format!("{} ({unit})", language.pick("固废：沙普利", "waste: Shapley")),
    ];
    let sides = [Side::Left, Side::Right, Side::Left, Side::Right, Side::Right, Side::Right, Side::Right];
    let nothing = || "—".to_owned();
    let months = |value: Option<f64>| value.map_or_else(nothing, |v| number::grouped(v, 1));
    let tonnes = |value: Option<f64>| value.map_or_else(nothing, number::wan_tonnes);
    let row = |line: &CountyLine| {
        vec![
            rule_word(line.matching, language).to_owned(),
            bridge_word(line.bridge, language),
            line.county.clone(),
            months(line.months_alone),
            months(line.months_shapley),
            tonnes(line.tonnes_alone),
            tonnes(line.tonnes_shapley),
        ]
    };
    let rows = costing_counties(cost).into_iter().map(row).collect();
    Listed { header: header.to_vec(), sides: sides.to_vec(), rows }
}

/// The lines of [`by_county`]: those of states in which the missing money costs anything.
pub(super) fn costing_counties(cost: &Cost) -> Vec<&CountyLine> {
    let costs = |line: &&CountyLine| {
        cost.counties.iter().any(|other| {
            let figures =
                [other.months_alone, other.months_shapley, other.tonnes_alone, other.tonnes_shapley];
            (other.matching, other.bridge) == (line.matching, line.bridge)
                && figures.into_iter().flatten().any(|figure| figure != 0.0)
        })
    };
    cost.counties.iter().filter(costs).collect()
}

/// A state of the assumptions in words.
pub(super) fn state_words(matching: bool, bridge: Option<f64>, language: Language) -> String {
    let (rule, bridge) = (rule_word(matching, language), bridge_word(bridge, language));
    match language {
        Language::Zh => format!("配套规则{rule}，业主垫资 {bridge}"),
        Language::En => format!("matching rule {rule}, owners bridge {bridge}"),
    }
}

fn bridge_word(bridge: Option<f64>, language: Language) -> String {
    bridge.map_or_else(
        || language.pick("各自比例", "own shares").to_owned(),
        |share| format!("{}%", number::grouped(share * 100.0, 0)),
    )
}

fn rule_word(matching: bool, language: Language) -> &'static str {
    if matching { language.pick("执行", "on") } else { language.pick("不执行", "off") }
}
