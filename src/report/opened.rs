//! Indicators for reading: a list by year, and one value opened to formula, terms, rows and sources.

use super::grid::{Side, render, wrapped};
use super::summary::{Subject, stamp};
use super::{named, number};
use crate::diagnostic::Language;
use crate::id::{PlaceId, SourceId};
use crate::indicators::{Booked, Definition, IndicatorValue, TermPart, TermValue};
use crate::input::attributes::{chinese_name, words::QUALITY};
use crate::input::indicators::statistic_keys;
use crate::model::{Model, Provenance, Quality, Shelf, TableKind};
use crate::network::{Network, Node};
use serde_json::{Value, json};

/// Parts of a term that are shown in text; the rest is summed in a line of its own.
pub(super) const SHOWN: usize = 12;

/// All indicators of a place in one scenario, by year.
#[must_use]
pub fn list(subject: &Subject<'_>, scenario: usize, place: PlaceId) -> String {
    let (model, language) = (subject.model(scenario), subject.language);
    let years: Vec<i32> = model.settings.years().collect();
    let mut header: Vec<String> = vec!["ID".to_owned(), language.pick("指标", "Indicator").to_owned()];
    header.push(language.pick("单位", "Unit").to_owned());
    header.extend(years.iter().map(i32::to_string));
    let sides: Vec<Side> = (0..header.len()).map(|c| if c < 3 { Side::Left } else { Side::Right }).collect();
    let values = &subject.run.scenarios[scenario].indicators;
    let mut rows = Vec::new();
    for (position, definition) in subject.definitions.iter().enumerate() {
        let of_year = |year: &i32| {
            values.iter().find(|v| v.definition == position && v.place == place && v.year == *year)
        };
        if years.iter().all(|year| of_year(year).is_none()) {
            continue;
        }
        let star = if definition.text_verified.is_none() { "*" } else { "" };
        let mut row = vec![definition.key.clone(), format!("{}{star}", definition.name_in(language))];
        row.push(definition.unit_in(language).to_owned());
        row.extend(years.iter().map(|year| {
            let value = of_year(year).and_then(|value| value.value.as_ref().ok());
            value.map_or_else(|| "—".to_owned(), |&value| number::indicator(definition, value))
        }));
        rows.push(row);
    }
    let legend = language.pick(
        "* 定义未经原文核对；— 不可计算（--open ID 说明原因）",
        "* definition not checked against the regulation; — not computable (--open ID says why)",
    );
    let title = format!("{} · {}", place_name(model, place, language), subject.scenario_name(scenario));
    let title = if model.settings.illustrative { format!("{title}  [{}]", stamp(language)) } else { title };
    format!("{title}\n{}\n{legend}", render(&header, &sides, &rows))
}

/// One value opened.
#[must_use]
pub fn open(subject: &Subject<'_>, scenario: usize, value: &IndicatorValue) -> String {
    let (model, language) = (subject.model(scenario), subject.language);
    let definition = &subject.definitions[value.definition];
    let mut lines = vec![format!(
        "{} {} · {} · {} · {}",
        definition.key,
        definition.name_in(language),
        place_name(model, value.place, language),
        value.year,
        subject.scenario_name(scenario)
    )];
    lines.push(headline(definition, value, language));
    lines.push(format!("{}: {}", language.pick("公式", "formula"), definition.formula));
    let regulation = language.pick("依据", "regulation");
    lines.push(wrapped(&format!("{regulation}: {}", definition.regulation), "  "));
    lines.extend(definition.caveat(language).map(|caveat| format!("! {caveat}")));
    for address in &definition.sources {
        lines.push(format!("  {address}"));
    }
    let note = named(language, &definition.note, &definition.note_en);
    if !note.is_empty() {
        lines.push(wrapped(note, "  "));
    }
    let network = &subject.run.plan.network;
    for term in &value.terms {
        lines.push(String::new());
        lines.extend(term_lines(model, network, definition, term, language));
    }
    lines.extend(sources(model, value, language));
    if model.settings.illustrative {
        lines.push(format!("\n[{}]", stamp(language)));
    }
    lines.join("\n")
}

/// Value, target, grade and share of poor data in a line.
pub(super) fn headline(definition: &Definition, value: &IndicatorValue, language: Language) -> String {
    let number = match &value.value {
        Ok(number) => {
            format!("= {} {}", number::indicator(definition, *number), definition.unit_in(language))
        }
        Err(reason) => {
            format!("= — {}: {}", language.pick("不可计算", "not computable"), reason.reason(language))
        }
    };
    let mut parts = vec![number];
    if let Some(target) = value.target_value {
        parts.push(format!("{} {}", language.pick("目标", "target"), number::indicator(definition, target)));
    }
    if let Some(grade) = value.grade {
        let provisional =
            if value.provisional { language.pick("（暂定）", " (provisional)") } else { "" };
        parts.push(format!("{}{provisional}", grade.word(language)));
    }
    if let Some(share) = value.poor_share {
        let word = language.pick("依据次级资料、估算或假设的占比", "share resting on poor data");
        parts.push(format!("{word} {}%", number::grouped(share * 100.0, 0)));
    }
    wrapped(&parts.join(language.pick("；", "; ")), "  ")
}

