//! Heaps over the years: one panel a material, one line a scenario.

use super::Chart;
use super::canvas::{Anchor, Canvas, Mark, Point, picture};
use super::frame::{Frame, HEAD, MARGIN, brief, source_line};
use super::palette::{Colour, SERIES};
use super::scale::{Scale, spread, ticks};
use super::words::{shortened, text_width};
use crate::diagnostic::Language;
use crate::id::MaterialId;
use crate::report::summary::Subject;
use crate::report::{named, number};

/// Panels at most: the largest heaps.
const PANELS: usize = 6;
const ACROSS: usize = 2;
const AXIS: f64 = 58.0;
const PLOT: (f64, f64) = (310.0, 190.0);
const NAMES: f64 = 222.0;
const HEADING: f64 = 30.0;
const BELOW: f64 = 34.0;
const WORDS: f64 = 11.5;
const LINE: f64 = 14.0;
/// Least distance of the years below an axis.
const YEAR: f64 = 38.0;
/// Paths closer than this, in pixels, in every year are one line.
const SAME: f64 = 0.8;

/// The stock of a material in all scenarios, t: at the begin of the base year, then at every year's end.
struct Panel {
    material: MaterialId,
    paths: Vec<Vec<f64>>,
}

/// Scenarios whose paths cannot be told apart.
struct Bundle {
    scenarios: Vec<usize>,
    points: Vec<Point>,
}

/// The chart over all scenarios.
///
/// # Errors
/// A sentence why there is none: nothing is stored, or no year was solved.
pub fn chart(subject: &Subject<'_>) -> Result<Chart, String> {
    let language = subject.language;
    let (panels, others) = panels(subject);
    if panels.is_empty() {
        let words = ("堆存曲线略去：没有任何物料堆存。", "No stock paths: nothing is stored.");
        return Err(language.pick(words.0, words.1).to_owned());
    }
    let base = subject.run.base.unwrap_or(0);
    let model = subject.model(base);
    let (first, last) = (model.settings.base_year, model.settings.horizon);
    let title = match language {
        Language::Zh => format!("各情景的堆存量，{first}–{last}"),
        Language::En => format!("Stocks in heaps by scenario, {first}–{last}"),
    };
    let mut foot = vec![match language {
        Language::Zh => format!(
            "每年年末；最左一点为 {first} 年初。粗线为基准情景“{}”；看不出差别的情景合为一线。纵轴不一定从零起。",
            brief(subject.scenario_name(base))
        ),
        Language::En => format!(
            "At each year's end; the leftmost point is the begin of {first}. Thick: the base scenario “{}”; scenarios that \
             cannot be told apart share a line. Not every vertical axis begins at zero.",
            brief(subject.scenario_name(base))
        ),
    }];
    if !others.is_empty() {
        let join = language.pick("、", ", ");
        let names: Vec<String> =
            others.iter().map(|&material| brief(material_name(subject, material))).collect();
        foot.push(format!(
            "{}{}",
            language.pick("较小的未画：", "Smaller ones, not drawn: "),
            names.join(join)
        ));
    }
    foot.push(source_line(&brief(named(language, &model.settings.name, &model.settings.name_en)), language));
    let unit = number::wan_tonnes_unit(language);
    let frame = Frame {
        title: title.clone(),
        unit: match language {
            Language::Zh => format!("{unit}，全市各市场之和，按各物料自己的干湿基"),
            Language::En => {
                format!("{unit}, all markets of the city, each material in its own basis (wet or dry)")
            }
        },
        foot,
        illustrative: model.settings.illustrative,
        language,
    };
    let across = ACROSS.min(panels.len());
    let (wide, tall) = (AXIS + PLOT.0 + NAMES, HEADING + PLOT.1 + BELOW);
    let width = (MARGIN * 2.0 + across as f64 * wide).max(MARGIN * 2.0 + wide + 160.0);
    let rows = panels.len().div_ceil(across);
    let height = HEAD + 10.0 + rows as f64 * tall + frame.foot_height(width);
    let drawing = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        for (position, panel) in panels.iter().enumerate() {
            let column = (position % across) as f64;
            let row = (position / across) as f64;
            draw(canvas, subject, panel, (MARGIN + column * wide, HEAD + 6.0 + row * tall));
        }
    });
    Ok(Chart { name: "stock-paths.svg".to_owned(), title, drawing, prominent: true })
}

