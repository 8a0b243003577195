//! `gaps.csv`: the gaps at every month's end, by fund, by project and in total. States: never to be added.

use super::{OneScenario, ResultTable, Results};
use crate::gaps::Gaps;
use crate::output::row::{Cell, Field, Kind, Rows, field};
use std::io;

pub(super) const TABLE: ResultTable = ResultTable {
    name: "gaps",
    zh: "资金缺口：每月月末的状态，不可跨月相加",
    en: "Gaps: states at every month's end, not to be added over months",
    fields: FIELDS,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("month", Kind::Month, "月份（月末）", "month (its end)"),
    field("of", Kind::Text, "fund 资金、project 项目或 total 合计", "fund, project or total"),
    field("id", Kind::Text, "资金或项目", "fund or project"),
    field("required", Kind::Yuan, "到期应设金额（元）", "duties fallen due, yuan"),
    field("paid_in", Kind::Yuan, "累计到位（元）", "paid in so far, yuan"),
    field("held", Kind::Yuan, "结存（元）", "in the fund now, yuan"),
    field("taken_back", Kind::Yuan, "累计收回（元）", "taken back so far, yuan"),
    field("obligation_gap", Kind::Yuan, "义务缺口（元）", "obligation gap, yuan"),
    field("days_overdue", Kind::Integer, "逾期天数", "days overdue"),
    field("due", Kind::Yuan, "累计到期应付（元）", "due so far, yuan"),
    field("paid", Kind::Yuan, "累计已付（元）", "paid so far, yuan"),
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

fn fill(results: Results<'_>, rows: &mut Rows<'_>) -> io::Result<()> {
    for scenario in results.scenarios() {
        for gaps in &scenario.run.gaps {
            one_month(scenario, gaps, rows)?;
        }
    }
    Ok(())
}

fn one_month(scenario: OneScenario<'_>, gaps: &Gaps, rows: &mut Rows<'_>) -> io::Result<()> {
    let lead = |of: &'static str, id: &str| {
        let id = id.to_owned();
        vec![scenario.key.into(), gaps.month.into(), of.into(), Cell::from(id)]
    };
    let empty = |count| std::iter::repeat_n(Cell::Empty, count);
    for fund in &gaps.funds {
        let mut cells = lead("fund", &scenario.model.funds[fund.fund].key);
        cells.extend([fund.required, fund.paid_in, fund.held, fund.taken_back].map(Cell::from));
        cells.extend([Cell::from(fund.obligation), fund.days_overdue.into()]);
        cells.extend([fund.due, fund.paid, fund.held_up, fund.short, fund.needed_now()].map(Cell::from));
        cells.extend(empty(6));
        rows.row(&cells)?;
    }
    for project in &gaps.projects {
        let mut cells = lead("project", &scenario.model.projects[project.project].key);
        cells.extend(empty(7));
        cells.push(project.paid.into());
        cells.extend(empty(3));
        let amounts =
            [project.to_finance, project.unpaid, project.not_yet_due, project.bridged, project.financing];
        cells.extend(amounts.map(Cell::from));
        cells.push(Cell::Empty);
        rows.row(&cells)?;
    }
    let mut cells = lead("total", "");
    cells.extend(empty(4));
    cells.extend([gaps.obligation().into(), Cell::Empty, Cell::Empty, Cell::Empty]);
    cells.extend([gaps.held_up(), gaps.short(), gaps.needed_now()].map(Cell::from));
    cells.extend(empty(4));
    cells.extend([gaps.financing(), gaps.missing()].map(Cell::from));
    rows.row(&cells)
}
