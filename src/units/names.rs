//! The names of units and what one of each is in base units.

use super::{Dimension, Period};

/// A simple unit.
pub(super) struct Named {
    /// Symbols and names, Chinese ones included.
    pub(super) names: &'static [&'static str],
    /// Base units in one.
    pub(super) factor: f64,
    /// What it measures.
    pub(super) dimension: Dimension,
    /// Whether letter case does not matter (never where it tells mega from milli).
    pub(super) any_case: bool,
}

const fn unit(names: &'static [&'static str], factor: f64, dimension: Dimension) -> Named {
    Named { names, factor, dimension, any_case: false }
}

const fn loose(names: &'static [&'static str], factor: f64, dimension: Dimension) -> Named {
    Named { names, factor, dimension, any_case: true }
}

/// Kilowatt-hours in a gigajoule.
const KWH_PER_GJ: f64 = 1.0e6 / 3600.0;

pub(super) static NAMED: &[Named] = &[
    loose(&["t", "吨", "tonne", "tonnes"], 1.0, Dimension::Mass),
    unit(&["kt", "千吨"], 1.0e3, Dimension::Mass),
    unit(&["Mt", "兆吨"], 1.0e6, Dimension::Mass),
    loose(&["kg", "千克", "公斤"], 1.0e-3, Dimension::Mass),
    unit(&["g", "克"], 1.0e-6, Dimension::Mass),
    unit(&["m3", "立方米", "立方", "方"], 1.0, Dimension::Volume),
    loose(&["L", "升"], 1.0e-3, Dimension::Volume),
    loose(&["Nm3", "标立方米", "标准立方米", "标方"], 1.0, Dimension::NormalVolume),
    loose(&["tce", "吨标准煤", "吨标煤"], 1.0, Dimension::CoalEquivalent),
    loose(&["kgce", "千克标准煤", "千克标煤", "公斤标煤"], 1.0e-3, Dimension::CoalEquivalent),
    unit(&["gce", "克标准煤", "克标煤"], 1.0e-6, Dimension::CoalEquivalent),
    loose(&["kWh", "千瓦时", "千瓦小时", "度"], 1.0, Dimension::Energy),
    unit(&["MWh", "兆瓦时"], 1.0e3, Dimension::Energy),
    unit(&["GWh", "吉瓦时"], 1.0e6, Dimension::Energy),
    unit(&["kJ", "千焦"], KWH_PER_GJ * 1.0e-6, Dimension::Energy),
    unit(&["MJ", "兆焦"], KWH_PER_GJ * 1.0e-3, Dimension::Energy),
    unit(&["GJ", "吉焦"], KWH_PER_GJ, Dimension::Energy),
    unit(&["TJ", "太焦"], KWH_PER_GJ * 1.0e3, Dimension::Energy),
    loose(&["元", "yuan", "CNY", "RMB", "人民币元"], 1.0, Dimension::Money),
    unit(&["分"], 0.01, Dimension::Money),
    loose(&["ha", "公顷"], 1.0, Dimension::Area),
    unit(&["亩", "mu"], 1.0 / 15.0, Dimension::Area),
    unit(&["km2", "平方公里", "平方千米"], 100.0, Dimension::Area),
    unit(&["m2", "平方米", "平米"], 1.0e-4, Dimension::Area),
    loose(&["人", "persons", "person", "口"], 1.0, Dimension::Persons),
    loose(
        &["件", "块", "辆", "台", "个", "匹", "套", "piece", "pieces", "vehicle", "vehicles"],
        1.0,
        Dimension::Pieces,
    ),
    unit(&["1", "比例"], 1.0, Dimension::Number),
    unit(&["%", "百分比"], 0.01, Dimension::Number),
    unit(&["‰"], 0.001, Dimension::Number),
];

/// Power: energy per hour. Name and kilowatts.
pub(super) static POWER: &[(&str, f64)] = &[
    ("W", 1.0e-3),
    ("kW", 1.0),
    ("千瓦", 1.0),
    ("MW", 1.0e3),
    ("兆瓦", 1.0e3),
    ("GW", 1.0e6),
    ("吉瓦", 1.0e6),
];

/// Words for "how many of the unit after it".
pub(super) static MULTIPLES: &[(&str, f64)] = &[
    ("千万", 1.0e7),
    ("百万", 1.0e6),
    ("十万", 1.0e5),
    ("万", 1.0e4),
    ("亿", 1.0e8),
    ("千", 1.0e3),
    ("百", 1.0e2),
    ("wan ", 1.0e4),
];

/// Periods that a rate may be per.
pub(super) static PERIODS: &[(&[&str], Period)] = &[
    (&["a", "y", "yr", "year", "年"], Period::Year),
    (&["d", "day", "日", "天"], Period::Day),
    (&["h", "hr", "hour", "小时", "时"], Period::Hour),
];
