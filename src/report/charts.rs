//! Charts of a run: indicators against targets, gaps by county, the city's flows.
//!
//! A chart is drawn once, as a list of shapes and words; [`render`] makes files of it, and is the only module that
//! names the chart crate.

pub mod canvas;
pub mod county_gaps;
pub mod fonts;
pub mod frame;
pub mod frontier;
pub mod funding_waterfall;
pub mod in_use_stocks;
pub mod legibility;
pub mod measurements;
pub mod money_value;
pub mod palette;
pub mod project_calendar;
pub mod recovery_cost;
pub mod render;
pub mod sankey;
pub mod scale;
pub mod scenario_comparison;
pub mod stock_paths;
pub mod target_dots;
pub mod words;

use super::Summary;
use super::chosen::View;
use super::summary::Subject;
use crate::diagnostic::Language;
use crate::output;
use canvas::Drawing;
use rayon::prelude::*;

/// A chart, drawn but not yet a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// File name, ending in `.svg`.
    pub name: String,
    /// Title in the language of the run.
    pub title: String,
    /// The picture.
    pub drawing: Drawing,
    /// Whether the report shows it: those that are drawn by default.
    pub prominent: bool,
}

/// Which charts are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// None.
    None,
    /// Those of the whole, of the base scenario's last year, and of the parks that matter.
    #[default]
    Default,
    /// Every park and every year.
    All,
}

impl Extent {
    /// All extents.
    pub const ALL: [Self; 3] = [Self::None, Self::Default, Self::All];

    /// The word by which it is asked for.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Default => "default",
            Self::All => "all",
        }
    }
}

/// PNG beside SVG: in which fonts, how wide.
#[derive(Debug)]
pub struct Bitmaps {
    /// Fonts.
    pub fonts: fonts::Fonts,
    /// Width in pixels.
    pub width: u32,
}

/// How a run is pictured.
#[derive(Debug, Default)]
pub struct Pictures {
    /// Which charts.
    pub extent: Extent,
    /// PNG beside SVG.
    pub bitmaps: Option<Bitmaps>,
}

/// All charts of an extent, drawn, in order.
#[must_use]
pub fn drawn(subject: &Subject<'_>, summary: &Summary, extent: Extent) -> Vec<Chart> {
    if extent == Extent::None {
        return Vec::new();
    }
    let mut charts: Vec<Chart> = of_tables(subject, summary).into_iter().flatten().collect();
    charts.extend(sankey::charts(subject, extent));
    if extent == Extent::All {
        for scenario in 0..subject.models.len() {
            charts.extend(of_scenario(subject, scenario));
        }
    }
    charts
}

/// A sentence for each chart that is left out because there is nothing to draw.
#[must_use]
pub fn left_out(subject: &Subject<'_>, summary: &Summary) -> Vec<String> {
    of_tables(subject, summary).into_iter().filter_map(Result::err).collect()
}

/// All charts but those of flows, or why one is left out; drawing them takes a few milliseconds.
fn of_tables(subject: &Subject<'_>, summary: &Summary) -> Vec<Result<Chart, String>> {
    let base = subject.run.base.unwrap_or(0);
    let mut charts = vec![
        target_dots::chart(subject, summary),
        scenario_comparison::chart(subject, summary),
        funding_waterfall::chart(subject, base),
        county_gaps::chart(subject, base),
        project_calendar::chart(subject, base),
        stock_paths::chart(subject),
        recovery_cost::chart(subject, base),
    ];
    charts.extend(in_use_stocks::chart(subject, base).map(Ok));
    charts
}

/// The charts that every scenario can have of its own, with its id in their names.
#[must_use]
pub fn of_scenario(subject: &Subject<'_>, scenario: usize) -> Vec<Chart> {
    let model = subject.model(scenario);
    let key = &model.scenarios[model.scenario].key;
    let named = |mut chart: Chart| {
        let stem = chart.name.trim_end_matches(".svg");
        chart.name = format!("{stem}-{key}.svg");
        chart.prominent = false;
        chart
    };
    let charts = [
        funding_waterfall::chart(subject, scenario),
        county_gaps::chart(subject, scenario),
        project_calendar::chart(subject, scenario),
        recovery_cost::chart(subject, scenario),
    ];
    charts.into_iter().flatten().map(named).collect()
}

/// All charts of a run as files, in order. PNG are in English where their fonts have no Chinese.
#[must_use]
pub fn all(subject: &Subject<'_>, summary: &Summary, pictures: &Pictures) -> Vec<output::Chart> {
    let english = || {
        let subject = Subject { language: Language::En, ..*subject };
        drawn(&subject, &super::summary::summarise(&subject), pictures.extent)
    };
    files(&drawn(subject, summary, pictures.extent), english, subject.language, pictures)
}

/// The pictures of an answer of `optimise` as files; `english` gives the same answer in English.
#[must_use]
pub fn of_answer(
    view: &View,
    english: impl FnOnce() -> View,
    language: Language,
    pictures: &Pictures,
) -> Vec<output::Chart> {
    if pictures.extent == Extent::None {
        return Vec::new();
    }
    let english = || drawn_of_answer(&english(), Language::En);
    files(&drawn_of_answer(view, language), english, language, pictures)
}

/// The pictures of an answer of `optimise`, drawn, in order.
#[must_use]
pub fn drawn_of_answer(view: &View, language: Language) -> Vec<Chart> {
    let charts = [
        frontier::chart(view, language),
        money_value::chart(view, language),
        recovery_cost::of_mix(view, language),
    ];
    charts.into_iter().flatten().collect()
}

/// Charts as files; PNG of the same in English where their fonts have no Chinese.
fn files(
    charts: &[Chart],
    english: impl FnOnce() -> Vec<Chart>,
    language: Language,
    pictures: &Pictures,
) -> Vec<output::Chart> {
    let bitmaps = pictures.bitmaps.as_ref();
    let in_english = bitmaps.is_some_and(|of| language == Language::Zh && !of.fonts.has_chinese());
    let others = in_english.then(english);
    let of = |(position, chart): (usize, &Chart)| {
        let png = bitmaps.map(|bitmaps| {
            let drawing = others.as_ref().and_then(|others| others.get(position)).unwrap_or(chart);
            render::png(&drawing.drawing, &bitmaps.fonts, bitmaps.width)
        });
        file(chart, png)
    };
    charts.par_iter().enumerate().map(of).collect()
}

/// A chart as a file.
#[must_use]
pub fn file(chart: &Chart, png: Option<Vec<u8>>) -> output::Chart {
    let (name, title, prominent) = (chart.name.clone(), chart.title.clone(), chart.prominent);
    output::Chart { svg: render::svg(&chart.drawing), name, title, png, prominent }
}

/// The picture of the one-page brief: the scenarios side by side on three measures, narrow enough to be read on A4.
/// `None` where there is nothing to compare.
#[must_use]
pub fn of_brief(subject: &Subject<'_>, summary: &Summary) -> Option<output::Chart> {
    scenario_comparison::narrow(subject, summary).ok().map(|chart| file(&chart, None))
}
