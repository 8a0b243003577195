//! The money: by scenario, opened to the state of every fund, and that to entries of the ledger and rows of tables.

use super::markup::{Html, anchor};
use super::sources::{self, rows_header};
use super::table::{Cell, Line, linked, numbers, table, words};
use super::{Context, report};
use crate::calendar::Month;
use crate::diagnostic::Language;
use crate::funding::{Entry, EntryKind};
use crate::gaps::{FundGap, Gaps};
use crate::id::{FundId, ProjectId};
use crate::model::Model;
use crate::money::Fen;
use crate::report::grid::Listed;
use crate::report::money::{State, by_fund, entry_name};
use crate::report::{named, number, text};
use std::collections::BTreeMap;

/// Money of all scenarios, what each figure is the sum of, and the entries behind it.
pub(super) fn all(html: &mut Html, context: &Context<'_>) {
    let language = context.subject.language;
    let unit = number::wan_yuan_unit(language);
    let title =
        language.pick("各情景的资金：月末状态，不可跨月相加", "Money by scenario: states, not to be added");
    let shown = text::money(context.summary, language);
    let months = months_of(context, &shown);
    let states = states(context);
    html.element("div", &[("id", "money-by-scenario")], |html| {
        linked(html, &format!("{title} ({unit})"), &shown, |row, column| {
            let scenario = column.checked_sub(1)?;
            match months.get(row)? {
                Some(month) => states.anchor(*month, scenario),
                // Below the last month: what is on stream, which the calendar shows.
                None if row + 2 == shown.rows.len() => Some("calendar".to_owned()),
                None => None,
            }
        });
    });
    html.leaf("h3", &[], language.pick("每个数怎么来", "How each figure comes about"));
    html.element("ul", &[("class", "faint")], |html| {
        for (zh, en) in FORMULAS {
            html.leaf("li", &[], language.pick(zh, en));
        }
    });
    states.list.iter().for_each(|state| one(html, context, state));
    entries(html, context);
    report::files(html, context, &["gaps.csv", "ledger.csv", "cost_of_gap.csv"]);
}

/// What the rows of the table are sums of (docs/equations.md, E-money-05 to E-money-08).
const FORMULAS: [(&str, &str); 5] = [
    (
        "义务缺口 = 各项资金 max(0, 应设 − 到位) 之和；应设只计已到期的责任。",
        "Obligation gap: the sum over funds of max(0, required − paid in); required counts duties fallen due.",
    ),
    (
        "短缺 = 到期 − 已付 − 滞留；滞留 = 被配套规则扣住、而资金里有钱的部分。“现在就要” = 各项资金 min(短缺, 义务缺口) 之和。",
        "Short: due − paid − held up; held up: stopped by the matching rule while the fund holds the money. Needed now: the \
         sum over funds of min(short, obligation gap).",
    ),
    (
        "筹资缺口 = 各建设项目待筹的钱中没有任何资金来源的部分之和。",
        "Financing gap: the sum over projects that are built of what no row of financing covers.",
    ),
    (
        "缺失资金合计 = 义务缺口 + 筹资缺口 + 各项资金 max(0, 短缺 − 义务缺口) 之和：同一笔钱不算两次。",
        "Missing money: obligation gap + financing gap + the sum over funds of max(0, short − obligation gap): no yuan is \
         counted twice.",
    ),
    ("已承诺、已申请的钱从不支出，只列出。", "What is committed or requested is never spent, only shown."),
];

/// By row of the table, the month it is of; `None` for titles and for what follows the last month.
fn months_of(context: &Context<'_>, shown: &Listed) -> Vec<Option<Month>> {
    let mut months = Vec::with_capacity(shown.rows.len());
    let (mut month, mut left) = (None, 0);
    for row in &shown.rows {
        if let [title] = row.as_slice() {
            month = Month::parse(title.trim_matches(['[', ']']));
            left = context.summary.money.first().map_or(0, |money| money.rows.len());
            months.push(None);
        } else {
            months.push(month.filter(|_| left > 0));
            left = left.saturating_sub(1);
        }
    }
    months
}

/// A state of the money at a month's end, with the scenarios that are in it.
struct Shared<'a> {
    month: Month,
    scenarios: Vec<usize>,
    gaps: &'a Gaps,
}