fn term_lines(
    model: &Model,
    network: &Network,
    definition: &Definition,
    term: &TermValue,
    language: Language,
) -> Vec<String> {
    let record = definition.term(&term.name);
    let label = record.map_or(term.name.as_str(), |record| record.label_in(language));
    let unit = record.map_or("", |record| record.dimension.symbol());
    let value = term.value.map_or_else(|| "—".to_owned(), number::figure);
    let mut head = format!("{} ({label}) = {value} {unit}", term.name);
    if let Some(coverage) = term.coverage {
        let word = language.pick("模型覆盖", "the model covers");
        head.push_str(&format!("  [{word} {}%]", number::grouped(coverage * 100.0, 1)));
    }
    if term.unmet > 0.0 {
        head.push_str(&format!(
            "  [{} {}]",
            language.pick("要而未得", "not served"),
            number::figure(term.unmet)
        ));
    }
    let mut lines = vec![wrapped(&head, "  ")];
    let mut parts: Vec<&TermPart> = term.parts.iter().filter(|part| part.value != 0.0).collect();
    parts.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    for part in parts.iter().take(SHOWN) {
        let poor = if part.poor { " ~" } else { "" };
        let line =
            format!("  {:>16}  {}{poor}", number::figure(part.value), booked(model, network, part, language));
        lines.push(wrapped(&line, "                      "));
        let rows = rows_of(&part.rows, language);
        if !rows.is_empty() {
            lines.push(wrapped(&format!("                    ← {rows}"), "                      "));
        }
        for words in disagreements(model, &part.rows, language) {
            lines.push(wrapped(&format!("                    ≠ {words}"), "                      "));
        }
    }
    if parts.len() > SHOWN {
        let rest: f64 = parts[SHOWN..].iter().map(|part| part.value).sum();
        let word = language.pick("其余", "others");
        lines.push(format!("  {:>16}  {word} ({})", number::figure(rest), parts.len() - SHOWN));
    }
    lines
}

/// What a part is, in words.
pub(super) fn booked(model: &Model, network: &Network, part: &TermPart, language: Language) -> String {
    match &part.booked {
        Booked::Flow { arc, share } => {
            let arc = &network.arcs[*arc];
            let material = &model.materials[arc.material];
            let name = named(language, &material.name, &material.name_en);
            let (from, to) =
                (node_name(model, network, arc.from, language), node_name(model, network, arc.to, language));
            let whole = (share - 1.0).abs() < 1.0e-12;
            let share = if whole { String::new() } else { format!(" × {}", number::grouped(*share, 4)) };
            format!("{name}: {from} → {to}{share}")
        }
        Booked::Stock(id) => {
            let material = &model.materials[*id];
            let word = language.pick("堆存", "stock");
            format!("{word} {}", named(language, &material.name, &material.name_en))
        }
        Booked::Statistic(key) => {
            format!("{} {}", language.pick("统计", "statistic"), statistic_name(key, language))
        }
        Booked::Effect(id) => {
            let project = &model.projects[*id];
            let word = language.pick("项目作用", "effect of project");
            format!("{word} {}", named(language, &project.name, &project.name_en))
        }
        Booked::Remainder(key) => {
            format!(
                "{} ({})",
                language.pick("其他：模型未覆盖的部分", "remainder that the model does not cover"),
                statistic_name(key, language)
            )
        }
        Booked::Indicator(key) => format!("{} {key}", language.pick("指标", "indicator")),
    }
}

/// A statistic in Chinese by its name, where the vocabulary has it, else by its key.
fn statistic_name(key: &str, language: Language) -> &str {
    let known = statistic_keys().iter().find(|statistic| statistic.key == key);
    known.map_or(key, |statistic| language.pick(&statistic.name, key))
}

/// A table as its sheet is called.
pub(super) fn table_name(table: TableKind, language: Language) -> &'static str {
    language.pick(chinese_name(table), table.stem())
}

/// How well a row is known.
pub(super) fn quality_name(quality: Quality, language: Language) -> &'static str {
    let word = quality.word();
    let known = QUALITY.iter().find(|known| known.word == word);
    known.map_or(word, |known| language.pick(known.zh, word))
}

/// A node in words.
pub(super) fn node_name(model: &Model, network: &Network, node: Node, language: Language) -> String {
    let at = |market, word: &str| {
        let place = place_name(model, network.markets[market].place, language);
        format!("{place} {word}")
    };
    match node {
        Node::Process(id) => {
            let process = &model.processes[id];
            named(language, &process.name, &process.name_en).to_owned()
        }
        Node::Market(id) => at(id, language.pick("市场", "market")),
        Node::Stock(id) => at(id, language.pick("堆存", "stock")),
        Node::Demand(id) => at(id, language.pick("最终使用", "final use")),
        Node::Nature => language.pick("自然", "nature").to_owned(),
        Node::Outside => language.pick("市外", "outside").to_owned(),
        Node::Disposal => language.pick("处置", "disposal").to_owned(),
        Node::Lost => language.pick("损失", "losses").to_owned(),
        Node::Missing => language.pick("要而未得", "not served").to_owned(),
    }
}

