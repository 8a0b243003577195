//! The first shelf: what a clerk fills in about places, processes and projects.

use super::words;
use super::{ChangeRule, DefaultUnit, Kind, TableAttributes, column, id, name, name_en, unit_column};
use crate::model::TableKind;

pub(super) static TABLES: &[TableAttributes] = &[
    TableAttributes {
        table: TableKind::Places,
        zh: "地点",
        meaning_zh: "地点树：市、县区、园区；恰有一行没有上级，即全市",
        meaning_en: "the tree of places: city, county units, parks; exactly one row, the city, has no parent",
        required: true,
        unique: &["id"],
        columns: &[
            id(),
            name(),
            name_en(),
            column("kind", "类型", Kind::Choice(words::PLACE_KIND))
                .required()
                .meaning("地点的类型；县区承担县级资金责任", "kind of place; county units owe county duties"),
            column("parent", "上级", Kind::Reference(TableKind::Places))
                .meaning("所在的上级地点；只有全市为空", "the place it lies in; empty only for the city"),
            column("frame_only", "只有框架", Kind::Flag).structure().default("no").meaning(
                "园区是否只有框架：列入名单，模型里还没有企业",
                "whether a park is a frame only: on the list, without enterprises in the model as yet",
            ),
        ],
    },
    TableAttributes {
        table: TableKind::Enterprises,
        zh: "企业",
        meaning_zh: "企业及其所在地",
        meaning_en: "enterprises and where they are",
        required: false,
        unique: &["id"],
        columns: &[
            id(),
            name(),
            name_en(),
            column("place", "地点", Kind::Reference(TableKind::Places))
                .required()
                .meaning("所在地点", "where it is"),
            column("sector", "行业", Kind::Text).meaning("行业，自由填写", "sector, free text"),
            column("above_scale", "规模以上", Kind::Flag)
                .structure()
                .default("no")
                .meaning("是否规模以上工业企业", "whether it is above the statistical scale"),
        ],
    },
    TableAttributes {
        table: TableKind::Processes,
        zh: "工序",
        meaning_zh: "工序：一种工艺在一个企业（或地点）的运行；也可用 recipes 表给出自己的配方",
        meaning_en: "processes: a technology at work in an enterprise (or place), or with rows of its own in `recipes`",
        required: true,
        unique: &["id"],
        columns: &[
            id(),
            column("enterprise", "企业", Kind::Reference(TableKind::Enterprises))
                .meaning("所属企业", "the enterprise it belongs to"),
            column("place", "地点", Kind::Reference(TableKind::Places)).meaning(
                "所在地点；有企业时取企业的地点",
                "where it is; with an enterprise, the enterprise's place",
            ),
            name(),
            name_en(),
            column("technology", "工艺", Kind::Reference(TableKind::Technologies)).meaning(
                "工艺目录或本模型的工艺；空则须有自己的配方",
                "technology of the catalogue or the model; when empty it needs a recipe of its own",
            ),
            column("driver", "驱动", Kind::Choice(words::DRIVER))
                .default_of_technology()
                .meaning("由什么决定运行量", "what sets its activity"),
            column("reference", "基准物质", Kind::Reference(TableKind::Materials))
                .default_of_technology()
                .meaning("运行量按哪一行物质计", "the material of the row in which activity is counted"),
            column("called", "应需产品", Kind::Reference(TableKind::Materials))
                .default_of_technology()
                .meaning(
                    "按需求生产的产品（双向驱动时的第二行）",
                    "the product made on call (the second row of `both`)",
                ),
            column("capacity", "能力", Kind::Quantity)
                .unit_in("capacity_unit", DefaultUnit::ReferencePerYear)
                .meaning(
                    "现有能力，按基准物质；空则不限",
                    "installed capacity in the reference material; empty: no cap",
                ),
            unit_column("capacity_unit", "能力单位").meaning(
                "能力与份额的单位，如 万t/年、t/d、MW",
                "unit of capacity and share, such as 万t/a, t/d, MW",
            ),
            column("days", "年运行天数", Kind::Whole { least: 1, most: 366 })
                .default("330")
                .meaning("每日能力换算为年能力用", "turns a daily capacity into a yearly one"),
            column("hours", "年运行小时", Kind::Whole { least: 1, most: 8784 })
                .default("7200")
                .meaning("每小时能力和 MW 换算用", "turns an hourly capacity, or MW, into a yearly one"),
            column("treatment", "处理方式", Kind::Choice(words::TREATMENT)).default_of_technology().meaning(
                "对废物的处理方式，也定默认顺序",
                "what it does with waste; also its default priority",
            ),
            column("priority", "顺序", Kind::Whole { least: 0, most: 99 }).structure().meaning(
                "在市场中的先后，1 最先；空则按处理方式",
                "order in its markets, 1 first; empty: by treatment",
            ),
            column("share", "份额", Kind::Quantity)
                .unit_in("capacity_unit", DefaultUnit::ReferencePerYear)
                .meaning(
                    "同级分配的份额，按运行量；空则用当年能力",
                    "share in its tier, in activity; empty: the year's capacity",
                ),
            column("from", "起始年", Kind::Year).meaning("运行的第一年", "first year it runs"),
            column("until", "终止年", Kind::Year).meaning("运行的最后一年", "last year it runs"),
            column("open", "允许不平衡", Kind::Flag)
                .structure()
                .default("no")
                .meaning("声明质量不必平衡（自有配方）", "declares that mass need not close (own recipe)"),
        ],
    },
    TableAttributes {
        table: TableKind::Projects,
        zh: "项目",
        meaning_zh: "项目：投资、工期，以及建成后带来的能力",
        meaning_en: "projects: investment, building time and the capacity they bring",
        required: false,
        unique: &["id"],
        columns: &[
            id(),
            name(),
            name_en(),
            column("class", "类别", Kind::Choice(words::PROJECT_CLASS))
                .required()
                .meaning("重点或一般；重点先付款", "key or general; key projects are paid first"),
            column("programme", "专项", Kind::Text)
                .meaning("所属专项，自由填写", "programme it belongs to, free text"),
            column("place", "地点", Kind::Reference(TableKind::Places))
                .required()
                .meaning("所在地点", "where it is"),
            column("owner", "业主", Kind::Reference(TableKind::Enterprises))
                .meaning("业主企业", "the enterprise that owns it"),
            column("technology", "工艺", Kind::Reference(TableKind::Technologies)).meaning(
                "新增能力的工艺；不填则用 effects 表说明效果",
                "technology of the added capacity; else rows of `effects`",
            ),
            column("process", "工序", Kind::Reference(TableKind::Processes)).meaning(
                "扩能的现有工序；空则新建同编号的工序",
                "the process whose capacity grows; empty: a new process with the project's id",
            ),
            column("added_capacity", "新增能力", Kind::Quantity)
                .unit_in("capacity_unit", DefaultUnit::ReferencePerYear)
                .meaning(
                    "建成后新增的年能力，按工艺的基准物质",
                    "capacity added when on stream, in the technology's reference material",
                ),
            unit_column("capacity_unit", "能力单位").meaning("新增能力的单位", "unit of the added capacity"),
            column("days", "年运行天数", Kind::Whole { least: 1, most: 366 })
                .default("330")
                .meaning("每日能力换算为年能力用", "turns a daily capacity into a yearly one"),
            column("hours", "年运行小时", Kind::Whole { least: 1, most: 8784 })
                .default("7200")
                .meaning("每小时能力和 MW 换算用", "turns an hourly capacity, or MW, into a yearly one"),
            column("investment", "总投资", Kind::Money)
                .required()
                .unit_in("unit", DefaultUnit::Text("万元"))
                .meaning("总投资", "total investment"),
            column("eligible_investment", "可补助投资", Kind::Money)
                .unit_in("unit", DefaultUnit::Text("万元"))
                .meaning(
                    "可计入补助的投资；空则为总投资",
                    "the part that grants may count; empty: all of it",
                ),
            unit_column("unit", "金额单位").meaning(
                "投资、成本和收入的单位，默认万元",
                "unit of investment, cost and revenue, by default 万元",
            ),
            column("earliest_start", "最早开工", Kind::Month)
                .required()
                .meaning("最早开工的月份", "first month it may start"),
            column("build_months", "工期月数", Kind::Whole { least: 1, most: 240 })
                .required()
                .meaning("建设所需月数", "months of building"),
            column("status", "状态", Kind::Text).meaning("当前状态，只作显示", "present state, for showing"),
            column("progress", "已完成投资比例", Kind::Share)
                .default("0")
                .meaning("期初以前已花的投资比例", "share of the investment spent before the horizon"),
            column("priority", "顺序", Kind::Whole { least: 0, most: 9999 })
                .default("50")
                .meaning("同类项目的付款先后，1 最先", "order among projects of its class, 1 first"),
            column("bridge_share", "垫资比例", Kind::Share)
                .default("0.3")
                .meaning("业主最多垫付的投资比例", "share of the investment the owner may bridge"),
            column("jobs", "就业", Kind::Quantity)
                .unit(DefaultUnit::Text("人"))
                .meaning("新增就业人数", "jobs created"),
            column("operating_cost", "年运行成本", Kind::Quantity)
                .unit_in("unit", DefaultUnit::Text("万元"))
                .meaning("每年运行成本", "operating cost per year"),
            column("revenue", "年收入", Kind::Quantity)
                .unit_in("unit", DefaultUnit::Text("万元"))
                .meaning("每年收入", "revenue per year"),
        ],
    },
    TableAttributes {
        table: TableKind::Statistics,
        zh: "统计",
        meaning_zh: "统计量，按地点和年份；不填的年份不会自动补",
        meaning_en: "statistics by place and year; years that are not given are never filled in by themselves",
        required: false,
        unique: &["key", "place", "year"],
        columns: &[
            column("key", "统计量", Kind::Statistic).required().meaning(
                "统计量的代号或名称，如 gdp_constant、地区生产总值（不变价）",
                "key or name of the statistic, such as gdp_constant",
            ),
            column("place", "地点", Kind::Reference(TableKind::Places)).required().meaning("地点", "place"),
            column("year", "年份", Kind::Year).structure().required().meaning("年份", "year"),
            column("value", "数值", Kind::Quantity)
                .required()
                .unit_in("unit", DefaultUnit::Statistic)
                .meaning("数值", "value"),
            unit_column("unit", "单位").meaning("数值的单位", "unit of the value"),
            column("coverage", "覆盖率", Kind::Share)
                .structure()
                .meaning("统计覆盖其对象的比例", "share of its subject that the statistic covers"),
            column("interpolate", "插值", Kind::Flag).structure().default("no").meaning(
                "给定年份之间是否线性补齐（成为估计值）",
                "whether years between given ones are interpolated (an estimate)",
            ),
            column("growth", "年增长率", Kind::Number)
                .unit(DefaultUnit::Text(""))
                .change(ChangeRule::GivenValue)
                .meaning(
                    "最后给定年份之后的年增长率（成为估计值）",
                    "yearly growth after the last given year (an estimate)",
                ),
        ],
    },
    TableAttributes {
        table: TableKind::Targets,
        zh: "目标",
        meaning_zh: "指标目标",
        meaning_en: "targets of indicators",
        required: false,
        unique: &["indicator", "place", "year"],
        columns: &[
            column("indicator", "指标", Kind::Indicator)
                .required()
                .meaning("指标的编号或名称", "id or name of the indicator"),
            column("place", "地点", Kind::Reference(TableKind::Places)).required().meaning("地点", "place"),
            column("year", "年份", Kind::Year).structure().required().meaning("年份", "year"),
            column("value", "目标值", Kind::Number)
                .required()
                .unit_in("unit", DefaultUnit::Indicator)
                .meaning("目标值；比率写 0.65 或 65%", "target; a rate is written 0.65 or 65%"),
            unit_column("unit", "单位")
                .meaning("目标值的单位；空则为指标的单位", "unit of the target; empty: the indicator's"),
            column("basically_met", "基本达标比例", Kind::Share).default("0.9").meaning(
                "达到目标的这个比例即基本达标",
                "share of the target from which it counts as basically met",
            ),
        ],
    },
];
