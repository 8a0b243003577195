//! Matching rules: which fund must be established before another one pays for a project.

use crate::id::{FundId, PlaceId, ProjectId};
use crate::model::{FundLevel, MatchingRule, Model};

/// What must be established before a fund pays for a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// A named fund.
    Fund(FundId),
    /// The fund of the project's county.
    County {
        /// The county.
        county: PlaceId,
        /// Its funds that count: those it owes by a duty, all of which must be established; without any
        /// duty its county-level funds, of which one is enough. None at all is never established.
        funds: Vec<FundId>,
        /// Whether they are owed by a duty.
        owed: bool,
    },
}

impl Gate {
    /// Whether the gate is open, given which funds are established.
    #[must_use]
    pub fn is_open(&self, established: impl Fn(FundId) -> bool) -> bool {
        match self {
            Self::Fund(fund) => established(*fund),
            Self::County { funds, owed: true, .. } => funds.iter().all(|&fund| established(fund)),
            Self::County { funds, owed: false, .. } => funds.iter().any(|&fund| established(fund)),
        }
    }
}

/// What the rule of a fund asks for a project; `None` where the fund has no rule or the project, lying
/// outside any county, is not subject to it. Says nothing about whether rules are applied.
#[must_use]
pub fn gate_of(model: &Model, fund: FundId, project: ProjectId) -> Option<Gate> {
    match model.funds[fund].matching {
        MatchingRule::None => None,
        MatchingRule::Fund(other) => Some(Gate::Fund(other)),
        MatchingRule::CountyOfProject => {
            let county = model.places.county_of(model.projects[project].place)?;
            Some(county_gate(model, county))
        }
    }
}

fn county_gate(model: &Model, county: PlaceId) -> Gate {
    let of_county = |fund: &FundId| {
        let fund = &model.funds[*fund];
        fund.level == FundLevel::County && model.places.county_of(fund.place) == Some(county)
    };
    let funds: Vec<FundId> = model.funds.ids().filter(of_county).collect();
    let is_owed = |fund: &FundId| model.duties.iter().any(|duty| duty.fund == *fund);
    let owed: Vec<FundId> = funds.iter().copied().filter(is_owed).collect();
    if owed.is_empty() {
        Gate::County { county, funds, owed: false }
    } else {
        Gate::County { county, funds: owed, owed: true }
    }
}
