//! `in_use_stocks.csv`: what is in use, what enters and what leaves, by stock and year.

use super::{ResultTable, Results};
use crate::output::row::{Field, Kind, Rows, field};
use crate::stock::in_use;

pub(super) const TABLE: ResultTable = ResultTable {
    name: "in_use_stocks",
    zh: "在用存量：年初 + 投入 − 退出 = 年末",
    en: "In-use stocks: opening + inflow − outflow = closing",
    fields: FIELDS,
    by_scenario: true,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("year", Kind::Integer, "年份", "year"),
    field("stock", Kind::Text, "在用存量", "in-use stock"),
    field("place", Kind::Text, "地点", "place"),
    field("material", Kind::Text, "投入的物质，存量按它计量", "what enters; the stock is counted in it"),
    field("unit", Kind::Text, "单位", "unit"),
    field("opening", Kind::Number, "年初", "at the begin of the year"),
    field("inflow", Kind::Number, "投入使用", "entering use"),
    field("outflow", Kind::Number, "退出使用", "leaving use"),
    field("closing", Kind::Number, "年末", "at the end of the year"),
    field(
        "left_early",
        Kind::Number,
        "按寿命还应留着的存量中提前退出的比例，0–1",
        "share of what should have stayed by its lifetime that left early, 0–1",
    ),
    field("material_out", Kind::Text, "退出时变成的物质", "as what it leaves"),
    field("unit_out", Kind::Text, "其单位", "its unit"),
    field("outflow_out", Kind::Number, "退出使用，按退出的物质", "leaving use, in what it leaves as"),
];

fn fill(results: Results<'_>, rows: &mut Rows) {
    for scenario in results.scenarios() {
        let model = scenario.model;
        let courses = in_use::courses(model, &scenario.run.funding.schedule);
        for year in &scenario.run.trajectory.years {
            for (stock, course) in model.stocks.iter().zip(&courses) {
                let [enters, leaves] = [stock.material_in, stock.material_out].map(|id| &model.materials[id]);
                rows.row(&[
                    scenario.key.into(),
                    year.year.into(),
                    stock.key.as_str().into(),
                    model.places[stock.place].key.as_str().into(),
                    enters.key.as_str().into(),
                    enters.dimension.symbol().into(),
                    course.opening(year.year).into(),
                    course.inflow(year.year).into(),
                    course.outflow(year.year).into(),
                    course.closing(year.year).into(),
                    course.left_early(year.year).into(),
                    leaves.key.as_str().into(),
                    leaves.dimension.symbol().into(),
                    (course.outflow(year.year) * stock.per_unit).into(),
                ]);
            }
        }
    }
}
