//! A reconciled year as people read it: names of quantities and balances, a view for text and JSON.

mod names;
mod text;

pub use names::{Named, name_of, unreconciled};
pub use text::text;

use super::summary;
use crate::diagnostic::Language;
use crate::measured::{LayerClosing, ReconciledYear, Subject, closings};
use crate::model::{Model, Provenance};
use crate::plan::Plan;
use crate::reconcile::{ActiveBound, Class, Estimate};
use serde::Serialize;

/// What a reconciled year is shown of.
#[derive(Clone, Copy, Debug)]
pub struct Reconciled<'a> {
    /// Model of the base scenario.
    pub model: &'a Model,
    /// Plan.
    pub plan: &'a Plan,
    /// The year.
    pub year: &'a ReconciledYear,
    /// Language of words.
    pub language: Language,
}

/// A reconciled year in one language.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// Name of the model.
    pub name: String,
    /// Stamp of invented data.
    pub stamp: Option<&'static str>,
    /// Year.
    pub year: i32,
    /// Confidence of the tests.
    pub confidence: f64,
    /// Every quantity.
    pub quantities: Vec<QuantityRow>,
    /// Measured ones among them.
    pub measured: usize,
    /// Redundant ones among the measured.
    pub redundant: usize,
    /// Unmeasured ones that follow from the others.
    pub observable: usize,
    /// Unmeasured ones of which nothing is known.
    pub unobservable: usize,
    /// Σ((measured − reconciled)/deviation)² of all measurements.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub degrees: usize,
    /// P(χ² ≥ statistic).
    pub p_value: Option<f64>,
    /// The same without the suspects.
    pub without_suspects: Option<Fit>,
    /// Measurements that do not fit, in the order in which they were taken out.
    pub suspects: Vec<SuspectRow>,
    /// Which one more measurement would make what known: groups, the largest first.
    pub one_more: Vec<Vec<String>>,
    /// How substances close.
    pub layers: Vec<LayerRow>,
}

/// How well what remains fits.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Fit {
    /// Σ((measured − reconciled)/deviation)².
    pub statistic: f64,
    /// Degrees of freedom.
    pub degrees: usize,
    /// P(χ² ≥ statistic).
    pub p_value: Option<f64>,
}

/// A quantity.
#[derive(Clone, Debug, Serialize)]
pub struct QuantityRow {
    /// Number in the problem.
    pub number: usize,
    /// What it is of.
    pub name: String,
    /// Kind of quantity: `activity`, `coefficient`, `row`, `market`, `content`, `layer`, `measurement`.
    pub kind: &'static str,
    /// Ids that name it.
    pub id: String,
    /// Unit.
    pub unit: String,
    /// Value of the simulated year.
    pub simulated: f64,
    /// Measured value.
    pub measured: Option<f64>,
    /// Its standard deviation; 0 is exact.
    pub measured_deviation: Option<f64>,
    /// Reconciled value.
    pub reconciled: Option<f64>,
    /// Its standard deviation.
    pub deviation: Option<f64>,
    /// `redundant`, `nonredundant`, `observable`, `unobservable`.
    pub class: Option<&'static str>,
    /// `lower` or `upper` where a bound holds it.
    pub bound: Option<&'static str>,
    /// Test: how far the measurement is from what the others say, in deviations of that difference.
    pub z: Option<f64>,
    /// 1 for the first suspect.
    pub suspect: Option<usize>,
    /// Table it was read from.
    pub table: Option<String>,
    /// Its row there.
    pub row: Option<u32>,
}

/// A measurement that does not fit.
#[derive(Clone, Debug, Serialize)]
pub struct SuspectRow {
    /// The quantity.
    pub name: String,
    /// Whose figure it is: the enterprise, or the place.
    pub reporter: String,
    /// File and row.
    pub table: Option<String>,
    /// Its row there.
    pub row: Option<u32>,
    /// Unit.
    pub unit: String,
    /// What was measured.
    pub measured: f64,
    /// Test value when it was taken out.
    pub z: f64,
    /// What would fit the others.
    pub fitting: Option<f64>,
    /// Its standard deviation.
    pub fitting_deviation: Option<f64>,
    /// measured ÷ fitting.
    pub ratio: Option<f64>,
}

/// A substance in a process.
#[derive(Clone, Debug, Serialize)]
pub struct LayerRow {
    /// Process.
    pub process: String,
    /// Substance.
    pub substance: String,
    /// What enters, t a year, before and after.
    pub enters: [f64; 2],
    /// What leaves.
    pub leaves: [f64; 2],
    /// Material that carries the difference, as no content of it is given.
    pub open: Option<String>,
    /// What enters less what leaves, ÷ the larger, before and after; none where a material carries the difference.
    pub imbalance: Option<[f64; 2]>,
}

