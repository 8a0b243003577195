//! What is asked: what is best, and what has to hold.

use crate::id::{FundId, PlaceId};
use crate::model::{ChoiceRule, Model};

/// What a mix is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Objective {
    /// Number of targets met; more is better.
    Targets,
    /// Weighted shortfall of the targets, as shares of the targets; less is better.
    Shortfall,
    /// General industrial solid waste used over the horizon, t; more is better.
    Tonnes,
    /// Grants of public funds to the projects chosen, yuan; less is better.
    PublicMoney,
    /// Investment of the projects chosen, yuan; less is better.
    TotalCost,
    /// Jobs of the projects chosen; more is better.
    Jobs,
}

impl Objective {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Targets, Self::Shortfall, Self::Tonnes, Self::PublicMoney, Self::TotalCost, Self::Jobs];

    /// Its word on the command line and in results.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Targets => "targets",
            Self::Shortfall => "shortfall",
            Self::Tonnes => "tonnes",
            Self::PublicMoney => "public-money",
            Self::TotalCost => "total-cost",
            Self::Jobs => "jobs",
        }
    }

    /// The objective of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|objective| objective.word() == word)
    }

    /// Whether more of it is better.
    #[must_use]
    pub fn is_more_better(self) -> bool {
        matches!(self, Self::Targets | Self::Tonnes | Self::Jobs)
    }

    /// A value such that less is better.
    #[must_use]
    pub fn cost(self, value: f64) -> f64 {
        if self.is_more_better() { -value } else { value }
    }
}

/// A target that counts: an indicator of a place in a year, for which the tables give a value of that year.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// Position of the row in the model's targets.
    pub target: usize,
    /// Position of the definition.
    pub definition: usize,
    /// Place.
    pub place: PlaceId,
    /// Year.
    pub year: i32,
    /// Value, in the definition's unit.
    pub value: f64,
    /// Weight in the shortfall.
    pub weight: f64,
    /// Whether it must be met.
    pub hard: bool,
}

/// What is asked of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is best, the first first.
    pub objectives: Vec<Objective>,
    /// Targets that count.
    pub goals: Vec<Goal>,
    /// Whether targets are counted: a column more for each.
    pub counts_targets: bool,
    /// Rules of choosing: those of the tables and those of the command.
    pub rules: Vec<ChoiceRule>,
    /// Funds that must have paid all they owe the chosen projects by the end of the horizon. Of the others grants may
    /// still be owed, as far as owners bridge them.
    pub kept: Vec<FundId>,
    /// Most grants of public funds, yuan; `None` no limit beyond the funds themselves.
    pub most_public: Option<f64>,
}

impl Question {
    /// The rows of the tables that count as goals: targets of years within the horizon and after the base year whose
    /// indicator is known.
    #[must_use]
    pub fn goals_of(model: &Model, definitions: &[crate::indicators::Definition]) -> Vec<Goal> {
        let settings = &model.settings;
        let known = |key: &str| definitions.iter().position(|definition| definition.key == key);
        let rows = model.targets.iter().enumerate();
        rows.filter(|(_, row)| row.year > settings.base_year && row.year <= settings.horizon)
            .filter_map(|(target, row)| {
                let definition = known(&row.indicator)?;
                let graded = definitions[definition].direction != crate::indicators::Direction::Neutral;
                graded.then_some(Goal {
                    target,
                    definition,
                    place: row.place,
                    year: row.year,
                    value: row.value,
                    weight: 1.0,
                    hard: false,
                })
            })
            .collect()
    }
}
