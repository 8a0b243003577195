//! The one list of tables and columns.
//!
//! It drives the CSV reader, the messages, what `changes` may touch, and `docs/tables.md`. A column's key is
//! its English header (case, spaces and hyphens do not matter); its Chinese header stands beside it.

mod choice_shelf;
mod engine_shelf;
mod first_shelf;
mod measured_shelf;
mod money_shelf;
mod scenario_shelf;
mod stock_shelf;
pub mod words;

use crate::input::names::folded;
use crate::model::TableKind;
pub use words::Word;

/// A table: its names and its columns.
#[derive(Debug)]
pub struct TableAttributes {
    /// Which table; its stem is the English file name.
    pub table: TableKind,
    /// Chinese file name, without `.csv`.
    pub zh: &'static str,
    /// What it holds, in Chinese.
    pub meaning_zh: &'static str,
    /// What it holds, in English.
    pub meaning_en: &'static str,
    /// Whether every model needs it.
    pub required: bool,
    /// Columns that together may occur only once; empty: rows may repeat.
    pub unique: &'static [&'static str],
    /// Its columns in the order of the template; `source`, `quality` and `note` are added to all.
    pub columns: &'static [Attribute],
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Attribute {
    /// English header.
    pub key: &'static str,
    /// Chinese header.
    pub zh: &'static str,
    /// What its cells are.
    pub kind: Kind,
    /// In which unit its numbers are.
    pub unit: UnitRule,
    /// Whether it must be given, and what stands for an empty cell.
    pub presence: Presence,
    /// Whether a scenario's `changes` may touch it.
    pub change: ChangeRule,
    /// Meaning in Chinese.
    pub meaning_zh: &'static str,
    /// Meaning in English.
    pub meaning_en: &'static str,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Id of the row, unique in its table.
    Id,
    /// Free text.
    Text,
    /// Several words, separated by `;`, `、`, `|` or spaces.
    Words,
    /// Id or unique Chinese name of a row of a table.
    Reference(TableKind),
    /// Several of them.
    References(TableKind),
    /// Key or name of a statistic, of the vocabulary or one of the user's own.
    Statistic,
    /// Id or name of an indicator.
    Indicator,
    /// One of the given words.
    Choice(&'static [Word]),
    /// Several of the given words.
    Choices(&'static [Word]),
    /// Yes or no.
    Flag,
    /// Year.
    Year,
    /// First and last year, `2017..2020`, or one year.
    Years,
    /// Calendar month, `2016-07` or `2016年7月`; a day may follow.
    Month,
    /// Whole number in a range.
    Whole {
        /// Least allowed.
        least: i64,
        /// Greatest allowed.
        most: i64,
    },
    /// Exact share, 0–1 or with `%`.
    Share,
    /// Exact number, may be negative (growth).
    Number,
    /// Number ≥ 0, may be uncertain.
    Quantity,
    /// Number of either sign, may be uncertain (what an effect adds, a price).
    SignedQuantity,
    /// Number ≥ 0, may be uncertain, or `rest`.
    QuantityOrRest,
    /// Exact amount of money ≥ 0.
    Money,
    /// A unit, for the numbers of its row.
    Unit,
    /// How long things stay in use: a law with its numbers.
    Lifetime,
    /// When money falls due.
    Payment,
    /// `none`, `county_of_project` or a fund.
    MatchingRule,
    /// Rows of a table: `column=value;column=value`, `*` for any text.
    RowSelector,
    /// Name of a table.
    TableName,
    /// A value of the column it is meant for.
    AnyValue,
    /// Id of `sources`, or free text.
    Source,
}

impl Kind {
    /// Whether its cells are numbers, certain or not.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Year
                | Self::Whole { .. }
                | Self::Share
                | Self::Number
                | Self::Quantity
                | Self::SignedQuantity
                | Self::QuantityOrRest
                | Self::Money
        )
    }
}

/// The unit of a column's numbers: of its units row, else of the named column of its row, else the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitRule {
    /// Column of the same row that may hold the unit.
    pub column: Option<&'static str>,
    /// Unit where nothing is said.
    pub default: DefaultUnit,
}

