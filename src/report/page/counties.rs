//! The city and the county units: their indicators, and every county's duty, cost, projects and targets in one place.

use super::Context;
use super::cost;
use super::markup::{Html, anchor};
use super::projects::{self, month};
use super::table::{Cell, Line, linked, numbers, table, words};
use super::targets;
use crate::counterfactual::{Delay, Measure};
use crate::diagnostic::Language;
use crate::gaps::{self, CountyGap, Gaps};
use crate::id::{Id, PlaceId};
use crate::money::Fen;
use crate::report::grid::Listed;
use crate::report::money::{State, by_county, by_fund};
use crate::report::opened::place_name;
use crate::report::summary::TargetRow;
use crate::report::{named, number, text};

/// Where a county unit stands.
pub(super) fn anchor_of(context: &Context<'_>, county: PlaceId) -> String {
    anchor(&["county", &context.base_model().places[county].key])
}

/// Links to the county units.
pub(super) fn links(html: &mut Html, context: &Context<'_>) {
    let (language, model) = (context.subject.language, context.base_model());
    for county in model.places.counties() {
        let target = format!("#{}", anchor_of(context, county));
        html.leaf("a", &[("href", &target)], place_name(model, county, language));
    }
}

/// Indicators of all places, the counties' money side by side, then county by county.
pub(super) fn all(html: &mut Html, context: &Context<'_>) {
    let (language, model) = (context.subject.language, context.base_model());
    targets::matrix(html, context);
    let run = &context.subject.run.scenarios[context.base()];
    let Some(last) = run.gaps.last() else { return };
    let mut places: Vec<Option<String>> =
        model.places.counties().map(|county| Some(anchor_of(context, county))).collect();
    if places.is_empty() {
        return;
    }
    places.push(None);
    let state = State { model, outcome: &run.funding, gaps: last.clone() };
    let name = context.base_name();
    let unit = number::wan_yuan_unit(language);
    let caption = match language {
        Language::Zh => format!("各县级单位的资金（“{name}”，{} 月末，{unit}）", last.month),
        Language::En => format!("Money of the county units (“{name}”, end of {}, {unit})", last.month),
    };
    linked(html, &caption, &by_county(&state, language), |row, column| {
        places.get(row).filter(|_| column == 0).cloned().flatten()
    });
    let gaps = gaps::by_county(model, last);
    for gap in &gaps {
        let Some(county) = gap.county else { continue };
        html.element("div", &[("class", "value"), ("id", &anchor_of(context, county))], |html| {
            html.leaf("h3", &[], place_name(model, county, language));
            html.leaf("p", &[], &sentence(context, gap, last));
            funds(html, context, county, last);
            costs(html, context, county);
            of_projects(html, context, county, last);
            let key = &model.places[county].key;
            let rows: Vec<&TargetRow> =
                context.summary.targets.iter().filter(|row| row.place == *key).collect();
            if !rows.is_empty() {
                targets::of_rows(
                    html,
                    context,
                    language.pick("指标与目标", "Indicators against targets"),
                    &rows,
                );
            }
        });
    }
}

/// What it owes, what is missing, how many of its projects are on stream, in words.
fn sentence(context: &Context<'_>, gap: &CountyGap, last: &Gaps) -> String {
    let (language, model) = (context.subject.language, context.base_model());
    let schedule = &context.subject.run.scenarios[context.base()].funding.schedule;
    let here = model
        .projects
        .ids()
        .filter(|&id| gap.county.is_some() && model.places.county_of(model.projects[id].place) == gap.county);
    let on_stream = here.filter(|&id| schedule[id.index()].on_stream.is_some()).count();
    let unit = number::wan_yuan_unit(language);
    let amounts = [gap.required, gap.paid_in, gap.obligation].map(number::wan);
    let [required, paid_in, missing] = &amounts;
    let (month, late, built) = (last.month, gap.days_overdue, gap.projects);
    match (gap.required == Fen::ZERO, language) {
        (true, Language::Zh) => {
            format!("没有应设的资金；建设项目 {built} 个，其中 {on_stream} 个到 {month} 投运。")
        }
        (true, Language::En) => {
            format!("It owes no fund; {built} projects are built, {on_stream} of them on stream by {month}.")
        }
        (false, Language::Zh) => format!(
            "到 {month} 月末应设 {required} {unit}，到位 {paid_in}，缺 {missing}，逾期 {late} 天；建设项目 {built} 个，其中 {on_stream} 个投运。"
        ),
        (false, Language::En) => format!(
            "At the end of {month} it owes {required} × {unit}; paid in {paid_in}, missing {missing}, {late} days overdue; \
             {built} projects are built, {on_stream} of them on stream."
        ),
    }
}

