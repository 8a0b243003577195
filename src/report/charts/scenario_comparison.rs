//! Scenarios side by side on what decides: targets, rates, missing money, project-months.

use super::Chart;
use super::canvas::{Anchor, Canvas, Mark, picture};
use super::frame::{Frame, HEAD, MARGIN, brief, source_line, unchecked};
use super::palette::Colour;
use super::scale::{Scale, ticks};
use super::words::{in_lines, shortened};
use crate::counterfactual::{COMPOSITE, SOLID_WASTE};
use crate::diagnostic::Language;
use crate::indicators::IndicatorValue;
use crate::model::Places;
use crate::money::Fen;
use crate::report::Summary;
use crate::report::summary::Subject;
use crate::report::{named, number};

const ROW: f64 = 38.0;
const LABEL: f64 = 230.0;
const COLUMN: f64 = 224.0;
/// Room between columns.
const GUTTER: f64 = 26.0;
/// Room for the figure at a row's right end within a column.
const FIGURE: f64 = 62.0;
const BAR: f64 = 14.0;
const WORDS: f64 = 12.0;

/// One measure over all scenarios.
struct Column {
    head: String,
    below: String,
    sort: Sort,
}

enum Sort {
    /// Met, basically met, not met, not computable; of how many.
    Tallies(Vec<[usize; 4]>, usize),
    /// A rate, percent: by scenario the earlier and the last year; their targets.
    Rate { values: Vec<[Option<f64>; 2]>, targets: [Option<f64>; 2] },
    /// An amount as a bar, with the words of its figure.
    Amounts(Vec<(f64, String)>),
}

/// The chart over all scenarios.
///
/// # Errors
/// A sentence why there is none: there is only one scenario.
pub fn chart(subject: &Subject<'_>, summary: &Summary) -> Result<Chart, String> {
    drawn(subject, summary, false)
}

/// The same on three measures only: targets, a rate of waste, missing money.
///
/// # Errors
/// A sentence why there is none: there is only one scenario.
pub fn narrow(subject: &Subject<'_>, summary: &Summary) -> Result<Chart, String> {
    drawn(subject, summary, true)
}

fn drawn(subject: &Subject<'_>, summary: &Summary, narrow: bool) -> Result<Chart, String> {
    let language = subject.language;
    let count = subject.run.scenarios.len();
    if count < 2 {
        let words = ("情景对比图略去：只有一个情景。", "No comparison of scenarios: there is only one.");
        return Err(language.pick(words.0, words.1).to_owned());
    }
    let model = subject.model(subject.run.base.unwrap_or(0));
    let mut columns = Vec::new();
    columns.extend(tallies(subject, summary));
    let rates: &[&str] = if narrow { &[SOLID_WASTE] } else { &[COMPOSITE, SOLID_WASTE] };
    columns.extend(rates.iter().filter_map(|key| rate(subject, key)));
    columns.extend(money(subject));
    if !narrow || columns.is_empty() {
        columns.push(months(subject));
    }
    let title = match language {
        Language::Zh => format!("{count} 个情景并列对比"),
        Language::En => format!("{count} scenarios side by side"),
    };
    let (first, last) = (model.settings.base_year, model.settings.horizon);
    let mut foot = vec![
        language
            .pick(
                "† 基准情景。目标列：深绿为达标，浅绿为基本达标，淡红为未达标。比率列：小方点为较早年份，圆点为末年，竖线为\
                 各自的目标（粗线为末年）；每列坐标各自独立。",
                "† base scenario. Targets: dark met, light basically met, pale red not met. Rates: small square the earlier \
                 year, dot the last, upright lines their targets (the last year's thicker); every column has a scale of its own.",
            )
            .to_owned(),
        source_line(&brief(named(language, &model.settings.name, &model.settings.name_en)), language),
    ];
    if summary.targets.iter().any(|row| row.definition_unchecked) {
        foot.push(unchecked(language).to_owned());
    }
    let frame = Frame {
        title: title.clone(),
        unit: match language {
            Language::Zh => format!("{first}–{last}；单位见各列"),
            Language::En => format!("{first}–{last}; units stand above each column"),
        },
        foot,
        illustrative: model.settings.illustrative,
        language,
    };
    let width = MARGIN * 2.0 + LABEL + columns.len() as f64 * (COLUMN + GUTTER);
    let top = HEAD + 70.0;
    let bottom = top + count as f64 * ROW;
    let height = bottom + 34.0 + frame.foot_height(width);
    let drawing = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        for scenario in 0..count {
            name(canvas, subject, scenario, (top + scenario as f64 * ROW, width));
        }
        for (position, column) in columns.iter().enumerate() {
            let left = MARGIN + LABEL + position as f64 * (COLUMN + GUTTER);
            draw(canvas, column, left, (top, bottom), language);
        }
    });
    Ok(Chart { name: "scenario-comparison.svg".to_owned(), title, drawing, prominent: true })
}

