//! What recovering a tonne of waste costs, project by project, the cheapest first.

use super::Chart;
use super::canvas::{Anchor, Canvas, picture};
use super::frame::{Frame, HEAD, MARGIN, brief, source_line};
use super::palette::Colour;
use super::scale::{LogScale, Scale, log_ticks, spread, ticks};
use super::words::{shortened, text_width};
use crate::diagnostic::Language;
use crate::economics::recovery_costs;
use crate::report::chosen::View;
use crate::report::recovery::{Recovered, Step};
use crate::report::summary::Subject;
use crate::report::{named, number};

const AXIS: f64 = 64.0;
const PLOT: (f64, f64) = (860.0, 330.0);
/// Least distance of the numbers below the axis.
const NUMBER: f64 = 19.0;
const LINE: f64 = 19.0;
const WORDS: f64 = 12.0;
const SEGMENT: f64 = 5.0;

/// Whose costs are drawn.
struct Of<'a> {
    /// Scenario or mix, in words.
    mix: String,
    /// Name of the model.
    model: &'a str,
    /// Whether its data are invented.
    illustrative: bool,
}

/// The chart of a scenario in its last solved year.
///
/// # Errors
/// A sentence why there is none: no year was solved, or no project on stream recovers waste.
pub fn chart(subject: &Subject<'_>, scenario: usize) -> Result<Chart, String> {
    let (model, language) = (subject.model(scenario), subject.language);
    let run = &subject.run.scenarios[scenario];
    let name = brief(subject.scenario_name(scenario));
    let recovered = run.trajectory.years.last().and_then(|year| {
        let schedule = &run.funding.schedule;
        let costs = recovery_costs(subject.definitions, model, &subject.run.plan.network, schedule, year);
        Recovered::of(model, &costs, language)
    });
    let Some(recovered) = recovered else {
        return Err(match language {
            Language::Zh => format!("回收成本曲线略去：情景“{name}”期末没有投运的项目利用废物。"),
            Language::En => {
                format!("No recovery cost curve: in scenario “{name}” no project on stream recovers waste.")
            }
        });
    };
    let of = Of {
        mix: match language {
            Language::Zh => format!("情景“{name}”"),
            Language::En => format!("scenario “{name}”"),
        },
        model: named(language, &model.settings.name, &model.settings.name_en),
        illustrative: model.settings.illustrative,
    };
    Ok(drawn(&recovered, &of, language))
}

/// The chart of the mix that `optimise` recommends; none where nothing in it recovers waste.
#[must_use]
pub fn of_mix(view: &View, language: Language) -> Option<Chart> {
    let name = brief(&view.scenario);
    let of = Of {
        mix: match language {
            Language::Zh => format!("情景“{name}”的推荐方案"),
            Language::En => format!("recommended mix, scenario “{name}”"),
        },
        model: &view.name,
        illustrative: view.stamp.is_some(),
    };
    Some(drawn(view.recovery.as_ref()?, &of, language))
}

fn drawn(recovered: &Recovered, of: &Of<'_>, language: Language) -> Chart {
    let (total, count) = (recovered.tonnes(), recovered.projects.len());
    let amount = number::wan_tonnes(total);
    let title = match language {
        Language::Zh => format!("回收成本曲线：{count} 个项目每年回收废物 {amount} 万吨"),
        Language::En => format!("Recovery cost: {count} projects recover {amount} × 10⁴ t a year"),
    };
    let (year, mix) = (recovered.year, &of.mix);
    let frame = Frame {
        title: title.clone(),
        unit: match language {
            Language::Zh => {
                format!("每年回收一吨所需的投资（元，对数轴）；宽度为每年回收量（万吨）；{year} 年，{mix}")
            }
            Language::En => format!(
                "Investment (yuan, log axis) by tonne recovered a year; width: 10⁴ t a year; {year}, {mix}"
            ),
        },
        foot: foot(recovered, of.model, language),
        illustrative: of.illustrative,
        language,
    };
    let plot = PLOT.0.max(count as f64 * NUMBER);
    let width = MARGIN * 2.0 + AXIS + plot + 20.0;
    let top = HEAD + 40.0;
    let bottom = top + PLOT.1;
    let list = bottom + 84.0;
    let columns = if count > 3 { 2 } else { 1 };
    let rows = count.div_ceil(columns);
    let height = list + (rows as f64 + 1.0) * LINE + 12.0 + frame.foot_height(width);
    let drawing = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        legend(canvas, language);
        curve(canvas, recovered, total, (MARGIN + AXIS, top), (plot, PLOT.1), language);
        table(canvas, &recovered.projects, language, (MARGIN, list), (width - 2.0 * MARGIN, columns));
    });
    Chart { name: "recovery-cost.svg".to_owned(), title, drawing, prominent: true }
}

