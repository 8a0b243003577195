//! `ledger.csv`: every entry of every scenario's ledger.

use super::{ResultTable, Results};
use crate::output::row::{Cell, Field, Kind, Rows, field};

pub(super) const TABLE: ResultTable = ResultTable {
    name: "ledger",
    zh: "资金台账",
    en: "Ledger of the money",
    fields: FIELDS,
    by_scenario: true,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("month", Kind::Month, "月份", "month"),
    field("entry", Kind::Text, "分录", "what the entry says"),
    field("fund", Kind::Text, "资金", "fund"),
    field("project", Kind::Text, "项目", "project"),
    field("financing_row", Kind::Integer, "筹资表中的行号", "line in the table of financing"),
    field("amount", Kind::Yuan, "金额（元）", "amount, yuan"),
];

fn fill(results: Results<'_>, rows: &mut Rows) {
    for scenario in results.scenarios() {
        let model = scenario.model;
        for entry in &scenario.run.funding.ledger.entries {
            let row = entry.financing.map(|id| model.financing[id].provenance.row);
            rows.row(&[
                scenario.key.into(),
                entry.month.into(),
                entry.kind.word().into(),
                Cell::from(entry.fund.map(|id| model.funds[id].key.as_str())),
                Cell::from(entry.project.map(|id| model.projects[id].key.as_str())),
                row.into(),
                entry.amount.into(),
            ]);
        }
    }
}
