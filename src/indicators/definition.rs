//! Definitions of indicators: what a file of `catalogue/indicators` says, as records.
//!
//! Nothing here is fixed in the program: names, formulas, what counts as used, which statistic covers
//! what the model leaves out, and whether the text was checked against the regulation are all data.

use super::formula::Formula;
use crate::diagnostic::Language;
use crate::model::Treatment;
use crate::network::ArcKind;
use crate::units::Dimension;

/// Which way an indicator is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    More,
    /// Less is better.
    Less,
    /// Neither: shown, never graded.
    Neutral,
}

/// How sure we are of a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Low.
    Low,
    /// Medium.
    Medium,
    /// High.
    High,
}

/// Definition of one indicator.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Id (`ce2017-07`).
    pub key: String,
    /// Set it belongs to (`ce-2017`).
    pub set: String,
    /// Number in the regulation (`7`, `17a`).
    pub number: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// Shown unit, Chinese.
    pub unit: String,
    /// Shown unit, English.
    pub unit_en: String,
    /// Base units per shown unit: 10 000 where yuan are shown as 万元.
    pub scale: f64,
    /// Whether it is a share 0–1 that is shown in percent.
    pub percent: bool,
    /// Which way is better.
    pub direction: Direction,
    /// Named terms.
    pub terms: Vec<Term>,
    /// Arithmetic over terms and other indicators.
    pub formula: Formula,
    /// Switches with their setting.
    pub switches: Vec<Switch>,
    /// The regulation or document it comes from, as cited.
    pub regulation: String,
    /// Public addresses of what was read.
    pub sources: Vec<String>,
    /// Who checked the text, when, at which page; `None` when nobody did.
    pub text_verified: Option<String>,
    /// How sure we are of the definition.
    pub confidence: Confidence,
    /// What to mind, Chinese; may be empty.
    pub note: String,
    /// What to mind, English; may be empty.
    pub note_en: String,
}

impl Definition {
    /// Name in a language.
    #[must_use]
    pub fn name_in(&self, language: Language) -> &str {
        language.pick(&self.name, &self.name_en)
    }

    /// Shown unit in a language.
    #[must_use]
    pub fn unit_in(&self, language: Language) -> &str {
        language.pick(&self.unit, &self.unit_en)
    }

    /// The number a reader sees: percent for shares, else the value itself.
    #[must_use]
    pub fn shown(&self, value: f64) -> f64 {
        if self.percent { value * 100.0 } else { value }
    }

    /// The sentence that stands beside the indicator when nobody checked its text; `None` when checked.
    #[must_use]
    pub fn caveat(&self, language: Language) -> Option<&'static str> {
        self.text_verified
            .is_none()
            .then(|| language.pick("定义未经原文核对", "definition not checked against the regulation"))
    }

    /// Whether a switch is on; one that is not declared is off.
    #[must_use]
    pub fn is_on(&self, switch: &str) -> bool {
        self.switches.iter().any(|s| s.name == switch && s.on)
    }

    /// The same definition with a declared switch set otherwise; `None` when it has no such switch.
    #[must_use]
    pub fn with_switch(&self, switch: &str, on: bool) -> Option<Self> {
        let mut other = self.clone();
        other.switches.iter_mut().find(|s| s.name == switch)?.on = on;
        Some(other)
    }

    /// The term of a name.
    #[must_use]
    pub fn term(&self, name: &str) -> Option<&Term> {
        self.terms.iter().find(|t| t.name == name)
    }

    /// Whether it needs nothing but the model's flows and stocks, so that a park has it too.
    #[must_use]
    pub fn rests_on_flows_alone(&self) -> bool {
        self.formula.members().is_empty()
            && self.terms.iter().filter(|t| !t.note).all(|t| !matches!(t.kind, TermKind::Statistic { .. }))
    }
}

/// A choice that a definition leaves open, such as whether backfill counts as use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// Name.
    pub name: String,
    /// Setting.
    pub on: bool,
}

