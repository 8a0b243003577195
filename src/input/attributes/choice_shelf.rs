//! Columns of the rules for choosing projects: what funds may grant, what a choice has to keep to.

use super::{DefaultUnit, Kind, TableAttributes, column, unit_column, words};
use crate::model::TableKind;

pub(super) static TABLES: &[TableAttributes] = &[
    TableAttributes {
        table: TableKind::GrantRules,
        zh: "补助规则",
        meaning_zh: "一项资金补助一个项目的限度；optimise 不选超过限度的项目，check 给出警告",
        meaning_en: "how much a fund may grant a project; `optimise` chooses none above it, `check` warns of it",
        required: false,
        unique: &["fund"],
        columns: &[
            column("fund", "资金", Kind::Reference(TableKind::Funds)).required().meaning("资金", "fund"),
            column("share", "最高比例", Kind::Share).meaning(
                "最多占可申报投资的比例；空则不限",
                "at most this share of the eligible investment; empty: no such limit",
            ),
            column("cap", "最高金额", Kind::Money).unit_in("unit", DefaultUnit::Text("万元")).meaning(
                "每个项目最多的金额；空则不限",
                "at most this amount a project; empty: no such limit",
            ),
            unit_column("unit", "单位").meaning("金额单位，默认万元", "unit of the amount, by default 万元"),
            column("not_with", "不得与…同补", Kind::References(TableKind::Funds)).meaning(
                "不得重复补助：得到这些资金的项目不再补助",
                "no double funding: projects that these funds pay for are not granted",
            ),
        ],
    },
    TableAttributes {
        table: TableKind::ChoiceRules,
        zh: "选择规则",
        meaning_zh: "optimise 选择项目时必须遵守的规则；不影响已写明项目组合的情景",
        meaning_en: "what a choice of projects by `optimise` has to keep to; scenarios whose mix is given are not touched",
        required: false,
        unique: &[],
        columns: &[
            column("kind", "规则", Kind::Choice(words::CHOICE_RULE)).required().meaning(
                "must_have 必建，must_not 不建，start_window 开工期限，starts_a_year 每年最多开工数，at_least 每地至少项目数",
                "must_have, must_not, start_window, starts_a_year (most projects started in a year) or at_least (projects in a place)",
            ),
            column("project", "项目", Kind::Reference(TableKind::Projects)).meaning(
                "必建、不建、开工期限的项目",
                "the project of must_have, must_not and start_window",
            ),
            column("place", "地点", Kind::Reference(TableKind::Places)).meaning(
                "at_least 的地点；空则每个县区各自适用",
                "the place of at_least; empty: every county unit for itself",
            ),
            column("from", "最早开工", Kind::Month).meaning("最早的开工月份", "first month of a start"),
            column("until", "最晚开工", Kind::Month).meaning("最晚的开工月份", "last month of a start"),
            column("year", "年份", Kind::Year)
                .meaning("starts_a_year 的年份；空则每年", "the year of starts_a_year; empty: every year"),
            column("count", "个数", Kind::Whole { least: 0, most: 10_000 })
                .structure()
                .meaning("starts_a_year 和 at_least 的个数", "the number of starts_a_year and at_least"),
        ],
    },
];
