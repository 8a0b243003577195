//! `stocks.csv`: storage stocks by market and year.

use super::{ResultTable, Results};
use crate::output::row::{Field, Kind, Rows, field};

pub(super) const TABLE: ResultTable = ResultTable {
    name: "stocks",
    zh: "堆存：年初 + 存入 − 取用 = 年末（从未有存量的不列）",
    en: "Stocks: opening + stored − reclaimed = closing (those that are always zero are left out)",
    fields: FIELDS,
    by_scenario: true,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("year", Kind::Integer, "年份", "year"),
    field("place", Kind::Text, "地点", "place"),
    field("material", Kind::Text, "物料", "material"),
    field("unit", Kind::Text, "单位", "unit"),
    field("opening", Kind::Number, "年初", "at the begin of the year"),
    field("stored", Kind::Number, "市场剩余存入", "surplus stored"),
    field("stored_by_processes", Kind::Number, "贮存工序存入", "stored by storage takers"),
    field("reclaimed_for_draws", Kind::Number, "取用：供领用", "reclaimed for draws"),
    field("reclaimed_for_takers", Kind::Number, "取用：供消纳", "reclaimed for takers"),
    field("closing", Kind::Number, "年末", "at the end of the year"),
];

fn fill(results: Results<'_>, rows: &mut Rows) {
    for scenario in results.scenarios() {
        for year in &scenario.run.trajectory.years {
            for (id, happened) in year.markets.enumerate() {
                let amounts = [
                    happened.opening_stock,
                    happened.stored,
                    happened.stored_by_takers,
                    happened.reclaimed_for_draws,
                    happened.reclaimed_for_takers,
                    happened.closing_stock,
                ];
                if amounts.iter().all(|&amount| amount == 0.0) {
                    continue;
                }
                let market = &scenario.network.markets[id];
                let material = &scenario.model.materials[market.material];
                let mut cells = vec![
                    scenario.key.into(),
                    year.year.into(),
                    scenario.model.places[market.place].key.as_str().into(),
                    material.key.as_str().into(),
                    material.dimension.symbol().into(),
                ];
                cells.extend(amounts.map(Into::into));
                rows.row(&cells);
            }
        }
    }
}