/// The unit of a number for which nothing is said; it also fixes the dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultUnit {
    /// Not a measured column.
    None,
    /// A fixed unit; empty for a pure number.
    Text(&'static str),
    /// Base unit of the row's material.
    Material,
    /// Base unit of the row's material, per year.
    MaterialPerYear,
    /// Yuan per base unit of the row's material.
    YuanPerMaterial,
    /// Base unit of the process's (or technology's) reference, per year.
    ReferencePerYear,
    /// Yuan per yearly base unit of the reference.
    YuanPerReference,
    /// Persons per yearly base unit of the reference.
    PersonsPerReference,
    /// tce per base unit of this material.
    CoalEquivalentPerMaterial,
    /// t per base unit of this material.
    MassPerMaterial,
    /// The usual unit of the statistic.
    Statistic,
    /// The unit of the indicator.
    Indicator,
    /// That of what the effect changes.
    Effect,
    /// That of what was measured, per year where it is yearly.
    Observed,
}

/// Whether a cell must be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Must be given in every row.
    Required,
    /// May be empty: then there is none.
    Optional,
    /// May be empty: then this value stands; `check` lists it.
    Default(&'static str),
    /// May be empty: then the technology's value stands; `check` lists it.
    FromTechnology,
}

/// Whether `changes` may touch a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeRule {
    /// No: it is structure (or a name), the same in every scenario.
    Never,
    /// Yes.
    Value,
    /// Only where the base tables give a value: giving one where there is none would change the structure.
    GivenValue,
}

/// A column of a kind, optional, without unit; changeable when its kind is a value.
const fn column(key: &'static str, zh: &'static str, kind: Kind) -> Attribute {
    let is_value =
        kind.is_number() || matches!(kind, Kind::Flag | Kind::Month | Kind::Payment | Kind::Lifetime);
    let change = if is_value { ChangeRule::Value } else { ChangeRule::Never };
    Attribute {
        key,
        zh,
        kind,
        unit: UnitRule { column: None, default: DefaultUnit::None },
        presence: Presence::Optional,
        change,
        meaning_zh: "",
        meaning_en: "",
    }
}

impl Attribute {
    const fn required(mut self) -> Self {
        self.presence = Presence::Required;
        self
    }

    const fn default(mut self, value: &'static str) -> Self {
        self.presence = Presence::Default(value);
        self
    }

    const fn default_of_technology(mut self) -> Self {
        self.presence = Presence::FromTechnology;
        self
    }

    const fn unit(mut self, default: DefaultUnit) -> Self {
        self.unit.default = default;
        self
    }

    const fn unit_in(mut self, column: &'static str, default: DefaultUnit) -> Self {
        self.unit = UnitRule { column: Some(column), default };
        self
    }

    const fn structure(mut self) -> Self {
        self.change = ChangeRule::Never;
        self
    }

    const fn change(mut self, rule: ChangeRule) -> Self {
        self.change = rule;
        self
    }

    const fn meaning(mut self, zh: &'static str, en: &'static str) -> Self {
        self.meaning_zh = zh;
        self.meaning_en = en;
        self
    }

    /// Whether its cells are numbers with a unit.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        self.unit.default != DefaultUnit::None
    }
}

/// The id column that most tables begin with.
const fn id() -> Attribute {
    column("id", "编号", Kind::Id)
        .required()
        .meaning("唯一编号，供其他表引用", "unique id, by which other tables refer to it")
}

/// Chinese name.
const fn name() -> Attribute {
    column("name", "名称", Kind::Text)
        .required()
        .meaning("中文名称；唯一时也可用来引用", "Chinese name; where unique it may be used as a reference")
}

/// English name.
const fn name_en() -> Attribute {
    column("name_en", "英文名称", Kind::Text)
        .meaning("英文名称；空则用中文名称", "English name; when empty the Chinese one stands")
}

/// A unit column.
const fn unit_column(key: &'static str, zh: &'static str) -> Attribute {
    column(key, zh, Kind::Unit)
}