pub(super) fn place_name(model: &Model, place: PlaceId, language: Language) -> &str {
    named(language, &model.places[place].name, &model.places[place].name_en)
}

/// Rows as `activity 12`, those of the catalogue marked.
pub(super) fn rows_of(rows: &[Provenance], language: Language) -> String {
    let catalogue = language.pick("目录 ", "catalogue ");
    let words = rows.iter().filter(|row| row.row > 0).map(|row| {
        let shelf = if row.shelf == Shelf::Catalogue { catalogue } else { "" };
        let quality = row.quality.map_or("?", |quality| quality_name(quality, language));
        format!("{shelf}{} {} ({quality})", table_name(row.table, language), row.row)
    });
    words.collect::<Vec<_>>().join(", ")
}

/// What other sources say of the rows that something rests on, in words.
pub(super) fn disagreements(model: &Model, rows: &[Provenance], language: Language) -> Vec<String> {
    let found = model.alternatives.iter().filter(|other| rows.iter().any(|row| other.concerns(row)));
    found
        .map(|other| {
            let (low, high) = other.range();
            let range = format!("{low}–{high} {}", other.unit);
            let source = other.other_row.source.map_or("?", |id| model.sources[id].key.as_str());
            let table = table_name(other.used_row.table, language);
            let place = format!("{table} {} {}", other.used_row.row, other.column);
            match language {
                Language::Zh => format!("来源不一致：{place} 为 {range}（另一来源 {source}）"),
                Language::En => format!("sources disagree: {place} is {range} (the other: {source})"),
            }
        })
        .collect()
}

/// Sources that a value's rows cite, each once.
pub(super) fn sources_of(value: &IndicatorValue) -> Vec<SourceId> {
    let parts = value.terms.iter().flat_map(|term| &term.parts);
    let rows = parts.flat_map(|part| part.rows.iter());
    let mut ids: Vec<SourceId> = rows.filter_map(|row| row.source).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Ids of the sources that rows cite, each once.
pub(super) fn sources_in(model: &Model, rows: &[Provenance]) -> String {
    let mut ids: Vec<SourceId> = rows.iter().filter_map(|row| row.source).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.iter().map(|&id| model.sources[id].key.as_str()).collect::<Vec<_>>().join("; ")
}

fn sources(model: &Model, value: &IndicatorValue, language: Language) -> Vec<String> {
    let ids = sources_of(value);
    if ids.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), language.pick("来源", "Sources").to_owned()];
    for id in ids {
        let source = &model.sources[id];
        let address = source.address.as_deref().unwrap_or_default();
        lines.push(wrapped(&format!("  {}  {}  {address}", source.key, source.title), "      "));
    }
    lines
}

/// One value opened, as data.
#[must_use]
pub fn open_json(subject: &Subject<'_>, scenario: usize, value: &IndicatorValue) -> Value {
    let (model, language) = (subject.model(scenario), subject.language);
    let definition = &subject.definitions[value.definition];
    let network = &subject.run.plan.network;
    let row = |row: &Provenance| {
        json!({
            "shelf": if row.shelf == Shelf::Catalogue { "catalogue" } else { "model" },
            "table": row.table.stem(),
            "row": row.row,
            "quality": row.quality.map(|quality| quality.word()),
            "source": row.source.map(|id| model.sources[id].key.as_str()),
        })
    };
    let part = |part: &TermPart| {
        json!({
            "what": booked(model, network, part, language),
            "value": part.value,
            "poor": part.poor,
            "rows": part.rows.iter().filter(|row| row.row > 0).map(row).collect::<Vec<_>>(),
            "disagreements": disagreements(model, &part.rows, language),
        })
    };
    let terms: Vec<Value> = value
        .terms
        .iter()
        .map(|term| {
            json!({
                "term": term.name,
                "value": term.value,
                "coverage": term.coverage,
                "unmet": term.unmet,
                "parts": term.parts.iter().filter(|part| part.value != 0.0).map(part).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "indicator": definition.key,
        "name": definition.name_in(language),
        "place": model.places[value.place].key,
        "year": value.year,
        "scenario": model.scenarios[model.scenario].key,
        "value": value.value.as_ref().ok(),
        "reason": value.value.as_ref().err().map(|reason| reason.reason(language)),
        "unit": if definition.percent { "1" } else { definition.unit_in(language) },
        "target": value.target_value,
        "grade": value.grade.map(|grade| grade.word(language)),
        "provisional": value.provisional,
        "poor_share": value.poor_share,
        "formula": definition.formula.to_string(),
        "regulation": definition.regulation,
        "text_verified": definition.text_verified,
        "terms": terms,
    })
}
