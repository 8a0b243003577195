//! The answer as a page, whole in itself: what is recommended and what is proven first, then its sections with pictures.

use super::section::{Part, Section, counted};
use super::sections::{recommended, status, whole};
use super::words::{beginning, with_unit};
use super::{ObjectiveRow, View};
use crate::diagnostic::Language;
use crate::optimise::question::Objective;
use crate::output::{Chart, Page};
use crate::report::number::grouped;
use crate::report::page::markup::Html;
use crate::report::page::{Head, document, listed, shown};

/// The page of an answer with its pictures; `command` is what was typed.
#[must_use]
pub fn page(view: &View, charts: &[Chart], command: &str, language: Language) -> Page {
    let sections = whole(view, language);
    let head = Head {
        name: &view.name,
        title: language.pick("选哪些项目", "which projects"),
        below: match language {
            Language::Zh => format!("情景“{}” · circflow", view.scenario),
            Language::En => format!("scenario “{}” · circflow", view.scenario),
        },
        stamp: view.stamp,
        language,
    };
    let html = document(&head, "report", |html| {
        if sections.len() > 1 {
            html.element("nav", &[("aria-label", language.pick("目录", "contents"))], |html| {
                for section in &sections {
                    html.leaf("a", &[("href", &format!("#{}", section.anchor))], section.title);
                }
            });
        }
        answer(html, view, language);
        for section in &sections {
            html.element("section", &[("id", section.anchor)], |html| {
                html.leaf("h2", &[], section.title);
                fill(html, section, charts, language);
            });
        }
        html.element("p", &[("class", "faint")], |html| {
            html.text(language.pick("命令：", "Command: "));
            html.leaf("code", &[], command);
        });
    });
    Page { name: "report.html".to_owned(), html }
}

/// The first screen: what comes of the recommended mix, and how far anything could go.
fn answer(html: &mut Html, view: &View, language: Language) {
    let said = match view.ending {
        "chosen" => chosen(view, language),
        "conflict" if !view.conflict.is_empty() => vec![conflicting(view, language)],
        _ => return,
    };
    html.element("div", &[("class", "answer")], |html| {
        said.iter().for_each(|sentence| html.leaf("p", &[], sentence));
    });
}

fn chosen(view: &View, language: Language) -> Vec<String> {
    let mix = recommended(view, language);
    let (targets, met) = (view.targets.len(), view.targets.iter().filter(|row| row.met).count());
    let mut said = vec![match language {
        _ if targets == 0 => format!("{mix}{}", language.pick("。", ".")),
        Language::Zh => format!("{mix}；{targets} 个目标达到 {met} 个。"),
        Language::En => format!("{mix}; {met} of {targets} targets are met."),
    }];
    said.extend(view.objectives.iter().filter_map(|row| objective(row, language)));
    let beyond = view.targets.iter().filter(|row| !row.met && row.least_shortfall > 0.0).count();
    if beyond > 0 {
        said.push(match language {
            Language::Zh => format!("任何方案都够不着的目标有 {beyond} 个，各差多少见“各项目标”。"),
            Language::En => {
                format!("Out of reach of every mix: {beyond} of {targets} targets; by how much stands below “Targets”.")
            }
        });
    }
    said
}

/// What an objective comes to and what is proven of it; nothing of one that was not asked for.
fn objective(row: &ObjectiveRow, language: Language) -> Option<String> {
    let bound = row.bound.filter(|bound| bound.is_finite())?;
    let [promised, with, without, bound] = [row.promised?, row.recommended, row.without, bound].map(counted);
    let name = with_unit(Objective::of(row.objective)?, language);
    let proof = match row.gap.filter(|_| row.status != "proven") {
        None => status(row, language),
        Some(gap) => {
            let (share, status) = (grouped(gap * 100.0, 2), status(row, language));
            match language {
                Language::Zh => format!("{status}，离界 {share} %"),
                Language::En => format!("{status}, {share} % from the bound"),
            }
        }
    };
    Some(match language {
        Language::Zh => format!(
            "{name}：推荐方案模拟 {with}，什么也不建 {without}；求解器承诺 {promised}，界 {bound}（{proof}）。"
        ),
        Language::En => format!(
            "{}: {with} in the simulation of the recommended mix, {without} with nothing built; the solver promises {promised}, \
             its bound is {bound} ({proof}).",
            beginning(&name)
        ),
    })
}

fn conflicting(view: &View, language: Language) -> String {
    let count = view.conflict.len();
    let helps = view.conflict.iter().filter(|row| row.helps.is_some()).count();
    match language {
        Language::Zh if count == 1 => "没有可行的方案：有一条要求无论怎样选都做不到。".to_owned(),
        Language::Zh => format!(
            "没有可行的方案：有 {count} 条要求不能同时成立，放宽其中一条就行（{helps} 条算出了最少放宽多少）。"
        ),
        Language::En if count == 1 => "No mix will do: one demand cannot be met by any choice.".to_owned(),
        Language::En => format!(
            "No mix will do: {count} demands cannot hold together; one of them has to give way (for {helps} of them the least that \
             helps is known)."
        ),
    }
}

fn fill(html: &mut Html, section: &Section, charts: &[Chart], language: Language) {
    for part in &section.parts {
        match part {
            Part::Says(words) => html.leaf("p", &[], words),
            Part::Table(table) => listed(html, section.title, table.caption, &table.listed, &table.classes),
            Part::Notes(notes) => html.element("ul", &[], |html| {
                notes.iter().for_each(|note| html.leaf("li", &[], note));
            }),
            Part::Picture(stem) => {
                let chart = charts.iter().find(|chart| chart.name.strip_suffix(".svg") == Some(stem));
                if let Some(chart) = chart {
                    shown(html, language, chart);
                }
            }
        }
    }
    if let Some(files) = section.rows {
        let all = language.pick("全部行和列见文件：", "All rows and columns: ");
        html.leaf("p", &[("class", "faint")], &format!("{all}{files}"));
    }
}
