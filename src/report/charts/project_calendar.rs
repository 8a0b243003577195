//! Every project of a scenario over the months: planned, and as money lets it.

use super::Chart;
use super::canvas::{Anchor, Canvas, picture};
use super::frame::{Frame, HEAD, MARGIN, brief, source_line};
use super::palette::Colour;
use super::scale::Scale;
use super::words::{shortened, text_width};
use crate::calendar::Month;
use crate::diagnostic::Language;
use crate::funding::ProjectSchedule;
use crate::id::{Id, PlaceId, ProjectId};
use crate::model::{Decision, Model, ProjectClass};
use crate::report::summary::Subject;
use crate::report::{named, number};

const ROW: f64 = 19.0;
const GROUP: f64 = 26.0;
const LABEL: f64 = 268.0;
const PLOT: f64 = 600.0;
const LATE: f64 = 86.0;
const UNPAID: f64 = 112.0;
const WORDS: f64 = 12.0;

/// One project on the calendar; months are first and last ones of building.
struct Bar {
    project: ProjectId,
    planned: (Month, Option<Month>),
    start: Option<Month>,
    complete: Option<Month>,
}

/// Projects of one class in one county unit.
struct Block {
    words: String,
    bars: Vec<Bar>,
}

/// The chart of a scenario.
///
/// # Errors
/// A sentence why there is none: nothing is built.
pub fn chart(subject: &Subject<'_>, scenario: usize) -> Result<Chart, String> {
    let (model, language) = (subject.model(scenario), subject.language);
    let name = brief(subject.scenario_name(scenario));
    let schedule = &subject.run.scenarios[scenario].funding.schedule;
    let blocks = blocks(model, schedule, language);
    let built = blocks.iter().map(|block| block.bars.len()).sum::<usize>();
    if built == 0 {
        return Err(match language {
            Language::Zh => format!("项目日历略去：情景“{name}”不建任何项目。"),
            Language::En => format!("No project calendar: scenario “{name}” builds no project."),
        });
    }
    let never = schedule.iter().filter(|s| s.built && s.complete.is_none()).count();
    let late = schedule.iter().filter(|s| months_late(s).is_some_and(|late| late > 0)).count();
    let title = match language {
        Language::Zh => format!("项目日历：建 {built} 项，{late} 项推迟，{never} 项期内建不成"),
        Language::En => {
            format!("Project calendar: {built} built, {late} late, {never} not complete within the horizon")
        }
    };
    let mut foot = Vec::new();
    let skipped = model.projects.len() - built;
    if skipped > 0 {
        foot.push(match language {
            Language::Zh => format!("本情景另有 {skipped} 个项目不建，未列。"),
            Language::En => format!("{skipped} more projects are not built in this scenario and not listed."),
        });
    }
    foot.push(
        language
            .pick(
                "计划 = 资金充足时（含它所依赖的项目）；推迟以投运月计，业主垫资已计入。",
                "Planned: were money no matter, with the projects it needs; late: in months to coming on stream; owners' \
                 bridges are counted in.",
            )
            .to_owned(),
    );
    foot.push(source_line(&brief(named(language, &model.settings.name, &model.settings.name_en)), language));
    let (first, last) = (model.settings.first_month(), model.settings.last_month());
    let frame = Frame {
        title: title.clone(),
        unit: match language {
            Language::Zh => format!("{first} 至 {last}，按月；情景“{name}”"),
            Language::En => format!("{first} to {last}, by month; scenario “{name}”"),
        },
        foot,
        illustrative: model.settings.illustrative,
        language,
    };
    let width = MARGIN * 2.0 + LABEL + PLOT + LATE + UNPAID;
    let top = HEAD + 62.0;
    let bottom = top + blocks.len() as f64 * GROUP + built as f64 * ROW + 6.0;
    let height = bottom + 30.0 + frame.foot_height(width);
    let months = Scale {
        values: (0.0, f64::from(last.since(first) + 1)),
        pixels: (MARGIN + LABEL, MARGIN + LABEL + PLOT),
    };
    let drawing = picture(width, height, |canvas| {
        frame.draw(canvas, width, height);
        legend(canvas, language);
        axis(canvas, model, months, (top, bottom), language);
        let mut y = top;
        for block in &blocks {
            let words = shortened(&block.words, LABEL + PLOT, 13.0);
            canvas.backdrop(|| {
                canvas.rectangle((MARGIN, y + 3.0), (width - MARGIN, y + GROUP - 2.0), Colour::RULE, 0.45);
            });
            canvas.text(&words, (MARGIN + 6.0, y + GROUP / 2.0), 13.0, Anchor::Start, Colour::INK);
            y += GROUP;
            for bar in &block.bars {
                row(canvas, subject, scenario, bar, months, y + ROW / 2.0);
                y += ROW;
            }
        }
    });
    Ok(Chart { name: "project-calendar.svg".to_owned(), title, drawing, prominent: true })
}

