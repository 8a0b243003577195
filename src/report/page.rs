//! Pages for people: `report.html`, everything of a run with each figure opened, and `brief.html`, one page for
//! whoever decides.
//!
//! Both are whole in themselves (no script, nothing fetched) and made of the same summary, tables and pictures as the
//! terminal and the charts.

mod assumptions;
mod brief;
mod cost;
mod counties;
mod differing;
pub mod markup;
mod money;
mod opened;
mod openings;
mod picture;
mod projects;
mod provenance;
mod report;
mod sources;
mod stocks;
mod style;
mod table;
mod targets;

use super::Summary;
use super::grid::Listed;
use super::summary::Subject;
use crate::diagnostic::Language;
use crate::input::Loaded;
use crate::model::Model;
use crate::output::{Chart, Page};
use markup::Html;

/// What pages are made of.
#[derive(Debug)]
pub struct Context<'a> {
    /// The run with its models.
    subject: &'a Subject<'a>,
    /// Its summary.
    summary: &'a Summary,
    /// What was read.
    loaded: &'a Loaded,
    /// Pictures.
    charts: &'a [Chart],
    /// The one picture of the brief, where there is one made for it.
    of_brief: Option<Chart>,
    /// The command that was given.
    command: &'a str,
    /// Sources by number.
    sources: sources::Sources<'a>,
    /// Values that are opened.
    openings: openings::Openings<'a>,
}

impl<'a> Context<'a> {
    /// What pages are made of: a run with its summary, what was read, pictures, and the command that was given.
    #[must_use]
    pub fn new(
        subject: &'a Subject<'a>,
        summary: &'a Summary,
        loaded: &'a Loaded,
        charts: &'a [Chart],
        command: &'a str,
    ) -> Self {
        let (sources, openings) = (sources::Sources::of(subject), openings::Openings::of(subject, summary));
        let of_brief = (!charts.is_empty()).then(|| super::charts::of_brief(subject, summary)).flatten();
        Self { subject, summary, loaded, charts, of_brief, command, sources, openings }
    }

    /// Position of the scenario that stands for the others: the base, else the first.
    fn base(&self) -> usize {
        self.subject.run.base.unwrap_or(0)
    }

    /// The model of that scenario.
    fn base_model(&self) -> &'a Model {
        self.subject.model(self.base())
    }

    /// The name of that scenario.
    fn base_name(&self) -> &'a str {
        self.subject.scenario_name(self.base())
    }
}

/// Both pages, in the language of the run.
#[must_use]
pub fn all(context: &Context<'_>) -> Vec<Page> {
    vec![
        Page { name: "report.html".to_owned(), html: report::page(context) },
        Page { name: "brief.html".to_owned(), html: brief::page(context) },
    ]
}

/// What stands at the head of a page.
#[derive(Clone, Debug)]
pub(super) struct Head<'a> {
    /// Name of the model.
    pub(super) name: &'a str,
    /// What the page is.
    pub(super) title: &'a str,
    /// A line below the title.
    pub(super) below: String,
    /// Stamp of invented data.
    pub(super) stamp: Option<&'static str>,
    /// Language.
    pub(super) language: Language,
}

/// A document of a run.
fn of_run(context: &Context<'_>, class: &str, title: &str, inside: impl FnOnce(&mut Html)) -> String {
    let summary = context.summary;
    let (first, last) = summary.years;
    let head = Head {
        name: &summary.name,
        title,
        below: format!("{first}–{last} · circflow"),
        stamp: summary.stamp,
        language: context.subject.language,
    };
    document(&head, class, inside)
}

/// A document: head, a title with the stamp, what stands inside, a foot.
pub(super) fn document(head: &Head<'_>, class: &str, inside: impl FnOnce(&mut Html)) -> String {
    let Head { name, title, stamp, language, .. } = *head;
    let mut html = Html::default();
    html.element("html", &[("lang", language.pick("zh-CN", "en"))], |html| {
        html.element("head", &[], |html| {
            html.void("meta", &[("charset", "utf-8")]);
            html.void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
            html.leaf("title", &[], &format!("{title} · {name}"));
            html.style(style::SHEET);
            html.style(&style::foot(stamp.is_some(), language));
        });
        html.element("body", &[("class", class)], |html| {
            if let Some(stamp) = stamp {
                // Stands on every printed page: pale across it, and in its lower margin.
                html.leaf("div", &[("class", "across"), ("aria-hidden", "true")], stamp);
            }
            html.element("header", &[], |html| {
                html.leaf("h1", &[], &format!("{name}{}{title}", language.pick("：", ": ")));
                html.leaf("p", &[("class", "faint")], &head.below);
                if let Some(stamp) = stamp {
                    html.element("p", &[], |html| html.leaf("span", &[("class", "stamp")], stamp));
                }
            });
            html.element("main", &[], inside);
            html.leaf("footer", &[], &super::charts::frame::source_line(name, language));
        });
    });
    html.document()
}

/// A table as it stands in a page below a title; with classes, by row, its last column is a grade.
pub(super) fn listed(
    html: &mut Html,
    title: &str,
    caption: Option<&str>,
    listed: &Listed,
    classes: &[&'static str],
) {
    table::below_title(html, title, caption, listed, classes);
}

/// A picture as it stands in a page.
pub(super) fn shown(html: &mut Html, language: Language, chart: &Chart) {
    picture::figure(html, language, chart);
}

/// Class and word of a grade.
fn mark(grade: Option<&str>, language: Language) -> Option<(&'static str, &'static str)> {
    Some(match grade? {
        "met" => ("met", language.pick("达标", "met")),
        "basically_met" => ("near", language.pick("基本达标", "near")),
        _ => ("not", language.pick("未达标", "not met")),
    })
}
