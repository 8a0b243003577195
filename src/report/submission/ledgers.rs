//! The ledgers behind the terms: every flow of the year, and every entry of the money in it.

use super::{Filing, counties::WAN, head};
use crate::diagnostic::Language;
use crate::id::Id;
use crate::network::ArcKind;
use crate::output::tables::kind_word;
use crate::report::money::entry_name;
use crate::report::named;
use crate::report::opened::node_name;
use crate::report::workbook::{Cell, Sheet, Style};

pub(super) fn flows(filing: &Filing<'_>) -> Sheet {
    let (model, language) = (filing.model(), filing.language());
    let widths = [44.0, 44.0, 26.0, 18.0, 8.0, 16.0];
    let title =
        filing.pick("物质流台账（全年，为零的不列）", "Ledger of flows (the whole year, none of zero)");
    let mut sheet = filing.sheet(filing.pick("物质流台账", "flows"), title, &widths);
    sheet.rows.push(head(&match language {
        Language::Zh => ["从", "到", "物质", "数量", "单位", "种类"],
        Language::En => ["from", "to", "material", "quantity", "unit", "kind"],
    }));
    sheet.frozen = (sheet.rows.len() as u32, 0);
    let network = &filing.subject.run.plan.network;
    let years = &filing.subject.run.scenarios[filing.scenario].trajectory.years;
    let Some(year) = years.iter().find(|year| year.year == filing.year) else { return sheet };
    for (id, arc) in network.arcs.enumerate() {
        let quantity = year.flows[id.index()];
        if quantity == 0.0 {
            continue;
        }
        let material = &model.materials[arc.material];
        sheet.rows.push(vec![
            Cell::text(node_name(model, network, arc.from, language), Style::Plain),
            Cell::text(node_name(model, network, arc.to, language), Style::Plain),
            Cell::text(named(language, &material.name, &material.name_en), Style::Plain),
            Cell::number(quantity, Style::Number(2)),
            Cell::text(material.dimension.symbol(), Style::Plain),
            Cell::text(kind_name(arc.kind, language), Style::Plain),
        ]);
    }
    sheet
}

pub(super) fn money(filing: &Filing<'_>) -> Sheet {
    let (model, language) = (filing.model(), filing.language());
    let title = filing.pick("资金台账（当年，万元）", "Ledger of the money (of the year, 10⁴ yuan)");
    let mut sheet =
        filing.sheet(filing.pick("资金台账", "money"), title, &[12.0, 22.0, 26.0, 34.0, 14.0, 14.0]);
    sheet.rows.push(head(&match language {
        Language::Zh => ["月份", "分录", "资金", "项目", "筹资表行号", "金额（万元）"],
        Language::En => ["month", "entry", "fund", "project", "financing row", "amount (10⁴ yuan)"],
    }));
    sheet.frozen = (sheet.rows.len() as u32, 0);
    let entries = &filing.subject.run.scenarios[filing.scenario].funding.ledger.entries;
    for entry in entries.iter().filter(|entry| entry.month.year() == filing.year) {
        let fund =
            entry.fund.map_or("", |id| named(language, &model.funds[id].name, &model.funds[id].name_en));
        let project = entry.project.map(|id| &model.projects[id]);
        let project = project.map_or("", |project| named(language, &project.name, &project.name_en));
        let row = entry.financing.map(|id| f64::from(model.financing[id].provenance.row));
        sheet.rows.push(vec![
            Cell::text(entry.month.to_string(), Style::Plain),
            Cell::text(entry_name(entry.kind, language), Style::Plain),
            Cell::text(fund, Style::Plain),
            Cell::text(project, Style::Plain),
            row.map_or_else(Cell::default, |row| Cell::number(row, Style::Number(0))),
            Cell::number(entry.amount.0 as f64 / WAN, Style::Number(2)),
        ]);
    }
    sheet
}

/// What a flow is, in the language of the submission; in English the word of `flows.csv`.
fn kind_name(kind: ArcKind, language: Language) -> &'static str {
    let zh = match kind {
        ArcKind::Take => "消纳",
        ArcKind::TakePrior => "消纳往年堆存",
        ArcKind::Draw => "领用",
        ArcKind::DrawPrior => "领用往年堆存",
        ArcKind::Unmet => "领用未满足",
        ArcKind::Delivery => "产出",
        ArcKind::Made => "应需生产",
        ArcKind::Loss => "损失",
        ArcKind::Recirculated => "自身回用",
        ArcKind::StoredByProcess => "工序贮存",
        ArcKind::Final => "最终需求",
        ArcKind::FinalPrior => "最终需求用往年堆存",
        ArcKind::FinalUnmet => "最终需求未满足",
        ArcKind::PassUp => "送往上级",
        ArcKind::PassDown => "上级补给",
        ArcKind::Import => "调入",
        ArcKind::Extraction => "取自自然",
        ArcKind::Export => "调出",
        ArcKind::Store => "堆存",
        ArcKind::Dispose => "处置",
        ArcKind::Discharge => "排放",
        ArcKind::ReclaimForDraws => "取用堆存供领用",
        ArcKind::ReclaimForTakers => "取用堆存供消纳",
    };
    language.pick(zh, kind_word(kind))
}
