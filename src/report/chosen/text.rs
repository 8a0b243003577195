//! The answer for a terminal.

use super::words::{objective_name, objective_unit};
use super::{ObjectiveRow, TargetRow, View};
use crate::diagnostic::Language;
use crate::optimise::question::Objective;
use crate::report::grid::{Listed, Side, wrapped};
use crate::report::number::{figure, grouped};

/// Rows of a list that are shown; all of them stand in the files.
const MOST: usize = 8;

/// The view as lines.
#[must_use]
pub fn text(view: &View, language: Language) -> String {
    let mut parts = vec![head(view, language)];
    match view.ending {
        "conflict" => parts.push(conflict(view, language)),
        "failed" => parts.push(match language {
            Language::Zh => format!(
                "求解器没有得出答案（{}）。可用 --nodes 放宽节点数，或减少约束再试。",
                view.failed.as_deref().unwrap_or("–")
            ),
            Language::En => format!(
                "The solver had no answer ({}). Allow more with --nodes, or ask with fewer constraints.",
                view.failed.as_deref().unwrap_or("–")
            ),
        }),
        _ => parts.extend([
            objectives(view, language),
            proof(view, language),
            projects(view, language),
            targets(view, language),
            promise(view, language),
            alternatives(view, language),
            frontier(view, language),
            money(view, language),
            regret(view, language),
        ]),
    }
    parts.push(refused(view, language));
    parts.retain(|part| !part.trim().is_empty());
    let lines: Vec<String> = parts.iter().map(|part| part.trim_end().to_owned()).collect();
    lines.join("\n\n") + "\n"
}

fn head(view: &View, language: Language) -> String {
    let mut head = match language {
        Language::Zh => format!("{}，情景“{}”：选哪些项目", view.name, view.scenario),
        Language::En => format!("{}, scenario “{}”: which mix", view.name, view.scenario),
    };
    if let Some(stamp) = view.stamp {
        head.push('\n');
        head.push_str(stamp);
    }
    head
}

fn columns(words: &[(&str, Side)]) -> Listed {
    Listed {
        header: words.iter().map(|(word, _)| (*word).to_owned()).collect(),
        sides: words.iter().map(|(_, side)| *side).collect(),
        rows: Vec::new(),
    }
}

fn optional(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), tidy)
}

/// A figure; what is left of rounding is nothing.
fn tidy(value: f64) -> String {
    figure(if value.abs() < 5e-4 { 0.0 } else { value })
}

fn status(row: &ObjectiveRow, language: Language) -> String {
    match row.status {
        "proven" => language.pick("已证明", "proven").to_owned(),
        "limited" => language.pick("到节点上限", "node limit").to_owned(),
        "start" => language.pick("沿用起点", "start kept").to_owned(),
        "unconfirmed" => language.pick("复核未通过", "not confirmed").to_owned(),
        _ => language.pick("未作为目标", "not asked").to_owned(),
    }
}

fn objectives(view: &View, language: Language) -> String {
    let mut list = columns(&[
        (language.pick("目标", "objective"), Side::Left),
        (language.pick("单位", "unit"), Side::Left),
        (language.pick("不建", "nothing built"), Side::Right),
        (language.pick("承诺", "promised"), Side::Right),
        (language.pick("界", "bound"), Side::Right),
        (language.pick("差距", "gap"), Side::Right),
        (language.pick("状态", "status"), Side::Left),
        (language.pick("承诺方案模拟", "its mix simulated"), Side::Right),
        (language.pick("推荐方案模拟", "recommended mix simulated"), Side::Right),
    ]);
    for row in &view.objectives {
        list.rows.push(vec![
            row.name.to_owned(),
            row.unit.to_owned(),
            figure(row.without),
            optional(row.promised),
            optional(row.bound.filter(|bound| bound.is_finite())),
            row.gap.map_or_else(|| "–".to_owned(), |gap| format!("{} %", grouped(gap * 100.0, 2))),
            status(row, language),
            figure(row.simulated),
            figure(row.recommended),
        ]);
    }
    list.text()
}

