//! The first sheet of a template: how it is filled in.

use super::book::{Cell, Content, Sheet, Style};
use crate::diagnostic::Language;
use crate::input::attributes;
use crate::model::TableKind;

/// Tab of the sheets to fill in first.
pub(super) const FIRST: (u8, u8, u8) = (0, 114, 178);
/// Tab of the sheets that have defaults.
pub(super) const SECOND: (u8, u8, u8) = (150, 150, 150);

/// How a template is filled in, line by line.
const LINES: [[&str; 2]; 9] = [
    [
        "先填蓝色标签的工作表，自左向右；灰色标签的工作表可以不填，程序用默认值或自带的目录。",
        "Fill in the sheets with blue tabs, from left to right; those with grey tabs may stay empty: defaults or the program's own catalogue stand.",
    ],
    [
        "“模型”表：编号、名称、基年、末年必填。“地点”表先填全市一行（没有上级），再填县区和园区。",
        "Sheet `model`: id, name, base_year and horizon are needed. Sheet `places`: first the city (without parent), then counties and parks.",
    ],
    [
        "表头带 * 的列必填。把鼠标放在表头上，批注写着这一列的含义；选中格子也会有提示。",
        "Columns marked * must be filled. A note on each header says what the column means; so does the prompt of a cell.",
    ],
    [
        "引用别的表时，从下拉列表选编号，也可以写唯一的中文名称。",
        "Where another table is referred to, choose an id from the list, or write a unique name.",
    ],
    [
        "数可以写成 0.18、1,200、65%、0.18±0.02。不知道的格子留空，不要写 0。",
        "Numbers may be written 0.18, 1,200, 65%, 0.18±0.02. Leave empty what is not known; do not write 0.",
    ],
    [
        "每一行都请填“来源”和“数据质量”，报送时每个数都要能追到来源。",
        "Please give `source` and `quality` in every row: each figure of a submission must be traced to its source.",
    ],
    [
        "表头已锁定（没有密码），列的顺序可以不管，多出来的工作表不会读取。合计行会自动跳过。",
        "Headers are locked (without a password); sheets of your own are not read; rows of sums are skipped.",
    ],
    [
        "填好后保存，把文件拖到 circflow 上；或者运行：circflow check 文件.xlsx，再 circflow run 文件.xlsx。",
        "Save it and drop the file on circflow, or run: circflow check FILE.xlsx, then circflow run FILE.xlsx.",
    ],
    [
        "有错误时，程序写出一份标好错误的副本：错误的格子涂色并加批注，“问题清单”里逐条列出。",
        "Where something is wrong a marked copy is written: faulty cells are coloured and noted, and a sheet lists them all.",
    ],
];

/// The sheet of the guide, with a line and a link for every table.
pub(super) fn sheet(sheets: &[(TableKind, String)], language: Language) -> Sheet {
    let wide = |text: &str, style| vec![Cell::text(text, style), Cell::default(), Cell::default()];
    let mut rows = vec![wide(language.pick("怎样填写", "How to fill in"), Style::Title)];
    rows.extend(LINES.iter().map(|[zh, en]| wide(language.pick(zh, en), Style::Words)));
    let mut merged: Vec<(u32, u16, u16)> = (0..rows.len() as u32).map(|row| (row, 0, 2)).collect();
    rows.push(Vec::new());
    let head = match language {
        Language::Zh => ["工作表", "必需", "内容"],
        Language::En => ["sheet", "needed", "holds"],
    };
    rows.push(head.map(|word| Cell::text(word, Style::Header)).to_vec());
    for (table, name) in sheets {
        let Some(attributes) = attributes::of(*table) else { continue };
        let link = Content::Link(name.clone(), name.clone());
        let needed = if attributes.required { language.pick("是", "yes") } else { "" };
        rows.push(vec![
            Cell { content: link, style: Style::Link, note: None },
            Cell::text(needed, Style::Plain),
            Cell::text(language.pick(attributes.meaning_zh, attributes.meaning_en), Style::Words),
        ]);
    }
    merged.shrink_to_fit();
    Sheet {
        name: language.pick("说明", "guide").to_owned(),
        rows,
        widths: vec![18.0, 8.0, 84.0],
        merged,
        ..Sheet::default()
    }
}
