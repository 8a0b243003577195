//! The manual of the tables, written from the attribute list: `docs/tables.md`.

use super::attributes::{
    self, Attribute, COMMON, ChangeRule, DefaultUnit, Kind, NOT_YET, Presence, TableAttributes, Word,
};
use super::settings;
use std::fmt::Write as _;

/// What stands before the tables.
const INTRODUCTION: &str = "\
<!-- Written by the program: CIRCFLOW_REGENERATE=1 cargo test manual -->

# 表 / Tables

一个模型是一个文件夹：`model.toml` 和每张表一个 CSV 文件；或者是一个工作簿，每张表一页（见 [workbooks.md](workbooks.md)）。文件名和表头用英文或中文都可以；编码可以是 UTF-8（有无 BOM）、GB18030 \
或带 BOM 的 UTF-16；分隔符可以是逗号、分号或制表符。每张表的末尾都可以有 `source`（来源）、`quality`（数据质量）、`note`（备注）三列。

A model is a folder: `model.toml`, and one CSV file a table; or a workbook with one sheet a table (see \
[workbooks.md](workbooks.md)). File names and headers may be in either language; the encoding \
UTF-8 (with or without BOM), GB18030, or UTF-16 with BOM; the separator a comma, semicolon or tab. Every table may end with \
the columns `source`, `quality` and `note`.

- **引用 / references**: 写编号，或唯一的中文名称；多个用 `;` 隔开。The id, or the name where it is unique; several separated by `;`.
- **数 / numbers**: `0.18` · `1,200` · `65%` · `0.18±0.02` · `0.18±10%` · `normal(0.18, 0.02)` · `lognormal(0.18, 10%)` · \
`triangular(0.15, 0.18, 0.22)` · `uniform(0.15, 0.22)` · `trapezoid(a, b, c, d)` · `=parameter` · 配方里的 `rest`. \
± 是一个标准差；带 % 的是相对值。全角数字和符号可以用。± is one standard deviation, relative where written in %. Full width is accepted.
- **单位 / units**: 单位写在单位列，或写成表头下面的一行单位（这一行只能有单位）。Units stand in the unit column, or in a units row \
below the header, which holds nothing but units. \
t kt 万t Mt kg · m3 Nm3 万m3 亿m3 L · tce kgce 万tce · kWh 万kWh 亿kWh MJ GJ · 元 万元 亿元 · ha 亩 km2 m2 · 人 万人 · \
块 万块 辆 台 件 · % · /a /d /h · kW MW · kWh/t 元/t 万元/t …
- **空格 / empty cells**: 空就是没有，从不当作 0；有默认值的列用默认值，`check` 会列出。Empty is missing, never 0; where there is \
a default it stands, and `check` lists it.
- **变动 / changes**: 标 ✓ 的列可以由情景的 `changes` 变动；标 (✓) 的只在基本表已给数时可以。Columns marked ✓ may be changed by a \
scenario's `changes`; those marked (✓) only where the base table gives a value. \
没有标记的列是结构（编号、引用、工艺，还有工序的 `priority`、`treatment`、`driver`，市场的 `sink`、`keep_local` 等），各情景必须相同，\
变动它们是错误 E153；要比较别的顺序或去处，请复制模型文件夹。Columns without a mark are structure (ids, references, technologies, and \
also `priority`, `treatment` and `driver` of processes, `sink` and `keep_local` of markets): they are the same in all scenarios, and \
changing one is error E153. To compare another order or sink, copy the model folder.
";

/// The whole manual.
#[must_use]
pub fn manual() -> String {
    let mut page = INTRODUCTION.to_owned();
    page.push_str("\n## model.toml\n\n| key | 含义 | meaning |\n|---|---|---|\n");
    for (key, zh, en) in settings::KEYS {
        let _ = writeln!(page, "| `{key}` | {zh} | {en} |");
    }
    for table in attributes::all() {
        one(&mut page, table);
    }
    page.push_str("\n## 各表共有 / In every table\n\n");
    head(&mut page);
    for attribute in COMMON {
        line(&mut page, attribute);
    }
    page.push_str("\n## 尚未读取 / Not read yet\n\n");
    page.push_str("下列表名已经保留；现在出现会被拒绝，不会被忽略。These names are reserved; a file of theirs is refused, never ignored.\n\n");
    for (table, zh) in NOT_YET {
        let _ = writeln!(page, "- `{}.csv` · `{zh}.csv`", table.stem());
    }
    page
}

