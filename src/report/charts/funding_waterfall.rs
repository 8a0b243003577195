//! Where the money of a scenario comes from and where it is missing: investment, stepwise down to nothing.

mod account;

pub use account::{Account, Part, Step};

use super::Chart;
use super::canvas::{Anchor, Canvas, picture};
use super::frame::{Frame, HEAD, MARGIN, brief, source_line};
use super::palette::Colour;
use super::scale::{Scale, ticks};
use super::words::shortened;
use crate::diagnostic::Language;
use crate::money::Fen;
use crate::report::summary::Subject;
use crate::report::{named, number};

const ROW: f64 = 27.0;
const BAR: f64 = 17.0;
const LABEL: f64 = 270.0;
const PLOT: f64 = 640.0;
const AMOUNT: f64 = 96.0;
const SHARE: f64 = 64.0;
const WORDS: f64 = 13.0;

/// What rows stand together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Whole,
    Part(Part),
    Obligation,
    Sum,
}

/// A row: its words, from where to where its bar goes, its colour, what stands beside it.
struct Row {
    words: String,
    strong: bool,
    bars: Vec<(Fen, Fen, Colour)>,
    amount: Fen,
    share: bool,
    group: Group,
}

/// The chart of a scenario at the end of its last month.
///
/// # Errors
/// A sentence why there is none: nothing is built, or it costs nothing.
pub fn chart(subject: &Subject<'_>, scenario: usize) -> Result<Chart, String> {
    let (model, language) = (subject.model(scenario), subject.language);
    let name = brief(subject.scenario_name(scenario));
    let account = subject.run.scenarios[scenario].gaps.last().map(|gaps| Account::of(model, gaps));
    let Some(account) = account.filter(|account| account.investment > Fen::ZERO) else {
        return Err(match language {
            Language::Zh => format!("资金瀑布图略去：情景“{name}”不建需要投资的项目。"),
            Language::En => {
                format!("No funding waterfall: scenario “{name}” builds no project that costs money.")
            }
        });
    };
    let whole = whole_rows(&account, language);
    let missing = missing_rows(&account, subject, scenario);
    let unit = number::wan_yuan_unit(language);
    let paid = account.sum(Part::Paid);
    let (investment, paid) = (number::wan(account.investment), number::wan(paid));
    let (gone, month) = (number::wan(account.missing), account.month);
    let title = match language {
        Language::Zh => format!("资金：投资 {investment} {unit}，已付 {paid} {unit}，缺失 {gone} {unit}"),
        Language::En => format!("Funding ({unit}): investment {investment}, paid {paid}, missing {gone}"),
    };
    let frame = Frame {
        title: title.clone(),
        unit: match language {
            Language::Zh => format!("{unit}；{month} 月末的状态；情景“{name}”"),
            Language::En => format!("{unit}; state at the end of {month}; scenario “{name}”"),
        },
        foot: vec![
            language
                .pick(
                    "投资 = 期前已投 + 已付 + 到期未付（滞留、短缺）+ 未到期 + 筹资缺口。缺失资金 = 义务缺口 + 筹资缺口 + \
                     各资金短缺超出其义务缺口的部分；滞留的钱在资金账上，不算缺失。状态不可跨月相加。",
                    "Investment = spent before + paid + due and not paid (held up, short) + not yet due + financing gap. Missing \
                     money = obligation gaps + financing gaps + what funds are short beyond their obligation gap; money held up \
                     lies in its fund and is not missing. States are not to be added over months.",
                )
                .to_owned(),
            source_line(&brief(named(language, &model.settings.name, &model.settings.name_en)), language),
        ],
        illustrative: model.settings.illustrative,
        language,
    };
    let width = MARGIN * 2.0 + LABEL + PLOT + AMOUNT + SHARE;
    let top = HEAD + 34.0;
    let middle = top + whole.len() as f64 * ROW + 70.0;
    let bottom = middle + missing.len() as f64 * ROW;
    let height = bottom + 34.0 + frame.foot_height(width);
    let drawing = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        let head = language.pick("投资怎样筹来", "How the investment is financed");
        panel(canvas, head, &whole, top, account.investment, language);
        let head = language.pick("缺在哪里（放大）", "What is missing, enlarged");
        let most = missing.iter().flat_map(|row| &row.bars).map(|bar| bar.1).max().unwrap_or(Fen(100));
        panel(canvas, head, &missing, middle, most, language);
    });
    Ok(Chart { name: "funding-waterfall.svg".to_owned(), title, drawing, prominent: true })
}

/// From the investment down to nothing, part by part, each by source.
fn whole_rows(account: &Account, language: Language) -> Vec<Row> {
    let mut rows = vec![Row {
        words: language.pick("投资合计", "Investment").to_owned(),
        strong: true,
        bars: vec![(Fen::ZERO, account.investment, Colour::COAL)],
        amount: account.investment,
        share: true,
        group: Group::Whole,
    }];
    let mut left = account.investment;
    for step in &account.steps {
        let to = left;
        left -= step.amount;
        rows.push(Row {
            words: step.words(language),
            strong: false,
            bars: vec![(left, to, step.part.colour())],
            amount: step.amount,
            share: true,
            group: Group::Part(step.part),
        });
    }
    rows
}