fn foot(recovered: &Recovered, model: &str, language: Language) -> Vec<String> {
    let mut foot = vec![
        language
            .pick(
                "高度 = 投资 ÷ 满一年回收量；回收量 = 工艺当年取用的废物 × 项目能力 ÷ 工艺能力，加项目直接增加的统计利用量；\
                 年净成本 =（运行成本 − 收入）÷ 回收量，两者都给出才算。不折现，不设寿命；按能力分摊，不是少了它全市会少的量。",
                "Height = investment ÷ recovery in a full year; recovery = waste its processes take in the year × its capacity ÷ \
                 their capacity, plus what it adds to statistics of use; net cost = (operating cost − revenue) ÷ recovery, \
                 where both are given. Nothing is discounted, no lifetime assumed; shared by capacity, not what the city would \
                 lose without it.",
            )
            .to_owned(),
    ];
    let list = |names: &[String]| -> String {
        let names: Vec<String> = names.iter().map(|name| shortened(name, 170.0, 12.0)).collect();
        names.join(language.pick("、", ", "))
    };
    if !recovered.without.is_empty() {
        let words = language.pick("投运而不回收废物吨数的：", "On stream and recovering no tonne of waste: ");
        foot.push(format!("{words}{}", list(&recovered.without)));
    }
    if !recovered.not_on_stream.is_empty() {
        let words = language.pick("在建、当年未投运的：", "Being built, not on stream in the year: ");
        foot.push(format!("{words}{}", list(&recovered.not_on_stream)));
    }
    foot.push(source_line(&brief(model), language));
    foot
}

fn colour(is_key: bool) -> Colour {
    if is_key { Colour::BLUE } else { Colour::ORANGE }
}

fn legend(canvas: &Canvas<'_>, language: Language) {
    let mut x = MARGIN;
    let y = HEAD + 10.0;
    for (is_key, zh, en) in [(true, "重点项目", "key project"), (false, "一般项目", "general project")]
    {
        let words = language.pick(zh, en);
        canvas.rectangle((x, y - SEGMENT / 2.0), (x + 20.0, y + SEGMENT / 2.0), colour(is_key), 1.0);
        canvas.text(words, (x + 26.0, y), WORDS, Anchor::Start, Colour::INK);
        x += text_width(words, WORDS) + 54.0;
    }
}

