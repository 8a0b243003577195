//! What the user told us, checked: the `Model` of one scenario.
//!
//! A [`Model`] holds only valid references and base units. It is built by `input` and never changed
//! afterwards. Every scenario has a model of its own (the base tables with the scenario's `changes`
//! applied); structure (processes, recipes' rows, markets, places, projects) is the same in all of
//! them, so that one plan serves all.

pub mod alternative;
pub mod choice;
pub mod closing;
pub mod in_use;
pub mod material;
pub mod measurement;
pub mod money;
pub mod place;
pub mod process;
pub mod project;
pub mod provenance;
pub mod recipe;
pub mod scenario;
pub mod series;
pub mod statistic;

pub use alternative::Alternative;
pub use choice::{ChoiceRule, ChoiceRuleKind, GrantRule};
pub use in_use::{Falling, InUseStock};
pub use material::{Basis, Market, MarketRule, Material, MaterialKind, Sink, SurplusRule};
pub use measurement::{Content, Measurement, Observed, Reporter};
pub use money::{
    Appropriation, AppropriationState, Duty, Financing, Fund, FundLevel, IfMissing, MatchingRule, Payment,
    Recurrence,
};
pub use place::{Enterprise, Place, PlaceKind, Places};
pub use process::{Driver, Process, Treatment};
pub use project::{Change, Effect, EffectTarget, Project, ProjectClass, Relation, RelationKind};
pub use provenance::{Provenance, Quality, Shelf, Source, TableKind};
pub use recipe::{Amount, RecipeRow, Role, Technology};
pub use scenario::{Decision, Scenario};
pub use series::Series;
pub use statistic::{Statistic, Target};

use crate::calendar::Month;
use crate::id::{
    EnterpriseId, FinancingId, FundId, Id, MaterialId, ParameterId, ProcessId, ProjectId, ScenarioId,
    SourceId, StockId, Table, TechnologyId,
};
use crate::quantity::Quantity;

/// A checked model of one scenario, in base units.
#[derive(Clone, Debug)]
pub struct Model {
    /// Settings of `model.toml`.
    pub settings: Settings,
    /// The tree of places; the first is the root (the city).
    pub places: Places,
    /// Enterprises.
    pub enterprises: Table<EnterpriseId, Enterprise>,
    /// Materials, of the catalogue and of the model; only those that are used.
    pub materials: Table<MaterialId, Material>,
    /// Technologies that are used.
    pub technologies: Table<TechnologyId, Technology>,
    /// Processes, those that only a project brings included (at capacity 0).
    pub processes: Table<ProcessId, Process>,
    /// Rules of markets as given; a market without a row has the defaults of its material's kind.
    pub market_rules: Vec<MarketRule>,
    /// Final demand by market place.
    pub demands: Vec<FinalDemand>,
    /// In-use stocks.
    pub stocks: Table<StockId, InUseStock>,
    /// Projects.
    pub projects: Table<ProjectId, Project>,
    /// `needs`, `excludes`, `needs_one_of`.
    pub relations: Vec<Relation>,
    /// Funds.
    pub funds: Table<FundId, Fund>,
    /// Who must set up what by when.
    pub duties: Vec<Duty>,
    /// Money put in, promised or asked for.
    pub appropriations: Vec<Appropriation>,
    /// Who pays what of which project.
    pub financing: Table<FinancingId, Financing>,
    /// How much funds may grant.
    pub grant_rules: Vec<GrantRule>,
    /// Rules of choosing projects.
    pub choice_rules: Vec<ChoiceRule>,
    /// Statistics of places by year.
    pub statistics: Vec<Statistic>,
    /// Targets of indicators.
    pub targets: Vec<Target>,
    /// Prices by material, yuan per base unit.
    pub prices: Vec<Price>,
    /// Scenarios; the same list in every scenario's model.
    pub scenarios: Table<ScenarioId, Scenario>,
    /// Which of [`Model::scenarios`] this model is the tables of.
    pub scenario: ScenarioId,
    /// Named uncertain numbers.
    pub parameters: Table<ParameterId, Parameter>,
    /// What was measured.
    pub measurements: Vec<Measurement>,
    /// What materials contain.
    pub contents: Vec<Content>,
    /// Numbers on which sources disagree.
    pub alternatives: Vec<Alternative>,
    /// Sources cited.
    pub sources: Table<SourceId, Source>,
}

impl Model {
    /// The in-use stock that a process brings into use or out of it; `None` of all others.
    #[must_use]
    pub fn stock_of(&self, process: ProcessId) -> Option<StockId> {
        // The processes of stocks stand at the end, two by two.
        let first = self.stocks.iter().next()?.enters;
        let at = process.index().checked_sub(first.index())? / 2;
        (at < self.stocks.len()).then(|| StockId::from_index(at))
    }
}

/// Settings of `model.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Identifier, also the name of the output folder.
    pub id: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// First year: the base year.
    pub base_year: i32,
    /// Last year.
    pub horizon: i32,
    /// Last year whose statistics are what happened: those given for the years up to it stand as they are; `None`: that is
    /// so of the base year alone.
    pub actual_until: Option<i32>,
    /// Whether the data are invented for illustration.
    pub illustrative: bool,
    /// Indicator sets to compute (`ce-2017`, …).
    pub indicator_sets: Vec<String>,
    /// Seed of draws.
    pub seed: u64,
    /// Default number of draws of an ensemble.
    pub draws: u32,
}

impl Settings {
    /// All years from the base year to the horizon.
    pub fn years(&self) -> impl ExactSizeIterator<Item = i32> + Clone + use<> {
        let (first, last) = (self.base_year, self.horizon);
        (0..usize::try_from(last - first + 1).unwrap_or(0)).map(move |i| first + i as i32)
    }

    /// January of the base year.
    #[must_use]
    pub fn first_month(&self) -> Month {
        Month::january(self.base_year)
    }

    /// December of the last year.
    #[must_use]
    pub fn last_month(&self) -> Month {
        Month::december(self.horizon)
    }
}

/// Final demand for a material at the market of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct FinalDemand {
    /// Material.
    pub material: MaterialId,
    /// Place; the demand draws on the nearest market at or above it.
    pub place: crate::id::PlaceId,
    /// Base units per year.
    pub series: Series,
}

/// Price of a material.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// Material.
    pub material: MaterialId,
    /// Yuan per base unit of the material.
    pub series: Series,
}

/// A named uncertain number.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Id as the user wrote it.
    pub key: String,
    /// Value.
    pub value: Quantity,
    /// Where it comes from.
    pub provenance: Provenance,
}