/// Columns that every table has at its end.
pub static COMMON: &[Attribute] = &[
    column("source", "来源", Kind::Source)
        .meaning("来源：sources 表的编号，或直接写文字", "source: an id of `sources`, or free text"),
    column("quality", "数据质量", Kind::Choice(words::QUALITY))
        .meaning("数据质量；空则按差的算", "how well it is known; an empty cell counts as poor"),
    column("note", "备注", Kind::Text).meaning("备注，程序不读", "a note; the program does not read it"),
    column("alternative_of", "另一来源", Kind::Text).structure().meaning(
        "另一来源的同一个数：填被采用那一行的来源；这一行不参加计算，只与被采用的数一起按范围列出",
        "the same number from another source: the source of the row that is used; this row is not computed with, it is shown with the one used as a range",
    ),
];

/// All tables that are read, in the order of the manual.
pub fn all() -> impl Iterator<Item = &'static TableAttributes> {
    [
        first_shelf::TABLES,
        money_shelf::TABLES,
        choice_shelf::TABLES,
        scenario_shelf::TABLES,
        engine_shelf::TABLES,
        stock_shelf::TABLES,
        measured_shelf::TABLES,
    ]
    .into_iter()
    .flatten()
}

/// Tables that are named but not read yet, with their Chinese names.
pub const NOT_YET: [(TableKind, &str); 3] = [
    (TableKind::Correlations, "相关"),
    (TableKind::QualitySpreads, "质量离散"),
    (TableKind::Milestones, "里程碑"),
];

/// The attributes of a table; `None` when it is not read yet.
#[must_use]
pub fn of(table: TableKind) -> Option<&'static TableAttributes> {
    all().find(|t| t.table == table)
}

/// Chinese name of a table.
#[must_use]
pub fn chinese_name(table: TableKind) -> &'static str {
    of(table).map_or_else(
        || NOT_YET.iter().find(|(t, _)| *t == table).map_or(table.stem(), |(_, zh)| zh),
        |t| t.zh,
    )
}

impl TableAttributes {
    /// All columns, the common ones at the end.
    pub fn all_columns(&'static self) -> impl Iterator<Item = &'static Attribute> {
        let common = COMMON.iter().filter(|common| match common.key {
            "note" => true,
            "alternative_of" => self.table != TableKind::Sources && !self.unique.is_empty(),
            _ => self.table != TableKind::Sources,
        });
        self.columns.iter().chain(common)
    }

    /// Keys of the columns that tell one row from another; a table that may repeat rows has several alike.
    pub fn identity(&self) -> impl Iterator<Item = &'static str> + use<> {
        let own: &'static [&'static str] = match (self.unique, self.table) {
            ([_, ..], _) => self.unique,
            ([], TableKind::Recipes) => &["technology", "process", "role", "material"],
            ([], TableKind::Effects) => {
                &["project", "kind", "process", "stock", "role", "material", "statistic", "place"]
            }
            ([], TableKind::Relations) => &["project", "kind", "others"],
            ([], TableKind::Appropriations) => &["fund", "month"],
            ([], TableKind::Financing) => &["project", "fund"],
            ([], TableKind::ChoiceRules) => &["kind", "project", "place", "year"],
            ([], TableKind::Changes) => &["scenario", "table", "row", "column", "years"],
            ([], _) => &[],
        };
        own.iter().copied().chain(["alternative_of"])
    }

    /// Position (in [`Self::all_columns`]) of the column that a header names, folded (see
    /// [`crate::input::names::folded`]): its key, with hyphens or spaces too, or its Chinese header.
    #[must_use]
    pub fn header(&'static self, name: &str) -> Option<usize> {
        // Templates mark what must be filled.
        let name = name.trim_end_matches('*').trim_end();
        let plain = name.replace(['-', ' '], "_");
        self.all_columns().position(|a| name == a.key || plain == a.key || name == folded(a.zh))
    }

    /// The column that a header names as written, with or without its unit in brackets.
    #[must_use]
    pub fn headed(&'static self, header: &str) -> Option<&'static Attribute> {
        let folded = folded(header);
        let bare = folded.split(['(', '（']).next().unwrap_or(&folded).trim().to_owned();
        let number = self.header(&folded).or_else(|| self.header(&bare))?;
        self.all_columns().nth(number)
    }

    /// Position (in [`Self::all_columns`]) and attribute of a key.
    #[must_use]
    pub fn column(&'static self, key: &str) -> Option<(usize, &'static Attribute)> {
        self.all_columns().enumerate().find(|(_, a)| a.key == key)
    }
}