fn one(page: &mut String, table: &TableAttributes) {
    let needed = if table.required { "（必需 / required）" } else { "" };
    let _ = writeln!(page, "\n## {} · {}{needed}\n", table.table.stem(), table.zh);
    let _ = writeln!(page, "{}。\n", table.meaning_zh);
    let meaning = capitalised(table.meaning_en);
    let _ = writeln!(page, "{meaning}.\n");
    if !table.unique.is_empty() && table.unique != ["id"] {
        let columns: Vec<String> = table.unique.iter().map(|key| format!("`{key}`")).collect();
        let _ = writeln!(page, "不可重复 / only once: {}\n", columns.join(" + "));
    }
    head(page);
    for attribute in table.columns {
        line(page, attribute);
    }
}

fn head(page: &mut String) {
    page.push_str("| column | 列名 | 类型 type | 单位 unit | 默认 default | 变动 | 含义 | meaning |\n|---|---|---|---|---|---|---|---|\n");
}

fn line(page: &mut String, attribute: &Attribute) {
    let default = match attribute.presence {
        Presence::Required => "**必填 required**".to_owned(),
        Presence::Optional => String::new(),
        Presence::Default(value) => format!("`{value}`"),
        Presence::FromTechnology => "工艺的 the technology's".to_owned(),
    };
    let change = match attribute.change {
        ChangeRule::Never => "",
        ChangeRule::Value => "✓",
        ChangeRule::GivenValue => "(✓)",
    };
    let _ = writeln!(
        page,
        "| `{}` | {} | {} | {} | {default} | {change} | {} | {} |",
        attribute.key,
        attribute.zh,
        kind(attribute.kind),
        unit(attribute),
        cell(attribute.meaning_zh),
        cell(attribute.meaning_en),
    );
}

/// A text that may stand in a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn kind(kind: Kind) -> String {
    let words = |words: &'static [Word]| {
        let words: Vec<String> = words.iter().map(|w| format!("`{}` {}", w.word, w.zh)).collect();
        words.join("，")
    };
    match kind {
        Kind::Id => "编号 id".into(),
        Kind::Text => "文字 text".into(),
        Kind::Statistic => "统计量的代号或名称 key or name of a statistic".into(),
        Kind::Indicator => "指标的编号或名称 id or name of an indicator".into(),
        Kind::Words => "若干词 words".into(),
        Kind::Reference(table) => format!("→ `{}`", table.stem()),
        Kind::References(table) => format!("→ `{}` …", table.stem()),
        Kind::Choice(choice) => words(choice),
        Kind::Choices(choice) => format!("{} …", words(choice)),
        Kind::Flag => "`yes` 是，`no` 否".into(),
        Kind::Year => "年 year".into(),
        Kind::Years => "年份 years `2017..2020`".into(),
        Kind::Month => "月 month `2016-07`".into(),
        Kind::Whole { least, most } => format!("整数 whole {least}–{most}"),
        Kind::Share => "比例 share 0–1".into(),
        Kind::Number => "确定的数 exact number".into(),
        Kind::Quantity => "数 ≥ 0 number".into(),
        Kind::SignedQuantity => "数 number".into(),
        Kind::QuantityOrRest => "数 ≥ 0 或 `rest`".into(),
        Kind::Money => "金额 money".into(),
        Kind::Unit => "单位 unit".into(),
        Kind::Lifetime => "寿命 lifetime".into(),
        Kind::Payment => "付款方式 payment".into(),
        Kind::MatchingRule => "配套规则 rule".into(),
        Kind::RowSelector => "行的条件 condition".into(),
        Kind::TableName => "表名 table".into(),
        Kind::AnyValue => "该列的值 its value".into(),
        Kind::Source => "来源 source".into(),
    }
}

fn unit(attribute: &Attribute) -> String {
    let usual = match attribute.unit.default {
        DefaultUnit::None | DefaultUnit::Text("") => "",
        DefaultUnit::Text(unit) => unit,
        DefaultUnit::Material => "物质的 the material's",
        DefaultUnit::MaterialPerYear => "物质的/a the material's per year",
        DefaultUnit::YuanPerMaterial => "元/物质单位 per unit of the material",
        DefaultUnit::ReferencePerYear => "基准物质的/a the reference's per year",
        DefaultUnit::YuanPerReference => "元/年能力 per yearly capacity",
        DefaultUnit::PersonsPerReference => "人/年能力 per yearly capacity",
        DefaultUnit::CoalEquivalentPerMaterial => "tce/物质单位 per unit",
        DefaultUnit::MassPerMaterial => "t/物质单位 per unit",
        DefaultUnit::Statistic => "统计量的 the statistic's",
        DefaultUnit::Indicator => "指标的 the indicator's",
        DefaultUnit::Effect => "所改之数的 of what is changed",
        DefaultUnit::Observed => "所测之数的 of what was measured",
    };
    match (attribute.unit.column, usual) {
        (None, usual) => usual.to_owned(),
        (Some(column), "") => format!("`{column}`"),
        (Some(column), usual) => format!("`{column}`，{usual}"),
    }
}
