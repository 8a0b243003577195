//! The cost of the gap as a table, by state of the assumptions and by county.

use super::Subject;
use crate::counterfactual::{self, BRIDGES, GapCost, Measure};
use crate::money::Ppm;
use crate::report::named;
use serde::Serialize;

/// The cost of the missing county money.
#[derive(Clone, Debug, Serialize)]
pub struct Cost {
    /// Name of the scenario it is measured on.
    pub scenario: String,
    /// Whether the scenario itself applies the matching rule: with the owners' own bridges, that line is the
    /// scenario as it stands.
    pub matching: bool,
    /// Every state of the assumptions.
    pub lines: Vec<CostLine>,
    /// By county, in every state of the assumptions.
    pub counties: Vec<CountyLine>,
    /// Which assumption carries the figure.
    pub sentence: String,
}

/// One state of the assumptions.
#[derive(Clone, Debug, Serialize)]
pub struct CostLine {
    /// Whether the matching rule is applied.
    pub matching: bool,
    /// Bridge share of all owners, 0–1; absent where each has its own.
    pub bridge: Option<f64>,
    /// Project-months on stream lost.
    pub project_months: Option<f64>,
    /// Tonnes not used.
    pub tonnes: Option<f64>,
    /// Points of the composite lost.
    pub composite_points: Option<f64>,
    /// Points of the solid-waste rate lost.
    pub solid_waste_points: Option<f64>,
    /// Whether months and tonnes are lower bounds.
    pub at_least: bool,
}

/// What one county's missing money costs in one state of the assumptions.
#[derive(Clone, Debug, Serialize)]
pub struct CountyLine {
    /// Whether the matching rule is applied.
    pub matching: bool,
    /// Bridge share of all owners, 0–1; absent where each has its own.
    pub bridge: Option<f64>,
    /// Name of the county unit.
    pub county: String,
    /// Project-months if it alone paid.
    pub months_alone: Option<f64>,
    /// Its Shapley share of the project-months.
    pub months_shapley: Option<f64>,
    /// Tonnes if it alone paid.
    pub tonnes_alone: Option<f64>,
    /// Its Shapley share of the tonnes.
    pub tonnes_shapley: Option<f64>,
}

pub(super) fn cost(subject: &Subject<'_>) -> Option<Cost> {
    let base = subject.run.base?;
    let table = &subject.run.cost_of_gap;
    if table.is_empty() {
        return None;
    }
    let states = [false, true].into_iter().flat_map(|matching| BRIDGES.map(|bridge| (matching, bridge)));
    let model = subject.model(base);
    let owing = counterfactual::owing_counties(model);
    let counties = states.clone().flat_map(|state| owing.iter().map(move |county| (state, *county)));
    let counties = counties.map(|((matching, bridge), county)| {
        let of = |measure| {
            let line = find(table, matching, bridge, measure)?;
            line.counties.iter().find(|cost| cost.county == county)
        };
        let place = &model.places[county];
        CountyLine {
            matching,
            bridge: bridge.map(Ppm::share),
            county: named(subject.language, &place.name, &place.name_en).to_owned(),
            months_alone: of(Measure::ProjectMonths).map(|cost| cost.alone),
            months_shapley: of(Measure::ProjectMonths).map(|cost| cost.shapley),
            tonnes_alone: of(Measure::Tonnes).map(|cost| cost.alone),
            tonnes_shapley: of(Measure::Tonnes).map(|cost| cost.shapley),
        }
    });
    Some(Cost {
        scenario: subject.scenario_name(base).to_owned(),
        matching: model.scenarios[model.scenario].matching,
        lines: states.map(|(matching, bridge)| line(table, matching, bridge)).collect(),
        counties: counties.collect(),
        sentence: counterfactual::sentence(table, model, subject.language),
    })
}

fn find(table: &[GapCost], matching: bool, bridge: Option<Ppm>, measure: Measure) -> Option<&GapCost> {
    table.iter().find(|line| line.matching == matching && line.bridge == bridge && line.measure == measure)
}

impl Cost {
    /// The line of the scenario as it stands.
    #[must_use]
    pub fn as_it_stands(&self) -> Option<&CostLine> {
        self.lines.iter().find(|line| line.matching == self.matching && line.bridge.is_none())
    }
}

fn line(table: &[GapCost], matching: bool, bridge: Option<Ppm>) -> CostLine {
    let total = |measure| find(table, matching, bridge, measure).and_then(|line| line.total);
    CostLine {
        matching,
        bridge: bridge.map(Ppm::share),
        project_months: total(Measure::ProjectMonths),
        tonnes: total(Measure::Tonnes),
        composite_points: total(Measure::CompositePoints),
        solid_waste_points: total(Measure::SolidWastePoints),
        at_least: find(table, matching, bridge, Measure::ProjectMonths).is_some_and(|line| line.at_least),
    }
}
