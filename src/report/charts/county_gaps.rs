//! Funding gaps by county unit at the months that matter.

use super::Chart;
use super::canvas::{Anchor, Canvas, picture};
use super::frame::{Frame, HEAD, MARGIN, brief, source_line};
use super::palette::Colour;
use super::words::{shortened, text_width};
use crate::calendar::Month;
use crate::diagnostic::Language;
use crate::gaps::{self, CountyGap};
use crate::money::Fen;
use crate::report::summary::Subject;
use crate::report::{named, number};

const BAR: f64 = 18.0;
const BLOCK: f64 = 4.0 * BAR + 22.0;
const LABEL: f64 = 150.0;
const PLOT: f64 = 470.0;
const VALUE: f64 = 90.0;

type Bar = (&'static str, &'static str, Colour, fn(&CountyGap) -> Fen);

/// What is drawn of a county: paid in, obligation gap, dues of its projects unpaid, financing gap.
const BARS: [Bar; 4] = [
    ("已到位", "paid in", Colour::GREEN, |gap| gap.paid_in),
    ("义务缺口（应设未设）", "obligation gap", Colour::VERMILION, |gap| gap.obligation),
    ("辖内项目到期未付", "dues of its projects unpaid", Colour::BLUE, |gap| gap.unpaid),
    ("辖内项目筹资缺口", "financing gaps of its projects", Colour::PURPLE, |gap| gap.financing),
];

/// The chart of a scenario.
///
/// # Errors
/// A sentence why there is none: the model has no funds.
pub fn chart(subject: &Subject<'_>, scenario: usize) -> Result<Chart, String> {
    let (model, run, language) =
        (subject.model(scenario), &subject.run.scenarios[scenario], subject.language);
    if model.funds.is_empty() {
        let words =
            ("各县资金缺口图略去：模型没有资金。", "No chart of gaps by county: the model has no funds.");
        return Err(language.pick(words.0, words.1).to_owned());
    }
    let scenario_name = brief(subject.scenario_name(scenario));
    let last = model.settings.last_month();
    let mut months: Vec<Month> =
        model.duties.iter().map(|duty| Month::december(duty.due.year())).min().into_iter().collect();
    months.retain(|month| *month < last);
    months.push(last);
    let states: Vec<(Month, Vec<CountyGap>)> = months
        .into_iter()
        .filter_map(|month| {
            let state = run.gaps.iter().find(|gaps| gaps.month == month)?;
            Some((month, gaps::by_county(model, state)))
        })
        .collect();
    let counties = states.first().map_or(0, |(_, counties)| counties.len());
    let title = title(&states, language);
    let unit = number::wan_yuan_unit(language);
    let frame = Frame {
        title: title.clone(),
        unit: match language {
            Language::Zh => format!("{unit}，月末状态；情景“{scenario_name}”"),
            Language::En => {
                format!("{unit}, state at the month's end; scenario “{scenario_name}”")
            }
        },
        foot: vec![
            language
                .pick(
                    "缺口是月末的状态，不可跨月相加。“市本级及其他”是不属于任何县的资金和项目；▸ 表示条形截断。",
                    "Gaps are states at a month's end, not to be added over months. “City and others” are funds and projects in \
                     no county; ▸ marks a bar that is cut.",
                )
                .to_owned(),
            source_line(&brief(named(language, &model.settings.name, &model.settings.name_en)), language),
        ],
        illustrative: model.settings.illustrative,
        language,
    };
    let panel = PLOT + VALUE;
    let width = (MARGIN * 2.0 + LABEL + states.len() as f64 * panel).max(1000.0);
    let top = HEAD + 56.0;
    let bottom = top + counties as f64 * BLOCK;
    let height = bottom + 16.0 + frame.foot_height(width);
    // The city's own funds would dwarf the counties': their bars are cut, with an arrow.
    let counted = |gap: &&CountyGap| gap.county.is_some() || counties == 1;
    let of_counties = states.iter().flat_map(|(_, gaps)| gaps.iter().filter(counted));
    let amounts = of_counties.flat_map(|gap| BARS.map(|bar| (bar.3)(gap)));
    let most = amounts.max().unwrap_or(Fen::ZERO).wan().max(1.0);
    let drawing = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        draw_legend(canvas, subject);
        for (panel_position, (month, gaps)) in states.iter().enumerate() {
            let left = MARGIN + LABEL + panel_position as f64 * panel;
            let words = month.to_string();
            canvas.text(&words, (left, top - 14.0), 14.0, Anchor::Start, Colour::INK);
            canvas.line(&[(left, top), (left, bottom)], Colour::FAINT, 1.0, 1.0);
            for (position, gap) in gaps.iter().enumerate() {
                draw_county(canvas, gap, (left, top + position as f64 * BLOCK), most);
            }
        }
        for (position, gap) in states.first().map_or(&[][..], |(_, gaps)| gaps).iter().enumerate() {
            let name = gap.county.map_or(language.pick("市本级及其他", "City and others"), |county| {
                named(language, &model.places[county].name, &model.places[county].name_en)
            });
            let y = top + position as f64 * BLOCK;
            let name = shortened(name, LABEL - 14.0, 14.0);
            canvas.text(&name, (MARGIN + LABEL - 12.0, y + BLOCK / 2.0), 14.0, Anchor::End, Colour::INK);
            canvas.line(&[(MARGIN, y), (width - MARGIN, y)], Colour::RULE, 1.0, 1.0);
        }
    });
    Ok(Chart { name: "county-gaps.svg".to_owned(), title, drawing, prominent: true })
}

