//! The submission as data.

use super::parks::ParkForm;
use super::{Filing, Frozen};
use crate::diagnostic::Severity;
use crate::gaps::{CountyGap, Gaps, ProjectGap, by_county};
use crate::indicators::{Booked, IndicatorValue, TermPart};
use crate::model::Model;
use crate::network::Network;
use crate::output::STAMP_BOTH;
use crate::output::tables::node_label;
use crate::report::opened::open_json;
use crate::report::summary::Subject;
use serde_json::{Value, json};

/// Name and version of the form of `submission.json`.
pub const FORM: &str = "circflow-submission-1";

/// The submission as JSON: figures with terms, parts and rows, money, findings, revisions, digests of the inputs.
/// Amounts are in fen.
#[must_use]
pub fn json(filing: &Filing<'_>) -> Value {
    let model = filing.model();
    let settings = &model.settings;
    let gaps = filing.gaps();
    let finding = |finding: &crate::diagnostic::Diagnostic| {
        json!({
            "severity": match finding.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            },
            "code": finding.code.0,
            "message": finding.message(filing.language()),
        })
    };
    json!({
        "format": FORM,
        "program": format!("circflow {}", env!("CARGO_PKG_VERSION")),
        "model": settings.id,
        "name": settings.name,
        "illustrative": settings.illustrative,
        "stamp": settings.illustrative.then_some(STAMP_BOTH),
        "year": filing.year,
        "scenario": model.scenarios[model.scenario].key,
        "indicators": filing.of_city().map(|(_, value)| figure(filing, value)).collect::<Vec<_>>(),
        "places": filing.of_places().map(|value| figure(filing, value)).collect::<Vec<_>>(),
        "parks": parks(filing.subject, filing.scenario, filing.year),
        "counties": counties(model, &gaps),
        "projects": projects(model, &gaps),
        "findings": filing.findings.iter().map(finding).collect::<Vec<_>>(),
        "revisions": filing.revisions,
        "earlier": filing.earlier.iter().map(Frozen::json).collect::<Vec<_>>(),
        "inputs": filing.inputs.iter().map(|(name, digest)| json!({ "name": name, "sha256": digest })).collect::<Vec<_>>(),
    })
}

/// The forms of the parks.
pub(super) fn parks(subject: &Subject<'_>, scenario: usize, year: i32) -> Vec<Value> {
    let model = subject.model(scenario);
    let form = |form: &ParkForm| {
        let mut row =
            json!({ "park": model.places[form.place].key, "value added (10⁴ yuan)": form.value_added });
        for (item, amount) in form.items() {
            row[item] = amount.into();
        }
        row
    };
    super::parks::forms(subject, scenario, year).iter().map(form).collect()
}

/// The money of the county units, in fen.
pub(super) fn counties(model: &Model, gaps: &Gaps) -> Vec<Value> {
    let county = |gap: &CountyGap| {
        json!({
            "county": gap.county.map(|id| model.places[id].key.as_str()),
            "required": gap.required.0, "paid_in": gap.paid_in.0, "obligation_gap": gap.obligation.0,
            "short": gap.short.0, "stopped": gap.stopped.0, "unpaid": gap.unpaid.0, "financing_gap": gap.financing.0,
        })
    };
    by_county(model, gaps).iter().map(county).collect()
}

/// The money of the projects, in fen.
pub(super) fn projects(model: &Model, gaps: &Gaps) -> Vec<Value> {
    let project = |gap: &ProjectGap| {
        json!({
            "project": model.projects[gap.project].key, "investment": model.projects[gap.project].investment.0,
            "paid": gap.paid.0, "unpaid": gap.unpaid.0, "not_yet_due": gap.not_yet_due.0, "financing_gap": gap.financing.0,
        })
    };
    gaps.projects.iter().map(project).collect()
}

/// A value opened, its parts with keys that do not hang on the language.
fn figure(filing: &Filing<'_>, value: &IndicatorValue) -> Value {
    let (model, network) = (filing.model(), &filing.subject.run.plan.network);
    let mut figure = open_json(filing.subject, filing.scenario, value);
    for (term, shown) in value.terms.iter().zip(figure["terms"].as_array_mut().into_iter().flatten()) {
        let parts = term.parts.iter().filter(|part| part.value != 0.0);
        for (part, shown) in parts.zip(shown["parts"].as_array_mut().into_iter().flatten()) {
            shown["key"] = part_key(model, network, part).into();
        }
    }
    figure
}

/// What a part is, in ids: the same in both languages and, where the model keeps its ids, in every year.
pub(super) fn part_key(model: &Model, network: &Network, part: &TermPart) -> String {
    match &part.booked {
        Booked::Flow { arc, .. } => {
            let arc = &network.arcs[*arc];
            let [from, to] = [arc.from, arc.to].map(|node| node_label(model, network, node));
            format!("{from} > {to} {}", model.materials[arc.material].key)
        }
        Booked::Stock(material) => format!("stock:{}", model.materials[*material].key),
        Booked::Statistic(key) => format!("statistic:{key}"),
        Booked::Effect(project) => format!("project:{}", model.projects[*project].key),
        Booked::Remainder(key) => format!("remainder:{key}"),
        Booked::Indicator(key) => format!("indicator:{key}"),
    }
}