/// Its own funds.
fn funds(html: &mut Html, context: &Context<'_>, county: PlaceId, last: &Gaps) {
    let (language, model) = (context.subject.language, context.base_model());
    let mut gaps = last.clone();
    gaps.funds.retain(|gap| {
        let fund = &model.funds[gap.fund];
        fund.level == crate::model::FundLevel::County && model.places.county_of(fund.place) == Some(county)
    });
    let keys: Vec<String> =
        gaps.funds.iter().map(|gap| anchor(&["fund", &model.funds[gap.fund].key])).collect();
    let outcome = &context.subject.run.scenarios[context.base()].funding;
    let shown = by_fund(&State { model, outcome, gaps }, language);
    let caption = language.pick("县级资金", "County funds");
    linked(html, &format!("{caption} ({})", number::wan_yuan_unit(language)), &shown, |row, column| {
        (column == 0).then(|| keys[row].clone())
    });
}

/// What its missing money costs, in every state in which it costs anything.
fn costs(html: &mut Html, context: &Context<'_>, county: PlaceId) {
    let Some(cost) = &context.summary.cost_of_gap else { return };
    let (language, model) = (context.subject.language, context.base_model());
    let name = place_name(model, county, language);
    let all = text::by_county(cost, language);
    let lines = text::costing_counties(cost);
    let mine: Vec<usize> = (0..lines.len()).filter(|&row| lines[row].county == name).collect();
    let rows = mine.iter().map(|&row| all.rows[row].clone()).collect();
    let shown = Listed { header: all.header.clone(), sides: all.sides.clone(), rows };
    let caption = language.pick("它的资金缺位的代价", "What its missing money costs");
    linked(html, caption, &shown, |row, column| {
        let line = lines[mine[row]];
        (column > 2).then(|| cost::anchor_of_state(line.matching, line.bridge))
    });
}

/// Its projects: money and months, and when they would come on stream had all counties paid.
fn of_projects(html: &mut Html, context: &Context<'_>, county: PlaceId, last: &Gaps) {
    let (language, model, run) = (context.subject.language, context.base_model(), context.subject.run);
    let schedule = &run.scenarios[context.base()].funding.schedule;
    let matching = model.scenarios[model.scenario].matching;
    let own = |line: &&crate::counterfactual::GapCost| {
        line.matching == matching && line.bridge.is_none() && line.measure == Measure::ProjectMonths
    };
    let delays: &[Delay] = run.cost_of_gap.iter().find(own).map_or(&[], |line| &line.delays);
    let columns = [
        words(language.pick("项目", "Project")),
        numbers(language.pick("投运", "On stream")),
        numbers(language.pick("各县按时设立则", "Had all counties paid")),
        numbers(language.pick("资金充足则", "Were money no matter")),
        numbers(language.pick("待筹", "To finance")),
        numbers(language.pick("已付", "Paid")),
        numbers(language.pick("到期未付", "Unpaid")),
        numbers(language.pick("筹资缺口", "Financing gap")),
    ];
    let line = |gap: &gaps::ProjectGap| {
        let (project, id) = (&model.projects[gap.project], gap.project);
        let schedule = &schedule[id.index()];
        let paid =
            delays.iter().find(|delay| delay.project == id).map_or(schedule.on_stream, |delay| delay.paid);
        let mut cells = vec![
            Cell::of(named(language, &project.name, &project.name_en)).to(&projects::anchor_of(model, id)),
        ];
        cells.extend([schedule.on_stream, paid, schedule.planned_on_stream].map(|at| Cell::of(month(at))));
        cells.extend(
            [gap.to_finance, gap.paid, gap.unpaid, gap.financing].map(|amount| Cell::of(number::wan(amount))),
        );
        Line::Cells(cells)
    };
    let here =
        |gap: &&gaps::ProjectGap| model.places.county_of(model.projects[gap.project].place) == Some(county);
    let lines: Vec<Line> = last.projects.iter().filter(here).map(line).collect();
    let caption = format!(
        "{} ({})",
        language.pick("建设项目", "Projects that are built"),
        number::wan_yuan_unit(language)
    );
    table(html, &caption, &columns, &lines);
}
