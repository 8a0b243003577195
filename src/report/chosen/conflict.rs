//! What cannot hold together, in the planner's words.

use super::{ConflictRow, words};
use crate::diagnostic::Language;
use crate::indicators::Direction;
use crate::model::{ChoiceRuleKind, RelationKind};
use crate::optimise::answer::Optimised;
use crate::optimise::conflict::Conflict;
use crate::optimise::programme::Group;
use crate::report::named;
use crate::report::number::{figure, grouped, indicator};
use crate::units::Dimension;

pub(super) fn rows(of: &Optimised, conflict: &Conflict, language: Language) -> Vec<ConflictRow> {
    let pairs = conflict.members.iter().zip(&conflict.relaxations);
    pairs
        .map(|(group, relaxation)| {
            let (kind, asks) = asks(of, *group, language);
            let helps = relaxation.filter(|by| *by > 1e-9).map(|by| helps(of, *group, by, language));
            ConflictRow { kind, asks, helps }
        })
        .collect()
}

fn asks(of: &Optimised, group: Group, language: Language) -> (&'static str, String) {
    let (model, zh) = (&of.model, language == Language::Zh);
    let project = |id: crate::id::ProjectId| {
        let project = &model.projects[id];
        named(language, &project.name, &project.name_en).to_owned()
    };
    match group {
        Group::Goal(at) => {
            let goal = &of.question.goals[at];
            let definition = &of.definitions[goal.definition];
            let place = &model.places[goal.place];
            let place = named(language, &place.name, &place.name_en);
            let (name, unit) = (definition.name_in(language), definition.unit_in(language));
            let target = indicator(definition, goal.value);
            let sign = if definition.direction == Direction::Less { "≤" } else { "≥" };
            let without = of.without.goals[at].value.map(|value| indicator(definition, value));
            let without = without.unwrap_or_else(|| "–".to_owned());
            (
                "target",
                match zh {
                    true => format!(
                        "{place} {} 年{name} {sign} {target} {unit}（不建项目为 {without}）",
                        goal.year
                    ),
                    false => {
                        format!(
                            "{name} of {place} in {} {sign} {target} {unit} (without projects {without})",
                            goal.year
                        )
                    }
                },
            )
        }
        Group::Fund(fund) => {
            let fund = &model.funds[fund];
            let name = named(language, &fund.name, &fund.name_en);
            (
                "fund",
                match zh {
                    true => format!("“{name}”只能付它已到位的钱"),
                    false => format!("“{name}” can pay no more than it has been given"),
                },
            )
        }
        Group::Relation(at) => {
            let relation = &model.relations[at];
            let others: Vec<String> = relation.others.iter().map(|other| project(*other)).collect();
            let (one, others) = (project(relation.project), others.join(language.pick("、", ", ")));
            (
                "relation",
                match (relation.kind, zh) {
                    (RelationKind::Needs, true) => format!("“{one}”以“{others}”为前置"),
                    (RelationKind::Needs, false) => format!("“{one}” needs “{others}”"),
                    (RelationKind::Excludes, true) => format!("“{one}”与“{others}”互斥"),
                    (RelationKind::Excludes, false) => format!("“{one}” excludes “{others}”"),
                    (RelationKind::NeedsOneOf, true) => format!("“{one}”至少需要“{others}”之一"),
                    (RelationKind::NeedsOneOf, false) => format!("“{one}” needs one of “{others}”"),
                },
            )
        }
        Group::Rule(at) => (
            "rule",
            match (&of.question.rules[at].kind, zh) {
                (ChoiceRuleKind::MustHave(id), true) => {
                    format!("必须建“{}”{}", project(*id), why_not(of, *id, language))
                }
                (ChoiceRuleKind::MustHave(id), false) => {
                    format!("“{}” must be built{}", project(*id), why_not(of, *id, language))
                }
                (ChoiceRuleKind::MustNot(id), true) => format!("不建“{}”", project(*id)),
                (ChoiceRuleKind::MustNot(id), false) => format!("“{}” must not be built", project(*id)),
                (ChoiceRuleKind::StartWindow(id, ..), true) => format!("“{}”的开工期限", project(*id)),
                (ChoiceRuleKind::StartWindow(id, ..), false) => {
                    format!("the start window of “{}”", project(*id))
                }
                (ChoiceRuleKind::StartsAYear(Some(year), most), true) => {
                    format!("{year} 年最多开工 {most} 个项目")
                }
                (ChoiceRuleKind::StartsAYear(Some(year), most), false) => {
                    format!("at most {most} starts in {year}")
                }
                (ChoiceRuleKind::StartsAYear(None, most), true) => format!("每年最多开工 {most} 个项目"),
                (ChoiceRuleKind::StartsAYear(None, most), false) => format!("at most {most} starts a year"),
                (ChoiceRuleKind::AtLeast(Some(place), least), _) => {
                    let place = &model.places[*place];
                    let place = named(language, &place.name, &place.name_en);
                    match zh {
                        true => format!("{place}至少 {least} 个项目"),
                        false => format!("at least {least} projects in {place}"),
                    }
                }
                (ChoiceRuleKind::AtLeast(None, least), true) => format!("每个县区至少 {least} 个项目"),
                (ChoiceRuleKind::AtLeast(None, least), false) => {
                    format!("at least {least} projects in every county unit")
                }
            },
        ),
        Group::MostPublic => {
            let most = grouped(of.question.most_public.unwrap_or(0.0) / 1e4, 0);
            (
                "limit",
                match zh {
                    true => format!("财政补助合计不超过 {most} 万元"),
                    false => format!("grants of at most {most} wan yuan in all"),
                },
            )
        }
    }
}

