//! The superior's own form filled in: some cells get a figure or words, everything else stays as it is.

use super::package::cells::{Change, Put, placed, reference};
use super::package::xml::{Edits, Tag, attribute, closes, escaped, find, opens, tags, with};
use super::package::{Package, PackageError, parts};
use crate::input::workbook::position;
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What is put into a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Filling {
    /// A number.
    Number(f64),
    /// Words.
    Text(String),
}

/// Why a cell was not filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFilled {
    /// Neither a cell of a sheet there is (`Sheet!C5`) nor a name of the workbook that stands for one.
    Nowhere,
    /// The form computes it.
    Formula,
    /// It is hidden in a merged area, whose first cell is another one.
    Merged,
    /// The map names it a second time.
    Twice,
    /// A name that several sheets have, each for a cell of its own.
    Ambiguous,
    /// Beyond the last row or column that a sheet can have.
    Outside,
}

/// Last row and column of a sheet.
const LAST: (u32, u32) = (1_048_576, 16_384);

/// A form that was filled in.
#[derive(Clone, Debug)]
pub struct Filled {
    /// Bytes of the `.xlsx` file.
    pub bytes: Vec<u8>,
    /// Cells or names that were not filled, and why.
    pub left: Vec<(String, NotFilled)>,
}

/// By cell of a sheet: how it was asked for, and what goes there.
type OfSheet = BTreeMap<(u32, u32), (String, Filling)>;

/// A cell of a workbook.
type Place = (String, (u32, u32));

/// Fills cells, given as `Sheet!C5` or by a name of the workbook.
///
/// # Errors
/// When the file is no workbook, or is written in a way that cannot be changed safely.
pub fn filled(bytes: &[u8], cells: &[(String, Filling)]) -> Result<Filled, PackageError> {
    let mut package = Package::read(bytes)?;
    let sheets = parts::sheets(&package)?;
    let names = names(&package)?;
    let mut left = Vec::new();
    let mut by_part: BTreeMap<String, OfSheet> = BTreeMap::new();
    for (cell, filling) in cells {
        let named = names.get(cell.as_str());
        if named.is_some_and(|places| places.len() > 1) {
            left.push((cell.clone(), NotFilled::Ambiguous));
            continue;
        }
        let place = named.and_then(|places| places.first().cloned()).or_else(|| place_of(cell));
        if place.as_ref().is_some_and(|(_, at)| at.0 > LAST.0 || at.1 > LAST.1) {
            left.push((cell.clone(), NotFilled::Outside));
            continue;
        }
        let part = place.as_ref().and_then(|(sheet, _)| sheets.iter().find(|(name, _)| name == sheet));
        match (place, part) {
            (Some((_, at)), Some((_, part))) => match by_part.entry(part.clone()).or_default().entry(at) {
                Entry::Vacant(free) => drop(free.insert((cell.clone(), filling.clone()))),
                Entry::Occupied(_) => left.push((cell.clone(), NotFilled::Twice)),
            },
            _ => left.push((cell.clone(), NotFilled::Nowhere)),
        }
    }
    for (part, mut cells) in by_part {
        let text = package.text(&part)?;
        let merged = areas(&text, |tag| tag.name().as_ref() == "mergeCell")?;
        // Of a formula of several cells only the first holds it.
        let computed = areas(&text, |tag| {
            let kind = attribute(tag, "t").filter(|_| tag.name().as_ref() == "f");
            kind.is_some_and(|kind| ["array", "dataTable"].contains(&kind.as_str()))
        })?;
        cells.retain(|at, (cell, _)| {
            let within = |[first, last]: &[(u32, u32); 2]| {
                at != first && (first.0..=last.0).contains(&at.0) && (first.1..=last.1).contains(&at.1)
            };
            let why = if merged.iter().any(within) {
                Some(NotFilled::Merged)
            } else {
                computed.iter().any(within).then_some(NotFilled::Formula)
            };
            left.extend(why.map(|why| (cell.clone(), why)));
            why.is_none()
        });
        let places: Vec<(u32, u32)> = cells.keys().copied().collect();
        let mut filling = Fillings { cells, computed: Vec::new() };
        let text = placed(&text, places.into_iter(), &mut filling)?;
        left.extend(filling.computed.into_iter().map(|cell| (cell, NotFilled::Formula)));
        package.put(&part, text);
    }
    let book = recomputed(&package.text(parts::WORKBOOK)?)?;
    package.put(parts::WORKBOOK, book);
    Ok(Filled { bytes: package.bytes()?, left })
}

