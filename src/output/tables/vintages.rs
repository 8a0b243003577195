//! `vintages.csv`: what is in use at each year's end, by the years in which it entered.

use super::{ResultTable, Results};
use crate::output::row::{Cell, Field, Kind, Rows, field};
use crate::stock::in_use;

pub(super) const TABLE: ResultTable = ResultTable {
    name: "vintages",
    zh: "在用存量的批次：年末还剩多少是哪一年投入的（一点不剩的不列）",
    en: "Vintages of in-use stocks: how much is left at the year's end of what entered when (those of which nothing is left are left out)",
    fields: FIELDS,
    by_scenario: true,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("year", Kind::Integer, "年份", "year"),
    field("stock", Kind::Text, "在用存量", "in-use stock"),
    field(
        "entered",
        Kind::Integer,
        "投入使用的年份；空：基年以前，不知道哪年",
        "year in which it entered; empty: before the base year, not known when",
    ),
    field("unit", Kind::Text, "单位", "unit"),
    field("left", Kind::Number, "年末还剩", "left at the end of the year"),
];

fn fill(results: Results<'_>, rows: &mut Rows) {
    for scenario in results.scenarios() {
        let model = scenario.model;
        let courses = in_use::courses(model, &scenario.run.funding.schedule);
        for year in &scenario.run.trajectory.years {
            for (stock, course) in model.stocks.iter().zip(&courses) {
                let unit = model.materials[stock.material_in].dimension.symbol();
                for vintage in in_use::vintages(stock, course, year.year) {
                    if vintage.left <= 0.0 {
                        continue;
                    }
                    rows.row(&[
                        scenario.key.into(),
                        year.year.into(),
                        stock.key.as_str().into(),
                        vintage.entered.map_or(Cell::Empty, Into::into),
                        unit.into(),
                        vintage.left.into(),
                    ]);
                }
            }
        }
    }
}
