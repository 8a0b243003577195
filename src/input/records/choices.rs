//! Rules for choosing projects.

use crate::id::{FundId, Id, ProjectId};
use crate::input::build::Build;
use crate::input::read::{Column, Row};
use crate::input::reading::CommonColumns;
use crate::model::{ChoiceRule, ChoiceRuleKind, GrantRule, TableKind};
use crate::money::Ppm;

/// Reads `grant_rules` and `choice_rules`.
pub(in crate::input) fn read(build: &mut Build<'_>) {
    grant_rules(build);
    choice_rules(build);
}

fn grant_rules(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::GrantRules) else { return };
    let [fund, share, cap, not_with] = ["fund", "share", "cap", "not_with"].map(|key| table.column(key));
    let common = CommonColumns::of(table);
    for row in table.rows() {
        let reading = &mut build.reading;
        let of = reading.reference(row, fund, TableKind::Funds);
        let share = row.text(share).and_then(|_| reading.share(row, share)).and_then(Ppm::from_share);
        let cap = row.text(cap).and_then(|_| reading.money(row, cap));
        let others = reading.references(row, not_with, TableKind::Funds);
        let provenance = reading.provenance(row, &common);
        let id = |number: u32| FundId::from_index(number as usize);
        if let Some(fund) = of.map(id) {
            let not_with = others.into_iter().map(id).collect();
            build.model.grant_rules.push(GrantRule { fund, share, cap, not_with, provenance });
        }
    }
}

fn choice_rules(build: &mut Build<'_>) {
    let Some(table) = build.tables.own(TableKind::ChoiceRules) else { return };
    let keys = ["kind", "project", "place", "from", "until", "year", "count"];
    let [kind, project, place, from, until, year, count] = keys.map(|key| table.column(key));
    let common = CommonColumns::of(table);
    for row in table.rows() {
        let Some(word) = build.reading.choice(row, kind) else { continue };
        let of = row.text(project).and_then(|_| build.reading.reference(row, project, TableKind::Projects));
        let of = of.map(|number| ProjectId::from_index(number as usize));
        let at = row.text(place).and_then(|_| build.reading.reference(row, place, TableKind::Places));
        let at = at.map(|number| build.place(number));
        let mut month = |column: Column| row.text(column).and_then(|_| build.reading.month(row, column));
        let (from_month, until_month) = (month(from), month(until));
        let in_year = row.text(year).and_then(|_| build.reading.year(row, year));
        let number = row.text(count).and_then(|_| build.reading.whole(row, count));
        let number = number.and_then(|number| u32::try_from(number).ok());
        let provenance = build.reading.provenance(row, &common);
        let made = match word {
            "must_have" | "must_not" | "start_window" => {
                if !given(build, row, project, word) {
                    continue;
                }
                let Some(of) = of else { continue };
                match word {
                    "must_have" => ChoiceRuleKind::MustHave(of),
                    "must_not" => ChoiceRuleKind::MustNot(of),
                    _ if row.text(until).is_some() || given(build, row, from, word) => {
                        ChoiceRuleKind::StartWindow(of, from_month, until_month)
                    }
                    _ => continue,
                }
            }
            _ => {
                if !given(build, row, count, word) {
                    continue;
                }
                let Some(number) = number else { continue };
                match word {
                    "starts_a_year" => ChoiceRuleKind::StartsAYear(in_year, number),
                    _ => ChoiceRuleKind::AtLeast(at, number),
                }
            }
        };
        build.model.choice_rules.push(ChoiceRule { kind: made, provenance });
    }
}

/// Whether a cell that the rule needs is given; E260 where it is not.
fn given(build: &mut Build<'_>, row: Row<'_>, column: Column, rule: &str) -> bool {
    let is = row.text(column).is_some();
    if !is {
        let key = column.attribute.key;
        build.reading.at("E260", row, column).with("rule", rule).with("column", key);
    }
    is
}