/// Why a project that must be built cannot be, in brackets.
fn why_not(of: &Optimised, id: crate::id::ProjectId, language: Language) -> String {
    let offer = of.offers.iter().find(|offer| offer.project == id);
    let why = offer.and_then(|offer| words::why_not(&of.model, offer, language));
    why.map_or_else(String::new, |why| match language {
        Language::Zh => format!("（{why}）"),
        Language::En => format!(" ({why})"),
    })
}

/// The least relaxation, in words.
fn helps(of: &Optimised, group: Group, by: f64, language: Language) -> String {
    let zh = language == Language::Zh;
    match group {
        Group::Goal(at) => {
            let goal = &of.question.goals[at];
            let definition = &of.definitions[goal.definition];
            let less = definition.direction == Direction::Less;
            let nearest = goal.value + if less { by } else { -by } * goal.value.abs();
            let nearest = indicator(definition, nearest);
            let missing = missing_amount(of, at, by, language);
            match zh {
                true => format!("目标放宽到 {nearest} {}{missing}", definition.unit_in(language)),
                false => format!("a target of {nearest} {}{missing}", definition.unit_in(language)),
            }
        }
        Group::Fund(_) | Group::MostPublic => match zh {
            true => format!("再有 {} 万元", figure(by)),
            false => format!("{} wan yuan more", figure(by)),
        },
        Group::Relation(_) | Group::Rule(_) => {
            let number = grouped(by.ceil(), 0);
            match zh {
                true => format!("放宽 {number} 个项目"),
                false => format!("give way by {number} project(s)"),
            }
        }
    }
}

/// What a share of a target is in tonnes, where its numerator is tonnes: "needs 310 万t more".
fn missing_amount(of: &Optimised, goal: usize, by: f64, language: Language) -> String {
    let record = &of.question.goals[goal];
    let definition = &of.definitions[record.definition];
    let first = definition.formula.terms().first().map(|term| definition.terms[*term].dimension);
    let amount = by * of.reach[goal].1;
    if definition.percent
        && definition.direction == Direction::More
        && first == Some(Dimension::Mass)
        && definition.formula.members().is_empty()
    {
        let amount = figure(amount / 1e4);
        return match language {
            Language::Zh => {
                format!("；照原目标，全部能按时投产的项目加起来还差 {amount} 万t 的利用能力")
            }
            Language::En => format!(
                "; as it stands it needs {amount} × 10⁴ t more use than all projects that can start in time give"
            ),
        };
    }
    String::new()
}
