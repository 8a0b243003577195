//! Flows as Sankey diagrams: all solids of the city, its wastes, and the parks that matter.
//!
//! [`flows`] chooses what is shown, [`gather`] makes a [`graph`] of it that can be read, [`layers`], [`order`] and
//! [`layout`] place it, [`draw`] draws it.

pub mod draw;
pub mod flows;
pub mod gather;
pub mod graph;
pub mod key;
pub mod label;
pub mod layers;
pub mod layout;
pub mod order;

use crate::diagnostic::Language;
use crate::id::{Id, PlaceId};
use crate::model::{Model, PlaceKind};
use crate::network::{ArcKind, Node};
use crate::report::charts::frame::{Frame, source_line};
use crate::report::charts::{Chart, Extent};
use crate::report::summary::Subject;
use crate::report::{named, number};
use crate::simulate::YearResult;
use flows::Scope;
use graph::Graph;
use rayon::prelude::*;

/// Parks drawn by default at most.
const PARKS: usize = 6;
/// Flows listed of those that go back.
const BACK: usize = 6;

/// Charts of the base scenario: by default those of the last solved year, of the city and of the parks with the largest
/// waste throughput; at most every place and every year. A chart without a flow is none.
#[must_use]
pub fn charts(subject: &Subject<'_>, extent: Extent) -> Vec<Chart> {
    let Some(run) = subject.run.scenarios.get(subject.run.base.unwrap_or(0)) else { return Vec::new() };
    let Some(last) = run.trajectory.years.last() else { return Vec::new() };
    let mut wanted: Vec<(Scope, &YearResult, bool)> = Vec::new();
    let years: Vec<&YearResult> = match extent {
        Extent::None => Vec::new(),
        Extent::Default => vec![last],
        Extent::All => run.trajectory.years.iter().rev().collect(),
    };
    for year in years {
        let is_last = year.year == last.year;
        wanted.extend([(Scope::City, year, is_last), (Scope::Wastes, year, is_last)]);
        let mut parks = parks(subject, year);
        if extent == Extent::Default {
            parks.truncate(PARKS);
        }
        let parks = parks.into_iter().enumerate();
        wanted.extend(parks.map(|(at, park)| (Scope::Place(park), year, is_last && at < PARKS)));
    }
    wanted
        .into_par_iter()
        .filter_map(|(scope, year, prominent)| {
            let chart = chart(subject, scope, year, year.year == last.year)?;
            Some(Chart { prominent, ..chart })
        })
        .collect()
}

/// The diagram of a scope and a year of the base scenario.
#[must_use]
pub fn graph_of(subject: &Subject<'_>, scope: Scope, year: &YearResult) -> Graph {
    let model = subject.model(subject.run.base.unwrap_or(0));
    let flows = flows::of_year(model, &subject.run.plan.network, year, scope);
    gather::graph(model, &flows, scope, subject.language)
}

/// Parks and zones by the waste that their processes take and give in a year, the largest first; those without any
/// flow of waste are left out.
#[must_use]
pub fn parks(subject: &Subject<'_>, year: &YearResult) -> Vec<PlaceId> {
    let model = subject.model(subject.run.base.unwrap_or(0));
    let mut waste = vec![0.0; model.places.len()];
    for (id, arc) in subject.run.plan.network.arcs.enumerate() {
        let process = match (arc.kind, arc.from, arc.to) {
            (ArcKind::Delivery | ArcKind::Made, Node::Process(process), _)
            | (
                ArcKind::Take | ArcKind::TakePrior | ArcKind::Draw | ArcKind::DrawPrior,
                _,
                Node::Process(process),
            ) => process,
            _ => continue,
        };
        if let Some(mass) =
            model.materials[arc.material].mass_per_unit.filter(|_| key::is_waste(model, arc.material))
        {
            for place in model.places.upward(model.processes[process].place) {
                waste[place.index()] += year.flows[id.index()] * mass;
            }
        }
    }
    let is_park = |place: &PlaceId| {
        matches!(model.places[*place].kind, PlaceKind::Park | PlaceKind::AgriculturalPark | PlaceKind::Zone)
    };
    let mut parks: Vec<PlaceId> =
        model.places.ids().filter(is_park).filter(|place| waste[place.index()] > 0.0).collect();
    parks.sort_by(|a, b| waste[b.index()].total_cmp(&waste[a.index()]).then(a.cmp(b)));
    parks
}

