//! The identity of the solid-waste account: what was generated went somewhere.
//!
//! generated = (used − of which prior-year stock) + stored + (disposed − of which prior-year stock) +
//! dumped. Reference: docs/equations.md, indicators, E-I9.

use super::statistics::Statistics;
use super::value::IndicatorValue;
use super::{Booked, Definition, TermKind};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::id::PlaceId;
use crate::model::Model;

/// Share of what was generated up to which a difference is rounding: bulletins print two decimals.
pub const TOLERANCE: f64 = 0.005;

/// A solid-waste account of one place and year, in one unit of mass.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SolidWasteAccount {
    /// Generated.
    pub generated: f64,
    /// Used, prior-year stock included.
    pub used: f64,
    /// Of which prior-year stock.
    pub used_prior: f64,
    /// Net addition to storage.
    pub stored: f64,
    /// Disposed of, prior-year stock included.
    pub disposed: f64,
    /// Of which prior-year stock.
    pub disposed_prior: f64,
    /// Dumped.
    pub dumped: f64,
}

impl SolidWasteAccount {
    /// What the destinations of this year's waste sum to.
    #[must_use]
    pub fn accounted(&self) -> f64 {
        (self.used - self.used_prior) + self.stored + (self.disposed - self.disposed_prior) + self.dumped
    }

    /// Generated less accounted: 0 where the identity holds.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.generated - self.accounted()
    }

    /// The difference if prior-year disposal were not taken off: the slip met in real bulletins.
    #[must_use]
    pub fn difference_with_gross_disposal(&self) -> f64 {
        self.difference() - self.disposed_prior
    }

    /// A finding that quantifies the difference; `None` when the identity holds within [`TOLERANCE`].
    #[must_use]
    pub fn check(&self, place: &str, year: i32) -> Option<Diagnostic> {
        let (difference, gross) = (self.difference(), self.difference_with_gross_disposal());
        if difference.abs() <= TOLERANCE * self.generated.abs() {
            return None;
        }
        let share = |d: f64| {
            if self.generated == 0.0 {
                "—".to_owned()
            } else {
                format!("{:.2} %", 100.0 * d / self.generated)
            }
        };
        Some(
            Diagnostic::new(Code("W504"))
                .with("place", place)
                .with("year", year.to_string())
                .with("generated", tonnes(self.generated))
                .with("accounted", tonnes(self.accounted()))
                .with("difference", tonnes(difference))
                .with("share", share(difference))
                .with("gross", tonnes(gross))
                .with("gross_share", share(gross)),
        )
    }

    /// The account that a place's statistics give for a year: generated, used, stored and disposed of
    /// must be given for it; what is not given of the rest is taken as none.
    #[must_use]
    pub fn of_statistics(statistics: &Statistics<'_>, place: PlaceId, year: i32) -> Option<Self> {
        let given = |key: &str| {
            let (value, filled) = statistics.get(key, place)?.value(year)?;
            (!filled).then_some(value)
        };
        Some(Self {
            generated: given("solid_waste_generated")?,
            used: given("solid_waste_used")?,
            used_prior: given("solid_waste_used_prior").unwrap_or(0.0),
            stored: given("solid_waste_stored")?,
            disposed: given("solid_waste_disposed")?,
            disposed_prior: given("solid_waste_disposed_prior").unwrap_or(0.0),
            dumped: given("solid_waste_dumped").unwrap_or(0.0),
        })
    }
}

fn tonnes(value: f64) -> String {
    format!("{value:.0}")
}

/// What is remarkable about a run's indicators: accounts that do not close, statistics smaller than what
/// the model has of the same thing, rates outside 0–100 %.
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
        if value.year == model.settings.base_year {
            negative_remainders(definition, value, place, &mut findings);
        }
    }
    findings
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
            let remainder = matches!(part.booked, Booked::Remainder(_)) && part.value < 0.0;
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
