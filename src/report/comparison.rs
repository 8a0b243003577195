//! Two scenarios against each other as people read it: text and JSON of the same view.

mod words;

use super::grid::{Listed, Side, wrapped};
use super::{named, summary};
use crate::compare::{Cause, Comparison, Difference};
use crate::diagnostic::Language;
use crate::indicators::Definition;
use crate::input::differences::CellDifference;
use crate::model::Model;
use crate::plan::Plan;
use serde::Serialize;
use words::Words;

/// What a comparison is shown of.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// Models of the two scenarios.
    pub models: [&'a Model; 2],
    /// Plan of both.
    pub plan: &'a Plan,
    /// Definitions of the indicators.
    pub definitions: &'a [Definition],
    /// What differs in the tables.
    pub inputs: &'a [CellDifference],
    /// What differs in the results.
    pub comparison: &'a Comparison,
    /// Most differences of each that are listed.
    pub limit: usize,
    /// Language of words.
    pub language: Language,
}

/// A comparison in one language.
#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// Id and name of the first scenario.
    pub first: [String; 2],
    /// Id and name of the second.
    pub second: [String; 2],
    /// Stamp of invented data.
    pub stamp: Option<&'static str>,
    /// Year that is compared.
    pub year: i32,
    /// Whether neither inputs nor results differ.
    pub same: bool,
    /// Differences of the tables, all of them.
    pub inputs_count: usize,
    /// Those listed.
    pub inputs: Vec<CellDifference>,
    /// Differences of the results, all of them.
    pub results_count: usize,
    /// Those listed, the largest first.
    pub results: Vec<ResultRow>,
    /// Whether the parts that were switched make up the whole difference.
    pub complete: bool,
}

/// A difference of the results.
#[derive(Clone, Debug, Serialize)]
pub struct ResultRow {
    /// `indicator`, `money`, `project`, `flow`, `activity` or `stock`.
    pub kind: &'static str,
    /// What it is of.
    pub name: String,
    /// Unit of the numbers.
    pub unit: String,
    /// In the first scenario, base units (rates as shares, money in fen).
    pub first: Option<f64>,
    /// In the second.
    pub second: Option<f64>,
    /// second − first.
    pub difference: Option<f64>,
    /// |difference| ÷ the largest value of its kind; `None` where only one scenario has a value.
    pub weight: Option<f64>,
    /// First year in which they differ.
    pub since: i32,
    /// The same as words: first, second, difference.
    pub shown: [String; 3],
    /// What is behind it.
    pub causes: Vec<CauseRow>,
}

/// What is behind a difference.
#[derive(Clone, Debug, Serialize)]
pub struct CauseRow {
    /// What was switched.
    pub what: String,
    /// Market through which it acts.
    pub market: Option<String>,
    /// What moves it in its turn: for a project that comes on stream at another time.
    pub because: Option<String>,
    /// Change when the first scenario takes over this alone.
    pub alone: f64,
    /// Change when the second gets this last.
    pub last: f64,
    /// The same as words.
    pub shown: [String; 2],
}

/// Makes the view.
#[must_use]
pub fn view(compared: &Compared<'_>) -> View {
    let head = |model: &Model| {
        let record = &model.scenarios[model.scenario];
        [record.key.clone(), named(compared.language, &record.name, &record.name_en).to_owned()]
    };
    let [first, second] = compared.models.map(head);
    let words = Words { of: compared };
    let (inputs, comparison) = (compared.inputs, compared.comparison);
    View {
        first,
        second,
        stamp: compared.models[0].settings.illustrative.then(|| summary::stamp(compared.language)),
        year: comparison.year,
        same: inputs.is_empty() && comparison.differences.is_empty(),
        inputs_count: inputs.len(),
        inputs: inputs.iter().take(compared.limit).cloned().collect(),
        results_count: comparison.differences.len(),
        results: comparison.differences.iter().take(compared.limit).map(|d| result(&words, d)).collect(),
        complete: comparison.complete,
    }
}

fn result(words: &Words<'_>, difference: &Difference) -> ResultRow {
    let what = difference.what;
    let change = difference.first.zip(difference.second).map(|(first, second)| second - first);
    let shown = |value: Option<f64>| value.map_or_else(|| "—".to_owned(), |value| words.value(what, value));
    let signed = change.map_or_else(|| "—".to_owned(), |change| words.change(what, change));
    let cause = |cause: &Cause| CauseRow {
        what: words.lever(&cause.lever),
        market: cause.market.map(|market| words.market(market)),
        because: words.because(&cause.lever),
        alone: cause.alone,
        last: cause.last,
        shown: [words.change(what, cause.alone), words.change(what, cause.last)],
    };
    ResultRow {
        kind: words.kind(what),
        name: words.name(what),
        unit: words.unit(what),
        first: difference.first,
        second: difference.second,
        difference: change,
        weight: difference.weight.is_finite().then_some(difference.weight),
        since: difference.since,
        shown: [shown(difference.first), shown(difference.second), signed],
        causes: difference.causes.iter().map(cause).collect(),
    }
}

