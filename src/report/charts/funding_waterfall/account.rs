//! The money of a scenario at a month's end, part by part and source by source; sums hold to the fen.

use super::super::palette::Colour;
use crate::calendar::Month;
use crate::diagnostic::Language;
use crate::gaps::{self, FundGap, Gaps};
use crate::id::PlaceId;
use crate::model::{FundLevel, Model};
use crate::money::Fen;

/// What became of a part of the investment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Spent before the horizon.
    SpentBefore,
    /// Paid.
    Paid,
    /// Due, the money lies in the fund, a rule holds it up.
    HeldUp,
    /// Due, and the fund has no money.
    Short,
    /// Not yet due.
    NotYetDue,
    /// Financed by nobody.
    Financing,
}

impl Part {
    /// Its colour.
    #[must_use]
    pub fn colour(self) -> Colour {
        match self {
            Self::SpentBefore => Colour::SKY,
            Self::Paid => Colour::GREEN,
            Self::HeldUp => Colour::PURPLE,
            Self::Short => Colour::VERMILION,
            Self::NotYetDue => Colour::FAINT,
            Self::Financing => Colour::BLUE,
        }
    }

    fn words(self, language: Language) -> &'static str {
        match self {
            Self::SpentBefore => language.pick("期前已投", "spent before"),
            Self::Paid => language.pick("已付", "paid"),
            Self::HeldUp => language.pick("到期未付：规则滞留", "due, held up by the rule"),
            Self::Short => language.pick("到期未付：短缺", "due, short"),
            Self::NotYetDue => language.pick("未到期", "not yet due"),
            Self::Financing => language.pick("筹资缺口（无人出资）", "financing gap"),
        }
    }
}

/// One step down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What became of it.
    pub part: Part,
    /// By which level of funds; `None` where no fund is concerned.
    pub level: Option<FundLevel>,
    /// Amount, > 0.
    pub amount: Fen,
}

impl Step {
    /// What a reader sees.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        let part = self.part.words(language);
        let Some(level) = self.level else { return part.to_owned() };
        let level = match level {
            FundLevel::Central => language.pick("中央", "central"),
            FundLevel::Provincial => language.pick("省级", "provincial"),
            FundLevel::Municipal => language.pick("市级", "municipal"),
            FundLevel::County => language.pick("县级", "county"),
            FundLevel::Enterprise => language.pick("企业自筹", "enterprises"),
            FundLevel::Bank => language.pick("银行贷款", "banks"),
            FundLevel::Social => language.pick("社会资本", "social capital"),
        };
        match language {
            Language::Zh => format!("{part}·{level}"),
            Language::En => format!("{part} · {level}"),
        }
    }
}

/// The account of one scenario at a month's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The month.
    pub month: Month,
    /// Investment of the projects that are built.
    pub investment: Fen,
    /// Steps that sum to it, in the order of parts and levels.
    pub steps: Vec<Step>,
    /// Obligation gaps by county unit (`None` the city's own funds and others); those of zero are left out.
    pub obligations: Vec<(Option<PlaceId>, Fen)>,
    /// Missing money.
    pub missing: Fen,
}

const LEVELS: [FundLevel; 7] = [
    FundLevel::Central,
    FundLevel::Provincial,
    FundLevel::Municipal,
    FundLevel::County,
    FundLevel::Enterprise,
    FundLevel::Bank,
    FundLevel::Social,
];

impl Account {
    /// The account of the gaps of a month. Complexity O(funds + rows + projects).
    #[must_use]
    pub fn of(model: &Model, gaps: &Gaps) -> Self {
        let investment: Fen = gaps.projects.iter().map(|gap| model.projects[gap.project].investment).sum();
        let to_finance: Fen = gaps.projects.iter().map(|gap| gap.to_finance).sum();
        let at = |level: FundLevel, amount: fn(&FundGap) -> Fen| -> Fen {
            gaps.funds.iter().filter(|gap| model.funds[gap.fund].level == level).map(amount).sum()
        };
        let promised = |level: FundLevel| -> Fen {
            let rows = model.financing.iter().filter(|row| model.funds[row.fund].level == level);
            rows.filter(|row| gaps.project(row.project).is_some()).map(|row| row.amount).sum()
        };
        let mut steps = vec![Step { part: Part::SpentBefore, level: None, amount: investment - to_finance }];
        for part in [Part::Paid, Part::HeldUp, Part::Short, Part::NotYetDue] {
            steps.extend(LEVELS.map(|level| {
                let amount = match part {
                    Part::Paid => at(level, |gap| gap.paid),
                    Part::HeldUp => at(level, |gap| gap.held_up),
                    Part::Short => at(level, |gap| gap.short),
                    _ => promised(level) - at(level, |gap| gap.due),
                };
                Step { part, level: Some(level), amount }
            }));
        }
        steps.push(Step { part: Part::Financing, level: None, amount: gaps.financing() });
        steps.retain(|step| step.amount > Fen::ZERO);
        let counties = gaps::by_county(model, gaps).into_iter();
        let obligations = counties.filter(|gap| gap.obligation > Fen::ZERO);
        Self {
            month: gaps.month,
            investment,
            steps,
            obligations: obligations.map(|gap| (gap.county, gap.obligation)).collect(),
            missing: gaps.missing(),
        }
    }

    /// Sum of the steps of a part.
    #[must_use]
    pub fn sum(&self, part: Part) -> Fen {
        self.steps.iter().filter(|step| step.part == part).map(|step| step.amount).sum()
    }

    /// Sum of the obligation gaps.
    #[must_use]
    pub fn obligation(&self) -> Fen {
        self.obligations.iter().map(|(_, amount)| *amount).sum()
    }
}
