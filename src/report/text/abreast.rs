//! More scenarios than a terminal holds side by side: one line each first, then tables of a few at a time.

use super::{money_of, targets_legend, targets_of};
use crate::diagnostic::Language;
use crate::money::Fen;
use crate::report::grid::{Listed, Side, wrapped};
use crate::report::number;
use crate::report::summary::{Summary, TargetRow};
use std::ops::Range;

/// Scenarios that one table holds.
const MOST: usize = 6;
/// Rates of the city that the line of a scenario gives, where they have a target in the last year.
const RATES: [&str; 2] = ["ce2017-02", "ce2017-07"];

/// Scenarios in groups of about the same size, each of at most [`MOST`].
pub(super) fn groups(scenarios: usize) -> Vec<Range<usize>> {
    let tables = scenarios.div_ceil(MOST);
    (0..tables).map(|at| scenarios * at / tables..scenarios * (at + 1) / tables).collect()
}

/// Every scenario in a line: targets, money, projects. Empty where one table holds them all.
pub(super) fn overview(summary: &Summary, language: Language) -> String {
    if summary.scenarios.len() <= MOST {
        return String::new();
    }
    let rates: Vec<&TargetRow> = (RATES.iter())
        .filter_map(|id| {
            let last = |row: &&TargetRow| row.place_name.is_empty() && row.year == summary.years.1;
            summary.targets.iter().filter(last).find(|row| row.indicator == *id)
        })
        .collect();
    let mut header = vec![language.pick("情景", "Scenario").to_owned()];
    header.push(language.pick("达标 + 基本达标 / 目标数", "met + basically met / targets").to_owned());
    for row in &rates {
        header.push(format!("{} {} ({})", row.name, row.year, row.unit));
    }
    let unit = number::wan_yuan_unit(language);
    for money in &summary.money {
        header.push(format!("{} {} ({unit})", language.pick("缺失资金", "missing money"), money.month));
    }
    header.push(language.pick("投运 / 建设", "on stream / built").to_owned());
    header.push(language.pick("配套规则", "matching rule").to_owned());
    let rows = (summary.scenarios.iter().enumerate())
        .map(|(at, scenario)| {
            let tally = &summary.tallies[at];
            let mut row = vec![format!("{}{}", scenario.name, if scenario.base { "†" } else { "" })];
            row.push(format!("{}+{} / {}", tally.met, tally.basically_met, tally.targets));
            row.extend(rates.iter().map(|rate| rate.outcomes[at].shown.clone()));
            row.extend(summary.money.iter().map(|money| {
                money.amounts("missing").get(at).map_or_else(|| "—".to_owned(), |&fen| number::wan(Fen(fen)))
            }));
            row.push(format!("{}/{}", scenario.on_stream, scenario.built));
            row.push(super::rule_word(scenario.matching, language).to_owned());
            row
        })
        .collect();
    let sides = std::iter::once(Side::Left).chain(vec![Side::Right; header.len() - 1]).collect();
    Listed { header, sides, rows }.text()
}

/// Indicators against targets. Where they take several tables, the county units' are left to the files.
pub(super) fn targets(summary: &Summary, language: Language) -> String {
    let groups = groups(summary.scenarios.len());
    let of_city = |row: &&TargetRow| row.place_name.is_empty();
    let all = groups.len() <= 1 || !summary.targets.iter().any(|row| of_city(&row));
    let rows: Vec<&TargetRow> = summary.targets.iter().filter(|row| all || of_city(row)).collect();
    let tables = groups.into_iter().map(|group| targets_of(summary, &rows, group, language));
    let mut text = tables.collect::<Vec<_>>().join("\n\n") + "\n" + &targets_legend(language);
    let left_out = summary.targets.len() - rows.len();
    if left_out > 0 {
        let words = match language {
            Language::Zh => format!(
                "县级单位和园区的 {left_out} 行目标见 report.html 和 indicators.csv；达标数已包括它们。"
            ),
            Language::En => format!(
                "{left_out} rows of county units and parks: see report.html and indicators.csv; the counts include them."
            ),
        };
        text = format!("{text}\n{}", wrapped(&words, ""));
    }
    text
}

/// Money, a few scenarios at a time.
pub(super) fn money(summary: &Summary, language: Language) -> Vec<String> {
    let groups = groups(summary.scenarios.len());
    groups.into_iter().map(|group| money_of(summary, group, language).text()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_hold_every_scenario_once_and_are_of_about_the_same_size() {
        for scenarios in 0..60 {
            let groups = groups(scenarios);
            assert_eq!(
                groups.iter().cloned().flatten().collect::<Vec<_>>(),
                (0..scenarios).collect::<Vec<_>>()
            );
            let sizes: Vec<usize> = groups.iter().map(ExactSizeIterator::len).collect();
            let (least, most) = (sizes.iter().min(), sizes.iter().max());
            assert!(most.is_none_or(|&most| most <= MOST && most - least.unwrap() <= 1), "{sizes:?}");
        }
    }
}
