//! Projects with their funding by source, what is paid, and what is missing.

use super::{Filing, counties::WAN, formula, head};
use crate::diagnostic::Language;
use crate::id::{Id, ProjectId};
use crate::input::workbook::address;
use crate::model::{FundLevel, ProjectClass};
use crate::money::Fen;
use crate::report::named;
use crate::report::opened::place_name;
use crate::report::workbook::{Cell, Sheet, Style};

/// Levels of funds in the order of columns.
const LEVELS: [(FundLevel, [&str; 2]); 7] = [
    (FundLevel::Central, ["中央", "central"]),
    (FundLevel::Provincial, ["省级", "provincial"]),
    (FundLevel::Municipal, ["市级", "municipal"]),
    (FundLevel::County, ["县级", "county"]),
    (FundLevel::Enterprise, ["企业自筹", "enterprise"]),
    (FundLevel::Bank, ["银行贷款", "bank"]),
    (FundLevel::Social, ["社会资本", "social"]),
];

/// First column of the levels, counted from 0; the investment stands before it.
const FIRST: u32 = 6;

pub(super) fn sheet(filing: &Filing<'_>) -> Sheet {
    let (model, language) = (filing.model(), filing.language());
    let title = filing.pick(
        "项目：资金来源与缺口（万元，年末状态）",
        "Projects: funding by source and gaps (10⁴ yuan, at the year's end)",
    );
    let of_level = |level: FundLevel, project: Option<ProjectId>| -> Fen {
        let rows = model.financing.iter().filter(|row| project.is_none_or(|id| row.project == id));
        rows.filter(|row| model.funds[row.fund].level == level).map(|row| row.amount).sum()
    };
    // Levels that pay nothing anywhere would make the rest too small to read in print.
    let levels: Vec<_> =
        LEVELS.into_iter().filter(|(level, _)| of_level(*level, None) != Fen::ZERO).collect();
    let amounts = std::iter::repeat_n(9.5, levels.len() + 7);
    let widths: Vec<f64> = [15.0, 25.0, 6.0, 14.0, 8.0, 10.0].into_iter().chain(amounts).collect();
    let mut sheet = filing.sheet(filing.pick("项目", "projects"), title, &widths);
    let before = match language {
        Language::Zh => ["编号", "名称", "类别", "地点", "投运", "投资"],
        Language::En => ["id", "name", "class", "place", "on stream", "investment"],
    };
    let after = match language {
        Language::Zh => ["无来源", "核对差", "已付", "到期未付", "未到期", "垫资", "筹资缺口"],
        Language::En => {
            ["without source", "check", "paid", "unpaid", "not yet due", "bridged", "financing gap"]
        }
    };
    let of_levels = levels.iter().map(|(_, words)| language.pick(words[0], words[1]));
    let words: Vec<&str> = before.into_iter().chain(of_levels).chain(after).collect();
    sheet.rows.push(head(&words));
    sheet.frozen = (sheet.rows.len() as u32, 2);
    let (gaps, run) = (filing.gaps(), &filing.subject.run.scenarios[filing.scenario]);
    let wan = |amount: Fen| Cell::number(amount.0 as f64 / WAN, Style::Number(2));
    for (id, project) in model.projects.enumerate() {
        let row = sheet.rows.len() as u32 + 1;
        let schedule = &run.funding.schedule[id.index()];
        let class = match project.class {
            ProjectClass::Key => filing.pick("重点", "key"),
            ProjectClass::General => filing.pick("一般", "general"),
        };
        let state = match (schedule.built, schedule.on_stream) {
            (false, _) => filing.pick("不建", "not built").to_owned(),
            (true, Some(month)) => month.to_string(),
            (true, None) => filing.pick("未投运", "not yet").to_owned(),
        };
        let mut cells = vec![
            Cell::text(project.key.as_str(), Style::Words),
            Cell::text(named(language, &project.name, &project.name_en), Style::Words),
            Cell::text(class, Style::Plain),
            Cell::text(place_name(model, project.place, language), Style::Words),
            Cell::text(state, Style::Plain),
            wan(project.investment),
        ];
        let amounts: Vec<Fen> = levels.iter().map(|(level, _)| of_level(*level, Some(id))).collect();
        cells.extend(amounts.iter().map(|&amount| wan(amount)));
        let given: Fen = amounts.iter().copied().sum();
        let without = Fen((project.investment.0 - given.0).max(0));
        cells.push(wan(without));
        // Investment less all sources and what has none: 0 where the table of financing adds up.
        let [investment, first, last] =
            [FIRST - 1, FIRST, FIRST + levels.len() as u32].map(|column| address((row, column + 1)));
        let check = (project.investment.0 - given.0 - without.0) as f64 / WAN;
        cells.push(formula(format!("{investment}-SUM({first}:{last})"), Some(check), Style::Number(2)));
        match gaps.project(id) {
            Some(gap) => {
                cells.extend([gap.paid, gap.unpaid, gap.not_yet_due, gap.bridged, gap.financing].map(wan))
            }
            None => cells.extend(std::iter::repeat_n(Cell::default(), 5)),
        }
        sheet.rows.push(cells);
    }
    sheet
}
