//! `balances.csv`: the balance of every process, market and place.

use super::accounts::{Account, Accounts};
use super::{OneScenario, ResultTable, Results, node_label};
use crate::id::Id;
use crate::network::Node;
use crate::output::row::{Field, Kind, Rows, field};
use crate::simulate::YearResult;
use std::io;

pub(super) const TABLE: ResultTable = ResultTable {
    name: "balances",
    zh: "平衡：工序（吨）、市场和地点（各物料）（全为零的不列）",
    en: "Balances of processes (tonnes), markets and places (by material); rows of zeros are left out",
    fields: FIELDS,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("year", Kind::Integer, "年份", "year"),
    field("of", Kind::Text, "process 工序、market 市场或 place 地点", "process, market or place"),
    field("id", Kind::Text, "工序、市场或地点", "process, market or place"),
    field("material", Kind::Text, "物料；* 为有质量的全部物料", "material; * is all that have a mass"),
    field("unit", Kind::Text, "单位", "unit"),
    field("entering", Kind::Number, "进入", "entering"),
    field("unmet", Kind::Number, "要而未得（计入消耗）", "asked for and not served (counted as consumed)"),
    field("produced", Kind::Number, "产出", "produced"),
    field("consumed", Kind::Number, "消耗", "consumed"),
    field("final_use", Kind::Number, "最终使用", "final use"),
    field("leaving", Kind::Number, "离开", "leaving"),
    field("stock_change", Kind::Number, "堆存变化", "change of stock"),
    field("residual", Kind::Number, "差额", "what does not balance"),
];

fn fill(results: Results<'_>, rows: &mut Rows<'_>) -> io::Result<()> {
    for scenario in results.scenarios() {
        for year in &scenario.run.trajectory.years {
            one_year(scenario, year, rows)?;
        }
    }
    Ok(())
}

fn one_year(scenario: OneScenario<'_>, year: &YearResult, rows: &mut Rows<'_>) -> io::Result<()> {
    let (model, network) = (scenario.model, scenario.network);
    let accounts = Accounts::of_year(model, network, year);
    let mut row = |of: &str, id: &str, (material, unit): (&str, &str), a: &Account, residual: f64| {
        if a.is_empty() {
            return Ok(());
        }
        let mut cells = vec![scenario.key.into(), year.year.into(), of.into(), id.into()];
        cells.extend([material.into(), unit.into()]);
        let amounts =
            [a.entering, a.unmet, a.produced, a.consumed, a.final_use, a.leaving, a.stock_change, residual];
        cells.extend(amounts.map(Into::into));
        rows.row(&cells)
    };
    for (process, account) in model.processes.iter().zip(&accounts.processes) {
        row("process", &process.key, ("*", "t"), account, account.border_residual())?;
    }
    for (id, market) in network.markets.enumerate() {
        let material = &model.materials[market.material];
        let (entering, leaving) = accounts.markets[id.index()];
        let account = Account { entering, leaving, ..Account::default() };
        let label = node_label(model, network, Node::Market(id));
        let of = (material.key.as_str(), material.dimension.symbol());
        row("market", &label, of, &account, account.residual())?;
    }
    for place in model.places.ids() {
        for (material, account) in model.materials.iter().zip(&accounts.places[place.index()]) {
            let of = (material.key.as_str(), material.dimension.symbol());
            row("place", &model.places[place].key, of, account, account.residual())?;
        }
    }
    Ok(())
}
