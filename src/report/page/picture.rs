//! Pictures inside a page.

use super::markup::{Html, anchor};
use crate::diagnostic::Language;
use crate::output::Chart;
use crate::report::charts::words;

/// A chart as a figure with what is seen on it below. The picture keeps its proportions at any width.
pub(super) fn figure(html: &mut Html, language: Language, chart: &Chart) {
    let stem = chart.name.split('.').next().unwrap_or_default();
    let class = if is_wide(&chart.svg) { "across-page" } else { "upright" };
    html.element("figure", &[("id", &anchor(&["chart", stem])), ("class", class)], |html| {
        html.element("div", &[("class", "picture")], |html| html.picture(&inline(&chart.svg, &chart.title)));
        html.element("figcaption", &[], |html| {
            html.leaf("b", &[], &chart.title);
            html.text(language.pick("。", ". "));
            html.text(said(stem, language));
            html.text(&format!("{} charts/{}", language.pick("另存为", " Also in"), chart.name));
        });
    });
}

/// Whether a picture is printed on a page of its own turned on its side: much wider than high, and wide.
fn is_wide(svg: &str) -> bool {
    let size = |attribute: &str| -> Option<f64> {
        let from = svg.find(&format!(" {attribute}=\""))? + attribute.len() + 3;
        svg[from..].split('"').next()?.parse().ok()
    };
    size("width").zip(size("height")).is_some_and(|(wide, high)| wide > 1000.0 && wide > 1.35 * high)
}

/// What is seen on a chart, by its file's name.
fn said(stem: &str, language: Language) -> &'static str {
    match stem {
        "targets" => language.pick(
            "一行一个目标，一个记号一个情景；粗线右边达标，橙色带内基本达标。",
            "A row a target, a mark a scenario; right of the thick line it is met, in the orange band basically met.",
        ),
        "scenario-comparison" => language.pick(
            "各情景并列：达到多少目标、用多少钱、做成多少事。",
            "The scenarios side by side: how many targets are met, with how much money, and what is done with it.",
        ),
        "county-gaps" => language.pick(
            "各县级单位应设、到位与缺口；缺口是月末状态，不可相加。",
            "What every county unit owes, has paid in and lacks; gaps are states at a month’s end and are not added.",
        ),
        "funding-waterfall" => language.pick(
            "从项目要筹的钱到真正付出的钱，每一级差的是哪一种钱。",
            "From what projects must finance down to what is paid: which money is missing at each step.",
        ),
        "project-calendar" => language.pick(
            "各项目按计划与按实有资金的开工和投运月份；两者之差就是等钱的时间。",
            "When every project starts and comes on stream, as planned and with the money there is; the difference is the \
             time spent waiting for money.",
        ),
        "stock-paths" => language.pick(
            "各类堆存逐年变化；往下走说明多年的堆存在被用掉。",
            "Stocks year by year; a falling line is an old stockpile being used.",
        ),
        "recovery-cost" => language.pick(
            "项目按每吨利用量的投资从低到高排开，横轴是累计利用量。",
            "Projects from the cheapest to the dearest per tonne used; along the bottom the tonnes used in all.",
        ),
        "frontier" => language.pick(
            "每一点是第二个目标限度不同的一个方案；蓝线是求解器的最优值，橙点是模拟。",
            "A point is a mix under another limit on the second objective; the blue line is the solver's optimum, orange the simulation.",
        ),
        "value-of-money" => language.pick(
            "往右是比现在多出的钱，往上是它最多多换来的利用量。",
            "To the right the money beyond what there is, upward the waste used that it buys at best.",
        ),
        _ if stem.starts_with("sankey") => language.pick(
            "带的宽度是一年的量；往回画的是循环利用。",
            "The width of a band is the quantity of a year; bands drawn back are recycled.",
        ),
        _ => "",
    }
}

/// The picture with a name for readers that do not see it and without a size of its own.
fn inline(svg: &str, title: &str) -> String {
    let begin = svg.find("<svg").unwrap_or(0);
    let end = svg[begin..].find('>').map_or(svg.len(), |at| begin + at);
    let head = without(&without(&svg[begin..end], "width"), "height");
    let head = if head.contains("role=") {
        head
    } else {
        format!("{head} role=\"img\" aria-label=\"{}\"", plain(title))
    };
    format!("{head}{}", svg[end..].trim_end())
}

/// A tag without an attribute.
fn without(tag: &str, attribute: &str) -> String {
    let Some(from) = tag.find(&format!(" {attribute}=\"")) else { return tag.to_owned() };
    let value = from + attribute.len() + 3;
    let to = tag[value..].find('"').map_or(tag.len(), |at| value + at + 1);
    format!("{}{}", &tag[..from], &tag[to..])
}

/// A title as it can stand in an attribute, without marks that nobody sees.
fn plain(title: &str) -> String {
    words::plain(title).chars().filter(|c| !"<>&\"".contains(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wide_is_printed_on_its_side() {
        let of = |wide: u32, high: u32| is_wide(&format!("<svg width=\"{wide}\" height=\"{high}\">"));
        assert!(of(1500, 800));
        assert!(!of(900, 500) && !of(1500, 1300) && !is_wide("<svg>"));
    }

    #[test]
    fn a_picture_gets_a_name_and_loses_its_size() {
        let svg = "<svg width=\"10\" height=\"20\" viewBox=\"0 0 10 20\"><rect width=\"3\"/></svg>\n";
        assert_eq!(
            inline(svg, "a \"b\" <c>"),
            "<svg viewBox=\"0 0 10 20\" role=\"img\" aria-label=\"a b c\"><rect width=\"3\"/></svg>"
        );
    }
}