fn material_name<'a>(subject: &Subject<'a>, material: MaterialId) -> &'a str {
    let record = &subject.model(0).materials[material];
    named(subject.language, &record.name, &record.name_en)
}

/// The largest heaps with their paths, and the materials left out.
fn panels(subject: &Subject<'_>) -> (Vec<Panel>, Vec<MaterialId>) {
    let network = &subject.run.plan.network;
    let materials = &subject.model(0).materials;
    let mut panels: Vec<Panel> = Vec::new();
    for (material, record) in materials.enumerate() {
        let Some(mass) = record.mass_per_unit else { continue };
        let markets: Vec<_> =
            network.markets.enumerate().filter(|(_, m)| m.material == material).map(|(id, _)| id).collect();
        if markets.is_empty() {
            continue;
        }
        let path = |run: &crate::outcome::ScenarioRun| -> Vec<f64> {
            let years = &run.trajectory.years;
            let opening = years
                .first()
                .map(|year| markets.iter().map(|&id| year.markets[id].opening_stock * mass).sum::<f64>());
            let closing = years
                .iter()
                .map(|year| markets.iter().map(|&id| year.markets[id].closing_stock * mass).sum::<f64>());
            opening.into_iter().chain(closing).collect()
        };
        panels.push(Panel { material, paths: subject.run.scenarios.iter().map(path).collect() });
    }
    panels.retain(|panel| greatest(panel) > 0.5);
    panels.sort_by(|a, b| greatest(b).total_cmp(&greatest(a)).then(a.material.cmp(&b.material)));
    let others = panels.iter().skip(PANELS).map(|panel| panel.material).collect();
    panels.truncate(PANELS);
    (panels, others)
}

fn greatest(panel: &Panel) -> f64 {
    panel.paths.iter().flatten().copied().fold(0.0, f64::max)
}

fn draw(canvas: &Canvas<'_>, subject: &Subject<'_>, panel: &Panel, (x, y): Point) {
    let heading = shortened(material_name(subject, panel.material), AXIS + PLOT.0, 14.0);
    canvas.text(&heading, (x, y + 12.0), 14.0, Anchor::Start, Colour::INK);
    let (left, top) = (x + AXIS, y + HEADING);
    let (right, bottom) = (left + PLOT.0, top + PLOT.1);
    let all = || panel.paths.iter().flatten().map(|tonnes| tonnes / 1.0e4);
    let (least, most) = (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max));
    // A heap that hardly moves is drawn on a span of its own size, so that noise does not look like change.
    let margin = (most * 0.02 - (most - least)).max(0.0) / 2.0;
    let marks = ticks((least - margin).max(0.0), most + margin, 4);
    let (low, high) = (marks[0], marks[marks.len() - 1]);
    let values = Scale { values: (low, high), pixels: (bottom, top) };
    let decimals = decimals(marks.get(1).map_or(1.0, |second| second - low));
    for &mark in &marks {
        let at = values.at(mark);
        canvas.line(&[(left, at), (right, at)], Colour::RULE, 1.0, 1.0);
        let words = number::grouped(mark, decimals);
        canvas.text(&words, (left - 6.0, at), WORDS, Anchor::End, Colour::FAINT);
    }
    let settings = &subject.model(0).settings;
    let count = settings.years().len();
    let years = Scale { values: (0.0, count.max(1) as f64), pixels: (left, right) };
    let every = ((YEAR * count as f64 / PLOT.0).ceil() as usize).max(1);
    for (position, year) in settings.years().enumerate().filter(|(position, _)| position % every == 0) {
        let at = (years.at(position as f64 + 1.0), bottom + 13.0);
        canvas.text(&year.to_string(), at, WORDS, Anchor::Middle, Colour::FAINT);
    }
    let bundles = bundles(panel, &years, &values);
    let base = subject.run.base.unwrap_or(0);
    for (position, bundle) in bundles.iter().enumerate().rev() {
        let (mark, colour) = look(position);
        let heavy = bundle.scenarios.contains(&base);
        canvas.line(&bundle.points, colour, if heavy { 3.0 } else { 1.6 }, 1.0);
        for &point in &bundle.points {
            canvas.mark(mark, point, if heavy { 3.5 } else { 3.0 }, colour);
        }
    }
    names(canvas, subject, &bundles, right, (top, bottom));
}

