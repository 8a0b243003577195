//! `cost_of_gap.csv`: what the missing county money costs, under every state of the assumptions.

use super::{ResultTable, Results};
use crate::counterfactual::Measure;
use crate::output::row::{Cell, Field, Kind, Rows, field};

pub(super) const TABLE: ResultTable = ResultTable {
    name: "cost_of_gap",
    zh: "县级资金缺口的代价",
    en: "Cost of the missing county money",
    fields: FIELDS,
    by_scenario: false,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("matching", Kind::Truth, "是否执行配套规则", "whether the matching rule is applied"),
    field(
        "bridge",
        Kind::Text,
        "业主垫资比例，0–1；as_given 为各业主自己的比例（即情景本身）",
        "bridge share of all owners, 0–1; as_given: each owner's own, the scenario as it stands",
    ),
    field(
        "measure",
        Kind::Text,
        "计量：project_months 项目月，tonnes 吨，composite_points、solid_waste_points 百分点",
        "measure: project_months, tonnes, composite_points, solid_waste_points",
    ),
    field("county", Kind::Text, "县级单位；空为合计", "county unit; empty for the total"),
    field("alone", Kind::Number, "只有该县到位时的收益", "gain if this county alone paid"),
    field("shapley", Kind::Number, "沙普利份额；合计等于总额", "Shapley share; they sum to the total"),
    field("total", Kind::Number, "全部到位时的收益", "gain if all counties paid"),
    field("at_least", Kind::Truth, "是否为下限", "whether the total is a lower bound"),
];

fn fill(results: Results<'_>, rows: &mut Rows) {
    let Some(scenario) = results.run.base.and_then(|base| results.scenarios().nth(base)) else {
        return;
    };
    for line in &results.run.cost_of_gap {
        let lead = || -> Vec<Cell<'_>> {
            let measure = measure_word(line.measure);
            let bridge = match line.bridge {
                Some(bridge) => bridge.share().into(),
                None => "as_given".into(),
            };
            vec![scenario.key.into(), line.matching.into(), bridge, measure.into()]
        };
        let mut cells = lead();
        cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, line.total.into(), line.at_least.into()]);
        rows.row(&cells);
        for cost in &line.counties {
            let county = scenario.model.places[cost.county].key.as_str();
            let mut cells = lead();
            cells.extend([county.into(), cost.alone.into(), cost.shapley.into(), Cell::Empty, Cell::Empty]);
            rows.row(&cells);
        }
    }
}

/// The word of a measure in result files.
fn measure_word(measure: Measure) -> &'static str {
    match measure {
        Measure::ProjectMonths => "project_months",
        Measure::Tonnes => "tonnes",
        Measure::CompositePoints => "composite_points",
        Measure::SolidWastePoints => "solid_waste_points",
    }
}
