//! Flow selections of a term.

use super::section::Section;
use crate::diagnostic::{Code, Diagnostic};
use crate::indicators::definition::{
    Booking, Boundary, FlowSelection, MaterialSelection, Measure, OriginFilter, Switch, TreatmentRule,
};
use crate::model::Treatment;
use crate::network::ArcKind;

/// Words of `flows`.
const KINDS: [(&str, ArcKind); 22] = [
    ("take", ArcKind::Take),
    ("take_prior", ArcKind::TakePrior),
    ("draw", ArcKind::Draw),
    ("draw_prior", ArcKind::DrawPrior),
    ("unmet", ArcKind::Unmet),
    ("delivery", ArcKind::Delivery),
    ("made", ArcKind::Made),
    ("loss", ArcKind::Loss),
    ("recirculated", ArcKind::Recirculated),
    ("stored_by_process", ArcKind::StoredByProcess),
    ("final", ArcKind::Final),
    ("final_prior", ArcKind::FinalPrior),
    ("final_unmet", ArcKind::FinalUnmet),
    ("pass_up", ArcKind::PassUp),
    ("pass_down", ArcKind::PassDown),
    ("import", ArcKind::Import),
    ("extraction", ArcKind::Extraction),
    ("export", ArcKind::Export),
    ("store", ArcKind::Store),
    ("dispose", ArcKind::Dispose),
    ("discharge", ArcKind::Discharge),
    ("reclaim", ArcKind::ReclaimForDraws),
];

/// Words of `treatments`.
const TREATMENTS: [(&str, Treatment); 8] = [
    ("reuse", Treatment::Reuse),
    ("utilisation", Treatment::Utilisation),
    ("energy_recovery", Treatment::EnergyRecovery),
    ("backfill", Treatment::Backfill),
    ("none", Treatment::None),
    ("treatment", Treatment::Treatment),
    ("storage", Treatment::Storage),
    ("disposal", Treatment::Disposal),
];

/// Classes and ids of a term; at least one must be named.
pub(super) fn materials(section: &mut Section<'_>) -> Option<MaterialSelection> {
    let selection =
        MaterialSelection { classes: section.texts("classes"), materials: section.texts("materials") };
    if selection.classes.is_empty() && selection.materials.is_empty() {
        section.fault(Diagnostic::new(Code("E515")), "classes");
        return None;
    }
    Some(selection)
}

/// Everything a term says about its flows.
pub(super) fn selection(section: &mut Section<'_>, switches: &[Switch]) -> Option<FlowSelection> {
    let mut kinds = section.words("flows", &KINDS);
    // One word for both ways in which prior-year stock is used.
    if kinds.contains(&ArcKind::ReclaimForDraws) {
        kinds.push(ArcKind::ReclaimForTakers);
    }
    let materials = materials(section);
    let mut treatments: Vec<TreatmentRule> = section
        .words("treatments", &TREATMENTS)
        .into_iter()
        .map(|treatment| TreatmentRule { treatment, switch: None })
        .collect();
    for (switch, list) in section.word_lists("treatments_if", &TREATMENTS) {
        if !switches.iter().any(|s| s.name == switch) {
            section.fault(Diagnostic::new(Code("E516")).with("found", switch.clone()), "treatments_if");
        }
        treatments.extend(
            list.into_iter().map(|treatment| TreatmentRule { treatment, switch: Some(switch.clone()) }),
        );
    }
    let above_scale = section.truth("above_scale").unwrap_or(false);
    let boundary = optional(
        section,
        "boundary",
        &[("at", Boundary::At), ("inside", Boundary::Inside), ("in", Boundary::In), ("out", Boundary::Out)],
    );
    let origin = optional(
        section,
        "origin",
        &[("any", OriginFilter::Any), ("current", OriginFilter::Current), ("prior", OriginFilter::Prior)],
    );
    let booking = optional(section, "booked", &[("place", Booking::Place), ("producer", Booking::Producer)]);
    let measure = optional(
        section,
        "measure",
        &[
            ("amount", Measure::Amount),
            ("coal_equivalent", Measure::CoalEquivalent),
            ("co2", Measure::Co2),
            ("value", Measure::Value),
        ],
    );
    Some(FlowSelection {
        kinds,
        materials: materials?,
        treatments,
        above_scale,
        boundary,
        origin,
        booking,
        measure,
    })
}

/// A word that has a default.
fn optional<T: Copy + Default>(section: &mut Section<'_>, key: &'static str, words: &[(&str, T)]) -> T {
    if section.has(key) { section.word(key, words).unwrap_or_default() } else { T::default() }
}