/// What the last month says: how many county units have not paid in what they owe, and how much that is.
fn title(states: &[(Month, Vec<CountyGap>)], language: Language) -> String {
    let plain = language.pick("各县资金缺口", "Funding gaps by county").to_owned();
    let Some((month, gaps)) = states.last() else { return plain };
    let owing: Vec<&CountyGap> = gaps.iter().filter(|gap| gap.county.is_some()).collect();
    if owing.is_empty() {
        return plain;
    }
    let behind = owing.iter().filter(|gap| gap.obligation > Fen::ZERO).count();
    let owed: Fen = owing.iter().map(|gap| gap.obligation).sum();
    let (count, owed, unit) = (owing.len(), number::wan(owed), number::wan_yuan_unit(language));
    match language {
        Language::Zh => {
            format!("{plain}：{month} 月末 {count} 个县级单位中 {behind} 个欠设，共 {owed} {unit}")
        }
        Language::En => format!("{plain}: {behind} of {count} owe {owed} × {unit} at the end of {month}"),
    }
}

fn draw_county(canvas: &Canvas<'_>, gap: &CountyGap, (left, top): (f64, f64), most: f64) {
    for (position, &(_, _, colour, amount)) in BARS.iter().enumerate() {
        let amount = amount(gap);
        let y = top + 11.0 + position as f64 * BAR;
        let right = left + PLOT * (amount.wan() / most).clamp(0.0, 1.0);
        if amount > Fen::ZERO {
            canvas.rectangle((left, y + 3.0), (right.max(left + 1.0), y + BAR - 3.0), colour, 0.9);
        }
        let beyond = if amount.wan() > most { "▸ " } else { "" };
        let words = format!("{beyond}{}", number::wan(amount));
        let ink = if amount > Fen::ZERO { Colour::INK } else { Colour::FAINT };
        canvas.text(&words, (right + 6.0, y + BAR / 2.0), 11.5, Anchor::Start, ink);
    }
}

fn draw_legend(canvas: &Canvas<'_>, subject: &Subject<'_>) {
    let mut x = MARGIN;
    let y = HEAD + 10.0;
    for (zh, en, colour, _) in BARS {
        let words = subject.language.pick(zh, en);
        canvas.rectangle((x, y - 6.0), (x + 12.0, y + 6.0), colour, 0.85);
        canvas.text(words, (x + 18.0, y), 13.0, Anchor::Start, Colour::INK);
        x += text_width(words, 13.0) + 46.0;
    }
}
