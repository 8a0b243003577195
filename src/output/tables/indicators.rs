//! `indicators.csv`: every indicator of every place and year, graded.

use super::{ResultTable, Results};
use crate::indicators::Grade;
use crate::output::row::{Cell, Field, Kind, Rows, field};

pub(super) const TABLE: ResultTable = ResultTable {
    name: "indicators",
    zh: "指标（各情景、地点、年份）",
    en: "Indicators by scenario, place and year",
    fields: FIELDS,
    by_scenario: true,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("indicator", Kind::Text, "指标", "indicator"),
    field("place", Kind::Text, "地点", "place"),
    field("year", Kind::Integer, "年份", "year"),
    field("value", Kind::Number, "数值；比率为 0–1", "value; rates are shares 0–1"),
    field("unit", Kind::Text, "单位；1 表示比率", "unit; 1 for shares"),
    field("target", Kind::Number, "目标值，单位同数值", "target, in the unit of the value"),
    field(
        "grade",
        Kind::Text,
        "评价：met 达标，basically_met 基本达标，not_met 未达标；前缀 provisional_ 表示暂定",
        "grade; with provisional_ in front where the definition or target is not verified",
    ),
    field(
        "poor_share",
        Kind::Number,
        "依据次级资料、估算或假设的占比，0–1",
        "share that rests on secondary data, estimates or assumptions, 0–1",
    ),
    field("computable", Kind::Truth, "是否可计算", "whether it is computable"),
];

fn fill(results: Results<'_>, rows: &mut Rows) {
    for scenario in results.scenarios() {
        for value in &scenario.run.indicators {
            let definition = &results.definitions[value.definition];
            let unit = if definition.percent { "1" } else { definition.unit_en.as_str() };
            let grade = value.grade.map(|grade| grade_word(grade, value.provisional));
            rows.row(&[
                scenario.key.into(),
                definition.key.as_str().into(),
                scenario.model.places[value.place].key.as_str().into(),
                value.year.into(),
                value.value.as_ref().ok().copied().into(),
                unit.into(),
                value.target_value.into(),
                Cell::from(grade),
                value.poor_share.into(),
                value.value.is_ok().into(),
            ]);
        }
    }
}

fn grade_word(grade: Grade, provisional: bool) -> &'static str {
    match (grade, provisional) {
        (Grade::Met, false) => "met",
        (Grade::BasicallyMet, false) => "basically_met",
        (Grade::NotMet, false) => "not_met",
        (Grade::Met, true) => "provisional_met",
        (Grade::BasicallyMet, true) => "provisional_basically_met",
        (Grade::NotMet, true) => "provisional_not_met",
    }
}
