//! What a mix comes to when it is simulated: money by month, materials by year, targets and rules.

use super::offers::{Mix, Offer, Purse, decisions};
use super::question::{Objective, Question};
use crate::calendar::Month;
use crate::funding::{self, FundingOptions, FundingOutcome, ProjectSchedule};
use crate::gaps;
use crate::id::{Id, PlaceId, ProjectId};
use crate::indicators::{Appraisal, Definition, Direction, IndicatorValue};
use crate::model::{ChoiceRuleKind, Model, Places, RelationKind};
use crate::network::ArcKind;
use crate::plan::Plan;
use crate::simulate::{self, Trajectory};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// What a goal comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// Value, in the definition's unit; `None` where it is not computable.
    pub value: Option<f64>,
    /// Whether it is met.
    pub met: bool,
    /// By how much it is missed, as a share of the target; 0 where met, 1 where not computable.
    pub shortfall: f64,
}

/// A mix, simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// By goal.
    pub goals: Vec<Reached>,
    /// Values of the objectives, in the order of [`Objective::ALL`].
    pub values: [f64; 6],
    /// What it breaks of what must hold, in a measure that falls as it comes nearer; 0 where all holds.
    pub broken: f64,
    /// First month on stream, by project.
    pub on_stream: Vec<Option<Month>>,
}

impl Judged {
    /// Value of an objective.
    #[must_use]
    pub fn value(&self, objective: Objective) -> f64 {
        self.values[objective as usize]
    }
}

/// Simulates mixes of one scenario.
#[derive(Debug)]
pub struct Judge<'a> {
    /// Facts.
    pub model: &'a Model,
    /// Structure.
    pub plan: &'a Plan,
    /// Projects as they can be chosen.
    pub offers: &'a [Offer],
    /// What is asked.
    pub question: &'a Question,
    /// Assumptions of the money.
    pub options: FundingOptions,
    /// Money that comes in.
    pub purse: &'a Purse,
    /// Definitions that goals need, with what they are made of.
    definitions: &'a [Definition],
    appraisal: Appraisal<'a>,
    /// What years come to, by the months on stream.
    known: Mutex<BTreeMap<Vec<Option<Month>>, Years>>,
}

/// What the years come to, apart from money.
#[derive(Clone, Debug)]
struct Years {
    goals: Vec<Reached>,
    tonnes: f64,
}

impl<'a> Judge<'a> {
    /// Compiles what is asked.
    #[must_use]
    pub fn new(
        model: &'a Model,
        plan: &'a Plan,
        definitions: &'a [Definition],
        question: &'a Question,
        options: FundingOptions,
        purse: &'a Purse,
        offers: &'a [Offer],
    ) -> Self {
        let mut places: Vec<PlaceId> = question.goals.iter().map(|goal| goal.place).collect();
        places.push(Places::ROOT);
        let appraisal = Appraisal::new(definitions, model, &plan.network).at(&places);
        let known = Mutex::default();
        Self { model, plan, offers, question, options, purse, definitions, appraisal, known }
    }

    /// Money of a mix.
    #[must_use]
    pub fn fund(&self, mix: &Mix) -> FundingOutcome {
        funding::fund_mix(self.model, &decisions(self.offers, mix), &self.options)
    }

    /// Materials of a schedule.
    #[must_use]
    pub fn simulate(&self, schedule: &[ProjectSchedule]) -> Trajectory {
        simulate::run_quietly(self.plan, self.model, schedule)
    }

    /// The indicators that goals need, of simulated years.
    #[must_use]
    pub fn appraise(&self, trajectory: &Trajectory, schedule: &[ProjectSchedule]) -> Vec<IndicatorValue> {
        self.appraisal.of(trajectory, schedule)
    }

