//! The commissioner's answer in a few sentences: which mix meets how many targets, what the gap costs.

use super::{Cost, CostLine, Money, Subject, Tally, TargetRow};
use crate::diagnostic::Language;
use crate::money::Fen;
use crate::report::number;

pub(super) fn sentences(
    subject: &Subject<'_>,
    rows: &[TargetRow],
    tallies: &[Tally],
    money: &[Money],
    cost: Option<&Cost>,
) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(mixes(subject, rows, tallies));
    sentences.extend(gap(subject, money));
    sentences.extend(cost.and_then(|cost| range(cost, subject.language)));
    sentences
}

/// Groups of scenarios that the sentence names; of more, the best two, the base's and the last.
const NAMED_GROUPS: usize = 5;
/// Scenarios of a group that are named.
const NAMED: usize = 4;

/// Which scenarios meet how many targets, best first; equal ones together.
fn mixes(subject: &Subject<'_>, rows: &[TargetRow], tallies: &[Tally]) -> Option<String> {
    let language = subject.language;
    let targets = tallies.first().map_or(0, |tally| tally.targets);
    if targets == 0 {
        return Some(without_targets(subject, rows));
    }
    let mut order: Vec<usize> = (0..tallies.len()).collect();
    order.sort_by_key(|&s| (std::cmp::Reverse((tallies[s].met, tallies[s].basically_met)), s));
    let mut groups: Vec<(&Tally, Vec<usize>)> = Vec::new();
    for scenario in order {
        let tally = &tallies[scenario];
        match groups.iter_mut().find(|(t, _)| (t.met, t.basically_met) == (tally.met, tally.basically_met)) {
            Some((_, group)) => group.push(scenario),
            None => groups.push((tally, vec![scenario])),
        }
    }
    let base = |group: &[usize]| subject.run.base.is_some_and(|base| group.contains(&base));
    if groups.len() > NAMED_GROUPS {
        let last = groups.len() - 1;
        let mut at = 0..;
        groups.retain(|(_, group)| at.next().is_some_and(|at| at < 2 || at == last || base(group)));
    }
    let parts: Vec<String> = groups
        .iter()
        .map(|(tally, group)| {
            let names = some_names(subject, group);
            match language {
                Language::Zh => format!("{names}：达标 {}、基本达标 {}", tally.met, tally.basically_met),
                Language::En => format!("{names}: {} met, {} basically met", tally.met, tally.basically_met),
            }
        })
        .collect();
    Some(match language {
        Language::Zh => format!("按现有资金，{targets} 项目标中——{}。", parts.join("；")),
        Language::En => format!("With the money there is, of {targets} targets: {}.", parts.join("; ")),
    })
}

/// Names of scenarios; of many the first, the base among them, and how many there are.
fn some_names(subject: &Subject<'_>, group: &[usize]) -> String {
    let mut order = group.to_vec();
    order.sort_by_key(|&scenario| (subject.run.base != Some(scenario), scenario));
    let shown = if group.len() > NAMED { NAMED - 1 } else { NAMED };
    let names: Vec<&str> =
        order.iter().take(shown).map(|&scenario| subject.scenario_name(scenario)).collect();
    let more = group.len() - names.len();
    match subject.language {
        Language::Zh if more > 0 => format!("{} 等 {} 个情景", names.join("、"), group.len()),
        Language::En if more > 0 => format!("{} and {more} more", names.join(", ")),
        Language::Zh => names.join("、"),
        Language::En => names.join(", "),
    }
}

/// What there is to say where no target was given: how many indicators can be computed.
fn without_targets(subject: &Subject<'_>, rows: &[TargetRow]) -> String {
    let base = subject.run.base.unwrap_or(0);
    let known = rows.iter().filter(|row| row.outcomes[base].value.is_some()).count();
    let (all, year) = (rows.len(), subject.models[0].settings.horizon);
    match subject.language {
        Language::Zh => {
            format!("模型没有给出目标，因此不评价；{year} 年全市 {all} 项指标中有 {known} 项可以计算。")
        }
        Language::En => format!(
            "The model gives no targets, so nothing is graded; of the city's {all} indicators {known} can be computed for {year}."
        ),
    }
}

