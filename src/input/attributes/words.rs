//! The words of columns that allow only some.

/// A word of a table with its Chinese form; both are accepted in either language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub word: &'static str,
    /// Chinese form.
    pub zh: &'static str,
}

const fn word(word: &'static str, zh: &'static str) -> Word {
    Word { word, zh }
}

/// Kinds of places.
pub static PLACE_KIND: &[Word] = &[
    word("city", "市"),
    word("county", "县区"),
    word("park", "园区"),
    word("agricultural_park", "农业园区"),
    word("zone", "开发区"),
];

/// What sets a process's activity.
pub static DRIVER: &[Word] =
    &[word("level", "定量"), word("feed", "按来料"), word("demand", "按需求"), word("both", "双向")];

/// What is given of an in-use stock.
pub static STOCK_DRIVER: &[Word] = &[word("inflow", "投入量"), word("stock", "存量")];

/// When in its year a cohort enters use.
pub static CONVENTION: &[Word] =
    &[word("average", "全年均匀"), word("mid_period_age", "年中"), word("end_of_period_age", "年末")];

/// Where an in-use stock falls faster than it ages.
pub static FALLING: &[Word] = &[word("leaves_early", "提前退出"), word("refused", "报错")];

/// Treatments; `none` is a process that does not treat waste.
pub static TREATMENT: &[Word] = &[
    word("reuse", "再使用"),
    word("utilisation", "综合利用"),
    word("energy_recovery", "能量回收"),
    word("backfill", "回填"),
    word("none", "无"),
    word("treatment", "处理"),
    word("storage", "贮存"),
    word("disposal", "处置"),
];

/// Classes of projects.
pub static PROJECT_CLASS: &[Word] = &[word("key", "重点"), word("general", "一般")];

/// Levels of funds.
pub static FUND_LEVEL: &[Word] = &[
    word("central", "中央"),
    word("provincial", "省级"),
    word("municipal", "市级"),
    word("county", "县级"),
    word("enterprise", "企业自筹"),
    word("bank", "银行"),
    word("social", "社会资本"),
];

/// Whether a fund is set up once or every year.
pub static RECURRENCE: &[Word] = &[word("once", "一次"), word("yearly", "每年")];

/// States of appropriations.
pub static APPROPRIATION_STATE: &[Word] =
    &[word("paid_in", "已到位"), word("committed", "已承诺"), word("requested", "已申请")];

/// What happens when the money of a row is missing.
pub static IF_MISSING: &[Word] =
    &[word("wait", "等待"), word("owner_covers", "业主垫付"), word("drop", "不开工")];

/// What a rule of choosing asks.
pub static CHOICE_RULE: &[Word] = &[
    word("must_have", "必建"),
    word("must_not", "不建"),
    word("start_window", "开工期限"),
    word("starts_a_year", "每年最多开工"),
    word("at_least", "至少个数"),
];

/// What a scenario does with a project.
pub static DECISION: &[Word] = &[word("build", "建"), word("skip", "不建")];

/// Kinds of materials.
pub static MATERIAL_KIND: &[Word] = &[
    word("resource", "资源"),
    word("product", "产品"),
    word("waste", "废物"),
    word("water", "水"),
    word("energy", "能源"),
    word("emission", "排放"),
];

/// Basis of an amount.
pub static BASIS: &[Word] = &[word("wet", "湿基"), word("dry", "干基")];

/// Roles of recipe rows.
pub static ROLE: &[Word] = &[
    word("feed", "主料"),
    word("input", "投入"),
    word("product", "产品"),
    word("byproduct", "副产品"),
    word("recirculated", "厂内循环"),
    word("emission", "排放"),
    word("loss", "损失"),
];

/// Where a surplus ends.
pub static SINK: &[Word] = &[word("storage", "贮存"), word("disposal", "处置"), word("discharge", "外排")];

/// What an effect changes.
pub static EFFECT_KIND: &[Word] = &[
    word("capacity", "能力"),
    word("coefficient", "系数"),
    word("level", "产量"),
    word("statistic", "统计量"),
];

/// How a value is changed.
pub static OPERATION: &[Word] = &[word("=", "设为"), word("×", "乘以"), word("+", "加上")];

/// Kinds of relations between projects.
pub static RELATION: &[Word] =
    &[word("needs", "依赖"), word("excludes", "互斥"), word("needs_one_of", "至少一个")];

/// What a measurement is of.
pub static OBSERVED: &[Word] = &[
    word("activity", "运行量"),
    word("input", "投入量"),
    word("output", "产出量"),
    word("coefficient", "单耗"),
    word("demand", "最终需求"),
    word("import", "调入量"),
    word("extraction", "采取量"),
    word("export", "调出量"),
    word("stored", "贮存量"),
    word("disposed", "处置量"),
    word("discharged", "外排量"),
    word("reclaimed", "取用往年贮存量"),
    word("closing_stock", "期末库存"),
];

/// Substances that materials contain.
pub static SUBSTANCE: &[Word] = &[
    word("ash", "灰分"),
    word("carbon", "碳"),
    word("sulphur", "硫"),
    word("iron", "铁"),
    word("aluminium", "铝"),
    word("silicon", "硅"),
    word("calcium", "钙"),
    word("nitrogen", "氮"),
    word("phosphorus", "磷"),
    word("hydrogen", "氢"),
    word("chlorine", "氯"),
    word("copper", "铜"),
    word("zinc", "锌"),
    word("lead", "铅"),
    word("mercury", "汞"),
    word("dry_matter", "干物质"),
];

/// Qualities of data, best first.
pub static QUALITY: &[Word] = &[
    word("seed", "原文"),
    word("official", "官方"),
    word("published", "已发表"),
    word("measured", "实测"),
    word("derived", "推算"),
    word("secondary", "转引"),
    word("estimate", "估计"),
    word("assumption", "假设"),
];
