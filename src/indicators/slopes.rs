//! An indicator as a linear form of its terms: exactly where it is affine or a quotient of affine parts, else by its
//! slopes at a simulated year.

use super::definition::Definition;
use super::formula::Formula;

/// A linear form of terms: a constant, and slopes by definition and term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermForm {
    /// Constant.
    pub constant: f64,
    /// Definition, term, slope.
    pub terms: Vec<(usize, usize, f64)>,
}

/// What an indicator is, as linear forms.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Above divided by below, both exact.
    Quotient(TermForm, TermForm),
    /// The form itself, exact.
    Affine(TermForm),
    /// A form that is right at the simulated year and near it.
    Near(TermForm),
}

/// The shape of an indicator. `value` gives a term of a definition in the simulated year, `None` where it has none.
/// Values are those of the formula, before the definition's scale; `None` where the indicator is not computable.
#[must_use]
pub fn shape(
    definitions: &[Definition],
    definition: usize,
    value: &dyn Fn(usize, usize) -> Option<f64>,
) -> Option<Shape> {
    let formula = &definitions[definition].formula;
    let of_terms_alone = formula.members().is_empty();
    if of_terms_alone && formula.is_affine() {
        return Some(Shape::Affine(affine(definition, formula, value)?));
    }
    if of_terms_alone
        && let Some((above, below)) = formula.quotient()
        && above.is_affine()
        && below.is_affine()
    {
        let [above, below] = [above, below].map(|part| affine(definition, &part, value));
        return Some(Shape::Quotient(above?, below?));
    }
    near(definitions, definition, value, 0).map(|(form, _)| Shape::Near(form))
}

/// An affine formula as a form.
fn affine(
    definition: usize,
    formula: &Formula,
    value: &dyn Fn(usize, usize) -> Option<f64>,
) -> Option<TermForm> {
    // Slopes of an affine formula are the same everywhere; its names are looked at so that a missing one is told.
    let slopes = formula.slopes(&|_| 0.0, &|_| 0.0).ok()?;
    let terms: Vec<(usize, usize, f64)> = slopes
        .terms
        .into_iter()
        .filter(|(_, slope)| *slope != 0.0)
        .map(|(term, slope)| (definition, term, slope))
        .collect();
    terms.iter().all(|(definition, term, _)| value(*definition, *term).is_some()).then_some(())?;
    Some(TermForm { constant: slopes.value, terms })
}

/// Members of members of members, and no further.
const DEEPEST: usize = 8;

/// The form of an indicator near the simulated year, and its value there.
fn near(
    definitions: &[Definition],
    definition: usize,
    value: &dyn Fn(usize, usize) -> Option<f64>,
    depth: usize,
) -> Option<(TermForm, f64)> {
    if depth > DEEPEST {
        return None;
    }
    let record = &definitions[definition];
    let mut members: Vec<(String, TermForm, f64)> = Vec::new();
    for key in record.formula.members() {
        let member = definitions.iter().position(|of| of.key == key)?;
        let (mut form, mut at) = near(definitions, member, value, depth + 1)?;
        let scale = definitions[member].scale;
        form.constant /= scale;
        form.terms.iter_mut().for_each(|(.., slope)| *slope /= scale);
        at /= scale;
        members.push((key.to_owned(), form, at));
    }
    for term in record.formula.terms() {
        value(definition, term)?;
    }
    let of_member = |key: &str| members.iter().find(|(of, ..)| of == key);
    let slopes = record
        .formula
        .slopes(&|term| value(definition, term).unwrap_or(0.0), &|key| of_member(key).map_or(0.0, |m| m.2))
        .ok()?;
    let mut form = TermForm { constant: slopes.value, terms: Vec::new() };
    for (term, slope) in slopes.terms {
        form.constant -= slope * value(definition, term)?;
        form.terms.push((definition, term, slope));
    }
    for (key, slope) in &slopes.members {
        let (_, of, at) = of_member(key)?;
        form.constant += slope * (of.constant - at);
        form.terms.extend(of.terms.iter().map(|(definition, term, by)| (*definition, *term, by * slope)));
    }
    Some((form, slopes.value))
}
