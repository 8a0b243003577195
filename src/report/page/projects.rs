//! Projects: when each comes on stream in every scenario, and each opened to its financing rows.

use super::Context;
use super::markup::{Html, anchor};
use super::sources::{self, rows_header};
use super::table::{Cell, Column, Line, numbers, table, words};
use crate::calendar::Month;
use crate::diagnostic::Language;
use crate::funding::EntryKind;
use crate::id::{FinancingId, Id, ProjectId};
use crate::model::{IfMissing, Model, Payment, ProjectClass};
use crate::money::Fen;
use crate::report::opened::place_name;
use crate::report::{named, number};

/// Where a project is opened.
pub(super) fn anchor_of(model: &Model, project: ProjectId) -> String {
    anchor(&["project", &model.projects[project].key])
}

/// A month, or a dash.
pub(super) fn month(month: Option<Month>) -> String {
    month.map_or_else(|| "—".to_owned(), |month| month.to_string())
}

/// The month on stream of every project in every scenario; then every project opened.
pub(super) fn all(html: &mut Html, context: &Context<'_>) {
    let (subject, language, model) = (context.subject, context.subject.language, context.base_model());
    let mut columns: Vec<Column> = vec![words(language.pick("项目", "Project"))];
    columns.extend(
        context
            .summary
            .scenarios
            .iter()
            .map(|head| numbers(if head.base { format!("{} †", head.name) } else { head.name.clone() })),
    );
    let cell = |scenario: usize, id: ProjectId| {
        let schedule = &subject.run.scenarios[scenario].funding.schedule[id.index()];
        match (schedule.built, schedule.on_stream) {
            (false, _) => Cell::of(language.pick("不建", "not built")),
            (true, None) => Cell::of(language.pick("期内不投运", "not by the end")),
            (true, Some(month)) => Cell::of(month.to_string()),
        }
    };
    let line = |id: ProjectId| {
        let project = &model.projects[id];
        let name = Cell::of(named(language, &project.name, &project.name_en)).to(&anchor_of(model, id));
        let scenarios = 0..subject.run.scenarios.len();
        Line::Cells(std::iter::once(name).chain(scenarios.map(|scenario| cell(scenario, id))).collect())
    };
    let mut lines: Vec<Line> = Vec::new();
    for (class, zh, en) in [
        (ProjectClass::Key, "重点项目", "Key projects"),
        (ProjectClass::General, "一般项目", "General projects"),
    ] {
        let of_class: Vec<Line> =
            model.projects.ids().filter(|&id| model.projects[id].class == class).map(line).collect();
        if !of_class.is_empty() {
            lines.push(Line::Group(format!("{} ({})", language.pick(zh, en), of_class.len())));
            lines.extend(of_class);
        }
    }
    html.element("div", &[("id", "calendar")], |html| {
        table(
            html,
            language.pick("各情景中项目投运的月份", "Month on stream, by scenario"),
            &columns,
            &lines,
        );
    });
    model.projects.ids().for_each(|id| one(html, context, id));
}

fn one(html: &mut Html, context: &Context<'_>, id: ProjectId) {
    let (language, model) = (context.subject.language, context.base_model());
    let project = &model.projects[id];
    html.element("details", &[], |html| {
        html.leaf("summary", &[], named(language, &project.name, &project.name_en));
        html.element("div", &[("class", "value"), ("id", &anchor_of(model, id))], |html| {
            html.leaf("p", &[], &facts(context, id));
            financing(html, context, id);
            html.element("p", &[("class", "faint")], |html| {
                html.text(
                    language.pick("项目及其作用所在的行：", "Rows of the project and of what it changes: "),
                );
                let effects = project.effects.iter().map(|effect| &effect.provenance);
                let mut rows: Vec<_> = std::iter::once(&project.provenance).chain(effects).collect();
                rows.dedup();
                sources::rows(context, model, rows).fill(html);
            });
        });
    });
}

