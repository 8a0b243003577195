//! Columns of in-use stocks: what they are, their years, their opening cohorts.

use super::{ChangeRule, DefaultUnit, Kind, TableAttributes, column, id, name, name_en, unit_column, words};
use crate::model::TableKind;

pub(super) static TABLES: &[TableAttributes] = &[
    TableAttributes {
        table: TableKind::Stocks,
        zh: "在用存量",
        meaning_zh: "在用的车辆、建筑、电器等：投入使用的物质按寿命老化，退出使用时变成另一种物质，交给当地市场",
        meaning_en: "what is in use (vehicles, buildings, appliances): a material enters use, ages by its lifetime and leaves as another, which is delivered to the market of the place",
        required: false,
        unique: &["id"],
        columns: &[
            id(),
            name(),
            name_en(),
            column("place", "地点", Kind::Reference(TableKind::Places))
                .meaning("地点；空则为全市", "place; empty: the city"),
            column("material_in", "投入物质", Kind::Reference(TableKind::Materials)).required().meaning(
                "投入使用的物质；存量按它计量",
                "the material that enters use; the stock is counted in it",
            ),
            column("material_out", "退出物质", Kind::Reference(TableKind::Materials)).required().meaning(
                "退出使用时变成的物质，质量不变",
                "the material as which it leaves use; the mass is the same",
            ),
            column("lifetime", "寿命", Kind::Lifetime).required().meaning(
                "寿命（年）：fixed(年)、normal(均值, 标准差)、folded_normal(折叠前均值, 标准差)、lognormal(均值, 标准差)、weibull(形状, 尺度)",
                "lifetime in years: fixed(years), normal(mean, sd), folded_normal(mean, sd before folding), lognormal(mean, sd) or weibull(shape, scale)",
            ),
            column("convention", "入用时点", Kind::Choice(words::CONVENTION)).default("average").meaning(
                "一年之中何时投入使用：average 全年均匀、mid_period_age 年中、end_of_period_age 年末",
                "when in its year things enter use: average (evenly), mid_period_age (in the middle), end_of_period_age (at the end)",
            ),
            column("driver", "给定", Kind::Choice(words::STOCK_DRIVER)).required().meaning(
                "stock_years 表给的是每年投入量 inflow，还是年末存量 stock",
                "whether `stock_years` gives what enters in each year (inflow) or what is in stock at its end (stock)",
            ),
            column("falling", "降得过快时", Kind::Choice(words::FALLING)).default("leaves_early").meaning(
                "给定的年末存量降得比老化还快时：leaves_early 各批按同一比例提前退出，refused 报错",
                "where the stock given falls faster than it ages: leaves_early (all cohorts alike) or refused (an error)",
            ),
        ],
    },
    TableAttributes {
        table: TableKind::StockYears,
        zh: "存量年份",
        meaning_zh: "在用存量各年的投入量或年末存量；其间线性，其后不变或按增长率",
        meaning_en: "what enters an in-use stock, or is in stock at the year's end; linear between given years, held or grown after",
        required: false,
        unique: &["stock", "year"],
        columns: &[
            column("stock", "在用存量", Kind::Reference(TableKind::Stocks))
                .required()
                .meaning("在用存量", "in-use stock"),
            column("year", "年份", Kind::Year).structure().required().meaning("年份", "year"),
            column("amount", "数量", Kind::Quantity)
                .required()
                .unit_in("unit", DefaultUnit::Material)
                .meaning("投入量或年末存量", "what enters, or what is in stock at the year's end"),
            unit_column("unit", "单位").meaning("数量的单位", "unit of the amount"),
            column("growth", "年增长率", Kind::Number)
                .unit(DefaultUnit::Text(""))
                .meaning("最后给定年份之后的年增长率", "yearly growth after the last given year"),
        ],
    },
    TableAttributes {
        table: TableKind::Cohorts,
        zh: "存量批次",
        meaning_zh: "在用存量在基年年初的构成：哪一年投入的还剩多少；不知道年份的一行按寿命摊到各龄",
        meaning_en: "what is in use at the begin of the base year: how much is left of what entered in which year; a row without a year is spread over all ages by the lifetime",
        required: false,
        unique: &["stock", "entered"],
        columns: &[
            column("stock", "在用存量", Kind::Reference(TableKind::Stocks))
                .required()
                .meaning("在用存量", "in-use stock"),
            column("entered", "投入年份", Kind::Year).structure().meaning(
                "投入使用的年份，早于基年；空则为不知道",
                "the year in which it entered, before the base year; empty: not known",
            ),
            column("amount", "数量", Kind::Quantity)
                .required()
                .change(ChangeRule::Value)
                .unit_in("unit", DefaultUnit::Material)
                .meaning("基年年初还剩的数量", "what is left of it at the begin of the base year"),
            unit_column("unit", "单位").meaning("数量的单位", "unit of the amount"),
        ],
    },
];