/// How much county money is missing in the base scenario, and when.
fn gap(subject: &Subject<'_>, money: &[Money]) -> Option<String> {
    let (base, state) = (subject.run.base?, money.first()?);
    let amount = |id: &str| state.amounts(id).get(base).copied().map(Fen);
    let (obligation, missing) = (amount("obligation")?, amount("missing")?);
    if subject.model(base).duties.is_empty() {
        return None;
    }
    let (name, month) = (subject.scenario_name(base), &state.month);
    let unit = number::wan_yuan_unit(subject.language);
    Some(match subject.language {
        Language::Zh => format!(
            "“{name}”到 {month} 月末：县级应设未设 {} {unit}，缺失资金合计 {} {unit}。",
            number::wan(obligation),
            number::wan(missing)
        ),
        Language::En => format!(
            "“{name}” at the end of {month}: {} × {unit} of duties unmet, {} × {unit} of money missing in all.",
            number::wan(obligation),
            number::wan(missing)
        ),
    })
}

/// What the gap costs in the scenario as it stands, and from least to most over the other assumptions.
fn range(cost: &Cost, language: Language) -> Option<String> {
    let own = cost.as_it_stands()?;
    let months = own.project_months?;
    let sign = if own.at_least { "≥" } else { "" };
    let mut parts = vec![match language {
        Language::Zh => format!("少投运 {sign}{} 个项目月", number::grouped(months, 0)),
        Language::En => format!("{sign}{} project-months on stream", number::grouped(months, 0)),
    }];
    if let Some(tonnes) = own.tonnes {
        let unit = number::wan_tonnes_unit(language);
        let tonnes = number::wan_tonnes(tonnes);
        parts.push(match language {
            Language::Zh => format!("少利用固体废物 {sign}{tonnes} {unit}"),
            Language::En => format!("{sign}{tonnes} × {unit} of solid waste not used"),
        });
    }
    if let Some(points) = own.composite_points {
        let points = number::grouped(points, 2);
        parts.push(match language {
            Language::Zh => format!("末年综合指标低 {points} 个百分点"),
            Language::En => format!("{points} points of the composite in the last year"),
        });
    }
    let span = span(cost).map(|(least, most)| shown(least, most, language)).unwrap_or_default();
    Some(match language {
        Language::Zh => format!(
            "县级资金缺位使“{}”{}；换一种配套规则和垫资的假设，为 {span} 个项目月（见代价表）。",
            cost.scenario,
            parts.join("、")
        ),
        Language::En => format!(
            "The missing county money costs “{}” {}; under other assumptions on the matching rule and on what owners \
             bridge it is {span} project-months (see the table of costs).",
            cost.scenario,
            parts.join(", ")
        ),
    })
}

/// The lines that lose the fewest and the most project-months; `None` when any is not computable.
fn span(cost: &Cost) -> Option<(&CostLine, &CostLine)> {
    let months = |line: &CostLine| line.project_months.unwrap_or(f64::NAN);
    let computable = cost.lines.iter().all(|line| line.project_months.is_some());
    let order = |a: &&CostLine, b: &&CostLine| months(a).total_cmp(&months(b));
    let (least, most) = (cost.lines.iter().min_by(order)?, cost.lines.iter().max_by(order)?);
    computable.then_some((least, most))
}

/// From least to most, each with the sign of its own line where it is only a bound.
fn shown(least: &CostLine, most: &CostLine, language: Language) -> String {
    let figure = |line: &CostLine| {
        let sign = if line.at_least { "≥" } else { "" };
        format!("{sign}{}", number::grouped(line.project_months.unwrap_or(0.0), 0))
    };
    let (from, to) = (figure(least), figure(most));
    if least.project_months == most.project_months {
        to
    } else if least.at_least || most.at_least {
        format!("{from}{}{to}", language.pick(" 到 ", " to "))
    } else {
        format!("{from}–{to}")
    }
}
