//! The table of indicators: unit, base value, target, value, grade, sources, share resting on estimates, verification.

use super::{Filing, calculation, formula, head, style_of};
use crate::diagnostic::Language;
use crate::indicators::{Definition, Direction, IndicatorValue};
use crate::input::workbook::address;
use crate::model::Places;
use crate::report::opened::sources_of;
use crate::report::workbook::book::Bars;
use crate::report::workbook::{Cell, Content, Sheet, Style};

/// Columns that formulas and the chart refer to, counted from 0.
const NAME: u16 = 1;
const TARGET: u32 = 4;
const VALUE: u32 = 5;
const RATIO: u16 = 7;

pub(super) fn sheet(filing: &Filing<'_>) -> Sheet {
    let language = filing.language();
    let words = match language {
        Language::Zh => [
            "编号",
            "指标",
            "单位",
            "基年值",
            "目标",
            "数值",
            "评价",
            "与目标之比",
            "依据估算的占比",
            "定义核对",
            "数据来源",
        ],
        Language::En => [
            "id",
            "indicator",
            "unit",
            "base value",
            "target",
            "value",
            "grade",
            "ratio to target",
            "resting on estimates",
            "definition",
            "data sources",
        ],
    };
    let widths = [22.0, 36.0, 13.0, 12.0, 12.0, 12.0, 16.0, 11.0, 11.0, 20.0, 42.0];
    let title = filing.pick("循环经济指标", "Circular-economy indicators");
    let mut sheet = filing.sheet(filing.pick("指标", "indicators"), title, &widths);
    sheet.rows.push(head(&words));
    let first = sheet.rows.len() as u32;
    sheet.frozen = (first, 2);
    for (definition, value) in filing.of_city() {
        let row = sheet.rows.len() as u32;
        sheet.rows.push(line(filing, definition, value, row));
    }
    let last = sheet.rows.len() as u32 - 1;
    sheet.rows.push(Vec::new());
    for note in notes(filing) {
        sheet.rows.push(vec![Cell::text(note, Style::Plain)]);
    }
    if last >= first {
        // A row below the break, so that nothing of its frame stands on the page before.
        let at = (sheet.rows.len() as u32 + 2, 1);
        sheet.breaks.push(at.0 - 1);
        let title = filing.pick(
            "数值与目标之比（越少越好的取倒数）；1 为达标",
            "Value against target (turned round where less is better); 1 is met",
        );
        let numbers = vec![(RATIO, filing.pick("与目标之比", "ratio").to_owned())];
        sheet.charts.push(Bars { title: title.to_owned(), words: NAME, numbers, rows: (first, last), at });
    }
    sheet
}

fn line(filing: &Filing<'_>, definition: &Definition, value: &IndicatorValue, row: u32) -> Vec<Cell> {
    let language = filing.language();
    let shown =
        |number: Option<f64>| number.map_or_else(Cell::default, |n| Cell::number(n, style_of(definition, n)));
    let base_year = filing.model().settings.base_year;
    let base =
        filing.value(value.definition, Places::ROOT, base_year).and_then(|v| v.value.as_ref().ok().copied());
    let own = match &value.value {
        Ok(number) => {
            formula(calculation::cell(filing, &definition.key), Some(*number), style_of(definition, *number))
        }
        Err(reason) => Cell::text("—", Style::Plain).noted(reason.reason(language)),
    };
    let provisional = if value.provisional { filing.pick("（暂定）", " (provisional)") } else { "" };
    let grade =
        value.grade.map_or_else(String::new, |grade| format!("{}{provisional}", grade.word(language)));
    let poor = value.poor_share.map_or_else(Cell::default, |share| Cell::number(share, Style::Percent(0)));
    let model = filing.model();
    let sources: Vec<&str> = sources_of(value).into_iter().map(|id| model.sources[id].key.as_str()).collect();
    let checked = match definition.text_verified.as_deref() {
        Some(who) => Cell::text(who, Style::Words),
        None => Cell::text(definition.caveat(language).unwrap_or_default(), Style::Words),
    };
    let name =
        Content::Link(calculation::name(filing, &definition.key), definition.name_in(language).to_owned());
    vec![
        Cell::text(definition.key.as_str(), Style::Plain),
        Cell { content: name, style: Style::Link, note: None },
        Cell::text(definition.unit_in(language), Style::Plain),
        shown(base),
        shown(value.target_value),
        own,
        Cell::text(grade, Style::Words),
        ratio(definition, value, row),
        poor,
        checked,
        Cell::text(sources.join("; "), Style::Words),
    ]
}

/// Value over target, turned round where less is better.
fn ratio(definition: &Definition, value: &IndicatorValue, row: u32) -> Cell {
    let (Ok(number), Some(target)) = (&value.value, value.target_value) else { return Cell::default() };
    let [of_target, of_value] = [TARGET, VALUE].map(|column| address((row + 1, column + 1)));
    let (text, over, under) = match definition.direction {
        Direction::More => (format!("{of_value}/{of_target}"), *number, target),
        Direction::Less => (format!("{of_target}/{of_value}"), target, *number),
        Direction::Neutral => return Cell::default(),
    };
    if under == 0.0 { Cell::default() } else { formula(text, Some(over / under), Style::Number(3)) }
}

fn notes(filing: &Filing<'_>) -> Vec<String> {
    let base = filing.model().settings.base_year;
    vec![
        filing
            .pick(
                "数值列是公式，指向各指标的计算表；点指标名称可以跳转。",
                "The values are formulas that lead to the calculation sheets; the names are links to them.",
            )
            .to_owned(),
        format!("{} {base}", filing.pick("基年", "base year")),
    ]
}
