//! What is remarkable about the indicators of a run.

use super::identity::SolidWasteAccount;
use super::statistics::Statistics;
use super::value::{Booked, IndicatorValue};
use super::{Definition, TermKind};
use crate::diagnostic::{Code, Diagnostic, Findings, Spot};
use crate::model::{Change, EffectTarget, Model};

/// Share of the modelled part up to which a negative remainder is rounding: a statistic that equals what the
/// model makes differs from its sum over flows in the last digits.
const ROUNDING: f64 = 1.0e-9;

/// What is remarkable about a run's indicators: accounts that do not close, statistics smaller than what
/// the model has of the same thing, rates outside 0–100 %, projects that multiply a statistic nobody gave.
#[must_use]
pub fn findings(definitions: &[Definition], model: &Model, values: &[IndicatorValue]) -> Findings {
    let mut findings = Findings::default();
    let statistics = Statistics::new(model, &[]);
    for (id, place) in model.places.0.enumerate() {
        for year in model.settings.years() {
            if let Some(account) = SolidWasteAccount::of_statistics(&statistics, id, year)
                && let Some(finding) = account.check(&place.name, year)
            {
                findings.push(finding);
            }
        }
    }
    for value in values {
        let definition = &definitions[value.definition];
        let place = &model.places[value.place].name;
        if let Ok(rate) = value.value
            && definition.percent
            && !(-1e-9..=1.0 + 1e-9).contains(&rate)
        {
            findings.push(
                Diagnostic::new(Code("W503"))
                    .with("place", place)
                    .with("year", value.year.to_string())
                    .with("indicator", &definition.key)
                    .with("value", format!("{:.2} %", 100.0 * rate)),
            );
        }
        // In the years that are known as they happened the statistic counts all, whatever the model says.
        if value.year <= model.settings.actual_until.unwrap_or(model.settings.base_year) {
            negative_remainders(definition, value, place, &mut findings);
        }
    }
    effects_on_nothing(model, &statistics, &mut findings);
    findings
}

/// A factor or a new value needs a statistic of its place to work on.
fn effects_on_nothing(model: &Model, statistics: &Statistics<'_>, findings: &mut Findings) {
    for project in &model.projects {
        for effect in &project.effects {
            let EffectTarget::Statistic(key, place) = &effect.target else { continue };
            if !matches!(effect.change, Change::Add(_)) && statistics.get(key, *place).is_none() {
                findings.push(
                    Diagnostic::new(Code("W505"))
                        .at(Spot {
                            file: format!("{}.csv", effect.provenance.table.stem()),
                            row: (effect.provenance.row > 0).then_some(effect.provenance.row),
                            column: None,
                        })
                        .with("project", &project.name)
                        .with("place", &model.places[*place].name)
                        .with("key", key),
                );
            }
        }
    }
}

fn negative_remainders(
    definition: &Definition,
    value: &IndicatorValue,
    place: &str,
    findings: &mut Findings,
) {
    for term in &value.terms {
        let modelled: f64 =
            term.parts.iter().filter(|p| matches!(p.booked, Booked::Flow { .. })).map(|p| p.value).sum();
        for part in &term.parts {
            let remainder =
                matches!(part.booked, Booked::Remainder(_)) && part.value < -ROUNDING * modelled.abs();
            let counted = definition.term(&term.name);
            if let Some(counted) = counted.filter(|t| remainder && matches!(t.kind, TermKind::Flows { .. })) {
                findings.push(
                    Diagnostic::new(Code("W502"))
                        .with("place", place)
                        .with("term", &counted.name)
                        .with("indicator", &definition.key)
                        .with("modelled", format!("{modelled:.0} {}", counted.dimension.symbol()))
                        .with("statistic", format!("{:.0}", modelled + part.value)),
                );
            }
        }
    }
}
