//! The cover: what is submitted, of what, by which data, and what to mind.

use super::Filing;
use crate::diagnostic::{Language, Severity};
use crate::report::named;
use crate::report::workbook::{Cell, Sheet, Style};

pub(super) fn sheet(filing: &Filing<'_>) -> Sheet {
    let language = filing.language();
    let settings = &filing.model().settings;
    let title = filing.pick("循环经济发展指标报送表", "Submission of circular-economy indicators");
    let mut sheet = filing.sheet(filing.pick("封面", "cover"), title, &[26.0, 90.0]);
    sheet.landscape = false;
    let record = &filing.model().scenarios[filing.model().scenario];
    let count = |severity| {
        filing.findings.iter().filter(|finding| finding.severity() == severity).count().to_string()
    };
    let lines: Vec<(&str, String)> = vec![
        (filing.pick("填报地区", "place"), named(language, &settings.name, &settings.name_en).to_owned()),
        (filing.pick("年份", "year"), filing.year.to_string()),
        (
            filing.pick("情景", "scenario"),
            format!("{}（{}）", filing.subject.scenario_name(filing.scenario), record.key),
        ),
        (filing.pick("模型编号", "model id"), settings.id.clone()),
        (filing.pick("基年", "base year"), settings.base_year.to_string()),
        (filing.pick("计算程序", "computed by"), format!("circflow {}", env!("CARGO_PKG_VERSION"))),
        (filing.pick("核对：错误", "checks: errors"), count(Severity::Error)),
        (filing.pick("核对：警告", "checks: warnings"), count(Severity::Warning)),
        (filing.pick("以往报送有变的数", "earlier figures that changed"), filing.revisions.len().to_string()),
        (filing.pick("填报人", "filled in by"), String::new()),
        (filing.pick("审核人", "checked by"), String::new()),
        (filing.pick("单位负责人", "head of the office"), String::new()),
        (filing.pick("填报日期", "date"), String::new()),
    ];
    for (word, text) in lines {
        sheet.rows.push(vec![Cell::text(word, Style::Strong), Cell::text(text, Style::Words)]);
    }
    sheet.rows.push(Vec::new());
    for text in how_to_read(language) {
        sheet.rows.push(vec![Cell::default(), Cell::text(text, Style::Words)]);
    }
    sheet.rows.push(Vec::new());
    sheet.rows.push(super::head(&match language {
        Language::Zh => ["模型文件", "SHA-256"],
        Language::En => ["file of the model", "SHA-256"],
    }));
    for (name, digest) in filing.inputs {
        sheet
            .rows
            .push(vec![Cell::text(name.as_str(), Style::Plain), Cell::text(digest.as_str(), Style::Plain)]);
    }
    sheet
}

fn how_to_read(language: Language) -> [&'static str; 3] {
    match language {
        Language::Zh => [
            "“指标”表的每个数值都是公式，指向该指标自己的计算表；计算表把数值写成对各项的公式，每一项又是各组成部分之和，每个部分写明所依据的表、行、数据质量和来源。",
            "“依据”表列出全部所依据的行及其来源。“核对”表列出恒等式核对、可疑之处和以往报送的变化；程序只指出，不修改。",
            "带“暂定”的评价，其定义或目标未经原文核对。",
        ],
        Language::En => [
            "Every value of the sheet “indicators” is a formula that leads to the indicator's own calculation sheet: there the value is a formula over its terms, each term the sum of its parts, and each part names the tables, rows, quality and sources it rests on.",
            "The sheet “evidence” lists all these rows with their sources. The sheet “checks” lists identities, what is suspicious, and figures of earlier submissions that changed; the program points them out and corrects nothing.",
            "A grade is provisional where the definition or the target was not checked against the regulation.",
        ],
    }
}
