//! Indicators against targets: the base scenario, the range over all scenarios, where the base year stood.

use super::Chart;
use super::canvas::{Anchor, Canvas, Mark, picture};
use super::frame::{Frame, HEAD, MARGIN, brief, source_line, unchecked};
use super::palette::Colour;
use super::scale::Scale;
use super::words::{shortened, text_width};
use crate::diagnostic::Language;
use crate::indicators::{Definition, Direction, IndicatorValue};
use crate::report::summary::{Outcome, Subject, TargetRow};
use crate::report::{Summary, number};

const ROW: f64 = 34.0;
const GROUP: f64 = 27.0;
const LABEL: f64 = 330.0;
const PLOT: f64 = 470.0;
const BASE: f64 = 124.0;
const BEST: f64 = 214.0;
/// Attainment beyond which marks stand at the border with an arrow.
const RANGE: (f64, f64) = (0.4, 1.6);
/// Where "basically met" begins unless a target says otherwise.
const BASICALLY: f64 = 0.9;
const WORDS: f64 = 12.0;

/// A row with what is looked up once.
struct Line<'a> {
    row: &'a TargetRow,
    target: f64,
    definition: &'a Definition,
    base: usize,
    /// Value of the base year in the base scenario.
    before: Option<f64>,
    /// Whether a number it rests on differs between sources.
    disputed: bool,
}

/// The chart over all scenarios.
///
/// # Errors
/// A sentence why there is none: the model has no targets.
pub fn chart(subject: &Subject<'_>, summary: &Summary) -> Result<Chart, String> {
    let language = subject.language;
    let lines: Vec<Line<'_>> = summary.targets.iter().filter_map(|row| line(subject, row)).collect();
    if lines.is_empty() {
        let words = ("达标图略去：模型没有给出目标。", "No chart of targets: the model gives none.");
        return Err(language.pick(words.0, words.1).to_owned());
    }
    let base = subject.run.base.unwrap_or(0);
    let name = brief(subject.scenario_name(base));
    let met = summary.tallies.get(base).map_or(0, |tally| tally.met);
    let title = match language {
        Language::Zh => format!("指标与目标：“{name}”达标 {met} / {}", lines.len()),
        Language::En => format!("Indicators against targets: “{name}” meets {met} of {}", lines.len()),
    };
    let base_year = subject.model(base).settings.base_year;
    let scenarios = summary.scenarios.len();
    let frame = Frame {
        title: title.clone(),
        unit: match language {
            Language::Zh => {
                format!("数值与目标之比（“更少为好”的为目标÷数值），1.0 为达标；{scenarios} 个情景")
            }
            Language::En => {
                format!(
                    "Ratio of value and target (turned round where less is better); {scenarios} scenarios"
                )
            }
        },
        foot: foot(subject, summary, &lines),
        illustrative: summary.illustrative,
        language,
    };
    let width = MARGIN * 2.0 + LABEL + PLOT + BASE + BEST;
    let top = HEAD + 62.0;
    let groups = heads(&lines, language);
    let bottom = top + lines.len() as f64 * ROW + groups.iter().flatten().count() as f64 * GROUP;
    let height = bottom + 32.0 + frame.foot_height(width);
    let drawing = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        legend(canvas, base_year, scenarios, language);
        ground(canvas, top, bottom);
        columns(canvas, scenarios, top - 14.0, language);
        let mut y = top;
        for (line, head) in lines.iter().zip(&groups) {
            if let Some(head) = head {
                canvas.backdrop(|| {
                    canvas.rectangle(
                        (MARGIN, y + 2.0),
                        (width - MARGIN, y + GROUP - 2.0),
                        Colour::RULE,
                        0.55,
                    );
                });
                let words = shortened(head, width - 2.0 * MARGIN - 12.0, 13.0);
                canvas.text(&words, (MARGIN + 6.0, y + GROUP / 2.0), 13.0, Anchor::Start, Colour::INK);
                y += GROUP;
            }
            draw(canvas, subject, line, y + ROW / 2.0);
            y += ROW;
            canvas.line(&[(MARGIN, y), (width - MARGIN, y)], Colour::RULE, 1.0, 1.0);
        }
    });
    Ok(Chart { name: "targets.svg".to_owned(), title, drawing, prominent: true })
}

fn line<'a>(subject: &Subject<'a>, row: &'a TargetRow) -> Option<Line<'a>> {
    let target = row.target_value?;
    let base = subject.run.base.unwrap_or(0);
    let model = subject.model(base);
    let definitions: &'a [Definition] = subject.definitions;
    let position = definitions.iter().position(|definition| definition.key == row.indicator)?;
    let of_year = |year: i32| -> Option<&IndicatorValue> {
        let same = |value: &&IndicatorValue| {
            value.definition == position && value.year == year && model.places[value.place].key == row.place
        };
        subject.run.scenarios[base].indicators.iter().find(same)
    };
    let before = of_year(model.settings.base_year).and_then(|value| value.value.as_ref().ok().copied());
    let rests = of_year(row.year).into_iter().flat_map(|value| &value.terms);
    let mut rows = rests.flat_map(|term| &term.parts).flat_map(|part| part.rows.iter());
    let disputed = !model.alternatives.is_empty()
        && rows.any(|row| model.alternatives.iter().any(|other| other.concerns(row)));
    Some(Line { row, target, definition: &definitions[position], base, before, disputed })
}