/// The view as text.
#[must_use]
pub fn text(view: &View, language: Language) -> String {
    let pick = |zh: &str, en: &str| language.pick(zh, en).to_owned();
    let ([key_a, name_a], [key_b, name_b]) = (&view.first, &view.second);
    let mut blocks: Vec<String> = view.stamp.iter().map(|stamp| (*stamp).to_owned()).collect();
    blocks.push(wrapped(
        &match language {
            Language::Zh => {
                format!("{name_a}（{key_a}）→ {name_b}（{key_b}），{} 年；差 = 后者 − 前者", view.year)
            }
            Language::En => {
                format!("{name_a} ({key_a}) → {name_b} ({key_b}), {}; difference = second − first", view.year)
            }
        },
        "  ",
    ));
    if key_a == key_b {
        blocks
            .push(pick("这是同一个情景：没有差别。", "This is one and the same scenario: nothing differs."));
        return blocks.join("\n\n");
    }
    if view.same {
        blocks.push(pick(
            "两个情景的输入和结果完全相同。",
            "Inputs and results of the two scenarios are the same.",
        ));
        return blocks.join("\n\n");
    }
    blocks.push(inputs(view, language));
    if view.results.is_empty() {
        blocks.push(pick("结果没有差别。", "No result differs."));
        return blocks.join("\n\n");
    }
    let count = view.results_count;
    let title = match language {
        Language::Zh => {
            format!("结果 {count} 处不同，按各类最大值折算后从大到小列前 {} 处", view.results.len())
        }
        Language::En => format!(
            "{count} results differ; the first {} by the largest value of their kind",
            view.results.len()
        ),
    };
    let rows = view.results.iter().enumerate().map(|(at, row)| told(at + 1, row, language));
    blocks.push(std::iter::once(title).chain(rows).collect::<Vec<_>>().join("\n"));
    blocks.push(wrapped(
        &pick(
            "原因由逐项切换得出：“单独”是前一情景只改这一项的变化，“最后”是后一情景只缺这一项的差别；两者不等，是因为各项相互影响，相加也不必等于总差。",
            "Causes are found by switching: “alone” is the change when the first scenario takes over this one part, “last” the difference when the second lacks only this part. They differ where parts act on each other, and need not add up.",
        ),
        "",
    ));
    if !view.complete {
        blocks.push(pick(
            "注意：所列各项不能完全解释差别。",
            "Mind: the parts that were switched do not make up the whole difference.",
        ));
    }
    blocks.join("\n\n")
}

fn inputs(view: &View, language: Language) -> String {
    let title = match language {
        Language::Zh => format!("输入 {} 处不同", view.inputs_count),
        Language::En if view.inputs_count == 1 => "1 input differs".to_owned(),
        Language::En => format!("{} inputs differ", view.inputs_count),
    };
    let header =
        ["表", "行", "列", "前", "后"].into_iter().zip(["table", "row", "column", "first", "second"]);
    let header = header.map(|(zh, en)| language.pick(zh, en).to_owned()).collect();
    let place = |row: &CellDifference| match row.line {
        0 => row.table.to_owned(),
        line => format!("{}:{line}", row.file),
    };
    let empty = |text: &String| if text.is_empty() { "—".to_owned() } else { text.clone() };
    let cells = |row: &CellDifference| {
        vec![place(row), row.row.clone(), row.column.clone(), empty(&row.first), empty(&row.second)]
    };
    let rows = view.inputs.iter().map(cells).collect();
    let table = Listed { header, sides: vec![Side::Left; 5], rows }.text();
    let left = view.inputs_count - view.inputs.len();
    let more = match (left, language) {
        (0, _) => String::new(),
        (left, Language::Zh) => format!("\n  其余 {left} 处用 --limit 或 --format json 列出"),
        (left, Language::En) => format!("\n  {left} more with --limit or --format json"),
    };
    format!("{title}\n{table}{more}")
}

fn told(number: usize, row: &ResultRow, language: Language) -> String {
    let [first, second, change] = &row.shown;
    let mut lines = vec![wrapped(
        &match language {
            Language::Zh => {
                format!("{number}. {}：{first} → {second}（{change}）；{} 年起不同", row.name, row.since)
            }
            Language::En => {
                format!("{number}. {}: {first} → {second} ({change}); since {}", row.name, row.since)
            }
        },
        "   ",
    )];
    for cause in &row.causes {
        let [alone, last] = &cause.shown;
        let mut line = match language {
            Language::Zh => format!("   · {}：单独 {alone}，最后 {last}", cause.what),
            Language::En => format!("   · {}: alone {alone}, last {last}", cause.what),
        };
        if let Some(market) = &cause.market {
            line.push_str(&format!("{}{market}", language.pick("；市场 ", "; market ")));
        }
        if let Some(because) = &cause.because {
            line.push_str(&format!("{}{because}", language.pick("；因 ", "; because of ")));
        }
        lines.push(wrapped(&line, "     "));
    }
    lines.join("\n")
}
