//! What more money buys: most waste used for every further step in a fund.

use super::Chart;
use super::canvas::{Anchor, Mark, picture};
use super::frame::{Frame, HEAD, MARGIN, brief, source_line};
use super::palette::{Colour, SERIES};
use super::scale::{Scale, ticks};
use super::words::{shortened, text_width};
use crate::diagnostic::Language;
use crate::report::chosen::{MoneyRow, View};
use crate::report::number::grouped;

const AXIS: f64 = 72.0;
const PLOT: (f64, f64) = (560.0, 340.0);
const NAMES: f64 = 250.0;
const WORDS: f64 = 12.0;
const LINE: f64 = 20.0;

/// The chart; none where the value of money was not asked for, or nothing could be computed.
#[must_use]
pub fn chart(view: &View, language: Language) -> Option<Chart> {
    let mut funds: Vec<(String, Vec<&MoneyRow>)> = Vec::new();
    // What a county owes is a point of its own line.
    for row in view.money.iter().filter(|row| !row.duty) {
        match funds.iter_mut().find(|(known, _)| *known == row.fund) {
            Some((_, rows)) => rows.push(row),
            None => funds.push((row.fund.clone(), vec![row])),
        }
    }
    let now = view.money.iter().find(|row| row.amount == 0.0)?.tonnes?;
    let gain = |row: &MoneyRow| row.tonnes.map(|tonnes| (tonnes - now) / 1e4);
    let buys =
        |(_, rows): &(String, Vec<&MoneyRow>)| rows.iter().filter_map(|row| gain(row)).any(|by| by > 1e-3);
    let (funds, in_vain): (Vec<_>, Vec<_>) = funds.into_iter().partition(buys);
    if funds.is_empty() {
        return None;
    }
    let all = || funds.iter().flat_map(|(_, rows)| rows.iter().copied());
    let most = all().filter_map(gain).fold(0.0, f64::max);
    let widest = all().map(|row| row.amount).fold(0.0, f64::max);
    let in_vain: Vec<String> = in_vain.into_iter().map(|(name, _)| name).collect();
    let title = language.pick("再多一笔钱最多能多用多少工业固废", "What more money buys at best").to_owned();
    let mut frame = Frame {
        title: title.clone(),
        unit: language
            .pick(
                "纵轴：规划期内多利用的工业固废（万t）；横轴：比各表多出的资金（万元）",
                "Upward: more industrial solid waste used over the horizon (10⁴ t); to the right: money beyond the tables (wan yuan)",
            )
            .to_owned(),
        foot: vec![
            language
                .pick(
                    "每一点都重新求解；物质由求解器自由分配，是上界，不是模拟。连续三步没有收获就不再加。",
                    "Every point is solved anew; the solver allocates freely, so these are bounds and not simulated. A fund is left after \
                     three steps without gain.",
                )
                .to_owned(),
            match (in_vain.is_empty(), language) {
                (true, _) => String::new(),
                (false, Language::Zh) => format!(
                    "加钱不能多用固废的：{}（目标的差距或许缩小，见 value_of_money 表）",
                    in_vain.join("、")
                ),
                (false, Language::En) => format!(
                    "More money buys no more use of waste in: {} (targets may come nearer, see the table value_of_money)",
                    in_vain.join("; ")
                ),
            },
            source_line(&brief(&view.name), language),
        ],
        illustrative: view.stamp.is_some(),
        language,
    };
    frame.foot.retain(|line| !line.is_empty());
    let (left, top) = (MARGIN + AXIS, HEAD + 24.0);
    let width = MARGIN * 2.0 + AXIS + PLOT.0 + NAMES + 30.0;
    let plot = PLOT.1.max(funds.len() as f64 * LINE);
    let height = top + plot + 46.0 + frame.foot_height(width);
    let (upward, across) = (ticks(0.0, most.max(1e-9), 5), ticks(0.0, widest, 6));
    let end = |marks: &[f64]| marks.last().copied().unwrap_or(1.0);
    let x = Scale { values: (0.0, end(&across)), pixels: (left, left + PLOT.0) };
    let y = Scale { values: (0.0, end(&upward)), pixels: (top + plot, top) };
    let drawing = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        for tick in &upward {
            let at = y.at(*tick);
            canvas.backdrop(|| canvas.line(&[(left, at), (left + PLOT.0, at)], Colour::RULE, 1.0, 1.0));
            let words = grouped(*tick, usize::from(most < 10.0));
            canvas.text(&words, (left - 8.0, at), WORDS, Anchor::End, Colour::FAINT);
        }
        for tick in &across {
            canvas.text(
                &grouped(*tick, 0),
                (x.at(*tick), top + plot + 16.0),
                WORDS,
                Anchor::Middle,
                Colour::FAINT,
            );
        }
        for (at, (name, rows)) in funds.iter().enumerate() {
            let colour = SERIES[at % SERIES.len()];
            let mark = Mark::ALL[at % Mark::ALL.len()];
            let points: Vec<(f64, f64)> =
                rows.iter().filter_map(|row| Some((x.at(row.amount), y.at(gain(row)?)))).collect();
            canvas.line(&points, colour, 1.8, 1.0);
            for point in &points {
                canvas.mark(mark, *point, 4.0, colour);
            }
            let line = top + (at as f64 + 0.5) * LINE;
            let beside = left + PLOT.0 + 24.0;
            canvas.mark(mark, (beside, line), 4.5, colour);
            let shown = shortened(name, NAMES - 20.0, WORDS);
            debug_assert!(text_width(&shown, WORDS) <= NAMES);
            canvas.text(&shown, (beside + 14.0, line), WORDS, Anchor::Start, Colour::INK);
        }
    });
    Some(Chart { name: "value-of-money.svg".to_owned(), title, drawing, prominent: true })
}