/// Above a row that begins a place and year: these.
fn heads(lines: &[Line<'_>], language: Language) -> Vec<Option<String>> {
    let key = |line: &Line<'_>| (line.row.place.clone(), line.row.year);
    let begins = |position: usize| position == 0 || key(&lines[position]) != key(&lines[position - 1]);
    let words = |row: &TargetRow| {
        let place = if row.place_name.is_empty() {
            language.pick("全市", "The city")
        } else {
            row.place_name.as_str()
        };
        format!("{place}  {}", row.year)
    };
    lines.iter().enumerate().map(|(at, line)| begins(at).then(|| words(line.row))).collect()
}

fn foot(subject: &Subject<'_>, summary: &Summary, lines: &[Line<'_>]) -> Vec<String> {
    let language = subject.language;
    let mut foot = vec![
        language
            .pick(
                "黄底为基本达标的一般范围（0.9–1.0），绿底为达标；◂ ▸ 表示超出图幅。最好、最差按与目标之比排。",
                "Yellow: where “basically met” usually lies (0.9 to 1.0), green: met; ◂ ▸ stand for values beyond the chart. Best and \
                 worst by the ratio to the target.",
            )
            .to_owned(),
    ];
    if lines.iter().any(|line| line.disputed) {
        foot.push(
            language
                .pick(
                    "‡ 所依据的数字有来源不一致，图中用的是所采用的那个；范围见 circflow check（N105）。",
                    "‡ rests on a number on which sources disagree; drawn with the one that is used, ranges in circflow check (N105).",
                )
                .to_owned(),
        );
    }
    if summary.targets.iter().any(|row| row.definition_unchecked) {
        foot.push(unchecked(language).to_owned());
    }
    foot.push(source_line(&brief(&summary.name), language));
    foot
}

fn scale() -> Scale {
    let left = MARGIN + LABEL;
    Scale { values: RANGE, pixels: (left, left + PLOT) }
}

fn legend(canvas: &Canvas<'_>, base_year: i32, scenarios: usize, language: Language) {
    let y = HEAD + 10.0;
    let mut x = MARGIN;
    let mut entry = |words: &str, draw: &dyn Fn(f64)| {
        draw(x + 10.0);
        canvas.text(words, (x + 26.0, y), WORDS, Anchor::Start, Colour::INK);
        x += text_width(words, WORDS) + 52.0;
    };
    entry(language.pick("基准情景", "base scenario"), &|x| {
        canvas.mark(Mark::Circle, (x, y), 5.5, Colour::BLUE)
    });
    if scenarios > 1 {
        entry(
            language.pick("各情景的范围，短线为每个情景", "range over scenarios, a stroke for each"),
            &|x| {
                canvas.rectangle((x - 10.0, y - 3.0), (x + 10.0, y + 3.0), Colour::FAINT, 0.3);
                canvas.line(&[(x + 4.0, y - 6.0), (x + 4.0, y + 6.0)], Colour::INK, 1.0, 0.7);
            },
        );
    }
    let words = match language {
        Language::Zh => format!("{base_year} 年（基年）"),
        Language::En => format!("{base_year}, the base year"),
    };
    entry(&words, &|x| canvas.mark(Mark::Diamond, (x, y), 5.0, Colour::ORANGE));
}

fn ground(canvas: &Canvas<'_>, top: f64, bottom: f64) {
    let scale = scale();
    canvas.backdrop(|| {
        canvas.rectangle((scale.at(BASICALLY), top), (scale.at(1.0), bottom), Colour::ORANGE, 0.16);
        canvas.rectangle((scale.at(1.0), top), (scale.at(RANGE.1), bottom), Colour::GREEN, 0.09);
    });
    for tick in [0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6] {
        let x = scale.at(tick);
        let (colour, width) = if tick == 1.0 { (Colour::INK, 2.0) } else { (Colour::RULE, 1.0) };
        canvas.backdrop(|| canvas.line(&[(x, top), (x, bottom)], colour, width, 1.0));
        canvas.text(&format!("{tick:.1}"), (x, bottom + 13.0), WORDS, Anchor::Middle, Colour::FAINT);
    }
}

fn columns(canvas: &Canvas<'_>, scenarios: usize, y: f64, language: Language) {
    let left = MARGIN + LABEL + PLOT + 22.0;
    canvas.text(language.pick("基准情景", "base scenario"), (left, y), WORDS, Anchor::Start, Colour::FAINT);
    if scenarios > 1 {
        let words = language.pick("最好 / 最差的情景", "best / worst scenario");
        canvas.text(words, (left + BASE, y), WORDS, Anchor::Start, Colour::FAINT);
    }
}

