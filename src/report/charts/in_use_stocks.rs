//! What is in use over the years of a scenario: of each material that enters use, the stock, and what enters and leaves.

use super::Chart;
use super::canvas::{Anchor, Canvas, Point, picture};
use super::frame::{Frame, HEAD, MARGIN, brief, source_line};
use super::palette::Colour;
use super::scale::{Scale, ticks};
use super::words::shortened;
use crate::diagnostic::Language;
use crate::id::MaterialId;
use crate::report::summary::Subject;
use crate::report::{named, number};
use crate::stock::in_use;
use crate::units::Dimension;

/// Rows of panels at most; the materials beyond stand in the foot.
const ROWS: usize = 6;
const AXIS: f64 = 62.0;
const PLOT: (f64, f64) = (330.0, 150.0);
const BETWEEN: f64 = 28.0;
const HEADING: f64 = 30.0;
const BELOW: f64 = 40.0;
const WORDS: f64 = 11.5;
/// Least distance of the years below an axis.
const YEAR: f64 = 38.0;
const ENTERS: Colour = Colour::SKY;
const LEAVES: Colour = Colour::VERMILION;

/// A material in use, all stocks of the city together, in base units.
struct Row {
    material: MaterialId,
    /// At the begin of the base year, then at every year's end.
    stock: Vec<f64>,
    /// Entering and leaving in every year.
    flows: Vec<[f64; 2]>,
}

/// The chart of one scenario; none where the model has no in-use stocks or no year was solved.
#[must_use]
pub fn chart(subject: &Subject<'_>, scenario: usize) -> Option<Chart> {
    let language = subject.language;
    let model = subject.model(scenario);
    let mut rows = rows(subject, scenario);
    if rows.first()?.flows.is_empty() {
        return None;
    }
    let name = |material: MaterialId| {
        let record = &model.materials[material];
        named(language, &record.name, &record.name_en)
    };
    let others: Vec<String> = rows.iter().skip(ROWS).map(|row| brief(name(row.material))).collect();
    rows.truncate(ROWS);
    let rows: Vec<(Row, bool)> = rows.into_iter().map(Row::scaled).collect();
    let title = match language {
        Language::Zh => format!("在用存量：{}", brief(subject.scenario_name(scenario))),
        Language::En => format!("In-use stocks: {}", brief(subject.scenario_name(scenario))),
    };
    let mut foot = vec![
        language
            .pick(
                "左：年末在用，最左一点为基年年初，纵轴不一定从零起。右：每年两柱，左柱（蓝）投入使用，右柱（红）退出使用。全市各地之和，按投入的物质计量。",
                "Left: in use at each year's end; the leftmost point is the begin of the base year, and the axis need not begin \
                 at zero. Right: of each year's two bars the left (blue) enters use, the right (red) leaves it. All places of the city, counted in \
                 what enters.",
            )
            .to_owned(),
    ];
    if !others.is_empty() {
        let words = language.pick("未画：", "Not drawn: ");
        foot.push(format!("{words}{}", others.join(language.pick("、", ", "))));
    }
    foot.push(source_line(&brief(named(language, &model.settings.name, &model.settings.name_en)), language));
    let frame = Frame {
        title: title.clone(),
        unit: language.pick("单位写在各图上", "units stand above the panels").to_owned(),
        foot,
        illustrative: model.settings.illustrative,
        language,
    };
    let wide = AXIS + PLOT.0;
    let tall = HEADING + PLOT.1 + BELOW;
    let width = MARGIN * 2.0 + wide * 2.0 + BETWEEN;
    let height = HEAD + 10.0 + rows.len() as f64 * tall + frame.foot_height(width);
    let first = model.settings.base_year;
    let drawing = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        for (position, (row, large)) in rows.iter().enumerate() {
            let top = HEAD + 6.0 + position as f64 * tall;
            let unit = unit_words(model.materials[row.material].dimension, *large, language);
            let material = name(row.material);
            let heading = |words: &str| shortened(&format!("{material}{words}"), wide - 10.0, 14.0);
            let [stock, flows] = match language {
                Language::Zh => [format!("：在用，{unit}"), format!("：每年进出，{unit}")],
                Language::En => [format!(": in use, {unit}"), format!(": per year, {unit}")],
            };
            let left = (MARGIN, top);
            let right = (MARGIN + wide + BETWEEN, top);
            canvas.text(&heading(&stock), (left.0, top + 12.0), 14.0, Anchor::Start, Colour::INK);
            canvas.text(&heading(&flows), (right.0, top + 12.0), 14.0, Anchor::Start, Colour::INK);
            draw_stock(canvas, row, left, first);
            draw_flows(canvas, row, right, first);
        }
    });
    Some(Chart { name: "in-use-stocks.svg".to_owned(), title, drawing, prominent: true })
}

