//! What stands beside the mix: promise and simulation, other mixes, the frontier, regret.

use super::section::{Section, columns, counted, tidy};
use super::words::{beginning, objective_name, with_unit};
use super::{MarketRow, TargetRow, View};
use crate::diagnostic::Language;
use crate::optimise::question::Objective;
use crate::report::grid::{Listed, Side};

/// Difference between promise and simulation from which a market is shown, t.
const LEAST: f64 = 5.0;

pub(super) fn promise(view: &View, language: Language, most: usize) -> Section {
    let Some([promised, timing, allocation, simulated]) = view.tonnes else { return Section::default() };
    let wan = |tonnes: f64| tidy(tonnes / 1e4);
    let text = match language {
        Language::Zh => format!(
            "承诺与模拟：利用工业固废承诺 {} 万t，投产时间的影响 {} 万t，分配的影响 {} 万t，模拟 {} 万t。",
            wan(promised),
            wan(timing),
            wan(allocation),
            wan(simulated)
        ),
        Language::En => format!(
            "Promise and simulation: {} × 10⁴ t of industrial solid waste promised, {} by timing, {} by allocation, {} simulated.",
            wan(promised),
            wan(timing),
            wan(allocation),
            wan(simulated)
        ),
    };
    let off = |row: &MarketRow| (row.simulated - row.promised).abs();
    let mut rows: Vec<_> = view.markets.iter().filter(|row| off(row) >= LEAST).collect();
    rows.sort_by(|a, b| off(b).total_cmp(&off(a)));
    let mut list = columns(&[
        (language.pick("物质", "material"), Side::Left),
        (language.pick("市场", "market"), Side::Left),
        (language.pick("年份", "year"), Side::Right),
        (language.pick("承诺 万t", "promised, 10⁴ t"), Side::Right),
        (language.pick("因投产", "timing"), Side::Right),
        (language.pick("因分配", "allocation"), Side::Right),
        (language.pick("模拟 万t", "simulated, 10⁴ t"), Side::Right),
    ]);
    for row in rows.iter().take(most) {
        list.rows.push(vec![
            row.material.clone(),
            row.place.clone(),
            row.year.to_string(),
            wan(row.promised),
            wan(row.timing),
            wan(row.allocation),
            wan(row.simulated),
        ]);
    }
    let targets = differing_targets(view, language, most);
    Section::of("promise", language.pick("承诺与模拟", "Promise and simulation"))
        .says(text)
        .captioned(language.pick("差得最多的市场", "Markets that differ most"), list)
        .captioned(language.pick("差得最多的目标", "Targets that differ most"), targets)
        .rows_in("promise.csv, targets.csv")
}

/// Targets of the solver's mix of which the simulation says otherwise, the most differing first.
fn differing_targets(view: &View, language: Language, most: usize) -> Listed {
    let mut rows: Vec<_> = view
        .targets
        .iter()
        .filter_map(|row| Some((row, row.promised?, row.timing?, row.allocation?, row.simulated?)))
        .filter(|(_, promised, _, _, simulated)| (promised - simulated).abs() >= 5e-3)
        .collect();
    rows.sort_by(|a, b| {
        let off = |of: &(&TargetRow, f64, f64, f64, f64)| ((of.1 - of.4) / of.0.target.abs().max(1e-9)).abs();
        off(b).total_cmp(&off(a))
    });
    let mut list = columns(&[
        (language.pick("指标", "target"), Side::Left),
        (language.pick("地点", "place"), Side::Left),
        (language.pick("年份", "year"), Side::Right),
        (language.pick("承诺", "promised"), Side::Right),
        (language.pick("因投产", "timing"), Side::Right),
        (language.pick("因分配", "allocation"), Side::Right),
        (language.pick("模拟", "simulated"), Side::Right),
    ]);
    for (row, promised, timing, allocation, simulated) in rows.into_iter().take(most) {
        list.rows.push(vec![
            row.name.clone(),
            row.place.clone(),
            row.year.to_string(),
            tidy(promised),
            tidy(timing),
            tidy(allocation),
            tidy(simulated),
        ]);
    }
    list
}