struct States<'a> {
    list: Vec<Shared<'a>>,
}

fn anchor_of(month: Month, state: usize) -> String {
    anchor(&["funds", &month.to_string(), &state.to_string()])
}

impl States<'_> {
    fn anchor(&self, month: Month, scenario: usize) -> Option<String> {
        let is_it = |state: &Shared<'_>| state.month == month && state.scenarios.contains(&scenario);
        self.list.iter().find(|state| is_it(state)).map(|state| state.anchor())
    }
}

impl Shared<'_> {
    fn anchor(&self) -> String {
        anchor_of(self.month, self.scenarios[0])
    }
}

/// The states of the months that the summary shows; scenarios in the same state once.
fn states<'a>(context: &Context<'a>) -> States<'a> {
    let run = context.subject.run;
    let mut list: Vec<Shared<'a>> = Vec::new();
    for month in context.summary.money.iter().filter_map(|money| Month::parse(&money.month)) {
        let begin = list.len();
        for (scenario, of) in run.scenarios.iter().enumerate() {
            let Some(gaps) = of.gaps.iter().find(|gaps| gaps.month == month) else { continue };
            match list[begin..].iter_mut().find(|state| state.gaps == gaps) {
                Some(state) => state.scenarios.push(scenario),
                None => list.push(Shared { month, scenarios: vec![scenario], gaps }),
            }
        }
    }
    States { list }
}

/// One state: every fund, and every project with a financing gap.
fn one(html: &mut Html, context: &Context<'_>, state: &Shared<'_>) {
    let (subject, language) = (context.subject, context.subject.language);
    let scenario = state.scenarios[0];
    let model = subject.model(scenario);
    let names: Vec<&str> = state.scenarios.iter().map(|&s| subject.scenario_name(s)).collect();
    let names = names.join(language.pick("、", ", "));
    html.element("details", &[], |html| {
        let title = language.pick("各项资金的状态", "State of every fund");
        html.leaf("summary", &[], &format!("{title} · {} · {names}", state.month));
        html.element("div", &[("class", "value"), ("id", &state.anchor())], |html| {
            let mut gaps = state.gaps.clone();
            gaps.funds.retain(|fund| !is_still(fund));
            let link: Vec<String> = gaps.funds.iter().map(|fund| of_fund(model, fund.fund)).collect();
            let outcome = &subject.run.scenarios[scenario].funding;
            let shown = by_fund(&State { model, outcome, gaps }, language);
            let has_entries = scenario == context.base();
            let unit = number::wan_yuan_unit(language);
            linked(html, &format!("{} · {names} ({unit})", state.month), &shown, |row, column| {
                (has_entries && column == 0).then(|| link[row].clone())
            });
            financing_gaps(html, context, model, state.gaps);
        });
    });
}

/// Whether nothing has happened in a fund.
fn is_still(fund: &FundGap) -> bool {
    let amounts = [fund.required, fund.paid_in, fund.committed, fund.requested, fund.due, fund.held];
    amounts.iter().all(|&amount| amount == Fen::ZERO)
}

fn financing_gaps(html: &mut Html, context: &Context<'_>, model: &Model, gaps: &Gaps) {
    let language = context.subject.language;
    let columns = [
        words(language.pick("有筹资缺口的项目", "Project with a financing gap")),
        numbers(language.pick("待筹", "To finance")),
        numbers(language.pick("筹资缺口", "Financing gap")),
        words(rows_header(language)),
    ];
    let lines: Vec<Line> = (gaps.projects.iter())
        .filter(|gap| gap.financing != Fen::ZERO)
        .map(|gap| {
            let project = &model.projects[gap.project];
            Line::Cells(vec![
                Cell::of(named(language, &project.name, &project.name_en)),
                Cell::of(number::wan(gap.to_finance)),
                Cell::of(number::wan(gap.financing)),
                sources::rows(context, model, [&project.provenance]),
            ])
        })
        .collect();
    let title = language.pick("筹资缺口", "Financing gaps");
    table(html, &format!("{title} ({})", number::wan_yuan_unit(language)), &columns, &lines);
}

fn of_fund(model: &Model, fund: FundId) -> String {
    anchor(&["fund", &model.funds[fund].key])
}

