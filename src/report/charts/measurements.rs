//! Before and after: how far each measurement is from its reconciled value, the furthest first.

use super::Chart;
use super::canvas::{Anchor, Canvas, Mark, picture};
use super::frame::{Frame, HEAD, MARGIN, brief, source_line};
use super::palette::Colour;
use super::scale::{Scale, ticks};
use super::words::{shortened, text_width};
use crate::diagnostic::Language;
use crate::report::measured::{QuantityRow, View};
use crate::report::number::{figure, grouped};

const ROW: f64 = 24.0;
const LABEL: f64 = 330.0;
const PLOT: f64 = 430.0;
const FIGURES: f64 = 250.0;
const WORDS: f64 = 12.0;
/// Rows that are drawn.
const MOST: usize = 30;
/// Differences beyond this share stand at the border with an arrow.
const WIDEST: f64 = 0.6;

/// A measurement against its reconciled value, as shares of the latter.
struct Line<'a> {
    row: &'a QuantityRow,
    measured: f64,
    reconciled: f64,
    /// (measured − reconciled) ÷ reconciled.
    off: f64,
    /// Standard deviations before and after, ÷ reconciled.
    spread: [f64; 2],
}

fn line(row: &QuantityRow) -> Option<Line<'_>> {
    let (measured, reconciled) = (row.measured?, row.reconciled.filter(|value| *value > 0.0)?);
    let spread = [row.measured_deviation?, row.deviation?].map(|deviation| deviation / reconciled);
    Some(Line { row, measured, reconciled, off: (measured - reconciled) / reconciled, spread })
}

/// The chart; none where no measurement can be checked by others.
#[must_use]
pub fn chart(view: &View, language: Language) -> Option<Chart> {
    let checked = view.quantities.iter().filter(|row| row.class == Some("redundant"));
    let mut lines: Vec<Line<'_>> = checked.filter_map(line).collect();
    let adjusted = |line: &Line<'_>| line.row.z.unwrap_or(0.0).abs();
    lines.sort_by(|a, b| adjusted(b).total_cmp(&adjusted(a)));
    let all = lines.len();
    lines.truncate(MOST);
    if lines.is_empty() {
        return None;
    }
    let title = match language {
        Language::Zh => format!("观测与协调后的值，{} 年：{} 个数可疑", view.year, view.suspects.len()),
        Language::En => {
            format!(
                "Measured and reconciled values, {}: {} figures are suspect",
                view.year,
                view.suspects.len()
            )
        }
    };
    let shown = lines.len();
    let frame = Frame {
        title: title.clone(),
        unit: match language {
            Language::Zh => format!("与协调后的值之差（%）；可检验的观测 {all} 个，画检验值最大的 {shown} 个"),
            Language::En => {
                format!("Difference from the reconciled value (%); the {shown} of {all} checked ones with the largest test")
            }
        },
        foot: vec![
            language
                .pick(
                    "细线为观测的一倍标准差，粗线为协调后的一倍标准差；◂ ▸ 表示超出图幅。协调后的值含全部观测，可疑的也在其中。",
                    "Thin: one standard deviation of the measurement; thick: of the reconciled value; ◂ ▸ stand for values beyond the \
                     chart. Reconciled values hold every measurement, the suspects too.",
                )
                .to_owned(),
            source_line(&brief(&view.name), language),
        ],
        illustrative: view.stamp.is_some(),
        language,
    };
    let width = MARGIN * 2.0 + LABEL + PLOT + FIGURES;
    let top = HEAD + 44.0;
    let bottom = top + lines.len() as f64 * ROW;
    let height = bottom + 34.0 + frame.foot_height(width);
    let reach = lines.iter().map(|line| line.off.abs() + line.spread[0]).fold(0.02, f64::max).min(WIDEST);
    let left = MARGIN + LABEL;
    let scale = Scale { values: (-reach, reach), pixels: (left, left + PLOT) };
    let drawing = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        legend(canvas, language);
        axis(canvas, &scale, reach, (top, bottom));
        canvas.text(
            language.pick("观测 → 协调后", "measured → reconciled"),
            (left + PLOT + 22.0, top - 12.0),
            WORDS,
            Anchor::Start,
            Colour::FAINT,
        );
        for (at, line) in lines.iter().enumerate() {
            draw(canvas, &scale, reach, line, top + (at as f64 + 0.5) * ROW);
        }
    });
    Some(Chart { name: "measurements.svg".to_owned(), title, drawing, prominent: true })
}

fn legend(canvas: &Canvas<'_>, language: Language) {
    let (mut x, y) = (MARGIN, HEAD + 10.0);
    let entries = [
        (Mark::Circle, Colour::BLUE, language.pick("观测", "measured")),
        (Mark::Diamond, Colour::ORANGE, language.pick("可疑的观测", "suspect")),
    ];
    for (mark, colour, words) in entries {
        canvas.mark(mark, (x + 8.0, y), 5.0, colour);
        canvas.text(words, (x + 22.0, y), WORDS, Anchor::Start, Colour::INK);
        x += text_width(words, WORDS) + 52.0;
    }
}

fn axis(canvas: &Canvas<'_>, scale: &Scale, reach: f64, (top, bottom): (f64, f64)) {
    for tick in ticks(-reach, reach, 6) {
        if tick.abs() > reach * 1.0001 {
            continue;
        }
        let x = scale.at(tick);
        let (colour, width) = if tick.abs() < 1e-12 { (Colour::INK, 2.0) } else { (Colour::RULE, 1.0) };
        canvas.backdrop(|| canvas.line(&[(x, top), (x, bottom)], colour, width, 1.0));
        let decimals = usize::from(reach < 0.05);
        let words = format!("{} %", grouped(tick * 100.0, decimals));
        canvas.text(&words, (x, bottom + 13.0), WORDS, Anchor::Middle, Colour::FAINT);
    }
}

fn draw(canvas: &Canvas<'_>, scale: &Scale, reach: f64, line: &Line<'_>, y: f64) {
    let within = |share: f64| scale.at(share.clamp(-reach, reach));
    let name = shortened(&line.row.name, LABEL - 16.0, WORDS);
    canvas.text(&name, (MARGIN, y), WORDS, Anchor::Start, Colour::INK);
    let suspect = line.row.suspect.is_some();
    let colour = if suspect { Colour::ORANGE } else { Colour::BLUE };
    let [before, after] = line.spread;
    canvas.rectangle((within(-after), y - 3.0), (within(after), y + 3.0), Colour::FAINT, 0.35);
    canvas.line(&[(within(line.off - before), y), (within(line.off + before), y)], colour, 1.5, 0.8);
    if line.off.abs() > reach {
        let (x, tip) =
            if line.off > 0.0 { (scale.pixels.1 + 4.0, 7.0) } else { (scale.pixels.0 - 4.0, -7.0) };
        canvas.polygon(&[(x, y - 5.0), (x + tip, y), (x, y + 5.0)], colour, 1.0);
    } else {
        let mark = if suspect { Mark::Diamond } else { Mark::Circle };
        canvas.mark(mark, (within(line.off), y), 4.5, colour);
    }
    let unit = if line.row.unit == "t/t" { String::new() } else { format!(" {}", line.row.unit) };
    let figures = format!("{} → {}{unit}", figure(line.measured), figure(line.reconciled));
    let figures = shortened(&figures, FIGURES - 26.0, WORDS);
    canvas.text(&figures, (scale.pixels.1 + 22.0, y), WORDS, Anchor::Start, Colour::INK);
}