fn curve(
    canvas: &Canvas<'_>,
    costs: &Recovered,
    total: f64,
    (left, top): (f64, f64),
    (wide, tall): (f64, f64),
    language: Language,
) {
    let (right, bottom) = (left + wide, top + tall);
    let positive = || costs.projects.iter().map(|r| r.investment).filter(|yuan| *yuan > 0.0);
    let (least, most) = (positive().fold(f64::INFINITY, f64::min), positive().fold(0.0, f64::max));
    // Projects without investment stand on the axis.
    let marks = if most > 0.0 { log_ticks(least * 0.8, most * 1.1) } else { vec![1.0, 2.0] };
    let y = LogScale(Scale { values: (marks[0], marks[marks.len() - 1]), pixels: (bottom, top) });
    for mark in &marks {
        let at = y.at(*mark);
        canvas.line(&[(left, at), (right, at)], Colour::RULE, 1.0, 1.0);
        let decimals = if *mark >= 1.0 { 0 } else { 3 };
        let words = number::grouped(*mark, decimals);
        canvas.text(&words, (left - 8.0, at), WORDS, Anchor::End, Colour::FAINT);
    }
    let x = Scale { values: (0.0, total), pixels: (left, right) };
    let ends: Vec<f64> = costs
        .projects
        .iter()
        .scan(0.0, |sum, recovery| {
            *sum += recovery.tonnes;
            Some(*sum)
        })
        .collect();
    let mut before: Option<(f64, f64)> = None;
    let mut middles = Vec::new();
    for (recovery, end) in costs.projects.iter().zip(&ends) {
        let (from, to) = (x.at(end - recovery.tonnes), x.at(*end));
        let at = y.at(recovery.investment);
        canvas.rectangle((from, at), (to, bottom), colour(recovery.is_key), 0.13);
        if let Some(before) = before {
            canvas.line(&[before, (before.0, at)], Colour::FAINT, 1.0, 1.0);
        }
        let edge = to.max(from + 1.0);
        canvas.rectangle(
            (from, at - SEGMENT / 2.0),
            (edge, at + SEGMENT / 2.0),
            colour(recovery.is_key),
            1.0,
        );
        before = Some((to, at));
        middles.push((from + to) / 2.0);
    }
    canvas.line(&[(left, bottom), (right, bottom)], Colour::FAINT, 1.0, 1.0);
    let places = spread(&middles, NUMBER, (left + 6.0, right + 6.0));
    for (position, (place, middle)) in places.iter().zip(&middles).enumerate() {
        let elbow = [(*middle, bottom + 1.0), (*middle, bottom + 4.0), (*place, bottom + 10.0)];
        canvas.line(&elbow, Colour::FAINT, 1.0, 1.0);
        let words = (position + 1).to_string();
        canvas.text(&words, (*place, bottom + 18.0), WORDS, Anchor::Middle, Colour::INK);
    }
    let round = ticks(0.0, total / 1.0e4, 6);
    let step = round.get(1).copied().unwrap_or(1.0);
    let ruler = bottom + 30.0;
    canvas.line(&[(left, ruler), (right, ruler)], Colour::RULE, 1.0, 1.0);
    for mark in round.into_iter().filter(|mark| *mark * 1.0e4 <= total) {
        let at = x.at(mark * 1.0e4);
        canvas.line(&[(at, ruler), (at, ruler + 4.0)], Colour::FAINT, 1.0, 1.0);
        let words = number::grouped(mark, if step >= 1.0 { 0 } else { 2 });
        canvas.text(&words, (at, ruler + 13.0), WORDS, Anchor::Middle, Colour::FAINT);
    }
    let words = language.pick("累计每年回收量（万吨）", "recovered a year, summed up (10⁴ t)");
    canvas.text(words, (right, ruler + 29.0), WORDS, Anchor::End, Colour::FAINT);
}

/// The projects by their numbers, in columns.
fn table(
    canvas: &Canvas<'_>,
    projects: &[Step],
    language: Language,
    (left, top): (f64, f64),
    (wide, columns): (f64, usize),
) {
    let column = wide / columns as f64;
    let rows = projects.len().div_ceil(columns);
    let figures = [
        (language.pick("万吨/年", "10⁴ t/a"), 66.0),
        (language.pick("元/(吨/年)", "yuan/(t/a)"), 82.0),
        (language.pick("年净成本 元/吨", "net, yuan/t"), 104.0),
    ];
    let net = projects.iter().any(|recovery| recovery.running.is_some());
    let figures = &figures[..if net { 3 } else { 2 }];
    let room = column - 42.0 - figures.iter().map(|figure| figure.1).sum::<f64>() - 24.0;
    for group in 0..columns {
        let x = left + group as f64 * column;
        let mut right = x + column - 24.0;
        for (words, wide) in figures.iter().rev() {
            let head = shortened(words, wide - 6.0, 11.0);
            canvas.text(&head, (right, top), 11.0, Anchor::End, Colour::FAINT);
            right -= wide;
        }
        canvas.line(&[(x, top + 9.0), (x + column - 24.0, top + 9.0)], Colour::RULE, 1.0, 1.0);
    }
    for (position, recovery) in projects.iter().enumerate() {
        let (group, row) = (position / rows, position % rows);
        let x = left + group as f64 * column;
        let y = top + (row as f64 + 1.0) * LINE;
        let number = (position + 1).to_string();
        canvas.rectangle((x, y - 4.0), (x + 6.0, y + 4.0), colour(recovery.is_key), 1.0);
        canvas.text(&number, (x + 28.0, y), WORDS, Anchor::End, Colour::INK);
        let name = shortened(&recovery.name, room, WORDS);
        canvas.text(&name, (x + 38.0, y), WORDS, Anchor::Start, Colour::INK);
        let tonnes = recovery.tonnes / 1.0e4;
        let running = recovery.running.map_or_else(|| "—".to_owned(), number::figure);
        let cells = [
            number::grouped(tonnes, if tonnes < 1.0 { 2 } else { 1 }),
            number::grouped(recovery.investment, if recovery.investment < 10.0 { 1 } else { 0 }),
            running,
        ];
        let mut right = x + column - 24.0;
        for (words, (_, wide)) in cells.iter().zip(figures).rev() {
            canvas.text(words, (right, y), WORDS, Anchor::End, Colour::INK);
            right -= wide;
        }
    }
}
