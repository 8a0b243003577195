//! Words of the answer.

use crate::diagnostic::Language;
use crate::id::FundId;
use crate::model::Model;
use crate::optimise::offers::{Offer, Refusal};
use crate::optimise::question::Objective;
use crate::report::named;
use crate::report::number::grouped;

pub(super) fn objective_name(objective: Objective, language: Language) -> &'static str {
    match objective {
        Objective::Targets => language.pick("达标数", "targets met"),
        Objective::Shortfall => language.pick("差距", "shortfall of targets"),
        Objective::Tonnes => language.pick("利用的工业固废", "industrial solid waste used"),
        Objective::PublicMoney => language.pick("财政补助", "grants of public funds"),
        Objective::TotalCost => language.pick("总投资", "investment"),
        Objective::Jobs => language.pick("就业", "jobs"),
    }
}

pub(super) fn objective_unit(objective: Objective, language: Language) -> &'static str {
    match objective {
        Objective::Targets => language.pick("项", "targets"),
        Objective::Shortfall => language.pick("百分点之和", "points, summed"),
        Objective::Tonnes => language.pick("万t", "10⁴ t"),
        Objective::PublicMoney | Objective::TotalCost => language.pick("万元", "10⁴ yuan"),
        Objective::Jobs => language.pick("人", "jobs"),
    }
}

/// Name of an objective with its unit, where the name does not say it.
pub(super) fn with_unit(objective: Objective, language: Language) -> String {
    let (name, unit) = (objective_name(objective, language), objective_unit(objective, language));
    match language {
        _ if name.contains(unit) => name.to_owned(),
        Language::Zh => format!("{name}（{unit}）"),
        Language::En => format!("{name} ({unit})"),
    }
}

/// Words as they begin a sentence.
pub(super) fn beginning(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A value of an objective in the unit in which it is shown.
pub(super) fn shown(objective: Objective, value: f64) -> f64 {
    let value = match objective {
        Objective::Targets | Objective::Jobs => value,
        Objective::Shortfall => value * 100.0,
        Objective::Tonnes | Objective::PublicMoney | Objective::TotalCost => value / 1e4,
    };
    // Sums of nothing have no sign.
    if value == 0.0 { 0.0 } else { value }
}

fn fund_name(model: &Model, fund: FundId, language: Language) -> &str {
    let fund = &model.funds[fund];
    named(language, &fund.name, &fund.name_en)
}

fn refusal(model: &Model, why: &Refusal, language: Language) -> String {
    let zh = language == Language::Zh;
    let wan = |amount: crate::money::Fen| grouped(amount.wan(), 0);
    let name = |fund: FundId| fund_name(model, fund, language);
    match why {
        Refusal::MustNot => language.pick("规则规定不建", "a rule says it is not to be built").to_owned(),
        Refusal::FinancingGap(gap) if zh => format!("有 {} 万元没有任何资金来源，建不成", wan(*gap)),
        Refusal::FinancingGap(gap) => {
            format!("{} wan yuan of it have no source of money: it would never be complete", wan(*gap))
        }
        Refusal::TooLate => {
            language.pick("规划期内来不及投产", "cannot be on stream within the horizon").to_owned()
        }
        Refusal::Dropped(fund) if zh => format!("“{}”没有设立，按约定不开工", name(*fund)),
        Refusal::Dropped(fund) => {
            format!("“{}” is never set up, and its row says it is dropped then", name(*fund))
        }
        Refusal::NeverPaid(fund) if zh => format!("“{}”永远付不出它的补助", name(*fund)),
        Refusal::NeverPaid(fund) => format!("“{}” can never pay its grant", name(*fund)),
        Refusal::AboveGrantRule(fund) if zh => format!("超过“{}”的补助规则", name(*fund)),
        Refusal::AboveGrantRule(fund) => format!("above what the rule of “{}” allows", name(*fund)),
        Refusal::DoublyFunded(fund, other) if zh => {
            format!("“{}”和“{}”不得重复补助", name(*fund), name(*other))
        }
        Refusal::DoublyFunded(fund, other) => {
            format!("“{}” and “{}” may not pay for the same project", name(*fund), name(*other))
        }
    }
}

/// Why a project cannot be chosen, if it cannot.
pub(super) fn why_not(model: &Model, offer: &Offer, language: Language) -> Option<String> {
    if let Some(why) = &offer.refused {
        return Some(refusal(model, why, language));
    }
    let lacking = grouped(offer.lacks?.wan(), 0);
    Some(match language {
        Language::Zh => format!("应付的财政资金中有 {lacking} 万元永远不到位，业主也垫不起"),
        Language::En => {
            format!("{lacking} wan yuan of its public money never come, beyond what its owner can bridge")
        }
    })
}
