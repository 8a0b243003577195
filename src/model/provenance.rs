//! Where a record comes from and how good it is.

use crate::id::SourceId;

/// How well a datum is known, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// Said in the speech the reference city starts from.
    Seed,
    /// Official statistics.
    Official,
    /// Read in a published page.
    Published,
    /// Measured.
    Measured,
    /// Calculated from better data; the source says from what.
    Derived,
    /// A mirror or a forum page.
    Secondary,
    /// An engineering estimate.
    Estimate,
    /// An assumption.
    Assumption,
}

impl Quality {
    /// The words of tables, best first.
    pub const WORDS: [(&'static str, Self); 8] = [
        ("seed", Self::Seed),
        ("official", Self::Official),
        ("published", Self::Published),
        ("measured", Self::Measured),
        ("derived", Self::Derived),
        ("secondary", Self::Secondary),
        ("estimate", Self::Estimate),
        ("assumption", Self::Assumption),
    ];

    /// Whether a figure resting on it counts in the share printed beside an indicator.
    #[must_use]
    pub fn is_poor(self) -> bool {
        matches!(self, Self::Secondary | Self::Estimate | Self::Assumption)
    }

    /// The word of tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize].0
    }
}

/// Whether a record was given by the user or by the catalogue that ships with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// The user's own tables.
    Model,
    /// The shipped catalogue.
    Catalogue,
}

/// The tables, by the stem of their file name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is the table of that name")]
pub enum TableKind {
    Places,
    Enterprises,
    Processes,
    Projects,
    Funds,
    Duties,
    Appropriations,
    Financing,
    GrantRules,
    ChoiceRules,
    Statistics,
    Targets,
    Scenarios,
    Mixes,
    Materials,
    Technologies,
    Recipes,
    Activity,
    Demand,
    Markets,
    Stocks,
    StockYears,
    Cohorts,
    Effects,
    Relations,
    Prices,
    Contents,
    Parameters,
    Correlations,
    QualitySpreads,
    Measurements,
    Sources,
    Milestones,
    Changes,
}

impl TableKind {
    /// All tables in the order of the manual.
    pub const ALL: [Self; 34] = [
        Self::Places,
        Self::Enterprises,
        Self::Processes,
        Self::Projects,
        Self::Funds,
        Self::Duties,
        Self::Appropriations,
        Self::Financing,
        Self::GrantRules,
        Self::ChoiceRules,
        Self::Statistics,
        Self::Targets,
        Self::Scenarios,
        Self::Mixes,
        Self::Materials,
        Self::Technologies,
        Self::Recipes,
        Self::Activity,
        Self::Demand,
        Self::Markets,
        Self::Stocks,
        Self::StockYears,
        Self::Cohorts,
        Self::Effects,
        Self::Relations,
        Self::Prices,
        Self::Contents,
        Self::Parameters,
        Self::Correlations,
        Self::QualitySpreads,
        Self::Measurements,
        Self::Sources,
        Self::Milestones,
        Self::Changes,
    ];

    /// Stem of the file name, `snake_case` English.
    #[must_use]
    pub fn stem(self) -> &'static str {
        match self {
            Self::Places => "places",
            Self::Enterprises => "enterprises",
            Self::Processes => "processes",
            Self::Projects => "projects",
            Self::Funds => "funds",
            Self::Duties => "duties",
            Self::Appropriations => "appropriations",
            Self::Financing => "financing",
            Self::GrantRules => "grant_rules",
            Self::ChoiceRules => "choice_rules",
            Self::Statistics => "statistics",
            Self::Targets => "targets",
            Self::Scenarios => "scenarios",
            Self::Mixes => "mixes",
            Self::Materials => "materials",
            Self::Technologies => "technologies",
            Self::Recipes => "recipes",
            Self::Activity => "activity",
            Self::Demand => "demand",
            Self::Markets => "markets",
            Self::Stocks => "stocks",
            Self::StockYears => "stock_years",
            Self::Cohorts => "cohorts",
            Self::Effects => "effects",
            Self::Relations => "relations",
            Self::Prices => "prices",
            Self::Contents => "contents",
            Self::Parameters => "parameters",
            Self::Correlations => "correlations",
            Self::QualitySpreads => "quality_spreads",
            Self::Measurements => "measurements",
            Self::Sources => "sources",
            Self::Milestones => "milestones",
            Self::Changes => "changes",
        }
    }
}

/// Where a record was read and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Provenance {
    /// Model or catalogue.
    pub shelf: Shelf,
    /// Table.
    pub table: TableKind,
    /// Line in the file, header = 1; 0 for a record the program made itself.
    pub row: u32,
    /// How well it is known; `None` when the row does not say (shown as "no quality given").
    pub quality: Option<Quality>,
    /// Its source, if given.
    pub source: Option<SourceId>,
}

impl Provenance {
    /// A record the program made itself (a default), of a table.
    #[must_use]
    pub fn made(table: TableKind) -> Self {
        Self { shelf: Shelf::Model, table, row: 0, quality: None, source: None }
    }

    /// Whether what rests on it counts as poor; a row that does not say counts as poor.
    #[must_use]
    pub fn is_poor(&self) -> bool {
        self.quality.is_none_or(Quality::is_poor)
    }
}

/// A source cited by rows: a row of `sources`, or free text met in a `source` cell.
#[derive(Clone, Debug)]
pub struct Source {
    /// Id, or the free text itself.
    pub key: String,
    /// Title.
    pub title: String,
    /// Address (URL), if any.
    pub address: Option<String>,
    /// Day it was read, as written.
    pub read: Option<String>,
    /// Who verified the text, when, at which page; `None` when nobody did.
    pub verified: Option<String>,
}