fn proof(view: &View, language: Language) -> String {
    let [columns, whole, rows] = view.size.unwrap_or_default();
    let tried = view.tried.unwrap_or_default();
    let settled = view.settled.unwrap_or_default();
    let mut text = match language {
        Language::Zh => format!(
            "求解器 {}：{columns} 列（其中 {whole} 个是否开工）、{rows} 行；物质由求解器自由分配，所以“承诺”是上界。\
             推荐方案由承诺方案出发，在模拟器上增、删、移、换，试了 {tried} 个方案{}。",
            view.solver,
            if settled { "，单步已无可改进" } else { "（到次数上限）" }
        ),
        Language::En => format!(
            "{}: {columns} columns ({whole} of them starts), {rows} rows. The solver allocates materials freely, so what is promised \
             is a bound. The recommended mix comes from it by adding, dropping, shifting and swapping on the simulator: {tried} \
             mixes tried{}.",
            view.solver,
            if settled { ", no single move betters it" } else { " (limit reached)" }
        ),
    };
    if let Some(count) = view.enumerated {
        text.push_str(&match language {
            Language::Zh => format!("全部 {count} 个方案都试过，推荐方案就是其中最好的。"),
            Language::En => {
                format!(" All {count} mixes were tried; the recommended one is the best of them.")
            }
        });
    }
    wrapped(&text, "")
}

fn projects(view: &View, language: Language) -> String {
    let chosen: Vec<_> = view.projects.iter().filter(|row| row.recommended).collect();
    let (grants, investment): (f64, f64) =
        chosen.iter().fold((0.0, 0.0), |sum, row| (sum.0 + row.grants, sum.1 + row.investment));
    let title = match language {
        Language::Zh => format!(
            "推荐方案：{} 个项目中的 {} 个，补助 {} 万元，总投资 {} 万元",
            view.projects.len(),
            chosen.len(),
            grouped(grants, 0),
            grouped(investment, 0)
        ),
        Language::En => format!(
            "Recommended: {} of {} projects, grants of {} wan yuan, investment of {} wan yuan",
            chosen.len(),
            view.projects.len(),
            grouped(grants, 0),
            grouped(investment, 0)
        ),
    };
    let mut list = columns(&[
        (language.pick("项目", "project"), Side::Left),
        (language.pick("地点", "place"), Side::Left),
        (language.pick("开工", "start"), Side::Right),
        (language.pick("钱够时投产", "on stream if paid"), Side::Right),
        (language.pick("模拟投产", "on stream"), Side::Right),
        (language.pick("补助 万元", "grants, wan"), Side::Right),
        (language.pick("投资 万元", "investment, wan"), Side::Right),
        (language.pick("承诺方案", "in solver's mix"), Side::Left),
    ]);
    for row in &chosen {
        let month = |month: &Option<String>| {
            month.clone().unwrap_or_else(|| language.pick("期内无", "never").to_owned())
        };
        list.rows.push(vec![
            row.name.clone(),
            row.place.clone(),
            month(&row.start),
            month(&row.planned),
            month(&row.on_stream),
            grouped(row.grants, 0),
            grouped(row.investment, 0),
            if row.promised { language.pick("有", "yes") } else { language.pick("无", "no") }.to_owned(),
        ]);
    }
    format!("{title}\n{}", list.text())
}

fn targets(view: &View, language: Language) -> String {
    let mut list = columns(&[
        (language.pick("指标", "target"), Side::Left),
        (language.pick("地点", "place"), Side::Left),
        (language.pick("年份", "year"), Side::Right),
        (language.pick("目标", "target"), Side::Right),
        (language.pick("不建", "nothing built"), Side::Right),
        (language.pick("承诺", "promised"), Side::Right),
        (language.pick("推荐方案", "recommended"), Side::Right),
        (language.pick("结果", "result"), Side::Left),
    ]);
    for row in &view.targets {
        let sign = if row.less_is_better { "≤" } else { "≥" };
        let result = if row.met {
            language.pick("达标", "met").to_owned()
        } else if row.recommended.is_none() {
            language.pick("不可计算", "not computable").to_owned()
        } else if row.least_shortfall > 0.0 {
            // No choice reaches it: the nearest that any comes.
            match language {
                Language::Zh => format!("够不着（至少差 {} %）", grouped(row.least_shortfall * 100.0, 1)),
                Language::En => {
                    format!("out of reach (by {} % at least)", grouped(row.least_shortfall * 100.0, 1))
                }
            }
        } else {
            language.pick("未达标", "not met").to_owned()
        };
        list.rows.push(vec![
            row.name.clone(),
            row.place.clone(),
            row.year.to_string(),
            format!("{sign}{}", figure(row.target)),
            optional(row.without),
            optional(row.promised),
            optional(row.recommended),
            result,
        ]);
    }
    list.text()
}

