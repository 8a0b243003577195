//! The answer in sections, in order.

use super::beside::{alternatives, frontier, promise, regret};
use super::section::{Section, columns, counted, optional, optionally};
use super::worth::{calendar, economics, money};
use super::{ObjectiveRow, ProjectRow, View};
use crate::diagnostic::Language;
use crate::report::grid::Side;
use crate::report::number::{figure, grouped};

/// The sections that a terminal shows, with at most so many rows in lists that may be long.
pub(super) fn short(view: &View, language: Language, most: usize) -> Vec<Section> {
    let mut sections = match view.ending {
        "conflict" => vec![conflict(view, language)],
        "failed" => vec![failed(view, language)],
        _ => vec![
            objectives(view, language),
            Section::default().says(proof(view, language)),
            projects(view, language),
            targets(view, language),
            promise(view, language, most),
            alternatives(view, language, most),
            frontier(view, language),
            money(view, language),
            regret(view, language),
        ],
    };
    sections.push(refused(view, language));
    sections.retain(|section| !section.parts.is_empty());
    sections
}

/// All sections, for a page.
pub(super) fn whole(view: &View, language: Language) -> Vec<Section> {
    const MOST: usize = 40;
    let mut sections = short(view, language, MOST);
    // The proof stands below the objectives.
    if let Some(at) = sections.iter().position(|section| section.anchor.is_empty()) {
        let proof = sections.remove(at);
        sections[at - 1].parts.extend(proof.parts);
    }
    let further = [economics(view, language), calendar(view, language)];
    let at = sections.iter().position(|section| section.anchor == "refused").unwrap_or(sections.len());
    sections.splice(at..at, further.into_iter().filter(|section| !section.parts.is_empty()));
    sections
}

fn failed(view: &View, language: Language) -> Section {
    let words = view.failed.as_deref().unwrap_or("–");
    Section::of("failed", language.pick("没有答案", "No answer")).says(match language {
        Language::Zh => format!("求解器没有得出答案（{words}）。可用 --nodes 放宽节点数，或减少约束再试。"),
        Language::En => {
            format!(
                "The solver had no answer ({words}). Allow more with --nodes, or ask with fewer constraints."
            )
        }
    })
}

pub(super) fn status(row: &ObjectiveRow, language: Language) -> String {
    match row.status {
        "proven" => language.pick("已证明", "proven").to_owned(),
        "limited" => language.pick("已知最好", "best found").to_owned(),
        "start" => language.pick("沿用起点", "start kept").to_owned(),
        "unconfirmed" => language.pick("复核未通过", "not confirmed").to_owned(),
        _ => language.pick("未作为目标", "not asked").to_owned(),
    }
}

fn objectives(view: &View, language: Language) -> Section {
    let mut list = columns(&[
        (language.pick("目标", "objective"), Side::Left),
        (language.pick("单位", "unit"), Side::Left),
        (language.pick("不建", "nothing built"), Side::Right),
        (language.pick("承诺", "promised"), Side::Right),
        (language.pick("界", "bound"), Side::Right),
        (language.pick("差距", "gap"), Side::Right),
        (language.pick("状态", "status"), Side::Left),
        (language.pick("承诺方案模拟", "solver's mix simulated"), Side::Right),
        (language.pick("推荐方案模拟", "recommended mix simulated"), Side::Right),
    ]);
    for row in &view.objectives {
        list.rows.push(vec![
            row.name.to_owned(),
            row.unit.to_owned(),
            counted(row.without),
            optionally(row.promised, counted),
            optionally(row.bound.filter(|bound| bound.is_finite()), counted),
            optionally(row.gap, |gap| format!("{} %", grouped(gap * 100.0, 2))),
            status(row, language),
            counted(row.simulated),
            counted(row.recommended),
        ]);
    }
    Section::of("objectives", language.pick("目标与证明", "Objectives and proof"))
        .table(list)
        .rows_in("objectives.csv")
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
    text
}

/// The recommended mix in one sentence, without its full stop.
pub(super) fn recommended(view: &View, language: Language) -> String {
    let chosen = view.projects.iter().filter(|row| row.recommended);
    let (count, grants, investment) =
        chosen.fold((0, 0.0, 0.0), |sum, row| (sum.0 + 1, sum.1 + row.grants, sum.2 + row.investment));
    let (all, grants, investment) = (view.projects.len(), grouped(grants, 0), grouped(investment, 0));
    match language {
        Language::Zh => {
            format!("推荐方案：{all} 个项目中的 {count} 个，补助 {grants} 万元，总投资 {investment} 万元")
        }
        Language::En => format!(
            "Recommended: {count} of {all} projects, grants of {grants} wan yuan, investment of {investment} wan yuan"
        ),
    }
}

fn projects(view: &View, language: Language) -> Section {
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
    for row in view.projects.iter().filter(|row| row.recommended) {
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
    Section::of("projects", language.pick("推荐方案的项目", "Projects of the recommended mix"))
        .says(recommended(view, language))
        .table(list)
        .rows_in("projects.csv")
}

fn targets(view: &View, language: Language) -> Section {
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
    let mut classes = Vec::new();
    for row in &view.targets {
        classes.push(if row.met { "met" } else { "not" });
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
    Section::of("targets", language.pick("各项目标", "Targets")).graded(list, classes).rows_in("targets.csv")
}

fn refused(view: &View, language: Language) -> Section {
    let rows: Vec<&ProjectRow> = view.projects.iter().filter(|row| row.refused.is_some()).collect();
    if rows.is_empty() {
        return Section::default();
    }
    let title = match language {
        Language::Zh => format!("不能选的项目 {} 个：", rows.len()),
        Language::En => format!("{} projects cannot be chosen:", rows.len()),
    };
    let why = |row: &ProjectRow| {
        format!("{}{}{}", row.name, language.pick("：", ": "), row.refused.as_deref().unwrap_or_default())
    };
    let section = Section::of("refused", language.pick("不能选的项目", "Projects that cannot be chosen"));
    section.says(title).notes(rows.into_iter().map(why).collect())
}

fn conflict(view: &View, language: Language) -> Section {
    let section = Section::of("conflict", language.pick("没有可行的方案", "No mix will do"));
    if view.conflict.is_empty() {
        return section.says(language.pick(
            "没有任何方案可行，而且与目标、资金和规则无关：各年的物质平衡本身就不成立。请用 check 检查各表。",
            "No mix will do, whatever targets, funds and rules: the years themselves do not balance. Look at the tables with `check`.",
        ));
    }
    let asks = view.conflict.iter().map(|row| row.asks.clone()).collect();
    let helps = view.conflict.iter().filter_map(|row| row.helps.as_ref().map(|helps| (row, helps)));
    let helps: Vec<String> = helps
        .map(|(row, helps)| match language {
            Language::Zh => format!("{helps}（其余不变）——{}", row.asks),
            Language::En => format!("{helps}, all else as it is — {}", row.asks),
        })
        .collect();
    let mut section = section
        .says(language.pick(
            "没有任何方案可行。下面各条不能同时成立（去掉任何一条，其余就能成立）：",
            "No mix will do. These cannot hold together (without any one of them the others can):",
        ))
        .notes(asks);
    if !helps.is_empty() {
        section = section
            .says(language.pick("至少要放宽其中之一：", "The least that helps, any one of:"))
            .notes(helps);
    }
    if view.conflict_more {
        section = section.says(language.pick(
            "这些之外还有不能成立的：放宽之后请再问一次。",
            "These are not all that cannot hold: once they give way, ask again.",
        ));
    }
    section
}