/// Every material that enters use, in the order of the table.
fn rows(subject: &Subject<'_>, scenario: usize) -> Vec<Row> {
    let model = subject.model(scenario);
    let run = &subject.run.scenarios[scenario];
    let courses = in_use::courses(model, &run.funding.schedule);
    let years: Vec<i32> = run.trajectory.years.iter().map(|year| year.year).collect();
    let mut rows: Vec<Row> = Vec::new();
    for (stock, course) in model.stocks.iter().zip(&courses) {
        let at = rows.iter().position(|row| row.material == stock.material_in).unwrap_or_else(|| {
            let (stands, flows) = (vec![0.0; years.len() + 1], vec![[0.0; 2]; years.len()]);
            rows.push(Row { material: stock.material_in, stock: stands, flows });
            rows.len() - 1
        });
        let row = &mut rows[at];
        row.stock[0] += course.opening(model.settings.base_year);
        for (position, &year) in years.iter().enumerate() {
            row.stock[position + 1] += course.closing(year);
            row.flows[position][0] += course.inflow(year);
            row.flows[position][1] += course.outflow(year);
        }
    }
    rows
}

impl Row {
    /// Divides the row by 10⁴ where that leaves figures to read.
    fn scaled(mut self) -> (Self, bool) {
        let most = self.stock.iter().copied().fold(0.0, f64::max);
        let large = most >= 1.0e4;
        if large {
            self.stock.iter_mut().chain(self.flows.iter_mut().flatten()).for_each(|value| *value /= 1.0e4);
        }
        (self, large)
    }
}

fn unit_words(dimension: Dimension, large: bool, language: Language) -> String {
    if !large {
        let pieces = dimension == Dimension::Pieces;
        return (if pieces { language.pick("件", "pieces") } else { dimension.symbol() }).to_owned();
    }
    match dimension {
        Dimension::Mass => number::wan_tonnes_unit(language).to_owned(),
        Dimension::Pieces => language.pick("万件", "10⁴ pieces").to_owned(),
        other => format!("{}{}", language.pick("万", "10⁴ "), other.symbol()),
    }
}

/// Axis with its ruled lines; gives the scale of values.
fn axis(canvas: &Canvas<'_>, (x, y): Point, (least, most): (f64, f64)) -> Scale {
    let (left, top) = (x + AXIS, y + HEADING);
    let (right, bottom) = (left + PLOT.0, top + PLOT.1);
    let marks = ticks(least, most, 4);
    let (low, high) = (marks[0], marks[marks.len() - 1]);
    let values = Scale { values: (low, high), pixels: (bottom, top) };
    let step = marks.get(1).map_or(1.0, |second| second - low);
    let decimals = (0..6).find(|decimals| step * 10f64.powi(*decimals) >= 0.999).unwrap_or(6);
    for &mark in &marks {
        let at = values.at(mark);
        canvas.line(&[(left, at), (right, at)], Colour::RULE, 1.0, 1.0);
        let words = number::grouped(mark, usize::try_from(decimals).unwrap_or(0));
        canvas.text(&words, (left - 6.0, at), WORDS, Anchor::End, Colour::FAINT);
    }
    values
}

/// Years below an axis, as many as there is room for, at these places.
fn years(canvas: &Canvas<'_>, first: i32, count: usize, y: f64, at: impl Fn(usize) -> f64) {
    let every = ((YEAR * count as f64 / PLOT.0).ceil() as usize).max(1);
    for position in (0..count).step_by(every) {
        let below = (at(position), y + HEADING + PLOT.1 + 13.0);
        let year = first + i32::try_from(position).unwrap_or(0);
        canvas.text(&year.to_string(), below, WORDS, Anchor::Middle, Colour::FAINT);
    }
}

fn draw_stock(canvas: &Canvas<'_>, row: &Row, corner: Point, first: i32) {
    let least = row.stock.iter().copied().fold(f64::INFINITY, f64::min);
    let most = row.stock.iter().copied().fold(0.0, f64::max);
    // A stock that hardly moves is drawn on a span of its own size.
    let margin = (most * 0.05 - (most - least)).max(0.0) / 2.0;
    let values = axis(canvas, corner, ((least - margin).max(0.0), (most + margin).max(1e-6)));
    let count = row.flows.len();
    let left = corner.0 + AXIS;
    let places = Scale { values: (0.0, count.max(1) as f64), pixels: (left, left + PLOT.0 - 14.0) };
    years(canvas, first, count, corner.1, |position| places.at(position as f64 + 1.0));
    let points: Vec<Point> = row
        .stock
        .iter()
        .enumerate()
        .map(|(position, &stock)| (places.at(position as f64), values.at(stock)))
        .collect();
    canvas.line(&points, Colour::BLUE, 2.4, 1.0);
    for &point in &points {
        canvas.mark(super::canvas::Mark::ALL[0], point, 3.0, Colour::BLUE);
    }
}

fn draw_flows(canvas: &Canvas<'_>, row: &Row, corner: Point, first: i32) {
    let most = row.flows.iter().flatten().copied().fold(0.0, f64::max);
    let values = axis(canvas, corner, (0.0, most.max(1e-6)));
    let count = row.flows.len().max(1);
    let space = PLOT.0 / count as f64;
    let left = corner.0 + AXIS;
    let bar = space * 0.32;
    for (position, flows) in row.flows.iter().enumerate() {
        let middle = left + space * (position as f64 + 0.5);
        for (flow, colour, from) in [(flows[0], ENTERS, middle - bar), (flows[1], LEAVES, middle)] {
            canvas.rectangle((from, values.at(flow)), (from + bar, values.at(0.0)), colour, 1.0);
        }
    }
    years(canvas, first, count, corner.1, |position| left + space * (position as f64 + 0.5));
}
