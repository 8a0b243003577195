//! Texts about what scenarios change (E15x, E160).

use super::{Severity, Text};

pub(super) static TEXTS: &[Text] = &[
    Text {
        code: "E151",
        severity: Severity::Error,
        zh: "没有“{found}”这张表[[，最接近的是“{nearest}”]]",
        en: "there is no table “{found}”[[; the nearest is “{nearest}”]]",
        explain_zh: "table 列写表的英文名或中文名。",
        explain_en: "The column table holds the name of a table in either language.",
    },
    Text {
        code: "E152",
        severity: Severity::Error,
        zh: "表 {table} 没有“{found}”这一列[[，最接近的是“{nearest}”]]",
        en: "the table {table} has no column “{found}”[[; the nearest is “{nearest}”]]",
        explain_zh: "列名见 docs/tables.md。",
        explain_en: "The columns stand in docs/tables.md.",
    },
    Text {
        code: "E153",
        severity: Severity::Error,
        zh: "“{found}”这一列不能由情景变动",
        en: "the column “{found}” may not be changed by a scenario",
        explain_zh: "编号、引用、工艺、角色，还有工序的顺序 priority、处理方式、驱动，市场的归宿 sink、留在本地 keep_local 等是结构，各情景必须相同，这样各情景才能互相比较；要比较它们请复制模型文件夹。能变动的列见 docs/tables.md。",
        explain_en: "Ids, references, technologies and roles, and also priority, treatment and driver of processes, sink and keep_local of markets are structure: it is the same in all scenarios, so that they can be compared. To compare another structure copy the model folder. docs/tables.md says which columns may change.",
    },
    Text {
        code: "E154",
        severity: Severity::Error,
        zh: "看不懂行的条件“{found}”",
        en: "the condition “{found}” cannot be understood",
        explain_zh: "写 列=值，几个条件用 ; 隔开，值里可以用 * 代表任意文字；所有行写 *。",
        explain_en: "Write column=value, several separated by ;, with * for any text; * alone for all rows.",
    },
    Text {
        code: "E155",
        severity: Severity::Error,
        zh: "表 {table} 没有年份列，years 要留空",
        en: "the table {table} has no year: leave years empty",
        explain_zh: "years 只用来挑选有年份的行。",
        explain_en: "years selects rows that have a year.",
    },
    Text {
        code: "E156",
        severity: Severity::Error,
        zh: "“{found}”不是年份范围",
        en: "“{found}” is no span of years",
        explain_zh: "写 2017..2020 或 2017。",
        explain_en: "Write 2017..2020 or 2017.",
    },
    Text {
        code: "E157",
        severity: Severity::Error,
        zh: "“{found}”在表 {table} 里一行也没有选中",
        en: "“{found}” meets no row of the table {table}",
        explain_zh: "没有选中任何行的变动多半是写错了，所以算错误。",
        explain_en: "A change that meets nothing is most likely a mistake, so it is an error.",
    },
    Text {
        code: "E158",
        severity: Severity::Error,
        zh: "第 {found} 行的“{column}”在基本表里是空的，不能由情景变动（“{value}”）",
        en: "the column “{column}” is empty in line {found} of the base table: no scenario can change it (“{value}”)",
        explain_zh: "没有数就不能乘或加；市场的上限、库存等还会改变结构，要在基本表里先给出。",
        explain_en: "Nothing can be multiplied or added where there is no number; limits and stocks of markets are structure besides, and must be given in the base table.",
    },
    Text {
        code: "E159",
        severity: Severity::Error,
        zh: "“{found}”不能按“{value}”计算（列 {column}）",
        en: "“{found}” cannot be computed with “{value}” (column {column})",
        explain_zh: "× 要 0 或正数，+ 要普通的数；格子里写 =参数 时请改参数本身，对数正态分布不能加。",
        explain_en: "× takes 0 or more, + a plain number; where a cell says =parameter change the parameter, and nothing can be added to a lognormal.",
    },
    Text {
        code: "E160",
        severity: Severity::Error,
        zh: "情景“{scenario}”的变动之后多出 {count} 个问题（另外列出）",
        en: "after its changes scenario “{scenario}” has {count} findings more (listed too)",
        explain_zh: "变动后的表要满足与基本表同样的要求。",
        explain_en: "The changed tables must keep to the same rules as the base tables.",
    },
    Text {
        code: "E161",
        severity: Severity::Error,
        zh: "只变动其中几年做不到：“{column}”的“{found}”与相邻年份之间取不了直线值",
        en: "a change of some years only cannot be made: between “{found}” in “{column}” and its neighbour there is no straight line",
        explain_zh: "没有给定的年份要先按直线补出来，变动才不会带动别的年份。带不确定性的数、引用的参数（=名称）和单位不同的相邻行补不出来。\
                     请为这几年各写一行，或去掉 years。",
        explain_en: "Years that are not given are filled in on the straight line first, so that the change does not move others. \
                     An uncertain number, a reference to a parameter (=name) and a neighbour in another unit cannot be. Write a \
                     row for each of these years, or clear `years`.",
    },
];