fn look(position: usize) -> (Mark, Colour) {
    (Mark::ALL[position % Mark::ALL.len()], SERIES[position % SERIES.len()])
}

fn decimals(step: f64) -> usize {
    match step {
        s if s >= 1.0 => 0,
        s if s >= 0.1 => 1,
        s if s >= 0.01 => 2,
        _ => 3,
    }
}

/// Scenarios with their paths in pixels, those alike together, in the order of scenarios.
fn bundles(panel: &Panel, years: &Scale, values: &Scale) -> Vec<Bundle> {
    let mut bundles: Vec<Bundle> = Vec::new();
    for (scenario, path) in panel.paths.iter().enumerate() {
        let points: Vec<Point> = path
            .iter()
            .enumerate()
            .map(|(year, tonnes)| (years.at(year as f64), values.at(tonnes / 1.0e4)))
            .collect();
        if points.is_empty() {
            continue;
        }
        let alike = |bundle: &&mut Bundle| {
            let pairs = bundle.points.iter().zip(&points);
            bundle.points.len() == points.len() && pairs.into_iter().all(|(a, b)| (a.1 - b.1).abs() < SAME)
        };
        match bundles.iter_mut().find(alike) {
            Some(bundle) => bundle.scenarios.push(scenario),
            None => bundles.push(Bundle { scenarios: vec![scenario], points }),
        }
    }
    bundles
}

/// Names at the ends of lines; those of which there is no room are counted.
fn names(canvas: &Canvas<'_>, subject: &Subject<'_>, bundles: &[Bundle], right: f64, (top, bottom): Point) {
    let language = subject.language;
    let room = ((bottom - top + 24.0) / LINE) as usize;
    let shown = bundles.len().min(room);
    let end = |bundle: &Bundle| bundle.points.last().map_or(bottom, |point| point.1);
    let wanted: Vec<f64> = bundles[..shown].iter().map(end).collect();
    let placed = spread(&wanted, LINE, (top - 12.0, bottom + 6.0));
    for (position, (bundle, y)) in bundles[..shown].iter().zip(placed).enumerate() {
        let (_, colour) = look(position);
        let from = bundle.points.last().copied().unwrap_or((right, y));
        canvas.together(|| {
            canvas.line(&[(from.0 + 4.0, from.1), (right + 16.0, y)], colour, 1.0, 0.7);
            let first = subject.scenario_name(bundle.scenarios[0]);
            let more = bundle.scenarios.len() - 1;
            let tail = match (more, language) {
                (0, _) => String::new(),
                (more, Language::Zh) => format!("等 {} 个", more + 1),
                (more, Language::En) => format!(" and {more} more"),
            };
            let space = NAMES - 28.0 - text_width(&tail, WORDS);
            let words = format!("{}{tail}", shortened(first, space, WORDS));
            canvas.text(&words, (right + 20.0, y), WORDS, Anchor::Start, Colour::INK);
        });
    }
}
