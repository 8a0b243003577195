//! Scenarios: which projects are built, what else is different, and why it is looked at.

use super::words;
use super::{Kind, TableAttributes, column, id, name, name_en};
use crate::model::TableKind;

pub(super) static TABLES: &[TableAttributes] = &[
    TableAttributes {
        table: TableKind::Scenarios,
        zh: "情景",
        meaning_zh: "情景；没有此表时只有一个基准情景",
        meaning_en: "scenarios; without this table there is one, the base",
        required: false,
        unique: &["id"],
        columns: &[
            id(),
            name(),
            name_en(),
            column("based_on", "基于", Kind::Reference(TableKind::Scenarios))
                .meaning("沿用哪个情景的项目组合和变动", "the scenario whose mix and changes it inherits"),
            column("base", "基准", Kind::Flag).structure().default("no").meaning(
                "是否为缺口代价的基准；都不填则为第一行",
                "whether it is the base of the cost of the gap; if none says so, the first row",
            ),
            column("matching", "配套规则", Kind::Flag).structure().meaning(
                "是否执行资金的配套规则；空则沿用 based_on 的，否则为否",
                "whether matching rules of funds are applied; empty: as in based_on, else no",
            ),
            column("why", "理由", Kind::Text)
                .required()
                .meaning("为什么看这个情景", "why it is looked at (Chinese)"),
            column("why_en", "英文理由", Kind::Text).meaning("理由的英文", "why it is looked at (English)"),
        ],
    },
    TableAttributes {
        table: TableKind::Mixes,
        zh: "项目组合",
        meaning_zh: "各情景建哪些项目；没有写到的项目按最早开工时间建。也可写成矩阵：第一列项目，其后每列一个情景，格中写 建、不建 或推迟的月数",
        meaning_en: "which projects a scenario builds; a project not named is built at its earliest start. A matrix is accepted: the first column holds projects, each further column is a scenario, cells say build, skip or the months of delay",
        required: false,
        unique: &["scenario", "project"],
        columns: &[
            column("scenario", "情景", Kind::Reference(TableKind::Scenarios))
                .required()
                .meaning("情景", "scenario"),
            column("project", "项目", Kind::Reference(TableKind::Projects))
                .required()
                .meaning("项目；* 为全部，其他行优先", "project; * for all, other rows go before it"),
            column("decision", "决定", Kind::Choice(words::DECISION))
                .default("build")
                .meaning("建或不建", "build or skip"),
            column("delay", "推迟月数", Kind::Whole { least: 0, most: 240 })
                .structure()
                .default("0")
                .meaning("比最早开工推迟的月数", "months after its earliest start"),
        ],
    },
    TableAttributes {
        table: TableKind::Changes,
        zh: "变动",
        meaning_zh: "情景对其他表数值的变动",
        meaning_en: "what a scenario changes in the values of other tables",
        required: false,
        unique: &[],
        columns: &[
            column("scenario", "情景", Kind::Reference(TableKind::Scenarios))
                .required()
                .meaning("情景", "scenario"),
            column("table", "表", Kind::TableName).required().meaning("要变动的表", "the table to change"),
            column("row", "行", Kind::RowSelector).required().meaning(
                "哪些行：列=值;列=值，* 代表任意文字；选不中任何行是错误",
                "which rows: column=value;column=value, * for any text; meeting none is an error",
            ),
            column("column", "列", Kind::Text).required().meaning("要变动的列", "the column to change"),
            column("operation", "运算", Kind::Choice(words::OPERATION))
                .default("=")
                .meaning("设为、乘以或加上", "=, × or +"),
            column("value", "数值", Kind::AnyValue)
                .required()
                .meaning("数值，按该列的单位", "value, in the unit of that column"),
            column("years", "年份", Kind::Years).meaning(
                "只变动这些年份的行，如 2017..2020；该表须有年份列",
                "only rows of these years, such as 2017..2020; the table must have a year",
            ),
        ],
    },
];