/// What is not paid though due, what nobody finances, what counties owe; and the missing money they make.
fn missing_rows(account: &Account, subject: &Subject<'_>, scenario: usize) -> Vec<Row> {
    let language = subject.language;
    let row = |words: String, amount: Fen, colour: Colour, group: Group| Row {
        words,
        strong: false,
        bars: vec![(Fen::ZERO, amount, colour)],
        amount,
        share: false,
        group,
    };
    let open = |step: &&Step| matches!(step.part, Part::HeldUp | Part::Short | Part::Financing);
    let mut rows: Vec<Row> = (account.steps.iter().filter(open))
        .map(|step| row(step.words(language), step.amount, step.part.colour(), Group::Part(step.part)))
        .collect();
    for &(county, amount) in &account.obligations {
        let place = county.map(|county| &subject.model(scenario).places[county]);
        let name = place.map_or(language.pick("市本级及其他", "city and others"), |place| {
            named(language, &place.name, &place.name_en)
        });
        let words = match language {
            Language::Zh => format!("义务缺口·{name}"),
            Language::En => format!("obligation gap · {name}"),
        };
        rows.push(row(words, amount, Colour::ORANGE, Group::Obligation));
    }
    let (owed, unfinanced) = (account.obligation(), account.sum(Part::Financing));
    let first = owed + unfinanced;
    rows.push(Row {
        words: language.pick("缺失资金合计", "Missing money").to_owned(),
        strong: true,
        bars: vec![
            (Fen::ZERO, owed, Colour::ORANGE),
            (owed, first, Part::Financing.colour()),
            (first, account.missing, Part::Short.colour()),
        ],
        amount: account.missing,
        share: false,
        group: Group::Sum,
    });
    rows
}

fn panel(canvas: &Canvas<'_>, head: &str, rows: &[Row], top: f64, most: Fen, language: Language) {
    let left = MARGIN + LABEL;
    let bottom = top + rows.len() as f64 * ROW;
    let marks = ticks(0.0, most.wan().max(0.01), 8);
    let end = marks.last().copied().unwrap_or(1.0);
    let scale = Scale { values: (0.0, end), pixels: (left, left + PLOT) };
    canvas.text(head, (MARGIN, top - 16.0), 14.0, Anchor::Start, Colour::INK);
    let amount = left + PLOT + AMOUNT;
    let unit = number::wan_yuan_unit(language);
    canvas.text(unit, (amount, top - 16.0), 12.0, Anchor::End, Colour::FAINT);
    if rows.iter().any(|row| row.share) {
        let words = language.pick("占投资", "share");
        canvas.text(words, (amount + SHARE, top - 16.0), 12.0, Anchor::End, Colour::FAINT);
    }
    for tick in marks {
        let x = scale.at(tick);
        canvas.line(&[(x, top), (x, bottom)], Colour::RULE, 1.0, 1.0);
        let words = number::grouped(tick, usize::from(end < 10.0));
        canvas.text(&words, (x, bottom + 13.0), 12.0, Anchor::Middle, Colour::FAINT);
    }
    let mut before: Option<f64> = None;
    for (position, row) in rows.iter().enumerate() {
        let y = top + (position as f64 + 0.5) * ROW;
        if position > 0 && row.group != rows[position - 1].group {
            canvas.line(&[(MARGIN, y - ROW / 2.0), (amount + SHARE, y - ROW / 2.0)], Colour::RULE, 1.0, 1.0);
        }
        let words = shortened(&row.words, LABEL - 14.0, WORDS);
        canvas.text(&words, (left - 10.0, y), WORDS, Anchor::End, Colour::INK);
        for &(from, to, colour) in &row.bars {
            let (x, to) = (scale.at(from.wan()), scale.at(to.wan()));
            if to > x {
                // A bar thinner than a line is still seen.
                canvas.rectangle((x, y - BAR / 2.0), (to.max(x + 1.0), y + BAR / 2.0), colour, 0.9);
            }
        }
        if row.share {
            if let Some(x) = before {
                canvas.line(&[(x, y - ROW + BAR / 2.0), (x, y - BAR / 2.0)], Colour::FAINT, 1.0, 1.0);
            }
            before = row
                .bars
                .first()
                .map(|bar| scale.at(if row.group == Group::Whole { bar.1 } else { bar.0 }.wan()));
        }
        let size = if row.strong { 14.0 } else { WORDS };
        canvas.text(&number::wan(row.amount), (amount, y), size, Anchor::End, Colour::INK);
        if row.share {
            let whole = rows[0].amount.yuan();
            let percent = format!("{} %", number::grouped(row.amount.yuan() / whole * 100.0, 1));
            canvas.text(&percent, (amount + SHARE, y), 12.0, Anchor::End, Colour::FAINT);
        }
    }
    canvas.line(&[(left, top), (left, bottom)], Colour::FAINT, 1.0, 1.0);
}
