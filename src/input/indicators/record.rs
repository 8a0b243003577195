//! One `[[indicator]]` as a definition.

use super::section::{self, Section};
use super::{flows, statistic_keys};
use crate::diagnostic::{Code, Diagnostic};
use crate::expression::Expression;
use crate::indicators::definition::{
    After, Confidence, Counts, Definition, Direction, Remainder, StockLevel, Switch, Term, TermKind,
};
use crate::indicators::formula::{Formula, FormulaFault};
use crate::units::Dimension;

/// One indicator; `None` with the faults noted in its section.
pub(super) fn definition(
    section: &mut Section<'_>,
    set: &str,
    regulation: &str,
    sources: &[String],
) -> Option<Definition> {
    let key = section.text("id");
    let number = section.text("number");
    let name = section.text("name");
    let name_en = section.text("name_en");
    let unit = section.text("unit");
    let unit_en = section.optional_text("unit_en").or_else(|| unit.clone());
    let scale = section.positive("scale").unwrap_or(1.0);
    let percent = section.truth("percent").unwrap_or(false);
    let direction = section.word(
        "direction",
        &[("more", Direction::More), ("less", Direction::Less), ("neutral", Direction::Neutral)],
    );
    let confidence = section.word(
        "confidence",
        &[("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)],
    );
    let switches =
        section.truths("switches").into_iter().map(|(name, on)| Switch { name, on }).collect::<Vec<_>>();
    let (terms, names) = terms(section, &switches);
    let formula = formula(section, &names);
    let regulation = section.optional_text("regulation").unwrap_or_else(|| regulation.to_owned());
    let own_sources = section.texts("sources");
    let text_verified = section.optional_text("text_verified");
    let note = section.optional_text("note").unwrap_or_default();
    let note_en = section.optional_text("note_en").unwrap_or_default();
    let formula = formula?;
    // Positions are those of all names: they are those of the terms when no term was faulty.
    for (position, term) in terms.iter().enumerate().filter(|_| terms.len() == names.len()) {
        if !term.note && !formula.terms().contains(&position) {
            section.fault(Diagnostic::new(Code("E509")).with("term", term.name.clone()), "formula");
        }
    }
    Some(Definition {
        key: key?,
        set: set.to_owned(),
        number: number?,
        name: name?,
        name_en: name_en?,
        unit: unit?,
        unit_en: unit_en?,
        scale,
        percent,
        direction: direction?,
        terms,
        formula,
        switches,
        regulation,
        sources: if own_sources.is_empty() { sources.to_vec() } else { own_sources },
        text_verified,
        confidence: confidence?,
        note,
        note_en,
    })
}

/// The formula over all named terms, faulty ones included: their own faults say enough.
fn formula(section: &mut Section<'_>, names: &[String]) -> Option<Formula> {
    let text = section.text("formula")?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match Formula::parse(&text, &|name| names.iter().position(|n| *n == name)) {
        Ok(formula) => Some(formula),
        Err(error) => {
            let diagnostic = match error.fault {
                FormulaFault::Unexpected(found) => Diagnostic::new(Code("E506")).with("found", found),
                FormulaFault::UnknownName(found) => Diagnostic::new(Code("E507"))
                    .with("nearest", section::nearest(&found, &names))
                    .with("found", found),
                FormulaFault::UnknownFunction(found) => Diagnostic::new(Code("E508"))
                    .with("functions", Expression::FUNCTIONS.join(", "))
                    .with("found", found),
                FormulaFault::BadNumber(found) => Diagnostic::new(Code("E510")).with("found", found),
                FormulaFault::TooDeep => Diagnostic::new(Code("E511")),
            };
            let position = error.position.to_string();
            section.fault(diagnostic.with("formula", text).with("position", position), "formula");
            None
        }
    }
}

/// The terms without fault, and the names of all.
fn terms(section: &mut Section<'_>, switches: &[Switch]) -> (Vec<Term>, Vec<String>) {
    let (mut terms, mut names) = (Vec::new(), Vec::new());
    for (name, mut inner) in section.named_tables("terms") {
        names.push(name.clone());
        if let Some(term) = term(&name, &mut inner, switches) {
            terms.push(term);
        }
        section.adopt(inner);
    }
    (terms, names)
}

fn term(name: &str, section: &mut Section<'_>, switches: &[Switch]) -> Option<Term> {
    let label = section.text("name");
    let label_en = section.text("name_en");
    let units: Vec<(&str, Dimension)> = Dimension::ALL
        .iter()
        .filter(|d| **d != Dimension::Number)
        .map(|&d| (d.symbol(), d))
        .chain([("m³", Dimension::Volume), ("yuan", Dimension::Money), ("number", Dimension::Number)])
        .collect();
    let dimension = section.word("unit", &units);
    let note = section.truth("note").unwrap_or(false);
    let kind = if section.has("flows") {
        let flows = flows::selection(section, switches);
        let remainder = remainder(section);
        flows.map(|flows| TermKind::Flows { flows, remainder })
    } else if section.has("stock") {
        let level = section.word(
            "stock",
            &[
                ("opening", StockLevel::Opening),
                ("closing", StockLevel::Closing),
                ("change", StockLevel::Change),
            ],
        );
        let materials = flows::materials(section);
        level.zip(materials).map(|(level, materials)| TermKind::Stock { materials, level })
    } else {
        let held = section.truth("held").unwrap_or(false);
        statistic(section).map(|key| TermKind::Statistic { key, held })
    };
    Some(Term {
        name: name.to_owned(),
        label: label?,
        label_en: label_en?,
        dimension: dimension?,
        kind: kind?,
        note,
    })
}

/// The key of a statistic; one that is not of the vocabulary may be the user's own and is only remarked.
fn statistic(section: &mut Section<'_>) -> Option<String> {
    let key = section.text("statistic")?;
    let known = statistic_keys();
    if !known.iter().any(|k| k.key == key) {
        let keys: Vec<&str> = known.iter().map(|k| k.key.as_str()).collect();
        let nearest = section::nearest(&key, &keys);
        let remark = Diagnostic::new(Code("W501")).with("found", key.clone()).with("nearest", nearest);
        section.remark(remark, "statistic");
    }
    Some(key)
}

fn remainder(section: &mut Section<'_>) -> Option<Remainder> {
    if !section.has("statistic") {
        return None;
    }
    let statistic = statistic(section)?;
    let counts = if section.has("counts") {
        section.word("counts", &[("total", Counts::Total), ("rest", Counts::Rest)])?
    } else {
        Counts::Total
    };
    let growth = section.number("growth");
    let after = match growth {
        Some(rate) => After::Grown(rate),
        None if section.truth("held").unwrap_or(false) => After::Held,
        None => After::AsStatistic,
    };
    Some(Remainder { statistic, counts, after })
}
