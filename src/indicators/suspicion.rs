//! What an auditor would ask about the figures of a year: jumps, slips of units, figures without a source. Pointed
//! out and quantified, never corrected.

use super::definition::{Counts, TermKind};
use super::identity::SolidWasteAccount;
use super::statistics::Statistics;
use super::value::{Booked, IndicatorValue};
use super::{Definition, TermValue};
use crate::diagnostic::{Code, Diagnostic, Findings, Severity, Spot};
use crate::model::{Model, Places, Provenance, Quality, Shelf};
use crate::network::Network;
use crate::simulate::YearResult;

/// Factors by which a figure is off when it was entered in another unit (kg for t, yuan for 万元, …).
const SLIPS: [f64; 3] = [10.0, 1.0e3, 1.0e4];
/// How near to such a factor a ratio must be, relative.
const NEAR: f64 = 0.15;
/// Share below which a stock counts as negative by rounding only.
const ROUNDING: f64 = 1.0e-9;

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Examined<'a> {
    /// Definitions of the indicators.
    pub definitions: &'a [Definition],
    /// The scenario's model.
    pub model: &'a Model,
    /// Its values, all years and places.
    pub values: &'a [IndicatorValue],
    /// Its solved years.
    pub years: &'a [YearResult],
    /// The network, shared by all scenarios.
    pub network: &'a Network,
    /// Year that is submitted.
    pub year: i32,
    /// Relative change against the year before up to which nobody asks, such as 0.5.
    pub band: f64,
}

/// All that is suspicious about a year's figures, the worst first. Of the city everything is looked at, of its county
/// units and parks what is out of range, jumps or does not close. Complexity O(values² of a place + markets).
#[must_use]
pub fn suspicions(of: &Examined<'_>) -> Findings {
    let mut findings = Findings::default();
    for value in of.values.iter().filter(|value| value.year == of.year) {
        let definition = &of.definitions[value.definition];
        let before = of.values.iter().find(|before| {
            before.definition == value.definition && before.place == value.place && before.year == of.year - 1
        });
        range(of, definition, value, &mut findings);
        unused_figures(of, definition, value, &mut findings);
        if let Some(before) = before {
            jump(of, definition, before, value, &mut findings);
            slips(of, definition, before, value, &mut findings);
        }
        if value.place == Places::ROOT {
            evidence(of, definition, value, &mut findings);
            if definition.text_verified.is_none() {
                findings.push(told("W805", of, value));
            }
        }
    }
    let statistics = Statistics::new(of.model, &[]);
    for (place, record) in of.model.places.0.enumerate() {
        let account = SolidWasteAccount::of_statistics(&statistics, place, of.year);
        findings.0.extend(account.and_then(|account| account.check(&record.name, of.year)));
    }
    negative_stocks(of, &mut findings);
    slips_of_rows(of, &mut findings);
    findings.0.sort_by_key(|finding| match finding.severity() {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    });
    findings
}

fn told(code: &'static str, of: &Examined<'_>, value: &IndicatorValue) -> Diagnostic {
    Diagnostic::new(Code(code))
        .with("indicator", &of.definitions[value.definition].key)
        .with("name_zh", &of.definitions[value.definition].name)
        .with("name_en", &of.definitions[value.definition].name_en)
        .with("place_zh", &of.model.places[value.place].name)
        .with("place_en", &of.model.places[value.place].name_en)
        .with("year", value.year.to_string())
}

/// A rate beyond 0–100 %, and what could not be computed.
fn range(of: &Examined<'_>, definition: &Definition, value: &IndicatorValue, findings: &mut Findings) {
    match &value.value {
        Ok(rate) if definition.percent && !(-ROUNDING..=1.0 + ROUNDING).contains(rate) => {
            findings.push(told("E801", of, value).with("value", format!("{:.2} %", 100.0 * rate)));
        }
        Err(reason) if value.place == Places::ROOT => {
            let [zh, en] =
                [crate::diagnostic::Language::Zh, crate::diagnostic::Language::En].map(|l| reason.reason(l));
            findings.push(told("W806", of, value).with("reason_zh", zh).with("reason_en", en));
        }
        Ok(_) | Err(_) => {}
    }
}

/// A change against the year before beyond the band.
fn jump(
    of: &Examined<'_>,
    definition: &Definition,
    before: &IndicatorValue,
    value: &IndicatorValue,
    findings: &mut Findings,
) {
    let (Ok(then), Ok(now)) = (&before.value, &value.value) else { return };
    let change = if now == then { 0.0 } else { now / then - 1.0 };
    if change.abs() <= of.band {
        return;
    }
    let shown = |number: f64| format!("{:.4}", definition.shown(number));
    let finding = told("W801", of, value).with("before", shown(*then)).with("value", shown(*now));
    let change = if change.is_finite() { format!("{:+.0} %", 100.0 * change) } else { "—".to_owned() };
    let finding = finding.with("change", change);
    findings.push(finding.with("band", format!("{:.0} %", 100.0 * of.band)));
}

/// A term that is about 10, 1,000 or 10,000 times what it was the year before, or that part of it.
fn slips(
    of: &Examined<'_>,
    definition: &Definition,
    before: &IndicatorValue,
    value: &IndicatorValue,
    findings: &mut Findings,
) {
    let same =
        |term: &TermValue| before.terms.iter().find(|other| other.name == term.name).and_then(|t| t.value);
    // Members are looked at as indicators of their own.
    for term in value.terms.iter().filter(|term| definition.term(&term.name).is_some()) {
        let (Some(then), Some(now)) = (same(term), term.value) else { continue };
        if then == 0.0 || now == 0.0 {
            continue;
        }
        if let Some(slip) = slip(then, now) {
            let finding = told("W802", of, value).with("term", &term.name).with("factor", format!("{slip}"));
            findings.push(finding.with("before", format!("{then}")).with("value", format!("{now}")));
        }
    }
}

