//! The answer as a page, whole in itself: what is recommended and what is proven first, then its sections with pictures.

use super::View;
use super::sections::{Part, Section, whole};
use crate::diagnostic::Language;
use crate::output::{Chart, Page};
use crate::report::number::{figure, grouped};
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
        html.element("nav", &[("aria-label", language.pick("目录", "contents"))], |html| {
            for section in &sections {
                html.leaf("a", &[("href", &format!("#{}", section.anchor))], section.title);
            }
        });
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
    let said: Vec<String> = view.objectives.iter().filter_map(|row| {
        let bound = row.bound.filter(|bound| bound.is_finite())?;
        let (name, unit) = (row.name, row.unit);
        let [with, without, bound] = [row.recommended, row.without, bound].map(figure);
        let proof = match (row.status, language) {
            ("proven", Language::Zh) => "已证明".to_owned(),
            ("proven", Language::En) => "proven".to_owned(),
            (_, Language::Zh) => format!("离界 {} %", grouped(row.gap.unwrap_or_default() * 100.0, 2)),
            (_, Language::En) => format!("{} % from the bound", grouped(row.gap.unwrap_or_default() * 100.0, 2)),
        };
        let promised = row.promised.map(figure)?;
        Some(match language {
            Language::Zh => format!(
                "{name}（{unit}）：推荐方案模拟 {with}，什么也不建 {without}；求解器承诺 {promised}，界 {bound}（{proof}）。"
            ),
            Language::En => format!(
                "{name} ({unit}): {with} in the simulation of the recommended mix, {without} with nothing built; the solver promises \
                 {promised}, its bound is {bound} ({proof})."
            ),
        })
    }).collect();
    if view.ending != "chosen" {
        return;
    }
    let chosen = view.projects.iter().filter(|row| row.recommended);
    let (count, grants, investment) =
        chosen.fold((0, 0.0, 0.0), |sum, row| (sum.0 + 1, sum.1 + row.grants, sum.2 + row.investment));
    let met = view.targets.iter().filter(|row| row.met).count();
    let first = match language {
        Language::Zh => format!(
            "推荐方案：{} 个项目中的 {count} 个，补助 {} 万元，总投资 {} 万元；{} 个目标达到 {met} 个。",
            view.projects.len(),
            grouped(grants, 0),
            grouped(investment, 0),
            view.targets.len()
        ),
        Language::En => format!(
            "Recommended: {count} of {} projects, grants of {} wan yuan, investment of {} wan yuan; {met} of {} targets are met.",
            view.projects.len(),
            grouped(grants, 0),
            grouped(investment, 0),
            view.targets.len()
        ),
    };
    html.element("div", &[("class", "answer")], |html| {
        html.leaf("p", &[], &first);
        said.iter().for_each(|sentence| html.leaf("p", &[], sentence));
    });
}

fn fill(html: &mut Html, section: &Section, charts: &[Chart], language: Language) {
    for part in &section.parts {
        match part {
            Part::Says(words) => html.leaf("p", &[], words),
            Part::Table(table) => listed(html, section.title, table),
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
}
