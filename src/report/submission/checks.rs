//! Checks: identities with live formulas, what is suspicious, and figures of earlier submissions that changed.

use super::counties::WAN;
use super::{Filing, formula, head};
use crate::diagnostic::{Language, Severity};
use crate::indicators::identity::SolidWasteAccount;
use crate::indicators::statistics::Statistics;
use crate::input::workbook::address;
use crate::report::opened::place_name;
use crate::report::workbook::{Cell, Sheet, Style};

pub(super) fn sheet(filing: &Filing<'_>) -> Sheet {
    let title = filing.pick("核对", "Checks");
    let mut sheet = filing.sheet(
        filing.pick("核对", "checks"),
        title,
        &[18.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0, 16.0],
    );
    identities(filing, &mut sheet);
    sheet.rows.push(Vec::new());
    findings(filing, &mut sheet);
    sheet.rows.push(Vec::new());
    revised(filing, &mut sheet);
    sheet
}

/// Solid waste: generated = (used − prior) + stored + (disposed − prior) + dumped, of every place that has statistics.
fn identities(filing: &Filing<'_>, sheet: &mut Sheet) {
    let (model, language) = (filing.model(), filing.language());
    let title = filing.pick(
        "恒等式：产生 =（利用 − 其中往年）+ 贮存 +（处置 − 其中往年）+ 倾倒（t）",
        "Identity: generated = (used − of earlier years) + stored + (disposed − of earlier years) + dumped (t)",
    );
    sheet.rows.push(vec![Cell::text(title, Style::Strong)]);
    sheet.rows.push(head(&match language {
        Language::Zh => {
            ["地点", "产生", "利用", "其中往年", "贮存", "处置", "其中往年", "倾倒", "差额", "差额占比"]
        }
        Language::En => [
            "place",
            "generated",
            "used",
            "of earlier years",
            "stored",
            "disposed",
            "of earlier years",
            "dumped",
            "difference",
            "share",
        ],
    }));
    let statistics = Statistics::new(model, &[]);
    let before = sheet.rows.len();
    for place in model.places.ids() {
        let Some(account) = SolidWasteAccount::of_statistics(&statistics, place, filing.year) else {
            continue;
        };
        let row = sheet.rows.len() as u32 + 1;
        let cell = |column: u32| address((row, column));
        let numbers = [
            account.generated,
            account.used,
            account.used_prior,
            account.stored,
            account.disposed,
            account.disposed_prior,
            account.dumped,
        ];
        let mut cells = vec![Cell::text(place_name(model, place, language), Style::Plain)];
        cells.extend(numbers.map(|number| Cell::number(number, Style::Number(0))));
        let [generated, used, used_prior, stored, disposed, disposed_prior, dumped] =
            [2, 3, 4, 5, 6, 7, 8].map(cell);
        let text =
            format!("{generated}-(({used}-{used_prior})+{stored}+({disposed}-{disposed_prior})+{dumped})");
        cells.push(formula(text, Some(account.difference()), Style::Number(0)));
        let share = (account.generated != 0.0).then(|| account.difference() / account.generated);
        cells.push(formula(format!("{}/{generated}", cell(9)), share, Style::Percent(2)));
        sheet.rows.push(cells);
    }
    if sheet.rows.len() == before {
        let none = filing
            .pick("该年没有一个地点给全了这些统计数。", "No place gives all these statistics for the year.");
        sheet.rows.push(vec![Cell::text(none, Style::Plain)]);
    }
}

fn findings(filing: &Filing<'_>, sheet: &mut Sheet) {
    let language = filing.language();
    let title = filing.pick("可疑之处（只指出，不修改）", "What is suspicious (pointed out, not corrected)");
    sheet.rows.push(vec![Cell::text(title, Style::Strong)]);
    sheet.rows.push(head(&match language {
        Language::Zh => ["程度", "代码", "内容"],
        Language::En => ["severity", "code", "what"],
    }));
    if filing.findings.is_empty() {
        sheet.rows.push(vec![Cell::text(filing.pick("没有", "none"), Style::Plain)]);
    }
    for finding in filing.findings {
        let (word, style) = match finding.severity() {
            Severity::Error => (filing.pick("错误", "error"), Style::Stamp),
            Severity::Warning => (filing.pick("警告", "warning"), Style::Strong),
            Severity::Note => (filing.pick("提示", "note"), Style::Plain),
        };
        let row = sheet.rows.len() as u32;
        sheet.rows.push(vec![
            Cell::text(word, style),
            Cell::text(finding.code.0, Style::Plain),
            Cell::text(finding.message(language), Style::Words),
        ]);
        sheet.merged.push((row, 2, 9));
    }
}

fn revised(filing: &Filing<'_>, sheet: &mut Sheet) {
    let language = filing.language();
    let title =
        filing.pick("以往报送后变了的数，及原因", "Figures that changed since they were submitted, and why");
    sheet.rows.push(vec![Cell::text(title, Style::Strong)]);
    sheet.rows.push(head(&match language {
        Language::Zh => ["报送", "谁的数", "哪个数（金额：万元）", "年份", "当时", "现在", "原因"],
        Language::En => ["submission", "whose", "which (money in 10⁴ yuan)", "year", "then", "now", "why"],
    }));
    if filing.revisions.is_empty() {
        sheet.rows.push(vec![Cell::text(filing.pick("没有", "none"), Style::Plain)]);
    }
    for revision in filing.revisions {
        // `indicator`, `indicator@place`, `county:id`, `project:id` (money in fen) or `park:id`.
        let key = revision.of.split('@').next().unwrap_or_default();
        let definition = filing.subject.definitions.iter().find(|d| d.key == key);
        let is_money = ["county:", "project:"].iter().any(|of| revision.of.starts_with(of));
        let shown = |number: Option<f64>| match (number, definition) {
            (Some(number), Some(definition)) => Cell::number(number, super::style_of(definition, number)),
            (Some(fen), None) if is_money => Cell::number(fen / WAN, Style::Number(2)),
            (Some(amount), None) => Cell::number(amount, Style::Number(2)),
            (None, _) => Cell::text("—", Style::Plain),
        };
        let row = sheet.rows.len() as u32;
        sheet.rows.push(vec![
            Cell::text(revision.submission.as_str(), Style::Plain),
            Cell::text(revision.of.as_str(), Style::Words),
            Cell::text(revision.figure.as_str(), Style::Words),
            Cell::number(f64::from(revision.year), Style::Plain),
            shown(revision.before),
            shown(revision.now),
            Cell::text(revision.why.join("; "), Style::Words),
        ]);
        sheet.merged.push((row, 6, 9));
    }
}