    /// The compiled definitions.
    #[must_use]
    pub fn appraisal(&self) -> &Appraisal<'a> {
        &self.appraisal
    }

    /// The definitions that goals need.
    #[must_use]
    pub fn definitions(&self) -> &'a [Definition] {
        self.definitions
    }

    /// Simulates a mix and judges it.
    #[must_use]
    pub fn judge(&self, mix: &Mix) -> Judged {
        let funding = self.fund(mix);
        let on_stream: Vec<Option<Month>> =
            funding.schedule.iter().map(|project| project.on_stream).collect();
        let known = self.known.lock().ok().and_then(|known| known.get(&on_stream).cloned());
        let years = known.unwrap_or_else(|| {
            let years = self.years(&funding.schedule);
            if let Ok(mut known) = self.known.lock() {
                known.insert(on_stream.clone(), years.clone());
            }
            years
        });
        let chosen =
            || self.offers.iter().zip(mix).filter(|(_, start)| start.is_some()).map(|(offer, _)| offer);
        let met = years.goals.iter().filter(|goal| goal.met).count() as f64;
        let shortfall =
            years.goals.iter().zip(&self.question.goals).map(|(r, goal)| r.shortfall * goal.weight);
        let investment = chosen().map(|offer| self.model.projects[offer.project].investment.yuan());
        let jobs =
            chosen().filter_map(|offer| self.model.projects[offer.project].jobs).map(|jobs| jobs.central);
        let public: f64 = chosen().map(|offer| offer.granted().yuan()).sum();
        let values = [met, shortfall.sum(), years.tonnes, public, investment.sum::<f64>(), jobs.sum::<f64>()];
        let broken = self.broken(mix, &funding, &years.goals, public);
        Judged { goals: years.goals, values, broken, on_stream }
    }

    fn years(&self, schedule: &[ProjectSchedule]) -> Years {
        let trajectory = self.simulate(schedule);
        let values = self.appraise(&trajectory, schedule);
        let goals = self.question.goals.iter().map(|goal| {
            let value = values
                .iter()
                .find(|v| (v.definition, v.place, v.year) == (goal.definition, goal.place, goal.year))
                .and_then(|v| v.value.as_ref().ok().copied());
            reached(value, goal.value, self.definitions[goal.definition].direction)
        });
        Years { goals: goals.collect(), tonnes: recovered(self.model, self.plan, &trajectory) }
    }

    /// What a mix breaks: 1 for every rule or relation, and the share by which hard targets and debts miss.
    fn broken(&self, mix: &Mix, funding: &FundingOutcome, goals: &[Reached], public: f64) -> f64 {
        let mut broken = 0.0;
        for (goal, reached) in self.question.goals.iter().zip(goals).filter(|(goal, _)| goal.hard) {
            if !reached.met {
                broken += 1.0 + reached.shortfall * goal.weight;
            }
        }
        broken += broken_rules(self.model, self.question, self.offers, mix) as f64;
        if let Some(most) = self.question.most_public.filter(|most| public > *most) {
            broken += 1.0 + (public - most) / most.max(1.0);
        }
        broken + self.owed(funding)
    }

    /// What funds that must keep their promises still owe at the end of the horizon, as a share of what they were given;
    /// 0 where nothing.
    fn owed(&self, funding: &FundingOutcome) -> f64 {
        let end = gaps::at(self.model, funding, self.model.settings.last_month());
        end.funds
            .iter()
            .filter(|fund| self.question.kept.contains(&fund.fund))
            .map(|fund| (fund.short + fund.held_up).yuan() / self.purse.total(fund.fund).yuan().max(1.0))
            .map(|share| if share > 0.0 { 1.0 + share } else { 0.0 })
            .sum()
    }
}

/// A value against its target.
fn reached(value: Option<f64>, target: f64, direction: Direction) -> Reached {
    let Some(value) = value else { return Reached { value, met: false, shortfall: 1.0 } };
    let missing = match direction {
        Direction::Less => value - target,
        _ => target - value,
    };
    // The slack is that of grading: rounding of sums.
    let met = missing <= 1e-9 * target.abs();
    let scale = if target == 0.0 { 1.0 } else { target.abs() };
    Reached { value: Some(value), met, shortfall: if met { 0.0 } else { (missing / scale).max(0.0) } }
}