fn name(canvas: &Canvas<'_>, subject: &Subject<'_>, scenario: usize, (y, width): (f64, f64)) {
    let base = subject.run.base == Some(scenario);
    if base {
        canvas.backdrop(|| {
            canvas.rectangle((MARGIN, y + 1.0), (width - MARGIN, y + ROW - 1.0), Colour::SKY, 0.16);
        });
    }
    canvas.line(&[(MARGIN, y + ROW), (width - MARGIN, y + ROW)], Colour::RULE, 1.0, 1.0);
    let name = format!("{}{}", subject.scenario_name(scenario), if base { " †" } else { "" });
    let lines = in_lines(&name, LABEL - 18.0, 13.0, 2);
    let first = y + ROW / 2.0 - (lines.len() as f64 - 1.0) * 7.5;
    for (position, line) in lines.iter().enumerate() {
        let at = (MARGIN + 6.0, first + position as f64 * 15.0);
        canvas.text(line, at, 13.0, Anchor::Start, Colour::INK);
    }
}

fn tallies(subject: &Subject<'_>, summary: &Summary) -> Option<Column> {
    let language = subject.language;
    let targets = summary.tallies.first().map_or(0, |tally| tally.targets);
    if targets == 0 {
        return None;
    }
    let counts = summary.tallies.iter().map(|t| [t.met, t.basically_met, t.not_met, t.not_computable]);
    Some(Column {
        head: language.pick("目标：达标", "Targets: met").to_owned(),
        below: match language {
            Language::Zh => format!("＋基本达标（共 {targets} 项）*"),
            Language::En => format!("+ basically met, of {targets} *"),
        },
        sort: Sort::Tallies(counts.collect(), targets),
    })
}

/// A rate of the city in the last year, and in the last year with a target before it.
fn rate(subject: &Subject<'_>, key: &str) -> Option<Column> {
    let position = subject.definitions.iter().position(|definition| definition.key == key)?;
    let definition = &subject.definitions[position];
    let model = subject.model(0);
    let last = model.settings.horizon;
    let own = |target: &&crate::model::Target| target.indicator == key && target.place == Places::ROOT;
    let earlier = model.targets.iter().filter(own).map(|target| target.year).filter(|y| *y < last).max();
    let find = |scenario: usize, year: Option<i32>| -> Option<&IndicatorValue> {
        let same = |value: &&IndicatorValue| {
            value.definition == position && value.place == Places::ROOT && Some(value.year) == year
        };
        subject.run.scenarios[scenario].indicators.iter().find(same)
    };
    let years = [earlier, Some(last)];
    let number = |value: &IndicatorValue| value.value.as_ref().ok().map(|number| definition.shown(*number));
    let count = subject.run.scenarios.len();
    let values: Vec<[Option<f64>; 2]> =
        (0..count).map(|scenario| years.map(|year| find(scenario, year).and_then(number))).collect();
    if values.iter().flatten().all(Option::is_none) {
        return None;
    }
    let target = |year| find(0, year)?.target_value.map(|target| definition.shown(target));
    let star = if definition.text_verified.is_none() { "*" } else { "" };
    let words: Vec<String> = years.into_iter().flatten().map(|year| year.to_string()).collect();
    Some(Column {
        head: format!("{}{star}", definition.name_in(subject.language)),
        below: format!("{}  {}", words.join(" → "), definition.unit_in(subject.language)),
        sort: Sort::Rate { values, targets: years.map(target) },
    })
}

fn money(subject: &Subject<'_>) -> Option<Column> {
    let language = subject.language;
    let last = subject.model(0).settings.last_month();
    if subject.model(0).funds.is_empty() {
        return None;
    }
    let missing = subject.run.scenarios.iter().map(|run| {
        let amount = run.gaps.last().map_or(Fen::ZERO, crate::gaps::Gaps::missing);
        (amount.wan(), number::wan(amount))
    });
    Some(Column {
        head: language.pick("缺失资金", "Missing money").to_owned(),
        below: match language {
            Language::Zh => format!("{}，{last} 月末", number::wan_yuan_unit(language)),
            Language::En => format!("{}, end of {last}", number::wan_yuan_unit(language)),
        },
        sort: Sort::Amounts(missing.collect()),
    })
}

fn months(subject: &Subject<'_>) -> Column {
    let language = subject.language;
    let horizon = subject.model(0).settings.horizon;
    let months = subject.run.scenarios.iter().map(|run| {
        let months: u32 = run.funding.schedule.iter().map(|s| s.months_on_stream_until(horizon)).sum();
        (f64::from(months), number::grouped(f64::from(months), 0))
    });
    Column {
        head: language.pick("投运的项目月", "Project-months").to_owned(),
        below: match language {
            Language::Zh => format!("到 {horizon} 年底合计"),
            Language::En => format!("on stream, to the end of {horizon}"),
        },
        sort: Sort::Amounts(months.collect()),
    }
}

