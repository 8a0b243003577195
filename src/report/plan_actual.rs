//! A year as it was planned against what became of it: indicator by indicator, project by project.

use super::grid::{Side, render};
use super::summary::Subject;
use super::{named, number};
use crate::calendar::Month;
use crate::diagnostic::Language;
use crate::gaps;
use crate::id::Id;
use crate::indicators::{Grade, IndicatorValue};
use crate::model::Places;
use crate::money::Fen;
use crate::output::row::{Field, Kind, Rows, field, head};
use serde::Serialize;

/// One indicator of the city.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndicatorRow {
    /// Id.
    pub indicator: String,
    /// Name.
    pub name: String,
    /// Shown unit.
    pub unit: String,
    /// Target in the unit of the values; `None` without one.
    pub target: Option<f64>,
    /// What the old model says of the year; rates are shares 0–1. `None` when not computable.
    pub planned: Option<f64>,
    /// What the model with the actual figures says.
    pub actual: Option<f64>,
    /// Grade of the plan.
    pub planned_grade: Option<String>,
    /// Grade of what became of it.
    pub actual_grade: Option<String>,
}

/// One project.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProjectRow {
    /// Id.
    pub project: String,
    /// Name.
    pub name: String,
    /// On stream by the old model, `2016-07`; `None` when not within its horizon.
    pub planned_on_stream: Option<String>,
    /// On stream by the new one.
    pub actual_on_stream: Option<String>,
    /// Months later than planned; `None` when either is not on stream.
    pub months_late: Option<i32>,
    /// Paid by the year's end by the old model, in fen.
    pub planned_paid: i64,
    /// Paid by the new one.
    pub actual_paid: i64,
}

/// A year planned and actual.
#[derive(Clone, Debug, Serialize)]
pub struct PlanActual {
    /// Year.
    pub year: i32,
    /// Indicators of the city in the order of their definitions.
    pub indicators: Vec<IndicatorRow>,
    /// Projects of either model, in the order of the new one, then those it no longer has.
    pub projects: Vec<ProjectRow>,
}

/// Compares the base scenarios of an old and a new model in a year.
#[must_use]
pub fn plan_actual(old: &Subject<'_>, new: &Subject<'_>, year: i32) -> PlanActual {
    PlanActual { year, indicators: indicators(old, new, year), projects: projects(old, new, year) }
}

fn base(subject: &Subject<'_>) -> usize {
    subject.run.base.unwrap_or(0)
}

fn of_city<'a>(subject: &Subject<'a>, key: &str, year: i32) -> Option<&'a IndicatorValue> {
    let at = subject.definitions.iter().position(|definition| definition.key == key)?;
    let values = &subject.run.scenarios[base(subject)].indicators;
    values.iter().find(|v| v.definition == at && v.place == Places::ROOT && v.year == year)
}

fn indicators(old: &Subject<'_>, new: &Subject<'_>, year: i32) -> Vec<IndicatorRow> {
    let language = new.language;
    let row = |definition: &crate::indicators::Definition| {
        let now = of_city(new, &definition.key, year)?;
        let then = of_city(old, &definition.key, year);
        let number = |value: &IndicatorValue| value.value.as_ref().ok().copied();
        let word = |grade: Grade| grade.word(language).to_owned();
        Some(IndicatorRow {
            indicator: definition.key.clone(),
            name: definition.name_in(language).to_owned(),
            unit: definition.unit_in(language).to_owned(),
            target: now.target_value,
            planned: then.and_then(number),
            actual: number(now),
            planned_grade: then.and_then(|then| then.grade).map(word),
            actual_grade: now.grade.map(word),
        })
    };
    new.definitions.iter().filter_map(row).collect()
}

/// When a project of a model goes on stream, and what was paid by a month.
struct Course {
    name: String,
    on_stream: Option<Month>,
    paid: Fen,
}

fn courses(subject: &Subject<'_>, until: Month) -> Vec<(String, Course)> {
    let (model, run) = (subject.model(base(subject)), &subject.run.scenarios[base(subject)]);
    let gaps = gaps::at(model, &run.funding, until.min(model.settings.last_month()));
    let course = |(id, project): (crate::id::ProjectId, &crate::model::Project)| {
        let on_stream = run.funding.schedule[id.index()].on_stream;
        let paid = gaps.project(id).map_or(Fen::ZERO, |gap| gap.paid);
        let name = named(subject.language, &project.name, &project.name_en).to_owned();
        (project.key.clone(), Course { name, on_stream, paid })
    };
    model.projects.enumerate().map(course).collect()
}

fn projects(old: &Subject<'_>, new: &Subject<'_>, year: i32) -> Vec<ProjectRow> {
    let until = Month::december(year);
    let (then, now) = (courses(old, until), courses(new, until));
    let find =
        |courses: &'_ [(String, Course)], key: &str| courses.iter().position(|(other, _)| other == key);
    let gone = then.iter().filter(|(key, _)| find(&now, key).is_none()).map(|(key, _)| key);
    let keys = now.iter().map(|(key, _)| key).chain(gone);
    let row = |key: &String| {
        let (planned, actual) =
            (find(&then, key).map(|at| &then[at].1), find(&now, key).map(|at| &now[at].1));
        let month = |course: Option<&Course>| course.and_then(|course| course.on_stream);
        let late = month(planned).zip(month(actual)).map(|(planned, actual)| actual.since(planned));
        let paid = |course: Option<&Course>| course.map_or(0, |course| course.paid.0);
        ProjectRow {
            project: key.clone(),
            name: actual.or(planned).map_or_else(String::new, |course| course.name.clone()),
            planned_on_stream: month(planned).map(|month| month.to_string()),
            actual_on_stream: month(actual).map(|month| month.to_string()),
            months_late: late,
            planned_paid: paid(planned),
            actual_paid: paid(actual),
        }
    };
    keys.map(row).collect()
}

