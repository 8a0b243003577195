//! `report.html`: the answer first, then pictures, tables, what rests on assumptions, every value opened.

use super::markup::Html;
use super::{
    Context, assumptions, cost, counties, money, of_run, opened, picture, projects, provenance, stocks,
    targets,
};
use crate::diagnostic::Language;

/// A section: anchor, Chinese and English title, what stands in it.
struct Section {
    anchor: &'static str,
    zh: &'static str,
    en: &'static str,
    body: fn(&mut Html, &Context<'_>),
}

const SECTIONS: [Section; 9] = [
    Section { anchor: "answer", zh: "结论", en: "The answer", body: answer },
    Section { anchor: "pictures", zh: "图", en: "Pictures", body: pictures },
    Section { anchor: "money", zh: "资金", en: "Money", body: money::all },
    Section {
        anchor: "missing",
        zh: "县级资金缺位的代价",
        en: "Cost of the missing county money",
        body: cost::all,
    },
    Section {
        anchor: "places", zh: "全市与各县级单位", en: "City and county units", body: counties::all
    },
    Section { anchor: "projects", zh: "项目与堆存", en: "Projects and stocks", body: work },
    Section { anchor: "assumptions", zh: "依据与假设", en: "What it rests on", body: assumptions::all },
    Section { anchor: "opened", zh: "指标展开", en: "Indicators opened", body: opened::all },
    Section { anchor: "provenance", zh: "来历与重算", en: "Where it comes from", body: provenance::all },
];

/// The page.
pub(super) fn page(context: &Context<'_>) -> String {
    let language = context.subject.language;
    let sections: Vec<&Section> = SECTIONS.iter().filter(|section| has(context, section.anchor)).collect();
    let title = language.pick("循环经济情景报告", "circular-economy scenarios");
    of_run(context, "report", title, |html| {
        html.element("nav", &[("aria-label", language.pick("目录", "contents"))], |html| {
            for section in &sections {
                let to = format!("#{}", section.anchor);
                html.leaf("a", &[("href", &to)], language.pick(section.zh, section.en));
            }
        });
        if context.base_model().places.counties().next().is_some() {
            html.element("nav", &[("aria-label", language.pick("各县级单位", "county units"))], |html| {
                html.leaf("span", &[("class", "faint")], language.pick("直达：", "Straight to:"));
                counties::links(html, context);
            });
        }
        for section in &sections {
            html.element("section", &[("id", section.anchor)], |html| {
                html.leaf("h2", &[], language.pick(section.zh, section.en));
                (section.body)(html, context);
            });
        }
    })
}

/// Whether there is anything to stand in a section.
fn has(context: &Context<'_>, anchor: &str) -> bool {
    let model = context.base_model();
    match anchor {
        "pictures" => !context.charts.is_empty(),
        "money" => !(model.funds.is_empty() && model.projects.is_empty()),
        "missing" => context.summary.cost_of_gap.is_some(),
        _ => true,
    }
}

fn answer(html: &mut Html, context: &Context<'_>) {
    let language = context.subject.language;
    html.element("div", &[("class", "answer")], |html| {
        context.summary.answer.iter().for_each(|sentence| html.leaf("p", &[], sentence));
    });
    html.element("p", &[("class", "faint")], |html| {
        html.text(language.pick("这些数从哪里来：", "Where these figures come from: "));
        let links = [
            (
                "targets",
                language.pick("指标与目标", "indicators against targets"),
                !context.summary.targets.is_empty(),
            ),
            ("money", language.pick("资金", "money"), has(context, "money")),
            (
                "cost",
                language.pick("县级资金缺位的代价", "cost of the missing county money"),
                has(context, "missing"),
            ),
        ];
        for (at, (to, words, _)) in links.iter().filter(|(_, _, is_there)| *is_there).enumerate() {
            html.text(if at > 0 { language.pick("、", ", ") } else { "" });
            html.leaf("a", &[("href", &format!("#{to}"))], words);
        }
    });
    targets::scenarios(html, context);
    targets::targets(html, context);
}

fn pictures(html: &mut Html, context: &Context<'_>) {
    let (shown, others): (Vec<_>, Vec<_>) = context.charts.iter().partition(|chart| chart.prominent);
    shown.into_iter().for_each(|chart| picture::figure(html, context.subject.language, chart));
    if !others.is_empty() {
        let count = others.len();
        let words = match context.subject.language {
            Language::Zh => format!("另有 {count} 张图（其他情景、年份和园区）只存为文件，在 charts/ 下。"),
            Language::En => {
                format!(
                    "{count} more pictures (other scenarios, years and parks) are files only, in charts/."
                )
            }
        };
        html.leaf("p", &[("class", "faint")], &words);
    }
}

fn work(html: &mut Html, context: &Context<'_>) {
    projects::all(html, context);
    stocks::all(html, context);
    files(html, context, &["projects.csv", "stocks.csv", "flows.csv", "actors.csv", "balances.csv"]);
}

/// Which files hold the rest.
pub(super) fn files(html: &mut Html, context: &Context<'_>, names: &[&str]) {
    let all =
        context.subject.language.pick("全部情景、年份和明细见文件：", "All scenarios, years and details: ");
    html.leaf("p", &[("class", "faint")], &format!("{all}{}", names.join(", ")));
}
