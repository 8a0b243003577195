//! Values opened: target, terms, parts, the rows they rest on; of other scenarios what differs from the base.

use super::Context;
use super::differing;
use super::markup::{Html, anchor};
use super::openings::Opening;
use super::sources::{self, rows_header};
use super::table::{Cell, Line, numbers, table, words};
use crate::diagnostic::Language;
use crate::indicators::{Booked, Definition, TermPart, TermValue};
use crate::model::Model;
use crate::report::opened::{SHOWN, booked, disagreements, headline, place_name};
use crate::report::{named, number};

/// Every value of the tables of indicators; those against targets in the open, the others folded.
pub(super) fn all(html: &mut Html, context: &Context<'_>) {
    let language = context.subject.language;
    html.leaf("p", &[("class", "faint")], language.pick(
        "每个值：公式、各项、各项的组成和所依据的行。先给基准情景，其他情景只列出与它不同之处；与基准完全相同的情景合并在一起。\
         全部情景、地点、年份的各项见 indicator_terms.csv；命令 circflow indicators --open 指标 可展开任何一个值。",
        "For every value: formula, terms, what each term is made of, and the rows it rests on. The base scenario first; of \
         other scenarios only what differs; scenarios that came about alike stand together. All scenarios, places and years: \
         indicator_terms.csv; circflow indicators --open ID opens any value.",
    ));
    for opening in &context.openings.list {
        if opening.in_targets {
            html.element("div", &[("class", "value"), ("id", &opening.anchor(context.subject, 0))], |html| {
                html.leaf("h3", &[], &title(context, opening));
                one(html, context, opening);
            });
        } else {
            html.element("details", &[], |html| {
                html.leaf("summary", &[], &title(context, opening));
                html.element(
                    "div",
                    &[("class", "value"), ("id", &opening.anchor(context.subject, 0))],
                    |html| {
                        one(html, context, opening);
                    },
                );
            });
        }
    }
    definitions(html, context);
}

fn title(context: &Context<'_>, opening: &Opening<'_>) -> String {
    let (definition, place, year) = opening.which;
    let (model, language) = (context.subject.model(0), context.subject.language);
    let definition = &context.subject.definitions[definition];
    let place = place_name(model, place, language);
    format!("{} · {place} · {year}（{}）", definition.name_in(language), definition.key)
}

fn one(html: &mut Html, context: &Context<'_>, opening: &Opening<'_>) {
    let subject = context.subject;
    let (language, definition) = (subject.language, &subject.definitions[opening.which.0]);
    let Some(first) = opening.groups.first() else { return };
    let model = subject.model(first.scenarios[0]);
    html.element("p", &[], |html| {
        html.leaf(
            "a",
            &[("href", &format!("#{}", of_definition(definition)))],
            language.pick("公式", "Formula"),
        );
        html.text(language.pick("：", ": "));
        html.leaf("code", &[], &definition.formula.to_string());
        if let Some(caveat) = definition.caveat(language) {
            html.text(language.pick("　", "  "));
            html.leaf("span", &[("class", "caveat")], caveat);
        }
    });
    if let Some(target) = first.value.target.and_then(|at| model.targets.get(at)) {
        html.element("p", &[], |html| {
            html.text(language.pick("目标所在的行：", "Row of the target: "));
            sources::rows(context, model, [&target.provenance]).fill(html);
        });
    }
    let say = |group: &super::openings::Group<'_>| {
        let names: Vec<&str> =
            group.scenarios.iter().map(|&scenario| subject.scenario_name(scenario)).collect();
        let names = names.join(language.pick("、", ", "));
        format!("{names} {}", headline(definition, group.value, language).replace("\n  ", " "))
    };
    html.leaf("h4", &[], &say(first));
    members(html, context, opening, 0);
    for term in first.value.terms.iter().filter(|term| !is_member(term)) {
        parts(html, context, model, definition, term);
    }
    for (at, group) in opening.groups.iter().enumerate().skip(1) {
        html.element("details", &[], |html| {
            html.leaf("summary", &[], &say(group));
            html.element("div", &[("class", "value"), ("id", &opening.anchor(subject, at))], |html| {
                members(html, context, opening, at);
                differing::terms(html, context, opening, at);
            });
        });
    }
}

/// Whether a term is another indicator.
pub(super) fn is_member(term: &TermValue) -> bool {
    matches!(term.parts.as_slice(), [TermPart { booked: Booked::Indicator(_), .. }])
}

/// Of a composite its members, each leading to its own opening.
fn members(html: &mut Html, context: &Context<'_>, opening: &Opening<'_>, group: usize) {
    let subject = context.subject;
    let language = subject.language;
    let (group, (_, place, year)) = (&opening.groups[group], opening.which);
    let line = |term: &TermValue| {
        let [TermPart { booked: Booked::Indicator(key), value, .. }] = term.parts.as_slice() else {
            return None;
        };
        let at = subject.definitions.iter().position(|definition| definition.key == *key)?;
        let link = context.openings.anchor(subject, (at, place, year), group.scenarios[0]);
        let definition = &subject.definitions[at];
        let name = Cell::of(format!("{key} {}", definition.name_in(language))).maybe_to(link.as_deref());
        let value = Cell::of(number::indicator(definition, *value));
        Some(Line::Cells(vec![name, value, Cell::of(definition.unit_in(language))]))
    };
    let lines: Vec<Line> = group.value.terms.iter().filter_map(line).collect();
    let columns = [
        words(language.pick("组成指标", "Member")),
        numbers(language.pick("数值", "Value")),
        words(language.pick("单位", "Unit")),
    ];
    table(html, language.pick("组成指标", "Members"), &columns, &lines);
}