/// Where it lies, what it costs, when it starts and comes on stream in the base scenario.
fn facts(context: &Context<'_>, id: ProjectId) -> String {
    let (language, model) = (context.subject.language, context.base_model());
    let project = &model.projects[id];
    let schedule = &context.subject.run.scenarios[context.base()].funding.schedule[id.index()];
    let place = place_name(model, project.place, language);
    let owner = project.owner.map(|id| {
        let owner = &model.enterprises[id];
        named(language, &owner.name, &owner.name_en)
    });
    let (cost, unit) = (number::wan(project.investment), number::wan_yuan_unit(language));
    let spent = number::grouped(project.progress.share() * 100.0, 0);
    let mut parts = match language {
        Language::Zh => vec![
            place.to_owned(),
            format!("投资 {cost} {unit}，期初已完成 {spent}%"),
            format!("最早 {} 开工，建设 {} 个月", project.earliest_start, project.build_months),
        ],
        Language::En => vec![
            place.to_owned(),
            format!("investment {cost} × {unit}, {spent} % spent before the begin"),
            format!("earliest start {}, {} months of building", project.earliest_start, project.build_months),
        ],
    };
    parts.extend(owner.map(|owner| format!("{}{owner}", language.pick("业主 ", "owner "))));
    if schedule.built {
        let (start, on) = (month(schedule.start), month(schedule.on_stream));
        let planned = month(schedule.planned_on_stream);
        parts.push(match language {
            Language::Zh => {
                format!("“{}”：{start} 开工，{on} 投运，资金充足则 {planned} 投运", context.base_name())
            }
            Language::En => format!(
                "“{}”: start {start}, on stream {on}, were money no matter {planned}",
                context.base_name()
            ),
        });
    }
    parts.join(language.pick("；", "; "))
}

/// Its financing rows with what was due and paid in the base scenario up to the end.
fn financing(html: &mut Html, context: &Context<'_>, id: ProjectId) {
    let (language, model) = (context.subject.language, context.base_model());
    let ledger = &context.subject.run.scenarios[context.base()].funding.ledger;
    let sum = |row: FinancingId, kind: EntryKind| -> Fen {
        let entries = ledger.entries.iter().filter(|e| e.financing == Some(row) && e.kind == kind);
        entries.map(|entry| entry.amount).sum()
    };
    let columns = [
        words(language.pick("资金", "Fund")),
        numbers(language.pick("金额", "Amount")),
        words(language.pick("付款", "Payment")),
        words(language.pick("缺钱时", "If missing")),
        numbers(language.pick("到期", "Due")),
        numbers(language.pick("已付", "Paid")),
        words(rows_header(language)),
    ];
    let rows = model.financing.enumerate().filter(|(_, row)| row.project == id);
    let lines: Vec<Line> = rows
        .map(|(row_id, row)| {
            let fund = &model.funds[row.fund];
            Line::Cells(vec![
                Cell::of(named(language, &fund.name, &fund.name_en)).to(&anchor(&["fund", &fund.key])),
                Cell::of(number::wan(row.amount)),
                Cell::of(payment(&row.payment, language)),
                Cell::of(if_missing(row.if_missing, language)),
                Cell::of(number::wan(sum(row_id, EntryKind::InstalmentDue))),
                Cell::of(number::wan(sum(row_id, EntryKind::Payment))),
                sources::rows(context, model, [&row.provenance]),
            ])
        })
        .collect();
    let title = language.pick("资金来源", "Financing");
    let caption = format!("{title}（{}，{}）", context.base_name(), number::wan_yuan_unit(language));
    table(html, &caption, &columns, &lines);
}

fn payment(payment: &Payment, language: Language) -> String {
    match payment {
        Payment::WithProgress => language.pick("按进度", "with progress").to_owned(),
        Payment::Advance(share) => {
            let percent = number::grouped(share.share() * 100.0, 0);
            format!("{} {percent}%", language.pick("预付", "advance"))
        }
        Payment::OnCompletion => language.pick("建成后付", "on completion").to_owned(),
        Payment::Instalments(parts) => format!("{} {}", parts.len(), language.pick("期", "instalments")),
    }
}

fn if_missing(rule: IfMissing, language: Language) -> &'static str {
    match rule {
        IfMissing::Wait => language.pick("等钱", "work waits"),
        IfMissing::OwnerCovers => language.pick("业主垫付", "the owner covers"),
        IfMissing::Drop => language.pick("不开工", "does not start"),
    }
}
