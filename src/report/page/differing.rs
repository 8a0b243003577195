//! What of a value is different in another scenario: terms and parts beside those of the base.

use super::Context;
use super::markup::Html;
use super::opened::{head, is_member, largest, part_name, part_rows};
use super::openings::{Opening, alike};
use super::sources::rows_header;
use super::table::{Cell, Line, numbers, table, words};
use crate::indicators::{TermPart, TermValue};
use crate::model::Model;
use crate::report::number;
use crate::report::opened::SHOWN;

/// Parts of a term that are shown where a scenario differs; the rest is summed in a line of its own.
const DIFFERING: usize = 8;

/// The terms of a group that differ from those of the first group; of the others it is said that they are the same.
pub(super) fn terms(html: &mut Html, context: &Context<'_>, opening: &Opening<'_>, group: usize) {
    let (subject, language) = (context.subject, context.subject.language);
    let definition = &subject.definitions[opening.which.0];
    let (first, group) = (&opening.groups[0], &opening.groups[group]);
    let models = [subject.model(first.scenarios[0]), subject.model(group.scenarios[0])];
    let mut same: Vec<String> = Vec::new();
    for term in group.value.terms.iter().filter(|term| !is_member(term)) {
        match first.value.terms.iter().find(|base| base.name == term.name) {
            Some(base) if alike(base, term) => same.push(head(definition, term, language)),
            base => one(html, context, models, &head(definition, term, language), [base, Some(term)]),
        }
    }
    if !same.is_empty() {
        let words = language.pick("与上面相同：", "The same as above: ");
        html.leaf("p", &[("class", "faint")], &format!("{words}{}", same.join(language.pick("；", "; "))));
    }
}

/// A part of a term in the base, in the other scenario, or in both.
type Pair<'a> = [Option<&'a TermPart>; 2];

fn change(pair: &Pair<'_>) -> f64 {
    let [base, here] = pair.map(|part| part.map_or(0.0, |part| part.value));
    here - base
}

fn one(
    html: &mut Html,
    context: &Context<'_>,
    models: [&Model; 2],
    caption: &str,
    [base, here]: [Option<&TermValue>; 2],
) {
    let language = context.subject.language;
    let [base, here] = [base, here].map(|term| term.map(largest).unwrap_or_default());
    let of_base = |part: &TermPart| base.iter().copied().find(|other| other.booked == part.booked);
    let mut pairs: Vec<Pair<'_>> = here.iter().map(|&part| [of_base(part), Some(part)]).collect();
    let gone = base.iter().filter(|part| !here.iter().any(|other| other.booked == part.booked));
    pairs.extend(gone.map(|&part| [Some(part), None]));
    pairs.retain(|pair| change(pair) != 0.0);
    pairs.sort_by(|a, b| change(b).abs().total_cmp(&change(a).abs()));
    if pairs.is_empty() {
        html.leaf("p", &[], caption);
        return;
    }
    let columns = [
        words(language.pick("不同的组成（~ 依据较弱）", "Parts that differ (~ rests on poor data)")),
        numbers(language.pick("基准", "Base")),
        numbers(language.pick("这里", "Here")),
        numbers(language.pick("相差", "Difference")),
        words(rows_header(language)),
    ];
    let figure =
        |part: Option<&TermPart>| part.map_or_else(|| "—".to_owned(), |part| number::figure(part.value));
    let mut lines: Vec<Line> = Vec::new();
    for pair in pairs.iter().take(DIFFERING) {
        let [was, is] = *pair;
        let (model, part) = match (was, is) {
            (_, Some(part)) => (models[1], part),
            (Some(part), None) => (models[0], part),
            (None, None) => continue,
        };
        // The rows of what is shown above stand there.
        let shown = was.is_some_and(|was| base.iter().take(SHOWN).any(|other| std::ptr::eq(*other, was)));
        let rows = if shown && was.is_some_and(|was| was.rows == part.rows) {
            Cell::of(language.pick("同上", "as above"))
        } else {
            part_rows(context, model, part)
        };
        let cells =
            [part_name(context, model, part), figure(was), figure(is), signed(change(pair))].map(Cell::of);
        lines.push(Line::Cells(cells.into_iter().chain([rows]).collect()));
    }
    if pairs.len() > DIFFERING {
        let rest: f64 = pairs[DIFFERING..].iter().map(change).sum();
        let name = format!("{} ({})", language.pick("其余", "others"), pairs.len() - DIFFERING);
        let cells = [name, String::new(), String::new(), signed(rest), "indicator_terms.csv".to_owned()];
        lines.push(Line::texts(cells));
    }
    table(html, caption, &columns, &lines);
}

fn signed(value: f64) -> String {
    let plus = if value > 0.0 { "+" } else { "" };
    format!("{plus}{}", number::figure(value))
}
