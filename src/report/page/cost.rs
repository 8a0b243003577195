//! The cost of the missing county money, opened to what it is the difference of.

use super::Context;
use super::markup::{Html, anchor};
use super::projects::{anchor_of, month};
use super::table::{Cell, Line, linked, numbers, table, words};
use crate::counterfactual::{Delay, GapCost, Measure, Worth};
use crate::diagnostic::Language;
use crate::money::Ppm;
use crate::report::opened::place_name;
use crate::report::summary::Cost;
use crate::report::{named, number, text};

/// Sets of paying counties that are shown one by one; more are not.
const SHOWN: usize = 32;

/// The table by state of the assumptions, that by county, and every state opened.
pub(super) fn all(html: &mut Html, context: &Context<'_>) {
    let Some(cost) = &context.summary.cost_of_gap else { return };
    let language = context.subject.language;
    html.leaf("h3", &[("id", "cost")], &text::cost_title(cost, language));
    html.leaf("p", &[], &cost.sentence);
    let caption = language.pick("各种假设下", "Under each assumption");
    linked(html, caption, &text::cost_lines(cost, language), |row, column| {
        let line = cost.lines.get(row).filter(|_| column > 1)?;
        Some(anchor_of_state(line.matching, line.bridge))
    });
    let caption = language.pick("按县：只它到位，与沙普利分摊", "By county: it alone, and Shapley shares");
    let shown = text::by_county(cost, language);
    let costing = text::costing_counties(cost);
    linked(html, caption, &shown, |row, column| {
        let line = costing.get(row).filter(|_| column > 2)?;
        Some(anchor_of_state(line.matching, line.bridge))
    });
    html.leaf("p", &[("class", "faint")], language.pick(
        "每个数都是同一情景两次运行之差：一次照现状，一次假设有关县按时设立资金，其余不变。“只它到位”：只有该县设立时的收益；\
         “沙普利”：该县在各县先后到位的所有次序中所添收益的平均，各县之和等于合计。",
        "Every figure is the difference of two runs of the same scenario: as it stands, and with the counties concerned paying \
         on time, all else equal. “It alone”: the gain if only that county paid. “Shapley”: what a county adds, averaged over \
         all orders in which counties may pay; the shares sum to the total.",
    ));
    cost.lines.iter().for_each(|line| state(html, context, cost, line.matching, line.bridge));
}

/// Where a state of the assumptions is opened.
pub(super) fn anchor_of_state(matching: bool, bridge: Option<f64>) -> String {
    let rule = if matching { "rule" } else { "no-rule" };
    let bridge = bridge.map_or_else(|| "own".to_owned(), |share| number::grouped(share * 100.0, 0));
    anchor(&["cost", rule, &bridge])
}

/// One state of the assumptions: measures as it is and had all paid, delayed projects, every set of paying counties.
fn state(html: &mut Html, context: &Context<'_>, cost: &Cost, matching: bool, bridge: Option<f64>) {
    let language = context.subject.language;
    let of_state = |line: &&GapCost| line.matching == matching && line.bridge.map(Ppm::share) == bridge;
    let lines: Vec<&GapCost> = context.subject.run.cost_of_gap.iter().filter(of_state).collect();
    let title = text::state_words(matching, bridge, language);
    let own = cost.matching == matching && bridge.is_none();
    let mark = if own { language.pick("（情景本身）", " (the scenario as it stands)") } else { "" };
    html.element("details", &[], |html| {
        html.leaf("summary", &[], &format!("{title}{mark}"));
        html.element("div", &[("class", "value"), ("id", &anchor_of_state(matching, bridge))], |html| {
            measures(html, context, &title, &lines);
            delayed(html, context, &title, &lines);
            sets(html, context, &title, &lines);
        });
    });
}

fn shown(measure: Measure, value: f64) -> String {
    match measure {
        Measure::ProjectMonths => number::grouped(value, 0),
        Measure::Tonnes => number::wan_tonnes(value),
        Measure::CompositePoints | Measure::SolidWastePoints => number::grouped(value, 2),
    }
}

