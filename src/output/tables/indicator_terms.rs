//! `indicator_terms.csv`: every indicator opened to its terms, their parts and the rows they rest on.

use super::{OneScenario, ResultTable, Results, node_label};
use crate::id::Id;
use crate::indicators::{Booked, TermPart, TermValue};
use crate::model::{Provenance, Shelf};
use crate::output::row::{Cell, Field, Kind, Rows, field};
use std::borrow::Cow;
use std::collections::HashMap;

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

fn fill(results: Results<'_>, rows: &mut Rows) {
    for scenario in results.scenarios() {
        let mut labels = Labels::of(scenario);
        for value in &scenario.run.indicators {
            let place = scenario.model.places[value.place].key.as_str();
            let indicator = results.definitions[value.definition].key.as_str();
            let lead = Lead { scenario: scenario.key, indicator, place, year: value.year };
            for term in &value.terms {
                lead.term(term, rows);
                for part in term.parts.iter().filter(|part| part.value != 0.0) {
                    lead.part(term, part, &mut labels, rows);
                }
            }
            if let Err(reason) = &value.value {
                let reason = reason.reason(crate::diagnostic::Language::En);
                lead.row([const { Cell::Empty }; 4], [reason.into()], rows);
            }
        }
    }
}

/// What stands at the begin of all rows of a value.
struct Lead<'a> {
    scenario: &'a str,
    indicator: &'a str,
    place: &'a str,
    year: i32,
}

impl<'a> Lead<'a> {
    fn term(&self, term: &TermValue, rows: &mut Rows) {
        let unmet = Cell::from((term.unmet != 0.0).then_some(term.unmet));
        self.row([term.name.as_str().into(), term.value.into(), term.coverage.into(), unmet], [], rows);
    }

    fn part(&self, term: &TermValue, part: &'a TermPart, labels: &mut Labels<'a>, rows: &mut Rows) {
        let of_term = [term.name.as_str().into(), Cell::Empty, Cell::Empty, Cell::Empty];
        labels.meet(&part.rows);
        let rests_on = labels.rows[&*part.rows].each_ref();
        let [of_rows, sources, disagreements] = rests_on.map(|text| Cell::from(text.as_str()));
        let label = Cell::Text(labels.of_part(part));
        let of_part = [label, part.value.into(), part.poor.into(), of_rows, sources, disagreements];
        self.row(of_term, of_part, rows);
    }

    /// A row of four cells on the term and up to six on the part.
    fn row<'c, const N: usize>(&'c self, term: [Cell<'c>; 4], part: [Cell<'c>; N], rows: &mut Rows) {
        let mut cells = [const { Cell::Empty }; 14];
        let lead = [self.scenario.into(), self.indicator.into(), self.place.into(), self.year.into()];
        for (cell, given) in cells.iter_mut().zip(lead.into_iter().chain(term).chain(part)) {
            *cell = given;
        }
        rows.row(&cells);
    }
}

/// The names of what values rest on, each made once in a scenario.
struct Labels<'a> {
    scenario: OneScenario<'a>,
    /// By arc: from and to.
    arcs: Vec<String>,
    /// By rows: the rows, their sources, disagreements on them.
    rows: HashMap<&'a [Provenance], [String; 3]>,
}

impl<'a> Labels<'a> {
    fn of(scenario: OneScenario<'a>) -> Self {
        let label = |node| node_label(scenario.model, scenario.network, node);
        let arcs = scenario.network.arcs.iter().map(|arc| format!("{} > {}", label(arc.from), label(arc.to)));
        Self { scenario, arcs: arcs.collect(), rows: HashMap::new() }
    }

    /// Makes the names of rows, unless they are made.
    fn meet(&mut self, rows: &'a [Provenance]) {
        let scenario = self.scenario;
        self.rows.entry(rows).or_insert_with(|| {
            [row_labels(rows), source_labels(scenario, rows), disagreements(scenario, rows)]
        });
    }

    /// What a part is, as result files name it.
    fn of_part(&self, part: &TermPart) -> Cow<'_, str> {
        let model = self.scenario.model;
        Cow::Owned(match &part.booked {
            Booked::Flow { arc, .. } => return Cow::Borrowed(&self.arcs[arc.index()]),
            Booked::Stock(material) => format!("stock:{}", model.materials[*material].key),
            Booked::Statistic(key) => format!("statistic:{key}"),
            Booked::Effect(project) => format!("project:{}", model.projects[*project].key),
            Booked::Remainder(key) => format!("remainder:{key}"),
            Booked::Indicator(key) => format!("indicator:{key}"),
        })
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
