//! `gaps.csv`: the gaps at every month's end, by fund, by county unit, by project and in total. States: never to
//! be added over months; and a county's row shows again what stands in the rows of its funds and projects.

use super::{OneScenario, ResultTable, Results};
use crate::gaps::{CountyGap, FundGap, Gaps, ProjectGap, by_county};
use crate::money::Fen;
use crate::output::row::{Cell, Field, Kind, Rows, field};

pub(super) const TABLE: ResultTable = ResultTable {
    name: "gaps",
    zh: "资金缺口：每月月末的状态，不可跨月相加",
    en: "Gaps: states at every month's end, not to be added over months",
    fields: FIELDS,
    by_scenario: true,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("month", Kind::Month, "月份（月末）", "month (its end)"),
    field(
        "of",
        Kind::Text,
        "fund 资金、holdup 被规则扣住、county 县级单位、project 项目或 total 合计",
        "fund, holdup (what a rule stops), county, project or total",
    ),
    field(
        "id",
        Kind::Text,
        "资金、县级单位或项目；county 行为空＝市本级及其他",
        "fund, county unit or project; empty in a county row: the city's own and others",
    ),
    field(
        "stopped_by",
        Kind::Text,
        "holdup 行：未设立的资金，使 id 的资金停付",
        "in a holdup row: the fund that is not established and stops dues of the fund in id",
    ),
    field("required", Kind::Yuan, "到期应设金额（元）", "duties fallen due, yuan"),
    field("paid_in", Kind::Yuan, "累计到位（元）", "paid in so far, yuan"),
    field("committed", Kind::Yuan, "已承诺未到位（元），不支出", "promised, not paid in, yuan: never spent"),
    field("requested", Kind::Yuan, "已申请未到位（元），不支出", "asked for, not paid in, yuan: never spent"),
    field("held", Kind::Yuan, "结存（元）", "in the fund now, yuan"),
    field("taken_back", Kind::Yuan, "累计收回（元）", "taken back so far, yuan"),
    field("obligation_gap", Kind::Yuan, "义务缺口（元）", "obligation gap, yuan"),
    field("days_overdue", Kind::Integer, "逾期天数", "days overdue"),
    field("due", Kind::Yuan, "累计到期应付（元）", "due so far, yuan"),
    field("paid", Kind::Yuan, "累计已付（元）", "paid so far, yuan"),
    field("stopped", Kind::Yuan, "被规则停付的到期款（元）", "dues stopped by a rule, yuan"),
    field("held_up", Kind::Yuan, "滞留（元）", "held up by a rule, yuan"),
    field("short", Kind::Yuan, "短缺（元）", "short, yuan"),
    field(
        "needed_now",
        Kind::Yuan,
        "义务缺口中项目现在就要的（元）",
        "of the obligation gap, needed now, yuan",
    ),
    field("to_finance", Kind::Yuan, "待筹投资（元）", "investment to be financed, yuan"),
    field("unpaid", Kind::Yuan, "到期未付（元）", "due and not paid, yuan"),
    field("not_yet_due", Kind::Yuan, "未到期（元）", "not yet due, yuan"),
    field("bridged", Kind::Yuan, "业主垫资（元）", "bridged by the owner now, yuan"),
    field("financing_gap", Kind::Yuan, "筹资缺口（元）", "financing gap, yuan"),
    field("missing", Kind::Yuan, "缺失资金（元）", "missing money, yuan"),
];

fn fill(results: Results<'_>, rows: &mut Rows) {
    for scenario in results.scenarios() {
        for gaps in &scenario.run.gaps {
            one_month(scenario, gaps, rows);
        }
    }
}

/// Amounts of one row, in the order of the columns; what is no matter in a row stays empty.
#[derive(Default)]
struct Line {
    required: Option<Fen>,
    paid_in: Option<Fen>,
    committed: Option<Fen>,
    requested: Option<Fen>,
    held: Option<Fen>,
    taken_back: Option<Fen>,
    obligation: Option<Fen>,
    days_overdue: Option<i64>,
    due: Option<Fen>,
    paid: Option<Fen>,
    stopped: Option<Fen>,
    held_up: Option<Fen>,
    short: Option<Fen>,
    needed_now: Option<Fen>,
    to_finance: Option<Fen>,
    unpaid: Option<Fen>,
    not_yet_due: Option<Fen>,
    bridged: Option<Fen>,
    financing: Option<Fen>,
    missing: Option<Fen>,
}