pub(super) fn alternatives(view: &View, language: Language, most: usize) -> Section {
    if view.alternatives.is_empty() {
        return Section::default();
    }
    let title = language.pick(
        "差不多好而很不一样的方案（数值为模拟；不同项目和增减都与承诺方案比）：",
        "Nearly as good, and different (values are simulated; differing, added and left out are against the solver's mix):",
    );
    let mut words = vec![
        (language.pick("方案", "mix"), Side::Left),
        (language.pick("不同项目", "differing"), Side::Right),
    ];
    words.extend(Objective::ALL.map(|objective| (objective_name(objective, language), Side::Right)));
    let mut list = columns(&words);
    for row in &view.alternatives {
        let mut cells = vec![row.number.to_string(), row.differing.to_string()];
        cells.extend(row.values.iter().map(|value| counted(*value)));
        list.rows.push(cells);
    }
    let swaps: Vec<String> = view
        .alternatives
        .iter()
        .map(|row| {
            let list = |names: &[String]| {
                let shown: Vec<&str> = names.iter().take(most).map(String::as_str).collect();
                let more = if names.len() > most { "…" } else { "" };
                if names.is_empty() {
                    "–".to_owned()
                } else {
                    shown.join(language.pick("、", ", ")) + more
                }
            };
            match language {
                Language::Zh => {
                    format!("{}：增 {}；减 {}", row.number, list(&row.adds), list(&row.leaves_out))
                }
                Language::En => {
                    format!("{}: adds {}; leaves out {}", row.number, list(&row.adds), list(&row.leaves_out))
                }
            }
        })
        .collect();
    Section::of("alternatives", language.pick("差不多好的其他方案", "Other mixes nearly as good"))
        .says(title)
        .table(list)
        .notes(swaps)
        .rows_in("alternatives.csv")
}

pub(super) fn frontier(view: &View, language: Language) -> Section {
    let section = Section::of("frontier", language.pick("前沿", "Frontier"));
    if view.no_frontier {
        let none = language.pick(
            "前沿没有算出：求解器在节点上限内找不到它的端点。可用 --nodes 放宽。",
            "No frontier: the solver found no end of it within its nodes. Allow more with --nodes.",
        );
        return section.says(none);
    }
    let Some([first, second]) = view.frontier_of.map(|words| words.map(Objective::of)) else {
        return Section::default();
    };
    let (Some(first), Some(second)) = (first, second) else { return Section::default() };
    let (one, other) = (with_unit(first, language), with_unit(second, language));
    let title = match language {
        Language::Zh => format!("{one}随{other}："),
        Language::En => format!("{} against {other}:", beginning(&one)),
    };
    let simulated = |name: &str| format!("{}{name}", language.pick("模拟", "simulated "));
    let (one_simulated, other_simulated) =
        (simulated(objective_name(first, language)), simulated(objective_name(second, language)));
    let mut list = columns(&[
        (objective_name(second, language), Side::Right),
        (objective_name(first, language), Side::Right),
        (language.pick("界", "bound"), Side::Right),
        (language.pick("项目数", "projects"), Side::Right),
        (&one_simulated, Side::Right),
        (&other_simulated, Side::Right),
    ]);
    for row in &view.frontier {
        list.rows.push(vec![
            counted(row.promised[1]),
            counted(row.promised[0]),
            counted(row.bound),
            row.projects.to_string(),
            counted(row.simulated[0]),
            counted(row.simulated[1]),
        ]);
    }
    section.picture("frontier").says(title).table(list).rows_in("frontier.csv")
}

pub(super) fn regret(view: &View, language: Language) -> Section {
    let Some(first) = view.regret.first().and_then(|row| Objective::of(row.objective)) else {
        return Section::default();
    };
    let what = with_unit(first, language);
    let title = match language {
        Language::Zh => format!("各情景下的后悔值，就是比那个情景下找到的最好方案差多少——{what}："),
        Language::En => {
            format!("Regret over the scenarios, what a mix gives away to the best found there: {what}.")
        }
    };
    let mixes = view.regret.iter().map(|row| row.mix).max().unwrap_or(0);
    let names = mixes_of_regret(mixes, view.alternatives.len(), language);
    let mut words = vec![(language.pick("情景", "scenario"), Side::Left)];
    words.extend(names.iter().map(|name| (name.as_str(), Side::Right)));
    let mut list = columns(&words);
    let mut scenarios: Vec<&str> = Vec::new();
    for row in &view.regret {
        if scenarios.last() != Some(&row.scenario.as_str()) {
            scenarios.push(&row.scenario);
        }
    }
    for scenario in scenarios {
        let mut cells = vec![scenario.to_owned()];
        let of = view.regret.iter().filter(|row| row.scenario == scenario);
        cells.extend(of.map(|row| counted(row.regret)));
        list.rows.push(cells);
    }
    let mut worst = vec![language.pick("最大", "greatest").to_owned()];
    worst.extend((1..=mixes).map(|mix| {
        let row = view.regret.iter().find(|row| row.mix == mix);
        row.map_or_else(String::new, |row| counted(row.worst))
    }));
    list.rows.push(worst);
    Section::of("regret", language.pick("情况变了还好不好", "When things change"))
        .says(title)
        .table(list)
        .rows_in("regret.csv")
}

/// Names of the mixes whose regret is shown: the recommended one, the solver's unless it is the same, the others.
fn mixes_of_regret(mixes: usize, alternatives: usize, language: Language) -> Vec<String> {
    let mut names = vec![language.pick("推荐方案", "recommended").to_owned()];
    if mixes > alternatives + 1 {
        names.push(language.pick("承诺方案", "solver's mix").to_owned());
    }
    let others = 1..=mixes.saturating_sub(names.len());
    names.extend(others.map(|number| match language {
        Language::Zh => format!("其他方案 {number}"),
        Language::En => format!("other mix {number}"),
    }));
    names
}