/// Share by which a given figure and the one that is used may differ without a word.
const ALIKE: f64 = 0.01;

/// A statistic given for the year that the indicator does not use: of a term of which the model has a part, the total is
/// that of the base year and what the model changes (E-I5).
fn unused_figures(
    of: &Examined<'_>,
    definition: &Definition,
    value: &IndicatorValue,
    findings: &mut Findings,
) {
    if value.year == of.model.settings.base_year {
        return;
    }
    for term in &value.terms {
        let record = definition.term(&term.name);
        let Some(TermKind::Flows { remainder: Some(remainder), .. }) = record.map(|record| &record.kind)
        else {
            continue;
        };
        let outright = term.parts.iter().any(|part| matches!(part.booked, Booked::Statistic(_)));
        let same = |statistic: &&crate::model::Statistic| {
            statistic.key == remainder.statistic && statistic.place == value.place
        };
        let statistic = of.model.statistics.iter().find(same);
        let point =
            statistic.and_then(|statistic| statistic.series.points.iter().find(|p| p.year == value.year));
        let (Some(point), Some(used), Counts::Total, false) = (point, term.value, remainder.counts, outright)
        else {
            continue;
        };
        let given = point.value.central;
        if (given - used).abs() > ALIKE * given.abs().max(used.abs()) {
            let spot = Spot {
                file: format!("{}.csv", point.provenance.table.stem()),
                row: (point.provenance.row > 0).then_some(point.provenance.row),
                column: None,
            };
            let finding = told("W810", of, value).at(spot).with("term", &term.name);
            let finding = finding.with("statistic", &remainder.statistic);
            findings.push(finding.with("given", format!("{given}")).with("value", format!("{used}")));
        }
    }
}

/// The factor of a wrong unit that two figures differ by, if they do.
fn slip(then: f64, now: f64) -> Option<f64> {
    let ratio = now / then;
    SLIPS.into_iter().find(|slip| [ratio, 1.0 / ratio].iter().any(|r| (r / slip - 1.0).abs() <= NEAR))
}

/// A row of the year, in a series of given figures, that is about 10, 1,000 or 10,000 times the one before it.
fn slips_of_rows(of: &Examined<'_>, findings: &mut Findings) {
    let model = of.model;
    let series = (model.processes.iter().map(|process| &process.activity))
        .chain(model.demands.iter().map(|demand| &demand.series))
        .chain(model.stocks.iter().map(|stock| &stock.given))
        .chain(model.prices.iter().map(|price| &price.series))
        .chain(model.statistics.iter().map(|statistic| &statistic.series));
    let mut pairs: Vec<[(f64, Provenance); 2]> = Vec::new();
    for series in series {
        let given = series.points.windows(2).filter(|pair| pair[1].year == of.year);
        pairs.extend(given.map(|pair| [0, 1].map(|at| (pair[at].value.central, pair[at].provenance))));
    }
    for [(then, _), (now, row)] in pairs {
        let Some(factor) = slip(then, now).filter(|_| then > 0.0 && now > 0.0 && row.row > 0) else {
            continue;
        };
        let spot = Spot { file: format!("{}.csv", row.table.stem()), row: Some(row.row), column: None };
        let finding = Diagnostic::new(Code("W808")).at(spot).with("factor", format!("{factor}"));
        findings.push(finding.with("before", format!("{then}")).with("value", format!("{now}")));
    }
}

/// A figure wholly on assumptions, and rows without a source.
fn evidence(of: &Examined<'_>, definition: &Definition, value: &IndicatorValue, findings: &mut Findings) {
    let in_formula = |term: &&TermValue| definition.term(&term.name).is_some_and(|record| !record.note);
    let parts = || {
        value.terms.iter().filter(in_formula).flat_map(|term| &term.parts).filter(|part| part.value != 0.0)
    };
    let is_assumed = |row: &Provenance| row.quality == Some(Quality::Assumption);
    if value.value.is_ok() && parts().next().is_some() && parts().all(|part| part.rows.iter().any(is_assumed))
    {
        findings.push(told("W803", of, value));
    }
    let mut without: Vec<&Provenance> =
        parts().flat_map(|part| part.rows.iter()).filter(|row| row.row > 0 && row.source.is_none()).collect();
    without.sort_unstable();
    without.dedup();
    if let Some(first) = without.first() {
        let spot = Spot {
            file: match first.shelf {
                Shelf::Model => format!("{}.csv", first.table.stem()),
                Shelf::Catalogue => format!("catalogue/{}.csv", first.table.stem()),
            },
            row: Some(first.row),
            column: Some("source".to_owned()),
        };
        findings.push(told("W804", of, value).at(spot).with("count", without.len().to_string()));
    }
}

/// A stock below zero; the engine makes none, so that it would be a fault of the data or the program.
fn negative_stocks(of: &Examined<'_>, findings: &mut Findings) {
    let Some(year) = of.years.iter().find(|year| year.year == of.year) else { return };
    let largest = year.markets.iter().map(|market| market.closing_stock.abs()).fold(0.0, f64::max);
    let markets = year.markets.iter().zip(&of.network.markets);
    for (market, record) in markets.filter(|(market, _)| market.closing_stock < -ROUNDING * largest) {
        findings.push(
            Diagnostic::new(Code("E802"))
                .with("year", of.year.to_string())
                .with("material", &of.model.materials[record.material].key)
                .with("place", &of.model.places[record.place].key)
                .with("value", format!("{}", market.closing_stock)),
        );
    }
}
