//! `brief.html`: one printed page for whoever decides: the answer, one picture, three numbers, two caveats.

use super::markup::Html;
use super::{Context, of_run, picture};
use crate::diagnostic::Language;
use crate::money::Fen;
use crate::output::Chart;
use crate::report::number;
use crate::report::summary::CostLine;

/// Numbers on the page.
const NUMBERS: usize = 3;

/// Longest sentence of the answer, in half widths of a Chinese character; the report has it whole.
const SENTENCE: usize = 480;

/// Pictures that fit the page where scenarios are not compared, the fittest first, by the beginning of their names.
const PICTURES: [&str; 3] = ["targets", "county-gaps", "sankey"];

/// The page.
pub(super) fn page(context: &Context<'_>) -> String {
    let language = context.subject.language;
    of_run(context, "brief", language.pick("一页简报", "brief"), |html| {
        html.element("div", &[("class", "answer")], |html| {
            context.summary.answer.iter().for_each(|sentence| html.leaf("p", &[], &shortened(sentence)));
        });
        let numbers = numbers(context);
        if !numbers.is_empty() {
            html.element("div", &[("class", "three")], |html| {
                for (figure, words) in numbers {
                    html.element("div", &[], |html| {
                        html.leaf("b", &[], &figure);
                        html.text(&words);
                    });
                }
            });
        }
        if let Some(chart) = context.of_brief.as_ref().or_else(|| chosen(context.charts)) {
            picture::figure(html, context.subject.language, chart);
        }
        html.element("div", &[("class", "caveats")], |html| {
            html.leaf("h2", &[], language.pick("使用前须知", "Before you use it"));
            html.element("ol", &[], |html| {
                caveats(context).iter().for_each(|line| html.leaf("li", &[], &shortened(line)));
            });
            more(html, language);
        });
    })
}

/// The one picture.
fn chosen(charts: &[Chart]) -> Option<&Chart> {
    let named = |name: &&str| charts.iter().find(|chart| chart.name.starts_with(*name));
    PICTURES.iter().find_map(named).or(charts.first())
}

