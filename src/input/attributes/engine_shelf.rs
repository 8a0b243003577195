//! The second shelf: materials, technologies and everything that has a default or comes from the catalogue.

use super::words;
use super::{ChangeRule, DefaultUnit, Kind, TableAttributes, column, id, name, name_en, unit_column};
use crate::model::TableKind;

pub(super) static TABLES: &[TableAttributes] = &[
    TableAttributes {
        table: TableKind::Materials,
        zh: "物质",
        meaning_zh: "物质；与目录同编号的一行代替目录的（检查时会说明）",
        meaning_en: "materials; a row with an id of the catalogue replaces the catalogue's (`check` says so)",
        required: false,
        unique: &["id"],
        columns: &[
            id(),
            name(),
            name_en(),
            column("kind", "类型", Kind::Choice(words::MATERIAL_KIND)).required().meaning(
                "类型，决定短缺和剩余时的默认去向",
                "kind; decides what happens on shortage and surplus by default",
            ),
            column("classes", "类别", Kind::Words).meaning(
                "类别，如 general_industrial_solid_waste、main_resource、from_nature；用 ; 或空格分隔",
                "classes, such as general_industrial_solid_waste, main_resource, from_nature; separated by ; or spaces",
            ),
            unit_column("unit", "单位").default("t").meaning(
                "交易所用的单位，定其量纲：t、m3、Nm3、kWh、块 …",
                "unit in which it is traded; fixes its dimension: t, m3, Nm3, kWh, 块 …",
            ),
            column("basis", "基准", Kind::Choice(words::BASIS))
                .default("wet")
                .meaning("按湿基还是干基计量", "measured wet or dry"),
            column("moisture", "含水率", Kind::Share)
                .structure()
                .meaning("湿基含水率", "water content of the wet material"),
            column("density", "密度", Kind::Number)
                .structure()
                .unit_in("density_unit", DefaultUnit::Text("t/m3"))
                .meaning("密度：体积与质量换算用", "density: converts volumes to mass"),
            unit_column("density_unit", "密度单位").meaning(
                "密度的单位，默认 t/m3；气体如 kg/Nm3，块材如 kg/块",
                "unit of the density, by default t/m3; kg/Nm3 for gases, kg/块 for pieces",
            ),
            column("calorific_value", "热值", Kind::Number)
                .structure()
                .unit_in("calorific_unit", DefaultUnit::Text("GJ/t"))
                .meaning(
                    "低位热值；未给折标系数时由它计算",
                    "lower calorific value; gives the coal equivalent where none is given",
                ),
            unit_column("calorific_unit", "热值单位")
                .meaning("热值的单位，默认 GJ/t", "unit of the calorific value, by default GJ/t"),
            column("coal_equivalent", "折标系数", Kind::Number)
                .structure()
                .unit_in("coal_equivalent_unit", DefaultUnit::CoalEquivalentPerMaterial)
                .meaning("每单位折标准煤", "coal equivalent per unit"),
            unit_column("coal_equivalent_unit", "折标单位")
                .meaning("如 kgce/kg、tce/t、kgce/kWh", "such as kgce/kg, tce/t, kgce/kWh"),
            column("co2_factor", "二氧化碳系数", Kind::Number)
                .structure()
                .unit_in("co2_unit", DefaultUnit::MassPerMaterial)
                .meaning("使用时每单位排放的二氧化碳", "CO₂ per unit when used"),
            unit_column("co2_unit", "二氧化碳系数单位").meaning("如 t/t、kg/kWh", "such as t/t, kg/kWh"),
        ],
    },
    TableAttributes {
        table: TableKind::Technologies,
        zh: "工艺",
        meaning_zh: "工艺：配方及通常的驱动、处理方式；与目录同编号的一行代替目录的一行，配方写在 recipes 表",
        meaning_en: "technologies: recipes with usual settings; a row with an id of the catalogue replaces the catalogue's; recipes stand in `recipes`",
        required: false,
        unique: &["id"],
        columns: &[
            id(),
            name(),
            name_en(),
            column("driver", "驱动", Kind::Choice(words::DRIVER))
                .meaning("通常由什么决定运行量", "what usually sets its activity"),
            column("treatment", "处理方式", Kind::Choice(words::TREATMENT))
                .default("none")
                .meaning("处理方式", "treatment"),
            column("reference", "基准物质", Kind::Reference(TableKind::Materials)).meaning(
                "通常的基准物质；空则为主料、否则第一行产品",
                "usual reference; empty: the feed, else the first product",
            ),
            column("called", "应需产品", Kind::Reference(TableKind::Materials)).meaning(
                "通常的应需产品；空则为第一行产品",
                "usual product made on call; empty: the first product",
            ),
            column("open", "允许不平衡", Kind::Flag)
                .structure()
                .default("no")
                .meaning("声明质量不必平衡", "declares that mass need not close"),
            column("capital", "单位能力投资", Kind::Quantity)
                .unit_in("capital_unit", DefaultUnit::YuanPerReference)
                .meaning("每单位年能力的投资", "investment per unit of yearly capacity"),
            unit_column("capital_unit", "投资单位").meaning("如 元/t、万元/t", "such as 元/t, 万元/t"),
            column("jobs", "单位能力就业", Kind::Quantity)
                .unit_in("jobs_unit", DefaultUnit::PersonsPerReference)
                .meaning("每单位年能力的就业", "jobs per unit of yearly capacity"),
            unit_column("jobs_unit", "就业单位").meaning("如 人/万t", "such as 人/万t"),
        ],
    },
    TableAttributes {
        table: TableKind::Recipes,
        zh: "配方",
        meaning_zh: "配方：工艺（或工序）的投入与产出，各行按同一比例书写；为目录工艺写了任何一行，就代替目录的整个配方",
        meaning_en: "recipes: what a technology (or process) takes and gives, all rows in one proportion; any row for a technology of the catalogue replaces the whole of the catalogue's recipe",
        required: false,
        unique: &[],
        columns: &[
            column("technology", "工艺", Kind::Reference(TableKind::Technologies))
                .meaning("工艺；与工序二选一", "technology; either this or process"),
            column("process", "工序", Kind::Reference(TableKind::Processes))
                .meaning("工序；与工艺二选一", "process; either this or technology"),
            column("role", "角色", Kind::Choice(words::ROLE))
                .required()
                .meaning("这一行的角色", "what the row is"),
            column("material", "物质", Kind::Reference(TableKind::Materials))
                .required()
                .meaning("物质", "material"),
            column("quantity", "数量", Kind::QuantityOrRest)
                .required()
                .unit_in("unit", DefaultUnit::Material)
                .meaning("数量；rest 表示由质量平衡得出", "amount; `rest` is what closes the mass balance"),
            unit_column("unit", "单位")
                .meaning("数量的单位；空则为物质的单位", "unit of the amount; empty: the material's"),
            column("basis", "基准", Kind::Choice(words::BASIS)).meaning(
                "数量按湿基还是干基；空则按物质",
                "whether the amount is wet or dry; empty: as the material",
            ),
        ],
    },
    TableAttributes {
        table: TableKind::Activity,
        zh: "运行量",
        meaning_zh: "定量工序各年的运行量；其间线性，其后不变或按增长率",
        meaning_en: "activity of `level` processes by year; linear between, held or grown after",
        required: false,
        unique: &["process", "year"],
        columns: &[
            column("process", "工序", Kind::Reference(TableKind::Processes))
                .required()
                .meaning("工序", "process"),
            column("year", "年份", Kind::Year).structure().required().meaning("年份", "year"),
            column("level", "运行量", Kind::Quantity)
                .required()
                .unit_in("unit", DefaultUnit::ReferencePerYear)
                .meaning("运行量，按基准物质", "activity in the reference material"),
            unit_column("unit", "单位").meaning("运行量的单位", "unit of the activity"),
            column("growth", "年增长率", Kind::Number)
                .unit(DefaultUnit::Text(""))
                .meaning("最后给定年份之后的年增长率", "yearly growth after the last given year"),
        ],
    },
    TableAttributes {
        table: TableKind::Demand,
        zh: "需求",
        meaning_zh: "各地对物质的最终需求",
        meaning_en: "final demand for a material at a place",
        required: false,
        unique: &["material", "place", "year"],
        columns: &[
            column("material", "物质", Kind::Reference(TableKind::Materials))
                .required()
                .meaning("物质", "material"),
            column("place", "地点", Kind::Reference(TableKind::Places))
                .meaning("地点；空则为全市", "place; empty: the city"),
            column("year", "年份", Kind::Year).structure().required().meaning("年份", "year"),
            column("quantity", "数量", Kind::Quantity)
                .required()
                .unit_in("unit", DefaultUnit::MaterialPerYear)
                .meaning("每年的需求量", "demand per year"),
            unit_column("unit", "单位").meaning("数量的单位", "unit of the quantity"),
            column("growth", "年增长率", Kind::Number)
                .unit(DefaultUnit::Text(""))
                .meaning("最后给定年份之后的年增长率", "yearly growth after the last given year"),
        ],
    },
    TableAttributes {
        table: TableKind::Markets,
        zh: "市场",
        meaning_zh: "市场规则；没有写到的市场按物质类型的默认规则，园区没有行就没有自己的市场",
        meaning_en: "rules of markets; a market without a row has the defaults of its material's kind, and a park without a row has no market of its own",
        required: false,
        unique: &["material", "place"],
        columns: &[
            column("material", "物质", Kind::Reference(TableKind::Materials))
                .required()
                .meaning("物质", "material"),
            column("place", "地点", Kind::Reference(TableKind::Places))
                .meaning("地点；空则为全市", "place; empty: the city"),
            column("import_limit", "调入上限", Kind::Quantity)
                .change(ChangeRule::GivenValue)
                .unit_in("unit", DefaultUnit::MaterialPerYear)
                .meaning("每年最多调入；空则按类型", "greatest import per year; empty: by kind"),
            column("export_limit", "调出上限", Kind::Quantity)
                .change(ChangeRule::GivenValue)
                .unit_in("unit", DefaultUnit::MaterialPerYear)
                .meaning("每年最多调出；空则按类型", "greatest export per year; empty: by kind"),
            column("opening_stock", "期初库存", Kind::Quantity)
                .change(ChangeRule::GivenValue)
                .unit_in("unit", DefaultUnit::Material)
                .meaning("基年年初的贮存量", "stock at the begin of the base year"),
            column("reclaim_limit", "取用上限", Kind::Quantity)
                .change(ChangeRule::GivenValue)
                .unit_in("unit", DefaultUnit::MaterialPerYear)
                .meaning(
                    "每年最多取用的往年贮存；空则按比例，否则为 0",
                    "greatest use of prior-year stock per year; empty: by share, else 0",
                ),
            column("pass_up_limit", "上送上限", Kind::Quantity)
                .change(ChangeRule::GivenValue)
                .unit_in("unit", DefaultUnit::MaterialPerYear)
                .meaning("每年最多送往上级市场的剩余", "greatest surplus passed up per year"),
            unit_column("unit", "单位").meaning(
                "数量的单位，如 万t；按年的量可写 万t 或 万t/年",
                "unit of the amounts, such as 万t; yearly amounts may be written 万t or 万t/a",
            ),
            column("reclaim_share", "取用比例", Kind::Quantity)
                .change(ChangeRule::GivenValue)
                .unit(DefaultUnit::Text(""))
                .meaning(
                    "每年最多取用当年年初贮存的比例",
                    "greatest use per year as a share of the opening stock",
                ),
            column("import_price", "调入价", Kind::Quantity)
                .unit_in("price_unit", DefaultUnit::YuanPerMaterial)
                .meaning("调入价格", "import price"),
            column("export_price", "调出价", Kind::SignedQuantity)
                .unit_in("price_unit", DefaultUnit::YuanPerMaterial)
                .meaning("调出价格", "export price"),
            unit_column("price_unit", "价格单位").meaning(
                "价格的单位，默认 元 每物质单位",
                "unit of the prices, by default 元 per unit of the material",
            ),
            column("sink", "归宿", Kind::Choice(words::SINK))
                .meaning("剩余的归宿；空则按类型", "where a surplus ends; empty: by kind"),
            column("export_as", "调出视同", Kind::Choice(words::TREATMENT)).meaning(
                "指标把调出的废物算作哪种处理；空则既不算利用也不算贮存",
                "the treatment as which indicators count exported waste; empty: neither used nor stored",
            ),
            column("keep_local", "留在本地", Kind::Flag)
                .structure()
                .default("no")
                .meaning("剩余不送往上级市场", "whether a surplus stays and is not passed up"),
        ],
    },
    TableAttributes {
        table: TableKind::Effects,
        zh: "效果",
        meaning_zh: "项目投产后的其他变化",
        meaning_en: "what a project changes when on stream, beyond its added capacity",
        required: false,
        unique: &[],
        columns: &[
            column("project", "项目", Kind::Reference(TableKind::Projects))
                .required()
                .meaning("项目", "project"),
            column("kind", "类型", Kind::Choice(words::EFFECT_KIND))
                .required()
                .meaning("改变什么", "what is changed"),
            column("process", "工序", Kind::Reference(TableKind::Processes))
                .meaning("工序（能力、系数、产量）", "process (capacity, coefficient, level)"),
            column("stock", "在用存量", Kind::Reference(TableKind::Stocks)).meaning(
                "在用存量：产量（level）改的是它的投入量或年末存量",
                "in-use stock: a `level` changes what enters it or what is in stock, whichever is given",
            ),
            column("role", "角色", Kind::Choice(words::ROLE)).meaning(
                "配方行的角色；同一物质有多行时需要",
                "role of the recipe row; needed where a material has several",
            ),
            column("material", "物质", Kind::Reference(TableKind::Materials))
                .meaning("配方行的物质（系数）", "material of the recipe row (coefficient)"),
            column("statistic", "统计量", Kind::Statistic)
                .meaning("统计量的代号或名称", "key or name of the statistic"),
            column("place", "地点", Kind::Reference(TableKind::Places))
                .meaning("统计量的地点；空则为全市", "place of the statistic; empty: the city"),
            column("operation", "运算", Kind::Choice(words::OPERATION))
                .default("+")
                .meaning("设为、乘以或加上", "=, × or +"),
            column("value", "数值", Kind::SignedQuantity)
                .required()
                .unit_in("unit", DefaultUnit::Effect)
                .meaning(
                    "数值；系数按配方写法的比例",
                    "value; a coefficient in the scale in which the recipe is written",
                ),
            unit_column("unit", "单位").meaning("数值的单位；乘以时不填", "unit of the value; none with ×"),
        ],
    },
    TableAttributes {
        table: TableKind::Relations,
        zh: "关系",
        meaning_zh: "项目之间的关系",
        meaning_en: "relations between projects",
        required: false,
        unique: &[],
        columns: &[
            column("project", "项目", Kind::Reference(TableKind::Projects))
                .required()
                .meaning("受约束的项目", "the project that is bound"),
            column("kind", "关系", Kind::Choice(words::RELATION))
                .required()
                .meaning("依赖、互斥、至少建其中一个", "needs, excludes, needs_one_of"),
            column("others", "其他项目", Kind::References(TableKind::Projects))
                .required()
                .meaning("其他项目，用 ; 或空格分隔", "the other projects, separated by ; or spaces"),
        ],
    },
    TableAttributes {
        table: TableKind::Prices,
        zh: "价格",
        meaning_zh: "物质的价格，按年份",
        meaning_en: "prices of materials by year",
        required: false,
        unique: &["material", "year"],
        columns: &[
            column("material", "物质", Kind::Reference(TableKind::Materials))
                .required()
                .meaning("物质", "material"),
            column("year", "年份", Kind::Year).structure().required().meaning("年份", "year"),
            column("price", "价格", Kind::SignedQuantity)
                .required()
                .unit_in("unit", DefaultUnit::YuanPerMaterial)
                .meaning("价格", "price"),
            unit_column("unit", "单位").meaning("价格的单位，如 元/t", "unit of the price, such as 元/t"),
            column("growth", "年增长率", Kind::Number)
                .unit(DefaultUnit::Text(""))
                .meaning("最后给定年份之后的年增长率", "yearly growth after the last given year"),
        ],
    },
    TableAttributes {
        table: TableKind::Parameters,
        zh: "参数",
        meaning_zh: "有名字的（不确定）数值，其他表用 =编号 引用",
        meaning_en: "named (uncertain) numbers, used in other tables as =id",
        required: false,
        unique: &["id"],
        columns: &[
            id(),
            column("name", "名称", Kind::Text).meaning("名称", "name"),
            column("value", "数值", Kind::SignedQuantity)
                .required()
                .meaning("数值", "value"),
            unit_column("unit", "单位").meaning(
                "数值的单位；空则按引用它的格子的单位理解",
                "unit of the value; empty: that of the cell that uses it",
            ),
        ],
    },
    TableAttributes {
        table: TableKind::Sources,
        zh: "来源",
        meaning_zh: "引用的来源",
        meaning_en: "sources that are cited",
        required: false,
        unique: &["id"],
        columns: &[
            id(),
            column("title", "标题", Kind::Text).required().meaning("标题", "title"),
            column("address", "网址", Kind::Text).meaning("网址", "address"),
            column("read", "阅读日期", Kind::Text).meaning("阅读的日期", "day it was read"),
            column("verified", "核对", Kind::Text).meaning(
                "谁、何时、哪一页核对了原文；空则未核对",
                "who checked the text, when, at which page; empty: nobody",
            ),
        ],
    },
];