/// `Sheet!C5` or `'My sheet'!$C$5`.
fn place_of(text: &str) -> Option<Place> {
    let (sheet, cell) = text.rsplit_once('!')?;
    let sheet = match sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\'')) {
        Some(quoted) => quoted.replace("''", "'"),
        None => sheet.to_owned(),
    };
    Some((sheet, position(&cell.replace('$', ""))?))
}

/// The names of a workbook that stand for one cell each; a sheet may have one of its own of the same name as another.
fn names(package: &Package) -> Result<BTreeMap<String, Vec<Place>>, PackageError> {
    let text = package.text(parts::WORKBOOK)?;
    let all = tags(&text)?;
    let mut names: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for (at, (range, tag)) in all.iter().enumerate() {
        let Tag::Start(start) = tag else { continue };
        if start.name().as_ref() != "definedName" {
            continue;
        }
        let inside = all.get(at + 1).map_or("", |(end, _)| &text[range.end..end.start]);
        let words = quick_xml::escape::unescape(inside)
            .map_or_else(|_| inside.to_owned(), |words| words.into_owned());
        if let (Some(name), Some(place)) = (attribute(start, "name"), place_of(&words)) {
            names.entry(name).or_default().push(place);
        }
    }
    Ok(names)
}

/// First and last cell of the areas that some elements of a sheet span.
fn areas(
    text: &str,
    is_meant: impl Fn(&BytesStart<'_>) -> bool,
) -> Result<Vec<[(u32, u32); 2]>, PackageError> {
    let area = |tag: &Tag<'_>| {
        let (Tag::Start(start) | Tag::Empty(start)) = tag else { return None };
        let area = attribute(start, "ref").filter(|_| is_meant(start))?;
        let (first, last) = area.split_once(':')?;
        Some([position(first)?, position(last)?])
    };
    Ok(tags(text)?.iter().filter_map(|(_, tag)| area(tag)).collect())
}

/// The fillings of one sheet.
struct Fillings {
    cells: OfSheet,
    computed: Vec<String>,
}

impl Fillings {
    fn element(&self, cell: (u32, u32), style: Option<String>) -> String {
        let style = style.map_or_else(String::new, |style| format!(" s=\"{style}\""));
        let reference = reference(cell);
        match &self.cells[&cell].1 {
            Filling::Number(number) => format!("<c {reference}{style}><v>{number}</v></c>"),
            Filling::Text(text) => {
                let text = escaped(text);
                format!(
                    "<c {reference}{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                )
            }
        }
    }
}

impl Put for Fillings {
    fn there(
        &mut self,
        cell: (u32, u32),
        tag: &BytesStart<'_>,
        _: bool,
        inside: &[&str],
    ) -> Result<Change, PackageError> {
        if inside.contains(&"f") {
            self.computed.push(self.cells[&cell].0.clone());
            return Ok(Change::None);
        }
        Ok(Change::Whole(self.element(cell, attribute(tag, "s"))))
    }

    fn added(&mut self, cell: (u32, u32)) -> Result<String, PackageError> {
        Ok(self.element(cell, None))
    }
}

/// The text of the workbook, told to compute all formulas anew when it is opened: they hold what was before.
fn recomputed(text: &str) -> Result<String, PackageError> {
    const KEY: &str = "fullCalcOnLoad";
    let all = tags(text)?;
    let mut edits = Edits::default();
    if let Some((_, (range, Tag::Start(tag) | Tag::Empty(tag)))) = find(&all, |tag| opens(tag, "calcPr")) {
        let empty = text[range.clone()].ends_with("/>");
        edits.replace(range.clone(), with(tag, empty, &[(KEY, "1".to_owned())]));
        return Ok(edits.applied(text));
    }
    // The order of elements is fixed: names stand between sheets and this one.
    let after =
        find(&all, |tag| closes(tag, "definedNames")).or_else(|| find(&all, |tag| closes(tag, "sheets")));
    let (_, (range, _)) = after.ok_or_else(|| PackageError::Unusual("no sheets".into()))?;
    edits.insert(range.end, format!("<calcPr {KEY}=\"1\"/>"));
    Ok(edits.applied(text))
}
