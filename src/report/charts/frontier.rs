//! One objective against another: what the programme proves possible, and what the simulation of each point gives.

use super::Chart;
use super::canvas::{Anchor, Canvas, Mark, picture};
use super::frame::{Frame, HEAD, MARGIN, brief, source_line};
use super::palette::Colour;
use super::scale::{Scale, ticks};
use super::words::text_width;
use crate::diagnostic::Language;
use crate::report::chosen::{View, objective_name, objective_unit};
use crate::report::number::{decimals_for, grouped};

const AXIS: f64 = 84.0;
const PLOT: (f64, f64) = (780.0, 380.0);
const WORDS: f64 = 12.0;

/// The chart; none where no frontier was asked for.
#[must_use]
pub fn chart(view: &View, language: Language) -> Option<Chart> {
    let [first, second] = view.frontier_of?;
    let name = |word: &str| objective_name(word, language);
    let unit = |word: &str| objective_unit(word, language);
    let title = match language {
        Language::Zh => format!("{}随{}的前沿", name(first), name(second)),
        // The axes say the rest; both names are too long for one title.
        Language::En => format!("Frontier of {}", name(first)),
    };
    let frame = Frame {
        title: title.clone(),
        unit: match language {
            Language::Zh => format!("纵轴：{}（{}）；横轴：{}（{}）", name(first), unit(first), name(second), unit(second)),
            Language::En => format!(
                "Upward: {} ({}); to the right: {} ({})",
                name(first),
                unit(first),
                name(second),
                unit(second)
            ),
        },
        foot: vec![
            language
                .pick(
                    "蓝线为求解器在每个限度下的最优值（物质自由分配，是上界），橙点为同一方案的模拟值；竖线连接两者。",
                    "Blue: the solver's optimum under each limit (free allocation, a bound); orange: the same mix simulated, joined to \
                     it by a line.",
                )
                .to_owned(),
            source_line(&brief(&view.name), language),
        ],
        illustrative: view.stamp.is_some(),
        language,
    };
    let (left, top) = (MARGIN + AXIS, HEAD + 44.0);
    let width = MARGIN * 2.0 + AXIS + PLOT.0 + 24.0;
    let height = top + PLOT.1 + 46.0 + frame.foot_height(width);
    let ends = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
    };
    let across = ends(&mut view.frontier.iter().map(|row| row.promised[1]));
    let upward = ends(&mut view.frontier.iter().flat_map(|row| [row.promised[0], row.simulated[0]]));
    let span = |(low, high): (f64, f64)| {
        let marks = ticks(low, if high > low { high } else { low + 1.0 }, 6);
        (marks.first().copied().unwrap_or(low), marks.last().copied().unwrap_or(high), marks)
    };
    let ((x0, x1, across), (y0, y1, upward)) = (span(across), span(upward));
    let x = Scale { values: (x0, x1), pixels: (left, left + PLOT.0) };
    let y = Scale { values: (y0, y1), pixels: (top + PLOT.1, top) };
    let drawing = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        legend(canvas, language);
        for tick in &upward {
            let at = y.at(*tick);
            canvas.backdrop(|| canvas.line(&[(left, at), (left + PLOT.0, at)], Colour::RULE, 1.0, 1.0));
            let words = grouped(*tick, decimals_for(y1 - y0).min(2));
            canvas.text(&words, (left - 8.0, at), WORDS, Anchor::End, Colour::FAINT);
        }
        for tick in &across {
            let words = grouped(*tick, decimals_for(x1 - x0).min(2));
            canvas.text(&words, (x.at(*tick), top + PLOT.1 + 16.0), WORDS, Anchor::Middle, Colour::FAINT);
        }
        let points: Vec<(f64, f64)> =
            view.frontier.iter().map(|row| (x.at(row.promised[1]), y.at(row.promised[0]))).collect();
        canvas.line(&points, Colour::BLUE, 2.0, 1.0);
        for (row, (px, py)) in view.frontier.iter().zip(&points) {
            let simulated = y.at(row.simulated[0]);
            canvas.line(&[(*px, *py), (*px, simulated)], Colour::FAINT, 1.0, 0.7);
            canvas.mark(Mark::Circle, (*px, *py), 4.5, Colour::BLUE);
            canvas.mark(Mark::Diamond, (*px, simulated), 4.5, Colour::ORANGE);
        }
    });
    Some(Chart { name: "frontier.svg".to_owned(), title, drawing, prominent: true })
}

fn legend(canvas: &Canvas<'_>, language: Language) {
    let (mut x, y) = (MARGIN, HEAD + 12.0);
    for (mark, colour, words) in [
        (Mark::Circle, Colour::BLUE, language.pick("求解器最优", "solver's optimum")),
        (Mark::Diamond, Colour::ORANGE, language.pick("同一方案模拟", "the same mix simulated")),
    ] {
        canvas.mark(mark, (x + 8.0, y), 5.0, colour);
        canvas.text(words, (x + 22.0, y), WORDS, Anchor::Start, Colour::INK);
        x += text_width(words, WORDS) + 52.0;
    }
}
