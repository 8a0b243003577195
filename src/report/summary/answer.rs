//! The commissioner's answer in a few sentences: which mix meets how many targets, what the gap costs.

use super::{Cost, CostLine, Money, Subject, Tally};
use crate::diagnostic::Language;
use crate::money::Fen;
use crate::report::number;

pub(super) fn sentences(
    subject: &Subject<'_>,
    tallies: &[Tally],
    money: &[Money],
    cost: Option<&Cost>,
) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(mixes(subject, tallies));
    sentences.extend(gap(subject, money));
    sentences.extend(cost.and_then(|cost| range(cost, subject.language)));
    sentences
}

/// Which scenarios meet how many targets, best first; equal ones together.
fn mixes(subject: &Subject<'_>, tallies: &[Tally]) -> Option<String> {
    let language = subject.language;
    let targets = tallies.first().map_or(0, |tally| tally.targets);
    if targets == 0 {
        return Some(language.pick("模型没有给出目标。", "The model gives no targets.").to_owned());
    }
    let mut order: Vec<usize> = (0..tallies.len()).collect();
    order.sort_by_key(|&s| (std::cmp::Reverse((tallies[s].met, tallies[s].basically_met)), s));
    let mut groups: Vec<(&Tally, Vec<&str>)> = Vec::new();
    for scenario in order {
        let (tally, name) = (&tallies[scenario], subject.scenario_name(scenario));
        match groups.iter_mut().find(|(t, _)| (t.met, t.basically_met) == (tally.met, tally.basically_met)) {
            Some((_, names)) => names.push(name),
            None => groups.push((tally, vec![name])),
        }
    }
    let parts: Vec<String> = groups
        .iter()
        .map(|(tally, names)| match language {
            Language::Zh => {
                format!("{}：达标 {}、基本达标 {}", names.join("、"), tally.met, tally.basically_met)
            }
            Language::En => {
                format!("{}: {} met, {} basically met", names.join(", "), tally.met, tally.basically_met)
            }
        })
        .collect();
    Some(match language {
        Language::Zh => format!("按现有资金，{targets} 项目标中——{}。", parts.join("；")),
        Language::En => format!("With the money there is, of {targets} targets: {}.", parts.join("; ")),
    })
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
    let span = span(cost, |line| line.project_months).map(|span| shown(span, 0));
    let over = if cost.lines.iter().any(|line| line.at_least) { "≥" } else { "" };
    let most = span.unwrap_or_default();
    Some(match language {
        Language::Zh => format!(
            "县级资金缺位使“{}”{}；换一种配套规则和垫资的假设，为 {over}{most} 个项目月（见下表）。",
            cost.scenario,
            parts.join("、")
        ),
        Language::En => format!(
            "The missing county money costs “{}” {}; under other assumptions on the matching rule and on what owners \
             bridge it is {over}{most} project-months (table below).",
            cost.scenario,
            parts.join(", ")
        ),
    })
}

/// Least and most of a measure over the lines; `None` when not computable.
fn span(cost: &Cost, measure: impl Fn(&CostLine) -> Option<f64>) -> Option<(f64, f64)> {
    let values: Vec<f64> = cost.lines.iter().map(measure).collect::<Option<_>>()?;
    let least = values.iter().copied().reduce(f64::min)?;
    let most = values.iter().copied().reduce(f64::max)?;
    Some((least, most))
}

fn shown((least, most): (f64, f64), decimals: usize) -> String {
    let (least, most) = (number::grouped(least, decimals), number::grouped(most, decimals));
    if least == most { least } else { format!("{least}–{most}") }
}
