//! What money buys and what projects return: the value of money, economics, who pays when.

use super::section::{Section, columns, counted, optional, optionally};
use super::{CalendarRow, View};
use crate::diagnostic::Language;
use crate::report::grid::Side;
use crate::report::number::{figure, grouped};
use std::collections::BTreeSet;

pub(super) fn money(view: &View, language: Language) -> Section {
    if view.money.is_empty() {
        return Section::default();
    }
    let title = language.pick(
        "再多一笔钱最多能换来什么（求解器的最优值，不是模拟）：",
        "What more money buys at best (the solver's optimum, not simulated):",
    );
    let mut list = columns(&[
        (language.pick("资金", "fund"), Side::Left),
        (language.pick("多出 万元", "more, wan"), Side::Right),
        (language.pick("达标数", "targets met"), Side::Right),
        (language.pick("差距 百分点", "shortfall, points"), Side::Right),
        (language.pick("工业固废 万t", "solid waste, 10⁴ t"), Side::Right),
        (language.pick("比不加钱 万t", "more than now, 10⁴ t"), Side::Right),
    ]);
    let mut now = None;
    for row in &view.money {
        // What there is stands once, above all funds.
        if row.amount == 0.0 && now.is_some() {
            continue;
        }
        if row.amount == 0.0 {
            now = row.tonnes;
        }
        let name = match (row.duty, language) {
            _ if row.amount == 0.0 => language.pick("现有的钱", "as it is").to_owned(),
            (false, _) => row.fund.clone(),
            (true, Language::Zh) => format!("{}（补足应缴）", row.fund),
            (true, Language::En) => format!("{} (what is owed)", row.fund),
        };
        let more = row.tonnes.zip(now).map(|(tonnes, now)| tonnes - now);
        list.rows.push(vec![
            name,
            grouped(row.amount, 0),
            optionally(row.targets, counted),
            optional(row.points),
            optional(row.tonnes.map(|tonnes| tonnes / 1e4)),
            optional(more.map(|tonnes| tonnes / 1e4)),
        ]);
    }
    Section::of("money", language.pick("再多一笔钱", "More money"))
        .picture("value-of-money")
        .says(title)
        .table(list)
        .rows_in("value_of_money.csv")
}

pub(super) fn economics(view: &View, language: Language) -> Section {
    let Some((rate, life)) = view.appraising else { return Section::default() };
    let title = match language {
        Language::Zh => format!(
            "净现值按折现率 {} %、投产后 {life} 年计（假设）；只有给出年运行成本和收入的项目才有。",
            figure(rate * 100.0)
        ),
        Language::En => format!(
            "Present values at {} % a year over {life} years on stream (assumptions), where the tables give operating cost and revenue.",
            figure(rate * 100.0)
        ),
    };
    let mut list = columns(&[
        (language.pick("项目", "project"), Side::Left),
        (language.pick("每年回收 万t", "recovered a year, 10⁴ t"), Side::Right),
        (language.pick("吨投资 元", "investment per t, yuan"), Side::Right),
        (language.pick("吨净成本 元", "net cost per t, yuan"), Side::Right),
        (language.pick("净现值 万元", "present value, wan"), Side::Right),
        (language.pick("内部收益率", "internal rate"), Side::Right),
        (language.pick("回收期 年", "payback, years"), Side::Right),
        (language.pick("每百万元就业", "jobs per million"), Side::Right),
    ]);
    for row in &view.economics {
        list.rows.push(vec![
            row.name.clone(),
            optional(row.tonnes.map(|tonnes| tonnes / 1e4)),
            optional(row.investment_per_tonne),
            optional(row.running_per_tonne),
            optionally(row.npv, |npv| grouped(npv, 0)),
            optionally(row.irr, |irr| format!("{} %", grouped(irr * 100.0, 1))),
            optional(row.payback),
            optional(row.jobs_per_million),
        ]);
    }
    if list.rows.is_empty() {
        return Section::default();
    }
    let section = Section::of("economics", language.pick("项目的经济性", "Economics of the projects"));
    section.picture("recovery-cost").says(title).table(list).rows_in("economics.csv")
}

/// Payments of the recommended mix by source and year; the months stand in the files.
pub(super) fn calendar(view: &View, language: Language) -> Section {
    let year_of = |row: &CalendarRow| row.month.split('-').next().unwrap_or_default().to_owned();
    let years: Vec<String> = view.calendar.iter().map(year_of).collect::<BTreeSet<_>>().into_iter().collect();
    let mut sums: Vec<(&str, &str, Vec<[f64; 2]>)> = Vec::new();
    for row in &view.calendar {
        let known = sums.iter().position(|(name, level, _)| *name == row.name && *level == row.level);
        let at = known.unwrap_or_else(|| {
            sums.push((&row.name, &row.level, vec![[0.0; 2]; years.len()]));
            sums.len() - 1
        });
        if let Ok(year) = years.binary_search(&year_of(row)) {
            let sum = &mut sums[at].2[year];
            *sum = [sum[0] + row.due, sum[1] + row.paid];
        }
    }
    let mut words = vec![
        (language.pick("资金", "fund").to_owned(), Side::Left),
        (language.pick("级别", "level").to_owned(), Side::Left),
    ];
    words.extend(years.iter().map(|year| (format!("{year}{}", language.pick(" 年", "")), Side::Right)));
    let words: Vec<(&str, Side)> = words.iter().map(|(word, side)| (word.as_str(), *side)).collect();
    let mut list = columns(&words);
    for (name, level, by_year) in sums {
        let mut cells = vec![name.to_owned(), level.to_owned()];
        let cell = |of: [f64; 2]| match of {
            [0.0, 0.0] => "–".to_owned(),
            [due, paid] => format!("{} ({})", grouped(paid, 0), grouped(due, 0)),
        };
        cells.extend(by_year.into_iter().map(cell));
        list.rows.push(cells);
    }
    if list.rows.is_empty() {
        return Section::default();
    }
    let title = language.pick(
        "推荐方案各来源每年实付（括号内为到期应付），万元。",
        "Paid by source and year in the recommended mix (in brackets what falls due), 10⁴ yuan.",
    );
    let section = Section::of("calendar", language.pick("资金日历", "Funding calendar"));
    section.says(title).table(list).rows_in("funding_calendar.csv")
}
