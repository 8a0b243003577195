//! County units: their indicators and their money.

use super::{Filing, calculation, formula, head, style_of};
use crate::diagnostic::Language;
use crate::gaps::{CountyGap, by_county};
use crate::input::workbook::address;
use crate::model::Places;
use crate::money::Fen;
use crate::report::opened::place_name;
use crate::report::workbook::{Cell, Sheet, Style};

/// Fen in a wan.
pub(super) const WAN: f64 = 1.0e6;

pub(super) fn sheet(filing: &Filing<'_>) -> Sheet {
    let language = filing.language();
    let model = filing.model();
    let counties: Vec<_> = model.places.counties().collect();
    let widths: Vec<f64> =
        [25.0, 34.0, 13.0].into_iter().chain(counties.iter().map(|_| 13.0)).chain([13.0; 6]).collect();
    let mut sheet = filing.sheet(
        filing.pick("县区", "counties"),
        filing.pick("县级单位：资金和指标", "County units: money and indicators"),
        &widths,
    );
    money(filing, &mut sheet);
    sheet.rows.push(Vec::new());
    let mut header = head(&match language {
        Language::Zh => ["编号", "指标", "单位"],
        Language::En => ["id", "indicator", "unit"],
    });
    header
        .extend(counties.iter().map(|&place| Cell::text(place_name(model, place, language), Style::Header)));
    sheet.rows.push(header);
    for (at, definition) in filing.subject.definitions.iter().enumerate() {
        let values: Vec<_> = counties.iter().map(|&place| filing.value(at, place, filing.year)).collect();
        if values.iter().all(Option::is_none) {
            continue;
        }
        let mut row = vec![
            Cell::text(definition.key.as_str(), Style::Plain),
            Cell::text(definition.name_in(language), Style::Words),
            Cell::text(definition.unit_in(language), Style::Plain),
        ];
        let of_city = filing.value(at, Places::ROOT, filing.year);
        row.extend(values.into_iter().enumerate().map(
            |(county, value)| match value.map(|value| &value.value) {
                // Computed on the indicator's own sheet, over the terms of the county unit.
                Some(Ok(number)) => match of_city {
                    Some(of_city) => {
                        let cell = calculation::county_cell(filing, &definition.key, of_city, county);
                        formula(cell, Some(*number), style_of(definition, *number))
                    }
                    None => Cell::number(*number, style_of(definition, *number)),
                },
                Some(Err(reason)) => Cell::text("—", Style::Plain).noted(reason.reason(language)),
                None => Cell::default(),
            },
        ));
        sheet.rows.push(row);
    }
    sheet
}

/// The money at the year's end, in 万元.
fn money(filing: &Filing<'_>, sheet: &mut Sheet) {
    let (model, language) = (filing.model(), filing.language());
    sheet.rows.push(head(&match language {
        Language::Zh => [
            "县级单位",
            "说明",
            "应设（万元）",
            "到位",
            "义务缺口",
            "逾期天数",
            "短缺",
            "因它停付",
            "到期未付",
            "垫资",
            "筹资缺口",
        ],
        Language::En => [
            "county unit",
            "what",
            "required (10⁴ yuan)",
            "paid in",
            "obligation gap",
            "days overdue",
            "short",
            "stopped by it",
            "unpaid",
            "bridged",
            "financing gap",
        ],
    }));
    let first = sheet.rows.len() as u32 + 1;
    let wan = |amount: Fen| Cell::number(amount.0 as f64 / WAN, Style::Number(2));
    let sums: [fn(&CountyGap) -> Fen; 8] = [
        |gap| gap.required,
        |gap| gap.paid_in,
        |gap| gap.obligation,
        |gap| gap.short,
        |gap| gap.stopped,
        |gap| gap.unpaid,
        |gap| gap.bridged,
        |gap| gap.financing,
    ];
    let counties = by_county(model, &filing.gaps());
    for gap in &counties {
        let name = gap.county.map_or_else(
            || filing.pick("市本级及其他", "city and others").to_owned(),
            |id| place_name(model, id, language).to_owned(),
        );
        let mut row = vec![
            Cell::text(name, Style::Plain),
            Cell::text(filing.pick("年末状态", "state at the year's end"), Style::Plain),
        ];
        row.extend(sums[..3].iter().map(|of| wan(of(gap))));
        row.push(Cell::number(gap.days_overdue as f64, Style::Number(0)));
        row.extend(sums[3..].iter().map(|of| wan(of(gap))));
        sheet.rows.push(row);
    }
    let last = sheet.rows.len() as u32;
    let mut row = vec![Cell::text(filing.pick("合计", "total"), Style::Strong), Cell::default()];
    for column in 2..11_u32 {
        // Days do not add up.
        let Some(of) = (match column {
            5 => None,
            2..5 => Some(sums[column as usize - 2]),
            _ => Some(sums[column as usize - 3]),
        }) else {
            row.push(Cell::default());
            continue;
        };
        let total: f64 = counties.iter().map(|gap| of(gap).0 as f64 / WAN).sum();
        let range = format!("{}:{}", address((first, column + 1)), address((last, column + 1)));
        row.push(formula(format!("SUM({range})"), Some(total), Style::Number(2)));
    }
    sheet.rows.push(row);
}