fn draw(canvas: &Canvas<'_>, subject: &Subject<'_>, line: &Line<'_>, y: f64) {
    let language = subject.language;
    let (row, scale) = (line.row, scale());
    let marks = format!("{}{}", if row.provisional { "*" } else { "" }, if line.disputed { "‡" } else { "" });
    let room = LABEL - 16.0 - text_width(&marks, 13.0);
    let name = format!("{}{marks}", shortened(&row.name, room, 13.0));
    canvas.text(&name, (MARGIN + 6.0, y - 8.0), 13.0, Anchor::Start, Colour::INK);
    let aim = language.pick("目标", "target");
    let before =
        line.before.map_or_else(|| "—".to_owned(), |value| number::indicator(line.definition, value));
    let below = format!("{aim} {} {}", row.target, row.unit);
    let year = language.pick("基年", "base year");
    let below = shortened(&format!("{below}；{year} {before}"), LABEL - 16.0, 11.0);
    canvas.text(&below, (MARGIN + 6.0, y + 8.0), 11.0, Anchor::Start, Colour::FAINT);
    let ratio = |value: f64| attainment(line.definition.direction, value, line.target);
    let reached: Vec<(usize, f64)> = row
        .outcomes
        .iter()
        .enumerate()
        .filter_map(|(scenario, outcome)| Some((scenario, ratio(outcome.value?)?)))
        .collect();
    let left = MARGIN + LABEL + PLOT + 22.0;
    let base = &row.outcomes[line.base];
    let grade = grade(base, language);
    let (words, colour) = (
        shortened(&format!("{} {grade}", base.shown), BASE - 12.0, WORDS),
        if base.grade == Some("not_met") { Colour::RUST } else { Colour::INK },
    );
    canvas.text(&words, (left, y), WORDS, Anchor::Start, colour);
    if let Some(before) = line.before.and_then(ratio) {
        canvas.mark(Mark::Diamond, (scale.at(before), y), 5.0, Colour::ORANGE);
        arrow(canvas, before, y, Colour::ORANGE);
    }
    let order = |a: &&(usize, f64), b: &&(usize, f64)| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0));
    let (Some(worst), Some(best)) = (reached.iter().min_by(order), reached.iter().max_by(order)) else {
        return;
    };
    canvas.rectangle((scale.at(worst.1), y - 3.5), (scale.at(best.1), y + 3.5), Colour::FAINT, 0.3);
    for &(scenario, value) in reached.iter().filter(|(scenario, _)| *scenario != line.base) {
        let x = scale.at(value);
        canvas.line(&[(x, y - 7.0), (x, y + 7.0)], Colour::INK, 1.0, 0.7);
        if scenario == worst.0 || scenario == best.0 {
            arrow(canvas, value, y, Colour::FAINT);
        }
    }
    if let Some(&(_, value)) = reached.iter().find(|(scenario, _)| *scenario == line.base) {
        canvas.mark(Mark::Circle, (scale.at(value), y), 5.5, Colour::BLUE);
        arrow(canvas, value, y, Colour::BLUE);
    }
    if row.outcomes.len() > 1 {
        let at = left + BASE;
        if best.1 - worst.1 < 1e-9 {
            let words = language.pick("各情景相同", "all alike");
            canvas.text(words, (at, y), WORDS, Anchor::Start, Colour::FAINT);
            return;
        }
        for (&(scenario, _), y) in [(best, y - 8.0), (worst, y + 8.0)] {
            let value = &row.outcomes[scenario].shown;
            let words = format!("{value}  {}", subject.scenario_name(scenario));
            let words = shortened(&words, BEST - 24.0, 11.5);
            canvas.text(&words, (at, y), 11.5, Anchor::Start, Colour::INK);
        }
    }
}

/// A sign at the border for a value that lies beyond it.
fn arrow(canvas: &Canvas<'_>, value: f64, y: f64, colour: Colour) {
    let scale = scale();
    let (x, tip) = match value {
        v if v > RANGE.1 => (scale.pixels.1 + 8.0, 6.0),
        v if v < RANGE.0 => (scale.pixels.0 - 8.0, -6.0),
        _ => return,
    };
    canvas.polygon(&[(x, y - 4.0), (x + tip, y), (x, y + 4.0)], colour, 1.0);
}

fn grade(outcome: &Outcome, language: Language) -> &'static str {
    match outcome.grade {
        Some("met") => language.pick("达标", "met"),
        Some("basically_met") => language.pick("基本达标", "near"),
        Some(_) => language.pick("未达标", "not met"),
        None => language.pick("不可计算", "none"),
    }
}

fn attainment(direction: Direction, value: f64, target: f64) -> Option<f64> {
    let ratio = match direction {
        Direction::More => value / target,
        Direction::Less => target / value,
        Direction::Neutral => return None,
    };
    ratio.is_finite().then_some(ratio)
}