/// A term in a line: name, label, value, coverage, what was not served.
pub(super) fn head(definition: &Definition, term: &TermValue, language: Language) -> String {
    let record = definition.term(&term.name);
    let label = record.map_or(term.name.as_str(), |record| record.label_in(language));
    let unit = record.map_or("", |record| record.dimension.symbol());
    let total = term.value.map_or_else(|| "—".to_owned(), number::figure);
    let mut head = format!("{} ({label}) = {total} {unit}", term.name);
    if let Some(coverage) = term.coverage {
        let word = language.pick("模型覆盖", "the model covers");
        head.push_str(&format!(" · {word} {}%", number::grouped(coverage * 100.0, 1)));
    }
    if term.unmet > 0.0 {
        let word = language.pick("要而未得", "not served");
        head.push_str(&format!(" · {word} {}", number::figure(term.unmet)));
    }
    head
}

/// A term with its largest parts and the rows each rests on.
fn parts(html: &mut Html, context: &Context<'_>, model: &Model, definition: &Definition, term: &TermValue) {
    let language = context.subject.language;
    let caption = head(definition, term, language);
    let parts = largest(term);
    if parts.is_empty() {
        html.leaf("p", &[], &caption);
        return;
    }
    let columns = [
        words(language.pick("组成（~ 依据较弱）", "Part (~ rests on poor data)")),
        numbers(language.pick("数值", "Value")),
        words(rows_header(language)),
    ];
    let mut lines: Vec<Line> = Vec::new();
    for part in parts.iter().take(SHOWN) {
        let cells = vec![
            Cell::of(part_name(context, model, part)),
            Cell::of(number::figure(part.value)),
            part_rows(context, model, part),
        ];
        lines.push(Line::Cells(cells));
    }
    if parts.len() > SHOWN {
        let rest: f64 = parts[SHOWN..].iter().map(|part| part.value).sum();
        let name = format!("{} ({})", language.pick("其余", "others"), parts.len() - SHOWN);
        lines.push(Line::texts([name, number::figure(rest), "indicator_terms.csv".to_owned()]));
    }
    table(html, &caption, &columns, &lines);
}

/// Parts that are not nothing, the largest first.
pub(super) fn largest(term: &TermValue) -> Vec<&TermPart> {
    let mut parts: Vec<&TermPart> = term.parts.iter().filter(|part| part.value != 0.0).collect();
    parts.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    parts
}

/// What a part is, marked where it rests on poor data.
pub(super) fn part_name(context: &Context<'_>, model: &Model, part: &TermPart) -> String {
    let poor = if part.poor { " ~" } else { "" };
    let name = booked(model, &context.subject.run.plan.network, part, context.subject.language);
    format!("{name}{poor}")
}

/// The rows a part rests on, and what other sources say of them.
pub(super) fn part_rows(context: &Context<'_>, model: &Model, part: &TermPart) -> Cell {
    let language = context.subject.language;
    let mut cell = sources::rows(context, model, part.rows.iter());
    for words in disagreements(model, &part.rows, language) {
        cell = cell.and(format!("{}{words}", language.pick("；", "; ")));
    }
    cell
}

fn of_definition(definition: &Definition) -> String {
    anchor(&["definition", &definition.key])
}

/// The definitions of what is opened: formula in words, regulation, whether anybody checked it, addresses.
fn definitions(html: &mut Html, context: &Context<'_>) {
    let (subject, language) = (context.subject, context.subject.language);
    let used = |at: &usize| context.openings.list.iter().any(|opening| opening.which.0 == *at);
    html.leaf("h3", &[("id", "definitions")], language.pick("公式与定义", "Formulas and definitions"));
    for definition in (0..subject.definitions.len()).filter(used).map(|at| &subject.definitions[at]) {
        html.element("div", &[("class", "value"), ("id", &of_definition(definition))], |html| {
            html.leaf("h4", &[], &format!("{}（{}）", definition.name_in(language), definition.key));
            html.element("p", &[], |html| {
                html.leaf("code", &[], &definition.formula.to_string());
                let terms = definition.terms.iter();
                let terms = terms.map(|term| format!("{} = {}", term.name, term.label_in(language)));
                let terms: Vec<String> = terms.collect();
                html.text(&format!("{}{}", language.pick("　", "  "), terms.join(language.pick("；", "; "))));
            });
            html.element("p", &[("class", "faint")], |html| {
                if let Some(caveat) = definition.caveat(language) {
                    html.leaf("span", &[("class", "caveat")], caveat);
                    html.text(language.pick("。", ". "));
                }
                if let Some(verified) = &definition.text_verified {
                    html.text(&format!("{}{verified} ", language.pick("已核对：", "verified: ")));
                }
                html.text(&format!("{}{} ", language.pick("依据：", "Regulation: "), definition.regulation));
                html.text(named(language, &definition.note, &definition.note_en));
                for address in &definition.sources {
                    html.text(" ");
                    Cell::address(address).fill(html);
                }
            });
        });
    }
}