/// How many rules and relations a mix breaks.
#[must_use]
pub fn broken_rules(model: &Model, question: &Question, offers: &[Offer], mix: &Mix) -> usize {
    let chosen = |project: ProjectId| mix[project.index()].is_some();
    let started = |year: i32| {
        let starts = offers.iter().zip(mix).filter_map(|(offer, at)| at.map(|at| offer.starts[at].month));
        starts.filter(|month| month.year() == year).count()
    };
    let count_in = |place: PlaceId| {
        let places =
            model.projects.enumerate().filter(|(id, _)| chosen(*id)).map(|(_, project)| project.place);
        places.filter(|at| model.places.is_within(*at, place)).count()
    };
    let mut broken = 0;
    for relation in model.relations.iter().filter(|relation| chosen(relation.project)) {
        broken += match relation.kind {
            RelationKind::Needs => relation.others.iter().filter(|other| !chosen(**other)).count(),
            RelationKind::Excludes => relation.others.iter().filter(|other| chosen(**other)).count(),
            RelationKind::NeedsOneOf => usize::from(!relation.others.iter().any(|other| chosen(*other))),
        };
    }
    for rule in &question.rules {
        broken += match &rule.kind {
            ChoiceRuleKind::MustHave(project) => usize::from(!chosen(*project)),
            ChoiceRuleKind::MustNot(project) => usize::from(chosen(*project)),
            // Starts outside their window are not offered.
            ChoiceRuleKind::StartWindow(..) => 0,
            ChoiceRuleKind::StartsAYear(Some(year), most) => started(*year).saturating_sub(*most as usize),
            ChoiceRuleKind::StartsAYear(None, most) => {
                model.settings.years().map(|year| started(year).saturating_sub(*most as usize)).sum()
            }
            ChoiceRuleKind::AtLeast(Some(place), least) => (*least as usize).saturating_sub(count_in(*place)),
            ChoiceRuleKind::AtLeast(None, least) => {
                model.places.counties().map(|place| (*least as usize).saturating_sub(count_in(place))).sum()
            }
        };
    }
    broken
}

/// Class of the wastes that the state's rate of general industrial solid waste counts.
pub const SOLID_WASTE_CLASS: &str = "general_industrial_solid_waste";

/// Whether what flows on an arc counts as recovered, and tonnes a base unit: solid waste of industry that a process
/// takes or draws to use it; where no material is of that class, any waste.
#[must_use]
pub fn recovers(model: &Model, arc: &crate::network::Arc) -> Option<f64> {
    let (process, _) = arc.row?;
    let takes = matches!(arc.kind, ArcKind::Take | ArcKind::TakePrior | ArcKind::Draw | ArcKind::DrawPrior);
    let material = &model.materials[arc.material];
    let of_class = material.is_of(SOLID_WASTE_CLASS)
        || (material.kind == crate::model::MaterialKind::Waste
            && !model.materials.iter().any(|material| material.is_of(SOLID_WASTE_CLASS)));
    let used = crate::economics::recovers(model.processes[process].treatment);
    (takes && of_class && used).then_some(material.mass_per_unit).flatten()
}

/// Waste recovered over the years, t (E-O4).
#[must_use]
pub fn recovered(model: &Model, plan: &Plan, trajectory: &Trajectory) -> f64 {
    let factors: Vec<(usize, f64)> = plan
        .network
        .arcs
        .enumerate()
        .filter_map(|(id, arc)| recovers(model, arc).map(|factor| (id.index(), factor)))
        .collect();
    let of_year = |flows: &[f64]| factors.iter().map(|(arc, factor)| flows[*arc] * factor).sum::<f64>();
    trajectory.years.iter().map(|year| of_year(&year.flows)).sum()
}