/// A named term of a definition.
#[derive(Clone, Debug)]
pub struct Term {
    /// Name in the formula.
    pub name: String,
    /// What it is, Chinese.
    pub label: String,
    /// What it is, English.
    pub label_en: String,
    /// Dimension of its value; the unit is the base unit.
    pub dimension: Dimension,
    /// How it is found.
    pub kind: TermKind,
    /// Whether it is only printed beside the indicator and stands in no formula.
    pub note: bool,
}

impl Term {
    /// What it is, in a language.
    #[must_use]
    pub fn label_in(&self, language: Language) -> &str {
        language.pick(&self.label, &self.label_en)
    }
}

/// How a term is found.
#[derive(Clone, Debug)]
pub enum TermKind {
    /// A sum over flows; with a remainder, `statistic(base year) + modelled change`.
    Flows {
        /// Which flows, booked to whom.
        flows: FlowSelection,
        /// What the model does not cover.
        remainder: Option<Remainder>,
    },
    /// Level or change of stored stocks, booked to the place of the heap.
    Stock {
        /// Materials.
        materials: MaterialSelection,
        /// Level or change.
        level: StockLevel,
    },
    /// A statistic of the place, plus what projects change in it.
    Statistic {
        /// Key of the statistic.
        key: String,
        /// Whether the last given value is held in years that have none (the value is then poor).
        held: bool,
    },
}

/// Which materials.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaterialSelection {
    /// Any of these classes …
    pub classes: Vec<String>,
    /// … or these ids.
    pub materials: Vec<String>,
}

/// Which flows, converted how, booked to whom.
#[derive(Clone, Debug)]
pub struct FlowSelection {
    /// Kinds of arcs.
    pub kinds: Vec<ArcKind>,
    /// Materials.
    pub materials: MaterialSelection,
    /// Treatments of the process at the arc; empty any. Arcs without a process are not asked.
    pub treatments: Vec<TreatmentRule>,
    /// Only processes of enterprises above the statistical scale.
    pub above_scale: bool,
    /// Which side of the place's border.
    pub boundary: Boundary,
    /// This year's or prior-year material.
    pub origin: OriginFilter,
    /// To whom it is booked.
    pub booking: Booking,
    /// What is counted.
    pub measure: Measure,
}

/// A treatment that counts, always or while a switch is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreatmentRule {
    /// Treatment.
    pub treatment: Treatment,
    /// Switch that must be on; `None` always.
    pub switch: Option<String>,
}

/// Which flows belong to a place when they are booked where they happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Boundary {
    /// The process of the arc (or, without one, its market) lies in the place.
    #[default]
    At,
    /// Both ends lie in the place.
    Inside,
    /// Comes in from other places or from outside the city.
    In,
    /// Goes out to other places or outside the city.
    Out,
}

/// Which origin counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OriginFilter {
    /// Any.
    #[default]
    Any,
    /// Made this year.
    Current,
    /// Out of a heap of prior years.
    Prior,
}

/// To whom a flow is booked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Booking {
    /// To the place where it happens.
    #[default]
    Place,
    /// To the place that produced the material (the heap's place for prior years); imports to none.
    Producer,
}

/// What is counted of a flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// The amount itself; tonnes where the term is a mass.
    #[default]
    Amount,
    /// Coal equivalent.
    CoalEquivalent,
    /// t CO₂ when used.
    Co2,
    /// Value at the material's price.
    Value,
}

/// Level or change of a stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StockLevel {
    /// At the year's begin.
    Opening,
    /// At the year's end.
    Closing,
    /// Closing less opening; negative when stocks shrink.
    Change,
}

/// What the model does not cover of a term (其他).
#[derive(Clone, Debug, PartialEq)]
pub struct Remainder {
    /// Key of the statistic.
    pub statistic: String,
    /// What the statistic counts.
    pub counts: Counts,
    /// What it does after the base year.
    pub after: After,
}

/// What the statistic of a remainder counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// Everything: the remainder is the statistic less the modelled part of the base year.
    Total,
    /// Only what the model leaves out: the remainder is the statistic itself.
    Rest,
}

/// What a remainder does after the base year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum After {
    /// Grows at the rate that the statistic's row declares; held when it declares none.
    AsStatistic,
    /// Is held.
    Held,
    /// Grows at this yearly rate (0.03 = 3 %).
    Grown(f64),
}
