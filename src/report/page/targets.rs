//! Scenarios side by side: who they are, and indicators against targets, each value leading to its opening.

use super::markup::Html;
use super::table::{Cell, Column, Line, numbers, table, words};
use super::{Context, mark};
use crate::id::PlaceId;
use crate::indicators::IndicatorValue;
use crate::model::Places;
use crate::report::opened::place_name;
use crate::report::summary::{Outcome, TargetRow};
use crate::report::{number, text};

/// Who the columns are, and why they are looked at.
pub(super) fn scenarios(html: &mut Html, context: &Context<'_>) {
    let language = context.subject.language;
    let columns = [
        words(language.pick("情景", "Scenario")),
        words(language.pick("为什么看它", "Why it is looked at")),
        words(language.pick("配套规则", "Matching rule")),
        numbers(language.pick("投运 / 建设", "On stream / built")),
        numbers(language.pick("达标", "Met")),
        numbers(language.pick("基本达标", "Basically met")),
        numbers(language.pick("未达标", "Not met")),
        numbers(language.pick("不可计算", "Not computable")),
    ];
    let rule = |on: bool| match on {
        true => language.pick("执行", "on"),
        false => language.pick("不执行", "off"),
    };
    let lines: Vec<Line> = (context.summary.scenarios.iter().zip(&context.summary.tallies))
        .map(|(head, tally)| {
            let counts = [tally.met, tally.basically_met, tally.not_met, tally.not_computable];
            let name = if head.base { format!("{} †", head.name) } else { head.name.clone() };
            let mut cells = vec![Cell::of(name), Cell::of(&head.why), Cell::of(rule(head.matching))];
            let to_calendar = (head.built > 0).then_some("calendar");
            cells.push(Cell::of(format!("{} / {}", head.on_stream, head.built)).maybe_to(to_calendar));
            let to_targets = (!context.summary.targets.is_empty()).then_some("targets");
            cells.extend(counts.map(|count| Cell::of(count.to_string()).maybe_to(to_targets)));
            Line::Cells(cells)
        })
        .collect();
    table(html, language.pick("情景（† 基准）", "Scenarios († base)"), &columns, &lines);
}

/// Indicators against targets; every value leads to its opening.
pub(super) fn targets(html: &mut Html, context: &Context<'_>) {
    let rows: Vec<&TargetRow> = context.summary.targets.iter().collect();
    if rows.is_empty() {
        return;
    }
    let language = context.subject.language;
    let none = rows.iter().all(|row| row.target_value.is_none());
    let caption = match none {
        true => language
            .pick("全市各项指标（模型没有给出目标）", "Indicators of the city (the model gives no targets)"),
        false => language.pick("指标与目标", "Indicators against targets"),
    };
    html.element("div", &[("id", "targets")], |html| {
        of_rows(html, context, caption, &rows);
        html.leaf(
            "p",
            &[("class", "faint")],
            language.pick(
                "点数值看公式、各项、所依据的行和来源。— 不可计算；* 暂定（定义或目标未经原文核对）；估 = 基准情景中依据次级资料、估算或假设的占比。",
                "A value leads to its formula, terms, rows and sources. — not computable; * provisional (definition or target \
                 not checked against the regulation); poor = share of the base scenario's value that rests on secondary data, \
                 estimates or assumptions.",
            ),
        );
    });
}

/// Rows of the table of targets, by place and year.
pub(super) fn of_rows(html: &mut Html, context: &Context<'_>, caption: &str, rows: &[&TargetRow]) {
    let (language, summary, base) = (context.subject.language, context.summary, context.base());
    let mut columns: Vec<Column> = vec![
        words(language.pick("指标", "Indicator")),
        numbers(language.pick("目标", "Target")),
        numbers(language.pick("估 %", "poor %")),
    ];
    columns.extend(
        summary
            .scenarios
            .iter()
            .map(|head| numbers(if head.base { format!("{} †", head.name) } else { head.name.clone() })),
    );
    let mut lines = Vec::new();
    let mut group = String::new();
    for row in rows {
        let place = if row.place_name.is_empty() { language.pick("全市", "City") } else { &row.place_name };
        let title = format!("{place} · {}", row.year);
        if title != group {
            lines.push(Line::Group(title.clone()));
            group = title;
        }
        let poor = row.outcomes[base].poor_share.map(|share| number::grouped(share * 100.0, 0));
        let mut cells = vec![Cell::of(text::row_label(row)), Cell::of(text::target_cell(row))];
        cells.push(Cell::of(poor.unwrap_or_default()));
        cells.extend(row.outcomes.iter().enumerate().map(|(at, outcome)| value(context, row, at, outcome)));
        lines.push(Line::Cells(cells));
    }
    table(html, caption, &columns, &lines);
}

fn value(context: &Context<'_>, row: &TargetRow, scenario: usize, outcome: &Outcome) -> Cell {
    let cell = Cell::of(&outcome.shown).maybe_to(anchor_of(context, row, scenario).as_deref());
    match mark(outcome.grade, context.subject.language) {
        Some((class, word)) => cell.graded(class, word),
        None => cell,
    }
}

/// Where a value is opened.
pub(super) fn anchor_of(context: &Context<'_>, row: &TargetRow, scenario: usize) -> Option<String> {
    let subject = context.subject;
    let definition = subject.definitions.iter().position(|definition| definition.key == row.indicator)?;
    let places = &subject.model(0).places;
    let place = places.ids().find(|&id| places[id].key == row.place)?;
    context.openings.anchor(subject, (definition, place, row.year), scenario)
}

/// Every indicator of the city and the county units in the last year of the base scenario.
pub(super) fn matrix(html: &mut Html, context: &Context<'_>) {
    let (subject, language, base) = (context.subject, context.subject.language, context.base());
    let (model, values) = (context.base_model(), &subject.run.scenarios[base].indicators);
    let year = model.settings.horizon;
    let places: Vec<PlaceId> = std::iter::once(Places::ROOT).chain(model.places.counties()).collect();
    let mut columns = vec![words(language.pick("指标", "Indicator")), words(language.pick("单位", "Unit"))];
    columns.extend(places.iter().map(|&place| numbers(place_name(model, place, language))));
    let mut lines = Vec::new();
    for (position, definition) in subject.definitions.iter().enumerate() {
        let find = |place: &PlaceId| {
            values.iter().find(|v| (v.definition, v.place, v.year) == (position, *place, year))
        };
        if places.iter().all(|place| find(place).is_none()) {
            continue;
        }
        let star = if definition.text_verified.is_none() { "*" } else { "" };
        let mut cells = vec![Cell::of(format!("{}{star}", definition.name_in(language)))];
        cells.push(Cell::of(definition.unit_in(language)));
        let shown = |value: &IndicatorValue| {
            let shown = value.value.as_ref().ok().map(|&value| number::indicator(definition, value));
            shown.unwrap_or_else(|| "—".to_owned())
        };
        cells.extend(places.iter().map(|place| {
            let link = context.openings.anchor(subject, (position, *place, year), base);
            find(place).map_or_else(Cell::default, |value| Cell::of(shown(value)).maybe_to(link.as_deref()))
        }));
        lines.push(Line::Cells(cells));
    }
    let name = context.base_name();
    let caption = match language {
        crate::diagnostic::Language::Zh => {
            format!("全市与各县级单位的指标（“{name}”，{year} 年；— 不可计算，点开看缺什么）")
        }
        crate::diagnostic::Language::En => {
            format!(
                "Indicators of the city and the county units (“{name}”, {year}; — not computable, its opening says why)"
            )
        }
    };
    table(html, &caption, &columns, &lines);
}