fn months_late(schedule: &ProjectSchedule) -> Option<i32> {
    Some(schedule.on_stream?.since(schedule.planned_on_stream?))
}

/// Built projects by class, then county unit in the order of places, then planned start.
fn blocks(model: &Model, schedule: &[ProjectSchedule], language: Language) -> Vec<Block> {
    let counties: Vec<Option<PlaceId>> = model.places.counties().map(Some).chain([None]).collect();
    let mut blocks = Vec::new();
    for class in [ProjectClass::Key, ProjectClass::General] {
        let class_words = match class {
            ProjectClass::Key => language.pick("重点项目", "Key projects"),
            ProjectClass::General => language.pick("一般项目", "General projects"),
        };
        for &county in &counties {
            let here = model.projects.enumerate().filter(|(id, project)| {
                let place = model.places.county_of(project.place);
                schedule[id.index()].built && project.class == class && place == county
            });
            let mut bars: Vec<Bar> = here.map(|(id, _)| bar(model, &schedule[id.index()], id)).collect();
            if bars.is_empty() {
                continue;
            }
            bars.sort_by_key(|bar| (bar.planned.0, bar.project));
            let place = county.map_or(language.pick("市本级", "the city"), |county| {
                named(language, &model.places[county].name, &model.places[county].name_en)
            });
            let count = bars.len();
            let words = match language {
                Language::Zh => format!("{class_words} · {place}（{count}）"),
                Language::En => format!("{class_words} · {place} ({count})"),
            };
            blocks.push(Block { words, bars });
        }
    }
    blocks
}

fn bar(model: &Model, schedule: &ProjectSchedule, id: ProjectId) -> Bar {
    let project = &model.projects[id];
    let decision = model.scenarios[model.scenario].decisions.get(id.index());
    let delay = match decision {
        Some(Decision::Build { delay }) => i32::try_from(*delay).unwrap_or(i32::MAX / 4),
        _ => 0,
    };
    let start = project.earliest_start.plus(delay).max(model.settings.first_month());
    Bar {
        project: id,
        planned: (start, schedule.planned_on_stream.map(|month| month.plus(-1))),
        start: schedule.start,
        complete: schedule.complete,
    }
}

fn legend(canvas: &Canvas<'_>, language: Language) {
    let y = HEAD + 10.0;
    let entries: [(&str, Colour, f64); 4] = [
        (language.pick("计划", "planned"), Colour::FAINT, 0.4),
        (language.pick("按计划完成", "built, as planned"), Colour::BLUE, 1.0),
        (language.pick("超过计划的月份", "months beyond the plan"), Colour::ORANGE, 1.0),
        (language.pick("期内建不成", "not complete within the horizon"), Colour::VERMILION, 1.0),
    ];
    let mut x = MARGIN;
    for (words, colour, opacity) in entries {
        canvas.rectangle((x, y - 5.0), (x + 18.0, y + 5.0), colour, opacity);
        canvas.text(words, (x + 24.0, y), WORDS, Anchor::Start, Colour::INK);
        x += text_width(words, WORDS) + 48.0;
    }
}

