//! The money of one scenario at a month's end: by fund, by county, by project, and the entries up to then.

use super::grid::{Listed, Side, render};
use super::summary::stamp;
use super::{named, number};
use crate::diagnostic::Language;
use crate::funding::{Entry, EntryKind, FundingOutcome};
use crate::gaps::{self, Gaps};
use crate::id::Id;
use crate::model::Model;
use crate::money::Fen;
use serde_json::{Value, json};

/// What is shown.
#[derive(Debug)]
pub struct State<'a> {
    /// Model of the scenario.
    pub model: &'a Model,
    /// The money pass.
    pub outcome: &'a FundingOutcome,
    /// Gaps at the month's end.
    pub gaps: Gaps,
}

impl State<'_> {
    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.outcome.ledger.entries.iter().filter(|entry| entry.month <= self.gaps.month)
    }
}

/// The state as text.
#[must_use]
pub fn text(state: &State<'_>, entries: bool, language: Language) -> String {
    let model = state.model;
    let scenario = &model.scenarios[model.scenario];
    let name = named(language, &scenario.name, &scenario.name_en);
    let unit = number::wan_yuan_unit(language);
    let mut title = match language {
        Language::Zh => format!("“{name}”{} 月末的资金（{unit}；状态，不可跨月相加）", state.gaps.month),
        Language::En => {
            format!("Money of “{name}” at the end of {} ({unit}; states, not to be added)", state.gaps.month)
        }
    };
    if model.settings.illustrative {
        title.push_str(&format!("  [{}]", stamp(language)));
    }
    let tables = [by_fund(state, language), by_county(state, language), by_project(state, language)];
    let mut blocks = vec![title];
    blocks.extend(tables.iter().map(Listed::text));
    if entries {
        blocks.push(entry_list(state, language));
    }
    blocks.join("\n\n")
}

fn header(words: &[(&str, &str)], language: Language) -> Vec<String> {
    words.iter().map(|(zh, en)| language.pick(zh, en).to_owned()).collect()
}

fn sides(count: usize) -> Vec<Side> {
    (0..count).map(|column| if column == 0 { Side::Left } else { Side::Right }).collect()
}

/// Every fund.
pub(super) fn by_fund(state: &State<'_>, language: Language) -> Listed {
    let words = [
        ("资金", "fund"),
        ("应设", "required"),
        ("到位", "paid in"),
        ("义务缺口", "obligation gap"),
        ("逾期天数", "days overdue"),
        ("到期", "due"),
        ("已付", "paid"),
        ("滞留", "held up"),
        ("短缺", "short"),
        ("结存", "held"),
        ("收回", "taken back"),
        ("已承诺", "committed"),
        ("已申请", "requested"),
    ];
    let row = |gap: &gaps::FundGap| {
        let fund = &state.model.funds[gap.fund];
        let mut row = vec![named(language, &fund.name, &fund.name_en).to_owned()];
        row.extend([gap.required, gap.paid_in, gap.obligation].map(number::wan));
        row.push(gap.days_overdue.to_string());
        let amounts = [gap.due, gap.paid, gap.held_up, gap.short, gap.held, gap.taken_back];
        row.extend(amounts.map(number::wan));
        row.extend([gap.committed, gap.requested].map(number::wan));
        row
    };
    let rows: Vec<Vec<String>> = state.gaps.funds.iter().map(row).collect();
    Listed { header: header(&words, language), sides: sides(words.len()), rows }
}

/// Every county unit.
pub(super) fn by_county(state: &State<'_>, language: Language) -> Listed {
    let words = [
        ("县级单位", "county unit"),
        ("应设", "required"),
        ("到位", "paid in"),
        ("义务缺口", "obligation gap"),
        ("现在就要", "needed now"),
        ("因它而停付", "stopped by it"),
        ("其中滞留", "held up"),
        ("项目", "projects"),
        ("到期未付", "unpaid"),
        ("垫资", "bridged"),
        ("筹资缺口", "financing gap"),
    ];
    let row = |gap: &gaps::CountyGap| {
        let name = gap.county.map_or(language.pick("市本级及其他", "city and others"), |county| {
            named(language, &state.model.places[county].name, &state.model.places[county].name_en)
        });
        let mut row = vec![name.to_owned()];
        let amounts = [gap.required, gap.paid_in, gap.obligation, gap.needed_now, gap.stopped, gap.held_up];
        row.extend(amounts.map(number::wan));
        row.push(gap.projects.to_string());
        row.extend([gap.unpaid, gap.bridged, gap.financing].map(number::wan));
        row
    };
    let rows: Vec<Vec<String>> = gaps::by_county(state.model, &state.gaps).iter().map(row).collect();
    Listed { header: header(&words, language), sides: sides(words.len()), rows }
}

/// Every project that is built.
pub(super) fn by_project(state: &State<'_>, language: Language) -> Listed {
    let words = [
        ("项目", "project"),
        ("开工", "start"),
        ("投运", "on stream"),
        ("资金充足时", "were money no matter"),
        ("待筹", "to finance"),
        ("已付", "paid"),
        ("到期未付", "unpaid"),
        ("未到期", "not yet due"),
        ("垫资", "bridged"),
        ("筹资缺口", "financing gap"),
    ];
    let row = |gap: &gaps::ProjectGap| {
        let project = &state.model.projects[gap.project];
        let schedule = &state.outcome.schedule[gap.project.index()];
        let month = |month: Option<crate::calendar::Month>| month.map_or("—".to_owned(), |m| m.to_string());
        let mut row = vec![named(language, &project.name, &project.name_en).to_owned()];
        row.extend([schedule.start, schedule.on_stream, schedule.planned_on_stream].map(month));
        let amounts = [gap.to_finance, gap.paid, gap.unpaid, gap.not_yet_due, gap.bridged, gap.financing];
        row.extend(amounts.map(number::wan));
        row
    };
    let rows: Vec<Vec<String>> = state.gaps.projects.iter().map(row).collect();
    Listed { header: header(&words, language), sides: sides(words.len()), rows }
}

