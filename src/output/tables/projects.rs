//! `projects.csv`: what became of every project in every scenario.

use super::{ResultTable, Results};
use crate::id::Id;
use crate::model::ProjectClass;
use crate::output::row::{Cell, Field, Kind, Rows, field};

pub(super) const TABLE: ResultTable = ResultTable {
    name: "projects",
    zh: "项目：开工、建成、投运，与资金充足时相比",
    en: "Projects: start, completion, on stream, against what they would be with money no matter",
    fields: FIELDS,
    by_scenario: true,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("project", Kind::Text, "项目", "project"),
    field("name", Kind::Text, "名称", "name in Chinese"),
    field("name_en", Kind::Text, "英文名称", "name in English"),
    field("class", Kind::Text, "key 重点，general 一般", "key or general"),
    field("place", Kind::Text, "地点", "place"),
    field("owner", Kind::Text, "业主", "owner"),
    field("investment", Kind::Yuan, "投资（元）", "investment, yuan"),
    field("built", Kind::Truth, "本情景是否建设", "whether the scenario builds it"),
    field("start", Kind::Month, "开工", "start"),
    field("complete", Kind::Month, "建成（月末）", "complete at the end of"),
    field(
        "on_stream",
        Kind::Month,
        "投运；空为期内未投运",
        "on stream from; empty when not within the horizon",
    ),
    field("planned_on_stream", Kind::Month, "资金充足时的投运", "on stream if money were no matter"),
    field("months_late", Kind::Integer, "推迟月数", "months late"),
    field("months_on_stream", Kind::Integer, "期内投运月数", "months on stream within the horizon"),
    field("unpaid_at_end", Kind::Yuan, "期末到期未付（元）", "due and not paid at the end, yuan"),
    field("financing_gap", Kind::Yuan, "筹资缺口（元）", "financing gap, yuan"),
];

fn fill(results: Results<'_>, rows: &mut Rows) {
    for scenario in results.scenarios() {
        let model = scenario.model;
        let last = scenario.run.gaps.last();
        for (id, project) in model.projects.enumerate() {
            let schedule = &scenario.run.funding.schedule[id.index()];
            let late = schedule.on_stream.zip(schedule.planned_on_stream).map(|(is, was)| is.since(was));
            let on_stream: u32 = model.settings.years().map(|year| schedule.months_on_stream(year)).sum();
            let gap = last.and_then(|gaps| gaps.projects.iter().find(|gap| gap.project == id));
            let class = match project.class {
                ProjectClass::Key => "key",
                ProjectClass::General => "general",
            };
            rows.row(&[
                scenario.key.into(),
                project.key.as_str().into(),
                project.name.as_str().into(),
                project.name_en.as_str().into(),
                class.into(),
                model.places[project.place].key.as_str().into(),
                Cell::from(project.owner.map(|owner| model.enterprises[owner].key.as_str())),
                project.investment.into(),
                schedule.built.into(),
                schedule.start.into(),
                schedule.complete.into(),
                schedule.on_stream.into(),
                schedule.planned_on_stream.into(),
                late.into(),
                on_stream.into(),
                gap.map(|gap| gap.unpaid).into(),
                gap.map(|gap| gap.financing).into(),
            ]);
        }
    }
}