fn promise(view: &View, language: Language) -> String {
    let Some([promised, timing, allocation, simulated]) = view.tonnes else { return String::new() };
    let wan = |tonnes: f64| tidy(tonnes / 1e4);
    let mut text = match language {
        Language::Zh => format!(
            "承诺与模拟：利用工业固废承诺 {} 万t，投产时间的影响 {} 万t，分配的影响 {} 万t，模拟 {} 万t。差得最多的市场：",
            wan(promised),
            wan(timing),
            wan(allocation),
            wan(simulated)
        ),
        Language::En => format!(
            "Promise and simulation: {} × 10⁴ t of industrial solid waste promised, {} by timing, {} by allocation, {} simulated. \
             Where they differ most:",
            wan(promised),
            wan(timing),
            wan(allocation),
            wan(simulated)
        ),
    };
    text = wrapped(&text, "");
    let mut rows: Vec<_> = view.markets.iter().collect();
    rows.sort_by(|a, b| (b.simulated - b.promised).abs().total_cmp(&(a.simulated - a.promised).abs()));
    let mut list = columns(&[
        (language.pick("物质", "material"), Side::Left),
        (language.pick("市场", "market"), Side::Left),
        (language.pick("年份", "year"), Side::Right),
        (language.pick("承诺 万t", "promised, 10⁴ t"), Side::Right),
        (language.pick("因投产", "timing"), Side::Right),
        (language.pick("因分配", "allocation"), Side::Right),
        (language.pick("模拟 万t", "simulated, 10⁴ t"), Side::Right),
    ]);
    for row in rows.iter().take(MOST) {
        list.rows.push(vec![
            row.material.clone(),
            row.place.clone(),
            row.year.to_string(),
            wan(row.promised),
            wan(row.timing),
            wan(row.allocation),
            wan(row.simulated),
        ]);
    }
    let targets = differing_targets(view, language);
    format!("{text}\n{}{targets}", list.text())
}

/// Targets of the solver's mix of which the simulation says otherwise, the most differing first.
fn differing_targets(view: &View, language: Language) -> String {
    let mut rows: Vec<_> = view
        .targets
        .iter()
        .filter_map(|row| Some((row, row.promised?, row.timing?, row.allocation?, row.simulated?)))
        .filter(|(_, promised, _, _, simulated)| (promised - simulated).abs() >= 5e-3)
        .collect();
    rows.sort_by(|a, b| {
        let off = |of: &(&TargetRow, f64, f64, f64, f64)| ((of.1 - of.4) / of.0.target.abs().max(1e-9)).abs();
        off(b).total_cmp(&off(a))
    });
    let mut list = columns(&[
        (language.pick("指标", "target"), Side::Left),
        (language.pick("地点", "place"), Side::Left),
        (language.pick("年份", "year"), Side::Right),
        (language.pick("承诺", "promised"), Side::Right),
        (language.pick("因投产", "timing"), Side::Right),
        (language.pick("因分配", "allocation"), Side::Right),
        (language.pick("模拟", "simulated"), Side::Right),
    ]);
    for (row, promised, timing, allocation, simulated) in rows.into_iter().take(MOST) {
        list.rows.push(vec![
            row.name.clone(),
            row.place.clone(),
            row.year.to_string(),
            tidy(promised),
            tidy(timing),
            tidy(allocation),
            tidy(simulated),
        ]);
    }
    let text = list.text();
    if text.is_empty() { text } else { format!("\n\n{text}") }
}