/// The entries of the base scenario's ledger by fund, those of a kind and project together.
fn entries(html: &mut Html, context: &Context<'_>) {
    let (language, model) = (context.subject.language, context.base_model());
    let ledger = &context.subject.run.scenarios[context.base()].funding.ledger;
    if model.funds.is_empty() {
        return;
    }
    let name = context.base_name();
    let title = match language {
        Language::Zh => format!("台账：“{name}”各项资金的分录（同类同项目的合在一行）"),
        Language::En => {
            format!("Ledger: entries of “{name}” by fund (those of a kind and project in one line)")
        }
    };
    html.leaf("h3", &[], &title);
    let key = &model.scenarios[model.scenario].key;
    let say = match language {
        Language::Zh => {
            format!(
                "逐笔分录：ledger.csv 中 scenario={key}、fund=资金编号的行；或 circflow ledger --scenario {key} --entries。"
            )
        }
        Language::En => format!(
            "Entry by entry: the rows of ledger.csv with scenario={key} and the fund’s id, or circflow ledger --scenario {key} \
             --entries."
        ),
    };
    html.leaf("p", &[("class", "faint")], &say);
    for (id, fund) in model.funds.enumerate() {
        let of_fund_entries: Vec<&Entry> =
            ledger.entries.iter().filter(|entry| entry.fund == Some(id)).collect();
        html.element("details", &[], |html| {
            let name = named(language, &fund.name, &fund.name_en);
            html.leaf("summary", &[], &format!("{name}（{}）", fund.key));
            html.element("div", &[("class", "value"), ("id", &of_fund(model, id))], |html| {
                of_one_fund(html, context, id, &of_fund_entries);
            });
        });
    }
}

/// What entries that stand together have in common.
type Kind = (EntryKind, Option<ProjectId>);

/// Number of entries, first and last month, sum.
type Together = (usize, Month, Month, Fen);

fn of_one_fund(html: &mut Html, context: &Context<'_>, id: FundId, entries: &[&Entry]) {
    let (language, model) = (context.subject.language, context.base_model());
    let duties = model.duties.iter().filter(|duty| duty.fund == id).map(|duty| &duty.provenance);
    let put_in = model.appropriations.iter().filter(|row| row.fund == id).map(|row| &row.provenance);
    let rows = std::iter::once(&model.funds[id].provenance).chain(duties).chain(put_in);
    html.element("p", &[("class", "faint")], |html| {
        html.text(language.pick("所依据的行：", "Rows: "));
        sources::rows(context, model, rows).fill(html);
    });
    let mut kinds: BTreeMap<Kind, Together> = BTreeMap::new();
    for entry in entries {
        let first = (0, entry.month, entry.month, Fen::ZERO);
        let (count, _, last, sum) = kinds.entry((entry.kind, entry.project)).or_insert(first);
        *count += 1;
        *last = entry.month;
        *sum += entry.amount;
    }
    let columns = [
        words(language.pick("分录", "Entry")),
        words(language.pick("项目", "Project")),
        numbers(language.pick("笔数", "Entries")),
        words(language.pick("月份", "Months")),
        numbers(format!("{} ({})", language.pick("合计", "Sum"), number::wan_yuan_unit(language))),
    ];
    let line = |(&(kind, project), &(count, first, last, sum)): (&Kind, &Together)| {
        let project_cell = project.map_or_else(Cell::default, |project| {
            let record = &model.projects[project];
            let link = super::projects::anchor_of(model, project);
            Cell::of(named(language, &record.name, &record.name_en)).to(&link)
        });
        let months = if first == last { first.to_string() } else { format!("{first} – {last}") };
        Line::Cells(vec![
            Cell::of(entry_name(kind, language)),
            project_cell,
            Cell::of(count.to_string()),
            Cell::of(months),
            Cell::of(number::grouped(sum.wan(), 2)),
        ])
    };
    let lines: Vec<Line> = kinds.iter().map(line).collect();
    if lines.is_empty() {
        html.leaf("p", &[], language.pick("没有分录。", "No entries."));
    }
    let name = named(language, &model.funds[id].name, &model.funds[id].name_en);
    table(html, name, &columns, &lines);
}