impl Line {
    fn cells<'a>(&self) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let overdue = self.days_overdue.map_or(Cell::Empty, Cell::from);
        let before =
            [self.required, self.paid_in, self.committed, self.requested, self.held, self.taken_back];
        let after = [
            [self.due, self.paid, self.stopped, self.held_up, self.short],
            [self.needed_now, self.to_finance, self.unpaid, self.not_yet_due, self.bridged],
        ];
        let cell = |amount: Option<Fen>| amount.map_or(Cell::Empty, Cell::Money);
        let first = before.into_iter().chain([self.obligation]).map(cell);
        let last = after.into_iter().flatten().chain([self.financing, self.missing]).map(cell);
        first.chain([overdue]).chain(last)
    }

    fn of_fund(fund: &FundGap) -> Self {
        Self {
            required: Some(fund.required),
            paid_in: Some(fund.paid_in),
            committed: Some(fund.committed),
            requested: Some(fund.requested),
            held: Some(fund.held),
            taken_back: Some(fund.taken_back),
            obligation: Some(fund.obligation),
            days_overdue: Some(fund.days_overdue),
            due: Some(fund.due),
            paid: Some(fund.paid),
            held_up: Some(fund.held_up),
            short: Some(fund.short),
            needed_now: Some(fund.needed_now()),
            ..Self::default()
        }
    }

    fn of_county(county: &CountyGap) -> Self {
        Self {
            required: Some(county.required),
            paid_in: Some(county.paid_in),
            obligation: Some(county.obligation),
            days_overdue: Some(county.days_overdue),
            stopped: Some(county.stopped),
            held_up: Some(county.held_up),
            short: Some(county.short),
            needed_now: Some(county.needed_now),
            unpaid: Some(county.unpaid),
            bridged: Some(county.bridged),
            financing: Some(county.financing),
            ..Self::default()
        }
    }

    fn of_project(project: &ProjectGap) -> Self {
        Self {
            paid: Some(project.paid),
            to_finance: Some(project.to_finance),
            unpaid: Some(project.unpaid),
            not_yet_due: Some(project.not_yet_due),
            bridged: Some(project.bridged),
            financing: Some(project.financing),
            ..Self::default()
        }
    }

    /// Sums over funds and projects; instalments are counted where they are paid from, in the funds.
    fn of_all(gaps: &Gaps) -> Self {
        let over_funds = |part: fn(&FundGap) -> Fen| Some(gaps.funds.iter().map(part).sum());
        let over_projects = |part: fn(&ProjectGap) -> Fen| Some(gaps.projects.iter().map(part).sum());
        Self {
            required: over_funds(|fund| fund.required),
            paid_in: over_funds(|fund| fund.paid_in),
            committed: Some(gaps.committed()),
            requested: Some(gaps.requested()),
            held: over_funds(|fund| fund.held),
            taken_back: over_funds(|fund| fund.taken_back),
            obligation: Some(gaps.obligation()),
            due: over_funds(|fund| fund.due),
            paid: over_funds(|fund| fund.paid),
            stopped: Some(gaps.hold_ups.iter().map(|holdup| holdup.stopped).sum()),
            held_up: Some(gaps.held_up()),
            short: Some(gaps.short()),
            needed_now: Some(gaps.needed_now()),
            to_finance: over_projects(|project| project.to_finance),
            unpaid: over_projects(|project| project.unpaid),
            not_yet_due: over_projects(|project| project.not_yet_due),
            bridged: over_projects(|project| project.bridged),
            financing: Some(gaps.financing()),
            missing: Some(gaps.missing()),
            days_overdue: None,
        }
    }
}

fn one_month(scenario: OneScenario<'_>, gaps: &Gaps, rows: &mut Rows) {
    let model = scenario.model;
    let mut put = |of: &'static str, id: &str, stopped_by: Option<&str>, line: &Line| {
        let by = Cell::from(stopped_by.unwrap_or_default());
        let lead = [scenario.key.into(), gaps.month.into(), of.into(), id.into(), by];
        rows.row(&lead.into_iter().chain(line.cells()).collect::<Vec<_>>());
    };
    for fund in &gaps.funds {
        let stops = gaps.hold_ups.iter().filter(|holdup| holdup.fund == fund.fund);
        let stopped = Some(stops.clone().map(|holdup| holdup.stopped).sum());
        put("fund", &model.funds[fund.fund].key, None, &Line { stopped, ..Line::of_fund(fund) });
        for holdup in stops {
            let by = holdup.by.map(|fund| model.funds[fund].key.as_str());
            let line =
                Line { stopped: Some(holdup.stopped), held_up: Some(holdup.held_up), ..Line::default() };
            put("holdup", &model.funds[fund.fund].key, by, &line);
        }
    }
    for county in by_county(model, gaps) {
        let key = county.county.map_or("", |place| model.places[place].key.as_str());
        put("county", key, None, &Line::of_county(&county));
    }
    for project in &gaps.projects {
        put("project", &model.projects[project.project].key, None, &Line::of_project(project));
    }
    put("total", "", None, &Line::of_all(gaps))
}