fn alternatives(view: &View, language: Language) -> String {
    if view.alternatives.is_empty() {
        return String::new();
    }
    let title =
        language.pick("差不多好而很不一样的方案（模拟）：", "Nearly as good, and different (simulated):");
    let mut words = vec![
        (language.pick("方案", "mix"), Side::Left),
        (language.pick("不同项目", "differing"), Side::Right),
    ];
    words.extend(Objective::ALL.map(|objective| (objective_name(objective, language), Side::Right)));
    let mut list = columns(&words);
    for row in &view.alternatives {
        let mut cells = vec![row.number.to_string(), row.differing.to_string()];
        cells.extend(row.values.iter().map(|value| tidy(*value)));
        list.rows.push(cells);
    }
    let swaps: Vec<String> = view
        .alternatives
        .iter()
        .map(|row| {
            let list = |names: &[String]| {
                let shown: Vec<&str> = names.iter().take(MOST).map(String::as_str).collect();
                let more = if names.len() > MOST { "…" } else { "" };
                if names.is_empty() {
                    "–".to_owned()
                } else {
                    shown.join(language.pick("、", ", ")) + more
                }
            };
            let line = match language {
                Language::Zh => {
                    format!("{}：增 {}；减 {}", row.number, list(&row.adds), list(&row.leaves_out))
                }
                Language::En => {
                    format!("{}: adds {}; leaves out {}", row.number, list(&row.adds), list(&row.leaves_out))
                }
            };
            wrapped(&line, "   ")
        })
        .collect();
    format!("{title}\n{}\n{}", list.text(), swaps.join("\n"))
}

fn frontier(view: &View, language: Language) -> String {
    if view.no_frontier {
        let none = language.pick(
            "前沿没有算出：求解器在节点上限内找不到它的端点。可用 --nodes 放宽。",
            "No frontier: the solver found no end of it within its nodes. Allow more with --nodes.",
        );
        return none.to_owned();
    }
    let Some([first, second]) = view.frontier_of.map(|words| words.map(Objective::of)) else {
        return String::new();
    };
    let (Some(first), Some(second)) = (first, second) else { return String::new() };
    let with_unit = |objective: Objective| {
        let (name, unit) = (objective_name(objective, language), objective_unit(objective, language));
        match language {
            Language::Zh => format!("{name}（{unit}）"),
            Language::En => format!("{name} ({unit})"),
        }
    };
    let (one, other) = (with_unit(first), with_unit(second));
    let title = match language {
        Language::Zh => format!("{one}随{other}："),
        Language::En => format!("{one} against {other}:"),
    };
    let simulated = |name: &str| format!("{}{name}", language.pick("模拟", "simulated "));
    let (one_simulated, other_simulated) =
        (simulated(objective_name(first, language)), simulated(objective_name(second, language)));
    let mut list = columns(&[
        (objective_name(second, language), Side::Right),
        (objective_name(first, language), Side::Right),
        (language.pick("界", "bound"), Side::Right),
        (language.pick("项目数", "projects"), Side::Right),
        (&one_simulated, Side::Right),
        (&other_simulated, Side::Right),
    ]);
    for row in &view.frontier {
        list.rows.push(vec![
            figure(row.promised[1]),
            figure(row.promised[0]),
            figure(row.bound),
            row.projects.to_string(),
            figure(row.simulated[0]),
            figure(row.simulated[1]),
        ]);
    }
    format!("{title}\n{}", list.text())
}

fn money(view: &View, language: Language) -> String {
    if view.money.is_empty() {
        return String::new();
    }
    let title = language.pick(
        "再多一笔钱最多能换来什么（求解器的最优值，不是模拟）：",
        "What more money buys at best (the solver's optimum, not simulated):",
    );
    let mut list = columns(&[
        (language.pick("资金", "fund"), Side::Left),
        (language.pick("多出 万元", "more, wan"), Side::Right),
        (language.pick("达标数", "targets met"), Side::Right),
        (language.pick("差距 百分点", "shortfall, points"), Side::Right),
        (language.pick("工业固废 万t", "solid waste, 10⁴ t"), Side::Right),
        (language.pick("比不加钱 万t", "more than now, 10⁴ t"), Side::Right),
    ]);
    let mut now = None;
    for row in &view.money {
        // What there is stands once, above all funds.
        if row.amount == 0.0 && now.is_some() {
            continue;
        }
        if row.amount == 0.0 {
            now = row.tonnes;
        }
        let name = match (row.duty, language) {
            _ if row.amount == 0.0 => language.pick("现有的钱", "as it is").to_owned(),
            (false, _) => row.fund.clone(),
            (true, Language::Zh) => format!("{}（补足应缴）", row.fund),
            (true, Language::En) => format!("{} (what is owed)", row.fund),
        };
        let more = row.tonnes.zip(now).map(|(tonnes, now)| tonnes - now);
        list.rows.push(vec![
            name,
            grouped(row.amount, 0),
            optional(row.targets),
            optional(row.points),
            optional(row.tonnes.map(|tonnes| tonnes / 1e4)),
            optional(more.map(|tonnes| tonnes / 1e4)),
        ]);
    }
    format!("{title}\n{}", list.text())
}