fn axis(canvas: &Canvas<'_>, model: &Model, months: Scale, (top, bottom): (f64, f64), language: Language) {
    let first = model.settings.first_month();
    let years = model.settings.years();
    let wide = PLOT / years.len().max(1) as f64;
    for year in years.chain([model.settings.horizon + 1]) {
        let x = months.at(f64::from(Month::january(year).since(first)));
        canvas.line(&[(x, top), (x, bottom)], Colour::RULE, 1.0, 1.0);
        if year > model.settings.horizon || (wide < 40.0 && year % 5 != 0) {
            continue;
        }
        for y in [top - 12.0, bottom + 14.0] {
            let at = (x + wide / 2.0, y);
            canvas.text(&year.to_string(), at, WORDS, Anchor::Middle, Colour::FAINT);
        }
    }
    let right = MARGIN + LABEL + PLOT;
    let late = language.pick("推迟（月）", "late, months");
    let unpaid = format!("{} ({})", language.pick("未付", "unpaid"), language.pick("万元", "10⁴ yuan"));
    canvas.text(late, (right + LATE, top - 12.0), 11.0, Anchor::End, Colour::FAINT);
    canvas.text(&unpaid, (right + LATE + UNPAID, top - 12.0), 11.0, Anchor::End, Colour::FAINT);
}

fn row(canvas: &Canvas<'_>, subject: &Subject<'_>, scenario: usize, bar: &Bar, months: Scale, y: f64) {
    let (model, language) = (subject.model(scenario), subject.language);
    let project = &model.projects[bar.project];
    let run = &subject.run.scenarios[scenario];
    let schedule = &run.funding.schedule[bar.project.index()];
    let first = model.settings.first_month();
    let begin = |month: Month| months.at(f64::from(month.since(first)));
    let end = |month: Month| months.at(f64::from(month.since(first) + 1));
    let after = months.pixels.1;
    let name = shortened(named(language, &project.name, &project.name_en), LABEL - 14.0, WORDS);
    canvas.text(&name, (MARGIN + LABEL - 8.0, y), WORDS, Anchor::End, Colour::INK);
    let (start, planned) = bar.planned;
    canvas.rectangle((begin(start), y - 7.0), (planned.map_or(after, end), y - 3.0), Colour::FAINT, 0.4);
    let (from, to) = (y - 2.0, y + 6.0);
    if let Some(start) = bar.start {
        match bar.complete {
            Some(complete) => {
                let on_time = planned.map_or(complete, |planned| complete.min(planned.max(start)));
                canvas.rectangle((begin(start), from), (end(on_time), to), Colour::BLUE, 1.0);
                if complete > on_time {
                    canvas.rectangle((end(on_time), from), (end(complete), to), Colour::ORANGE, 1.0);
                }
            }
            None => {
                canvas.rectangle((begin(start), from), (after - 7.0, to), Colour::VERMILION, 1.0);
                let tip = [(after - 7.0, from), (after, (from + to) / 2.0), (after - 7.0, to)];
                canvas.polygon(&tip, Colour::VERMILION, 1.0);
            }
        }
    }
    let late = match (bar.start, bar.complete) {
        (None, _) => language.pick("未开工", "not begun").to_owned(),
        (_, None) => language.pick("建不成", "never").to_owned(),
        _ => months_late(schedule).map_or_else(|| "—".to_owned(), |late| number::grouped(f64::from(late), 0)),
    };
    let colour = if bar.complete.is_none() { Colour::RUST } else { Colour::INK };
    canvas.text(&late, (after + LATE, y), WORDS, Anchor::End, colour);
    let unpaid =
        run.gaps.last().and_then(|gaps| gaps.project(bar.project)).map(|gap| gap.unpaid + gap.financing);
    let words = unpaid.map_or_else(|| "—".to_owned(), number::wan);
    canvas.text(&words, (after + LATE + UNPAID, y), WORDS, Anchor::End, Colour::INK);
}