fn measure_words(measure: Measure, language: Language) -> String {
    let unit = number::wan_tonnes_unit(language);
    match measure {
        Measure::ProjectMonths => language.pick("投运的项目月", "project-months on stream").to_owned(),
        Measure::Tonnes => format!(
            "{} ({unit})",
            language.pick("利用的一般工业固体废物", "general industrial solid waste used")
        ),
        Measure::CompositePoints => {
            language.pick("末年综合指标（%）", "composite in the last year (%)").to_owned()
        }
        Measure::SolidWastePoints => {
            language.pick("末年固废利用率（%）", "solid-waste rate in the last year (%)").to_owned()
        }
    }
}

/// Every measure as it stands, had all counties paid, and the difference.
fn measures(html: &mut Html, context: &Context<'_>, title: &str, lines: &[&GapCost]) {
    let language = context.subject.language;
    let columns = [
        words(language.pick("计量", "Measure")),
        numbers(language.pick("照现状", "As it stands")),
        numbers(language.pick("各县按时设立", "Had all counties paid")),
        numbers(language.pick("相差", "Difference")),
    ];
    let line = |line: &&GapCost| {
        let ends = line.worth.first().zip(line.worth.last());
        let ends = ends.map(|(none, all)| [none.value, all.value]);
        let figure =
            |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| shown(line.measure, value));
        let least = if line.at_least { "≥" } else { "" };
        let difference = line
            .total
            .map_or_else(|| "—".to_owned(), |total| format!("{least}{}", shown(line.measure, total)));
        let name = measure_words(line.measure, language);
        Line::texts([name, figure(ends.map(|e| e[0])), figure(ends.map(|e| e[1])), difference])
    };
    table(html, title, &columns, &lines.iter().map(line).collect::<Vec<_>>());
}

/// The projects that come later, and by how many months.
fn delayed(html: &mut Html, context: &Context<'_>, title: &str, lines: &[&GapCost]) {
    let (language, model) = (context.subject.language, context.base_model());
    let columns = [
        words(language.pick("受影响的项目", "Project concerned")),
        words(language.pick("县级单位", "County unit")),
        numbers(language.pick("投运：照现状", "On stream: as it stands")),
        numbers(language.pick("各县按时设立", "Had all counties paid")),
        numbers(language.pick("少投运的月数", "Months lost")),
    ];
    let line = |delay: &Delay| {
        let project = &model.projects[delay.project];
        let county = model.places.county_of(project.place).map(|county| place_name(model, county, language));
        Line::Cells(vec![
            Cell::of(named(language, &project.name, &project.name_en)).to(&anchor_of(model, delay.project)),
            Cell::of(county.unwrap_or_default()),
            Cell::of(month(delay.as_it_is)),
            Cell::of(month(delay.paid)),
            Cell::of(delay.months.to_string()),
        ])
    };
    let lines: Vec<Line> = lines.iter().flat_map(|line| &line.delays).map(line).collect();
    table(html, &format!("{title}: {}", language.pick("项目", "projects")), &columns, &lines);
}

/// Project-months and tonnes for every set of counties that pay: what alone and Shapley figures come from.
fn sets(html: &mut Html, context: &Context<'_>, title: &str, lines: &[&GapCost]) {
    let (language, model) = (context.subject.language, context.base_model());
    let known: Vec<&&GapCost> = lines.iter().filter(|line| !line.worth.is_empty()).collect();
    let Some(first) = known.first().filter(|line| line.worth.len() <= SHOWN) else { return };
    if known.iter().all(|line| line.total == Some(0.0)) {
        return;
    }
    let mut columns = vec![words(language.pick("按时设立的县", "Counties that pay"))];
    columns.extend(known.iter().map(|line| numbers(measure_words(line.measure, language))));
    let line = |(at, worth): (usize, &Worth)| {
        let names: Vec<&str> =
            worth.paying.iter().map(|&county| place_name(model, county, language)).collect();
        let names = if names.is_empty() {
            language.pick("无", "none").to_owned()
        } else {
            names.join(language.pick("、", ", "))
        };
        let figures = known.iter().map(|line| shown(line.measure, line.worth[at].value));
        Line::texts(std::iter::once(names).chain(figures))
    };
    let lines: Vec<Line> = first.worth.iter().enumerate().map(line).collect();
    table(
        html,
        &format!("{title}: {}", language.pick("各种组合", "every set of counties")),
        &columns,
        &lines,
    );
}
