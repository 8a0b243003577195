//! The city's flows as a Sankey diagram: processes of one technology and materials as nodes.

mod draw;
mod graph;
mod layout;

use super::frame::{Frame, source_line};
use crate::diagnostic::Language;
use crate::output::Chart;
use crate::report::summary::Subject;
use crate::report::{named, number};
use graph::Graph;

/// The chart of the base scenario's last solved year; `None` without a solved year or without flows.
#[must_use]
pub fn chart(subject: &Subject<'_>) -> Option<Chart> {
    let base = subject.run.base.unwrap_or(0);
    let run = subject.run.scenarios.get(base)?;
    let year = run.trajectory.years.last()?;
    let (model, language) = (subject.model(base), subject.language);
    let graph = Graph::of_year(model, &subject.run.plan.network, year, language);
    if graph.links.is_empty() {
        return None;
    }
    let placed = layout::place(&graph);
    let unit = number::wan_tonnes_unit(language);
    let title = match language {
        Language::Zh => format!("全市物质流 {}", year.year),
        Language::En => format!("Material flows of the city, {}", year.year),
    };
    let mut foot = graph.notes.clone();
    let name = named(language, &model.settings.name, &model.settings.name_en);
    foot.push(source_line(name, language));
    let frame = Frame {
        title: title.clone(),
        unit: match language {
            Language::Zh => {
                format!("{unit}/年；情景“{}”；带宽与质量成正比，下方为回流", subject.scenario_name(base))
            }
            Language::En => format!(
                "{unit} a year; scenario “{}”; width is mass; below: what goes back",
                subject.scenario_name(base)
            ),
        },
        foot,
        illustrative: model.settings.illustrative,
        language,
    };
    let svg = draw::draw(&graph, &placed, &frame);
    Some(Chart { name: "sankey.svg".to_owned(), title, svg })
}
