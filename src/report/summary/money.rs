//! Gaps at the months that matter: states, never added.

use super::Subject;
use crate::calendar::Month;
use crate::gaps::Gaps;
use crate::money::Fen;
use serde::Serialize;

/// The state of the money at a month's end, scenario by scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Money {
    /// Month, `2016-12`.
    pub month: String,
    /// Rows.
    pub rows: Vec<MoneyRow>,
}

/// One figure by scenario.
#[derive(Clone, Debug, Serialize)]
pub struct MoneyRow {
    /// What it is, for programs.
    pub id: &'static str,
    /// What it is, for people.
    pub name: &'static str,
    /// Fen by scenario.
    pub fen: Vec<i64>,
}

impl Money {
    /// The amounts of a row.
    #[must_use]
    pub fn amounts(&self, id: &str) -> &[i64] {
        self.rows.iter().find(|row| row.id == id).map_or(&[], |row| &row.fen)
    }
}

/// The end of the year in which the first duty falls due, and the end of the horizon.
pub(super) fn at_months(subject: &Subject<'_>) -> Vec<Money> {
    let model = subject.model(0);
    let last = model.settings.last_month();
    let first_due = model.duties.iter().map(|duty| duty.due).min();
    let mut months: Vec<Month> = first_due.map(|due| Month::december(due.year())).into_iter().collect();
    months.retain(|month| *month < last);
    months.push(last);
    months.into_iter().map(|month| at_month(subject, month)).collect()
}

type Figure = (&'static str, &'static str, &'static str, fn(&Gaps) -> Fen);

const FIGURES: [Figure; 8] = [
    ("obligation", "义务缺口（应设未设）", "obligation gap", Gaps::obligation),
    ("needed_now", "　其中项目现在就要", "  of which needed by projects now", Gaps::needed_now),
    ("financing", "筹资缺口（无人出资）", "financing gap", Gaps::financing),
    ("short", "短缺（到期付不出）", "short (due, not paid)", Gaps::short),
    ("held_up", "滞留（被规则扣住）", "held up by the rule", Gaps::held_up),
    ("missing", "缺失资金合计", "missing money", Gaps::missing),
    ("committed", "已承诺未到位（不支出）", "committed, not paid in (never spent)", Gaps::committed),
    ("requested", "已申请未到位（不支出）", "requested, not paid in (never spent)", Gaps::requested),
];

fn at_month(subject: &Subject<'_>, month: Month) -> Money {
    let states: Vec<Option<&Gaps>> =
        subject.run.scenarios.iter().map(|run| run.gaps.iter().find(|gaps| gaps.month == month)).collect();
    let rows = FIGURES.iter().map(|&(id, zh, en, figure)| MoneyRow {
        id,
        name: subject.language.pick(zh, en),
        fen: states.iter().map(|state| state.map_or(0, |gaps| figure(gaps).0)).collect(),
    });
    Money { month: month.to_string(), rows: rows.collect() }
}