fn draw(canvas: &Canvas<'_>, column: &Column, left: f64, (top, bottom): (f64, f64), language: Language) {
    let head = in_lines(&column.head, COLUMN, 13.0, 2);
    for (position, line) in head.iter().rev().enumerate() {
        let at = (left, top - 36.0 - position as f64 * 16.0);
        canvas.text(line, at, 13.0, Anchor::Start, Colour::INK);
    }
    let below = shortened(&column.below, COLUMN, WORDS);
    canvas.text(&below, (left, top - 18.0), WORDS, Anchor::Start, Colour::FAINT);
    let right = left + COLUMN - FIGURE;
    match &column.sort {
        Sort::Tallies(counts, targets) => stacked(canvas, counts, *targets, (left, right), top),
        Sort::Rate { values, targets } => {
            dots(canvas, values, *targets, (left, right), (top, bottom), language);
        }
        Sort::Amounts(amounts) => {
            let most = amounts.iter().map(|(amount, _)| *amount).fold(0.0, f64::max);
            let end = ticks(0.0, most, 4).pop().unwrap_or(1.0);
            let scale = Scale { values: (0.0, end), pixels: (left, right) };
            for (position, (amount, words)) in amounts.iter().enumerate() {
                let y = top + (position as f64 + 0.5) * ROW;
                let to = scale.at(*amount);
                canvas.rectangle((left, y - BAR / 2.0), (to, y + BAR / 2.0), Colour::BLUE, 0.85);
                canvas.text(words, (to + 6.0, y), WORDS, Anchor::Start, Colour::INK);
            }
            canvas.line(&[(left, top), (left, bottom)], Colour::FAINT, 1.0, 1.0);
        }
    }
}

/// Counts as stacked bars: met dark, basically met lighter, the rest pale.
fn stacked(canvas: &Canvas<'_>, counts: &[[usize; 4]], targets: usize, (left, right): (f64, f64), top: f64) {
    let scale = Scale { values: (0.0, targets as f64), pixels: (left, right) };
    let colours =
        [(Colour::GREEN, 1.0), (Colour::GREEN, 0.4), (Colour::VERMILION, 0.28), (Colour::FAINT, 0.2)];
    for (position, count) in counts.iter().enumerate() {
        let y = top + (position as f64 + 0.5) * ROW;
        let mut sum = 0;
        for (part, (colour, opacity)) in count.iter().zip(colours) {
            let from = scale.at(sum as f64);
            sum += part;
            if *part > 0 {
                canvas.rectangle(
                    (from, y - BAR / 2.0),
                    (scale.at(sum as f64), y + BAR / 2.0),
                    colour,
                    opacity,
                );
            }
        }
        let words = format!("{} + {}", count[0], count[1]);
        canvas.text(&words, (right + 6.0, y), WORDS, Anchor::Start, Colour::INK);
    }
}

/// A rate as two marks a row, joined, with the targets as upright strokes.
fn dots(
    canvas: &Canvas<'_>,
    values: &[[Option<f64>; 2]],
    targets: [Option<f64>; 2],
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
    language: Language,
) {
    let all = || values.iter().flatten().chain(&targets).flatten().copied();
    let (least, most) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let marks = ticks(least, most.max(least + 1.0), 3);
    let (low, high) = (marks[0], marks[marks.len() - 1]);
    let scale = Scale { values: (low, high), pixels: (left + 6.0, right - 4.0) };
    for mark in &marks {
        let x = scale.at(*mark);
        canvas.line(&[(x, top), (x, bottom)], Colour::RULE, 1.0, 1.0);
        let words = number::grouped(*mark, 0);
        canvas.text(&words, (x, bottom + 13.0), WORDS, Anchor::Middle, Colour::FAINT);
    }
    for (target, (wide, opacity)) in targets.iter().zip([(1.5, 0.45), (2.0, 1.0)]) {
        if let Some(target) = target {
            let x = scale.at(*target);
            canvas.line(&[(x, top), (x, bottom)], Colour::INK, wide, opacity);
        }
    }
    for (position, [earlier, last]) in values.iter().enumerate() {
        let y = top + (position as f64 + 0.5) * ROW;
        if let (Some(from), Some(to)) = (earlier, last) {
            canvas.line(&[(scale.at(*from), y), (scale.at(*to), y)], Colour::BLUE, 1.5, 0.6);
        }
        if let Some(earlier) = earlier {
            canvas.mark(Mark::Square, (scale.at(*earlier), y), 3.0, Colour::SKY);
        }
        let words = match last {
            Some(last) => {
                canvas.mark(Mark::Circle, (scale.at(*last), y), 5.0, Colour::BLUE);
                number::grouped(*last, 1)
            }
            None => language.pick("不可计算", "none").to_owned(),
        };
        canvas.text(&words, (right + 6.0, y), WORDS, Anchor::Start, Colour::INK);
    }
}
