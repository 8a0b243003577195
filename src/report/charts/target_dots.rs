//! Indicators against targets: how much of each target every scenario reaches.

use super::canvas::{Anchor, Canvas, Mark, picture, text_width};
use super::frame::{Frame, HEAD, MARGIN, broken, source_line, unchecked};
use super::palette::{Colour, SERIES};
use crate::indicators::Direction;
use crate::output::Chart;
use crate::report::Summary;
use crate::report::summary::{Subject, TargetRow};

const ROW: f64 = 40.0;
const LABEL: f64 = 330.0;
const PLOT: f64 = 700.0;
/// Attainment beyond which points stand at the border with an arrow.
const RANGE: (f64, f64) = (0.4, 1.6);
/// Where "basically met" begins unless a target says otherwise.
const BASICALLY: f64 = 0.9;

/// The chart; `None` where the model has no targets.
#[must_use]
pub fn chart(subject: &Subject<'_>, summary: &Summary) -> Option<Chart> {
    let rows: Vec<(&TargetRow, f64)> =
        summary.targets.iter().filter_map(|row| Some((row, row.target_value?))).collect();
    if rows.is_empty() {
        return None;
    }
    let language = subject.language;
    let title = language.pick("各情景达标程度", "Targets reached, by scenario").to_owned();
    let mut foot = vec![
        language
            .pick(
                "“更多为好”的指标为数值÷目标，“更少为好”的为目标÷数值；1.0 为达标线，0.9–1.0 为基本达标。◂ ▸ 表示超出图幅。",
                "Value ÷ target where more is better, target ÷ value where less is better; 1.0 is met, 0.9 to 1.0 basically \
                 met. ◂ ▸ stand for values beyond the chart.",
            )
            .to_owned(),
        source_line(&summary.name, language),
    ];
    if rows.iter().any(|(row, _)| row.definition_unchecked) {
        foot.push(unchecked(language).to_owned());
    }
    let frame = Frame {
        title: title.clone(),
        unit: format!("{} ({})", summary.name, language.pick("数值与目标之比", "ratio of value and target")),
        foot,
        illustrative: summary.illustrative,
        language,
    };
    let width = MARGIN * 2.0 + LABEL + PLOT;
    let legend = legend_lines(summary, width);
    let top = HEAD + legend.len() as f64 * 22.0 + 24.0;
    let bottom = top + rows.len() as f64 * ROW;
    let height = bottom + 24.0 + frame.foot_height(width);
    let svg = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        draw_legend(canvas, &legend, summary);
        draw_axis(canvas, top, bottom);
        for (position, (row, target)) in rows.iter().enumerate() {
            let y = top + (position as f64 + 0.5) * ROW;
            draw_row(canvas, subject, row, *target, y);
        }
    });
    Some(Chart { name: "targets.svg".to_owned(), title, svg })
}

fn x_of(attainment: f64) -> f64 {
    let (low, high) = RANGE;
    MARGIN + LABEL + PLOT * ((attainment - low) / (high - low)).clamp(0.0, 1.0)
}

fn draw_axis(canvas: &Canvas<'_>, top: f64, bottom: f64) {
    canvas.rectangle((x_of(BASICALLY), top), (x_of(1.0), bottom), Colour::ORANGE, 0.14);
    canvas.rectangle((x_of(1.0), top), (x_of(RANGE.1), bottom), Colour::GREEN, 0.08);
    for tick in [0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6] {
        let x = x_of(tick);
        let (colour, width) = if tick == 1.0 { (Colour::INK, 2.0) } else { (Colour::RULE, 1.0) };
        canvas.line(&[(x, top), (x, bottom)], colour, width, 1.0);
        canvas.text(&format!("{tick:.1}"), (x, bottom + 12.0), 12.0, Anchor::Middle, Colour::FAINT);
    }
}

fn draw_row(canvas: &Canvas<'_>, subject: &Subject<'_>, row: &TargetRow, target: f64, y: f64) {
    let star = if row.provisional { "*" } else { "" };
    let place = if row.place_name.is_empty() { String::new() } else { format!("{} ", row.place_name) };
    let name = format!("{place}{}{star}", row.name);
    let name = broken(&name, LABEL - 12.0, 13.0).swap_remove(0);
    canvas.text(&name, (MARGIN, y - 8.0), 13.0, Anchor::Start, Colour::INK);
    let aim = subject.language.pick("目标", "target");
    let line = format!("{}  {aim} {} {}", row.year, row.target, row.unit);
    canvas.text(&line, (MARGIN, y + 9.0), 11.0, Anchor::Start, Colour::FAINT);
    canvas.line(&[(MARGIN, y + ROW / 2.0), (MARGIN + LABEL + PLOT, y + ROW / 2.0)], Colour::RULE, 1.0, 1.0);
    let direction = subject.definitions.iter().find(|d| d.key == row.indicator).map(|d| d.direction);
    let count = row.outcomes.len() as f64;
    let mut missing = true;
    for (scenario, outcome) in row.outcomes.iter().enumerate() {
        let Some(attainment) = outcome.value.and_then(|value| attainment(direction, value, target)) else {
            continue;
        };
        missing = false;
        let spread = (scenario as f64 - (count - 1.0) / 2.0) * (ROW - 14.0) / count.max(1.0);
        let at = (x_of(attainment), y + spread);
        let (mark, colour) = look(scenario);
        canvas.mark(mark, at, 4.0, colour);
        if attainment > RANGE.1 {
            canvas.text("▸", (at.0 + 9.0, at.1), 11.0, Anchor::Middle, colour);
        } else if attainment < RANGE.0 {
            canvas.text("◂", (at.0 + 11.0, at.1), 11.0, Anchor::Middle, colour);
        }
    }
    if missing {
        let words = subject.language.pick("不可计算", "not computable");
        canvas.text(words, (x_of(1.0) + 8.0, y), 12.0, Anchor::Start, Colour::FAINT);
    }
}

fn attainment(direction: Option<Direction>, value: f64, target: f64) -> Option<f64> {
    let ratio = match direction? {
        Direction::More => value / target,
        Direction::Less => target / value,
        Direction::Neutral => return None,
    };
    ratio.is_finite().then_some(ratio)
}

fn look(scenario: usize) -> (Mark, Colour) {
    (Mark::ALL[scenario % Mark::ALL.len()], SERIES[scenario % SERIES.len()])
}

type LegendLine = Vec<(usize, f64)>;

/// Scenarios laid out in lines: position and x of each.
fn legend_lines(summary: &Summary, width: f64) -> Vec<LegendLine> {
    let mut lines: Vec<LegendLine> = vec![Vec::new()];
    let mut x = MARGIN + 6.0;
    for (position, scenario) in summary.scenarios.iter().enumerate() {
        let wide = text_width(&scenario.name, 13.0) + 40.0;
        if x + wide > width - MARGIN && x > MARGIN + 6.0 {
            lines.push(Vec::new());
            x = MARGIN + 6.0;
        }
        if let Some(line) = lines.last_mut() {
            line.push((position, x));
        }
        x += wide;
    }
    lines
}

fn draw_legend(canvas: &Canvas<'_>, lines: &[LegendLine], summary: &Summary) {
    for (row, line) in lines.iter().enumerate() {
        let y = HEAD + 8.0 + row as f64 * 22.0;
        for &(scenario, x) in line {
            let (mark, colour) = look(scenario);
            canvas.mark(mark, (x, y), 5.0, colour);
            canvas.text(&summary.scenarios[scenario].name, (x + 12.0, y), 13.0, Anchor::Start, Colour::INK);
        }
    }
}