/// A sentence that fits: one too long for the page is cut after a mark or a blank, never inside a word or a figure.
fn shortened(sentence: &str) -> String {
    let mut wide = 0;
    let fits = |c: &char| {
        wide += if c.is_ascii() { 1 } else { 2 };
        wide <= SENTENCE
    };
    let cut: String = sentence.chars().take_while(fits).collect();
    if cut.len() == sentence.len() {
        return cut;
    }
    let is_end = |c: char| c == ' ' || "，。；、：".contains(c);
    let end = cut.rfind(is_end).filter(|&at| at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

/// Targets met, money missing, what the missing county money costs, all of the base scenario; where the model has
/// not all of these, values of indicators of the city instead.
fn numbers(context: &Context<'_>) -> Vec<(String, String)> {
    let numbers = [met(context), missing(context), lost(context)].into_iter().flatten();
    numbers.chain(values(context)).take(NUMBERS).collect()
}

fn met(context: &Context<'_>) -> Option<(String, String)> {
    let tally = context.summary.tallies.get(context.base()).filter(|tally| tally.targets > 0)?;
    let name = shortened(context.base_name());
    let words = match context.subject.language {
        Language::Zh => format!("“{name}”达标的目标（另有基本达标 {}）", tally.basically_met),
        Language::En => format!("targets met by “{name}” ({} more basically met)", tally.basically_met),
    };
    Some((format!("{} / {}", tally.met, tally.targets), words))
}

fn missing(context: &Context<'_>) -> Option<(String, String)> {
    let (language, state) = (context.subject.language, context.summary.money.last()?);
    let missing = *state.amounts("missing").get(context.base())?;
    if context.base_model().funds.is_empty() {
        return None;
    }
    let figure = format!("{} {}", number::wan(Fen(missing)), number::wan_yuan_unit(language));
    let words = match language {
        Language::Zh => format!("到 {} 月末缺失的资金", state.month),
        Language::En => format!("of money missing at the end of {}", state.month),
    };
    Some((figure, words))
}

fn lost(context: &Context<'_>) -> Option<(String, String)> {
    let line = context.summary.cost_of_gap.as_ref()?.as_it_stands()?;
    let months = line.project_months?;
    let words = context.subject.language.pick(
        "项目月：县级资金缺位使项目少投运的月数",
        "project-months on stream that the missing county money costs",
    );
    Some((format!("{}{}", at_least(line), number::grouped(months, 0)), words.to_owned()))
}

fn at_least(line: &CostLine) -> &'static str {
    if line.at_least { "≥ " } else { "" }
}

/// Indicators of the base scenario that have a value.
fn values(context: &Context<'_>) -> Vec<(String, String)> {
    let base = context.base();
    let with_value = context.summary.targets.iter().filter(|row| row.outcomes[base].value.is_some());
    let shown = with_value.map(|row| {
        let percent = if row.unit == "%" { "%" } else { "" };
        let unit = if row.unit == "%" { String::new() } else { format!("（{}）", row.unit) };
        (format!("{}{percent}", row.outcomes[base].shown), format!("{}{unit} {}", row.name, row.year))
    });
    shown.collect()
}

/// What the cost of the gap hangs on, and what the figures rest on.
fn caveats(context: &Context<'_>) -> Vec<String> {
    carried(context).into_iter().chain(context.summary.notes.iter().cloned()).take(2).collect()
}

/// Which assumption carries the cost of the gap: least and most over what owners bridge, the rule as it is.
fn carried(context: &Context<'_>) -> Option<String> {
    let cost = context.summary.cost_of_gap.as_ref()?;
    let bridged = cost.lines.iter().filter(|line| line.matching == cost.matching && line.bridge.is_some());
    let months: Option<Vec<(f64, &CostLine)>> =
        bridged.map(|line| line.project_months.map(|months| (months, line))).collect();
    let months = months?;
    let (least, most) = (
        months.iter().min_by(|a, b| a.0.total_cmp(&b.0))?,
        months.iter().max_by(|a, b| a.0.total_cmp(&b.0))?,
    );
    let [least, most] =
        [least, most].map(|(months, line)| format!("{}{}", at_least(line), number::grouped(*months, 0)));
    Some(match context.subject.language {
        Language::Zh => format!(
            "缺口的代价主要取决于业主能垫付多少，这是建模假设：业主垫资从全额到分文不垫，少投运 {least} 至 {most} 个项目月。\
             业主全额垫付时代价为零，不是缺口消失了，而是由业主先出了钱。"
        ),
        Language::En => format!(
            "What the gap costs hangs on how much owners can bridge, which is an assumption: from all of it to nothing, {least} \
             to {most} project-months are lost. Where owners bridge all of it the gap has not gone; they have paid for it first."
        ),
    })
}

fn more(html: &mut Html, language: Language) {
    html.element("p", &[("class", "faint")], |html| {
        html.text(language.pick("每个数的公式、行和来源见 ", "Formula, rows and sources of every figure: "));
        html.leaf("a", &[("href", "report.html")], "report.html");
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sentences_are_cut_between_words() {
        assert_eq!(shortened("short."), "short.");
        let long = "1,234 project-months ".repeat(40);
        let cut = shortened(&long);
        assert!(cut.ends_with("1,234…") || cut.ends_with("months…"), "{cut}");
        assert!(cut.chars().count() <= SENTENCE + 1);
        let zh = shortened(&"缺口 1,234 万元，".repeat(60));
        assert!(zh.ends_with("万元…") || zh.ends_with("缺口…") || zh.ends_with("1,234…"), "{zh}");
        assert_eq!(shortened(&"x".repeat(600)).chars().count(), SENTENCE + 1, "a word without end");
    }
}