fn regret(view: &View, language: Language) -> String {
    let Some(first) = view.regret.first().and_then(|row| Objective::of(row.objective)) else {
        return String::new();
    };
    let title = match language {
        Language::Zh => format!(
            "各情景下的后悔值（{}，{}）：",
            objective_name(first, language),
            objective_unit(first, language)
        ),
        Language::En => format!(
            "Regret over the scenarios ({}, {}):",
            objective_name(first, language),
            objective_unit(first, language)
        ),
    };
    let mixes = view.regret.iter().map(|row| row.mix).max().unwrap_or(0);
    let names: Vec<String> = (1..=mixes)
        .map(|mix| match (mix, language) {
            (1, Language::Zh) => "推荐方案".to_owned(),
            (1, Language::En) => "recommended".to_owned(),
            (mix, Language::Zh) => format!("方案 {mix}"),
            (mix, Language::En) => format!("mix {mix}"),
        })
        .collect();
    let mut words = vec![(language.pick("情景", "scenario"), Side::Left)];
    words.extend(names.iter().map(|name| (name.as_str(), Side::Right)));
    let mut list = columns(&words);
    let mut scenarios: Vec<&str> = Vec::new();
    for row in &view.regret {
        if scenarios.last() != Some(&row.scenario.as_str()) {
            scenarios.push(&row.scenario);
        }
    }
    for scenario in scenarios {
        let mut cells = vec![scenario.to_owned()];
        let of = view.regret.iter().filter(|row| row.scenario == scenario);
        cells.extend(of.map(|row| tidy(row.regret)));
        list.rows.push(cells);
    }
    let mut worst = vec![language.pick("最大", "greatest").to_owned()];
    worst.extend((1..=mixes).map(|mix| {
        let row = view.regret.iter().find(|row| row.mix == mix);
        row.map_or_else(String::new, |row| figure(row.worst))
    }));
    list.rows.push(worst);
    format!("{title}\n{}", list.text())
}

fn refused(view: &View, language: Language) -> String {
    let rows: Vec<_> = view.projects.iter().filter(|row| row.refused.is_some()).collect();
    if rows.is_empty() {
        return String::new();
    }
    let mut lines = vec![match language {
        Language::Zh => format!("不能选的项目 {} 个：", rows.len()),
        Language::En => format!("{} projects cannot be chosen:", rows.len()),
    }];
    for row in rows {
        let why = row.refused.as_deref().unwrap_or_default();
        lines.push(wrapped(&format!("  {}{}{why}", row.name, language.pick("：", ": ")), "    "));
    }
    lines.join("\n")
}

fn conflict(view: &View, language: Language) -> String {
    if view.conflict.is_empty() {
        return language
            .pick(
                "没有任何方案可行，而且与目标、资金和规则无关：各年的物质平衡本身就不成立。请用 check 检查各表。",
                "No mix will do, whatever targets, funds and rules: the years themselves do not balance. Look at the tables with `check`.",
            )
            .to_owned();
    }
    let mut lines = vec![
        language
            .pick(
                "没有任何方案可行。下面各条不能同时成立（去掉任何一条，其余就能成立）：",
                "No mix will do. These cannot hold together (without any one of them the others can):",
            )
            .to_owned(),
    ];
    for row in &view.conflict {
        lines.push(wrapped(&format!("  · {}", row.asks), "    "));
    }
    let helps = view.conflict.iter().filter_map(|row| row.helps.as_ref().map(|helps| (row, helps)));
    let helps: Vec<String> = helps
        .map(|(row, helps)| {
            let line = match language {
                Language::Zh => format!("  · {helps}（其余不变）——{}", row.asks),
                Language::En => format!("  · {helps}, all else as it is — {}", row.asks),
            };
            wrapped(&line, "    ")
        })
        .collect();
    if !helps.is_empty() {
        lines.push(language.pick("至少要放宽其中之一：", "The least that helps, any one of:").to_owned());
        lines.extend(helps);
    }
    if view.conflict_more {
        let more = language.pick(
            "这些之外还有不能成立的：放宽之后请再问一次。",
            "These are not all that cannot hold: once they give way, ask again.",
        );
        lines.push(more.to_owned());
    }
    lines.join("\n")
}
