//! Columns of what was measured in a year, and of what materials contain.

use super::{DefaultUnit, Kind, TableAttributes, column, unit_column, words};
use crate::model::TableKind;

pub(super) static TABLES: &[TableAttributes] = &[
    TableAttributes {
        table: TableKind::Measurements,
        zh: "观测",
        meaning_zh: "企业上报、市场统计和实测的数，用来与模型的物质网络相协调（circflow reconcile）；同一个数可以有几行，互相矛盾也照填",
        meaning_en: "returns of enterprises, totals of markets and measured coefficients, to be reconciled with the model's network (circflow reconcile); one figure may have several rows, and rows may contradict each other",
        required: false,
        unique: &[],
        columns: &[
            column("process", "工序", Kind::Reference(TableKind::Processes)).meaning(
                "哪个工序的；工序、企业、地点三者填一个，都空为全市",
                "of which process; one of process, enterprise and place, none of them means the city",
            ),
            column("enterprise", "企业", Kind::Reference(TableKind::Enterprises))
                .meaning("哪家企业的，其全部工序合计", "of which enterprise: the sum over its processes"),
            column("place", "地点", Kind::Reference(TableKind::Places)).meaning(
                "哪个地点的，包括其下级地点",
                "of which place, with all places below it",
            ),
            column("what", "项", Kind::Choice(words::OBSERVED))
                .required()
                .meaning("观测的是什么", "what was measured"),
            column("material", "物质", Kind::Reference(TableKind::Materials)).meaning(
                "哪种物质；只有运行量不填",
                "of which material; only an activity has none",
            ),
            column("year", "年份", Kind::Year)
                .structure()
                .meaning("年份；空则为基年", "year; empty: the base year"),
            column("value", "数值", Kind::Quantity)
                .structure()
                .required()
                .unit_in("unit", DefaultUnit::Observed)
                .meaning(
                    "数值，可写 120±6 或 120±5%（一倍标准差）；没有写 ± 的按数据质量取",
                    "the value, as 120±6 or 120±5 % (one standard deviation); without ± the quality of the row says how sure it is",
                ),
            unit_column("unit", "单位").meaning(
                "数值的单位，如 万t；按年的量可写 万t 或 万t/a",
                "unit of the value, such as 万t; yearly amounts may be written 万t or 万t/a",
            ),
        ],
    },
    TableAttributes {
        table: TableKind::Contents,
        zh: "成分",
        meaning_zh: "物质的成分含量：协调时每种成分在工序里也要平衡",
        meaning_en: "what materials contain: in a reconciliation every substance balances in the processes too",
        required: false,
        unique: &["material", "substance"],
        columns: &[
            column("material", "物质", Kind::Reference(TableKind::Materials))
                .required()
                .meaning("物质", "material"),
            column("substance", "成分", Kind::Choice(words::SUBSTANCE))
                .required()
                .meaning("成分", "substance"),
            column("share", "含量", Kind::Quantity)
                .structure()
                .required()
                .unit(DefaultUnit::Text(""))
                .meaning(
                    "每吨物质（按其交易状态）所含，0–1 或带 %，可写 ±；0 表示不含",
                    "t per t of the material as traded, 0 to 1 or with %, may have ±; 0 says that there is none",
                ),
        ],
    },
];