/// Makes the view.
#[must_use]
pub fn view(shown: &Reconciled<'_>) -> View {
    let (model, year) = (shown.model, shown.year);
    let quantities: Vec<QuantityRow> =
        (0..year.system.subjects.len()).map(|variable| quantity(shown, variable)).collect();
    let count = |class: &str| quantities.iter().filter(|row| row.class == Some(class)).count();
    let remaining = year.course.remaining.as_deref();
    View {
        name: super::named(shown.language, &model.settings.name, &model.settings.name_en).to_owned(),
        stamp: model.settings.illustrative.then(|| summary::stamp(shown.language)),
        year: year.year,
        confidence: year.confidence,
        measured: count("redundant") + count("nonredundant"),
        redundant: count("redundant"),
        observable: count("observable"),
        unobservable: count("unobservable"),
        statistic: year.all.statistic,
        degrees: year.all.degrees,
        p_value: year.all.p_value(),
        without_suspects: remaining.map(|fit| Fit {
            statistic: fit.statistic,
            degrees: fit.degrees,
            p_value: fit.p_value(),
        }),
        suspects: suspects(shown),
        one_more: year
            .all
            .one_more_measurement()
            .into_iter()
            .map(|group| group.into_iter().map(|variable| name_of(shown, variable).name).collect())
            .collect(),
        layers: layers(shown),
        quantities,
    }
}

fn quantity(shown: &Reconciled<'_>, variable: usize) -> QuantityRow {
    let year = shown.year;
    let estimate = &year.all.estimates[variable];
    let record = &year.system.problem.variables[variable];
    let named = name_of(shown, variable);
    let measured = record.measurement().or(record.constant().map(|value| (value, 0.0)));
    QuantityRow {
        number: variable,
        name: named.name,
        kind: named.kind,
        id: named.id,
        unit: named.unit,
        simulated: year.system.simulated[variable],
        measured: measured.map(|(value, _)| value),
        measured_deviation: measured.map(|(_, deviation)| deviation),
        reconciled: estimate.value,
        deviation: estimate.deviation,
        class: estimate.class.map(Class::word),
        bound: estimate.bound.map(|bound| match bound {
            ActiveBound::Lower => "lower",
            ActiveBound::Upper => "upper",
        }),
        z: estimate.z(0.0),
        suspect: year.suspect(variable),
        table: provenance(shown, variable).map(|p| p.table.stem().to_owned()),
        row: provenance(shown, variable).map(|p| p.row),
    }
}

/// The row that a measured quantity was read from.
fn provenance<'a>(shown: &Reconciled<'a>, variable: usize) -> Option<&'a Provenance> {
    let model = shown.model;
    match shown.year.system.subjects[variable] {
        Subject::Measurement(row) => Some(&model.measurements[row].provenance),
        Subject::Content(row, ..) => Some(&model.contents[row].provenance),
        Subject::Coefficient(process, row) => Some(&model.processes[process].rows[row].provenance),
        Subject::GivenActivity(process) => {
            let points = &model.processes[process].activity.points;
            points.iter().find(|point| point.year == shown.year.year).map(|point| &point.provenance)
        }
        _ => None,
    }
}

fn suspects(shown: &Reconciled<'_>) -> Vec<SuspectRow> {
    let year = shown.year;
    let row = |suspect: &crate::reconcile::Suspect| {
        let named = name_of(shown, suspect.variable);
        let measured = year.system.problem.variables[suspect.variable].measurement()?.0;
        Some(SuspectRow {
            name: named.name,
            reporter: named.reporter,
            table: provenance(shown, suspect.variable).map(|p| p.table.stem().to_owned()),
            row: provenance(shown, suspect.variable).map(|p| p.row),
            unit: named.unit,
            measured,
            z: suspect.z,
            fitting: suspect.fitting,
            fitting_deviation: suspect.fitting_deviation,
            ratio: suspect.fitting.filter(|fitting| *fitting > 0.0).map(|fitting| measured / fitting),
        })
    };
    year.course.suspects.iter().filter_map(row).collect()
}

fn layers(shown: &Reconciled<'_>) -> Vec<LayerRow> {
    let (model, year) = (shown.model, shown.year);
    let before = closings(&year.system, model, &|variable| Some(year.system.simulated[variable]));
    let after = closings(&year.system, model, &|variable| {
        let estimate: &Estimate = &year.all.estimates[variable];
        Some(estimate.value.unwrap_or(year.system.simulated[variable]))
    });
    let share = |closing: &LayerClosing| {
        let larger = closing.enters.max(closing.leaves);
        if larger > 0.0 { closing.imbalance() / larger } else { 0.0 }
    };
    before
        .iter()
        .zip(&after)
        .map(|(before, after)| {
            let process = &model.processes[before.process];
            let material = |row: usize| &model.materials[process.rows[row].material];
            LayerRow {
                process: super::named(shown.language, &process.name, &process.name_en).to_owned(),
                substance: names::substance(before.substance, shown.language).to_owned(),
                enters: [before.enters, after.enters],
                leaves: [before.leaves, after.leaves],
                open: before.open_row.map(|row| {
                    super::named(shown.language, &material(row).name, &material(row).name_en).to_owned()
                }),
                imbalance: before.open_row.is_none().then(|| [share(before), share(after)]),
            }
        })
        .collect()
}