/// Both tables as text; of the projects only those that differ.
#[must_use]
pub fn text(view: &PlanActual, subject: &Subject<'_>) -> String {
    let language = subject.language;
    let words = |words: &[[&str; 2]]| {
        words.iter().map(|[zh, en]| language.pick(zh, en).to_owned()).collect::<Vec<_>>()
    };
    let shown = |key: &str, number: Option<f64>| match subject.definitions.iter().find(|d| d.key == key) {
        Some(definition) => {
            number.map_or_else(|| "—".to_owned(), |number| number::indicator(definition, number))
        }
        None => "—".to_owned(),
    };
    let grade = |grade: &Option<String>| grade.clone().unwrap_or_default();
    let header = words(&[
        ["指标", "indicator"],
        ["单位", "unit"],
        ["目标", "target"],
        ["计划", "planned"],
        ["实际", "actual"],
        ["评价：计划", "grade: planned"],
        ["实际", "actual"],
    ]);
    let rows: Vec<Vec<String>> = view
        .indicators
        .iter()
        .map(|row| {
            let key = row.indicator.as_str();
            let mut cells = vec![row.name.clone(), row.unit.clone()];
            cells.extend([row.target, row.planned, row.actual].map(|number| shown(key, number)));
            cells.extend([grade(&row.planned_grade), grade(&row.actual_grade)]);
            cells
        })
        .collect();
    let sides = [Side::Left, Side::Left, Side::Right, Side::Right, Side::Right, Side::Left, Side::Left];
    let year = match language {
        Language::Zh => format!("{} 年：计划与实际", view.year),
        Language::En => format!("{}: planned and actual", view.year),
    };
    let mut text = format!("{year}\n{}", render(&header, &sides, &rows));
    let header = words(&[
        ["项目", "project"],
        ["计划投运", "on stream: planned"],
        ["实际", "actual"],
        ["推迟月数", "months late"],
        ["计划已付（万元）", "paid (10⁴ yuan): planned"],
        ["实际", "actual"],
    ]);
    let differs = |row: &&ProjectRow| {
        row.planned_on_stream != row.actual_on_stream || row.planned_paid != row.actual_paid
    };
    let month = |month: &Option<String>| month.clone().unwrap_or_else(|| "—".to_owned());
    let rows: Vec<Vec<String>> = view
        .projects
        .iter()
        .filter(differs)
        .map(|row| {
            let late = row.months_late.map_or_else(String::new, |late| late.to_string());
            let paid = [row.planned_paid, row.actual_paid].map(|fen| number::wan(Fen(fen)));
            let mut cells =
                vec![row.name.clone(), month(&row.planned_on_stream), month(&row.actual_on_stream), late];
            cells.extend(paid);
            cells
        })
        .collect();
    if rows.is_empty() {
        text.push_str(language.pick("\n项目都与计划相同。", "\nAll projects are as planned."));
    } else {
        let sides = [Side::Left, Side::Right, Side::Right, Side::Right, Side::Right, Side::Right];
        text.push_str(&format!("\n{}", render(&header, &sides, &rows)));
    }
    text
}

/// Both tables as CSV, one row an indicator or project.
#[must_use]
pub fn csv(view: &PlanActual) -> Vec<u8> {
    const FIELDS: &[Field] = &[
        field("of", Kind::Text, "indicator 指标或 project 项目", "indicator or project"),
        field("id", Kind::Text, "编号", "id"),
        field("name", Kind::Text, "名称", "name"),
        field(
            "what",
            Kind::Text,
            "value 数值、on_stream 投运、paid 已付（元）",
            "value, on_stream, or paid in yuan",
        ),
        field("planned", Kind::Text, "计划", "planned"),
        field("actual", Kind::Text, "实际", "actual"),
    ];
    let mut rows = Rows::new(FIELDS);
    for row in &view.indicators {
        let [planned, actual] = [row.planned, row.actual].map(Into::into);
        rows.row(&[
            "indicator".into(),
            row.indicator.as_str().into(),
            row.name.as_str().into(),
            "value".into(),
            planned,
            actual,
        ]);
    }
    for row in &view.projects {
        let of = ["project", &row.project, &row.name];
        let [of, id, name] = of.map(|text: &str| text.into());
        let months = [&row.planned_on_stream, &row.actual_on_stream].map(|month| month.as_deref().into());
        let [planned, actual] = months;
        rows.row(&[of, id, name, "on_stream".into(), planned, actual]);
        let of = ["project", &row.project, &row.name];
        let [of, id, name] = of.map(|text: &str| text.into());
        let [planned, actual] = [row.planned_paid, row.actual_paid].map(|fen| Fen(fen).into());
        rows.row(&[of, id, name, "paid".into(), planned, actual]);
    }
    [head(FIELDS), rows.end()].concat()
}
