//! What rests on assumptions: notes, poor data, definitions nobody checked, disagreeing sources, defaults, findings.

use super::Context;
use super::markup::Html;
use super::table::{Cell, Line, numbers, table, words};
use crate::diagnostic::Severity;
use crate::input::check;
use crate::report::number;
use crate::report::opened::table_name;

/// The whole section.
pub(super) fn all(html: &mut Html, context: &Context<'_>) {
    list(html, context.subject.language.pick("须知", "To mind"), &context.summary.notes);
    poor(html, context);
    disagreeing(html, context);
    let language = context.subject.language;
    let told = |severity: Severity| -> Vec<String> {
        let findings = context.subject.run.findings.0.iter().filter(|f| f.severity() == severity);
        findings.map(|finding| finding.line(language)).collect()
    };
    list(html, language.pick("警告", "Warnings"), &told(Severity::Warning));
    let defaults = check::defaults(context.loaded, language);
    if !defaults.is_empty() {
        html.element("details", &[], |html| {
            let title = language.pick("空格所用的默认值", "Defaults that stand in empty cells");
            html.leaf("summary", &[], &format!("{title} ({})", defaults.len()));
            html.element("ul", &[], |html| defaults.iter().for_each(|line| html.leaf("li", &[], line)));
        });
    }
}

fn list(html: &mut Html, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    html.leaf("h3", &[], title);
    html.element("ul", &[], |html| lines.iter().for_each(|line| html.leaf("li", &[], line)));
}

/// By row of the targets: share of the base scenario's value that rests on poor data, and what is not verified.
fn poor(html: &mut Html, context: &Context<'_>) {
    let language = context.subject.language;
    let columns = [
        words(language.pick("指标", "Indicator")),
        words(language.pick("地点", "Place")),
        numbers(language.pick("年份", "Year")),
        numbers(language.pick("依据次级资料、估算或假设 %", "On secondary data, estimates, assumptions %")),
        words(language.pick("定义", "Definition")),
    ];
    let unchecked = language.pick("定义未经原文核对", "definition not checked against the regulation");
    let checked = language.pick("已核对", "checked");
    let mut rows: Vec<_> = context.summary.targets.iter().collect();
    let share = |row: &&crate::report::summary::TargetRow| row.outcomes[context.base()].poor_share;
    rows.sort_by(|a, b| share(b).unwrap_or(0.0).total_cmp(&share(a).unwrap_or(0.0)));
    let lines: Vec<Line> = rows
        .into_iter()
        .map(|row| {
            let place =
                if row.place_name.is_empty() { language.pick("全市", "City") } else { &row.place_name };
            let poor = share(&row).map_or_else(|| "—".to_owned(), |share| number::grouped(share * 100.0, 0));
            let definition = if row.definition_unchecked { unchecked } else { checked };
            let cells = [row.name.as_str(), place, &row.year.to_string(), &poor, definition];
            Line::Cells(cells.map(Cell::of).to_vec())
        })
        .collect();
    let title = language.pick("各指标依据的数据（基准情景）", "What the indicators rest on (base scenario)");
    table(html, title, &columns, &lines);
}

/// Numbers on which sources disagree.
fn disagreeing(html: &mut Html, context: &Context<'_>) {
    let language = context.subject.language;
    let model = context.subject.model(context.base());
    let columns = [
        words(language.pick("表、行、列", "Table, line, column")),
        numbers(language.pick("采用", "Used")),
        numbers(language.pick("范围", "Range")),
        words(language.pick("单位", "Unit")),
        words(language.pick("来源：采用 / 另一个", "Sources: used / the other")),
    ];
    let title_of =
        |row: &crate::model::Provenance| row.source.map_or("?", |id| model.sources[id].title.as_str());
    let lines: Vec<Line> = (model.alternatives.iter())
        .map(|found| {
            let (low, high) = found.range();
            let at = format!(
                "{} {} {}",
                table_name(found.used_row.table, language),
                found.used_row.row,
                found.column
            );
            let sources = format!("{} / {}", title_of(&found.used_row), title_of(&found.other_row));
            let cells = [at, found.used.to_string(), format!("{low}–{high}"), found.unit.clone(), sources];
            Line::Cells(cells.map(Cell::of).to_vec())
        })
        .collect();
    let title =
        language.pick("来源不一致的数（不取平均）", "Numbers on which sources disagree (not averaged)");
    table(html, title, &columns, &lines);
}
