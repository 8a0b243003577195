//! `balances.csv`: every balance that the audit made, of processes, markets, stocks and places.

use super::{OneScenario, ResultTable, Results, node_label};
use crate::output::row::{Field, Kind, Rows, field};
use crate::plan::Plan;
use crate::simulate::YearResult;
use crate::simulate::audit::{self, Balance, Subject};

pub(super) const TABLE: ResultTable = ResultTable {
    name: "balances",
    zh: "平衡：工序、市场、堆存和地点（全为零的不列）",
    en: "Balances of processes, markets, stocks and places; rows of zeros are left out",
    fields: FIELDS,
    by_scenario: true,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("year", Kind::Integer, "年份", "year"),
    field(
        "of",
        Kind::Text,
        "process:、market:、stock: 或 place:，后接 id",
        "process:, market:, stock: or place: and an id",
    ),
    field("material", Kind::Text, "物料；* 为有质量的全部物料", "material; * is all that have a mass"),
    field("unit", Kind::Text, "单位", "unit"),
    field("inflow", Kind::Number, "流入", "what enters"),
    field("outflow", Kind::Number, "流出", "what leaves"),
    field("stock_change", Kind::Number, "堆存变化", "closing less opening stock"),
    field("open", Kind::Number, "配方本身未闭合的量", "what the recipes themselves leave open"),
    field(
        "residual",
        Kind::Number,
        "差额 = 流入 − 流出 − 堆存变化 − 未闭合",
        "inflow − outflow − stock change − open",
    ),
];

fn fill(results: Results<'_>, rows: &mut Rows) {
    for scenario in results.scenarios() {
        for year in &scenario.run.trajectory.years {
            one_year(scenario, &results.run.plan, year, rows);
        }
    }
}

fn one_year(scenario: OneScenario<'_>, plan: &Plan, year: &YearResult, rows: &mut Rows) {
    let model = scenario.model;
    for balance in audit::balances(plan, model, year) {
        let Balance { subject, material, inflow, outflow, stock_change, open, residual } = balance;
        let amounts = [inflow, outflow, stock_change, open, residual];
        if amounts.iter().all(|&amount| amount == 0.0) {
            continue;
        }
        let of = match subject {
            Subject::Node(node) => node_label(model, scenario.network, node),
            Subject::Place(place) => format!("place:{}", model.places[place].key),
        };
        let (material, unit) = material.map_or(("*", "t"), |id| {
            let material = &model.materials[id];
            (material.key.as_str(), material.dimension.symbol())
        });
        let mut cells = vec![scenario.key.into(), year.year.into(), of.into(), material.into(), unit.into()];
        cells.extend(amounts.map(Into::into));
        rows.row(&cells);
    }
}
