//! What the appraisal of one run says.

use crate::diagnostic::Language;
use crate::id::{ArcId, MaterialId, PlaceId, ProjectId};
use crate::model::Provenance;
use std::sync::Arc;

/// How a value stands against its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Met.
    Met,
    /// Basically met.
    BasicallyMet,
    /// Not met.
    NotMet,
}

/// Why an indicator has no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotComputable {
    /// A term has no data: the term's name and the key it lacks.
    MissingTerm {
        /// Name of the term.
        term: String,
        /// What it lacks, such as the statistic's key.
        lacks: String,
    },
    /// The denominator is zero.
    DivisionByZero,
    /// The formula has no real value, or none that can be held: the root of a negative number, an overflow.
    NotReal,
    /// A member (another indicator) is not computable.
    MissingMember(String),
    /// The year could not be solved.
    NotSolved,
}

/// An indicator of a place in a year, opened.
#[derive(Clone, Debug)]
pub struct IndicatorValue {
    /// Position of its definition in the list of definitions.
    pub definition: usize,
    /// Place.
    pub place: PlaceId,
    /// Year.
    pub year: i32,
    /// Value in the definition's unit (rates as shares 0–1), or why there is none.
    pub value: Result<f64, NotComputable>,
    /// Its terms, opened.
    pub terms: Vec<TermValue>,
    /// Σ|poor parts| ÷ Σ|parts| over all terms; `None` when not computable.
    pub poor_share: Option<f64>,
    /// Target, if any: position in the model's targets.
    pub target: Option<usize>,
    /// Grade against the target; `None` without target or value.
    pub grade: Option<Grade>,
    /// The target's value in this year, in the definition's unit (linear between given years, held after).
    pub target_value: Option<f64>,
    /// Whether the grade is provisional (definition or target not verified).
    pub provisional: bool,
}

impl IndicatorValue {
    /// Whether flows it rests on were asked for and not served (`unmet`).
    #[must_use]
    pub fn is_stained(&self) -> bool {
        self.terms.iter().any(|t| t.unmet > 0.0)
    }
}

impl Grade {
    /// The word a reader sees.
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        match self {
            Self::Met => language.pick("达标", "met"),
            Self::BasicallyMet => language.pick("基本达标", "basically met"),
            Self::NotMet => language.pick("未达标", "not met"),
        }
    }
}

impl NotComputable {
    /// The reason in words.
    #[must_use]
    pub fn reason(&self, language: Language) -> String {
        match (self, language) {
            (Self::MissingTerm { term, lacks }, Language::Zh) => format!("缺少“{term}”所需的数据：{lacks}"),
            (Self::MissingTerm { term, lacks }, Language::En) => format!("term “{term}” lacks {lacks}"),
            (Self::DivisionByZero, Language::Zh) => "分母为零".to_owned(),
            (Self::DivisionByZero, Language::En) => "the denominator is zero".to_owned(),
            (Self::NotReal, Language::Zh) => "公式的结果不是可用的实数".to_owned(),
            (Self::NotReal, Language::En) => "the formula has no real value".to_owned(),
            (Self::MissingMember(key), Language::Zh) => format!("组成指标“{key}”不可计算"),
            (Self::MissingMember(key), Language::En) => format!("its member “{key}” is not computable"),
            (Self::NotSolved, Language::Zh) => "该年没有求解结果".to_owned(),
            (Self::NotSolved, Language::En) => "the year has no solution".to_owned(),
        }
    }
}

/// A term of an indicator.
#[derive(Clone, Debug)]
pub struct TermValue {
    /// Name of the term in its definition.
    pub name: String,
    /// Value in the term's unit (base units times its conversion); `None` when not available.
    pub value: Option<f64>,
    /// What it is the sum of.
    pub parts: Vec<TermPart>,
    /// Of a modelled term: the share of its value that the model covers, 0–1; `None` where no statistic
    /// says what the whole is (then only the modelled part is counted), and for terms that are not modelled.
    pub coverage: Option<f64>,
    /// What was asked for of the same flows and not served, in the term's unit.
    pub unmet: f64,
    /// Whether it is only printed beside the indicator and stands in no formula.
    pub note: bool,
}

/// One summand of a term: a flow, a stock, a statistic or the uncovered remainder.
#[derive(Clone, Debug)]
pub struct TermPart {
    /// What was booked.
    pub booked: Booked,
    /// Value in the term's unit.
    pub value: f64,
    /// The rows it is the product of.
    pub rows: Arc<[Provenance]>,
    /// Whether the worst of them is poor.
    pub poor: bool,
}

/// What a part of a term is.
#[derive(Clone, Debug, PartialEq)]
pub enum Booked {
    /// A flow of the network (times the share booked to the place).
    Flow {
        /// Arc.
        arc: ArcId,
        /// Share of it booked to the place, 0–1.
        share: f64,
    },
    /// Stock (level or change) of a material.
    Stock(MaterialId),
    /// A statistic.
    Statistic(String),
    /// What a project on stream changes in a statistic.
    Effect(ProjectId),
    /// The declared remainder that the model does not cover (其他).
    Remainder(String),
    /// Another indicator.
    Indicator(String),
}
