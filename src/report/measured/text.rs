//! A reconciled year for a terminal.

use super::View;
use crate::diagnostic::Language;
use crate::report::grid::{Listed, Side};
use crate::report::number::{figure, grouped};

/// Rows that a list shows.
const MOST: usize = 12;
/// Quantities that a sentence names.
const NAMED: usize = 3;

/// The view as lines.
#[must_use]
pub fn text(view: &View, language: Language) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    let pick = |zh: String, en: String| if language == Language::Zh { zh } else { en };
    line(&pick(
        format!("{}：{} 年与观测协调", view.name, view.year),
        format!("{}: {} reconciled with its measurements", view.name, view.year),
    ));
    if let Some(stamp) = view.stamp {
        line(stamp);
    }
    line("");
    line(&pick(
        format!(
            "观测 {} 个，其中 {} 个可由其余的数检验；另有 {} 个未测的数可以推出，{} 个推不出（留空）",
            view.measured, view.redundant, view.observable, view.unobservable
        ),
        format!(
            "{} measured, of which {} can be checked by the others; {} unmeasured follow from them, {} do not (left blank)",
            view.measured, view.redundant, view.observable, view.unobservable
        ),
    ));
    line(&global(view, language));
    if let Some(group) = view.one_more.first() {
        line(&one_more(group, language));
    }
    for part in [suspects(view, language), layers(view, language)] {
        if !part.is_empty() {
            line("");
            line(part.trim_end());
        }
    }
    out
}

fn global(view: &View, language: Language) -> String {
    let p = |value: Option<f64>| value.map_or("—".to_owned(), |p| format!("{p:.4}"));
    let level = grouped((1.0 - view.confidence) * 100.0, 1);
    let fits = view.p_value.is_none_or(|value| value >= 1.0 - view.confidence);
    match language {
        Language::Zh => format!(
            "全部观测：Σ((观测−协调)/偏差)² = {}，自由度 {}，p = {}（{}，水平 {level}%）",
            figure(view.statistic),
            view.degrees,
            p(view.p_value),
            if fits { "彼此相容" } else { "彼此不相容" }
        ),
        Language::En => format!(
            "All measurements: Σ((measured − reconciled)/deviation)² = {}, {} degrees of freedom, p = {} ({} at {level} %)",
            figure(view.statistic),
            view.degrees,
            p(view.p_value),
            if fits { "they agree" } else { "they do not agree" }
        ),
    }
}

/// The largest group of unknowns that one more measurement would make known.
fn one_more(group: &[String], language: Language) -> String {
    let first: Vec<&str> = group.iter().take(NAMED).map(String::as_str).collect();
    let names = first.join(language.pick("、", ", "));
    match language {
        Language::Zh => format!("再测一个数最多能推出 {} 个：测其中任何一个，如 {names}", group.len()),
        Language::En => {
            format!(
                "One more measurement makes at most {} known: any one of them, such as {names}",
                group.len()
            )
        }
    }
}

fn titled(title: &str, listed: &Listed) -> String {
    let text = listed.text();
    if text.is_empty() { text } else { format!("{title}\n{text}") }
}

fn suspects(view: &View, language: Language) -> String {
    let header = match language {
        Language::Zh => ["谁", "可疑的数", "表，行", "观测值", "与其余相容的值", "倍数", "z"],
        Language::En => ["whose", "suspect figure", "table, row", "measured", "would fit", "ratio", "z"],
    };
    let rows = view.suspects.iter().map(|row| {
        let table = row.table.as_deref().unwrap_or("—");
        let fitting = match (row.fitting, row.fitting_deviation) {
            (Some(value), Some(deviation)) => format!("{} ± {}", figure(value), figure(deviation)),
            (Some(value), None) => figure(value),
            (None, _) => "—".to_owned(),
        };
        vec![
            row.reporter.clone(),
            row.name.clone(),
            row.row.map_or(table.to_owned(), |row| format!("{table}, {row}")),
            format!("{} {}", figure(row.measured), row.unit),
            fitting,
            row.ratio.map_or("—".to_owned(), |ratio| format!("{ratio:.2}")),
            format!("{:.1}", row.z),
        ]
    });
    let listed = Listed {
        header: header.map(str::to_owned).to_vec(),
        sides: vec![Side::Left, Side::Left, Side::Left, Side::Right, Side::Right, Side::Right, Side::Right],
        rows: rows.collect(),
    };
    let title = match (language, &view.without_suspects) {
        (Language::Zh, Some(fit)) => format!(
            "可疑的观测（按先后剔除；没有被悄悄删去，上面的结果仍含它们）。去掉后 Σ = {}，自由度 {}，p = {}",
            figure(fit.statistic),
            fit.degrees,
            fit.p_value.map_or("—".to_owned(), |p| format!("{p:.4}"))
        ),
        (Language::En, Some(fit)) => format!(
            "Suspects, in the order taken out (none is dropped silently, the results above hold them). Without them Σ = {}, {} degrees, \
             p = {}",
            figure(fit.statistic),
            fit.degrees,
            fit.p_value.map_or("—".to_owned(), |p| format!("{p:.4}"))
        ),
        (Language::Zh, None) => "没有可疑的观测。".to_owned(),
        (Language::En, None) => "No measurement is suspect.".to_owned(),
    };
    if listed.rows.is_empty() { title } else { titled(&title, &listed) }
}

fn layers(view: &View, language: Language) -> String {
    let header = match language {
        Language::Zh => ["工序", "成分", "进入 t", "离开 t", "协调前差", "协调后差"],
        Language::En => ["process", "substance", "enters t", "leaves t", "before", "after"],
    };
    let percent = |share: f64| format!("{} %", grouped(share * 100.0, 2));
    let mut closed: Vec<_> =
        view.layers.iter().filter_map(|row| row.imbalance.map(|imbalance| (row, imbalance))).collect();
    closed.sort_by(|a, b| b.1[0].abs().total_cmp(&a.1[0].abs()));
    let rows = closed.iter().take(MOST).map(|(row, imbalance)| {
        vec![
            row.process.clone(),
            row.substance.clone(),
            figure(row.enters[1]),
            figure(row.leaves[1]),
            percent(imbalance[0]),
            percent(imbalance[1]),
        ]
    });
    let listed = Listed {
        header: header.map(str::to_owned).to_vec(),
        sides: vec![Side::Left, Side::Left, Side::Right, Side::Right, Side::Right, Side::Right],
        rows: rows.collect(),
    };
    let title = match language {
        Language::Zh => format!("成分平衡：{} 处闭合，列协调前差得最多的", closed.len()),
        Language::En => {
            format!("Substances: {} balances close; those that were furthest off before", closed.len())
        }
    };
    titled(&title, &listed)
}
