//! `indicator_terms.csv`: every indicator opened to its terms, their parts and the rows they rest on.

use super::{OneScenario, ResultTable, Results, node_label};
use crate::indicators::{Booked, IndicatorValue, TermPart, TermValue};
use crate::model::{Provenance, Shelf};
use crate::output::row::{Cell, Field, Kind, Rows, field};
use std::io;

pub(super) const TABLE: ResultTable = ResultTable {
    name: "indicator_terms",
    zh: "指标展开：项、组成部分、所依据的行",
    en: "Indicators opened: terms, parts and the rows they rest on",
    fields: FIELDS,
    by_scenario: true,
    fill,
};

const FIELDS: &[Field] = &[
    field("scenario", Kind::Text, "情景", "scenario"),
    field("indicator", Kind::Text, "指标", "indicator"),
    field("place", Kind::Text, "地点", "place"),
    field("year", Kind::Integer, "年份", "year"),
    field("term", Kind::Text, "项", "term"),
    field("term_value", Kind::Number, "项的数值", "value of the term"),
    field("coverage", Kind::Number, "模型覆盖的份额，0–1", "share that the model covers, 0–1"),
    field("unmet", Kind::Number, "要而未得的量", "asked for and not served"),
    field(
        "part",
        Kind::Text,
        "组成部分；不可计算时为原因",
        "part of the term; the reason where the indicator is not computable",
    ),
    field("part_value", Kind::Number, "组成部分的数值", "value of the part"),
    field("poor", Kind::Truth, "是否依据次级资料、估算或假设", "whether it rests on poor data"),
    field("rows", Kind::Text, "所依据的行", "rows it rests on"),
    field("sources", Kind::Text, "来源", "sources"),
    field(
        "disagreements",
        Kind::Text,
        "来源不一致的行：列、范围、单位",
        "rows on which sources disagree: column, range, unit",
    ),
];

fn fill(results: Results<'_>, rows: &mut Rows) -> io::Result<()> {
    for scenario in results.scenarios() {
        for value in &scenario.run.indicators {
            let indicator = results.definitions[value.definition].key.as_str();
            for term in &value.terms {
                one_term(scenario, indicator, value, term, rows)?;
            }
            if let Err(reason) = &value.value {
                let reason = reason.reason(crate::diagnostic::Language::En);
                let mut cells = lead(scenario, indicator, value);
                cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, reason.into()]);
                cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
                rows.row(&cells)?;
            }
        }
    }
    Ok(())
}

fn lead<'a>(scenario: OneScenario<'a>, indicator: &'a str, value: &IndicatorValue) -> Vec<Cell<'a>> {
    let place = scenario.model.places[value.place].key.as_str();
    vec![scenario.key.into(), indicator.into(), place.into(), value.year.into()]
}

fn one_term(
    scenario: OneScenario<'_>,
    indicator: &str,
    value: &IndicatorValue,
    term: &TermValue,
    rows: &mut Rows,
) -> io::Result<()> {
    let of_term = [
        Cell::from(term.name.as_str()),
        term.value.into(),
        term.coverage.into(),
        Cell::from((term.unmet != 0.0).then_some(term.unmet)),
    ];
    let mut cells = lead(scenario, indicator, value);
    cells.extend(of_term.iter().cloned());
    cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
    rows.row(&cells)?;
    for part in term.parts.iter().filter(|part| part.value != 0.0) {
        let mut cells = lead(scenario, indicator, value);
        cells.extend([Cell::from(term.name.as_str()), Cell::Empty, Cell::Empty, Cell::Empty]);
        cells.extend([
            part_label(scenario, part).into(),
            part.value.into(),
            part.poor.into(),
            row_labels(&part.rows).into(),
            source_labels(scenario, &part.rows).into(),
            disagreements(scenario, &part.rows).into(),
        ]);
        rows.row(&cells)?;
    }
    Ok(())
}

/// What a part is, as result files name it.
fn part_label(scenario: OneScenario<'_>, part: &TermPart) -> String {
    match &part.booked {
        Booked::Flow { arc, .. } => {
            let arc = &scenario.network.arcs[*arc];
            let label = |node| node_label(scenario.model, scenario.network, node);
            format!("{} > {}", label(arc.from), label(arc.to))
        }
        Booked::Stock(material) => format!("stock:{}", scenario.model.materials[*material].key),
        Booked::Statistic(key) => format!("statistic:{key}"),
        Booked::Effect(project) => format!("project:{}", scenario.model.projects[*project].key),
        Booked::Remainder(key) => format!("remainder:{key}"),
        Booked::Indicator(key) => format!("indicator:{key}"),
    }
}

/// Rows as `table:line`, those of the catalogue as `catalogue/table:line`.
fn row_labels(rows: &[Provenance]) -> String {
    let labels = rows.iter().filter(|row| row.row > 0).map(|row| {
        let shelf = match row.shelf {
            Shelf::Model => "",
            Shelf::Catalogue => "catalogue/",
        };
        format!("{shelf}{}:{}", row.table.stem(), row.row)
    });
    labels.collect::<Vec<_>>().join("; ")
}

fn source_labels(scenario: OneScenario<'_>, rows: &[Provenance]) -> String {
    let mut sources: Vec<_> = rows.iter().filter_map(|row| row.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let keys = sources.iter().map(|&source| scenario.model.sources[source].key.as_str());
    keys.collect::<Vec<_>>().join("; ")
}

/// Rows on which sources disagree, as `table:line.column low–high unit`.
fn disagreements(scenario: OneScenario<'_>, rows: &[Provenance]) -> String {
    let all = scenario.model.alternatives.iter();
    let found = all.filter(|other| rows.iter().any(|row| other.concerns(row))).map(|other| {
        let (low, high) = other.range();
        let place = format!("{}:{}.{}", other.used_row.table.stem(), other.used_row.row, other.column);
        format!("{place} {low}–{high} {}", other.unit).trim_end().to_owned()
    });
    found.collect::<Vec<_>>().join("; ")
}