fn entry_list(state: &State<'_>, language: Language) -> String {
    let words =
        [("月份", "month"), ("分录", "entry"), ("资金", "fund"), ("项目", "project"), ("金额", "amount")];
    let row = |entry: &Entry| {
        let fund = entry.fund.map(|id| {
            let fund = &state.model.funds[id];
            named(language, &fund.name, &fund.name_en)
        });
        let project = entry.project.map(|id| {
            let project = &state.model.projects[id];
            named(language, &project.name, &project.name_en)
        });
        let amount =
            if entry.amount == Fen::ZERO { String::new() } else { number::grouped(entry.amount.wan(), 4) };
        let (fund, project) = (fund.unwrap_or_default().to_owned(), project.unwrap_or_default().to_owned());
        vec![entry.month.to_string(), entry_name(entry.kind, language).to_owned(), fund, project, amount]
    };
    let sides = [Side::Left, Side::Left, Side::Left, Side::Left, Side::Right];
    render(&header(&words, language), &sides, &state.entries().map(row).collect::<Vec<_>>())
}

/// What an entry says, in words.
pub(super) fn entry_name(kind: EntryKind, language: Language) -> &'static str {
    match kind {
        EntryKind::Credit => language.pick("到位", "paid in"),
        EntryKind::Committed => language.pick("已承诺（未到位）", "committed, not paid in"),
        EntryKind::Requested => language.pick("已申请（未到位）", "requested, not paid in"),
        EntryKind::DutyDue => language.pick("应设到期", "duty due"),
        EntryKind::Established => language.pick("已设立", "established"),
        EntryKind::Start => language.pick("开工", "start"),
        EntryKind::InstalmentDue => language.pick("到期应付", "instalment due"),
        EntryKind::Payment => language.pick("支付", "payment"),
        EntryKind::HeldUp => language.pick("滞留变化", "held up, change"),
        EntryKind::Bridge => language.pick("垫资变化", "bridge, change"),
        EntryKind::Fronted => language.pick("先行垫付变化", "fronted, change"),
        EntryKind::Complete => language.pick("建成", "complete"),
        EntryKind::OnStream => language.pick("投运", "on stream"),
        EntryKind::TakenBack => language.pick("收回", "taken back"),
    }
}

/// The state as data, in fen.
#[must_use]
pub fn json(state: &State<'_>, entries: bool) -> Value {
    let model = state.model;
    let funds: Vec<Value> = state
        .gaps
        .funds
        .iter()
        .map(|gap| {
            json!({
                "fund": model.funds[gap.fund].key, "required": gap.required.0, "paid_in": gap.paid_in.0,
                "committed": gap.committed.0, "requested": gap.requested.0, "held": gap.held.0, "taken_back": gap.taken_back.0, "obligation_gap": gap.obligation.0,
                "days_overdue": gap.days_overdue, "due": gap.due.0, "paid": gap.paid.0,
                "held_up": gap.held_up.0, "short": gap.short.0,
            })
        })
        .collect();
    let of_county = |gap: &gaps::CountyGap| {
        json!({
            "county": gap.county.map(|id| model.places[id].key.as_str()),
            "required": gap.required.0, "paid_in": gap.paid_in.0, "obligation_gap": gap.obligation.0,
            "days_overdue": gap.days_overdue, "short": gap.short.0, "needed_now": gap.needed_now.0,
            "stopped": gap.stopped.0, "held_up": gap.held_up.0, "projects": gap.projects,
            "unpaid": gap.unpaid.0, "bridged": gap.bridged.0, "financing_gap": gap.financing.0,
        })
    };
    let counties: Vec<Value> = gaps::by_county(model, &state.gaps).iter().map(of_county).collect();
    let projects: Vec<Value> = state
        .gaps
        .projects
        .iter()
        .map(|gap| {
            let schedule = &state.outcome.schedule[gap.project.index()];
            json!({
                "project": model.projects[gap.project].key,
                "on_stream": schedule.on_stream.map(|month| month.to_string()),
                "planned_on_stream": schedule.planned_on_stream.map(|month| month.to_string()),
                "to_finance": gap.to_finance.0, "paid": gap.paid.0, "unpaid": gap.unpaid.0,
                "not_yet_due": gap.not_yet_due.0, "bridged": gap.bridged.0, "financing_gap": gap.financing.0,
            })
        })
        .collect();
    let list = |entry: &Entry| {
        json!({
            "month": entry.month.to_string(),
            "entry": entry.kind.word(),
            "fund": entry.fund.map(|id| model.funds[id].key.as_str()),
            "project": entry.project.map(|id| model.projects[id].key.as_str()),
            "amount": entry.amount.0,
        })
    };
    let entries: Option<Vec<Value>> = entries.then(|| state.entries().map(list).collect());
    json!({
        "scenario": model.scenarios[model.scenario].key,
        "month": state.gaps.month.to_string(),
        "unit": "fen",
        "missing": state.gaps.missing().0,
        "funds": funds,
        "counties": counties,
        "projects": projects,
        "entries": entries,
    })
}
