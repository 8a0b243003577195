//! What a run of the years is measured by when schedules are compared.

use crate::counterfactual::{COMPOSITE, Measured, SOLID_WASTE};
use crate::funding::ProjectSchedule;
use crate::indicators::{self, Definition, IndicatorValue};
use crate::model::{Model, Places};
use crate::plan::Plan;
use crate::simulate;

/// Name of its term that counts what is used.
const USED: &str = "used";

/// Measures schedules of one scenario: only the definitions that are asked for are evaluated.
pub(crate) struct Measurer<'a> {
    model: &'a Model,
    plan: &'a Plan,
    definitions: Vec<Definition>,
}

impl<'a> Measurer<'a> {
    /// A measurer of a scenario.
    pub(crate) fn new(model: &'a Model, plan: &'a Plan, definitions: &[Definition]) -> Self {
        let composite = definitions.iter().find(|definition| definition.key == COMPOSITE);
        let members: Vec<&str> = composite.map_or_else(Vec::new, |found| found.formula.members());
        let wanted = |key: &str| key == COMPOSITE || key == SOLID_WASTE || members.contains(&key);
        let definitions = definitions.iter().filter(|definition| wanted(&definition.key)).cloned().collect();
        Self { model, plan, definitions }
    }

    /// Runs the years under a schedule and measures them.
    pub(crate) fn measure(&self, schedule: &[ProjectSchedule]) -> Measured {
        let trajectory = simulate::run_quietly(self.plan, self.model, schedule);
        let values =
            indicators::appraise(&self.definitions, self.model, &self.plan.network, &trajectory, schedule);
        let last = self.model.settings.horizon;
        Measured {
            tonnes: self.of(&values, SOLID_WASTE).map(used).sum(),
            composite: self.of(&values, COMPOSITE).find(|v| v.year == last).and_then(number),
            solid_waste: self.of(&values, SOLID_WASTE).find(|v| v.year == last).and_then(number),
        }
    }

    /// The values of one indicator for the city, by year.
    fn of<'v>(
        &'v self,
        values: &'v [IndicatorValue],
        key: &'v str,
    ) -> impl Iterator<Item = &'v IndicatorValue> {
        values
            .iter()
            .filter(move |value| value.place == Places::ROOT && self.definitions[value.definition].key == key)
    }
}

fn number(value: &IndicatorValue) -> Option<f64> {
    value.value.as_ref().ok().copied()
}

/// Tonnes used in the year; `None` makes the sum over years `None`.
fn used(value: &IndicatorValue) -> Option<f64> {
    value.terms.iter().find(|term| term.name == USED)?.value
}