fn chart(subject: &Subject<'_>, scope: Scope, year: &YearResult, is_last: bool) -> Option<Chart> {
    let model = subject.model(subject.run.base.unwrap_or(0));
    let graph = graph_of(subject, scope, year);
    if gather::is_empty(&graph) {
        return None;
    }
    let layout = layout::place(&graph);
    let title = title(subject, model, scope, year.year);
    let frame = frame(subject, model, scope, &graph, &layout, title.clone());
    let stem = match scope {
        Scope::City => "sankey".to_owned(),
        Scope::Wastes => "waste-sankey".to_owned(),
        Scope::Place(place) => format!("sankey-{}", model.places[place].key),
    };
    let name = if is_last { format!("{stem}.svg") } else { format!("{stem}-{}.svg", year.year) };
    Some(Chart { name, title, drawing: draw::draw(&graph, &layout, &frame), prominent: is_last })
}

fn title(subject: &Subject<'_>, model: &Model, scope: Scope, year: i32) -> String {
    let (zh, en) = match scope {
        Scope::City => ("全市物质流".to_owned(), "Material flows of the city".to_owned()),
        Scope::Wastes => (
            "全市固体废物的来源和去向".to_owned(),
            "Solid wastes of the city: from where, to where".to_owned(),
        ),
        Scope::Place(place) => {
            let place = &model.places[place];
            (
                format!("{}物质流", place.name),
                format!("Material flows of {}", named(Language::En, &place.name, &place.name_en)),
            )
        }
    };
    match subject.language {
        Language::Zh => format!("{zh}，{year} 年"),
        Language::En => format!("{en}, {year}"),
    }
}

fn frame(
    subject: &Subject<'_>,
    model: &Model,
    scope: Scope,
    graph: &Graph,
    layout: &layout::Layout,
    title: String,
) -> Frame {
    let language = subject.language;
    let mut foot = Vec::new();
    foot.extend(what_goes_back(graph, layout, language));
    foot.extend(graph.notes.iter().cloned());
    if let Scope::Place(_) = scope {
        foot.push(
            language
                .pick(
                    "左侧是从园区外的市场得到的物料，右侧是交给园区外的市场的物料；园区内没有自己市场的物料，进出都算经过园区边界。",
                    "Left: what is taken from markets outside the place; right: what is handed to them. What has no market of its \
                     own in the place counts as crossing its border both ways.",
                )
                .to_owned(),
        );
    }
    foot.push(source_line(named(language, &model.settings.name, &model.settings.name_en), language));
    let scenario = subject.scenario_name(subject.run.base.unwrap_or(0));
    let unit = number::wan_tonnes_unit(language);
    let unit = match language {
        Language::Zh => {
            format!("{unit}/年；情景“{scenario}”；带宽与质量成正比，深灰为工序，浅灰为物料，蓝为来源和去向")
        }
        Language::En => format!(
            "{unit} a year; scenario “{scenario}”; width is mass; dark: processes, grey: materials, blue: where from and where to"
        ),
    };
    Frame { title, unit, foot, illustrative: model.settings.illustrative, language }
}

/// The sentence about what goes back, which the picture draws below.
fn what_goes_back(graph: &Graph, layout: &layout::Layout, language: Language) -> Option<String> {
    let mut back: Vec<&graph::Link> = graph
        .links
        .iter()
        .zip(&layout.links)
        .filter(|(_, (way, _))| matches!(way, layout::Way::Back { .. }))
        .map(|(link, _)| link)
        .collect();
    if back.is_empty() {
        return None;
    }
    back.sort_by(|a, b| b.tonnes.total_cmp(&a.tonnes));
    let all: f64 = back.iter().map(|link| link.tonnes).sum();
    let one = |link: &&graph::Link| {
        let amount = number::wan_tonnes(link.tonnes);
        format!("{} → {} {amount}", graph.spots[link.from].name, graph.spots[link.to].name)
    };
    let listed: Vec<String> = back.iter().take(BACK).map(one).collect();
    let (all, count) = (number::wan_tonnes(all), back.len());
    let listed = listed.join(language.pick("；", "; "));
    let more = if count > BACK { language.pick("等", "; …") } else { "" };
    Some(match language {
        Language::Zh => format!("下方的回流 {count} 条，共 {all} 万吨：{listed}{more}。"),
        Language::En => format!("Below, {count} flows that go back, together {all} × 10⁴ t: {listed}{more}."),
    })
}
